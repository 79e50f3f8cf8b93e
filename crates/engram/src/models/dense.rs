//! The dense associative memory: a Hopfield network with a steeper energy.
//!
//! # What it is
//! n units of ±1 that follow P patterns, as [`Hebbian`](super::hebbian::Hebbian) does, but with overlaps counted by a
//! steep function F: a memory that is near speaks far louder than many that are far, so that of the order of n^(d−1)
//! patterns are held with a power of degree d, and exponentially many with an exponential. With F(z) = z² it is the
//! Hopfield network of Hebb's rule.
//!
//! # Energy
//! `E(s) = −c Σ_μ a_μ F(m_μ)` with overlaps `m_μ = x_μ·s`, importances a and a factor c ([`Scale`]). An unknown unit (0)
//! adds nothing to an overlap. An exponential can leave the range of numbers: then energies and fields stay at the end
//! of the range, with the right sign, and [`Dense::ln_energy`] still tells the energy.
//!
//! # Dynamics
//! `s_i ← sign Σ_μ a_μ [F(x_μi + r_μ) − F(−x_μi + r_μ)]` with `r_μ = m_μ − x_μi s_i`, the overlap without unit i. The local
//! field is half of the energy's difference, `h_i = ½ [E(s_i = −1) − E(s_i = +1)]`, so that `ΔE = 2 s_i h_i` is the cost
//! of a flip as in every other net, and all update rules apply. One unit at a time the energy never rises; with all at
//! once it can.
//!
//! # Exactness
//! Overlaps are whole numbers, exact through any number of changes. With a power and whole importances fields are sums of
//! whole numbers: signs are right and ties are ties as long as `2 Σ|a| n^d < 2^127`. They are added in 64 bits, and rounded
//! once, where `Σ|a| · [F(n) − F(n−2)] < 2^63` (for 784 units and 1000 patterns up to degree 6), and else in `f64`, with an
//! exact sum where that leaves a doubt. Beyond, and for exponentials and importances that are not whole, memories of one
//! overlap still cancel exactly, and what is left of the others is a tie if it is less than 10⁻¹² of its terms. Fields that
//! are not added in 64 bits are right to 10⁻⁷ of themselves at worst, to 10⁻¹⁵ as a rule; [`Conditional::rounding`] is 0
//! all the same, since a limit that held for every state would be far larger than the fields of most.
//!
//! # Shapes
//! Patterns, unit by unit, (n, P); overlaps (P); state (n).
//!
//! # References
//! D. Krotov & J. J. Hopfield, *Dense associative memory for pattern recognition*, NIPS 2016, arXiv 1606.01164, eqs. 2
//! and 3; M. Demircigil, J. Heusel, M. Löwe, S. Upgang & F. Vermet, *On a model of associative memory with huge storage
//! capacity*, J. Stat. Phys. 168 (2017) 288.

mod error;
mod interaction;
mod sums;
mod table;
#[cfg(test)]
mod tests;
pub mod theory;

use alloc::vec::Vec;

use crate::energy::{Conditional, Energy};
use crate::learning::{Example, IMPORTANCE};
use crate::models::columns::Columns;
use crate::observe::Explanation;
use crate::rng::Rng;
use crate::weights::MAX_UNITS;

pub use error::DenseError;
pub use interaction::{DEGREES, Interaction};

use sums::Sums;

/// Most patterns.
pub const MAX_PATTERNS: usize = 65_536;

/// The factor c before the energy.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Scale {
    /// c itself: with 1 the energy is that of the papers. From 10⁻¹⁰⁰ to 10¹⁰⁰.
    Factor(f64),
    /// How deep a memory lies that is alone: `c = depth / F(n)`, so that E = −depth there. With n, temperatures are of
    /// order 1 whatever the interaction; with n/2 and a square it is the net of Hebb's rule with 1/n. From 10⁻¹⁰⁰ to 10¹⁰⁰.
    Depth(f64),
}

impl Default for Scale {
    fn default() -> Self {
        Self::Factor(1.0)
    }
}

/// A dense associative memory. Immutable while it runs.
#[derive(Clone, Debug)]
pub struct Dense {
    columns: Columns,
    sums: Sums,
}

impl Dense {
    /// A net with these patterns of ±1 and their importances.
    ///
    /// # Errors
    /// Too many units or patterns, or none; patterns of different lengths or with other values; a degree, scale or
    /// importance out of range; no memory.
    pub fn new(interaction: Interaction, examples: &[Example<'_>], scale: Scale) -> Result<Self, DenseError> {
        let units = examples.first().map_or(0, |first| first.spins.len());
        let importance: Vec<f64> = examples.iter().map(|example| example.importance).collect();
        let mut net = Self::zero(interaction, units, examples.len(), importance, scale)?;
        for (pattern, example) in examples.iter().enumerate() {
            net.columns.write(pattern, example.spins)?;
        }
        Ok(net)
    }

    /// A net of patterns of independent fair coins, as [`redraw`](Self::redraw) tosses them, all of importance 1.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn random(
        interaction: Interaction,
        units: usize,
        patterns: usize,
        scale: Scale,
        rng: &mut Rng,
    ) -> Result<Self, DenseError> {
        let mut net = Self::zero(interaction, units, patterns, Vec::new(), scale)?;
        net.redraw(rng);
        Ok(net)
    }

    /// A net of blank patterns, to be written or drawn. Without importances they are all 1.
    pub(crate) fn zero(
        interaction: Interaction,
        units: usize,
        patterns: usize,
        importance: Vec<f64>,
        scale: Scale,
    ) -> Result<Self, DenseError> {
        if units == 0 || units > MAX_UNITS {
            return Err(DenseError::Units(units));
        }
        if patterns == 0 || patterns > MAX_PATTERNS {
            return Err(DenseError::Patterns(patterns));
        }
        if let Some(degree) = interaction.degree().filter(|degree| !DEGREES.contains(degree)) {
            return Err(DenseError::Degree(degree));
        }
        let (Scale::Factor(c) | Scale::Depth(c)) = scale;
        if !(1e-100..=1e100).contains(&c) {
            return Err(DenseError::Scale(c));
        }
        if let Some(pattern) = importance.iter().position(|a| !IMPORTANCE.contains(a)) {
            return Err(DenseError::Importance { pattern, value: importance[pattern] });
        }
        let columns = Columns::zero(units, patterns)?;
        Ok(Self { columns, sums: Sums::new(interaction, units, patterns, importance, scale) })
    }

    /// Puts independent fair coins in place of all patterns: the same ones as those of
    /// [`Hebbian::redraw`](super::hebbian::Hebbian::redraw) from the same generator.
    pub fn redraw(&mut self, rng: &mut Rng) {
        self.columns.redraw(rng);
    }

    /// The function F.
    #[must_use]
    pub fn interaction(&self) -> Interaction {
        self.sums.interaction()
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

    /// Energy from overlaps that are already at hand.
    #[must_use]
    pub fn energy_cached(&self, overlaps: &[i16]) -> f64 {
        // Not −0 for nothing.
        0.0 - self.sums.total(self.known(overlaps))
    }

    /// ln(−E) from overlaps at hand, in range even where the energy of an exponential is not; none if the energy is not
    /// below 0.
    #[must_use]
    pub fn ln_energy(&self, overlaps: &[i16]) -> Option<f64> {
        self.sums.ln_total(self.known(overlaps))
    }

    /// Takes the field of a unit apart. The terms are the memories: what each is at the unit, times how much its overlap
    /// without the unit makes it count.
    #[must_use]
    pub fn explain(&self, spins: &[i8], overlaps: &Vec<i16>, unit: usize) -> Explanation {
        let column = self.columns.column(unit);
        let terms = self.known(overlaps).iter().zip(column).enumerate().map(|(pattern, (&m, &x))| {
            let rest = i32::from(m) - i32::from(x) * i32::from(spins[unit]);
            (self.sums.weight(pattern, rest), x as i8)
        });
        Explanation::of_terms(self.field(spins, overlaps, unit), 0.0, terms)
    }

    /// Without the padding.
    fn known<'a>(&self, overlaps: &'a [i16]) -> &'a [i16] {
        &overlaps[..self.patterns()]
    }
}

impl Energy for Dense {
    fn units(&self) -> usize {
        self.columns.units()
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        self.energy_cached(&self.columns.overlaps(spins))
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        let step = i16::from(to) - i16::from(spins[i]);
        let overlaps = self.columns.overlaps(spins);
        0.0 - self.sums.change(self.known(&overlaps), self.columns.column(i), step)
    }
}

impl Conditional for Dense {
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
        self.sums.field(self.columns.column(i), overlaps, spins[i])
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
}
