//! The restricted Boltzmann machine, which learns and then dreams, live at the bench.
//!
//! The grid is the picture in its visible units; names, if it learns some, are units that the grid does not show. While it
//! learns an update is a mini-batch and a sweep an epoch; with every update its dreams take a step of the Gibbs sampler,
//! and once all epochs are over they alone go on.

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod measured;

use engram::bipartite::{Lists, Step, WIDTH, probabilities};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch, Sparsity};
use engram::models::rbm::{Rbm, Sampler};
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;

use super::common::{self, GreyBench, GreyModel};
use super::learners::{self, Data, rate_at};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::machine::{Explanation, Observation, Outcome, Source, Term};
use crate::resolve::HOLDING;
use crate::setup::Setup;
use crate::value::number_of;
use measured::{MOST_HIDDEN, Measured, Told};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "rbm",
    label: "restricted Boltzmann machine",
    summary: "Two layers that learn what pictures are made of: hidden units become features, and what it believes can be drawn as dreams",
    source: "G. E. Hinton, Neural Computation 14 (2002) 1771; T. Tieleman, ICML 2008; H. Larochelle & Y. Bengio, ICML 2008",
    example: r#"{ "v": 1, "model": "rbm", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden": 6, "epochs": 20 } }"#,
    takes: Takes {
        weights: Weights::Bipartite,
        grey: true,
        cells: learners::MOST_CELLS,
        data: learners::data_set,
        ..Takes::NET
    },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Model>::open(setup),
};

/// The dice of what is drawn, by the index of their stream: first those of learning.
mod dice {
    pub const WEIGHTS: u64 = 0;
    pub const CHAINS: u64 = 1;
    pub const LEARNING: u64 = 2;
    /// Of the dynamics: a grey cue, the thought that follows, coins for the wall, and its dreams.
    pub const CUE: u64 = 0;
    pub const THOUGHT: u64 = 1;
    pub const COINS: u64 = 2;
    pub const WALL: u64 = 3;
    /// Epoch e is shuffled by the stream that is so far on.
    pub const FIRST_EPOCH: u64 = 16;
}

/// Most draws for one step of learning: less than half a second.
const MOST_DRAWS: usize = 100_000_000;

/// Most products for one exact gradient: about a tenth of a second.
const MOST_EXACT_WORK: usize = 1 << 25;

struct Model {
    data: Rc<Data>,
    how: Option<Contrastive>,
    told: Told,
    /// Hidden units, and visible ones that are names.
    hidden: usize,
    labels: usize,
    /// Pictures of a mini-batch, and mini-batches of an epoch and of all epochs.
    batch: usize,
    batches: u64,
    plan: u64,
    /// Operations of a step of learning, roughly.
    work: u64,
    /// Room to work in.
    scratch: RefCell<Scratch>,
}

#[derive(Clone, Serialize, Deserialize)]
struct State {
    learner: Learner,
    /// Mini-batches done.
    done: u64,
    /// The picture on the grid, and the hidden units beside it.
    thought: Dream,
    /// Dreams of the wall, and where they were when all was learned: from there they go on when a new cue is shown.
    wall: Dream,
    learned: Option<Dream>,
    /// Mini-batches in each of the epochs that `done` counts.
    per_epoch: u64,
    measured: Measured,
}

/// Both layers of so many copies, with dice of their own.
#[derive(Clone, Serialize, Deserialize)]
struct Dream {
    visible: Lists,
    hidden: Lists,
    /// Whether hidden units have been drawn yet.
    drawn: bool,
    dice: [[u32; 4]; 4],
}

impl Dream {
    /// Pictures beside which no hidden unit has been drawn yet: all are off.
    fn of(visible: Lists, hidden: usize, dice: &Lanes) -> Self {
        Self { hidden: Lists::new(hidden, visible.copies()), visible, drawn: false, dice: dice.state() }
    }

    /// Draws the hidden, then the visible units; those of the first copy that are held stay.
    fn go_on(&mut self, sampler: &Sampler, held: &[bool]) {
        let mut dice = Lanes::of(self.dice);
        let before = self.visible.copy(0).to_vec();
        sampler.draw_hidden(&self.visible, &[], &mut dice, &mut self.hidden);
        sampler.draw_visible(&self.hidden, &[], &mut dice, &mut self.visible);
        (self.dice, self.drawn) = (dice.state(), true);
        if held.contains(&true) {
            let held = |unit: u16| held.get(usize::from(unit)) == Some(&true);
            let drawn = self.visible.copy(0).iter().copied().filter(|&unit| !held(unit));
            let mut units: Vec<u16> = drawn.chain(before.into_iter().filter(|&unit| held(unit))).collect();
            units.sort_unstable();
            self.visible.clear(0);
            units.iter().for_each(|&unit| self.visible.push(0, unit));
        }
    }

    /// Has so many copies from now on: new ones begin where others are.
    fn widen(&mut self, copies: usize) {
        let before = self.visible.copies();
        for units in [&mut self.visible, &mut self.hidden] {
            let others = units.clone();
            units.resize(copies);
            (before..copies).for_each(|copy| units.take(copy, &others, copy % before));
        }
    }

    fn fits(&self, visible: usize, hidden: usize) -> bool {
        let (seen, other) = (&self.visible, &self.hidden);
        seen.fits(visible) && other.fits(hidden) && seen.copies() == other.copies()
    }
}

impl Model {
    fn visible(&self) -> usize {
        self.data.cells + self.labels
    }

    fn learning(setup: &Setup) -> Option<Contrastive> {
        let number = |key| setup.values.number(key);
        let count = number("chains") as usize;
        let chains = match setup.values.word("sampling") {
            "exact" => return None,
            "persistent" => Chains::Persistent { count },
            "fast" => Chains::Fast { count, rate: number("fast_rate") },
            "tempered" => Chains::Tempered { count, temperatures: number("temperatures") as usize },
            _ => Chains::Data,
        };
        let cost = number("sparsity");
        let sparsity = (cost > 0.0).then(|| Sparsity { target: number("target"), cost });
        Some(Contrastive {
            chains,
            steps: number("steps") as u32,
            centred: setup.values.flag("centred"),
            sparsity,
        })
    }

    /// How the chains of a machine that learns by the exact gradient are: there are none.
    fn how(&self) -> Contrastive {
        self.how.unwrap_or(Contrastive { chains: Chains::Data, steps: 1, centred: false, sparsity: None })
    }

    /// The machine that learning begins with.
    fn first(&self, setup: &Setup) -> Result<Rbm, LabError> {
        if setup.spec.weights.is_none() && setup.spec.biases.is_some() {
            return Err(LabError::new(
                "biases",
                "biases come with weights here: give weights, too, or neither",
            ));
        }
        if let Some(rows) = &setup.spec.weights {
            return given(setup, rows, self.visible(), self.labels);
        }
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        let log_odds = setup.values.flag("log_odds");
        let rates = if log_odds { self.data.rates(self.labels > 0) } else { vec![0.5; self.visible()] };
        Rbm::fresh(self.hidden, self.labels, setup.values.number("spread"), &rates, &mut rng)
            .map_err(|error| LabError::new("params.hidden", error))
    }

    /// The thought that begins with these cells: grey ones are drawn, each ink with the probability that its grey says.
    fn think(&self, setup: &Setup, cells: &[f64]) -> Dream {
        let mut rng = Rng::new(setup.spec.seed, Stream::Dynamics, dice::CUE);
        let mut visible = Lists::new(self.visible(), 1);
        for (unit, &level) in cells.iter().enumerate() {
            if rng.bernoulli(0.5 * (1.0 + level)) {
                visible.push(0, unit as u16);
            }
        }
        self.name(&mut visible, 0, &mut rng);
        self.hold_name(setup, &mut visible);
        Dream::of(visible, self.hidden, &Lanes::new(setup.spec.seed, Stream::Dynamics, dice::THOUGHT))
    }

    /// Dreams for the wall, which begin with coins.
    fn wall(&self, setup: &Setup) -> Dream {
        let mut rng = Rng::new(setup.spec.seed, Stream::Dynamics, dice::COINS);
        let mut visible = Lists::new(self.visible(), setup.values.number("wall") as usize);
        for copy in 0..visible.copies() {
            for unit in 0..self.data.cells {
                if rng.bernoulli(0.5) {
                    visible.push(copy, unit as u16);
                }
            }
            self.name(&mut visible, copy, &mut rng);
        }
        self.hold_name(setup, &mut visible);
        Dream::of(visible, self.hidden, &Lanes::new(setup.spec.seed, Stream::Dynamics, dice::WALL))
    }

    /// Gives a copy that has no name one, any.
    fn name(&self, visible: &mut Lists, copy: usize, rng: &mut Rng) {
        if self.labels > 0 {
            visible.push(copy, (self.data.cells + rng.below(self.labels as u32) as usize) as u16);
        }
    }

    /// Puts the name that is asked for into all dreams.
    fn hold_name(&self, setup: &Setup, visible: &mut Lists) {
        let Some(class) = asked(setup).filter(|&class| class < self.labels) else { return };
        for copy in 0..visible.copies() {
            let cells =
                visible.copy(copy).iter().copied().filter(|&unit| usize::from(unit) < self.data.cells);
            let cells: Vec<u16> = cells.collect();
            visible.clear(copy);
            cells.iter().for_each(|&unit| visible.push(copy, unit));
            visible.push(copy, (self.data.cells + class) as u16);
        }
    }

    /// How likely ink is in each cell of dreams, given their hidden units.
    fn chances(&self, state: &State, dream: &Dream) -> Vec<Vec<f32>> {
        let (layer, copies) = (state.learner.sampler().down(), dream.hidden.copies());
        let mut means = vec![[0.0; WIDTH]; layer.bias.len() * copies];
        probabilities(layer, &dream.hidden, &mut means);
        let of = |copy: usize| {
            (0..self.data.cells).map(|unit| means[unit / WIDTH * copies + copy][unit % WIDTH]).collect()
        };
        (0..copies).map(of).collect()
    }

    fn learn(&self, setup: &Setup, state: &mut State) {
        let (epoch, batch) = (state.done / self.batches, (state.done % self.batches) as usize);
        let mut order: Vec<usize> = (0..self.data.count()).collect();
        Rng::new(setup.spec.seed, Stream::Learning, dice::FIRST_EPOCH + epoch).shuffle(&mut order);
        let pictures = order.chunks(self.batch).nth(batch).unwrap_or_default();
        let pictures = self.data.seen(self.labels > 0, pictures.iter().copied());
        let rate = rate_at(&setup.values, state.done as f64 / self.plan as f64);
        let step = Step {
            rate: rate as f32,
            momentum: setup.values.number("momentum") as f32,
            decay: setup.values.number("decay") as f32,
        };
        match &self.how {
            Some(how) => state.learner.learn(how, &pictures, step, &mut self.scratch.borrow_mut()),
            None => state.learner.learn_exactly(&pictures, step),
        }
        state.done += 1;
    }
}

/// The name that dreams are asked for.
fn asked(setup: &Setup) -> Option<usize> {
    learners::CLASSES.iter().position(|class| *class == setup.values.word("class"))
}

/// The machine of weights given outright: a row a hidden unit, and the biases of the visible units, then of the hidden ones.
fn given(setup: &Setup, rows: &[Vec<f64>], visible: usize, labels: usize) -> Result<Rbm, LabError> {
    if rows.len() > MOST_HIDDEN as usize {
        let found = number_of(rows.len(), "row");
        return Err(LabError::new(
            "weights",
            format_args!("{found}: there can be 1 to {MOST_HIDDEN} hidden units"),
        ));
    }
    if let Some((k, row)) = rows.iter().enumerate().find(|(_, row)| row.len() != visible) {
        let message =
            format!("{} for {}", number_of(row.len(), "weight"), number_of(visible, "visible unit"));
        return Err(LabError::new(format!("weights[{k}]"), message));
    }
    let biases = setup.spec.biases.clone().unwrap_or_else(|| vec![0.0; visible + rows.len()]);
    if biases.len() != visible + rows.len() {
        let message = format!(
            "{} for {} and {}",
            number_of(biases.len(), "bias").replace("biass", "biases"),
            number_of(visible, "visible unit"),
            number_of(rows.len(), "hidden unit")
        );
        return Err(LabError::new("biases", message));
    }
    let (of_visible, of_hidden) = biases.split_at(visible);
    Rbm::new(rows.concat(), of_visible.to_vec(), of_hidden.to_vec(), labels)
        .map_err(|error| LabError::new("weights", error))
}

impl GreyModel for Model {
    type State = State;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let data = match known.filter(|(old, _)| Data::are_same(old, setup)) {
            Some((_, model)) => Rc::clone(&model.data),
            None => Rc::new(Data::new(setup)?),
        };
        let told = Told::of(&setup.spec);
        let labels = if told.names { data.classes.len() } else { 0 };
        let hidden = setup.spec.weights.as_ref().map_or(setup.values.number("hidden") as usize, Vec::len);
        let how = Self::learning(setup);
        if let Some(how) = &how {
            how.check().map_err(|error| LabError::new("params", error))?;
        }
        let batch = setup.values.number("batch") as usize;
        let copies = how.map_or(0, |how| how.steps as usize * how.chains.kept().max(batch.min(data.count())));
        let (visible, all) = (data.cells + labels, copies.saturating_mul(data.cells + labels + hidden));
        let draws = all.saturating_add(copies.saturating_mul(visible * hidden) / 32);
        if draws > MOST_DRAWS {
            return Err(LabError::new(
                "params.steps",
                format_args!(
                    "{} of a chain of {} units would take seconds for each step of learning: take fewer steps or chains",
                    number_of(copies, "step"),
                    visible + hidden
                ),
            ));
        }
        let batches = data.count().div_ceil(batch).max(1) as u64;
        let plan = if data.count() == 0 { 0 } else { setup.values.number("epochs") as u64 * batches };
        let scratch = RefCell::default();
        let model = Self { data, how, told, hidden, labels, batch, batches, plan, work: 0, scratch };
        let exact = if how.is_none() {
            (model.visible() * model.hidden) << model.visible().min(model.hidden).min(40)
        } else {
            0
        };
        let model = Self { work: (draws + exact + 2 * batch * hidden + visible * hidden) as u64, ..model };
        let first = model.first(setup)?;
        if how.is_none() {
            let units = model.visible().min(model.hidden);
            if units > measured::MOST_EXACT {
                return Err(LabError::new(
                    "params.sampling",
                    format_args!(
                        "exact needs at most {} units in the smaller layer; this machine has {units}",
                        measured::MOST_EXACT
                    ),
                ));
            }
            if (model.visible() * model.hidden) << units > MOST_EXACT_WORK {
                return Err(LabError::new(
                    "params.sampling",
                    format_args!(
                        "to look at all states of {} and {} would take seconds for each step of learning: take fewer",
                        number_of(model.visible(), "visible unit"),
                        number_of(model.hidden, "hidden unit")
                    ),
                ));
            }
        }
        drop(first);
        Ok(Some(model))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        // What only dreams, or only the rate of the next step, depend on.
        const FREE: [&str; 9] =
            ["rate", "schedule", "momentum", "decay", "after", "wall", "show", "class", "completion"];
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
    }

    fn start(&self, setup: &Setup, cells: &[f64], _: &mut Rng) -> State {
        let machine = self.first(setup).expect("it was made before");
        let rates = self.data.rates(self.labels > 0);
        let seed = setup.spec.seed;
        let mut of_chains = Rng::new(seed, Stream::Learning, dice::CHAINS);
        let learning = Lanes::new(seed, Stream::Learning, dice::LEARNING);
        let learner = Learner::new(&machine, &self.how(), &rates, &mut of_chains, &learning)
            .expect("settings and data were checked");
        let (thought, wall) = (self.think(setup, cells), self.wall(setup));
        let mut state = State {
            learner,
            done: 0,
            thought,
            wall,
            learned: None,
            per_epoch: self.batches,
            measured: Measured::default(),
        };
        if self.plan == 0 {
            state.learned = Some(state.wall.clone());
        }
        state.measured = self.measure(&state);
        state
    }

    fn restart(&self, setup: &Setup, before: &State, cells: &[f64]) -> Option<(State, u64)> {
        let mut state = before.clone();
        state.thought = self.think(setup, cells);
        if before.done >= self.plan {
            state.wall = before.learned.clone().unwrap_or_else(|| self.wall(setup));
        }
        Some((state, before.done))
    }

    fn take_over(&self, setup: &Setup, state: &State, cells: &[f64]) -> State {
        if !self.fits(state) {
            let mut rng = Rng::new(setup.spec.seed, Stream::Dynamics, 0);
            return self.start(setup, cells, &mut rng);
        }
        let mut state = state.clone();
        let (wanted, there) = (setup.values.number("wall") as usize, state.wall.visible.copies());
        if there == 0 {
            state.wall = self.wall(setup);
        } else {
            state.wall.widen(wanted);
        }
        // As many epochs as before, where one has another number of mini-batches now.
        state.done = state.done * self.batches / state.per_epoch.max(1);
        state.per_epoch = self.batches;
        state.learned = state.learned.filter(|_| state.done >= self.plan && there > 0);
        if let Some(wall) = &mut state.learned {
            wall.widen(wanted);
        }
        self.hold_name(setup, &mut state.thought.visible);
        self.hold_name(setup, &mut state.wall.visible);
        if setup.values.word(HOLDING) == "held" {
            // Known cells are those of the cue, whatever has been dreamt since.
            let mut now = state.thought.visible.cells(0);
            let certain = |level: f64| level.abs() == 1.0;
            for (cell, &level) in now.iter_mut().zip(&setup.levels).filter(|(_, level)| certain(**level)) {
                *cell = u8::from(level > 0.0);
            }
            state.thought.visible.set(0, &now);
        }
        state
    }

    fn fits(&self, state: &State) -> bool {
        state.learner.fits(self.visible(), self.hidden, self.labels, &self.how())
            && state.thought.fits(self.visible(), self.hidden)
            && state.thought.visible.copies() == 1
            && state.wall.fits(self.visible(), self.hidden)
            && state.learned.iter().all(|wall| wall.fits(self.visible(), self.hidden))
    }

    fn show(&self, setup: &Setup, state: &State, cells: &mut Vec<f64>) {
        // Until hidden units are drawn the grid shows the cue.
        if setup.values.word("show") == "probabilities" && state.thought.drawn {
            let chances = &self.chances(state, &state.thought)[0];
            let held = state.thought.visible.cells(0);
            for (unit, &chance) in chances.iter().enumerate() {
                let level = if setup.clamped[unit] { f32::from(held[unit]) } else { chance };
                cells.push(2.0 * f64::from(level) - 1.0);
            }
            return;
        }
        let now = state.thought.visible.cells(0);
        cells.extend(now[..self.data.cells].iter().map(|&cell| 2.0 * f64::from(cell) - 1.0));
    }

    fn step(&self, setup: &Setup, state: &mut State) -> bool {
        if state.done < self.plan {
            self.learn(setup, state);
            let over = state.done.is_multiple_of(self.batches);
            if over && measured::wanted(state.done / self.batches) || state.done == self.plan {
                state.measured = self.measure(state);
            }
        } else {
            // The picture on the grid waits until all is learned, so that what comes of it does not depend on when it was
            // shown.
            state.thought.go_on(state.learner.sampler(), &setup.clamped);
            self.hold_name(setup, &mut state.thought.visible);
        }
        if state.wall.visible.copies() > 0 {
            state.wall.go_on(state.learner.sampler(), &[]);
            self.hold_name(setup, &mut state.wall.visible);
        }
        if state.done >= self.plan && state.learned.is_none() {
            state.learned = Some(state.wall.clone());
        }
        self.rests(setup, state)
    }

    fn at_rest(&self, setup: &Setup, state: &State) -> bool {
        self.rests(setup, state)
    }

    fn sweep_length(&self, _: &Setup) -> u64 {
        self.batches
    }

    fn work(&self) -> Option<u64> {
        Some(self.work)
    }

    fn observe(&self, setup: &Setup, state: &State, _: &[f64]) -> Observation {
        let energy = state.learner.sampler().free_energies(&state.thought.visible)[0];
        let active = self.hidden_means(state).iter().sum::<f64>() / self.hidden as f64;
        let t = if self.plan > 0 { state.done as f64 / self.plan as f64 } else { 0.0 };
        let rate = if state.done < self.plan { rate_at(&setup.values, t) } else { 0.0 };
        let mut scalars = state.measured.scalars(self.told);
        scalars.extend([energy, state.done as f64 / self.batches as f64, rate, 100.0 * active]);
        Observation { scalars, per_memory: Vec::new() }
    }

    fn outcome(&self, _: &Setup, state: &State, _: &[f64], at_rest: bool) -> Outcome {
        if !state.learner.is_sound() {
            let says = "the weights have run away and are no numbers any more: take a lower learning rate";
            return Outcome::Answer { valid: false, says: says.to_owned() };
        }
        let found = state.measured.says(self.data.unseen_count());
        let epochs = number_of((state.done / self.batches) as usize, "epoch");
        if at_rest {
            return Outcome::Answer { valid: true, says: found };
        }
        let says = match state.done {
            0 if self.plan > 0 => "it has learned nothing yet".to_owned(),
            0 => format!("it dreams by the weights it was given; {found}"),
            done if done < self.plan => format!("it is learning; after {epochs} {found}"),
            _ => format!("it has learned for {epochs} and dreams; {found}"),
        };
        Outcome::Underway { says }
    }

    fn explain(&self, _: &Setup, state: &State, cells: &[f64], unit: usize) -> Explanation {
        let net = state.learner.sampler().net();
        let bias = f64::from(net.seen[unit]);
        let term = |(hidden, &mean): (usize, &f64)| {
            let weight = f64::from(net.weights.at(unit, hidden));
            Term { unit: hidden, weight, state: mean, value: weight * mean }
        };
        let mut contributions: Vec<Term> = self.hidden_means(state).iter().enumerate().map(term).collect();
        contributions.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        let field = bias + contributions.iter().map(|term| term.value).sum::<f64>();
        let next = if field == 0.0 { cells[unit] } else { field.signum() };
        Explanation { unit, field, bias, state: cells[unit], next, from: Source::Unit, contributions }
    }

    fn layer(&self, setup: &Setup, state: &State, key: &str, _: usize) -> Result<Option<Layer>, LabError> {
        self.picture_of(setup, state, key)
    }

    #[cfg(feature = "exact")]
    fn exact_learning(
        &self,
        setup: &Setup,
        state: &State,
        steps: Option<u32>,
    ) -> Option<Result<LearningReport, LabError>> {
        Some(self.report(setup, state, steps))
    }

    fn figure(&self, setup: &Setup, state: &State, _: &[f64], key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }
}

impl Model {
    /// How likely each hidden unit is to be on beside the picture on the grid.
    fn hidden_means(&self, state: &State) -> Vec<f64> {
        let means = state.learner.sampler().hidden_means(&state.thought.visible);
        (0..self.hidden).map(|unit| f64::from(means[unit / WIDTH][unit % WIDTH])).collect()
    }

    fn rests(&self, setup: &Setup, state: &State) -> bool {
        state.done >= self.plan && setup.values.word("after") == "rest"
    }
}

/// What is laid over the grid.
fn over(setup: &Setup, values: impl Iterator<Item = f32>) -> Layer {
    common::over_grid(setup, values.map(|p| 2.0 * p - 1.0).collect())
}
