//! Attention of transformers, computed the plain way, and as retrieval by a modern Hopfield network: the same.
//!
//! The plain way is `softmax(Q K' / √d) V` (A. Vaswani et al., *Attention Is All You Need*, 2017, eq. 1). The net stores one
//! pattern a key, the key followed by its value, at `β = 1/√d`. Its state is a query followed by unknown units; these add
//! nothing to the scores, and one update fills them in with the answer (Ramsauer et al. 2020, section 3).

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::{MAX_VALUE, ModernHopfield, State, is_allowed};
use crate::math;

/// Most rows or columns of a matrix: this is for looking at, and looked at in a few milliseconds.
pub const MAX_SIDE: usize = 128;

/// Why attention could not be computed.
#[derive(Clone, Debug, PartialEq)]
pub enum AttentionError {
    /// A side is zero or longer than [`MAX_SIDE`].
    Size {
        /// Rows asked for.
        rows: usize,
        /// Columns asked for.
        columns: usize,
    },
    /// The number of values is not rows × columns.
    Length {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A value is not a number, or larger than [`MAX_VALUE`] in size.
    Value {
        /// Which row.
        row: usize,
        /// Which column.
        column: usize,
        /// What stands there.
        value: f64,
    },
    /// Queries and keys have different lengths.
    Keys {
        /// Columns of the keys.
        found: usize,
        /// Columns of the queries.
        expected: usize,
    },
    /// There are not as many values as keys.
    Values {
        /// Rows of the values.
        found: usize,
        /// Rows of the keys.
        expected: usize,
    },
}

impl fmt::Display for AttentionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { rows, columns } => {
                write!(
                    f,
                    "a matrix of {rows} × {columns} is not possible: both sides must be 1 to {MAX_SIDE}"
                )
            }
            Self::Length { found, expected } => {
                write!(f, "there are {found} values; the matrix has {expected}")
            }
            Self::Value { row, column, value } => write!(
                f,
                "row {row}, column {column} is {value}; it must be a number between -{MAX_VALUE:e} and {MAX_VALUE:e}"
            ),
            Self::Keys { found, expected } => {
                write!(f, "the keys have {found} columns; the queries have {expected}")
            }
            Self::Values { found, expected } => {
                write!(f, "there are {found} rows of values; there are {expected} keys")
            }
        }
    }
}

impl core::error::Error for AttentionError {}

/// A small matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// From rows × columns values, row by row.
    ///
    /// # Errors
    /// A size that is not possible, the wrong number of values, or one that is not a number or too large.
    pub fn new(rows: usize, columns: usize, values: Vec<f64>) -> Result<Self, AttentionError> {
        let sides = 1..=MAX_SIDE;
        if !sides.contains(&rows) || !sides.contains(&columns) {
            return Err(AttentionError::Size { rows, columns });
        }
        let expected = rows * columns;
        if values.len() != expected {
            return Err(AttentionError::Length { found: values.len(), expected });
        }
        if let Some(place) = values.iter().position(|&value| !is_allowed(value)) {
            let (row, column) = (place / columns, place % columns);
            return Err(AttentionError::Value { row, column, value: values[place] });
        }
        Ok(Self { rows, columns, values })
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// A row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }
}

/// Whether the three fit together.
fn check(queries: &Matrix, keys: &Matrix, values: &Matrix) -> Result<(), AttentionError> {
    if keys.columns != queries.columns {
        return Err(AttentionError::Keys { found: keys.columns, expected: queries.columns });
    }
    if values.rows != keys.rows {
        return Err(AttentionError::Values { found: values.rows, expected: keys.rows });
    }
    Ok(())
}

/// `softmax(Q K' / √d) V`, by its formula. Queries (S, d), keys (P, d), values (P, e); the answer (S, e).
///
/// # Errors
/// Matrices that do not fit together.
pub fn scaled_dot_product(
    queries: &Matrix,
    keys: &Matrix,
    values: &Matrix,
) -> Result<Matrix, AttentionError> {
    check(queries, keys, values)?;
    let root = math::sqrt(keys.columns as f64);
    let mut answer = vec![0.0; queries.rows * values.columns];
    for (query, answer) in (0..queries.rows).zip(answer.chunks_exact_mut(values.columns)) {
        let score = |key: usize| {
            let products = queries.row(query).iter().zip(keys.row(key)).map(|(q, k)| q * k);
            products.sum::<f64>() / root
        };
        let scores: Vec<f64> = (0..keys.rows).map(score).collect();
        let normaliser = math::log_sum_exp(&scores);
        for (key, score) in scores.into_iter().enumerate() {
            let weight = math::exp(score - normaliser);
            answer.iter_mut().zip(values.row(key)).for_each(|(a, v)| *a += weight * v);
        }
    }
    Ok(Matrix { rows: queries.rows, columns: values.columns, values: answer })
}

/// The same by one update of a modern Hopfield network for each query; see the module's text.
///
/// # Errors
/// Matrices that do not fit together.
pub fn by_retrieval(queries: &Matrix, keys: &Matrix, values: &Matrix) -> Result<Matrix, AttentionError> {
    check(queries, keys, values)?;
    let length = keys.columns;
    let patterns: Vec<Vec<f64>> =
        (0..keys.rows).map(|key| [keys.row(key), values.row(key)].concat()).collect();
    let beta = 1.0 / math::sqrt(length as f64);
    let net = ModernHopfield::<f64>::new(&patterns, beta).expect("sizes and values have been checked");
    let mut answer = Vec::with_capacity(queries.rows * values.columns);
    for query in 0..queries.rows {
        let unknown = vec![0.0; values.columns];
        let state = [queries.row(query), &unknown].concat();
        let mut state = State::new(&net, &state).expect("sizes and values have been checked");
        net.update(&mut state);
        answer.extend(&state.values()[length..]);
    }
    Ok(Matrix { rows: queries.rows, columns: values.columns, values: answer })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_gives_its_value() {
        let [query, key] = [vec![3.0, -1.0], vec![0.5, 2.0]].map(|x| Matrix::new(1, 2, x).unwrap());
        let value = Matrix::new(1, 3, vec![1.0, 2.0, -3.0]).unwrap();
        assert_eq!(scaled_dot_product(&query, &key, &value).unwrap(), value);
        assert_eq!(by_retrieval(&query, &key, &value).unwrap(), value);
    }

    #[test]
    fn two_keys_by_hand() {
        // Scores 2/√4 · (1, −1): weights σ(2), σ(−2).
        let query = Matrix::new(1, 4, vec![1.0, 1.0, 0.0, 0.0]).unwrap();
        let keys = Matrix::new(2, 4, vec![1.0, 1.0, 5.0, 0.0, -1.0, -1.0, 0.0, 7.0]).unwrap();
        let values = Matrix::new(2, 1, vec![10.0, 20.0]).unwrap();
        let expected = 10.0 * math::sigmoid(2.0) + 20.0 * math::sigmoid(-2.0);
        for way in [scaled_dot_product, by_retrieval] {
            assert!((way(&query, &keys, &values).unwrap().row(0)[0] - expected).abs() < 1e-14);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let matrix = |rows, columns| Matrix::new(rows, columns, vec![1.0; rows * columns]).unwrap();
        assert_eq!(
            scaled_dot_product(&matrix(2, 3), &matrix(4, 2), &matrix(4, 1)),
            Err(AttentionError::Keys { found: 2, expected: 3 })
        );
        assert_eq!(
            by_retrieval(&matrix(2, 3), &matrix(4, 3), &matrix(5, 1)),
            Err(AttentionError::Values { found: 5, expected: 4 })
        );
        assert_eq!(Matrix::new(0, 3, vec![]), Err(AttentionError::Size { rows: 0, columns: 3 }));
        assert_eq!(Matrix::new(1, 2, vec![1.0]), Err(AttentionError::Length { found: 1, expected: 2 }));
        let infinite = Matrix::new(1, 2, vec![1.0, f64::INFINITY]);
        assert_eq!(infinite, Err(AttentionError::Value { row: 0, column: 1, value: f64::INFINITY }));
    }
}
