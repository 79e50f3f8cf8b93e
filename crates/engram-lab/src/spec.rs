//! The spec: one JSON document that is the experiment.
//!
//! The page, preset files, share links, the command line and the tests all read this type. Same spec, same bits.

use std::ops::RangeInclusive;

use serde::Serialize;

use crate::LabError;
use crate::machine::Outcome;
use crate::object::shown;
use crate::value::Value;
use crate::values::Values;

mod read;

/// Version of the spec's form.
pub const SCHEMA_VERSION: u32 = 1;

/// Version of the numerics: raised whenever the same spec would give other bits.
///
/// 2: gains that rounding alone tells apart are equal to greedy updates; blocks have the nearest number of cells; a
/// neuron that changes twice in a sweep counts twice.
///
/// 3: contrastive divergence adds up the differences of both phases, and draws from rounded weights if there are 65,536 or
/// more.
pub const ENGINE_VERSION: u32 = 3;

/// Longest spec that is read, in bytes: room for the largest nets by hand and the longest lists of pictures.
pub const MAX_SPEC_BYTES: usize = 4 << 20;

/// Most patterns in one spec.
pub const MAX_PATTERNS: usize = 4096;

/// Largest seed: whole numbers up to here pass through JavaScript unchanged.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// Most machines beside one.
pub const MAX_BESIDE: usize = 3;

/// Updates a second at which a run may start.
pub const SPEED: RangeInclusive<u32> = 1..=1_000_000;

/// An experiment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Version of the form: 1.
    pub v: u32,
    /// Version of the numerics that made it, if known. A later engine says that bits may differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<u32>,
    /// Which machine; `engram list` names them.
    pub model: String,
    /// Title, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// One line, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Seed of everything that is drawn at random: 0 to 2^53 − 1.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// The memories.
    #[serde(default, skip_serializing_if = "Patterns::is_empty")]
    pub patterns: Patterns,
    /// Weights given outright, one row a unit, instead of learned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<Vec<f64>>>,
    /// Biases given outright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biases: Option<Vec<f64>>,
    /// Weights learned before, for a machine that learns from pictures: the name of a file that comes with the page, or `own-`
    /// and 16 hexadecimal digits, the name that follows from the bytes of a file of one's own. Learning begins with them; with
    /// `epochs` 0 it dreams at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<String>,
    /// Points of the plane, for a model that works on some, such as cities: each [x, y], from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<Vec<f64>>>,
    /// Links, for a model that works on a graph: each [from, to] or [from, to, weight], vertices counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edges: Option<Vec<Vec<f64>>>,
    /// The machine's settings; those left out have their defaults.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub params: Values,
    /// What is done to the machine after it has learned: damage, dreams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prepare: Vec<Prepare>,
    /// The state that the run starts from.
    #[serde(default, skip_serializing_if = "Start::is_default")]
    pub start: Start,
    /// Units held fixed, by number from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clamp: Vec<u32>,
    /// Machines beside this one, on the same cue and with the same dice: in what each differs. Up to three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Beside>,
    /// How it is shown.
    #[serde(default, skip_serializing_if = "ViewSpec::is_default")]
    pub view: ViewSpec,
    /// What the run should come to: checked for every preset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
}

fn default_seed() -> u64 {
    1
}

/// Where the memories come from: exactly one of `bits`, `grey`, `values`, `set`, `random`, `walsh`, `bars` and `problem`, or
/// none.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Patterns {
    /// Cells across.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Cells down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// One text a pattern, one character a cell: `1` is +1, `0` is −1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bits: Option<Vec<String>>,
    /// Grey pictures, for models that take them: one text a pattern, one character a cell in 64 levels, `A` to `Z`, `a`
    /// to `z`, `0` to `9`, `-` and `_` from −1 to +1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grey: Option<Vec<String>>,
    /// Patterns as numbers, one list a pattern, for models that take grey pictures: for small nets by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Vec<f64>>>,
    /// Names, one a pattern.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// How much each pattern counts, −100 to 100; 1 if left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub importance: Vec<f64>,
    /// A named set of pictures: `letters` or `icons`; or, for machines that learn, `own-` and 16 hexadecimal digits: all
    /// pictures of a file of one's own, by the name that follows from its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Which pictures of the set: `"ABC"`, or names with commas between; all if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<String>,
    /// Side of the set's pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// Pictures of fair coins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub random: Option<RandomPatterns>,
    /// Rows of the Walsh–Hadamard matrix of order width × height, by number; mutually orthogonal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walsh: Option<Vec<u32>>,
    /// All bars and stripes of this width and height.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bars: bool,
    /// All pictures of a problem for machines that learn, each as important as it is likely: `encoder` (two cells down),
    /// `parity`, `shifter` (three down), `shifted_rows` (two down) or `bars_one_way`, of this width and height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl Patterns {
    /// Whether nothing is said of patterns.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Random patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RandomPatterns {
    /// How many.
    pub count: u32,
    /// Units of each, laid out as near to a square as it goes; or give `width` and `height` beside `random`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u32>,
    /// Seed of their own, if they are not to follow the spec's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// Something done to the machine before the run: an action of the machine and its arguments.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prepare {
    /// The action.
    #[serde(rename = "do")]
    pub action: String,
    /// Its arguments.
    #[serde(flatten)]
    pub args: Values,
}

/// A machine beside that of the spec.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Which machine, if another one; then it has the settings given here and no others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Settings that are others than those of the spec.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub params: Values,
}

/// The state that a run starts from: a pattern, a state written out in one of three ways, or a random one; a pattern or state may be
/// spoilt. If nothing is said: pattern 0 as it is, or a random state where there are no patterns.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// A pattern, by number from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<u32>,
    /// A state: one character a unit, `1`, `0`, or `?` for unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// A grey state, for models that take grey pictures: one character a unit, as in `patterns`, or `?` for unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grey: Option<String>,
    /// A state as numbers, one a unit, for models that take grey pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<f64>>,
    /// Fair coins.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub random: bool,
    /// How it is spoilt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrupt: Option<Corrupt>,
}

impl Start {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How a cue is spoilt: exactly one of `flip`, `mask`, `half`, `block`, `shuffle` and `noise`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Corrupt {
    /// Fraction of cells turned over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flip: Option<f64>,
    /// Fraction of cells blanked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask: Option<f64>,
    /// A half that is blanked: `left`, `right`, `top` or `bottom`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half: Option<String>,
    /// Fraction of cells in one blanked block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<f64>,
    /// Fraction of cells whose values change places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shuffle: Option<f64>,
    /// Standard deviation of normal noise added to every cell, for models that take grey pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noise: Option<f64>,
    /// What blanked cells become: `paper` (−1, the default) or `unknown` (0).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// How an experiment is shown. Nothing here changes a bit of the run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ViewSpec {
    /// Settings and actions that stay outside the drawer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// What is not shown: settings, actions and layers by their keys, and parts of the page: `story`, `shelf`, `spoil`,
    /// `tools`, `layers`, `transport`, `timeline`, `charts`, `speed`, `seed`, `controls`, `share`. Other words hide
    /// nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<String>,
    /// What stands on the stage: a figure of the machine by its key, or `grid` where a figure would lead. If nothing is
    /// said, the figure that leads, or else the grid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
    /// Updates a second at which it starts to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<u32>,
}

impl ViewSpec {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What a run should come to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Kind of outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Kind of outcome that the average of the last states of a run with temperature is; `memory` and `memories` are
    /// then about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reads: Option<String>,
    /// Whether an answer is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<bool>,
    /// The memory recalled (or whose inverse is).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<u32>,
    /// The memories mixed, in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memories: Vec<u32>,
    /// Energies after each sweep, from the start state on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub energies: Vec<f64>,
    /// Final values of observables by name.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub values: Values,
    /// Least and greatest final values of observables by name.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub between: Values,
    /// What the machines beside it should come to, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Expect>,
    /// The run is stopped after so many sweeps; 100 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweeps: Option<u32>,
    /// Allowed distance of numbers; 1e-9 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<f64>,
}

impl Spec {
    /// An empty spec of a model.
    #[must_use]
    pub fn new(model: &str) -> Self {
        Self {
            v: SCHEMA_VERSION,
            engine: None,
            model: model.to_owned(),
            title: String::new(),
            text: String::new(),
            tags: Vec::new(),
            seed: default_seed(),
            patterns: Patterns::default(),
            weights: None,
            biases: None,
            learned: None,
            places: None,
            edges: None,
            params: Values::new(),
            prepare: Vec::new(),
            start: Start::default(),
            clamp: Vec::new(),
            beside: Vec::new(),
            view: ViewSpec::default(),
            expect: None,
        }
    }

    /// Checks what does not depend on the model.
    ///
    /// # Errors
    /// A version, seed, speed or kind of outcome that cannot be.
    pub fn check(&self) -> Result<(), LabError> {
        check_version(u64::from(self.v))?;
        if self.engine == Some(0) {
            return Err(LabError::new(
                "engine",
                "0 is not a version of the numerics; they are counted from 1",
            ));
        }
        let own = self.patterns.random.as_ref().and_then(|random| random.seed);
        for (at, seed) in [("seed", self.seed), ("patterns.random.seed", own.unwrap_or_default())] {
            if seed > MAX_SEED {
                return Err(LabError::new(
                    at,
                    format_args!("{seed} is too large; at most {MAX_SEED} is allowed"),
                ));
            }
        }
        if let Some(speed) = self.view.speed.filter(|speed| !SPEED.contains(speed)) {
            let (least, most) = (SPEED.start(), SPEED.end());
            let message = format!("{speed} is not allowed; it must be a whole number from {least} to {most}");
            return Err(LabError::new("view.speed", message));
        }
        if self.beside.len() > MAX_BESIDE {
            let message = format!("{} are too many; at most {MAX_BESIDE} fit", self.beside.len());
            return Err(LabError::new("beside", message));
        }
        let outcome = self.expect.as_ref().and_then(|expect| expect.outcome.as_deref());
        if let Some(word) = outcome.filter(|word| !Outcome::KINDS.contains(word)) {
            let kinds = Outcome::KINDS.join(", ");
            let message = format!("'{}' is not allowed; it must be one of {kinds}", shown(word));
            return Err(LabError::new("expect.outcome", message));
        }
        Ok(())
    }

    /// The specs of the machines beside it: of the same memories, cue and dice.
    #[must_use]
    pub fn others(&self) -> Vec<Self> {
        self.beside.iter().map(|beside| self.altered(beside)).collect()
    }

    /// The same experiment with a machine that differs so, alone. It may lack the figure that this one opens on, so that
    /// none is asked for.
    #[must_use]
    pub fn altered(&self, beside: &Beside) -> Self {
        let mut spec = Self { beside: Vec::new(), expect: None, ..self.clone() };
        spec.view.figure = None;
        match &beside.model {
            Some(model) if *model != self.model => {
                spec.model.clone_from(model);
                spec.params = Values::new();
                spec.learned = None;
            }
            _ => {}
        }
        for (key, value) in &beside.params {
            spec.params.insert(key.to_owned(), value.clone());
        }
        spec
    }

    /// As JSON, for people.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a spec is plain data")
    }

    /// A parameter, if it is given.
    #[must_use]
    pub fn param(&self, key: &str) -> Option<&Value> {
        self.params.get(key)
    }
}

fn check_version(v: u64) -> Result<(), LabError> {
    match v {
        1 => Ok(()),
        0 => Err(LabError::new("v", format_args!("0 is not a version; this reads version {SCHEMA_VERSION}"))),
        newer => Err(LabError::new(
            "v",
            format_args!(
                "version {newer} was made by a newer Engram; this one reads version {SCHEMA_VERSION}"
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_round_trip_leaves_defaults_out() {
        let text = r#"{ "v": 1, "model": "m", "seed": 7,
            "patterns": { "width": 2, "height": 2, "bits": ["1100"] },
            "params": { "rule": "x", "t": 0.5, "on": true },
            "prepare": [{ "do": "damage", "how": "cut", "amount": 0.5 }],
            "start": { "pattern": 0, "corrupt": { "flip": 0.25 } } }"#;
        let spec = Spec::parse(text).unwrap();
        assert_eq!(Spec::parse(&spec.to_json()).unwrap(), spec);
        assert!(!spec.to_json().contains("clamp"));
        assert_eq!(spec.prepare[0].args["amount"], Value::Number(0.5));
    }

    #[test]
    fn numbers_come_back_to_the_last_bit() {
        let mut spec = Spec::new("m");
        // Neighbours that a quick reader of decimals mistakes for each other.
        for x in [0.304_983_144_310_179_1f64, 0.1 + 0.2, 1.0 / 3.0, 5e-324, 1.797_693_134_862_315e308] {
            for bits in x.to_bits()..x.to_bits() + 500 {
                let x = f64::from_bits(bits);
                if x.is_finite() {
                    spec.params.insert("t".into(), Value::Number(x));
                    assert_eq!(Spec::parse(&spec.to_json()).unwrap().params["t"], Value::Number(x));
                }
            }
        }
    }

    #[test]
    fn hostile_specs_are_refused() {
        let error = |text: &str| Spec::parse(text).unwrap_err().to_string();
        assert!(error(r#"{"v":2,"model":"m","novel":1}"#).contains("newer"));
        assert!(error(r#"{"v":1,"model":"m","sed":1}"#).contains("sed"));
        assert!(error(r#"{"v":1,"model":"m","seed":-1}"#).contains("line 1"));
        assert!(error(r#"{"v":1,"model":"m","seed":9007199254740992}"#).contains("too large"));
        assert!(error(r#"{"v":1,"model":"m","params":{"t":NaN}}"#).contains("line 1"));
        let deep = format!(r#"{{"v":1,"model":"m","params":{{"t":{}"#, "[".repeat(100_000));
        assert!(error(&deep).contains("line 1"));
        assert!(error(&" ".repeat(MAX_SPEC_BYTES + 1)).contains("bytes"));
    }
}
