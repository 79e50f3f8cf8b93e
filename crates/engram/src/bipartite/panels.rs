//! A matrix cut into panels, for sums over units that are on.
//!
//! In a bipartite net the field of a unit is the sum of the weights from the units of the other layer that are on. Of
//! those few are on, so their rows are added and nothing is multiplied. Here the columns are cut into panels of
//! [`WIDTH`]: a panel of a large matrix stays in the processor's fast memory while a whole mini-batch passes over it, and
//! the sums of its columns stay in registers until the last row.
//!
//! Every sum is made in the order of its list, so the bits do not depend on how the columns are cut.

use alloc::vec;
use alloc::vec::Vec;

use super::held::{self, Held};

/// Columns of a panel.
pub const WIDTH: usize = 16;

/// Numbers of one row in one panel.
pub type Slice = [f32; WIDTH];

/// A matrix of shape (rows, columns). Where the last panel is not full, it holds zeros.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Panels {
    rows: usize,
    columns: usize,
    /// Panel by panel, within each row by row.
    slices: Vec<Slice>,
}

/// Panels that so many columns need.
#[must_use]
pub const fn panels_of(columns: usize) -> usize {
    columns.div_ceil(WIDTH)
}

/// A bias so low that its unit is never on: that of the places beyond the last unit.
pub const NEVER: f32 = -1e30;

/// A vector cut like the columns of a matrix, with this number in the places beyond the last.
#[must_use]
pub fn cut(values: impl ExactSizeIterator<Item = f32>, beyond: f32) -> Vec<Slice> {
    let mut slices = vec![[beyond; WIDTH]; panels_of(values.len())];
    slices.as_flattened_mut().iter_mut().zip(values).for_each(|(to, value)| *to = value);
    slices
}

impl Panels {
    /// A matrix of zeros.
    #[must_use]
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self { rows, columns, slices: vec![[0.0; WIDTH]; panels_of(columns) * rows] }
    }

    /// A matrix of these numbers.
    #[must_use]
    pub fn of(rows: usize, columns: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let mut panels = Self::zero(rows, columns);
        for (panel, slices) in panels.slices.chunks_exact_mut(rows.max(1)).enumerate() {
            let first = panel * WIDTH;
            for (row, slice) in slices.iter_mut().enumerate() {
                for (k, value) in slice.iter_mut().enumerate().take(columns - first) {
                    *value = at(row, first + k);
                }
            }
        }
        panels
    }

    /// Rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many panels there are.
    #[must_use]
    pub fn count(&self) -> usize {
        panels_of(self.columns)
    }

    /// A number.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f32 {
        self.slices[column / WIDTH * self.rows + row][column % WIDTH]
    }

    /// A panel, row by row.
    #[inline]
    #[must_use]
    pub fn panel(&self, panel: usize) -> &[Slice] {
        &self.slices[panel * self.rows..(panel + 1) * self.rows]
    }

    /// The same, to be changed. What is beyond the last column must stay zero.
    #[inline]
    pub fn panel_mut(&mut self, panel: usize) -> &mut [Slice] {
        &mut self.slices[panel * self.rows..(panel + 1) * self.rows]
    }

    /// Whether it has these sizes and zeros beyond the last column, as what was saved may not.
    #[must_use]
    pub fn fits(&self, rows: usize, columns: usize) -> bool {
        let sized = self.rows == rows
            && self.columns == columns
            && Some(self.slices.len()) == panels_of(columns).checked_mul(rows);
        let beyond = panels_of(columns) * WIDTH - columns;
        let last = self.slices.len().saturating_sub(rows);
        sized && self.slices[last..].iter().all(|slice| slice[WIDTH - beyond..].iter().all(|&x| x == 0.0))
    }

    /// All numbers, panel by panel.
    #[must_use]
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// The same, to be changed. What is beyond the last column must stay zero.
    pub fn slices_mut(&mut self) -> &mut [Slice] {
        &mut self.slices
    }

    /// The size of the number that is farthest from zero.
    #[must_use]
    pub fn most(&self) -> f32 {
        // Sizes are ordered as their bits are.
        let sizes = self.slices.as_flattened().iter().map(|number| number.to_bits() & 0x7FFF_FFFF);
        f32::from_bits(sizes.fold(0, u32::max))
    }

    /// Becomes the transpose of another matrix, which has as many rows as this one columns and the other way round.
    pub fn transpose_of(&mut self, other: &Self) {
        for panel in 0..self.count() {
            let first = panel * WIDTH;
            let width = (self.columns - first).min(WIDTH);
            // In square blocks, so that every row of the other is come to while it is near.
            for block in 0..other.count() {
                let from = &other.panel(block)[first..first + width];
                let rows = (self.rows - block * WIDTH).min(WIDTH);
                let to = &mut self.panel_mut(panel)[block * WIDTH..block * WIDTH + rows];
                if let (Some(from), Some(to)) = (from.first_chunk(), to.first_chunk_mut()) {
                    turn(from, to);
                } else {
                    for (row, slice) in to.iter_mut().enumerate() {
                        slice.iter_mut().zip(from).for_each(|(to, from)| *to = from[row]);
                    }
                }
            }
        }
    }
}

/// Transposes a square block.
#[inline]
pub(super) fn turn<T: Copy>(from: &[[T; WIDTH]; WIDTH], to: &mut [[T; WIDTH]; WIDTH]) {
    for (row, slice) in to.iter_mut().enumerate() {
        for k in 0..WIDTH {
            slice[k] = from[k][row];
        }
    }
}

/// `start + Σ rows` over the rows of a panel that a list names, in its order.
#[inline]
#[must_use]
pub fn gather(panel: &[Slice], list: &[u16], start: Slice) -> Slice {
    held::gather(panel, list, Held::of(&start)).slice()
}

/// `start + Σ c_i · row_i` over all rows of a panel.
#[inline]
#[must_use]
pub fn gather_scaled(panel: &[Slice], factors: &[f32], start: Slice) -> Slice {
    held::gather_scaled(panel, factors, Held::of(&start)).slice()
}

/// Mean of slices.
#[must_use]
pub(crate) fn mean(slices: &[Slice]) -> Slice {
    let sum = slices.iter().fold(Held::splat(0.0), |sum, slice| sum + Held::of(slice));
    sum.slice().map(|x| x / slices.len() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(row: usize, column: usize) -> f32 {
        (row * 37 + column * 11) as f32 % 19.0 - 9.0
    }

    #[test]
    fn a_transpose_is_one_whatever_the_size() {
        for (rows, columns) in [(1, 1), (3, 2), (16, 16), (17, 15), (40, 33), (64, 784), (5, 100)] {
            let matrix = Panels::of(rows, columns, number);
            let mut other = Panels::zero(columns, rows);
            other.transpose_of(&matrix);
            assert_eq!(other, Panels::of(columns, rows, |row, column| number(column, row)));
            assert_eq!(matrix.at(rows - 1, columns - 1), number(rows - 1, columns - 1));
        }
    }

    #[test]
    fn rows_are_added_as_lists_and_factors_say() {
        let matrix = Panels::of(20, 19, number);
        let bias = cut((0..19).map(|k| k as f32), 0.0);
        for (panel, bias) in bias.into_iter().enumerate() {
            let sum = gather(matrix.panel(panel), &[3, 7, 19], bias);
            let mut factors = [0.0; 20];
            (factors[3], factors[7], factors[19]) = (1.0, 1.0, 1.0);
            assert_eq!(sum, gather_scaled(matrix.panel(panel), &factors, bias));
            for (k, sum) in sum.iter().enumerate().take(19 - 16 * panel) {
                let column = 16 * panel + k;
                assert_eq!(*sum, column as f32 + number(3, column) + number(7, column) + number(19, column));
            }
        }
    }
}
