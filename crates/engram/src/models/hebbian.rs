//! The Hopfield network of Hebb's rule, worked over its patterns.
//!
//! # What it is
//! The net whose weights are `W = c Σ_μ (x_μ x_μ' − 1)` and whose biases are 0, without the weights: n units that
//! follow P patterns. It has the fields, flips and runs of the net with weights, bit for bit where fields are whole
//! numbers, but a flip changes the P overlaps `m_μ = x_μ's` instead of n fields, and a field is asked for when it is
//! needed: `h_i = c (Σ_μ x_μi m_μ − P s_i)`. With far fewer patterns than units that is far less work.
//!
//! # Energy
//! `E(s) = −½ c (Σ_μ m_μ² − P s's)`.
//!
//! # Shapes
//! Patterns, unit by unit, (n, P); overlaps (P); state (n).
//!
//! # References
//! J. J. Hopfield, PNAS 79 (1982) 2554, eq. 2; the overlaps as the net's order parameters: D. J. Amit, H. Gutfreund
//! & H. Sompolinsky, Phys. Rev. A 32 (1985) 1007.

use alloc::vec::Vec;
use core::fmt;

use crate::energy::{Conditional, Energy};
use crate::kernel;
use crate::models::columns::Columns;
use crate::pattern::SpinsError;
use crate::rng::Rng;
use crate::weights::MAX_UNITS;

/// Most patterns: beyond as many as there can be units, weights are less work.
pub const MAX_PATTERNS: usize = MAX_UNITS;

/// Why a net could not be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HebbianError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// No patterns, or more than [`MAX_PATTERNS`].
    Patterns(usize),
    /// A pattern that cannot be, or no memory for them.
    Pattern(SpinsError),
}

impl fmt::Display for HebbianError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(f, "a net needs 1 to {MAX_UNITS} units, not {n}"),
            Self::Patterns(p) => {
                write!(f, "a net over its patterns needs 1 to {MAX_PATTERNS} of them, not {p}")
            }
            Self::Pattern(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for HebbianError {}

impl From<SpinsError> for HebbianError {
    fn from(error: SpinsError) -> Self {
        Self::Pattern(error)
    }
}

/// A network of patterns. Immutable while it runs.
#[derive(Clone, Debug)]
pub struct Hebbian {
    scale: f64,
    columns: Columns,
}

impl Hebbian {
    /// A net of so many patterns, all of them blank, to be drawn (see [`redraw`](Self::redraw)).
    pub(crate) fn zero(units: usize, patterns: usize, scale: f64) -> Result<Self, HebbianError> {
        if units == 0 || units > MAX_UNITS {
            return Err(HebbianError::Units(units));
        }
        if patterns == 0 || patterns > MAX_PATTERNS {
            return Err(HebbianError::Patterns(patterns));
        }
        Ok(Self { scale, columns: Columns::zero(units, patterns)? })
    }

    /// A net with these patterns of ±1 and the factor c before Hebb's sum.
    ///
    /// # Errors
    /// Too many units or patterns, or none; patterns of different lengths or with other values; no memory.
    pub fn new(patterns: &[&[i8]], scale: f64) -> Result<Self, HebbianError> {
        let units = patterns.first().map_or(0, |first| first.len());
        let mut net = Self::zero(units, patterns.len(), scale)?;
        for (pattern, x) in patterns.iter().enumerate() {
            net.columns.write(pattern, x)?;
        }
        Ok(net)
    }

    /// A net of patterns of independent fair coins, as [`redraw`](Self::redraw) tosses them.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn random(units: usize, patterns: usize, scale: f64, rng: &mut Rng) -> Result<Self, HebbianError> {
        let mut net = Self::zero(units, patterns, scale)?;
        net.redraw(rng);
        Ok(net)
    }

    /// Puts independent fair coins in place of all patterns: unit by unit, the lowest bit of a word first, 32
    /// patterns a word.
    pub fn redraw(&mut self, rng: &mut Rng) {
        self.columns.redraw(rng);
    }

    /// Number of patterns, P.
    #[must_use]
    pub fn patterns(&self) -> usize {
        self.columns.patterns()
    }

    /// A pattern: n spins.
    #[must_use]
    pub fn pattern(&self, index: usize) -> Vec<i8> {
        self.columns.pattern(index)
    }

    /// `Σ_j w_ij s_j` before the factor.
    #[inline]
    fn sum(&self, overlaps: &[i16], i: usize, own: i8) -> i32 {
        kernel::dot_whole(self.columns.column(i), overlaps) - self.patterns() as i32 * i32::from(own)
    }
}

impl Energy for Hebbian {
    fn units(&self) -> usize {
        self.columns.units()
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        self.energy_cached(spins, &self.cache(spins))
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        let sum = self.sum(&self.cache(spins), i, spins[i]);
        -(f64::from(to) - f64::from(spins[i])) * self.scale * f64::from(sum)
    }
}

impl Conditional for Hebbian {
    /// Overlaps Σ_i x_μi s_i with all patterns, padded.
    type Cache = Vec<i16>;

    fn units(&self) -> usize {
        self.columns.units()
    }

    fn cache(&self, spins: &[i8]) -> Vec<i16> {
        self.columns.overlaps(spins)
    }

    #[inline]
    fn field(&self, spins: &[i8], overlaps: &Vec<i16>, i: usize) -> f64 {
        self.scale * f64::from(self.sum(overlaps, i, spins[i]))
    }

    fn rounding(&self, _i: usize) -> f64 {
        0.0
    }

    fn drift(&self, _i: usize) -> f64 {
        0.0
    }

    #[inline]
    fn changed(&self, spins: &[i8], overlaps: &mut Vec<i16>, i: usize, from: i8) {
        self.columns.changed(overlaps, i, spins[i] - from);
    }

    fn energy_cached(&self, spins: &[i8], overlaps: &Vec<i16>) -> f64 {
        let squares: i64 = overlaps.iter().map(|&m| i64::from(m) * i64::from(m)).sum();
        let known = spins.iter().filter(|&&s| s != 0).count();
        -0.5 * self.scale * (squares - (self.patterns() * known) as i64) as f64
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::rng::Stream;
    use crate::weights::Weights;

    #[test]
    fn it_is_the_net_with_weights() {
        let (n, p) = (101, 37);
        let mut rng = Rng::new(9, Stream::Patterns, 0);
        let scale = 1.0 / n as f64;
        let net = Hebbian::random(n, p, scale, &mut rng).unwrap();
        let patterns: Vec<Vec<i8>> = (0..p).map(|k| net.pattern(k)).collect();
        let views: Vec<&[i8]> = patterns.iter().map(Vec::as_slice).collect();
        assert_eq!(Hebbian::new(&views, scale).unwrap().columns, net.columns);
        let mut weights = Weights::<f32>::zero(n, scale).unwrap();
        views.iter().for_each(|x| weights.add_outer(1.0, x));
        let full = Hopfield::new(weights, vec![0.0; n], BiasSign::Consistent).unwrap();
        let mut spins: Vec<i8> = (0..n).map(|_| rng.below(3) as i8 - 1).collect();
        let (mut few, mut all) = (net.cache(&spins), full.cache(&spins));
        for step in 0..500 {
            let i = rng.below(n as u32) as usize;
            assert_eq!(net.field(&spins, &few, i).to_bits(), full.field(&spins, &all, i).to_bits());
            let to = rng.below(3) as i8 - 1;
            assert!((net.delta(&spins, i, to) - full.delta(&spins, i, to)).abs() < 1e-12);
            let from = core::mem::replace(&mut spins[i], to);
            net.changed(&spins, &mut few, i, from);
            full.changed(&spins, &mut all, i, from);
            assert!(step % 50 != 0 || (net.energy(&spins) - full.energy(&spins)).abs() < 1e-12);
        }
        assert_eq!(few, net.cache(&spins));
    }

    #[test]
    fn what_is_not_possible_is_refused() {
        assert_eq!(Hebbian::new(&[], 1.0).unwrap_err(), HebbianError::Units(0));
        assert_eq!(
            Hebbian::new(&[&[1, -1], &[1]], 1.0).unwrap_err(),
            SpinsError::Length { pattern: 1, found: 1, expected: 2 }.into()
        );
        assert_eq!(
            Hebbian::new(&[&[1, -1], &[1, 0]], 1.0).unwrap_err(),
            SpinsError::Spin { pattern: 1, unit: 1, value: 0 }.into()
        );
        let mut rng = Rng::new(0, Stream::Patterns, 0);
        assert_eq!(Hebbian::random(5, 0, 1.0, &mut rng).unwrap_err(), HebbianError::Patterns(0));
        assert_eq!(Hebbian::random(5000, 3, 1.0, &mut rng).unwrap_err(), HebbianError::Units(5000));
    }
}
