//! Exact results for small machines.

use alloc::vec;
use alloc::vec::Vec;

use super::layout::Layout;
use super::{DeepBoltzmann, DeepBoltzmannError};
use crate::math;
use crate::models::rbm::{Gradient, Rbm, RbmError};

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

/// A gradient of the mean log-likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct DeepGradient {
    /// Of the weights of each pair of neighbouring layers, shape (above, below), from the bottom up.
    pub weights: Vec<Vec<f64>>,
    /// Of the biases of each layer, from the bottom up.
    pub biases: Vec<Vec<f64>>,
}

impl DeepGradient {
    fn numbers_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.weights.iter_mut().chain(&mut self.biases).flatten()
    }
}

/// Means of all units and of all products of units that are linked, under the law of a machine that was folded.
fn moments(folded: &Rbm, sizes: &[usize]) -> Result<DeepGradient, RbmError> {
    // For a picture without ink the gradient has but the hidden units' own means on the side of the data.
    let Gradient { weights, visible_bias, hidden_bias } = folded.gradient(&vec![0; folded.visible()])?;
    let (layout, even) = (Layout::new(sizes.to_vec()), folded.visible());
    let resting = folded.hidden_bias().iter().map(|&c| math::sigmoid(c));
    let means = [
        visible_bias.iter().map(|x| -x).collect::<Vec<f64>>(),
        resting.zip(hidden_bias).map(|(p, x)| p - x).collect(),
    ];
    let link = |link: usize| {
        let (below, above) = (layout.range(link), layout.range(link + 1));
        let pairs = above.flat_map(|above| below.clone().map(move |below| (above, below)));
        let at = |(above, below): (usize, usize)| {
            let (row, column) = if link.is_multiple_of(2) { (above, below) } else { (below, above) };
            -weights[row * even + column]
        };
        pairs.map(at).collect()
    };
    Ok(DeepGradient {
        weights: (0..sizes.len() - 1).map(link).collect(),
        biases: (0..sizes.len()).map(|layer| means[layer % 2][layout.range(layer)].to_vec()).collect(),
    })
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
        let rest = self.rest(picture).and_then(|rest| rest.ln_z());
        Ok(-on(&self.biases[0], picture) - rest.map_err(DeepBoltzmannError::Folded)?)
    }

    /// What the other layers are with a picture given: a machine of their own.
    fn rest(&self, picture: &[u8]) -> Result<Rbm, RbmError> {
        let mut biases = self.biases[1..].to_vec();
        let rows = self.weights[0].chunks_exact(picture.len());
        biases[0].iter_mut().zip(rows).for_each(|(bias, row)| *bias += on(row, picture));
        fold(&self.weights[1..], &biases)
    }

    /// The exact gradient of [`log_likelihood`](Self::log_likelihood).
    ///
    /// # Errors
    /// As there.
    pub fn gradient(&self, pictures: &[u8]) -> Result<DeepGradient, DeepBoltzmannError> {
        let (pictures, fail) = (self.pictures(pictures)?, DeepBoltzmannError::Folded);
        let mut gradient = moments(&self.folded, self.sizes()).map_err(fail)?;
        gradient.numbers_mut().for_each(|x| *x = -*x);
        let share = 1.0 / pictures.len() as f64;
        for picture in pictures {
            let cells: Vec<f64> = picture.iter().map(|&cell| f64::from(u8::from(cell != 0))).collect();
            let mut given =
                self.rest(picture).and_then(|rest| moments(&rest, &self.sizes()[1..])).map_err(fail)?;
            let lowest = given.biases[0].iter().flat_map(|mean| cells.iter().map(move |cell| mean * cell));
            given.weights.insert(0, lowest.collect());
            given.biases.insert(0, cells);
            gradient.numbers_mut().zip(given.numbers_mut()).for_each(|(sum, x)| *sum += share * *x);
        }
        Ok(gradient)
    }

    /// Cells as pictures, one after the other.
    fn pictures<'a>(&self, cells: &'a [u8]) -> Result<core::slice::ChunksExact<'a, u8>, DeepBoltzmannError> {
        let visible = self.sizes()[0];
        if cells.is_empty() || !cells.len().is_multiple_of(visible) {
            return Err(DeepBoltzmannError::Picture { cells: cells.len(), visible });
        }
        Ok(cells.chunks_exact(visible))
    }

    /// Mean log-likelihood of pictures (cell by cell, picture by picture), in nats a picture.
    ///
    /// # Errors
    /// As [`ln_z`](Self::ln_z), or cells that are no pictures.
    pub fn log_likelihood(&self, pictures: &[u8]) -> Result<f64, DeepBoltzmannError> {
        let (pictures, ln_z) = (self.pictures(pictures)?, self.ln_z()?);
        let count = pictures.len() as f64;
        let sum: Result<f64, _> = pictures.map(|picture| self.free_energy(picture)).sum();
        Ok(-sum? / count - ln_z)
    }
}

/// The sum of those numbers whose cells are on.
fn on(numbers: &[f64], picture: &[u8]) -> f64 {
    numbers.iter().zip(picture).filter(|(_, cell)| **cell != 0).map(|(x, _)| x).sum()
}
