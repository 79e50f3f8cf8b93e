//! Multinomial logistic regression: a head that names what features are of.
//!
//! # What it is
//! D numbers x, the features of a picture, and K classes. `P(k | x) = e^z_k / Σ_l e^z_l` with `z_k = w_k·x + b_k`. It has no
//! hidden units: how well it names shows how much of the classes can be read off the features in a straight line. Put on
//! hidden units of a machine that learned from pictures alone, it tells what these have found.
//!
//! # Objective
//! `L = −(1/n) Σ ln P(class | x) + ½ λ Σ_k |w_k|²`; biases are free. It is convex, and for λ > 0 all starts come to the same
//! probabilities. Where others give a strength C of the data, `λ = 1 / (C n)`.
//!
//! # Learning
//! No rate is to be chosen. The Hessian of L is nowhere above `½ I ⊗ G + λ`, with `G = (1/n) Σ x x'` (Böhning), so that a step
//! that minimises this one parabola, which touches L from above, never overshoots. Such steps are taken from a point ahead
//! (Nesterov), and the momentum is dropped whenever it leads uphill (O'Donoghue & Candès). A step looks at all features and
//! draws nothing.
//!
//! # Shapes
//! Weights (K, D + 1), the bias last: the weight from one more feature that is always 1. Features a row each, flat.
//!
//! # References
//! D. Böhning, *Multinomial logistic regression algorithm*, Annals of the Institute of Statistical Mathematics 44 (1992) 197
//! (theorem 2). Y. Nesterov, Soviet Mathematics Doklady 27 (1983) 372. B. O'Donoghue & E. Candès, *Adaptive restart for
//! accelerated gradient schemes*, Foundations of Computational Mathematics 15 (2015) 715 (§3.2, the gradient scheme).

mod error;
mod problem;
#[cfg(test)]
mod tests;

pub use error::LogisticError;
pub use problem::LogisticProblem;

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel;
use crate::math;
use error::{check_numbers, check_rows};
use problem::padded_rows;

/// Most features D.
pub const MAX_FEATURES: usize = 2048;

/// Most classes K.
pub const MAX_CLASSES: usize = 255;

/// Most numbers that are learned from, the padding of rows among them.
pub const MAX_NUMBERS: usize = 1 << 25;

/// Largest size of a feature, a weight or a bias.
pub const MAX_VALUE: f64 = 1e6;

/// What is learned, and where the descent is: plain data.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Logistic {
    features: usize,
    classes: usize,
    /// Shape (K, D + 1).
    weights: Vec<f64>,
    /// The weights one step before.
    before: Vec<f64>,
    /// Nesterov's number t of the momentum, 1 at rest.
    pace: f64,
}

/// How steep the objective is at some weights.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticSlope {
    /// The objective L.
    pub loss: f64,
    /// Its gradient, shape (K, D + 1).
    pub gradient: Vec<f64>,
}

impl Logistic {
    /// Of so many features and classes, to which all classes are equally likely.
    ///
    /// # Errors
    /// No features, fewer than two classes, or too many of either.
    pub fn new(features: usize, classes: usize) -> Result<Self, LogisticError> {
        if !(1..=MAX_FEATURES).contains(&features) || !(2..=MAX_CLASSES).contains(&classes) {
            return Err(LogisticError::Sizes { features, classes });
        }
        let weights = vec![0.0; classes * (features + 1)];
        Ok(Self { features, classes, before: weights.clone(), weights, pace: 1.0 })
    }

    /// Of weights of shape (K, D + 1), the bias last, and at rest.
    ///
    /// # Errors
    /// As [`new`](Self::new), another number of weights, or one that is none or beyond [`MAX_VALUE`] in size.
    pub fn of(features: usize, classes: usize, weights: Vec<f64>) -> Result<Self, LogisticError> {
        let head = Self::new(features, classes)?;
        let expected = head.weights.len();
        if weights.len() != expected {
            return Err(LogisticError::Weights { found: weights.len(), expected });
        }
        check_numbers("weight", &weights)?;
        Ok(Self { before: weights.clone(), weights, ..head })
    }

    /// Features D.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// Classes K.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Weights, shape (K, D + 1), the bias last.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// How likely each class is, for features a row each: K numbers a row that add up to 1.
    ///
    /// # Errors
    /// Numbers that are no rows of D, or one that is none or beyond [`MAX_VALUE`] in size.
    pub fn probabilities(&self, features: &[f64]) -> Result<Vec<f64>, LogisticError> {
        check_rows(features, self.features)?;
        let weights = self.padded(&self.weights);
        let rows = padded_rows(features, self.features);
        let mut all = vec![0.0; features.len() / self.features * self.classes];
        let stride = kernel::padded(self.features + 1);
        for (row, to) in rows.chunks_exact(stride).zip(all.chunks_exact_mut(self.classes)) {
            softmax(&weights, row, to);
        }
        Ok(all)
    }

    /// Part of the rows of features whose likeliest class, of several alike the first, is not theirs.
    ///
    /// # Errors
    /// As [`probabilities`](Self::probabilities), no rows, another number of classes than of rows, or a class that is none.
    pub fn error(&self, features: &[f64], classes: &[u8]) -> Result<f64, LogisticError> {
        let probabilities = self.probabilities(features)?;
        error::check_classes(features.len() / self.features, classes, self.classes)?;
        let called =
            |row: &[f64]| (1..row.len()).fold(0, |best, k| if row[k] > row[best] { k } else { best });
        let rows = probabilities.chunks_exact(self.classes).zip(classes);
        let wrong = rows.filter(|(row, class)| called(row) != usize::from(**class)).count();
        Ok(wrong as f64 / classes.len() as f64)
    }

    /// The objective and its gradient.
    ///
    /// # Errors
    /// A problem of other sizes.
    pub fn slope(&self, problem: &LogisticProblem) -> Result<LogisticSlope, LogisticError> {
        self.check_problem(problem)?;
        Ok(self.slope_at(&self.weights, problem))
    }

    /// Takes a step down, and says how steep it was there: the largest size of the gradient where the step began, which is a
    /// little ahead of the weights. It falls to nothing. The objective may rise a little now and then, where momentum leads.
    ///
    /// # Errors
    /// A problem of other sizes.
    pub fn step(&mut self, problem: &LogisticProblem) -> Result<f64, LogisticError> {
        self.check_problem(problem)?;
        let next = 0.5 * (1.0 + math::sqrt(1.0 + 4.0 * self.pace * self.pace));
        let momentum = (self.pace - 1.0) / next;
        let past = self.weights.iter().zip(&self.before);
        let ahead: Vec<f64> = past.map(|(w, before)| w + momentum * (w - before)).collect();
        let LogisticSlope { gradient, .. } = self.slope_at(&ahead, problem);
        let mut to = gradient.clone();
        to.chunks_exact_mut(self.features + 1).for_each(|row| problem.solve(row));
        to.iter_mut().zip(&ahead).for_each(|(to, ahead)| *to = ahead - *to);
        let moved = to.iter().zip(&self.weights).map(|(to, from)| to - from);
        let climb: f64 = gradient.iter().zip(moved).map(|(slope, moved)| slope * moved).sum();
        self.pace = if climb > 0.0 { 1.0 } else { next };
        self.before = core::mem::replace(&mut self.weights, to);
        Ok(gradient.iter().fold(0.0, |most, slope| math::abs(*slope).max(most)))
    }

    /// Whether it is one of so many features and classes, as what was saved may not be.
    #[must_use]
    pub fn fits(&self, features: usize, classes: usize) -> bool {
        let count = classes.saturating_mul(features.saturating_add(1));
        (self.features, self.classes) == (features, classes)
            && Self::new(features, classes).is_ok()
            && [&self.weights, &self.before].iter().all(|all| all.len() == count)
            && self.weights.iter().chain(&self.before).all(|x| x.is_finite())
            && self.pace >= 1.0
            && self.pace.is_finite()
    }

    fn slope_at(&self, weights: &[f64], problem: &LogisticProblem) -> LogisticSlope {
        let (width, stride) = (self.features + 1, kernel::padded(self.features + 1));
        let padded = self.padded(weights);
        let mut sums = vec![0.0; padded.len()];
        let mut pulls = vec![0.0; self.classes];
        let mut loss = 0.0;
        for (row, class) in problem.rows() {
            loss -= softmax_ln(&padded, row, &mut pulls, class);
            pulls[class] -= 1.0;
            for (sum, &pull) in sums.chunks_exact_mut(stride).zip(&pulls) {
                kernel::add_scaled(sum, pull, row);
            }
        }
        let share = 1.0 / problem.count() as f64;
        let mut size = 0.0;
        let mut gradient = Vec::with_capacity(weights.len());
        for (sum, weights) in sums.chunks_exact(stride).zip(weights.chunks_exact(width)) {
            for (unit, (sum, w)) in sum.iter().zip(weights).enumerate() {
                let penalty = if unit < self.features { problem.penalty() } else { 0.0 };
                size += penalty * w * w;
                gradient.push(share * sum + penalty * w);
            }
        }
        LogisticSlope { loss: share * loss + 0.5 * size, gradient }
    }

    /// Rows of D + 1 weights, padded.
    fn padded(&self, weights: &[f64]) -> Vec<f64> {
        let (width, stride) = (self.features + 1, kernel::padded(self.features + 1));
        let mut padded = vec![0.0; self.classes * stride];
        for (to, row) in padded.chunks_exact_mut(stride).zip(weights.chunks_exact(width)) {
            to[..width].copy_from_slice(row);
        }
        padded
    }

    fn check_problem(&self, problem: &LogisticProblem) -> Result<(), LogisticError> {
        let (features, classes) = (problem.features(), problem.classes());
        if (features, classes) == (self.features, self.classes) {
            return Ok(());
        }
        Err(LogisticError::Problem { features, classes, expected: (self.features, self.classes) })
    }
}

/// Probabilities of all classes, of a row of features and rows of weights, all padded; and ln of that of one class.
fn softmax_ln(weights: &[f64], row: &[f64], to: &mut [f64], class: usize) -> f64 {
    for (z, weights) in to.iter_mut().zip(weights.chunks_exact(row.len())) {
        *z = kernel::dot(weights, row);
    }
    let all = math::log_sum_exp(to);
    let ln = to[class] - all;
    to.iter_mut().for_each(|z| *z = math::exp(*z - all));
    ln
}

fn softmax(weights: &[f64], row: &[f64], to: &mut [f64]) {
    softmax_ln(weights, row, to, 0);
}
