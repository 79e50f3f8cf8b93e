//! Spin glasses.
//!
//! # What it is
//! Spins of ±1 that pull on each other by couplings of both signs, drawn once and kept. They cannot all be satisfied
//! (frustration), so that there are many valleys, and no picture in any of them.
//!
//! # Energy
//! `E(s) = −Σ_{<ij>} J_ij s_i s_j`, each pair once, without a field. The energy of a state is that of its negative.
//!
//! # Dynamics
//! Any rule of [`crate::dynamics`]; what each unit feels is kept up to date as units change.
//!
//! # The kinds
//! - [`EdwardsAnderson`]: neighbours on a square lattice, `J = ±1` or normal with variance 1. In two dimensions it freezes
//!   at T = 0 only.
//! - [`sherrington_kirkpatrick`]: all pairs, normal with variance 1/n. Of infinitely many spins it freezes at T = 1, into
//!   valleys within valleys.
//!
//! # Shapes
//! Couplings by pairs; state (n), row by row.
//!
//! # References
//! S. F. Edwards & P. W. Anderson, J. Phys. F 5 (1975) 965; D. Sherrington & S. Kirkpatrick, Phys. Rev. Lett. 35 (1975)
//! 1792; G. Toulouse, Commun. Phys. 2 (1977) 115 (frustration, gauge); G. Parisi, Phys. Rev. Lett. 43 (1979) 1754.

mod edwards_anderson;

pub use edwards_anderson::EdwardsAnderson;

use alloc::vec;
use core::fmt;

use crate::math;
use crate::models::hopfield::{BiasSign, Hopfield};
use crate::rng::Rng;
use crate::weights::{MAX_UNITS, Weights, WeightsError};

/// Couplings of a lattice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Couplings {
    /// +1 or −1, each with probability ½ (G. Toulouse 1977). Energies are whole numbers, and many states are ground
    /// states.
    #[default]
    PlusMinus,
    /// Normal, of mean 0 and variance 1. The ground state is one, with its negative.
    Gaussian,
}

impl Couplings {
    fn draw(self, rng: &mut Rng) -> f64 {
        match self {
            Self::PlusMinus => f64::from(rng.spin()),
            Self::Gaussian => rng.normal(),
        }
    }
}

/// What lies beyond the edges of a lattice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Boundary {
    /// Its other side. Where a side has two cells these are neighbours already, and are joined once; where it has one,
    /// that is not its own neighbour.
    #[default]
    Periodic,
    /// Nothing.
    Free,
}

/// Why a glass could not be made.
#[derive(Clone, Debug, PartialEq)]
pub enum SpinGlassError {
    /// A side without cells, or more than [`MAX_UNITS`] cells altogether.
    Size {
        /// Cells across.
        width: usize,
        /// Cells down.
        height: usize,
    },
    /// The number of couplings differs from that of the pairs of neighbours.
    Couplings {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A coupling that is not a finite number, or larger than 10⁹ in size.
    Coupling {
        /// Which, from 0.
        bond: usize,
        /// Its value.
        value: f64,
    },
    /// Couplings between all pairs of so many units cannot be made.
    Weights(WeightsError),
}

impl fmt::Display for SpinGlassError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { width, height } => {
                write!(f, "a lattice of {width} × {height} is not possible; it needs 1 to {MAX_UNITS} cells")
            }
            Self::Couplings { found, expected } => {
                write!(f, "the lattice has {expected} pairs of neighbours; couplings given: {found}")
            }
            Self::Coupling { bond, value } => {
                write!(f, "coupling {bond} is {value}; it must be a number between -1e9 and 1e9")
            }
            Self::Weights(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SpinGlassError {}

/// The Sherrington–Kirkpatrick model: all pairs of n units, `J_ij` normal of mean 0 and variance 1/n. Its couplings are
/// the weights of the net. Ground states have −0.7632 n in the limit of many units (Parisi 1979; S. Boettcher, Eur.
/// Phys. J. B 46 (2005) 501), and about −0.7632 n + 0.70 n^⅓ of few.
///
/// # Errors
/// No units or too many; no memory.
pub fn sherrington_kirkpatrick(units: usize, rng: &mut Rng) -> Result<Hopfield<f64>, SpinGlassError> {
    let scale = 1.0 / math::sqrt(units.max(1) as f64);
    let mut weights = Weights::zero(units, scale).map_err(SpinGlassError::Weights)?;
    for i in 0..units {
        for j in 0..i {
            let coupling = rng.normal();
            weights.set_raw(i, j, coupling);
            weights.set_raw(j, i, coupling);
        }
    }
    Ok(Hopfield::new(weights, vec![0.0; units], BiasSign::Consistent).expect("one bias of 0 a unit"))
}
