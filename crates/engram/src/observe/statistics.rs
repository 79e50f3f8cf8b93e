//! Averages over a run, taken as it goes.

use alloc::vec::Vec;

use crate::dynamics::Visit;
use crate::math;

/// Count, mean and variance of numbers, one at a time and without loss where the mean is large next to the spread
/// (B. P. Welford, Technometrics 4 (1962) 419). Numbers that are not finite are passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Moments {
    count: u64,
    mean: f64,
    /// Sum of squared distances from the mean.
    squares: f64,
}

impl Moments {
    /// Takes a number in.
    pub fn add(&mut self, x: f64) {
        if x.is_finite() {
            self.count += 1;
            let before = x - self.mean;
            self.mean += before / self.count as f64;
            self.squares += before * (x - self.mean);
        }
    }

    /// How many numbers there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 of none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance of what they were drawn from, estimated without bias if they are independent:
    /// `Σ (x − mean)² / (count − 1)`; 0 of fewer than two.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.count < 2 { 0.0 } else { self.squares / (self.count - 1) as f64 }
    }

    /// The square root of the variance.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        math::sqrt(self.variance())
    }
}

/// Heat capacity `C = Var(E)/T²` from the energies of a run at a temperature; 0 at T = 0, where nothing fluctuates. By
/// the fluctuation theorem it is `d⟨E⟩/dT`.
#[must_use]
pub fn heat_capacity(energy: &Moments, temperature: f64) -> f64 {
    if temperature > 0.0 { energy.variance() / temperature / temperature } else { 0.0 }
}

/// Susceptibility per unit `χ = n Var(m)/T` from the magnetisations `m = (1/n) Σ s_i` of a run of n units (or overlaps
/// with any pattern, for a field along it); 0 at T = 0. It is `d⟨m⟩/db` for a bias b that is the same for all units. For
/// ordered nets that turn over now and then, the sizes |m| are taken instead.
#[must_use]
pub fn susceptibility(magnetisation: &Moments, units: usize, temperature: f64) -> f64 {
    if temperature > 0.0 { units as f64 * magnetisation.variance() / temperature } else { 0.0 }
}

/// How many changes were proposed and how many were accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Acceptance {
    /// Changes proposed.
    pub proposed: u64,
    /// Of these, made.
    pub accepted: u64,
}

impl Acceptance {
    /// Counts one proposal.
    pub fn add(&mut self, accepted: bool) {
        self.proposed += 1;
        self.accepted += u64::from(accepted);
    }

    /// Counts what an update of one unit proposed and did; a visit without a unit proposed nothing.
    pub fn count(&mut self, visit: &Visit) {
        if visit.unit.is_some() {
            self.add(visit.changed > 0);
        }
    }

    /// Fraction accepted; 0 of none.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.accepted as f64 / self.proposed.max(1) as f64
    }
}

/// Fewest blocks from whose scatter an error is taken: it is then itself known to an eighth.
const FEWEST_BLOCKS: u64 = 32;

/// The mean of a correlated series and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
    /// Integrated autocorrelation time `τ = ½ + Σ_{t≥1} ρ(t)` in steps of the series, so that
    /// `error² = 2 τ variance / count`. Of independent numbers it is ½.
    pub tau: f64,
    /// Whether the series is long enough beside τ. If not, τ and the error may be far too small.
    pub resolved: bool,
}

/// A series of numbers, such as the energy after every sweep, whose neighbours are alike: its mean, and by blocking its
/// correlation time and the standard error of the mean.
///
/// Level k holds the moments of the means of blocks of 2^k numbers; nothing else is kept, so the memory grows as the
/// logarithm of the length. Once blocks are long beside the correlation time their means are independent, and their
/// scatter tells the error (H. Flyvbjerg & H. G. Petersen, J. Chem. Phys. 91 (1989) 461). Numbers that are not finite
/// are passed over.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Series {
    levels: Vec<Level>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Level {
    moments: Moments,
    /// The first of two blocks that will be one block of the next level.
    waiting: Option<f64>,
}

impl Series {
    /// Takes a number in.
    pub fn add(&mut self, x: f64) {
        if !x.is_finite() {
            return;
        }
        let mut block = x;
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Level::default());
            }
            let Level { moments, waiting } = &mut self.levels[level];
            moments.add(block);
            let Some(first) = waiting.take() else {
                *waiting = Some(block);
                return;
            };
            // Halves first, so that no sum overflows.
            block = 0.5 * first + 0.5 * block;
        }
    }

    /// Count, mean and variance of the numbers themselves.
    #[must_use]
    pub fn moments(&self) -> Moments {
        self.levels.first().map_or_else(Moments::default, |level| level.moments)
    }

    /// The mean, its standard error and the correlation time.
    ///
    /// The blocks are the shortest of length `B >= 2 (n τ²)^⅓`, with τ as they themselves tell it. Blocks of length B
    /// make τ too small by about τ/B of it, and leave it uncertain by √(2B/n); at half this length the two together are
    /// least, and an error stated too small is worse than one stated roughly. Where no blocks are long enough, the
    /// longest of which there are 32 stand in, and the estimate is not resolved.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let all = self.moments();
        let (count, variance) = (all.count() as f64, all.variance());
        let mut estimate = Estimate {
            mean: all.mean(),
            error: math::sqrt(variance / count.max(1.0)),
            tau: 0.5,
            resolved: variance == 0.0 && all.count() >= FEWEST_BLOCKS,
        };
        if variance == 0.0 {
            return estimate;
        }
        let mut length = 1.0;
        for level in self.levels.iter().take_while(|level| level.moments.count() >= FEWEST_BLOCKS) {
            let squared = level.moments.variance() / level.moments.count() as f64;
            estimate.error = math::sqrt(squared);
            estimate.tau = 0.5 * squared * count / variance;
            if length * length * length >= 8.0 * count * estimate.tau * estimate.tau {
                estimate.resolved = true;
                break;
            }
            length *= 2.0;
        }
        estimate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    #[test]
    fn moments_by_hand_and_far_from_zero() {
        let mut moments = Moments::default();
        assert_eq!((moments.mean(), moments.variance()), (0.0, 0.0));
        for x in [4.0, 7.0, f64::NAN, 13.0, 16.0, f64::INFINITY] {
            moments.add(x);
        }
        assert_eq!((moments.count(), moments.mean(), moments.variance()), (4, 10.0, 30.0));
        let mut far = Moments::default();
        for x in [4.0, 7.0, 13.0, 16.0] {
            far.add(1e9 + x);
        }
        assert!((far.variance() - 30.0).abs() < 1e-6 && (far.deviation() - 30f64.sqrt()).abs() < 1e-7);
    }

    #[test]
    fn thermal_responses_are_variances_over_temperature() {
        let mut moments = Moments::default();
        [4.0, 7.0, 13.0, 16.0].iter().for_each(|&x| moments.add(x));
        assert_eq!((heat_capacity(&moments, 2.0), heat_capacity(&moments, 0.0)), (7.5, 0.0));
        assert_eq!((susceptibility(&moments, 10, 2.0), susceptibility(&moments, 10, 0.0)), (150.0, 0.0));
    }

    #[test]
    fn acceptance_counts_proposals_alone() {
        let mut acceptance = Acceptance::default();
        assert_eq!(acceptance.rate(), 0.0);
        for (unit, changed) in [(Some(3), 1), (Some(4), 0), (None, 0), (Some(3), 0), (Some(1), 0)] {
            acceptance.count(&Visit { unit, changed });
        }
        assert_eq!((acceptance, acceptance.rate()), (Acceptance { proposed: 4, accepted: 1 }, 0.25));
    }

    #[test]
    fn a_series_keeps_a_logarithm_of_its_length_and_the_means_of_its_blocks() {
        let mut series = Series::default();
        for k in 0..1_000_000u32 {
            series.add(f64::from(k % 8));
        }
        assert_eq!(series.levels.len(), 20);
        // Blocks of eight are all alike.
        let level = series.levels[3].moments;
        assert_eq!((level.count(), level.mean(), level.variance()), (125_000, 3.5, 0.0));
        assert_eq!(series.levels[2].moments.variance(), 4.0 / 249_999.0 * 250_000.0);
    }

    #[test]
    fn what_is_too_short_says_so() {
        let of = |numbers: &[f64]| {
            let mut series = Series::default();
            numbers.iter().for_each(|&x| series.add(x));
            series.estimate()
        };
        assert_eq!(of(&[]), Estimate { mean: 0.0, error: 0.0, tau: 0.5, resolved: false });
        let few = of(&[1.0, 3.0]);
        assert_eq!((few.mean, few.error, few.resolved), (2.0, 1.0, false));
        let constant = of(&[2.5; 40]);
        assert_eq!(constant, Estimate { mean: 2.5, error: 0.0, tau: 0.5, resolved: true });
        // One long step up: the whole series is one correlation time.
        let step: Vec<f64> = (0..4096).map(|k| if k < 2048 { 0.0 } else { 1.0 }).collect();
        assert!(!of(&step).resolved);
        assert!(of(&step).tau > 60.0);
    }

    #[test]
    fn independent_numbers_have_half_a_step_of_correlation() {
        let mut rng = Rng::new(4, Stream::Experiment, 0);
        let mut series = Series::default();
        for _ in 0..1 << 18 {
            series.add(rng.normal());
        }
        let estimate = series.estimate();
        assert!(estimate.resolved);
        // 128 numbers a block, 2048 blocks: their variance is known to 1/32.
        assert!((estimate.tau / 0.5 - 1.0).abs() < 4.5 / 32.0, "{estimate:?}");
        assert!(estimate.mean.abs() < 4.5 * estimate.error);
    }
}
