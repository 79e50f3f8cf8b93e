//! What enumeration tells of a small one.

use std::collections::BTreeMap;

use engram::learning::contrastive::Learner;
use engram::math;
use engram::models::belief_net::BeliefNet;
use engram::models::rbm::Rbm;

use super::Model;
use crate::LabError;
use crate::exact_learning::{Changes, LearningReport};
use crate::machines::learners::{Learns, State, entropy, told};
use crate::setup::Setup;

/// Most pictures that are gone through.
const MOST_PICTURES: usize = 1000;

impl Model {
    /// Everything that enumeration tells of the net as it is. The gradient is that of the bound, by the weights and biases of
    /// the machine at the top.
    pub fn report(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        let fail = |at: &'static str| {
            move |error: engram::models::belief_net::BeliefNetError| LabError::new(at, error)
        };
        if steps.is_some() {
            return Err(LabError::new(
                "cd",
                "what steps of a sampler teach is not worked out of a stack: leave it out",
            ));
        }
        // Before anything is learned the numbers are those given, to all their digits.
        let mut machines = if self.has_just_begun(setup, state) {
            self.first(setup)?
        } else {
            let of = |learner: &Learner| learner.sampler().machine();
            let machines: Result<Vec<Rbm>, _> = state.net.machines.iter().map(of).collect();
            machines.map_err(|error| LabError::new("weights", error))?
        };
        machines.truncate(state.net.course + 1);
        let net = BeliefNet::new(machines).map_err(fail("params.hidden"))?;
        let count = self.data.count();
        if count > MOST_PICTURES {
            return Err(LabError::new(
                "patterns",
                format_args!(
                    "{count} pictures are too many to go through: at most {MOST_PICTURES} are possible"
                ),
            ));
        }
        let ln_z = net.top().ln_z().map_err(|error| LabError::new("params.hidden", error))?;
        let law = net.distribution().map_err(fail("params.hidden"))?;
        let mut shares: BTreeMap<&[u8], f64> = BTreeMap::new();
        (0..count).for_each(|k| *shares.entry(self.data.picture(k)).or_default() += self.data.chance(k));
        let number =
            |picture: &[u8]| picture.iter().rev().fold(0, |code, &cell| 2 * code + usize::from(cell));
        let log_likelihood = shares.iter().map(|(v, share)| share * math::ln(law[number(v)])).sum();
        let entropy = entropy(shares.values().copied());
        let energies: Result<Vec<f64>, _> =
            (0..count).map(|k| net.bound(self.data.picture(k), ln_z).map(|bound| -bound)).collect();
        Ok(LearningReport {
            ln_z,
            log_likelihood,
            divergence: -entropy - log_likelihood,
            free_energies: energies.map_err(fail("patterns"))?,
            gradient: gradient(&net, &shares).map_err(|error| LabError::new("weights", error))?,
            expected: None,
            distribution: told(self.data.cells, || Some(law)),
            equilibrium: None,
        })
    }
}

/// The gradient of the mean bound by the weights and biases of the top machine: what goes together in what it sees of the
/// pictures, less what goes together in its dreams.
fn gradient(
    net: &BeliefNet,
    shares: &BTreeMap<&[u8], f64>,
) -> Result<Changes, engram::models::rbm::RbmError> {
    let mut seen: BTreeMap<Vec<u8>, f64> = shares.iter().map(|(v, share)| (v.to_vec(), *share)).collect();
    for machine in net.lower() {
        let mut above: BTreeMap<Vec<u8>, f64> = BTreeMap::new();
        for (state, share) in &seen {
            let means: Vec<f64> = machine.hidden_fields(state).into_iter().map(math::sigmoid).collect();
            for code in 0..1usize << machine.hidden() {
                let hidden: Vec<u8> = (0..machine.hidden()).map(|unit| (code >> unit & 1) as u8).collect();
                let p = |(&mean, &on): (&f64, &u8)| if on == 1 { mean } else { 1.0 - mean };
                *above.entry(hidden.clone()).or_default() +=
                    share * means.iter().zip(&hidden).map(p).product::<f64>();
            }
        }
        seen = above;
    }
    let top = net.top();
    // What is subtracted for a machine's dreams is the same whatever it sees.
    let none = vec![0; top.visible()];
    let of_dreams = top.gradient(&none)?;
    let hidden: Vec<f64> = top.hidden_bias().iter().map(|&c| math::sigmoid(c)).collect();
    let mut weights: Vec<Vec<f64>> =
        of_dreams.weights.chunks_exact(top.visible()).map(<[f64]>::to_vec).collect();
    let mut of_visible = of_dreams.visible_bias;
    let mut of_hidden: Vec<f64> =
        of_dreams.hidden_bias.iter().zip(&hidden).map(|(slope, mean)| slope - mean).collect();
    for (state, share) in &seen {
        let means = top.hidden_fields(state).into_iter().map(|x| share * math::sigmoid(x));
        let on = |unit: usize| state[unit] == 1;
        for ((row, bias), mean) in weights.iter_mut().zip(&mut of_hidden).zip(means) {
            *bias += mean;
            row.iter_mut().enumerate().filter(|(unit, _)| on(*unit)).for_each(|(_, weight)| *weight += mean);
        }
        of_visible.iter_mut().enumerate().filter(|(unit, _)| on(*unit)).for_each(|(_, bias)| *bias += share);
    }
    Ok(Changes { weights, biases: [of_visible, of_hidden].concat(), log_variances: Vec::new() })
}
