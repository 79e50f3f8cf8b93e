//! Exponentials of many numbers at once, in single precision.
//!
//! Polynomials, with nothing but sums, products, quotients and choices that every machine rounds alike, and no branch:
//! the compiler makes vectors of 128 bits of them where it has them, and with vectors or without the bits are the same.
//! What becomes of a number does not depend on where it stands. For one number, and in double precision, there are the
//! functions of [`crate::math`]; of many in double precision there is the logistic function, in [`double`].
//!
//! NaN stays NaN. A test over a million numbers of all sizes holds the relative errors to their bounds.
//!
//! `e^x = 2^n e^r`, n the whole number nearest to x / ln 2, as in W. J. Cody & W. Waite, *Software Manual for the
//! Elementary Functions* (1980), ch. 6. The coefficients are minimax fits made for this file (Remez).

pub mod double;

use core::f32::consts::LOG2_E;

/// Added to a number and taken away again, it makes a whole number n of it. In between, n + 127 stands in the lowest
/// bits, which is the exponent of 2^n.
const ROUNDER: f32 = 12_582_912.0 + 127.0;

/// ln 2 in two parts. The first has so few bits that its product with n is exact.
const LN_2: [f32; 2] = [0.693_145_75, 1.428_606_8e-6];

/// `(e^r − 1 − r) / r²` for |r| ≤ ½ ln 2, to 1.1e-7 of e^r.
const BEYOND: [f32; 4] = [0.499_992_3, 0.166_671_14, 0.041_890_156, 0.008_312_52];

/// `(artanh z / z − 1) / z²` in powers of z², for z ≤ 1/3, to 4.6e-9 of artanh z.
const ARTANH: [f32; 4] = [0.333_332_06, 0.200_108_75, 0.139_991_06, 0.140_147_15];

/// e^x of each number. Relative error up to 2.2e-7; infinite where e^x is beyond the largest number (from 88.7229 on), 0
/// below −86.99, where e^x is 1.7e-38.
pub fn exp(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = exp_of(*x));
}

/// The logistic function σ(x) = 1 / (1 + e^−x) of each number. Relative error up to 3.1e-7 in both tails; 0 below −87.68,
/// where it is 8.4e-39.
pub fn sigmoid(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = sigmoid_of(*x));
}

/// ln(1 + e^x) of each number. Relative error up to 3.2e-7 in both tails; 0 below −87.68, where it is 8.4e-39.
pub fn softplus(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = softplus_of(*x));
}

/// tanh x of each number, odd to the bit. Relative error up to 8.9e-7, for the smallest numbers too.
pub fn tanh(values: &mut [f32]) {
    values.iter_mut().for_each(|x| *x = tanh_of(*x));
}

/// e^x of one number, as [`exp`] has it.
#[inline(always)]
pub(crate) fn exp_of(x: f32) -> f32 {
    // Beyond, the answer is infinite, or 0. NaN is in neither comparison.
    let x = if x > 89.0 { 89.0 } else { x };
    let x = if x < -87.3 { -87.3 } else { x };
    // Half the power, which there is even for n = 128: nothing but the doubling overflows.
    let (power, r) = reduce(x, ROUNDER - 1.0);
    let half = power * ((1.0 + r) + beyond(r));
    half + half
}

/// e^x of a number that is not positive.
#[inline(always)]
fn exp_of_negative(x: f32) -> f32 {
    let (power, r) = reduce(if x < -88.0 { -88.0 } else { x }, ROUNDER);
    power * ((1.0 + r) + beyond(r))
}

/// 2^n and r. Exponents below that of the smallest number make 0, as long as x is not below −88.
#[inline(always)]
fn reduce(x: f32, rounder: f32) -> (f32, f32) {
    let shifted = x * LOG2_E + rounder;
    let n = shifted - rounder;
    (f32::from_bits(shifted.to_bits() << 23), (x - n * LN_2[0]) - n * LN_2[1])
}

/// `e^r − 1 − r`, added up in pairs (Estrin): then one step need not wait for the one before.
#[inline(always)]
fn beyond(r: f32) -> f32 {
    let [a, b, c, d] = BEYOND;
    let square = r * r;
    square * ((a + b * r) + square * (c + d * r))
}

#[inline(always)]
fn sigmoid_of(x: f32) -> f32 {
    let e = exp_of_negative(-size(x));
    (if x < 0.0 { e } else { 1.0 }) / (1.0 + e)
}

#[inline(always)]
fn softplus_of(x: f32) -> f32 {
    let e = exp_of_negative(-size(x));
    // ln(1 + e) = 2 artanh(e / (2 + e)).
    let z = e / (2.0 + e);
    let square = z * z;
    let [a, b, c, d] = ARTANH;
    let twice = z + z;
    let tail = twice + twice * (square * ((a + b * square) + (square * square) * (c + d * square)));
    (if x > 0.0 { x } else { 0.0 }) + tail
}

#[inline(always)]
fn tanh_of(x: f32) -> f32 {
    let twice = -2.0 * size(x);
    // Beyond, tanh is 1 to the last bit.
    let (power, r) = reduce(if twice < -30.0 { -30.0 } else { twice }, ROUNDER);
    // e^(−2|x|) − 1, of which nothing is lost where it is small: there the power is 1.
    let less = power * (r + beyond(r)) + (power - 1.0);
    let size = size(less) / (2.0 + less);
    f32::from_bits(size.to_bits() | (x.to_bits() & SIGN))
}

const SIGN: u32 = 1 << 31;

#[inline(always)]
fn size(x: f32) -> f32 {
    f32::from_bits(x.to_bits() & !SIGN)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// About a million numbers of all sizes and both signs, and every number of some places where something changes.
    fn numbers() -> impl Iterator<Item = f32> {
        let spread = (0..=u32::MAX).step_by(4093).map(f32::from_bits);
        let near = [1.0f32, 0.346_573_6, 87.3, 86.99, 87.682, 88.0, 88.722_84, 30.0, 15.0];
        let dense = near.into_iter().flat_map(|x| {
            (x.to_bits() - 2000..x.to_bits() + 2000)
                .flat_map(|bits| [f32::from_bits(bits), -f32::from_bits(bits)])
        });
        spread.chain(dense).filter(|x| !x.is_nan())
    }

    /// Largest relative error; where the truth is below `least` in size, it or 0 or what is between must come out.
    fn error(function: fn(&mut [f32]), truth: fn(f64) -> f64, least: f64) -> f64 {
        let arguments: Vec<f32> = numbers().collect();
        let mut values = arguments.clone();
        function(&mut values);
        let mut worst = 0.0f64;
        for (&x, &value) in arguments.iter().zip(&values) {
            let truth = truth(f64::from(x));
            if libm::fabs(truth) < least {
                assert!(
                    libm::fabs(f64::from(value)) <= 1.000_001 * least && f64::from(value) * truth >= 0.0,
                    "{x}"
                );
            } else if truth > f64::from(f32::MAX) * (1.0 + 3e-8) {
                assert_eq!(value, f32::INFINITY, "{x}");
            } else if truth <= f64::from(f32::MAX) * (1.0 - 3e-7) {
                worst = worst.max(libm::fabs(f64::from(value) / truth - 1.0));
            }
        }
        worst
    }

    #[test]
    fn errors_stay_within_their_bounds_over_all_numbers() {
        let softplus_truth = |x: f64| x.max(0.0) + libm::log1p(libm::exp(-libm::fabs(x)));
        let found = [
            (error(exp, libm::exp, 1.7e-38), 2.2e-7),
            (error(sigmoid, crate::math::sigmoid, 1.2e-38), 3.1e-7),
            (error(softplus, softplus_truth, 1.2e-38), 3.2e-7),
            (error(tanh, libm::tanh, 1.2e-38), 8.9e-7),
        ];
        assert!(found.iter().all(|(worst, bound)| worst < bound && *worst > 0.9 * 1e-7), "{found:?}");
    }

    #[test]
    fn tails_and_fixed_points_are_exact() {
        let of = |function: fn(&mut [f32]), x: f32| {
            let mut one = [x];
            function(&mut one);
            one[0]
        };
        let infinity = f32::INFINITY;
        assert_eq!(
            [0.0, 89.0, infinity, -100.0, -infinity].map(|x| of(exp, x)),
            [1.0, infinity, infinity, 0.0, 0.0]
        );
        assert_eq!(
            [0.0, 200.0, infinity, -88.0, -infinity].map(|x| of(sigmoid, x)),
            [0.5, 1.0, 1.0, 0.0, 0.0]
        );
        assert_eq!([100.0, infinity, -88.0, -infinity].map(|x| of(softplus, x)), [100.0, infinity, 0.0, 0.0]);
        assert_eq!([0.0, 20.0, infinity, -infinity].map(|x| of(tanh, x)), [0.0, 1.0, 1.0, -1.0]);
        assert!([exp, sigmoid, softplus, tanh].into_iter().all(|function| of(function, f32::NAN).is_nan()));
        // The largest numbers are still told apart from infinity.
        assert!(of(exp, 88.722_8).is_finite() && of(exp, 88.722_9) == infinity);
        assert_eq!(of(tanh, -0.0).to_bits(), (-0.0f32).to_bits());
        for x in numbers() {
            assert_eq!(of(tanh, -x).to_bits(), of(tanh, x).to_bits() ^ SIGN);
        }
    }

    #[test]
    fn the_place_of_a_number_does_not_matter() {
        let all: Vec<f32> = numbers().step_by(997).collect();
        for function in [exp, sigmoid, softplus, tanh] {
            let mut together = all.clone();
            function(&mut together);
            for (&x, &value) in all.iter().zip(&together) {
                let mut alone = [x];
                function(&mut alone);
                assert_eq!(alone[0].to_bits(), value.to_bits());
            }
        }
    }
}
