//! The run of any machine that learns from many pictures and then dreams.
//!
//! While it learns an update is a mini-batch and a sweep an epoch; with every update the dreams of the wall take a step,
//! and once all epochs are over the picture on the grid does, too.

use std::cell::RefCell;
use std::rc::Rc;

use engram::bipartite::Step;
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};

use super::arrays::parameters;
use super::close_up::close_up;
use super::figures::{Tile, level, over, wall};
use super::known::Known;
use super::model::{Learns, Mind, dice};
use super::{CLASSES, DRAWN, Data, rate_at};
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::learned::Learned;
use crate::machine::{Explanation, Observation, Outcome};
use crate::machines::common::GreyModel;
use crate::plan::LEARNED;
use crate::ready;
use crate::resolve::HOLDING;
use crate::setup::Setup;
use crate::value::number_of;

/// Layers with dice of their own.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound = "M: Mind")]
pub struct Dream<M: Mind> {
    /// Their states.
    pub mind: M,
    /// Whether hidden units have been drawn yet.
    pub drawn: bool,
    dice: [[u32; 4]; 4],
}

/// What the rest of a run depends on.
#[derive(Serialize, Deserialize)]
#[serde(bound = "L: Learns")]
pub struct State<L: Learns> {
    /// What is learned.
    pub net: L::Net,
    /// Mini-batches done.
    pub done: u64,
    /// The picture on the grid.
    pub thought: Dream<L::Mind>,
    /// Dreams of the wall, and where they were when all was learned: from there they go on when a new cue is shown.
    pub wall: Dream<L::Mind>,
    learned: Option<Dream<L::Mind>>,
    /// Mini-batches in each of the epochs that `done` counts.
    per_epoch: u64,
    /// What was measured last.
    pub measured: L::Measured,
}

impl<L: Learns> Clone for State<L> {
    fn clone(&self) -> Self {
        Self {
            net: self.net.clone(),
            done: self.done,
            thought: self.thought.clone(),
            wall: self.wall.clone(),
            learned: self.learned.clone(),
            per_epoch: self.per_epoch,
            measured: self.measured.clone(),
        }
    }
}

/// A model with its pictures and the course of its learning.
pub struct Training<L: Learns> {
    pub(super) model: L,
    pub(super) data: Rc<Data>,
    /// Pictures of a mini-batch, and mini-batches of an epoch and of all epochs.
    batch: usize,
    pub(super) batches: u64,
    pub(super) plan: u64,
    /// What learning begins with, if that was learned before.
    given: Option<L::Net>,
    /// The order of the pictures of an epoch, which the next mini-batch is likely of, too.
    order: RefCell<(u64, u64, Vec<usize>)>,
}

/// Settings that only dreams, or only the next steps, depend on.
const FREE: [&str; 9] = ["rate", "schedule", "momentum", "decay", "after", "wall", "show", "class", HOLDING];

/// What was learned before, by the name that the spec says.
fn given<L: Learns>(model: &L, setup: &Setup) -> Result<Option<L::Net>, LabError> {
    let Some(name) = &setup.spec.learned else { return Ok(None) };
    if setup.spec.weights.is_some() || setup.spec.biases.is_some() {
        let message = "weights are either given outright or by the name of a file; leave out one of the two";
        return Err(LabError::new(LEARNED, message));
    }
    let net = ready::arrays(name).and_then(|arrays| model.with_arrays(setup, &Arrays(&arrays)));
    net.map(Some).map_err(|error| {
        LabError::new(LEARNED, format_args!("'{name}' is of another machine than this: {error}"))
    })
}

/// Whether it is measured after so many epochs: ever more seldom, so that it costs little.
fn is_measured(epoch: u64) -> bool {
    epoch.is_multiple_of(1 << epoch.max(1).ilog2().saturating_sub(4))
}

/// The name that dreams are asked for.
fn asked(setup: &Setup) -> Option<usize> {
    CLASSES.iter().position(|class| *class == setup.values.word("class"))
}

impl<L: Learns> Training<L> {
    fn dream(&self, setup: &Setup, cells: &[&[f64]], begins: u64, index: u64) -> Dream<L::Mind> {
        let seed = setup.spec.seed;
        let mut mind = self.model.mind(cells, &mut Rng::new(seed, Stream::Dynamics, begins));
        let dice = Lanes::new(seed, Stream::Dynamics, index).state();
        self.hold_name(setup, &mut mind);
        Dream { mind, drawn: false, dice }
    }

    /// The thought that begins with these cells.
    fn think(&self, setup: &Setup, cells: &[f64]) -> Dream<L::Mind> {
        self.dream(setup, &[cells], dice::CUE, dice::THOUGHT)
    }

    /// Dreams for the wall, which begin with nothing known.
    fn wall(&self, setup: &Setup) -> Dream<L::Mind> {
        let unknown = vec![0.0; self.data.cells];
        let copies = setup.values.number("wall") as usize;
        self.dream(setup, &vec![&unknown[..]; copies], dice::COINS, dice::WALL)
    }

    fn hold_name(&self, setup: &Setup, mind: &mut L::Mind) {
        if let Some(name) = asked(setup).filter(|&name| name < self.model.names()) {
            mind.name(self.data.cells, name);
        }
    }

    /// Goes on with a thought, of which some cells are held, or with the dreams of the wall.
    fn go_on(&self, setup: &Setup, net: &L::Net, dream: &mut Dream<L::Mind>, held: Option<&[bool]>) {
        let mut dice = Lanes::of(dream.dice);
        match held {
            Some(held) => self.model.stir(net, &mut dream.mind, held, &mut dice),
            None => self.model.dream(net, &mut dream.mind, &mut dice),
        }
        (dream.dice, dream.drawn) = (dice.state(), true);
        self.hold_name(setup, &mut dream.mind);
    }

    fn learn(&self, setup: &Setup, state: &mut State<L>) {
        let (epoch, batch) = (state.done / self.batches, (state.done % self.batches) as usize);
        let seed = setup.spec.seed;
        let mut order = self.order.borrow_mut();
        if (order.0, order.1) != (seed, epoch) || order.2.len() != self.data.count() {
            let mut rng = Rng::new(seed, Stream::Learning, dice::FIRST_EPOCH + epoch);
            *order = (seed, epoch, self.data.epoch(&mut rng));
        }
        let pictures = order.2.chunks(self.batch).nth(batch).unwrap_or_default();
        let step = Step {
            rate: self.rate(setup, state.done) as f32,
            momentum: setup.values.number("momentum") as f32,
            decay: setup.values.number("decay") as f32,
        };
        self.model.enter(&mut state.net, state.done * self.model.courses() / self.plan);
        self.model.learn(&mut state.net, pictures, step);
        state.done += 1;
    }

    /// The learning rate of the step after so many; 0 if it learns no more.
    fn rate(&self, setup: &Setup, done: u64) -> f64 {
        if done >= self.plan {
            return 0.0;
        }
        let course = self.plan / self.model.courses();
        rate_at(&setup.values, (done % course) as f64 / course as f64)
    }

    /// Cells of the dreams on the wall: what was drawn, or how likely ink is.
    pub(super) fn dreamt(&self, state: &State<L>, likely: bool) -> Vec<Tile> {
        let (mind, cells) = (&state.wall.mind, self.data.cells);
        if likely && mind.copies() > 0 {
            let chances = self.model.chances(&state.net, mind);
            return chances
                .iter()
                .map(|chances| chances[..cells].iter().map(|&p| level(p)).collect())
                .collect();
        }
        (0..mind.copies())
            .map(|copy| mind.units(copy)[..cells].iter().map(|&cell| cell as f32).collect())
            .collect()
    }

    fn dreams(&self, setup: &Setup, state: &State<L>, part: Part) -> Figure {
        let likely = setup.values.word("show") != DRAWN;
        let dreams = match part {
            Part::Still => vec![vec![f32::NAN; self.data.cells]; state.wall.mind.copies()],
            Part::Moving => self.dreamt(state, likely),
        };
        wall(setup, &dreams, L::DREAMS[usize::from(likely)], part)
    }

    /// A run in which this was learned in so many mini-batches, and nothing dreamt yet.
    fn beginning(&self, setup: &Setup, net: L::Net, done: u64, cells: &[f64]) -> State<L> {
        let (thought, wall) = (self.think(setup, cells), self.wall(setup));
        let learned = (done == self.plan).then(|| wall.clone());
        let measured = self.model.measure(&net);
        State { net, done, thought, wall, learned, per_epoch: self.batches, measured }
    }

    fn rests(&self, setup: &Setup, state: &State<L>) -> bool {
        state.done >= self.plan && setup.values.word("after") == "rest"
    }
}

impl<L: Learns> GreyModel for Training<L> {
    type State = State<L>;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let data = match known.filter(|(old, _)| Data::are_same(old, setup)) {
            Some((_, training)) => Rc::clone(&training.data),
            None => Rc::new(Data::new(setup, L::GREY)?),
        };
        let model = L::make(setup, &data)?;
        let batch = setup.values.number("batch") as usize;
        let batches = data.count().div_ceil(batch).max(1) as u64;
        let course = if data.count() == 0 { 0 } else { setup.values.number("epochs") as u64 * batches };
        let plan = course * model.courses();
        let given = given(&model, setup)?;
        Ok(Some(Self { model, data, batch, batches, plan, given, order: RefCell::default() }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let values = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| !FREE.contains(&key));
            values
        };
        values(setup) == values(other)
            && Data::are_same(setup, other)
            && setup.spec.seed == other.spec.seed
            && setup.spec.weights == other.spec.weights
            && setup.spec.biases == other.spec.biases
            && setup.spec.learned == other.spec.learned
    }

    fn start(&self, setup: &Setup, cells: &[f64], _: &mut Rng) -> State<L> {
        let net = self.given.clone().unwrap_or_else(|| self.model.begin(setup));
        self.beginning(setup, net, 0, cells)
    }

    fn restart(&self, setup: &Setup, before: &State<L>, cells: &[f64]) -> Option<(State<L>, u64)> {
        let mut state = before.clone();
        state.thought = self.think(setup, cells);
        if before.done >= self.plan {
            state.wall = before.learned.clone().unwrap_or_else(|| self.wall(setup));
        }
        Some((state, before.done))
    }

    fn take_over(&self, setup: &Setup, state: &State<L>, cells: &[f64], same: bool) -> State<L> {
        if !self.fits(state) {
            return self.start(setup, cells, &mut Rng::new(setup.spec.seed, Stream::Dynamics, 0));
        }
        let mut state = state.clone();
        let (wanted, there) = (setup.values.number("wall") as usize, state.wall.mind.copies());
        if there == 0 {
            state.wall = self.wall(setup);
        } else {
            state.wall.mind.widen(wanted);
        }
        // As many epochs as before, where one has another number of mini-batches now.
        let done = u128::from(state.done) * u128::from(self.batches) / u128::from(state.per_epoch.max(1));
        state.done = u64::try_from(done).unwrap_or(u64::MAX);
        state.per_epoch = self.batches;
        if self.plan > 0 && state.done >= self.plan {
            // What has learned all that it is to learn now is not left in the middle.
            self.model.enter(&mut state.net, self.model.courses() - 1);
        }
        if !same {
            state.measured = self.model.measure(&state.net);
        }
        state.learned = state.learned.filter(|_| state.done >= self.plan && there > 0);
        if let Some(wall) = &mut state.learned {
            wall.mind.widen(wanted);
        }
        self.hold_name(setup, &mut state.thought.mind);
        self.hold_name(setup, &mut state.wall.mind);
        if setup.values.word(HOLDING) == "held" {
            // Known cells are those of the cue, whatever has been dreamt since.
            let certain = setup.levels.iter().copied().enumerate().filter(|(_, level)| level.abs() == 1.0);
            state.thought.mind.set(0, &certain.collect::<Vec<_>>());
        }
        state
    }

    fn fits(&self, state: &State<L>) -> bool {
        let fits = |dream: &Dream<L::Mind>| self.model.mind_fits(&dream.mind);
        self.model.fits(&state.net)
            && fits(&state.thought)
            && state.thought.mind.copies() == 1
            && fits(&state.wall)
            && (state.learned.iter())
                .all(|dream| fits(dream) && dream.mind.copies() == state.wall.mind.copies())
    }

    fn show(&self, setup: &Setup, state: &State<L>, cells: &mut Vec<f64>) {
        let mut now = state.thought.mind.units(0);
        now.truncate(self.data.cells);
        // Until hidden units are drawn the grid shows the cue.
        if setup.values.word("show") == DRAWN || !state.thought.drawn {
            cells.extend(now);
            return;
        }
        let chances = self.model.chances(&state.net, &state.thought.mind).swap_remove(0);
        for ((chance, now), &held) in chances.into_iter().zip(now).zip(&setup.clamped) {
            cells.push(if held { now } else { 2.0 * f64::from(chance) - 1.0 });
        }
    }

    fn step(&self, setup: &Setup, state: &mut State<L>) -> bool {
        if state.done < self.plan {
            self.learn(setup, state);
            let over = state.done.is_multiple_of(self.batches);
            if over && is_measured(state.done / self.batches) || state.done == self.plan {
                state.measured = self.model.measure(&state.net);
            }
        } else {
            // The picture on the grid waits until all is learned, so that what comes of it does not depend on when it was
            // shown.
            self.go_on(setup, &state.net, &mut state.thought, Some(&setup.clamped));
        }
        if state.wall.mind.copies() > 0 {
            self.go_on(setup, &state.net, &mut state.wall, None);
        }
        if state.done >= self.plan && state.learned.is_none() {
            state.learned = Some(state.wall.clone());
        }
        self.rests(setup, state)
    }

    fn at_rest(&self, setup: &Setup, state: &State<L>) -> bool {
        self.rests(setup, state)
    }

    fn sweep_length(&self, _: &Setup) -> u64 {
        self.batches
    }

    fn work(&self) -> Option<u64> {
        Some(self.model.work())
    }

    fn observe(&self, setup: &Setup, state: &State<L>, _: &[f64]) -> Observation {
        let [mut scalars, behind] = self.model.scalars(state);
        scalars.extend([state.done as f64 / self.batches as f64, self.rate(setup, state.done)]);
        scalars.extend(behind);
        Observation { scalars, per_memory: Vec::new() }
    }

    fn outcome(&self, _: &Setup, state: &State<L>, _: &[f64], at_rest: bool) -> Outcome {
        if !self.model.is_sound(&state.net) {
            let says = "the weights have run away: take a lower learning rate";
            return Outcome::Answer { valid: false, says: says.to_owned() };
        }
        let found = self.model.says(&state.measured);
        let epochs = number_of((state.done / self.batches) as usize, "epoch");
        if at_rest {
            return Outcome::Answer { valid: true, says: found };
        }
        let says = match state.done {
            0 if self.plan > 0 && self.given.is_some() => {
                format!("it is about to learn on from what was learned before; {found}")
            }
            0 if self.plan > 0 => "it has learned nothing yet".to_owned(),
            0 => format!("it dreams by the weights it was given; {found}"),
            done if done < self.plan => {
                let stage = self.model.stage(&state.net).map_or(String::new(), |stage| format!(" {stage}"));
                format!("it is learning{stage}; after {epochs} {found}")
            }
            _ => format!("it has learned for {epochs} and dreams; {found}"),
        };
        Outcome::Underway { says }
    }

    fn explain(&self, _: &Setup, state: &State<L>, cells: &[f64], unit: usize) -> Explanation {
        self.model.explain(&state.net, &state.thought.mind, cells, unit)
    }

    fn layer(&self, setup: &Setup, state: &State<L>, key: &str, _: usize) -> Result<Option<Layer>, LabError> {
        if key == "probability" {
            let chances = self.model.chances(&state.net, &state.thought.mind).swap_remove(0);
            return Ok(Some(over(setup, chances.into_iter().take(self.data.cells))));
        }
        if let Some(layer) = parameters(setup, key, || self.model.arrays(&state.net))? {
            return Ok(Some(layer));
        }
        Ok(self.model.layer(setup, state, key))
    }

    fn figure(&self, setup: &Setup, state: &State<L>, _: &[f64], key: &str, part: Part) -> Option<Figure> {
        match key {
            "dreams" => Some(self.dreams(setup, state, part)),
            _ => self.model.figure(setup, state, key, part),
        }
    }

    fn close_up(
        &self,
        setup: &Setup,
        state: &State<L>,
        key: &str,
        index: usize,
        part: Part,
    ) -> Option<Figure> {
        let unit = self.model.unit(&state.net, key, index)?;
        Some(close_up(setup, &self.data, &unit, part))
    }

    fn learned<'a>(&'a self, _: &'a Setup, state: &'a State<L>) -> Option<Box<dyn Learned + 'a>> {
        Some(Box::new(Known { training: self, state }))
    }

    fn put(
        &self,
        setup: &Setup,
        arrays: &[Array],
        cells: &[f64],
    ) -> Option<Result<(State<L>, u64), LabError>> {
        let net = self.model.with_arrays(setup, &Arrays(arrays));
        Some(net.map(|net| (self.beginning(setup, net, self.plan, cells), self.plan)))
    }

    #[cfg(feature = "exact")]
    fn exact_learning(
        &self,
        setup: &Setup,
        state: &State<L>,
        steps: Option<u32>,
    ) -> Option<Result<LearningReport, LabError>> {
        Some(self.model.exact(setup, state, steps))
    }
}
