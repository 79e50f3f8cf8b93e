//! Values of controls and of actions' arguments.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::LabError;

/// A value as JSON has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
    /// Several numbers, such as the units painted.
    Numbers(Vec<f64>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => write!(f, "{b}"),
            Self::Number(x) => write!(f, "{x}"),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Numbers(list) => write!(f, "a list of {} numbers", list.len()),
        }
    }
}

/// Named values: parameters, or the arguments of an action.
pub type Values = BTreeMap<String, Value>;

/// Reads values that have been checked against controls. Those that are not there read as nothing.
pub trait Checked {
    /// A number, or 0.
    fn number(&self, key: &str) -> f64;
    /// A word, or the empty one.
    fn word(&self, key: &str) -> &str;
    /// Yes or no, or no.
    fn flag(&self, key: &str) -> bool;
}

impl Checked for Values {
    fn number(&self, key: &str) -> f64 {
        match self.get(key) {
            Some(Value::Number(x)) => *x,
            _ => 0.0,
        }
    }

    fn word(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    fn flag(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Bool(true)))
    }
}

/// Reads named arguments, each with a clear error if it is missing or of the wrong kind.
pub(crate) struct Args<'a>(pub &'a Values);

impl Args<'_> {
    pub fn text(&self, key: &str) -> Result<Option<&str>, LabError> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => Err(LabError::new(key, format!("{other} is not a word"))),
        }
    }

    pub fn number(&self, key: &str) -> Result<f64, LabError> {
        match self.0.get(key) {
            Some(Value::Number(x)) => Ok(*x),
            Some(other) => Err(LabError::new(key, format!("{other} is not a number"))),
            None => Err(LabError::new(key, "a number is needed")),
        }
    }

    /// A whole number in `0..bound`.
    pub fn index(&self, key: &str, bound: usize, of: &str) -> Result<usize, LabError> {
        let x = self.number(key)?;
        whole(x).filter(|&i| (i as usize) < bound).map(|i| i as usize).ok_or_else(|| {
            LabError::new(key, format!("{x} is not the number of {of}: there are {bound}, counted from 0"))
        })
    }

    pub fn indices(&self, key: &str, bound: usize, of: &str) -> Result<Vec<usize>, LabError> {
        let list = match self.0.get(key) {
            Some(Value::Numbers(list)) => list.as_slice(),
            Some(Value::Number(x)) => std::slice::from_ref(x),
            Some(other) => return Err(LabError::new(key, format!("{other} is not a list of numbers"))),
            None => return Err(LabError::new(key, "a list of numbers is needed")),
        };
        list.iter()
            .map(|&x| {
                whole(x).filter(|&i| (i as usize) < bound).map(|i| i as usize).ok_or_else(|| {
                    LabError::new(
                        key,
                        format!("{x} is not the number of {of}: there are {bound}, counted from 0"),
                    )
                })
            })
            .collect()
    }
}

/// A whole number that is not negative, if it is one.
pub(crate) fn whole(x: f64) -> Option<u64> {
    ((0.0..=9_007_199_254_740_991.0).contains(&x) && x == x.trunc()).then_some(x as u64)
}
