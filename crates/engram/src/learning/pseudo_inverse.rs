//! The pseudo-inverse rule.

use alloc::vec;
use alloc::vec::Vec;

use super::{Capacity, Example, LearnError, Learned, LearningRule, Note, check, check_alike};
use crate::kernel::{self, Real};
use crate::math;
use crate::rng::Rng;
use crate::weights::{Weights, WeightsError};

/// A pattern whose part outside the span of those before it is shorter than this share of its length is a
/// combination of them. Patterns of ±1 that differ at all stand far above it, rounding far below.
const DEPENDENT: f64 = 1e-7;

/// Entries of the projector below this size are nothing but rounding. Left in, they would turn units that have no
/// say into units of random opinion.
const ROUNDING: f64 = 1e-12;

/// `W = P − diag(P)` with P the projector on the span of the patterns, `P = X⁺X` for patterns as the rows of X.
///
/// For p independent patterns the fields of each stored pattern are `x_i h_i = 1 − P_ii ≥ 0` and its energy is
/// `E(x) = −(n − p)/2` exactly, all alike. Up to n − 1 patterns can be stored; n independent ones leave no weights.
/// Patterns that are combinations of others are stored with them and reported as [`Note::Dependent`]. The
/// common factor is 1/n.
///
/// A bias is the weight from one more unit that is always on: the projector is that of the patterns with a +1
/// appended, and `E(x) = −(n + 1 − p)/2`.
///
/// Nothing is kept from which one pattern more could be added to the last bit, so storing learns anew. Beside the
/// weights it takes 8 rank·n bytes and of the order of rank·n² operations.
///
/// L. Personnaz, I. Guyon & G. Dreyfus, J. Physique Lett. 46 (1985) L359; without self-coupling I. Kanter &
/// H. Sompolinsky, Phys. Rev. A 35 (1987) 380.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PseudoInverse {
    /// Whether biases are learned.
    pub bias: bool,
}

/// Orthonormal rows, each padded, that span the patterns; the first of equal or dependent patterns stays.
///
/// Gram–Schmidt, each pattern twice, because what one pass leaves of nearly dependent patterns is not orthogonal to
/// rounding, and what two passes leave is (Giraud, Langou & Rozložník 2005).
struct Basis {
    columns: usize,
    stride: usize,
    rows: Vec<f64>,
}

impl Basis {
    fn new(units: usize, examples: &[Example<'_>], bias: bool) -> Result<Self, LearnError> {
        let columns = units + usize::from(bias);
        let stride = kernel::padded(columns);
        let most = examples.len().min(columns) * stride;
        let mut rows = Vec::new();
        rows.try_reserve_exact(most).map_err(|_| WeightsError::Memory { bytes: most * size_of::<f64>() })?;
        let mut basis = Self { columns, stride, rows };
        for example in examples {
            if basis.rank() == columns {
                break;
            }
            basis.add(example.spins);
        }
        Ok(basis)
    }

    fn rank(&self) -> usize {
        self.rows.len() / self.stride
    }

    fn row(&self, k: usize) -> &[f64] {
        &self.rows[k * self.stride..(k + 1) * self.stride]
    }

    fn add(&mut self, spins: &[i8]) {
        let mut rest: Vec<f64> = spins.iter().map(|&s| f64::from(s)).collect();
        rest.resize(self.columns, 1.0);
        rest.resize(self.stride, 0.0);
        for _ in 0..2 {
            for k in 0..self.rank() {
                let part = kernel::dot(self.row(k), &rest);
                kernel::add_scaled(&mut rest, -part, self.row(k));
            }
        }
        let square = kernel::dot(&rest, &rest);
        if square > DEPENDENT * DEPENDENT * self.columns as f64 {
            let length = math::sqrt(square);
            self.rows.extend(rest.iter().map(|r| r / length));
        }
    }

    /// `P_ij` for `i >= j`, into `out[i − j]`; the same for any order of i and j, to the bit.
    fn project(&self, j: usize, out: &mut [f64]) {
        out.fill(0.0);
        let rank = self.rank();
        let tail = |k: usize| &self.row(k)[j..self.columns];
        let whole = rank / 4 * 4;
        for k in (0..whole).step_by(4) {
            let four = [tail(k), tail(k + 1), tail(k + 2), tail(k + 3)];
            kernel::add_scaled4(out, four.map(|row| row[0]), four);
        }
        for k in whole..rank {
            kernel::add_scaled(out, tail(k)[0], tail(k));
        }
    }
}

impl PseudoInverse {
    /// As many independent patterns as units are fixed points, which is exact; from spoilt cues nine of ten come back
    /// up to 0.4, as measured.
    #[must_use]
    pub fn capacity(self) -> Capacity {
        Capacity::new(0.4, 1.0)
    }
}

impl<T: Real> LearningRule<T> for PseudoInverse {
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
        let basis = Basis::new(units, examples, self.bias)?;
        if basis.rank() < examples.len() {
            learned.notes.push(Note::Dependent { rank: basis.rank(), patterns: examples.len() });
        }
        if basis.rank() == basis.columns {
            // The span is everything, the projector is 1, and nothing is left beside its diagonal.
            return Ok(learned);
        }
        let n = units as f64;
        let mut row = vec![0.0; basis.columns];
        for j in 0..units {
            let row = &mut row[..basis.columns - j];
            basis.project(j, row);
            for (i, &p) in (j..).zip(row.iter()).skip(1) {
                let p = if math::abs(p) < ROUNDING { 0.0 } else { p };
                if i == units {
                    learned.bias[j] = p;
                } else {
                    learned.weights.set_raw(i, j, T::from_f64(n * p));
                    learned.weights.set_raw(j, i, T::from_f64(n * p));
                }
            }
        }
        Ok(learned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::{Conditional as _, Energy as _};
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::rng::Stream;

    fn random(n: usize, p: usize, seed: u64) -> Vec<Vec<i8>> {
        let mut draw = Rng::new(seed, Stream::Patterns, 0);
        (0..p).map(|_| (0..n).map(|_| draw.spin()).collect()).collect()
    }

    fn learn<T: Real>(rule: PseudoInverse, patterns: &[Vec<i8>]) -> Learned<T> {
        let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
        rule.learn(patterns[0].len(), &examples, &mut Rng::new(0, Stream::Learning, 0)).unwrap()
    }

    fn net<T: Real>(learned: Learned<T>) -> Hopfield<T> {
        Hopfield::new(learned.weights, learned.bias, BiasSign::Consistent).unwrap()
    }

    #[test]
    fn every_stored_pattern_has_the_energy_of_the_formula() {
        for (n, p) in [(4, 3), (20, 1), (60, 45), (100, 30), (101, 97), (150, 20)] {
            for bias in [false, true] {
                let patterns = if n == 4 {
                    vec![vec![1, 1, 1, -1], vec![1, -1, 1, 1], vec![-1, 1, 1, 1]]
                } else {
                    random(n, p, 5)
                };
                let learned = learn::<f64>(PseudoInverse { bias }, &patterns);
                assert!(learned.notes.is_empty(), "n {n} p {p}: {:?}", learned.notes);
                let net = net(learned);
                let expected = -((n + usize::from(bias) - p) as f64) / 2.0;
                for x in &patterns {
                    let energy = net.energy(x);
                    assert!((energy - expected).abs() < 1e-10, "n {n} p {p} bias {bias}: {energy}");
                    let cache = net.cache(x);
                    let least = (0..n).map(|i| f64::from(x[i]) * net.field(x, &cache, i)).fold(9.0, f64::min);
                    assert!(least >= 0.0, "n {n} p {p} bias {bias}: {least}");
                }
            }
        }
    }

    #[test]
    fn single_precision_is_the_rounded_double() {
        let patterns = random(70, 20, 8);
        let fine = learn::<f64>(PseudoInverse { bias: true }, &patterns);
        let coarse = learn::<f32>(PseudoInverse { bias: true }, &patterns);
        for i in 0..70 {
            assert!((0..70).all(|j| coarse.weights.raw(i, j) == fine.weights.raw(i, j) as f32));
        }
        assert_eq!(coarse.bias, fine.bias);
    }

    #[test]
    fn dependent_patterns_are_counted_by_rank_and_change_nothing() {
        let mut patterns = random(30, 5, 2);
        let independent = learn::<f64>(PseudoInverse::default(), &patterns);
        patterns.push(patterns[1].clone());
        patterns.push(patterns[3].iter().map(|s| -s).collect());
        let learned = learn::<f64>(PseudoInverse::default(), &patterns);
        assert_eq!(learned.notes, [Note::Dependent { rank: 5, patterns: 7 }]);
        assert_eq!(learned.weights, independent.weights);
        // With a bias a pattern and its inverse are two: the always-on unit tells them apart.
        let biased = learn::<f64>(PseudoInverse { bias: true }, &patterns);
        assert_eq!(biased.notes, [Note::Dependent { rank: 6, patterns: 7 }]);
    }

    #[test]
    fn a_combination_of_three_is_found_out() {
        // Of four vectors of ±1 the combination (a + b + c − d)/2 is seldom one too; of these Walsh rows it is.
        let walsh = crate::pattern::hadamard(4, 2).unwrap();
        let rows: Vec<Vec<i8>> = walsh[..4].iter().map(|w| w.spins().to_vec()).collect();
        let combination: Vec<i8> =
            (0..8).map(|i| (rows[0][i] + rows[1][i] + rows[2][i] - rows[3][i]) / 2).collect();
        assert!(combination.iter().all(|s| s.abs() == 1));
        let patterns = [rows, vec![combination]].concat();
        let learned = learn::<f64>(PseudoInverse::default(), &patterns);
        assert_eq!(learned.notes, [Note::Dependent { rank: 4, patterns: 5 }]);
        assert!((net(learned).energy(&patterns[4]) + 2.0).abs() < 1e-10);
    }

    #[test]
    fn as_many_patterns_as_units_leave_no_weights() {
        let patterns = random(12, 60, 1);
        let learned = learn::<f32>(PseudoInverse::default(), &patterns);
        assert_eq!(learned.notes, [Note::Dependent { rank: 12, patterns: 60 }]);
        assert!(learned.weights.all_sent().iter().all(|&w| w == 0.0));
    }

    #[test]
    fn a_unit_that_alone_tells_two_patterns_apart_has_no_say() {
        let mut patterns = random(25, 4, 6);
        let mut twin = patterns[2].clone();
        twin[7] = -twin[7];
        patterns.push(twin);
        let learned = learn::<f64>(PseudoInverse::default(), &patterns);
        assert!((0..25).all(|j| learned.weights.get(7, j) == 0.0 && learned.weights.get(j, 7) == 0.0));
        assert!(learned.notes.is_empty());
    }
}
