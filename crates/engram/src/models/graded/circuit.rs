//! What graded units are made of.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

/// A number for all units, or one for each.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// The same for all.
    All(f64),
    /// n of them.
    Each(Vec<f64>),
}

/// What the units are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Circuit {
    /// C, from 10⁻⁹ to 10⁹, in units of time over resistance.
    pub capacitance: Values,
    /// R, from 10⁻⁹ to 10⁹.
    pub resistance: Values,
    /// I, from −10⁹ to 10⁹: what a bias is in a binary net.
    pub current: Values,
    /// T_ii, from −10⁹ to 10⁹: what a unit's output does to its own input.
    pub own: Values,
}

impl Default for Circuit {
    /// C = R = 1, no currents, no unit joined to itself: time is counted in τ = RC.
    fn default() -> Self {
        let (one, none) = (Values::All(1.0), Values::All(0.0));
        Self { capacitance: one.clone(), resistance: one, current: none.clone(), own: none }
    }
}

/// Why a network could not be put together.
#[derive(Clone, Debug, PartialEq)]
pub enum GradedError {
    /// The numbers of one kind are not as many as the units.
    Length {
        /// Which kind.
        name: &'static str,
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A number is out of range.
    Value {
        /// Which kind.
        name: &'static str,
        /// Which unit; 0 for a number of all units.
        unit: usize,
        /// What stands there.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
}

impl fmt::Display for GradedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { name, found, expected } => {
                write!(f, "{found} numbers are given for the {name}; the net has {expected} units")
            }
            Self::Value { name, unit, value, allowed } => {
                write!(f, "the {name} of unit {unit} is {value}; it must be a number from {allowed}")
            }
        }
    }
}

impl core::error::Error for GradedError {}

/// One number a unit, each within its range.
pub(super) fn each(
    name: &'static str,
    values: Values,
    n: usize,
    least: f64,
    allowed: &'static str,
) -> Result<Vec<f64>, GradedError> {
    let values = match values {
        Values::All(value) => vec![value; n],
        Values::Each(values) => values,
    };
    if values.len() != n {
        return Err(GradedError::Length { name, found: values.len(), expected: n });
    }
    match values.iter().position(|value| !(least..=1e9).contains(value)) {
        Some(unit) => Err(GradedError::Value { name, unit, value: values[unit], allowed }),
        None => Ok(values),
    }
}
