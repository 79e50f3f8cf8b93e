//! All units at once.

use alloc::vec::Vec;

use super::{State, Tie, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::rng::Rng;

/// Every unit looks at the same old state and all change together; one update is one such step.
///
/// The energy can rise. With symmetric weights the run ends in a fixed point or in a cycle of two states (Goles &
/// Olivos 1981), so the two states before the present one are kept to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Synchronous {
    tie: Tie,
    /// The state one step ago; empty before the first step.
    before: Vec<i8>,
    cycling: bool,
}

impl Synchronous {
    /// With this tie rule.
    #[must_use]
    pub fn new(tie: Tie) -> Self {
        Self { tie, before: Vec::new(), cycling: false }
    }

    /// Whether the present state equals the one two steps ago and differs from the last: a cycle of two.
    #[must_use]
    pub fn is_cycling(&self) -> bool {
        self.cycling
    }
}

impl UpdateRule for Synchronous {
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, _rng: &mut Rng) -> Visit {
        let old = state.spins().to_vec();
        let next: Vec<i8> = (0..old.len())
            .map(|i| if state.clamped()[i] { old[i] } else { self.tie.next(state.field(model, i), old[i]) })
            .collect();
        let changed = next.iter().zip(&old).filter(|(a, b)| a != b).count();
        self.cycling = changed > 0 && next == self.before;
        self.before = old;
        state.replace(model, next, changed);
        Visit { unit: None, changed: changed as u32 }
    }

    fn sweep_length(&self, _units: usize) -> usize {
        1
    }

    fn has_asked_all(&self) -> bool {
        true
    }
}
