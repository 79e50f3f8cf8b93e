//! What enumeration tells of a small one.

use super::Model;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{Learns, MOST_PICTURES, State, check_even};
use crate::setup::Setup;

impl Model {
    /// Everything that a sum over all hidden states tells.
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
                    "{steps}: what steps of the sampler teach on average is told of machines of binary units; leave it out"
                ),
            ));
        }
        check_even(&self.data)?;
        let fail = |error| LabError::new("patterns", error);
        // Before anything is learned the numbers are those given, to all their digits.
        let machine = if self.has_just_begun(setup, state) {
            self.first(setup)?
        } else {
            state.net.sampler().machine().map_err(fail)?
        };
        let pictures = self.pictures(usize::MAX);
        let log_likelihood = machine.log_likelihood(&pictures).map_err(fail)?;
        let gradient = machine.gradient(&pictures).map_err(fail)?;
        let rows = gradient.net.weights.chunks_exact(machine.visible());
        Ok(LearningReport {
            ln_z: machine.ln_z().map_err(fail)?,
            log_likelihood,
            divergence: f64::INFINITY,
            free_energies: pictures
                .chunks_exact(machine.visible())
                .take(MOST_PICTURES)
                .map(|picture| machine.free_energy(picture))
                .collect(),
            gradient: Changes {
                weights: rows.map(<[f64]>::to_vec).collect(),
                biases: [gradient.net.visible_bias.as_slice(), &gradient.net.hidden_bias].concat(),
                log_variances: if self.how.variances { gradient.log_variance } else { Vec::new() },
            },
            expected: None,
            distribution: Vec::new(),
            equilibrium: None,
        })
    }
}
