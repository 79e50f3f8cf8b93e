//! Reading JSON objects field by field.

use serde::de::Error;

/// Notes a field as it is met.
///
/// # Errors
/// A field that there is not, or that was met before.
pub fn meet<E: Error>(fields: &'static [&'static str], key: &str, met: &mut u32) -> Result<(), E> {
    let Some(at) = fields.iter().position(|field| *field == key) else {
        return Err(E::unknown_field(key, fields));
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

/// Implements `Deserialize` for a struct that is written as an object: the fields that must be there, then those that
/// need not be and are else as in the value given. What serde derives would take lists too, and is twice the code.
macro_rules! object {
    ($type:ident, $what:literal, $default:expr, [$($needed:ident),*], [$($field:ident),*]) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;

                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($what)
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                        const NEEDED: &[&str] = &[$(stringify!($needed)),*];
                        const ALL: &[&str] = &[$(stringify!($needed),)* $(stringify!($field)),*];
                        let (mut read, mut met) = ($default, 0);
                        while let Some(key) = map.next_key::<String>()? {
                            $crate::object::meet(ALL, &key, &mut met)?;
                            match key.as_str() {
                                $(stringify!($needed) => read.$needed = map.next_value()?,)*
                                $(stringify!($field) => read.$field = map.next_value()?,)*
                                _ => {}
                            }
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
