//! From JSON to a spec.

use serde::de::{Deserialize, Deserializer, Error as _};

use super::{
    Beside, Corrupt, Expect, MAX_SPEC_BYTES, Patterns, Prepare, RandomPatterns, Spec, Start, ViewSpec,
    check_version,
};
use crate::LabError;
use crate::object::{object, within};
use crate::value::Value;
use crate::values::Values;

impl Spec {
    /// Reads a spec from JSON. Its settings are checked against the model when it is opened.
    ///
    /// # Errors
    /// Text that is too long or is not JSON of this form (with line and column), a newer version, or a seed out of
    /// range.
    pub fn parse(json: &str) -> Result<Self, LabError> {
        if json.len() > MAX_SPEC_BYTES {
            let found = json.len();
            return Err(LabError::new(
                "",
                format_args!("the spec is {found} bytes long; at most {MAX_SPEC_BYTES} are read"),
            ));
        }
        // Some editors begin a file with a mark of its encoding.
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        if json.trim().is_empty() {
            return Err(LabError::new("", "the spec is empty"));
        }
        // The version first: a later form may have fields that this one does not know.
        #[derive(serde::Deserialize)]
        struct Version {
            v: u64,
        }
        if let Ok(Version { v }) = serde_json::from_str(json) {
            check_version(v)?;
        }
        let spec: Self = serde_json::from_str(json)?;
        spec.check()?;
        Ok(spec)
    }
}

object!(
    Spec,
    Spec::new(""),
    [v, model],
    [
        engine, title, text, tags, seed, patterns, weights, biases, learned, places, edges, params, prepare,
        start, clamp, beside, view, expect
    ]
);

object!(
    Patterns,
    Patterns::default(),
    [],
    [width, height, bits, grey, values, names, importance, set, take, size, random, walsh, bars, problem]
);

object!(Beside, Beside::default(), [], [model, params]);

object!(RandomPatterns, RandomPatterns::default(), [count], [units, seed]);

object!(Start, Start::default(), [], [pattern, state, grey, values, random, corrupt]);

object!(Corrupt, Corrupt::default(), [], [flip, mask, half, block, shuffle, noise, to]);

object!(ViewSpec, ViewSpec::default(), [], [keep, hide, figure, speed]);

object!(
    Expect,
    Expect::default(),
    [],
    [outcome, reads, valid, memory, memories, energies, values, between, beside, sweeps, within]
);

/// Reads the step as the named values that it is, and takes its name out of them.
impl<'de> Deserialize<'de> for Prepare {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut args = Values::deserialize(deserializer)?;
        match args.remove("do") {
            Some(Value::Text(action)) => Ok(Self { action, args }),
            Some(other) => {
                let message = format_args!("{other} is not allowed; it must be the name of an action");
                Err(within("do", D::Error::custom(message)))
            }
            None => Err(D::Error::missing_field("do")),
        }
    }
}
