//! The only door to transcendental functions.
//!
//! The host's `exp` or `ln` differs between platforms in the last bit, and a run must give the same bits everywhere,
//! so these come from `libm`, compiled in on every target. The methods of `f32` and `f64` are banned by the linter.

/// e^x.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Square root, correctly rounded on every target.
#[inline]
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

/// 2^k for a whole number.
#[must_use]
pub fn exp2(k: u32) -> f64 {
    libm::ldexp(1.0, k.min(1024) as i32)
}

/// Absolute value.
#[inline]
#[must_use]
pub fn abs(x: f64) -> f64 {
    libm::fabs(x)
}

/// Nearest whole number, halves away from zero.
#[inline]
#[must_use]
pub fn round(x: f64) -> f64 {
    libm::round(x)
}

/// The logistic function σ(x) = 1 / (1 + e^−x), accurate in both tails.
#[inline]
#[must_use]
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// ln Σ e^x without overflow; −∞ for an empty slice.
#[must_use]
pub fn log_sum_exp(values: &[f64]) -> f64 {
    let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if max == f64::NEG_INFINITY {
        return max;
    }
    max + ln(values.iter().map(|&x| exp(x - max)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigmoid_is_right_in_the_tails() {
        assert_eq!(sigmoid(0.0), 0.5);
        assert!((sigmoid(1.0) - 0.731_058_578_630_004_9).abs() < 1e-16);
        assert!((sigmoid(-40.0) - 4.248_354_255_291_589e-18).abs() < 1e-30);
        assert_eq!(sigmoid(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn log_sum_exp_survives_large_numbers() {
        assert!((log_sum_exp(&[1000.0, 1000.0]) - 1_000.693_147_180_559_9).abs() < 1e-9);
        assert_eq!(log_sum_exp(&[]), f64::NEG_INFINITY);
    }
}
