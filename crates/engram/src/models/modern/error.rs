//! What is refused.

use core::fmt;

use super::{BETA, MAX_PATTERNS, MAX_VALUE};
use crate::weights::MAX_UNITS;

/// Why a network or a state could not be put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ModernError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// No patterns, or more than [`MAX_PATTERNS`].
    Patterns(usize),
    /// A pattern has another number of units than the first.
    Length {
        /// Which pattern.
        pattern: usize,
        /// Its length.
        found: usize,
        /// Length of the first.
        expected: usize,
    },
    /// A value of a pattern is not a number, or larger than [`MAX_VALUE`] in size.
    Value {
        /// Which pattern.
        pattern: usize,
        /// Which unit.
        unit: usize,
        /// What stands there.
        value: f64,
    },
    /// The inverse temperature is not a number within [`BETA`].
    Beta(f64),
    /// A state has another number of units than the network.
    StateLength {
        /// Its length.
        found: usize,
        /// Units of the network.
        expected: usize,
    },
    /// A value of a state is not a number, or larger than [`MAX_VALUE`] in size.
    StateValue {
        /// Which unit.
        unit: usize,
        /// What stands there.
        value: f64,
    },
    /// The machine could not give that much memory.
    Memory {
        /// Bytes asked for.
        bytes: usize,
    },
}

impl fmt::Display for ModernError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(f, "a net needs 1 to {MAX_UNITS} units, not {n}"),
            Self::Patterns(p) => write!(f, "a modern net needs 1 to {MAX_PATTERNS} patterns, not {p}"),
            Self::Length { pattern, found, expected } => {
                write!(f, "pattern {pattern} has {found} units; the first has {expected}")
            }
            Self::Value { pattern, unit, value } => write!(
                f,
                "unit {unit} of pattern {pattern} is {value}; it must be a number between -{MAX_VALUE:e} and {MAX_VALUE:e}"
            ),
            Self::Beta(beta) => {
                let [least, most] = BETA;
                write!(
                    f,
                    "the inverse temperature is {beta}; it must be a number between {least:e} and {most:e}"
                )
            }
            Self::StateLength { found, expected } => {
                write!(f, "the state has {found} units; the net has {expected}")
            }
            Self::StateValue { unit, value } => {
                write!(
                    f,
                    "unit {unit} of the state is {value}; it must be a number between -{MAX_VALUE:e} and {MAX_VALUE:e}"
                )
            }
            Self::Memory { bytes } => write!(f, "not enough memory for {bytes} bytes of patterns"),
        }
    }
}

impl core::error::Error for ModernError {}
