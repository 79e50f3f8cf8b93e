//! The restricted Boltzmann machine.
//!
//! # What it is
//! V visible and H hidden binary units, each {0, 1}, with links between the layers and none within. The visible units are
//! a picture; the last K of them may be labels, of which exactly one is on. What it learns is a distribution over
//! pictures: hidden units become features that pictures are made of.
//!
//! # Energy
//! `E(v, h) = −h'Wv − a'v − c'h`, and with the hidden units summed out the free energy
//! `F(v) = −a'v − Σ_j softplus(c_j + Σ_i W_ji v_i)`, so that `P(v) = e^−F(v) / Z`.
//!
//! # Dynamics
//! Within a layer all units are independent given the other: `P(h_j = 1 | v) = σ(c_j + Σ_i W_ji v_i)`, and the same the
//! other way with a; labels together are a softmax. Drawing the layers in turn is a Gibbs sampler.
//!
//! # Learning
//! The gradient of the mean log-likelihood is `⟨h v'⟩_data − ⟨h v'⟩_model`. See [`crate::learning::contrastive`], and
//! [`Rbm::gradient`] for the exact one.
//!
//! # Shapes
//! W (H, V), row by row; a (V); c (H); states 0 or 1 a unit.
//!
//! # References
//! P. Smolensky, *Information processing in dynamical systems*, in: Parallel Distributed Processing 1 (1986) ch. 6.
//! G. E. Hinton, *Training products of experts by minimizing contrastive divergence*, Neural Computation 14 (2002) 1771.
//! H. Larochelle & Y. Bengio, *Classification using discriminative restricted Boltzmann machines*, ICML 2008 (labels).

mod ais;
mod error;
mod estimates;
mod exact;
mod sampler;
mod transitions;

pub use ais::{Ais, Estimate};
pub use error::RbmError;
pub use exact::{Distribution, Gradient, MAX_SUMMED};
pub use sampler::Sampler;
pub(in crate::models) use transitions::spread;

use alloc::vec::Vec;

use crate::bipartite::{MAX_GROUP, MAX_LAYER};
use crate::math;

/// Largest size of a weight or bias.
pub const MAX_WEIGHT: f64 = 1e6;

/// Most weights.
pub const MAX_WEIGHTS: usize = 1 << 22;

/// What there is to know of one: its weights and biases, in double precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Rbm {
    visible: usize,
    hidden: usize,
    labels: usize,
    /// Shape (H, V).
    weights: Vec<f64>,
    visible_bias: Vec<f64>,
    hidden_bias: Vec<f64>,
}

impl Rbm {
    /// Of weights of shape (H, V) and biases, whose number says how many units there are. `labels` is the number K of
    /// visible units, the last ones, of which exactly one is on; 0 for none.
    ///
    /// # Errors
    /// Sizes that do not agree or are too large, one label or more than there are visible units, or a number that is none or
    /// beyond [`MAX_WEIGHT`].
    pub fn new(
        weights: Vec<f64>,
        visible_bias: Vec<f64>,
        hidden_bias: Vec<f64>,
        labels: usize,
    ) -> Result<Self, RbmError> {
        let (visible, hidden) = (visible_bias.len(), hidden_bias.len());
        let count = visible.saturating_mul(hidden);
        if count == 0 || visible > MAX_LAYER || hidden > MAX_LAYER || count > MAX_WEIGHTS {
            return Err(RbmError::Units { visible, hidden });
        }
        if weights.len() != count {
            return Err(RbmError::Shape { found: weights.len(), visible, hidden });
        }
        if labels == 1 || labels > MAX_GROUP || labels >= visible && labels > 0 {
            return Err(RbmError::Labels { labels, visible });
        }
        for (name, numbers) in
            [("weights", &weights), ("visible biases", &visible_bias), ("hidden biases", &hidden_bias)]
        {
            let wrong = |(_, x): &(usize, &f64)| math::abs(**x) > MAX_WEIGHT || x.is_nan();
            if let Some((place, &value)) = numbers.iter().enumerate().find(wrong) {
                return Err(RbmError::Number { name, place, value });
            }
        }
        Ok(Self { visible, hidden, labels, weights, visible_bias, hidden_bias })
    }

    /// Visible units V, labels among them.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.visible
    }

    /// Hidden units H.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Labels K, the last of the visible units; 0 for none.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// Weights W, shape (H, V).
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Biases a of the visible units.
    #[must_use]
    pub fn visible_bias(&self) -> &[f64] {
        &self.visible_bias
    }

    /// Biases c of the hidden units.
    #[must_use]
    pub fn hidden_bias(&self) -> &[f64] {
        &self.hidden_bias
    }

    /// The machine one step up a gradient.
    ///
    /// # Errors
    /// A number becomes none, or too large.
    pub fn moved(&self, gradient: &Gradient, rate: f64) -> Result<Self, RbmError> {
        let to = |from: &[f64], by: &[f64]| from.iter().zip(by).map(|(x, g)| x + rate * g).collect();
        Self::new(
            to(&self.weights, &gradient.weights),
            to(&self.visible_bias, &gradient.visible_bias),
            to(&self.hidden_bias, &gradient.hidden_bias),
            self.labels,
        )
    }

    /// The machine turned over: its hidden units are seen, and its visible ones hidden. It believes the same of both layers.
    ///
    /// # Errors
    /// A machine with labels: hidden units are drawn each by itself.
    pub fn turned(&self) -> Result<Self, RbmError> {
        if self.labels > 0 {
            return Err(RbmError::Labels { labels: self.labels, visible: self.visible });
        }
        let at = |k: usize| self.weights[k % self.hidden * self.visible + k / self.hidden];
        let weights = (0..self.weights.len()).map(at).collect();
        Self::new(weights, self.hidden_bias.clone(), self.visible_bias.clone(), 0)
    }

    /// Weights of one hidden unit.
    fn row(&self, hidden: usize) -> &[f64] {
        &self.weights[hidden * self.visible..(hidden + 1) * self.visible]
    }

    /// What the hidden units feel from a picture: H numbers.
    #[must_use]
    pub fn hidden_fields(&self, picture: &[u8]) -> Vec<f64> {
        let of = |hidden: usize| {
            let on = self.row(hidden).iter().zip(picture).filter(|(_, cell)| **cell != 0);
            self.hidden_bias[hidden] + on.map(|(w, _)| w).sum::<f64>()
        };
        (0..self.hidden).map(of).collect()
    }

    /// What the visible units feel from hidden ones: V numbers.
    #[must_use]
    pub fn visible_fields(&self, hidden: &[u8]) -> Vec<f64> {
        let mut fields = self.visible_bias.clone();
        for (unit, _) in hidden.iter().enumerate().filter(|(_, on)| **on != 0) {
            fields.iter_mut().zip(self.row(unit)).for_each(|(field, w)| *field += w);
        }
        fields
    }

    /// Free energy of the units that are seen beside the labels, with these summed out.
    #[must_use]
    pub fn free_energy_without_label(&self, cells: &[u8]) -> f64 {
        let of = |label: usize| {
            let mut picture = cells.to_vec();
            picture.extend((0..self.labels).map(|other| u8::from(other == label)));
            -self.free_energy(&picture)
        };
        -math::log_sum_exp(&(0..self.labels.max(1)).map(of).collect::<Vec<_>>())
    }

    /// Energy of a state of both layers.
    #[must_use]
    pub fn energy(&self, picture: &[u8], hidden: &[u8]) -> f64 {
        let of = |numbers: &[f64], states: &[u8]| {
            numbers.iter().zip(states).filter(|(_, on)| **on != 0).map(|(x, _)| x).sum::<f64>()
        };
        -of(&self.visible_bias, picture) - of(&self.hidden_fields(picture), hidden)
    }

    /// Free energy F of a picture: `P(v) = e^−F(v) / Z`.
    #[must_use]
    pub fn free_energy(&self, picture: &[u8]) -> f64 {
        let on = self.visible_bias.iter().zip(picture).filter(|(_, cell)| **cell != 0);
        -on.map(|(a, _)| a).sum::<f64>()
            - self.hidden_fields(picture).into_iter().map(math::softplus).sum::<f64>()
    }
}
