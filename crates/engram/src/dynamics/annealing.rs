//! A rule that cools as it runs.

use super::{Schedule, State, Thermal, UpdateRule, Visit};
use crate::energy::Conditional;
use crate::rng::Rng;

/// A thermal rule whose temperature follows a schedule: at the start of every sweep the temperature is that of the
/// sweep, and stays so to its end (S. Kirkpatrick, C. D. Gelatt & M. P. Vecchi, Science 220 (1983) 671).
///
/// It never ends by itself. When the schedule is over ([`is_over`](Self::is_over)) the rule goes on as the schedule
/// says: at its last temperature, or at T = 0, until the caller finds that no unit wants to change.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Annealing<R> {
    rule: R,
    schedule: Schedule,
    /// Sweeps completed.
    sweep: u64,
    /// Updates of the sweep that is under way.
    updates: u64,
}

impl<R: Thermal> Annealing<R> {
    /// A rule at the start of a sweep of its own, and the schedule it is to follow.
    #[must_use]
    pub fn new(mut rule: R, schedule: Schedule) -> Self {
        rule.set_temperature(schedule.temperature_at(0));
        Self { rule, schedule, sweep: 0, updates: 0 }
    }

    /// Temperature of the next update.
    #[must_use]
    pub fn temperature(&self) -> f64 {
        self.rule.temperature()
    }

    /// Sweeps completed.
    #[must_use]
    pub fn sweep(&self) -> u64 {
        self.sweep
    }

    /// Whether all sweeps of the schedule are done.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.sweep >= self.schedule.sweeps()
    }

    /// The schedule.
    #[must_use]
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }
}

impl<R: Thermal> UpdateRule for Annealing<R> {
    #[inline]
    fn step<M: Conditional>(&mut self, model: &M, state: &mut State<M::Cache>, rng: &mut Rng) -> Visit {
        let visit = self.rule.step(model, state, rng);
        self.updates += 1;
        if self.updates >= self.rule.sweep_length(model.units()) as u64 {
            self.updates = 0;
            self.sweep = self.sweep.saturating_add(1);
            self.rule.set_temperature(self.schedule.temperature_at(self.sweep));
        }
        visit
    }

    fn sweep_length(&self, units: usize) -> usize {
        self.rule.sweep_length(units)
    }

    fn has_asked_all(&self) -> bool {
        self.rule.has_asked_all()
    }
}
