//! The Boltzmann machine, with any links between its units.
//!
//! # What it is
//! V visible and H hidden binary units, some pairs of which are linked. The visible units show a state of the world, the
//! hidden ones serve to explain it: with them the machine can hold dependences that no weights between visible units can,
//! such as parity. What it learns is a distribution over the states of its visible units.
//!
//! # Energy
//! `E(x) = −½ x'Wx − b'x`, W symmetric with zero diagonal, where units are {0, 1} or ±1 (see [`Encoding`]);
//! `P(x) = e^(−E(x)/T) / Z`.
//!
//! # Dynamics
//! With the field `h = Wx + b` of the machine's own encoding, `P(x_i = 1 | rest) = σ(h_i/T)` for {0, 1} and `σ(2h_i/T)`
//! for ±1. Both are one and the same net of spins: of {0, 1} units that with `J = W/4` and `H_i = b_i/2 + Σ_j W_ij/4`, whose
//! energy is higher by `Σ_i b_i/2 + Σ_{i<j} W_ij/4` in every state. States are therefore given as spins throughout, −1
//! standing for 0, and everything in [`crate::dynamics`] and [`crate::exact`] works on a machine as it is; what
//! [`Energy`](crate::energy::Energy) tells is the energy of the machine's own encoding.
//!
//! # Learning
//! The gradient of the mean log-likelihood is `(⟨x_i x_j⟩⁺ − ⟨x_i x_j⟩⁻)/T`: averages with the visible units clamped to
//! the data, less averages of the machine left to itself. See [`Boltzmann::likelihood`] for the exact one, and
//! [`crate::learning::boltzmann`].
//!
//! # Shapes
//! Weights one a link, in the order of [`Links`]; biases (V + H); states (V + H), the visible units first.
//!
//! # References
//! D. H. Ackley, G. E. Hinton & T. J. Sejnowski, *A learning algorithm for Boltzmann machines*, Cognitive Science 9 (1985)
//! 147. G. E. Hinton & T. J. Sejnowski, *Learning and relearning in Boltzmann machines*, in: Parallel Distributed
//! Processing 1 (1986) ch. 7.

mod completion;
mod data;
mod error;
mod exact;
mod links;
mod mean_field;
mod net;
mod statistics;
#[cfg(test)]
mod tests;

pub use completion::Completion;
pub use data::Data;
pub use error::BoltzmannError;
pub(crate) use error::{check, check_temperature};
pub use exact::Likelihood;
pub use links::Links;
pub use mean_field::{Expansion, MeanField, Means};
pub use statistics::{Phases, Statistics};

use alloc::vec;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::dynamics::HeatBath;
use crate::energy::Conditional as _;
use crate::models::hopfield::Hopfield;
use crate::rng::Rng;

/// Most units, visible and hidden together.
pub const MAX_UNITS: usize = 1024;

/// Largest size of a weight or bias.
pub const MAX_WEIGHT: f64 = 1e5;

/// Temperatures T, in units of energy.
pub const TEMPERATURES: RangeInclusive<f64> = 1e-6..=1e6;

/// What the two values of a unit are, in the energy and in averages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Encoding {
    /// 0 and 1.
    #[default]
    Binary,
    /// −1 and +1.
    Spin,
}

impl Encoding {
    /// The value that a spin stands for.
    #[inline]
    #[must_use]
    pub fn value(self, spin: i8) -> f64 {
        self.mean(f64::from(spin))
    }

    /// ⟨x_i⟩, of ⟨s_i⟩.
    #[inline]
    #[must_use]
    pub fn mean(self, spin: f64) -> f64 {
        match self {
            Self::Binary => 0.5 * (1.0 + spin),
            Self::Spin => spin,
        }
    }

    /// ⟨x_i x_j⟩, of ⟨s_i⟩, ⟨s_j⟩ and ⟨s_i s_j⟩.
    #[inline]
    #[must_use]
    pub fn pair(self, [i, j]: [f64; 2], both: f64) -> f64 {
        match self {
            Self::Binary => 0.25 * (1.0 + i + j + both),
            Self::Spin => both,
        }
    }

    /// Weights of the net of spins are this share of the machine's.
    fn coupling(self) -> f64 {
        match self {
            Self::Binary => 0.25,
            Self::Spin => 1.0,
        }
    }
}

/// A machine: its links, weights and biases. Immutable while it runs.
#[derive(Clone, Debug)]
pub struct Boltzmann {
    visible: usize,
    encoding: Encoding,
    links: Links,
    /// One a link, in the machine's encoding.
    weights: Vec<f64>,
    /// One a unit, in the machine's encoding.
    bias: Vec<f64>,
    /// The same machine, as spins.
    net: Hopfield<f64>,
    /// Energy of a state less that of the net of spins.
    offset: f64,
}

impl Boltzmann {
    /// A machine with these links, a weight for each of them and a bias for each unit, of which the first `visible` are
    /// visible and the others hidden.
    ///
    /// # Errors
    /// No visible units or more than there are units; weights or biases of the wrong number, not finite, or larger than
    /// [`MAX_WEIGHT`] in size; no memory.
    pub fn new(
        visible: usize,
        encoding: Encoding,
        links: Links,
        weights: Vec<f64>,
        bias: Vec<f64>,
    ) -> Result<Self, BoltzmannError> {
        if visible == 0 || visible > links.units() {
            return Err(BoltzmannError::Visible { visible, units: links.units() });
        }
        let (net, offset) = net::of_spins(encoding, &links, &weights, &bias)?;
        Ok(Self { visible, encoding, links, weights, bias, net, offset })
    }

    /// A machine whose weights are written out row by row, shape (n, n).
    ///
    /// # Errors
    /// As [`new`](Self::new); rows of the wrong number or length, a matrix that is not symmetric, or a weight other than 0
    /// where there is no link.
    pub fn from_rows(
        visible: usize,
        encoding: Encoding,
        links: Links,
        rows: &[Vec<f64>],
        bias: Vec<f64>,
    ) -> Result<Self, BoltzmannError> {
        let n = links.units();
        if rows.len() != n {
            return Err(BoltzmannError::Rows { found: rows.len(), expected: n });
        }
        if let Some(row) = rows.iter().position(|row| row.len() != n) {
            return Err(BoltzmannError::RowLength { row, found: rows[row].len(), expected: n });
        }
        let mut weights = Vec::with_capacity(links.len());
        for (i, j) in (0..n).flat_map(|i| (i..n).map(move |j| (i, j))) {
            let (value, other) = (rows[i][j], rows[j][i]);
            // Numbers that are none are not equal to themselves, and are told of as such later.
            if value != other && !(value.is_nan() && other.is_nan()) {
                return Err(BoltzmannError::Asymmetric { i, j, values: [value, other] });
            }
            if links.has(i, j) {
                weights.push(value);
            } else if value != 0.0 {
                return Err(BoltzmannError::NoLink { i, j, value });
            }
        }
        Self::new(visible, encoding, links, weights, bias)
    }

    /// A machine with normal weights of mean 0 and this deviation, drawn link by link, and biases 0.
    ///
    /// # Errors
    /// As [`new`](Self::new); a deviation that is negative or not a number.
    pub fn random(
        visible: usize,
        encoding: Encoding,
        links: Links,
        deviation: f64,
        rng: &mut Rng,
    ) -> Result<Self, BoltzmannError> {
        error::check("deviation", deviation, (0.0..=MAX_WEIGHT).contains(&deviation), "0 to 1e5")?;
        let weights = (0..links.len()).map(|_| deviation * rng.normal()).collect();
        let bias = vec![0.0; links.units()];
        Self::new(visible, encoding, links, weights, bias)
    }

    /// The same distribution with units of another encoding. Energies differ by the same number in every state: that of
    /// the {0, 1} machine is the higher by its [`offset`](Self::offset).
    ///
    /// # Errors
    /// Weights or biases would be too large.
    pub fn recoded(&self, encoding: Encoding) -> Result<Self, BoltzmannError> {
        let (weights, bias) = match (self.encoding, encoding) {
            (Encoding::Binary, Encoding::Spin) => {
                (self.weights.iter().map(|w| 0.25 * w).collect(), self.net.bias().to_vec())
            }
            (Encoding::Spin, Encoding::Binary) => {
                let mut bias: Vec<f64> = self.bias.iter().map(|b| 2.0 * b).collect();
                for ((i, j), w) in self.links.pairs().zip(&self.weights) {
                    bias[i] -= 2.0 * w;
                    bias[j] -= 2.0 * w;
                }
                (self.weights.iter().map(|w| 4.0 * w).collect(), bias)
            }
            _ => return Ok(self.clone()),
        };
        Self::new(self.visible, encoding, self.links.clone(), weights, bias)
    }

    /// Puts other weights and biases in the place of these.
    ///
    /// # Errors
    /// As [`new`](Self::new); then they stay what they were.
    pub fn set_parameters(&mut self, weights: Vec<f64>, bias: Vec<f64>) -> Result<(), BoltzmannError> {
        (self.net, self.offset) = net::of_spins(self.encoding, &self.links, &weights, &bias)?;
        (self.weights, self.bias) = (weights, bias);
        Ok(())
    }

    /// Visible units V, the first of all.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.visible
    }

    /// Hidden units H, the others.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.links.units() - self.visible
    }

    /// What the values of its units are.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Which units are linked.
    #[must_use]
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Weights, one a link.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Biases, one a unit.
    #[must_use]
    pub fn bias(&self) -> &[f64] {
        &self.bias
    }

    /// The weight between two units; 0 where there is no link.
    #[must_use]
    pub fn weight(&self, i: usize, j: usize) -> f64 {
        self.net.weights().get(i, j) / self.encoding.coupling()
    }

    /// The same distribution as a net of spins, `E = −½ s'Js − H's`.
    #[must_use]
    pub fn net(&self) -> &Hopfield<f64> {
        &self.net
    }

    /// Energy of a state less that of the net of spins, the same in every state: `−Σ_i b_i/2 − Σ_{i<j} W_ij/4` for {0, 1}
    /// units, 0 for ±1. ln Z of the net of spins is higher by this over T.
    #[must_use]
    pub fn offset(&self) -> f64 {
        self.offset
    }

    /// How much the energy falls if unit `i` goes from its lower to its upper value: the field h_i for {0, 1} units, 2 h_i
    /// for ±1.
    #[must_use]
    pub fn gap(&self, spins: &[i8], i: usize) -> f64 {
        2.0 * self.net.true_field(&self.net.cache(spins), i)
    }

    /// `P(x_i = 1 | rest)` at a temperature: σ(h_i/T) for {0, 1} units, σ(2h_i/T) for ±1.
    #[must_use]
    pub fn probability(&self, spins: &[i8], i: usize, temperature: f64) -> f64 {
        HeatBath::probability(0.5 * self.gap(spins, i), temperature)
    }
}
