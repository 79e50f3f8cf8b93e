//! The restricted Boltzmann machine with Gaussian visible units, which learns pictures in grey, live at the bench.
//!
//! Levels of grey become numbers as the setting `scale` says, which the pictures that it learns from decide; the grid, the
//! wall and cues are in levels from −1 for paper to +1 for ink.
//!
//! As arrays: `weights` (H, V), `visible_bias` (V), `hidden_bias` (H) and `log_variance` (V), `ln σ²`, all in the numbers
//! that it learns from.

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod layers;
mod measured;

use std::rc::Rc;

use engram::bipartite::{Step, WIDTH};
use engram::learning::gaussian_contrastive::{GaussianContrastive, GaussianLearner};
use engram::models::gaussian_rbm::GaussianRbm;
use engram::pattern::Standard;
use engram::rng::{Lanes, Rng, Stream};

use super::common::GreyBench;
use super::learners::{
    self, Data, Learns, State, Training, Unit, arrays_of, called, check_biases, dice, gone_through, outright,
};
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::machine::{Explanation, Term};
use crate::setup::Setup;
use crate::value::number_of;
use layers::{Layers, levels_of, shown};
use measured::{MOST_HIDDEN, Measured, Told};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "gaussian_rbm",
    label: "Gaussian Boltzmann machine",
    summary: "Two layers that learn pictures in grey: hidden units add strokes to a picture, and what they leave open is normal noise",
    source: "M. Welling, M. Rosen-Zvi & G. E. Hinton, NIPS 17 (2004); K. Cho, A. Ilin & T. Raiko, ICANN 2011",
    example: r#"{ "v": 1, "model": "gaussian_rbm", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden": 6, "epochs": 20 } }"#,
    takes: Takes { weights: Weights::Bipartite, ..learners::TAKES },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Training<Model>>::open(setup),
};

/// Most products for one step of learning: about half a second.
const MOST_WORK: usize = 1_500_000_000;

struct Model {
    data: Rc<Data>,
    how: GaussianContrastive,
    told: Told,
    hidden: usize,
    seed: u64,
    /// Operations of a step of learning, roughly.
    work: u64,
}

impl Model {
    /// How levels of grey become numbers.
    fn standard(&self) -> &Standard {
        self.data.standard().expect("grey pictures have one")
    }

    /// The machine that learning begins with.
    fn first(&self, setup: &Setup) -> Result<GaussianRbm, LabError> {
        check_biases(setup)?;
        let cells = self.data.cells;
        if let Some(rows) = &setup.spec.weights {
            let (weights, of_visible, of_hidden) = outright(setup, rows, cells, MOST_HIDDEN as usize)?;
            return GaussianRbm::new(weights, of_visible, of_hidden, vec![0.0; cells])
                .map_err(|error| LabError::new("weights", error));
        }
        let mut rng = Rng::new(setup.spec.seed, Stream::Learning, dice::WEIGHTS);
        GaussianRbm::fresh(cells, self.hidden, setup.values.number("spread"), &mut rng)
            .map_err(|error| LabError::new("params.hidden", error))
    }

    /// A learner of this machine, whose chains begin afresh.
    fn learner(&self, machine: &GaussianRbm) -> GaussianLearner {
        let of_chains = Rng::new(self.seed, Stream::Learning, dice::CHAINS);
        let learning = Lanes::new(self.seed, Stream::Learning, dice::LEARNING);
        GaussianLearner::new(machine, &self.how, of_chains, &learning).expect("settings were checked")
    }

    /// How likely each hidden unit is to be on beside the picture on the grid.
    fn hidden_means(&self, net: &GaussianLearner, thought: &Layers) -> Vec<f64> {
        let means = net.sampler().hidden_means(&thought.values(self.standard()));
        (0..self.hidden).map(|unit| f64::from(means[unit / WIDTH][unit % WIDTH])).collect()
    }
}

impl Learns for Model {
    type Net = GaussianLearner;
    type Mind = Layers;
    type Measured = Measured;

    const GREY: bool = true;
    const DREAMS: [&'static str; 2] = [
        "chains, each drawn anew at every step: samples as Gibbs sampling has them, neighbours in time alike",
        "dreams, shown as means given their hidden units; the dreams themselves have normal noise on top",
    ];

    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError> {
        let number = |key| setup.values.number(key) as usize;
        let hidden = setup.spec.weights.as_ref().map_or(number("hidden"), Vec::len);
        let persistent = setup.values.word("sampling") == "persistent";
        let how = GaussianContrastive {
            chains: if persistent { number("chains") } else { 0 },
            steps: number("steps") as u32,
            variances: setup.values.word("variance") == "learned",
        };
        how.check().map_err(|error| LabError::new("params", error))?;
        // A step of the sampler goes up and down; the statistics of both sides are as much, and the weights follow.
        let batch = number("batch").min(data.count());
        let copies = if persistent { how.chains } else { batch };
        let passes = 2 * (copies * how.steps as usize) + 3 * (copies + batch);
        let work = passes.saturating_mul(data.cells * hidden);
        if work > MOST_WORK {
            return Err(LabError::new(
                "params.steps",
                format_args!(
                    "{} through {} and {} would take seconds for each step of learning: take fewer steps, chains or pictures at a time",
                    number_of(passes, "pass").replace("passs", "passes"),
                    number_of(data.cells, "visible unit"),
                    number_of(hidden, "hidden unit")
                ),
            ));
        }
        let told = Told::of(&setup.spec);
        let data = Rc::clone(data);
        let model = Self { data, how, told, hidden, seed: setup.spec.seed, work: work as u64 };
        model.first(setup)?;
        Ok(model)
    }

    fn begin(&self, setup: &Setup) -> GaussianLearner {
        self.learner(&self.first(setup).expect("it was made before"))
    }

    fn arrays(&self, net: &GaussianLearner) -> Vec<Array> {
        let (sampler, visible) = (net.sampler(), self.data.cells);
        let mut arrays = arrays_of(sampler.net(), visible, self.hidden, "");
        let variances = sampler.log_variance().iter().take(visible).map(|&x| f64::from(x)).collect();
        arrays.push(Array::new("log_variance", &[visible], variances));
        arrays
    }

    fn with_arrays(&self, _: &Setup, arrays: &Arrays<'_>) -> Result<GaussianLearner, LabError> {
        let (visible, hidden) = (self.data.cells, self.hidden);
        let machine = GaussianRbm::new(
            arrays.of_shape("weights", &[hidden, visible])?.to_vec(),
            arrays.of_shape("visible_bias", &[visible])?.to_vec(),
            arrays.of_shape("hidden_bias", &[hidden])?.to_vec(),
            arrays.of_shape("log_variance", &[visible])?.to_vec(),
        );
        Ok(self.learner(&machine.map_err(|error| LabError::new("weights", error))?))
    }

    fn fits(&self, net: &GaussianLearner) -> bool {
        net.fits(self.data.cells, self.hidden, &self.how)
    }

    fn is_sound(&self, net: &GaussianLearner) -> bool {
        net.is_sound()
    }

    fn work(&self) -> u64 {
        self.work
    }

    fn names(&self) -> usize {
        0
    }

    fn learn(&self, net: &mut GaussianLearner, pictures: &[usize], step: Step) {
        let batch = self.data.seen_numbers(pictures.iter().copied());
        net.learn(&self.how, &batch, step).expect("levels in spreads are no large numbers");
    }

    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Layers {
        let levels = cells.iter().flat_map(|cells| cells.iter().map(|&level| level as f32));
        Layers::of(levels.collect(), cells.len(), self.hidden, rng)
    }

    fn mind_fits(&self, mind: &Layers) -> bool {
        mind.fits(self.data.cells, self.hidden)
    }

    fn stir(&self, net: &GaussianLearner, mind: &mut Layers, held: &[bool], dice: &mut Lanes) {
        mind.stir(net.sampler(), self.standard(), held, dice);
    }

    fn chances(&self, net: &GaussianLearner, mind: &Layers) -> Vec<Vec<f32>> {
        let means = net.sampler().visible_means(&mind.hidden);
        let greys = |row: &[f32]| {
            levels_of(self.standard(), row).into_iter().map(|level| 0.5 * (1.0 + shown(level))).collect()
        };
        means.chunks_exact(self.data.cells).map(greys).collect()
    }

    fn measure(&self, net: &GaussianLearner) -> Measured {
        self.measured(net)
    }

    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2] {
        let (sampler, thought) = (state.net.sampler(), &state.thought.mind);
        let mut measured = state.measured.scalars(self.told);
        measured.push(sampler.free_energies(&thought.values(self.standard()))[0]);
        let active = self.hidden_means(&state.net, thought).iter().sum::<f64>() / self.hidden as f64;
        let mut behind = vec![100.0 * active];
        if self.told.variances {
            let variances = sampler.log_variance().iter().map(|&z| engram::math::exp(f64::from(z)));
            behind.push(engram::math::sqrt(variances.sum::<f64>() / self.data.cells as f64));
        }
        [measured, behind]
    }

    fn says(&self, measured: &Measured) -> String {
        measured.says()
    }

    fn explain(&self, net: &GaussianLearner, thought: &Layers, cells: &[f64], unit: usize) -> Explanation {
        let weights = net.sampler().net();
        let bias = f64::from(weights.seen[unit]);
        let term = |(hidden, &mean): (usize, &f64)| {
            Term::new(hidden, f64::from(weights.weights.at(unit, hidden)), mean)
        };
        let terms: Vec<Term> = self.hidden_means(net, thought).iter().enumerate().map(term).collect();
        let why = Explanation::of_terms(unit, cells[unit], bias, &terms);
        let mut row = vec![0.0; self.data.cells];
        row[unit] = why.field as f32;
        let next = f64::from(shown(levels_of(self.standard(), &row)[unit]));
        Explanation { next, ..why }
    }

    fn layer(&self, setup: &Setup, state: &State<Self>, key: &str) -> Option<Layer> {
        self.picture_of(setup, state, key)
    }

    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }

    fn unit(&self, net: &GaussianLearner, key: &str, unit: usize) -> Option<Unit> {
        if key != "filters" || unit >= self.drawn() {
            return None;
        }
        let (sampler, cells) = (net.sampler(), self.data.cells);
        let pictures = self.data.seen_numbers(gone_through(&self.data));
        let copies = pictures.len() / cells;
        let means = sampler.hidden_means(&pictures);
        let of = |copy: usize| means[unit / WIDTH * copies + copy][unit % WIDTH];
        Some(Unit {
            name: called(unit),
            weights: (0..cells).map(|cell| sampler.net().weights.at(cell, unit)).collect(),
            bias: sampler.net().other.as_flattened()[unit],
            chances: Some((0..copies).map(of).collect()),
        })
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
