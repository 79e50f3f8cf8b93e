//! Means without sampling: mean field and TAP.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::error::{check, check_temperature};
use super::{Boltzmann, BoltzmannError};
use crate::kernel;
use crate::math;

/// How far the free energy is expanded in the weights at given means (T. Plefka, J. Phys. A 15 (1982) 1971).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Expansion {
    /// To first order, mean field: as if units were independent. With spins,
    /// `m_i = tanh((H_i + Σ_j J_ij m_j)/T)`, and `F_MF = E(m) − T S(m)` is never below −T ln Z.
    #[default]
    First,
    /// To second order, TAP (D. J. Thouless, P. W. Anderson & R. G. Palmer, Phil. Mag. 35 (1977) 593): less what of a
    /// unit's own influence its neighbours give back, `− m_i Σ_j J_ij² (1 − m_j²)/T²` under the tanh; and
    /// `F_TAP = F_MF − (1/2T) Σ_{i<j} J_ij² (1 − m_i²)(1 − m_j²)`. Nearer where weights are small, but no bound, and where
    /// they are large it need not come to rest.
    Second,
}

/// How the equations are solved: unit after unit is set to what follows from the others, in rounds. To first order no such
/// step raises F_MF, so that the rounds end.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MeanField {
    /// Which equations.
    pub expansion: Expansion,
    /// How much of its old mean a unit keeps at each step, from 0 up to but without 1.
    pub damping: f64,
    /// Solved is when in a whole round no mean, of ±1 units, was off by more than this, from 10⁻¹⁵ to 1.
    pub tolerance: f64,
    /// After so many rounds it is given up; from 1 to a million.
    pub max_rounds: u32,
}

impl Default for MeanField {
    fn default() -> Self {
        Self { expansion: Expansion::First, damping: 0.0, tolerance: 1e-12, max_rounds: 10_000 }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Means {
    /// ⟨x_i⟩, one a unit, in the machine's encoding.
    pub mean: Vec<f64>,
    /// F_MF or F_TAP of these means, in units of energy.
    pub free_energy: f64,
    /// Rounds that were made.
    pub rounds: u32,
    /// By how much a mean, of ±1 units, was off at most in the last round.
    pub change: f64,
    /// Whether that is within the tolerance.
    pub converged: bool,
}

impl MeanField {
    /// Means of the units that are not known, at a temperature. `known` is as for [`Boltzmann::free_energy`]. They start in
    /// the middle, at 0 of ±1 units.
    ///
    /// # Errors
    /// A setting or a temperature out of range, or a state that is none.
    pub fn solve(
        &self,
        machine: &Boltzmann,
        known: &[i8],
        temperature: f64,
    ) -> Result<Means, BoltzmannError> {
        let known = machine.known(known)?;
        self.run(machine, &known, vec![0.0; known.len()], temperature)
    }

    /// The same, from means of all units in the machine's encoding: where there are several solutions, another start may
    /// lead to another.
    ///
    /// # Errors
    /// As [`solve`](Self::solve), and means of the wrong number or beyond the values of the units.
    pub fn solve_from(
        &self,
        machine: &Boltzmann,
        known: &[i8],
        start: &[f64],
        temperature: f64,
    ) -> Result<Means, BoltzmannError> {
        let known = machine.known(known)?;
        if start.len() != known.len() {
            return Err(BoltzmannError::Length { found: start.len(), expected: known.len() });
        }
        let (low, high) = (machine.encoding().value(-1), machine.encoding().value(1));
        for &value in start {
            let allowed = "between the two values of a unit";
            check("a mean to start from", value, (low..=high).contains(&value), allowed)?;
        }
        let spin = |&mean: &f64| 2.0 * (mean - low) / (high - low) - 1.0;
        self.run(machine, &known, start.iter().map(spin).collect(), temperature)
    }

    fn run(
        &self,
        machine: &Boltzmann,
        known: &[i8],
        mut means: Vec<f64>,
        temperature: f64,
    ) -> Result<Means, BoltzmannError> {
        self.check()?;
        check_temperature(temperature)?;
        let weights = machine.net().weights();
        for (mean, &spin) in means.iter_mut().zip(known).filter(|(_, spin)| **spin != 0) {
            *mean = f64::from(spin);
        }
        // As long as the rows of weights, so that sums may go over whole lanes.
        means.resize(weights.stride(), 0.0);
        let (mut rounds, mut change) = (0, f64::INFINITY);
        while rounds < self.max_rounds && change > self.tolerance {
            change = 0.0;
            rounds += 1;
            for i in (0..known.len()).filter(|&i| known[i] == 0) {
                let row = weights.sent(i);
                let field = machine.net().bias()[i] + kernel::dot(row, &means);
                let mut drive = field / temperature;
                if self.expansion == Expansion::Second {
                    drive -= means[i] * returned(row, &means, 0..row.len()) / temperature / temperature;
                }
                let off = math::tanh(drive) - means[i];
                means[i] += (1.0 - self.damping) * off;
                change = change.max(math::abs(off));
            }
        }
        let free_energy = self.free_energy(machine, &means, temperature);
        means.truncate(known.len());
        means.iter_mut().for_each(|m| *m = machine.encoding().mean(*m));
        Ok(Means { mean: means, free_energy, rounds, change, converged: change <= self.tolerance })
    }

    /// Of means of spins.
    fn free_energy(&self, machine: &Boltzmann, means: &[f64], temperature: f64) -> f64 {
        let (net, n) = (machine.net(), machine.bias().len());
        let (mut energy, mut entropy, mut second) = (machine.offset(), 0.0, 0.0);
        for i in 0..n {
            let row = net.weights().sent(i);
            energy -= means[i] * (net.bias()[i] + 0.5 * kernel::dot(row, means));
            entropy += entropy_of(means[i]);
            if self.expansion == Expansion::Second {
                second += (1.0 - means[i] * means[i]) * returned(row, means, i + 1..n);
            }
        }
        energy - temperature * entropy - 0.5 * second / temperature
    }

    fn check(&self) -> Result<(), BoltzmannError> {
        check("damping", self.damping, (0.0..1.0).contains(&self.damping), "0 up to but without 1")?;
        check("tolerance", self.tolerance, (1e-15..=1.0).contains(&self.tolerance), "1e-15 to 1")?;
        let rounds = f64::from(self.max_rounds);
        check("max_rounds", rounds, (1.0..=1e6).contains(&rounds), "1 to 1000000")
    }
}

/// `Σ_j J_ij² (1 − m_j²)` over these j.
fn returned(row: &[f64], means: &[f64], units: Range<usize>) -> f64 {
    row[units.clone()].iter().zip(&means[units]).map(|(w, m)| w * w * (1.0 - m * m)).sum()
}

/// Entropy of a spin of this mean, in nats.
fn entropy_of(mean: f64) -> f64 {
    let part = |p: f64| if p > 0.0 { -p * math::ln(p) } else { 0.0 };
    part(0.5 * (1.0 + mean)) + part(0.5 * (1.0 - mean))
}
