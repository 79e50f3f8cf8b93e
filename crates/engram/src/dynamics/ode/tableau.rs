//! The coefficients of the methods.

use super::Method;
use crate::kernel;

/// A method's coefficients. Stage k + 1 is looked at where the velocities of the stages before lead.
pub(super) struct Tableau {
    pub stages: &'static [&'static [f64]],
    pub weights: &'static [f64],
    /// Whether the last stage is where the step ends, so that its velocity is the first of the next step.
    pub ends_with_result: bool,
}

impl Tableau {
    pub fn of(method: Method) -> Self {
        match method {
            Method::Euler { .. } => Self { stages: &[], weights: &[1.0], ends_with_result: false },
            Method::RungeKutta { .. } => Self {
                stages: &[&[0.5], &[0.0, 0.5], &[0.0, 0.0, 1.0]],
                weights: &[1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0],
                ends_with_result: false,
            },
            Method::DormandPrince { .. } => {
                Self { stages: &PAIR, weights: PAIR[PAIR.len() - 1], ends_with_result: true }
            }
        }
    }
}

/// Dormand & Prince 1980, table 2: the stages, the last of them the result of order 5.
const PAIR: [&[f64]; 6] = [
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[19_372.0 / 6561.0, -25_360.0 / 2187.0, 64_448.0 / 6561.0, -212.0 / 729.0],
    &[9017.0 / 3168.0, -355.0 / 33.0, 46_732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18_656.0],
    &[35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
];

/// The result of order 5 less that of order 4.
pub(super) const DIFFERENCE: [f64; 7] =
    [71.0 / 57_600.0, 0.0, -71.0 / 16_695.0, 71.0 / 1920.0, -17_253.0 / 339_200.0, 22.0 / 525.0, -1.0 / 40.0];

/// `to = state + step · Σ_k c_k · rate_k`.
pub(super) fn combine(to: &mut [f64], state: &[f64], step: f64, coefficients: &[f64], rates: &[f64]) {
    to.fill(0.0);
    for (&c, rate) in coefficients.iter().zip(rates.chunks_exact(state.len())) {
        if c != 0.0 {
            kernel::add_scaled(to, c, rate);
        }
    }
    for (to, x) in to.iter_mut().zip(state) {
        *to = x + step * *to;
    }
}
