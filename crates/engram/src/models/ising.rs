//! The Ising model on the square lattice.
//!
//! # What it is
//! Spins in rows and columns, each bound to its neighbours alone: the simplest system in which very many units make up
//! their minds together. Below the temperature T_c most spins point the same way, above it they do not.
//!
//! # Energy
//! `E = −J Σ_<ij> s_i s_j − H Σ_i s_i` over the bonds of a [`Lattice`]. With J > 0 neighbours want to be alike
//! (ferromagnet), with J < 0 they want to differ (antiferromagnet); on a ring of odd length they cannot all (frustration).
//!
//! # Dynamics
//! Any rule for units asked one at a time; [`SingleFlips`](crate::dynamics::SingleFlips) for all cells of a colour at
//! once; [`Wolff`](crate::dynamics::Wolff) and [`SwendsenWang`](crate::dynamics::SwendsenWang) for clusters.
//!
//! # Shapes
//! n = width · height spins, row by row.
//!
//! # References
//! E. Ising, Z. Phys. 31 (1925) 253; L. Onsager, Phys. Rev. 65 (1944) 117. [`crate::exact::onsager`] has the exact results
//! of the infinite lattice.

mod packed;

pub use packed::{Packed, Sums};

use core::fmt;

use crate::energy::{Conditional, Energy};
use crate::lattice::Lattice;
use crate::math;

/// Largest size of a coupling or a field.
pub const MAX_STRENGTH: f64 = 1e6;

/// A coupling or a field that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IsingError {
    /// Which: `the coupling` or `the field`.
    pub what: &'static str,
    /// Its value.
    pub value: f64,
}

impl fmt::Display for IsingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is {}; it must be a number from -{MAX_STRENGTH} to {MAX_STRENGTH}",
            self.what, self.value
        )
    }
}

impl core::error::Error for IsingError {}

/// The model: a lattice, a coupling and a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Ising {
    lattice: Lattice,
    coupling: f64,
    field: f64,
}

impl Ising {
    /// With the coupling J of every bond and the field H on every spin, in units of energy.
    ///
    /// # Errors
    /// Numbers that are not finite, or larger than [`MAX_STRENGTH`].
    pub fn new(lattice: Lattice, coupling: f64, field: f64) -> Result<Self, IsingError> {
        for (what, value) in [("the coupling", coupling), ("the field", field)] {
            if !value.is_finite() || math::abs(value) > MAX_STRENGTH {
                return Err(IsingError { what, value });
            }
        }
        Ok(Self { lattice, coupling, field })
    }

    /// The lattice.
    #[must_use]
    pub fn lattice(&self) -> &Lattice {
        &self.lattice
    }

    /// The coupling J.
    #[must_use]
    pub fn coupling(&self) -> f64 {
        self.coupling
    }

    /// The field H.
    #[must_use]
    pub fn field_strength(&self) -> f64 {
        self.field
    }

    /// Energy of a state with these sums.
    #[must_use]
    pub fn energy_of(&self, sums: Sums) -> f64 {
        -self.coupling * sums.pairs as f64 - self.field * sums.spins as f64
    }

    /// Local field `h = J Σ s_j + H` of a cell whose neighbours have this sum; exactly 0 where it is nothing but rounding.
    #[inline]
    #[must_use]
    pub fn local(&self, neighbours: i32) -> f64 {
        let field = self.coupling * f64::from(neighbours) + self.field;
        if math::abs(field) <= self.rounding(0) { 0.0 } else { field }
    }

    /// Sum of a cell's neighbours.
    #[inline]
    #[must_use]
    pub fn around(&self, spins: &[i8], cell: usize) -> i32 {
        self.lattice.neighbours(cell).map(|other| i32::from(spins[other])).sum()
    }

    /// Sums of a state, an unknown spin counting as 0.
    #[must_use]
    pub fn sums(&self, spins: &[i8]) -> Sums {
        let pair = |(a, b): (usize, usize)| i64::from(spins[a] * spins[b]);
        Sums { pairs: self.lattice.bonds().map(pair).sum(), spins: spins.iter().map(|&s| i64::from(s)).sum() }
    }
}

impl Energy for Ising {
    fn units(&self) -> usize {
        self.lattice.cells()
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        self.energy_of(self.sums(spins))
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        f64::from(spins[i] - to) * self.local(self.around(spins, i))
    }
}

/// There is nothing to be kept with a state: a field is a sum of four spins.
impl Conditional for Ising {
    type Cache = ();

    fn units(&self) -> usize {
        self.lattice.cells()
    }

    fn cache(&self, _: &[i8]) {}

    fn field(&self, spins: &[i8], (): &(), i: usize) -> f64 {
        self.local(self.around(spins, i))
    }

    fn rounding(&self, _: usize) -> f64 {
        4.0 * f64::EPSILON * (4.0 * math::abs(self.coupling) + math::abs(self.field))
    }

    fn drift(&self, _: usize) -> f64 {
        0.0
    }

    fn changed(&self, _: &[i8], (): &mut (), _: usize, _: i8) {}
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;
    use alloc::vec;

    use super::*;
    use crate::lattice::Edges;

    fn model(width: usize, height: usize, edges: Edges, coupling: f64, field: f64) -> Ising {
        Ising::new(Lattice::new(width, height, edges).unwrap(), coupling, field).unwrap()
    }

    #[test]
    fn energies_by_hand() {
        let aligned = vec![1i8; 12];
        assert_eq!(model(4, 3, Edges::Periodic, 1.0, 0.5).energy(&aligned), -24.0 - 6.0);
        assert_eq!(model(4, 3, Edges::Free, 2.0, 0.0).energy(&aligned), -2.0 * 17.0);
        // One spin against its field and its four neighbours.
        let mut flipped = aligned.clone();
        flipped[5] = -1;
        let net = model(4, 3, Edges::Periodic, 1.0, 0.5);
        assert_eq!(net.delta(&aligned, 5, -1), 2.0 * 4.5);
        assert_eq!(net.energy(&flipped) - net.energy(&aligned), 9.0);
        // A single cell has no bonds.
        assert_eq!(model(1, 1, Edges::Periodic, 1.0, 0.25).energy(&[1]), -0.25);
    }

    #[test]
    fn a_field_that_is_only_rounding_is_zero() {
        // 3 · 0.1 is not 0.3 in binary; a corner of three bonds of a free edge feels exactly nothing.
        let net = model(3, 3, Edges::Free, 0.1, -0.3);
        assert_eq!(net.local(3), 0.0);
        assert!(net.local(1) < -0.19);
    }

    #[test]
    fn strengths_are_checked() {
        let lattice = Lattice::new(2, 2, Edges::Free).unwrap();
        for (coupling, field, word) in
            [(f64::NAN, 0.0, "coupling"), (1e7, 0.0, "10000000"), (1.0, f64::INFINITY, "the field")]
        {
            let error = Ising::new(lattice, coupling, field).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
