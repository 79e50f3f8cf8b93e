//! Learning from the difference between what is and what the machine believes: contrastive divergence and its kin, for
//! restricted Boltzmann machines.
//!
//! The gradient of the mean log-likelihood is `⟨h v'⟩_data − ⟨h v'⟩_model`. The first is plain; the second needs states
//! drawn from the machine, and the ways differ in where these come from ([`Chains`]). None of them follows the
//! likelihood itself: with short chains it can fall while reconstructions still get better (A. Fischer & C. Igel, ICANN 2010).
//!
//! Hidden units enter the statistics by their probabilities, visible ones by what was drawn (G. E. Hinton, *A practical
//! guide to training restricted Boltzmann machines*, 2012, §3).

mod chains;
mod error;
mod start;

pub use chains::Chains;
pub use error::ContrastiveError;
pub use start::{MAX_CHAINS, MAX_STEPS, MAX_TEMPERATURES, Place};

use alloc::vec::Vec;

use crate::bipartite::{
    ByUnit, Fast, Gradient, Lists, MAX_PAIRS, Means, Offsets, Pairs, Panels, Phases, Seen, Slice, Step,
    WIDTH, Weights, mean, update,
};
use crate::models::rbm::Sampler;
use crate::rng::Lanes;

use chains::Scratch as ChainScratch;

/// Part of the fast weights that is kept from step to step (T. Tieleman & G. E. Hinton, ICML 2009).
const FAST_KEPT: f32 = 19.0 / 20.0;

/// Part of a running mean of activities that is new at each step.
const NEWS: f32 = 0.1;

/// The same of the offsets of a centred gradient.
const OFFSET_NEWS: f32 = 0.01;

/// A machine of so many weights or more draws from rounded ones to learn, if the chains begin at the data. (Others wander
/// far, and what drives them on is how each step changes the weights a little: rounding would hide it.)
const MANY_WEIGHTS: usize = 1 << 16;

/// How it learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrastive {
    /// Where the model's statistics come from.
    pub chains: Chains,
    /// Steps k of the Gibbs sampler for each step of learning.
    pub steps: u32,
    /// Whether both layers are counted from their means.
    pub centred: bool,
    /// How often hidden units should be on, if that is asked for.
    pub sparsity: Option<Sparsity>,
}

/// How often hidden units should be on (H. Lee, C. Ekanadham & A. Y. Ng, NIPS 2007: the biases alone are pushed).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sparsity {
    /// Part of the pictures in which a hidden unit should be on.
    pub target: f64,
    /// How strongly its bias is pushed there.
    pub cost: f64,
}

/// A machine that learns: plain data.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Learner {
    sampler: Sampler,
    velocity: Weights,
    /// States of the visible units that the sampler goes on from; none if it starts from the data.
    chains: Lists,
    /// Weights that are learned and forgotten fast; none if there are no such.
    fast: Option<Panels>,
    /// Running mean of the activity of hidden units.
    activity: Vec<Slice>,
    /// What units are counted from.
    offsets: Option<Offsets>,
    dice: [[u32; 4]; 4],
}

/// Room to work in, to be kept from step to step.
#[derive(Debug, Default)]
pub struct Scratch {
    chains: Option<ChainScratch>,
    pairs: Pairs,
    data: ByUnit,
    model: ByUnit,
    of_data: Vec<Slice>,
    of_model: Vec<Slice>,
    push: Vec<Slice>,
}

impl Learner {
    /// The machine as it is.
    #[must_use]
    pub fn sampler(&self) -> &Sampler {
        &self.sampler
    }

    /// States of the visible units that the sampler goes on from.
    #[must_use]
    pub fn chains(&self) -> &Lists {
        &self.chains
    }

    /// The same, but only the chains whose states stand for the machine: those at temperature 1.
    #[must_use]
    pub fn chains_that_count(&self, how: &Contrastive) -> Lists {
        let apart = match how.chains {
            Chains::Tempered { temperatures, .. } => temperatures,
            _ => 1,
        };
        let mut chains = Lists::new(self.chains.units(), self.chains.copies() / apart);
        (0..chains.copies()).for_each(|chain| chains.take(chain, &self.chains, chain * apart));
        chains
    }

    /// Learns from a mini-batch of pictures. All numbers stay finite as long as the machine's are; see
    /// [`is_sound`](Self::is_sound).
    pub fn learn(&mut self, how: &Contrastive, batch: &Lists, step: Step, scratch: &mut Scratch) {
        let from_data = matches!(how.chains, Chains::Data);
        self.sampler.round(from_data && self.sampler.visible() * self.sampler.hidden() >= MANY_WEIGHTS);
        let mut dice = Lanes::of(self.dice);
        let panels = self.sampler.up().bias.len();
        let Scratch { chains, pairs, data, model, of_data, of_model, push } = scratch;
        let room = chains.get_or_insert_with(|| ChainScratch::new(&self.sampler));
        of_data.clear();
        of_data.resize(panels * batch.copies(), [0.0; WIDTH]);
        // The first draw of contrastive divergence comes with the data's statistics.
        self.sampler.learn_hidden(batch, &mut dice, &mut room.hidden, Some(of_data));
        let seen = chains::run(how, &self.sampler, self.fast.as_ref(), &mut self.chains, room, &mut dice);
        of_model.clear();
        of_model.resize(panels * seen.copies(), [0.0; WIDTH]);
        self.sampler.learn_means(seen, of_model);
        let paired = from_data && batch.copies() <= MAX_PAIRS;
        if paired {
            pairs.turn(batch, seen);
        } else {
            data.turn(batch);
            model.turn(seen);
        }
        follow(&mut self.activity, of_data, self.sampler.hidden(), how, push);
        if let Some(offsets) = &mut self.offsets {
            let share = 1.0 / batch.copies() as f32;
            for (unit, offset) in offsets.seen.iter_mut().enumerate() {
                let on = if paired { usize::from(pairs.on(unit)[0]) } else { data.unit(unit).len() };
                *offset += OFFSET_NEWS * (on as f32 * share - *offset);
            }
            for (panel, offset) in offsets.other.iter_mut().enumerate() {
                let mean = mean(&of_data[panel * batch.copies()..(panel + 1) * batch.copies()]);
                for k in 0..WIDTH {
                    offset[k] += OFFSET_NEWS * (mean[k] - offset[k]);
                }
            }
        }
        let phases = if paired {
            Phases::Paired { pairs, data: of_data, model: of_model }
        } else {
            let means = |lists: &Lists, by_unit, other| Means {
                seen: Seen { copies: lists.copies(), values: &[], by_unit },
                other,
            };
            Phases::Apart { data: means(batch, data, of_data), model: means(seen, model, of_model) }
        };
        let gradient = Gradient { phases, push, offsets: self.offsets.as_ref() };
        let fast = match how.chains {
            Chains::Fast { rate, .. } => Some(rate),
            _ => None,
        };
        let fast = self.fast.as_mut().zip(fast);
        let fast = fast.map(|(weights, rate)| Fast { weights, keep: FAST_KEPT, rate: rate as f32 });
        let velocity = &mut self.velocity;
        self.sampler.change(|net| update(net, velocity, gradient, step, fast));
        self.dice = dice.state();
    }

    /// Takes a step up the exact gradient over these pictures, as plain ascent with momentum and decay of the weights. All
    /// states of the smaller layer are looked at: if they are too many, or the weights are no numbers any more, nothing
    /// happens.
    pub fn learn_exactly(&mut self, batch: &Lists, step: Step) {
        let cells: Vec<u8> = (0..batch.copies()).flat_map(|copy| batch.cells(copy)).collect();
        let Ok(gradient) = self.sampler.machine().and_then(|machine| machine.gradient(&cells)) else {
            return;
        };
        let (visible, velocity) = (self.sampler.visible(), &mut self.velocity);
        let go = |number: &mut f32, velocity: &mut f32, slope: f64, decay: f32| {
            *velocity = step.momentum * *velocity + step.rate * (slope as f32 - decay * *number);
            *number += *velocity;
        };
        self.sampler.change(|net| {
            for panel in 0..net.weights.count() {
                let rows = net.weights.panel_mut(panel).iter_mut().zip(velocity.weights.panel_mut(panel));
                for (unit, (row, velocities)) in rows.enumerate() {
                    let columns = gradient.weights[unit..].iter().step_by(visible).skip(panel * WIDTH);
                    for ((number, velocity), &slope) in row.iter_mut().zip(velocities).zip(columns) {
                        go(number, velocity, slope, step.decay);
                    }
                }
            }
            let seen = net.seen.iter_mut().zip(&mut velocity.seen).zip(&gradient.visible_bias);
            seen.for_each(|((number, velocity), &slope)| go(number, velocity, slope, 0.0));
            let other = net.other.as_flattened_mut().iter_mut().zip(velocity.other.as_flattened_mut());
            let other = other.zip(&gradient.hidden_bias);
            other.for_each(|((number, velocity), &slope)| go(number, velocity, slope, 0.0));
        });
    }

    /// Whether all numbers are some: after a rate that is too high they may not be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.sampler.net().is_sound()
    }
}

/// Brings the running means of hidden units up to date, and says how their biases are pushed.
fn follow(
    activity: &mut [Slice],
    of_data: &[Slice],
    hidden: usize,
    how: &Contrastive,
    push: &mut Vec<Slice>,
) {
    push.clear();
    let copies = of_data.len() / activity.len();
    for (activity, of_data) in activity.iter_mut().zip(of_data.chunks_exact(copies)) {
        let mean = mean(of_data);
        for k in 0..WIDTH {
            activity[k] += NEWS * (mean[k] - activity[k]);
        }
        if let Some(Sparsity { target, cost }) = how.sparsity {
            push.push(activity.map(|q| cost as f32 * (target as f32 - q)));
        }
    }
    // The places beyond the last unit are never on, and stay.
    if let (Some(last), beyond @ 1..) = (push.last_mut(), hidden % WIDTH) {
        last[beyond..].fill(0.0);
    }
}
