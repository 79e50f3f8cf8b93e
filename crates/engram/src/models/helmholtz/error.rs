//! What is refused.

use core::fmt;

use super::{DEVIATION, MAX_BATCH, MAX_HIDDEN, MAX_SAMPLES, MAX_SIZE, MAX_TABLE, MAX_UNITS, MAX_VISIBLE};

/// Why a net could not be put together, or not be asked that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HelmholtzError {
    /// Fewer than two layers.
    Layers(usize),
    /// This layer has no units.
    Empty(usize),
    /// More than [`MAX_UNITS`] units.
    Units(usize),
    /// Not one set of recognition weights for each hidden layer.
    Recognition {
        /// Sets that there are.
        found: usize,
        /// Hidden layers.
        expected: usize,
    },
    /// Another number of weights or biases than the layers need.
    Count {
        /// Weights or biases, and of which direction.
        what: &'static str,
        /// The layer that is drawn by them; 0 is the visible one.
        layer: usize,
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A weight or a bias that is not a number, or larger than [`MAX_SIZE`] in size.
    Number {
        /// Weights or biases, and of which direction.
        what: &'static str,
        /// The layer that is drawn by them; 0 is the visible one.
        layer: usize,
        /// Its place among them.
        index: usize,
        /// What stands there.
        value: f64,
    },
    /// A standard deviation outside [`DEVIATION`].
    Deviation(f64),
    /// Another number of states than asked for.
    StateLength {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A state that is neither 0 nor 1.
    State {
        /// Its place.
        unit: usize,
        /// What stands there.
        value: u8,
    },
    /// States that are no whole number of patterns, or none at all.
    Patterns {
        /// How many states there are.
        found: usize,
        /// Units of a pattern.
        units: usize,
    },
    /// A batch of no cases to learn from, or of more than [`MAX_BATCH`].
    Batch(usize),
    /// A learning rate that is not a number from 0 to 1.
    Rate(f64),
    /// More hidden units than can be enumerated, [`MAX_HIDDEN`].
    Hidden(usize),
    /// A table of all visible states would be too large, or too much work.
    Table {
        /// Visible units.
        visible: usize,
        /// Units of the first hidden layer.
        first: usize,
    },
    /// Another number of probabilities than patterns.
    Probabilities {
        /// How many there are.
        found: usize,
        /// Patterns.
        expected: usize,
    },
    /// A probability that is not a number from 0 to 1.
    Probability {
        /// Which pattern's.
        pattern: usize,
        /// What it is.
        value: f64,
    },
    /// Probabilities whose sum is not 1.
    Sum(f64),
    /// A pattern is there a second time.
    Twice {
        /// Where it is first.
        first: usize,
        /// Where it is again.
        again: usize,
    },
    /// Too few samples to tell an error, or more than [`MAX_SAMPLES`].
    Samples(u32),
}

impl fmt::Display for HelmholtzError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layers(n) => {
                write!(f, "there are {n} layers; at least 2 are needed, one visible and one hidden")
            }
            Self::Empty(layer) => write!(f, "layer {layer} has no units; at least 1 is needed"),
            Self::Units(n) => write!(f, "the layers have {n} units; at most {MAX_UNITS} are allowed"),
            Self::Recognition { found, expected } => write!(
                f,
                "there are recognition weights for {found} layers; the net has {expected} hidden layers"
            ),
            Self::Count { what, layer, found, expected } => {
                write!(f, "there are {found} {what} for layer {layer}; it needs {expected}")
            }
            Self::Number { what, layer, index, value } => write!(
                f,
                "number {index} of the {what} for layer {layer} is {value}; it must be a number between -{MAX_SIZE:e} and {MAX_SIZE:e}"
            ),
            Self::Deviation(value) => write!(
                f,
                "the standard deviation of the weights is {value}; it must be a number from {} to {}",
                DEVIATION.start(),
                DEVIATION.end()
            ),
            Self::StateLength { found, expected } => {
                write!(f, "there are {found} states; {expected} are needed")
            }
            Self::State { unit, value } => write!(f, "state {unit} is {value}; it must be 0 or 1"),
            Self::Patterns { found, units } => write!(
                f,
                "there are {found} states; needed are those of 1 or more patterns, {units} for each"
            ),
            Self::Batch(n) => write!(f, "a batch has {n} cases to learn from; 1 to {MAX_BATCH} are allowed"),
            Self::Rate(value) => write!(f, "the learning rate is {value}; it must be a number from 0 to 1"),
            Self::Hidden(n) => write!(
                f,
                "exact results look at every hidden state and need at most {MAX_HIDDEN} hidden units; this net has {n}"
            ),
            Self::Table { visible, first } => write!(
                f,
                "the table of all pictures needs at most {MAX_VISIBLE} visible units, and with the first hidden layer at most {MAX_TABLE}; this net has {visible} and {first}"
            ),
            Self::Probabilities { found, expected } => {
                write!(f, "there are {found} probabilities for {expected} patterns; each needs one")
            }
            Self::Probability { pattern, value } => {
                write!(f, "the probability of pattern {pattern} is {value}; it must be a number from 0 to 1")
            }
            Self::Sum(value) => {
                write!(f, "the probabilities of the patterns add up to {value}; they must add up to 1")
            }
            Self::Twice { first, again } => write!(
                f,
                "pattern {again} is the same as pattern {first}; each must be there once, with its whole probability"
            ),
            Self::Samples(n) => write!(f, "an estimate needs 2 to {MAX_SAMPLES} samples, not {n}"),
        }
    }
}

impl core::error::Error for HelmholtzError {}
