//! Weights of a pairwise net.

mod outer;
mod rounding;

use alloc::vec::Vec;
use core::fmt;

use crate::kernel::{self, Real};
use crate::math;

pub(crate) use outer::MAX_OUTER;
pub(crate) use rounding::Rounding;

/// Most units a net may have: 64 × 64 pictures.
pub const MAX_UNITS: usize = 4096;

/// Why weights could not be made.
#[derive(Clone, Debug, PartialEq)]
pub enum WeightsError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// A row of the matrix has the wrong length.
    RowLength {
        /// Which row.
        row: usize,
        /// How many numbers it has.
        found: usize,
        /// How many it needs.
        expected: usize,
    },
    /// An entry is not a finite number, or larger than 10⁹ in size.
    Entry {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// What stands there.
        value: f64,
    },
    /// A unit is joined to itself.
    Diagonal {
        /// Which unit.
        unit: usize,
        /// The weight that should be 0.
        value: f64,
    },
    /// The machine could not give that much memory.
    Memory {
        /// Bytes asked for.
        bytes: usize,
    },
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(f, "a net needs 1 to {MAX_UNITS} units, not {n}"),
            Self::RowLength { row, found, expected } => {
                write!(f, "row {row} of the weights has {found} numbers; it needs {expected}")
            }
            Self::Entry { row, column, value } => write!(
                f,
                "the weight at row {row}, column {column} is {value}; it must be a number between -1e9 and 1e9"
            ),
            Self::Diagonal { unit, value } => {
                write!(f, "unit {unit} is joined to itself with weight {value}; the diagonal must be 0")
            }
            Self::Memory { bytes } => write!(f, "not enough memory for {bytes} bytes of weights"),
        }
    }
}

impl core::error::Error for WeightsError {}

/// Whether rows of numbers are weights; nothing is made of them.
///
/// # Errors
/// Wrong shape, entries that are not finite numbers up to 10⁹, or a diagonal that is not zero.
pub fn check_rows(rows: &[Vec<f64>]) -> Result<(), WeightsError> {
    let n = rows.len();
    if n == 0 || n > MAX_UNITS {
        return Err(WeightsError::Units(n));
    }
    // Many short rows are a small text for a large matrix.
    if let Some(row) = rows.iter().position(|row| row.len() != n) {
        return Err(WeightsError::RowLength { row, found: rows[row].len(), expected: n });
    }
    for (i, row) in rows.iter().enumerate() {
        for (j, &value) in row.iter().enumerate() {
            if !value.is_finite() || math::abs(value) > 1e9 {
                return Err(WeightsError::Entry { row: i, column: j, value });
            }
            if i == j && value != 0.0 {
                return Err(WeightsError::Diagonal { unit: i, value });
            }
        }
    }
    Ok(())
}

/// Weights `w_ij`, shape (n, n): the influence of unit `j` on unit `i`, with a zero diagonal.
///
/// Held as `scale · m_ij` with one common factor, so that sums over patterns stay whole numbers and a field that
/// should be exactly zero is exactly zero. What unit `j` sends to all others lies side by side in memory, because a
/// flip of `j` changes every field by that row; rows are padded to whole lanes with zeros. For a symmetric net the
/// two readings of the matrix are the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights<T> {
    units: usize,
    stride: usize,
    scale: f64,
    sent: Vec<T>,
}

impl<T: Real> Weights<T> {
    /// All weights zero.
    ///
    /// # Errors
    /// [`WeightsError::Units`] outside 1..=[`MAX_UNITS`]; [`WeightsError::Memory`] if it cannot be allocated.
    pub fn zero(units: usize, scale: f64) -> Result<Self, WeightsError> {
        if units == 0 || units > MAX_UNITS {
            return Err(WeightsError::Units(units));
        }
        let stride = kernel::padded(units);
        let bytes = units * stride * size_of::<T>();
        let mut sent = Vec::new();
        sent.try_reserve_exact(units * stride).map_err(|_| WeightsError::Memory { bytes })?;
        sent.resize(units * stride, T::default());
        Ok(Self { units, stride, scale, sent })
    }

    /// From a matrix written out row by row: `rows[i][j]` is `w_ij`. It need not be symmetric.
    ///
    /// # Errors
    /// As [`check_rows`], or no memory.
    pub fn from_rows(rows: &[Vec<f64>]) -> Result<Self, WeightsError> {
        check_rows(rows)?;
        let mut weights = Self::zero(rows.len(), 1.0)?;
        for (i, row) in rows.iter().enumerate() {
            for (j, &value) in row.iter().enumerate() {
                weights.set_raw(i, j, T::from_f64(value));
            }
        }
        Ok(weights)
    }

    /// Number of units, n.
    #[inline]
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Length of a padded row.
    #[inline]
    #[must_use]
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// The common factor.
    #[inline]
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// `w_ij`, scaled.
    #[inline]
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.scale * self.raw(i, j).to_f64()
    }

    /// `w_ij` before the common factor.
    #[inline]
    #[must_use]
    pub fn raw(&self, i: usize, j: usize) -> T {
        self.sent[j * self.stride + i]
    }

    /// Sets `w_ij` before the common factor, one direction only.
    #[inline]
    pub fn set_raw(&mut self, i: usize, j: usize, value: T) {
        self.sent[j * self.stride + i] = value;
    }

    /// What unit `j` sends: `w_ij` for all `i`, before the common factor, padded with zeros.
    #[inline]
    #[must_use]
    pub fn sent(&self, j: usize) -> &[T] {
        &self.sent[j * self.stride..(j + 1) * self.stride]
    }

    /// As [`sent`](Self::sent), to be changed; the padding and the diagonal must stay zero.
    #[inline]
    pub fn sent_mut(&mut self, j: usize) -> &mut [T] {
        &mut self.sent[j * self.stride..(j + 1) * self.stride]
    }

    /// All rows of what is sent, one after another.
    #[inline]
    #[must_use]
    pub fn all_sent(&self) -> &[T] {
        &self.sent
    }

    /// `W += c · x x'` with the diagonal kept at zero; `x` holds n spins. `c` is before the common factor.
    pub fn add_outer(&mut self, c: f64, x: &[i8]) {
        let mut row: Vec<T> = x.iter().map(|&s| T::from_f64(f64::from(s))).collect();
        row.resize(self.stride, T::default());
        for (j, &spin) in x.iter().enumerate() {
            let own = self.raw(j, j);
            kernel::add_scaled(self.sent_mut(j), T::from_f64(c * f64::from(spin)), &row);
            self.set_raw(j, j, own);
        }
    }

    /// Whether `w_ij = w_ji` for every pair.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        (0..self.units).all(|i| (0..i).all(|j| self.raw(i, j) == self.raw(j, i)))
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn hostile_matrices_are_refused_with_their_place() {
        assert_eq!(Weights::<f64>::from_rows(&[]), Err(WeightsError::Units(0)));
        let ragged = vec![vec![0.0, 1.0], vec![1.0]];
        assert_eq!(
            Weights::<f64>::from_rows(&ragged),
            Err(WeightsError::RowLength { row: 1, found: 1, expected: 2 })
        );
        let own = vec![vec![0.0, 1.0], vec![1.0, 2.0]];
        assert_eq!(Weights::<f64>::from_rows(&own), Err(WeightsError::Diagonal { unit: 1, value: 2.0 }));
        let infinite = vec![vec![0.0, f64::INFINITY], vec![1.0, 0.0]];
        assert!(matches!(
            Weights::<f64>::from_rows(&infinite),
            Err(WeightsError::Entry { row: 0, column: 1, .. })
        ));
        assert_eq!(Weights::<f32>::zero(MAX_UNITS + 1, 1.0), Err(WeightsError::Units(MAX_UNITS + 1)));
    }

    #[test]
    fn outer_products_leave_the_diagonal_alone() {
        let mut w = Weights::<f32>::zero(3, 0.5).unwrap();
        w.add_outer(1.0, &[1, -1, 1]);
        assert_eq!((w.get(0, 1), w.get(1, 0), w.get(0, 2), w.get(1, 1)), (-0.5, -0.5, 0.5, 0.0));
        assert!(w.is_symmetric());
    }
}
