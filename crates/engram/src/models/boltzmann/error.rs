//! What is refused.

use core::fmt;

use super::{MAX_UNITS, MAX_WEIGHT, TEMPERATURES};
use crate::exact;
use crate::weights::WeightsError;

/// Why a machine could not be made, or not be asked.
#[derive(Clone, Debug, PartialEq)]
pub enum BoltzmannError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// A link to a unit that is not there, or of a unit to itself.
    Link {
        /// The units it is to join.
        pair: [usize; 2],
        /// Units of the machine.
        units: usize,
    },
    /// No visible units, or more than there are units.
    Visible {
        /// Visible units.
        visible: usize,
        /// All units.
        units: usize,
    },
    /// Another number of weights than of links.
    Weights {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// Another number of biases than of units.
    Biases {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// Another number of rows of weights than of units.
    Rows {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A row of weights of another length than there are units.
    RowLength {
        /// Which row.
        row: usize,
        /// Its length.
        found: usize,
        /// What is needed.
        expected: usize,
    },
    /// A weight that is not the same both ways.
    Asymmetric {
        /// One unit.
        i: usize,
        /// The other.
        j: usize,
        /// The weight in row i, and that in row j.
        values: [f64; 2],
    },
    /// A weight other than 0 where there is no link.
    NoLink {
        /// One unit.
        i: usize,
        /// The other.
        j: usize,
        /// The weight.
        value: f64,
    },
    /// A weight that is not a number, or larger than [`MAX_WEIGHT`] in size.
    Weight {
        /// One unit.
        i: usize,
        /// The other.
        j: usize,
        /// The weight.
        value: f64,
    },
    /// A bias that is not a number, or larger than [`MAX_WEIGHT`] in size.
    Bias {
        /// Which unit.
        unit: usize,
        /// The bias.
        value: f64,
    },
    /// The net of spins cannot be made.
    Net(WeightsError),
    /// A temperature out of range.
    Temperature(f64),
    /// A state of another length than is asked for.
    Length {
        /// Its length.
        found: usize,
        /// What is needed.
        expected: usize,
    },
    /// What a unit is said to be is none of the values that it can have there.
    Spin {
        /// Which unit.
        unit: usize,
        /// What stands there.
        value: i8,
        /// What is allowed.
        allowed: &'static str,
    },
    /// So many units have more states than can be looked at one by one.
    Large(usize),
    /// Class units that are fewer than two, or not all visible.
    Classes {
        /// The first of them.
        first: usize,
        /// The one after the last.
        end: usize,
        /// Visible units.
        visible: usize,
    },
    /// Data without patterns, or in which none counts.
    NoPatterns,
    /// A pattern of another length than there are visible units.
    Pattern {
        /// Which pattern.
        pattern: usize,
        /// Its length.
        found: usize,
        /// What is needed.
        expected: usize,
    },
    /// A unit of a pattern that is neither −1 nor +1.
    PatternSpin {
        /// Which pattern.
        pattern: usize,
        /// Which unit.
        unit: usize,
        /// What stands there.
        value: i8,
    },
    /// The importance of a pattern is negative, too large or not a number.
    Importance {
        /// Which pattern.
        pattern: usize,
        /// Its importance.
        value: f64,
    },
    /// A setting of a method is out of range.
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
}

impl fmt::Display for BoltzmannError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(f, "a Boltzmann machine needs 1 to {MAX_UNITS} units, not {n}"),
            Self::Link { pair: [i, j], units } => write!(
                f,
                "units {i} and {j} cannot be linked; a link joins two different units from 0 to {}",
                units.saturating_sub(1)
            ),
            Self::Visible { visible, units } => {
                write!(f, "of {units} units {visible} cannot be visible; 1 to {units} can")
            }
            Self::Weights { found, expected } => {
                write!(f, "{found} weights are given; the machine has {expected} links")
            }
            Self::Biases { found, expected } => {
                write!(f, "{found} biases are given; the machine has {expected} units")
            }
            Self::Rows { found, expected } => {
                write!(f, "{found} rows of weights are given; the machine has {expected} units")
            }
            Self::RowLength { row, found, expected } => {
                write!(f, "row {row} of the weights has {found} numbers; it needs {expected}")
            }
            Self::Asymmetric { i, j, values: [there, back] } => write!(
                f,
                "the weight at row {i}, column {j} is {there} and at row {j}, column {i} it is {back}; both must be the same"
            ),
            Self::NoLink { i, j, value } => {
                write!(f, "units {i} and {j} are not linked but have weight {value}; it must be 0")
            }
            Self::Weight { i, j, value } => write!(
                f,
                "the weight between units {i} and {j} is {value}; it must be a number from -{MAX_WEIGHT} to {MAX_WEIGHT}"
            ),
            Self::Bias { unit, value } => write!(
                f,
                "the bias of unit {unit} is {value}; it must be a number from -{MAX_WEIGHT} to {MAX_WEIGHT}"
            ),
            Self::Net(error) => error.fmt(f),
            Self::Temperature(t) => write!(
                f,
                "the temperature is {t}; allowed is {} to {}",
                TEMPERATURES.start(),
                TEMPERATURES.end()
            ),
            Self::Length { found, expected } => {
                write!(f, "the state has {found} units; it needs {expected}")
            }
            Self::Spin { unit, value, allowed } => {
                write!(f, "unit {unit} of the state is {value}; allowed is {allowed}")
            }
            Self::Large(units) => write!(
                f,
                "all states of {units} units would have to be looked at; that is possible for up to {}",
                exact::MAX_UNITS
            ),
            Self::Classes { first, end, visible } => write!(
                f,
                "units {first} to {end} (without the last) cannot be classes; two or more of the {visible} visible units can"
            ),
            Self::NoPatterns => {
                f.write_str("there is no pattern that counts; at least one must have an importance above 0")
            }
            Self::Pattern { pattern, found, expected } => {
                write!(f, "pattern {pattern} has {found} units; the machine has {expected} visible ones")
            }
            Self::PatternSpin { pattern, unit, value } => {
                write!(f, "unit {unit} of pattern {pattern} is {value}; it must be -1 or 1")
            }
            Self::Importance { pattern, value } => {
                write!(f, "pattern {pattern} has importance {value}; allowed is 0 to 1e9")
            }
            Self::Setting { name, value, allowed } => write!(f, "{name} is {value}; allowed is {allowed}"),
        }
    }
}

impl core::error::Error for BoltzmannError {}

/// Lets a setting pass that is allowed.
pub(crate) fn check(
    name: &'static str,
    value: f64,
    fits: bool,
    allowed: &'static str,
) -> Result<(), BoltzmannError> {
    if fits { Ok(()) } else { Err(BoltzmannError::Setting { name, value, allowed }) }
}

/// Lets a temperature pass that is allowed.
pub(crate) fn check_temperature(temperature: f64) -> Result<(), BoltzmannError> {
    if TEMPERATURES.contains(&temperature) { Ok(()) } else { Err(BoltzmannError::Temperature(temperature)) }
}

/// Lets a state pass that has this length and nothing but spins, and zeros if they are allowed.
pub(super) fn check_state(spins: &[i8], expected: usize, zeros: bool) -> Result<(), BoltzmannError> {
    if spins.len() != expected {
        return Err(BoltzmannError::Length { found: spins.len(), expected });
    }
    let allowed = if zeros { "-1, 1, or 0 for unknown" } else { "-1 or 1" };
    match spins.iter().position(|&s| !(matches!(s, -1 | 1) || zeros && s == 0)) {
        Some(unit) => Err(BoltzmannError::Spin { unit, value: spins[unit], allowed }),
        None => Ok(()),
    }
}
