//! Where a deterministic rule leads from every state of a small net, step by step.

use alloc::vec::Vec;

use super::attractors::{NUMBER, Rule, cycles, successors};
use super::{ExactError, energies};
use crate::energy::{Conditional, Energy};
use crate::order::order_by_key;

/// Most units whose states are all told: 4096 states.
pub const MAX_FLOW: usize = 12;

/// Where some states end: one state that stays, or several in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Numbers of its states (see [`super::spins`]), in turn, from the least on.
    pub states: Vec<u32>,
    /// How many states lead to it, its own included.
    pub basin: u32,
}

/// The graph of all states, each with one arrow to the state that the rule makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// For each state by its number, the state that follows.
    pub next: Vec<u32>,
    /// For each state by its number, which of the ends it leads to.
    pub leads_to: Vec<u32>,
    /// For each state by its number, its energy.
    pub energies: Vec<f64>,
    /// The ends, in the order of their least states.
    pub ends: Vec<End>,
}

impl Flow {
    /// The states that lead to each in one step, by its number and in order; a state that stays leads to itself and is not
    /// counted.
    #[must_use]
    pub fn sources(&self) -> Vec<Vec<u32>> {
        let mut sources = alloc::vec![Vec::new(); self.next.len()];
        for (from, &to) in (0u32..).zip(&self.next) {
            if from != to {
                sources[to as usize].push(from);
            }
        }
        sources
    }
}

/// Finds where a rule leads from every state.
///
/// # Errors
/// More than [`MAX_FLOW`] units, or none.
pub fn flow<M: Energy + Conditional>(net: &M, rule: Rule) -> Result<Flow, ExactError> {
    let units = Energy::units(net);
    if units == 0 || units > MAX_FLOW {
        return Err(ExactError::Flow(units));
    }
    let next = successors(net, rule);
    let mut marked = next.clone();
    let found = cycles(&mut marked);
    let order = order_by_key(found.len(), |k| found[k].least);
    let mut place = alloc::vec![0u32; found.len()];
    (0u32..).zip(&order).for_each(|(at, &k)| place[k] = at);
    let end = |&k: &usize| {
        let mut states = alloc::vec![found[k].least];
        let mut at = found[k].second;
        while at != found[k].least {
            states.push(at);
            at = next[at as usize];
        }
        End { states, basin: found[k].basin }
    };
    let ends = order.iter().map(end).collect();
    let leads_to = marked.iter().map(|entry| place[(entry & NUMBER) as usize]).collect();
    Ok(Flow { leads_to, energies: energies(net), ends, next })
}
