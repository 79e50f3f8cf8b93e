//! What enumeration tells of a small one.

use engram::models::rbm::{Gradient, Rbm};

use super::Model;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{Learns, MOST_PICTURES, State, cells_of, check_even, entropy_of, told};
use crate::setup::Setup;

impl Model {
    /// Everything that enumeration tells, with the update of `steps` steps of the sampler if that is wanted.
    pub fn report(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        let fail = |error| LabError::new("patterns", error);
        check_even(&self.data)?;
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
        let entropy = entropy_of(cells.chunks_exact(self.visible()));
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
            distribution: told(machine.visible(), || machine.distribution().ok().map(|law| law.pictures)),
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
