//! What a machine is to the bench: something that is made from a spec, runs in counted updates, can be looked at
//! without being disturbed, and can be put back into an earlier state bit for bit.

#[cfg(feature = "exact")]
use engram::exact::{self, Attractors, Exact, Minima};
use std::borrow::Cow;

use engram::observe;
use engram::pattern::{Pattern, bits, signs};
use serde::Serialize;

use crate::LabError;
use crate::array::Array;
use crate::catalogue;
use crate::describe::{Description, Layer, Meter};
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part as FigurePart};
use crate::learned::Learned;
use crate::resolve::Memory;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::values::Values;

/// One model at the bench. The weights are a function of the spec alone; running changes the state alone.
pub trait Machine {
    /// The checked spec that it stands for.
    fn setup(&self) -> &Setup;

    /// Plain sentences on what learning met.
    fn remarks(&self) -> Vec<String>;

    /// Its gauges.
    fn meters(&self) -> Vec<Meter>;

    /// Becomes the machine of another setup, which is of the same model and size. What has not changed is not learned
    /// again. `Entry` says what becomes of the state.
    ///
    /// # Errors
    /// The model cannot be; then nothing has changed.
    fn adopt(&mut self, setup: Setup, entry: Entry) -> Result<(), LabError>;

    /// Whether a machine of another setup has the same weights, so that becoming it takes no learning.
    fn has_weights_of(&self, setup: &Setup) -> bool;

    /// Makes up to so many updates, fewer if it comes to rest; the number made. The result does not depend on how a
    /// run is cut into calls.
    fn advance(&mut self, updates: u64) -> u64;

    /// Whether nothing more can happen: no unit wants to change, or two states alternate.
    fn at_rest(&self) -> bool;

    /// Updates in one sweep.
    fn sweep_length(&self) -> u64;

    /// How many operations an update takes, roughly, where the number of cells does not tell.
    fn work(&self) -> Option<u64> {
        None
    }

    /// Updates since the start of the run of the present cue.
    fn age(&self) -> u64;

    /// The state, as the grid shows it.
    fn cells(&self) -> Cells<'_>;

    /// The unit asked by the last update, if it was one unit.
    fn visited(&self) -> Option<u32>;

    /// The observables, in the order of the description.
    fn observe(&self) -> Observation;

    /// The verdict.
    fn outcome(&self) -> Outcome;

    /// A picture by name; `index` is a unit or a memory where the layer asks for one.
    ///
    /// # Errors
    /// No such layer or index.
    fn layer(&self, key: &str, index: usize) -> Result<Layer, LabError>;

    /// A figure by name.
    ///
    /// # Errors
    /// No such figure.
    fn figure(&self, key: &str, part: FigurePart) -> Result<Figure, LabError>;

    /// One of the boxes of a figure, looked at closely.
    ///
    /// # Errors
    /// No such figure or box, or nothing more to be seen of it.
    fn close_up(&self, key: &str, index: usize, part: FigurePart) -> Result<Figure, LabError> {
        let _ = (index, part);
        Err(LabError::new(key, "there is nothing in it to be looked at closely"))
    }

    /// Points of the plane that it works on; none if it works on none.
    fn places(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }

    /// Links of the graph that it works on, each from one to another with a weight; none if it works on none.
    fn edges(&self) -> Vec<(usize, usize, f64)> {
        Vec::new()
    }

    /// Gives the numbers of a layer, part by part and without holding all of them: of weights each pair of units once,
    /// and none of a unit with itself. Whether there are such numbers: without damage there are none before it.
    ///
    /// # Errors
    /// No such layer or index.
    fn numbers(&self, of: &Numbers<'_>, each: &mut dyn FnMut(&[f64])) -> Result<bool, LabError>;

    /// Why a unit does what it does.
    ///
    /// # Errors
    /// No such unit.
    fn explain(&self, unit: usize) -> Result<Explanation, LabError>;

    /// Hash of the state with everything that the rest of the run depends on: equal hashes, equal runs from here.
    fn hash(&self) -> u64;

    /// The state with everything that the rest of the run depends on and what is shown of the updates before.
    fn snapshot(&self) -> Vec<u8>;

    /// Puts a snapshot of a machine of the same spec back.
    ///
    /// # Errors
    /// Bytes that are no such snapshot; then nothing has changed.
    fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError>;

    /// What it has learned, for programs; none if it does not learn from pictures.
    fn learned(&self) -> Option<Box<dyn Learned + '_>> {
        None
    }

    /// Becomes one that has learned these arrays, in so many mini-batches as its spec asks for.
    ///
    /// # Errors
    /// It does not learn from pictures, or these are not its arrays; then nothing has changed.
    fn put(&mut self, arrays: &[Array]) -> Result<(), LabError> {
        let _ = arrays;
        let name = self.setup().entry.name;
        Err(LabError::new("model", format_args!("'{name}' learns no weights that a file could hold")))
    }

    /// Everything there is to know of a small net, by enumeration.
    ///
    /// # Errors
    /// Too many units.
    #[cfg(feature = "exact")]
    fn exact(&self) -> Result<ExactReport, LabError>;

    /// The same of a small machine that learns from pictures: what it believes, and where learning would lead it, by the
    /// exact gradient and, if that is wanted, by so many steps of its sampler.
    ///
    /// # Errors
    /// It does not learn so, or has too many units.
    #[cfg(feature = "exact")]
    fn exact_learning(&self, steps: Option<u32>) -> Result<LearningReport, LabError> {
        let _ = steps;
        Err(LabError::new(
            "model",
            format_args!("'{}' does not learn a distribution of pictures", self.setup().entry.name),
        ))
    }
}

/// What follows from the rest, for all machines alike.
impl dyn Machine + '_ {
    /// What it is and what can be done with it, as data; depends on the spec only.
    #[must_use]
    pub fn describe(&self) -> &Description {
        &self.setup().description
    }

    /// The experiment it stands for.
    #[must_use]
    pub fn spec(&self) -> &Spec {
        &self.setup().spec
    }

    /// Every control's value.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.setup().values
    }

    /// What a person should know, in plain sentences: what the spec says to no effect, and what learning met.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        self.notices_but(&[])
    }

    /// The same without what is said of settings that are `used` though the run does not feel them.
    #[must_use]
    pub fn notices_but(&self, used: &[&str]) -> Vec<String> {
        let mut notices = self.setup().notices(used);
        notices.extend(self.remarks());
        notices
    }

    /// The state in spins: −1, +1, or 0 for unknown; of a grey one, the signs.
    #[must_use]
    pub fn spins(&self) -> Cow<'_, [i8]> {
        self.cells().spins()
    }

    /// The state as text: `1` for +1, `0` for −1, `?` for unknown; of a grey one, the signs.
    #[must_use]
    pub fn state_text(&self) -> String {
        bits(&self.spins())
    }

    /// Its hash as text: 16 hexadecimal digits.
    #[must_use]
    pub fn hash_text(&self) -> String {
        format!("{:016x}", self.hash())
    }

    /// The memories, in order.
    #[must_use]
    pub fn memories(&self) -> &[Memory] {
        &self.setup().resolved.memories
    }

    /// Width and height of the grid of units.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.setup().resolved.width, self.setup().resolved.height)
    }

    /// Overlap of a picture, one character a cell, with each memory: what storing it would lie next to.
    ///
    /// # Errors
    /// Text that is no picture of this size.
    pub fn likeness(&self, picture: &str) -> Result<Vec<f64>, LabError> {
        let (width, height) = self.size();
        let picture =
            Pattern::parse(width, height, picture, false).map_err(|error| LabError::new("bits", error))?;
        Ok(self.memories().iter().map(|m| observe::overlap(m.pattern.spins(), picture.spins())).collect())
    }

    /// Becomes the machine of another spec. What has not changed is not learned again. `Entry` says what becomes of
    /// the state.
    ///
    /// # Errors
    /// The spec cannot be; then nothing has changed.
    pub fn reconfigure(&mut self, spec: &Spec, entry: Entry) -> Result<(), LabError> {
        let setup = catalogue::check(spec)?;
        self.setup().can_become(&setup)?;
        self.adopt(setup, entry)
    }
}

/// What stands in the cells of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cells<'a> {
    /// −1, +1, or 0 for unknown.
    Spins(&'a [i8]),
    /// Any numbers; −1 is paper and +1 is ink.
    Grey(&'a [f64]),
}

impl<'a> Cells<'a> {
    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Spins(spins) => spins.len(),
            Self::Grey(levels) => levels.len(),
        }
    }

    /// Their signs.
    #[must_use]
    pub fn spins(self) -> Cow<'a, [i8]> {
        match self {
            Self::Spins(spins) => Cow::Borrowed(spins),
            Self::Grey(levels) => Cow::Owned(signs(levels)),
        }
    }

    /// As numbers.
    #[must_use]
    pub fn numbers(self) -> Vec<f64> {
        match self {
            Self::Spins(spins) => spins.iter().map(|&s| f64::from(s)).collect(),
            Self::Grey(levels) => levels.to_vec(),
        }
    }
}

/// Which numbers.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'a> {
    /// Of this layer.
    pub layer: &'a str,
    /// Of this unit or memory, where the layer asks for one.
    pub index: usize,
    /// As they were before the damage.
    pub before: bool,
}

/// What becomes of the state when the spec changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The run goes on from the state it is in.
    Keep,
    /// The run starts at the spec's start, with the spec's dice; what was learned on the way stays.
    Cue,
    /// The same, and nothing was learned.
    Begin,
}

/// Values of the observables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observation {
    /// Those with one value, in the order of the description.
    pub scalars: Vec<f64>,
    /// Those with one value a memory, in the order of the description.
    pub per_memory: Vec<Vec<f64>>,
}

impl Observation {
    /// Likeness to each memory: overlaps, then Hamming distances.
    #[must_use]
    pub fn of_memories(patterns: &[&[i8]], spins: &[i8]) -> Self {
        let per_memory = vec![
            patterns.iter().map(|p| observe::overlap(p, spins)).collect(),
            patterns.iter().map(|p| f64::from(observe::hamming(p, spins))).collect(),
        ];
        Self { scalars: Vec::new(), per_memory }
    }
}

/// The verdict on a run, as it crosses to the page and the command line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// The state is this memory, in every unit.
    Recalled {
        /// Which.
        memory: usize,
    },
    /// The state is the opposite of this memory, in every unit.
    Inverse {
        /// Which.
        memory: usize,
    },
    /// A majority vote of several memories.
    Mixture {
        /// Which.
        memories: Vec<Part>,
    },
    /// At rest in none of these.
    Spurious {
        /// The memory it comes nearest to.
        nearest: Option<Near>,
    },
    /// At rest in the mean of all memories.
    Average,
    /// An answer to a question that has one: whether it is allowed, and what it is worth, in plain words.
    Answer {
        /// Whether it is allowed.
        valid: bool,
        /// What it is, as a clause that begins in lower case and ends without a full stop.
        says: String,
    },
    /// Nothing that ends: what it has come to so far, as a clause that begins in lower case and ends without a full stop.
    Underway {
        /// What it has come to.
        says: String,
    },
    /// Two states alternate for ever.
    TwoCycle,
    /// Still moving.
    NotSettled {
        /// Units that would change at zero temperature.
        unstable: usize,
        /// Whether it has a temperature, and so never rests.
        sampling: bool,
        /// What the average of its last states is, where one is taken.
        reads: Option<Box<Reading>>,
    },
}

/// What an average over a run is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Of so many sweeps, the last ones.
    pub sweeps: usize,
    /// The verdict on the signs of the average.
    pub outcome: Outcome,
}

impl Outcome {
    /// All kinds.
    pub const KINDS: [&'static str; 9] = [
        "recalled",
        "inverse",
        "mixture",
        "spurious",
        "average",
        "answer",
        "underway",
        "two_cycle",
        "not_settled",
    ];

    /// Its kind, as specs name it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Recalled { .. } => "recalled",
            Self::Inverse { .. } => "inverse",
            Self::Mixture { .. } => "mixture",
            Self::Spurious { .. } => "spurious",
            Self::Average => "average",
            Self::Answer { .. } => "answer",
            Self::Underway { .. } => "underway",
            Self::TwoCycle => "two_cycle",
            Self::NotSettled { .. } => "not_settled",
        }
    }
}

impl From<observe::Outcome> for Outcome {
    fn from(verdict: observe::Outcome) -> Self {
        let part = |p: observe::Part| Part { memory: p.memory, sign: p.sign };
        match verdict {
            observe::Outcome::Recalled(memory) => Self::Recalled { memory },
            observe::Outcome::Inverse(memory) => Self::Inverse { memory },
            observe::Outcome::Mixture(parts) => {
                Self::Mixture { memories: parts.into_iter().map(part).collect() }
            }
            observe::Outcome::Spurious(nearest) => Self::Spurious {
                nearest: nearest.map(|n| Near { memory: n.part.memory, sign: n.part.sign, wrong: n.wrong }),
            },
        }
    }
}

/// A memory in a mixture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which.
    pub memory: usize,
    /// +1 as itself, −1 as its inverse.
    pub sign: i8,
}

/// The nearest memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Near {
    /// Which.
    pub memory: usize,
    /// +1 as itself, −1 as its inverse.
    pub sign: i8,
    /// In how many units it differs.
    pub wrong: usize,
}

/// What the terms of a field come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// One unit each.
    Unit,
    /// One memory each.
    Memory,
}

/// The field of a unit taken apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Which unit.
    pub unit: usize,
    /// Its field.
    pub field: f64,
    /// The part from no other unit.
    pub bias: f64,
    /// Its state.
    pub state: f64,
    /// What an update at zero temperature would make of it.
    pub next: f64,
    /// What the terms come from.
    pub from: Source,
    /// The terms, largest first.
    pub contributions: Vec<Term>,
}

impl Explanation {
    /// Of a unit in a state, from what the science says.
    #[must_use]
    pub fn new(why: observe::Explanation, from: Source, unit: usize, state: i8, next: i8) -> Self {
        let term = |c: observe::Contribution| Term {
            unit: c.unit,
            weight: c.weight,
            state: f64::from(c.state),
            value: c.value,
        };
        let contributions = why.contributions.into_iter().map(term).collect();
        Self {
            unit,
            field: why.field,
            bias: why.bias,
            state: f64::from(state),
            next: f64::from(next),
            from,
            contributions,
        }
    }

    /// Of a unit whose field is its bias and the sum of terms, and which takes the sign of that: it stays as it is where
    /// that is none.
    #[must_use]
    pub fn of_terms(unit: usize, state: f64, bias: f64, terms: &[Term]) -> Self {
        let contributions = largest_first(terms);
        let field = bias + contributions.iter().map(|term| term.value).sum::<f64>();
        let next = if field == 0.0 { state } else { field.signum() };
        Self { unit, field, bias, state, next, from: Source::Unit, contributions }
    }
}

/// One term of a field.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Term {
    /// From which unit, or which memory.
    pub unit: usize,
    /// Weight.
    pub weight: f64,
    /// State there.
    pub state: f64,
    /// Their product.
    pub value: f64,
}

impl Term {
    /// Of a weight to something in a state.
    #[must_use]
    pub fn new(unit: usize, weight: f64, state: f64) -> Self {
        Self { unit, weight, state, value: weight * state }
    }
}

/// Terms by the size of their products, the largest first.
#[must_use]
pub fn largest_first(terms: &[Term]) -> Vec<Term> {
    let values: Vec<f64> = terms.iter().map(|term| term.value).collect();
    observe::largest_first(&values).into_iter().map(|place| terms[place]).collect()
}

/// Everything there is to know of a small net.
#[cfg(feature = "exact")]
#[derive(Clone, Debug)]
pub struct ExactReport {
    /// Averages at the spec's temperature.
    pub averages: Exact,
    /// Local minima of the energy.
    pub minima: Minima,
    /// The deterministic update rule that the attractors belong to.
    pub rule: &'static str,
    /// Where every start state ends under that rule.
    pub attractors: Attractors,
    /// Settings that the numbers depend on, whether or not the run does.
    pub used: &'static [&'static str],
    /// Plain sentences on what the numbers are about.
    pub notices: Vec<String>,
}

#[cfg(feature = "exact")]
impl ExactReport {
    /// The state of a number that the report names, as text.
    #[must_use]
    pub fn state_text(&self, code: u32) -> String {
        bits(&exact::spins(code, self.averages.mean.len()))
    }
}

/// 64-bit FNV-1a (Fowler, Noll & Vo).
#[must_use]
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3))
}
