//! What is measured of the machine as it learns.

use crate::learned::largest;
use crate::machines::learners::signed;
use std::ops::Range;

use engram::math;
use engram::models::boltzmann::{Boltzmann, MeanField, Phases};
use serde::{Deserialize, Serialize};

use super::Model;
use crate::machines::learners;
use crate::resolve;
use crate::spec::Spec;
use crate::value::Value;

/// Hidden units if nothing is said, and the most.
pub const HIDDEN: u32 = 8;
pub const MOST_HIDDEN: u32 = 100;

/// Most units of which all states are looked at for a step of learning.
pub const MOST_EXACT: usize = 16;

/// Most units of which all states are looked at beside learning, for what is measured and for figures.
const MOST_LIVE: usize = 14;

/// Most units whose weights and averages are drawn.
const MOST_DRAWN: usize = 128;

/// Most hidden units whose states are all looked at to tell one class from another; of more, mean field does.
const MOST_SUMMED: usize = 10;

/// Most pictures that are asked for their classes.
const MOST_ASKED: usize = 100;

/// What can be told of the machine of a spec.
#[derive(Clone, Copy)]
pub struct Told {
    /// The exact likelihood, as it learns.
    pub likelihood: bool,
    /// The exact distribution and means, at any time.
    pub live: bool,
    /// Fields of weights and averages.
    pub drawn: bool,
    /// Which class a picture is of.
    pub classes: bool,
    /// Whether there are hidden units.
    pub hidden: bool,
}

impl Told {
    /// As far as a spec says it.
    pub fn of(spec: &Spec) -> Self {
        let set = learners::set_of(spec);
        let names = set.filter(|_| learners::learns_names(spec)).map_or(0, |set| set.classes.len());
        let of_set = set.map(|set| set.cells());
        let given = spec.weights.as_ref().map(Vec::len);
        let only_weights = given.filter(|_| set.is_none() && spec.patterns.is_empty());
        let cells = match only_weights {
            Some(all) => all.saturating_sub(said(spec, "hidden", 0)),
            None => of_set.or_else(|| resolve::units(spec)).unwrap_or(0),
        };
        let visible = cells.saturating_add(names);
        let hidden = given.map_or(said(spec, "hidden", HIDDEN as usize), |all| all.saturating_sub(visible));
        let units = visible.saturating_add(hidden);
        let exact = matches!(spec.param("sampling"), Some(Value::Text(word)) if word == "exact");
        Self {
            likelihood: (1..=if exact { MOST_EXACT } else { MOST_LIVE }).contains(&units),
            live: (1..=MOST_LIVE).contains(&units),
            drawn: units <= MOST_DRAWN,
            classes: names > 0 || set.is_none() && said(spec, "code", 0) > 1,
            hidden: hidden > 0,
        }
    }
}

/// A whole number that a spec says.
pub fn said(spec: &Spec, key: &str, otherwise: usize) -> usize {
    match spec.param(key) {
        Some(Value::Number(number)) => *number as usize,
        _ => otherwise,
    }
}

/// Measured on whole pictures, now and then; what cannot be told is no number.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Measured {
    log_likelihood: f64,
    divergence: f64,
    class_error: f64,
}

impl Default for Measured {
    fn default() -> Self {
        let none = f64::NAN;
        Self { log_likelihood: none, divergence: none, class_error: none }
    }
}

impl Measured {
    /// In the order of the description.
    pub fn scalars(&self, told: Told) -> Vec<f64> {
        let all = [
            (told.likelihood, self.log_likelihood),
            (told.likelihood, self.divergence),
            (told.classes, 100.0 * self.class_error),
        ];
        all.into_iter().filter(|(told, _)| *told).map(|(_, value)| value).collect()
    }

    /// What there is to say of it in a clause.
    pub fn says(&self) -> String {
        let mut clauses = Vec::new();
        if !self.log_likelihood.is_nan() {
            let likelihood = signed(self.log_likelihood);
            let far = self.divergence;
            clauses.push(format!(
                "the mean log-likelihood of its pictures is {likelihood} nats, {far:.3} less than it could be"
            ));
        }
        if !self.class_error.is_nan() {
            let right = 100.0 * (1.0 - self.class_error);
            clauses.push(format!("the likeliest name is right for {right:.1} % of pictures"));
        }
        if clauses.is_empty() {
            return "it is too large for exact numbers".to_owned();
        }
        clauses.join("; ")
    }
}

/// How far the averages of the phases are apart: the root of the mean square over weights and biases.
pub fn apart(phases: Option<&Phases>) -> f64 {
    let Some(phases) = phases else { return f64::NAN };
    let difference = phases.difference();
    let squares: f64 = difference.unit.iter().chain(&difference.link).map(|x| x * x).sum();
    math::sqrt(squares / (difference.unit.len() + difference.link.len()) as f64)
}

impl Model {
    /// Measures the machine as it is.
    pub fn measured(&self, machine: &Boltzmann) -> Measured {
        let mut measured = Measured::default();
        let Some(whole) = &self.whole else { return measured };
        if self.told.likelihood
            && let Ok(found) = machine.likelihood(whole, self.temperature)
        {
            (measured.log_likelihood, measured.divergence) = (found.mean, found.divergence);
        }
        if let Some(classes) = self.classes().filter(|_| self.told.classes) {
            measured.class_error = self.wrong(machine, &classes);
        }
        measured
    }

    /// The visible units that stand for classes, of which one is on.
    pub fn classes(&self) -> Option<Range<usize>> {
        let (cells, visible) = (self.data.cells, self.visible());
        match (self.labels, self.code) {
            (0, 0 | 1) => None,
            (0, code) => Some(cells - code..cells),
            _ => Some(cells..visible),
        }
    }

    /// Part of the pictures, unseen ones if there are some, that get the wrong class.
    fn wrong(&self, machine: &Boltzmann, classes: &Range<usize>) -> f64 {
        let named = self.labels > 0;
        // Of many every so manieth, for their order may have a rule.
        let some = |count: usize| (0..count.min(MOST_ASKED)).map(move |k| k * count / count.min(MOST_ASKED));
        let pictures = match self.data.unseen_count() {
            0 => self.data.seen(named, some(self.data.count())),
            unseen => self.data.unseen(named, some(unseen)),
        };
        let wrong = (0..pictures.copies()).filter(|&copy| {
            let spins: Vec<i8> = pictures.cells(copy).into_iter().map(|on| 2 * on as i8 - 1).collect();
            let posterior = self.posterior(machine, &spins, classes);
            let best = largest(&posterior);
            spins[classes.start + best] < 0
        });
        wrong.count() as f64 / pictures.copies() as f64
    }

    /// How likely each class is for the other units of a picture: exact where hidden units are few, by the free energies
    /// of mean field where they are many.
    pub fn posterior(&self, machine: &Boltzmann, spins: &[i8], classes: &Range<usize>) -> Vec<f64> {
        if self.hidden <= MOST_SUMMED {
            return machine.class_posterior(spins, classes.clone(), self.temperature).unwrap_or_default();
        }
        let solver = MeanField { tolerance: 1e-3, max_rounds: 50, ..MeanField::default() };
        let mut spins = spins.to_vec();
        spins[classes.clone()].fill(-1);
        let mut ln: Vec<f64> = Vec::new();
        for unit in classes.clone() {
            spins[unit] = 1;
            let free = solver.solve(machine, &spins, self.temperature).map_or(0.0, |found| found.free_energy);
            ln.push(-free / self.temperature);
            spins[unit] = -1;
        }
        let all = math::log_sum_exp(&ln);
        ln.into_iter().map(|x| math::exp(x - all)).collect()
    }

    /// Whether posteriors are exact.
    pub fn sums(&self) -> bool {
        self.hidden <= MOST_SUMMED
    }
}
