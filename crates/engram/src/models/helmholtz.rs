//! The Helmholtz machine.
//!
//! # What it is
//! Layers of units of 0 or 1, the visible ones at the bottom, and between each two neighbouring layers two sets of
//! weights. The generative ones lead down and make pictures: the top units are drawn by their biases, every layer below
//! given the one above it. The recognition ones lead up and guess what a picture could have been made of. Neither half is
//! ever undone: there is no loop to run to rest, a dream and a recognition are one pass each.
//!
//! # Distributions
//! With `s_0 = v` visible, `s_1 … s_L` hidden:
//! `P(v, h) = P(s_L) Π_l P(s_l | s_{l+1})`, `P(s_l,i = 1 | s_{l+1}) = σ(b_l,i + Σ_j W_l,ji s_{l+1},j)`, the top by biases alone;
//! `Q(h | v) = Π_l Q(s_{l+1} | s_l)`, `Q(s_{l+1},j = 1 | s_l) = σ(c_l,j + Σ_i R_l,ji s_l,i)`.
//!
//! # Free energy
//! A picture costs `F(v) = −E_Q[ln P(v, h) − ln Q(h | v)]`, which is the variational (Helmholtz) free energy of Q at T = 1:
//! the energy `−ln P(v, h)` on average, less the entropy of Q. `−F ≤ ln P(v)`, and the difference is the divergence of Q from
//! what could truly have made the picture. [`Exact`] knows both for small nets; [`Helmholtz::sampled_bound`] and
//! [`Helmholtz::importance`] estimate them for any.
//!
//! # Learning
//! [`crate::learning::WakeSleep`].
//!
//! # Shapes
//! Sizes (n_0, …, n_L) from the visible layer up; all states of all layers one after another in that order; weights W_l and
//! R_l (n_{l+1}, n_l), row by row: a row is a unit of the layer above.
//!
//! # References
//! P. Dayan, G. E. Hinton, R. M. Neal & R. S. Zemel, *The Helmholtz machine*, Neural Computation 7 (1995) 889;
//! G. E. Hinton, P. Dayan, B. J. Frey & R. M. Neal, *The "wake-sleep" algorithm for unsupervised neural networks*, Science
//! 268 (1995) 1158; R. M. Neal, *Connectionist learning of belief networks*, Artificial Intelligence 56 (1992) 71.

mod chain;
mod error;
mod estimate;
mod exact;
mod layer;
mod parameters;
#[cfg(test)]
mod tests;

pub use error::HelmholtzError;
pub use estimate::{Importance, MAX_SAMPLES, SampledBound};
pub use exact::{Exact, Fit, MAX_HIDDEN, MAX_TABLE, MAX_VISIBLE};
pub use layer::SigmoidLayer;
pub use parameters::{LayerParameters, Parameters};

use alloc::vec;
use alloc::vec::Vec;
use core::ops::{Range, RangeInclusive};

use crate::math::vector::double::sigmoid;
use crate::rng::Rng;

/// Most units, all layers together.
pub const MAX_UNITS: usize = crate::weights::MAX_UNITS;

/// Largest size of a weight or a bias. Beyond some hundreds σ is 0 or 1 to the last digit.
pub const MAX_SIZE: f64 = 1e6;

/// Most cases of a batch to learn from.
pub const MAX_BATCH: usize = 10_000;

/// Standard deviations that random weights can be drawn with.
pub const DEVIATION: RangeInclusive<f64> = 0.0..=100.0;

/// A net: weights and biases of both directions. Immutable while it dreams and recognises.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Parameters", into = "Parameters"))]
pub struct Helmholtz {
    sizes: Vec<usize>,
    /// Where each layer starts among all units.
    starts: Vec<usize>,
    /// Each layer given the one above it, from the visible layer up; the top layer is given nothing.
    generative: Vec<SigmoidLayer>,
    /// Each hidden layer given the one below it, from the first up.
    recognition: Vec<SigmoidLayer>,
}

impl Helmholtz {
    /// A net of these weights and biases.
    ///
    /// # Errors
    /// Fewer than two layers, an empty one, or more than [`MAX_UNITS`] units; weights or biases of another number than the
    /// layers need, or that are not numbers from −[`MAX_SIZE`] to [`MAX_SIZE`].
    pub fn new(parameters: &Parameters) -> Result<Self, HelmholtzError> {
        let sizes: Vec<usize> = parameters.generative.iter().map(|layer| layer.biases.len()).collect();
        check_sizes(&sizes)?;
        parameters.check(&sizes)?;
        let generative = parameters.generative.iter().map(SigmoidLayer::down).collect();
        let recognition = parameters.recognition.iter().map(SigmoidLayer::up).collect();
        Ok(Self { starts: starts(&sizes), sizes, generative, recognition })
    }

    /// A net of random weights, normal of mean 0, and of biases 0: `sizes` from the visible layer to the top. With a
    /// deviation of 0 nothing is drawn, and every unit is a fair coin.
    ///
    /// # Errors
    /// Sizes as in [`new`](Self::new); a deviation outside [`DEVIATION`].
    pub fn random(sizes: &[usize], deviation: f64, rng: &mut Rng) -> Result<Self, HelmholtzError> {
        check_sizes(sizes)?;
        if !DEVIATION.contains(&deviation) {
            return Err(HelmholtzError::Deviation(deviation));
        }
        let mut table = |receivers: usize, weights: usize| LayerParameters {
            weights: (0..weights)
                .map(|_| if deviation > 0.0 { deviation * rng.normal() } else { 0.0 })
                .collect(),
            biases: vec![0.0; receivers],
        };
        let above = sizes[1..].iter().chain(&[0]);
        let generative = sizes.iter().zip(above).map(|(&n, &above)| table(n, n * above)).collect();
        let recognition = sizes.windows(2).map(|pair| table(pair[1], pair[0] * pair[1])).collect();
        Self::new(&Parameters { generative, recognition })
    }

    /// Weights and biases, as [`new`](Self::new) takes them.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        Parameters {
            generative: self.generative.iter().map(SigmoidLayer::as_down).collect(),
            recognition: self.recognition.iter().map(SigmoidLayer::as_up).collect(),
        }
    }

    /// Units of each layer, from the visible one to the top.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Units of all layers.
    #[must_use]
    pub fn units(&self) -> usize {
        self.sizes.iter().sum()
    }

    /// Visible units.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.sizes[0]
    }

    /// Where a layer's units stand among all units; nowhere for a layer that is not there.
    #[must_use]
    pub fn layer(&self, layer: usize) -> Range<usize> {
        let start = self.starts.get(layer).copied().unwrap_or_else(|| self.units());
        start..start + self.sizes.get(layer).copied().unwrap_or(0)
    }

    /// Each layer given the one above it, from the visible layer up; the top layer is given nothing.
    #[must_use]
    pub fn generative(&self) -> &[SigmoidLayer] {
        &self.generative
    }

    /// Each hidden layer given the one below it, from the first up.
    #[must_use]
    pub fn recognition(&self) -> &[SigmoidLayer] {
        &self.recognition
    }

    /// A dream: the states of all units, drawn from P from the top layer down.
    #[must_use]
    pub fn dream(&self, rng: &mut Rng) -> Vec<u8> {
        let mut states = vec![0; self.units()];
        self.draw_down(&mut states, &mut vec![0.0; self.units()], rng);
        states
    }

    /// A recognition: the states of all units, the visible ones as given, the hidden ones drawn from Q from the first
    /// hidden layer up.
    ///
    /// # Errors
    /// Visible units of another number than [`visible`](Self::visible), or a state other than 0 and 1.
    pub fn recognise(&self, visible: &[u8], rng: &mut Rng) -> Result<Vec<u8>, HelmholtzError> {
        check_states(visible, self.visible())?;
        let mut states = vec![0; self.units()];
        states[..visible.len()].copy_from_slice(visible);
        self.draw_up(&mut states, &mut vec![0.0; self.units()], rng);
        Ok(states)
    }

    /// For each unit the probability that a dream has it on, given the states of the layer above it; the top units' by
    /// their biases alone.
    ///
    /// # Errors
    /// States of another number than [`units`](Self::units), or other than 0 and 1.
    pub fn generative_means(&self, states: &[u8]) -> Result<Vec<f64>, HelmholtzError> {
        check_states(states, self.units())?;
        let mut means = vec![0.0; states.len()];
        self.means_down(states, &mut means);
        Ok(means)
    }

    /// For each unit the probability that a recognition has it on, given the states of the layer below it. The visible
    /// units, which are given themselves, are 0 or 1.
    ///
    /// # Errors
    /// As [`generative_means`](Self::generative_means).
    pub fn recognition_means(&self, states: &[u8]) -> Result<Vec<f64>, HelmholtzError> {
        check_states(states, self.units())?;
        let mut means: Vec<f64> = states.iter().map(|&s| f64::from(s)).collect();
        self.means_up(states, &mut means);
        Ok(means)
    }

    /// `ln P(v, h)` of the states of all units, in nats.
    ///
    /// # Errors
    /// As [`generative_means`](Self::generative_means).
    pub fn generative_log_probability(&self, states: &[u8]) -> Result<f64, HelmholtzError> {
        check_states(states, self.units())?;
        Ok(self.log_p(states, &mut vec![0.0; states.len()]))
    }

    /// `ln Q(h | v)` of the states of all units, in nats.
    ///
    /// # Errors
    /// As [`generative_means`](Self::generative_means).
    pub fn recognition_log_probability(&self, states: &[u8]) -> Result<f64, HelmholtzError> {
        check_states(states, self.units())?;
        Ok(self.log_q(states, &mut vec![0.0; states.len()]))
    }

    /// The states of the layer above; none above the top.
    fn above<'a>(&self, layer: usize, states: &'a [u8]) -> &'a [u8] {
        &states[self.layer(layer + 1)]
    }

    // What follows takes the states of all units, checked, and a number for each of them to work in.

    pub(crate) fn draw_down(&self, states: &mut [u8], fields: &mut [f64], rng: &mut Rng) {
        for (layer, given) in self.generative.iter().enumerate().rev() {
            let (below, above) = states.split_at_mut(self.layer(layer).end);
            let above = &above[..given.senders()];
            given.draw(above, &mut below[self.starts[layer]..], fields, rng);
        }
    }

    pub(crate) fn draw_up(&self, states: &mut [u8], fields: &mut [f64], rng: &mut Rng) {
        for (layer, given) in self.recognition.iter().enumerate() {
            let (below, above) = states.split_at_mut(self.starts[layer + 1]);
            let below = &below[self.starts[layer]..];
            given.draw(below, &mut above[..given.receivers()], fields, rng);
        }
    }

    pub(crate) fn means_down(&self, states: &[u8], means: &mut [f64]) {
        for (layer, given) in self.generative.iter().enumerate() {
            given.fields(self.above(layer, states), &mut means[self.layer(layer)]);
        }
        sigmoid(means);
    }

    /// Of the hidden units; those of the visible ones stay what they are.
    pub(crate) fn means_up(&self, states: &[u8], means: &mut [f64]) {
        for (layer, given) in self.recognition.iter().enumerate() {
            given.fields(&states[self.layer(layer)], &mut means[self.layer(layer + 1)]);
        }
        sigmoid(&mut means[self.visible()..]);
    }

    fn log_p(&self, states: &[u8], fields: &mut [f64]) -> f64 {
        let layers = self.generative.iter().enumerate();
        let of = |(layer, given): (usize, &SigmoidLayer)| {
            given.log_probability(self.above(layer, states), &states[self.layer(layer)], fields)
        };
        layers.map(of).sum()
    }

    fn log_q(&self, states: &[u8], fields: &mut [f64]) -> f64 {
        let layers = self.recognition.iter().enumerate();
        let of = |(layer, given): (usize, &SigmoidLayer)| {
            given.log_probability(&states[self.layer(layer)], self.above(layer, states), fields)
        };
        layers.map(of).sum()
    }

    /// `W_l += rate s_{l+1} r_l'` and `b_l += rate r_l`, with r what is given for each unit.
    pub(crate) fn shift_generative(&mut self, rate: f64, states: &[u8], r: &[f64]) {
        for layer in 0..self.sizes.len() {
            let (above, own) = (self.layer(layer + 1), self.layer(layer));
            self.generative[layer].shift(rate, &states[above], &r[own]);
        }
    }

    /// `R_l += rate r_{l+1} s_l'` and `c_l += rate r_{l+1}`, with r what is given for each unit.
    pub(crate) fn shift_recognition(&mut self, rate: f64, states: &[u8], r: &[f64]) {
        for layer in 0..self.recognition.len() {
            let (below, own) = (self.layer(layer), self.layer(layer + 1));
            self.recognition[layer].shift(rate, &states[below], &r[own]);
        }
    }
}

/// Where each layer starts among all units.
fn starts(sizes: &[usize]) -> Vec<usize> {
    let ends = sizes.iter().scan(0, |end, &size| {
        *end += size;
        Some(*end - size)
    });
    ends.collect()
}

fn check_sizes(sizes: &[usize]) -> Result<(), HelmholtzError> {
    if sizes.len() < 2 {
        return Err(HelmholtzError::Layers(sizes.len()));
    }
    if let Some(layer) = sizes.iter().position(|&size| size == 0) {
        return Err(HelmholtzError::Empty(layer));
    }
    match sizes.iter().fold(0usize, |sum, &size| sum.saturating_add(size)) {
        0..=MAX_UNITS => Ok(()),
        units => Err(HelmholtzError::Units(units)),
    }
}

/// Lets states pass that are so many, each 0 or 1.
fn check_states(states: &[u8], expected: usize) -> Result<(), HelmholtzError> {
    if states.len() != expected {
        return Err(HelmholtzError::StateLength { found: states.len(), expected });
    }
    check_binary(states)
}

/// Lets patterns pass, one or more of `units` states each, every one 0 or 1. Gives how many they are.
pub(crate) fn check_patterns(patterns: &[u8], units: usize) -> Result<usize, HelmholtzError> {
    if patterns.is_empty() || !patterns.len().is_multiple_of(units) {
        return Err(HelmholtzError::Patterns { found: patterns.len(), units });
    }
    check_binary(patterns)?;
    Ok(patterns.len() / units)
}

fn check_binary(states: &[u8]) -> Result<(), HelmholtzError> {
    // All of them at once first: the question is asked before every update.
    if states.iter().fold(0, |all, &state| all | state) <= 1 {
        return Ok(());
    }
    let unit = states.iter().position(|&state| state > 1).unwrap_or_default();
    Err(HelmholtzError::State { unit, value: states[unit] })
}
