//! What a machine is to learn: a distribution over states of its visible units.

use alloc::vec::Vec;

use super::BoltzmannError;
use crate::learning::Example;
use crate::math;
use crate::order::sort_by;

/// Greatest importance.
const MAX_IMPORTANCE: f64 = 1e9;

/// Patterns over the visible units, each with its share of the probability: its importance over that of all. Patterns that
/// are alike are one, and patterns of importance 0 are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    visible: usize,
    /// Pattern after pattern, spins of −1 and +1.
    spins: Vec<i8>,
    shares: Vec<f64>,
}

impl Data {
    /// Patterns of so many visible units, in the order in which they first appear.
    ///
    /// # Errors
    /// No patterns; patterns of another length or with units that are neither −1 nor +1; importances that are not numbers
    /// from 0 to 10⁹, or all 0.
    pub fn new(visible: usize, examples: &[Example<'_>]) -> Result<Self, BoltzmannError> {
        for (pattern, example) in examples.iter().enumerate() {
            let found = example.spins.len();
            if found != visible {
                return Err(BoltzmannError::Pattern { pattern, found, expected: visible });
            }
            if let Some(unit) = example.spins.iter().position(|s| !matches!(s, -1 | 1)) {
                return Err(BoltzmannError::PatternSpin { pattern, unit, value: example.spins[unit] });
            }
            if !(0.0..=MAX_IMPORTANCE).contains(&example.importance) {
                return Err(BoltzmannError::Importance { pattern, value: example.importance });
            }
        }
        let total: f64 = examples.iter().map(|example| example.importance).sum();
        // Below a normal number the shares would be none.
        if total < f64::MIN_POSITIVE {
            return Err(BoltzmannError::NoPatterns);
        }
        let mut order: Vec<usize> = (0..examples.len()).filter(|&k| examples[k].importance > 0.0).collect();
        // Stable: of those alike the first comes first.
        sort_by(&mut order, |&a, &b| examples[a].spins.cmp(examples[b].spins));
        let mut distinct: Vec<(usize, f64)> = order
            .chunk_by(|&a, &b| examples[a].spins == examples[b].spins)
            .map(|alike| (alike[0], alike.iter().map(|&k| examples[k].importance).sum::<f64>() / total))
            .collect();
        sort_by(&mut distinct, |a, b| a.0.cmp(&b.0));
        Ok(Self {
            visible,
            spins: distinct.iter().flat_map(|&(k, _)| examples[k].spins).copied().collect(),
            shares: distinct.iter().map(|&(_, share)| share).collect(),
        })
    }

    /// Number of visible units.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.visible
    }

    /// Number of different patterns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// Whether there are none: never.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shares.is_empty()
    }

    /// The patterns with their shares, which add up to 1.
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = (&[i8], f64)> + Clone {
        self.spins.chunks_exact(self.visible).zip(self.shares.iter().copied())
    }

    /// −Σ q ln q of the shares q, in nats: what the mean log-likelihood can reach at most, as its negative.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        -self.shares.iter().map(|&q| q * math::ln(q)).sum::<f64>()
    }

    /// Lets data pass that are made for so many visible units.
    pub(crate) fn check(&self, visible: usize) -> Result<(), BoltzmannError> {
        if self.visible == visible {
            Ok(())
        } else {
            Err(BoltzmannError::Pattern { pattern: 0, found: self.visible, expected: visible })
        }
    }
}
