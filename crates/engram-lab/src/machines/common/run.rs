//! A run: a state that is updated, with all that its rest depends on.

use engram::dynamics::Schedule;
use engram::dynamics::{State, Tie};
use engram::energy::{Conditional, Energy};
use engram::rng::{Rng, Stream};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::thermal::{Record, schedule};
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
    thermal: Option<Thermal>,
}

/// What a run has whose temperature may follow a course.
struct Thermal {
    schedule: Option<Schedule>,
    record: Record,
}

impl<C: Sums> Run<C> {
    /// At the start of a spec's run, from a cue of one spin a unit of the model.
    pub fn new<M: Energy + Conditional<Cache = C>>(
        rules: &'static Rules,
        setup: &Setup,
        model: &M,
        cue: Vec<i8>,
    ) -> Self {
        let units = cue.len();
        let mut run = Self {
            state: State::new(model, cue),
            clock: Clock::new(rules, setup, units),
            recent: vec![0; units.div_ceil(8)],
            rules,
            tie: tie(&setup.values),
            temperature: setup.values.number(TEMPERATURE),
            thermal: None,
        };
        if rules.thermal {
            let record = Record::new(&setup.values, run.temperature, units);
            run.thermal = Some(Thermal { schedule: schedule(&setup.values), record });
            run.follow_course();
        }
        run.settle_in(setup, model);
        run
    }

    /// With other dice, and as if so many updates had been made.
    pub fn resumed(mut self, rng: Rng, age: u64) -> Self {
        (self.clock.rng, self.clock.age) = (rng, age);
        self.follow_course();
        self
    }

    /// Goes on as a run of another spec, from the state it is in; with the `same` model or another.
    pub fn go_on<M: Energy + Conditional<Cache = C>>(
        &mut self,
        before: &Setup,
        setup: &Setup,
        model: &M,
        same: bool,
    ) {
        let (sweep, units) = (self.sweep_length(), self.state.spins().len());
        self.rules.adjust(&mut self.clock.update, &before.values, &setup.values, units);
        if self.sweep_length() != sweep {
            self.recent.fill(0);
        }
        self.tie = tie(&setup.values);
        self.temperature = setup.values.number(TEMPERATURE);
        if let Some(Thermal { schedule: course, record }) = &mut self.thermal {
            *course = schedule(&setup.values);
            let mut fresh = Record::new(&setup.values, self.temperature, units);
            if same {
                fresh.inherit(record);
            }
            *record = fresh;
        }
        self.follow_course();
        self.state.refresh(model);
        self.settle_in(setup, model);
    }

    /// Takes the temperature that the course has for the sweep that begins or is under way.
    fn follow_course(&mut self) {
        let (age, sweep) = (self.clock.age, self.sweep_length());
        let Some(Thermal { schedule, record }) = &mut self.thermal else { return };
        if let Some(schedule) = schedule {
            self.temperature = schedule.temperature_at(age / sweep);
        }
        self.clock.update.set_temperature(self.temperature);
        if record.temperature() != self.temperature {
            record.turn(self.temperature);
        }
    }

    /// Measures after a sweep, and goes on to the temperature of the next.
    fn end_sweep<M: Energy + Conditional<Cache = C>>(&mut self, model: &M) {
        if let Some(Thermal { record, .. }) = &mut self.thermal {
            let energy = model.energy_cached(self.state.spins(), self.state.cache());
            record.add(energy, self.state.spins(), self.clock.age);
        }
        self.follow_course();
        let feels = self.feels();
        self.clock.at_rest = feels != Feels::Heat && at_rest(model, &mut self.state, feels);
    }

    fn settle_in<M: Conditional<Cache = C>>(&mut self, setup: &Setup, model: &M) {
        setup.clamped.iter().enumerate().for_each(|(unit, &held)| self.state.clamp(unit, held));
        let feels = self.feels();
        self.clock.at_rest = self.clock.update.is_cycling() || at_rest(model, &mut self.state, feels);
    }

    /// Makes up to so many updates, fewer if it comes to rest; the number made.
    pub fn advance<M: Energy + Conditional<Cache = C>>(&mut self, model: &M, updates: u64) -> u64 {
        if self.thermal.is_none() {
            return self.stretch(model, updates);
        }
        let sweep = self.sweep_length();
        let mut done = 0;
        while done < updates {
            let made = self.stretch(model, (updates - done).min(sweep - self.clock.age % sweep));
            done += made;
            if made == 0 {
                break;
            }
            if self.clock.age.is_multiple_of(sweep) {
                self.end_sweep(model);
            }
        }
        done
    }

    /// The same at one temperature.
    fn stretch<M: Conditional<Cache = C>>(&mut self, model: &M, updates: u64) -> u64 {
        if updates == 0 || self.clock.at_rest {
            return 0;
        }
        let (feels, sweep) = (self.feels(), self.sweep_length());
        let recent = &mut self.recent;
        let mut acceptance = self.thermal.as_mut().map(|thermal| &mut thermal.record.acceptance);
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
            if let Some(acceptance) = &mut acceptance {
                acceptance.count(visit);
            }
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
        let course_ends = |schedule: &Schedule| self.clock.age / self.sweep_length() < schedule.sweeps();
        match (self.temperature, &self.thermal) {
            _ if self.is_deterministic() => Feels::Certain(self.tie),
            (_, Some(Thermal { schedule: Some(schedule), .. })) if course_ends(schedule) => Feels::Heat,
            // Where a course has ended, settled means that no unit wants to change.
            (0.0, Some(_)) => Feels::Certain(Tie::Keep),
            (0.0, None) => Feels::Coin,
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

    /// What was measured, of a run that is.
    pub fn record(&self) -> Option<&Record> {
        self.thermal.as_ref().map(|thermal| &thermal.record)
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

    /// The generator of its dice.
    pub fn rng(&self) -> &Rng {
        &self.clock.rng
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
        if let Some(record) = self.record() {
            bytes.extend(postcard::to_allocvec(record).expect("plain data in memory"));
        }
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
        let fail = |error| LabError::new("snapshot", error);
        let (saved, rest): ((Vec<i8>, C, Clock), _) = postcard::take_from_bytes(core).map_err(fail)?;
        let record: Option<Record> = match &self.thermal {
            Some(_) => Some(postcard::from_bytes(rest).map_err(fail)?),
            None => None,
        };
        let (spins, cache, clock) = saved;
        let units = self.clock.flips.len();
        let fits = recent.len() == self.recent.len()
            && record.as_ref().is_none_or(|record| self.record().is_some_and(|known| known.fits(record)));
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
        let sweeps = self.clock.age / self.sweep_length();
        if let (Some(thermal), Some(record)) = (&mut self.thermal, record) {
            thermal.record = record;
            // The temperature is that of the moment.
            if let Some(schedule) = &thermal.schedule {
                self.temperature = schedule.temperature_at(sweeps);
            }
        }
        Ok(())
    }
}

impl Clock {
    fn new(rules: &Rules, setup: &Setup, units: usize) -> Self {
        Self {
            update: rules.start(&setup.values, units),
            rng: Rng::new(setup.spec.seed, Stream::Dynamics, 0),
            age: 0,
            at_rest: false,
            visited: None,
            flips: vec![0; units],
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
