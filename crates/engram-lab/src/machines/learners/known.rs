//! What a run has learned, as programs see it.

use engram::math;
use engram::rng::{Lanes, Stream};

use super::run::{Learns, State, Training, dice};
use crate::array::Array;
use crate::learned::{Estimating, Learned, Naming, Progress, Side};

/// What a run has learned.
pub struct Known<'a, L: Learns> {
    /// Its model, pictures and course.
    pub training: &'a Training<L>,
    /// Its state.
    pub state: &'a State<L>,
}

impl<L: Learns> Learned for Known<'_, L> {
    fn progress(&self) -> Progress {
        Progress { done: self.state.done, plan: self.training.plan, per_epoch: self.training.batches }
    }

    fn is_sound(&self) -> bool {
        self.training.model.is_sound(&self.state.net)
    }

    fn arrays(&self) -> Vec<Array> {
        self.training.model.arrays(&self.state.net)
    }

    fn dreams(&self, likely: bool) -> Vec<Vec<f64>> {
        let dreams = self.training.dreamt(self.state, likely);
        dreams.into_iter().map(|dream| dream.into_iter().map(f64::from).collect()).collect()
    }

    fn naming(&self) -> Option<Naming> {
        let Training { model, data, .. } = self.training;
        let mut posteriors = model.posteriors(&self.state.net)?;
        posteriors.iter_mut().flatten().for_each(|ln| *ln = math::exp(*ln));
        Some(Naming { names: data.classes, classes: data.unseen_classes().to_vec(), posteriors })
    }

    fn free_energies(&self, of: Side) -> Option<Vec<f64>> {
        self.training.model.free_energies(&self.state.net, of)
    }

    fn estimate(&self, runs: usize, steps: usize, seed: u64) -> Option<Box<dyn Estimating>> {
        let dice = Lanes::new(seed, Stream::Experiment, dice::ESTIMATE);
        self.training.model.estimate(&self.state.net, runs, steps, dice)
    }
}
