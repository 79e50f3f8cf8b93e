//! Clusters of spins that are turned over together.

use alloc::vec;
use alloc::vec::Vec;

use crate::math;
use crate::models::ising::Ising;
use crate::rng::Rng;

/// Room for growing clusters on one lattice. What is in it matters to no later cluster.
#[derive(Clone, Debug)]
pub struct Clusters {
    /// For each cell the round in which it was last taken.
    taken: Vec<u32>,
    round: u32,
    /// The cells of the cluster that was grown last.
    cells: Vec<u32>,
}

impl Clusters {
    /// For a lattice of so many cells.
    #[must_use]
    pub fn new(cells: usize) -> Self {
        Self { taken: vec![0; cells], round: 0, cells: Vec::new() }
    }

    /// The cells of the cluster that was grown last.
    #[must_use]
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// Begins a round: no cell is taken.
    pub(super) fn clear(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.taken.fill(0);
            self.round = 1;
        }
    }

    pub(super) fn is_taken(&self, cell: usize) -> bool {
        self.taken[cell] == self.round
    }

    /// Grows a cluster from a cell that is not taken: each bond between spins that are as the coupling wants them is drawn
    /// once and holds with this share of 2^32.
    pub(super) fn grow(&mut self, model: &Ising, spins: &[i8], start: usize, share: u64, rng: &mut Rng) {
        let sign = if model.coupling() < 0.0 { -1 } else { 1 };
        self.cells.clear();
        self.cells.push(start as u32);
        self.taken[start] = self.round;
        let mut next = 0;
        while let Some(&cell) = self.cells.get(next) {
            next += 1;
            let wanted = spins[cell as usize] * sign;
            for other in model.lattice().neighbours(cell as usize) {
                // A bond to a cell that is taken changes nothing any more.
                if spins[other] == wanted && !self.is_taken(other) && u64::from(rng.word()) < share {
                    self.taken[other] = self.round;
                    self.cells.push(other as u32);
                }
            }
        }
    }
}

/// The share of 2^32 bonds that hold, `p = 1 − exp(−2 |J| / T)` (C. M. Fortuin & P. W. Kasteleyn, Physica 57 (1972) 536);
/// all of them at T = 0, none without a coupling.
pub(super) fn share(model: &Ising, temperature: f64) -> u64 {
    let whole = 4_294_967_296.0;
    let strength = 2.0 * math::abs(model.coupling());
    match temperature {
        _ if strength == 0.0 => 0,
        t if t > 0.0 => (-math::exp_m1(-strength / t) * whole) as u64,
        _ => whole as u64,
    }
}
