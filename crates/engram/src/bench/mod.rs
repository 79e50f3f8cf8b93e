//! Workloads to be timed, natively and in a browser: the same closures in both. One file a model.

mod dense;
mod graded;
mod hopfield;
mod ising;
mod modern;
mod rbm;
mod stochastic;

use alloc::boxed::Box;

/// A job that is timed.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name: the model's, and the rest.
    pub name: &'static str,
    /// How many of the operations named one call of the job makes; divide the time by it.
    pub operations: u32,
    /// Makes the job ready, to be called as often as wanted.
    pub job: fn() -> Box<dyn FnMut()>,
}

/// All jobs.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    [hopfield::ROWS, stochastic::ROWS, modern::ROWS, dense::ROWS, graded::ROWS, ising::ROWS, rbm::ROWS]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn names_are_unique() {
        let names: Vec<_> = rows().map(|row| row.name).collect();
        assert!(
            names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1),
            "{names:?}"
        );
    }
}
