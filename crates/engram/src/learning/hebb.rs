//! Hebb's rule.

use alloc::vec;
use alloc::vec::Vec;

use super::capacity::log_units;
use super::{Capacity, Example, IMPORTANCE, LearnError, Learned, LearningRule, check};
use crate::kernel::Real;
use crate::math;
use crate::rng::Rng;
use crate::weights::{MAX_OUTER, Weights};

/// The factor before Hebb's sum. It changes nothing at zero temperature without biases, and everything else
/// otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HebbScale {
    /// 1/n for n units: fields of order one.
    #[default]
    Units,
    /// 1/P for P patterns: the average over the memories.
    Patterns,
    /// No factor: plain sums.
    One,
}

/// `W = c Σ_μ g_μ (x_μ x_μ' − 1)`, with importances `g_μ` that are 1 unless said otherwise; with biases,
/// `b = c Σ_μ g_μ x_μ`.
///
/// Hebb, *The Organization of Behavior* (1949); in this form Hopfield, PNAS 79 (1982) 2554, eq. 2. Importances as
/// in weighted Hebbian learning: a pattern with g = 2 counts as if stored twice. About 0.138 n random patterns can
/// be had back with few wrong units (Amit, Gutfreund & Sompolinsky, PRL 55 (1985) 1530).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hebb {
    /// The factor c.
    pub scale: HebbScale,
    /// Whether biases are learned.
    pub bias: bool,
}

impl Hebb {
    /// Load at which the memory of fair coins breaks down, in patterns a unit, as n → ∞: α_c of D. J. Amit,
    /// H. Gutfreund & H. Sompolinsky, Phys. Rev. Lett. 55 (1985) 1530. Just below it 1.6 % of the units are wrong.
    pub const BREAKDOWN: f64 = 0.137_906;

    /// Exactly recoverable are all of up to n/(4 ln n) patterns (R. J. McEliece, E. C. Posner, E. R. Rodemich &
    /// S. S. Venkatesh, IEEE Trans. Inf. Theory 33 (1987) 461), with few wrong units up to [`BREAKDOWN`](Self::BREAKDOWN).
    #[must_use]
    pub fn capacity(self, units: usize) -> Capacity {
        Capacity::new(0.25 / log_units(units), Self::BREAKDOWN)
    }

    fn factor(self, units: usize, patterns: usize) -> f64 {
        match self.scale {
            HebbScale::Units => 1.0 / units.max(1) as f64,
            HebbScale::Patterns => 1.0 / patterns.max(1) as f64,
            HebbScale::One => 1.0,
        }
    }

    fn add<T: Real>(self, learned: &mut Learned<T>, example: Example<'_>, sign: f64) {
        learned.weights.add_outer(sign * example.importance, example.spins);
        if self.bias {
            let step = sign * example.importance * learned.weights.scale();
            for (b, &s) in learned.bias.iter_mut().zip(example.spins) {
                *b += step * f64::from(s);
            }
        }
    }
}

fn check_importance(examples: &[Example<'_>]) -> Result<(), LearnError> {
    match examples.iter().position(|e| !IMPORTANCE.contains(&e.importance)) {
        Some(pattern) => Err(LearnError::Importance {
            pattern,
            value: examples[pattern].importance,
            allowed: "-100 to 100",
        }),
        None => Ok(()),
    }
}

impl<T: Real> LearningRule<T> for Hebb {
    fn learn(
        &self,
        units: usize,
        examples: &[Example<'_>],
        _rng: &mut Rng,
    ) -> Result<Learned<T>, LearnError> {
        check(units, examples)?;
        check_importance(examples)?;
        let factor = self.factor(units, examples.len());
        let plain = !self.bias
            && examples.len() <= MAX_OUTER
            && examples.iter().all(|e| e.importance == 1.0 && !e.spins.contains(&0));
        if plain {
            // Whole numbers, so the shorter way has the same bits.
            let patterns: Vec<&[i8]> = examples.iter().map(|e| e.spins).collect();
            let weights = Weights::outer_products(units, &patterns, factor)?;
            return Ok(Learned { weights, bias: vec![0.0; units], notes: vec![] });
        }
        let mut learned =
            Learned { weights: Weights::zero(units, factor)?, bias: vec![0.0; units], notes: vec![] };
        for &example in examples {
            self.add(&mut learned, example, 1.0);
        }
        Ok(learned)
    }

    fn store(
        &self,
        learned: &mut Learned<T>,
        _before: &[Example<'_>],
        new: Example<'_>,
    ) -> Result<bool, LearnError> {
        check(learned.weights.units(), &[new])?;
        check_importance(&[new])?;
        // The common factor 1/P changes with the number of patterns.
        let same_factor = self.scale != HebbScale::Patterns;
        if same_factor {
            self.add(learned, new, 1.0);
        }
        Ok(same_factor)
    }

    fn forget(&self, learned: &mut Learned<T>, old: Example<'_>) -> Result<bool, LearnError> {
        check(learned.weights.units(), &[old])?;
        // Taking away undoes adding to the bit only for whole numbers.
        let exact =
            self.scale != HebbScale::Patterns && old.importance == math::round(old.importance) && !self.bias;
        if exact {
            self.add(learned, old, -1.0);
        }
        Ok(exact)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::rng::Stream;

    fn rng() -> Rng {
        Rng::new(0, Stream::Learning, 0)
    }

    #[test]
    fn the_slides_four_memories_by_hand() {
        // w_01 of four Walsh rows of length 16, factor 1/4: rows alternate at 8, 4, 2 and 1.
        let rows = crate::pattern::hadamard(4, 4).unwrap();
        let examples: Vec<_> = [8, 4, 2, 1].iter().map(|&k: &usize| Example::new(rows[k].spins())).collect();
        let rule = Hebb { scale: HebbScale::Patterns, bias: true };
        let learned: Learned<f64> = rule.learn(16, &examples, &mut rng()).unwrap();
        assert_eq!((learned.weights.get(0, 1), learned.weights.get(0, 15)), (0.5, -1.0));
        assert_eq!((learned.bias[0], learned.bias[1], learned.bias[15]), (1.0, 0.5, -1.0));
    }

    #[test]
    fn storing_one_more_and_forgetting_it_is_exact() {
        let mut draw = Rng::new(1, Stream::Patterns, 0);
        let p: Vec<Vec<i8>> = (0..4).map(|_| (0..30).map(|_| draw.spin()).collect()).collect();
        let all: Vec<_> = p.iter().map(|x| Example::new(x)).collect();
        let rule = Hebb::default();
        let whole: Learned<f32> = rule.learn(30, &all, &mut rng()).unwrap();
        let mut step: Learned<f32> = rule.learn(30, &all[..3], &mut rng()).unwrap();
        assert!(rule.store(&mut step, &all[..3], all[3]).unwrap());
        assert_eq!(step, whole);
        assert!(rule.forget(&mut step, all[3]).unwrap());
        assert_eq!(step, rule.learn(30, &all[..3], &mut rng()).unwrap());
    }

    #[test]
    fn importance_counts_as_storing_more_often() {
        let x = [1i8, -1, 1, 1];
        let twice = [Example::new(&x), Example::new(&x)];
        let heavy = [Example { spins: &x, importance: 2.0 }];
        let rule = Hebb { scale: HebbScale::One, bias: true };
        let a: Learned<f64> = rule.learn(4, &twice, &mut rng()).unwrap();
        let b: Learned<f64> = rule.learn(4, &heavy, &mut rng()).unwrap();
        assert_eq!(a, b);
        let bad = [Example { spins: &x, importance: f64::NAN }];
        assert!(matches!(
            LearningRule::<f64>::learn(&rule, 4, &bad, &mut rng()),
            Err(LearnError::Importance { pattern: 0, .. })
        ));
    }
}
