//! What is learned: single layers one after the other, then all of them together.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Learner, Place};
use engram::learning::variational::VariationalLearner;
use engram::models::deep_boltzmann::DeepBoltzmann;
use engram::models::rbm::{Rbm, Sampler};
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};

use super::Model;
use crate::machines::learners::dice;

/// The dice of upper layers, by the index of their stream: first weights of layer k, what is drawn while it learns, and what
/// the layers below it draw for it.
const UPPER_WEIGHTS: u64 = 3;
const UPPER_LEARNING: u64 = 6;
const INPUTS: u64 = 10;

/// What is learned.
#[derive(Clone, Serialize, Deserialize)]
pub enum Net {
    /// Layers learn one after the other.
    Stack(Box<Stack>),
    /// All learn together, or have.
    Deep(Box<VariationalLearner>),
}

/// Layers that have learned, and the one that learns on top of them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Stack {
    /// Those that have learned, from the bottom up.
    pub below: Vec<Sampler>,
    /// The one that learns.
    pub now: Learner,
    /// Dice of what it sees.
    dice: [[u32; 4]; 4],
}

impl Stack {
    /// What the layer that learns sees of pictures.
    pub fn input(&self, pictures: Lists, dice: &mut Lanes) -> Lists {
        let draw = |seen: Lists, sampler: &Sampler| {
            let mut above = Lists::new(sampler.hidden(), 0);
            sampler.draw_hidden(&seen, &[], dice, &mut above);
            above
        };
        self.below.iter().fold(pictures, draw)
    }

    /// The machine between the cells and the first layer.
    pub fn first(&self) -> &Sampler {
        self.below.first().unwrap_or(self.now.sampler())
    }

    /// Draws the uppermost layers that have begun to learn, and then all below them.
    pub fn stir(&self, layers: &mut [Lists], dice: &mut Lanes) {
        let top = self.below.len();
        let (below, above) = layers.split_at_mut(top + 1);
        self.now.sampler().draw_hidden(&below[top], &[], dice, &mut above[0]);
        self.now.sampler().draw_visible(&above[0], &[], dice, &mut below[top]);
        for (layer, sampler) in self.below.iter().enumerate().rev() {
            let (below, above) = below.split_at_mut(layer + 1);
            sampler.draw_visible(&above[0], &[], dice, &mut below[layer]);
        }
    }
}

impl Model {
    /// Layers that learn one by one.
    pub fn machines(&self) -> usize {
        self.sizes.len() - 1
    }

    /// A machine between two layers, before it has learned anything.
    fn fresh(&self, layer: usize) -> Rbm {
        let rates = self.rates(layer);
        let index = if layer == 0 { dice::WEIGHTS } else { UPPER_WEIGHTS + layer as u64 };
        let mut rng = Rng::new(self.seed, Stream::Learning, index);
        let rates = if layer == 0 && self.log_odds { rates } else { vec![0.5; rates.len()] };
        Rbm::fresh(self.sizes[layer + 1], 0, self.spread, &rates, &mut rng).expect("sizes were checked")
    }

    /// How often units of a layer are on, as far as that is known.
    fn rates(&self, layer: usize) -> Vec<f64> {
        if layer == 0 { self.data.rates(false) } else { vec![0.5; self.sizes[layer]] }
    }

    /// The stack in which a layer begins to learn on top of others.
    fn stack(&self, below: Vec<Sampler>) -> Net {
        let layer = below.len();
        let place = match layer {
            0 => Place::Bottom,
            _ if layer + 1 == self.machines() => Place::Top,
            _ => Place::Middle,
        };
        let mut rng = Rng::new(self.seed, Stream::Learning, dice::CHAINS);
        let dice = |index| Lanes::new(self.seed, Stream::Learning, index + layer as u64);
        let machine = self.fresh(layer);
        let rates = self.rates(layer);
        let now = Learner::in_a_stack(&machine, place, &self.single, &rates, &mut rng, &dice(UPPER_LEARNING));
        let now = now.expect("settings and sizes were checked");
        Net::Stack(Box::new(Stack { below, now, dice: dice(INPUTS).state() }))
    }

    /// All layers together, of this machine.
    pub fn together(&self, machine: &DeepBoltzmann) -> Net {
        let mut rng = Rng::new(self.seed, Stream::Learning, dice::CHAINS);
        let learning = Lanes::new(self.seed, Stream::Learning, dice::LEARNING);
        let learner = VariationalLearner::new(machine, &self.all, &self.rates(0), &mut rng, &learning);
        Net::Deep(Box::new(learner.expect("settings and sizes were checked")))
    }

    /// What learning begins with: the first layer, or all of them.
    pub fn begun(&self, machine: &DeepBoltzmann) -> Net {
        if self.greedy && self.learns { self.stack(Vec::new()) } else { self.together(machine) }
    }

    /// The machine as it would be if no more was learned; none if its numbers have run away.
    pub fn machine_of(&self, net: &Net) -> Option<DeepBoltzmann> {
        match net {
            Net::Deep(learner) => learner.sampler().machine().ok(),
            Net::Stack(stack) => {
                let learned = stack.below.iter().chain([stack.now.sampler()]).map(Sampler::machine);
                let mut machines = learned.collect::<Result<Vec<_>, _>>().ok()?;
                machines.extend((machines.len()..self.machines()).map(|layer| self.fresh(layer)));
                DeepBoltzmann::of_stack(&machines).ok()
            }
        }
    }

    /// A machine of layers that have learned nothing.
    pub fn untaught(&self) -> DeepBoltzmann {
        let machines: Vec<Rbm> = (0..self.machines()).map(|layer| self.fresh(layer)).collect();
        DeepBoltzmann::of_stack(&machines).expect("sizes were checked")
    }

    /// Goes on to the next layer, or to all of them, until the one of this number learns. What has run away stays where it is.
    pub fn go_on_to(&self, net: &mut Net, course: usize) {
        while let Net::Stack(stack) = &*net
            && stack.below.len() < course
        {
            let machine = self.machine_of(net);
            let Net::Stack(stack) = net else { return };
            let Some(machine) = machine else { return };
            *net = if stack.below.len() + 1 < self.machines() {
                let mut below = stack.below.clone();
                below.push(stack.now.sampler().clone());
                self.stack(below)
            } else {
                self.together(&machine)
            };
        }
    }

    /// Learns from some pictures.
    pub fn step(&self, net: &mut Net, batch: Lists, step: Step) {
        match net {
            Net::Deep(learner) => {
                learner.learn(&self.all, &batch, step).expect("pictures are of the machine's size");
            }
            Net::Stack(stack) => {
                let mut dice = Lanes::of(stack.dice);
                let seen = stack.input(batch, &mut dice);
                stack.dice = dice.state();
                let room = &mut self.scratch.borrow_mut()[stack.below.len()];
                stack.now.learn(&self.single, &seen, step, room);
            }
        }
    }

    /// Whether something saved is of this model.
    pub fn net_fits(&self, net: &Net) -> bool {
        let fits = |sampler: &Sampler, layer: usize| {
            (sampler.visible(), sampler.hidden(), sampler.labels())
                == (self.sizes[layer], self.sizes[layer + 1], 0)
        };
        match net {
            Net::Deep(learner) => learner.fits(&self.sizes, &self.all),
            Net::Stack(stack) => {
                let layer = stack.below.len();
                layer < self.machines()
                    && stack.below.iter().enumerate().all(|(layer, sampler)| fits(sampler, layer))
                    && stack.now.fits(self.sizes[layer], self.sizes[layer + 1], 0, &self.single)
            }
        }
    }
}
