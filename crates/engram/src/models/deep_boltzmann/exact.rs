//! Exact results for small machines.

use alloc::vec;
use alloc::vec::Vec;

use super::layout::Layout;
use super::{DeepBoltzmann, DeepBoltzmannError};
use crate::models::rbm::{Rbm, RbmError};

/// Layers folded into a restricted machine: the even ones visible, the odd ones hidden.
pub fn fold(weights: &[Vec<f64>], biases: &[Vec<f64>]) -> Result<Rbm, RbmError> {
    let layout = Layout::new(biases.iter().map(Vec::len).collect());
    let (even, odd) = (layout.even(), layout.odd());
    let mut sides = [vec![0.0; even], vec![0.0; odd]];
    for (layer, bias) in biases.iter().enumerate() {
        sides[layer % 2][layout.range(layer)].copy_from_slice(bias);
    }
    let mut all = vec![0.0; even.saturating_mul(odd)];
    for (link, weights) in weights.iter().enumerate() {
        let (below, above) = (layout.range(link), layout.range(link + 1));
        for (k, &weight) in weights.iter().enumerate() {
            let (above, below) = (above.start + k / below.len(), below.start + k % below.len());
            let (row, column) = if link.is_multiple_of(2) { (above, below) } else { (below, above) };
            all[row * even + column] = weight;
        }
    }
    let [visible, hidden] = sides;
    Rbm::new(all, visible, hidden, 0)
}

impl DeepBoltzmann {
    /// ln Z, by summing over all states of the even layers or of the odd ones, whichever have fewer units.
    ///
    /// # Errors
    /// Both have more than [`MAX_SUMMED`](crate::models::rbm::MAX_SUMMED) units.
    pub fn ln_z(&self) -> Result<f64, DeepBoltzmannError> {
        self.folded.ln_z().map_err(DeepBoltzmannError::Folded)
    }

    /// Free energy `−ln Σ_h e^−E(v, h)` of one picture, exactly.
    ///
    /// # Errors
    /// As [`ln_z`](Self::ln_z), or cells that are not one picture.
    pub fn free_energy(&self, picture: &[u8]) -> Result<f64, DeepBoltzmannError> {
        if picture.len() != self.sizes()[0] {
            return Err(DeepBoltzmannError::Picture { cells: picture.len(), visible: self.sizes()[0] });
        }
        let on = |numbers: &[f64]| {
            let on = numbers.iter().zip(picture).filter(|(_, cell)| **cell != 0);
            on.map(|(x, _)| x).sum::<f64>()
        };
        // With the picture given, the other layers are a machine of their own.
        let mut biases = self.biases[1..].to_vec();
        let rows = self.weights[0].chunks_exact(picture.len());
        biases[0].iter_mut().zip(rows).for_each(|(bias, row)| *bias += on(row));
        let rest = fold(&self.weights[1..], &biases).and_then(|rest| rest.ln_z());
        Ok(-on(&self.biases[0]) - rest.map_err(DeepBoltzmannError::Folded)?)
    }

    /// Mean log-likelihood of pictures (cell by cell, picture by picture), in nats a picture.
    ///
    /// # Errors
    /// As [`ln_z`](Self::ln_z), or cells that are no pictures.
    pub fn log_likelihood(&self, pictures: &[u8]) -> Result<f64, DeepBoltzmannError> {
        let visible = self.sizes()[0];
        if pictures.is_empty() || !pictures.len().is_multiple_of(visible) {
            return Err(DeepBoltzmannError::Picture { cells: pictures.len(), visible });
        }
        let ln_z = self.ln_z()?;
        let pictures = pictures.chunks_exact(visible);
        let count = pictures.len() as f64;
        let sum: Result<f64, _> = pictures.map(|picture| self.free_energy(picture)).sum();
        Ok(-sum? / count - ln_z)
    }
}
