//! Perceptron learning with a margin.

use alloc::vec;
use alloc::vec::Vec;

use super::{Capacity, Example, LearnError, Learned, LearningRule, Note, check, check_alike, check_setting};
use crate::kernel::{self, Real};
use crate::math;
use crate::rng::Rng;
use crate::weights::Weights;

/// Error correction: where a pattern x asks too little of unit i, `x_i h_i <= κ |w_i|`, its weights are moved by
/// `Δw_ij = (rate/n) x_i x_j` for all j ≠ i; patterns are taken in their order, round after round, until none misses.
///
/// The margin κ is Gardner's: it is measured against the length of the row, `|w_i|² = Σ_j w_ij² + b_i²`, so that
/// scaling the weights does not reach it, and κ = 1 lies at about 0.52 n random patterns, 0.5 at 0.96 n, 0 at 2 n
/// (the asymmetric rule, n → ∞). With κ = 0 the field must still be on the right side of zero, not at it.
///
/// **Asymmetric**: each row is a perceptron of its own, `w_ij` and `w_ji` differ, there is no energy that falls and
/// asynchronous runs may go on for ever away from the memories. It gets there whenever any weights do with a larger
/// margin. **Symmetric**: each correction of `w_ij` is made to `w_ji` alike, so one unit's correction disturbs all
/// others; fewer patterns fit. For κ = 0 that is one perceptron in the space of symmetric weights and gets there if
/// any symmetric weights do; with a margin there is no such promise.
///
/// Starts from no weights, so they are whole multiples of the common factor rate/n, ties are exact, and the rate is
/// nothing but the size of the weights against a temperature. What still misses after `max_rounds` is reported as
/// [`Note::Unfinished`]. A bias is learned as the weight from one more unit that is always on. Storing one more
/// pattern learns anew.
///
/// F. Rosenblatt, *Principles of Neurodynamics* (1962); for nets E. Gardner, J. Phys. A 21 (1988) 257 and S. Diederich
/// & M. Opper, Phys. Rev. Lett. 58 (1987) 949; symmetric E. Gardner, H. Gutfreund & I. Yekutieli, J. Phys. A 22
/// (1989) 1995.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Perceptron {
    /// κ, 0 to 100.
    pub margin: f64,
    /// Whether each correction is made in both directions.
    pub symmetric: bool,
    /// Size of a correction in units of 1/n, above 0, at most 100.
    pub rate: f64,
    /// Most rounds over all patterns, 1 to 1,000,000.
    pub max_rounds: u32,
    /// Whether biases are learned.
    pub bias: bool,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self { margin: 0.5, symmetric: false, rate: 1.0, max_rounds: 500, bias: false }
    }
}

/// Patterns a unit for which a row with this margin can be found, n → ∞: E. Gardner, J. Phys. A 21 (1988) 257, eq. 37.
fn gardner(margin: f64) -> f64 {
    // Simpson's rule; beyond 9 standard deviations there is nothing.
    const PARTS: u32 = 256;
    let from = -margin.min(9.0);
    let step = (9.0 - from) / f64::from(PARTS);
    let weighted = |k: u32| {
        let t = from + step * f64::from(k);
        let times = if k == 0 || k == PARTS { 1.0 } else { f64::from(2 + 2 * (k % 2)) };
        times * (t + margin) * (t + margin) * math::exp(-0.5 * t * t)
    };
    let root = math::sqrt(core::f64::consts::TAU);
    3.0 * root / (step * (0..=PARTS).map(weighted).sum::<f64>())
}

/// What the rows need to know of each other: biases and squared lengths, in whole corrections.
struct Rows {
    bias: Vec<f64>,
    squares: Vec<f64>,
}

/// How the rounds ended.
struct Ended {
    rounds: usize,
    missing: usize,
}

/// Most of what symmetric weights hold without a margin, in patterns a unit: measured at 100 units, where all of 1.2
/// and 0.7 of 1.4 are learned in 500 rounds.
const SYMMETRIC: f64 = 1.3;

impl Perceptron {
    /// The most is Gardner's `α_c(κ) = 1 / ∫_{−κ}^∞ Dt (t + κ)²` (2 without a margin), for symmetric weights at most
    /// 1.3. How many come back from spoilt cues is measured, between margins of 0 and 2: a margin is what makes them,
    /// and asymmetric rows without one wander off.
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        let most = gardner(self.margin);
        if self.symmetric {
            Capacity::new((0.05 + 0.55 * self.margin).min(0.65 * most), most.min(SYMMETRIC))
        } else {
            Capacity::new((0.6 * (self.margin - 0.2)).min(0.8 * most), most)
        }
    }

    fn check(&self) -> Result<(), LearnError> {
        check_setting("margin", self.margin, (0.0..=100.0).contains(&self.margin), "0 to 100")?;
        check_setting("rate", self.rate, self.rate > 0.0 && self.rate <= 100.0, "above 0, at most 100")?;
        let rounds = f64::from(self.max_rounds);
        check_setting("max_rounds", rounds, (1.0..=1e6).contains(&rounds), "1 to 1000000")
    }

    /// Whether a field on its right side by `reach` is too little for a row of this squared length. All in whole
    /// corrections, so that a tie is a tie.
    #[inline]
    fn misses(&self, reach: f64, square: f64) -> bool {
        reach <= 0.0 || (self.margin > 0.0 && reach <= self.margin * math::sqrt(square))
    }

    /// Each unit by itself, its row kept together while it learns.
    fn rows_apart<T: Real>(&self, weights: &mut Weights<T>, rows: &mut Rows, patterns: &[Vec<T>]) -> Ended {
        let n = weights.units();
        let own = f64::from(u8::from(self.bias));
        let mut ended = Ended { rounds: 0, missing: 0 };
        let mut row = vec![T::default(); weights.stride()];
        for i in 0..n {
            row.fill(T::default());
            let (bias, square) = (&mut rows.bias[i], &mut rows.squares[i]);
            let reach = |row: &[T], bias: f64, x: &[T]| x[i].to_f64() * (kernel::dot(row, x).to_f64() + bias);
            let mut rounds = 0;
            loop {
                let mut corrections = 0;
                for x in patterns {
                    let now = reach(&row, *bias, x);
                    if self.misses(now, *square) {
                        kernel::add_scaled(&mut row, x[i], x);
                        row[i] = T::default();
                        *bias += own * x[i].to_f64();
                        *square += 2.0 * now + (n - 1) as f64 + own;
                        corrections += 1;
                    }
                }
                rounds += 1;
                if corrections == 0 {
                    break;
                }
                if rounds == self.max_rounds as usize {
                    ended.missing +=
                        patterns.iter().filter(|x| self.misses(reach(&row, *bias, x), *square)).count();
                    break;
                }
            }
            ended.rounds = ended.rounds.max(rounds);
            for (j, &m) in row[..n].iter().enumerate() {
                weights.set_raw(i, j, m);
            }
        }
        ended
    }

    /// All rows together: unit after unit within a pattern, fields kept up to date between them.
    fn rows_together<T: Real>(
        &self,
        weights: &mut Weights<T>,
        rows: &mut Rows,
        patterns: &[Vec<T>],
    ) -> Ended {
        let mut ended = Ended { rounds: 0, missing: 0 };
        let mut field = vec![T::default(); weights.stride()];
        loop {
            let corrections: usize =
                patterns.iter().map(|x| self.correct(weights, rows, x, &mut field)).sum();
            ended.rounds += 1;
            if corrections == 0 {
                return ended;
            }
            if ended.rounds == self.max_rounds as usize {
                for x in patterns {
                    fields(weights, x, &mut field);
                    ended.missing += (0..weights.units())
                        .filter(|&i| self.misses(rows.reach(&field, x, i), rows.squares[i]))
                        .count();
                }
                return ended;
            }
        }
    }

    /// Corrects every unit of one pattern that misses; how many did.
    fn correct<T: Real>(&self, weights: &mut Weights<T>, rows: &mut Rows, x: &[T], field: &mut [T]) -> usize {
        let n = weights.units();
        let own = f64::from(u8::from(self.bias));
        fields(weights, x, field);
        let mut corrections = 0;
        for i in 0..n {
            let now = rows.reach(field, x, i);
            if !self.misses(now, rows.squares[i]) {
                continue;
            }
            corrections += 1;
            rows.squares[i] += 2.0 * now + (n - 1) as f64 + own;
            rows.bias[i] += own * x[i].to_f64();
            for j in (0..n).filter(|&j| j != i) {
                let (old, step) = (weights.raw(j, i), x[i] * x[j]);
                weights.set_raw(j, i, old + step);
                weights.set_raw(i, j, old + step);
                rows.squares[j] += 2.0 * (old * step).to_f64() + 1.0;
                // Unit j now hears x_j more from i, and i hears x_i more from each j.
                field[j] += x[j];
                field[i] += x[i];
            }
        }
        corrections
    }
}

impl Rows {
    /// `x_i h_i`, in whole corrections.
    #[inline]
    fn reach<T: Real>(&self, field: &[T], x: &[T], i: usize) -> f64 {
        x[i].to_f64() * (field[i].to_f64() + self.bias[i])
    }
}

/// `Σ_j m_ij x_j` for all i, for symmetric weights.
fn fields<T: Real>(weights: &Weights<T>, x: &[T], out: &mut [T]) {
    for (i, h) in out.iter_mut().take(weights.units()).enumerate() {
        *h = kernel::dot(weights.sent(i), x);
    }
}

impl<T: Real> LearningRule<T> for Perceptron {
    fn learn(
        &self,
        units: usize,
        examples: &[Example<'_>],
        _rng: &mut Rng,
    ) -> Result<Learned<T>, LearnError> {
        self.check()?;
        check(units, examples)?;
        check_alike(examples)?;
        let mut weights = Weights::zero(units, self.rate / units.max(1) as f64)?;
        let mut rows = Rows { bias: vec![0.0; units], squares: vec![0.0; units] };
        let patterns: Vec<Vec<T>> = examples
            .iter()
            .map(|e| {
                let mut x: Vec<T> = e.spins.iter().map(|&s| T::from_f64(f64::from(s))).collect();
                x.resize(weights.stride(), T::default());
                x
            })
            .collect();
        let ended = if self.symmetric {
            self.rows_together(&mut weights, &mut rows, &patterns)
        } else {
            self.rows_apart(&mut weights, &mut rows, &patterns)
        };
        let bias = rows.bias.iter().map(|b| weights.scale() * b).collect();
        let mut learned = Learned { weights, bias, notes: vec![] };
        if ended.missing > 0 {
            learned.notes.push(Note::Unfinished { rounds: ended.rounds, missing: ended.missing });
        }
        Ok(learned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn the_most_is_what_gardner_found() {
        for (margin, load) in [
            (0.0, 2.0),
            (0.1, 1.70963),
            (0.25, 1.36464),
            (0.5, 0.961_205),
            (1.0, 0.519_572),
            (2.0, 0.200_231),
        ] {
            let rule = Perceptron { margin, ..Perceptron::default() };
            assert!((rule.capacity().most - load).abs() < 1e-5, "{margin}");
            let both = Perceptron { symmetric: true, ..rule }.capacity();
            assert!(both.most == rule.capacity().most.min(SYMMETRIC) && both.safe > 0.0);
        }
        assert!((gardner(100.0) - 1.0 / 10_001.0).abs() < 1e-9);
    }

    fn learn(rule: Perceptron, patterns: &[Vec<i8>]) -> Learned<f64> {
        let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
        rule.learn(patterns[0].len(), &examples, &mut Rng::new(0, Stream::Learning, 0)).unwrap()
    }

    fn random(n: usize, p: usize, seed: u64) -> Vec<Vec<i8>> {
        let mut draw = Rng::new(seed, Stream::Patterns, 0);
        (0..p).map(|_| (0..n).map(|_| draw.spin()).collect()).collect()
    }

    /// The least of `x_i h_i / |w_i|` over all patterns and units.
    fn least_margin(learned: &Learned<f64>, patterns: &[Vec<i8>]) -> f64 {
        let (w, b) = (&learned.weights, &learned.bias);
        let n = w.units();
        let mut least = f64::INFINITY;
        for i in 0..n {
            let square: f64 = (0..n).map(|j| w.get(i, j) * w.get(i, j)).sum::<f64>() + b[i] * b[i];
            for x in patterns {
                let field: f64 = (0..n).map(|j| w.get(i, j) * f64::from(x[j])).sum::<f64>() + b[i];
                least = least.min(f64::from(x[i]) * field / math::sqrt(square));
            }
        }
        least
    }

    #[test]
    fn the_margin_is_reached_and_means_what_it_says() {
        let patterns = random(60, 20, 4);
        for symmetric in [false, true] {
            for bias in [false, true] {
                for margin in [0.0, 0.5, 1.0] {
                    let rule = Perceptron { margin, symmetric, bias, rate: 0.3, ..Perceptron::default() };
                    let learned = learn(rule, &patterns);
                    assert!(learned.notes.is_empty(), "{rule:?}: {:?}", learned.notes);
                    let least = least_margin(&learned, &patterns);
                    assert!(least > margin, "{rule:?}: {least}");
                    assert_eq!(learned.weights.is_symmetric(), symmetric, "{rule:?}");
                    assert_eq!(learned.bias.iter().any(|&b| b != 0.0), bias, "{rule:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_correction_is_hebbs_step_and_the_rate_is_its_size() {
        let x = vec![1i8, -1, 1, 1];
        for symmetric in [false, true] {
            let rule = Perceptron { margin: 0.0, symmetric, rate: 2.0, ..Perceptron::default() };
            let learned = learn(rule, core::slice::from_ref(&x));
            // Together, unit 0's correction gives each other unit the weight it needs.
            let expected = if symmetric { [-0.5, 0.5, 0.0] } else { [-0.5, 0.5, -0.5] };
            let w = &learned.weights;
            assert_eq!([w.get(0, 1), w.get(0, 3), w.get(1, 2)], expected);
        }
    }

    #[test]
    fn neighbours_cannot_both_be_fixed_without_a_self_coupling() {
        // At Hamming distance 1 unit 2 sees the same rest of the net in both patterns and has to be two things.
        let patterns = vec![vec![1, -1, 1, 1, -1, 1, -1], vec![1, -1, -1, 1, -1, 1, -1]];
        for (symmetric, bias) in [(false, false), (true, false), (false, true), (true, true)] {
            let rule = Perceptron { margin: 0.0, symmetric, bias, max_rounds: 200, ..Perceptron::default() };
            let learned = learn(rule, &patterns);
            let [Note::Unfinished { rounds: 200, missing }] = learned.notes[..] else {
                panic!("{rule:?}: {:?}", learned.notes)
            };
            assert!((1..=2).contains(&missing), "{rule:?}: {missing} of unit 2's two pairs");
        }
    }

    #[test]
    fn parity_is_out_of_reach_and_conjunction_needs_a_bias() {
        // Each unit the exclusive or of the other two: no plane does it, with or without a bias.
        let parity = vec![vec![-1, -1, -1], vec![-1, 1, 1], vec![1, -1, 1], vec![1, 1, -1]];
        // Unit 0 as the conjunction of a and b. Both are there twice, so that they hold themselves in place.
        let both = |a: i8, b: i8| vec![a.min(b), a, a, b, b];
        let conjunction = vec![both(-1, -1), both(-1, 1), both(1, -1), both(1, 1)];
        for symmetric in [false, true] {
            let with = Perceptron { margin: 0.0, symmetric, bias: true, ..Perceptron::default() };
            let without = Perceptron { bias: false, ..with };
            assert!(matches!(
                learn(with, &parity).notes[..],
                [Note::Unfinished { rounds: 500, missing: 1.. }]
            ));
            assert!(matches!(
                learn(without, &conjunction).notes[..],
                [Note::Unfinished { rounds: 500, missing: 1.. }]
            ));
            let learned = learn(with, &conjunction);
            assert!(learned.notes.is_empty() && least_margin(&learned, &conjunction) > 0.0);
        }
    }

    #[test]
    fn settings_out_of_range_are_named() {
        let refused = |rule: Perceptron| {
            let x = [1i8, 1];
            LearningRule::<f32>::learn(&rule, 2, &[Example::new(&x)], &mut Rng::new(0, Stream::Learning, 0))
        };
        let d = Perceptron::default();
        for (rule, name) in [
            (Perceptron { margin: -0.1, ..d }, "margin"),
            (Perceptron { margin: f64::NAN, ..d }, "margin"),
            (Perceptron { rate: 0.0, ..d }, "rate"),
            (Perceptron { rate: f64::INFINITY, ..d }, "rate"),
            (Perceptron { max_rounds: 0, ..d }, "max_rounds"),
        ] {
            assert!(matches!(refused(rule), Err(LearnError::Setting { name: found, .. }) if found == name));
        }
    }
}
