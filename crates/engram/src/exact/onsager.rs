//! The Ising model on the infinite square lattice, without a field: Onsager's solution.
//!
//! Everything is per spin, with J = 1 and k_B = 1; for another coupling J the temperature is counted in units of |J|, and so
//! is the energy. With K = 1/T and `k' = 2 tanh² 2K − 1`, whose zero is T_c, the elliptic integrals have the modulus
//! `k = √(1 − k'²) = 2 sinh 2K / cosh² 2K`.
//!
//! L. Onsager, Phys. Rev. 65 (1944) 117 (energy, heat capacity); C. N. Yang, Phys. Rev. 85 (1952) 808 (magnetisation).

use core::f64::consts::{FRAC_PI_2, PI};

use crate::math;

/// `T_c = 2 / ln(1 + √2)`: H. A. Kramers & G. H. Wannier, Phys. Rev. 60 (1941) 252.
pub const CRITICAL: f64 = 2.269_185_314_213_022;

/// Spontaneous magnetisation `m = (1 − sinh⁻⁴(2/T))^⅛`; 0 from T_c on, 1 at T = 0.
#[must_use]
pub fn magnetisation(temperature: f64) -> f64 {
    if temperature >= CRITICAL {
        return 0.0;
    }
    // sinh⁻² x = 4 e^−2x / (1 − e^−2x)², which no low temperature overflows.
    let small = math::exp(-4.0 / temperature);
    let inverse = 4.0 * small / ((1.0 - small) * (1.0 - small));
    let eighth = |x: f64| math::sqrt(math::sqrt(math::sqrt(x)));
    eighth((1.0 - inverse * inverse).max(0.0))
}

/// Energy `u = −coth(2K) [1 + (2/π) k' K(k)]`; −2 at T = 0, −√2 at T_c.
#[must_use]
pub fn energy(temperature: f64) -> f64 {
    if temperature <= 0.0 {
        return -2.0;
    }
    let (tanh, k) = modulus(temperature);
    // At T_c, where the integral is infinite, its product with k' is 0.
    let first = if k == 0.0 { 0.0 } else { k * elliptic(k).0 };
    -(1.0 + first / FRAC_PI_2) / tanh
}

/// Heat capacity `c = (4/π) (K coth 2K)² {K(k) − E(k) − (1 − tanh² 2K) [π/2 + k' K(k)]}`; infinite at T_c, 0 at T = 0.
#[must_use]
pub fn heat_capacity(temperature: f64) -> f64 {
    if temperature <= 0.0 {
        return 0.0;
    }
    let (tanh, k) = modulus(temperature);
    if k == 0.0 {
        return f64::INFINITY;
    }
    let (first, difference) = elliptic(k);
    let ratio = 1.0 / (temperature * tanh);
    4.0 / PI * ratio * ratio * (difference - (1.0 - tanh * tanh) * (FRAC_PI_2 + k * first))
}

/// tanh 2K and k'.
fn modulus(temperature: f64) -> (f64, f64) {
    let tanh = math::tanh(2.0 / temperature);
    (tanh, 2.0 * tanh * tanh - 1.0)
}

/// The complete elliptic integral K of the first kind, and K − E with that of the second, by the arithmetic-geometric mean;
/// of the complementary modulus k' in place of k, so that nothing is lost where k is near 1 (M. Abramowitz & I. A. Stegun,
/// *Handbook of Mathematical Functions*, 17.6).
fn elliptic(complement: f64) -> (f64, f64) {
    let (mut mean, mut geometric) = (1.0, math::abs(complement));
    // Σ 2^(n−1) c_n², from c_0² = k².
    let (mut sum, mut weight) = (0.5 * (1.0 - geometric * geometric), 0.5);
    for _ in 0..40 {
        let half = 0.5 * (mean - geometric);
        (mean, geometric) = (0.5 * (mean + geometric), math::sqrt(mean * geometric));
        weight *= 2.0;
        sum += weight * half * half;
        if half <= 1e-17 * mean {
            break;
        }
    }
    let first = FRAC_PI_2 / mean;
    (first, first * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        for (t, u, c, m) in [
            (1.5, -1.951_116_573_1, 0.197_274_540_2, 0.986_499_602_6),
            (2.0, -1.745_564_575_3, 0.724_871_448_6, 0.911_319_377_9),
            (2.5, -1.106_079_203_7, 0.861_698_356_8, 0.0),
            (3.0, -0.817_309_592_5, 0.401_379_575_9, 0.0),
        ] {
            for (found, expected) in [(energy(t), u), (heat_capacity(t), c), (magnetisation(t), m)] {
                assert!((found - expected).abs() < 1e-9, "T = {t}: {found} instead of {expected}");
            }
        }
    }

    #[test]
    fn the_critical_point() {
        let root = math::sqrt(2.0);
        assert!((CRITICAL - 2.0 / math::ln(1.0 + root)).abs() < 1e-15);
        assert!((energy(CRITICAL) + root).abs() < 1e-9);
        assert_eq!(magnetisation(CRITICAL), 0.0);
        assert!(magnetisation(CRITICAL - 1e-6) > 0.1 && heat_capacity(CRITICAL) > 5.0);
    }

    #[test]
    fn the_ends_of_the_scale() {
        assert_eq!((energy(0.0), magnetisation(0.0), heat_capacity(0.0)), (-2.0, 1.0, 0.0));
        assert!((energy(0.01) + 2.0).abs() < 1e-12 && magnetisation(0.01) == 1.0);
        assert!(heat_capacity(0.05).abs() < 1e-12);
        // u = −2K to first order.
        assert!((energy(1000.0) + 0.002).abs() < 1e-8);
    }

    #[test]
    fn heat_capacity_is_the_slope_of_the_energy() {
        for t in [0.8, 1.5, 2.2, 2.26, 2.28, 2.5, 4.0, 9.0] {
            let step = 1e-5;
            let slope = (energy(t + step) - energy(t - step)) / (2.0 * step);
            assert!((slope / heat_capacity(t) - 1.0).abs() < 1e-6, "T = {t}");
        }
    }
}
