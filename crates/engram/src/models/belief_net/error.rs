//! Why machines are no stack, or one cannot be asked that.

use core::fmt;

use super::{MAX_MACHINES, MAX_PAIR};
use crate::models::rbm::RbmError;

/// A size or number that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BeliefNetError {
    /// No machines, or too many.
    Machines(usize),
    /// A machine below the top one has labels.
    Labels {
        /// Which machine, from 0 at the bottom.
        machine: usize,
    },
    /// A machine sees another number of units than the one below it has hidden ones.
    Sizes {
        /// Which machine, from 0 at the bottom.
        machine: usize,
        /// Units that it sees, labels not among them.
        found: usize,
        /// Hidden units of the machine below.
        below: usize,
    },
    /// Two layers have more units than can be summed over.
    Large {
        /// Units of both.
        units: usize,
    },
    /// What was asked of a machine of the stack cannot be.
    Machine(RbmError),
}

impl From<RbmError> for BeliefNetError {
    fn from(error: RbmError) -> Self {
        Self::Machine(error)
    }
}

impl fmt::Display for BeliefNetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Machines(found) => {
                write!(f, "{found} machines are no stack; 1 to {MAX_MACHINES} are")
            }
            Self::Labels { machine } => {
                write!(f, "machine {machine} of the stack has labels; only the one at the top can")
            }
            Self::Sizes { machine, found, below } => write!(
                f,
                "machine {machine} of the stack sees {found} units; it must see the {below} hidden ones of the machine below"
            ),
            Self::Large { units } => write!(
                f,
                "all states of two layers must be looked at, which is possible up to {MAX_PAIR} units; they have {units}"
            ),
            Self::Machine(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for BeliefNetError {}
