//! What is measured of the machine as it learns.

use engram::bipartite::Lists;
use engram::learning::variational::VariationalLearner;
use engram::models::rbm::Ais;
use engram::rng::{Lanes, Stream};
use serde::{Deserialize, Serialize};

use super::Model;
use super::net::Net;
use crate::machines::learners::{self, signed};
use crate::spec::Spec;

/// Hidden units of each layer if nothing is said, and the most.
pub const HIDDEN: [u32; 3] = [16, 8, 0];
pub const MOST_HIDDEN: u32 = 512;

/// Most units of every second layer together of which all states are looked at as it learns.
const MOST_EXACT: usize = 16;

/// Most additions that one exact measurement may take.
const EXACT_WORK: usize = 1 << 21;

/// Runs and machines of an estimate of ln Z as it learns, and most additions for it.
const RUNS: usize = 50;
const MACHINES: usize = 400;
const ESTIMATE_WORK: usize = 40_000_000;

/// Pictures that are measured, the first ones.
const MEASURED: usize = 100;

/// What can be told of the machine of a spec.
#[derive(Clone, Copy)]
pub struct Told {
    /// Hidden layers.
    pub layers: usize,
    /// The bound, with ln Z exact.
    pub bound: bool,
    /// The bound, with ln Z estimated.
    pub estimate: bool,
    /// The likelihood itself.
    pub likelihood: bool,
    /// How unseen pictures differ from seen ones.
    pub unseen: bool,
}

impl Told {
    /// As far as a spec says it.
    pub fn of(spec: &Spec) -> Self {
        let set = learners::set_of(spec);
        let cells = learners::cells(spec);
        let hidden = |layer: usize| learners::count(spec, KEYS[layer], HIDDEN[layer]);
        let (even, odd) = (cells.saturating_add(hidden(1)), hidden(0).saturating_add(hidden(2)));
        let within = |least: usize, most: usize| {
            least <= MOST_EXACT && most.saturating_mul(1 << least.min(40)) <= EXACT_WORK
        };
        let bound = cells > 0 && within(even.min(odd), even.max(odd));
        let units = even.saturating_add(odd).saturating_add(even.saturating_mul(odd) / 32);
        let work = (RUNS * MACHINES).saturating_mul(units);
        let upper = (hidden(1).min(odd), hidden(1).max(odd).saturating_mul(MEASURED));
        Self {
            layers: if hidden(2) > 0 { 3 } else { 2 },
            bound,
            estimate: cells > 0 && !bound && work <= ESTIMATE_WORK,
            likelihood: bound && within(upper.0, upper.1),
            unseen: set.is_some_and(|set| set.unseen),
        }
    }
}

/// Keys of the settings for hidden units, layer by layer.
pub const KEYS: [&str; 3] = ["hidden_1", "hidden_2", "hidden_3"];

/// Measured on whole pictures, now and then; what cannot be told is no number.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Measured {
    log_likelihood: f64,
    bound: f64,
    estimated_bound: f64,
    estimate_error: f64,
    gap: f64,
    reconstruction_error: f64,
    rounds: f64,
    /// The layer that learned when this was measured; 0 if all did.
    layer: u8,
}

impl Default for Measured {
    fn default() -> Self {
        let none = f64::NAN;
        Self {
            log_likelihood: none,
            bound: none,
            estimated_bound: none,
            estimate_error: none,
            gap: none,
            reconstruction_error: none,
            rounds: none,
            layer: 0,
        }
    }
}

impl Measured {
    /// In the order of the description.
    pub fn scalars(&self, told: Told) -> Vec<f64> {
        let all = [
            (told.bound, self.bound),
            (told.likelihood, self.log_likelihood),
            (told.estimate, self.estimated_bound),
            (told.estimate, self.estimate_error),
            (told.unseen, self.gap),
            (true, self.reconstruction_error),
        ];
        all.into_iter().filter(|(told, _)| *told).map(|(_, value)| value).collect()
    }

    /// Rounds of the mean field.
    pub fn rounds(&self) -> f64 {
        self.rounds
    }

    /// What there is to say of it in a sentence.
    pub fn says(&self) -> String {
        let missed = signed(self.reconstruction_error);
        if self.reconstruction_error.is_nan() {
            "there are no pictures to learn from".to_owned()
        } else if self.layer > 0 {
            format!("layer {} misses {missed} of what it sees, a mean square", self.layer)
        } else if !self.bound.is_nan() {
            format!("the mean log-likelihood of its pictures is at least {} nats", signed(self.bound))
        } else if !self.estimated_bound.is_nan() {
            let bound = signed(self.estimated_bound);
            format!("the bound below the mean log-likelihood of its pictures is estimated at {bound} nats")
        } else {
            format!("it misses {missed} of a picture, a mean square")
        }
    }
}

impl Model {
    /// Measures the machine as it is.
    pub fn measured(&self, net: &Net) -> Measured {
        let mut measured = Measured::default();
        if self.data.count() == 0 || !self.sound(net) {
            return measured;
        }
        let seen = self.data.seen(false, 0..self.data.count().min(MEASURED));
        match net {
            Net::Stack(stack) => {
                let mut dice = Lanes::new(self.seed, Stream::Experiment, 0);
                let input = stack.input(seen, &mut dice);
                measured.reconstruction_error = stack.now.sampler().reconstruction_error(&input);
                measured.layer = stack.below.len() as u8 + 1;
            }
            Net::Deep(learner) => self.measure_all(learner, &seen, &mut measured),
        }
        measured
    }

    fn measure_all(&self, learner: &VariationalLearner, seen: &Lists, measured: &mut Measured) {
        let sampler = learner.sampler();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let beliefs = sampler.mean_field(seen, &self.all.mean_field);
        measured.rounds = f64::from(beliefs.rounds);
        let cells = (0..seen.copies()).flat_map(|copy| seen.cells(copy));
        let miss =
            |(back, cell): (f32, u8)| f64::from(back - f32::from(cell)) * f64::from(back - f32::from(cell));
        let missed: Vec<f64> = sampler.reconstructions(&beliefs).into_iter().zip(cells).map(miss).collect();
        measured.reconstruction_error = self.data.mean_of_rows(&missed);
        // Without ln Z, which is the same for all pictures.
        let bound = self.data.mean(&sampler.bounds(seen, &beliefs, 0.0));
        if self.data.unseen_count() > 0 {
            let unseen = self.data.unseen(false, 0..self.data.unseen_count().min(MEASURED));
            let beliefs = sampler.mean_field(&unseen, &self.all.mean_field);
            measured.gap = bound - mean(&sampler.bounds(&unseen, &beliefs, 0.0));
        }
        if self.told.estimate {
            let half = vec![0.5; sampler.folded().visible() - self.sizes[0]];
            let rates = [half, self.data.rates(false)].concat();
            let dice = Lanes::new(self.seed, Stream::Experiment, 1);
            let mut ais = Ais::new(sampler.folded(), &rates, RUNS, MACHINES, dice);
            if let Some(estimate) = ais.advance(usize::MAX) {
                measured.estimated_bound = bound - estimate.ln_z;
                measured.estimate_error = estimate.error;
            }
        }
        if self.told.bound
            && let Ok(machine) = sampler.machine()
        {
            let ln_z = machine.ln_z().unwrap_or(f64::NAN);
            measured.bound = bound - ln_z;
            if self.told.likelihood {
                let cells = (0..seen.copies()).map(|copy| machine.free_energy(&seen.cells(copy)));
                let energies: Vec<f64> = cells.map(|energy| energy.unwrap_or(f64::NAN)).collect();
                measured.log_likelihood = -self.data.mean(&energies) - ln_z;
            }
        }
    }
}
