//! States of a lattice, one bit a spin.

use alloc::vec;
use alloc::vec::Vec;

use crate::lattice::{Edges, Lattice};

/// Words of 32 bits that are worked on at a time: two registers of 128 bits.
const BLOCK: usize = 4;

/// What the energy and the magnetisation are made of, in whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sums {
    /// `Σ_<ij> s_i s_j` over the bonds.
    pub pairs: i64,
    /// `Σ_i s_i`.
    pub spins: i64,
}

/// A state of a lattice whose spins are all ±1: bit x of row y is set where cell (x, y) is +1.
///
/// Rows begin at words of their own and are filled up with zeros to whole blocks of 256 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    lattice: Lattice,
    /// Words in a row.
    stride: usize,
    bits: Vec<u32>,
}

impl Packed {
    /// Of spins row by row: those above 0 are up, all others down.
    ///
    /// # Panics
    /// If there is not one spin a cell: the callers have checked it.
    #[must_use]
    pub fn new(lattice: Lattice, spins: &[i8]) -> Self {
        assert_eq!(spins.len(), lattice.cells(), "one spin a cell");
        let stride = stride(&lattice);
        let mut bits = vec![0; stride * lattice.height()];
        for (row, spins) in bits.chunks_mut(stride).zip(spins.chunks(lattice.width())) {
            for (word, spins) in row.iter_mut().zip(spins.chunks(32)) {
                *word = spins.iter().enumerate().fold(0, |word, (k, &s)| word | u32::from(s > 0) << k);
            }
        }
        Self { lattice, stride, bits }
    }

    /// The lattice.
    #[must_use]
    pub fn lattice(&self) -> &Lattice {
        &self.lattice
    }

    /// Writes the spins down, row by row, one a cell.
    pub fn write(&self, spins: &mut [i8]) {
        for (row, spins) in self.bits.chunks(self.stride).zip(spins.chunks_mut(self.lattice.width())) {
            for (&word, spins) in row.iter().zip(spins.chunks_mut(32)) {
                for (k, spin) in spins.iter_mut().enumerate() {
                    *spin = ((word >> k & 1) as i8) * 2 - 1;
                }
            }
        }
    }

    /// Whether a cell is +1.
    #[inline]
    #[must_use]
    pub fn is_up(&self, cell: usize) -> bool {
        let (x, y) = (cell % self.lattice.width(), cell / self.lattice.width());
        self.bits[y * self.stride + x / 32] >> (x % 32) & 1 == 1
    }

    /// Turns a cell over.
    #[inline]
    pub fn flip(&mut self, cell: usize) {
        let (x, y) = (cell % self.lattice.width(), cell / self.lattice.width());
        self.bits[y * self.stride + x / 32] ^= 1 << (x % 32);
    }

    /// The words of a row.
    #[inline]
    #[must_use]
    pub fn row(&self, y: usize) -> &[u32] {
        &self.bits[y * self.stride..][..self.stride]
    }

    /// All words, and how many a row has.
    #[inline]
    pub(crate) fn words_mut(&mut self) -> (&mut [u32], usize) {
        (&mut self.bits, self.stride)
    }

    /// Sum of the spins of a row.
    #[inline]
    #[must_use]
    pub fn row_sum(&self, y: usize) -> i64 {
        2 * i64::from(ones(self.row(y))) - self.lattice.width() as i64
    }

    /// What energy and magnetisation are made of.
    #[must_use]
    pub fn sums(&self) -> Sums {
        let (width, height) = (self.lattice.width(), self.lattice.height());
        let periodic = self.lattice.edges() == Edges::Periodic;
        let (mut up, mut unlike) = (0u64, 0u64);
        for y in 0..height {
            let row = self.row(y);
            up += u64::from(ones(row));
            if y + 1 < height || periodic && height > 1 {
                unlike += u64::from(unlike_words(row, self.row((y + 1) % height)));
            }
            if width > 1 {
                // Each word beside itself shifted by one cell, as far as there is a cell to the right.
                let last = (width - 1) / 32;
                for k in 0..last {
                    unlike += u64::from((row[k] ^ (row[k] >> 1 | row[k + 1] << 31)).count_ones());
                }
                let left = (1u32 << ((width - 1) % 32)) - 1;
                unlike += u64::from(((row[last] ^ row[last] >> 1) & left).count_ones());
                if periodic {
                    unlike += u64::from((row[0] ^ row[last] >> ((width - 1) % 32)) & 1);
                }
            }
        }
        Sums {
            pairs: self.lattice.bond_count() as i64 - 2 * unlike as i64,
            spins: 2 * up as i64 - self.lattice.cells() as i64,
        }
    }

    /// Sum of the products of every cell with the one `distance` rows below it, and of how many pairs: all cells where
    /// the edges are periodic, those that have one where they are free.
    #[must_use]
    pub fn products(&self, distance: usize) -> (i64, u64) {
        let (width, height) = (self.lattice.width(), self.lattice.height());
        let rows = match self.lattice.edges() {
            Edges::Periodic => height,
            Edges::Free => height.saturating_sub(distance),
        };
        let unlike = |y: usize| u64::from(unlike_words(self.row(y), self.row((y + distance) % height)));
        let count = (rows * width) as u64;
        (count as i64 - 2 * (0..rows).map(unlike).sum::<u64>() as i64, count)
    }

    /// In how many cells two states of one lattice differ.
    #[must_use]
    pub fn differences(&self, other: &Self) -> u32 {
        unlike_words(&self.bits, &other.bits)
    }

    /// The spins as bytes without gaps: bit k of byte j is cell 8 j + k.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let width = self.lattice.width();
        if width.is_multiple_of(8) {
            let row = |y: usize| self.row(y).iter().flat_map(|word| word.to_le_bytes()).take(width / 8);
            return (0..self.lattice.height()).flat_map(row).collect();
        }
        let mut bytes = vec![0; self.lattice.cells().div_ceil(8)];
        for cell in (0..self.lattice.cells()).filter(|&cell| self.is_up(cell)) {
            bytes[cell / 8] |= 1 << (cell % 8);
        }
        bytes
    }

    /// From [`to_bytes`](Self::to_bytes) of a state of such a lattice; none if there are too few or too many bytes.
    #[must_use]
    pub fn from_bytes(lattice: Lattice, bytes: &[u8]) -> Option<Self> {
        if bytes.len() != lattice.cells().div_ceil(8) {
            return None;
        }
        let spins: Vec<i8> =
            (0..lattice.cells()).map(|cell| (bytes[cell / 8] >> (cell % 8) & 1) as i8).collect();
        Some(Self::new(lattice, &spins))
    }
}

/// Words in a row of a lattice.
pub(crate) fn stride(lattice: &Lattice) -> usize {
    lattice.width().div_ceil(32).next_multiple_of(BLOCK)
}

/// How many bits are set.
fn ones(words: &[u32]) -> u32 {
    words.as_chunks::<2>().0.iter().map(|pair| wide(pair).count_ones()).sum()
}

/// In how many bits two rows differ.
fn unlike_words(a: &[u32], b: &[u32]) -> u32 {
    let pairs = a.as_chunks::<2>().0.iter().zip(b.as_chunks::<2>().0);
    pairs.map(|(a, b)| (wide(a) ^ wide(b)).count_ones()).sum()
}

/// Two words as one; rows have an even number of them.
fn wide(pair: &[u32; 2]) -> u64 {
    u64::from(pair[0]) | u64::from(pair[1]) << 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::ising::Ising;
    use crate::rng::{Rng, Stream};

    fn lattices() -> impl Iterator<Item = Lattice> {
        [(1, 1), (2, 2), (3, 5), (1, 7), (32, 3), (33, 2), (64, 4), (127, 3), (128, 2), (130, 5), (256, 1)]
            .into_iter()
            .flat_map(|(w, h)| [Edges::Periodic, Edges::Free].map(|e| Lattice::new(w, h, e).unwrap()))
    }

    fn random(lattice: &Lattice, seed: u64) -> Vec<i8> {
        let mut rng = Rng::new(seed, Stream::Start, 0);
        (0..lattice.cells()).map(|_| rng.spin()).collect()
    }

    #[test]
    fn spins_come_back() {
        for lattice in lattices() {
            let spins = random(&lattice, 1);
            let packed = Packed::new(lattice, &spins);
            let mut back = vec![0; spins.len()];
            packed.write(&mut back);
            assert_eq!(back, spins);
            assert!((0..spins.len()).all(|cell| packed.is_up(cell) == (spins[cell] > 0)));
            assert_eq!(Packed::from_bytes(lattice, &packed.to_bytes()), Some(packed.clone()));
            assert_eq!(Packed::from_bytes(lattice, &vec![0; spins.len() + 8]), None);
        }
    }

    #[test]
    fn sums_are_those_of_the_spins() {
        for lattice in lattices() {
            let net = Ising::new(lattice, 1.0, 0.0).unwrap();
            let spins = random(&lattice, 2);
            let packed = Packed::new(lattice, &spins);
            assert_eq!(packed.sums(), net.sums(&spins), "{lattice:?}");
            let rows: i64 = (0..lattice.height()).map(|y| packed.row_sum(y)).sum();
            assert_eq!(rows, packed.sums().spins);
            for distance in 0..lattice.height() {
                let (w, h) = (lattice.width(), lattice.height());
                let (mut sum, mut count) = (0, 0);
                for (cell, &s) in spins.iter().enumerate() {
                    let y = cell / w + distance;
                    if lattice.edges() == Edges::Periodic || y < h {
                        sum += i64::from(s * spins[y % h * w + cell % w]);
                        count += 1;
                    }
                }
                assert_eq!(packed.products(distance), (sum, count), "{lattice:?} {distance}");
            }
        }
    }
}
