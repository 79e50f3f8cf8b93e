//! Heat bath (Glauber) updates at a temperature.

use core::ops::Range;

use super::{Order, State, Thermal, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::math;
use crate::rng::Rng;

/// Each unit asked is drawn anew from its conditional law `P(s_i = +1) = σ(2 h_i / T)`, so the run samples the
/// Boltzmann distribution `exp(−E/T)/Z` (Glauber 1963; Hinton & Sejnowski 1986). Units are asked once a sweep, in an
/// order drawn afresh.
///
/// The temperature is in units of energy (k_B = 1). At T = 0 the unit follows the sign of its field and a tie is
/// settled by a fair coin.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HeatBath {
    temperature: f64,
    order: Order,
}

impl HeatBath {
    /// For so many units at a temperature `T >= 0`.
    #[must_use]
    pub fn new(units: usize, temperature: f64) -> Self {
        Self { temperature, order: Order::new(units) }
    }

    /// For these units alone, at least one: the others are never asked. Where many units are clamped it saves asking them.
    #[must_use]
    pub fn among(units: Range<u16>, temperature: f64) -> Self {
        Self { temperature, order: Order::among(units) }
    }

    /// Changes the temperature; the sweep goes on where it was.
    pub fn set_temperature(&mut self, temperature: f64) {
        self.temperature = temperature;
    }

    /// `P(s = +1)` in a field, both in units of energy.
    #[must_use]
    pub fn probability(field: f64, temperature: f64) -> f64 {
        if temperature > 0.0 {
            math::sigmoid(2.0 * field / temperature)
        } else if field == 0.0 {
            0.5
        } else if field > 0.0 {
            1.0
        } else {
            0.0
        }
    }

    /// Draws whether a unit is +1, with that probability.
    #[inline]
    pub(super) fn is_up(field: f64, temperature: f64, rng: &mut Rng) -> bool {
        if temperature > 0.0 {
            rng.logistic(2.0 * field / temperature)
        } else {
            rng.bernoulli(Self::probability(field, temperature))
        }
    }
}

impl UpdateRule for HeatBath {
    #[inline]
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, rng: &mut Rng) -> Visit {
        let unit = self.order.draw(rng);
        // The draw is made for clamped units too: clamping a unit leaves the dice of the others as they were.
        let up = Self::is_up(state.field(model, unit), self.temperature, rng);
        let changed = !state.clamped()[unit] && state.set(model, unit, if up { 1 } else { -1 });
        Visit { unit: Some(unit as u32), changed: u32::from(changed) }
    }

    fn sweep_length(&self, _units: usize) -> usize {
        self.order.length()
    }
}

impl Thermal for HeatBath {
    fn temperature(&self) -> f64 {
        self.temperature
    }

    fn set_temperature(&mut self, temperature: f64) {
        self.temperature = temperature;
    }
}
