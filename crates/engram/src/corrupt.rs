//! Ways of spoiling a picture. Each changes an exact number of cells, drawn from a seed.

use alloc::vec::Vec;
use core::ops::Neg;

use crate::math;
use crate::rng::Rng;

/// How to spoil a picture of ±1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Corruption {
    /// Turns a fraction of the cells over.
    Flip(f64),
    /// Sets a fraction of the cells to `to` (cells that had that value already stay so).
    Mask {
        /// Fraction of cells, 0 to 1.
        fraction: f64,
        /// What they become.
        to: Fill,
    },
    /// Sets one half of the picture to `to`; of an odd side, the middle line stays.
    Half {
        /// Which half is lost.
        side: Side,
        /// What it becomes.
        to: Fill,
    },
    /// Sets a square block covering about a fraction of the picture to `to`, at a place drawn at random.
    Block {
        /// Fraction of cells, 0 to 1.
        fraction: f64,
        /// What they become.
        to: Fill,
    },
    /// Takes a fraction of the cells and deals their values out among them in random order.
    Shuffle(f64),
}

/// What a masked cell becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Paper, −1.
    #[default]
    Paper,
    /// Unknown, 0: it has no influence until it has been updated.
    Unknown,
}

impl Fill {
    fn value<T: From<i8>>(self) -> T {
        T::from(match self {
            Self::Paper => -1,
            Self::Unknown => 0,
        })
    }
}

/// A half of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left half.
    Left,
    /// The right half.
    Right,
    /// The upper half.
    Top,
    /// The lower half.
    Bottom,
}

/// Number of cells that a fraction of `n` stands for: the nearest whole number, within 0 and n.
#[must_use]
pub fn count(fraction: f64, n: usize) -> usize {
    (math::round(fraction.clamp(0.0, 1.0) * n as f64) as usize).min(n)
}

/// Sides of the block in a picture that has the nearest to so many cells; of equals, that of the picture's own shape.
fn block(cells: usize, width: usize, height: usize) -> (usize, usize) {
    let off = |&(across, down): &(usize, usize)| {
        ((across * down).abs_diff(cells), (across * height).abs_diff(down * width))
    };
    let fits = |down: usize| {
        let across = cells / down.max(1);
        [across, across + 1].map(|across| (across.min(width), down))
    };
    (1..=height).flat_map(fits).min_by_key(off).unwrap_or((0, 0))
}

impl Corruption {
    /// Spoils a picture of the given width in place, of spins or of grey values between −1 (paper) and +1 (ink): a grey
    /// value is turned over by its sign. Fractions outside 0 to 1 are taken at the nearer end.
    pub fn apply<T: Copy + Neg<Output = T> + From<i8>>(&self, cells: &mut [T], width: usize, rng: &mut Rng) {
        let n = cells.len();
        let height = n / width.max(1);
        match *self {
            Self::Flip(fraction) => {
                for i in rng.choose(n, count(fraction, n)) {
                    cells[i] = -cells[i];
                }
            }
            Self::Mask { fraction, to } => {
                for i in rng.choose(n, count(fraction, n)) {
                    cells[i] = to.value();
                }
            }
            Self::Half { side, to } => {
                let lost = |x: usize, y: usize| match side {
                    Side::Left => x < width / 2,
                    Side::Right => x >= width - width / 2,
                    Side::Top => y < height / 2,
                    Side::Bottom => y >= height - height / 2,
                };
                for (i, cell) in cells.iter_mut().enumerate() {
                    if lost(i % width, i / width) {
                        *cell = to.value();
                    }
                }
            }
            Self::Block { fraction, to } => {
                let (across, down) = block(count(fraction, n), width, height);
                let left = rng.below((width - across) as u32 + 1) as usize;
                let top = rng.below((height - down) as u32 + 1) as usize;
                for y in top..top + down {
                    cells[y * width + left..y * width + left + across].fill(to.value());
                }
            }
            Self::Shuffle(fraction) => {
                let chosen = rng.choose(n, count(fraction, n));
                let mut values: Vec<T> = chosen.iter().map(|&i| cells[i]).collect();
                rng.shuffle(&mut values);
                for (&i, &value) in chosen.iter().zip(&values) {
                    cells[i] = value;
                }
            }
        }
    }
}

/// Adds independent normal numbers of this standard deviation to all values; one that is not positive adds nothing, but
/// draws as many words.
pub fn add_noise(values: &mut [f64], deviation: f64, rng: &mut Rng) {
    let deviation = deviation.max(0.0);
    for value in values {
        *value += deviation * rng.normal();
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::rng::Stream;

    fn spoilt(corruption: Corruption) -> Vec<i8> {
        let mut spins = vec![1i8; 60];
        corruption.apply(&mut spins, 10, &mut Rng::new(3, Stream::Corruption, 0));
        spins
    }

    fn number(spins: &[i8], value: i8) -> usize {
        spins.iter().filter(|&&s| s == value).count()
    }

    #[test]
    fn counts_are_exact() {
        assert_eq!(number(&spoilt(Corruption::Flip(0.25)), -1), 15);
        assert_eq!(number(&spoilt(Corruption::Mask { fraction: 0.5, to: Fill::Unknown }), 0), 30);
        assert_eq!(number(&spoilt(Corruption::Half { side: Side::Left, to: Fill::Paper }), -1), 30);
        assert_eq!(number(&spoilt(Corruption::Block { fraction: 0.25, to: Fill::Paper }), -1), 15);
        assert_eq!(count(0.4, 16), 6);
        assert_eq!(count(0.29, 100), 29);
        assert_eq!(count(f64::NAN, 10), 0);
    }

    #[test]
    fn blocks_have_the_cells_asked_for_in_the_picture_s_shape() {
        let (width, height) = (10, 6);
        assert_eq!(block(15, width, height), (5, 3));
        assert_eq!(block(60, width, height), (10, 6));
        assert_eq!(block(0, width, height).0, 0);
        assert_eq!(block(6, 12, 1), (6, 1));
        assert_eq!(block(1, 1, 12), (1, 1));
        assert_eq!(block(77, 16, 16), (11, 7));
        // 59 is no product of sides that fit, 60 is.
        assert_eq!(block(59, width, height), (10, 6));
    }

    #[test]
    fn shuffling_keeps_the_ink() {
        let mut spins: Vec<i8> = (0..60).map(|i| if i % 3 == 0 { 1 } else { -1 }).collect();
        let before = spins.clone();
        Corruption::Shuffle(1.0).apply(&mut spins, 10, &mut Rng::new(3, Stream::Corruption, 0));
        assert_eq!(number(&spins, 1), 20);
        assert_ne!(spins, before);
    }

    #[test]
    fn grey_values_are_spoilt_like_spins() {
        let all = [
            Corruption::Flip(0.25),
            Corruption::Mask { fraction: 0.5, to: Fill::Unknown },
            Corruption::Half { side: Side::Top, to: Fill::Unknown },
            Corruption::Block { fraction: 0.25, to: Fill::Paper },
            Corruption::Shuffle(0.4),
        ];
        for corruption in all {
            let mut spins: Vec<i8> = (0..60).map(|i| if i % 7 < 3 { 1 } else { -1 }).collect();
            let mut grey: Vec<f64> = spins.iter().map(|&s| f64::from(s)).collect();
            corruption.apply(&mut spins, 10, &mut Rng::new(5, Stream::Corruption, 0));
            corruption.apply(&mut grey, 10, &mut Rng::new(5, Stream::Corruption, 0));
            assert!(spins.iter().zip(&grey).all(|(&s, &g)| f64::from(s) == g), "{corruption:?}");
        }
        let mut half = [0.25, -0.5];
        Corruption::Flip(1.0).apply(&mut half, 2, &mut Rng::new(5, Stream::Corruption, 0));
        assert_eq!(half, [-0.25, 0.5]);
    }

    #[test]
    fn noise_has_its_deviation() {
        let n = 40_000;
        let mut values = vec![0.5; n];
        let mut rng = Rng::new(6, Stream::Corruption, 0);
        add_noise(&mut values, 0.3, &mut rng);
        let (n, count) = (n as f64, n);
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        // 4.5 standard errors: σ/√n, and σ²√(2/n).
        assert!((mean - 0.5).abs() < 4.5 * 0.3 / 200.0, "{mean}");
        assert!((variance - 0.09).abs() < 4.5 * 0.09 * 0.007_071, "{variance}");
        // Without noise the stream goes on just the same.
        let (mut still, mut twin) = (vec![0.5; count], Rng::new(6, Stream::Corruption, 0));
        add_noise(&mut still, -1.0, &mut twin);
        assert!(still.iter().all(|&x| x == 0.5) && twin == rng);
    }

    #[test]
    fn odd_sides_keep_their_middle() {
        let mut spins = vec![1i8; 9];
        let half = Corruption::Half { side: Side::Right, to: Fill::Paper };
        half.apply(&mut spins, 3, &mut Rng::new(0, Stream::Corruption, 0));
        assert_eq!(spins, [1, 1, -1, 1, 1, -1, 1, 1, -1]);
    }
}
