//! The energy, term by term.

use super::{Attention, Held, ModernHopfield};
use crate::math;

/// The terms of the energy (Ramsauer et al. 2020, eq. 2). The last two do not depend on the state: they make the energy
/// of a pattern that stands alone about 0. When energies are compared, both must be there or neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyTerms {
    /// `−β⁻¹ ln Σ_μ exp(β x_μ·ξ)`: what draws the state to the patterns.
    pub log_sum_exp: f64,
    /// `½ ξ·ξ`: what keeps it from growing.
    pub half_square: f64,
    /// `β⁻¹ ln P`.
    pub log_patterns: f64,
    /// `½ M²`, half the square of the longest pattern.
    pub half_longest: f64,
}

impl EnergyTerms {
    /// The energy.
    #[must_use]
    pub fn total(&self) -> f64 {
        (self.log_sum_exp + self.log_patterns) + (self.half_square + self.half_longest)
    }
}

impl<T: Held> ModernHopfield<T> {
    /// The energy of a state of n values; `attention` is the state's. Rounding leaves an error of about `10⁻¹⁶ ln P / β`.
    #[must_use]
    pub fn energy(&self, values: &[f64], attention: &Attention) -> EnergyTerms {
        let longest = self.longest();
        EnergyTerms {
            log_sum_exp: -attention.log_sum_exp() / self.beta,
            half_square: 0.5 * values.iter().map(|x| x * x).sum::<f64>(),
            log_patterns: math::ln(self.patterns as f64) / self.beta,
            half_longest: 0.5 * longest * longest,
        }
    }
}
