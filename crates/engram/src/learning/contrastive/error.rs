//! Why a machine cannot learn so.

use core::fmt;

use crate::models::gaussian_rbm::MAX_VALUE;

use super::start::{MAX_CHAINS, MAX_STEPS, MAX_TEMPERATURES};

/// A setting that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ContrastiveError {
    /// No steps of the sampler, or too many.
    Steps(u32),
    /// No chains, or too many at all temperatures.
    Chains(usize),
    /// Fewer than two temperatures, or too many.
    Temperatures(usize),
    /// A setting that is no number, or out of range.
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// Rates for another number of units than the machine has.
    Rates {
        /// Rates.
        found: usize,
        /// Visible units of the machine.
        visible: usize,
    },
    /// Pictures of another number of units than the machine has.
    Data {
        /// Units of the pictures.
        found: usize,
        /// Visible units of the machine.
        visible: usize,
    },
    /// Numbers that are no whole number of pictures, or none at all.
    Numbers {
        /// Numbers.
        found: usize,
        /// Visible units of the machine.
        visible: usize,
    },
    /// A number of a picture that is none, or too large in size.
    Value {
        /// Its place among all numbers of the mini-batch, from 0.
        place: usize,
        /// The number.
        value: f32,
    },
}

impl fmt::Display for ContrastiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps(found) => write!(f, "{found} steps are not possible; 1 to {MAX_STEPS} are"),
            Self::Chains(found) => write!(f, "{found} chains are not possible; 1 to {MAX_CHAINS} are"),
            Self::Temperatures(found) => {
                write!(f, "{found} temperatures are not possible; 2 to {MAX_TEMPERATURES} are")
            }
            Self::Setting { name, value, allowed } => {
                write!(f, "{name} is {value}; it must be {allowed}")
            }
            Self::Rates { found, visible } => {
                write!(f, "there are {found} rates for {visible} visible units")
            }
            Self::Data { found, visible } => {
                write!(f, "the pictures are of {found} units, the machine has {visible} visible ones")
            }
            Self::Numbers { found, visible } => {
                write!(f, "{found} numbers are not one or more pictures of {visible} visible units")
            }
            Self::Value { place, value } => {
                write!(
                    f,
                    "number {place} of the pictures is {value}; it must be from -{MAX_VALUE} to {MAX_VALUE}"
                )
            }
        }
    }
}

impl core::error::Error for ContrastiveError {}
