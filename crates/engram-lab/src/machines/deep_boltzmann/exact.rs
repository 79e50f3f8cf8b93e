//! What enumeration tells of a small one.

use engram::math;
use engram::models::deep_boltzmann::DeepBoltzmann;

use super::Model;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{Learns, MOST_PICTURES, State, cells_of, check_even, entropy_of, told};
use crate::setup::Setup;

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
        check_even(&self.data)?;
        let fail = |error| LabError::new("patterns", error);
        // Before anything is learned the numbers are those given, to all their digits.
        let machine = if self.has_just_begun(setup, state) {
            Some(self.first(setup)?)
        } else {
            self.machine_of(&state.net)
        };
        let machine = machine.ok_or_else(|| LabError::new("params.rate", "the weights have run away"))?;
        let lists = self.data.seen(false, 0..self.data.count());
        let cells = cells_of(&lists);
        let (ln_z, log_likelihood) =
            (machine.ln_z().map_err(fail)?, machine.log_likelihood(&cells).map_err(fail)?);
        let gradient = machine.gradient(&cells).map_err(fail)?;
        let entropy = entropy_of(cells.chunks_exact(self.data.cells));
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
            distribution: told(self.data.cells, || law(&machine, ln_z)),
            equilibrium: None,
        })
    }
}

/// The law of the visible states, by number.
fn law(machine: &DeepBoltzmann, ln_z: f64) -> Option<Vec<f64>> {
    let units = machine.sizes()[0];
    let of = |number: usize| {
        let cells: Vec<u8> = (0..units).map(|unit| (number >> unit & 1) as u8).collect();
        Some(math::exp(-machine.free_energy(&cells).ok()? - ln_z))
    };
    (0..1 << units).map(of).collect()
}
