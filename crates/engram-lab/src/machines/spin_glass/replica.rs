//! One of the two replicas: a run at one temperature, or at many at once.

use engram::dynamics::{State, Tie};
use engram::rng::{Rng, Stream};

use super::describe::RULES;
use super::glass::Glass;
use super::ladder::Ladder;
use crate::LabError;
use crate::machines::common::{Record, Run, tempering};
use crate::setup::Setup;

/// Tells the random start of the second replica from those that a person draws.
const SECOND_START: u64 = 1 << 32;

/// A run of a glass.
pub enum Replica {
    Single(Run<Vec<f64>>),
    Tempered(Ladder),
}

impl Replica {
    /// At the start: the first begins with the cue, the second with coins of its own, and what is held as it is in the
    /// first.
    pub fn new(setup: &Setup, glass: &Glass, second: bool) -> Self {
        let mut cue = setup.start.clone();
        if second {
            let mut rng = Rng::new(setup.spec.seed, Stream::Start, SECOND_START);
            for (spin, held) in cue.iter_mut().zip(&setup.clamped) {
                let coin = rng.spin();
                *spin = if *held { *spin } else { coin };
            }
        }
        let rng = Rng::new(setup.spec.seed, Stream::Dynamics, u64::from(second));
        Self::from(setup, glass, cue, rng, 0)
    }

    fn from(setup: &Setup, glass: &Glass, spins: Vec<i8>, rng: Rng, age: u64) -> Self {
        if tempering::is_set(&setup.values) {
            Self::Tempered(Ladder::new(setup, glass, spins, rng, age))
        } else {
            Self::Single(Run::new(&RULES, setup, glass, spins).resumed(rng, age))
        }
    }

    /// Goes on as that of another setup, with the `same` glass or another.
    pub fn go_on(&mut self, before: &Setup, setup: &Setup, glass: &Glass, same: bool) {
        match self {
            Self::Single(run) if !tempering::is_set(&setup.values) => run.go_on(before, setup, glass, same),
            Self::Tempered(ladder) if tempering::is_set(&setup.values) => {
                ladder.go_on(before, setup, glass, same)
            }
            _ => {
                let (rng, age) = match self {
                    Self::Single(run) => (run.rng().clone(), run.age()),
                    Self::Tempered(ladder) => (ladder.rng().clone(), ladder.age()),
                };
                *self = Self::from(setup, glass, self.spins().to_vec(), rng, age);
            }
        }
    }

    /// Makes up to so many updates, fewer if it comes to rest; the number made.
    pub fn advance(&mut self, glass: &Glass, updates: u64) -> u64 {
        match self {
            Self::Single(run) => run.advance(glass, updates),
            Self::Tempered(ladder) => ladder.advance(glass, updates),
        }
    }

    /// The state; of many, that at the coldest temperature.
    pub fn state(&self) -> &State<Vec<f64>> {
        match self {
            Self::Single(run) => &run.state,
            Self::Tempered(ladder) => ladder.state(),
        }
    }

    /// Its spins.
    pub fn spins(&self) -> &[i8] {
        self.state().spins()
    }

    /// The temperature that the state shown feels.
    pub fn temperature(&self) -> f64 {
        match self {
            Self::Single(run) => run.temperature(),
            Self::Tempered(ladder) => ladder.temperature(),
        }
    }

    /// Whether nothing more can happen.
    pub fn at_rest(&self) -> bool {
        matches!(self, Self::Single(run) if run.at_rest())
    }

    /// Updates in one sweep.
    pub fn sweep_length(&self) -> u64 {
        match self {
            Self::Single(run) => run.sweep_length(),
            Self::Tempered(ladder) => ladder.sweep_length(),
        }
    }

    /// The unit asked last, if it was one unit.
    pub fn visited(&self) -> Option<u32> {
        match self {
            Self::Single(run) => run.visited(),
            Self::Tempered(_) => None,
        }
    }

    /// Per unit, how often it changed in this sweep.
    pub fn flips(&self) -> &[u16] {
        match self {
            Self::Single(run) => run.flips(),
            Self::Tempered(ladder) => ladder.flips(),
        }
    }

    /// How often units changed over a sweep.
    pub fn changes(&self) -> u32 {
        match self {
            Self::Single(run) => run.changes(),
            Self::Tempered(ladder) => ladder.flips().iter().map(|&flip| u32::from(flip)).sum(),
        }
    }

    /// What was measured.
    pub fn record(&self) -> &Record {
        match self {
            Self::Single(run) => run.record().expect("its rules are thermal"),
            Self::Tempered(ladder) => ladder.record(),
        }
    }

    /// Of the tries to exchange temperatures, the part that was made; no number where there is one temperature.
    pub fn swaps(&self) -> f64 {
        match self {
            Self::Single(_) => f64::NAN,
            Self::Tempered(ladder) => ladder.exchanges().all().rate(),
        }
    }

    /// How many units want to change.
    pub fn unstable(&self, glass: &Glass) -> usize {
        self.state().unstable(glass, Tie::Keep)
    }

    /// What the rest of the run depends on, as bytes.
    pub fn core(&self) -> Vec<u8> {
        match self {
            Self::Single(run) => run.core(),
            Self::Tempered(ladder) => ladder.core(),
        }
    }

    /// The core, and what is only shown.
    pub fn snapshot(&self) -> Vec<u8> {
        match self {
            Self::Single(run) => run.snapshot(),
            Self::Tempered(ladder) => ladder.snapshot(),
        }
    }

    /// Puts a snapshot back.
    ///
    /// # Errors
    /// Bytes that are no snapshot of such a run; then nothing has changed.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        match self {
            Self::Single(run) => run.restore(snapshot),
            Self::Tempered(ladder) => ladder.restore(snapshot),
        }
    }
}
