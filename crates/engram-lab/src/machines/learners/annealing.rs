//! Estimates of ln Z by annealed importance sampling.

use engram::models::rbm::Ais;

use crate::learned::{Estimate, Estimating};

/// Annealed importance sampling of a machine of two layers.
pub struct Annealing(pub Ais);

impl Estimating for Annealing {
    fn progress(&self) -> (usize, usize) {
        self.0.progress()
    }

    fn advance(&mut self, steps: usize) -> Option<Estimate> {
        self.0.advance(steps).map(|found| Estimate { ln_z: found.ln_z, error: found.error })
    }
}
