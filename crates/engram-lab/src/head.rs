//! A head that names pictures: logistic regression on what a machine has learned, beside the same on raw cells.
//!
//! A machine that learned from pictures alone was told no names. How much better a head names pictures by its hidden units
//! than by the cells themselves shows what these have found.

use engram::learning::logistic::{Logistic, LogisticError, LogisticProblem};

use crate::LabError;
use crate::learned::{Learned, Side};

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
/// Pictures without names, or none that were kept back; a machine that has learned the names itself, or of whose hidden units
/// it is not known what they say of a picture; more features than a head can have.
pub fn heads(learned: &dyn Learned) -> Result<Heads, LabError> {
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
    let names = seen.names.len();
    let of = |[from, to]: [&[f64]; 2]| {
        head(names, (from, &seen.classes), (to, &unseen.classes)).map_err(|error| {
            LabError::new("params", format_args!("no head can learn from these pictures: {error}"))
        })
    };
    Ok(Heads {
        pictures: unseen.classes.len(),
        hidden: of([&seen.hidden, &unseen.hidden])?,
        cells: of([&seen.cells, &unseen.cells])?,
    })
}

/// A head that learns from rows of features with their classes, and is tried on others.
fn head(
    names: usize,
    (features, classes): (&[f64], &[u8]),
    (others, their_classes): (&[f64], &[u8]),
) -> Result<Head, LogisticError> {
    let count = features.len() / classes.len().max(1);
    let mut head = Logistic::new(count, names)?;
    let problem = LogisticProblem::new(&head, features, classes, PENALTY)?;
    let (mut steps, mut slope) = (0, f64::INFINITY);
    while steps < MOST_STEPS && slope > REST {
        slope = head.step(&problem)?;
        steps += 1;
    }
    let (seen_error, error) = (head.error(features, classes)?, head.error(others, their_classes)?);
    Ok(Head { features: count, steps, seen_error, error })
}
