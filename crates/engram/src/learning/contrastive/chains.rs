//! Where the model's statistics come from.

use alloc::vec;
use alloc::vec::Vec;

use super::Contrastive;
use crate::bipartite::{Lists, Panels, Slice, WIDTH, fields};
use crate::math;
use crate::models::rbm::Sampler;
use crate::rng::Lanes;

/// Where the model's statistics come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Chains {
    /// From the data, a few steps on: contrastive divergence, CD-k (G. E. Hinton, 2002). Biased: it asks only that data stay
    /// where they are.
    Data,
    /// From chains that are never started afresh: persistent contrastive divergence (T. Tieleman, ICML 2008).
    Persistent {
        /// Chains.
        count: usize,
    },
    /// From such chains that feel fast weights, too, which drive them away from where they are (T. Tieleman & G. E.
    /// Hinton, ICML 2009).
    Fast {
        /// Chains.
        count: usize,
        /// Learning rate of the fast weights.
        rate: f64,
    },
    /// From such chains at several temperatures, which exchange their states (G. Desjardins et al., AISTATS 2010): those
    /// at temperature 1 count.
    Tempered {
        /// Chains at each temperature.
        count: usize,
        /// Temperatures: inverse ones are spread evenly from 1 to 0.
        temperatures: usize,
    },
}

impl Chains {
    /// Chains that are kept, at all temperatures.
    #[must_use]
    pub fn kept(self) -> usize {
        match self {
            Self::Data => 0,
            Self::Persistent { count } | Self::Fast { count, .. } => count,
            Self::Tempered { count, temperatures } => count * temperatures,
        }
    }
}

/// Room to work in.
#[derive(Debug)]
pub struct Scratch {
    pub hidden: Lists,
    visible: Lists,
    /// The machine with its fast weights.
    driven: Option<Sampler>,
}

impl Scratch {
    pub fn new(sampler: &Sampler) -> Self {
        Self {
            hidden: Lists::new(sampler.hidden(), 0),
            visible: Lists::new(sampler.visible(), 0),
            driven: None,
        }
    }
}

/// Runs the chains; the visible states that count.
pub fn run<'a>(
    how: &Contrastive,
    sampler: &Sampler,
    fast: Option<&Panels>,
    chains: &'a mut Lists,
    room: &'a mut Scratch,
    dice: &mut Lanes,
) -> &'a Lists {
    let Scratch { hidden, visible, driven } = room;
    match how.chains {
        Chains::Data => {
            // The hidden units were drawn already.
            sampler.learn_visible(hidden, dice, visible);
            for _ in 1..how.steps {
                sampler.learn_hidden(visible, dice, hidden, None);
                sampler.learn_visible(hidden, dice, visible);
            }
            visible
        }
        Chains::Persistent { .. } => {
            gibbs(sampler, how.steps, &[], chains, hidden, dice);
            chains
        }
        Chains::Fast { .. } => {
            let driven = driven.get_or_insert_with(|| sampler.clone());
            driven.change(|net| {
                net.clone_from(sampler.net());
                if let Some(fast) = fast {
                    let sums = net.weights.slices_mut().as_flattened_mut().iter_mut();
                    sums.zip(fast.slices().as_flattened()).for_each(|(sum, fast)| *sum += fast);
                }
            });
            gibbs(driven, how.steps, &[], chains, hidden, dice);
            chains
        }
        Chains::Tempered { count, temperatures } => {
            let slopes = slopes(temperatures);
            let all: Vec<f32> = (0..count).flat_map(|_| slopes.iter().copied()).collect();
            for _ in 0..how.steps {
                gibbs(sampler, 1, &all, chains, hidden, dice);
                exchange(sampler, &slopes, chains, hidden, dice);
            }
            visible.resize(count);
            (0..count).for_each(|chain| visible.take(chain, chains, chain * temperatures));
            visible
        }
    }
}

/// Inverse temperatures, from 1 to 0.
fn slopes(temperatures: usize) -> Vec<f32> {
    let last = temperatures.max(2) - 1;
    (0..temperatures).map(|k| 1.0 - k as f32 / last as f32).collect()
}

/// Draws hidden and visible units in turn.
fn gibbs(
    sampler: &Sampler,
    steps: u32,
    slopes: &[f32],
    chains: &mut Lists,
    hidden: &mut Lists,
    dice: &mut Lanes,
) {
    for _ in 0..steps {
        sampler.draw_hidden(chains, slopes, dice, hidden);
        sampler.draw_visible(hidden, slopes, dice, chains);
    }
}

/// Lets neighbours in temperature exchange their states, each pair with the probability that keeps the law of all:
/// `min(1, e^((β − β')(E − E')))`.
fn exchange(sampler: &Sampler, slopes: &[f32], chains: &mut Lists, hidden: &Lists, dice: &mut Lanes) {
    let mut energies = energies(sampler, chains, hidden);
    let temperatures = slopes.len();
    for chain in 0..chains.copies() / temperatures {
        for first in [0, 1] {
            for low in (first..temperatures - 1).step_by(2) {
                let (a, b) = (chain * temperatures + low, chain * temperatures + low + 1);
                let gain = f64::from(slopes[low] - slopes[low + 1]) * (energies[a] - energies[b]);
                let [word, ..] = dice.draw().words();
                if f64::from(word) < math::exp(gain.min(0.0)) * 4_294_967_296.0 {
                    chains.swap(a, b);
                    energies.swap(a, b);
                }
            }
        }
    }
}

/// Energies of the states of both layers.
fn energies(sampler: &Sampler, visible: &Lists, hidden: &Lists) -> Vec<f64> {
    let biases = &sampler.net().seen;
    let bias = |on: &[u16]| on.iter().map(|&unit| f64::from(biases[usize::from(unit)])).sum::<f64>();
    let mut energies: Vec<f64> = visible.iter().map(|on| -bias(on)).collect();
    let mut felt: Vec<Slice> = vec![[0.0; WIDTH]; sampler.up().bias.len() * visible.copies()];
    fields(sampler.up(), visible, |panel, copy, values| felt[panel * visible.copies() + copy] = values);
    for (copy, on) in hidden.iter().enumerate() {
        for unit in on.iter().map(|&unit| usize::from(unit)) {
            energies[copy] -= f64::from(felt[unit / WIDTH * visible.copies() + copy][unit % WIDTH]);
        }
    }
    energies
}
