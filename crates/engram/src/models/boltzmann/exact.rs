//! Exact results, by looking at all states of the units that are free.

use alloc::vec;
use alloc::vec::Vec;

use super::error::{check_state, check_temperature};
use super::{Boltzmann, BoltzmannError, Data, Phases, Statistics};
use crate::energy::{Conditional as _, Energy as _};
use crate::exact::{self, Exact, ExactError, MAX_UNITS};
use crate::math;
use crate::models::hopfield::{BiasSign, Hopfield};
use crate::weights::Weights;

/// How well a machine describes data, with the averages that tell how to do better.
#[derive(Clone, Debug, PartialEq)]
pub struct Likelihood {
    /// Temperature T.
    pub temperature: f64,
    /// Mean log-likelihood `Σ_v q(v) ln P(v)` of data with shares q, in nats a pattern.
    pub mean: f64,
    /// `KL(data ‖ machine) = Σ_v q(v) ln (q(v)/P(v))`, in nats: 0 where the machine is as the data are.
    pub divergence: f64,
    /// Averages with the visible units clamped to the data, and free.
    pub phases: Phases,
}

impl Likelihood {
    /// The gradient of the mean log-likelihood by weights (`link`) and biases (`unit`): (p⁺ − p⁻)/T. Ackley, Hinton &
    /// Sejnowski 1985, where it is that of −G.
    #[must_use]
    pub fn gradient(&self) -> Statistics {
        let mut gradient = self.phases.difference();
        gradient.unit.iter_mut().chain(&mut gradient.link).for_each(|x| *x /= self.temperature);
        gradient
    }
}

/// The states of the units that are not known, with their energies: that whose unit `free[k]` is up where bit k of its
/// number is set.
pub(super) struct States {
    pub free: Vec<usize>,
    pub energies: Vec<f64>,
}

impl States {
    /// `exp(−(E − E_min)/T)` of all states, and −E_min/T.
    pub fn shares(&self, temperature: f64) -> (Vec<f64>, f64) {
        let least = self.energies.iter().copied().fold(f64::INFINITY, f64::min);
        (self.energies.iter().map(|e| math::exp((least - e) / temperature)).collect(), -least / temperature)
    }

    /// ln Σ exp(−E/T).
    pub fn ln_sum(&self, temperature: f64) -> f64 {
        let (shares, greatest) = self.shares(temperature);
        greatest + math::ln(shares.iter().sum())
    }

    /// Probabilities of all states.
    pub fn probabilities(&self, temperature: f64) -> Vec<f64> {
        let (mut shares, _) = self.shares(temperature);
        let z: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|p| *p /= z);
        shares
    }
}

impl Boltzmann {
    /// ln Z, energies, means and pairs at a temperature, those of the machine's own encoding: `mean` is ⟨x_i⟩, `pair`
    /// ⟨x_i x_j⟩ for all pairs, linked or not.
    ///
    /// # Errors
    /// More than 20 units, or a temperature out of range.
    pub fn equilibrium(&self, temperature: f64) -> Result<Exact, BoltzmannError> {
        check_temperature(temperature)?;
        let mut exact = Exact::enumerate(self, temperature).map_err(|error| match error {
            ExactError::Temperature(t) => BoltzmannError::Temperature(t),
            ExactError::Units(n) | ExactError::Flow(n) => BoltzmannError::Large(n),
        })?;
        for (i, j, both) in &mut exact.pair {
            *both = self.encoding.pair([exact.mean[*i], exact.mean[*j]], *both);
        }
        exact.mean.iter_mut().for_each(|m| *m = self.encoding.mean(*m));
        Ok(exact)
    }

    /// P(v) of all states of the visible units, the hidden ones summed out: 2^V numbers, that state first whose units are
    /// all off (see [`crate::exact::spins`]).
    ///
    /// # Errors
    /// As [`equilibrium`](Self::equilibrium).
    pub fn visible_distribution(&self, temperature: f64) -> Result<Vec<f64>, BoltzmannError> {
        check_temperature(temperature)?;
        let all = self.states(&vec![0; self.links.units()])?.probabilities(temperature);
        let mut visible = vec![0.0; 1 << self.visible];
        for block in all.chunks_exact(visible.len()) {
            visible.iter_mut().zip(block).for_each(|(sum, p)| *sum += p);
        }
        Ok(visible)
    }

    /// P(h | v) of all states of the hidden units: 2^H numbers, in the same order.
    ///
    /// # Errors
    /// More than 20 hidden units; a state that is not one of the visible units; a temperature out of range.
    pub fn posterior(&self, visible: &[i8], temperature: f64) -> Result<Vec<f64>, BoltzmannError> {
        check_temperature(temperature)?;
        check_state(visible, self.visible, false)?;
        Ok(self.states(&self.padded(visible))?.probabilities(temperature))
    }

    /// Free energy of what is known, `F = −T ln Σ exp(−E/T)` over all states of the units that are not: `P(known) =
    /// e^(−F(known)/T)/Z`, and with nothing known F = −T ln Z. `known` is a state of the visible units or of all; 0 stands
    /// for unknown, and so do hidden units that are left out.
    ///
    /// # Errors
    /// More than 20 units that are not known; a state that is none; a temperature out of range.
    pub fn free_energy(&self, known: &[i8], temperature: f64) -> Result<f64, BoltzmannError> {
        check_temperature(temperature)?;
        Ok(-temperature * self.states(&self.known(known)?)?.ln_sum(temperature))
    }

    /// How well the machine describes data at a temperature.
    ///
    /// # Errors
    /// More than 20 units; data for another number of visible units; a temperature out of range.
    pub fn likelihood(&self, data: &Data, temperature: f64) -> Result<Likelihood, BoltzmannError> {
        check_temperature(temperature)?;
        data.check(self.visible)?;
        let states = self.states(&vec![0; self.links.units()])?;
        let (mut free, greatest) = states.shares(temperature);
        let mut clamped = vec![0.0; free.len()];
        let mut mean = 0.0;
        for (pattern, share) in data.patterns() {
            let first = exact::code(pattern) as usize;
            let places = (first..free.len()).step_by(1 << self.visible);
            // Counted from the pattern's own lowest energy: it may lie so high that it has no share of the whole.
            let least = places.clone().map(|k| states.energies[k]).fold(f64::INFINITY, f64::min);
            let mut sum = 0.0;
            for k in places.clone() {
                clamped[k] = math::exp((least - states.energies[k]) / temperature);
                sum += clamped[k];
            }
            places.for_each(|k| clamped[k] *= share / sum);
            mean += share * (math::ln(sum) - least / temperature);
        }
        let free_statistics = self.statistics(&mut free);
        // The transform has left the sum of all in front.
        mean -= math::ln(free[0]) + greatest;
        let phases = Phases { clamped: self.statistics(&mut clamped), free: free_statistics };
        // No distribution is nearer than 0, but rounding may say so.
        let divergence = (-data.entropy() - mean).max(0.0);
        Ok(Likelihood { temperature, mean, divergence, phases })
    }

    /// Averages under numbers in proportion to the probabilities of all states; what they are is lost but for their sum,
    /// which comes first.
    fn statistics(&self, table: &mut [f64]) -> Statistics {
        exact::walsh_transform(table);
        let z = table[0];
        let mean = |i: usize| -table[1 << i] / z;
        let both = |i: usize, j: usize| table[1 << i | 1 << j] / z;
        Statistics {
            unit: (0..self.links.units()).map(|i| self.encoding.mean(mean(i))).collect(),
            link: self
                .links
                .pairs()
                .map(|(i, j)| self.encoding.pair([mean(i), mean(j)], both(i, j)))
                .collect(),
        }
    }

    /// All states of the units whose spin is 0 in a state of all units, the others being held.
    pub(super) fn states(&self, known: &[i8]) -> Result<States, BoltzmannError> {
        let free: Vec<usize> = (0..known.len()).filter(|&i| known[i] == 0).collect();
        if free.len() > MAX_UNITS {
            return Err(BoltzmannError::Large(free.len()));
        }
        let energies = if free.len() == known.len() {
            exact::energies(self)
        } else if free.is_empty() {
            vec![self.energy(known)]
        } else {
            // What is known acts on the others as one more bias.
            let sums = self.net.cache(known);
            let bias = free.iter().map(|&i| self.net.true_field(&sums, i)).collect();
            let mut weights = Weights::zero(free.len(), 1.0).map_err(BoltzmannError::Net)?;
            for (k, &i) in free.iter().enumerate() {
                for (l, &j) in free.iter().enumerate() {
                    weights.set_raw(k, l, self.net.weights().get(i, j));
                }
            }
            let rest = Hopfield::new(weights, bias, BiasSign::Consistent).expect("finite biases, one a unit");
            let known = self.energy(known);
            let mut energies = exact::energies(&rest);
            energies.iter_mut().for_each(|e| *e += known);
            energies
        };
        Ok(States { free, energies })
    }

    /// A state of the visible units or of all, as one of all with 0 for unknown.
    pub(super) fn known(&self, known: &[i8]) -> Result<Vec<i8>, BoltzmannError> {
        let all = self.links.units();
        check_state(known, if known.len() == all { all } else { self.visible }, true)?;
        Ok(self.padded(known))
    }

    fn padded(&self, known: &[i8]) -> Vec<i8> {
        let mut state = known.to_vec();
        state.resize(self.links.units(), 0);
        state
    }
}
