//! Values of controls and of actions' arguments.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};

use crate::LabError;
use crate::fallible::try_each;
use crate::object::shown;
use crate::values::Values;

/// A value as JSON has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Several words, such as pictures to be stored. No spec has any.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Words(Vec<String>),
}

/// Takes what is there, without the detour through a copy that trying one kind after another would take.
struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, a number, a word or a list of numbers or of words")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let (mut numbers, mut words) = (Vec::new(), Vec::new());
        while let Some(item) = list.next_element()? {
            match item {
                Value::Number(number) if words.is_empty() => numbers.push(number),
                Value::Text(word) if numbers.is_empty() => words.push(word),
                other => {
                    let found = match &other {
                        Value::Bool(flag) => Unexpected::Bool(*flag),
                        Value::Number(number) => Unexpected::Float(*number),
                        Value::Text(word) => Unexpected::Str(word),
                        Value::Numbers(_) | Value::Words(_) => Unexpected::Seq,
                    };
                    // As the ones before it.
                    let expected = if words.is_empty() { "a number" } else { "a word" };
                    return Err(A::Error::invalid_type(found, &expected));
                }
            }
        }
        Ok(if words.is_empty() { Value::Numbers(numbers) } else { Value::Words(words) })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => write!(f, "{b}"),
            Self::Number(x) => write!(f, "{}", Figure(*x)),
            Self::Text(text) => write!(f, "'{}'", shown(text)),
            Self::Numbers(list) => write!(f, "a list of {}", number_of(list.len(), "number")),
            Self::Words(list) => write!(f, "a list of {}", number_of(list.len(), "word")),
        }
    }
}

/// A number in a message: very large and very small ones without their zeros.
pub(crate) struct Figure(pub f64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As JSON has it: one writer of decimals is enough.
        let text = serde_json::to_string(&self.0).unwrap_or_default();
        text.strip_suffix(".0").unwrap_or(&text).split('+').try_for_each(|part| f.write_str(part))
    }
}

/// How many there are of what is named by a number, in words.
pub(crate) fn counted(count: usize) -> String {
    format!("there {} {count}, counted from 0", if count == 1 { "is" } else { "are" })
}

/// What is said of numbers to people, with the minus sign of print in place of the hyphen.
pub(crate) fn in_print(said: impl fmt::Display) -> String {
    said.to_string().replace('-', "−")
}

/// So many of something, in words.
pub(crate) fn number_of(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Reads named arguments, each with a clear error if it is missing or of the wrong kind.
pub(crate) struct Args<'a>(pub &'a Values);

impl Args<'_> {
    pub fn text(&self, key: &str) -> Result<Option<&str>, LabError> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => Err(LabError::new(key, format_args!("{other} is not a word"))),
        }
    }

    /// A list of words; empty if it is not there.
    pub fn words(&self, key: &str) -> Result<&[String], LabError> {
        match self.0.get(key) {
            Some(Value::Words(list)) => Ok(list),
            // Nothing tells an empty list of words from one of numbers.
            Some(Value::Numbers(list)) if list.is_empty() => Ok(&[]),
            None => Ok(&[]),
            Some(other) => Err(LabError::new(key, format_args!("{other} is not a list of words"))),
        }
    }

    pub fn number(&self, key: &str) -> Result<f64, LabError> {
        match self.0.get(key) {
            Some(Value::Number(x)) => Ok(*x),
            Some(other) => Err(LabError::new(key, format_args!("{other} is not a number"))),
            None => Err(LabError::new(key, "a number is needed")),
        }
    }

    /// A whole number that is not negative.
    pub fn whole(&self, key: &str) -> Result<u64, LabError> {
        let x = self.number(key)?;
        whole(x).ok_or_else(|| LabError::new(key, format_args!("{} is not a whole number from 0", Figure(x))))
    }

    /// A whole number in `0..bound`.
    pub fn index(&self, key: &str, bound: usize, of: &str) -> Result<usize, LabError> {
        within(key, self.number(key)?, bound, of)
    }

    pub fn indices(&self, key: &str, bound: usize, of: &str) -> Result<Vec<usize>, LabError> {
        let list = match self.0.get(key) {
            Some(Value::Numbers(list)) => list.as_slice(),
            Some(Value::Number(x)) => std::slice::from_ref(x),
            Some(other) => return Err(LabError::new(key, format_args!("{other} is not a list of numbers"))),
            None => return Err(LabError::new(key, "a list of numbers is needed")),
        };
        try_each(list, |&x| within(key, x, bound, of))
    }
}

/// A whole number in `0..bound`, the number of what there is of some things.
fn within(key: &str, x: f64, bound: usize, of: &str) -> Result<usize, LabError> {
    match whole(x) {
        Some(i) if i < bound as u64 => Ok(i as usize),
        _ => Err(LabError::new(
            key,
            format_args!("{} is not the number of {of}: {}", Figure(x), counted(bound)),
        )),
    }
}

/// A whole number that is not negative, if it is one.
pub(crate) fn whole(x: f64) -> Option<u64> {
    ((0.0..=9_007_199_254_740_991.0).contains(&x) && x == x.trunc()).then_some(x as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_of_numbers_or_of_words() {
        let read = |json: &str| serde_json::from_str::<Value>(json).map_err(LabError::from);
        assert_eq!(read("[]"), Ok(Value::Numbers(vec![])));
        assert_eq!(read("[1,-2.5]"), Ok(Value::Numbers(vec![1.0, -2.5])));
        assert_eq!(read(r#"["a","1"]"#), Ok(Value::Words(vec!["a".to_owned(), "1".to_owned()])));
        for (json, said) in [
            (r#"["a",1]"#, "1.0 is not allowed; it must be a word"),
            (r#"[1,"a"]"#, "'a' is not allowed; it must be a number"),
            ("[true]", "true is not allowed; it must be a number"),
            (r#"["a",["b"]]"#, "a list is not allowed; it must be a word"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.message.starts_with(said), "{error}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
