//! What is learned from, and the parabola that bounds its objective.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use super::error::{LogisticError, check_classes, check_rows};
use super::{Logistic, MAX_NUMBERS, MAX_VALUE};
use crate::kernel;
use crate::math;

/// Penalties λ. Without any, the best weights of classes that can be told apart without error are infinite.
const PENALTIES: RangeInclusive<f64> = 1e-12..=MAX_VALUE;

/// Part of its largest diagonal element that is added to the bound. Features may be combinations of each other; then what
/// is left of G is rounding, which must not count. A larger bound still is one.
const RIDGE: f64 = 1e-12;

/// Features with their classes, and the penalty on weights.
#[derive(Clone, Debug)]
pub struct LogisticProblem {
    features: usize,
    classes: usize,
    penalty: f64,
    /// Features, the 1 of the bias behind them, padded with zeros.
    rows: Vec<f64>,
    of_rows: Vec<u8>,
    /// The lower triangle R of `½ G + λ = R R'`, row by row, of D + 1 rows.
    factor: Vec<f64>,
}

impl LogisticProblem {
    /// Of features, a row each of as many as the head has, with the class of each row from 0, and a penalty λ on the
    /// squares of weights. Takes about n D² / 2 multiplications, as many as D / 4K steps.
    ///
    /// # Errors
    /// Numbers that are no rows, too many of them, or one that is none or beyond [`MAX_VALUE`] in size; not one class a row,
    /// or one that is none; a penalty that is not from 10⁻¹² to [`MAX_VALUE`].
    pub fn new(
        head: &Logistic,
        features: &[f64],
        classes: &[u8],
        penalty: f64,
    ) -> Result<Self, LogisticError> {
        if !PENALTIES.contains(&penalty) {
            return Err(LogisticError::Penalty(penalty));
        }
        let width = head.features + 1;
        let count = features.len() / head.features;
        if count.saturating_mul(kernel::padded(width)) > MAX_NUMBERS {
            return Err(LogisticError::Many { rows: count, features: head.features });
        }
        check_rows(features, head.features)?;
        check_classes(count, classes, head.classes)?;
        let rows = padded_rows(features, head.features);
        let factor = factor(&rows, count, width, penalty);
        Ok(Self {
            features: head.features,
            classes: head.classes,
            penalty,
            rows,
            of_rows: classes.to_vec(),
            factor,
        })
    }

    /// Features D of a row.
    #[must_use]
    pub fn features(&self) -> usize {
        self.features
    }

    /// Classes K.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Rows n.
    #[must_use]
    pub fn count(&self) -> usize {
        self.of_rows.len()
    }

    /// The penalty λ.
    #[must_use]
    pub fn penalty(&self) -> f64 {
        self.penalty
    }

    /// Rows of features, padded, with their classes.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&[f64], usize)> {
        let rows = self.rows.chunks_exact(kernel::padded(self.features + 1));
        rows.zip(self.of_rows.iter().map(|&class| usize::from(class)))
    }

    /// Makes x of `(½ G + λ) x = g`, in the place of g, by the two triangles.
    pub(super) fn solve(&self, g: &mut [f64]) {
        let width = g.len();
        for i in 0..width {
            let row = &self.factor[i * width..][..=i];
            let known: f64 = row[..i].iter().zip(&*g).map(|(r, x)| r * x).sum();
            g[i] = (g[i] - known) / row[i];
        }
        for i in (0..width).rev() {
            let row = &self.factor[i * width..][..=i];
            g[i] /= row[i];
            let x = g[i];
            g[..i].iter_mut().zip(row).for_each(|(g, r)| *g -= r * x);
        }
    }
}

/// Rows of features with the 1 of the bias behind them, padded with zeros.
pub(super) fn padded_rows(features: &[f64], width: usize) -> Vec<f64> {
    let stride = kernel::padded(width + 1);
    let mut rows = vec![0.0; features.len() / width * stride];
    for (to, from) in rows.chunks_exact_mut(stride).zip(features.chunks_exact(width)) {
        to[..width].copy_from_slice(from);
        to[width] = 1.0;
    }
    rows
}

/// Cholesky's factor of the bound.
fn factor(rows: &[f64], count: usize, width: usize, penalty: f64) -> Vec<f64> {
    let stride = kernel::padded(width);
    // Row i of the products needs no more of each row than its first i + 1 numbers, in whole lanes.
    let mut products = vec![0.0; width * stride];
    for row in rows.chunks_exact(stride) {
        for (i, &x) in row[..width].iter().enumerate().filter(|(_, x)| **x != 0.0) {
            let end = kernel::padded(i + 1);
            kernel::add_scaled(&mut products[i * stride..][..end], x, &row[..end]);
        }
    }
    let half = 0.5 / count as f64;
    let most = (0..width).map(|i| half * products[i * stride + i]).fold(penalty, f64::max);
    let mut factor = vec![0.0; width * width];
    for i in 0..width {
        for j in 0..=i {
            let (left, right) = (&factor[i * width..][..j], &factor[j * width..][..j]);
            let known: f64 = left.iter().zip(right).map(|(a, b)| a * b).sum();
            let rest = half * products[i * stride + j] - known;
            factor[i * width + j] = if i > j {
                rest / factor[j * width + j]
            } else {
                let own = if i + 1 < width { penalty } else { 0.0 };
                // What is left is never below zero but for rounding.
                math::sqrt(rest.max(0.0) + own + RIDGE * most)
            };
        }
    }
    factor
}
