//! The restricted Boltzmann machine, which learns and then dreams, live at the bench.
//!
//! The grid is the picture in its visible units; names, if it learns some, are units that the grid does not show. While it
//! learns an update is a mini-batch and a sweep an epoch; with every update its dreams take a step of the Gibbs sampler,
//! and once all epochs are over they alone go on.

mod describe;
mod figures;
mod measured;

use engram::bipartite::{Groups, Lists, Step, draw, probabilities};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch, Sparsity};
use engram::models::rbm::Rbm;
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;

use super::common::{self, GreyBench, GreyModel};
use super::learners::{self, Data, rate_at};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
use crate::figure::{Figure, Part};
use crate::machine::{Explanation, Observation, Outcome, Source, Term};
use crate::setup::Setup;
use crate::value::number_of;
use measured::{Measured, Told};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "rbm",
    label: "restricted Boltzmann machine",
    summary: "Two layers that learn what pictures are made of: hidden units become features, and what it believes can be drawn as dreams",
    source: "G. E. Hinton, Neural Computation 14 (2002) 1771; T. Tieleman, ICML 2008; H. Larochelle & Y. Bengio, ICML 2008",
    example: r#"{ "v": 1, "model": "rbm", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden": 9, "epochs": 20 } }"#,
    takes: Takes {
        weights: Weights::Bipartite,
        grey: true,
        cells: 64 * 64,
        data: learners::data_set,
        ..Takes::NET
    },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Model>::open(setup),
};

/// The dice of what is drawn, by the index of their stream of learning.
mod dice {
    pub const WEIGHTS: u64 = 0;
    pub const CHAINS: u64 = 1;
    pub const LEARNING: u64 = 2;
    /// Epoch e is shuffled by the stream that is so far on.
    pub const FIRST_EPOCH: u64 = 16;
}

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
    /// Room to work in.
    scratch: RefCell<Scratch>,
}

#[derive(Clone, Serialize, Deserialize)]
struct State {
    learner: Learner,
    /// Mini-batches done.
    done: u64,
    /// What it dreams: the visible and the hidden units of the picture on the grid, then of the wall.
    visible: Lists,
    hidden: Lists,
    dice: [[u32; 4]; 4],
    measured: Measured,
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
        if let Some(rows) = &setup.spec.weights {
            return given(setup, rows, self.visible(), self.labels);
        }
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        let all = self.data.seen(self.labels > 0, 0..self.data.count());
        let log_odds = setup.values.flag("log_odds").then_some(&all);
        Rbm::fresh(
            self.hidden,
            self.labels,
            setup.values.number("spread"),
            log_odds,
            self.visible(),
            &mut rng,
        )
        .map_err(|error| LabError::new("params.hidden", error))
    }

    /// The picture of these cells: grey ones are drawn, each ink with the probability that its grey says.
    fn picture(&self, setup: &Setup, cells: &[f64], visible: &mut Lists, rng: &mut Rng) {
        visible.clear(0);
        for (unit, &level) in cells.iter().enumerate() {
            if rng.bernoulli(0.5 * (1.0 + level)) {
                visible.push(0, unit as u16);
            }
        }
        if self.labels > 0 {
            let label = rng.below(self.labels as u32) as usize;
            visible.push(0, (self.data.cells + asked(setup).unwrap_or(label)) as u16);
        }
    }

    /// Draws the hidden, then the visible units of all dreams; held cells and an asked name stay.
    fn dream(&self, setup: &Setup, state: &mut State) {
        let mut dice = Lanes::of(state.dice);
        let sampler = state.learner.sampler();
        let before = state.visible.copy(0).to_vec();
        sampler.draw_hidden(&state.visible, &[], &mut dice, &mut state.hidden);
        sampler.draw_visible(&state.hidden, &[], &mut dice, &mut state.visible);
        if setup.clamped.contains(&true) {
            let held = |unit: u16| setup.clamped.get(usize::from(unit)) == Some(&true);
            let drawn = state.visible.copy(0).iter().copied().filter(|&unit| !held(unit));
            let mut units: Vec<u16> = drawn.chain(before.into_iter().filter(|&unit| held(unit))).collect();
            units.sort_unstable();
            state.visible.clear(0);
            units.iter().for_each(|&unit| state.visible.push(0, unit));
        }
        self.hold_name(setup, &mut state.visible);
        state.dice = dice.state();
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

    /// How likely ink is in each cell of a dream, given its hidden units.
    fn chances(&self, state: &State, copies: usize) -> Vec<Vec<f32>> {
        let sampler = state.learner.sampler();
        let mut hidden = state.hidden.clone();
        hidden.resize(copies);
        let layer = sampler.down();
        let mut means = vec![[0.0; engram::bipartite::WIDTH]; layer.bias.len() * copies];
        probabilities(layer, &hidden, &mut means);
        let width = engram::bipartite::WIDTH;
        let of = |copy: usize| {
            (0..self.data.cells).map(|unit| means[unit / width * copies + copy][unit % width]).collect()
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
    setup.values.word("class").parse().ok()
}

/// The machine of weights given outright: a row a hidden unit, and the biases of the visible units, then of the hidden ones.
fn given(setup: &Setup, rows: &[Vec<f64>], visible: usize, labels: usize) -> Result<Rbm, LabError> {
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
        let batches = data.count().div_ceil(batch) as u64;
        let plan = setup.values.number("epochs") as u64 * batches;
        let scratch = RefCell::default();
        let model = Self { data, how, told, hidden, labels, batch, batches, plan, scratch };
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
        }
        drop(first);
        Ok(Some(model))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        // What only dreams, or only the rate of the next step, depend on.
        const FREE: [&str; 10] = [
            "rate",
            "schedule",
            "momentum",
            "decay",
            "after",
            "wall",
            "show",
            "class",
            "completion",
            "spread",
        ];
        let values = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| !FREE.contains(&key));
            values
        };
        values(setup) == values(other)
            && Data::are_same(setup, other)
            && setup.spec.weights == other.spec.weights
            && setup.spec.biases == other.spec.biases
    }

    fn start(&self, setup: &Setup, cells: &[f64], rng: &mut Rng) -> State {
        let machine = self.first(setup).expect("it was made before");
        let all = self.data.seen(self.labels > 0, 0..self.data.count());
        let seed = setup.spec.seed;
        let mut of_chains = Rng::new(seed, Stream::Learning, dice::CHAINS);
        let learning = Lanes::new(seed, Stream::Learning, dice::LEARNING);
        let learner = Learner::new(&machine, &self.how(), &all, &mut of_chains, &learning)
            .expect("settings and data were checked");
        let copies = 1 + setup.values.number("wall") as usize;
        let mut state = State {
            learner,
            done: 0,
            visible: Lists::new(self.visible(), copies),
            hidden: Lists::new(self.hidden, copies),
            dice: Lanes::new(seed, Stream::Dynamics, 1).state(),
            measured: Measured::default(),
        };
        self.picture(setup, cells, &mut state.visible, rng);
        for copy in 1..copies {
            for unit in 0..self.data.cells {
                if rng.bernoulli(0.5) {
                    state.visible.push(copy, unit as u16);
                }
            }
            if self.labels > 0 {
                let label = rng.below(self.labels as u32) as usize;
                state.visible.push(copy, (self.data.cells + label) as u16);
            }
        }
        self.hold_name(setup, &mut state.visible);
        self.raise(&mut state);
        state.measured = self.measure(&state);
        state
    }

    fn take_over(&self, setup: &Setup, state: &State, cells: &[f64]) -> State {
        if !self.fits(state) {
            let mut rng = Rng::new(setup.spec.seed, Stream::Dynamics, 0);
            return self.start(setup, cells, &mut rng);
        }
        let mut state = state.clone();
        let copies = 1 + setup.values.number("wall") as usize;
        let before = state.visible.copies();
        state.visible.resize(copies);
        state.hidden.resize(copies);
        // New dreams begin where the others are.
        for copy in before..copies {
            let (visible, hidden) = (state.visible.clone(), state.hidden.clone());
            state.visible.take(copy, &visible, copy % before);
            state.hidden.take(copy, &hidden, copy % before);
        }
        self.hold_name(setup, &mut state.visible);
        state
    }

    fn fits(&self, state: &State) -> bool {
        state.learner.fits(self.visible(), self.hidden, self.labels, &self.how())
            && state.visible.fits(self.visible())
            && state.hidden.fits(self.hidden)
            && state.visible.copies() == state.hidden.copies()
            && state.visible.copies() > 0
    }

    fn show(&self, setup: &Setup, state: &State, cells: &mut Vec<f64>) {
        if setup.values.word("show") == "probabilities" {
            let chances = &self.chances(state, 1)[0];
            let held = state.visible.cells(0);
            for (unit, &chance) in chances.iter().enumerate() {
                let level = if setup.clamped[unit] { f32::from(held[unit]) } else { chance };
                cells.push(2.0 * f64::from(level) - 1.0);
            }
            return;
        }
        cells.extend(
            state.visible.cells(0)[..self.data.cells].iter().map(|&cell| 2.0 * f64::from(cell) - 1.0),
        );
    }

    fn step(&self, setup: &Setup, state: &mut State) -> bool {
        if state.done < self.plan {
            self.learn(setup, state);
            if state.done.is_multiple_of(self.batches) && measured::wanted(state.done / self.batches)
                || state.done == self.plan
            {
                state.measured = self.measure(state);
            }
        }
        self.dream(setup, state);
        self.rests(setup, state)
    }

    fn at_rest(&self, setup: &Setup, state: &State) -> bool {
        self.rests(setup, state)
    }

    fn sweep_length(&self, _: &Setup) -> u64 {
        self.batches
    }

    fn observe(&self, setup: &Setup, state: &State, _: &[f64]) -> Observation {
        let mut picture = state.visible.clone();
        picture.resize(1);
        let energy = state.learner.sampler().free_energies(&picture)[0];
        let active = state.hidden.copy(0).len() as f64 / self.hidden as f64;
        let t = if self.plan > 0 { state.done as f64 / self.plan as f64 } else { 0.0 };
        let rate = if state.done < self.plan { rate_at(&setup.values, t) } else { 0.0 };
        let mut scalars = state.measured.scalars(self.told);
        scalars.extend([energy, state.done as f64 / self.batches as f64, rate, 100.0 * active]);
        Observation { scalars, per_memory: Vec::new() }
    }

    fn outcome(&self, _: &Setup, state: &State, cells: &[f64], _: bool) -> Outcome {
        if state.done < self.plan {
            return Outcome::NotSettled { unstable: cells.len(), sampling: false, reads: None };
        }
        if !state.learner.is_sound() {
            let says = "the weights have run away and are no numbers any more: take a lower learning rate";
            return Outcome::Answer { valid: false, says: says.to_owned() };
        }
        Outcome::Answer { valid: true, says: state.measured.says(self.data.unseen_count()) }
    }

    fn explain(&self, _: &Setup, state: &State, cells: &[f64], unit: usize) -> Explanation {
        let net = state.learner.sampler().net();
        let bias = f64::from(net.seen[unit]);
        let mut contributions: Vec<Term> = (state.hidden.copy(0).iter())
            .map(|&hidden| {
                let weight = f64::from(net.weights.at(unit, usize::from(hidden)));
                Term { unit: usize::from(hidden), weight, state: 1.0, value: weight }
            })
            .collect();
        contributions.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        let field = bias + contributions.iter().map(|term| term.value).sum::<f64>();
        let next = if field > 0.0 { 1.0 } else { -1.0 };
        Explanation { unit, field, bias, state: cells[unit], next, from: Source::Unit, contributions }
    }

    fn layer(&self, setup: &Setup, state: &State, key: &str, _: usize) -> Result<Option<Layer>, LabError> {
        self.picture_of(setup, state, key)
    }

    fn figure(&self, setup: &Setup, state: &State, _: &[f64], key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }
}

impl Model {
    fn rests(&self, setup: &Setup, state: &State) -> bool {
        state.done >= self.plan && setup.values.word("after") == "rest"
    }

    /// Draws the hidden units beside the pictures that dreams begin with.
    fn raise(&self, state: &mut State) {
        let mut dice = Lanes::of(state.dice);
        let up = state.learner.sampler().up();
        draw(
            up,
            &state.visible,
            Groups { single: self.hidden, slopes: &[] },
            &mut dice,
            &mut state.hidden,
            None,
        );
        state.dice = dice.state();
    }
}

/// What is laid over the grid.
fn over(setup: &Setup, values: impl Iterator<Item = f32>) -> Layer {
    common::over_grid(setup, values.map(|p| 2.0 * p - 1.0).collect())
}
