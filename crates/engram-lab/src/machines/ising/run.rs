//! A run of the lattice: its state, and all that its rest depends on.

use engram::dynamics::tempering::{Exchanges, LatticeTempering};
use engram::dynamics::{Board, Dice, Schedule};
use engram::lattice::{Edges, Lattice};
use engram::models::ising::{Ising, Packed, Sums};
use engram::observe::lattice::Wave;
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};

use super::super::common::{schedule, tempering};
use super::describe::{BEGIN, TEMPERATURE, UPDATE};
use super::record::Record;
use super::rule::Rule;
use crate::LabError;
use crate::setup::Setup;

/// What a run depends on beside the spec, as snapshots hold it.
#[derive(Serialize, Deserialize)]
struct Core {
    age: u64,
    at_rest: bool,
    lanes: [[u32; 4]; 4],
    rng: Rng,
    spins: Vec<u8>,
}

/// The rest of it where there are many temperatures: the states at all but the coldest, and who exchanged with whom.
type Hot = (Vec<Vec<u8>>, Exchanges);

/// A run. The state is held as bits, which single flips work on, and as bytes, which clusters work on and the grid shows;
/// between calls they are the same. At many temperatures it is the state at the coldest.
pub struct Run {
    pub model: Ising,
    pub record: Record,
    pub wave: Wave,
    board: Board,
    held: Vec<bool>,
    rule: Rule,
    word: String,
    temperature: f64,
    course: Option<Schedule>,
    dice: Dice,
    age: u64,
    at_rest: bool,
    packed: Packed,
    spins: Vec<i8>,
    sums: Sums,
    /// The state when the sweep began.
    before: Packed,
}

/// The model that a checked setup names.
pub fn model(setup: &Setup) -> Result<Ising, LabError> {
    let edges = if setup.values.word("boundary") == "free" { Edges::Free } else { Edges::Periodic };
    let (width, height) = (setup.resolved.width, setup.resolved.height);
    let lattice = Lattice::new(width, height, edges).map_err(|error| LabError::new("params", error))?;
    let (coupling, field) = (setup.values.number("coupling"), setup.values.number("field"));
    Ising::new(lattice, coupling, field).map_err(|error| LabError::new("params", error))
}

/// The state that a run begins with: as the spec says, a coin for what is unknown there; if it says nothing, as the setting
/// does.
fn start(setup: &Setup) -> Vec<i8> {
    let mut spins = setup.start.clone();
    if setup.spec.start.is_default() && setup.spec.patterns.is_empty() {
        match setup.values.word(BEGIN) {
            "up" => spins.fill(1),
            "down" => spins.fill(-1),
            _ => {}
        }
    }
    let mut rng = Rng::new(setup.spec.seed, Stream::Start, 1);
    spins.iter_mut().filter(|spin| **spin == 0).for_each(|spin| *spin = rng.spin());
    spins
}

/// The course that the temperature follows; of many temperatures the coldest stays.
fn course(setup: &Setup) -> Option<Schedule> {
    if tempering::is_set(&setup.values) { None } else { schedule(&setup.values) }
}

impl Run {
    /// At the start of a spec's run.
    pub fn new(setup: &Setup, model: Ising) -> Self {
        let (lattice, spins) = (*model.lattice(), start(setup));
        let packed = Packed::new(lattice, &spins);
        let temperature = setup.values.number(TEMPERATURE);
        let mut run = Self {
            record: Record::new(temperature, spins.len()),
            wave: Wave::new(lattice.height()),
            board: Board::new(lattice, &setup.clamped),
            held: setup.clamped.clone(),
            rule: Rule::of(&setup.values, &model, &packed, None),
            word: setup.values.word(UPDATE).to_owned(),
            temperature,
            course: course(setup),
            dice: Dice::new(setup.spec.seed),
            age: 0,
            at_rest: false,
            sums: packed.sums(),
            before: packed.clone(),
            packed,
            spins,
            model,
        };
        run.follow_course();
        run.at_rest = run.is_frozen();
        run
    }

    /// Goes on as a run of another spec, from the state it is in.
    pub fn go_on(&mut self, setup: &Setup, model: Ising) {
        self.course = course(setup);
        self.word = setup.values.word(UPDATE).to_owned();
        // States at hotter temperatures stay as they are, unless the lattice or what is held there is another.
        let is_kept = self.held == setup.clamped && *self.model.lattice() == *model.lattice();
        if !is_kept {
            self.board = Board::new(*model.lattice(), &setup.clamped);
            self.held = setup.clamped.clone();
        }
        let temperature = setup.values.number(TEMPERATURE);
        if model == self.model {
            self.record.turn(temperature);
        } else {
            self.record = Record::new(temperature, self.spins.len());
        }
        // Of the lattice with its edges as they are now.
        self.packed = Packed::new(*model.lattice(), &self.spins);
        self.before = self.packed.clone();
        self.sums = self.packed.sums();
        self.model = model;
        self.temperature = temperature;
        self.rule = Rule::of(&setup.values, &self.model, &self.packed, is_kept.then_some(&self.rule));
        self.follow_course();
        self.at_rest = self.is_frozen();
    }

    /// Takes the temperature that the course has for the sweep that begins or is under way.
    fn follow_course(&mut self) {
        let Some(course) = &self.course else { return };
        let temperature = course.temperature_at(self.age / self.sweep_length());
        if temperature != self.temperature {
            self.temperature = temperature;
            self.rule = Rule::at(&self.word, &self.model, temperature);
        }
        if self.record.temperature() != temperature {
            self.record.turn(temperature);
        }
    }

    /// Whether the temperature is still to change.
    fn is_on_course(&self) -> bool {
        self.course.as_ref().is_some_and(|course| self.age / self.sweep_length() < course.sweeps())
    }

    /// Whether nothing can change any more: no cell may, or it is cold and every single flip would cost energy.
    fn is_frozen(&self) -> bool {
        if self.held.iter().all(|&held| held) {
            return true;
        }
        let model = &self.model;
        matches!(self.rule, Rule::Single(_))
            && self.temperature == 0.0
            && !self.is_on_course()
            && self.board.tally(&self.packed, |spin, sum| f64::from(spin) * model.local(sum) <= 0.0) == 0
    }

    /// Makes up to so many updates, fewer if it comes to rest; the number made.
    pub fn advance(&mut self, updates: u64) -> u64 {
        let sweep = self.sweep_length();
        let mut done = 0;
        while done < updates && !self.at_rest {
            let place = self.age % sweep;
            if place == 0 {
                self.before.clone_from(&self.packed);
            }
            let changed = self.update(place as usize);
            self.age += 1;
            done += 1;
            if self.age.is_multiple_of(sweep) {
                if self.rule.works_on_bits() {
                    self.sums = self.packed.sums();
                }
                let on_course = self.is_on_course();
                self.record.add(&self.model, &self.packed, self.sums, &self.wave, on_course);
                self.follow_course();
            }
            if !changed && self.temperature == 0.0 {
                self.at_rest = self.is_frozen();
            }
        }
        if done > 0 && self.rule.works_on_bits() {
            self.packed.write(&mut self.spins);
            self.sums = self.packed.sums();
        }
        done
    }

    /// One update; whether anything changed.
    fn update(&mut self, place: usize) -> bool {
        let Self { rule, model, spins, packed, held, dice, sums, .. } = self;
        let acceptance = &mut self.record.acceptance;
        match rule {
            Rule::Single(flips) => {
                let changed = flips.pass(&self.board, packed, place, dice);
                acceptance.proposed += self.board.count(place);
                acceptance.accepted += changed;
                changed > 0
            }
            Rule::Wolff(wolff) => {
                let flip = wolff.step(model, spins, held, &mut dice.rng);
                if flip.flipped {
                    wolff.cluster().iter().for_each(|&cell| packed.flip(cell as usize));
                    sums.pairs += flip.change.pairs;
                    sums.spins += flip.change.spins;
                }
                acceptance.add(flip.flipped);
                flip.flipped
            }
            Rule::SwendsenWang(rule) => {
                let (_, changed) = rule.step(model, spins, held, &mut dice.rng);
                *packed = Packed::new(*model.lattice(), spins);
                *sums = packed.sums();
                acceptance.proposed += spins.len() as u64;
                acceptance.accepted += changed;
                changed > 0
            }
            Rule::Tempering(ladder) => {
                let changed = ladder.sweep(model, &self.board, place, dice);
                if place == 0 {
                    let colours = 0..model.lattice().colours();
                    acceptance.proposed += colours.map(|colour| self.board.count(colour)).sum::<u64>();
                    acceptance.accepted += changed;
                }
                packed.clone_from(ladder.state(0));
                changed > 0
            }
        }
    }

    /// Whether nothing more can happen.
    pub fn at_rest(&self) -> bool {
        self.at_rest
    }

    /// Updates in one sweep.
    pub fn sweep_length(&self) -> u64 {
        self.rule.sweep_length(&self.model)
    }

    /// Updates made.
    pub fn age(&self) -> u64 {
        self.age
    }

    /// The state, a byte a cell.
    pub fn spins(&self) -> &[i8] {
        &self.spins
    }

    /// The state, a bit a cell.
    pub fn packed(&self) -> &Packed {
        &self.packed
    }

    /// The state when the sweep began.
    pub fn before(&self) -> &Packed {
        &self.before
    }

    /// What energy and magnetisation are made of.
    pub fn sums(&self) -> Sums {
        self.sums
    }

    /// The replicas, where there are many temperatures.
    pub fn ladder(&self) -> Option<&LatticeTempering> {
        if let Rule::Tempering(ladder) = &self.rule { Some(ladder) } else { None }
    }

    /// The temperature of the next update; of many, the coldest.
    pub fn temperature(&self) -> f64 {
        self.temperature
    }

    /// How many cells would turn over at zero temperature.
    pub fn unstable(&self) -> usize {
        let model = &self.model;
        self.board.tally(&self.packed, |spin, sum| f64::from(spin) * model.local(sum) < 0.0) as usize
    }

    /// What the rest of the run depends on, as bytes.
    pub fn core(&self) -> Vec<u8> {
        let core = Core {
            age: self.age,
            at_rest: self.at_rest,
            lanes: self.dice.lanes.state(),
            rng: self.dice.rng.clone(),
            spins: self.packed.to_bytes(),
        };
        let mut bytes = postcard::to_allocvec(&core).expect("plain data in memory");
        if let Some(ladder) = self.ladder() {
            let hot: Hot =
                (ladder.states().skip(1).map(Packed::to_bytes).collect(), ladder.exchanges().clone());
            bytes.extend(postcard::to_allocvec(&hot).expect("plain data in memory"));
        }
        bytes
    }

    /// The core, and after it what is only shown.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut bytes = self.core();
        let shown = (&self.record, self.before.to_bytes());
        bytes.extend(postcard::to_allocvec(&shown).expect("plain data in memory"));
        bytes
    }

    /// Puts a snapshot back.
    ///
    /// # Errors
    /// Bytes that are no snapshot, or one of a lattice of another size; then nothing has changed.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        let fail = |error| LabError::new("snapshot", error);
        let (core, mut rest): (Core, _) = postcard::take_from_bytes(snapshot).map_err(fail)?;
        let mut hot = None;
        if self.ladder().is_some() {
            let taken: (Hot, _) = postcard::take_from_bytes(rest).map_err(fail)?;
            (hot, rest) = (Some(taken.0), taken.1);
        }
        let (record, before): (Record, Vec<u8>) = postcard::from_bytes(rest).map_err(fail)?;
        let lattice = *self.model.lattice();
        let unpack = |bytes: &Vec<u8>| Packed::from_bytes(lattice, bytes);
        let size = || LabError::new("snapshot", "it was taken of a machine of another size");
        let (Some(packed), Some(before), true) =
            (unpack(&core.spins), unpack(&before), self.record.fits(&record))
        else {
            return Err(size());
        };
        if let (Rule::Tempering(ladder), Some((hotter, exchanges))) = (&mut self.rule, hot) {
            let states: Option<Vec<Packed>> =
                std::iter::once(Some(packed.clone())).chain(hotter.iter().map(unpack)).collect();
            let rungs = ladder.temperatures().len();
            let fits = |states: &Vec<Packed>| states.len() == rungs && exchanges.swaps().len() + 1 == rungs;
            ladder.restore(&self.model, states.filter(fits).ok_or_else(size)?, exchanges);
        }
        (self.packed, self.before, self.record) = (packed, before, record);
        self.packed.write(&mut self.spins);
        self.sums = self.packed.sums();
        self.dice = Dice { lanes: Lanes::of(core.lanes), rng: core.rng };
        (self.age, self.at_rest) = (core.age, core.at_rest);
        // The temperature is that of the moment, and so is what is measured.
        self.follow_course();
        Ok(())
    }
}
