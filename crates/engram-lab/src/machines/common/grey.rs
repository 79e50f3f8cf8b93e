//! A machine of any model whose units have any value, and that goes on for certain: one state leads to one other.

use engram::rng::{Rng, Stream};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::layers;
use crate::LabError;
use crate::array::Array;
use crate::describe::{Layer, Meter};
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::learned::Learned;
#[cfg(feature = "exact")]
use crate::machine::ExactReport;
use crate::machine::{Cells, Entry, Explanation, Machine, Numbers, Observation, Outcome, fnv1a};
use crate::setup::Setup;
use crate::value::counted;

/// What such a model says at the bench beyond its mathematics.
pub trait GreyModel: Sized {
    /// What the rest of a run depends on.
    type State: Clone + Serialize + DeserializeOwned;

    /// The model of a setup. `known` is that of another setup, to be taken over as far as it goes; none comes back if
    /// it is this very model.
    ///
    /// # Errors
    /// What the model cannot be.
    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError>;

    /// Whether the models of two setups are one and the same.
    fn is_same(setup: &Setup, other: &Setup) -> bool;

    /// The state that shows these cells; what else it starts with may be drawn.
    fn start(&self, setup: &Setup, cells: &[f64], rng: &mut Rng) -> Self::State;

    /// The state that shows these cells where a run of the same model has been before: what it has learned stays. With it
    /// how many updates it took to learn that. None if nothing stays.
    fn restart(&self, setup: &Setup, before: &Self::State, cells: &[f64]) -> Option<(Self::State, u64)> {
        let _ = (setup, before, cells);
        None
    }

    /// A state of this model that goes on from one of the model before, whose cells were these; `same` says whether that is
    /// this very model.
    fn take_over(&self, setup: &Setup, state: &Self::State, cells: &[f64], same: bool) -> Self::State {
        let _ = (setup, cells, same);
        state.clone()
    }

    /// Whether a saved state is one of this model.
    fn fits(&self, state: &Self::State) -> bool;

    /// Writes down the cells of a state.
    fn show(&self, setup: &Setup, state: &Self::State, cells: &mut Vec<f64>);

    /// Makes one update; held units stay. Whether it found the state at rest.
    fn step(&self, setup: &Setup, state: &mut Self::State) -> bool;

    /// Whether a state is at rest before any update.
    fn at_rest(&self, setup: &Setup, state: &Self::State) -> bool;

    /// Updates in one sweep.
    fn sweep_length(&self, setup: &Setup) -> u64 {
        let _ = setup;
        1
    }

    /// How many operations an update takes, roughly, where the number of cells does not tell.
    fn work(&self) -> Option<u64> {
        None
    }

    /// All observables, in the order of the description.
    fn observe(&self, setup: &Setup, state: &Self::State, cells: &[f64]) -> Observation;

    /// The verdict.
    fn outcome(&self, setup: &Setup, state: &Self::State, cells: &[f64], at_rest: bool) -> Outcome;

    /// Why a unit does what it does.
    fn explain(&self, setup: &Setup, state: &Self::State, cells: &[f64], unit: usize) -> Explanation;

    /// A layer other than `state` and `difference`; none if there is none of this name.
    ///
    /// # Errors
    /// No such index, or too much to draw.
    fn layer(
        &self,
        _setup: &Setup,
        _state: &Self::State,
        _key: &str,
        _index: usize,
    ) -> Result<Option<Layer>, LabError> {
        Ok(None)
    }

    /// A figure; none if there is none of this name.
    fn figure(
        &self,
        _setup: &Setup,
        _state: &Self::State,
        _cells: &[f64],
        _key: &str,
        _part: Part,
    ) -> Option<Figure> {
        None
    }

    /// A box of a figure, looked at closely; none if there is none of this name and number.
    fn close_up(
        &self,
        _setup: &Setup,
        _state: &Self::State,
        _key: &str,
        _index: usize,
        _part: Part,
    ) -> Option<Figure> {
        None
    }

    /// What it has learned, for programs; none if it does not learn from pictures.
    fn learned<'a>(&'a self, _setup: &'a Setup, _state: &'a Self::State) -> Option<Box<dyn Learned + 'a>> {
        None
    }

    /// The state that has learned these arrays and shows these cells, and how many updates it took to learn that; none if
    /// the model does not learn from pictures.
    fn put(
        &self,
        _setup: &Setup,
        _arrays: &[Array],
        _cells: &[f64],
    ) -> Option<Result<(Self::State, u64), LabError>> {
        None
    }

    /// What enumeration tells of a small machine that learns; none if it does not learn a distribution of pictures.
    #[cfg(feature = "exact")]
    fn exact_learning(
        &self,
        _setup: &Setup,
        _state: &Self::State,
        _steps: Option<u32>,
    ) -> Option<Result<LearningReport, LabError>> {
        None
    }

    /// Points of the plane that it works on; none if it works on none.
    fn places(&self) -> Vec<[f64; 2]> {
        Vec::new()
    }

    /// Plain sentences on what making it met.
    fn notices(&self) -> Vec<String> {
        Vec::new()
    }

    /// Its gauges.
    fn meters(&self, _setup: &Setup) -> Vec<Meter> {
        Vec::new()
    }
}

/// A model with its setup and its run.
pub struct GreyBench<M: GreyModel> {
    setup: Setup,
    model: M,
    run: Run<M::State>,
    /// What the state shows.
    cells: Vec<f64>,
}

/// What the rest of a run depends on, and how long it has lasted.
#[derive(Serialize, Deserialize)]
struct Run<S> {
    state: S,
    age: u64,
    at_rest: bool,
}

impl<M: GreyModel + 'static> GreyBench<M> {
    /// At the start of the run.
    ///
    /// # Errors
    /// What the model cannot be.
    pub fn open(setup: Setup) -> Result<Box<dyn Machine>, LabError> {
        let model = M::make(&setup, None)?.expect("nothing was known before");
        let run = begin(&model, &setup);
        let mut machine = Self { setup, model, run, cells: Vec::new() };
        machine.look();
        Ok(Box::new(machine))
    }
}

fn begin<M: GreyModel>(model: &M, setup: &Setup) -> Run<M::State> {
    let mut rng = Rng::new(setup.spec.seed, Stream::Dynamics, 0);
    let state = model.start(setup, &setup.levels, &mut rng);
    let at_rest = model.at_rest(setup, &state);
    Run { state, age: 0, at_rest }
}

impl<M: GreyModel> GreyBench<M> {
    fn look(&mut self) {
        self.cells.clear();
        self.model.show(&self.setup, &self.run.state, &mut self.cells);
    }
}

impl<M: GreyModel> Machine for GreyBench<M> {
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
        }
        match entry {
            // A run that has not begun starts as that of the new spec.
            Entry::Keep if self.run.age > 0 => {
                self.run.state = self.model.take_over(&setup, &self.run.state, &self.cells, same);
                self.run.at_rest = self.model.at_rest(&setup, &self.run.state);
            }
            _ => {
                let stays = same && entry == Entry::Cue;
                let kept =
                    stays.then(|| self.model.restart(&setup, &self.run.state, &setup.levels)).flatten();
                self.run = match kept {
                    Some((state, age)) => Run { at_rest: self.model.at_rest(&setup, &state), state, age },
                    None => begin(&self.model, &setup),
                };
            }
        }
        self.setup = setup;
        self.look();
        Ok(())
    }

    fn has_weights_of(&self, setup: &Setup) -> bool {
        M::is_same(&self.setup, setup)
    }

    fn advance(&mut self, updates: u64) -> u64 {
        let mut done = 0;
        while done < updates && !self.run.at_rest {
            self.run.at_rest = self.model.step(&self.setup, &mut self.run.state);
            self.run.age += 1;
            done += 1;
        }
        if done > 0 {
            self.look();
        }
        done
    }

    fn at_rest(&self) -> bool {
        self.run.at_rest
    }

    fn sweep_length(&self) -> u64 {
        self.model.sweep_length(&self.setup)
    }

    fn work(&self) -> Option<u64> {
        self.model.work()
    }

    fn age(&self) -> u64 {
        self.run.age
    }

    fn cells(&self) -> Cells<'_> {
        Cells::Grey(&self.cells)
    }

    fn visited(&self) -> Option<u32> {
        None
    }

    fn observe(&self) -> Observation {
        self.model.observe(&self.setup, &self.run.state, &self.cells)
    }

    fn outcome(&self) -> Outcome {
        self.model.outcome(&self.setup, &self.run.state, &self.cells, self.run.at_rest)
    }

    fn layer(&self, key: &str, index: usize) -> Result<Layer, LabError> {
        let shown = |values: &[f64]| values.iter().map(|&x| x as f32).collect();
        let values = match key {
            "state" => shown(&self.cells),
            "difference" => {
                let memories = &self.setup.resolved.memories;
                layers::check_index(index, memories.len(), "a memory")?;
                let memory = memories[index].numbers();
                self.cells.iter().zip(&memory).map(|(cell, memory)| (cell - memory) as f32).collect()
            }
            _ => {
                let own = self.model.layer(&self.setup, &self.run.state, key, index)?;
                return own.ok_or_else(|| layers::unknown(&self.setup, key));
            }
        };
        Ok(layers::over_grid(&self.setup, values))
    }

    fn figure(&self, key: &str, part: Part) -> Result<Figure, LabError> {
        let own = self.model.figure(&self.setup, &self.run.state, &self.cells, key, part);
        own.ok_or_else(|| LabError::new(key, "there is no such figure"))
    }

    fn close_up(&self, key: &str, index: usize, part: Part) -> Result<Figure, LabError> {
        let own = self.model.close_up(&self.setup, &self.run.state, key, index, part);
        own.ok_or_else(|| LabError::new(key, format_args!("there is no box {index} to be looked at closely")))
    }

    fn places(&self) -> Vec<[f64; 2]> {
        self.model.places()
    }

    fn numbers(&self, of: &Numbers<'_>, each: &mut dyn FnMut(&[f64])) -> Result<bool, LabError> {
        if !of.before {
            let layer = self.layer(of.layer, of.index)?;
            each(&layer.values.into_iter().map(f64::from).collect::<Vec<_>>());
        }
        Ok(!of.before)
    }

    fn explain(&self, unit: usize) -> Result<Explanation, LabError> {
        let count = self.cells.len();
        if unit >= count {
            let message = format!("there is no unit {unit}: {}", counted(count));
            return Err(LabError::new("unit", message));
        }
        Ok(self.model.explain(&self.setup, &self.run.state, &self.cells, unit))
    }

    fn hash(&self) -> u64 {
        fnv1a(&self.snapshot())
    }

    fn snapshot(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.run).expect("plain data in memory")
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        let run: Run<M::State> =
            postcard::from_bytes(snapshot).map_err(|error| LabError::new("snapshot", error))?;
        if !self.model.fits(&run.state) {
            return Err(LabError::new("snapshot", "it was taken of a machine of another size"));
        }
        self.run = run;
        self.look();
        Ok(())
    }

    fn learned(&self) -> Option<Box<dyn Learned + '_>> {
        self.model.learned(&self.setup, &self.run.state)
    }

    fn put(&mut self, arrays: &[Array]) -> Result<(), LabError> {
        let Some(put) = self.model.put(&self.setup, arrays, &self.setup.levels) else {
            let name = self.setup.entry.name;
            return Err(LabError::new(
                "model",
                format_args!("'{name}' learns no weights that a file could hold"),
            ));
        };
        let (state, age) = put?;
        self.run = Run { at_rest: self.model.at_rest(&self.setup, &state), state, age };
        self.look();
        Ok(())
    }

    #[cfg(feature = "exact")]
    fn exact(&self) -> Result<ExactReport, LabError> {
        Err(LabError::new(
            "model",
            format_args!(
                "exact results look at every state of binary units; the units of '{}' have any value: run it, or take a model of units that are −1 or +1",
                self.setup.entry.name
            ),
        ))
    }

    #[cfg(feature = "exact")]
    fn exact_learning(&self, steps: Option<u32>) -> Result<LearningReport, LabError> {
        let told = self.model.exact_learning(&self.setup, &self.run.state, steps);
        told.unwrap_or_else(|| {
            let name = self.setup.entry.name;
            Err(LabError::new("model", format_args!("'{name}' does not learn a distribution of pictures")))
        })
    }
}
