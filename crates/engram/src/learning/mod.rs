//! Learning rules, one a file.
//!
//! A rule turns patterns into weights (and biases, where it is asked to). A bias is learned everywhere in the same
//! way: as the weight from one more unit that is always on.

pub mod boltzmann;
mod capacity;
pub mod contrastive;
mod dense_classifier;
mod descent;
mod energy_gradient;
pub mod gaussian_contrastive;
mod hebb;
pub mod logistic;
mod padding;
mod perceptron;
mod pseudo_inverse;
mod storkey;
mod unlearning;
pub mod variational;
mod wake_sleep;

pub use capacity::Capacity;
pub use dense_classifier::{ClassifierError, ClassifierMemories, DenseClassifier, LabelledPicture};
pub use energy_gradient::{EnergyGradient, Valleys};
pub use hebb::{Hebb, HebbScale};
pub use padding::{MAX_PATTERNS, Padding, PaddingError};
pub use perceptron::Perceptron;
pub use pseudo_inverse::PseudoInverse;
pub use storkey::Storkey;
pub use unlearning::Unlearning;
pub use wake_sleep::WakeSleep;

use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use crate::kernel::Real;
use crate::rng::Rng;
use crate::weights::{Weights, WeightsError};

/// How much a pattern may count: below zero it is pushed away.
pub const IMPORTANCE: RangeInclusive<f64> = -100.0..=100.0;

/// A pattern to learn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example<'a> {
    /// n spins of ±1.
    pub spins: &'a [i8],
    /// How much it counts; 1 is as much as any other. Rules that cannot weigh patterns refuse anything else.
    pub importance: f64,
}

impl<'a> Example<'a> {
    /// A pattern that counts as much as any other.
    #[must_use]
    pub fn new(spins: &'a [i8]) -> Self {
        Self { spins, importance: 1.0 }
    }
}

/// Something a person should know about what was learned.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Patterns are combinations of others: only so many of them are independent.
    Dependent {
        /// Independent patterns.
        rank: usize,
        /// All patterns.
        patterns: usize,
    },
    /// After all rounds, so many (pattern, unit) pairs still miss what was asked of them.
    Unfinished {
        /// Rounds over all patterns.
        rounds: usize,
        /// Pairs that miss.
        missing: usize,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dependent { rank, patterns } => write!(
                f,
                "of {patterns} patterns {rank} can be chosen independently; the others are combinations of them and come with them"
            ),
            Self::Unfinished { rounds, missing } => write!(
                f,
                "after {rounds} rounds {missing} of the pixels asked for still miss their margin; the patterns may be too many for this rule"
            ),
        }
    }
}

/// Why patterns could not be learned.
#[derive(Clone, Debug, PartialEq)]
pub enum LearnError {
    /// Weights of that size cannot be made.
    Weights(WeightsError),
    /// A pattern has the wrong number of units.
    Length {
        /// Which pattern.
        pattern: usize,
        /// Its length.
        found: usize,
        /// What is needed.
        expected: usize,
    },
    /// A pattern's importance is not a number that the rule can use.
    Importance {
        /// Which pattern.
        pattern: usize,
        /// Its importance.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// Weights grow without bound: with this pattern they would pass 10⁹.
    Diverges {
        /// Which pattern.
        pattern: usize,
    },
    /// A setting of the rule is out of range.
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
}

impl fmt::Display for LearnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weights(error) => error.fmt(f),
            Self::Length { pattern, found, expected } => {
                write!(f, "pattern {pattern} has {found} units; the net has {expected}")
            }
            Self::Importance { pattern, value, allowed } => {
                write!(f, "pattern {pattern} has importance {value}; allowed is {allowed}")
            }
            Self::Diverges { pattern } => write!(
                f,
                "at pattern {pattern} the weights grow without bound; these are too many patterns for this rule"
            ),
            Self::Setting { name, value, allowed } => write!(f, "{name} is {value}; allowed is {allowed}"),
        }
    }
}

impl core::error::Error for LearnError {}

impl From<WeightsError> for LearnError {
    fn from(error: WeightsError) -> Self {
        Self::Weights(error)
    }
}

/// What a rule has learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned<T> {
    /// Weights, shape (n, n).
    pub weights: Weights<T>,
    /// Biases, n of them; zeros where the rule learned none.
    pub bias: Vec<f64>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// A way of turning patterns into weights.
pub trait LearningRule<T: Real> {
    /// Learns all patterns anew, for a net of `units` units.
    ///
    /// # Errors
    /// Patterns of the wrong length, importances or settings that the rule cannot use, or no memory.
    fn learn(&self, units: usize, examples: &[Example<'_>], rng: &mut Rng) -> Result<Learned<T>, LearnError>;

    /// Adds one pattern to what was learned from `before`, if the rule can do so with the same result as learning
    /// all of them in that order. False: nothing was done, learn anew.
    ///
    /// # Errors
    /// As [`learn`](Self::learn).
    fn store(
        &self,
        learned: &mut Learned<T>,
        before: &[Example<'_>],
        new: Example<'_>,
    ) -> Result<bool, LearnError> {
        let _ = (learned, before, new);
        Ok(false)
    }

    /// Takes one pattern out again, if the rule can. False: nothing was done, learn anew without it.
    ///
    /// # Errors
    /// As [`learn`](Self::learn).
    fn forget(&self, learned: &mut Learned<T>, old: Example<'_>) -> Result<bool, LearnError> {
        let _ = (learned, old);
        Ok(false)
    }
}

/// Checks lengths, once for all rules.
fn check(units: usize, examples: &[Example<'_>]) -> Result<(), LearnError> {
    match examples.iter().position(|e| e.spins.len() != units) {
        Some(pattern) => {
            Err(LearnError::Length { pattern, found: examples[pattern].spins.len(), expected: units })
        }
        None => Ok(()),
    }
}

/// For rules that take all patterns alike.
fn check_alike(examples: &[Example<'_>]) -> Result<(), LearnError> {
    match examples.iter().position(|e| e.importance != 1.0) {
        Some(pattern) => Err(LearnError::Importance {
            pattern,
            value: examples[pattern].importance,
            allowed: "1: this rule takes all patterns alike",
        }),
        None => Ok(()),
    }
}

/// For settings of a rule: lets a value pass that is `allowed`.
fn check_setting(
    name: &'static str,
    value: f64,
    fits: bool,
    allowed: &'static str,
) -> Result<(), LearnError> {
    if fits { Ok(()) } else { Err(LearnError::Setting { name, value, allowed }) }
}
