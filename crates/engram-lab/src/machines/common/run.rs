//! A run: a state that is updated, with all that its rest depends on.

use engram::dynamics::{State, Tie};
use engram::energy::Conditional;
use engram::rng::{Rng, Stream};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::update::{Rules, TEMPERATURE, Update, tie};
use crate::LabError;
use crate::setup::Setup;

/// The sums that a model keeps with a state, as snapshots hold them.
pub trait Sums: Clone + Serialize + DeserializeOwned {
    /// How many numbers they are; equal for all states of one model.
    fn count(&self) -> usize;
}

impl<T: Clone + Serialize + DeserializeOwned> Sums for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }
}

/// What the rest of a run depends on beside the state, and what is shown of its last steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Clock {
    update: Update,
    rng: Rng,
    age: u64,
    at_rest: bool,
    visited: Option<u32>,
    /// Per unit, how often it changed since the sweep began.
    flips: Vec<u16>,
}

/// A state with its run.
pub struct Run<C> {
    pub state: State<C>,
    clock: Clock,
    /// Of the last updates, as many as a sweep of single units has, which changed one: a bit each, to be shown. The
    /// run does not depend on it.
    recent: Vec<u8>,
    rules: &'static Rules,
    tie: Tie,
    temperature: f64,
}

impl<C: Sums> Run<C> {
    /// At the start of a spec's run.
    pub fn new<M: Conditional<Cache = C>>(rules: &'static Rules, setup: &Setup, model: &M) -> Self {
        let mut run = Self {
            state: State::new(model, setup.start.clone()),
            clock: Clock::new(rules, setup),
            recent: vec![0; setup.units().div_ceil(8)],
            rules,
            tie: tie(&setup.values),
            temperature: setup.values.number(TEMPERATURE),
        };
        run.settle_in(setup, model);
        run
    }

    /// Goes on as a run of another spec, from the state it is in.
    pub fn go_on<M: Conditional<Cache = C>>(&mut self, before: &Setup, setup: &Setup, model: &M) {
        let sweep = self.sweep_length();
        self.rules.adjust(&mut self.clock.update, &before.values, &setup.values, setup.units());
        if self.sweep_length() != sweep {
            self.recent.fill(0);
        }
        self.tie = tie(&setup.values);
        self.temperature = setup.values.number(TEMPERATURE);
        self.state.refresh(model);
        self.settle_in(setup, model);
    }

    fn settle_in<M: Conditional<Cache = C>>(&mut self, setup: &Setup, model: &M) {
        setup.clamped.iter().enumerate().for_each(|(unit, &held)| self.state.clamp(unit, held));
        let feels = self.feels();
        self.clock.at_rest = self.clock.update.is_cycling() || at_rest(model, &mut self.state, feels);
    }

    /// Makes up to so many updates, fewer if it comes to rest; the number made.
    pub fn advance<M: Conditional<Cache = C>>(&mut self, model: &M, updates: u64) -> u64 {
        if updates == 0 || self.clock.at_rest {
            return 0;
        }
        let (feels, sweep) = (self.feels(), self.sweep_length());
        let recent = &mut self.recent;
        let Clock { update, rng, age, at_rest: resting, visited, flips } = &mut self.clock;
        let mut before = self.state.spins().to_vec();
        let mut done = 0;
        update.run(model, &mut self.state, rng, |state, visit, cycling| {
            let place = (*age % sweep) as usize;
            if place == 0 {
                flips.fill(0);
            }
            let (byte, bit) = (&mut recent[place / 8], 1 << (place % 8));
            *byte = if visit.changed > 0 { *byte | bit } else { *byte & !bit };
            *age += 1;
            done += 1;
            *visited = visit.unit;
            if visit.changed > 0 {
                match visit.unit {
                    Some(unit) => flips[unit as usize] = flips[unit as usize].saturating_add(1),
                    None => {
                        for ((flip, old), &new) in flips.iter_mut().zip(&mut before).zip(state.spins()) {
                            *flip = u16::from(*old != new);
                            *old = new;
                        }
                    }
                }
                *resting = cycling || feels != Feels::Heat && at_rest(model, state, feels);
            }
            done < updates && !*resting
        });
        done
    }

    /// Whether nothing more can happen.
    pub fn at_rest(&self) -> bool {
        self.clock.at_rest
    }

    /// Whether two states alternate.
    pub fn is_cycling(&self) -> bool {
        self.clock.update.is_cycling()
    }

    /// How units follow their fields.
    fn feels(&self) -> Feels {
        match self.temperature {
            _ if self.is_deterministic() => Feels::Certain(self.tie),
            0.0 => Feels::Coin,
            _ => Feels::Heat,
        }
    }

    /// Whether units follow their fields for certain.
    pub fn is_deterministic(&self) -> bool {
        self.clock.update.is_deterministic()
    }

    /// The temperature that the run feels: 0 where units follow for certain.
    pub fn temperature(&self) -> f64 {
        if self.is_deterministic() { 0.0 } else { self.temperature }
    }

    /// What a unit does when nothing pulls.
    pub fn tie(&self) -> Tie {
        self.tie
    }

    /// Updates in one sweep.
    pub fn sweep_length(&self) -> u64 {
        self.clock.update.sweep_length(self.clock.flips.len()) as u64
    }

    /// Updates made.
    pub fn age(&self) -> u64 {
        self.clock.age
    }

    /// The unit asked last, if it was one unit.
    pub fn visited(&self) -> Option<u32> {
        self.clock.visited
    }

    /// Per unit, how often it changed since the sweep began.
    pub fn flips(&self) -> &[u16] {
        &self.clock.flips
    }

    /// How often units changed over the last updates, as many as a sweep has.
    pub fn changes(&self) -> u32 {
        if self.sweep_length() == 1 {
            self.flips().iter().map(|&count| u32::from(count)).sum()
        } else {
            self.recent.iter().map(|byte| byte.count_ones()).sum()
        }
    }

    /// The update rule with where it is in its sweep.
    #[cfg(feature = "exact")]
    pub fn update(&self) -> &Update {
        &self.clock.update
    }

    /// State, sums and clock as bytes: what the rest of the run depends on.
    pub fn core(&self) -> Vec<u8> {
        let saved = (self.state.spins(), self.state.cache(), &self.clock);
        postcard::to_allocvec(&saved).expect("plain data in memory")
    }

    /// The core, and after it what is only shown.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut bytes = self.core();
        bytes.extend(&self.recent);
        bytes
    }

    /// Puts a snapshot back.
    ///
    /// # Errors
    /// Bytes that are no snapshot, or one of a machine of another size; then nothing has changed.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        let length = snapshot.len().saturating_sub(self.recent.len());
        let (core, recent) = snapshot.split_at(length);
        let saved: (Vec<i8>, C, Clock) =
            postcard::from_bytes(core).map_err(|error| LabError::new("snapshot", error))?;
        let (spins, cache, clock) = saved;
        let units = self.clock.flips.len();
        let fits = recent.len() == self.recent.len();
        if !fits
            || spins.len() != units
            || cache.count() != self.state.cache().count()
            || clock.flips.len() != units
        {
            return Err(LabError::new("snapshot", "it was taken of a machine of another size"));
        }
        self.state = State::restore(spins, cache, self.state.clamped().to_vec());
        self.clock = clock;
        self.recent.copy_from_slice(recent);
        Ok(())
    }
}

impl Clock {
    fn new(rules: &Rules, setup: &Setup) -> Self {
        Self {
            update: rules.start(&setup.values, setup.units()),
            rng: Rng::new(setup.spec.seed, Stream::Dynamics, 0),
            age: 0,
            at_rest: false,
            visited: None,
            flips: vec![0; setup.units()],
        }
    }
}

/// How units follow their fields: what it takes for nothing more to happen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Feels {
    /// For certain, with this rule for ties.
    Certain(Tie),
    /// For certain, but that a coin settles ties: heat at temperature 0.
    Coin,
    /// With a probability, so that any unit may change.
    Heat,
}

/// Whether no unit can change any more; said only of sums made afresh, so that rounding cannot pass for rest.
fn at_rest<M: Conditional>(model: &M, state: &mut State<M::Cache>, feels: Feels) -> bool {
    let moves = |state: &State<M::Cache>, i| match feels {
        Feels::Certain(tie) => state.wants_change(model, tie, i),
        // Where both ways of settling a tie say the same, there is none.
        Feels::Coin => state.wants_change(model, Tie::Plus, i) || state.wants_change(model, Tie::Minus, i),
        Feels::Heat => !state.clamped()[i],
    };
    let quiet = |state: &State<M::Cache>| (0..state.spins().len()).all(|i| !moves(state, i));
    if !quiet(state) {
        return false;
    }
    state.refresh(model);
    quiet(state)
}
