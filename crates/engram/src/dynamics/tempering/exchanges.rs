//! Swaps between neighbouring temperatures.

use alloc::vec::Vec;

use crate::dynamics::Metropolis;
use crate::observe::Acceptance;
use crate::rng::Rng;

/// Swaps tried and made on a ladder of temperatures, round by round.
///
/// A round tries the pairs (0, 1), (2, 3) … in rounds 0, 2 …, and (1, 2), (3, 4) … in the others, so that what is at one
/// end can travel to the other in one direction.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Exchanges {
    /// Of rungs k and k + 1.
    swaps: Vec<Acceptance>,
    rounds: u64,
}

impl Exchanges {
    /// None yet, between so many temperatures.
    pub(super) fn new(rungs: usize) -> Self {
        Self { swaps: alloc::vec![Acceptance::default(); rungs.saturating_sub(1)], rounds: 0 }
    }

    /// One round. `of` tells the temperature of a rung and the energy of the state that is there, and `swap` lets two
    /// rungs exchange their states.
    pub(super) fn round<T>(
        &mut self,
        rungs: &mut [T],
        of: impl Fn(&T) -> (f64, f64),
        swap: impl Fn(&mut T, &mut T),
        rng: &mut Rng,
    ) {
        let first = (self.rounds % 2) as usize;
        for low in (first..self.swaps.len()).step_by(2) {
            let (below, above) = rungs.split_at_mut(low + 1);
            let (cold, hot) = (&mut below[low], &mut above[0]);
            let ((cold_temperature, cold_energy), (hot_temperature, hot_energy)) = (of(cold), of(hot));
            // Energy that the pair gains by the swap, weighed as by each one's temperature.
            let cost = (1.0 / cold_temperature - 1.0 / hot_temperature) * (hot_energy - cold_energy);
            let accepted = rng.bernoulli(Metropolis::acceptance(cost, 1.0));
            self.swaps[low].add(accepted);
            if accepted {
                swap(cold, hot);
            }
        }
        self.rounds += 1;
    }

    /// Swaps tried and made between each temperature and the next hotter: one fewer than there are temperatures.
    #[must_use]
    pub fn swaps(&self) -> &[Acceptance] {
        &self.swaps
    }

    /// Swaps tried and made between all neighbours together.
    #[must_use]
    pub fn all(&self) -> Acceptance {
        let mut all = Acceptance::default();
        for pair in &self.swaps {
            all.proposed += pair.proposed;
            all.accepted += pair.accepted;
        }
        all
    }

    /// Rounds completed.
    #[must_use]
    pub fn rounds(&self) -> u64 {
        self.rounds
    }
}
