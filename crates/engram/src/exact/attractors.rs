//! Where a deterministic rule ends.

use alloc::vec;
use alloc::vec::Vec;

use super::{ExactError, check, walk};
use crate::dynamics::{Greedy, State, Tie};
use crate::energy::{Conditional, Energy};
use crate::order::sort_by;

/// A rule that leads from each state to exactly one other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// All units at once ([`crate::dynamics::Synchronous`]).
    Synchronous(Tie),
    /// One sweep over the units in the order of their numbers ([`crate::dynamics::Sequential`]).
    Sequential(Tie),
    /// One change of the unit that gains most ([`crate::dynamics::Greedy`]).
    Greedy(Tie),
}

/// A state that the rule leaves as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedPoint {
    /// Number of the state (see [`super::spins`]).
    pub code: u32,
    /// Its energy.
    pub energy: f64,
    /// How many start states end here, itself included.
    pub basin: u32,
}

/// Two states that the rule leads into each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoCycle {
    /// Numbers of the states, the smaller first.
    pub codes: [u32; 2],
    /// Their energies.
    pub energies: [f64; 2],
    /// How many start states end in the cycle, its own two included.
    pub basin: u32,
}

/// Cycles of three states or more. With symmetric weights there are none (Goles & Olivos 1981).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OtherCycles {
    /// How many cycles there are.
    pub count: u32,
    /// States in the longest of them.
    pub longest: u32,
    /// How many start states end in any of them.
    pub basin: u32,
}

/// Where all start states end. Every state is counted in exactly one basin.
#[derive(Clone, Debug, PartialEq)]
pub struct Attractors {
    /// Fixed points by number of the state.
    pub fixed: Vec<FixedPoint>,
    /// Cycles of two by number of the smaller state.
    pub two_cycles: Vec<TwoCycle>,
    /// How many start states end in any cycle of two.
    pub two_cycle_basin: u32,
    /// All longer cycles together.
    pub other: OtherCycles,
}

impl Attractors {
    /// Basin of a fixed point; 0 for a state that is none.
    #[must_use]
    pub fn basin(&self, code: u32) -> u32 {
        self.fixed.binary_search_by_key(&code, |point| point.code).map_or(0, |at| self.fixed[at].basin)
    }
}

/// Finds all fixed points and cycles of a rule, and counts the start states that end in each.
///
/// # Errors
/// More than [`super::MAX_UNITS`] units, or none.
pub fn attractors<M: Energy + Conditional>(net: &M, rule: Rule) -> Result<Attractors, ExactError> {
    let units = check(net)?;
    let mut next = successors(net, rule);
    let energy = |code: u32| net.energy(&super::spins(code, units));
    let mut found = Attractors {
        fixed: Vec::new(),
        two_cycles: Vec::new(),
        two_cycle_basin: 0,
        other: OtherCycles::default(),
    };
    for cycle in cycles(&mut next) {
        let (code, basin) = (cycle.least, cycle.basin);
        match cycle.length {
            1 => found.fixed.push(FixedPoint { code, energy: energy(code), basin }),
            2 => {
                let codes = [code, cycle.second];
                found.two_cycles.push(TwoCycle { codes, energies: codes.map(energy), basin });
                found.two_cycle_basin += basin;
            }
            length => {
                found.other.count += 1;
                found.other.longest = found.other.longest.max(length);
                found.other.basin += basin;
            }
        }
    }
    sort_by(&mut found.fixed, |a, b| a.code.cmp(&b.code));
    sort_by(&mut found.two_cycles, |a, b| a.codes.cmp(&b.codes));
    Ok(found)
}

/// The state that the rule makes of each, by its number.
pub(super) fn successors<M: Conditional>(net: &M, rule: Rule) -> Vec<u32> {
    let units = net.units();
    let mut next = vec![0u32; 1 << units];
    match rule {
        Rule::Synchronous(tie) => walk(net, |code, state| {
            next[code as usize] = (0..units)
                .filter(|&i| tie.next(state.field(net, i), state.spins()[i]) > 0)
                .fold(0, |to, i| to | 1 << i);
        }),
        Rule::Sequential(tie) => walk(net, |code, state| next[code as usize] = swept(net, state, tie)),
        Rule::Greedy(tie) => {
            let greedy = Greedy::new(tie);
            walk(net, |code, state| {
                // What changes is a spin of ±1, so it becomes the other one.
                next[code as usize] = greedy.choice(net, state).map_or(code, |unit| code ^ 1 << unit);
            });
        }
    }
    next
}

/// The state after one sweep in the order of the units.
fn swept<M: Conditional>(net: &M, start: &State<M::Cache>, tie: Tie) -> u32 {
    // Until a unit changes the sums are those of the start, so a state at rest is never copied.
    let units = start.spins().len();
    let Some(first) = (0..units).find(|&i| start.wants_change(net, tie, i)) else {
        return super::code(start.spins());
    };
    let mut state = start.clone();
    for unit in first..units {
        state.follow(net, tie, unit);
    }
    super::code(state.spins())
}

/// States that a rule leads through in turn.
pub(super) struct Cycle {
    /// The least of their numbers.
    pub least: u32,
    /// The state after the least; itself for a fixed point.
    pub second: u32,
    /// How many states there are.
    pub length: u32,
    /// How many states lead to it, its own included.
    pub basin: u32,
}

/// On the path that is being followed.
const ON_PATH: u32 = 1 << 30;
/// The end is known, and its number stands in place of the next state.
const KNOWN: u32 = 1 << 31;
/// The number in an entry.
pub(super) const NUMBER: u32 = ON_PATH - 1;

/// The cycles of a map of states to states, found within the map's own memory: each entry turns from the next state
/// into the cycle that it leads to, with [`NUMBER`] around it.
pub(super) fn cycles(next: &mut [u32]) -> Vec<Cycle> {
    let mut found: Vec<Cycle> = Vec::new();
    for start in 0..next.len() {
        let mut at = start;
        while next[at] & (KNOWN | ON_PATH) == 0 {
            next[at] |= ON_PATH;
            at = (next[at] & NUMBER) as usize;
        }
        let end = if next[at] & KNOWN != 0 {
            next[at] & NUMBER
        } else {
            found.push(cycle_through(next, at as u32));
            found.len() as u32 - 1
        };
        let mut at = start;
        while next[at] & KNOWN == 0 {
            let after = (next[at] & NUMBER) as usize;
            next[at] = KNOWN | end;
            found[end as usize].basin += 1;
            at = after;
        }
    }
    found
}

fn cycle_through(next: &[u32], state: u32) -> Cycle {
    let after = |at: u32| next[at as usize] & NUMBER;
    let (mut least, mut length, mut at) = (state, 1, after(state));
    while at != state {
        least = least.min(at);
        length += 1;
        at = after(at);
    }
    Cycle { least, second: after(least), length, basin: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_of_any_length_end_and_are_counted() {
        // 0 → 1 → 2 → 0; 3 → 0; 4 fixed; 5 → 4; 6 ↔ 7.
        let found = cycles(&mut [1, 2, 0, 0, 4, 4, 7, 6]);
        let told: Vec<_> = found.iter().map(|c| (c.least, c.second, c.length, c.basin)).collect();
        assert_eq!(told, [(0, 1, 3, 4), (4, 4, 1, 2), (6, 7, 2, 2)]);
    }
}
