//! Averages that learning goes by.

use alloc::vec;
use alloc::vec::Vec;

use super::Boltzmann;

/// Averages over states, in the machine's own encoding. Of {0, 1} units they are probabilities: of being on, and of being
/// on together.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statistics {
    /// ⟨x_i⟩, one a unit.
    pub unit: Vec<f64>,
    /// ⟨x_i x_j⟩, one a link.
    pub link: Vec<f64>,
}

impl Statistics {
    /// Nothing yet, for a machine.
    #[must_use]
    pub fn zero(machine: &Boltzmann) -> Self {
        Self { unit: vec![0.0; machine.bias().len()], link: vec![0.0; machine.weights().len()] }
    }

    /// Adds a state of this machine, of which `values` holds the values of the units.
    pub(crate) fn add(&mut self, machine: &Boltzmann, values: &[f64]) {
        self.unit.iter_mut().zip(values).for_each(|(sum, x)| *sum += x);
        for (sum, (i, j)) in self.link.iter_mut().zip(machine.links().pairs()) {
            *sum += values[i] * values[j];
        }
    }

    /// Adds so many times others.
    pub(crate) fn add_scaled(&mut self, scale: f64, others: &Self) {
        self.unit.iter_mut().zip(&others.unit).for_each(|(sum, x)| *sum += scale * x);
        self.link.iter_mut().zip(&others.link).for_each(|(sum, x)| *sum += scale * x);
    }

    /// Back to zero.
    pub(crate) fn clear(&mut self) {
        self.unit.fill(0.0);
        self.link.fill(0.0);
    }
}

/// The averages of the two phases. Learning brings them together: where they are equal, it is at its end.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Phases {
    /// p⁺: the visible units are clamped to the data, a pattern at a time.
    pub clamped: Statistics,
    /// p⁻: the machine is left to itself.
    pub free: Statistics,
}

impl Phases {
    /// p⁺ − p⁻; over T, the gradient of the mean log-likelihood.
    #[must_use]
    pub fn difference(&self) -> Statistics {
        let mut difference = self.clamped.clone();
        difference.add_scaled(-1.0, &self.free);
        difference
    }
}
