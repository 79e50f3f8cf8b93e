//! Two replicas: runs of the same couplings with dice of their own.
//!
//! In a glass the magnetisation says nothing, since spins freeze in directions that look like coins. What tells frozen
//! from free is how alike two replicas are (S. F. Edwards & P. W. Anderson, J. Phys. F 5 (1975) 965; G. Parisi, Phys.
//! Rev. Lett. 50 (1983) 1946).

use alloc::vec::Vec;

use super::{Estimate, Series, product};

/// The overlaps `q = (1/n) Σ s_i s'_i` of two replicas along their runs: how often each of the n + 1 values from −1 to 1
/// has come up, and the mean of q², whose sign does not matter where the energy is that of the negative too.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Overlaps {
    /// By the number of units that agree, from none to all.
    counts: Vec<u64>,
    squares: Series,
}

impl Overlaps {
    /// None yet, of replicas of so many units.
    #[must_use]
    pub fn new(units: usize) -> Self {
        Self { counts: alloc::vec![0; units + 1], squares: Series::default() }
    }

    /// Takes in a pair of states of ±1. Where one of them is unknown a unit counts for half of an agreement.
    ///
    /// # Panics
    /// If they do not have as many units as was said: the callers have checked it.
    pub fn add(&mut self, first: &[i8], second: &[i8]) {
        let units = self.units();
        assert_eq!((first.len(), second.len()), (units, units), "one spin a unit");
        let product = product(first, second);
        self.counts[((units as i32 + product) / 2) as usize] += 1;
        let q = f64::from(product) / units.max(1) as f64;
        self.squares.add(q * q);
    }

    /// Number of units, n.
    #[must_use]
    pub fn units(&self) -> usize {
        self.counts.len() - 1
    }

    /// How many pairs were taken in.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.squares.moments().count()
    }

    /// How often each overlap has come up, from −1 to 1 in steps of 2/n.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The mean of q² with its error; 0 of none.
    #[must_use]
    pub fn mean_square(&self) -> Estimate {
        self.squares.estimate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_are_counted_and_their_squares_averaged() {
        let mut seen = Overlaps::new(4);
        assert_eq!((seen.units(), seen.count(), seen.mean_square().mean), (4, 0, 0.0));
        seen.add(&[1, 1, -1, -1], &[1, 1, -1, -1]);
        seen.add(&[1, 1, -1, -1], &[-1, -1, 1, 1]);
        seen.add(&[1, 1, -1, -1], &[1, 1, -1, 1]);
        seen.add(&[1, 1, -1, 0], &[1, -1, -1, 1]);
        assert_eq!(seen.counts(), [1, 0, 1, 1, 1]);
        assert_eq!(seen.count(), 4);
        assert!((seen.mean_square().mean - (1.0 + 1.0 + 0.25 + 0.0625) / 4.0).abs() < 1e-15);
    }
}
