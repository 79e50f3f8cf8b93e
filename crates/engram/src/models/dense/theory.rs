//! What is known of how much a dense associative memory holds, for patterns of independent fair coins.
//!
//! A stored bit feels the signal `F(n) − F(n − 2)` of its own memory and from each other memory a crosstalk
//! `x [F(r + 1) − F(r − 1)]`, where x is a fair sign and r a sum of n − 1 of them. The crosstalk has mean 0; its variance
//! is known exactly, and to leading order in n it is `4 d² (2d − 3)!! n^(d−1)` for the full power of degree d. Taking the
//! sum for Gaussian gives the chance of an error. For d = 2 that is the Hopfield network's. The true chance is larger for
//! d ≥ 3, where the crosstalk has heavy tails.
//!
//! References: D. Krotov & J. J. Hopfield, arXiv 1606.01164, section 2 (powers); M. Demircigil et al., J. Stat. Phys. 168
//! (2017) 288, theorem 3 (exponential).

use super::Interaction;
use crate::math;

/// Chance of an error in a bit at which a memory is said to be no longer held (Krotov & Hopfield 2016).
pub const ERROR_ALLOWED: f64 = 0.005;

/// (2d − 3)!! = 1 · 3 · 5 … (2d − 3), 1 for d = 1: the number of ways to pair 2d − 2 things.
#[must_use]
pub fn pairings(degree: u32) -> f64 {
    (2..=degree).map(|d| f64::from(2 * d - 3)).product()
}

/// n^(d−1).
fn capacity_unit(degree: u32, units: usize) -> f64 {
    (1..degree).map(|_| units as f64).product()
}

/// Variance of the crosstalk of one memory to leading order in n: `4 d² (2d − 3)!! n^(d−1)`.
#[must_use]
pub fn leading_variance(degree: u32, units: usize) -> f64 {
    let d = f64::from(degree);
    4.0 * d * d * pairings(degree) * capacity_unit(degree, units)
}

/// Variance of the crosstalk of one memory in units of the squared signal, exactly: the mean over r of
/// `[F(r + 1) − F(r − 1)]² / [F(n) − F(n − 2)]²`.
#[must_use]
pub fn crosstalk_variance(interaction: Interaction, units: usize) -> f64 {
    let rest = units.max(1) as i32 - 1;
    // An exponential's signal may be beyond the range of numbers: it is counted from there.
    let step = |r: i32| match interaction {
        Interaction::Exponential => math::exp(f64::from(r - rest)),
        power => power.difference(r + 1, r - 1) / power.difference(rest + 1, rest - 1),
    };
    let squared = |r: i32| step(r) * step(r);
    // Binomial weights relative to the middle one, outwards: none of them is lost, even where 2^n is out of range.
    let middle = rest / 2;
    let (mut weight, mut weights, mut sum) = (1.0, 1.0, squared(2 * middle - rest));
    for ups in middle + 1..=rest {
        weight *= f64::from(rest - ups + 1) / f64::from(ups);
        weights += weight;
        sum += weight * squared(2 * ups - rest);
    }
    weight = 1.0;
    for ups in (0..middle).rev() {
        weight *= f64::from(ups + 1) / f64::from(rest - ups);
        weights += weight;
        sum += weight * squared(2 * ups - rest);
    }
    sum / weights
}

/// Chance that a Gaussian of this variance exceeds 1.
fn tail(variance: f64) -> f64 {
    0.5 * math::erfc(math::sqrt(0.5 / variance))
}

/// Chance that a stored bit is unstable, in the Gaussian approximation to leading order in n:
/// `½ erfc √(n^(d−1) / (2 P (2d − 3)!!))`.
#[must_use]
pub fn bit_error(degree: u32, units: usize, patterns: f64) -> f64 {
    tail(patterns * pairings(degree) / capacity_unit(degree, units))
}

/// The same where errors are rare (Krotov & Hopfield 2016, section 2):
/// `√((2d − 3)!! P / (2π n^(d−1))) exp(−n^(d−1) / (2 P (2d − 3)!!))`.
#[must_use]
pub fn bit_error_rare(degree: u32, units: usize, patterns: f64) -> f64 {
    let load = patterns * pairings(degree) / capacity_unit(degree, units);
    math::sqrt(load / core::f64::consts::TAU) * math::exp(-0.5 / load)
}

/// Chance that a stored bit is unstable, in the Gaussian approximation with the exact variance at finite n and the
/// P − 1 other memories. For powers: an exponential's crosstalk is far from Gaussian.
#[must_use]
pub fn bit_error_exact_variance(interaction: Interaction, units: usize, patterns: usize) -> f64 {
    tail(patterns.saturating_sub(1) as f64 * crosstalk_variance(interaction, units))
}

/// Patterns that are held without an error in most bits of any: `n^(d−1) / (2 (2d − 3)!! ln n)`.
#[must_use]
pub fn capacity_without_errors(degree: u32, units: usize) -> f64 {
    capacity_unit(degree, units) / (2.0 * pairings(degree) * math::ln(units as f64))
}

/// Patterns at which [`bit_error`] is [`ERROR_ALLOWED`]: `α_d n^(d−1)`.
#[must_use]
pub fn capacity_with_errors(degree: u32, units: usize) -> f64 {
    // The load P (2d − 3)!! / n^(d−1) of that error, by bisection: the error grows with it.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if tail(middle) < ERROR_ALLOWED { low = middle } else { high = middle }
    }
    high * capacity_unit(degree, units) / pairings(degree)
}

/// Patterns that an exponential holds, each a fixed point with high probability below this number: `2^(n/2)`.
#[must_use]
pub fn exponential_capacity(units: usize) -> f64 {
    math::exp(0.5 * core::f64::consts::LN_2 * units as f64)
}

/// Growth rate α of the number of patterns `e^(αn)` below which an exponential corrects any share ρ in [0, ½) of wrong
/// bits in one step: `½ I(1 − 2ρ)` with `I(a) = ½ [(1 + a) ln(1 + a) + (1 − a) ln(1 − a)]`; ½ ln 2 without errors.
#[must_use]
pub fn exponential_rate(wrong: f64) -> f64 {
    let term = |x: f64| if x > 0.0 { x * math::ln(x) } else { 0.0 };
    0.25 * (term(2.0 - 2.0 * wrong) + term(2.0 * wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64, relative: f64) {
        assert!((found / wanted - 1.0).abs() <= relative, "{found} instead of {wanted}");
    }

    #[test]
    fn pairings_are_the_odd_factorials() {
        assert_eq!([1, 2, 3, 4, 5].map(pairings), [1.0, 1.0, 3.0, 15.0, 105.0]);
    }

    #[test]
    fn the_exact_variance_tends_to_the_leading_one() {
        for (degree, ratio) in [(2, 0.995), (3, 0.9878), (4, 0.9772)] {
            let power = Interaction::Power(degree);
            let signal = power.difference(200, 198);
            let exact = crosstalk_variance(power, 200) * signal * signal;
            assert!((exact / leading_variance(degree, 200) - ratio).abs() < 5e-5);
        }
        // With d = 2 it is (n − 1) · 16 against 4 (n − 1).
        for units in [2, 5, 100, 4096] {
            near(crosstalk_variance(Interaction::Power(2), units), 1.0 / (units as f64 - 1.0), 1e-12);
        }
        // E e^(2r) = cosh(2)^(n−1).
        let cosh = 0.5 * (math::exp(2.0) + math::exp(-2.0));
        let wanted = math::exp(30.0 * (math::ln(cosh) - 2.0));
        near(crosstalk_variance(Interaction::Exponential, 31), wanted, 1e-12);
    }

    #[test]
    fn errors_of_a_bit() {
        for (degree, units, patterns, leading) in
            [(3, 50, 100.0, 1.95e-3), (3, 50, 150.0, 9.2e-3), (4, 30, 250.0, 3.6e-3)]
        {
            near(bit_error(degree, units, patterns), leading, 0.02);
        }
        near(bit_error_exact_variance(Interaction::Power(3), 50, 100), 2.14e-3, 0.003);
        // With d = 2 these are the loads of the Hopfield network.
        near(bit_error(2, 1000, 138.46), 0.0036, 1e-3);
        // Both forms agree where errors are rare.
        near(bit_error_rare(3, 200, 300.0), bit_error(3, 200, 300.0), 0.03);
    }

    #[test]
    fn capacities_without_errors() {
        for (degree, patterns) in [(2, 10.86), (3, 361.9), (4, 7238.0)] {
            near(capacity_without_errors(degree, 100), patterns, 5e-4);
        }
        for (degree, patterns) in [(2, 2.9), (3, 15.4), (4, 49.2)] {
            near(capacity_without_errors(degree, 16), patterns, 0.01);
        }
    }

    #[test]
    fn the_capacity_with_errors_has_the_error_allowed() {
        for (degree, units) in [(1, 50), (2, 100), (3, 64), (5, 300)] {
            near(bit_error(degree, units, capacity_with_errors(degree, units)), ERROR_ALLOWED, 1e-9);
        }
    }

    #[test]
    fn rates_of_the_exponential() {
        for (wrong, rate) in [(0.1, 0.184_032), (0.2, 0.096_372), (0.25, 0.065_406), (0.3, 0.041_141)] {
            assert!((exponential_rate(wrong) - rate).abs() < 5e-7);
        }
        near(math::exp(exponential_rate(0.1)), 1.2021, 5e-5);
        near(exponential_rate(0.0), 0.5 * core::f64::consts::LN_2, 1e-15);
        near(exponential_capacity(24), 4096.0, 1e-12);
    }
}
