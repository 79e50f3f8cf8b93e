//! Averages over the Boltzmann distribution.

use alloc::vec::Vec;

use super::{ExactError, check, energies, range};
use crate::energy::Energy;
use crate::math;

/// What is known exactly of a net of ±1 units at a temperature: `P(s) = exp(−E(s)/T) / Z`, k_B = 1.
///
/// At T = 0 the states of least energy share the probability equally.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    /// Temperature T, in units of energy.
    pub temperature: f64,
    /// ln Z = ln Σ exp(−E/T). At T = 0 it is infinite with the sign of −E_min (ln of the number of ground states if
    /// E_min is 0).
    pub ln_z: f64,
    /// ⟨E⟩.
    pub energy_mean: f64,
    /// (⟨E²⟩ − ⟨E⟩²) / T²; 0 at T = 0.
    pub heat_capacity: f64,
    /// −T ln Z; E_min at T = 0.
    pub free_energy: f64,
    /// −Σ P ln P, in nats; the logarithm of the number of ground states at T = 0.
    pub entropy: f64,
    /// ⟨s_i⟩, n of them.
    pub mean: Vec<f64>,
    /// (i, j, ⟨s_i s_j⟩) for every pair i < j, by i and then by j.
    pub pair: Vec<(usize, usize, f64)>,
    /// Least energy of all states.
    pub energy_min: f64,
    /// Greatest energy of all states.
    pub energy_max: f64,
}

impl Exact {
    /// Looks at every state of the net.
    ///
    /// # Errors
    /// More than [`super::MAX_UNITS`] units (or none); a temperature that is negative or not a number.
    pub fn enumerate<M: Energy>(net: &M, temperature: f64) -> Result<Self, ExactError> {
        let units = check(net)?;
        if !(temperature.is_finite() && temperature >= 0.0) {
            return Err(ExactError::Temperature(temperature));
        }
        let mut table = energies(net);
        let (energy_min, energy_max, equal) = range(&table);

        // Energies are counted from the lowest, which is large in size next to what the averages are about.
        let (mut first, mut second) = (0.0, 0.0);
        for block in table.chunks_mut(1024) {
            // Sums of sums: the rounding grows with the length of a block instead of the number of states.
            let (mut once, mut twice) = (0.0, 0.0);
            for cell in block {
                let above = *cell - energy_min;
                *cell = share(above, temperature, equal);
                once += *cell * above;
                twice += *cell * above * above;
            }
            first += once;
            second += twice;
        }
        walsh_transform(&mut table);
        let z = table[0];
        let (first, second) = (first / z, second / z);
        let mean = (0..units).map(|i| -table[1 << i] / z).collect();
        let pair = (0..units)
            .flat_map(|i| (i + 1..units).map(move |j| (i, j)))
            .map(|(i, j)| (i, j, table[1 << i | 1 << j] / z))
            .collect();

        let (ln_z, heat_capacity, free_energy, entropy) = if temperature > 0.0 {
            let ln_z = math::ln(z) - energy_min / temperature;
            let spread = (second - first * first) / temperature / temperature;
            (ln_z, spread, energy_min - temperature * math::ln(z), math::ln(z) + first / temperature)
        } else {
            let ln_z = if energy_min == 0.0 { math::ln(z) } else { -energy_min * f64::INFINITY };
            (ln_z, 0.0, energy_min, math::ln(z))
        };
        Ok(Self {
            temperature,
            ln_z,
            energy_mean: energy_min + first,
            heat_capacity,
            free_energy,
            entropy,
            mean,
            pair,
            energy_min,
            energy_max,
        })
    }

    /// Probability of one state of this energy, at a temperature above 0.
    #[must_use]
    pub fn probability(&self, energy: f64) -> f64 {
        math::exp(-energy / self.temperature - self.ln_z)
    }
}

/// What a state so far above the lowest counts for: `exp(−above/T)`, at T = 0 only if the difference is nothing but rounding.
pub(super) fn share(above: f64, temperature: f64, equal: f64) -> f64 {
    if temperature > 0.0 {
        math::exp(-above / temperature)
    } else if above <= equal {
        1.0
    } else {
        0.0
    }
}

/// In place, `x_k ← Σ_c (−1)^{|c ∧ k|} x_c` (fast Walsh–Hadamard transform): for probabilities over states, entry 0
/// is their sum, entry `1 << i` is −⟨s_i⟩ of it and entry `1 << i | 1 << j` is ⟨s_i s_j⟩ of it. Each is summed as a
/// tree, so that rounding grows with n and not with 2^n.
pub(crate) fn walsh_transform(values: &mut [f64]) {
    let mut half = 1;
    while half < values.len() {
        for block in values.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for (a, b) in low.iter_mut().zip(high) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        half *= 2;
    }
}
