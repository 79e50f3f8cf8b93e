//! A machine as a net of spins, by which it runs.

use alloc::vec::Vec;

use super::{Boltzmann, BoltzmannError, Encoding, Links, MAX_WEIGHT};
use crate::energy::{Conditional, Energy};
use crate::math;
use crate::models::hopfield::{BiasSign, Hopfield};
use crate::weights::Weights;

/// A machine as a net of spins, and by how much its energies differ from those of the net.
pub(super) fn of_spins(
    encoding: Encoding,
    links: &Links,
    weights: &[f64],
    bias: &[f64],
) -> Result<(Hopfield<f64>, f64), BoltzmannError> {
    let wrong = |(_, x): &(usize, &f64)| x.is_nan() || math::abs(**x) > MAX_WEIGHT;
    if weights.len() != links.len() {
        return Err(BoltzmannError::Weights { found: weights.len(), expected: links.len() });
    }
    if bias.len() != links.units() {
        return Err(BoltzmannError::Biases { found: bias.len(), expected: links.units() });
    }
    if let Some((link, &value)) = weights.iter().enumerate().find(wrong) {
        let (i, j) = links.pair(link);
        return Err(BoltzmannError::Weight { i, j, value });
    }
    if let Some((unit, &value)) = bias.iter().enumerate().find(wrong) {
        return Err(BoltzmannError::Bias { unit, value });
    }
    let mut couplings = Weights::zero(links.units(), 1.0).map_err(BoltzmannError::Net)?;
    let mut field = bias.to_vec();
    let mut offset = 0.0;
    if encoding == Encoding::Binary {
        field.iter_mut().for_each(|h| *h *= 0.5);
        offset = -field.iter().sum::<f64>();
    }
    for ((i, j), w) in links.pairs().zip(weights) {
        let coupling = encoding.coupling() * w;
        couplings.set_raw(i, j, coupling);
        couplings.set_raw(j, i, coupling);
        if encoding == Encoding::Binary {
            field[i] += coupling;
            field[j] += coupling;
            offset -= coupling;
        }
    }
    // A field has at most MAX_UNITS terms of at most MAX_WEIGHT.
    let net = Hopfield::new(couplings, field, BiasSign::Consistent).expect("finite biases, one a unit");
    Ok((net, offset))
}

impl Energy for Boltzmann {
    fn units(&self) -> usize {
        self.links.units()
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        self.net.energy(spins) + self.offset
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        self.net.delta(spins, i, to)
    }
}

impl Conditional for Boltzmann {
    /// The sums of the net of spins.
    type Cache = Vec<f64>;

    fn units(&self) -> usize {
        self.links.units()
    }

    fn cache(&self, spins: &[i8]) -> Vec<f64> {
        self.net.cache(spins)
    }

    /// The field of the net of spins: half the [`gap`](Boltzmann::gap).
    #[inline]
    fn field(&self, spins: &[i8], cache: &Vec<f64>, i: usize) -> f64 {
        self.net.field(spins, cache, i)
    }

    #[inline]
    fn rounding(&self, i: usize) -> f64 {
        self.net.rounding(i)
    }

    #[inline]
    fn drift(&self, i: usize) -> f64 {
        self.net.drift(i)
    }

    #[inline]
    fn changed(&self, spins: &[i8], cache: &mut Vec<f64>, i: usize, from: i8) {
        self.net.changed(spins, cache, i, from);
    }

    fn energy_cached(&self, spins: &[i8], cache: &Vec<f64>) -> f64 {
        self.net.energy_cached(spins, cache) + self.offset
    }
}
