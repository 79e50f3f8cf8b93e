//! A replica at many temperatures at once.

use engram::dynamics::State;
use engram::dynamics::tempering::{Exchanges, Tempering};
use engram::rng::Rng;
use serde::{Deserialize, Serialize};

use super::describe::COLDEST;
use super::glass::Glass;
use crate::LabError;
use crate::figure::{Figure, Part};
use crate::machines::common::{Record, tempering};
use crate::setup::Setup;
use crate::values::Values;

/// What the rest of the run depends on, and what is shown of its last round.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Core {
    tempering: Tempering<Vec<f64>>,
    rng: Rng,
    age: u64,
    /// The coldest state when the round began, and where it differed at the end of the last round from that at its
    /// beginning.
    before: Vec<i8>,
    flips: Vec<u16>,
}

/// Parallel tempering with what is measured at its coldest temperature. One update is one sweep at one temperature; a
/// round of all of them, and of exchanges, counts as a sweep.
pub struct Ladder {
    core: Core,
    record: Record,
}

/// Temperatures of checked settings.
fn temperatures(values: &Values) -> Vec<f64> {
    tempering::temperatures(values, COLDEST)
}

impl Ladder {
    /// Every temperature begins with a copy of a state.
    pub fn new(setup: &Setup, glass: &Glass, spins: Vec<i8>, rng: Rng, age: u64) -> Self {
        let temperatures = temperatures(&setup.values);
        let units = spins.len();
        let mut start = State::new(glass, spins.clone());
        setup.clamped.iter().enumerate().for_each(|(unit, &held)| start.clamp(unit, held));
        let tempering = Tempering::new(glass, &temperatures, &start).expect("its temperatures are checked");
        Self {
            core: Core { tempering, rng, age, before: spins, flips: vec![0; units] },
            record: Record::new(&setup.values, temperatures[0], units),
        }
    }

    /// Goes on as that of another setup: where temperatures, couplings or held units are others, from copies of the
    /// coldest state.
    pub fn go_on(&mut self, before: &Setup, setup: &Setup, glass: &Glass, same: bool) {
        let alike = temperatures(&before.values) == temperatures(&setup.values);
        if !(same && alike && before.clamped == setup.clamped) {
            let core = &self.core;
            *self = Self::new(setup, glass, self.state().spins().to_vec(), core.rng.clone(), core.age);
            return;
        }
        let mut record = Record::new(&setup.values, self.temperature(), setup.units());
        record.inherit(&self.record);
        self.record = record;
    }

    /// Makes so many updates.
    pub fn advance(&mut self, glass: &Glass, updates: u64) -> u64 {
        let Core { tempering, rng, age, before, flips } = &mut self.core;
        for _ in 0..updates {
            let round_ended = tempering.sweep(glass, rng);
            *age += 1;
            if round_ended {
                let spins = tempering.state(0).spins();
                for ((flip, old), &new) in flips.iter_mut().zip(before.iter_mut()).zip(spins) {
                    *flip = u16::from(*old != new);
                    *old = new;
                }
                self.record.add(tempering.energy(0), spins, *age);
            }
        }
        updates
    }

    /// At the coldest temperature.
    pub fn state(&self) -> &State<Vec<f64>> {
        self.core.tempering.state(0)
    }

    /// The coldest temperature.
    pub fn temperature(&self) -> f64 {
        self.record.temperature()
    }

    /// Updates in one round.
    pub fn sweep_length(&self) -> u64 {
        self.core.tempering.temperatures().len() as u64
    }

    /// Updates made.
    pub fn age(&self) -> u64 {
        self.core.age
    }

    /// The generator of its dice.
    pub fn rng(&self) -> &Rng {
        &self.core.rng
    }

    /// Per unit, whether the last round changed it.
    pub fn flips(&self) -> &[u16] {
        &self.core.flips
    }

    /// What was measured.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// How often neighbours exchanged.
    pub fn exchanges(&self) -> &Exchanges {
        self.core.tempering.exchanges()
    }

    /// How often neighbours exchanged, drawn.
    pub fn figure(&self, part: Part) -> Figure {
        let temperatures: Vec<f64> = self.core.tempering.temperatures().collect();
        tempering::draw(&temperatures, self.exchanges(), part)
    }

    /// What the rest of the run depends on, as bytes.
    pub fn core(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.core).expect("plain data in memory")
    }

    /// The core and what was measured.
    pub fn snapshot(&self) -> Vec<u8> {
        postcard::to_allocvec(&(&self.core, &self.record)).expect("plain data in memory")
    }

    /// Puts a snapshot back.
    ///
    /// # Errors
    /// Bytes that are no snapshot, or one of another size; then nothing has changed.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        let (core, record): (Core, Record) =
            postcard::from_bytes(snapshot).map_err(|error| LabError::new("snapshot", error))?;
        let size = |core: &Core| (core.flips.len(), core.before.len(), core.tempering.temperatures().len());
        if size(&core) != size(&self.core) || !self.record.fits(&record) {
            return Err(LabError::new("snapshot", "it was taken of a machine of another size"));
        }
        (self.core, self.record) = (core, record);
        Ok(())
    }
}
