//! What a machine has learned, for programs: its numbers, its dreams, what it calls pictures, and how likely it finds them.

use crate::LabError;
use crate::array::Array;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Mini-batches done.
    pub done: u64,
    /// Mini-batches to be done in all.
    pub plan: u64,
    /// Mini-batches in an epoch.
    pub per_epoch: u64,
}

/// Which pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those that it learns from.
    Seen,
    /// Those that it never sees.
    Unseen,
}

/// What it calls the pictures that it never sees.
#[derive(Clone, Debug)]
pub struct Naming {
    /// All names.
    pub names: &'static [&'static str],
    /// What each picture is, by the number of its name.
    pub classes: Vec<u8>,
    /// How likely each name is, a list a picture.
    pub posteriors: Vec<Vec<f64>>,
}

impl Naming {
    /// What it calls a picture: the most likely name, by its number.
    #[must_use]
    pub fn called(&self, picture: usize) -> usize {
        largest(&self.posteriors[picture])
    }
}

/// Pictures of one side as a head may see them that names them.
#[derive(Clone, Debug)]
pub struct Features {
    /// All names.
    pub names: &'static [&'static str],
    /// What each picture is, by the number of its name.
    pub classes: Vec<u8>,
    /// Its cells, 1 for ink and 0 for paper, a row a picture.
    pub cells: Vec<f64>,
    /// Means of the hidden units beside it, a row a picture.
    pub hidden: Vec<f64>,
}

/// The place of the largest of numbers, the first one of several.
#[must_use]
pub fn largest(values: &[f64]) -> usize {
    (0..values.len()).fold(0, |best, k| if values[k] > values[best] { k } else { best })
}

/// An estimate of ln Z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, which is too low on average.
    pub ln_z: f64,
    /// Its standard error.
    pub error: f64,
}

/// An estimate on its way.
pub trait Estimating {
    /// Steps done, and to be done.
    fn progress(&self) -> (usize, usize);

    /// Takes up to so many steps more; the estimate once all are done.
    fn advance(&mut self, steps: usize) -> Option<Estimate>;
}

/// What a machine has learned.
pub trait Learned {
    /// How far it has come.
    fn progress(&self) -> Progress;

    /// Whether its numbers have not run away.
    fn is_sound(&self) -> bool;

    /// What was learned.
    fn arrays(&self) -> Vec<Array>;

    /// The dreams of the wall, each as its cells, from −1 for paper to +1 for ink: states that were drawn, or with
    /// `likely` how likely ink is.
    fn dreams(&self, likely: bool) -> Vec<Vec<f64>>;

    /// What it calls the pictures that it never sees; none if it has learned no names.
    fn naming(&self) -> Option<Naming>;

    /// All pictures of a side as a head may see them.
    ///
    /// # Errors
    /// Pictures without names, a machine that has learned the names itself, or of whose hidden units it is not known what they
    /// say of a picture.
    fn features(&self, of: Side) -> Result<Features, LabError>;

    /// Mean of −ln P of pictures, but for ln Z, each counted as often as it is learned from; none if that is no sum that can
    /// be taken, or there are no pictures.
    fn mean_free_energy(&self, of: Side) -> Option<f64>;

    /// ln Z by annealed importance sampling: so many runs through so many machines, from this seed; none if it is not known
    /// how.
    fn estimate(&self, runs: usize, steps: usize, seed: u64) -> Option<Box<dyn Estimating>>;
}
