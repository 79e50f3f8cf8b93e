//! The deep Boltzmann machine, which learns layer by layer and then as a whole, live at the bench.
//!
//! Weights given outright have a row a hidden unit, layer by layer from the bottom up, as long as the layer below has units;
//! biases are those of the visible units, then of the hidden ones in the same order.
//!
//! As arrays: `weights_1` (n_1, V), `weights_2` (n_2, n_1) and, of three hidden layers, `weights_3` (n_3, n_2);
//! `visible_bias` (V), `hidden_bias_1` (n_1) and so on. While single layers learn they are those of the machine that would be
//! put together of what there is.

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod layers;
mod measured;
mod net;

use std::cell::RefCell;
use std::rc::Rc;

use engram::bipartite::Step;
use engram::learning::contrastive::{Chains, Contrastive, Scratch};
use engram::learning::variational::Variational;
use engram::models::deep_boltzmann::{DeepBoltzmann, MeanField};
use engram::rng::{Lanes, Rng};

use super::common::GreyBench;
use super::learners::{self, Data, Learns, State, Training, Unit, called, check_biases};
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
use figures::FEATURES;
use layers::Layers;
use measured::{KEYS, Measured, Told};
use net::Net;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "deep_boltzmann",
    label: "deep Boltzmann machine",
    summary: "Layers upon layers, linked both ways: first each learns by itself on top of the last, then all learn together and dream",
    source: "R. Salakhutdinov & G. E. Hinton, AISTATS 2009; Neural Computation 24 (2012) 1967",
    example: r#"{ "v": 1, "model": "deep_boltzmann", "patterns": { "bars": true, "width": 3, "height": 3 },
             "params": { "hidden_1": 20, "hidden_2": 10, "epochs": 10 } }"#,
    takes: Takes { weights: Weights::Layers, ..learners::TAKES },
    size: Some(learners::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Training<Model>>::open(setup),
};

/// Most draws for one step of learning: less than half a second.
const MOST_DRAWS: usize = 100_000_000;

/// How near means must come to each other in the mean field.
const TOLERANCE: f64 = 1e-3;

struct Model {
    data: Rc<Data>,
    /// Units of each layer, from the visible one up.
    sizes: Vec<usize>,
    /// How a layer learns by itself, and all together.
    single: Contrastive,
    all: Variational,
    /// Whether layers learn one by one at first, and whether there is anything to be learned at all.
    greedy: bool,
    learns: bool,
    told: Told,
    seed: u64,
    spread: f64,
    log_odds: bool,
    /// Operations of a step of learning, roughly.
    work: u64,
    /// Room to work in, for each layer that learns by itself.
    scratch: RefCell<[Scratch; 3]>,
}

impl Model {
    /// The machine of the weights that were given, or one that has learned nothing.
    fn first(&self, setup: &Setup) -> Result<DeepBoltzmann, LabError> {
        check_biases(setup)?;
        let Some(rows) = &setup.spec.weights else { return Ok(self.untaught()) };
        let hidden = self.sizes[1..].iter().sum::<usize>();
        if rows.len() != hidden {
            let message = format!(
                "{} for {} in {} layers: each needs one, to all units of the layer below",
                number_of(rows.len(), "row"),
                number_of(hidden, "hidden unit"),
                self.machines()
            );
            return Err(LabError::new("weights", message));
        }
        let below = self.sizes.windows(2).flat_map(|pair| std::iter::repeat_n(pair[0], pair[1]));
        if let Some((k, (row, below))) =
            rows.iter().zip(below).enumerate().find(|(_, (row, n))| row.len() != *n)
        {
            let message =
                format!("{} for {} below", number_of(row.len(), "weight"), number_of(below, "unit"));
            return Err(LabError::new(format!("weights[{k}]"), message));
        }
        let units = self.sizes.iter().sum();
        let biases = setup.spec.biases.clone().unwrap_or_else(|| vec![0.0; units]);
        if biases.len() != units {
            let found = number_of(biases.len(), "bias").replace("biass", "biases");
            return Err(LabError::new("biases", format_args!("{found} for {}", number_of(units, "unit"))));
        }
        let (mut rows, mut biases) = (rows.iter(), biases.iter().copied());
        let weights =
            self.sizes[1..].iter().map(|&size| rows.by_ref().take(size).flatten().copied().collect());
        let weights = weights.collect();
        let biases = self.sizes.iter().map(|&size| biases.by_ref().take(size).collect()).collect();
        DeepBoltzmann::new(weights, biases).map_err(|error| LabError::new("weights", error))
    }

    fn sound(&self, net: &Net) -> bool {
        match net {
            Net::Stack(stack) => {
                stack.now.is_sound() && stack.below.iter().all(|sampler| sampler.net().is_sound())
            }
            Net::Deep(learner) => learner.is_sound(),
        }
    }
}

impl Learns for Model {
    type Net = Net;
    type Mind = Layers;
    type Measured = Measured;

    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError> {
        let number = |key| setup.values.number(key) as usize;
        let hidden = KEYS.map(number);
        let sizes: Vec<usize> =
            [data.cells].into_iter().chain(hidden.into_iter().filter(|&n| n > 0)).collect();
        let (steps, chains) = (number("steps"), number("chains"));
        let single =
            Contrastive { chains: Chains::Data, steps: steps as u32, centred: false, sparsity: None };
        let mean_field = MeanField { damping: 0.0, tolerance: TOLERANCE, rounds: number("rounds") as u32 };
        let all = Variational { chains, steps: steps as u32, mean_field };
        single.check().and(all.check()).map_err(|error| LabError::new("params", error))?;
        let batch = number("batch").min(data.count());
        let (units, links) =
            (sizes.iter().sum::<usize>(), sizes.windows(2).map(|pair| pair[0] * pair[1]).sum::<usize>());
        let relaxing = links - sizes[0] * sizes[1];
        let draws =
            steps * chains.max(batch) * (units + links / 32) + batch * number("rounds") * relaxing / 8;
        if draws > MOST_DRAWS {
            return Err(LabError::new(
                "params.steps",
                format_args!(
                    "{} of {} and {} of {} would take seconds for each step of learning: take fewer steps, chains, rounds or pictures at a time",
                    number_of(steps, "step"),
                    number_of(chains.max(batch), "chain"),
                    number_of(number("rounds"), "round"),
                    number_of(batch, "picture")
                ),
            ));
        }
        let model = Self {
            data: Rc::clone(data),
            sizes,
            single,
            all,
            greedy: setup.values.flag("greedy") && setup.spec.weights.is_none(),
            learns: data.count() > 0 && number("epochs") > 0,
            told: Told::of(&setup.spec),
            seed: setup.spec.seed,
            spread: setup.values.number("spread"),
            log_odds: setup.values.flag("log_odds"),
            work: (draws + 2 * batch * units + links) as u64,
            scratch: RefCell::default(),
        };
        model.first(setup)?;
        Ok(model)
    }

    fn begin(&self, setup: &Setup) -> Net {
        self.begun(&self.first(setup).expect("it was made before"))
    }

    fn courses(&self) -> u64 {
        if self.greedy { self.machines() as u64 + 1 } else { 1 }
    }

    fn enter(&self, net: &mut Net, course: u64) {
        // Where layers are not to learn one after the other any more, all do from now on.
        self.go_on_to(net, if self.greedy { course as usize } else { self.machines() });
    }

    fn stage(&self, net: &Net) -> Option<String> {
        Some(match net {
            Net::Deep(_) => "all layers together".to_owned(),
            Net::Stack(stack) => match stack.below.len() {
                0 => "layer 1 by itself".to_owned(),
                below => format!("layer {} on top of layer {below}", below + 1),
            },
        })
    }

    fn arrays(&self, net: &Net) -> Vec<Array> {
        let machine = self.machine_of(net);
        let numbers =
            |numbers: Option<&[f64]>, size: usize| numbers.map_or(vec![f64::NAN; size], <[f64]>::to_vec);
        let machine = machine.as_ref();
        let links = self.sizes.windows(2).enumerate().map(|(link, pair)| {
            let weights = machine.map(|machine| &machine.weights()[link][..]);
            let name = format!("weights_{}", link + 1);
            Array::new(&name, &[pair[1], pair[0]], numbers(weights, pair[0] * pair[1]))
        });
        let biases = self.sizes.iter().enumerate().map(|(layer, &size)| {
            Array::new(&bias_name(layer), &[size], numbers(machine.map(|m| &m.biases()[layer][..]), size))
        });
        links.chain(biases).collect()
    }

    fn with_arrays(&self, _: &Setup, arrays: &Arrays<'_>) -> Result<Net, LabError> {
        let links = self.sizes.windows(2).enumerate().map(|(link, pair)| {
            let name = format!("weights_{}", link + 1);
            arrays.of_shape(&name, &[pair[1], pair[0]]).map(<[f64]>::to_vec)
        });
        let weights = links.collect::<Result<_, _>>()?;
        let biases = self.sizes.iter().enumerate();
        let biases =
            biases.map(|(layer, &size)| arrays.of_shape(&bias_name(layer), &[size]).map(<[f64]>::to_vec));
        let machine = DeepBoltzmann::new(weights, biases.collect::<Result<_, _>>()?);
        Ok(self.together(&machine.map_err(|error| LabError::new("weights_1", error))?))
    }

    fn fits(&self, net: &Net) -> bool {
        self.net_fits(net)
    }

    fn is_sound(&self, net: &Net) -> bool {
        self.sound(net)
    }

    fn work(&self) -> u64 {
        self.work
    }

    fn names(&self) -> usize {
        0
    }

    fn learn(&self, net: &mut Net, pictures: &[usize], step: Step) {
        self.step(net, self.data.seen(false, pictures.iter().copied()), step);
    }

    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Layers {
        Layers::of(learners::drawn(self.data.cells, 0, cells, rng), &self.sizes)
    }

    fn mind_fits(&self, mind: &Layers) -> bool {
        mind.fits(&self.sizes)
    }

    fn stir(&self, net: &Net, mind: &mut Layers, held: &[bool], dice: &mut Lanes) {
        mind.stir(net, held, dice);
    }

    fn chances(&self, net: &Net, mind: &Layers) -> Vec<Vec<f32>> {
        mind.chances(net)
    }

    fn measure(&self, net: &Net) -> Measured {
        self.measured(net)
    }

    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2] {
        let (mut measured, mut energy) = (state.measured.scalars(self.told), f64::NAN);
        let layers = &state.thought.mind.0;
        if let Net::Deep(learner) = &state.net {
            let beliefs = learner.sampler().mean_field(&layers[0], &self.all.mean_field);
            energy = -learner.sampler().bounds(&layers[0], &beliefs, 0.0)[0];
        }
        measured.push(energy);
        let learning = match &state.net {
            Net::Stack(stack) => stack.below.len() as f64 + 1.0,
            Net::Deep(_) => 0.0,
        };
        let mut behind = vec![learning, state.measured.rounds()];
        behind.extend(
            layers[1..].iter().map(|layer| 100.0 * layer.copy(0).len() as f64 / layer.units() as f64),
        );
        [measured, behind]
    }

    fn says(&self, measured: &Measured) -> String {
        measured.says()
    }

    fn explain(&self, net: &Net, thought: &Layers, cells: &[f64], unit: usize) -> Explanation {
        let (means, bias) = (self.means(net, &thought.0, 1), self.visible_bias(net)[unit]);
        let term = |(hidden, mean): (usize, f32)| {
            Term::new(hidden, f64::from(self.weight(net, unit, hidden)), f64::from(mean))
        };
        let terms: Vec<Term> = means.into_iter().enumerate().map(term).collect();
        Explanation::of_terms(unit, cells[unit], f64::from(bias), &terms)
    }

    fn layer(&self, setup: &Setup, state: &State<Self>, key: &str) -> Option<Layer> {
        self.picture_of(setup, state, key)
    }

    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }

    fn unit(&self, net: &Net, key: &str, unit: usize) -> Option<Unit> {
        if key != FEATURES[0] || unit >= self.drawn(1) {
            return None;
        }
        let biases = self.arrays(net).into_iter().find(|array| array.name == bias_name(1))?;
        let weights = (0..self.data.cells).map(|cell| self.weight(net, cell, unit)).collect();
        // What the layer above makes of it is not known of each picture.
        Some(Unit { name: called(unit), weights, bias: biases.values[unit] as f32, chances: None })
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

fn bias_name(layer: usize) -> String {
    if layer == 0 { "visible_bias".to_owned() } else { format!("hidden_bias_{layer}") }
}
