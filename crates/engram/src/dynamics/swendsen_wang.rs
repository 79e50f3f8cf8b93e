//! Swendsen and Wang's cluster updates.

use super::HeatBath;
use super::clusters::{Clusters, share};
use crate::models::ising::Ising;
use crate::rng::Rng;

/// The whole lattice is divided into clusters, and each is turned over or not (R. H. Swendsen & J.-S. Wang, Phys. Rev. Lett.
/// 58 (1987) 86). A bond between spins that are as the coupling wants them holds with probability `1 − exp(−2 |J| / T)`; what
/// hangs together by such bonds is a cluster. Without a field a coin decides on each; in a field H it is turned over with
/// probability `σ(−2 H Σ s_i / T)` over its spins. A cluster that holds a clamped cell stays as it is.
#[derive(Clone, Debug)]
pub struct SwendsenWang {
    temperature: f64,
    share: u64,
    clusters: Clusters,
}

impl SwendsenWang {
    /// Of a model at a temperature `T >= 0`, in units of energy.
    #[must_use]
    pub fn new(model: &Ising, temperature: f64) -> Self {
        let clusters = Clusters::new(model.lattice().cells());
        Self { temperature, share: share(model, temperature), clusters }
    }

    /// Makes one update of all spins, which are all ±1; `held` cells are clamped. How many clusters there were, and how
    /// many cells changed.
    pub fn step(&mut self, model: &Ising, spins: &mut [i8], held: &[bool], rng: &mut Rng) -> (u32, u64) {
        let Self { temperature, share, clusters } = self;
        let (mut count, mut changed) = (0, 0);
        clusters.clear();
        for start in 0..spins.len() {
            if clusters.is_taken(start) {
                continue;
            }
            // Spins turned over belong to clusters that are done, and bonds to them are not drawn again.
            clusters.grow(model, spins, start, *share, rng);
            let cells = || clusters.cells().iter().map(|&cell| cell as usize);
            let spin: i64 = cells().map(|cell| i64::from(spins[cell])).sum();
            // What the field would say of the cluster as one spin, turned over.
            let turned = -model.field_strength() * spin as f64;
            let drawn = rng.bernoulli(HeatBath::probability(turned, *temperature));
            count += 1;
            if drawn && !cells().any(|cell| held[cell]) {
                cells().for_each(|cell| spins[cell] = -spins[cell]);
                changed += clusters.cells().len() as u64;
            }
        }
        (count, changed)
    }
}
