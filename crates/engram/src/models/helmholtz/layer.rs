//! One layer given the states of a neighbouring one.

use alloc::vec::Vec;

use super::{LayerParameters, MAX_SIZE};
use crate::math;
use crate::rng::Rng;

/// Units that are independent of each other once the states x of a neighbouring layer are known:
/// `P(s_i = 1 | x) = σ(b_i + Σ_j W_ji x_j)`.
#[derive(Clone, Debug, PartialEq)]
pub struct SigmoidLayer {
    /// Shape (senders, receivers): what a unit sends lies side by side, so that a unit that is off costs nothing.
    weights: Vec<f64>,
    /// One a receiver.
    biases: Vec<f64>,
    senders: usize,
}

impl SigmoidLayer {
    /// Of weights whose rows are the senders.
    pub(super) fn down(given: &LayerParameters) -> Self {
        let LayerParameters { weights, biases } = given.clone();
        Self { senders: weights.len() / biases.len(), weights, biases }
    }

    /// Of weights whose rows are the receivers.
    pub(super) fn up(given: &LayerParameters) -> Self {
        let LayerParameters { weights, biases } = given;
        let senders = weights.len() / biases.len();
        Self { senders, weights: transposed(weights, senders), biases: biases.clone() }
    }

    /// What [`down`](Self::down) takes.
    pub(super) fn as_down(&self) -> LayerParameters {
        LayerParameters { weights: self.weights.clone(), biases: self.biases.clone() }
    }

    /// What [`up`](Self::up) takes.
    pub(super) fn as_up(&self) -> LayerParameters {
        LayerParameters { weights: transposed(&self.weights, self.receivers()), biases: self.biases.clone() }
    }

    /// Units that are given.
    #[must_use]
    pub fn senders(&self) -> usize {
        self.senders
    }

    /// Units of the layer.
    #[must_use]
    pub fn receivers(&self) -> usize {
        self.biases.len()
    }

    /// The weights of what a unit sends, one a receiver; empty for a sender that is not there.
    #[must_use]
    pub fn sent(&self, sender: usize) -> &[f64] {
        self.weights.chunks_exact(self.receivers()).nth(sender).unwrap_or_default()
    }

    /// The biases, one a receiver.
    #[must_use]
    pub fn biases(&self) -> &[f64] {
        &self.biases
    }

    /// The fields `b_i + Σ_j W_ji x_j`, one a receiver.
    pub(super) fn fields(&self, x: &[u8], fields: &mut [f64]) {
        fields.copy_from_slice(&self.biases);
        on(x, |sender| {
            let row = &self.weights[sender * fields.len()..][..fields.len()];
            fields.iter_mut().zip(row).for_each(|(field, weight)| *field += weight);
        });
    }

    /// Draws all units. Of `fields`, there must be as many as receivers or more.
    pub(super) fn draw(&self, x: &[u8], units: &mut [u8], fields: &mut [f64], rng: &mut Rng) {
        let fields = &mut fields[..units.len()];
        self.fields(x, fields);
        for (unit, &field) in units.iter_mut().zip(&*fields) {
            *unit = u8::from(rng.logistic(field));
        }
    }

    /// The logarithm of the probability of these states. Of `fields`, there must be as many as receivers or more.
    pub(super) fn log_probability(&self, x: &[u8], units: &[u8], fields: &mut [f64]) -> f64 {
        let fields = &mut fields[..units.len()];
        self.fields(x, fields);
        let of = |(&unit, &field): (&u8, &f64)| -math::softplus(if unit == 0 { field } else { -field });
        units.iter().zip(&*fields).map(of).sum()
    }

    /// `W_ji += rate x_j r_i` and `b_i += rate r_i`, each kept within ±[`MAX_SIZE`].
    pub(super) fn shift(&mut self, rate: f64, x: &[u8], r: &[f64]) {
        let add = |numbers: &mut [f64]| {
            for (number, r) in numbers.iter_mut().zip(r) {
                *number = (*number + rate * r).clamp(-MAX_SIZE, MAX_SIZE);
            }
        };
        add(&mut self.biases);
        on(x, |sender| add(&mut self.weights[sender * r.len()..][..r.len()]));
    }
}

/// Visits those units that are on. States are as coins, and a branch on each would mostly be foreseen wrongly; so the units
/// that are on are found first, 64 at a time.
#[inline(always)]
fn on(states: &[u8], mut visit: impl FnMut(usize)) {
    for (block, states) in states.chunks(64).enumerate() {
        let mut bits = states.iter().rev().fold(0u64, |bits, &state| bits << 1 | u64::from(state));
        while bits != 0 {
            visit(64 * block + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
    }
}

/// Rows of `width` numbers as columns.
fn transposed(rows: &[f64], width: usize) -> Vec<f64> {
    (0..width).flat_map(|column| rows.iter().skip(column).step_by(width).copied()).collect()
}
