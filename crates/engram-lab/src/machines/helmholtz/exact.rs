//! What enumeration tells of a small one.

use engram::math;
use engram::models::helmholtz::{Exact, Helmholtz};

use super::Model;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{MOST_PICTURES, State, told};
use crate::setup::Setup;

/// Most hidden units of which all states are gone through for each picture, and most states in all.
const MOST_HIDDEN: usize = 12;
const MOST_STATES: usize = 1 << 20;

impl Model {
    /// Everything that enumeration tells; the gradient is that of the generative weights.
    pub fn report(
        &self,
        _: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        if steps.is_some() {
            let message = "waking and sleeping takes no steps of a sampler: leave it out";
            return Err(LabError::new("cd", message));
        }
        let fail = |error| LabError::new("patterns", error);
        let net = &state.net.net;
        let exact = Exact::enumerate(net).map_err(|error| LabError::new("params.hidden", error))?;
        let (pictures, chances) = self.law();
        let hidden = self.units() - self.data.cells;
        if hidden > MOST_HIDDEN || pictures.len() << hidden > MOST_STATES {
            return Err(LabError::new(
                "params.hidden",
                format_args!(
                    "all states of {hidden} hidden units beside {} pictures are too many to go through: at most {MOST_HIDDEN} units, and {MOST_STATES} states in all",
                    pictures.len()
                ),
            ));
        }
        let fit = exact.fit(&pictures.concat(), &chances).map_err(fail)?;
        let energies = (0..self.data.count().min(MOST_PICTURES)).map(|k| exact.bound(self.data.picture(k)));
        let energies: Result<Vec<f64>, _> = energies.collect();
        Ok(LearningReport {
            // Dreams are drawn from the top down: all probabilities add up to 1 by themselves.
            ln_z: 0.0,
            log_likelihood: fit.log_likelihood,
            divergence: fit.divergence,
            free_energies: energies.map_err(fail)?.into_iter().map(|bound| -bound).collect(),
            gradient: self.slope(net, &pictures, &chances),
            expected: None,
            distribution: told(self.data.cells, || exact.distribution().ok()),
            equilibrium: None,
        })
    }

    /// The gradient of the log-likelihood: the mean of `x_j (s_i − p_i)` over what could truly have made the pictures.
    fn slope(&self, net: &Helmholtz, pictures: &[&[u8]], chances: &[f64]) -> Changes {
        let hidden = self.units() - self.data.cells;
        let mut biases = vec![0.0; self.units()];
        let mut weights: Vec<Vec<f64>> = (1..self.sizes.len())
            .flat_map(|upper| std::iter::repeat_n(vec![0.0; self.sizes[upper - 1]], self.sizes[upper]))
            .collect();
        for (picture, chance) in pictures.iter().zip(chances) {
            let cases: Vec<Vec<u8>> = (0..1usize << hidden)
                .map(|code| {
                    picture.iter().copied().chain((0..hidden).map(|unit| (code >> unit & 1) as u8)).collect()
                })
                .collect();
            let log = |states: &Vec<u8>| net.generative_log_probability(states).expect("states of all units");
            let logs: Vec<f64> = cases.iter().map(log).collect();
            let sum = math::log_sum_exp(&logs);
            for (states, log) in cases.iter().zip(&logs) {
                let share = chance * math::exp(log - sum);
                let means = net.generative_means(states).expect("states of all units");
                let off: Vec<f64> =
                    states.iter().zip(&means).map(|(&s, p)| share * (f64::from(s) - p)).collect();
                biases.iter_mut().zip(&off).for_each(|(bias, off)| *bias += off);
                let mut row = 0;
                for upper in 1..self.sizes.len() {
                    let below = &off[net.layer(upper - 1)];
                    for &sender in &states[net.layer(upper)] {
                        if sender == 1 {
                            weights[row].iter_mut().zip(below).for_each(|(weight, off)| *weight += off);
                        }
                        row += 1;
                    }
                }
            }
        }
        Changes { weights, biases, log_variances: Vec::new() }
    }
}
