//! What is known exactly of a small net.
//!
//! Nothing is summed over all hidden states at once: layers speak to their neighbours alone, so that a table over the states
//! of one layer is made from the table of the next. A state of n units is a number whose bit i is unit i. Tables of products
//! over units are made by doubling, unit by unit.

use alloc::vec;
use alloc::vec::Vec;

use super::{Helmholtz, HelmholtzError, SigmoidLayer, check_patterns, check_states};
use crate::math;
use crate::order::order_by_key;

/// Most hidden units that are enumerated, all layers together.
pub const MAX_HIDDEN: usize = 20;

/// Most visible units of a table of all pictures.
pub const MAX_VISIBLE: usize = 16;

/// Most visible units and units of the first hidden layer together for such a table: 2^26 products.
pub const MAX_TABLE: usize = 26;

/// How far the sum of given probabilities may be from 1.
const SUM_ERROR: f64 = 1e-9;

/// The exact likelihoods of a net with at most [`MAX_HIDDEN`] hidden units, as it was when they were asked for.
///
/// Its logarithms are right to rounding of the largest field; a likelihood too small for a number has its logarithm all the
/// same.
#[derive(Clone, Debug)]
pub struct Exact<'a> {
    net: &'a Helmholtz,
    /// `ln P(s_1)` of each state of the first hidden layer.
    prior: Vec<f64>,
    /// That, less `Σ_i ln(1 + e^x_i)` over the fields x of the visible units: what is left of `ln P(v, s_1)` is linear in s_1.
    base: Vec<f64>,
    /// What each state of the first hidden layer adds to the bound, apart from its part in the fields of the visible units.
    value: Vec<f64>,
}

/// How well a net fits a distribution of patterns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// `KL(data ‖ model) = Σ p ln(p / P)`, in nats: the entropy and the log-likelihood together, with their signs.
    pub divergence: f64,
    /// Entropy of the data, in nats; the log-likelihood cannot be above minus this.
    pub entropy: f64,
    /// Mean `ln P(v)` over the data, in nats.
    pub log_likelihood: f64,
    /// Mean variational bound over the data, in nats; at most the log-likelihood.
    pub bound: f64,
    /// The share of dreams whose picture is one of the patterns.
    pub mass: f64,
}

impl<'a> Exact<'a> {
    /// Looks at every state of every hidden layer, of sizes n_1 … n_L: about `2^n_1 n_0 + Σ_l 2^(n_l + n_{l+1})` exponentials.
    ///
    /// # Errors
    /// More than [`MAX_HIDDEN`] hidden units.
    pub fn enumerate(net: &'a Helmholtz) -> Result<Self, HelmholtzError> {
        let hidden = net.units() - net.visible();
        if hidden > MAX_HIDDEN {
            return Err(HelmholtzError::Hidden(hidden));
        }
        let top = net.sizes().len() - 1;
        let mut prior = log_products(&log_sides(net.generative[top].biases()));
        let mut value = prior.clone();
        for layer in (1..top).rev() {
            let given = &net.generative[layer];
            value = gains(net, layer, &less(&value, &normalisers(given)));
            prior = passed_down(given, &prior);
        }
        let visible = normalisers(&net.generative[0]);
        let base = less(&prior, &visible);
        value = less(&value, &visible);
        Ok(Self { net, prior, base, value })
    }

    /// `ln P(v)` of the visible states, in nats.
    ///
    /// # Errors
    /// Visible states of the wrong number, or other than 0 and 1.
    pub fn log_likelihood(&self, visible: &[u8]) -> Result<f64, HelmholtzError> {
        check_states(visible, self.net.visible())?;
        Ok(self.likelihood_of(visible))
    }

    /// The variational bound `−F(v) = E_Q[ln P(v, h) − ln Q(h | v)] ≤ ln P(v)`, in nats.
    ///
    /// # Errors
    /// As [`log_likelihood`](Self::log_likelihood).
    pub fn bound(&self, visible: &[u8]) -> Result<f64, HelmholtzError> {
        check_states(visible, self.net.visible())?;
        Ok(self.bound_of(visible))
    }

    /// How well the net fits patterns, row by row of as many states as there are visible units, each with its probability in
    /// the data. A pattern of probability 0 counts for nothing but the mass.
    ///
    /// # Errors
    /// No whole number of patterns, or none; states other than 0 and 1; a pattern there twice; another number of
    /// probabilities, ones that are not from 0 to 1, or whose sum is off 1 by more than 1e-9.
    pub fn fit(&self, patterns: &[u8], probabilities: &[f64]) -> Result<Fit, HelmholtzError> {
        let n = self.net.visible();
        let count = check_patterns(patterns, n)?;
        check_probabilities(probabilities, count)?;
        let row = |k: usize| &patterns[k * n..(k + 1) * n];
        let order = order_by_key(count, row);
        if let Some(pair) = order.windows(2).find(|pair| row(pair[0]) == row(pair[1])) {
            return Err(HelmholtzError::Twice { first: pair[0], again: pair[1] });
        }
        let mut fit = Fit { divergence: 0.0, entropy: 0.0, log_likelihood: 0.0, bound: 0.0, mass: 0.0 };
        for (pattern, &p) in patterns.chunks_exact(n).zip(probabilities) {
            let log_likelihood = self.likelihood_of(pattern);
            fit.mass += math::exp(log_likelihood);
            if p > 0.0 {
                let log_p = math::ln(p);
                fit.entropy -= p * log_p;
                fit.log_likelihood += p * log_likelihood;
                fit.bound += p * self.bound_of(pattern);
                fit.divergence += p * (log_p - log_likelihood);
            }
        }
        Ok(fit)
    }

    /// The probability of every picture: 2^n of them, by number, bit i of which is visible unit i.
    ///
    /// # Errors
    /// More than [`MAX_VISIBLE`] visible units, or more than [`MAX_TABLE`] together with the first hidden layer.
    pub fn distribution(&self) -> Result<Vec<f64>, HelmholtzError> {
        let (visible, given) = (self.net.visible(), &self.net.generative[0]);
        let first = given.senders();
        if visible > MAX_VISIBLE || visible + first > MAX_TABLE {
            return Err(HelmholtzError::Table { visible, first });
        }
        let (mut states, mut means) = (vec![0; first], vec![0.0; visible]);
        let (mut sum, mut table) = (vec![0.0; 1 << visible], vec![0.0; 1 << visible]);
        for (code, &log_p) in self.prior.iter().enumerate() {
            unpack(code, &mut states);
            given.fields(&states, &mut means);
            table[0] = math::exp(log_p);
            for (unit, &field) in means.iter().enumerate() {
                let (off, on) = table[..2 << unit].split_at_mut(1 << unit);
                let (p_off, p_on) = (math::sigmoid(-field), math::sigmoid(field));
                for (off, on) in off.iter_mut().zip(on) {
                    (*off, *on) = (*off * p_off, *off * p_on);
                }
            }
            sum.iter_mut().zip(&table).for_each(|(sum, p)| *sum += p);
        }
        Ok(sum)
    }

    fn likelihood_of(&self, visible: &[u8]) -> f64 {
        let given = &self.net.generative[0];
        let mut terms = sums(&projections(given, visible));
        terms.iter_mut().zip(&self.base).for_each(|(term, base)| *term += base);
        along(given.biases(), visible) + math::log_sum_exp(&terms)
    }

    fn bound_of(&self, visible: &[u8]) -> f64 {
        let given = &self.net.generative[0];
        let mut fields = vec![0.0; given.senders()];
        self.net.recognition[0].fields(visible, &mut fields);
        along(given.biases(), visible)
            + recognised(&fields, &projections(given, visible), &mut self.value.clone())
    }
}

/// What each state s of a hidden layer below the top adds to the bound, apart from what is linear in it in the field of the
/// layer below and from that layer's normaliser: `s'b`, and on average over recognitions of the layer above what that sends
/// down to s, its `value`, from which the normalisers of s are taken already, and its entropy.
fn gains(net: &Helmholtz, layer: usize, value: &[f64]) -> Vec<f64> {
    let given = &net.generative[layer];
    let mut states = vec![0; given.receivers()];
    let mut fields = vec![0.0; given.senders()];
    let mut table = value.to_vec();
    let of = |code: usize| {
        unpack(code, &mut states);
        net.recognition[layer].fields(&states, &mut fields);
        table.copy_from_slice(value);
        along(given.biases(), &states) + recognised(&fields, &projections(given, &states), &mut table)
    };
    (0..1 << given.receivers()).map(of).collect()
}

/// The mean over independent units h, on with probability σ(field), of `h·sent + value(h)`, and their entropy. Folds the
/// table of values unit by unit, which destroys it.
fn recognised(fields: &[f64], sent: &[f64], value: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    for (unit, (&field, &sent)) in fields.iter().zip(sent).enumerate().rev() {
        let (on, off) = (math::sigmoid(field), math::sigmoid(-field));
        sum += on * (sent + math::softplus(-field)) + off * math::softplus(field);
        let (low, high) = value[..2 << unit].split_at_mut(1 << unit);
        low.iter_mut().zip(high).for_each(|(low, high)| *low = off * *low + on * *high);
    }
    sum + value[0]
}

/// `ln P` of each state of a layer, from that of each state of the layer above.
fn passed_down(given: &SigmoidLayer, above: &[f64]) -> Vec<f64> {
    let mut states = vec![0; given.senders()];
    let mut fields = vec![0.0; given.receivers()];
    let mut terms = |code: usize| {
        unpack(code, &mut states);
        given.fields(&states, &mut fields);
        log_products(&log_sides(&fields))
    };
    // Twice over the layer above, so that one table is enough: for the largest term of each state, and for the sums.
    let mut most = vec![f64::NEG_INFINITY; 1 << given.receivers()];
    for (code, log_p) in above.iter().enumerate() {
        most.iter_mut().zip(terms(code)).for_each(|(most, term)| *most = most.max(log_p + term));
    }
    let mut sum = vec![0.0; most.len()];
    for (code, log_p) in above.iter().enumerate() {
        for ((sum, most), term) in sum.iter_mut().zip(&most).zip(terms(code)) {
            *sum += math::exp(log_p + term - most);
        }
    }
    most.iter().zip(&sum).map(|(most, &sum)| most + math::ln(sum)).collect()
}

/// `Σ_i ln(1 + e^x_i)` over the fields of a layer, for each state of the layer above.
fn normalisers(given: &SigmoidLayer) -> Vec<f64> {
    let (mut states, mut fields) = (vec![0; given.senders()], vec![0.0; given.receivers()]);
    let of = |code: usize| {
        unpack(code, &mut states);
        given.fields(&states, &mut fields);
        fields.iter().map(|&x| math::softplus(x)).sum()
    };
    (0..1 << given.senders()).map(of).collect()
}

/// For each sender what it says to these receivers, `Σ_i W_ji s_i`.
fn projections(given: &SigmoidLayer, receivers: &[u8]) -> Vec<f64> {
    (0..given.senders()).map(|sender| along(given.sent(sender), receivers)).collect()
}

fn less(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// The sum of those numbers whose unit is on.
fn along(numbers: &[f64], states: &[u8]) -> f64 {
    numbers.iter().zip(states).filter(|&(_, &state)| state != 0).map(|(number, _)| number).sum()
}

/// `[ln P(off), ln P(on)]` of units with these fields.
fn log_sides(fields: &[f64]) -> Vec<[f64; 2]> {
    fields.iter().map(|&x| [-math::softplus(x), -math::softplus(-x)]).collect()
}

/// For each state of so many units the sum over them of their first number if off, their second if on.
fn log_products(sides: &[[f64; 2]]) -> Vec<f64> {
    let mut table = Vec::with_capacity(1 << sides.len());
    table.push(0.0);
    for [off, on] in sides {
        for code in 0..table.len() {
            table.push(table[code] + on);
            table[code] += off;
        }
    }
    table
}

/// For each state the sum of the numbers of units that are on.
fn sums(numbers: &[f64]) -> Vec<f64> {
    let mut table = Vec::with_capacity(1 << numbers.len());
    table.push(0.0);
    for number in numbers {
        for code in 0..table.len() {
            table.push(table[code] + number);
        }
    }
    table
}

fn unpack(code: usize, states: &mut [u8]) {
    states.iter_mut().enumerate().for_each(|(i, state)| *state = (code >> i & 1) as u8);
}

fn check_probabilities(probabilities: &[f64], expected: usize) -> Result<(), HelmholtzError> {
    if probabilities.len() != expected {
        return Err(HelmholtzError::Probabilities { found: probabilities.len(), expected });
    }
    if let Some(pattern) = probabilities.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(HelmholtzError::Probability { pattern, value: probabilities[pattern] });
    }
    let sum: f64 = probabilities.iter().sum();
    if math::abs(sum - 1.0) <= SUM_ERROR { Ok(()) } else { Err(HelmholtzError::Sum(sum)) }
}
