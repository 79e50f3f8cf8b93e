//! One unit at a time, in random order.

use super::{Order, State, Tie, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::rng::Rng;

/// Asynchronous updates at zero temperature: every sweep asks each unit once, in an order drawn afresh.
///
/// With symmetric weights and a zero diagonal no update raises the energy, so the net settles (Hopfield 1982).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Asynchronous {
    tie: Tie,
    order: Order,
}

impl Asynchronous {
    /// For so many units.
    #[must_use]
    pub fn new(units: usize, tie: Tie) -> Self {
        Self { tie, order: Order::new(units) }
    }
}

impl UpdateRule for Asynchronous {
    #[inline]
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, rng: &mut Rng) -> Visit {
        let unit = self.order.draw(rng);
        state.follow(model, self.tie, unit)
    }

    fn has_asked_all(&self) -> bool {
        self.order.is_through()
    }
}
