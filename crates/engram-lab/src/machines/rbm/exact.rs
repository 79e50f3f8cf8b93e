//! What enumeration tells of a small one.

use std::collections::BTreeMap;

use engram::math;
use engram::models::rbm::{Gradient, Rbm};

use super::Model;
use super::measured::cells_of;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{Learns, State};
use crate::setup::Setup;

/// Most visible units of which every state is told.
const MOST_TOLD: usize = 10;

/// Most pictures whose free energies are told.
const MOST_PICTURES: usize = 1000;

impl Model {
    /// Everything that enumeration tells, with the update of `steps` steps of the sampler if that is wanted.
    pub fn report(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        let fail = |error| LabError::new("patterns", error);
        if !self.data.is_even() {
            let message = "enumeration tells of pictures that are equally likely, and these are not";
            return Err(LabError::new("patterns.importance", message));
        }
        // Before anything is learned the numbers are those given, to all their digits.
        let machine = if self.has_just_begun(setup, state) {
            self.first(setup)?
        } else {
            state.net.sampler().machine().map_err(fail)?
        };
        let cells = cells_of(&self.data.seen(self.labels > 0, 0..self.data.count()));
        let (ln_z, log_likelihood) =
            (machine.ln_z().map_err(fail)?, machine.log_likelihood(&cells).map_err(fail)?);
        let expected = match steps {
            Some(steps) => {
                let update = machine.expected_update(&cells, steps);
                let update = update.map_err(|error| LabError::new("cd", error))?;
                Some((steps, changes(&machine, &update)))
            }
            None => None,
        };
        let mut counts: BTreeMap<&[u8], f64> = BTreeMap::new();
        for picture in cells.chunks_exact(self.visible()) {
            *counts.entry(picture).or_default() += 1.0;
        }
        let all = self.data.count() as f64;
        let entropy: f64 = counts.values().map(|count| -count / all * math::ln(count / all)).sum();
        Ok(LearningReport {
            ln_z,
            log_likelihood,
            divergence: -entropy - log_likelihood,
            free_energies: cells
                .chunks_exact(self.visible())
                .take(MOST_PICTURES)
                .map(|picture| machine.free_energy(picture))
                .collect(),
            gradient: changes(&machine, &machine.gradient(&cells).map_err(fail)?),
            expected,
            distribution: told(&machine),
            equilibrium: None,
        })
    }
}

fn changes(machine: &Rbm, gradient: &Gradient) -> Changes {
    Changes {
        weights: gradient.weights.chunks_exact(machine.visible()).map(<[f64]>::to_vec).collect(),
        biases: [gradient.visible_bias.as_slice(), &gradient.hidden_bias].concat(),
        log_variances: Vec::new(),
    }
}

/// Every visible state that can be, with its probability.
fn told(machine: &Rbm) -> Vec<(String, f64)> {
    let units = machine.visible();
    if units > MOST_TOLD {
        return Vec::new();
    }
    let Ok(law) = machine.distribution() else { return Vec::new() };
    let text =
        |number: usize| (0..units).map(|unit| if number >> unit & 1 == 1 { '1' } else { '0' }).collect();
    law.pictures.iter().enumerate().filter(|(_, p)| **p > 0.0).map(|(number, &p)| (text(number), p)).collect()
}
