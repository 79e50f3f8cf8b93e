//! Update rules, one a file.
//!
//! A rule decides which unit is asked next and what it becomes; the model says what each unit feels. Time is counted
//! in updates: one visit of one unit, or, for the synchronous rule, one step of all units together.

mod annealing;
mod asynchronous;
mod board;
mod clusters;
mod greedy;
mod heat_bath;
mod metropolis;
mod ode;
mod order;
pub mod schedule;
mod sequential;
mod single_flips;
mod swendsen_wang;
mod synchronous;
pub mod tempering;
mod wolff;

pub use annealing::Annealing;
pub use asynchronous::Asynchronous;
pub use board::Board;
pub use greedy::Greedy;
pub use heat_bath::HeatBath;
pub use metropolis::Metropolis;
pub use ode::{Flow, Integrator, Method, OdeError, Progress};
pub use order::Order;
pub use schedule::Schedule;
pub use sequential::Sequential;
pub use single_flips::{Dice, FlipRule, PROPOSED, SingleFlips};
pub use swendsen_wang::SwendsenWang;
pub use synchronous::Synchronous;
pub use tempering::Tempering;
pub use wolff::{ClusterFlip, Wolff};

use alloc::vec::Vec;

use crate::energy::Conditional;
use crate::math;
use crate::rng::Rng;

/// What a unit does when its field is exactly zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Tie {
    /// It stays as it is.
    #[default]
    Keep,
    /// It becomes +1.
    Plus,
    /// It becomes −1.
    Minus,
}

impl Tie {
    /// The spin that follows from a field.
    #[inline]
    #[must_use]
    pub fn next(self, field: f64, spin: i8) -> i8 {
        // Signs come as by a coin, ties seldom: only the tie is worth a branch.
        let sign = i8::from(field > 0.0) - i8::from(field < 0.0);
        if sign != 0 {
            return sign;
        }
        match self {
            Self::Keep => spin,
            Self::Plus => 1,
            Self::Minus => -1,
        }
    }
}

/// A state of n spins with the sums that belong to it, and which units are held fixed.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct State<C> {
    spins: Vec<i8>,
    cache: C,
    clamped: Vec<bool>,
    /// Changes since the sums were made.
    changes: u32,
}

impl<C: Clone> State<C> {
    /// A state of `model.units()` spins (−1, +1, or 0 for unknown), nothing clamped.
    ///
    /// # Panics
    /// If the number of spins is not the number of units: the callers have checked it.
    pub fn new<M: Conditional<Cache = C>>(model: &M, spins: Vec<i8>) -> Self {
        assert_eq!(spins.len(), model.units(), "one spin a unit");
        let cache = model.cache(&spins);
        let clamped = alloc::vec![false; spins.len()];
        Self { spins, cache, clamped, changes: 0 }
    }

    /// Puts a saved state back, sums and all, bit for bit.
    ///
    /// # Panics
    /// If the lengths differ: the callers have checked them.
    pub fn restore(spins: Vec<i8>, cache: C, clamped: Vec<bool>) -> Self {
        assert_eq!(spins.len(), clamped.len(), "one clamp a unit");
        // How old the sums are is not known.
        Self { spins, cache, clamped, changes: u32::MAX }
    }

    /// The spins.
    #[must_use]
    pub fn spins(&self) -> &[i8] {
        &self.spins
    }

    /// The spins, when nothing else is wanted any more.
    #[must_use]
    pub fn into_spins(self) -> Vec<i8> {
        self.spins
    }

    /// The sums.
    #[must_use]
    pub fn cache(&self) -> &C {
        &self.cache
    }

    /// Which units are held fixed.
    #[must_use]
    pub fn clamped(&self) -> &[bool] {
        &self.clamped
    }

    /// Holds a unit fixed, or lets it go.
    pub fn clamp(&mut self, unit: usize, held: bool) {
        self.clamped[unit] = held;
    }

    /// Sets a unit, clamped or not, and keeps the sums right. True if it changed.
    #[inline]
    pub fn set<M: Conditional<Cache = C>>(&mut self, model: &M, unit: usize, to: i8) -> bool {
        let from = core::mem::replace(&mut self.spins[unit], to);
        if from == to {
            return false;
        }
        model.changed(&self.spins, &mut self.cache, unit, from);
        self.changes = self.changes.saturating_add(1);
        true
    }

    /// Lets a unit follow its field at zero temperature.
    #[inline]
    pub fn follow<M: Conditional<Cache = C>>(&mut self, model: &M, tie: Tie, unit: usize) -> Visit {
        let to = tie.next(self.field(model, unit), self.spins[unit]);
        let changed = !self.clamped[unit] && self.set(model, unit, to);
        Visit { unit: Some(unit as u32), changed: u32::from(changed) }
    }

    /// Puts another state in place of this one. Where few units change, the sums are mended; where many do, they are
    /// made afresh.
    pub fn replace<M: Conditional<Cache = C>>(&mut self, model: &M, spins: Vec<i8>, changed: usize) {
        if changed * 8 < spins.len() {
            for (unit, &to) in spins.iter().enumerate() {
                self.set(model, unit, to);
            }
        } else {
            self.spins = spins;
            self.refresh(model);
        }
    }

    /// Sums from scratch: after many changes this sheds the rounding they left.
    pub fn refresh<M: Conditional<Cache = C>>(&mut self, model: &M) {
        self.cache = model.cache(&self.spins);
        self.changes = 0;
    }

    /// Whether the sums, made afresh, would leave the sign of every free unit's field what it is.
    pub fn is_sure<M: Conditional<Cache = C>>(&self, model: &M) -> bool {
        let changes = f64::from(self.changes);
        self.changes == 0
            || (0..self.spins.len()).all(|i| {
                let drift = model.drift(i);
                drift == 0.0 || self.clamped[i] || math::abs(self.field(model, i)) > drift * changes
            })
    }

    /// Field of a unit.
    #[inline]
    pub fn field<M: Conditional<Cache = C>>(&self, model: &M, unit: usize) -> f64 {
        model.field(&self.spins, &self.cache, unit)
    }

    /// Whether an update at zero temperature would change this unit.
    #[inline]
    pub fn wants_change<M: Conditional<Cache = C>>(&self, model: &M, tie: Tie, unit: usize) -> bool {
        !self.clamped[unit] && tie.next(self.field(model, unit), self.spins[unit]) != self.spins[unit]
    }

    /// How many units an update at zero temperature would change. Zero means settled.
    pub fn unstable<M: Conditional<Cache = C>>(&self, model: &M, tie: Tie) -> usize {
        (0..self.spins.len()).filter(|&i| self.wants_change(model, tie, i)).count()
    }
}

/// What one update did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The unit that was asked; none for a step of all units together, or if there was nothing to do.
    pub unit: Option<u32>,
    /// How many units changed.
    pub changed: u32,
}

/// A way of updating the units of a model.
pub trait UpdateRule {
    /// Makes one update.
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, rng: &mut Rng) -> Visit;

    /// Updates in one sweep over `units` units.
    fn sweep_length(&self, units: usize) -> usize {
        units
    }

    /// Asked after as many updates as a sweep has: whether they have asked every unit, so that the state is at rest
    /// if nothing has changed.
    fn has_asked_all(&self) -> bool {
        false
    }
}

/// A rule that follows fields the less surely the hotter it is.
pub trait Thermal: UpdateRule {
    /// Temperature T of the next update, in units of energy (k_B = 1).
    fn temperature(&self) -> f64;

    /// Changes the temperature, `T >= 0`; everything else goes on where it was.
    fn set_temperature(&mut self, temperature: f64);
}

/// Runs whole sweeps until one passes without a change, or `max_sweeps` are done; where the sums can have drifted too
/// far to tell, they are then made afresh and the state asked again, so that rounding cannot pass for rest. `tie` is
/// that of the rule. The number of sweeps, and whether it settled.
pub fn settle<M: Conditional, R: UpdateRule>(
    rule: &mut R,
    model: &M,
    state: &mut State<M::Cache>,
    tie: Tie,
    rng: &mut Rng,
    max_sweeps: usize,
) -> (usize, bool) {
    let length = rule.sweep_length(model.units());
    for sweep in 1..=max_sweeps {
        let mut changed = 0;
        for _ in 0..length {
            changed += rule.step(model, state, rng).changed;
        }
        if changed == 0 {
            let sure = state.is_sure(model);
            if sure && rule.has_asked_all() {
                return (sweep, true);
            }
            if !sure {
                state.refresh(model);
            }
            if state.unstable(model, tie) == 0 {
                return (sweep, true);
            }
        }
    }
    (max_sweeps, state.unstable(model, tie) == 0)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::weights::Weights;

    #[test]
    fn sums_are_trusted_only_where_rounding_cannot_turn_a_field() {
        let third = 1.0 / 3.0;
        let rows = [vec![0.0, third, -third], vec![third, 0.0, third], vec![-third, third, 0.0]];
        let net = |bias: f64| {
            let weights = Weights::<f32>::from_rows(&rows).unwrap();
            Hopfield::new(weights, vec![bias; 3], BiasSign::Consistent).unwrap()
        };
        let moved = |net: &Hopfield<f32>| {
            let mut state = State::new(net, vec![1, 1, 1]);
            assert!(state.is_sure(net));
            for to in [-1, 1] {
                assert!(state.set(net, 2, to));
            }
            state
        };
        // Unit 0 feels 1/3 − 1/3: what is left of it may be nothing but rounding.
        let mut state = moved(&net(0.0));
        assert!(!state.is_sure(&net(0.0)));
        state.refresh(&net(0.0));
        assert!(state.is_sure(&net(0.0)));
        // With a bias all fields are far from zero, whatever two changes have left.
        let state = moved(&net(1.0));
        assert!(state.is_sure(&net(1.0)));
        // Of sums that come from elsewhere nothing is known.
        let restored = State::restore(vec![1, 1, 1], state.cache().clone(), vec![false; 3]);
        assert!(!restored.is_sure(&net(0.0)));
    }
}
