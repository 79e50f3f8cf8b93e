//! Which units are linked.

use alloc::vec::Vec;

use super::{BoltzmannError, MAX_UNITS};
use crate::order::sort;

/// Pairs of different units, each once: (i, j) with i < j, by i and then by j. Weights and statistics of links stand in this
/// order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    units: usize,
    pairs: Vec<[u16; 2]>,
}

impl Links {
    /// Links between all pairs i < j that are `allowed`.
    ///
    /// # Errors
    /// No units, or more than [`MAX_UNITS`].
    pub fn between(
        units: usize,
        mut allowed: impl FnMut(usize, usize) -> bool,
    ) -> Result<Self, BoltzmannError> {
        if units == 0 || units > MAX_UNITS {
            return Err(BoltzmannError::Units(units));
        }
        let mut pairs = Vec::new();
        for i in 0..units {
            pairs.extend((i + 1..units).filter(|&j| allowed(i, j)).map(|j| [i as u16, j as u16]));
        }
        Ok(Self { units, pairs })
    }

    /// Links between all units.
    ///
    /// # Errors
    /// As [`between`](Self::between).
    pub fn all(units: usize) -> Result<Self, BoltzmannError> {
        Self::between(units, |_, _| true)
    }

    /// The links of a restricted machine: each visible unit to each hidden one.
    ///
    /// # Errors
    /// As [`between`](Self::between).
    pub fn bipartite(visible: usize, hidden: usize) -> Result<Self, BoltzmannError> {
        Self::between(visible.saturating_add(hidden), |i, j| i < visible && j >= visible)
    }

    /// The links of an encoder: two groups of `side` visible units that have no links with each other, and `code` hidden
    /// units between them, not linked among themselves, through which all that one group knows of the other must pass. If
    /// `within`, the units of each group are linked among themselves; without that a code is found far less often.
    ///
    /// # Errors
    /// As [`between`](Self::between).
    pub fn encoder(side: usize, code: usize, within: bool) -> Result<Self, BoltzmannError> {
        let visible = side.saturating_mul(2);
        Self::between(visible.saturating_add(code), |i, j| match (i < visible, j < visible) {
            (true, true) => within && (i < side) == (j < side),
            (one, other) => one != other,
        })
    }

    /// These links and no others, in any order; one that is named twice is one.
    ///
    /// # Errors
    /// No units or too many; a link of a unit to itself or to one that is not there.
    pub fn of(units: usize, pairs: &[[usize; 2]]) -> Result<Self, BoltzmannError> {
        let mut links = Self::between(units, |_, _| false)?;
        for &pair in pairs {
            let [i, j] = pair;
            if i == j || i >= units || j >= units {
                return Err(BoltzmannError::Link { pair, units });
            }
            links.pairs.push([i.min(j) as u16, i.max(j) as u16]);
        }
        sort(&mut links.pairs);
        links.pairs.dedup();
        Ok(links)
    }

    /// Number of units, linked or not.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Number of links.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether there are no links.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The units that a link joins, the lower first.
    #[must_use]
    pub fn pair(&self, link: usize) -> (usize, usize) {
        let [i, j] = self.pairs[link];
        (usize::from(i), usize::from(j))
    }

    /// All links.
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = (usize, usize)> + Clone {
        self.pairs.iter().map(|&[i, j]| (usize::from(i), usize::from(j)))
    }

    /// The place of the link between two units, if there is one.
    #[must_use]
    pub fn find(&self, i: usize, j: usize) -> Option<usize> {
        let pair = [u16::try_from(i.min(j)).ok()?, u16::try_from(i.max(j)).ok()?];
        self.pairs.binary_search(&pair).ok()
    }

    /// Whether two units are linked.
    #[must_use]
    pub fn has(&self, i: usize, j: usize) -> bool {
        self.find(i, j).is_some()
    }
}
