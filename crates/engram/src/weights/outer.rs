//! Weights that are sums over patterns, made faster than pattern by pattern.

use alloc::vec;
use alloc::vec::Vec;

use super::{Weights, WeightsError};
use crate::kernel::{self, Real};

/// Patterns that are added in one stroke.
const GROUP: usize = 4;
/// What a group can look like at one unit.
const LOOKS: usize = 1 << GROUP;
/// Groups whose sum is sure to stay within 8 bits.
const BLOCK: usize = 28;

/// Most patterns whose sum is sure to stay within 16 bits.
pub(crate) const MAX_OUTER: usize = i16::MAX as usize;

impl<T: Real> Weights<T> {
    /// `W = c Σ_μ (x_μ x_μ' − 1)`, shape (n, n), of at most [`MAX_OUTER`] patterns of n spins, each ±1: the callers
    /// have checked them.
    ///
    /// Four patterns look one of sixteen ways at a unit, and what they add to that unit's row depends on the look
    /// alone. So the sixteen rows are made once for every four patterns, and a row of W is a sum of a quarter as many
    /// rows, held in bytes (the method of Arlazarov, Dinic, Kronrod & Faradžev, Soviet Math. Dokl. 11 (1970) 1209).
    /// They are whole numbers, so the result has the bits of any other way of adding.
    ///
    /// # Errors
    /// [`WeightsError::Units`] or [`WeightsError::Memory`].
    pub(crate) fn outer_products(units: usize, patterns: &[&[i8]], scale: f64) -> Result<Self, WeightsError> {
        let mut weights = Self::zero(units, scale)?;
        let stride = weights.stride;
        let mut sums = Sums::new(units, stride, patterns.len());
        for block in patterns.chunks(BLOCK * GROUP) {
            sums.fill(block);
            for unit in 0..units {
                let sent = weights.sent_mut(unit);
                match sums.row(unit, block.len().div_ceil(GROUP)) {
                    Row::Bytes(row) => {
                        for (w, &sum) in sent.iter_mut().zip(row) {
                            *w = T::from_whole(i16::from(sum));
                        }
                    }
                    Row::Words(row) => {
                        for (w, &sum) in sent.iter_mut().zip(row) {
                            *w = T::from_whole(sum);
                        }
                    }
                }
                sent[unit] = T::default();
            }
        }
        Ok(weights)
    }
}

/// The sums in the making.
struct Sums {
    stride: usize,
    /// Of each group, what it adds to a row at each of its looks.
    table: Vec<i8>,
    /// Of each group, its look at each unit.
    looks: Vec<u8>,
    bytes: Vec<i8>,
    /// Sums over all blocks, where there are several.
    totals: Vec<i16>,
}

/// A row of sums.
enum Row<'a> {
    Bytes(&'a [i8]),
    Words(&'a [i16]),
}

impl Sums {
    fn new(units: usize, stride: usize, patterns: usize) -> Self {
        let groups = patterns.div_ceil(GROUP).min(BLOCK);
        let totals = if patterns > BLOCK * GROUP { units * stride } else { 0 };
        Self {
            stride,
            table: vec![0; groups * LOOKS * stride],
            looks: vec![0; groups * stride],
            bytes: vec![0; stride],
            totals: vec![0; totals],
        }
    }

    /// Makes what the groups of a block of patterns add.
    fn fill(&mut self, block: &[&[i8]]) {
        let (tables, looks) =
            (self.table.chunks_exact_mut(LOOKS * self.stride), self.looks.chunks_exact_mut(self.stride));
        for ((group, table), looks) in block.chunks(GROUP).zip(tables).zip(looks) {
            looks.fill(0);
            table[..self.stride].fill(0);
            for (k, x) in group.iter().enumerate() {
                for ((look, none), &spin) in looks.iter_mut().zip(&mut *table).zip(*x) {
                    *look |= u8::from(spin > 0) << k;
                    *none -= spin;
                }
            }
            // Each look is an earlier one with one pattern more turned from − to +.
            for look in 1..1 << group.len() {
                let (earlier, rest) = table.split_at_mut(look * self.stride);
                let from = &earlier[(look & (look - 1)) * self.stride..];
                let turned = group[look.trailing_zeros() as usize];
                for ((cell, &before), &spin) in rest.iter_mut().zip(from).zip(turned) {
                    *cell = before + 2 * spin;
                }
            }
        }
    }

    /// The row of a unit, over so many groups of this block and all of those before.
    fn row(&mut self, unit: usize, groups: usize) -> Row<'_> {
        let (table, looks, stride) = (&self.table, &self.looks, self.stride);
        let row = |group: usize| {
            let at = (group * LOOKS + usize::from(looks[group * stride + unit])) * stride;
            &table[at..at + stride]
        };
        self.bytes.fill(0);
        let mut next = 0;
        while next + 8 <= groups {
            kernel::add_bytes::<8, i8>(&mut self.bytes, core::array::from_fn(|k| row(next + k)));
            next += 8;
        }
        if next + 4 <= groups {
            kernel::add_bytes::<4, i8>(&mut self.bytes, core::array::from_fn(|k| row(next + k)));
            next += 4;
        }
        while next < groups {
            kernel::add_bytes::<1, i8>(&mut self.bytes, [row(next)]);
            next += 1;
        }
        if self.totals.is_empty() {
            return Row::Bytes(&self.bytes);
        }
        let totals = &mut self.totals[unit * stride..(unit + 1) * stride];
        kernel::add_bytes::<1, i16>(totals, [&self.bytes]);
        Row::Words(totals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    #[test]
    fn they_are_the_sums_of_outer_products() {
        let mut rng = Rng::new(21, Stream::Patterns, 0);
        // Fewer than a group, a ragged group, more than one block, a wide net.
        for (n, p) in [(5, 1), (17, 3), (40, 13), (33, 250), (130, 112)] {
            let patterns: Vec<Vec<i8>> = (0..p).map(|_| (0..n).map(|_| rng.spin()).collect()).collect();
            let views: Vec<&[i8]> = patterns.iter().map(Vec::as_slice).collect();
            let mut plain = Weights::<f32>::zero(n, 0.5).unwrap();
            views.iter().for_each(|x| plain.add_outer(1.0, x));
            assert_eq!(Weights::outer_products(n, &views, 0.5).unwrap(), plain, "{n} units, {p} patterns");
        }
    }
}
