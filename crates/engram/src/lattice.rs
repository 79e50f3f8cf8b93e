//! The square lattice: cells in rows, each bound to the cells beside, above and below it.
//!
//! Cells are numbered row by row: cell (x, y) is `y · width + x`. Each joins its right and its lower neighbour by one
//! bond. With periodic edges the last column is joined to the first and the last row to the first, so that a lattice of
//! w × h cells has 2 w h bonds; with free edges what would cross an edge is left out.
//!
//! # Short sides
//! A periodic side of 2 joins the same two cells twice, once each way round: 2 × 2 cells have 8 bonds, of which each pair
//! of neighbours has two. A side of 1 has no bonds along it, since a cell is no neighbour of its own.
//!
//! # Colours
//! Cells of one colour have no bond with each other, so they can be asked all at once. Two colours do, as on a
//! chessboard, unless a periodic side is odd: a ring of odd length takes three.

use core::fmt;

/// Longest side.
pub const MAX_SIDE: usize = 1024;

/// What is beyond the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Edges {
    /// The other side: a torus.
    #[default]
    Periodic,
    /// Nothing.
    Free,
}

/// A side that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatticeError {
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
}

impl fmt::Display for LatticeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a lattice of {} × {} cells is not possible; sides go from 1 to {MAX_SIDE}",
            self.width, self.height
        )
    }
}

impl core::error::Error for LatticeError {}

/// A square lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lattice {
    width: usize,
    height: usize,
    edges: Edges,
}

impl Lattice {
    /// So many cells across and down.
    ///
    /// # Errors
    /// A side of 0, or longer than [`MAX_SIDE`].
    pub fn new(width: usize, height: usize, edges: Edges) -> Result<Self, LatticeError> {
        let sides = 1..=MAX_SIDE;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(LatticeError { width, height });
        }
        Ok(Self { width, height, edges })
    }

    /// Cells across.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Cells down.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// What is beyond the edges.
    #[must_use]
    pub fn edges(&self) -> Edges {
        self.edges
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.width * self.height
    }

    /// The next place along a side, with what becomes of the last.
    fn after(&self, place: usize, side: usize) -> Option<usize> {
        match self.edges {
            _ if side == 1 => None,
            _ if place + 1 < side => Some(place + 1),
            Edges::Periodic => Some(0),
            Edges::Free => None,
        }
    }

    fn before(&self, place: usize, side: usize) -> Option<usize> {
        match self.edges {
            _ if side == 1 => None,
            _ if place > 0 => Some(place - 1),
            Edges::Periodic => Some(side - 1),
            Edges::Free => None,
        }
    }

    /// The cells that a cell is bound to: above, below, to its left and to its right, where there are any. Where two
    /// bonds lead to the same cell it comes twice.
    #[inline]
    pub fn neighbours(&self, cell: usize) -> impl Iterator<Item = usize> {
        let (w, h) = (self.width, self.height);
        let (x, y) = (cell % w, cell / w);
        let row = y * w;
        [
            self.before(y, h).map(|y| y * w + x),
            self.after(y, h).map(|y| y * w + x),
            self.before(x, w).map(|x| row + x),
            self.after(x, w).map(|x| row + x),
        ]
        .into_iter()
        .flatten()
    }

    /// Every bond once, as the cell to its left or above it and the other.
    pub fn bonds(&self) -> impl Iterator<Item = (usize, usize)> {
        let this = *self;
        (0..self.cells()).flat_map(move |cell| {
            let (x, y) = (cell % this.width, cell / this.width);
            let right = this.after(x, this.width).map(|x| y * this.width + x);
            let below = this.after(y, this.height).map(|y| y * this.width + x);
            right.into_iter().chain(below).map(move |other| (cell, other))
        })
    }

    /// Number of bonds.
    #[must_use]
    pub fn bond_count(&self) -> usize {
        let along = |side: usize| match self.edges {
            _ if side == 1 => 0,
            Edges::Periodic => side,
            Edges::Free => side - 1,
        };
        along(self.width) * self.height + along(self.height) * self.width
    }

    /// Whether the cell has all four bonds.
    #[must_use]
    pub fn is_whole(&self, x: usize, y: usize) -> bool {
        let inside = |place: usize, side: usize| match self.edges {
            Edges::Periodic => side > 1,
            Edges::Free => place > 0 && place + 1 < side,
        };
        inside(x, self.width) && inside(y, self.height)
    }

    /// Whether this side is a ring of odd length.
    fn is_odd_ring(&self, side: usize) -> bool {
        self.edges == Edges::Periodic && side % 2 == 1 && side > 1
    }

    /// Number of colours.
    #[must_use]
    pub fn colours(&self) -> usize {
        if self.is_odd_ring(self.width) || self.is_odd_ring(self.height) { 3 } else { 2 }
    }

    /// Colour of cell (x, y), from 0.
    #[must_use]
    pub fn colour(&self, x: usize, y: usize) -> usize {
        // Along an odd ring 0, 1, 0, 1 … and a 2 where it closes; neighbours differ in it, and so in the sum.
        let along = |place: usize, side: usize| {
            if self.is_odd_ring(side) && place + 1 == side { 2 } else { place % 2 }
        };
        (along(x, self.width) + along(y, self.height)) % self.colours()
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;
    use alloc::vec::Vec;

    use super::*;

    fn all() -> impl Iterator<Item = Lattice> {
        let sides = || [1, 2, 3, 4, 5, 7, 8];
        sides().into_iter().flat_map(move |w| {
            sides().into_iter().flat_map(move |h| {
                [Edges::Periodic, Edges::Free].map(|edges| Lattice::new(w, h, edges).unwrap())
            })
        })
    }

    #[test]
    fn bonds_are_counted_and_go_both_ways() {
        for lattice in all() {
            let bonds: Vec<_> = lattice.bonds().collect();
            assert_eq!(bonds.len(), lattice.bond_count(), "{lattice:?}");
            for cell in 0..lattice.cells() {
                let mut listed: Vec<_> = lattice.neighbours(cell).collect();
                let other = |&(a, b): &(usize, usize)| match (a == cell, b == cell) {
                    (true, _) => Some(b),
                    (_, true) => Some(a),
                    _ => None,
                };
                let mut bound: Vec<_> = bonds.iter().filter_map(other).collect();
                listed.sort_unstable();
                bound.sort_unstable();
                assert_eq!(listed, bound, "cell {cell} of {lattice:?}");
                let (x, y) = (cell % lattice.width, cell / lattice.width);
                assert_eq!(listed.len() == 4, lattice.is_whole(x, y), "cell {cell} of {lattice:?}");
            }
        }
    }

    #[test]
    fn two_by_two_has_every_bond_twice() {
        let periodic = Lattice::new(2, 2, Edges::Periodic).unwrap();
        assert_eq!(periodic.bond_count(), 8);
        assert_eq!(periodic.neighbours(0).collect::<Vec<_>>(), [2, 2, 1, 1]);
        assert_eq!(Lattice::new(2, 2, Edges::Free).unwrap().bond_count(), 4);
    }

    #[test]
    fn neighbours_differ_in_colour() {
        for lattice in all() {
            let colour = |cell: usize| lattice.colour(cell % lattice.width, cell / lattice.width);
            assert!(lattice.bonds().all(|(a, b)| colour(a) != colour(b)), "{lattice:?}");
            assert!((0..lattice.cells()).all(|cell| colour(cell) < lattice.colours()));
        }
        assert_eq!(Lattice::new(3, 3, Edges::Free).unwrap().colours(), 2);
        assert_eq!(Lattice::new(4, 3, Edges::Periodic).unwrap().colours(), 3);
    }

    #[test]
    fn sides_are_checked() {
        for (width, height) in [(0, 4), (4, 0), (1025, 4), (4, usize::MAX)] {
            let error = Lattice::new(width, height, Edges::Free).unwrap_err();
            assert!(error.to_string().contains("from 1 to 1024"), "{error}");
        }
    }
}
