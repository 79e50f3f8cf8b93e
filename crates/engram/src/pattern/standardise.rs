//! Levels of grey as numbers of mean 0 and deviation 1, as machines of Gaussian units like them (G. E. Hinton, *A practical
//! guide to training restricted Boltzmann machines* (2010), §13.2).

use alloc::vec::Vec;

use super::Part;
use crate::math;

/// Mean and deviation of each unit over some pictures, in parts of full ink.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    mean: Vec<f64>,
    deviation: Vec<f64>,
    constant: Vec<usize>,
}

impl Standard {
    /// Over the pictures of a part: those for training, so that nothing is known of those for testing. A unit that has the
    /// same level in all of them counts as one of deviation 1 and is told in [`constant`](Self::constant).
    #[must_use]
    pub fn of(part: &Part<'_>) -> Self {
        let units = part.pictures().units();
        let (mut sums, mut squares) = (alloc::vec![0u64; units], alloc::vec![0u64; units]);
        for picture in 0..part.count() {
            for (cell, level) in part.levels(picture).map(u64::from).enumerate() {
                sums[cell] += level;
                squares[cell] += level * level;
            }
        }
        // n²-fold variances are whole numbers, so that no rounding hides a unit that never changes.
        let n = part.count() as u64;
        let spread = |cell: usize| n * squares[cell] - sums[cell] * sums[cell];
        // An empty part has no mean either.
        let full = n.max(1) as f64 * 255.0;
        let deviation = |cell| if spread(cell) == 0 { 1.0 } else { math::sqrt(spread(cell) as f64) / full };
        Self {
            mean: sums.iter().map(|&sum| sum as f64 / full).collect(),
            deviation: (0..units).map(deviation).collect(),
            constant: (0..units).filter(|&cell| spread(cell) == 0).collect(),
        }
    }

    /// Of greys as they are, from −1 for paper to +1 for ink: mean ½ and deviation ½ for each of so many units.
    #[must_use]
    pub fn plain(units: usize) -> Self {
        Self { mean: alloc::vec![0.5; units], deviation: alloc::vec![0.5; units], constant: Vec::new() }
    }

    /// The same means, and one deviation for all units: the root of their mean variance. Units that seldom change then stay
    /// small, where by themselves the few pictures in which they do would stand out.
    #[must_use]
    pub fn with_one_deviation(mut self) -> Self {
        let units = self.mean.len();
        let mut variances: Vec<f64> = self.deviation.iter().map(|deviation| deviation * deviation).collect();
        self.constant.iter().for_each(|&unit| variances[unit] = 0.0);
        let one = math::sqrt(variances.iter().sum::<f64>() / units.max(1) as f64);
        self.deviation.fill(if one > 0.0 { one } else { 1.0 });
        self
    }

    /// Of each unit, from 0 for paper to 1 for ink.
    #[must_use]
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// Of each unit, that of the pictures themselves (divided by their number); 1 where it would be 0.
    #[must_use]
    pub fn deviation(&self) -> &[f64] {
        &self.deviation
    }

    /// Units that never change, in their order.
    #[must_use]
    pub fn constant(&self) -> &[usize] {
        &self.constant
    }

    /// Levels of a picture in deviations from the mean. As many as there are units are looked at.
    pub fn apply(&self, levels: impl IntoIterator<Item = u8>) -> impl Iterator<Item = f64> {
        let units = self.mean.iter().zip(&self.deviation);
        levels
            .into_iter()
            .zip(units)
            .map(|(level, (mean, deviation))| (f64::from(level) / 255.0 - mean) / deviation)
    }

    /// From deviations back to parts of full ink, which for what a machine made up may lie outside 0 to 1.
    pub fn undo(&self, values: impl IntoIterator<Item = f64>) -> impl Iterator<Item = f64> {
        let units = self.mean.iter().zip(&self.deviation);
        values.into_iter().zip(units).map(|(value, (mean, deviation))| value * deviation + mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pictures;
    use crate::rng::{Rng, Stream};

    #[test]
    fn standardised_units_have_mean_0_and_deviation_1() {
        let mut rng = Rng::new(1, Stream::Patterns, 0);
        let levels: Vec<u8> =
            (0..300 * 3).map(|k| if k % 3 == 1 { 77 } else { rng.below(200 + 10 * (k % 3)) as u8 }).collect();
        let pictures = Pictures::new(3, 1, &levels).unwrap().with_training(200).unwrap();
        let part = pictures.training();
        let standard = Standard::of(&part);
        assert_eq!((standard.constant(), standard.deviation()[1]), (&[1][..], 1.0));
        for unit in 0..3 {
            let values: Vec<f64> =
                (0..200).map(|k| standard.apply(part.levels(k)).nth(unit).unwrap()).collect();
            let mean = values.iter().sum::<f64>() / 200.0;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 200.0;
            let wanted = if unit == 1 { 0.0 } else { 1.0 };
            assert!(mean.abs() < 1e-14 && (variance - wanted).abs() < 1e-13, "{unit}: {mean} {variance}");
        }
        let back: Vec<f64> = standard.undo(standard.apply(part.levels(5))).collect();
        assert!(
            back.iter().zip(part.levels(5)).all(|(x, level)| (x * 255.0 - f64::from(level)).abs() < 1e-12)
        );
    }

    #[test]
    fn one_deviation_for_all_is_that_of_all_together() {
        let pictures = Pictures::new(3, 1, &[0, 51, 255, 255, 51, 0, 0, 51, 255, 255, 51, 255]).unwrap();
        let part = pictures.training();
        let standard = Standard::of(&part).with_one_deviation();
        // Variances of ¼, 0 and 3/16.
        let one = (7.0f64 / 48.0).sqrt();
        assert!(standard.deviation().iter().all(|deviation| (deviation - one).abs() < 1e-15));
        assert_eq!((standard.mean(), standard.constant()), (Standard::of(&part).mean(), &[1][..]));
        let plain: Vec<f64> = Standard::plain(3).apply([0, 255, 51]).collect();
        assert_eq!(plain[..2], [-1.0, 1.0]);
        assert_eq!(Standard::of(&pictures.test()).with_one_deviation().deviation(), [1.0; 3]);
    }

    #[test]
    fn one_picture_or_none_has_no_spread() {
        let pictures = Pictures::new(2, 1, &[255, 0]).unwrap();
        let standard = Standard::of(&pictures.training());
        assert_eq!(
            (standard.mean(), standard.deviation(), standard.constant()),
            (&[1.0, 0.0][..], &[1.0; 2][..], &[0, 1][..])
        );
        assert_eq!(Standard::of(&pictures.test()).mean(), [0.0; 2]);
    }
}
