//! What can be said of a state. Nothing here changes anything.

mod explain;
mod outcome;

pub use explain::{Contribution, Explanation};
pub use outcome::{Nearest, Outcome, Part, classify};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_and_distance_of_a_small_state() {
        assert_eq!(overlap(&[1, 1, -1, -1], &[1, -1, -1, -1]), 0.5);
        assert_eq!(hamming(&[1, 1, -1, -1], &[1, -1, -1, -1]), 1);
        assert_eq!(hamming(&[1, 1], &[0, 1]), 1);
    }
}
