//! The choice of the step.

use super::tableau::DIFFERENCE;
use super::{Integrator, Method};
use crate::math;

/// What is left of a span by rounding alone, as a share of a step.
const ROUNDING: f64 = 1e-9;
/// A step is not cut below this share of the time left, whatever its error.
const LEAST_SHARE: f64 = 1e-12;

/// Share of the best step that is tried.
const SAFETY: f64 = 0.9;
/// What a step may at most grow by, and at most shrink by.
const GROWTH: f64 = 10.0;
const SHRINKING: f64 = 0.2;
/// Powers of the error now and of the one before.
const NOW: f64 = 0.2 - 0.75 * BEFORE;
const BEFORE: f64 = 0.04;
/// An error smaller than this is not remembered.
pub(super) const LEAST_ERROR: f64 = 1e-4;

impl Integrator {
    /// Length of the step to try.
    pub(super) fn next_step(&mut self, state: &[f64], rate: &[f64], left: f64) -> f64 {
        let (wanted, controlled) = match self.method {
            Method::Euler { step } | Method::RungeKutta { step } => (step, false),
            Method::DormandPrince { relative, absolute } => {
                if self.proposal <= 0.0 {
                    self.proposal = first_step(state, rate, relative, absolute, left);
                }
                (self.proposal, true)
            }
        };
        // A velocity that is no number leads nowhere in any number of steps.
        if left <= wanted * (1.0 + ROUNDING) || rate.iter().any(|rate| !rate.is_finite()) {
            left
        } else if controlled && left < 2.0 * wanted {
            // Two like steps, rather than one and a small rest.
            0.5 * left
        } else {
            wanted
        }
    }

    /// Whether a step is good enough; chooses the next one.
    pub(super) fn judge(
        &mut self,
        state: &[f64],
        trial: &[f64],
        rates: &[f64],
        step: f64,
        left: f64,
    ) -> bool {
        let Method::DormandPrince { relative, absolute } = self.method else { return true };
        let error = error(state, trial, rates, step, relative, absolute);
        let forced = step <= LEAST_SHARE * left || rates[..state.len()].iter().any(|rate| !rate.is_finite());
        if error <= 1.0 || forced {
            let factor = SAFETY * power(error, -NOW) * power(self.error, BEFORE);
            let next = if forced { step } else { step * factor.clamp(SHRINKING, GROWTH) };
            // A step cut short to fit says nothing against a longer one.
            self.proposal = if step < self.proposal { self.proposal.max(next) } else { next };
            self.error = if forced { 1.0 } else { error.max(LEAST_ERROR) };
            true
        } else {
            let factor = if error.is_finite() { SAFETY * power(error, -NOW) } else { 0.0 };
            self.proposal = step * factor.clamp(SHRINKING, 1.0);
            false
        }
    }
}

/// Enough to move the state by a hundredth, at a guess (Hairer, Nørsett & Wanner II.4): the control does the rest.
fn first_step(state: &[f64], rate: &[f64], relative: f64, absolute: f64, left: f64) -> f64 {
    let (mut place, mut speed) = (0.0f64, 0.0f64);
    for (x, v) in state.iter().zip(rate) {
        let scale = absolute + relative * math::abs(*x);
        place = place.max(math::abs(*x) / scale);
        speed = speed.max(math::abs(*v) / scale);
    }
    let step = if place > 1e-5 && speed > 1e-5 { 0.01 * place / speed } else { 1e-6 };
    step.min(left).max(LEAST_SHARE * left)
}

/// The largest error of all numbers, in units of the tolerance; infinite if one of them is no number.
fn error(state: &[f64], trial: &[f64], rates: &[f64], step: f64, relative: f64, absolute: f64) -> f64 {
    let n = state.len();
    let mut largest = 0.0;
    for i in 0..n {
        let mut sum = 0.0;
        for (stage, c) in DIFFERENCE.iter().enumerate() {
            sum += c * rates[stage * n + i];
        }
        let scale = absolute + relative * math::abs(state[i]).max(math::abs(trial[i]));
        let error = math::abs(step * sum) / scale;
        if error.is_nan() {
            return f64::INFINITY;
        }
        if error > largest {
            largest = error;
        }
    }
    largest
}

/// x^y of a positive number.
fn power(x: f64, y: f64) -> f64 {
    math::exp(y * math::ln(x))
}
