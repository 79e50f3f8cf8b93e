//! Why logistic regression is not possible.

use core::fmt;

use super::{MAX_CLASSES, MAX_FEATURES, MAX_NUMBERS, MAX_VALUE};
use crate::math;

/// A size or number that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LogisticError {
    /// No features, fewer than two classes, or too many of either.
    Sizes {
        /// Features.
        features: usize,
        /// Classes.
        classes: usize,
    },
    /// Another number of weights than features and classes need.
    Weights {
        /// Weights.
        found: usize,
        /// What is needed.
        expected: usize,
    },
    /// Numbers that are no rows of so many features.
    Rows {
        /// Numbers.
        found: usize,
        /// Features of a row.
        features: usize,
    },
    /// More rows to learn from than there is room for.
    Many {
        /// Rows.
        rows: usize,
        /// Features of a row.
        features: usize,
    },
    /// Another number of classes than of rows.
    Labels {
        /// Classes.
        found: usize,
        /// Rows.
        rows: usize,
    },
    /// A class that there is not.
    Class {
        /// Its row, from 0.
        row: usize,
        /// The class.
        found: u8,
        /// How many classes there are.
        classes: usize,
    },
    /// A number that is none, or too large.
    Number {
        /// What it is.
        name: &'static str,
        /// Which one, from 0.
        place: usize,
        /// What it is.
        value: f64,
    },
    /// A penalty λ out of range.
    Penalty(f64),
    /// A problem of other sizes.
    Problem {
        /// Its features.
        features: usize,
        /// Its classes.
        classes: usize,
        /// What there must be of both.
        expected: (usize, usize),
    },
}

impl fmt::Display for LogisticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sizes { features, classes } => write!(
                f,
                "{features} features and {classes} classes are not possible; from 1 to {MAX_FEATURES} and from 2 to {MAX_CLASSES} are"
            ),
            Self::Weights { found, expected } => {
                write!(f, "there are {found} weights, biases among them; needed are {expected}")
            }
            Self::Rows { found, features } => {
                write!(
                    f,
                    "{found} numbers are no rows of {features} features, of which at least one is needed"
                )
            }
            Self::Many { rows, features } => write!(
                f,
                "{rows} rows of {features} features are too many; at most {MAX_NUMBERS} numbers can be learned from"
            ),
            Self::Labels { found, rows } => {
                write!(f, "there are {found} classes for {rows} rows of features; each row needs one")
            }
            Self::Class { row, found, classes } => {
                write!(f, "row {row} is of class {found}; allowed is 0 to {}", classes - 1)
            }
            Self::Number { name, place, value } => {
                write!(f, "{name} {place} is {value}; allowed is {} to {MAX_VALUE}", -MAX_VALUE)
            }
            Self::Penalty(found) => write!(f, "the penalty is {found}; allowed is 1e-12 to {MAX_VALUE}"),
            Self::Problem { features, classes, expected } => write!(
                f,
                "the problem has {features} features and {classes} classes; this head has {} and {}",
                expected.0, expected.1
            ),
        }
    }
}

impl core::error::Error for LogisticError {}

/// Whether these are numbers within bounds.
pub(super) fn check_numbers(name: &'static str, numbers: &[f64]) -> Result<(), LogisticError> {
    let wrong = |(_, x): &(usize, &f64)| math::abs(**x) > MAX_VALUE || x.is_nan();
    match numbers.iter().enumerate().find(wrong) {
        Some((place, &value)) => Err(LogisticError::Number { name, place, value }),
        None => Ok(()),
    }
}

/// Whether these are rows of features, one at least.
pub(super) fn check_rows(numbers: &[f64], features: usize) -> Result<(), LogisticError> {
    if numbers.is_empty() || !numbers.len().is_multiple_of(features) {
        return Err(LogisticError::Rows { found: numbers.len(), features });
    }
    check_numbers("feature", numbers)
}

/// Whether so many rows each have a class.
pub(super) fn check_classes(rows: usize, of_rows: &[u8], classes: usize) -> Result<(), LogisticError> {
    if of_rows.len() != rows {
        return Err(LogisticError::Labels { found: of_rows.len(), rows });
    }
    match of_rows.iter().position(|&class| usize::from(class) >= classes) {
        Some(row) => Err(LogisticError::Class { row, found: of_rows[row], classes }),
        None => Ok(()),
    }
}
