//! Numbers counted in bins that suit them.

use alloc::vec;
use alloc::vec::Vec;

use crate::math;

/// Numbers among which different ones are looked for.
const SAMPLE: usize = 1 << 16;

/// Most different numbers that count as few.
const FEW: usize = 256;

/// Most steps from zero to the largest number that count as a scale of steps.
const MOST_STEPS: f64 = 4096.0;

/// Numbers smaller than this are nothing.
const TINY: f64 = 1e-300;

/// What there is to know of numbers before they can be counted. Those that are not finite are passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    count: usize,
    sum: f64,
    squares: f64,
    largest: f64,
    /// Different numbers, ascending, as long as they are few.
    different: Vec<f64>,
}

impl Survey {
    /// Takes more numbers in.
    pub fn add(&mut self, numbers: &[f64]) {
        for &x in numbers.iter().filter(|x| x.is_finite()) {
            if self.count < SAMPLE && self.different.len() <= FEW {
                self.tell_apart(x);
            }
            self.count += 1;
            self.sum += x;
            self.squares += x * x;
            self.largest = self.largest.max(math::abs(x));
        }
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Their mean; 0 of none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum / self.count.max(1) as f64
    }

    /// Their standard deviation.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        let variance = self.squares / self.count.max(1) as f64 - self.mean() * self.mean();
        math::sqrt(variance.max(0.0))
    }

    fn tell_apart(&mut self, x: f64) {
        if let Err(place) = self.different.binary_search_by(|y| y.total_cmp(&x)) {
            self.different.insert(place, x);
        }
    }

    /// These numbers and others together, for bins that suit both.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        for &x in &other.different {
            self.tell_apart(x);
        }
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        self.largest = self.largest.max(other.largest);
        self
    }

    /// The step between numbers that are all one offset and a multiple of it, and whether 0 is one of the places; if
    /// 0 is not, it lies halfway between two.
    fn step(&self) -> Option<(f64, bool)> {
        // Weights may have been through single precision.
        let slack = 1e-6 * self.largest;
        let first = *self.different.first().filter(|_| self.different.len() <= FEW)?;
        let mut step =
            self.different.windows(2).fold(0.0, |step, pair| divisor(step, pair[1] - pair[0], slack));
        if step == 0.0 {
            // One number: it and its negative.
            step = 2.0 * math::abs(first);
        }
        let off = remainder(first, step);
        let mut centred = off <= slack;
        if !centred && math::abs(off - 0.5 * step) > slack {
            step = divisor(step, off, slack);
            centred = true;
        }
        (step > 100.0 * slack && self.largest / step <= MOST_STEPS).then_some((step, centred))
    }
}

/// Distance of a number from the nearest multiple of a step.
fn remainder(x: f64, step: f64) -> f64 {
    let x = math::abs(x);
    math::abs(x - step * (((x / step) + 0.5) as u64) as f64)
}

/// The greatest common divisor of two lengths (Euclid), where what is within the slack is nothing.
fn divisor(mut a: f64, mut b: f64, slack: f64) -> f64 {
    while b > slack {
        (a, b) = if a > slack { (b, remainder(a, b)) } else { (b, 0.0) };
    }
    a
}

/// Bins of one width. Zero is the middle of one or the edge between two; numbers that come in steps all lie in the
/// middle of theirs, or each bin holds as many steps as any other, so that no comb appears that is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    width: f64,
    /// Whether zero is the middle of a bin.
    centred: bool,
    /// Bins below that of zero, or below zero.
    below: usize,
    count: usize,
}

impl Bins {
    /// Up to `most` bins (at least 2) for the numbers of a survey, as far below zero as above unless they are `sizes`,
    /// none of which is below.
    #[must_use]
    pub fn new(survey: &Survey, most: usize, sizes: bool) -> Self {
        let Survey { largest, .. } = *survey;
        let half = most.max(2) / 2;
        let (width, centred, side) = match survey.step() {
            _ if largest < TINY => (1.0, true, 0),
            Some((step, true)) => {
                // An odd number of steps to a bin, the middle one in its middle.
                let steps = (largest / step + 0.5) as usize;
                let room = most.saturating_sub(1) / 2;
                let merged = (0..).map(|k| 2 * k + 1).find(|k| (steps + k / 2) / k <= room).unwrap_or(1);
                (merged as f64 * step, true, (steps + merged / 2) / merged)
            }
            Some((step, false)) => {
                let steps = (largest / step + 1.0) as usize;
                let merged = steps.div_ceil(half);
                (merged as f64 * step, false, steps.div_ceil(merged))
            }
            None => {
                let width = round(largest / half as f64);
                let side = largest / width;
                (width, false, side as usize + usize::from(side > side as usize as f64))
            }
        };
        let below = if sizes { 0 } else { side };
        Self { width, centred, below, count: below + side + usize::from(centred) }
    }

    /// Lower edge of the first bin.
    #[must_use]
    pub fn low(&self) -> f64 {
        -self.width * self.offset()
    }

    /// Upper edge of the last bin.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.width * (self.count as f64 - self.offset())
    }

    /// As many zeros as there are bins.
    #[must_use]
    pub fn counts(&self) -> Vec<u32> {
        vec![0; self.count]
    }

    /// Counts numbers in. What is not finite is passed over; what lies beyond is counted at the end.
    pub fn add(&self, numbers: &[f64], counts: &mut [u32]) {
        let (rate, offset, last) = (1.0 / self.width, self.offset(), counts.len() - 1);
        for &x in numbers.iter().filter(|x| x.is_finite()) {
            counts[((x * rate + offset) as usize).min(last)] += 1;
        }
    }

    /// From the lower edge to zero, in bins.
    fn offset(&self) -> f64 {
        self.below as f64 + if self.centred { 0.5 } else { 0.0 }
    }
}

/// The next round number from this one up: 1, 2, 2.5 or 5 and a power of ten.
fn round(x: f64) -> f64 {
    let mut power = 1.0;
    while power > x {
        power /= 10.0;
    }
    while power * 10.0 <= x {
        power *= 10.0;
    }
    [1.0, 2.0, 2.5, 5.0].iter().map(|digit| digit * power).find(|&round| round >= x).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    fn binned(numbers: &[f64], most: usize) -> (f64, f64, Vec<u32>) {
        let mut survey = Survey::default();
        survey.add(numbers);
        let bins = Bins::new(&survey, most, false);
        let mut counts = bins.counts();
        bins.add(numbers, &mut counts);
        assert_eq!(counts.iter().sum::<u32>() as usize, survey.count());
        assert!(counts.len() <= most.max(2), "{} bins of {most}", counts.len());
        (bins.low(), bins.high(), counts)
    }

    #[test]
    fn steps_lie_in_the_middle_of_bins() {
        // Three patterns of a hundred units: −3, −1, 1, 3 hundredths. Zero is an edge.
        let odd = [-0.03, -0.01, -0.01, 0.01, 0.01, 0.01, 0.03];
        let (low, high, counts) = binned(&odd, 40);
        assert_eq!(counts, [1, 2, 3, 1]);
        assert!((low + 0.04).abs() < 1e-12 && (high - 0.04).abs() < 1e-12);
        // Four patterns: −4, −2, 0, 2, 4. Zero is a middle, and what is missing stays missing.
        let (low, high, counts) = binned(&[-0.04, 0.0, 0.0, 0.02, 0.02], 40);
        assert_eq!(counts, [1, 0, 2, 2, 0]);
        assert!((low + 0.05).abs() < 1e-12 && (high - 0.05).abs() < 1e-12);
        // The same through single precision.
        let rough: Vec<f64> = odd.iter().map(|&x| f64::from(x as f32)).collect();
        assert_eq!(binned(&rough, 40).2, [1, 2, 3, 1]);
        assert_eq!(binned(&[-1.0, 1.0, 1.0], 40), (-2.0, 2.0, vec![1, 2]));
        assert_eq!(binned(&[0.5; 4], 7), (-1.0, 1.0, vec![0, 4]));
    }

    #[test]
    fn too_many_steps_are_merged_evenly() {
        for (offset, most) in [(0.0, 21), (0.0, 20), (0.0, 2), (0.5, 20), (0.5, 21), (0.5, 2), (0.0, 512)] {
            let numbers: Vec<f64> = (-100..100).map(|k| (f64::from(k) + offset) / 784.0).collect();
            let (low, high, counts) = binned(&numbers, most);
            assert!((low + high).abs() < 1e-12);
            let inner = counts.get(1..counts.len() - 1).unwrap_or_default();
            assert!(inner.iter().all(|&count| count == inner[0]), "{counts:?}");
        }
    }

    #[test]
    fn what_has_no_steps_gets_round_edges() {
        let mut rng = Rng::new(1, Stream::Experiment, 0);
        let numbers: Vec<f64> = (0..5000).map(|_| 0.037 * rng.normal()).collect();
        let (low, high, counts) = binned(&numbers, 40);
        let width = (high - low) / counts.len() as f64;
        assert_eq!(low, -high);
        let digits = core::iter::successors(Some(width), |x| Some(10.0 * x)).find(|x| *x >= 0.999).unwrap();
        assert!([1.0, 2.0, 2.5, 5.0].iter().any(|d| (digits - d).abs() < 1e-9), "{width}");
        let mut survey = Survey::default();
        survey.add(&numbers);
        // 5000 normals: standard errors 0.00052 and 0.00037.
        assert!(survey.mean().abs() < 0.0024 && (survey.deviation() - 0.037).abs() < 0.0017);
    }

    #[test]
    fn hostile_numbers_are_passed_over_or_kept_in_reach() {
        assert_eq!(binned(&[], 10), (-0.5, 0.5, vec![0]));
        assert_eq!(binned(&[0.0, -0.0, 5e-324], 10), (-0.5, 0.5, vec![3]));
        assert_eq!(binned(&[f64::NAN, f64::INFINITY, -1.0, 1.0], 10).2, [1, 1]);
        for extreme in [1e-299, 1e300, f64::MAX] {
            let (low, high, counts) = binned(&[extreme, 0.3 * extreme, -0.77 * extreme], 9);
            assert!(low < high && counts.iter().sum::<u32>() == 3, "{extreme}");
        }
        let mut survey = Survey::default();
        survey.add(&[0.0, 1.0, 3.0]);
        let bins = Bins::new(&survey, 10, true);
        assert_eq!((bins.low(), bins.high(), bins.counts().len()), (-0.5, 3.5, 4));
    }

    #[test]
    fn two_kinds_of_numbers_share_their_bins() {
        let (mut whole, mut cut) = (Survey::default(), Survey::default());
        whole.add(&[-0.2, 0.2, 0.2]);
        cut.add(&[-0.2, 0.1]);
        let bins = Bins::new(&whole.with(&cut), 16, false);
        // Steps of 0.1, from −0.2 to 0.2.
        assert_eq!(bins.counts().len(), 5);
    }
}
