//! A head that names pictures: logistic regression on what a machine has learned, beside the same on raw cells.
//!
//! A machine that learned from pictures alone was told no names. How much better a head names pictures by its hidden units
//! than by the cells themselves shows what these have found.

use engram::learning::logistic::{Logistic, LogisticError, LogisticProblem};

use crate::LabError;
use crate::learned::{Features, Learned, Side};

/// Penalty λ on the squares of weights, beside the mean of −ln P. Of 10⁻⁵ to 3·10⁻³ it is where heads on the cells of the data
/// sets do best, or nearly so: features are not to look good because the others were learned by heart.
const PENALTY: f64 = 1e-3;

/// The head is at rest once no part of the gradient is larger, or after so many steps.
const REST: f64 = 1e-4;
const MOST_STEPS: u32 = 500;

/// What a head on some features comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// How many features there are.
    pub features: usize,
    /// Steps that it has learned.
    pub steps: u32,
    /// Part of the pictures that it learned from that get the wrong name.
    pub seen_error: f64,
    /// The same of those that it never saw.
    pub error: f64,
}

/// The same head on two sets of features of the same pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heads {
    /// Pictures that it never saw.
    pub pictures: usize,
    /// On the means of hidden units.
    pub hidden: Head,
    /// On the cells themselves.
    pub cells: Head,
}

/// Lets a head learn names of the pictures that a machine has learned from, once by its hidden units and once by the cells,
/// and tries both on the pictures that it never saw.
///
/// # Errors
/// As [`HeadTraining::new`].
pub fn heads(learned: &dyn Learned) -> Result<Heads, LabError> {
    let mut training = HeadTraining::new(learned)?;
    loop {
        if let Some(heads) = training.advance()? {
            return Ok(heads);
        }
    }
}

/// Both heads, as they learn step by step, one after the other.
pub struct HeadTraining {
    seen: Features,
    unseen: Features,
    /// The head that learns, with what it learns from, its steps, and how steep it was last.
    head: Logistic,
    problem: LogisticProblem,
    steps: u32,
    slope: f64,
    /// What the first one came to, by hidden units.
    hidden: Option<Head>,
}

impl HeadTraining {
    /// Before the first step.
    ///
    /// # Errors
    /// Pictures without names, or none that were kept back; a machine that has learned the names itself, or of whose hidden
    /// units it is not known what they say of a picture; more features than a head can have.
    pub fn new(learned: &dyn Learned) -> Result<Self, LabError> {
        if !learned.is_sound() {
            return Err(LabError::new("weights", "the numbers of this machine have run away"));
        }
        let (seen, unseen) = (learned.features(Side::Seen)?, learned.features(Side::Unseen)?);
        if unseen.classes.is_empty() {
            return Err(LabError::new(
                "params.data",
                "of these pictures none are kept back that a head could be tried on",
            ));
        }
        let (head, problem) = Self::start(&seen, &seen.hidden)?;
        Ok(Self { seen, unseen, head, problem, steps: 0, slope: f64::INFINITY, hidden: None })
    }

    fn start(seen: &Features, features: &[f64]) -> Result<(Logistic, LogisticProblem), LabError> {
        let head =
            Logistic::new(features.len() / seen.classes.len().max(1), seen.names.len()).map_err(fail)?;
        let problem = LogisticProblem::new(&head, features, &seen.classes, PENALTY).map_err(fail)?;
        Ok((head, problem))
    }

    /// Part of the steps that are done, from 0 to 1: the most that there may be.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let before = if self.hidden.is_some() { MOST_STEPS } else { 0 };
        f64::from(before + self.steps) / f64::from(2 * MOST_STEPS)
    }

    /// Takes one more step; what both came to once they are at rest.
    ///
    /// # Errors
    /// A head cannot learn from these pictures.
    pub fn advance(&mut self) -> Result<Option<Heads>, LabError> {
        if self.steps < MOST_STEPS && self.slope > REST {
            self.slope = self.head.step(&self.problem).map_err(fail)?;
            self.steps += 1;
            return Ok(None);
        }
        let of = |side: &Features| {
            let features = if self.hidden.is_none() { &side.hidden } else { &side.cells };
            self.head.error(features, &side.classes).map_err(fail)
        };
        let (seen_error, error) = (of(&self.seen)?, of(&self.unseen)?);
        let found = Head { features: self.head.features(), steps: self.steps, seen_error, error };
        let Some(hidden) = self.hidden else {
            self.hidden = Some(found);
            (self.head, self.problem) = Self::start(&self.seen, &self.seen.cells)?;
            (self.steps, self.slope) = (0, f64::INFINITY);
            return Ok(None);
        };
        Ok(Some(Heads { pictures: self.unseen.classes.len(), hidden, cells: found }))
    }
}

fn fail(error: LogisticError) -> LabError {
    LabError::new("params", format_args!("no head can learn from these pictures: {error}"))
}
