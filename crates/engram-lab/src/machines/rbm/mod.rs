//! The restricted Boltzmann machine, which learns and then dreams, live at the bench.
//!
//! The grid is the picture in its visible units; names, if it learns some, are units that the grid does not show.

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod layers;
mod measured;

use std::cell::RefCell;
use std::rc::Rc;

use engram::bipartite::{Step, WIDTH};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch, Sparsity};
use engram::models::rbm::{Ais, Rbm};
use engram::rng::{Lanes, Rng, Stream};

use super::common::GreyBench;
use super::learners::{
    self, Annealing, Data, Learns, State, Training, Unit, arrays_of, check_biases, dice, outright,
};
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::learned::{Estimating, Side};
use crate::machine::{Explanation, Term};
use crate::setup::Setup;
use crate::value::number_of;
use layers::Layers;
use measured::{MOST_HIDDEN, Measured, Told};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "rbm",
    label: "restricted Boltzmann machine",
    summary: "Two layers that learn what pictures are made of: hidden units become features, and what it believes can be drawn as dreams",
    source: "G. E. Hinton, Neural Computation 14 (2002) 1771; T. Tieleman, ICML 2008; H. Larochelle & Y. Bengio, ICML 2008",
    example: r#"{ "v": 1, "model": "rbm", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden": 6, "epochs": 20 } }"#,
    takes: Takes { weights: Weights::Bipartite, ..learners::TAKES },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Training<Model>>::open(setup),
};

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
    /// Operations of a step of learning, roughly.
    work: u64,
    /// Room to work in.
    scratch: RefCell<Scratch>,
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
        check_biases(setup)?;
        if let Some(rows) = &setup.spec.weights {
            let (weights, of_visible, of_hidden) =
                outright(setup, rows, self.visible(), MOST_HIDDEN as usize)?;
            return Rbm::new(weights, of_visible, of_hidden, self.labels)
                .map_err(|error| LabError::new("weights", error));
        }
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        let log_odds = setup.values.flag("log_odds");
        let rates = if log_odds { self.data.rates(self.labels > 0) } else { vec![0.5; self.visible()] };
        Rbm::fresh(self.hidden, self.labels, setup.values.number("spread"), &rates, &mut rng)
            .map_err(|error| LabError::new("params.hidden", error))
    }
}

impl Learns for Model {
    type Net = Learner;
    type Mind = Layers;
    type Measured = Measured;

    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError> {
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
        let scratch = RefCell::default();
        let model = Self { data: Rc::clone(data), how, told, hidden, labels, work: 0, scratch };
        let exact = if how.is_none() {
            (model.visible() * model.hidden) << model.visible().min(model.hidden).min(40)
        } else {
            0
        };
        let model = Self { work: (draws + exact + 2 * batch * hidden + visible * hidden) as u64, ..model };
        model.first(setup)?;
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
        Ok(model)
    }

    fn begin(&self, setup: &Setup) -> Learner {
        self.learner(setup, &self.first(setup).expect("it was made before"))
    }

    fn arrays(&self, net: &Learner) -> Vec<Array> {
        arrays_of(net.sampler().net(), self.visible(), self.hidden, "")
    }

    fn with_arrays(&self, setup: &Setup, arrays: &Arrays<'_>) -> Result<Learner, LabError> {
        let (visible, hidden) = (self.visible(), self.hidden);
        let weights = arrays.of_shape("weights", &[hidden, visible])?.to_vec();
        let of_visible = arrays.of_shape("visible_bias", &[visible])?.to_vec();
        let of_hidden = arrays.of_shape("hidden_bias", &[hidden])?.to_vec();
        let machine = Rbm::new(weights, of_visible, of_hidden, self.labels)
            .map_err(|error| LabError::new("weights", error))?;
        Ok(self.learner(setup, &machine))
    }

    fn fits(&self, net: &Learner) -> bool {
        net.fits(self.visible(), self.hidden, self.labels, &self.how())
    }

    fn is_sound(&self, net: &Learner) -> bool {
        net.is_sound()
    }

    fn work(&self) -> u64 {
        self.work
    }

    fn names(&self) -> usize {
        self.labels
    }

    fn learn(&self, net: &mut Learner, pictures: &[usize], step: Step) {
        let batch = self.data.seen(self.labels > 0, pictures.iter().copied());
        match &self.how {
            Some(how) => net.learn(how, &batch, step, &mut self.scratch.borrow_mut()),
            None => net.learn_exactly(&batch, step),
        }
    }

    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Layers {
        Layers::of(learners::drawn(self.data.cells, self.labels, cells, rng), self.hidden)
    }

    fn mind_fits(&self, mind: &Layers) -> bool {
        mind.fits(self.visible(), self.hidden)
    }

    fn stir(&self, net: &Learner, mind: &mut Layers, held: &[bool], dice: &mut Lanes) {
        mind.stir(net.sampler(), held, dice);
    }

    fn chances(&self, net: &Learner, mind: &Layers) -> Vec<Vec<f32>> {
        mind.chances(net.sampler())
    }

    fn posteriors(&self, net: &Learner) -> Option<Vec<Vec<f64>>> {
        (self.labels > 0).then(|| net.sampler().label_posteriors(&self.data.all(true, Side::Unseen)))
    }

    fn features(&self, net: &Learner, of: Side) -> Option<Vec<f64>> {
        let pictures = self.data.all(false, of);
        let means = net.sampler().hidden_means(&pictures);
        let mut rows = vec![0.0; pictures.copies() * self.hidden];
        for (k, slice) in means.iter().enumerate() {
            let (panel, copy) = (k / pictures.copies(), k % pictures.copies());
            let row = &mut rows[copy * self.hidden..][..self.hidden];
            row[panel * WIDTH..].iter_mut().zip(slice).for_each(|(to, &mean)| *to = f64::from(mean));
        }
        Some(rows)
    }

    fn free_energies(&self, net: &Learner, of: Side) -> Option<Vec<f64>> {
        Some(net.sampler().free_energies(&self.data.all(self.labels > 0, of)))
    }

    fn estimate(&self, net: &Learner, runs: usize, steps: usize, dice: Lanes) -> Option<Box<dyn Estimating>> {
        let rates = self.data.rates(self.labels > 0);
        Some(Box::new(Annealing(Ais::new(net.sampler(), &rates, runs, steps, dice))))
    }

    fn measure(&self, net: &Learner) -> Measured {
        self.measured(net)
    }

    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2] {
        let thought = &state.thought.mind;
        let mut measured = state.measured.scalars(self.told);
        measured.push(state.net.sampler().free_energies(&thought.visible)[0]);
        let active = self.hidden_means(&state.net, thought).iter().sum::<f64>() / self.hidden as f64;
        [measured, vec![100.0 * active]]
    }

    fn says(&self, measured: &Measured) -> String {
        measured.says(self.data.unseen_count())
    }

    fn explain(&self, net: &Learner, thought: &Layers, cells: &[f64], unit: usize) -> Explanation {
        let weights = net.sampler().net();
        let bias = f64::from(weights.seen[unit]);
        let term = |(hidden, &mean): (usize, &f64)| {
            Term::new(hidden, f64::from(weights.weights.at(unit, hidden)), mean)
        };
        let terms: Vec<Term> = self.hidden_means(net, thought).iter().enumerate().map(term).collect();
        Explanation::of_terms(unit, cells[unit], bias, &terms)
    }

    fn layer(&self, setup: &Setup, state: &State<Self>, key: &str) -> Option<Layer> {
        self.picture_of(setup, state, key)
    }

    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }

    fn unit(&self, net: &Learner, key: &str, unit: usize) -> Option<Unit> {
        (key == "filters" && unit < self.drawn())
            .then(|| Unit::of(net.sampler().net(), &self.data, self.labels, unit))
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

impl Model {
    /// A learner of this machine, whose chains begin afresh.
    fn learner(&self, setup: &Setup, machine: &Rbm) -> Learner {
        let rates = self.data.rates(self.labels > 0);
        let seed = setup.spec.seed;
        let mut of_chains = Rng::new(seed, Stream::Learning, dice::CHAINS);
        let learning = Lanes::new(seed, Stream::Learning, dice::LEARNING);
        Learner::new(machine, &self.how(), &rates, &mut of_chains, &learning)
            .expect("settings and data were checked")
    }

    /// How likely each hidden unit is to be on beside the picture on the grid.
    fn hidden_means(&self, net: &Learner, thought: &Layers) -> Vec<f64> {
        let means = net.sampler().hidden_means(&thought.visible);
        (means.as_flattened().iter().take(self.hidden)).map(|&mean| f64::from(mean)).collect()
    }
}
