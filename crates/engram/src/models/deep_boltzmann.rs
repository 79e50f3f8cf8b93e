//! The deep Boltzmann machine.
//!
//! # What it is
//! Layers of binary units, {0, 1}, the visible ones at the bottom, with links between neighbouring layers and none within,
//! all of them in both directions. Unlike in a deep belief net, a layer in the middle feels the one above it as well as the one below.
//!
//! # Energy
//! `E(v, h_1 … h_L) = −a'v − Σ_l b_l'h_l − h_1'W_1 v − Σ_l h_{l+1}'W_{l+1} h_l`.
//!
//! # Dynamics
//! Given all odd layers the units of the even ones are independent, and the other way round: the machine is a restricted
//! Boltzmann machine between them, in which some links are missing ([`DeepBoltzmann::folded`]). So the Gibbs sampler draws odd
//! and even layers in turn, ln Z is a sum over the smaller of the two halves, and can be estimated as that of any restricted one.
//!
//! # Mean field
//! What the hidden units are given a picture cannot be said layer by layer. In its place stand independent units of means μ that
//! agree with each other: `μ_l = σ(b_l + W_l μ_{l−1} + W_{l+1}'μ_{l+1})`, `μ_0 = v` ([`MeanField`]). They give a bound below the
//! likelihood ([`DeepBoltzmann::bound`]).
//!
//! # Learning
//! See [`crate::learning::variational`].
//!
//! # Shapes
//! Sizes (n_0, …, n_L) from the visible layer up, L of 2 or 3; weights W_l (n_l, n_{l−1}), row by row: a row is a unit of the
//! layer above; biases (n_l).
//!
//! # References
//! R. Salakhutdinov & G. E. Hinton, *Deep Boltzmann machines*, AISTATS 2009; *An efficient learning procedure for deep
//! Boltzmann machines*, Neural Computation 24 (2012) 1967.

mod error;
mod exact;
mod layout;
mod mean_field;
mod sampler;

pub use error::DeepBoltzmannError;
pub use exact::DeepGradient;
pub use mean_field::{MAX_ROUNDS, MeanField, Posterior};
pub use sampler::{Beliefs, DeepBoltzmannSampler};

use alloc::vec;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::models::rbm::Rbm;
use layout::Layout;

/// Hidden layers that there can be.
pub const HIDDEN_LAYERS: RangeInclusive<usize> = 2..=3;

/// What there is to know of one: its weights and biases, in double precision.
#[derive(Clone, Debug, PartialEq)]
pub struct DeepBoltzmann {
    layout: Layout,
    /// Of each pair of neighbouring layers, from the bottom up.
    weights: Vec<Vec<f64>>,
    /// Of each layer, from the bottom up.
    biases: Vec<Vec<f64>>,
    folded: Rbm,
}

impl DeepBoltzmann {
    /// Of weights of each pair of neighbouring layers, shape (above, below), and biases of each layer, from the bottom up.
    ///
    /// # Errors
    /// Another number of hidden layers than [`HIDDEN_LAYERS`], weights that are not one matrix a pair, or sizes and numbers
    /// that are not possible in a restricted Boltzmann machine ([`Rbm::new`]).
    pub fn new(weights: Vec<Vec<f64>>, biases: Vec<Vec<f64>>) -> Result<Self, DeepBoltzmannError> {
        let hidden = biases.len().saturating_sub(1);
        if !HIDDEN_LAYERS.contains(&hidden) {
            return Err(DeepBoltzmannError::Layers(hidden));
        }
        if weights.len() != hidden {
            return Err(DeepBoltzmannError::Links { found: weights.len(), hidden });
        }
        for (link, (weights, pair)) in weights.iter().zip(biases.windows(2)).enumerate() {
            Rbm::new(weights.clone(), pair[0].clone(), pair[1].clone(), 0)
                .map_err(|error| DeepBoltzmannError::Link { link, error })?;
        }
        let layout = Layout::new(biases.iter().map(Vec::len).collect());
        let folded = exact::fold(&weights, &biases).map_err(DeepBoltzmannError::Folded)?;
        Ok(Self { layout, weights, biases, folded })
    }

    /// Of a stack of restricted Boltzmann machines that were trained for it, from the bottom up
    /// ([`Learner::in_a_stack`](crate::learning::contrastive::Learner::in_a_stack)): its weights are theirs at the top, and half of
    /// theirs below, where hidden units felt them for two neighbours. A layer
    /// between two machines takes the mean of their biases.
    ///
    /// # Errors
    /// As [`new`](Self::new), a machine that does not see as many units as the one below it has hidden ones, or one with labels.
    pub fn of_stack(machines: &[Rbm]) -> Result<Self, DeepBoltzmannError> {
        if !HIDDEN_LAYERS.contains(&machines.len()) {
            return Err(DeepBoltzmannError::Layers(machines.len()));
        }
        if let Some(machine) = machines.iter().position(|machine| machine.labels() > 0) {
            return Err(DeepBoltzmannError::Labels { machine });
        }
        for (machine, pair) in machines.windows(2).enumerate() {
            let (below, found) = (pair[0].hidden(), pair[1].visible());
            if below != found {
                return Err(DeepBoltzmannError::Stack { machine: machine + 1, found, below });
            }
        }
        let last = machines.len() - 1;
        let share = |machine: usize| if machine == last { 1.0 } else { 0.5 };
        let weights = machines.iter().enumerate();
        let weights = weights.map(|(k, machine)| machine.weights().iter().map(|w| share(k) * w).collect());
        let mut biases = vec![machines[0].visible_bias().to_vec()];
        for pair in machines.windows(2) {
            let both = pair[0].hidden_bias().iter().zip(pair[1].visible_bias());
            biases.push(both.map(|(a, b)| 0.5 * (a + b)).collect());
        }
        biases.push(machines[last].hidden_bias().to_vec());
        Self::new(weights.collect(), biases)
    }

    /// Units of each layer, from the bottom up.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        self.layout.sizes()
    }

    /// Weights of each pair of neighbouring layers, shape (above, below), from the bottom up.
    #[must_use]
    pub fn weights(&self) -> &[Vec<f64>] {
        &self.weights
    }

    /// Biases of each layer, from the bottom up.
    #[must_use]
    pub fn biases(&self) -> &[Vec<f64>] {
        &self.biases
    }

    /// The same machine as a restricted one: its visible units are those of the even layers, the second layer before the
    /// visible one; its hidden units those of the odd ones, from the bottom up.
    #[must_use]
    pub fn folded(&self) -> &Rbm {
        &self.folded
    }

    /// Energy of a state of all layers, from the bottom up.
    #[must_use]
    pub fn energy(&self, layers: &[&[u8]]) -> f64 {
        let [mut even, mut odd] = [vec![0; self.layout.even()], vec![0; self.layout.odd()]];
        for (layer, cells) in layers.iter().enumerate() {
            let side = if layer % 2 == 0 { &mut even } else { &mut odd };
            side[self.layout.range(layer)].copy_from_slice(cells);
        }
        self.folded.energy(&even, &odd)
    }
}
