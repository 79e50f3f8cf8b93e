//! The binary Hopfield network at the bench.

mod describe;
mod learn;
mod model;
mod update;

use engram::dynamics::State;
#[cfg(feature = "exact")]
use engram::exact::{self, Exact};
use engram::kernel::Real;
use engram::models::hopfield::{Hopfield, HopfieldError};
use engram::observe;
use engram::rng::{Rng, Stream};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::learn::{number, word};
use self::model::{Known, Model};
use self::update::{Update, tie};
use crate::LabError;
use crate::catalogue;
use crate::control::{check_all, filled};
use crate::describe::{Description, Layer};
#[cfg(feature = "exact")]
use crate::machine::ExactReport;
use crate::machine::{Entry, Explanation, Machine, Near, Observation, Outcome, Part, Term};
use crate::resolve::{self, Memory, Resolved};
use crate::spec::Spec;
use crate::value::{Value, Values};

/// Name in specs.
const NAME: &str = "hopfield";

const LABEL: &str = "Hopfield network";
const SUMMARY: &str =
    "Neurons of ±1 that pull on each other until the picture they show pulls on itself: a memory";

/// Its place in the catalogue.
pub const ENTRY: catalogue::Entry = catalogue::Entry::new(
    NAME,
    [
        LABEL,
        SUMMARY,
        "J. J. Hopfield, PNAS 79 (1982) 2554",
        r#"{ "v": 1, "model": "hopfield", "patterns": { "set": "letters", "take": "AJX", "size": 10 },
             "start": { "pattern": 0, "corrupt": { "flip": 0.25 } } }"#,
    ],
    |spec| describe::description(spec.weights.is_some()),
    open,
);

/// Nets of up to so many units are held in double precision, larger ones in single.
const DOUBLE_UNITS: usize = 256;

/// Widest net whose whole weight matrix is given as a picture.
const MATRIX_UNITS: usize = 1024;

/// The machine of a spec.
///
/// # Errors
/// A spec that cannot be, with the place and what is allowed.
pub fn open(spec: &Spec) -> Result<Box<dyn Machine>, LabError> {
    let resolved = resolve::memories(spec)?;
    if resolved.units() <= DOUBLE_UNITS {
        Ok(Box::new(Bench::<f64>::open(spec, resolved)?))
    } else {
        Ok(Box::new(Bench::<f32>::open(spec, resolved)?))
    }
}

/// What the rest of a run depends on, and what is shown of its last steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Run {
    update: Update,
    rng: Rng,
    age: u64,
    at_rest: bool,
    visited: Option<u32>,
    /// Per unit, whether it changed since the sweep began.
    flipped: Vec<bool>,
}

/// What a snapshot holds.
#[derive(Serialize, Deserialize)]
struct Saved<T> {
    spins: Vec<i8>,
    cache: Vec<T>,
    run: Run,
}

struct Bench<T> {
    spec: Spec,
    description: Description,
    values: Values,
    resolved: Resolved,
    model: Model<T>,
    state: State<Vec<T>>,
    run: Run,
}

/// A spec with everything that follows from it and from no run.
struct Parts<T> {
    description: Description,
    values: Values,
    resolved: Resolved,
    /// None: that of the machine already known.
    model: Option<Model<T>>,
    start: Vec<i8>,
    clamped: Vec<bool>,
}

impl<T: Real + Serialize + DeserializeOwned> Parts<T> {
    fn new(spec: &Spec, resolved: Resolved, known: Option<Known<'_, T>>) -> Result<Self, LabError> {
        spec.check()?;
        let description = describe::description(spec.weights.is_some());
        check_all(&description.controls, &spec.params, "params")?;
        for (k, step) in spec.prepare.iter().enumerate() {
            common_check(&description, k, step)?;
        }
        let mut values = filled(&description.controls, &spec.params);
        if spec.param("update").is_none()
            && spec.param("temperature").is_some_and(|t| *t != Value::Number(0.0))
        {
            values.insert("update".to_owned(), Value::Text("heat_bath".to_owned()));
        }
        let start = resolve::start(spec, &resolved)?;
        let clamped = resolve::clamped(spec, resolved.units())?;
        // Before anything large is made.
        if let Some(found) = spec.biases.as_ref().map(Vec::len).filter(|&n| n != resolved.units()) {
            let error = HopfieldError::BiasLength { found, expected: resolved.units() };
            return Err(LabError::new("biases", error));
        }
        let model = match known {
            Some(known) if known.is_model_of(spec, &values, &resolved) => None,
            known => Some(Model::new(spec, &values, &resolved, known)?),
        };
        Ok(Self { description, values, resolved, model, start, clamped })
    }
}

/// Arguments of what is done before the run.
fn common_check(description: &Description, k: usize, step: &crate::spec::Prepare) -> Result<(), LabError> {
    let at = format!("prepare[{k}]");
    let known = description.actions.iter().filter(|a| !a.args.is_empty() && a.prepares());
    match known.clone().find(|a| a.key == step.action) {
        Some(action) => check_all(&action.args, &step.args, &at),
        None => {
            let names: Vec<_> = known.map(|a| a.key).collect();
            Err(LabError::new(
                at,
                format!("'{}' is not allowed; it must be one of {}", step.action, names.join(", ")),
            ))
        }
    }
}

impl<T: Real + Serialize + DeserializeOwned> Bench<T> {
    fn open(spec: &Spec, resolved: Resolved) -> Result<Self, LabError> {
        let Parts { description, values, resolved, model, start, clamped } =
            Parts::new(spec, resolved, None)?;
        let model = model.expect("nothing was known before");
        let run = fresh_run(spec, &values, start.len());
        let mut state = State::new(&model.net, start);
        clamped.iter().enumerate().for_each(|(unit, &held)| state.clamp(unit, held));
        let mut bench = Self { spec: spec.clone(), description, values, resolved, model, state, run };
        bench.look_for_rest();
        Ok(bench)
    }

    fn units(&self) -> usize {
        self.resolved.units()
    }

    fn known(&self) -> Known<'_, T> {
        Known {
            spec: &self.spec,
            values: &self.values,
            memories: &self.resolved.memories,
            model: &self.model,
        }
    }

    fn patterns(&self) -> Vec<&[i8]> {
        self.resolved.memories.iter().map(|m| m.pattern.spins()).collect()
    }

    fn look_for_rest(&mut self) {
        let tie = tie(&self.values);
        self.run.at_rest = self.run.update.is_cycling()
            || self.run.update.is_deterministic() && at_rest(&self.model.net, &mut self.state, tie);
    }
}

fn fresh_run(spec: &Spec, values: &Values, units: usize) -> Run {
    Run {
        update: Update::from_values(values, units),
        rng: Rng::new(spec.seed, Stream::Dynamics, 0),
        age: 0,
        at_rest: false,
        visited: None,
        flipped: vec![false; units],
    }
}

/// Whether no unit wants to change; said only of sums made afresh, so that rounding cannot pass for rest.
fn at_rest<T: Real>(net: &Hopfield<T>, state: &mut State<Vec<T>>, tie: engram::dynamics::Tie) -> bool {
    let quiet = |state: &State<Vec<T>>| (0..state.spins().len()).all(|i| !state.wants_change(net, tie, i));
    if !quiet(state) {
        return false;
    }
    state.refresh(net);
    quiet(state)
}

impl<T: Real + Serialize + DeserializeOwned> Machine for Bench<T> {
    fn describe(&self) -> &Description {
        &self.description
    }

    fn spec(&self) -> &Spec {
        &self.spec
    }

    fn values(&self) -> Values {
        self.values.clone()
    }

    fn memories(&self) -> &[Memory] {
        &self.resolved.memories
    }

    fn size(&self) -> (usize, usize) {
        (self.resolved.width, self.resolved.height)
    }

    fn notices(&self) -> Vec<String> {
        let mut notices: Vec<String> = self.model.learned.notes.iter().map(ToString::to_string).collect();
        if !self.model.learned.weights.is_symmetric() {
            notices.push(
                "the weights are not symmetric: the energy may rise and the network may never settle"
                    .to_owned(),
            );
        }
        let hot = self.spec.param("temperature").is_some_and(|t| *t != Value::Number(0.0));
        if hot && self.run.update.is_deterministic() {
            let update = word(&self.values, "update");
            notices.push(format!("the temperature has no effect on the run while updates are '{update}'; with 'heat_bath' it has"));
        }
        notices
    }

    fn reconfigure(&mut self, spec: &Spec, entry: Entry) -> Result<(), LabError> {
        let resolved = resolve::memories(spec)?;
        if (resolved.width, resolved.height) != self.size() || spec.model != NAME {
            return Err(LabError::new("patterns", "a machine keeps its size; open the spec instead"));
        }
        let Parts { description, values, resolved, model, start, clamped } =
            Parts::new(spec, resolved, Some(self.known()))?;
        let units = resolved.units();
        if let Some(model) = model {
            self.model = model;
        }
        match entry {
            Entry::Cue => {
                self.run = fresh_run(spec, &values, units);
                self.state = State::new(&self.model.net, start);
            }
            Entry::Keep => {
                self.run.update = self.run.update.clone().adjusted(&values, units);
                self.state.refresh(&self.model.net);
            }
        }
        clamped.iter().enumerate().for_each(|(unit, &held)| self.state.clamp(unit, held));
        (self.spec, self.description, self.values) = (spec.clone(), description, values);
        self.resolved = resolved;
        self.look_for_rest();
        Ok(())
    }

    fn advance(&mut self, updates: u64) -> u64 {
        if updates == 0 || self.run.at_rest {
            return 0;
        }
        let Self { model: Model { net, .. }, state, run, values, .. } = self;
        let Run { update, rng, age, at_rest: resting, visited, flipped } = run;
        let tie = tie(values);
        let sweep = update.sweep_length(flipped.len()) as u64;
        let settles = update.is_deterministic();
        let mut before = state.spins().to_vec();
        let mut done = 0;
        update.run(net, state, rng, |state, visit, cycling| {
            if *age % sweep == 0 {
                flipped.fill(false);
            }
            *age += 1;
            done += 1;
            *visited = visit.unit;
            if visit.changed > 0 {
                match visit.unit {
                    Some(unit) => flipped[unit as usize] = true,
                    None => {
                        for ((flip, old), &new) in flipped.iter_mut().zip(&mut before).zip(state.spins()) {
                            *flip = *old != new;
                            *old = new;
                        }
                    }
                }
                *resting = cycling || settles && self::at_rest(net, state, tie);
            }
            done < updates && !*resting
        });
        done
    }

    fn at_rest(&self) -> bool {
        self.run.at_rest
    }

    fn sweep_length(&self) -> u64 {
        self.run.update.sweep_length(self.units()) as u64
    }

    fn age(&self) -> u64 {
        self.run.age
    }

    fn spins(&self) -> &[i8] {
        self.state.spins()
    }

    fn visited(&self) -> Option<u32> {
        self.run.visited
    }

    fn observe(&self) -> Observation {
        let spins = self.state.spins();
        let patterns = self.patterns();
        let temperature =
            if self.run.update.is_deterministic() { 0.0 } else { number(&self.values, "temperature") };
        Observation {
            scalars: vec![
                self.model.net.energy_cached(spins, self.state.cache()),
                self.state.unstable(&self.model.net, tie(&self.values)) as f64,
                self.run.flipped.iter().filter(|&&f| f).count() as f64,
                temperature,
            ],
            per_memory: vec![
                patterns.iter().map(|p| observe::overlap(p, spins)).collect(),
                patterns.iter().map(|p| f64::from(observe::hamming(p, spins))).collect(),
            ],
        }
    }

    fn outcome(&self) -> Outcome {
        if self.run.update.is_cycling() {
            return Outcome::TwoCycle;
        }
        if !self.run.at_rest {
            return Outcome::NotSettled { unstable: self.state.unstable(&self.model.net, tie(&self.values)) };
        }
        let part = |p: observe::Part| Part { memory: p.memory, sign: p.sign };
        match observe::classify(self.state.spins(), &self.patterns()) {
            observe::Outcome::Recalled(memory) => Outcome::Recalled { memory },
            observe::Outcome::Inverse(memory) => Outcome::Inverse { memory },
            observe::Outcome::Mixture(parts) => {
                Outcome::Mixture { memories: parts.into_iter().map(part).collect() }
            }
            observe::Outcome::Spurious(nearest) => Outcome::Spurious {
                nearest: nearest.map(|n| Near { memory: n.part.memory, sign: n.part.sign, wrong: n.wrong }),
            },
        }
    }

    fn layer(&self, key: &str, index: usize) -> Result<Layer, LabError> {
        let (width, height) = self.size();
        let (n, spins) = (self.units(), self.state.spins());
        let no_index = |of: &str, count: usize| {
            LabError::new(
                "index",
                format!("{index} is not the number of {of}: there are {count}, counted from 0"),
            )
        };
        let values: Vec<f32> = match key {
            "state" => spins.iter().map(|&s| f32::from(s)).collect(),
            "field" => (0..n).map(|i| self.state.field(&self.model.net, i) as f32).collect(),
            "flips" => self.run.flipped.iter().map(|&f| f32::from(u8::from(f))).collect(),
            "difference" => {
                let memories = &self.resolved.memories;
                let memory = memories.get(index).ok_or_else(|| no_index("a memory", memories.len()))?;
                memory
                    .pattern
                    .spins()
                    .iter()
                    .zip(spins)
                    .map(|(&m, &s)| if m == s { 0.0 } else { f32::from(s) })
                    .collect()
            }
            "incoming" => {
                if index >= n {
                    return Err(no_index("a unit", n));
                }
                (0..n).map(|j| self.model.net.weights().get(index, j) as f32).collect()
            }
            "weights" if n > MATRIX_UNITS => {
                return Err(LabError::new(
                    key,
                    format!("{n} × {n} weights are too many to draw; up to {MATRIX_UNITS} units are drawn"),
                ));
            }
            "weights" => {
                let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
                return Ok(Layer {
                    width: n,
                    height: n,
                    values: all.map(|(i, j)| self.model.net.weights().get(i, j) as f32).collect(),
                });
            }
            _ => {
                let known: Vec<_> = self.description.layers.iter().map(|l| l.key).collect();
                return Err(LabError::new(
                    key,
                    format!("there is no such picture; there are {}", known.join(", ")),
                ));
            }
        };
        Ok(Layer { width, height, values })
    }

    fn explain(&self, unit: usize) -> Result<Explanation, LabError> {
        if unit >= self.units() {
            let count = self.units();
            return Err(LabError::new(
                "unit",
                format!("there is no unit {unit}: there are {count}, counted from 0"),
            ));
        }
        let (spins, cache) = (self.state.spins(), self.state.cache());
        let why = observe::Explanation::new(&self.model.net, spins, cache, unit);
        let held = self.state.clamped()[unit];
        Ok(Explanation {
            unit,
            field: why.field,
            bias: why.bias,
            state: spins[unit],
            next: if held { spins[unit] } else { tie(&self.values).next(why.field, spins[unit]) },
            contributions: why
                .contributions
                .iter()
                .map(|c| Term { unit: c.unit, weight: c.weight, state: c.state, value: c.value })
                .collect(),
        })
    }

    fn snapshot(&self) -> Vec<u8> {
        let saved = Saved {
            spins: self.state.spins().to_vec(),
            cache: self.state.cache().clone(),
            run: self.run.clone(),
        };
        postcard::to_allocvec(&saved).expect("plain data in memory")
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        let saved: Saved<T> =
            postcard::from_bytes(snapshot).map_err(|error| LabError::new("snapshot", error))?;
        let fits = saved.spins.len() == self.units()
            && saved.cache.len() == self.model.net.weights().stride()
            && saved.run.flipped.len() == self.units();
        if !fits {
            return Err(LabError::new("snapshot", "it was taken of a machine of another size"));
        }
        self.state = State::restore(saved.spins, saved.cache, self.state.clamped().to_vec());
        self.run = saved.run;
        Ok(())
    }

    #[cfg(feature = "exact")]
    fn exact(&self) -> Result<ExactReport, LabError> {
        let fail = |error| LabError::new("patterns", error);
        let temperature = number(&self.values, "temperature");
        let (name, rule) = self.run.update.exact_rule(tie(&self.values));
        let update = word(&self.values, "update");
        let mut notices = Vec::new();
        if update != name {
            notices.push(format!(
                "updates are '{update}', which leave it to chance where a start ends: attractors and basins are those of '{name}', which rest in the same states"
            ));
        }
        if !self.spec.clamp.is_empty() {
            notices.push("held units are not held here: exact results are about the whole net".to_owned());
        }
        Ok(ExactReport {
            averages: Exact::enumerate(&self.model.net, temperature).map_err(fail)?,
            minima: exact::minima(&self.model.net).map_err(fail)?,
            rule: name,
            attractors: exact::attractors(&self.model.net, rule).map_err(fail)?,
            notices,
        })
    }
}
