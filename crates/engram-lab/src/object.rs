//! Reading JSON objects field by field.

use std::fmt::Display;

use serde::de::Error;

use crate::LabError;

/// Stands between the path and the message in errors on their way up. Names of fields that come from outside
/// are [`shown`], so none of them has it.
const BELOW: char = '\u{1f}';

/// An error in what stands under a key.
pub fn within<E: Error>(key: &str, error: E) -> E {
    below(key, &error)
}

/// Compiled once a kind of error, not once a field.
fn below<E: Error>(key: &str, error: &dyn Display) -> E {
    let error = error.to_string();
    let joint = if error.contains(BELOW) { '.' } else { BELOW };
    E::custom(format_args!("{}{joint}{error}", shown(key)))
}

/// Text from outside in a message: short, and on one line.
pub fn shown(text: &str) -> String {
    text.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Notes a field as it is met.
///
/// # Errors
/// A field that there is not, or that was met before.
pub fn meet<E: Error>(fields: &'static [&'static str], key: &str, met: &mut u32) -> Result<(), E> {
    let Some(at) = fields.iter().position(|field| *field == key) else {
        return Err(E::unknown_field(&shown(key), fields));
    };
    if *met & 1 << at != 0 {
        return Err(E::duplicate_field(fields[at]));
    }
    *met |= 1 << at;
    Ok(())
}

/// The fields that must be there come first.
///
/// # Errors
/// One of them is missing.
pub fn need<E: Error>(fields: &'static [&'static str], count: usize, met: u32) -> Result<(), E> {
    match (0..count).find(|at| met & 1 << at == 0) {
        Some(at) => Err(E::missing_field(fields[at])),
        None => Ok(()),
    }
}

/// An error of reading JSON: the path to where it is, and what is wrong in words that do not speak of types.
impl From<serde_json::Error> for LabError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let (path, said) = text.split_once(BELOW).unwrap_or(("", &text));
        let fault = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "));
        let said = fault.map_or_else(|| said.to_owned(), sentence);
        Self::new(path, said)
    }
}

/// "WHAT, expected TYPE at PLACE" as a sentence.
fn sentence(fault: &str) -> String {
    let (told, place) = cut(fault, " at line ");
    let (found, expected) = cut(told, ", expected ");
    let expected = match expected {
        "f64" => "a number",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number from 0",
        "a string" => "a word",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        other => other,
    };
    let found = match found.split_once(' ') {
        None if found == "sequence" => "a list".to_owned(),
        None if found == "map" => "an object".to_owned(),
        Some(("string", text)) => format!("'{}'", shown(text.trim_matches('"'))),
        Some((_, value)) => value.strip_prefix("point ").unwrap_or(value).trim_matches('`').to_owned(),
        None => found.to_owned(),
    };
    let place = if place.is_empty() { String::new() } else { format!(", at line {place}") };
    format!("{found} is not allowed; it must be {expected}{place}")
}

/// A text before and after the last time that it has a mark; all of it before, if it has none. Texts are short: no need
/// to load a quick search.
pub fn cut<'a>(text: &'a str, mark: &str) -> (&'a str, &'a str) {
    let mut places = (0..text.len()).rev().filter(|&at| text.is_char_boundary(at));
    match places.find(|&at| text[at..].starts_with(mark)) {
        Some(at) => (&text[..at], &text[at + mark.len()..]),
        None => (text, ""),
    }
}

/// Implements `Deserialize` for a struct that is written as an object: the fields that must be there, then those that
/// need not be and are else as in the value given. What serde derives would take lists too, and is twice the code.
macro_rules! object {
    ($type:ident, $default:expr, [$($needed:ident),*], [$($field:ident),*]) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                        const NEEDED: &[&str] = &[$(stringify!($needed)),*];
                        const ALL: &[&str] = &[$(stringify!($needed),)* $(stringify!($field)),*];
                        let (mut read, mut met) = ($default, 0);
                        while let Some(key) = map.next_key::<String>()? {
                            $crate::object::meet(ALL, &key, &mut met)?;
                            let done = match key.as_str() {
                                $(stringify!($needed) => map.next_value().map(|value| read.$needed = value),)*
                                $(stringify!($field) => map.next_value().map(|value| read.$field = value),)*
                                _ => Ok(()),
                            };
                            done.map_err(|error| $crate::object::within(&key, error))?;
                        }
                        $crate::object::need(ALL, NEEDED.len(), met)?;
                        Ok(read)
                    }
                }

                deserializer.deserialize_map(Fields)
            }
        }
    };
}
pub(crate) use object;
