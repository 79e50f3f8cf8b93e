//! The Helmholtz machine, which learns by waking and sleeping, live at the bench.
//!
//! The grid is the picture in its visible units. Dreams of the wall are drawn afresh at every step; the picture on the grid is
//! recognised and drawn anew, by a chain that has the machine's own law.
//!
//! Weights by hand ("weights", "biases") are those of generation, from the bottom up, a row a unit of the upper layer, then
//! those of recognition in the same order; and the biases of generation, from the visible units up, then those of recognition
//! of all hidden units. What was learned is given as the arrays `weights_1`, `weights_2` (upper layer, lower layer) and
//! `bias_0` … of generation, and `recognition_weights_1` …, `recognition_bias_1` … of recognition, of the same shapes.

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod layers;
mod measured;
mod parameters;

use std::cell::RefCell;
use std::rc::Rc;

use engram::bipartite::Step;
use engram::learning::WakeSleep;
use engram::models::helmholtz::Helmholtz;
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};

use super::common::GreyBench;
use super::learners::{self, Data, LIKELY_DREAMS, Learns, State, Training, dice, drawn};
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
use layers::{Layers, stream};
use measured::{Measured, Told};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "helmholtz",
    label: "Helmholtz machine",
    summary: "Two nets teach each other: one dreams pictures, the other recognises what they could have been made of",
    source: "P. Dayan, G. E. Hinton, R. M. Neal & R. S. Zemel, Neural Computation 7 (1995) 889; G. E. Hinton, P. Dayan, B. J. Frey & R. M. Neal, Science 268 (1995) 1158",
    example: r#"{ "v": 1, "model": "helmholtz", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden": 4, "top": 1, "epochs": 100 } }"#,
    takes: Takes { weights: Weights::Layers, ..learners::TAKES },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Training<Model>>::open(setup),
};

/// Most weights of either net.
const MOST_WEIGHTS: usize = 1 << 19;

/// Most additions for one step of learning: a few tenths of a second.
const MOST_WORK: usize = 200_000_000;

struct Model {
    data: Rc<Data>,
    told: Told,
    /// Units of each layer, from the visible one up.
    sizes: Vec<usize>,
    /// How much of the learning rate counts in sleep.
    sleep: f64,
    seed: u64,
    /// Operations of a step of learning, roughly.
    work: u64,
    /// Room to work in.
    rule: RefCell<WakeSleep>,
}

/// What is learned, and the dice of learning.
#[derive(Clone, Serialize, Deserialize)]
struct Learner {
    net: Helmholtz,
    dice: Rng,
}

impl Model {
    fn units(&self) -> usize {
        self.sizes.iter().sum()
    }

    fn learner(&self, net: Helmholtz) -> Learner {
        Learner { net, dice: Rng::new(self.seed, Stream::Learning, dice::LEARNING) }
    }
}

impl Learns for Model {
    type Net = Learner;
    type Mind = Layers;
    type Measured = Measured;

    const DREAMS: [&'static str; 2] =
        ["dreams, drawn afresh from the top down at every step: true samples", LIKELY_DREAMS];

    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError> {
        let layers = ["hidden", "top"].map(|key| setup.values.number(key) as usize);
        let sizes: Vec<usize> = [data.cells].into_iter().chain(layers).filter(|&units| units > 0).collect();
        let weights: usize = sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
        if weights > MOST_WEIGHTS {
            return Err(LabError::new(
                "params.hidden",
                format_args!(
                    "these layers would have {weights} weights each way; at most {MOST_WEIGHTS} are possible: take fewer units"
                ),
            ));
        }
        let batch = (setup.values.number("batch") as usize).min(data.count());
        let work = 6 * batch * weights;
        if work > MOST_WORK {
            return Err(LabError::new(
                "params.batch",
                format_args!(
                    "{} through {weights} weights would take long for each step of learning: take fewer at a time",
                    number_of(batch, "picture")
                ),
            ));
        }
        let model = Self {
            data: Rc::clone(data),
            told: Told::of(&setup.spec),
            sizes,
            sleep: setup.values.number("sleep"),
            seed: setup.spec.seed,
            work: work as u64,
            rule: RefCell::default(),
        };
        model.first(setup)?;
        Ok(model)
    }

    fn begin(&self, setup: &Setup) -> Learner {
        self.learner(self.first(setup).expect("it was made before"))
    }

    fn arrays(&self, net: &Learner) -> Vec<Array> {
        parameters::arrays(&net.net)
    }

    fn with_arrays(&self, _: &Setup, arrays: &Arrays<'_>) -> Result<Learner, LabError> {
        Ok(self.learner(parameters::of_arrays(&self.sizes, arrays)?))
    }

    fn fits(&self, net: &Learner) -> bool {
        net.net.sizes() == self.sizes
    }

    fn is_sound(&self, _: &Learner) -> bool {
        // Weights are kept within bounds as they are learned, and as they are read.
        true
    }

    fn work(&self) -> u64 {
        self.work
    }

    fn names(&self) -> usize {
        0
    }

    fn learn(&self, net: &mut Learner, pictures: &[usize], step: Step) {
        let cells: Vec<u8> =
            pictures.iter().flat_map(|&picture| self.data.picture(picture)).copied().collect();
        let (rate, mut rule) = (f64::from(step.rate), self.rule.borrow_mut());
        let done = rule
            .wake(&mut net.net, &cells, rate, &mut net.dice)
            .and_then(|()| rule.sleep(&mut net.net, pictures.len(), rate * self.sleep, &mut net.dice));
        done.expect("settings and data were checked");
    }

    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Layers {
        Layers::of(&drawn(self.data.cells, 0, cells, rng), self.units())
    }

    fn mind_fits(&self, mind: &Layers) -> bool {
        mind.fits(self.data.cells, self.units())
    }

    fn stir(&self, net: &Learner, mind: &mut Layers, held: &[bool], dice: &mut Lanes) {
        mind.stir(&net.net, held, &mut stream(dice));
    }

    fn dream(&self, net: &Learner, mind: &mut Layers, dice: &mut Lanes) {
        mind.dream(&net.net, &mut stream(dice));
    }

    fn chances(&self, net: &Learner, mind: &Layers) -> Vec<Vec<f32>> {
        mind.chances(&net.net)
    }

    fn measure(&self, net: &Learner) -> Measured {
        self.measured(&net.net)
    }

    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2] {
        let (net, picture) = (&state.net.net, &state.thought.mind.states(0)[..self.data.cells]);
        let mut measured = state.measured.scalars(self.told);
        measured.push(self.free_energy(net, picture));
        let [_, means] = self.means(net, picture);
        let hidden = &means[self.data.cells..];
        let on = hidden.iter().map(|&mean| f64::from(mean)).sum::<f64>();
        [measured, vec![100.0 * on / hidden.len() as f64]]
    }

    fn says(&self, measured: &Measured) -> String {
        measured.says()
    }

    fn explain(&self, net: &Learner, thought: &Layers, cells: &[f64], unit: usize) -> Explanation {
        let given = &net.net.generative()[0];
        let bias = given.biases()[unit];
        let above = &thought.states(0)[self.data.cells..][..self.sizes[1]];
        let term =
            |(hidden, &state): (usize, &u8)| Term::new(hidden, given.sent(hidden)[unit], f64::from(state));
        let terms: Vec<Term> = above.iter().enumerate().map(term).collect();
        Explanation::of_terms(unit, cells[unit], bias, &terms)
    }

    fn layer(&self, setup: &Setup, state: &State<Self>, key: &str) -> Option<Layer> {
        self.picture_of(setup, state, key)
    }

    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
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
