//! The modern (continuous) Hopfield network.
//!
//! # What it is
//! n units of real values that hold P patterns outright, one a row, and a state ξ that is drawn to the patterns it is
//! like. The inverse temperature β says how strictly: the larger, the nearer the state comes to one single pattern; the
//! smaller, the more of them it ends in the mean of.
//!
//! # Energy
//! `E(ξ) = −β⁻¹ ln Σ_μ exp(β x_μ·ξ) + ½ ξ·ξ + β⁻¹ ln P + ½ M²`, where M is the length of the longest pattern. Within the
//! patterns' convex hull, `0 ≤ E ≤ 2M²`. See [`ModernHopfield::energy`].
//!
//! # Dynamics
//! All units together become the patterns' mean, each weighted by its attention: `ξ' = X' softmax(β Xξ)`. This is the
//! concave–convex procedure on the energy, which therefore never rises; nor does it where only some units follow and
//! the others are clamped. A unit of value 0 adds nothing to what is compared, so it counts as unknown. At rest means
//! that an update changes no unit by more than [`ModernHopfield::rest`].
//!
//! # Shapes
//! Patterns X (P, n), row by row; state ξ (n); attention (P).
//!
//! # References
//! H. Ramsauer et al., *Hopfield Networks is All You Need*, ICLR 2021, arXiv 2008.02217: energy (eq. 2), update rule
//! (eq. 3). A. L. Yuille & A. Rangarajan, *The concave-convex procedure*, Neural Computation 15 (2003) 915.

pub mod attention;
mod energy;
mod error;
mod held;
mod online;
mod retrieval;
mod state;
pub mod theory;

pub use energy::EnergyTerms;
pub use error::ModernError;
pub use held::Held;
pub use retrieval::{AVERAGE_SHARE, Attention, Retrieval, SINGLE_SHARE, Share};
pub use state::{Settled, State, Step};

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel::{self, Real};
use crate::math;
use crate::weights::MAX_UNITS;

/// Most patterns.
pub const MAX_PATTERNS: usize = 20_000;

/// Largest size of a value of a pattern or a state.
pub const MAX_VALUE: f64 = 1e9;

/// Least and greatest inverse temperature.
pub const BETA: [f64; 2] = [1e-9, 1e9];

/// Whether a value is one that patterns and states may have.
fn is_allowed(value: f64) -> bool {
    math::abs(value) <= MAX_VALUE
}

/// A network: its patterns and β. Immutable while it runs.
///
/// Patterns are held in `f64`, where everything is exact to rounding, for small nets; in `f32` for large ones, where an
/// update reads them once; or, made of such a net by [`quantised`](ModernHopfield::quantised), in bytes (see [`Held`]).
#[derive(Clone, Debug)]
pub struct ModernHopfield<T> {
    units: usize,
    stride: usize,
    patterns: usize,
    beta: f64,
    /// What the numbers in `rows` are to be multiplied by.
    scale: f64,
    /// The patterns, each padded to whole lanes with zeros.
    rows: Vec<T>,
    /// Square of the length of each pattern.
    squares: Vec<f64>,
    /// Largest size of a value.
    largest: f64,
}

impl<T: Held + Real> ModernHopfield<T> {
    /// A network of these patterns, all of n values.
    ///
    /// # Errors
    /// No patterns or too many, of different lengths, or with values out of range; β out of range; no memory.
    pub fn new<P: AsRef<[f64]>>(patterns: &[P], beta: f64) -> Result<Self, ModernError> {
        let expected = patterns.first().map_or(0, |first| first.as_ref().len());
        if patterns.is_empty() {
            return Err(ModernError::Patterns(0));
        }
        for (pattern, row) in patterns.iter().enumerate() {
            let found = row.as_ref().len();
            if found != expected {
                return Err(ModernError::Length { pattern, found, expected });
            }
        }
        let fill = |pattern: usize, row: &mut [f64]| row.copy_from_slice(patterns[pattern].as_ref());
        Self::from_fn(expected, patterns.len(), beta, fill)
    }

    /// A network of patterns that are written one after another into a row of n zeros by `fill`: for many, of which there
    /// need not be another copy.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn from_fn(
        units: usize,
        patterns: usize,
        beta: f64,
        mut fill: impl FnMut(usize, &mut [f64]),
    ) -> Result<Self, ModernError> {
        let mut net = Self::blank(units, patterns, beta)?;
        let mut row = vec![0.0; units];
        for pattern in 0..patterns {
            row.fill(0.0);
            fill(pattern, &mut row);
            if let Some(unit) = row.iter().position(|&value| !is_allowed(value)) {
                return Err(ModernError::Value { pattern, unit, value: row[unit] });
            }
            let start = pattern * net.stride;
            for (cell, &value) in net.rows[start..start + units].iter_mut().zip(&row) {
                *cell = T::from_f64(value);
            }
        }
        net.measure();
        Ok(net)
    }
}

impl<T: Held> ModernHopfield<T> {
    fn blank(units: usize, patterns: usize, beta: f64) -> Result<Self, ModernError> {
        if units == 0 || units > MAX_UNITS {
            return Err(ModernError::Units(units));
        }
        if patterns == 0 || patterns > MAX_PATTERNS {
            return Err(ModernError::Patterns(patterns));
        }
        check_beta(beta)?;
        let stride = kernel::padded(units);
        let mut rows = Vec::new();
        let bytes = patterns * stride * size_of::<T>();
        rows.try_reserve_exact(patterns * stride).map_err(|_| ModernError::Memory { bytes })?;
        rows.resize(patterns * stride, T::default());
        Ok(Self { units, stride, patterns, beta, scale: 1.0, rows, squares: Vec::new(), largest: 0.0 })
    }

    /// Lengths and the largest value of what is in the rows.
    fn measure(&mut self) {
        let mut largest = 0.0f64;
        let mut squares = Vec::with_capacity(self.patterns);
        for row in self.rows.chunks_exact(self.stride) {
            let (square, size) = T::measure(row);
            squares.push(self.scale * self.scale * square);
            largest = largest.max(self.scale * size);
        }
        (self.squares, self.largest) = (squares, largest);
    }

    /// Another inverse temperature.
    ///
    /// # Errors
    /// Out of range; then it stays what it was.
    pub fn set_beta(&mut self, beta: f64) -> Result<(), ModernError> {
        check_beta(beta)?;
        self.beta = beta;
        Ok(())
    }

    /// The same patterns in bytes: a quarter of the memory of `f32`, and an update in half the time or less where few of
    /// them matter. Patterns of whole numbers up to 127 stay what they are, and so do patterns of nothing but 0 and one size, as ±1; others are
    /// rounded to the nearest of 255 steps from −largest to largest, by which no value moves by more than 1/254 of the
    /// largest. The result is a network of those patterns, with their energy.
    ///
    /// # Errors
    /// No memory.
    pub fn quantised(&self) -> Result<ModernHopfield<i8>, ModernError> {
        let mut net = ModernHopfield::<i8>::blank(self.units, self.patterns, self.beta)?;
        // The strides are the same, whatever the type.
        let scale = T::quantise(&self.rows, self.largest / self.scale, &mut net.rows);
        net.scale = self.scale * scale;
        net.measure();
        Ok(net)
    }

    /// Number of units, n.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Number of patterns, P.
    #[must_use]
    pub fn patterns(&self) -> usize {
        self.patterns
    }

    /// Inverse temperature β, in units of one over energy.
    #[must_use]
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// A pattern: n values.
    #[must_use]
    pub fn pattern(&self, index: usize) -> Vec<f64> {
        self.row(index)[..self.units].iter().map(|&value| self.scale * value.into()).collect()
    }

    /// The value that a pattern has for a unit; the pattern's term of what the unit becomes is its attention times this.
    #[must_use]
    pub fn value(&self, pattern: usize, unit: usize) -> f64 {
        self.scale * self.row(pattern)[unit].into()
    }

    /// Length of the longest pattern, M.
    #[must_use]
    pub fn longest(&self) -> f64 {
        math::sqrt(self.squares.iter().copied().fold(0.0, f64::max))
    }

    /// A state of which an update changes no unit by more than this is at rest: 1e-12 of the largest value of a pattern in
    /// double precision, 1e-5 in single precision and in bytes.
    #[must_use]
    pub fn rest(&self) -> f64 {
        T::REST * self.largest
    }

    #[inline]
    fn row(&self, pattern: usize) -> &[T] {
        &self.rows[pattern * self.stride..(pattern + 1) * self.stride]
    }

    /// n values padded to a whole row with zeros.
    fn padded(&self, values: &[f64]) -> Vec<f64> {
        let mut row = vec![0.0; self.stride];
        row.iter_mut().zip(&values[..values.len().min(self.units)]).for_each(|(cell, &value)| *cell = value);
        row
    }

    /// Scalar products `x_μ·v` of all patterns with n values (of fewer, the others are 0), in double precision.
    #[must_use]
    pub fn scores(&self, values: &[f64]) -> Vec<f64> {
        let values = self.padded(values);
        self.rows.chunks_exact(self.stride).map(|row| self.scale * T::dot_wide(row, &values)).collect()
    }

    /// Attention of a state of n values to the patterns, `softmax(β Xξ)`, in double precision.
    #[must_use]
    pub fn attention(&self, values: &[f64]) -> Attention {
        Attention::new(self.scores(values), self.beta)
    }

    /// The mean of the patterns with these P weights, `X'p`, in double precision: with the weights of
    /// [`attention`](Self::attention), what a state becomes.
    #[must_use]
    pub fn mean(&self, weights: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.stride];
        for (row, &weight) in self.rows.chunks_exact(self.stride).zip(weights) {
            T::add_wide(&mut sum, self.scale * weight, row);
        }
        sum.truncate(self.units);
        sum
    }

    /// Cosine of the angle between a state and each pattern; 0 where one of the two is 0. For patterns and states of ±1 it
    /// is the overlap m. `attention` is the state's.
    #[must_use]
    pub fn cosines(&self, values: &[f64], attention: &Attention) -> Vec<f64> {
        let square: f64 = values.iter().map(|x| x * x).sum();
        let cosine = |(&score, &own): (&f64, &f64)| {
            let lengths = math::sqrt(own) * math::sqrt(square);
            if lengths > 0.0 { score / lengths } else { 0.0 }
        };
        attention.scores().iter().zip(&self.squares).map(cosine).collect()
    }
}

fn check_beta(beta: f64) -> Result<(), ModernError> {
    if (BETA[0]..=BETA[1]).contains(&beta) { Ok(()) } else { Err(ModernError::Beta(beta)) }
}
