//! A matrix rounded to whole numbers of few bits, for sums over units that are on.
//!
//! Eight such numbers are added at once where four in single precision are. A step of a large machine that learns is mostly
//! such sums, so it takes much less time; what is drawn is drawn from weights that are off by half a unit at most, and
//! a unit is 1/2047 to 1/1024 of the largest weight. Sums of whole numbers are exact, so their order makes no difference.

use alloc::vec;
use alloc::vec::Vec;

use super::held::Held;
use super::lists::Lists;
use super::panels::{Panels, Slice, WIDTH, panels_of, turn};
use super::pass::Matrix;
use crate::wide::Wide;

/// Rows of two panels beside each other: in each word a number of the first panel in the low half, and the number of the
/// second that is in the same place in the high half.
type Row = [u32; WIDTH];

/// All numbers are less than this, or this.
const MOST: i32 = 2048;

/// So many of them can be added in 16 bits.
const TOGETHER: usize = (i16::MAX as i32 / MOST) as usize;

/// A matrix of shape (rows, columns) in whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounded {
    rows: usize,
    columns: usize,
    /// What 1 stands for: a power of two.
    unit: f32,
    /// Pair of panels by pair, within each row by row.
    words: Vec<Row>,
}

impl Rounded {
    /// A matrix of zeros.
    #[must_use]
    pub fn zero(rows: usize, columns: usize) -> Self {
        Self { rows, columns, unit: 1.0, words: vec![[0; WIDTH]; panels_of(columns).div_ceil(2) * rows] }
    }

    /// Becomes a matrix of the same shape, rounded to the nearest, and halves to the even one. Of numbers that are not
    /// finite nothing sensible is made.
    pub fn follow(&mut self, panels: &Panels) {
        let scale = scale(panels.most());
        self.unit = 1.0 / scale;
        for (pair, words) in self.words.chunks_exact_mut(self.rows.max(1)).enumerate() {
            let panel = |k: usize| (k < panels.count()).then(|| panels.panel(k).as_flattened());
            // Number by number, or the compiler makes vectors of rows.
            let words = words.as_flattened_mut().iter_mut().zip(panel(2 * pair).unwrap_or_default());
            match panel(2 * pair + 1) {
                Some(high) => words.zip(high).for_each(|((word, &low), &high)| {
                    *word = whole(low, scale) & 0xFFFF | whole(high, scale) << 16;
                }),
                None => words.for_each(|(word, &low)| *word = whole(low, scale) & 0xFFFF),
            }
        }
    }

    /// Becomes the transpose of another matrix, which has as many rows as this one columns and the other way round, times a
    /// power of two.
    pub fn transpose_of(&mut self, other: &Self, times: f32) {
        self.unit = other.unit * times;
        let zero = [0; WIDTH];
        for (pair, to) in self.words.chunks_exact_mut(self.rows.max(1)).enumerate() {
            // Columns of this one are rows of the other: those of the first panel of the pair, and those of the second.
            let first = pair * 2 * WIDTH;
            for (from, to) in other.words.chunks_exact(other.rows.max(1)).zip(to.chunks_mut(2 * WIDTH)) {
                let row = |k: usize| from.get(first + k).copied().unwrap_or(zero);
                let (mut low, mut high) = ([zero; WIDTH], [zero; WIDTH]);
                for k in 0..WIDTH {
                    let (one, other) = (row(k), row(WIDTH + k));
                    for j in 0..WIDTH {
                        low[k][j] = one[j] & 0xFFFF | other[j] << 16;
                        high[k][j] = one[j] >> 16 | other[j] & 0xFFFF_0000;
                    }
                }
                for (from, to) in [low, high].iter().zip(to.chunks_mut(WIDTH)) {
                    let mut turned = [zero; WIDTH];
                    turn(from, &mut turned);
                    to.copy_from_slice(&turned[..to.len()]);
                }
            }
        }
    }
}

impl Matrix for Rounded {
    fn columns(&self) -> usize {
        self.columns
    }

    /// It is a function of its own for the sake of registers.
    #[inline(never)]
    fn gather_all(&self, pair: usize, lists: &Lists, biases: &[Slice], to: &mut [Vec<Slice>; 2]) {
        debug_assert_eq!(lists.units(), self.rows);
        let rows = &self.words[pair * self.rows..(pair + 1) * self.rows];
        let unit = Held::splat(self.unit);
        for (copy, list) in lists.iter().enumerate() {
            let mut sums = [[0; WIDTH]; 2];
            for list in list.chunks(TOGETHER) {
                let words = sum(rows, list);
                for k in 0..WIDTH {
                    sums[0][k] += (words[k] as i32) << 16 >> 16;
                    sums[1][k] += words[k] as i32 >> 16;
                }
            }
            for ((to, sums), bias) in to.iter_mut().zip(&sums).zip(biases) {
                to[copy] = (Held::of(bias) + Held::of_whole(sums) * unit).slice();
            }
        }
    }
}

/// The sum of the rows that a list names, which are not too many to be added in 16 bits.
#[inline(always)]
fn sum(rows: &[Row], list: &[u16]) -> Row {
    let zero = Wide::splat(0);
    let (mut a, mut b, mut c, mut d) = (zero, zero, zero, zero);
    for &row in list {
        // They are there. Were it said so by an index, what a panic tells would be held in registers, too.
        let Some(row) = rows.get(usize::from(row)) else { break };
        // By name, or they are put into memory and taken out of it for every row.
        let [e, f, g, h] = row.as_chunks().0 else { break };
        (a, b) = (a.plus_halves(Wide::new(*e)), b.plus_halves(Wide::new(*f)));
        (c, d) = (c.plus_halves(Wide::new(*g)), d.plus_halves(Wide::new(*h)));
    }
    let mut words = [0; WIDTH];
    for (four, sum) in words.as_chunks_mut().0.iter_mut().zip([a, b, c, d]) {
        *four = sum.words();
    }
    words
}

/// A number times a scale as a whole number, in two's complement; only the low half of the bits is meant.
#[inline(always)]
fn whole(number: f32, scale: f32) -> u32 {
    // Numbers of this size have no fractions: what is added ends in their lowest bits.
    (number * scale + 12_582_912.0).to_bits()
}

/// The greatest power of two that makes no number greater than [`MOST`].
fn scale(most: f32) -> f32 {
    // Far below and above what weights are, so that the scale and its inverse are numbers, too.
    let exponent = (most.to_bits() >> 23).clamp(127 - 60, 127 + 60);
    f32::from_bits((127 + 127 + MOST.ilog2() - 1 - exponent) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(panels: &Panels) -> Rounded {
        let mut rounded = Rounded::zero(panels.rows(), panels.columns());
        rounded.follow(panels);
        rounded
    }

    fn sums(panels: &Panels, lists: &Lists, biases: &[Slice]) -> Vec<Slice> {
        let rounded = rounded(panels);
        let mut all = Vec::new();
        for (pair, biases) in biases.chunks(2).enumerate() {
            let mut to = [vec![[0.0; WIDTH]; lists.copies()], vec![[0.0; WIDTH]; lists.copies()]];
            rounded.gather_all(pair, lists, biases, &mut to);
            all.extend(to.into_iter().take(biases.len()).flatten());
        }
        all
    }

    #[test]
    fn sums_of_numbers_that_are_whole_are_exact() {
        let number = |row: usize, column: usize| (row * 37 + column * 11) as f32 % 19.0 - 9.0;
        for columns in [1, 16, 19, 32, 40, 64] {
            let panels = Panels::of(120, columns, number);
            let mut lists = Lists::new(120, 3);
            (0..120).filter(|row| row % 3 != 1).for_each(|row| lists.push(0, row));
            lists.push(1, 119);
            let biases = super::super::cut((0..columns).map(|k| k as f32), 0.0);
            let sums = sums(&panels, &lists, &biases);
            for (k, sum) in sums.as_flattened().iter().enumerate() {
                let (copy, column) = (k / WIDTH % 3, k / (3 * WIDTH) * WIDTH + k % WIDTH);
                let rows = lists.copy(copy).iter().map(|&row| panels.at(usize::from(row), column));
                if column < columns {
                    assert_eq!(*sum, column as f32 + rows.sum::<f32>(), "{columns} {copy} {column}");
                }
            }
        }
    }

    #[test]
    fn a_transpose_is_that_of_the_numbers_whatever_the_size() {
        for (rows, columns) in [(1, 1), (3, 20), (16, 32), (33, 17), (48, 64), (50, 49), (70, 3)] {
            let number = |row: usize, column: usize| (row * 37 + column * 11) as f32 % 19.0 - 9.0;
            let mut turned = Rounded::zero(columns, rows);
            turned.transpose_of(&rounded(&Panels::of(rows, columns, number)), 2.0);
            let mut expected = rounded(&Panels::of(columns, rows, |row, column| number(column, row)));
            expected.unit *= 2.0;
            assert_eq!(turned, expected, "{rows} {columns}");
        }
    }

    #[test]
    fn no_number_is_off_by_more_than_half_a_unit_and_the_largest_sums_fit() {
        for most in [1e-30, 3e-5, 0.9999, 1.0, 1.5, 1.9999, 700.0, 1e15] {
            let panels = Panels::of(100, 32, |row, column| match column {
                0 => most,
                1 => -most,
                _ => most * (row * 32 + column) as f32 / 3200.0 * if row % 2 == 0 { 1.0 } else { -1.0 },
            });
            let unit = rounded(&panels).unit;
            assert!(unit <= most / 1023.9 || most < 1e-18, "{unit} of {most}");
            let lists = Lists::of(100, &[1; 100]);
            let all = sums(&panels, &lists, &[[0.0; WIDTH]; 2]);
            for (column, &sum) in all.as_flattened().iter().enumerate() {
                let exact: f64 = (0..100).map(|row| f64::from(panels.at(row, column))).sum();
                assert!((f64::from(sum) - exact).abs() <= 50.1 * f64::from(unit), "{sum} is not {exact}");
            }
        }
    }
}
