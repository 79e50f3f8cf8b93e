//! The graded network: units whose outputs go smoothly from one end to the other.
//!
//! # What it is
//! n amplifiers with input u_i and output `V_i = g(λ u_i)`, joined by conductances `T_ij`. Each input has a capacitance
//! C_i and leaks through a resistance R_i; a current I_i comes from outside. In the limit of a steep gain its resting
//! states are those of the binary network.
//!
//! # Energy
//! `E(V) = −½ Σ_ij T_ij V_i V_j + Σ_i (1/R_i) ∫_0^{V_i} g⁻¹(V)/λ dV − Σ_i I_i V_i`, with the price of each output in closed
//! form ([`Gain::price`]). For symmetric weights `dE/dt = −Σ_i C_i (dV_i/du_i) (du_i/dt)² ≤ 0`.
//!
//! # Dynamics
//! `C_i du_i/dt = Σ_j T_ij V_j − u_i/R_i + I_i`, a [`Flow`] in the inputs u, run by [`crate::dynamics::Integrator`]. It
//! is integrated in u and not in V: near the ends of the range many u have the same V but for rounding.
//!
//! # Shapes
//! Weights (n, n), which need not be symmetric (then the energy may rise), each unit's weight to itself (n), circuit
//! (n) each, state u (n).
//!
//! # References
//! J. J. Hopfield, *Neurons with graded response have collective computational properties like those of two-state
//! neurons*, PNAS 81 (1984) 3088: eq. 5 (motion), 7 (energy), 9–10 (its fall).

mod circuit;
mod gain;
pub mod plane;

use circuit::each;
pub use circuit::{Circuit, GradedError, Values};
pub use gain::{Gain, GainError, STEEPNESS, Shape};

use alloc::vec;
use alloc::vec::Vec;

use crate::dynamics::Flow;
use crate::kernel;
use crate::math;
use crate::weights::Weights;

/// The energy by its parts, in units of energy.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// `−½ Σ T_ij V_i V_j`.
    pub interaction: f64,
    /// `Σ (1/R_i) ∫ g⁻¹(V)/λ dV`, what the leak holds against outputs away from the middle.
    pub leak: f64,
    /// `−Σ I_i V_i`.
    pub current: f64,
}

impl Terms {
    /// The energy.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.interaction + self.leak + self.current
    }
}

/// How fast a state moves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Motion {
    /// max_i |du_i/dt|: the distance to rest.
    pub inputs: f64,
    /// max_i |dV_i/dt|: how fast what is seen moves.
    pub outputs: f64,
    /// max_i |g(u_i + R_i C_i du_i/dt) − V_i|: how far from its output each unit would end if the others stayed as they
    /// are. Units at the end of their range can stand still while their inputs are on the way to the other end.
    pub ahead: f64,
}

impl Motion {
    /// Whether no output moves faster than `bound`, in outputs per unit of time, and none is on the way to another that
    /// differs by more ([`REST`] where nothing else is asked for). The inputs of units at the ends of their range may still
    /// be moving, but come to the same end.
    #[must_use]
    pub fn is_at_rest(&self, bound: f64) -> bool {
        self.outputs < bound && self.ahead < bound
    }
}

/// Outputs that move slower than this, per unit of time, and are on the way to no others, are taken to be at rest.
pub const REST: f64 = 1e-6;

/// A network: weights, gain and circuit. Immutable while it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    weights: Weights<f64>,
    gain: Gain,
    capacitance: Vec<f64>,
    resistance: Vec<f64>,
    current: Vec<f64>,
    own: Vec<f64>,
    symmetric: bool,
}

impl Graded {
    /// A network of these weights.
    ///
    /// # Errors
    /// Numbers of the circuit that are too many or too few, or out of range.
    pub fn new(weights: Weights<f64>, gain: Gain, circuit: Circuit) -> Result<Self, GradedError> {
        let n = weights.units();
        let Circuit { capacitance, resistance, current, own } = circuit;
        let positive = |name, values| each(name, values, n, 1e-9, "1e-9 to 1e9");
        let any = |name, values| each(name, values, n, -1e9, "-1e9 to 1e9");
        Ok(Self {
            capacitance: positive("capacitance", capacitance)?,
            resistance: positive("resistance", resistance)?,
            current: any("current", current)?,
            own: any("weight to itself", own)?,
            symmetric: weights.is_symmetric(),
            weights,
            gain,
        })
    }

    /// The same network at another gain.
    #[must_use]
    pub fn with_gain(mut self, gain: Gain) -> Self {
        self.gain = gain;
        self
    }

    /// Number of units, n.
    #[must_use]
    pub fn units(&self) -> usize {
        self.weights.units()
    }

    /// The weights between units.
    #[must_use]
    pub fn weights(&self) -> &Weights<f64> {
        &self.weights
    }

    /// `T_ij`, a unit's weight to itself included.
    #[must_use]
    pub fn weight(&self, i: usize, j: usize) -> f64 {
        if i == j { self.own[i] } else { self.weights.get(i, j) }
    }

    /// The curve from inputs to outputs.
    #[must_use]
    pub fn gain(&self) -> Gain {
        self.gain
    }

    /// C, n of them.
    #[must_use]
    pub fn capacitance(&self) -> &[f64] {
        &self.capacitance
    }

    /// R, n of them.
    #[must_use]
    pub fn resistance(&self) -> &[f64] {
        &self.resistance
    }

    /// I, n of them.
    #[must_use]
    pub fn current(&self) -> &[f64] {
        &self.current
    }

    /// Whether `T_ij = T_ji` for every pair, so that the energy never rises.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.symmetric
    }

    /// Outputs V of inputs u.
    #[must_use]
    pub fn outputs(&self, inputs: &[f64]) -> Vec<f64> {
        inputs.iter().map(|&u| self.gain.output(u)).collect()
    }

    /// Inputs u of outputs V, a state to start from.
    #[must_use]
    pub fn inputs(&self, outputs: &[f64]) -> Vec<f64> {
        outputs.iter().map(|&v| self.gain.input(v)).collect()
    }

    /// Inputs of a state of ±1 spins (0 for unknown), their outputs `level` of the way from the middle to the ends.
    #[must_use]
    pub fn inputs_of_spins(&self, spins: &[i8], level: f64) -> Vec<f64> {
        let output = |&s: &i8| self.gain.of_signed(level * f64::from(s));
        spins.iter().map(|s| self.gain.input(output(s))).collect()
    }

    /// On which side of the middle each unit is: ±1, or 0 exactly on it.
    #[must_use]
    pub fn spins(&self, inputs: &[f64]) -> Vec<i8> {
        inputs.iter().map(|&u| i8::from(u > 0.0) - i8::from(u < 0.0)).collect()
    }

    /// The energy of a state of n inputs, by its parts.
    #[must_use]
    pub fn terms(&self, inputs: &[f64]) -> Terms {
        self.parts(&self.outputs(inputs), |i| self.gain.price_of_input(inputs[i]))
    }

    /// The energy of n outputs, by its parts. Outputs at the ends of the range count as the last number before.
    #[must_use]
    pub fn terms_of_outputs(&self, outputs: &[f64]) -> Terms {
        self.parts(outputs, |i| self.gain.price(outputs[i]))
    }

    /// The energy of a state of n inputs.
    #[must_use]
    pub fn energy(&self, inputs: &[f64]) -> f64 {
        self.terms(inputs).total()
    }

    fn parts(&self, outputs: &[f64], price: impl Fn(usize) -> f64) -> Terms {
        let mut sums = vec![0.0; outputs.len()];
        self.add_sums(|i| outputs[i], &mut sums);
        let mut terms = Terms::default();
        for (i, (v, sum)) in outputs.iter().zip(&sums).enumerate() {
            terms.interaction -= 0.5 * v * sum;
            terms.leak += price(i) / self.resistance[i];
            terms.current -= self.current[i] * v;
        }
        terms
    }

    /// dE/dt of a state of n inputs: `Σ_i (∂E/∂V_i) dV_i/dt`, for symmetric weights `−Σ_i C_i (dV_i/du_i) (du_i/dt)²`.
    #[must_use]
    pub fn energy_rate(&self, inputs: &[f64]) -> f64 {
        let mut rates = vec![0.0; inputs.len()];
        self.velocity(inputs, &mut rates);
        let mut outputs = if self.symmetric { Vec::new() } else { self.outputs(inputs) };
        outputs.resize(self.weights.stride(), 0.0);
        let mut sum = 0.0;
        for (i, &rate) in rates.iter().enumerate() {
            let mut slope = -self.capacitance[i] * rate;
            if !self.symmetric {
                // The energy has the symmetric part of T alone: the motion follows its slope but for the other part.
                let sent = kernel::dot(self.weights.sent(i), &outputs);
                let felt: f64 = (0..inputs.len()).map(|j| self.weights.raw(i, j) * outputs[j]).sum();
                slope += 0.5 * self.weights.scale() * (felt - sent);
            }
            sum += slope * self.gain.slope(inputs[i]) * rate;
        }
        sum
    }

    /// How fast a state of n inputs moves.
    #[must_use]
    pub fn motion(&self, inputs: &[f64]) -> Motion {
        let mut rates = vec![0.0; inputs.len()];
        self.velocity(inputs, &mut rates);
        let mut motion = Motion::default();
        for (i, (&u, rate)) in inputs.iter().zip(rates).enumerate() {
            let end = self.gain.output(u + self.resistance[i] * self.capacitance[i] * rate);
            motion.inputs = motion.inputs.max(math::abs(rate));
            motion.outputs = motion.outputs.max(math::abs(rate) * self.gain.slope(u));
            motion.ahead = motion.ahead.max(math::abs(end - self.gain.output(u)));
        }
        motion
    }

    /// `∂(du_i/dt)/∂u_j = (T_ij dV_j/du_j − δ_ij/R_i) / C_i`, row by row, shape (n, n): a resting state is stable where
    /// all its eigenvalues are below 0.
    #[must_use]
    pub fn jacobian(&self, inputs: &[f64]) -> Vec<f64> {
        let slopes: Vec<f64> = inputs.iter().map(|&u| self.gain.slope(u)).collect();
        let mut rows = Vec::with_capacity(inputs.len() * inputs.len());
        for i in 0..inputs.len() {
            for (j, slope) in slopes.iter().enumerate() {
                let leak = if i == j { 1.0 / self.resistance[i] } else { 0.0 };
                rows.push((self.weight(i, j) * slope - leak) / self.capacitance[i]);
            }
        }
        rows
    }

    /// `sums_i += Σ_j T_ij V_j`, with outputs that are asked for one by one, in order.
    fn add_sums(&self, output: impl Fn(usize) -> f64, sums: &mut [f64]) {
        let n = sums.len();
        let scale = self.weights.scale();
        let mut fours = 0;
        while fours + 4 <= n {
            let v: [f64; 4] = core::array::from_fn(|k| output(fours + k));
            for (k, v) in v.iter().enumerate() {
                sums[fours + k] += self.own[fours + k] * v;
            }
            let rows = core::array::from_fn(|k| self.weights.sent(fours + k));
            kernel::add_scaled4(sums, v.map(|v| scale * v), rows);
            fours += 4;
        }
        for j in fours..n {
            let v = output(j);
            sums[j] += self.own[j] * v;
            kernel::add_scaled(sums, scale * v, self.weights.sent(j));
        }
    }
}

impl Flow for Graded {
    fn dimension(&self) -> usize {
        self.units()
    }

    fn velocity(&self, inputs: &[f64], rate: &mut [f64]) {
        rate.copy_from_slice(&self.current);
        self.add_sums(|j| self.gain.output(inputs[j]), rate);
        for (i, rate) in rate.iter_mut().enumerate() {
            *rate = (*rate - inputs[i] / self.resistance[i]) / self.capacitance[i];
        }
    }
}
