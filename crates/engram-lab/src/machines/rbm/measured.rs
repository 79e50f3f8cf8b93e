//! What is measured of the machine as it learns.

use engram::learning::contrastive::Learner;
use engram::models::rbm::{Rbm, RbmError};
use serde::{Deserialize, Serialize};

use super::Model;
use crate::learned::Side;
use crate::machines::learners::{self, cells_of, signed};
use crate::spec::Spec;

/// Hidden units if nothing is said, and the most.
pub const HIDDEN: u32 = 16;
pub const MOST_HIDDEN: u32 = 1024;

/// Most units of the smaller layer for which all states are looked at as it learns.
pub const MOST_EXACT: usize = 16;

/// Most additions that one exact measurement may take.
const EXACT_WORK: usize = 1 << 21;

/// Pictures that are measured, the first ones: so many at most, and of large machines fewer.
const MEASURED: usize = 100;

/// Most additions for measuring each cell of these pictures against all others.
const CELL_WORK: usize = 40_000_000;

/// Most of the seen pictures of which the exact likelihood is taken.
const MOST_LIKELY: usize = 1000;

/// Most units of both layers for which the sampler is followed in all states.
const MOST_FOLLOWED: usize = 16;

/// What can be told of the machine of a spec.
#[derive(Clone, Copy)]
pub struct Told {
    /// The exact likelihood, as it learns.
    pub likelihood: bool,
    /// How likely pictures of the shelf are.
    pub law: bool,
    /// What it names unseen pictures.
    pub names: bool,
    /// How unseen pictures differ from seen ones.
    pub unseen: bool,
    /// What the sampler teaches in all states.
    pub updates: bool,
}

impl Told {
    /// As far as a spec says it.
    pub fn of(spec: &Spec) -> Self {
        let (set, names) = (learners::set_of(spec), learners::learns_names(spec));
        let visible =
            learners::cells(spec).saturating_add(set.filter(|_| names).map_or(0, |set| set.classes.len()));
        let hidden = spec.weights.as_ref().map_or_else(|| learners::count(spec, "hidden", HIDDEN), Vec::len);
        let least = visible.min(hidden);
        let work = || visible.max(hidden).saturating_mul(1 << least.min(40));
        let likelihood = (1..=MOST_EXACT).contains(&least) && work() <= EXACT_WORK;
        Self {
            likelihood,
            law: likelihood && set.is_none(),
            names,
            unseen: set.is_some_and(|set| set.unseen),
            updates: visible.saturating_add(hidden) <= MOST_FOLLOWED,
        }
    }
}

/// Measured on whole pictures, now and then; what cannot be told is no number.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Measured {
    log_likelihood: f64,
    pseudo_likelihood: f64,
    gap: f64,
    reconstruction_error: f64,
    unseen_error: f64,
}

impl Default for Measured {
    fn default() -> Self {
        let none = f64::NAN;
        Self {
            log_likelihood: none,
            pseudo_likelihood: none,
            gap: none,
            reconstruction_error: none,
            unseen_error: none,
        }
    }
}

impl Measured {
    /// In the order of the description.
    pub fn scalars(&self, told: Told) -> Vec<f64> {
        let all = [
            (told.likelihood, self.log_likelihood),
            (told.names, 100.0 * self.unseen_error),
            (true, self.pseudo_likelihood),
            (told.unseen, self.gap),
            (true, self.reconstruction_error),
        ];
        all.into_iter().filter(|(told, _)| *told).map(|(_, value)| value).collect()
    }

    /// What there is to say of it in a sentence.
    pub fn says(&self, unseen: usize) -> String {
        if !self.unseen_error.is_nan() {
            let right = 100.0 * (1.0 - self.unseen_error);
            return format!("it names {right:.1} % of {unseen} unseen pictures rightly");
        }
        if !self.log_likelihood.is_nan() {
            let likelihood = self.log_likelihood;
            return format!("the mean log-likelihood of its pictures is {} nats", signed(likelihood));
        }
        if self.pseudo_likelihood.is_nan() {
            return "there are no pictures to learn from".to_owned();
        }
        format!("the pseudo-likelihood is {} nats a cell", signed(self.pseudo_likelihood))
    }
}

impl Model {
    /// Measures the machine as it is.
    pub fn measured(&self, net: &Learner) -> Measured {
        let sampler = net.sampler();
        let mut measured = Measured::default();
        if !net.is_sound() {
            return measured;
        }
        let named = self.labels > 0;
        if self.data.count() == 0 {
            return measured;
        }
        let few = (CELL_WORK / (self.visible() * self.hidden)).clamp(MEASURED / 10, MEASURED);
        let seen = self.data.seen(named, 0..self.data.count().min(few));
        let unseen = self.data.unseen(named, 0..self.data.unseen_count().min(few));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        measured.pseudo_likelihood = self.data.mean(&sampler.pseudo_likelihoods(&seen))
            / (self.data.cells + usize::from(named)) as f64;
        measured.reconstruction_error = self
            .data
            .mean_over(seen.copies(), |which| sampler.reconstruction_error(&self.data.seen(named, which)));
        if unseen.copies() > 0 {
            measured.gap =
                mean(&sampler.free_energies(&unseen)) - self.data.mean(&sampler.free_energies(&seen));
        }
        if named && self.data.unseen_count() > 0 {
            measured.unseen_error = self.error_on_unseen(net);
        }
        if self.told.likelihood
            && let Ok(machine) = sampler.machine()
        {
            let cells = cells_of(&self.data.seen(named, 0..self.data.count().min(MOST_LIKELY)));
            measured.log_likelihood = self.mean_likelihood(&machine, &cells).unwrap_or(f64::NAN);
        }
        measured
    }

    /// Mean of ln P over these pictures, each as often as it is learned from.
    fn mean_likelihood(&self, machine: &Rbm, cells: &[u8]) -> Result<f64, RbmError> {
        if self.data.is_even() {
            return machine.log_likelihood(cells);
        }
        let energies = cells.chunks_exact(self.visible()).map(|picture| machine.free_energy(picture));
        Ok(-self.data.mean(&energies.collect::<Vec<_>>()) - machine.ln_z()?)
    }

    /// Part of the unseen pictures that get the wrong name.
    fn error_on_unseen(&self, net: &Learner) -> f64 {
        self.data.error(&net.sampler().label_posteriors(&self.data.all(true, Side::Unseen)))
    }
}
