//! What a symmetric weight matrix stretches and what it shrinks: its eigenvalues and eigenvectors.
//!
//! A net without biases has the energy `E = −½ Σ_k λ_k (v_k·s)²`: a state lies low as far as it lies along eigenvectors
//! `v_k` of large eigenvalues `λ_k`. Hebb's rule puts the memories there. L. Personnaz, I. Guyon & G. Dreyfus, J. Phys. Lett.
//! 46 (1985) L359; S. V. B. Aiyer, M. Niranjan & F. Fallside, IEEE Trans. Neural Netw. 1 (1990) 204.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::largest_first;
use crate::kernel::Real;
use crate::math;
use crate::weights::Weights;

/// Most units whose spectrum is taken: its work grows as the cube of them.
pub const MAX_SPECTRUM: usize = 256;

/// Eigenvalues count as equal if they differ by less than this part of the largest in size.
const EQUAL: f64 = 1e-9;

/// Most steps that are taken for each eigenvalue; two or three are what it takes.
const STEPS: usize = 60;

/// Why a spectrum could not be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum SpectrumError {
    /// No units, or more than [`MAX_SPECTRUM`].
    Units(usize),
    /// A matrix of another number of entries than its units need.
    Entries {
        /// Entries there are.
        found: usize,
        /// Entries needed.
        expected: usize,
    },
    /// An entry that is not a finite number, or larger than 10⁹ in size.
    Entry {
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// What stands there.
        value: f64,
    },
    /// Two entries that mirror each other and are not the same: such a matrix may turn states round.
    Asymmetric {
        /// Row of the first of them.
        row: usize,
        /// Its column.
        column: usize,
    },
}

impl fmt::Display for SpectrumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => {
                write!(f, "a spectrum is taken of 1 to {MAX_SPECTRUM} units; this net has {n}")
            }
            Self::Entries { found, expected } => {
                write!(f, "the matrix has {found} entries; it needs {expected}")
            }
            Self::Entry { row, column, value } => write!(
                f,
                "the entry in row {row}, column {column} is {value}; it must be a number between -1e9 and 1e9"
            ),
            Self::Asymmetric { row, column } => write!(
                f,
                "the weights between {row} and {column} are not the same both ways; a spectrum is taken of symmetric weights"
            ),
        }
    }
}

impl core::error::Error for SpectrumError {}

/// The eigenvalues of a symmetric matrix, the largest first, each with its eigenvector.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    values: Vec<f64>,
    /// One a row, of length 1.
    vectors: Vec<f64>,
}

impl Spectrum {
    /// Of weights.
    ///
    /// # Errors
    /// More than [`MAX_SPECTRUM`] units, or weights that are not symmetric.
    pub fn of_weights<T: Real>(weights: &Weights<T>) -> Result<Self, SpectrumError> {
        let n = weights.units();
        if n > MAX_SPECTRUM {
            return Err(SpectrumError::Units(n));
        }
        let all: Vec<f64> = (0..n * n).map(|at| weights.get(at / n, at % n)).collect();
        Self::of_matrix(n, &all)
    }

    /// Of any symmetric matrix of n rows, row by row: reflected to three diagonals (A. S. Householder, J. ACM 5 (1958) 339),
    /// which are then turned to one (J. G. F. Francis, Comput. J. 4 (1961) 265, with the shifts of J. H. Wilkinson, Linear
    /// Algebra Appl. 1 (1968) 409).
    ///
    /// # Errors
    /// No rows or more than [`MAX_SPECTRUM`], entries of the wrong number, too large or not the same across the diagonal.
    pub fn of_matrix(n: usize, entries: &[f64]) -> Result<Self, SpectrumError> {
        if n == 0 || n > MAX_SPECTRUM {
            return Err(SpectrumError::Units(n));
        }
        if entries.len() != n * n {
            return Err(SpectrumError::Entries { found: entries.len(), expected: n * n });
        }
        for row in 0..n {
            for column in 0..n {
                let value = entries[row * n + column];
                if !(value.is_finite() && math::abs(value) <= 1e9) {
                    return Err(SpectrumError::Entry { row, column, value });
                }
                if value != entries[column * n + row] {
                    return Err(SpectrumError::Asymmetric { row, column });
                }
            }
        }
        let mut three = Three::reflect(n, entries.to_vec());
        three.turn();
        let Three { diagonal, vectors, .. } = three;
        // By value, not by size: those below zero come last.
        let least = diagonal.iter().copied().fold(f64::INFINITY, f64::min);
        let above: Vec<f64> = diagonal.iter().map(|value| value - least).collect();
        let order = largest_first(&above);
        Ok(Self {
            values: order.iter().map(|&k| diagonal[k]).collect(),
            vectors: order.iter().flat_map(|&k| vectors[k * n..(k + 1) * n].iter().copied()).collect(),
        })
    }

    /// The eigenvalues, the largest first.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The eigenvector of an eigenvalue, one number a unit: of length 1, at right angles to all others, of either sign.
    #[must_use]
    pub fn vector(&self, k: usize) -> &[f64] {
        let n = self.values.len();
        &self.vectors[k * n..(k + 1) * n]
    }

    /// What part of a pattern lies along each eigenvector: `(v_k·ξ)² / ξ·ξ`. They add up to 1.
    #[must_use]
    pub fn shares(&self, pattern: &[i8]) -> Vec<f64> {
        let size = pattern.iter().map(|&s| f64::from(s) * f64::from(s)).sum::<f64>().max(1.0);
        let part = |vector: &[f64]| {
            let along: f64 = vector.iter().zip(pattern).map(|(v, &s)| v * f64::from(s)).sum();
            along * along / size
        };
        self.vectors.chunks_exact(self.values.len()).map(part).collect()
    }

    /// Eigenvalues that are equal leave open which vectors of the space they share stand for it. This takes those that lie
    /// along the patterns, one after another, as far as these lie in it.
    pub fn turn_towards(&mut self, patterns: &[&[i8]]) {
        let n = self.values.len();
        let largest = self.values.iter().fold(0.0, |most: f64, &value| most.max(math::abs(value)));
        let mut first = 0;
        while first < n {
            let alike =
                self.values[first..].iter().take_while(|&&v| self.values[first] - v <= EQUAL * largest);
            let end = first + alike.count().max(1);
            if end - first > 1 {
                turn_space(&mut self.vectors[first * n..end * n], n, patterns);
            }
            first = end;
        }
    }
}

/// Takes another basis of the space that some vectors span: first what the patterns leave in it, then what of the vectors
/// themselves is left.
fn turn_space(space: &mut [f64], n: usize, patterns: &[&[i8]]) {
    let old = space.to_vec();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut made = 0;
    let inside = patterns.iter().map(|pattern| {
        let mut image = vec![0.0; n];
        for vector in old.chunks_exact(n) {
            let along: f64 = vector.iter().zip(*pattern).map(|(v, &s)| v * f64::from(s)).sum();
            image.iter_mut().zip(vector).for_each(|(to, v)| *to += along * v);
        }
        // Beside a pattern's own length: what is next to nothing of it has no direction.
        (image, n as f64)
    });
    let rest = old.chunks_exact(n).map(|vector| (vector.to_vec(), 1.0));
    for (mut vector, size) in inside.chain(rest) {
        if made == space.len() {
            return;
        }
        // Twice, so that what rounding left of the others goes too.
        for _ in 0..2 {
            for other in space[..made].chunks_exact(n) {
                let along = dot(&vector, other);
                vector.iter_mut().zip(other).for_each(|(to, v)| *to -= along * v);
            }
        }
        let left = dot(&vector, &vector);
        if left > 1e-6 * size {
            let scale = 1.0 / math::sqrt(left);
            space[made..made + n].iter_mut().zip(vector).for_each(|(to, v)| *to = v * scale);
            made += n;
        }
    }
}

/// A matrix of three diagonals, with the vectors that lead there from the one it was made of.
struct Three {
    diagonal: Vec<f64>,
    /// Beside it, one shorter.
    beside: Vec<f64>,
    vectors: Vec<f64>,
}

impl Three {
    fn reflect(n: usize, mut a: Vec<f64>) -> Self {
        // Below the diagonal of each column there is to be one entry; what turns it there is kept, of length √2.
        let mut mirrors: Vec<Vec<f64>> = Vec::with_capacity(n);
        let mut beside = Vec::with_capacity(n.saturating_sub(1));
        for k in 0..n.saturating_sub(1) {
            let from = k + 1;
            let mut mirror: Vec<f64> = a[k * n + from..(k + 1) * n].to_vec();
            let rest: f64 = mirror[1..].iter().map(|x| x * x).sum();
            let head = mirror[0];
            if rest == 0.0 {
                beside.push(head);
                mirrors.push(Vec::new());
                continue;
            }
            let length = math::sqrt(head * head + rest);
            let to = if head > 0.0 { -length } else { length };
            beside.push(to);
            mirror[0] = head - to;
            let scale = math::sqrt(2.0 / (mirror[0] * mirror[0] + rest));
            mirror.iter_mut().for_each(|x| *x *= scale);
            // A − m w′ − w m′ with w = A m − ½ (m′A m) m.
            let mut image: Vec<f64> = (from..n)
                .map(|row| a[row * n + from..(row + 1) * n].iter().zip(&mirror).map(|(x, m)| x * m).sum())
                .collect();
            let half = 0.5 * image.iter().zip(&mirror).map(|(x, m)| x * m).sum::<f64>();
            image.iter_mut().zip(&mirror).for_each(|(x, m)| *x -= half * m);
            for (row, (m, w)) in (from..n).zip(mirror.iter().zip(&image)) {
                let cells = a[row * n + from..(row + 1) * n].iter_mut();
                for (cell, (other, image)) in cells.zip(mirror.iter().zip(&image)) {
                    *cell -= m * image + w * other;
                }
            }
            mirrors.push(mirror);
        }
        let diagonal = (0..n).map(|k| a[k * n + k]).collect();
        // All mirrors one after another, from the last back.
        let mut vectors = vec![0.0; n * n];
        (0..n).for_each(|k| vectors[k * n + k] = 1.0);
        for (k, mirror) in mirrors.iter().enumerate().rev().filter(|(_, mirror)| !mirror.is_empty()) {
            for row in k + 1..n {
                let part = &mut vectors[row * n + k + 1..(row + 1) * n];
                let along: f64 = part.iter().zip(mirror).map(|(x, m)| x * m).sum();
                part.iter_mut().zip(mirror).for_each(|(x, m)| *x -= along * m);
            }
        }
        Self { diagonal, beside, vectors }
    }

    /// Turns what stands beside the diagonal to nothing.
    fn turn(&mut self) {
        let n = self.diagonal.len();
        let sizes = self.diagonal.iter().chain(&self.beside);
        let nothing = f64::EPSILON * sizes.fold(0.0, |most: f64, &x| most.max(math::abs(x)));
        let mut last = n - 1;
        for _ in 0..STEPS * n {
            while last > 0 && math::abs(self.beside[last - 1]) <= nothing {
                last -= 1;
            }
            if last == 0 {
                return;
            }
            let first = (0..last).rev().take_while(|&k| math::abs(self.beside[k]) > nothing).last();
            self.chase(first.unwrap_or(last - 1), last);
        }
    }

    /// One step on the block from `first` to `last`: a turn that the eigenvalue at its end asks for, and those that mend
    /// what it disturbs.
    fn chase(&mut self, first: usize, last: usize) {
        let n = self.diagonal.len();
        let end = self.beside[last - 1];
        let half = 0.5 * (self.diagonal[last - 1] - self.diagonal[last]);
        let root = math::sqrt(half * half + end * end);
        let shift = self.diagonal[last] - end * end / if half < 0.0 { half - root } else { half + root };
        let (mut x, mut z) = (self.diagonal[first] - shift, self.beside[first]);
        for k in first..last {
            let length = math::sqrt(x * x + z * z);
            let (cos, sin) = if length == 0.0 { (1.0, 0.0) } else { (x / length, z / length) };
            if k > first {
                self.beside[k - 1] = length;
            }
            let (p, q, b) = (self.diagonal[k], self.diagonal[k + 1], self.beside[k]);
            let twist = 2.0 * cos * sin * b;
            self.diagonal[k] = cos * cos * p + twist + sin * sin * q;
            self.diagonal[k + 1] = sin * sin * p - twist + cos * cos * q;
            self.beside[k] = cos * sin * (q - p) + (cos * cos - sin * sin) * b;
            if k + 1 < last {
                x = self.beside[k];
                z = sin * self.beside[k + 1];
                self.beside[k + 1] *= cos;
            }
            let (upper, lower) = self.vectors[k * n..(k + 2) * n].split_at_mut(n);
            for (u, l) in upper.iter_mut().zip(lower) {
                (*u, *l) = (cos * *u + sin * *l, cos * *l - sin * *u);
            }
        }
    }
}
