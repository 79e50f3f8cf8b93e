//! What an overlap is worth.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::math;

/// Degrees that a power may have.
pub const DEGREES: RangeInclusive<u32> = 1..=30;

/// The function F of `E = −c Σ_μ F(x_μ·s)`: the steeper, the less do memories disturb each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Interaction {
    /// `F(z) = zⁿ`, n in [`DEGREES`]. 2 is the Hopfield network; with an even n the inverse of a memory is a memory
    /// too.
    Power(u32),
    /// `F(z) = zⁿ` for z > 0, else 0, n in [`DEGREES`].
    RectifiedPower(u32),
    /// `F(z) = e^z` (Demircigil et al. 2017).
    Exponential,
}

impl Interaction {
    /// The degree n, of a power.
    #[must_use]
    pub fn degree(self) -> Option<u32> {
        match self {
            Self::Power(n) | Self::RectifiedPower(n) => Some(n),
            Self::Exponential => None,
        }
    }

    /// F(z); infinite where an exponential leaves the range of numbers.
    #[must_use]
    pub fn value(self, z: i32) -> f64 {
        match self {
            Self::Power(n) => power(f64::from(z), n),
            Self::RectifiedPower(n) => power(f64::from(z.max(0)), n),
            Self::Exponential => math::exp(f64::from(z)),
        }
    }

    /// F(high) − F(low), to within n roundings: nothing is lost where the two are nearly equal.
    #[must_use]
    pub fn difference(self, high: i32, low: i32) -> f64 {
        match self {
            // Even powers do not see the sign, and of odd powers with two signs the difference is a sum.
            Self::Power(n) if n % 2 == 0 => steps(high.abs(), low.abs(), n),
            Self::Power(n) if high.signum() * low.signum() < 0 => self.value(high) - power(f64::from(low), n),
            Self::Power(n) => steps(high, low, n),
            Self::RectifiedPower(n) => steps(high.max(0), low.max(0), n),
            Self::Exponential => math::exp(f64::from(low)) * math::exp_m1(f64::from(high - low)),
        }
    }

    /// F at every overlap from −n to n as whole numbers, unless one of them, `count` times over, is beyond 127 bits.
    pub(super) fn whole_values(self, units: usize, count: f64) -> Option<Vec<i128>> {
        let degree = self.degree()?;
        let units = units as i32;
        let most = i128::from(units).checked_pow(degree)?;
        // Twice for the difference of two.
        most.checked_mul(2 * count as i128)?;
        let value = |z: i32| match self {
            Self::RectifiedPower(_) if z < 0 => 0,
            _ => i128::from(z).pow(degree),
        };
        Some((-units..=units).map(value).collect())
    }
}

/// zⁿ, by multiplications alone.
fn power(z: f64, n: u32) -> f64 {
    let (mut result, mut square, mut rest) = (1.0, z, n);
    while rest > 0 {
        if rest % 2 == 1 {
            result *= square;
        }
        square *= square;
        rest /= 2;
    }
    result
}

/// aⁿ − bⁿ = (a − b) Σ_k a^k b^(n−1−k), for numbers that do not differ in sign.
fn steps(a: i32, b: i32, n: u32) -> f64 {
    // The larger first: the other way round it is the negative, to the bit.
    if a.abs() < b.abs() {
        return -steps(b, a, n);
    }
    let (x, y) = (f64::from(a), f64::from(b));
    let mut sum = 1.0;
    let mut lower = 1.0;
    for _ in 1..n {
        lower *= y;
        sum = sum * x + lower;
    }
    (x - y) * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_those_of_the_values() {
        for n in [1, 2, 3, 4, 5, 8] {
            for interaction in [Interaction::Power(n), Interaction::RectifiedPower(n)] {
                let whole = interaction.whole_values(30, 1.0).unwrap();
                for (high, low) in (-30..=30).flat_map(|a| (-30..=30).map(move |b| (a, b))) {
                    let (f, g) = (whole[(high + 30) as usize], whole[(low + 30) as usize]);
                    // All below 2^53.
                    assert_eq!(interaction.value(high), f as f64);
                    assert_eq!(interaction.difference(high, low), (f - g) as f64, "{interaction:?}");
                }
            }
        }
        let steep = Interaction::Exponential.difference(3, 1) / (math::exp(3.0) - math::exp(1.0));
        assert!((steep - 1.0).abs() < 1e-15);
    }

    #[test]
    fn close_values_of_high_powers_lose_nothing() {
        // 4096^30 − 4094^30 in units of 2^300, from 2048^30 − 2047^30 by the binomial series to 15 terms.
        let x = 1.0f64 / 2048.0;
        let mut term = 1.0;
        let mut series = 0.0;
        for k in 1..=15 {
            term *= -x * f64::from(31 - k) / f64::from(k);
            series -= term;
        }
        let wanted = series * math::exp2(360);
        let found = Interaction::Power(30).difference(4096, 4094);
        assert!((found / wanted - 1.0).abs() < 1e-14, "{found} instead of {wanted}");
        assert_eq!(found, Interaction::RectifiedPower(30).difference(4096, 4094));
        assert_eq!(found, -Interaction::Power(30).difference(-4094, -4096));
    }

    #[test]
    fn whole_values_end_where_a_sum_of_them_could_overflow() {
        assert!(Interaction::Power(21).whole_values(64, 1.0).is_none());
        assert_eq!(Interaction::Power(20).whole_values(64, 63.0).unwrap()[128], 1 << 120);
        assert!(Interaction::Power(20).whole_values(64, 64.0).is_none());
        assert!(Interaction::Power(30).whole_values(4096, 1.0).is_none());
        assert!(Interaction::Exponential.whole_values(4, 1.0).is_none());
    }
}
