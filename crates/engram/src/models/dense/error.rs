//! Why a dense associative memory could not be made.

use core::fmt;

use super::{DEGREES, MAX_PATTERNS};
use crate::learning::IMPORTANCE;
use crate::pattern::SpinsError;
use crate::weights::MAX_UNITS;

/// Why a net could not be put together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DenseError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// No patterns, or more than [`MAX_PATTERNS`].
    Patterns(usize),
    /// A degree outside [`DEGREES`].
    Degree(u32),
    /// A scale that is not a number from 10⁻¹⁰⁰ to 10¹⁰⁰.
    Scale(f64),
    /// A pattern's importance is outside [`IMPORTANCE`].
    Importance {
        /// Which pattern.
        pattern: usize,
        /// Its importance.
        value: f64,
    },
    /// A pattern that cannot be, or no memory for them.
    Pattern(SpinsError),
}

impl fmt::Display for DenseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(f, "a net needs 1 to {MAX_UNITS} units, not {n}"),
            Self::Patterns(p) => write!(f, "a dense memory needs 1 to {MAX_PATTERNS} patterns, not {p}"),
            Self::Degree(n) => {
                write!(f, "the degree is {n}; it must be {} to {}", DEGREES.start(), DEGREES.end())
            }
            Self::Scale(c) => write!(f, "the scale of the energy is {c}; it must be from 1e-100 to 1e100"),
            Self::Importance { pattern, value } => write!(
                f,
                "pattern {pattern} has importance {value}; it must be from {} to {}",
                IMPORTANCE.start(),
                IMPORTANCE.end()
            ),
            Self::Pattern(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for DenseError {}

impl From<SpinsError> for DenseError {
    fn from(error: SpinsError) -> Self {
        Self::Pattern(error)
    }
}
