//! Exact results for small nets, by looking at every state.
//!
//! A net of n binary units has 2^n states; up to [`MAX_UNITS`] units all of them are visited, in the order of a Gray
//! code, so that each differs from the one before in a single unit. Energies are carried along by the cost of that
//! one flip and taken afresh every few states, so that rounding cannot pile up.
//!
//! A state is named by a number: bit i is set where unit i is +1 (see [`spins`] and [`code`]).
//!
//! - [`Exact::enumerate`]: partition function, mean energy, heat capacity, means and pairs at a temperature
//! - [`Levels`]: the energy of every state, and with it the thermodynamics at every temperature
//! - [`minima`]: the local minima of the energy
//! - [`attractors`]: where a deterministic rule ends, and from how many starts
//! - [`onsager`]: the infinite square lattice, which has an exact solution of its own
//! - [`flow`]: where it leads from every state, step by step
//! - [`proper_colouring`]: colours for the vertices of a graph, or that there are none
//! - [`ground`]: the ground states; [`overlaps`]: how alike two states of one temperature are
//! - [`shortest_tour`]: the shortest of all ways round some cities

mod attractors;
mod boltzmann;
mod colours;
mod flow;
mod held_karp;
mod landscape;
mod levels;
pub mod onsager;
mod overlaps;

pub use attractors::{Attractors, FixedPoint, OtherCycles, Rule, TwoCycle, attractors};
pub use boltzmann::Exact;
pub(crate) use boltzmann::walsh_transform;
pub use colours::proper_colouring;
pub use flow::{End, Flow, MAX_FLOW, flow};
pub use held_karp::{MAX_TOUR, TooManyCities, shortest_tour};
pub use landscape::{Class, Minima, Stable, minima};
pub use levels::{Levels, Thermodynamics};
pub use overlaps::{Ground, ground, overlaps};

use alloc::vec::Vec;
use core::fmt;

use crate::dynamics::State;
use crate::energy::{Conditional, Energy};

/// Most units that are enumerated: 2^20 states.
pub const MAX_UNITS: usize = 20;

/// States after which energy and sums are taken afresh.
const ANCHOR: u32 = 32;

/// Share of the largest energy below which two energies count as equal: far above the rounding of a sum of at most
/// 210 terms, far below any difference that weights were meant to have.
const EQUAL: f64 = 1e-12;

/// Why a net could not be enumerated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExactError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// No units, or more than [`MAX_FLOW`].
    Flow(usize),
    /// A temperature that is negative or not a number.
    Temperature(f64),
}

impl fmt::Display for ExactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(
                f,
                "exact results look at every state and need 1 to {MAX_UNITS} units; this net has {n}"
            ),
            Self::Flow(n) => {
                write!(f, "the flow of all states is told of 1 to {MAX_FLOW} units; this net has {n}")
            }
            Self::Temperature(t) => write!(f, "the temperature is {t}; it must be a number of 0 or more"),
        }
    }
}

impl core::error::Error for ExactError {}

/// The state of this number: `units` spins of ±1.
#[must_use]
pub fn spins(code: u32, units: usize) -> Vec<i8> {
    (0..units).map(|i| if code >> i & 1 == 1 { 1 } else { -1 }).collect()
}

/// The number of this state of at most 32 spins.
#[must_use]
pub fn code(spins: &[i8]) -> u32 {
    spins.iter().enumerate().fold(0, |code, (i, &s)| code | u32::from(s > 0) << i)
}

fn check<M: Energy>(net: &M) -> Result<usize, ExactError> {
    match net.units() {
        n @ 1..=MAX_UNITS => Ok(n),
        n => Err(ExactError::Units(n)),
    }
}

/// Visits every state once, with its number; the sums in the state are up to date.
fn walk<M: Conditional>(net: &M, mut visit: impl FnMut(u32, &State<M::Cache>)) {
    let units = net.units();
    let mut state = State::new(net, alloc::vec![-1; units]);
    let mut number = 0u32;
    visit(number, &state);
    for step in 1..1u32 << units {
        let unit = step.trailing_zeros() as usize;
        number ^= 1 << unit;
        state.set(net, unit, -state.spins()[unit]);
        if step % ANCHOR == 0 {
            state.refresh(net);
        }
        visit(number, &state);
    }
}

/// The energy of every state, by its number.
pub(crate) fn energies<M: Energy>(net: &M) -> Vec<f64> {
    let mut all = alloc::vec![0.0; 1 << net.units()];
    each_energy(net, |number, energy| all[number as usize] = energy);
    all
}

/// Visits every state once: its number and its energy.
fn each_energy<M: Energy>(net: &M, mut visit: impl FnMut(u32, f64)) {
    let units = net.units();
    let mut spins = alloc::vec![-1i8; units];
    let mut number = 0u32;
    let mut energy = net.energy(&spins);
    visit(number, energy);
    for step in 1..1u32 << units {
        let unit = step.trailing_zeros() as usize;
        number ^= 1 << unit;
        let to = -spins[unit];
        if step % ANCHOR == 0 {
            spins[unit] = to;
            energy = net.energy(&spins);
        } else {
            energy += net.delta(&spins, unit, to);
            spins[unit] = to;
        }
        visit(number, energy);
    }
}

/// Least and greatest of the energies, and the difference below which two of them count as equal.
fn range(energies: &[f64]) -> (f64, f64, f64) {
    let least = energies.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = energies.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (least, greatest, EQUAL * f64::max(-least, greatest).max(greatest - least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::weights::Weights;

    #[test]
    fn numbers_and_states_go_both_ways() {
        assert_eq!(spins(0b0110, 4), [-1, 1, 1, -1]);
        assert!((0..64).all(|number| code(&spins(number, 6)) == number));
    }

    #[test]
    fn too_many_units_are_refused_by_number() {
        let net =
            Hopfield::new(Weights::<f64>::zero(21, 1.0).unwrap(), alloc::vec![0.0; 21], BiasSign::Consistent)
                .unwrap();
        assert_eq!(Exact::enumerate(&net, 1.0).unwrap_err(), ExactError::Units(21));
        assert_eq!(minima(&net).unwrap_err(), ExactError::Units(21));
        let message = alloc::format!("{}", ExactError::Units(21));
        assert!(message.contains("1 to 20 units; this net has 21"), "{message}");
    }

    #[test]
    fn the_walk_carries_energies_and_sums_without_drift() {
        let n = 11;
        let rows: Vec<Vec<f64>> = (0..n)
            .map(|i| (0..n).map(|j| if i == j { 0.0 } else { 0.1 * ((i + j) % 7) as f64 - 0.3 }).collect())
            .collect();
        let bias = (0..n).map(|i| 0.01 * i as f64).collect();
        let net =
            Hopfield::<f64>::new(Weights::from_rows(&rows).unwrap(), bias, BiasSign::Consistent).unwrap();
        let table = energies(&net);
        let mut seen = 0;
        walk(&net, |number, state| {
            assert_eq!(state.spins(), spins(number, n));
            assert!((net.energy(state.spins()) - table[number as usize]).abs() < 1e-13);
            for (kept, fresh) in state.cache().iter().zip(net.cache(state.spins())) {
                assert!((kept - fresh).abs() < 1e-13);
            }
            seen += 1;
        });
        assert_eq!(seen, 1 << n);
    }
}
