//! Metropolis updates at a temperature.

use super::{HeatBath, State, Thermal, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::math;
use crate::rng::Rng;

/// The flip of one unit is proposed and made with probability `min(1, exp(−ΔE/T))`, `ΔE = 2 s_i h_i`, so the run samples
/// the Boltzmann distribution `exp(−E/T)/Z` (Metropolis, Rosenbluth, Rosenbluth, Teller & Teller, J. Chem. Phys. 21
/// (1953) 1087).
///
/// # Which unit
/// Of n + 1 equally likely draws, n propose the flip of a unit and one proposes nothing. A flip that costs nothing is
/// always made, so where none costs anything (T infinite, no weights) the state goes round by rule with every other
/// way to choose: units in turn, or in an order drawn afresh, turn all spins over once a sweep; units drawn at random
/// change the parity of the state at each update, so that after an even number of them half of all states never come
/// up. The draw that proposes nothing breaks the rhythm and keeps the law, since proposals stay symmetric.
///
/// # The ends of the scale
/// The temperature is in units of energy (k_B = 1). At T = 0 what gains is made, what costs is not, and what does
/// neither is always made: on a plateau the state wanders and never rests, though no unit wants to change. At infinite
/// T every flip is made.
///
/// # Unknown and clamped units
/// An unknown unit has no flip. Asked for the first time it is drawn from its conditional law, as by [`HeatBath`], and is
/// ±1 ever after. A clamped unit is never changed; the draws are made for it as for any other, so clamping leaves the
/// dice of the others as they were.
///
/// # What a visit says
/// `unit` is the unit for which a change was proposed, none where nothing was (the empty draw, or a clamped unit);
/// `changed` is 1 if the proposal was accepted. [`crate::observe::Acceptance`] counts them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Metropolis {
    temperature: f64,
}

impl Metropolis {
    /// At a temperature `T >= 0`.
    #[must_use]
    pub fn new(temperature: f64) -> Self {
        Self { temperature }
    }

    /// `min(1, exp(−ΔE/T))`: the probability that a change which costs this much energy is made.
    #[must_use]
    pub fn acceptance(cost: f64, temperature: f64) -> f64 {
        if cost <= 0.0 {
            1.0
        } else if temperature > 0.0 {
            math::exp(-cost / temperature)
        } else {
            0.0
        }
    }
}

impl UpdateRule for Metropolis {
    #[inline]
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, rng: &mut Rng) -> Visit {
        let units = state.spins().len();
        let unit = rng.below(units as u32 + 1) as usize;
        let Some(&spin) = state.spins().get(unit) else {
            let _ = rng.word();
            return Visit { unit: None, changed: 0 };
        };
        let field = state.field(model, unit);
        let to = if spin == 0 {
            if HeatBath::is_up(field, self.temperature, rng) { 1 } else { -1 }
        } else {
            let cost = 2.0 * f64::from(spin) * field;
            let accepted = if cost > 0.0 && self.temperature > 0.0 {
                rng.decay(cost / self.temperature)
            } else {
                rng.bernoulli(Self::acceptance(cost, self.temperature))
            };
            if accepted { -spin } else { spin }
        };
        if state.clamped()[unit] {
            return Visit { unit: None, changed: 0 };
        }
        Visit { unit: Some(unit as u32), changed: u32::from(state.set(model, unit, to)) }
    }
}

impl Thermal for Metropolis {
    fn temperature(&self) -> f64 {
        self.temperature
    }

    fn set_temperature(&mut self, temperature: f64) {
        self.temperature = temperature;
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::rng::Stream;
    use crate::weights::Weights;

    fn net(rows: &[Vec<f64>], bias: &[f64]) -> Hopfield<f64> {
        Hopfield::new(Weights::from_rows(rows).unwrap(), bias.to_vec(), BiasSign::Consistent).unwrap()
    }

    #[test]
    fn the_law_of_acceptance() {
        assert_eq!(Metropolis::acceptance(0.0, 0.0), 1.0);
        assert_eq!(Metropolis::acceptance(-3.0, 0.5), 1.0);
        assert_eq!(Metropolis::acceptance(1e-300, 0.0), 0.0);
        assert_eq!(Metropolis::acceptance(5.0, f64::INFINITY), 1.0);
        assert!((Metropolis::acceptance(2.0, 1.0) - 0.135_335_283_236_612_7).abs() < 1e-16);
    }

    #[test]
    fn at_zero_temperature_gains_and_ties_are_taken_and_costs_are_not() {
        // Unit 0 likes its bias, unit 1 is free, unit 2 stands against its bias.
        let net = net(&vec![vec![0.0; 3]; 3], &[1.0, 0.0, 1.0]);
        let mut rng = Rng::new(1, Stream::Dynamics, 0);
        let mut rule = Metropolis::new(0.0);
        let (mut state, mut turns) = (State::new(&net, vec![1, 1, -1]), [0; 3]);
        for _ in 0..400 {
            let visit = rule.step(&net, &mut state, &mut rng);
            visit.unit.iter().for_each(|&unit| turns[unit as usize] += visit.changed);
        }
        assert_eq!((turns[0], turns[2], state.spins()[0], state.spins()[2]), (0, 1, 1, 1));
        assert!(turns[1] > 60, "{turns:?}");
    }

    #[test]
    fn clamping_leaves_the_dice_of_the_others() {
        let net = net(&vec![vec![0.0; 4]; 4], &[0.3, -0.2, 0.1, 0.4]);
        let run = |clamped: bool| {
            let mut rng = Rng::new(2, Stream::Dynamics, 0);
            let mut state = State::new(&net, vec![1, 1, 0, 1]);
            state.clamp(1, clamped);
            let mut rule = Metropolis::new(0.7);
            let (mut others, mut moved) = (vec![], false);
            for _ in 0..200 {
                let visit = rule.step(&net, &mut state, &mut rng);
                assert!(!clamped || visit.unit != Some(1));
                let s = state.spins();
                others.push((s[0], s[2], s[3]));
                moved |= s[1] != 1;
            }
            assert_eq!(moved, !clamped);
            (others, rng)
        };
        // Without weights the others cannot feel the difference.
        assert_eq!(run(true), run(false));
    }
}
