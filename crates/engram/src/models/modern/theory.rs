//! What is proven of storage and retrieval, and where the mean of all patterns gives way.
//!
//! After H. Ramsauer et al., *Hopfield Networks is All You Need*, arXiv 2008.02217, theorems 3 to 5.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::{Held, ModernHopfield};
use crate::math;

/// Why a capacity could not be given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapacityError {
    /// Name of the setting.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// What is allowed.
    pub allowed: &'static str,
}

impl fmt::Display for CapacityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}; allowed is {}", self.name, self.value, self.allowed)
    }
}

impl core::error::Error for CapacityError {}

/// How many random patterns can be stored, by theorem 3: of patterns drawn evenly from a sphere of radius `K √(n − 1)` in
/// n dimensions, `P = √p c^((n − 1)/4)` can be stored with probability `1 − p`, where
/// `a = 2/(n − 1) · (1 + ln(2 β K² p (n − 1)))`, `b = 2 K² β / 5`, `c = b / W₀(exp(a + ln b))`, as long as
/// `c ≥ (2/√p)^(4/(n − 1))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// a.
    pub a: f64,
    /// b.
    pub b: f64,
    /// c, the base of the exponential growth.
    pub base: f64,
    /// What c must reach.
    pub least_base: f64,
    /// ln P: the number itself may be larger than any that is held.
    pub ln_patterns: f64,
}

impl Capacity {
    /// For inverse temperature β, radius in units of √(n − 1), n units, and the probability p that it fails.
    ///
    /// # Errors
    /// β or the radius not positive numbers up to 10⁹, fewer than 2 units or more than 10⁹, p outside (0, 1].
    pub fn new(beta: f64, radius: f64, units: u32, failure: f64) -> Result<Self, CapacityError> {
        let checks = [
            ("inverse temperature", beta, beta > 0.0 && beta <= 1e9, "a positive number up to 1e9"),
            ("radius", radius, radius > 0.0 && radius <= 1e9, "a positive number up to 1e9"),
            ("number of units", f64::from(units), (2..=1_000_000_000).contains(&units), "2 to 1e9"),
            ("probability of failure", failure, failure > 0.0 && failure <= 1.0, "above 0 and at most 1"),
        ];
        if let Some(&(name, value, _, allowed)) = checks.iter().find(|check| !check.2) {
            return Err(CapacityError { name, value, allowed });
        }
        let dimension = f64::from(units) - 1.0;
        let [ln_beta, ln_radius, ln_failure] = [beta, radius, failure].map(math::ln);
        let ln_square = ln_beta + 2.0 * ln_radius;
        let a =
            2.0 / dimension * (1.0 + core::f64::consts::LN_2 + ln_square + ln_failure + math::ln(dimension));
        let ln_b = math::ln(0.4) + ln_square;
        // W₀(e^x) is about e^x where that is too small to be held.
        let x = a + ln_b;
        let ln_base = if x < -700.0 { -a } else { ln_b - math::ln(math::lambert_w_of_exp(x)) };
        Ok(Self {
            a,
            b: math::exp(ln_b),
            base: math::exp(ln_base),
            least_base: math::exp(4.0 / dimension * (core::f64::consts::LN_2 - 0.5 * ln_failure)),
            ln_patterns: 0.5 * ln_failure + 0.25 * dimension * ln_base,
        })
    }

    /// Whether c is so large that the theorem holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.base >= self.least_base
    }
}

impl<T: Held> ModernHopfield<T> {
    /// Separation of a pattern from the others, `Δ_μ = x_μ·x_μ − max_{ν ≠ μ} x_μ·x_ν`; infinite if there is no other. Looks at
    /// all patterns once.
    #[must_use]
    pub fn separation(&self, pattern: usize) -> f64 {
        let scores = self.scores(&self.pattern(pattern));
        let others = scores.iter().enumerate().filter(|&(other, _)| other != pattern);
        self.squares[pattern] - others.fold(f64::NEG_INFINITY, |most, (_, &score)| most.max(score))
    }

    /// The separation from which on a pattern has a fixed point near it by the paper's sufficient condition,
    /// `2/(βP) + β⁻¹ ln(2 (P − 1) P β M²)`; −∞ where there is no other pattern or all are 0.
    #[must_use]
    pub fn sufficient_separation(&self) -> f64 {
        let (count, longest) = (self.patterns as f64, self.longest());
        let argument = 2.0 * (count - 1.0) * count * self.beta * longest * longest;
        if argument == 0.0 {
            return f64::NEG_INFINITY;
        }
        2.0 / (self.beta * count) + math::ln(argument) / self.beta
    }

    /// How far one update of a state can end from a pattern, if the state is no farther from it than `distance` and its
    /// separation is Δ: `2 (P − 1) M exp(−β (Δ − 2 M distance))`. A state at rest is its own update, so it holds for the
    /// distance of a fixed point as well.
    ///
    /// It follows from the update: each other pattern has a score lower by `Δ − 2 M distance` at least, and none is farther
    /// than 2M away.
    #[must_use]
    pub fn retrieval_error_bound(&self, separation: f64, distance: f64) -> f64 {
        let (others, longest) = (self.patterns as f64 - 1.0, self.longest());
        if others == 0.0 {
            return 0.0;
        }
        2.0 * others * longest * math::exp(-self.beta * (separation - 2.0 * longest * distance))
    }
}

/// The largest eigenvalue λ of the covariance of the patterns under weights p, by repeated multiplication (power
/// iteration), a step at a time: `C = Σ_μ p_μ (x_μ − m)(x_μ − m)'` with their mean m.
///
/// The derivative of the update is βC with the weights of the state's [attention](super::Attention). So a state at rest
/// is stable where `βλ < 1`; and where all scores are the same at the patterns' mean, as for centred patterns, the mean
/// of all is a fixed point that is stable below the critical `β_c = 1/λ` of equal weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    weights: Vec<f64>,
    mean: Vec<f64>,
    vector: Vec<f64>,
    eigenvalue: f64,
    residual: f64,
}

impl Spread {
    /// Under equal weights.
    #[must_use]
    pub fn even<T: Held>(net: &ModernHopfield<T>) -> Self {
        Self::under(net, vec![1.0 / net.patterns as f64; net.patterns])
    }

    /// Under P weights that sum to 1.
    #[must_use]
    pub fn under<T: Held>(net: &ModernHopfield<T>, weights: Vec<f64>) -> Self {
        let mean = net.mean(&weights);
        // Some direction that is not likely to be at right angles to any: the golden ratio's multiples, less their whole
        // parts.
        let vector = (1..=net.units).map(|i| {
            let x = i as f64 * 0.618_033_988_749_894_9;
            x - math::floor(x) + 0.5
        });
        let mut vector: Vec<f64> = vector.collect();
        normalise(&mut vector);
        Self { weights, mean, vector, eigenvalue: 0.0, residual: f64::INFINITY }
    }

    /// One multiplication, which looks at all patterns twice.
    pub fn step<T: Held>(&mut self, net: &ModernHopfield<T>) {
        let along: f64 = dot(&self.mean, &self.vector);
        let mut deviations = net.scores(&self.vector);
        let mut sum = 0.0;
        for (deviation, weight) in deviations.iter_mut().zip(&self.weights) {
            *deviation = (*deviation - along) * weight;
            sum += *deviation;
        }
        let mut product = net.mean(&deviations);
        product.iter_mut().zip(&self.mean).for_each(|(x, m)| *x -= sum * m);
        self.eigenvalue = dot(&product, &self.vector);
        let apart = product.iter().zip(&self.vector).map(|(x, v)| x - self.eigenvalue * v);
        self.residual = math::sqrt(apart.map(|x| x * x).sum());
        if normalise(&mut product) {
            self.vector = product;
        }
    }

    /// λ as far as it is known: never more than it is, but for rounding. 0 before the first step.
    #[must_use]
    pub fn eigenvalue(&self) -> f64 {
        self.eigenvalue
    }

    /// Length of `Cv − λv`: an eigenvalue is no farther than this from λ. Infinite before the first step.
    #[must_use]
    pub fn residual(&self) -> f64 {
        self.residual
    }

    /// `1/λ`: infinite if the patterns are all the same.
    #[must_use]
    pub fn critical_beta(&self) -> f64 {
        1.0 / self.eigenvalue.max(0.0)
    }

    /// The direction of length 1 in which the patterns spread most; the mean of all gives way in it first.
    #[must_use]
    pub fn direction(&self) -> &[f64] {
        &self.vector
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// To length 1; false if it is 0.
fn normalise(vector: &mut [f64]) -> bool {
    let length = math::sqrt(dot(vector, vector));
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
    length > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_constants_come_out() {
        let base = |beta, radius, units| Capacity::new(beta, radius, units, 0.001).unwrap().base;
        assert!((base(1.0, 3.0, 20) - 3.154_611).abs() < 5e-7);
        assert!((base(1.0, 1.0, 75) - 1.371_878).abs() < 5e-7);
    }

    #[test]
    fn constants_solve_their_equation_however_large() {
        // c = b / w with w e^w = b e^a: ln w + w = ln b + a.
        for (beta, radius, units) in
            [(1.0, 3.0, 20), (1e9, 1e9, 2), (1e-9, 1e-3, 4096), (4.0, 1.0, 1_000_000)]
        {
            let capacity = Capacity::new(beta, radius, units, 0.01).unwrap();
            let w = capacity.b / capacity.base;
            let (left, right) = (math::ln(w) + w, math::ln(capacity.b) + capacity.a);
            assert!((left - right).abs() < 1e-9 * right.abs().max(1.0), "{capacity:?}");
            let ln_patterns = 0.5 * math::ln(0.01) + 0.25 * f64::from(units - 1) * math::ln(capacity.base);
            assert!((capacity.ln_patterns / ln_patterns - 1.0).abs() < 1e-9);
        }
        // Larger than any number that is held.
        assert!(Capacity::new(1.0, 3.0, 4096, 0.01).unwrap().ln_patterns > 1000.0);
    }

    #[test]
    fn the_theorem_says_where_it_holds() {
        let capacity = |units| Capacity::new(1.0, 3.0, units, 0.001).unwrap();
        assert!(capacity(20).holds() && !capacity(5).holds());
        // (2/√p)^(4/19).
        assert!((capacity(20).least_base - 2.394_220_856).abs() < 1e-9);
    }

    #[test]
    fn settings_out_of_range_are_named() {
        let name =
            |beta, radius, units, failure| Capacity::new(beta, radius, units, failure).unwrap_err().name;
        assert_eq!(name(0.0, 1.0, 20, 0.1), "inverse temperature");
        assert_eq!(name(1.0, f64::NAN, 20, 0.1), "radius");
        assert_eq!(name(1.0, 1.0, 1, 0.1), "number of units");
        assert_eq!(name(1.0, 1.0, 20, 1.5), "probability of failure");
    }
}
