//! Why a machine could not be made, or not be asked that.

use core::fmt;

use super::{MAX_LOG_VARIANCE, MAX_VALUE};
use crate::models::rbm::RbmError;

/// A size or number that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GaussianRbmError {
    /// Of the links, the biases or the sizes.
    Net(RbmError),
    /// Another number of variances than of visible units.
    Variances {
        /// Variances.
        found: usize,
        /// Visible units.
        visible: usize,
    },
    /// The logarithm of a variance that is no number, or too large in size.
    Variance {
        /// The visible unit, from 0.
        unit: usize,
        /// The logarithm.
        value: f64,
    },
    /// A number of a picture that is none, or too large in size.
    Value {
        /// Its place among all numbers, from 0.
        place: usize,
        /// The number.
        value: f64,
    },
}

impl From<RbmError> for GaussianRbmError {
    fn from(error: RbmError) -> Self {
        Self::Net(error)
    }
}

impl fmt::Display for GaussianRbmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(error) => error.fmt(f),
            Self::Variances { found, visible } => {
                write!(f, "there are {found} variances for {visible} visible units; each needs one")
            }
            Self::Variance { unit, value } => write!(
                f,
                "the logarithm of the variance of visible unit {unit} is {value}; it must be from -{MAX_LOG_VARIANCE} to {MAX_LOG_VARIANCE}"
            ),
            Self::Value { place, value } => write!(
                f,
                "number {place} of the pictures is {value}; it must be from -{MAX_VALUE} to {MAX_VALUE}"
            ),
        }
    }
}

impl core::error::Error for GaussianRbmError {}
