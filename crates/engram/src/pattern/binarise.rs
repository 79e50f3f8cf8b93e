//! Pictures of nothing but on and off, made of levels of grey.
//!
//! Each takes levels from 0 (paper) to 255 (ink), row by row, and gives as many cells of 1 (on) or 0 (off).

use alloc::vec;
use alloc::vec::Vec;

use crate::rng::Rng;

/// The level above which a cell is mostly ink.
pub const HALF_INK: u8 = 127;

/// On where there is more ink than `level`.
#[must_use]
pub fn threshold(levels: &[u8], level: u8) -> Vec<u8> {
    levels.iter().map(|&ink| u8::from(ink > level)).collect()
}

/// Each cell is drawn by itself, on with a probability of its level in 255: on the average over many draws the picture is
/// the grey one (R. Salakhutdinov & I. Murray, *On the quantitative analysis of deep belief networks*, ICML 2008).
#[must_use]
pub fn draw(levels: &[u8], rng: &mut Rng) -> Vec<u8> {
    // Exact: each of 255 numbers is equally likely.
    levels.iter().map(|&ink| u8::from(rng.below(255) < u32::from(ink))).collect()
}

/// Cells are on as densely as their surroundings are dark: what a cell is too light or too dark by is made good by the
/// cells to its right and below, 7, 3, 5 and 1 parts in 16 (R. W. Floyd & L. Steinberg, *An adaptive algorithm for spatial
/// greyscale*, Proc. Soc. Information Display 17 (1976) 75). What would go beyond the edges is lost.
///
/// Rows are of `width` cells, the last one may be shorter; a width of 0 counts as 1.
#[must_use]
pub fn dither(levels: &[u8], width: usize) -> Vec<u8> {
    let width = width.max(1);
    let mut cells = Vec::with_capacity(levels.len());
    // In 16ths of a level, for the columns from the one before the first to the one behind the last.
    let mut owed = vec![0i32; width + 2];
    for row in levels.chunks(width) {
        let mut below = vec![0i32; width + 2];
        for (x, &ink) in row.iter().enumerate() {
            let wanted = i32::from(ink) + owed[x + 1].div_euclid(16);
            let on = wanted > i32::from(HALF_INK);
            let error = wanted - if on { 255 } else { 0 };
            owed[x + 2] += 7 * error;
            below[x] += 3 * error;
            below[x + 1] += 5 * error;
            below[x + 2] += error;
            cells.push(u8::from(on));
        }
        owed = below;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn a_threshold_is_not_ink_itself() {
        assert_eq!(threshold(&[0, 127, 128, 255], HALF_INK), [0, 0, 1, 1]);
        assert_eq!(threshold(&[0, 1, 255], 0), [0, 1, 1]);
        assert_eq!(threshold(&[255], 255), [0]);
    }

    #[test]
    fn drawn_cells_are_on_as_often_as_they_are_dark() {
        let levels = [0, 1, 51, 128, 254, 255];
        let mut rng = Rng::new(2, Stream::Patterns, 0);
        let mut on = [0u32; 6];
        let draws = 40_000;
        for _ in 0..draws {
            on.iter_mut().zip(draw(&levels, &mut rng)).for_each(|(sum, cell)| *sum += u32::from(cell));
        }
        for (&level, &on) in levels.iter().zip(&on) {
            let p = f64::from(level) / 255.0;
            let error = crate::math::sqrt(p * (1.0 - p) / f64::from(draws));
            assert!((f64::from(on) / f64::from(draws) - p).abs() <= 4.5 * error, "{level}: {on}");
        }
        let again = |seed| draw(&[128; 64], &mut Rng::new(seed, Stream::Patterns, 0));
        assert!(again(1) == again(1) && again(1) != again(2));
    }

    #[test]
    fn dithered_pictures_are_as_dark_as_they_were() {
        for level in [0, 16, 64, 100, 127, 128, 200, 255] {
            let cells = dither(&[level; 64 * 64], 64);
            let on = cells.iter().map(|&cell| f64::from(cell)).sum::<f64>() / 4096.0;
            // What is lost at the edges is less than a cell in each row and column.
            assert!((on - f64::from(level) / 255.0).abs() < 2.0 / 64.0, "{level}: {on}");
        }
        // Black and white stay; worked out by hand: 100 owes 43 (7/16 of 100) to 100, which then is 143, on, and gives back.
        assert_eq!(dither(&[0, 255, 255, 0], 2), [0, 1, 1, 0]);
        assert_eq!(dither(&[100, 100, 100], 3), [0, 1, 0]);
        assert_eq!(dither(&[100, 100, 200, 0], 2), [0, 1, 1, 0]);
        assert_eq!(dither(&[], 3), []);
        assert_eq!(dither(&[128, 100], 0), dither(&[128, 100], 1));
    }
}
