//! The only door to transcendental functions.
//!
//! The host's `exp` or `ln` differs between platforms in the last bit, and a run must give the same bits everywhere,
//! so these come from `libm`, compiled in on every target. The methods of `f32` and `f64` are banned by the linter.

pub mod vector;

/// e^x.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// e^x − 1, accurate near 0.
#[inline]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Complementary error function `erfc(x) = (2/√π) ∫_x^∞ e^−t² dt`.
#[inline]
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Natural logarithm.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), accurate for small x.
#[inline]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Hyperbolic tangent.
#[inline]
#[must_use]
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// The inverse of the hyperbolic tangent, for −1 < x < 1.
#[inline]
#[must_use]
pub fn atanh(x: f64) -> f64 {
    libm::atanh(x)
}

/// Sine of an angle in radians.
#[inline]
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Tangent of an angle in radians.
#[inline]
#[must_use]
pub fn tan(x: f64) -> f64 {
    libm::tan(x)
}

/// The angle from −π/2 to π/2 whose tangent this is.
#[inline]
#[must_use]
pub fn atan(x: f64) -> f64 {
    libm::atan(x)
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

/// The largest whole number that is not greater.
#[inline]
#[must_use]
pub fn floor(x: f64) -> f64 {
    libm::floor(x)
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

/// ln(1 + e^x), accurate in both tails and never infinite for a number: −ln σ(−x).
#[inline]
#[must_use]
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + ln_1p(exp(-x)) } else { ln_1p(exp(x)) }
}

/// The w for which `w e^w = e^x`: the principal branch of Lambert's function, W₀, of e^x. Taken of the logarithm, because
/// e^x may be larger than any number. 0 at −∞.
#[must_use]
pub fn lambert_w_of_exp(x: f64) -> f64 {
    if x < -40.0 {
        // w = e^x − e^2x + …
        return exp(x);
    }
    if x == f64::INFINITY {
        return x;
    }
    // w + ln w = x by Newton's rule. The left side is concave, so that from the first step on the root is come to from below.
    let mut w = if x > 1.0 { x - ln(x) } else { exp(x) / (1.0 + exp(x)) };
    for _ in 0..20 {
        let next = w * (1.0 + x - ln(w)) / (1.0 + w);
        if abs(next - w) <= 1e-16 * w {
            return next;
        }
        w = next;
    }
    w
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

/// Adds up numbers that are given by their logarithms, of very different size, without overflow: the greatest logarithm so
/// far, and the sum in parts of it.
#[derive(Clone, Copy, Debug)]
pub struct LogSum {
    greatest: f64,
    sum: f64,
}

impl LogSum {
    /// Of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { greatest: f64::NEG_INFINITY, sum: 0.0 }
    }

    /// Adds `e^ln`.
    pub fn add(&mut self, ln: f64) {
        if ln > self.greatest {
            self.sum *= exp(self.greatest - ln);
            self.greatest = ln;
        }
        self.sum += exp(ln - self.greatest);
    }

    /// The logarithm of the sum.
    #[must_use]
    pub fn ln(&self) -> f64 {
        self.greatest + ln(self.sum)
    }
}

impl Default for LogSum {
    fn default() -> Self {
        Self::new()
    }
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
    fn softplus_is_right_in_the_tails() {
        assert_eq!(softplus(0.0), core::f64::consts::LN_2);
        assert!((softplus(1.0) - 1.313_261_687_518_222_8).abs() < 1e-15);
        assert!((softplus(-40.0) - 4.248_354_255_291_589e-18).abs() < 1e-30);
        assert_eq!([800.0, f64::INFINITY, f64::NEG_INFINITY].map(softplus), [800.0, f64::INFINITY, 0.0]);
        assert!(softplus(f64::NAN).is_nan());
    }

    #[test]
    fn lambert_s_function_solves_its_equation() {
        assert!((lambert_w_of_exp(0.0) - 0.567_143_290_409_783_8).abs() < 1e-15);
        assert!((lambert_w_of_exp(1.0) - 1.0).abs() < 1e-15);
        for k in -1890..3000 {
            let x = f64::from(k) * 0.37;
            let w = lambert_w_of_exp(x);
            assert!((w + ln(w) - x).abs() <= 4e-16 * (1.0 + x.abs()), "{x}");
        }
        assert_eq!([f64::NEG_INFINITY, f64::INFINITY].map(lambert_w_of_exp), [0.0, f64::INFINITY]);
        assert!(lambert_w_of_exp(f64::NAN).is_nan());
    }

    #[test]
    fn log_sum_exp_survives_large_numbers() {
        assert!((log_sum_exp(&[1000.0, 1000.0]) - 1_000.693_147_180_559_9).abs() < 1e-9);
        assert_eq!(log_sum_exp(&[]), f64::NEG_INFINITY);
    }
}
