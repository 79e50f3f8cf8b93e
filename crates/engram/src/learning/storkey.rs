//! Storkey's rule.

use alloc::vec;
use alloc::vec::Vec;

use super::capacity::log_units;
use super::{Capacity, Example, LearnError, Learned, LearningRule, check, check_alike};
use crate::kernel::Real;
use crate::math;
use crate::rng::Rng;
use crate::weights::Weights;

/// Weights and biases stay below this, as those of any net.
const LARGEST: f64 = 1e9;

/// Patterns are taken one after another; each adds what the net does not yet say of it:
///
/// first order `Δw_ij = (1/n) [x_i x_j − x_i h_ji − h_ij x_j]`,
/// second order `Δw_ij = (1/n) (x_i − h_ij)(x_j − h_ji)`, the same and `h_ij h_ji / n`,
///
/// where `h_ij = Σ_{k≠i,j} w_ik x_k` is the field of unit i, by the weights before this pattern, without the word of
/// j. Local and incremental; the result depends on the order of the patterns, so one of them cannot be taken out
/// again. With about as many random patterns as units the second order runs away, each pattern squaring the weights
/// of the last; that is [`LearnError::Diverges`]. Weights stay symmetric; the common factor is 1/n, and the first pattern alone gives Hebb's weights.
///
/// A bias is the weight from one more unit that is always on: it counts among the k, and is learned as
/// `Δb_i = (1/n) [x_i − x_i g_i − (h_i − b_i)]` with `g_i = Σ_{k≠i} b_k x_k`, or to second order
/// `(1/n) (x_i − (h_i − b_i))(1 − g_i)`. The factor stays 1/n for n units of the net.
///
/// A. Storkey, *Increasing the capacity of a Hopfield network without sacrificing functionality*, ICANN 1997, LNCS
/// 1327, 451.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Storkey {
    /// Whether the second-order term `h_ij h_ji / n` is added.
    pub second_order: bool,
    /// Whether biases are learned.
    pub bias: bool,
}

impl Storkey {
    /// First order: n/√(2 ln n), as its paper has it, at which 0.98 of the patterns are measured to be fixed points
    /// both at 100 and at 400 units; three quarters of that come back from spoilt cues. Second order, measured: 0.9 of
    /// the patterns are fixed points at half as many as units, and nine of ten come back at 0.3.
    #[must_use]
    pub fn capacity(self, units: usize) -> Capacity {
        if self.second_order {
            return Capacity::new(0.3, 0.5);
        }
        let most = (1.0 / math::sqrt(2.0 * log_units(units))).min(1.0);
        Capacity::new(0.75 * most, most)
    }

    /// The bracket: what one pattern adds before the factor 1/n. Alike in its two sides to the last bit, which keeps
    /// the weights symmetric.
    #[inline]
    fn step(self, xi: f64, xj: f64, hij: f64, hji: f64) -> f64 {
        if self.second_order { (xi - hij) * (xj - hji) } else { xi * xj - (xi * hji + xj * hij) }
    }

    /// O(n²): all h_ij come from one vector of fields, `h_ij = h_i − w_ij x_j` (w_ii is 0). Nothing is changed if it
    /// fails.
    fn add<T: Real>(
        self,
        learned: &mut Learned<T>,
        example: Example<'_>,
        number: usize,
    ) -> Result<(), LearnError> {
        let weights = &learned.weights;
        let (n, factor) = (weights.units(), weights.scale());
        let x: Vec<f64> = example.spins.iter().map(|&s| f64::from(s)).collect();
        let mut field = vec![0.0; n];
        for (j, &xj) in x.iter().enumerate() {
            for (h, &m) in field.iter_mut().zip(weights.sent(j)) {
                *h += m.to_f64() * xj;
            }
        }
        for (h, &b) in field.iter_mut().zip(&learned.bias) {
            *h = factor * *h + b;
        }
        let on: f64 = learned.bias.iter().zip(&x).map(|(b, x)| b * x).sum();
        if self.runs_away(learned, &field, on) {
            return Err(LearnError::Diverges { pattern: number });
        }
        let weights = &mut learned.weights;
        for j in 0..n {
            let (xj, hj) = (x[j], field[j]);
            for ((m, &xi), &hi) in weights.sent_mut(j).iter_mut().zip(&x).zip(&field) {
                let w = factor * m.to_f64();
                *m = T::from_f64(m.to_f64() + self.step(xi, xj, hi - w * xj, hj - w * xi));
            }
            weights.set_raw(j, j, T::default());
        }
        if self.bias {
            for ((b, &xi), &hi) in learned.bias.iter_mut().zip(&x).zip(&field) {
                *b += factor * self.step(xi, 1.0, hi - *b, on - *b * xi);
            }
        }
        Ok(())
    }

    /// Whether the next step may take a weight or bias beyond [`LARGEST`], by the largest that there are.
    fn runs_away<T: Real>(self, learned: &Learned<T>, field: &[f64], on: f64) -> bool {
        let (weights, bias) = (&learned.weights, &learned.bias);
        let raw = largest(weights.all_sent().iter().map(|m| m.to_f64()));
        let size = (weights.scale() * raw).max(largest(bias.iter().copied()));
        let reach = largest(field.iter().copied()).max(math::abs(on)) + size;
        let step = if self.second_order { (1.0 + reach) * (1.0 + reach) } else { 1.0 + 2.0 * reach };
        size + weights.scale() * step > LARGEST
    }
}

fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.map(math::abs).fold(0.0, f64::max)
}

impl<T: Real> LearningRule<T> for Storkey {
    fn learn(
        &self,
        units: usize,
        examples: &[Example<'_>],
        _rng: &mut Rng,
    ) -> Result<Learned<T>, LearnError> {
        check(units, examples)?;
        check_alike(examples)?;
        let weights = Weights::zero(units, 1.0 / units.max(1) as f64)?;
        let mut learned = Learned { weights, bias: vec![0.0; units], notes: vec![] };
        for (number, &example) in examples.iter().enumerate() {
            self.add(&mut learned, example, number)?;
        }
        Ok(learned)
    }

    fn store(
        &self,
        learned: &mut Learned<T>,
        before: &[Example<'_>],
        new: Example<'_>,
    ) -> Result<bool, LearnError> {
        check(learned.weights.units(), &[new])?;
        check_alike(&[new])?;
        self.add(learned, new, before.len())?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    const THREE: [[i8; 4]; 3] = [[1, 1, 1, -1], [1, -1, 1, 1], [-1, 1, 1, 1]];

    fn learn(rule: Storkey, patterns: &[&[i8]]) -> Learned<f64> {
        let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
        rule.learn(patterns[0].len(), &examples, &mut Rng::new(0, Stream::Learning, 0)).unwrap()
    }

    /// The rule as it is written: sums over k, old weights, an explicit always-on unit if there are biases.
    fn by_definition(rule: Storkey, patterns: &[Vec<i8>]) -> Vec<Vec<f64>> {
        let n = patterns[0].len();
        let size = n + usize::from(rule.bias);
        let mut w = vec![vec![0.0; size]; size];
        for pattern in patterns {
            let mut x: Vec<f64> = pattern.iter().map(|&s| f64::from(s)).collect();
            x.resize(size, 1.0);
            let old = w.clone();
            let h = |i: usize, j: usize| -> f64 {
                (0..size).filter(|&k| k != i && k != j).map(|k| old[i][k] * x[k]).sum()
            };
            for i in 0..size {
                for j in (0..size).filter(|&j| j != i) {
                    let mut step = x[i] * x[j] - x[i] * h(j, i) - h(i, j) * x[j];
                    if rule.second_order {
                        step += h(i, j) * h(j, i);
                    }
                    w[i][j] += step / n as f64;
                }
            }
        }
        w
    }

    #[test]
    fn three_patterns_of_four_units_by_hand() {
        let patterns: Vec<&[i8]> = THREE.iter().map(|x| &x[..]).collect();
        let w = learn(Storkey::default(), &patterns).weights;
        let pairs = [w.get(0, 1), w.get(0, 2), w.get(0, 3), w.get(1, 2), w.get(1, 3), w.get(2, 3)];
        assert_eq!(pairs, [-0.625, 0.5, -0.625, 0.625, -0.5, 0.625]);
        let energy = |x: &[i8]| -> f64 {
            let pair = |i: usize, j: usize| w.get(i, j) * f64::from(x[i]) * f64::from(x[j]);
            -0.5 * (0..4).flat_map(|i| (0..4).map(move |j| (i, j))).map(|(i, j)| pair(i, j)).sum::<f64>()
        };
        assert_eq!([energy(&THREE[0]), energy(&THREE[1]), energy(&THREE[2])], [-1.0, -1.0, -1.5]);
        let reversed: Vec<&[i8]> = patterns.iter().rev().copied().collect();
        assert_ne!(learn(Storkey::default(), &reversed).weights, w, "the order matters");
    }

    #[test]
    fn both_orders_with_and_without_biases_follow_the_definition() {
        let mut draw = Rng::new(3, Stream::Patterns, 0);
        let patterns: Vec<Vec<i8>> = (0..6).map(|_| (0..19).map(|_| draw.spin()).collect()).collect();
        let views: Vec<&[i8]> = patterns.iter().map(Vec::as_slice).collect();
        for (second_order, bias) in [(false, false), (true, false), (false, true), (true, true)] {
            let rule = Storkey { second_order, bias };
            let (learned, plain) = (learn(rule, &views), by_definition(rule, &patterns));
            for (i, row) in plain.iter().take(19).enumerate() {
                for (j, w) in row.iter().take(19).enumerate() {
                    let gap = learned.weights.get(i, j) - w;
                    assert!(gap.abs() < 1e-13, "{rule:?} {i} {j}: {gap}");
                }
                let expected = row.get(19).copied().unwrap_or(0.0);
                assert!((learned.bias[i] - expected).abs() < 1e-13, "{rule:?} bias {i}");
            }
        }
    }

    #[test]
    fn running_away_is_an_error_that_changes_nothing() {
        let mut draw = Rng::new(1, Stream::Patterns, 0);
        let patterns: Vec<Vec<i8>> = (0..200).map(|_| (0..36).map(|_| draw.spin()).collect()).collect();
        let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
        let rule = Storkey { second_order: true, bias: false };
        let learn = |rule: Storkey, count: usize| -> Result<Learned<f32>, LearnError> {
            rule.learn(36, &examples[..count], &mut Rng::new(0, Stream::Learning, 0))
        };
        let Err(LearnError::Diverges { pattern }) = learn(rule, 200) else { panic!("it should run away") };
        assert!((20..100).contains(&pattern), "{pattern}");
        let mut learned = learn(rule, pattern).unwrap();
        let before = learned.clone();
        let refused = rule.store(&mut learned, &examples[..pattern], examples[pattern]);
        assert_eq!(refused, Err(LearnError::Diverges { pattern }));
        assert_eq!(learned, before);
        assert!(learned.weights.all_sent().iter().all(|w| w.abs() < 36e9));
        assert!(learn(Storkey::default(), 200).is_ok(), "the first order does not square");
    }

    #[test]
    fn weighed_patterns_are_refused() {
        let heavy = [Example { spins: &THREE[0], importance: 2.0 }];
        let refused =
            LearningRule::<f32>::learn(&Storkey::default(), 4, &heavy, &mut Rng::new(0, Stream::Learning, 0));
        assert!(matches!(refused, Err(LearnError::Importance { pattern: 0, .. })));
    }
}
