//! Studies: what is worked out of a machine beside its run, in bounded steps; it is no part of the run and changes nothing.

use serde::Serialize;

use crate::LabError;
use crate::head::HeadTraining;
use crate::learned::{Estimating, Side};
use crate::machine::Machine;

/// A study that a machine offers, as it describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StudyInfo {
    /// Name.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// What comes of it.
    pub help: &'static str,
}

/// How likely pictures are, by annealed importance sampling.
pub const LIKELIHOOD: StudyInfo = StudyInfo {
    key: "likelihood",
    label: "how likely are the pictures",
    help: "Estimates the log-likelihood of pictures that it has learned from and of others, by annealed importance sampling",
};

/// What hidden units are worth as features.
pub const HEAD: StudyInfo = StudyInfo {
    key: "head",
    label: "what are its features worth",
    help: "Lets logistic regression learn names by the hidden units, and once more by the cells alone, and tries both on unseen pictures",
};

/// Runs of annealed importance sampling, and the machines that each goes through.
const RUNS: usize = 100;
const STEPS: usize = 1000;

/// A number that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What it is, in everyday speech.
    pub label: &'static str,
    /// The number.
    pub value: f64,
    /// Its standard error, if it is estimated.
    pub error: Option<f64>,
    /// Its unit, or empty.
    pub unit: &'static str,
}

/// What a study has come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// What was found.
    pub findings: Vec<Finding>,
    /// How it was found and how to read it, in plain sentences.
    pub note: String,
}

/// A study on its way.
pub struct Study(Kind);

enum Kind {
    Likelihood {
        estimate: Box<dyn Estimating>,
        /// Mean of −ln P of seen and unseen pictures, but for ln Z.
        energies: [f64; 2],
    },
    Head(Box<HeadTraining>),
}

impl Study {
    /// Begins a study of a machine as it is now.
    ///
    /// # Errors
    /// There is no study of this name, or nothing to study.
    pub fn begin(machine: &dyn Machine, key: &str) -> Result<Self, LabError> {
        let none = || LabError::new(key, "there is no such study");
        if !machine.describe().studies.iter().any(|study| study.key == key) {
            return Err(none());
        }
        let learned = machine.learned().ok_or_else(none)?;
        if !learned.is_sound() {
            return Err(LabError::new("weights", "the numbers of this machine have run away"));
        }
        if key == HEAD.key {
            return Ok(Self(Kind::Head(Box::new(HeadTraining::new(learned.as_ref())?))));
        }
        let estimate = learned.estimate(RUNS, STEPS, machine.spec().seed).ok_or_else(none)?;
        let mean = |of| learned.mean_free_energy(of).unwrap_or(f64::NAN);
        Ok(Self(Kind::Likelihood { estimate, energies: [mean(Side::Seen), mean(Side::Unseen)] }))
    }

    /// Part of it that is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        match &self.0 {
            Kind::Likelihood { estimate, .. } => {
                let (done, all) = estimate.progress();
                done as f64 / all.max(1) as f64
            }
            Kind::Head(head) => head.progress(),
        }
    }

    /// Takes one more step; what it has come to once all are taken.
    ///
    /// # Errors
    /// A head cannot learn from these pictures.
    pub fn advance(&mut self) -> Result<Option<Report>, LabError> {
        Ok(match &mut self.0 {
            Kind::Likelihood { estimate, energies } => {
                let energies = *energies;
                estimate.advance(1).map(|found| {
                    let error = Some(found.error);
                    let mut findings = vec![Finding { label: "ln Z", value: found.ln_z, error, unit: "" }];
                    let labels = ["mean of ln P, pictures it learns from", "mean of ln P, pictures it never sees"];
                    for (label, energy) in labels.into_iter().zip(energies).filter(|(_, x)| x.is_finite()) {
                        let value = -energy - found.ln_z;
                        findings.push(Finding { label, value, error, unit: "nats a picture" });
                    }
                    Report { findings, note: format!("By annealed importance sampling: {RUNS} runs through {STEPS} machines each, with the standard error that their spread tells. On average ln Z comes out too low, and so the mean of ln P of pictures too high; what runs have missed is in no error.") }
                })
            }
            Kind::Head(head) => head.advance()?.map(|found| {
                let right = |label, error: f64| {
                    let value = 100.0 * (1.0 - error);
                    let deviation = 100.0 * engram::math::sqrt(error * (1.0 - error) / found.pictures as f64);
                    Finding { label, value, error: Some(deviation), unit: "% named rightly" }
                };
                let findings = vec![
                    right("by its hidden units", found.hidden.error),
                    right("by the cells alone", found.cells.error),
                ];
                let (hidden, cells) = (found.hidden.features, found.cells.features);
                Report { findings, note: format!("The same logistic regression learned the names of the pictures twice, by {hidden} hidden units and by {cells} cells, and was tried on {} pictures that neither has seen. The machine itself was told no names.", found.pictures) }
            }),
        })
    }
}
