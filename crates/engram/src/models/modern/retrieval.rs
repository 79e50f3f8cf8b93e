//! What a state is: which patterns it attends to, and what that amounts to.

use alloc::vec::Vec;

use crate::math;
use crate::observe::largest_first;

/// Attention of a state to the P patterns: `p = softmax(β Xξ)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attention {
    scores: Vec<f64>,
    weights: Vec<f64>,
    log_sum_exp: f64,
}

/// A pattern's share of the attention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Number of the pattern, from 0.
    pub pattern: usize,
    /// Its weight, 0 to 1.
    pub weight: f64,
}

/// Share of the attention from which on one pattern counts as retrieved, and with which several of them count as what a
/// state is made of.
pub const SINGLE_SHARE: f64 = 0.9;

/// Share of all patterns that the effective number must reach for their mean to count as that of all.
pub const AVERAGE_SHARE: f64 = 0.9;

/// The verdict on a state (Ramsauer et al. 2020, section 2: the three kinds of fixed points).
#[derive(Clone, Debug, PartialEq)]
pub enum Retrieval {
    /// Not at rest: what it will be is not known.
    Moving,
    /// At rest, and at least [`SINGLE_SHARE`] of the attention is on this pattern: it is retrieved, and the state is its
    /// copy, but for what the others add.
    Single(usize),
    /// At rest in the mean of some patterns, a metastable state: the fewest that have [`SINGLE_SHARE`] of the attention,
    /// the largest first.
    Metastable(Vec<Share>),
    /// At rest in the mean of all patterns: their effective number is at least [`AVERAGE_SHARE`] of P.
    Average,
}

/// `values = softmax(beta · values)`, with the greatest taken off first; returns `ln Σ exp(beta · value)`.
pub(super) fn softmax(values: &mut [f64], beta: f64) -> f64 {
    let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for value in values.iter_mut() {
        *value = math::exp(beta * (*value - greatest));
        total += *value;
    }
    values.iter_mut().for_each(|value| *value /= total);
    beta * greatest + math::ln(total)
}

impl Attention {
    /// Of the scores `x_μ·ξ` of at least one pattern, at inverse temperature β.
    #[must_use]
    pub fn new(scores: Vec<f64>, beta: f64) -> Self {
        let mut weights = scores.clone();
        let log_sum_exp = softmax(&mut weights, beta);
        Self { scores, weights, log_sum_exp }
    }

    /// Scalar products of the patterns with the state, `x_μ·ξ`.
    #[must_use]
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// Weights of the patterns, which sum to 1.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// `ln Σ_μ exp(β x_μ·ξ)`.
    #[must_use]
    pub fn log_sum_exp(&self) -> f64 {
        self.log_sum_exp
    }

    /// Entropy `H = −Σ p ln p`, in nats: 0 where one pattern has all the attention, ln P where all have the same.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.weights.iter().filter(|&&p| p > 0.0).map(|&p| -p * math::ln(p)).sum()
    }

    /// Effective number of patterns, `exp(H)`: 1 to P.
    #[must_use]
    pub fn effective(&self) -> f64 {
        math::exp(self.entropy())
    }

    /// The `count` patterns with the largest shares, the largest first, of equals the one that comes first.
    #[must_use]
    pub fn top(&self, count: usize) -> Vec<Share> {
        let places = largest_first(&self.weights);
        places.into_iter().take(count).map(|pattern| self.share(pattern)).collect()
    }

    /// The fewest patterns that together have a share of the attention, the largest first.
    #[must_use]
    pub fn made_of(&self, share: f64) -> Vec<Share> {
        let mut sum = 0.0;
        let mut parts = Vec::new();
        for pattern in largest_first(&self.weights) {
            if sum >= share {
                break;
            }
            sum += self.weights[pattern];
            parts.push(self.share(pattern));
        }
        parts
    }

    fn share(&self, pattern: usize) -> Share {
        Share { pattern, weight: self.weights[pattern] }
    }

    /// What the state is, if this is its attention; whether it is at rest, its last update says.
    #[must_use]
    pub fn verdict(&self, at_rest: bool) -> Retrieval {
        if !at_rest {
            return Retrieval::Moving;
        }
        let parts = self.made_of(SINGLE_SHARE);
        match parts.as_slice() {
            [single] => Retrieval::Single(single.pattern),
            _ if self.effective() >= AVERAGE_SHARE * self.weights.len() as f64 => Retrieval::Average,
            _ => Retrieval::Metastable(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn with_weights(weights: &[f64]) -> Attention {
        Attention::new(weights.iter().map(|&p| math::ln(p)).collect(), 1.0)
    }

    #[test]
    fn entropy_and_effective_number_of_known_weights() {
        let even = with_weights(&[0.25; 4]);
        assert!((even.effective() - 4.0).abs() < 1e-14 && (even.log_sum_exp()).abs() < 1e-15);
        assert_eq!(Attention::new(vec![3000.0, 0.0], 1.0).effective(), 1.0);
        let halves = with_weights(&[0.5, 0.25, 0.25]);
        assert!((halves.entropy() - 1.5 * core::f64::consts::LN_2).abs() < 1e-15);
    }

    #[test]
    fn the_largest_shares_come_first() {
        let attention = with_weights(&[0.1, 0.3, 0.2, 0.3, 0.1]);
        let named: Vec<usize> = attention.top(4).iter().map(|share| share.pattern).collect();
        assert_eq!(named, [1, 3, 2, 0]);
        assert_eq!(attention.made_of(0.55).len(), 2);
        assert_eq!(attention.made_of(0.7).len(), 3);
        assert_eq!(attention.top(9).len(), 5);
    }

    #[test]
    fn verdicts_follow_the_thresholds() {
        let verdict = |weights: &[f64]| with_weights(weights).verdict(true);
        assert_eq!(verdict(&[0.05, 0.91, 0.04]), Retrieval::Single(1));
        let Retrieval::Metastable(parts) = verdict(&[0.45, 0.02, 0.03, 0.5]) else { panic!() };
        assert_eq!(parts.iter().map(|share| share.pattern).collect::<Vec<_>>(), [3, 0]);
        assert_eq!(verdict(&[0.26, 0.24, 0.27, 0.23]), Retrieval::Average);
        assert_eq!(verdict(&[1.0]), Retrieval::Single(0));
        assert_eq!(with_weights(&[1.0]).verdict(false), Retrieval::Moving);
    }
}
