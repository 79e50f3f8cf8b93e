//! Parallel tempering of a lattice, 128 spins at a time.

use alloc::vec::Vec;

use super::{Exchanges, TemperingError, check};
use crate::dynamics::{Board, Dice, FlipRule, SingleFlips};
use crate::models::ising::{Ising, Packed};

/// A temperature and the state that is there.
#[derive(Clone, Debug)]
struct Rung {
    temperature: f64,
    flips: SingleFlips,
    state: Packed,
    /// As of the end of the last sweep.
    energy: f64,
}

/// Replicas of one lattice on a ladder of fixed temperatures, rung 0 the coldest, each swept by single flips.
///
/// A round is one sweep at every temperature, from the coldest to the hottest, and then one round of swaps, as of
/// [`Tempering`](super::Tempering). Who was where is not kept: states change places as they are, a bit a spin. The model,
/// and which cells may change, are arguments of every call and must be the same each time.
#[derive(Clone, Debug)]
pub struct LatticeTempering {
    rungs: Vec<Rung>,
    exchanges: Exchanges,
}

impl LatticeTempering {
    /// One state at each of these temperatures, the coldest first; cells that are held must be alike in all of them.
    ///
    /// # Errors
    /// No temperatures or too many; temperatures that are not finite numbers above 0, or do not rise.
    ///
    /// # Panics
    /// If there is not one state a temperature: the callers have checked it.
    pub fn new(
        model: &Ising,
        rule: FlipRule,
        temperatures: &[f64],
        states: Vec<Packed>,
    ) -> Result<Self, TemperingError> {
        check(temperatures)?;
        assert_eq!(states.len(), temperatures.len(), "one state a temperature");
        let rung = |(&temperature, state): (&f64, Packed)| Rung {
            temperature,
            flips: SingleFlips::new(model, rule, temperature),
            energy: model.energy_of(state.sums()),
            state,
        };
        let rungs: Vec<_> = temperatures.iter().zip(states).map(rung).collect();
        let exchanges = Exchanges::new(rungs.len());
        Ok(Self { rungs, exchanges })
    }

    /// Puts saved states and counts back.
    ///
    /// # Panics
    /// If they are of another number of temperatures: the callers have checked it.
    pub fn restore(&mut self, model: &Ising, states: Vec<Packed>, exchanges: Exchanges) {
        assert_eq!(states.len(), self.rungs.len(), "one state a temperature");
        assert_eq!(exchanges.swaps().len(), self.exchanges.swaps().len(), "as many neighbours");
        for (rung, state) in self.rungs.iter_mut().zip(states) {
            rung.energy = model.energy_of(state.sums());
            rung.state = state;
        }
        self.exchanges = exchanges;
    }

    /// Asks every cell at one temperature once, colour by colour, and after the hottest one makes the round of swaps;
    /// how many cells changed by being asked.
    pub fn sweep(&mut self, model: &Ising, board: &Board, rung: usize, dice: &mut Dice) -> u64 {
        let Rung { flips, state, energy, .. } = &mut self.rungs[rung];
        let colours = 0..model.lattice().colours();
        let changed = colours.map(|colour| flips.pass(board, state, colour, dice)).sum();
        *energy = model.energy_of(state.sums());
        if rung + 1 == self.rungs.len() {
            let swap = |cold: &mut Rung, hot: &mut Rung| {
                core::mem::swap(&mut cold.state, &mut hot.state);
                core::mem::swap(&mut cold.energy, &mut hot.energy);
            };
            let of = |rung: &Rung| (rung.temperature, rung.energy);
            self.exchanges.round(&mut self.rungs, of, swap, &mut dice.rng);
        }
        changed
    }

    /// Temperatures, the coldest first.
    pub fn temperatures(&self) -> impl ExactSizeIterator<Item = f64> {
        self.rungs.iter().map(|rung| rung.temperature)
    }

    /// State at a temperature.
    #[must_use]
    pub fn state(&self, rung: usize) -> &Packed {
        &self.rungs[rung].state
    }

    /// States, from the coldest temperature to the hottest.
    pub fn states(&self) -> impl ExactSizeIterator<Item = &Packed> {
        self.rungs.iter().map(|rung| &rung.state)
    }

    /// Swaps tried and made.
    #[must_use]
    pub fn exchanges(&self) -> &Exchanges {
        &self.exchanges
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::dynamics::tempering::ladder;
    use crate::lattice::{Edges, Lattice};

    fn tempered(edges: Edges, held: &[bool]) -> (Ising, Board, LatticeTempering) {
        let model = Ising::new(Lattice::new(6, 6, edges).unwrap(), 1.0, 0.0).unwrap();
        let start = Packed::new(*model.lattice(), &[1; 36]);
        let temperatures = ladder(1.5, 4.0, 5).unwrap();
        let tempering =
            LatticeTempering::new(&model, FlipRule::Metropolis, &temperatures, vec![start; 5]).unwrap();
        let board = Board::new(*model.lattice(), held);
        (model, board, tempering)
    }

    #[test]
    fn states_change_places_with_their_energies_and_held_cells_stay() {
        for edges in [Edges::Periodic, Edges::Free] {
            let mut held = [false; 36];
            held[7] = true;
            let (model, board, mut tempering) = tempered(edges, &held);
            let mut dice = Dice::new(3);
            for _ in 0..200 {
                for rung in 0..5 {
                    tempering.sweep(&model, &board, rung, &mut dice);
                }
                for rung in &tempering.rungs {
                    assert_eq!(rung.energy, model.energy_of(rung.state.sums()));
                    assert!(rung.state.is_up(7));
                }
            }
            let swaps = tempering.exchanges().swaps();
            assert!(swaps.iter().all(|pair| pair.proposed == 100 && pair.accepted > 10), "{swaps:?}");
            assert_eq!((tempering.exchanges().all().proposed, tempering.exchanges().rounds()), (400, 200));
        }
    }

    #[test]
    fn a_run_goes_on_from_what_was_saved() {
        let (model, board, mut tempering) = tempered(Edges::Periodic, &[false; 36]);
        let mut dice = Dice::new(4);
        let run = |tempering: &mut LatticeTempering, dice: &mut Dice| {
            (0..35).for_each(|k| {
                tempering.sweep(&model, &board, k % 5, dice);
            });
        };
        run(&mut tempering, &mut dice);
        let (mut other, mut same) = (self::tempered(Edges::Periodic, &[false; 36]).2, dice.clone());
        other.restore(&model, tempering.states().cloned().collect(), tempering.exchanges().clone());
        run(&mut tempering, &mut dice);
        run(&mut other, &mut same);
        assert!(tempering.states().eq(other.states()));
        assert_eq!(tempering.exchanges(), other.exchanges());
    }
}
