//! A machine of any model whose units are −1, +1 or unknown.

use engram::dynamics::State;
use engram::energy::{Conditional, Energy};
#[cfg(feature = "exact")]
use engram::exact::{self, Exact};
use engram::observe;

use super::layers;
use super::run::{Run, Sums};
use super::update::Rules;
#[cfg(feature = "exact")]
use super::update::TEMPERATURE;
use crate::LabError;
use crate::describe::{Layer, Meter};
#[cfg(feature = "exact")]
use crate::machine::ExactReport;
use crate::machine::{Entry, Explanation, Machine, Numbers, Observation, Outcome, fnv1a};
use crate::setup::Setup;
use crate::value::counted;

/// What a model of spins says at the bench beyond its mathematics.
pub trait SpinModel: Sized {
    /// The mathematics.
    type Net: Energy + Conditional<Cache: Sums>;

    /// The update rules it can be run by; its description has their controls.
    const RULES: Rules;

    /// The model of a setup. `known` is that of another setup, to be taken over as far as it goes; none comes back if
    /// it is this very model.
    ///
    /// # Errors
    /// What the model cannot be, or what would take too long.
    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError>;

    /// Whether the models of two setups are one and the same.
    fn is_same(setup: &Setup, other: &Setup) -> bool;

    /// The mathematics.
    fn net(&self) -> &Self::Net;

    /// Energy of a state, from the sums at hand.
    fn energy(&self, state: &State<<Self::Net as Conditional>::Cache>) -> f64;

    /// The field of a unit taken apart.
    fn explain(&self, state: &State<<Self::Net as Conditional>::Cache>, unit: usize) -> observe::Explanation;

    /// Plain sentences on what making it met.
    fn notices(&self) -> Vec<String> {
        Vec::new()
    }

    /// Its gauges.
    fn meters(&self, _setup: &Setup) -> Vec<Meter> {
        Vec::new()
    }

    /// Its own observables with one value, in the order of the description, where they come last.
    fn scalars(&self, _state: &State<<Self::Net as Conditional>::Cache>) -> Vec<f64> {
        Vec::new()
    }

    /// Its own layers; none if there is none of this name.
    ///
    /// # Errors
    /// No such index, or too much to draw.
    fn layer(&self, _setup: &Setup, _key: &str, _index: usize) -> Result<Option<Layer>, LabError> {
        Ok(None)
    }

    /// The numbers of one of its own layers that is not to be counted as it is drawn, as [`Machine::numbers`] gives
    /// them; none if there is none of this name.
    ///
    /// # Errors
    /// No such index.
    fn numbers(
        &self,
        _: &Setup,
        _of: &Numbers<'_>,
        _: &mut dyn FnMut(&[f64]),
    ) -> Result<Option<bool>, LabError> {
        Ok(None)
    }
}

/// A model with its setup and its run.
pub struct Bench<M: SpinModel> {
    setup: Setup,
    model: M,
    run: Run<<M::Net as Conditional>::Cache>,
}

impl<M: SpinModel + 'static> Bench<M> {
    /// At the start of the run.
    ///
    /// # Errors
    /// What the model cannot be.
    pub fn open(setup: Setup) -> Result<Box<dyn Machine>, LabError> {
        let model = M::make(&setup, None)?.expect("nothing was known before");
        let run = Run::new(&M::RULES, &setup, model.net());
        Ok(Box::new(Self { setup, model, run }))
    }
}

impl<M: SpinModel> Machine for Bench<M> {
    fn setup(&self) -> &Setup {
        &self.setup
    }

    fn remarks(&self) -> Vec<String> {
        self.model.notices()
    }

    fn meters(&self) -> Vec<Meter> {
        self.model.meters(&self.setup)
    }

    fn adopt(&mut self, setup: Setup, entry: Entry) -> Result<(), LabError> {
        if let Some(model) = M::make(&setup, Some((&self.setup, &self.model)))? {
            self.model = model;
        }
        match entry {
            Entry::Cue => self.run = Run::new(&M::RULES, &setup, self.model.net()),
            Entry::Keep => self.run.go_on(&self.setup, &setup, self.model.net()),
        }
        self.setup = setup;
        Ok(())
    }

    fn has_weights_of(&self, setup: &Setup) -> bool {
        M::is_same(&self.setup, setup)
    }

    fn advance(&mut self, updates: u64) -> u64 {
        self.run.advance(self.model.net(), updates)
    }

    fn at_rest(&self) -> bool {
        self.run.at_rest()
    }

    fn sweep_length(&self) -> u64 {
        self.run.sweep_length()
    }

    fn age(&self) -> u64 {
        self.run.age()
    }

    fn spins(&self) -> &[i8] {
        self.run.state.spins()
    }

    fn visited(&self) -> Option<u32> {
        self.run.visited()
    }

    fn observe(&self) -> Observation {
        let state = &self.run.state;
        let own = self.model.scalars(state);
        let standard = [
            self.model.energy(state),
            state.unstable(self.model.net(), self.run.tie()) as f64,
            f64::from(self.run.changes()),
            self.run.temperature(),
        ];
        let mut seen = Observation::of_memories(&self.setup.patterns(), state.spins());
        seen.scalars = standard.into_iter().chain(own).collect();
        seen
    }

    fn outcome(&self) -> Outcome {
        if self.run.is_cycling() {
            Outcome::TwoCycle
        } else if self.run.at_rest() {
            observe::classify(self.spins(), &self.setup.patterns()).into()
        } else {
            Outcome::NotSettled {
                unstable: self.run.state.unstable(self.model.net(), self.run.tie()),
                sampling: self.run.temperature() > 0.0,
            }
        }
    }

    fn layer(&self, key: &str, index: usize) -> Result<Layer, LabError> {
        let state = &self.run.state;
        let values = match key {
            "state" => state.spins().iter().map(|&s| f32::from(s)).collect(),
            "field" => (0..self.setup.units()).map(|i| state.field(self.model.net(), i) as f32).collect(),
            "flips" => self.run.flips().iter().map(|&count| f32::from(count)).collect(),
            "difference" => layers::difference(&self.setup, state.spins(), index)?,
            _ => {
                let own = self.model.layer(&self.setup, key, index)?;
                return own.ok_or_else(|| layers::unknown(&self.setup, key));
            }
        };
        Ok(layers::over_grid(&self.setup, values))
    }

    fn numbers(&self, of: &Numbers<'_>, each: &mut dyn FnMut(&[f64])) -> Result<bool, LabError> {
        if let Some(there) = self.model.numbers(&self.setup, of, each)? {
            return Ok(there);
        }
        if !of.before {
            let layer = self.layer(of.layer, of.index)?;
            each(&layer.values.into_iter().map(f64::from).collect::<Vec<_>>());
        }
        Ok(!of.before)
    }

    fn explain(&self, unit: usize) -> Result<Explanation, LabError> {
        let count = self.setup.units();
        if unit >= count {
            let message = format!("there is no unit {unit}: {}", counted(count));
            return Err(LabError::new("unit", message));
        }
        let state = &self.run.state;
        let why = self.model.explain(state, unit);
        let spin = state.spins()[unit];
        let next = if state.clamped()[unit] { spin } else { self.run.tie().next(why.field, spin) };
        Ok(Explanation::new(why, unit, spin, next))
    }

    fn hash(&self) -> u64 {
        fnv1a(&self.run.core())
    }

    fn snapshot(&self) -> Vec<u8> {
        self.run.snapshot()
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        self.run.restore(snapshot)
    }

    #[cfg(feature = "exact")]
    fn exact(&self) -> Result<ExactReport, LabError> {
        let fail = |error| LabError::new("patterns", error);
        let net = self.model.net();
        let (name, rule) = self.run.update().exact_rule(self.run.tie());
        let update = M::RULES.kind(&self.setup.values).key();
        let mut notices = Vec::new();
        if update != name {
            notices.push(format!(
                "updates are '{update}', which leave it to chance where a start ends: attractors and basins are those of '{name}', which rest in the same states"
            ));
        }
        if !self.setup.spec.clamp.is_empty() {
            notices.push("held units are not held here: exact results are about the whole net".to_owned());
        }
        Ok(ExactReport {
            averages: Exact::enumerate(net, self.setup.values.number(TEMPERATURE)).map_err(fail)?,
            minima: exact::minima(net).map_err(fail)?,
            rule: name,
            attractors: exact::attractors(net, rule).map_err(fail)?,
            used: &[TEMPERATURE],
            notices,
        })
    }
}
