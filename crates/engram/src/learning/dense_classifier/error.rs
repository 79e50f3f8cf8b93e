//! Why a classifier could not be made.

use core::fmt;

use super::{EXPONENTS, MAX_MEMORIES, MAX_UNITS, TEMPERATURES};
use crate::models::dense::DEGREES;

/// A size or a setting that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClassifierError {
    /// No pixels, fewer than two classes, or too many of both.
    Units {
        /// Pixels.
        pixels: usize,
        /// Classes.
        classes: usize,
    },
    /// No memories, or too many.
    Memories(usize),
    /// A power out of range.
    Degree(u32),
    /// A temperature out of range.
    Temperature(f64),
    /// An exponent of the loss out of range.
    Exponent(u32),
    /// A momentum out of range.
    Momentum(f64),
}

impl fmt::Display for ClassifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units { pixels, classes } => write!(
                f,
                "{pixels} pixels and {classes} classes are not possible; at least 1 and 2 are, and {MAX_UNITS} together"
            ),
            Self::Memories(found) => {
                write!(f, "{found} memories are not possible; from 1 to {MAX_MEMORIES} are")
            }
            Self::Degree(found) => {
                write!(f, "the power is {found}; allowed is {} to {}", DEGREES.start(), DEGREES.end())
            }
            Self::Temperature(found) => {
                let (least, most) = (TEMPERATURES.start(), TEMPERATURES.end());
                write!(f, "the temperature is {found}; allowed is {least} to {most}")
            }
            Self::Exponent(found) => write!(
                f,
                "the exponent of the loss is {found}; allowed is {} to {}",
                EXPONENTS.start(),
                EXPONENTS.end()
            ),
            Self::Momentum(found) => {
                write!(f, "the momentum is {found}; allowed is from 0 up to but without 1")
            }
        }
    }
}

impl core::error::Error for ClassifierError {}
