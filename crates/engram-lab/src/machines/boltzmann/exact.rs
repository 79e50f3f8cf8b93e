//! What enumeration tells of a small one.

use crate::machines::learners::MOST_PICTURES;
use engram::exact;
use engram::models::boltzmann::{Boltzmann, BoltzmannError, Expansion, MeanField, Statistics};

use super::Model;
use super::net::Net;
use crate::LabError;
use crate::exact_learning::{Changes, Equilibrium, Estimate, LearningReport};
use crate::setup::Setup;

/// Most visible units of which every state is told.
const MOST_TOLD: usize = 10;

impl Model {
    /// Everything that enumeration tells.
    pub fn report(&self, setup: &Setup, net: &Net, steps: Option<u32>) -> Result<LearningReport, LabError> {
        if steps.is_some() {
            return Err(LabError::new(
                "cd",
                "what a sampler would teach on average is told of machines of two layers alone",
            ));
        }
        let fail = |error: BoltzmannError| LabError::new("patterns", error);
        let Some(data) = &self.whole else {
            return Err(LabError::new("patterns", "there are no pictures to learn from"));
        };
        let (machine, t) = (self.machine(net), self.temperature);
        let likelihood = machine.likelihood(data, t).map_err(fail)?;
        let found = machine.equilibrium(t).map_err(fail)?;
        let mut estimates = Vec::new();
        for (way, expansion) in [("mean_field", Expansion::First), ("tap", Expansion::Second)] {
            let solver = MeanField { expansion, ..MeanField::default() };
            let means = solver.solve(&machine, &vec![0; self.visible()], t).map_err(fail)?;
            estimates.push(Estimate {
                way,
                mean: means.mean,
                free_energy: means.free_energy,
                converged: means.converged,
            });
        }
        let completion = match self.known(setup) {
            Some(known) => {
                let best = machine.complete(&known, t).map_err(fail)?;
                Some((text(&best.spins), best.probability))
            }
            None => None,
        };
        let free = |picture: &[i8]| machine.free_energy(picture, t).map_err(fail);
        let pictures = self.pictures.chunks_exact(self.visible()).take(MOST_PICTURES);
        Ok(LearningReport {
            ln_z: found.ln_z,
            log_likelihood: likelihood.mean,
            divergence: likelihood.divergence,
            free_energies: pictures.map(free).collect::<Result<_, _>>()?,
            gradient: changes(&machine, &likelihood.gradient()),
            expected: None,
            distribution: self.distribution(&machine).map_err(fail)?,
            equilibrium: Some(Equilibrium {
                temperature: t,
                energy_mean: found.energy_mean,
                entropy: found.entropy,
                free_energy: found.free_energy,
                mean: found.mean,
                pair: found.pair,
                estimates,
                completion,
            }),
        })
    }

    /// Every visible state with its probability; none if they are many.
    fn distribution(&self, machine: &Boltzmann) -> Result<Vec<(String, f64)>, BoltzmannError> {
        if self.visible() > MOST_TOLD {
            return Ok(Vec::new());
        }
        let law = machine.visible_distribution(self.temperature)?;
        let state = |code: usize| text(&exact::spins(code as u32, self.visible()));
        Ok(law.into_iter().enumerate().map(|(code, p)| (state(code), p)).collect())
    }
}

/// A row a unit.
fn changes(machine: &Boltzmann, gradient: &Statistics) -> Changes {
    let links = machine.links();
    let at = |i: usize, j: usize| links.find(i, j).map_or(0.0, |link| gradient.link[link]);
    let row = |i: usize| (0..links.units()).map(|j| at(i, j)).collect();
    Changes {
        weights: (0..links.units()).map(row).collect(),
        biases: gradient.unit.clone(),
        log_variances: Vec::new(),
    }
}

/// A state, 1 and 0.
fn text(spins: &[i8]) -> String {
    spins.iter().map(|&spin| if spin > 0 { '1' } else { '0' }).collect()
}
