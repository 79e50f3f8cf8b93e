//! Named values: settings, or the arguments of an action.

use std::fmt;
use std::ops::Index;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::object;
use crate::value::Value;

/// Values by name, in the order of their names. They are a handful: a list weighs less on the page than a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(String, Value)>);

impl Values {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(name, _)| name.as_str().cmp(key))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a name.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.find(key).ok().map(|at| &self.0[at].1)
    }

    /// Whether there is a value of this name.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    /// Gives a name a value, in place of the one it had.
    pub fn insert(&mut self, key: String, value: Value) {
        match self.find(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// Takes the value of a name out.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.find(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Keeps those that fit.
    pub fn retain(&mut self, mut fits: impl FnMut(&str, &Value) -> bool) {
        self.0.retain(|(key, value)| fits(key, value));
    }

    /// Names and values in order.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// A checked value as a number; 0 if it is none.
    #[must_use]
    pub fn number(&self, key: &str) -> f64 {
        match self.get(key) {
            Some(Value::Number(x)) => *x,
            _ => 0.0,
        }
    }

    /// A checked value as a word; empty if it is none.
    #[must_use]
    pub fn word(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// A checked value as a list of numbers; empty if it is none.
    #[must_use]
    pub fn numbers(&self, key: &str) -> &[f64] {
        match self.get(key) {
            Some(Value::Numbers(list)) => list,
            _ => &[],
        }
    }

    /// A checked value as yes or no; no if it is neither.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Value::Bool(true)))
    }
}

impl Index<&str> for Values {
    type Output = Value;

    fn index(&self, key: &str) -> &Value {
        self.get(key).expect("a value of this name")
    }
}

/// Names and values in order.
pub type Iter<'a> =
    std::iter::Map<std::slice::Iter<'a, (String, Value)>, fn(&(String, Value)) -> (&str, &Value)>;

impl<'a> IntoIterator for &'a Values {
    type Item = (&'a str, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Values {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<(String, Value)> for Values {
    fn extend<I: IntoIterator<Item = (String, Value)>>(&mut self, more: I) {
        more.into_iter().for_each(|(key, value)| self.insert(key, value));
    }
}

impl FromIterator<(String, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(all: I) -> Self {
        let mut values = Self::new();
        values.extend(all);
        values
    }
}

impl<const N: usize> From<[(String, Value); N]> for Values {
    fn from(all: [(String, Value); N]) -> Self {
        Self::from_iter(all)
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
        let mut values = Values::new();
        while let Some(key) = map.next_key::<String>()? {
            if values.contains_key(&key) {
                return Err(object::within(&key, A::Error::custom("it is said twice")));
            }
            let value = map.next_value().map_err(|error| object::within(&key, error))?;
            values.insert(key, value);
        }
        Ok(values)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ValuesVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Values {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Values".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, Value>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_names_and_the_last_word_counts() {
        let named = |key: &str, x: f64| (key.to_owned(), Value::Number(x));
        let mut values = Values::from([named("b", 1.0), named("a", 2.0), named("b", 3.0)]);
        assert_eq!(values.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((values.number("b"), values.number("c"), values.word("a")), (3.0, 0.0, ""));
        assert_eq!(values.remove("a"), Some(Value::Number(2.0)));
        assert!(!values.contains_key("a") && values.remove("a").is_none());
        let text = serde_json::to_string(&values).unwrap();
        assert_eq!(serde_json::from_str::<Values>(&text).unwrap(), values);
    }
}
