//! Independent units in the place of what the hidden ones are given a picture.

use alloc::vec;
use alloc::vec::Vec;

use super::{DeepBoltzmann, DeepBoltzmannError};
use crate::math;

/// Most rounds.
pub const MAX_ROUNDS: u32 = 10_000;

/// How means are made to agree with each other: odd and even layers in turn, from ½ on. Undamped, each half goes to where the
/// bound is greatest given the other, so that it never falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanField {
    /// Part of a mean that is kept at each round.
    pub damping: f64,
    /// It is enough if no mean changed by more than this.
    pub tolerance: f64,
    /// Most rounds.
    pub rounds: u32,
}

impl MeanField {
    /// Whether these can be.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn check(&self) -> Result<(), DeepBoltzmannError> {
        let within = |name, value: f64, possible: bool, allowed| {
            if possible { Ok(()) } else { Err(DeepBoltzmannError::Setting { name, value, allowed }) }
        };
        let Self { damping, tolerance, rounds } = *self;
        within("the damping", damping, (0.0..=0.99).contains(&damping), "from 0 to 0.99")?;
        within("the tolerance", tolerance, (0.0..=1.0).contains(&tolerance), "from 0 to 1")?;
        let possible = (1..=MAX_ROUNDS).contains(&rounds);
        within("the number of rounds", f64::from(rounds), possible, "from 1 to 10000")
    }
}

/// Means of the hidden units.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// Of each hidden layer, from the first up.
    pub layers: Vec<Vec<f64>>,
    /// Rounds that it took.
    pub rounds: u32,
    /// Whether no mean changed by more than the tolerance at last.
    pub settled: bool,
}

impl DeepBoltzmann {
    /// The means of the hidden units given a picture.
    ///
    /// # Errors
    /// Settings out of range, or cells that are not one picture.
    pub fn mean_field(&self, picture: &[u8], how: &MeanField) -> Result<Posterior, DeepBoltzmannError> {
        how.check()?;
        let mut layers = self.layers_over(picture)?;
        layers.extend(self.sizes()[1..].iter().map(|&size| vec![0.5; size]));
        let (mut rounds, mut settled) = (0, false);
        while !settled && rounds < how.rounds {
            let mut most = 0.0f64;
            for first in [1, 2] {
                for layer in (first..layers.len()).step_by(2) {
                    let fields = self.fields(layer, &layers);
                    for (mean, field) in layers[layer].iter_mut().zip(fields) {
                        let change = (1.0 - how.damping) * (math::sigmoid(field) - *mean);
                        *mean += change;
                        most = most.max(math::abs(change));
                    }
                }
            }
            settled = most <= how.tolerance;
            rounds += 1;
        }
        layers.remove(0);
        Ok(Posterior { layers, rounds, settled })
    }

    /// The bound below the log-likelihood of a picture that means of the hidden units give, `E[−E] + H − ln Z`, in nats; ln Z
    /// is given. It holds for any means, and is best for those that agree with each other.
    ///
    /// # Errors
    /// Cells that are not one picture, or means of layers of other sizes.
    pub fn bound(&self, picture: &[u8], means: &[Vec<f64>], ln_z: f64) -> Result<f64, DeepBoltzmannError> {
        let mut layers = self.layers_over(picture)?;
        layers.extend_from_slice(means);
        if !layers.iter().map(Vec::len).eq(self.sizes().iter().copied()) {
            let cells = means.iter().map(Vec::len).sum();
            return Err(DeepBoltzmannError::Means { cells, units: self.sizes()[1..].iter().sum() });
        }
        let mut sum = -ln_z;
        for (layer, means) in layers.iter().enumerate() {
            sum += self.biases()[layer].iter().zip(means).map(|(b, m)| b * m).sum::<f64>();
            sum += means.iter().map(|&m| entropy(m)).sum::<f64>();
        }
        for (weights, pair) in self.weights().iter().zip(layers.windows(2)) {
            for (row, above) in weights.chunks_exact(pair[0].len()).zip(&pair[1]) {
                sum += above * row.iter().zip(&pair[0]).map(|(w, m)| w * m).sum::<f64>();
            }
        }
        Ok(sum)
    }

    /// A picture as the means of the lowest layer.
    fn layers_over(&self, picture: &[u8]) -> Result<Vec<Vec<f64>>, DeepBoltzmannError> {
        if picture.len() != self.sizes()[0] {
            return Err(DeepBoltzmannError::Picture { cells: picture.len(), visible: self.sizes()[0] });
        }
        Ok(vec![picture.iter().map(|&cell| f64::from(u8::from(cell != 0))).collect()])
    }

    /// What a hidden layer feels from the means of its neighbours.
    fn fields(&self, layer: usize, layers: &[Vec<f64>]) -> Vec<f64> {
        let mut fields = self.biases()[layer].clone();
        let below = &layers[layer - 1];
        for (field, row) in fields.iter_mut().zip(self.weights()[layer - 1].chunks_exact(below.len())) {
            *field += row.iter().zip(below).map(|(w, m)| w * m).sum::<f64>();
        }
        if let (Some(weights), Some(above)) = (self.weights().get(layer), layers.get(layer + 1)) {
            for (row, m) in weights.chunks_exact(fields.len()).zip(above) {
                fields.iter_mut().zip(row).for_each(|(field, w)| *field += w * m);
            }
        }
        fields
    }
}

/// Entropy of a unit that is on with this probability, in nats.
pub fn entropy(p: f64) -> f64 {
    let of = |p: f64| if p > 0.0 { -p * math::ln(p) } else { 0.0 };
    of(p) + of(1.0 - p)
}
