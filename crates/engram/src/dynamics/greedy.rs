//! Steepest descent.

use super::{State, Tie, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::math;
use crate::rng::Rng;

/// At each update the unit whose change lowers the energy most is changed; of equals, the one with the lowest
/// number. Deterministic. If nothing wants to change, nothing happens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Greedy {
    tie: Tie,
}

impl Greedy {
    /// With this tie rule.
    #[must_use]
    pub fn new(tie: Tie) -> Self {
        Self { tie }
    }

    /// The unit that an update would change; none if no unit wants to.
    #[must_use]
    pub fn choice<M: Conditional>(&self, model: &M, state: &State<M::Cache>) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for unit in 0..model.units() {
            if !state.wants_change(model, self.tie, unit) {
                continue;
            }
            // |ΔE| is twice this for a flip, once for a unit that was unknown.
            let field = state.field(model, unit);
            let step = f64::from(self.tie.next(field, state.spins()[unit]) - state.spins()[unit]);
            let gain = math::abs(step * field);
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((unit, gain));
            }
        }
        best.map(|(unit, _)| unit)
    }
}

impl UpdateRule for Greedy {
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, _rng: &mut Rng) -> Visit {
        match self.choice(model, state) {
            Some(unit) => state.follow(model, self.tie, unit),
            None => Visit { unit: None, changed: 0 },
        }
    }

    fn has_asked_all(&self) -> bool {
        true
    }
}
