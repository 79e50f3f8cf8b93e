//! What enumeration tells of a small one.

use std::collections::BTreeMap;

use engram::math;
use engram::models::deep_boltzmann::DeepBoltzmann;

use super::Model;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{Learns, State};
use crate::setup::Setup;

/// Most visible units of which every state is told.
const MOST_TOLD: usize = 10;

/// Most pictures whose free energies are told.
const MOST_PICTURES: usize = 1000;

impl Model {
    /// Everything that enumeration tells.
    pub fn report(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        if let Some(steps) = steps {
            return Err(LabError::new(
                "cd",
                format_args!(
                    "{steps}: what steps of the sampler teach on average is told of machines of two layers; leave it out"
                ),
            ));
        }
        if !self.data.is_even() {
            let message = "enumeration tells of pictures that are equally likely, and these are not";
            return Err(LabError::new("patterns.importance", message));
        }
        let fail = |error| LabError::new("patterns", error);
        // Before anything is learned the numbers are those given, to all their digits.
        let machine = if self.has_just_begun(setup, state) {
            Some(self.first(setup)?)
        } else {
            self.machine_of(&state.net)
        };
        let machine = machine.ok_or_else(|| LabError::new("params.rate", "the weights have run away"))?;
        let lists = self.data.seen(false, 0..self.data.count());
        let cells: Vec<u8> = (0..lists.copies()).flat_map(|copy| lists.cells(copy)).collect();
        let (ln_z, log_likelihood) =
            (machine.ln_z().map_err(fail)?, machine.log_likelihood(&cells).map_err(fail)?);
        let gradient = machine.gradient(&cells).map_err(fail)?;
        let mut counts: BTreeMap<&[u8], f64> = BTreeMap::new();
        for picture in cells.chunks_exact(self.data.cells) {
            *counts.entry(picture).or_default() += 1.0;
        }
        let all = self.data.count() as f64;
        let entropy: f64 = counts.values().map(|count| -count / all * math::ln(count / all)).sum();
        let first = cells.chunks_exact(self.data.cells).take(MOST_PICTURES);
        let rows =
            gradient.weights.iter().zip(&self.sizes).flat_map(|(link, &below)| link.chunks_exact(below));
        Ok(LearningReport {
            ln_z,
            log_likelihood,
            divergence: -entropy - log_likelihood,
            free_energies: first
                .map(|picture| machine.free_energy(picture))
                .collect::<Result<_, _>>()
                .map_err(fail)?,
            gradient: Changes {
                weights: rows.map(<[f64]>::to_vec).collect(),
                biases: gradient.biases.concat(),
                log_variances: Vec::new(),
            },
            expected: None,
            distribution: told(&machine, ln_z),
            equilibrium: None,
        })
    }
}

/// Every visible state with its probability.
fn told(machine: &DeepBoltzmann, ln_z: f64) -> Vec<(String, f64)> {
    let units = machine.sizes()[0];
    if units > MOST_TOLD {
        return Vec::new();
    }
    let of = |number: usize| {
        let cells: Vec<u8> = (0..units).map(|unit| (number >> unit & 1) as u8).collect();
        let energy = machine.free_energy(&cells).ok()?;
        let text = cells.iter().map(|&cell| if cell == 1 { '1' } else { '0' }).collect();
        Some((text, math::exp(-energy - ln_z)))
    };
    (0..1 << units).filter_map(of).collect()
}
