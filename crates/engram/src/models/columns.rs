//! Patterns kept unit by unit, and their overlaps with a state: what the nets that are worked over their patterns share.
//!
//! A change of one unit alters every overlap by what that unit is in the pattern, so the spins of one unit in all
//! patterns lie side by side: the change is one row addition.

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel;
use crate::pattern::{SpinsError, spins};
use crate::rng::Rng;

/// P patterns of n spins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    units: usize,
    patterns: usize,
    stride: usize,
    /// Of unit after unit, its spin in every pattern, padded with zeros to whole lanes.
    cells: Vec<i16>,
}

impl Columns {
    /// Blank patterns, to be drawn. The caller has checked both numbers: overlaps are held in 16 bits.
    pub fn zero(units: usize, patterns: usize) -> Result<Self, SpinsError> {
        let stride = patterns.next_multiple_of(kernel::WHOLE_LANES);
        let mut cells = Vec::new();
        let bytes = units * stride * size_of::<i16>();
        cells.try_reserve_exact(units * stride).map_err(|_| SpinsError::Memory { bytes })?;
        cells.resize(units * stride, 0);
        Ok(Self { units, patterns, stride, cells })
    }

    /// Puts one pattern in its place.
    pub fn write(&mut self, pattern: usize, x: &[i8]) -> Result<(), SpinsError> {
        spins::check(pattern, x, self.units)?;
        for (column, &spin) in self.cells.chunks_exact_mut(self.stride).zip(x) {
            column[pattern] = i16::from(spin);
        }
        Ok(())
    }

    /// Puts independent fair coins in place of all patterns: unit by unit, the lowest bit of a word first, 32
    /// patterns a word.
    pub fn redraw(&mut self, rng: &mut Rng) {
        for column in self.cells.chunks_exact_mut(self.stride) {
            for spins in column.chunks_mut(32) {
                let word = rng.word();
                for (byte, spins) in spins.as_chunks_mut::<8>().0.iter_mut().enumerate() {
                    let bits = (word >> (8 * byte)) as i16;
                    *spins = core::array::from_fn(|bit| if bits & 1 << bit == 0 { -1 } else { 1 });
                }
            }
            column[self.patterns..].fill(0);
        }
    }

    /// Number of units, n.
    #[inline]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Number of patterns, P.
    #[inline]
    pub fn patterns(&self) -> usize {
        self.patterns
    }

    /// A pattern: n spins.
    pub fn pattern(&self, index: usize) -> Vec<i8> {
        self.cells.chunks_exact(self.stride).map(|column| column[index] as i8).collect()
    }

    /// What unit `i` is in every pattern, padded with zeros to whole lanes.
    #[inline]
    pub fn column(&self, i: usize) -> &[i16] {
        &self.cells[i * self.stride..(i + 1) * self.stride]
    }

    /// Overlaps Σ_i x_μi s_i with all patterns, padded with zeros.
    pub fn overlaps(&self, spins: &[i8]) -> Vec<i16> {
        let mut overlaps = vec![0; self.stride];
        for (column, &spin) in self.cells.chunks_exact(self.stride).zip(spins) {
            kernel::add_scaled_whole(&mut overlaps, i16::from(spin), column);
        }
        overlaps
    }

    /// Brings the overlaps up to date after unit `i` changed by `step`.
    #[inline]
    pub fn changed(&self, overlaps: &mut [i16], i: usize, step: i8) {
        kernel::add_scaled_whole(overlaps, i16::from(step), self.column(i));
    }
}
