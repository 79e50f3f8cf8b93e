//! Ascent along the exact gradient.

use super::{Step, apply, check_decay};
use crate::models::boltzmann::{Boltzmann, BoltzmannError, Data, Likelihood};

/// Steps along the exact averages of machines of up to 20 units. The likelihood rises with every step that is small enough;
/// but it may lead to where a machine with hidden units could still do much better, and there is no noise to lead away
/// from there.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExactAscent {
    /// Temperature T at which the machine is to be like the data.
    pub temperature: f64,
    /// How far a weight goes.
    pub step: Step,
    /// Share of itself that a weight loses at each step, from 0 to 1.
    pub decay: f64,
}

impl Default for ExactAscent {
    fn default() -> Self {
        Self { temperature: 1.0, step: Step::Rate(0.1), decay: 0.0 }
    }
}

impl ExactAscent {
    /// One step; how well the machine described the data before it.
    ///
    /// # Errors
    /// A setting out of range; more than 20 units; data of another size; weights that grow beyond
    /// [`MAX_WEIGHT`](crate::models::boltzmann::MAX_WEIGHT), which then stay what they were.
    pub fn learn(&self, machine: &mut Boltzmann, data: &Data) -> Result<Likelihood, BoltzmannError> {
        self.step.check()?;
        check_decay(self.decay)?;
        let likelihood = machine.likelihood(data, self.temperature)?;
        apply(machine, &likelihood.phases.difference(), self.step, self.decay)?;
        Ok(likelihood)
    }
}
