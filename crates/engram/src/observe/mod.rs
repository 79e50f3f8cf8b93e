//! What can be said of a state. Nothing here changes anything.

pub mod contour;
mod explain;
mod graded;
mod histogram;
pub mod lattice;
mod likeness;
mod outcome;
mod readout;
mod replicas;
mod spectrum;
mod statistics;

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::math;

pub use explain::{Contribution, Explanation};
pub use graded::{graded_overlap, saturation};
pub use histogram::{Bins, Survey};
pub use likeness::Likeness;
pub use outcome::{Nearest, Outcome, Part, classify};
pub use readout::{Best, MAX_WINDOW, Readout, ReadoutError, Seen};
pub use replicas::Overlaps;
pub use spectrum::{MAX_SPECTRUM, Spectrum, SpectrumError};
pub use statistics::{Acceptance, Estimate, Moments, Series, heat_capacity, susceptibility};

/// Overlap `m = (1/n) Σ x_i s_i` of a state with a pattern: 1 the same, −1 its inverse, about 0 unrelated.
#[must_use]
pub fn overlap(pattern: &[i8], spins: &[i8]) -> f64 {
    f64::from(product(pattern, spins)) / pattern.len().max(1) as f64
}

/// Hamming distance: how many units differ (an unknown unit differs from both).
#[must_use]
pub fn hamming(pattern: &[i8], spins: &[i8]) -> u32 {
    pattern.iter().zip(spins).filter(|(a, b)| a != b).count() as u32
}

/// Σ x_i s_i.
pub(crate) fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
}

/// The places of numbers by their size, whatever their sign: the largest first and equal ones in order.
#[must_use]
pub fn largest_first(values: &[f64]) -> Vec<usize> {
    // A heap, because it is a tenth of the code of a sort. The bits of numbers that are not negative are in their order.
    let sized = |(place, &value): (usize, &f64)| (math::abs(value).to_bits(), Reverse(place));
    let heap: BinaryHeap<_> = values.iter().enumerate().map(sized).collect();
    heap.into_sorted_vec().into_iter().rev().map(|(_, Reverse(place))| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_and_distance_of_a_small_state() {
        assert_eq!(overlap(&[1, 1, -1, -1], &[1, -1, -1, -1]), 0.5);
        assert_eq!(hamming(&[1, 1, -1, -1], &[1, -1, -1, -1]), 1);
        assert_eq!(hamming(&[1, 1], &[0, 1]), 1);
    }

    #[test]
    fn the_largest_come_first_and_equals_in_order() {
        let values: Vec<f64> =
            (0..40).map(|i| f64::from(i % 4) * if i % 3 == 0 { -1.0 } else { 1.0 }).collect();
        let places = largest_first(&values);
        let expected: Vec<usize> =
            [3, 2, 1, 0].iter().flat_map(|r| (0..10).map(move |k| 4 * k + r)).collect();
        assert_eq!(places, expected);
    }
}
