//! What is measured of the machine as it learns.

use engram::learning::gaussian_contrastive::GaussianLearner;
use serde::{Deserialize, Serialize};

use super::Model;
use crate::machines::learners::{self, signed};
use crate::spec::Spec;
use crate::value::Value;

/// Hidden units if nothing is said, and the most.
pub const HIDDEN: u32 = 16;
pub const MOST_HIDDEN: u32 = 1024;

/// Most hidden units of which all states are looked at as it learns.
const MOST_EXACT: usize = 16;

/// Most additions that one exact measurement may take.
const EXACT_WORK: usize = 1 << 21;

/// Pictures that are measured, the first ones: so many at most, and of the exact likelihood.
const MEASURED: usize = 100;
const MOST_LIKELY: usize = 1000;

/// What can be told of the machine of a spec.
#[derive(Clone, Copy)]
pub struct Told {
    /// The exact likelihood, as it learns.
    pub likelihood: bool,
    /// How unseen pictures differ from seen ones.
    pub unseen: bool,
    /// What is left to chance, for it is learned.
    pub variances: bool,
}

impl Told {
    /// As far as a spec says it.
    pub fn of(spec: &Spec) -> Self {
        let set = learners::set_of(spec);
        let cells = learners::cells(spec);
        let hidden = spec.weights.as_ref().map_or_else(|| learners::count(spec, "hidden", HIDDEN), Vec::len);
        let work = || cells.saturating_mul(1 << hidden.min(40));
        Self {
            likelihood: (1..=MOST_EXACT).contains(&hidden) && work() <= EXACT_WORK,
            unseen: set.is_some_and(|set| set.unseen),
            variances: matches!(spec.param("variance"), Some(Value::Text(word)) if word == "learned"),
        }
    }
}

/// Measured on whole pictures, now and then; what cannot be told is no number.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Measured {
    log_likelihood: f64,
    reconstruction_error: f64,
    gap: f64,
}

impl Default for Measured {
    fn default() -> Self {
        Self { log_likelihood: f64::NAN, reconstruction_error: f64::NAN, gap: f64::NAN }
    }
}

impl Measured {
    /// In the order of the description.
    pub fn scalars(&self, told: Told) -> Vec<f64> {
        let all = [
            (told.likelihood, self.log_likelihood),
            (true, self.reconstruction_error),
            (told.unseen, self.gap),
        ];
        all.into_iter().filter(|(told, _)| *told).map(|(_, value)| value).collect()
    }

    /// What there is to say of it in a sentence.
    pub fn says(&self) -> String {
        if self.reconstruction_error.is_nan() {
            return "there are no pictures to learn from".to_owned();
        }
        if !self.log_likelihood.is_nan() {
            let likelihood = signed(self.log_likelihood);
            return format!("the mean log-likelihood of its pictures is {likelihood} nats");
        }
        format!("it misses {} of a picture, a mean square", signed(self.reconstruction_error))
    }
}

impl Model {
    /// Measures the machine as it is.
    pub fn measured(&self, net: &GaussianLearner) -> Measured {
        let (sampler, mut measured) = (net.sampler(), Measured::default());
        if !net.is_sound() || self.data.count() == 0 {
            return measured;
        }
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let seen = self.data.seen_numbers(0..self.data.count().min(MEASURED));
        let unseen = self.data.unseen_numbers(0..self.data.unseen_count().min(MEASURED));
        let error = |which| sampler.reconstruction_error(&self.data.seen_numbers(which));
        measured.reconstruction_error = self.data.mean_over(self.data.count().min(MEASURED), error);
        if !unseen.is_empty() {
            measured.gap =
                mean(&sampler.free_energies(&unseen)) - self.data.mean(&sampler.free_energies(&seen));
        }
        if self.told.likelihood
            && let Ok(machine) = sampler.machine()
        {
            let pictures = self.pictures(MOST_LIKELY);
            let densities = machine.log_densities(&pictures);
            measured.log_likelihood = densities.map_or(f64::NAN, |densities| self.data.mean(&densities));
        }
        measured
    }

    /// The first of the pictures that it learns from, in double precision.
    pub fn pictures(&self, most: usize) -> Vec<f64> {
        let numbers = self.data.seen_numbers(0..self.data.count().min(most));
        numbers.into_iter().map(f64::from).collect()
    }
}
