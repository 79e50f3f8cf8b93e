//! How like patterns are to each other.

use alloc::vec::Vec;

use crate::math;

/// Most words of 64 units that are compared: some tens of milliseconds in a browser.
const MAX_WORDS: usize = 1 << 24;

/// How like patterns are to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// `(1/P) Σ_{μ≠ν} m_μν²` over the mutual overlaps m of P patterns: the variance of what the others add, by Hebb's
    /// rule, to the field of a unit of one that it holds with a field of 1. Patterns of fair coins have (P − 1)/n, so
    /// it stands for the load where patterns are not fair coins.
    pub crosstalk: f64,
    /// The two that are most alike, or most alike but for their sign.
    pub pair: [usize; 2],
    /// Their overlap.
    pub overlap: f64,
}

impl Likeness {
    /// Of patterns of ±1, all of n units. None if there are fewer than two, or so many that comparing them all would
    /// take long.
    #[must_use]
    pub fn of(patterns: &[&[i8]]) -> Option<Self> {
        let (count, units) = (patterns.len(), patterns.first()?.len());
        let words = units.div_ceil(64);
        if count < 2 || (count * count / 2).saturating_mul(words) > MAX_WORDS {
            return None;
        }
        let mut ink = Vec::with_capacity(count * words);
        for pattern in patterns {
            let word = |cells: &[i8]| cells.iter().fold(0u64, |word, &s| word << 1 | u64::from(s > 0));
            ink.extend(pattern.chunks(64).map(word));
        }
        let of = |k: usize| &ink[k * words..(k + 1) * words];
        let mut found = Self { crosstalk: 0.0, pair: [0, 1], overlap: 0.0 };
        for b in 1..count {
            for a in 0..b {
                let differ: u32 = of(a).iter().zip(of(b)).map(|(x, y)| (x ^ y).count_ones()).sum();
                let overlap = 1.0 - f64::from(2 * differ) / units as f64;
                found.crosstalk += 2.0 * overlap * overlap / count as f64;
                if math::abs(overlap) > math::abs(found.overlap) {
                    (found.pair, found.overlap) = ([a, b], overlap);
                }
            }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::observe;
    use crate::pattern::{hadamard, random};
    use crate::rng::{Rng, Stream};

    #[test]
    fn it_is_what_the_overlaps_say() {
        let drawn = random(13, 11, 9, &mut Rng::new(4, Stream::Patterns, 0)).unwrap();
        let patterns: Vec<_> = drawn.iter().map(|p| p.spins()).collect();
        let found = Likeness::of(&patterns).unwrap();
        let (mut sum, mut largest) = (0.0, 0.0f64);
        for a in 0..9 {
            for b in (0..9).filter(|&b| b != a) {
                let overlap = observe::overlap(patterns[a], patterns[b]);
                sum += overlap * overlap / 9.0;
                largest = largest.max(overlap.abs());
            }
        }
        assert!((found.crosstalk - sum).abs() < 1e-12);
        let [a, b] = found.pair;
        assert!(a < b && (observe::overlap(patterns[a], patterns[b]) - found.overlap).abs() < 1e-12);
        assert!((found.overlap.abs() - largest).abs() < 1e-12);
    }

    #[test]
    fn extremes() {
        let rows = hadamard(8, 8).unwrap();
        let rows: Vec<_> = rows.iter().map(|p| p.spins()).collect();
        assert_eq!(Likeness::of(&rows[..20]).unwrap().crosstalk, 0.0);
        let inverse: Vec<i8> = rows[3].iter().map(|s| -s).collect();
        let found = Likeness::of(&[rows[1], rows[3], &inverse]).unwrap();
        assert_eq!((found.pair, found.overlap), ([1, 2], -1.0));
        assert!((found.crosstalk - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(Likeness::of(&[]), None);
        assert_eq!(Likeness::of(&rows[..1]), None);
        // Thousands of large pictures are not compared, as many small ones are.
        let (large, small) = (vec![1i8; 4096], vec![1i8; 64]);
        assert_eq!(Likeness::of(&vec![large.as_slice(); 4096]), None);
        assert_eq!(Likeness::of(&vec![small.as_slice(); 4096]).unwrap().overlap, 1.0);
    }
}
