//! The binary Hopfield network.
//!
//! # What it is
//! n units of ±1, each joined to each other by a weight; memories are states that hold themselves in place.
//!
//! # Energy
//! `E(s) = −½ s'Ws − b's`, local field `h = Ws + b`, cost of a flip `ΔE = 2 s_i h_i`.
//!
//! # Dynamics
//! A unit follows the sign of its field (see [`crate::dynamics`]). With symmetric weights and one unit at a time the
//! energy never rises and the net comes to rest.
//!
//! # Shapes
//! Weights (n, n), biases (n), state (n).
//!
//! # References
//! J. J. Hopfield, *Neural networks and physical systems with emergent collective computational abilities*,
//! PNAS 79 (1982) 2554, written for ±1 units.

mod bytes;

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::energy::{Conditional, Energy};
use crate::kernel::{self, Real};
use crate::math;
use crate::weights::{Rounding, Weights};

use bytes::Bytes;

/// Which way the biases enter the field that an update looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BiasSign {
    /// `h = Ws + b`, as the energy has it.
    #[default]
    Consistent,
    /// `h = Ws − b`: wrong, but found in the literature; kept so that published tables can be reproduced.
    Opposed,
}

/// Why a network could not be put together.
#[derive(Clone, Debug, PartialEq)]
pub enum HopfieldError {
    /// The number of biases differs from the number of units.
    BiasLength {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A bias is not a finite number, or larger than 10⁹ in size.
    Bias {
        /// Which unit.
        unit: usize,
        /// What stands there.
        value: f64,
    },
}

impl fmt::Display for HopfieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BiasLength { found, expected } => {
                write!(f, "{found} biases are given; the net has {expected} units")
            }
            Self::Bias { unit, value } => {
                write!(f, "the bias of unit {unit} is {value}; it must be a number between -1e9 and 1e9")
            }
        }
    }
}

impl core::error::Error for HopfieldError {}

/// From so many units on a row in bytes is added sooner than one of `T`: the fewer bytes to fetch outweigh the work of
/// widening them once the weights are too many for a core's own memory.
const BYTES_UNITS: usize = 1024;

/// A network: weights, biases, and what is derived from them. Immutable while it runs.
#[derive(Clone, Debug)]
pub struct Hopfield<T> {
    weights: Weights<T>,
    bias: Vec<f64>,
    /// The bias as updates see it.
    drive: Vec<f64>,
    rounding: Rounding,
    /// Rows of patterns, padded, if the weights are nothing but their Hebbian sum and they are fewer than the units:
    /// then fields from scratch cost 2Pn operations instead of n².
    factors: Option<Vec<T>>,
    bytes: Option<Bytes>,
}

impl<T: Real> Hopfield<T> {
    /// A network with these weights and biases.
    ///
    /// # Errors
    /// Biases of the wrong number or that are not finite.
    pub fn new(weights: Weights<T>, bias: Vec<f64>, sign: BiasSign) -> Result<Self, HopfieldError> {
        let n = weights.units();
        if bias.len() != n {
            return Err(HopfieldError::BiasLength { found: bias.len(), expected: n });
        }
        if let Some(unit) = bias.iter().position(|b| !(b.is_finite() && math::abs(*b) <= 1e9)) {
            return Err(HopfieldError::Bias { unit, value: bias[unit] });
        }
        let rounding = Rounding::new(&weights, &bias);
        let drive = match sign {
            BiasSign::Consistent => bias.clone(),
            BiasSign::Opposed => bias.iter().map(|b| -b).collect(),
        };
        Ok(Self { weights, bias, drive, rounding, factors: None, bytes: None })
    }

    /// Says that the weights are exactly `scale · (Σ x x' − P·1)` of these patterns, so that fields from scratch may
    /// go through the patterns. The caller vouches for it; nothing is done unless there are fewer patterns than units.
    #[must_use]
    pub fn with_factors(mut self, patterns: &[&[i8]]) -> Self {
        if patterns.len() < self.weights.units() {
            let stride = self.weights.stride();
            let mut rows = vec![T::default(); patterns.len() * stride];
            for (row, pattern) in rows.chunks_exact_mut(stride).zip(patterns) {
                for (cell, &spin) in row.iter_mut().zip(*pattern) {
                    *cell = T::from_f64(f64::from(spin));
                }
            }
            self.factors = Some(rows);
        }
        self
    }

    /// Keeps the weights in bytes too, if they are small whole numbers: for a net that runs more than once. The same
    /// bits come out, sooner.
    #[must_use]
    pub fn with_bytes(mut self) -> Self {
        self.bytes = Bytes::new(&self.weights);
        self
    }

    /// The weights.
    #[must_use]
    pub fn weights(&self) -> &Weights<T> {
        &self.weights
    }

    /// The biases, in units of energy.
    #[must_use]
    pub fn bias(&self) -> &[f64] {
        &self.bias
    }

    /// The biases as updates see them: the same, or their negatives (see [`BiasSign`]).
    #[must_use]
    pub fn drive(&self) -> &[f64] {
        &self.drive
    }

    /// Takes the network apart again: weights and biases.
    #[must_use]
    pub fn into_parts(self) -> (Weights<T>, Vec<f64>) {
        (self.weights, self.bias)
    }

    /// Energy from sums that are already at hand.
    #[must_use]
    pub fn energy_cached(&self, spins: &[i8], cache: &[T]) -> f64 {
        let (mut pairs, mut alone) = (0.0, 0.0);
        for (i, &s) in spins.iter().enumerate() {
            let s = f64::from(s);
            pairs += s * cache[i].to_f64();
            alone += s * self.bias[i];
        }
        -0.5 * self.weights.scale() * pairs - alone
    }

    /// The field as the energy has it, `h_i = Σ_j w_ij s_j + b_i`, from sums at hand.
    #[must_use]
    pub fn true_field(&self, cache: &[T], i: usize) -> f64 {
        self.weights.scale() * cache[i].to_f64() + self.bias[i]
    }

    fn sums_through_patterns(&self, spins: &[i8], factors: &[T], sums: &mut [T]) {
        let stride = self.weights.stride();
        let mut state = vec![T::default(); stride];
        let mut count = T::default();
        for (cell, &spin) in state.iter_mut().zip(spins) {
            *cell = T::from_f64(f64::from(spin));
        }
        for pattern in factors.chunks_exact(stride) {
            let overlap = kernel::dot(pattern, &state);
            kernel::add_scaled(sums, overlap, pattern);
            count += T::from_f64(1.0);
        }
        // Each pattern's own square stands on the diagonal, which the net does not have.
        kernel::add_scaled(sums, -count, &state);
    }
}

impl<T: Real> Energy for Hopfield<T> {
    fn units(&self) -> usize {
        self.weights.units()
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        self.energy_cached(spins, &self.cache(spins))
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        // The energy has the symmetric part of W alone, so both directions count by half.
        let mut sum = 0.0;
        for (j, &s) in spins.iter().enumerate() {
            sum += f64::from(s) * 0.5 * (self.weights.get(i, j) + self.weights.get(j, i));
        }
        -(f64::from(to) - f64::from(spins[i])) * (sum + self.bias[i])
    }
}

impl<T: Real> Conditional for Hopfield<T> {
    /// Σ_j w_ij s_j before the common factor, padded.
    type Cache = Vec<T>;

    fn units(&self) -> usize {
        self.weights.units()
    }

    fn cache(&self, spins: &[i8]) -> Vec<T> {
        let mut sums = vec![T::default(); self.weights.stride()];
        match (&self.factors, &self.bytes) {
            (Some(factors), _) => self.sums_through_patterns(spins, factors, &mut sums),
            (None, Some(bytes)) => bytes.sums(spins, &mut sums),
            (None, None) => {
                kernel::weighted_rows(&mut sums, spins, self.weights.all_sent(), self.weights.stride())
            }
        }
        sums
    }

    #[inline]
    fn field(&self, _spins: &[i8], cache: &Vec<T>, i: usize) -> f64 {
        self.rounding.cut(i, self.weights.scale() * cache[i].to_f64() + self.drive[i])
    }

    #[inline]
    fn rounding(&self, i: usize) -> f64 {
        self.rounding.of(i)
    }

    #[inline]
    fn drift(&self, i: usize) -> f64 {
        self.rounding.drift(i)
    }

    #[inline]
    fn changed(&self, spins: &[i8], cache: &mut Vec<T>, i: usize, from: i8) {
        let step = T::from_f64(f64::from(spins[i]) - f64::from(from));
        match &self.bytes {
            Some(bytes) if spins.len() >= BYTES_UNITS => {
                kernel::add_scaled_bytes(cache, step, bytes.sent(i));
            }
            _ => kernel::add_scaled(cache, step, self.weights.sent(i)),
        }
    }

    fn energy_cached(&self, spins: &[i8], cache: &Vec<T>) -> f64 {
        Self::energy_cached(self, spins, cache)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    fn random_net(n: usize, seed: u64) -> Hopfield<f64> {
        let mut rng = Rng::new(seed, Stream::Experiment, 0);
        let mut rows = vec![vec![0.0; n]; n];
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            let w = rng.normal();
            (rows[i][j], rows[j][i]) = (w, w);
        }
        let bias = (0..n).map(|_| rng.normal()).collect();
        Hopfield::new(Weights::from_rows(&rows).unwrap(), bias, BiasSign::Consistent).unwrap()
    }

    #[test]
    fn cached_sums_follow_a_hundred_changes() {
        let net = random_net(37, 5);
        let mut rng = Rng::new(6, Stream::Dynamics, 0);
        let mut spins: Vec<i8> = (0..37).map(|_| rng.spin()).collect();
        let mut cache = net.cache(&spins);
        for _ in 0..100 {
            let i = rng.below(37) as usize;
            let to = rng.below(3) as i8 - 1;
            let (before, delta) = (net.energy(&spins), net.delta(&spins, i, to));
            let from = core::mem::replace(&mut spins[i], to);
            net.changed(&spins, &mut cache, i, from);
            assert!((net.energy(&spins) - before - delta).abs() < 1e-9);
        }
        for (kept, fresh) in cache.iter().zip(net.cache(&spins)) {
            assert!((kept - fresh).abs() < 1e-11);
        }
    }

    #[test]
    fn every_way_to_the_sums_agrees_to_the_bit() {
        let mut rng = Rng::new(9, Stream::Patterns, 0);
        for (n, p) in [(101, 12), (BYTES_UNITS + 1, 5)] {
            let patterns: Vec<Vec<i8>> = (0..p).map(|_| (0..n).map(|_| rng.spin()).collect()).collect();
            let views: Vec<&[i8]> = patterns.iter().map(Vec::as_slice).collect();
            let mut weights = Weights::<f32>::zero(n, 1.0 / n as f64).unwrap();
            views.iter().for_each(|x| weights.add_outer(1.0, x));
            let plain = Hopfield::new(weights, vec![0.0; n], BiasSign::Consistent).unwrap();
            let (factored, bytes) = (plain.clone().with_factors(&views), plain.clone().with_bytes());
            let mut state: Vec<i8> = (0..n).map(|_| rng.below(3) as i8 - 1).collect();
            let (mut sums, mut few) = (plain.cache(&state), bytes.cache(&state));
            assert_eq!((&factored.cache(&state), &few), (&sums, &sums));
            for _ in 0..50 {
                let i = rng.below(n as u32) as usize;
                let from = core::mem::replace(&mut state[i], rng.spin());
                plain.changed(&state, &mut sums, i, from);
                bytes.changed(&state, &mut few, i, from);
            }
            assert_eq!(few, sums);
        }
    }

    #[test]
    fn two_units_by_hand() {
        let net = Hopfield::<f64>::new(
            Weights::from_rows(&[vec![0.0, 0.5], vec![0.5, 0.0]]).unwrap(),
            vec![0.25, -1.0],
            BiasSign::Consistent,
        )
        .unwrap();
        // E = -w s0 s1 - b0 s0 - b1 s1.
        assert_eq!(net.energy(&[1, 1]), -0.5 - 0.25 + 1.0);
        assert_eq!(net.energy(&[1, -1]), 0.5 - 0.25 - 1.0);
        assert_eq!(net.delta(&[1, 1], 1, -1), -1.0);
        let cache = net.cache(&[1, 1]);
        assert_eq!(net.field(&[1, 1], &cache, 0), 0.75);
    }

    #[test]
    fn wrong_biases_are_refused() {
        let weights = || Weights::<f64>::zero(2, 1.0).unwrap();
        assert_eq!(
            Hopfield::new(weights(), vec![0.0], BiasSign::Consistent).unwrap_err(),
            HopfieldError::BiasLength { found: 1, expected: 2 }
        );
        assert!(matches!(
            Hopfield::new(weights(), vec![0.0, f64::NAN], BiasSign::Consistent).unwrap_err(),
            HopfieldError::Bias { unit: 1, .. }
        ));
    }
}
