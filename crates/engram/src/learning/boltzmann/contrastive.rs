//! Contrastive divergence.

use super::run::{Free, Run};
use super::{Stage, Step, apply, check_count, check_decay};
use crate::models::boltzmann::{Boltzmann, BoltzmannError, Data, Phases, Statistics, check_temperature};
use crate::rng::Rng;

/// CD-k (G. E. Hinton 2002) with any links. Each pattern is clamped, the hidden units, which may be linked among
/// themselves, are tossed and sampled, and the first average is taken; then all units are let go and the second is taken
/// after k sweeps.
///
/// The free averages are not those of the machine, but of a machine that has just left the data, so that the steps are not
/// along the gradient of the likelihood: valleys far from the data go unseen, and the likelihood may fall again.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ContrastiveDivergence {
    /// Temperature T at which the machine is to be like the data.
    pub temperature: f64,
    /// Sweeps k of all units, from 1 to a million.
    pub sweeps: u32,
    /// Sweeps of the hidden units before that, from 1 to a million. Where they have no links with each other, the first is
    /// already a draw from what follows from the pattern.
    pub hidden_sweeps: u32,
    /// How often each pattern is shown in a step, from 1 to a million.
    pub presentations: u32,
    /// How far a weight goes.
    pub step: Step,
    /// Share of itself that a weight loses at each step, from 0 to 1.
    pub decay: f64,
}

impl Default for ContrastiveDivergence {
    fn default() -> Self {
        Self {
            temperature: 1.0,
            sweeps: 1,
            hidden_sweeps: 5,
            presentations: 1,
            step: Step::Rate(0.05),
            decay: 0.0,
        }
    }
}

impl ContrastiveDivergence {
    /// One step over all data. The averages that it went by.
    ///
    /// # Errors
    /// A setting out of range; data of another size; weights that grow beyond
    /// [`MAX_WEIGHT`](crate::models::boltzmann::MAX_WEIGHT), which then stay what they were.
    pub fn learn(
        &self,
        machine: &mut Boltzmann,
        data: &Data,
        rng: &mut Rng,
    ) -> Result<Phases, BoltzmannError> {
        let phases = self.estimate(machine, data, rng)?;
        apply(machine, &phases.difference(), self.step, self.decay)?;
        Ok(phases)
    }

    /// Both averages without a step.
    ///
    /// # Errors
    /// As [`learn`](Self::learn).
    pub fn estimate(
        &self,
        machine: &Boltzmann,
        data: &Data,
        rng: &mut Rng,
    ) -> Result<Phases, BoltzmannError> {
        self.check()?;
        data.check(machine.visible())?;
        let (temperature, sweeps) = (self.temperature, self.sweeps);
        let hidden = Stage { sweeps: self.hidden_sweeps, temperature };
        // Two runs, because each takes averages of its own.
        let (mut clamped, mut free) = (Run::new(machine), Run::new(machine));
        let mut phases = Phases { clamped: Statistics::zero(machine), free: Statistics::zero(machine) };
        for (pattern, share) in data.patterns() {
            for _ in 0..self.presentations {
                clamped.show(pattern.iter().copied());
                clamped.toss(Free::Hidden, rng);
                clamped.sweep(Free::Hidden, hidden, rng);
                clamped.sample();
                free.start_from(&clamped);
                free.sweep(Free::All, Stage { sweeps, temperature }, rng);
                free.sample();
            }
            clamped.average(share, &mut phases.clamped);
            free.average(share, &mut phases.free);
        }
        Ok(phases)
    }

    fn check(&self) -> Result<(), BoltzmannError> {
        check_temperature(self.temperature)?;
        check_count("sweeps", self.sweeps, 1)?;
        check_count("hidden_sweeps", self.hidden_sweeps, 1)?;
        check_count("presentations", self.presentations, 1)?;
        self.step.check()?;
        check_decay(self.decay)
    }
}
