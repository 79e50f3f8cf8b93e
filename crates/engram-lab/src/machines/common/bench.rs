//! A machine of any model whose units are −1, +1 or unknown.

use std::cell::OnceCell;

use engram::dynamics::State;
use engram::energy::{Conditional, Energy};
use engram::exact::Levels;
#[cfg(feature = "exact")]
use engram::exact::{self, Exact};
use engram::observe;

use super::layers;
use super::run::{Run, Sums};
use super::thermal;
use super::update::Rules;
#[cfg(feature = "exact")]
use super::update::TEMPERATURE;
use crate::LabError;
use crate::describe::{Layer, Meter, Shape};
use crate::figure::{Figure, Part};
#[cfg(feature = "exact")]
use crate::machine::ExactReport;
use crate::machine::{
    Cells, Entry, Explanation, Machine, Numbers, Observation, Outcome, Reading, Source, fnv1a,
};
use crate::setup::Setup;
use crate::value::counted;

/// What a model of spins says at the bench beyond its mathematics.
pub trait SpinModel: Sized {
    /// The mathematics.
    type Net: Energy + Conditional<Cache: Sums>;

    /// What the terms of a field come from.
    const EXPLAINS_BY: Source = Source::Unit;

    /// Whether all states of a small net of it are looked at for its figures. (Code that is never run is not loaded.)
    const ENUMERATES: bool = false;

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

    /// The state that the run starts from, one spin a unit: those of the grid, then those that it does not show.
    fn cue(&self, setup: &Setup) -> Vec<i8> {
        setup.start.clone()
    }

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
    fn layer(
        &self,
        _setup: &Setup,
        _state: &State<<Self::Net as Conditional>::Cache>,
        _key: &str,
        _index: usize,
    ) -> Result<Option<Layer>, LabError> {
        Ok(None)
    }

    /// Its own figures; none if there is none of this name.
    fn figure(
        &self,
        _setup: &Setup,
        _state: &State<<Self::Net as Conditional>::Cache>,
        _key: &str,
        _part: Part,
    ) -> Option<Figure> {
        None
    }

    /// The verdict on what the grid shows once it has come to rest, or on what is read out of a warm run.
    fn judge(&self, setup: &Setup, shown: &[i8]) -> Outcome {
        observe::classify(shown, &setup.patterns()).into()
    }

    /// Points of the plane that it works on.
    fn places(&self, _: &Setup) -> Vec<[f64; 2]> {
        Vec::new()
    }

    /// Links of the graph that it works on, with their weights.
    fn edges(&self) -> Vec<(usize, usize, f64)> {
        Vec::new()
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
    rules: &'static Rules,
    model: M,
    run: Run<<M::Net as Conditional>::Cache>,
    /// The energies of all states of the model, once they were asked for; none if there are too many.
    levels: OnceCell<Option<Levels>>,
}

impl<M: SpinModel + 'static> Bench<M> {
    /// At the start of the run. The description has the controls of the `rules` that it can be run by.
    ///
    /// # Errors
    /// What the model cannot be.
    pub fn open(setup: Setup, rules: &'static Rules) -> Result<Box<dyn Machine>, LabError> {
        let model = M::make(&setup, None)?.expect("nothing was known before");
        let run = Run::new(rules, &setup, model.net(), model.cue(&setup));
        Ok(Box::new(Self { setup, rules, model, run, levels: OnceCell::new() }))
    }
}

impl<M: SpinModel> Bench<M> {
    /// The units that the grid shows.
    fn shown(&self) -> &[i8] {
        &self.run.state.spins()[..self.setup.units()]
    }

    /// The energies of all states, of a small net.
    fn levels(&self) -> Option<&Levels> {
        let net = self.model.net();
        let few = M::ENUMERATES && Energy::units(net) <= thermal::MOST_ENUMERATED;
        self.levels.get_or_init(|| few.then(|| Levels::of(net).ok()).flatten()).as_ref()
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
        let made = M::make(&setup, Some((&self.setup, &self.model)))?;
        let same = made.is_none();
        if let Some(model) = made {
            self.model = model;
            self.levels = OnceCell::new();
        }
        // A run that has not begun starts as that of the new spec; and units that the grid does not show may be others
        // than before.
        let goes_on = self.run.age() > 0 && Energy::units(self.model.net()) == self.run.state.spins().len();
        match entry {
            Entry::Keep if goes_on => self.run.go_on(&self.setup, &setup, self.model.net(), same),
            _ => self.run = Run::new(self.rules, &setup, self.model.net(), self.model.cue(&setup)),
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

    fn cells(&self) -> Cells<'_> {
        Cells::Spins(self.shown())
    }

    fn visited(&self) -> Option<u32> {
        self.run.visited()
    }

    fn observe(&self) -> Observation {
        let state = &self.run.state;
        let own = self.model.scalars(state);
        let energy = self.model.energy(state);
        let measured = self.run.record().map(|record| record.scalars(energy)).unwrap_or_default();
        let standard = [
            energy,
            state.unstable(self.model.net(), self.run.tie()) as f64,
            f64::from(self.run.changes()),
            self.run.temperature(),
        ];
        // A model that has no memories reports nothing of them.
        let of_memories = self.setup.description.observables.iter().any(|o| o.shape == Shape::Memory);
        let mut seen = Observation::default();
        if of_memories {
            seen = Observation::of_memories(&self.setup.patterns(), self.shown());
        }
        seen.scalars = standard.into_iter().chain(measured).chain(own).collect();
        seen
    }

    fn outcome(&self) -> Outcome {
        if self.run.is_cycling() {
            Outcome::TwoCycle
        } else if self.run.at_rest() {
            self.model.judge(&self.setup, self.shown())
        } else {
            Outcome::NotSettled {
                unstable: self.run.state.unstable(self.model.net(), self.run.tie()),
                sampling: self.run.temperature() > 0.0,
                reads: self.run.record().filter(|record| record.averaged() > 0).map(|record| {
                    let read = record.read(self.run.state.spins());
                    let outcome = self.model.judge(&self.setup, &read[..self.setup.units()]);
                    Box::new(Reading { sweeps: record.averaged(), outcome })
                }),
            }
        }
    }

    fn layer(&self, key: &str, index: usize) -> Result<Layer, LabError> {
        let state = &self.run.state;
        let values = match key {
            "state" => self.shown().iter().map(|&s| f32::from(s)).collect(),
            "field" => (0..self.setup.units()).map(|i| state.field(self.model.net(), i) as f32).collect(),
            "flips" => self.run.flips()[..self.setup.units()].iter().map(|&count| f32::from(count)).collect(),
            "difference" => layers::difference(&self.setup, self.shown(), index)?,
            _ => {
                let seen = self.run.record().and_then(|record| record.layer(key, state.spins()));
                if let Some(mut values) = seen {
                    values.truncate(self.setup.units());
                    return Ok(layers::over_grid(&self.setup, values));
                }
                let own = self.model.layer(&self.setup, state, key, index)?;
                return own.ok_or_else(|| layers::unknown(&self.setup, key));
            }
        };
        Ok(layers::over_grid(&self.setup, values))
    }

    fn figure(&self, key: &str, part: Part) -> Result<Figure, LabError> {
        if let (thermal::FIGURE, Some(record)) = (key, self.run.record()) {
            let energy = self.model.energy(&self.run.state);
            return Ok(thermal::draw(
                record,
                self.levels(),
                self.rules.hottest(&self.setup.values),
                energy,
                part,
            ));
        }
        let own = self.model.figure(&self.setup, &self.run.state, key, part);
        own.ok_or_else(|| LabError::new(key, "there is no such figure"))
    }

    fn places(&self) -> Vec<[f64; 2]> {
        self.model.places(&self.setup)
    }

    fn edges(&self) -> Vec<(usize, usize, f64)> {
        self.model.edges()
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
        Ok(Explanation::new(why, M::EXPLAINS_BY, unit, spin, next))
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
        let update = self.rules.kind(&self.setup.values).key();
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
