//! States of units that are not all or nothing.

use crate::math;

/// Overlap `m = (1/n) Σ x_i V_i` of outputs from −1 to 1 with a pattern of ±1: 1 the same, −1 its inverse, about 0
/// unrelated or undecided. Outputs from 0 to 1 are first [made signed](crate::models::graded::Gain::signed).
#[must_use]
pub fn graded_overlap(pattern: &[i8], outputs: &[f64]) -> f64 {
    let sum: f64 = pattern.iter().zip(outputs).map(|(&x, v)| f64::from(x) * v).sum();
    sum / pattern.len().max(1) as f64
}

/// Mean size (1/n) Σ |V_i| of outputs from −1 to 1: 1 where all units are at their ends, 0 where none has decided.
#[must_use]
pub fn saturation(outputs: &[f64]) -> f64 {
    let sum: f64 = outputs.iter().map(|&v| math::abs(v)).sum();
    sum / outputs.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_small_state() {
        assert_eq!(graded_overlap(&[1, -1, 1, -1], &[0.5, -1.0, -0.25, 0.25]), 0.25);
        assert_eq!(saturation(&[0.5, -1.0, -0.25, 0.25]), 0.5);
        // At the ends it is the overlap of spins.
        assert_eq!(
            graded_overlap(&[1, 1, -1], &[1.0, -1.0, -1.0]),
            super::super::overlap(&[1, 1, -1], &[1, -1, -1])
        );
        assert_eq!((graded_overlap(&[], &[]), saturation(&[])), (0.0, 0.0));
    }
}
