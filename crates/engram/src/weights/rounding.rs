//! What is nothing but rounding in the fields of a net.

use alloc::vec;
use alloc::vec::Vec;

use super::Weights;
use crate::kernel::{self, Real};
use crate::math;

/// Roundings that a sum over weights may be off by, of the size of Σ_j |w_ij|.
const BAND: f64 = 16.0;

/// What one row addition can add to that: half a rounding of at most Σ_j |w_ij|, taken twice to be safe.
const DRIFT: f64 = 1.0 / BAND;

/// Per unit, the size below which a field is nothing but rounding, in units of energy.
#[derive(Clone, Debug)]
pub(crate) struct Rounding {
    band: Vec<f64>,
    /// Whether sums over the weights are whole numbers without rounding.
    exact: bool,
}

impl Rounding {
    /// Of the fields of a net with these weights and biases.
    pub fn new<T: Real>(weights: &Weights<T>, bias: &[f64]) -> Self {
        let n = weights.units();
        // The usual case, whole numbers of moderate size, is told in one quick pass.
        let small = |greatest: &f64| greatest * n as f64 <= T::WHOLE;
        let exact = kernel::greatest_whole(weights.all_sent()).filter(small).is_some();
        let mut band = if exact { vec![0.0; n] } else { of_sums(weights) };
        let exact = exact || band.iter().all(|&size| size == 0.0);
        // A bias is a number of 53 bits: what is left of it where the coupling cancels it is rounding too.
        for (size, b) in band.iter_mut().zip(bias) {
            *size += BAND * f64::EPSILON * math::abs(*b);
        }
        Self { band, exact }
    }

    /// The field of unit `i`, or 0 if it is nothing but rounding.
    #[inline]
    pub fn cut(&self, i: usize, field: f64) -> f64 {
        if math::abs(field) <= self.band[i] { 0.0 } else { field }
    }

    /// The size below which the field of unit `i` is nothing but rounding.
    #[inline]
    pub fn of(&self, i: usize) -> f64 {
        self.band[i]
    }

    /// How far one change of another unit can carry the field of unit `i` from the truth.
    #[inline]
    pub fn drift(&self, i: usize) -> f64 {
        if self.exact { 0.0 } else { DRIFT * self.band[i] }
    }
}

/// Without biases: 0 where every weight is a whole number and the sums are exact, else a few roundings of Σ_j |w_ij|.
fn of_sums<T: Real>(weights: &Weights<T>) -> Vec<f64> {
    let mut reach = vec![0.0f64; weights.units()];
    let mut whole = true;
    for j in 0..weights.units() {
        for (sum, &w) in reach.iter_mut().zip(weights.sent(j)) {
            let w = w.to_f64();
            *sum += math::abs(w);
            whole &= w == math::round(w);
        }
    }
    let exact = whole && reach.iter().all(|&sum| sum <= T::WHOLE);
    let factor = if exact { 0.0 } else { BAND * T::EPSILON * math::abs(weights.scale()) };
    reach.iter_mut().for_each(|sum| *sum *= factor);
    reach
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_weights_have_no_rounding() {
        let mut w = Weights::<f32>::zero(3, 0.5).unwrap();
        w.add_outer(1.0, &[1, -1, 1]);
        let rounding = Rounding::new(&w, &[0.0; 3]);
        assert_eq!((rounding.cut(0, 1e-300), rounding.drift(0)), (1e-300, 0.0));
        // Of a bias, a few of its last bits; sums are as exact as before.
        let rounding = Rounding::new(&w, &[1.0, 0.0, 0.0]);
        assert_eq!((rounding.cut(0, 1e-15), rounding.cut(0, 1e-14)), (0.0, 1e-14));
        assert_eq!((rounding.cut(1, 1e-15), rounding.drift(0)), (1e-15, 0.0));
    }

    #[test]
    fn broken_weights_have_a_band_that_changes_widen() {
        let w = Weights::<f32>::from_rows(&[vec![0.0, 0.3], vec![0.3, 0.0]]).unwrap();
        let rounding = Rounding::new(&w, &[0.0; 2]);
        assert_eq!((rounding.cut(0, 5e-7), rounding.cut(0, 1e-6)), (0.0, 1e-6));
        assert!(rounding.drift(1) > 0.0 && rounding.drift(1) < 5e-8, "{}", rounding.drift(1));
    }
}
