//! The deep belief net, built of restricted machines one upon the other, live at the bench.
//!
//! The course of learning is gone through once for each of them, from the bottom up: each learns what the hidden units below it
//! make of the pictures, and those below stay as they are. Until the next one begins to learn, the net is those there are.
//! Names, if it learns some, are units beside the layer that the machine at the top sees.
//!
//! Weights by hand ("weights", "biases") are those of all machines from the bottom up, a row a hidden unit, and of each machine
//! the biases of the units it sees, then of its hidden ones. What was learned is given as the arrays `weights_1`, `weights_2` …
//! (hidden, seen), `visible_bias_1` … and `hidden_bias_1` …, names last among what the top machine sees.

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod layers;
mod measured;
mod parameters;
mod stack;

use std::cell::RefCell;
use std::rc::Rc;

use engram::bipartite::Step;
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use engram::rng::{Lanes, Rng};

use super::common::GreyBench;
use super::learners::{self, Data, Learns, State, Training, Unit, drawn};
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::machine::{Explanation, Term};
use crate::setup::Setup;
use layers::Layers;
use measured::{Measured, Told};
use stack::Stack;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "belief_net",
    label: "deep belief net",
    summary: "Machines upon machines: each layer learns what the one below makes of the pictures, and the top dreams for all",
    source: "G. E. Hinton, S. Osindero & Y. W. Teh, Neural Computation 18 (2006) 1527",
    example: r#"{ "v": 1, "model": "belief_net", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden": 8, "second": 6, "epochs": 20 } }"#,
    takes: Takes { weights: Weights::Layers, ..learners::TAKES },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Training<Model>>::open(setup),
};

/// Most additions for one step of learning: a few tenths of a second.
const MOST_WORK: usize = 2_000_000_000;

struct Model {
    data: Rc<Data>,
    how: Contrastive,
    told: Told,
    /// Units of each layer from the visible one up, names not among them.
    sizes: Vec<usize>,
    /// Units for names.
    labels: usize,
    seed: u64,
    /// Operations of a step of learning, roughly.
    work: u64,
    /// Room to work in, of each machine: they differ in size.
    scratch: Vec<RefCell<Scratch>>,
}

impl Model {
    /// How many machines there are.
    fn machines(&self) -> usize {
        self.sizes.len() - 1
    }

    /// Units that a machine sees, hidden ones that it has, and those of the first that are names.
    fn shape(&self, machine: usize) -> (usize, usize, usize) {
        let labels = if machine + 1 == self.machines() { self.labels } else { 0 };
        (self.sizes[machine] + labels, self.sizes[machine + 1], labels)
    }
}

impl Learns for Model {
    type Net = Stack;
    type Mind = Layers;
    type Measured = Measured;

    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError> {
        let layers = ["hidden", "second", "third"].map(|key| setup.values.number(key) as usize);
        let sizes: Vec<usize> = [data.cells].into_iter().chain(layers).filter(|&units| units > 0).collect();
        let how = Contrastive {
            chains: Chains::Data,
            steps: setup.values.number("steps") as u32,
            centred: false,
            sparsity: None,
        };
        how.check().map_err(|error| LabError::new("params", error))?;
        let told = Told::of(&setup.spec);
        let labels = if told.names { data.classes.len() } else { 0 };
        let weights: usize = sizes.windows(2).map(|pair| (pair[0] + labels) * pair[1]).sum();
        let batch = (setup.values.number("batch") as usize).min(data.count());
        // About a fourth of all units are on.
        let work = weights.saturating_mul(batch).saturating_mul(how.steps as usize + 2) / 4 + weights;
        if work > MOST_WORK {
            return Err(LabError::new(
                "params.steps",
                format_args!(
                    "{} steps for {batch} pictures through {weights} weights would take seconds for each step of learning: take fewer",
                    how.steps
                ),
            ));
        }
        let model = Self {
            data: Rc::clone(data),
            how,
            told,
            sizes,
            labels,
            seed: setup.spec.seed,
            work: work as u64,
            scratch: layers.map(|_| RefCell::default()).into(),
        };
        model.first(setup)?;
        Ok(model)
    }

    fn begin(&self, setup: &Setup) -> Stack {
        let machines = self.first(setup).expect("it was made before");
        // Unless there is something to learn it is whole from the start.
        let learns = self.data.count() > 0 && setup.values.number("epochs") > 0.0;
        self.stack(&machines, if learns { 0 } else { self.machines() - 1 })
    }

    fn arrays(&self, net: &Stack) -> Vec<Array> {
        parameters::arrays(net)
    }

    fn with_arrays(&self, _: &Setup, arrays: &Arrays<'_>) -> Result<Stack, LabError> {
        Ok(self.stack(&self.of_arrays(arrays)?, self.machines() - 1))
    }

    fn fits(&self, net: &Stack) -> bool {
        let fits = |(machine, learner): (usize, &Learner)| {
            let (visible, hidden, labels) = self.shape(machine);
            learner.fits(visible, hidden, labels, &self.how)
        };
        net.machines.len() == self.machines()
            && net.course < self.machines()
            && net.machines.iter().enumerate().all(fits)
    }

    fn is_sound(&self, net: &Stack) -> bool {
        net.machines.iter().all(Learner::is_sound)
    }

    fn work(&self) -> u64 {
        self.work
    }

    fn names(&self) -> usize {
        self.labels
    }

    fn courses(&self) -> u64 {
        self.machines() as u64
    }

    fn enter(&self, net: &mut Stack, course: u64) {
        // A layer that has been learned from stays as it is.
        net.course = net.course.max(course as usize);
    }

    fn learn(&self, net: &mut Stack, pictures: &[usize], step: Step) {
        let batch = self.data.seen(self.labels > 0, pictures.iter().copied());
        net.learn(&self.how, &batch, self.data.cells, step, &mut self.scratch[net.course].borrow_mut());
    }

    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Layers {
        Layers::of(drawn(self.data.cells, self.labels, cells, rng), self.sizes[1])
    }

    fn mind_fits(&self, mind: &Layers) -> bool {
        mind.fits(self.data.cells, self.labels, &self.sizes)
    }

    fn stir(&self, net: &Stack, mind: &mut Layers, held: &[bool], dice: &mut Lanes) {
        mind.stir(net, self.data.cells, held, dice);
    }

    fn chances(&self, net: &Stack, mind: &Layers) -> Vec<Vec<f32>> {
        let rows = net.machines[0].sampler().visible_means(&mind.first);
        rows.chunks_exact(net.machines[0].sampler().visible()).map(<[f32]>::to_vec).collect()
    }

    fn measure(&self, net: &Stack) -> Measured {
        self.measured(net)
    }

    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2] {
        let mut measured = state.measured.scalars(self.told);
        measured.push(self.free_energy(&state.net, &state.thought.mind));
        measured.push((state.net.course + 1) as f64);
        let means = self.hidden_means(&state.net, &state.thought.mind);
        let active = means.iter().map(|&mean| f64::from(mean)).sum::<f64>() / means.len() as f64;
        [measured, vec![100.0 * active]]
    }

    fn says(&self, measured: &Measured) -> String {
        measured.says(self.data.unseen_count())
    }

    fn explain(&self, net: &Stack, thought: &Layers, cells: &[f64], unit: usize) -> Explanation {
        let weights = net.machines[0].sampler().net();
        let bias = f64::from(weights.seen[unit]);
        let term = |(hidden, &state): (usize, &u8)| {
            Term::new(hidden, f64::from(weights.weights.at(unit, hidden)), f64::from(state))
        };
        let terms: Vec<Term> = thought.first.cells(0).iter().enumerate().map(term).collect();
        Explanation::of_terms(unit, cells[unit], bias, &terms)
    }

    fn layer(&self, setup: &Setup, state: &State<Self>, key: &str) -> Option<Layer> {
        self.picture_of(setup, state, key)
    }

    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }

    fn unit(&self, net: &Stack, key: &str, unit: usize) -> Option<Unit> {
        let first = net.machines[0].sampler().net();
        (key == "filters" && unit < self.drawn(0)).then(|| Unit::of(first, &self.data, 0, unit))
    }

    #[cfg(feature = "exact")]
    fn exact(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        self.report(setup, state, steps)
    }
}
