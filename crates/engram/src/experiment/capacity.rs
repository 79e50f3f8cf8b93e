//! How many random patterns a net can hold.
//!
//! A trial stores P patterns of n fair coins, spoils the first by turning an exact number of its units over, lets the
//! net settle one unit at a time in random order (ties kept), and asks how much of the pattern has come back.
//!
//! The trial runs over the patterns, for Hebb's rule, or over weights, for any rule; the same seed draws the same
//! patterns, the same noise and the same order of updates for both, so for Hebb's rule they end in the same states.
//!
//! What to expect of Hebb's rule: errors below 2 % up to P = 0.138 n and a collapse beyond (Amit, Gutfreund &
//! Sompolinsky, PRL 55 (1985) 1530), smeared at finite n; above, a remnant of about 0.3 of the pattern stays.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::corrupt::Corruption;
use crate::dynamics::{Asynchronous, State, Tie, settle};
use crate::energy::Conditional;
use crate::kernel::Real;
use crate::learning::{Example, LearnError, LearningRule};
use crate::models::hebbian::{Hebbian, HebbianError};
use crate::models::hopfield::{BiasSign, Hopfield, HopfieldError};
use crate::observe;
use crate::rng::{Rng, Stream};

/// What a trial measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Units, n.
    pub units: usize,
    /// Patterns stored, P.
    pub patterns: usize,
    /// Fraction of the units of the cue that are turned over, 0 to 1; the nearest whole number of them.
    pub noise: f64,
    /// Sweeps after which a trial is given up.
    pub max_sweeps: u32,
}

/// What came of a trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Overlap of the last state with the pattern, −1 to 1.
    pub overlap: f64,
    /// Whether the pattern is back in every unit.
    pub recalled: bool,
    /// Sweeps made, the last one without a change if it settled.
    pub sweeps: u32,
    /// Whether it settled.
    pub settled: bool,
}

/// Why a trial could not be made.
#[derive(Clone, Debug, PartialEq)]
pub enum CapacityError {
    /// Units and patterns that no net can be made of.
    Net(HebbianError),
    /// A noise outside 0 to 1.
    Noise(f64),
    /// No sweeps.
    Sweeps,
    /// The rule could not learn the patterns.
    Learning(LearnError),
    /// The rule learned biases that are no use.
    Bias(HopfieldError),
}

impl fmt::Display for CapacityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(error) => error.fmt(f),
            Self::Noise(noise) => write!(f, "the noise is {noise}; it must be a fraction from 0 to 1"),
            Self::Sweeps => write!(f, "max_sweeps is 0; a trial needs at least one sweep"),
            Self::Learning(error) => error.fmt(f),
            Self::Bias(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for CapacityError {}

impl From<HebbianError> for CapacityError {
    fn from(error: HebbianError) -> Self {
        Self::Net(error)
    }
}

impl From<LearnError> for CapacityError {
    fn from(error: LearnError) -> Self {
        Self::Learning(error)
    }
}

impl From<HopfieldError> for CapacityError {
    fn from(error: HopfieldError) -> Self {
        Self::Bias(error)
    }
}

/// Trials at a point. It holds the memory that they share and nothing else: a trial depends on the point, the seed
/// and its number alone.
#[derive(Clone, Debug)]
pub struct Capacity {
    point: Point,
    net: Hebbian,
    spins: Vec<i8>,
}

impl Capacity {
    /// Trials at this point.
    ///
    /// # Errors
    /// Too many units or patterns, or none; a noise that is not a fraction; no sweeps.
    pub fn new(point: Point) -> Result<Self, CapacityError> {
        if !(0.0..=1.0).contains(&point.noise) {
            return Err(CapacityError::Noise(point.noise));
        }
        if point.max_sweeps == 0 {
            return Err(CapacityError::Sweeps);
        }
        // The factor changes nothing where there are no biases and no temperature.
        let net = Hebbian::zero(point.units, point.patterns, 1.0)?;
        Ok(Self { point, net, spins: vec![] })
    }

    /// The state in which the last trial ended.
    #[must_use]
    pub fn spins(&self) -> &[i8] {
        &self.spins
    }

    /// A trial of Hebb's rule, over the patterns.
    pub fn over_patterns(&mut self, seed: u64, index: u64) -> Trial {
        let (pattern, cue) = self.draw(seed, index);
        let (trial, spins) = self.recall(&self.net, &pattern, cue, seed, index);
        self.spins = spins;
        trial
    }

    /// A trial of any rule, over weights held as `T`. Biases are used if the rule learns them.
    ///
    /// # Errors
    /// What the rule says of the patterns.
    pub fn over_weights<T: Real>(
        &mut self,
        rule: &impl LearningRule<T>,
        seed: u64,
        index: u64,
    ) -> Result<Trial, CapacityError> {
        let (pattern, cue) = self.draw(seed, index);
        let patterns: Vec<Vec<i8>> = (0..self.point.patterns).map(|k| self.net.pattern(k)).collect();
        let examples: Vec<Example<'_>> = patterns.iter().map(|x| Example::new(x)).collect();
        let learned =
            rule.learn(self.point.units, &examples, &mut Rng::new(seed, Stream::Learning, index))?;
        let net = Hopfield::new(learned.weights, learned.bias, BiasSign::Consistent)?;
        let (trial, spins) = self.recall(&net, &pattern, cue, seed, index);
        self.spins = spins;
        Ok(trial)
    }

    /// New patterns; the first of them, and its spoilt copy.
    fn draw(&mut self, seed: u64, index: u64) -> (Vec<i8>, Vec<i8>) {
        self.net.redraw(&mut Rng::new(seed, Stream::Patterns, index));
        let pattern = self.net.pattern(0);
        let mut cue = pattern.clone();
        let mut rng = Rng::new(seed, Stream::Corruption, index);
        Corruption::Flip(self.point.noise).apply(&mut cue, self.point.units, &mut rng);
        (pattern, cue)
    }

    fn recall<M: Conditional>(
        &self,
        net: &M,
        pattern: &[i8],
        cue: Vec<i8>,
        seed: u64,
        index: u64,
    ) -> (Trial, Vec<i8>) {
        let mut rule = Asynchronous::new(self.point.units, Tie::Keep);
        let mut state = State::new(net, cue);
        let mut rng = Rng::new(seed, Stream::Dynamics, index);
        let most = self.point.max_sweeps as usize;
        let (sweeps, settled) = settle(&mut rule, net, &mut state, Tie::Keep, &mut rng, most);
        let spins = state.into_spins();
        let overlap = observe::overlap(pattern, &spins);
        (Trial { overlap, recalled: spins == pattern, sweeps: sweeps as u32, settled }, spins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::Hebb;

    #[test]
    fn over_patterns_and_over_weights_end_in_the_same_states() {
        for (units, patterns, noise) in [(60, 3, 0.1), (100, 14, 0.2), (100, 40, 0.1), (33, 50, 0.0)] {
            let mut trials = Capacity::new(Point { units, patterns, noise, max_sweeps: 100 }).unwrap();
            for index in 0..10 {
                let few = trials.over_patterns(7, index);
                let end = trials.spins().to_vec();
                let all = trials.over_weights::<f32>(&Hebb::default(), 7, index).unwrap();
                assert_eq!((few, end.as_slice()), (all, trials.spins()));
                assert!(few.settled);
            }
        }
    }

    #[test]
    fn a_trial_depends_on_its_seed_and_number_alone() {
        let point = Point { units: 80, patterns: 12, noise: 0.1, max_sweeps: 50 };
        let mut trials = Capacity::new(point).unwrap();
        let third = (trials.over_patterns(1, 3), trials.spins().to_vec());
        let fourth = (trials.over_patterns(1, 4), trials.spins().to_vec());
        assert_ne!(third.1, fourth.1);
        let mut again = Capacity::new(point).unwrap();
        assert_eq!((again.over_patterns(1, 4), again.spins().to_vec()), fourth);
        assert_eq!((again.over_patterns(1, 3), again.spins().to_vec()), third);
    }

    #[test]
    fn few_patterns_come_back_and_many_do_not() {
        let mean = |patterns| {
            let mut trials =
                Capacity::new(Point { units: 200, patterns, noise: 0.1, max_sweeps: 100 }).unwrap();
            (0..20).map(|index| trials.over_patterns(3, index).overlap).sum::<f64>() / 20.0
        };
        assert_eq!(mean(4), 1.0);
        assert!(mean(60) < 0.7, "{}", mean(60));
    }

    #[test]
    fn impossible_points_are_refused() {
        let good = Point { units: 10, patterns: 2, noise: 0.1, max_sweeps: 10 };
        assert_eq!(Capacity::new(Point { noise: 1.5, ..good }).unwrap_err(), CapacityError::Noise(1.5));
        assert!(Capacity::new(Point { noise: f64::NAN, ..good }).is_err());
        assert_eq!(Capacity::new(Point { max_sweeps: 0, ..good }).unwrap_err(), CapacityError::Sweeps);
        assert_eq!(
            Capacity::new(Point { patterns: 0, ..good }).unwrap_err(),
            CapacityError::Net(HebbianError::Patterns(0))
        );
    }
}
