//! The Edwards–Anderson model on a square lattice.

use alloc::vec;
use alloc::vec::Vec;

use super::{Boundary, Couplings, SpinGlassError};
use crate::energy::{Conditional, Energy};
use crate::math;
use crate::rng::Rng;
use crate::weights::MAX_UNITS;

/// Ways from a cell: to the right and down are those that a pair of neighbours is counted by.
const RIGHT: usize = 0;
const DOWN: usize = 1;
const LEFT: usize = 2;
const UP: usize = 3;

/// Roundings that a sum of four couplings may be off by, of the size of their sum.
const BAND: f64 = 16.0;

/// Units of ±1 in the cells of a lattice, each coupled to its up to four neighbours.
///
/// A cell is numbered row by row. Its sums are the fields `h_i = Σ_j J_ij s_j`; a flip changes four of them.
#[derive(Clone, Debug, PartialEq)]
pub struct EdwardsAnderson {
    width: usize,
    height: usize,
    boundary: Boundary,
    /// Neighbour each way; the cell itself where there is none.
    neighbours: Vec<[u16; 4]>,
    /// Coupling each way; 0 where there is no neighbour.
    couplings: Vec<[f64; 4]>,
    /// Size below which a field is nothing but rounding; 0 throughout if all couplings are whole numbers.
    rounding: Vec<f64>,
}

impl EdwardsAnderson {
    /// A lattice of `width × height` cells with couplings drawn in the order of [`new`](Self::new).
    ///
    /// # Errors
    /// No cells or too many.
    pub fn random(
        width: usize,
        height: usize,
        boundary: Boundary,
        couplings: Couplings,
        rng: &mut Rng,
    ) -> Result<Self, SpinGlassError> {
        check(width, height)?;
        let count = bonds(width, height, boundary).count();
        let drawn: Vec<f64> = (0..count).map(|_| couplings.draw(rng)).collect();
        Self::new(width, height, boundary, &drawn)
    }

    /// A lattice with couplings given cell by cell, row by row: that to the right neighbour, then that to the one below,
    /// where there are such.
    ///
    /// # Errors
    /// No cells or too many; couplings of the wrong number, not finite or larger than 10⁹.
    pub fn new(
        width: usize,
        height: usize,
        boundary: Boundary,
        couplings: &[f64],
    ) -> Result<Self, SpinGlassError> {
        check(width, height)?;
        let expected = bonds(width, height, boundary).count();
        if couplings.len() != expected {
            return Err(SpinGlassError::Couplings { found: couplings.len(), expected });
        }
        if let Some(bond) = couplings.iter().position(|j| !(j.is_finite() && math::abs(*j) <= 1e9)) {
            return Err(SpinGlassError::Coupling { bond, value: couplings[bond] });
        }
        let units = width * height;
        let mut net = Self {
            width,
            height,
            boundary,
            neighbours: (0..units as u16).map(|unit| [unit; 4]).collect(),
            couplings: vec![[0.0; 4]; units],
            rounding: Vec::new(),
        };
        for ((from, to, way), &coupling) in bonds(width, height, boundary).zip(couplings) {
            for (cell, other, way) in [(from, to, way), (to, from, way + 2)] {
                net.neighbours[cell][way] = other as u16;
                net.couplings[cell][way] = coupling;
            }
        }
        let whole = couplings.iter().all(|j| *j == math::round(*j));
        let band = if whole { 0.0 } else { BAND * f64::EPSILON };
        let reach = |all: &[f64; 4]| all.iter().map(|j| math::abs(*j)).sum::<f64>();
        net.rounding = net.couplings.iter().map(|all| band * reach(all)).collect();
        Ok(net)
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

    /// Neighbours of a unit with their couplings.
    pub fn neighbours(&self, unit: usize) -> impl Iterator<Item = (usize, f64)> {
        let ways = self.neighbours[unit].into_iter().zip(self.couplings[unit]);
        ways.map(|(other, coupling)| (usize::from(other), coupling)).filter(move |&(other, _)| other != unit)
    }

    /// The couplings, in the order of [`new`](Self::new).
    pub fn couplings(&self) -> impl Iterator<Item = f64> {
        bonds(self.width, self.height, self.boundary).map(|(from, _, way)| self.couplings[from][way])
    }

    /// The square whose upper left corner a unit is: −1 if it is frustrated, so that an odd number of its four couplings
    /// is negative and no state satisfies them all; +1 if it is not; 0 if there is no such square (G. Toulouse 1977).
    #[must_use]
    pub fn plaquette(&self, unit: usize) -> i8 {
        let next = |cell: usize, way: usize| {
            let to = usize::from(self.neighbours[cell][way]);
            (to != cell).then_some((to, self.couplings[cell][way]))
        };
        let product = || {
            let (right, top) = next(unit, RIGHT)?;
            let (below, left) = next(unit, DOWN)?;
            let (corner, bottom) = next(below, RIGHT)?;
            let (other, side) = next(right, DOWN)?;
            (other == corner).then_some([top, left, bottom, side])
        };
        product().map_or(0, |all| all.iter().map(|&j| i8::from(j > 0.0) - i8::from(j < 0.0)).product())
    }

    /// The same glass seen through other signs: `J'_ij = J_ij t_i t_j`. A state s has the energy here that `s t` has there,
    /// and squares that are frustrated stay so (gauge transformation; G. Toulouse 1977).
    ///
    /// # Panics
    /// If there is not one sign a unit.
    #[must_use]
    pub fn gauged(&self, signs: &[i8]) -> Self {
        assert_eq!(signs.len(), self.neighbours.len(), "one sign a unit");
        let mut net = self.clone();
        for (unit, all) in net.couplings.iter_mut().enumerate() {
            for (coupling, &other) in all.iter_mut().zip(&self.neighbours[unit]) {
                *coupling *= f64::from(signs[unit]) * f64::from(signs[usize::from(other)]);
            }
        }
        net
    }
}

impl Energy for EdwardsAnderson {
    fn units(&self) -> usize {
        self.neighbours.len()
    }

    fn energy(&self, spins: &[i8]) -> f64 {
        self.energy_cached(spins, &self.cache(spins))
    }

    fn delta(&self, spins: &[i8], i: usize, to: i8) -> f64 {
        -(f64::from(to) - f64::from(spins[i])) * self.sum(spins, i)
    }
}

impl EdwardsAnderson {
    fn sum(&self, spins: &[i8], i: usize) -> f64 {
        let ways = self.couplings[i].iter().zip(&self.neighbours[i]);
        ways.map(|(coupling, &other)| coupling * f64::from(spins[usize::from(other)])).sum()
    }
}

impl Conditional for EdwardsAnderson {
    /// Fields.
    type Cache = Vec<f64>;

    fn units(&self) -> usize {
        self.neighbours.len()
    }

    fn cache(&self, spins: &[i8]) -> Vec<f64> {
        (0..spins.len()).map(|i| self.sum(spins, i)).collect()
    }

    #[inline]
    fn field(&self, _spins: &[i8], cache: &Vec<f64>, i: usize) -> f64 {
        if math::abs(cache[i]) <= self.rounding[i] { 0.0 } else { cache[i] }
    }

    #[inline]
    fn rounding(&self, i: usize) -> f64 {
        self.rounding[i]
    }

    #[inline]
    fn drift(&self, i: usize) -> f64 {
        self.rounding[i] / BAND
    }

    #[inline]
    fn changed(&self, spins: &[i8], cache: &mut Vec<f64>, i: usize, from: i8) {
        let step = f64::from(spins[i]) - f64::from(from);
        for (coupling, &other) in self.couplings[i].iter().zip(&self.neighbours[i]) {
            cache[usize::from(other)] += coupling * step;
        }
    }

    fn energy_cached(&self, spins: &[i8], cache: &Vec<f64>) -> f64 {
        -0.5 * spins.iter().zip(cache).map(|(&s, h)| f64::from(s) * h).sum::<f64>()
    }
}

fn check(width: usize, height: usize) -> Result<(), SpinGlassError> {
    match width.checked_mul(height) {
        Some(1..=MAX_UNITS) => Ok(()),
        _ => Err(SpinGlassError::Size { width, height }),
    }
}

/// Pairs of neighbours (from, to, way), each once, cell by cell: to the right, then down.
fn bonds(width: usize, height: usize, boundary: Boundary) -> impl Iterator<Item = (usize, usize, usize)> {
    // The next place along a side, if that is another neighbour.
    let next = move |at: usize, side: usize| match boundary {
        _ if at + 1 < side => Some(at + 1),
        Boundary::Periodic if side > 2 => Some(0),
        _ => None,
    };
    (0..width * height).flat_map(move |cell| {
        let (row, column) = (cell / width, cell % width);
        let right = next(column, width).map(|column| (cell, row * width + column, RIGHT));
        let down = next(row, height).map(|row| (cell, row * width + column, DOWN));
        right.into_iter().chain(down)
    })
}

// Ways lie so that the way back is two further on.
const _: () = assert!(RIGHT + 2 == LEFT && DOWN + 2 == UP);

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;
    use crate::rng::Stream;

    fn count(width: usize, height: usize, boundary: Boundary) -> usize {
        bonds(width, height, boundary).count()
    }

    #[test]
    fn every_pair_of_neighbours_is_joined_once() {
        assert_eq!(count(4, 3, Boundary::Periodic), 24);
        assert_eq!(count(4, 3, Boundary::Free), 17);
        assert_eq!(count(2, 2, Boundary::Periodic), 4);
        assert_eq!(count(2, 3, Boundary::Periodic), 3 + 6);
        assert_eq!(count(1, 5, Boundary::Periodic), 5);
        assert_eq!(count(1, 1, Boundary::Periodic), 0);
        let mut rng = Rng::new(1, Stream::Couplings, 0);
        for (width, height) in [(5, 4), (2, 3), (1, 4), (2, 2), (7, 1)] {
            for boundary in [Boundary::Periodic, Boundary::Free] {
                let net =
                    EdwardsAnderson::random(width, height, boundary, Couplings::Gaussian, &mut rng).unwrap();
                let mut pairs = Vec::new();
                for unit in 0..width * height {
                    for (other, coupling) in net.neighbours(unit) {
                        assert!(net.neighbours(other).any(|back| back == (unit, coupling)));
                        pairs.push((unit, other));
                    }
                }
                let all = pairs.len();
                pairs.sort_unstable();
                pairs.dedup();
                assert_eq!((pairs.len(), all), (all, 2 * count(width, height, boundary)));
                let drawn: Vec<f64> = net.couplings().collect();
                assert_eq!(EdwardsAnderson::new(width, height, boundary, &drawn), Ok(net));
            }
        }
    }

    #[test]
    fn a_square_by_hand() {
        // Right and down of cell 0, down of cell 1, right of cell 2.
        let net = EdwardsAnderson::new(2, 2, Boundary::Free, &[1.0, 2.0, -3.0, 4.0]).unwrap();
        assert_eq!((net.plaquette(0), net.plaquette(1), net.plaquette(2)), (-1, 0, 0));
        assert_eq!(net.energy(&[1, 1, 1, 1]), -4.0);
        assert_eq!(net.energy(&[1, 1, 1, -1]), -1.0 - 2.0 - 3.0 + 4.0);
        assert_eq!(net.delta(&[1, 1, 1, 1], 3, -1), 2.0);
        assert_eq!(net.cache(&[1, 0, -1, 1]), [-2.0, -2.0, 6.0, -4.0]);
        // Whole numbers leave no rounding, others do.
        assert_eq!((net.rounding(0), net.drift(0)), (0.0, 0.0));
        let odd = EdwardsAnderson::new(2, 1, Boundary::Free, &[0.1]).unwrap();
        assert!(odd.drift(0) > 0.0 && odd.rounding(0) < 1e-15);
    }

    #[test]
    fn what_is_no_lattice_is_refused() {
        let error = |width, height, couplings: &[f64]| {
            EdwardsAnderson::new(width, height, Boundary::Free, couplings).unwrap_err()
        };
        assert_eq!(error(0, 4, &[]), SpinGlassError::Size { width: 0, height: 4 });
        assert_eq!(error(65, 64, &[]), SpinGlassError::Size { width: 65, height: 64 });
        assert_eq!(error(usize::MAX, 2, &[]), SpinGlassError::Size { width: usize::MAX, height: 2 });
        assert_eq!(
            error(3, 1, &[1.0]).to_string(),
            "the lattice has 2 pairs of neighbours; couplings given: 1"
        );
        for value in [f64::NAN, f64::INFINITY, 2e9] {
            assert!(matches!(error(2, 1, &[value]), SpinGlassError::Coupling { bond: 0, .. }));
        }
    }
}
