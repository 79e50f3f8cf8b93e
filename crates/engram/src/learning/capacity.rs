//! How much a rule holds.

use crate::math;

/// How many patterns of fair coins a rule holds, in patterns for each unit of the net. Every rule tells its own and
/// where the number comes from. "Measured" means here: with this crate, nets of 100 and of 400 units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Up to here patterns come back in every unit: nine of ten or more from a cue with a tenth of its units turned
    /// over, unless the rule says otherwise. 0: they do so for no number of patterns.
    pub safe: f64,
    /// The most that the rule holds; beyond, what it learned is no memory of the patterns.
    pub most: f64,
}

impl Capacity {
    /// No rule is surer of its patterns than it holds them. (`clamp` can fail, and its message brings a second printer
    /// of numbers into what the page loads.)
    pub(super) fn new(safe: f64, most: f64) -> Self {
        Self { safe: safe.max(0.0).min(most), most }
    }
}

/// ln n, and never less than that of two units: a bound for large nets has no sense in smaller ones.
pub(super) fn log_units(units: usize) -> f64 {
    math::ln(units.max(2) as f64)
}
