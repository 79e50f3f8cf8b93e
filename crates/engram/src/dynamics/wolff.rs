//! Wolff's cluster updates.

use super::Metropolis;
use super::clusters::{Clusters, share};
use crate::models::ising::{Ising, Sums};
use crate::rng::Rng;

/// One cluster is grown from a cell drawn at random and turned over as a whole (U. Wolff, Phys. Rev. Lett. 62 (1989) 361).
/// A bond between spins that are as the coupling wants them belongs to it with probability `1 − exp(−2 |J| / T)`, so the run
/// samples the Boltzmann distribution; near T_c it forgets its past hundreds of times sooner than single flips do.
///
/// In a field the cluster is turned over with the probability `min(1, exp(−ΔE_H / T))`, where `ΔE_H = 2 H Σ s_i` over the
/// cluster is what the field says of it: the Metropolis rule for what is left of the energy. A cluster that holds a clamped
/// cell stays as it is.
#[derive(Clone, Debug)]
pub struct Wolff {
    temperature: f64,
    share: u64,
    clusters: Clusters,
}

/// What an update did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterFlip {
    /// Cells of the cluster.
    pub size: u32,
    /// Whether it was turned over.
    pub flipped: bool,
    /// By how much that changed the sums of the state.
    pub change: Sums,
}

impl Wolff {
    /// Of a model at a temperature `T >= 0`, in units of energy.
    #[must_use]
    pub fn new(model: &Ising, temperature: f64) -> Self {
        let clusters = Clusters::new(model.lattice().cells());
        Self { temperature, share: share(model, temperature), clusters }
    }

    /// Makes one update of a state whose spins are all ±1; `held` cells are clamped.
    pub fn step(&mut self, model: &Ising, spins: &mut [i8], held: &[bool], rng: &mut Rng) -> ClusterFlip {
        let start = rng.below(spins.len() as u32) as usize;
        let Self { temperature, share, clusters } = self;
        clusters.clear();
        clusters.grow(model, spins, start, *share, rng);
        let cells = || clusters.cells().iter().map(|&cell| cell as usize);
        let spin: i64 = cells().map(|cell| i64::from(spins[cell])).sum();
        // The draw is made in any case: clamping a cell leaves the dice as they were.
        let cost = 2.0 * model.field_strength() * spin as f64;
        let accepted = rng.bernoulli(Metropolis::acceptance(cost, *temperature));
        let flipped = accepted && !cells().any(|cell| held[cell]);
        let mut flip = ClusterFlip { size: clusters.cells().len() as u32, flipped, change: Sums::default() };
        if !flipped {
            return flip;
        }
        // Only bonds that lead out of it change.
        let mut outward = 0i64;
        for cell in cells() {
            let others = model.lattice().neighbours(cell).filter(|&other| !clusters.is_taken(other));
            outward += others.map(|other| i64::from(spins[cell] * spins[other])).sum::<i64>();
        }
        cells().for_each(|cell| spins[cell] = -spins[cell]);
        flip.change = Sums { pairs: -2 * outward, spins: -2 * spin };
        flip
    }

    /// The cells of the cluster of the last update.
    #[must_use]
    pub fn cluster(&self) -> &[u32] {
        self.clusters.cells()
    }
}
