//! Hidden units that patterns are continued with.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::Example;
use crate::kernel;
use crate::pattern::{SpinsError, spins};
use crate::rng::Rng;
use crate::weights::MAX_UNITS;

/// Most patterns: all their mutual overlaps are kept.
pub const MAX_PATTERNS: usize = MAX_UNITS;

/// Why patterns could not be continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaddingError {
    /// No visible units, or more units than [`MAX_UNITS`] in all.
    Units {
        /// Units of the patterns.
        visible: usize,
        /// Units to be added.
        hidden: usize,
    },
    /// No patterns, or more than [`MAX_PATTERNS`].
    Patterns(usize),
    /// A pattern that cannot be, or no memory for them.
    Pattern(SpinsError),
}

impl fmt::Display for PaddingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units { visible, hidden } => write!(
                f,
                "{visible} visible and {hidden} hidden units are not possible: at least 1 must be visible, and all together at most {MAX_UNITS}"
            ),
            Self::Patterns(p) => write!(f, "1 to {MAX_PATTERNS} patterns can be continued, not {p}"),
            Self::Pattern(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for PaddingError {}

impl From<SpinsError> for PaddingError {
    fn from(error: SpinsError) -> Self {
        Self::Pattern(error)
    }
}

/// P patterns of N visible units, each continued by K hidden units whose values nobody cares for: more units hold more
/// patterns, whatever the added ones show.
///
/// The hidden units begin as fair coins. [`refine`](Self::refine) chooses them so that the patterns disturb each other
/// least under Hebb's rule: it lowers `Σ_{μ<ν} q_μν²` over the mutual overlaps `q_μν = Σ_i x_μi x_νi` of the continued
/// patterns, the variance of the crosstalk that a unit feels, by turning single bits over as long as that helps. Turning
/// bit i of pattern μ over changes it by `2 (P − 1 − x_μi Σ_{ν≠μ} q_μν x_νi)`: the hidden units of the patterns are
/// themselves a net that comes to rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Padding {
    visible: usize,
    hidden: usize,
    /// Pattern by pattern, visible units first.
    patterns: Vec<Vec<i8>>,
    /// Of hidden unit after hidden unit, its spin in every pattern, padded with zeros to whole lanes.
    columns: Vec<i16>,
    /// Mutual overlaps of the continued patterns, row by row, padded; zeros on the diagonal.
    overlaps: Vec<i16>,
    stride: usize,
}

impl Padding {
    /// Patterns of ±1 continued by so many fair coins each, tossed pattern by pattern. No hidden units are allowed:
    /// then the patterns stay what they are.
    ///
    /// # Errors
    /// No patterns or too many; patterns of no units, of different lengths or with other values; more than
    /// [`MAX_UNITS`] units in all; no memory.
    pub fn coins(patterns: &[&[i8]], hidden: usize, rng: &mut Rng) -> Result<Self, PaddingError> {
        let count = patterns.len();
        if count == 0 || count > MAX_PATTERNS {
            return Err(PaddingError::Patterns(count));
        }
        let visible = patterns[0].len();
        if visible == 0 || visible.saturating_add(hidden) > MAX_UNITS {
            return Err(PaddingError::Units { visible, hidden });
        }
        for (pattern, x) in patterns.iter().enumerate() {
            spins::check(pattern, x, visible)?;
        }
        let stride = count.next_multiple_of(kernel::WHOLE_LANES);
        let patterns: Vec<Vec<i8>> = patterns
            .iter()
            .map(|x| x.iter().copied().chain((0..hidden).map(|_| rng.spin())).collect())
            .collect();
        let mut columns = numbers(hidden * stride)?;
        for (unit, column) in columns.chunks_exact_mut(stride).enumerate() {
            column.iter_mut().zip(&patterns).for_each(|(cell, x)| *cell = i16::from(x[visible + unit]));
        }
        let mut overlaps = numbers(count * stride)?;
        let mut column = vec![0i16; stride];
        for unit in 0..visible + hidden {
            column.iter_mut().zip(&patterns).for_each(|(cell, x)| *cell = i16::from(x[unit]));
            for (row, &spin) in overlaps.chunks_exact_mut(stride).zip(&column) {
                kernel::add_scaled_whole(row, spin, &column);
            }
        }
        (0..count).for_each(|k| overlaps[k * stride + k] = 0);
        Ok(Self { visible, hidden, patterns, columns, overlaps, stride })
    }

    /// Number of visible units, N.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.visible
    }

    /// Number of hidden units, K.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The continued patterns, of N + K units, the visible ones first.
    #[must_use]
    pub fn patterns(&self) -> &[Vec<i8>] {
        &self.patterns
    }

    /// The continued patterns as examples that any rule can learn for a net of N + K units.
    #[must_use]
    pub fn examples(&self) -> Vec<Example<'_>> {
        self.patterns.iter().map(|x| Example::new(x)).collect()
    }

    /// `Σ_{μ<ν} q_μν²`. Fair coins have `(N + K) P (P − 1) / 2` of it on average; orthogonal patterns have none.
    #[must_use]
    pub fn interference(&self) -> u64 {
        let twice: i64 = self.overlaps.iter().map(|&q| i64::from(q) * i64::from(q)).sum();
        (twice / 2) as u64
    }

    /// Asks hidden unit `unit` (from 0) in every pattern once whether it does better turned over, and turns it over
    /// where it does. How many were turned over. P² operations; nothing is drawn. There is nothing to ask of a unit that
    /// is not there.
    pub fn refine_unit(&mut self, unit: usize) -> usize {
        let (count, stride) = (self.patterns.len(), self.stride);
        if unit >= self.hidden {
            return 0;
        }
        let column = &mut self.columns[unit * stride..(unit + 1) * stride];
        let mut turned = 0;
        for (pattern, x) in self.patterns.iter_mut().enumerate() {
            let own = column[pattern];
            let row = &mut self.overlaps[pattern * stride..(pattern + 1) * stride];
            if i32::from(own) * kernel::dot_whole(row, column) < count as i32 {
                continue;
            }
            kernel::add_scaled_whole(row, -2 * own, column);
            row[pattern] = 0;
            for other in 0..count {
                self.overlaps[other * stride + pattern] = self.overlaps[pattern * stride + other];
            }
            column[pattern] = -own;
            x[self.visible + unit] = -own as i8;
            turned += 1;
        }
        turned
    }

    /// Asks all hidden units, up to so many times over, until none is turned over any more. True if it came to rest. It
    /// takes K P² operations a time: for many units and patterns [`refine_unit`](Self::refine_unit) cuts that up.
    pub fn refine(&mut self, max_sweeps: usize) -> bool {
        (0..max_sweeps).any(|_| (0..self.hidden).map(|unit| self.refine_unit(unit)).sum::<usize>() == 0)
    }
}

/// So many zeros.
fn numbers(count: usize) -> Result<Vec<i16>, PaddingError> {
    let mut numbers = Vec::new();
    let bytes = count * size_of::<i16>();
    numbers.try_reserve_exact(count).map_err(|_| SpinsError::Memory { bytes })?;
    numbers.resize(count, 0);
    Ok(numbers)
}
