//! The energy of every state, and what follows from that at any temperature.

use alloc::vec::Vec;

use super::{ExactError, check, range, walk};
use crate::energy::{Conditional, Energy};
use crate::math;
use crate::order::sort_by;

/// The energies of all states of a net, with how many states have each. The states are looked at once; after that every
/// temperature costs one sum over the energies, of which there are often few.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    units: usize,
    least: f64,
    greatest: f64,
    /// From the lowest: the distance from the least energy, and how many states there are.
    levels: Vec<(f64, f64)>,
}

/// What holds at a temperature, in units of energy with k_B = 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thermodynamics {
    /// U = ⟨E⟩.
    pub energy: f64,
    /// C = (⟨E²⟩ − ⟨E⟩²) / T²; 0 at T = 0.
    pub heat_capacity: f64,
    /// F = −T ln Z = U − TS; E_min at T = 0.
    pub free_energy: f64,
    /// S = −Σ P ln P, in nats; the logarithm of the number of ground states at T = 0.
    pub entropy: f64,
}

impl Levels {
    /// Looks at every state of the net.
    ///
    /// # Errors
    /// More than [`super::MAX_UNITS`] units, or none.
    pub fn of<M: Energy + Conditional>(net: &M) -> Result<Self, ExactError> {
        let units = check(net)?;
        let mut above = Vec::with_capacity(1 << units);
        walk(net, |_, state| above.push(net.energy_cached(state.spins(), state.cache())));
        Ok(Self::from(units, above))
    }

    fn from(units: usize, mut above: Vec<f64>) -> Self {
        let (least, greatest, equal) = range(&above);
        sort_by(&mut above, f64::total_cmp);
        let mut levels: Vec<(f64, f64)> = Vec::new();
        for above in above.into_iter().map(|energy| energy - least) {
            match levels.last_mut() {
                Some((level, states)) if above - *level <= equal => *states += 1.0,
                _ => levels.push((above, 1.0)),
            }
        }
        Self { units, least, greatest, levels }
    }

    /// Number of units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// The least energy and the greatest.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        (self.least, self.greatest)
    }

    /// What holds at a temperature.
    ///
    /// # Errors
    /// A temperature that is negative or not a number.
    pub fn at(&self, temperature: f64) -> Result<Thermodynamics, ExactError> {
        if !(temperature.is_finite() && temperature >= 0.0) {
            return Err(ExactError::Temperature(temperature));
        }
        if temperature == 0.0 {
            let ground = self.levels.first().map_or(1.0, |(_, states)| *states);
            let (least, entropy) = (self.least, math::ln(ground));
            return Ok(Thermodynamics { energy: least, heat_capacity: 0.0, free_energy: least, entropy });
        }
        let (mut z, mut first, mut second) = (0.0, 0.0, 0.0);
        for block in self.levels.chunks(1024) {
            // Sums of sums: the rounding grows with the length of a block instead of the number of levels.
            let (mut none, mut once, mut twice) = (0.0, 0.0, 0.0);
            for &(above, states) in block {
                let share = states * math::exp(-above / temperature);
                none += share;
                once += share * above;
                twice += share * above * above;
            }
            z += none;
            first += once;
            second += twice;
        }
        let (first, second) = (first / z, second / z);
        let ln_z = math::ln(z);
        Ok(Thermodynamics {
            energy: self.least + first,
            heat_capacity: (second - first * first).max(0.0) / temperature / temperature,
            free_energy: self.least - temperature * ln_z,
            entropy: first / temperature + ln_z,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::weights::Weights;

    fn net(bias: f64) -> Hopfield<f64> {
        let rows: Vec<Vec<f64>> = (0..6)
            .map(|i| (0..6).map(|j| if i == j { 0.0 } else { 0.25 * ((i + j) % 5) as f64 - 0.5 }).collect())
            .collect();
        Hopfield::new(Weights::from_rows(&rows).unwrap(), alloc::vec![bias; 6], BiasSign::Consistent).unwrap()
    }

    #[test]
    fn it_agrees_with_the_sum_over_all_states() {
        for bias in [0.0, 0.3] {
            let net = net(bias);
            let levels = Levels::of(&net).unwrap();
            for temperature in [0.0, 0.05, 0.4, 1.0, 7.0] {
                let (found, exact) =
                    (levels.at(temperature).unwrap(), Exact::enumerate(&net, temperature).unwrap());
                for (a, b) in [
                    (found.energy, exact.energy_mean),
                    (found.heat_capacity, exact.heat_capacity),
                    (found.free_energy, exact.free_energy),
                    (found.entropy, exact.entropy),
                ] {
                    assert!((a - b).abs() < 1e-9, "{a} {b} at {temperature}");
                }
                let sum = found.energy - temperature * found.entropy;
                assert!((found.free_energy - sum).abs() < 1e-12);
            }
            let exact = Exact::enumerate(&net, 1.0).unwrap();
            let (least, greatest) = levels.range();
            assert!((least - exact.energy_min).abs() + (greatest - exact.energy_max).abs() < 1e-12);
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(Levels::of(&net(0.0)).unwrap().at(-1.0), Err(ExactError::Temperature(-1.0)));
        let none =
            Hopfield::<f64>::new(Weights::zero(21, 1.0).unwrap(), alloc::vec![0.0; 21], BiasSign::Consistent);
        assert_eq!(Levels::of(&none.unwrap()).unwrap_err(), ExactError::Units(21));
    }
}
