//! What the resting states of two units are.

use alloc::vec::Vec;

use super::{Plane, search};
use crate::math;
use crate::models::graded::Graded;

/// Share of a sum's parts that counts as 0: what rounding leaves, and zeros that are just parting.
const ROUNDING: f64 = 1e-7;

/// A number that may be complex.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Eigenvalue {
    /// Its real part.
    pub real: f64,
    /// Its imaginary part.
    pub imaginary: f64,
}

/// What small deviations from a resting state do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// They die out: two negative eigenvalues.
    StableNode,
    /// They die out going round: two complex eigenvalues with negative real part.
    StableSpiral,
    /// They die out along one line and grow along another: one negative and one positive eigenvalue.
    Saddle,
    /// They grow: two positive eigenvalues.
    UnstableNode,
    /// They grow going round.
    UnstableSpiral,
    /// To first order some neither grow nor die: an eigenvalue is 0, or its real part is, but for rounding.
    Marginal,
}

/// A state at rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resting {
    /// u.
    pub inputs: [f64; 2],
    /// V.
    pub outputs: [f64; 2],
    /// Its energy.
    pub energy: f64,
    /// Of the motion of u near it, per unit of time: the larger real part first, or the positive imaginary part.
    pub eigenvalues: [Eigenvalue; 2],
    /// What they mean.
    pub stability: Stability,
}

impl Plane {
    /// All resting states, by u_1 and then u_2, exact but for rounding. Those that are just meeting or parting, closer
    /// than 10⁻⁴ in λu, may be told as one, and only to about that.
    #[must_use]
    pub fn resting(&self) -> Vec<Resting> {
        search::zeros(&self.net).into_iter().map(|inputs| describe(&self.net, inputs)).collect()
    }
}

fn describe(net: &Graded, inputs: [f64; 2]) -> Resting {
    let m = net.jacobian(&inputs);
    let half_trace = 0.5 * (m[0] + m[3]);
    let half_difference = 0.5 * (m[0] - m[3]);
    let determinant = m[0] * m[3] - m[1] * m[2];
    // (trace/2)² − determinant, of parts that cancel less.
    let square = half_difference * half_difference + m[1] * m[2];
    let root = math::sqrt(math::abs(square));
    let eigenvalues = if square < 0.0 {
        [root, -root].map(|imaginary| Eigenvalue { real: half_trace, imaginary })
    } else {
        // The smaller one from their product: the difference would be nothing but rounding.
        let large = if half_trace < 0.0 { half_trace - root } else { half_trace + root };
        let small = if large == 0.0 { 0.0 } else { determinant / large };
        [large.max(small), large.min(small)].map(|real| Eigenvalue { real, imaginary: 0.0 })
    };
    // Of each by its own parts: the two units may be of very different speed.
    let flat = math::abs(determinant) <= ROUNDING * (math::abs(m[0] * m[3]) + math::abs(m[1] * m[2]));
    let turning = math::abs(half_trace) <= ROUNDING * 0.5 * (math::abs(m[0]) + math::abs(m[3]));
    let stability = match (determinant > 0.0, half_trace < 0.0) {
        _ if flat => Stability::Marginal,
        (false, _) => Stability::Saddle,
        _ if square < 0.0 && turning => Stability::Marginal,
        (true, true) if square < 0.0 => Stability::StableSpiral,
        (true, false) if square < 0.0 => Stability::UnstableSpiral,
        (true, true) => Stability::StableNode,
        (true, false) => Stability::UnstableNode,
    };
    let outputs = inputs.map(|u| net.gain().output(u));
    Resting { inputs, outputs, energy: net.energy(&inputs), eigenvalues, stability }
}
