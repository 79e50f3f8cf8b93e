//! What a run has learned, as programs see it.

use engram::math;
use engram::rng::{Lanes, Stream};

use super::model::{Learns, dice};
use super::run::{State, Training};
use crate::LabError;
use crate::array::Array;
use crate::learned::{Estimating, Features, Learned, Naming, Progress, Side};

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
        Some(Naming { names: data.classes, classes: data.classes_of(Side::Unseen).to_vec(), posteriors })
    }

    fn features(&self, of: Side) -> Result<Features, LabError> {
        let Training { model, data, .. } = self.training;
        if data.classes.is_empty() {
            return Err(LabError::new(
                "params.data",
                "pictures of your own have no names that a head could learn: choose a data set",
            ));
        }
        if model.names() > 0 {
            return Err(LabError::new(
                "params.names",
                "this machine has learned names itself; a head is for one that learned from pictures alone: leave names out",
            ));
        }
        let hidden = model.features(&self.state.net, of).ok_or_else(|| {
            LabError::new("model", "of this model it is not known what its hidden units say of a picture")
        })?;
        let pictures = data.all(false, of);
        let cells = (0..pictures.copies()).flat_map(|copy| pictures.cells(copy)).map(f64::from).collect();
        Ok(Features { names: data.classes, classes: data.classes_of(of).to_vec(), cells, hidden })
    }

    fn mean_free_energy(&self, of: Side) -> Option<f64> {
        let Training { model, data, .. } = self.training;
        let energies = model.free_energies(&self.state.net, of).filter(|energies| !energies.is_empty())?;
        Some(match of {
            Side::Seen => data.mean(&energies),
            Side::Unseen => energies.iter().sum::<f64>() / energies.len() as f64,
        })
    }

    fn estimate(&self, runs: usize, steps: usize, seed: u64) -> Option<Box<dyn Estimating>> {
        let dice = Lanes::new(seed, Stream::Experiment, dice::ESTIMATE);
        self.training.model.estimate(&self.state.net, runs, steps, dice)
    }
}
