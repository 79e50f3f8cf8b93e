//! What patterns of ±1 must be for a net to be put together from them.

use core::fmt;

/// What is wrong with a list of patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpinsError {
    /// A pattern has another number of units than the first.
    Length {
        /// Which pattern.
        pattern: usize,
        /// Its length.
        found: usize,
        /// Length of the first.
        expected: usize,
    },
    /// A cell of a pattern is not ±1.
    Spin {
        /// Which pattern.
        pattern: usize,
        /// Which unit.
        unit: usize,
        /// What stands there.
        value: i8,
    },
    /// The machine could not give that much memory.
    Memory {
        /// Bytes asked for.
        bytes: usize,
    },
}

impl fmt::Display for SpinsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { pattern, found, expected } => {
                write!(f, "pattern {pattern} has {found} units; the first has {expected}")
            }
            Self::Spin { pattern, unit, value } => {
                write!(f, "unit {unit} of pattern {pattern} is {value}; it must be -1 or 1")
            }
            Self::Memory { bytes } => write!(f, "not enough memory for {bytes} bytes of patterns"),
        }
    }
}

impl core::error::Error for SpinsError {}

/// Whether one pattern of a list is as long as the first, and of ±1 alone.
///
/// # Errors
/// It is not.
pub(crate) fn check(pattern: usize, x: &[i8], expected: usize) -> Result<(), SpinsError> {
    if x.len() != expected {
        return Err(SpinsError::Length { pattern, found: x.len(), expected });
    }
    match x.iter().position(|&s| s != 1 && s != -1) {
        Some(unit) => Err(SpinsError::Spin { pattern, unit, value: x[unit] }),
        None => Ok(()),
    }
}
