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
        let mut best: Option<(usize, f64, f64)> = None;
        for unit in 0..model.units() {
            if !state.wants_change(model, self.tie, unit) {
                continue;
            }
            // |ΔE| is twice this for a flip, once for a unit that was unknown.
            let field = state.field(model, unit);
            let step = math::abs(f64::from(self.tie.next(field, state.spins()[unit]) - state.spins()[unit]));
            let (gain, doubt) = (step * math::abs(field), step * model.rounding(unit));
            // Gains that rounding alone tells apart are equal.
            if best.is_none_or(|(_, most, its)| gain > most + its + doubt) {
                best = Some((unit, gain, doubt));
            }
        }
        best.map(|(unit, ..)| unit)
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

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::exact::{Rule, attractors};
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::weights::Weights;

    fn net(rows: &[&[f64]]) -> Hopfield<f64> {
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        let bias = vec![0.0; rows.len()];
        Hopfield::new(Weights::from_rows(&rows).unwrap(), bias, BiasSign::Consistent).unwrap()
    }

    #[test]
    fn of_equal_gains_the_lowest_number_goes_whatever_rounding_left() {
        // Ten times the fields of 01111: -9, -9, 3, 10, -9.
        let net = net(&[
            &[0.0, 0.6, -0.6, -0.8, -0.1],
            &[0.6, 0.0, 0.4, 0.1, -0.8],
            &[-0.6, 0.4, 0.0, -0.2, -0.5],
            &[-0.8, 0.1, -0.2, 0.0, 0.3],
            &[-0.1, -0.8, -0.5, 0.3, 0.0],
        ]);
        let state = State::new(&net, vec![-1, 1, 1, 1, 1]);
        assert_eq!(Greedy::new(Tie::Keep).choice(&net, &state), Some(1));
    }

    #[test]
    fn a_net_that_is_its_own_negative_has_basins_that_are() {
        let net = net(&[&[0.0, -0.3, 0.3], &[-0.3, 0.0, 0.7], &[0.3, 0.7, 0.0]]);
        let found = attractors(&net, Rule::Greedy(Tie::Keep)).unwrap();
        assert_eq!(found.fixed.iter().map(|point| point.basin).collect::<Vec<_>>(), [2, 2, 2, 2]);
    }
}
