//! Ways of harming a net. Each changes an exact number of weights or units, drawn from a seed; to undo it, keep what
//! was there before.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::corrupt;
use crate::kernel::Real;
use crate::math;
use crate::rng::Rng;
use crate::weights::Weights;

/// What is done to the weights of a net.
///
/// Weights are taken by pairs of units, and both directions of a pair suffer alike, so that a symmetric net stays
/// symmetric. In a net that is not, `w_ij` and `w_ji` are two, each by itself. Fractions of the pairs are of all that
/// n units have, n(n − 1)/2 or n(n − 1), joined or not, and are taken to the nearest whole number. The diagonal stays
/// zero; biases stay as they are, but for those of killed units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Damage {
    /// Cuts this fraction of the pairs, 0 to 1: their weights become 0.
    Cut(f64),
    /// Turns the signs of this fraction of the pairs, 0 to 1.
    Signs(f64),
    /// Adds a normal number to the weight of every pair; its standard deviation, 0 to 100, is in units of the root
    /// mean square of the weights before.
    Noise(f64),
    /// Keeps 1 to 8 bits of each weight: the range from −max |w| to max |w| is cut into 2^bits equal steps, and each
    /// weight goes to the middle of its step, so 1 bit leaves the signs. Weights of exactly 0 stay.
    Quantise(u32),
    /// Kills this fraction of the units, 0 to 1: they send and hear nothing any more, and have no bias.
    Kill(f64),
}

/// Why a net was not harmed.
#[derive(Clone, Debug, PartialEq)]
pub enum DamageError {
    /// A value is out of range.
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// The number of biases differs from the number of units.
    BiasLength {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
}

impl fmt::Display for DamageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting { name, value, allowed } => write!(f, "{name} is {value}; allowed is {allowed}"),
            Self::BiasLength { found, expected } => {
                write!(f, "{found} biases are given; the net has {expected} units")
            }
        }
    }
}

impl core::error::Error for DamageError {}

/// What was harmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Harm {
    /// Pairs whose weight was set anew (for noise and killed units all that were up for it, 0 or not; for bits those
    /// that were not 0). One direction each where the net is not symmetric.
    pub pairs: usize,
    /// Units killed, in ascending order.
    pub dead: Vec<usize>,
}

impl Damage {
    /// Harms a net of n units with its n biases.
    ///
    /// # Errors
    /// A value out of range, or the wrong number of biases; nothing is changed then.
    pub fn apply<T: Real>(
        &self,
        weights: &mut Weights<T>,
        bias: &mut [f64],
        rng: &mut Rng,
    ) -> Result<Harm, DamageError> {
        self.check()?;
        let n = weights.units();
        if bias.len() != n {
            return Err(DamageError::BiasLength { found: bias.len(), expected: n });
        }
        let mut pairs = Pairs::new(weights);
        match *self {
            Self::Cut(fraction) => Ok(pairs.some(fraction, rng, |_| 0.0)),
            Self::Signs(fraction) => Ok(pairs.some(fraction, rng, |w| -w)),
            Self::Noise(deviation) => {
                let size = deviation * pairs.root_mean_square();
                Ok(pairs.each(|w| Some(w + size * rng.normal())))
            }
            Self::Quantise(bits) => {
                let steps = math::exp2(bits - 1);
                let largest = pairs.largest();
                let step = largest / steps;
                Ok(pairs.each(|w| (w != 0.0).then(|| middle(w, step, steps))))
            }
            Self::Kill(fraction) => Ok(kill(weights, bias, fraction, rng)),
        }
    }

    fn check(&self) -> Result<(), DamageError> {
        let (name, value, most, allowed) = match *self {
            Self::Cut(fraction) => ("fraction of the pairs to cut", fraction, 1.0, "0 to 1"),
            Self::Signs(fraction) => ("fraction of the pairs to turn", fraction, 1.0, "0 to 1"),
            Self::Noise(deviation) => ("noise", deviation, 100.0, "0 to 100"),
            Self::Quantise(bits) => ("bits", f64::from(bits), 8.0, "1 to 8"),
            Self::Kill(fraction) => ("fraction of the units to kill", fraction, 1.0, "0 to 1"),
        };
        let least = if matches!(self, Self::Quantise(_)) { 1.0 } else { 0.0 };
        if (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(DamageError::Setting { name, value, allowed })
        }
    }
}

/// The middle of the step that a weight lies in; `steps` of them on either side of 0.
fn middle(w: f64, step: f64, steps: f64) -> f64 {
    let inner = (math::abs(w) / step) as u32;
    let size = (f64::from(inner).min(steps - 1.0) + 0.5) * step;
    if w < 0.0 { -size } else { size }
}

fn kill<T: Real>(weights: &mut Weights<T>, bias: &mut [f64], fraction: f64, rng: &mut Rng) -> Harm {
    let n = weights.units();
    let mut gone = vec![false; n];
    rng.choose(n, corrupt::count(fraction, n)).into_iter().for_each(|unit| gone[unit] = true);
    let dead: Vec<usize> = (0..n).filter(|&unit| gone[unit]).collect();
    let directions = if weights.is_symmetric() { 1 } else { 2 };
    for &unit in &dead {
        bias[unit] = 0.0;
        weights.sent_mut(unit).fill(T::default());
        for j in 0..n {
            weights.set_raw(unit, j, T::default());
        }
    }
    let alive = n - dead.len();
    Harm { pairs: directions * (n * (n - 1) - alive * alive.saturating_sub(1)) / 2, dead }
}

/// The pairs of a net, one after another, weights before their common factor.
struct Pairs<'a, T> {
    weights: &'a mut Weights<T>,
    symmetric: bool,
}

impl<'a, T: Real> Pairs<'a, T> {
    fn new(weights: &'a mut Weights<T>) -> Self {
        let symmetric = weights.is_symmetric();
        Self { weights, symmetric }
    }

    /// How many pairs there are.
    fn count(&self) -> usize {
        let n = self.weights.units();
        n * (n - 1) / if self.symmetric { 2 } else { 1 }
    }

    /// Every pair (to, from), unit by unit of those that send.
    fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<T> {
        let (n, symmetric) = (self.weights.units(), self.symmetric);
        (0..n).flat_map(move |j| {
            let first = if symmetric { j + 1 } else { 0 };
            (first..n).filter(move |&i| i != j).map(move |i| (i, j))
        })
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.places().map(|(i, j)| self.weights.raw(i, j).to_f64())
    }

    fn root_mean_square(&self) -> f64 {
        math::sqrt(self.values().map(|w| w * w).sum::<f64>() / self.count().max(1) as f64)
    }

    fn largest(&self) -> f64 {
        self.values().map(math::abs).fold(0.0, f64::max)
    }

    /// Asks `change` of every pair; what it answers is set, in both directions of a symmetric net.
    fn each(&mut self, mut change: impl FnMut(f64) -> Option<f64>) -> Harm {
        let mut harm = Harm::default();
        for (i, j) in self.places() {
            if let Some(new) = change(self.weights.raw(i, j).to_f64()) {
                self.weights.set_raw(i, j, T::from_f64(new));
                if self.symmetric {
                    self.weights.set_raw(j, i, T::from_f64(new));
                }
                harm.pairs += 1;
            }
        }
        harm
    }

    /// Changes an exact fraction of the pairs, each set of that many equally likely. Selection sampling (Knuth, TAOCP
    /// vol. 2, algorithm 3.4.2 S): a list of all pairs would be as large as the net.
    fn some(&mut self, fraction: f64, rng: &mut Rng, change: impl Fn(f64) -> f64) -> Harm {
        let mut left = self.count();
        let mut wanted = corrupt::count(fraction, left);
        self.each(|w| {
            let taken = (rng.below(left as u32) as usize) < wanted;
            left -= 1;
            wanted -= usize::from(taken);
            taken.then(|| change(w))
        })
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::rng::Stream;

    fn rng(seed: u64) -> Rng {
        Rng::new(seed, Stream::Damage, 0)
    }

    /// Normal weights, none of them zero.
    fn random<T: Real>(n: usize, symmetric: bool) -> Weights<T> {
        let mut draw = Rng::new(1, Stream::Experiment, 0);
        let mut weights = Weights::zero(n, 0.5).unwrap();
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            let w = draw.normal();
            weights.set_raw(i, j, T::from_f64(w));
            weights.set_raw(j, i, T::from_f64(if symmetric { w } else { draw.normal() }));
        }
        weights
    }

    fn changed(a: &Weights<f64>, b: &Weights<f64>) -> usize {
        a.all_sent().iter().zip(b.all_sent()).filter(|(a, b)| a != b).count()
    }

    #[test]
    fn cut_and_turned_pairs_are_exact_in_number_and_kind() {
        for symmetric in [true, false] {
            let before = random::<f64>(21, symmetric);
            for (damage, factor, fraction) in [
                (Damage::Cut(0.3), 0.0, 0.3),
                (Damage::Signs(0.45), -1.0, 0.45),
                (Damage::Cut(1.0), 0.0, 1.0),
            ] {
                let mut after = before.clone();
                let harm = damage.apply(&mut after, &mut [0.0; 21], &mut rng(2)).unwrap();
                let all = if symmetric { 210.0 } else { 420.0 };
                let expected = (fraction * all + 0.5) as usize;
                assert_eq!(harm, Harm { pairs: expected, dead: vec![] }, "{damage:?}");
                assert_eq!(changed(&before, &after), expected * if symmetric { 2 } else { 1 });
                assert_eq!(after.is_symmetric(), symmetric || fraction == 1.0);
                for (old, new) in before.all_sent().iter().zip(after.all_sent()) {
                    assert!(new == old || *new == factor * old);
                }
            }
        }
    }

    #[test]
    fn every_pair_is_as_likely_as_any_other() {
        // 10 pairs of 5 units, 3 cut, 20,000 times: each 6000 ± 64.8; 4.5 standard errors are 292.
        let before = random::<f64>(5, true);
        let mut draw = rng(3);
        let mut cut = [[0u32; 5]; 5];
        for _ in 0..20_000 {
            let mut after = before.clone();
            Damage::Cut(0.3).apply(&mut after, &mut [0.0; 5], &mut draw).unwrap();
            for (i, j) in (0..5).flat_map(|i| (0..i).map(move |j| (i, j))) {
                cut[i][j] += u32::from(after.raw(i, j) == 0.0);
            }
        }
        for (i, j) in (0..5).flat_map(|i| (0..i).map(move |j| (i, j))) {
            assert!(cut[i][j].abs_diff(6000) < 292, "pair {i} {j}: {}", cut[i][j]);
        }
    }

    #[test]
    fn noise_has_the_size_asked_for() {
        let before = random::<f64>(120, true);
        let mut after = before.clone();
        let harm = Damage::Noise(0.5).apply(&mut after, &mut [0.0; 120], &mut rng(4)).unwrap();
        assert_eq!(harm.pairs, 7140);
        assert!(after.is_symmetric());
        let square = |f: &dyn Fn(usize, usize) -> f64| -> f64 {
            (0..120).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| f(i, j) * f(i, j)).sum()
        };
        let ratio = square(&|i, j| after.raw(i, j) - before.raw(i, j)) / square(&|i, j| before.raw(i, j));
        // Variance 0.25 from 7140 normals, relative standard error sqrt(2/7140) = 0.0167.
        assert!((ratio / 0.25 - 1.0).abs() < 4.5 * 0.0167, "{ratio}");
        assert!((0..120).all(|i| after.raw(i, i) == 0.0 && after.sent(i)[120..].iter().all(|&w| w == 0.0)));
    }

    #[test]
    fn bits_are_levels() {
        let rows = [vec![0.0, 0.8, -0.1], vec![0.8, 0.0, 0.0], vec![-0.1, 0.0, 0.0]];
        let kept = |bits| {
            let mut w = Weights::<f64>::from_rows(&rows).unwrap();
            let harm = Damage::Quantise(bits).apply(&mut w, &mut [0.0; 3], &mut rng(5)).unwrap();
            assert_eq!(harm.pairs, 2, "the pair without a weight is left alone");
            assert!(w.is_symmetric());
            [w.get(0, 1), w.get(0, 2), w.get(1, 2)]
        };
        assert_eq!(kept(1), [0.4, -0.4, 0.0]);
        // Steps of 0.4 and of 0.2; their middles.
        assert!(kept(2).iter().zip([0.6, -0.2, 0.0]).all(|(a, b)| (a - b).abs() < 1e-15));
        assert!(kept(3).iter().zip([0.7, -0.1, 0.0]).all(|(a, b)| (a - b).abs() < 1e-15));
        let before = random::<f32>(64, true);
        for bits in 1..=8 {
            let mut after = before.clone();
            Damage::Quantise(bits).apply(&mut after, &mut [0.0; 64], &mut rng(6)).unwrap();
            let mut levels: Vec<f32> = after.all_sent().iter().copied().filter(|&w| w != 0.0).collect();
            levels.sort_by(f32::total_cmp);
            levels.dedup();
            assert!(
                levels.len() <= 1 << bits && (bits > 4 || levels.len() == 1 << bits),
                "{bits}: {}",
                levels.len()
            );
        }
    }

    #[test]
    fn the_dead_neither_send_nor_hear() {
        for (symmetric, directions) in [(true, 1), (false, 2)] {
            let before = random::<f64>(30, symmetric);
            let (mut after, mut bias) = (before.clone(), [1.5; 30]);
            let harm = Damage::Kill(0.2).apply(&mut after, &mut bias, &mut rng(7)).unwrap();
            assert_eq!(harm.dead.len(), 6);
            assert!(harm.dead.is_sorted());
            // 30·29/2 pairs less those among the 24 left.
            assert_eq!(harm.pairs, directions * (435 - 276));
            for (i, left) in bias.into_iter().enumerate() {
                let dead = harm.dead.contains(&i);
                assert_eq!(left, if dead { 0.0 } else { 1.5 });
                for j in 0..30 {
                    let gone = dead || harm.dead.contains(&j);
                    assert_eq!(after.raw(i, j), if gone { 0.0 } else { before.raw(i, j) });
                }
            }
        }
    }

    #[test]
    fn nothing_is_nothing() {
        let before = random::<f64>(9, true);
        for damage in [Damage::Cut(0.0), Damage::Signs(0.0), Damage::Noise(0.0), Damage::Kill(0.0)] {
            let mut after = before.clone();
            let harm = damage.apply(&mut after, &mut [0.0; 9], &mut rng(8)).unwrap();
            assert_eq!(after, before, "{damage:?}");
            assert!(harm.dead.is_empty());
        }
        let mut lone = Weights::<f32>::zero(1, 1.0).unwrap();
        for damage in [Damage::Cut(1.0), Damage::Noise(1.0), Damage::Quantise(3)] {
            assert_eq!(damage.apply(&mut lone, &mut [0.0], &mut rng(9)), Ok(Harm::default()), "{damage:?}");
        }
    }

    #[test]
    fn values_out_of_range_are_named() {
        let mut w = random::<f64>(4, true);
        let before = w.clone();
        for damage in [
            Damage::Cut(1.1),
            Damage::Cut(f64::NAN),
            Damage::Signs(-0.1),
            Damage::Noise(f64::INFINITY),
            Damage::Quantise(0),
            Damage::Quantise(9),
            Damage::Kill(2.0),
        ] {
            let refused = damage.apply(&mut w, &mut [0.0; 4], &mut rng(10));
            assert!(matches!(refused, Err(DamageError::Setting { .. })), "{damage:?}");
        }
        let short = Damage::Cut(0.5).apply(&mut w, &mut [0.0; 3], &mut rng(10));
        assert_eq!(short, Err(DamageError::BiasLength { found: 3, expected: 4 }));
        assert_eq!(w, before);
    }
}
