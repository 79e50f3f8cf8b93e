//! Weights and biases as plain data.

use alloc::vec::Vec;

#[cfg(feature = "serde")]
use super::Helmholtz;
use super::{HelmholtzError, MAX_SIZE};

/// What one layer is drawn by, given a neighbouring one.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LayerParameters {
    /// Weights between the two layers, row by row, in both directions of shape (units of the upper layer, units of the
    /// lower layer). None for the generative top layer.
    pub weights: Vec<f64>,
    /// Biases, one for each unit that is drawn.
    pub biases: Vec<f64>,
}

/// All weights and biases of a net. How many biases a generative layer has, so many units has the layer.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Parameters {
    /// For each layer, from the visible one to the top: it given the layer above.
    pub generative: Vec<LayerParameters>,
    /// For each hidden layer, from the first to the top: it given the layer below.
    pub recognition: Vec<LayerParameters>,
}

impl Parameters {
    /// Lets numbers pass that are as many as layers of these sizes need, and of which each is one.
    pub(super) fn check(&self, sizes: &[usize]) -> Result<(), HelmholtzError> {
        let (found, expected) = (self.recognition.len(), sizes.len() - 1);
        if found != expected {
            return Err(HelmholtzError::Recognition { found, expected });
        }
        for (layer, table) in self.generative.iter().enumerate() {
            let above = sizes.get(layer + 1).copied().unwrap_or(0);
            check(&table.weights, "generative weights", layer, sizes[layer] * above)?;
            check(&table.biases, "generative biases", layer, sizes[layer])?;
        }
        for (below, table) in self.recognition.iter().enumerate() {
            let (layer, own) = (below + 1, sizes[below + 1]);
            check(&table.weights, "recognition weights", layer, sizes[below] * own)?;
            check(&table.biases, "recognition biases", layer, own)?;
        }
        Ok(())
    }
}

fn check(numbers: &[f64], what: &'static str, layer: usize, expected: usize) -> Result<(), HelmholtzError> {
    if numbers.len() != expected {
        return Err(HelmholtzError::Count { what, layer, found: numbers.len(), expected });
    }
    match numbers.iter().position(|value| !(-MAX_SIZE..=MAX_SIZE).contains(value)) {
        Some(index) => Err(HelmholtzError::Number { what, layer, index, value: numbers[index] }),
        None => Ok(()),
    }
}

// What serde reads goes through the constructor.
#[cfg(feature = "serde")]
impl TryFrom<Parameters> for Helmholtz {
    type Error = HelmholtzError;

    fn try_from(parameters: Parameters) -> Result<Self, HelmholtzError> {
        Self::new(&parameters)
    }
}

#[cfg(feature = "serde")]
impl From<Helmholtz> for Parameters {
    fn from(net: Helmholtz) -> Self {
        net.parameters()
    }
}
