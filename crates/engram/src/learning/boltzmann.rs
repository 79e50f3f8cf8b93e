//! Learning in Boltzmann machines with any links, one way a file.
//!
//! # What is learned
//! Weights and biases under which the machine, left to itself, shows the patterns as often as the data do. Every way goes
//! by the same two averages, with the visible units clamped to the data and with the machine free,
//! `Δw_ij = ε (⟨x_i x_j⟩⁺ − ⟨x_i x_j⟩⁻)` and `Δb_i = ε (⟨x_i⟩⁺ − ⟨x_i⟩⁻)`, which over T are the gradient of the mean
//! log-likelihood; they differ in how they come by the averages.
//!
//! - [`ExactAscent`]: looks at all states. What the others estimate, for small machines.
//! - [`AnnealedPhases`]: draws both phases by simulated annealing, as in 1985.
//! - [`ContrastiveDivergence`]: lets the machine go from the data for a few sweeps only. Sooner, and biased.
//!
//! Each is settings alone. What is learned are the weights and biases of the machine, each step takes a machine and gives
//! the averages that it went by, and what it draws comes from the caller's generator.
//!
//! # References
//! D. H. Ackley, G. E. Hinton & T. J. Sejnowski, *A learning algorithm for Boltzmann machines*, Cognitive Science 9 (1985)
//! 147. G. E. Hinton, *Training products of experts by minimizing contrastive divergence*, Neural Computation 14 (2002)
//! 1771.

mod annealed;
mod contrastive;
mod exact;
mod run;

pub use annealed::{AnnealedPhases, ClampNoise, Stage};
pub use contrastive::ContrastiveDivergence;
pub use exact::ExactAscent;

use crate::models::boltzmann::{Boltzmann, BoltzmannError, Statistics, check};

/// Differences of averages below this are nothing but rounding of their sums.
const EQUAL: f64 = 1e-12;

/// How far a weight goes for the difference of its averages.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Step {
    /// So many times the difference: the learning rate ε, above 0 up to 1000.
    Rate(f64),
    /// By so much, whatever the size of the difference, in the direction of its sign; not at all where it is 0. Above 0 up
    /// to 1000.
    Fixed(f64),
}

impl Step {
    fn of(self, difference: f64) -> f64 {
        match self {
            Self::Rate(rate) => rate * difference,
            Self::Fixed(size) if difference > EQUAL => size,
            Self::Fixed(size) if difference < -EQUAL => -size,
            Self::Fixed(_) => 0.0,
        }
    }

    fn check(self) -> Result<(), BoltzmannError> {
        let (name, size) = match self {
            Self::Rate(rate) => ("learning rate", rate),
            Self::Fixed(size) => ("step", size),
        };
        check(name, size, size > 0.0 && size <= 1000.0, "above 0 up to 1000")
    }
}

/// Changes weights and biases by the difference of the averages. Before that each weight, not the biases, loses the share
/// `decay` of itself.
fn apply(
    machine: &mut Boltzmann,
    difference: &Statistics,
    step: Step,
    decay: f64,
) -> Result<(), BoltzmannError> {
    let of = |(value, difference): (f64, &f64)| value + step.of(*difference);
    let kept = machine.weights().iter().map(|w| w - decay * w);
    let weights = kept.zip(&difference.link).map(of).collect();
    let bias = machine.bias().iter().copied().zip(&difference.unit).map(of).collect();
    machine.set_parameters(weights, bias)
}

fn check_decay(decay: f64) -> Result<(), BoltzmannError> {
    check("decay", decay, (0.0..=1.0).contains(&decay), "0 to 1")
}

/// A count that is to be from `least` to a million.
fn check_count(name: &'static str, count: u32, least: u32) -> Result<(), BoltzmannError> {
    let allowed = if least == 0 { "0 to 1000000" } else { "1 to 1000000" };
    check(name, f64::from(count), (least..=1_000_000).contains(&count), allowed)
}
