//! One unit at a time, in the order of their numbers.

use super::{State, Tie, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::rng::Rng;

/// Asynchronous updates at zero temperature in the fixed order 0, 1, … n − 1: the same run every time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sequential {
    tie: Tie,
    next: u16,
}

impl Sequential {
    /// Starting with unit 0.
    #[must_use]
    pub fn new(tie: Tie) -> Self {
        Self { tie, next: 0 }
    }
}

impl UpdateRule for Sequential {
    #[inline]
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, _rng: &mut Rng) -> Visit {
        let unit = usize::from(self.next);
        self.next = if unit + 1 == model.units() { 0 } else { self.next + 1 };
        state.follow(model, self.tie, unit)
    }

    fn has_asked_all(&self) -> bool {
        true
    }
}
