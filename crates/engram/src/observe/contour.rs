//! Lines of equal height on a grid.
//!
//! Marching squares (after W. E. Lorensen & H. E. Cline, *Marching cubes*, Computer Graphics 21 (1987) 163): every side
//! of a cell whose ends lie on different sides of the level is crossed once, where a straight line between its ends
//! has the level; the crossings of a cell are joined in pairs. A cell that is crossed four times is a saddle: the mean of
//! its corners, taken as the height in its middle, says which pairs. Lines never branch and never end inside the grid.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

/// Most values along a side of a grid.
pub const MAX_SIDE: usize = 2048;

/// Why there is no grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GridError {
    /// Fewer than 2 places along an axis, or more than [`MAX_SIDE`].
    Side(usize),
    /// The places along an axis do not go up, or are no numbers.
    Place {
        /// Which place.
        at: usize,
        /// The number that stands there.
        value: f64,
    },
    /// The heights are not as many as the places.
    Length {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A height is not a finite number.
    Height {
        /// Column.
        column: usize,
        /// Row.
        row: usize,
        /// What stands there.
        value: f64,
    },
}

impl fmt::Display for GridError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Side(n) => write!(f, "a grid has 2 to {MAX_SIDE} places along each axis, not {n}"),
            Self::Place { at, value } => {
                write!(f, "place {at} of an axis is {value}; it must be a number above the one before")
            }
            Self::Length { found, expected } => {
                write!(f, "{found} heights are given; the grid has {expected} places")
            }
            Self::Height { column, row, value } => {
                write!(f, "the height at column {column}, row {row} is {value}; it must be a finite number")
            }
        }
    }
}

impl core::error::Error for GridError {}

/// Heights over the plane, at places that need not be evenly spaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    x: Vec<f64>,
    y: Vec<f64>,
    heights: Vec<f64>,
}

/// A line of equal height.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its corners (x, y), in order.
    pub points: Vec<[f64; 2]>,
    /// Whether the last is joined to the first; if not, both lie on the edge of the grid.
    pub closed: bool,
}

impl Grid {
    /// Heights at the places (x, y), row by row from the least y, each row from the least x.
    ///
    /// # Errors
    /// Axes that are too short, too long or do not go up; heights that are too few, too many or not finite.
    pub fn new(x: Vec<f64>, y: Vec<f64>, heights: Vec<f64>) -> Result<Self, GridError> {
        for axis in [&x, &y] {
            if !(2..=MAX_SIDE).contains(&axis.len()) {
                return Err(GridError::Side(axis.len()));
            }
            let rises = |at: usize| axis[at].is_finite() && (at == 0 || axis[at] > axis[at - 1]);
            if let Some(at) = (0..axis.len()).find(|&at| !rises(at)) {
                return Err(GridError::Place { at, value: axis[at] });
            }
        }
        if heights.len() != x.len() * y.len() {
            return Err(GridError::Length { found: heights.len(), expected: x.len() * y.len() });
        }
        if let Some(at) = heights.iter().position(|height| !height.is_finite()) {
            return Err(GridError::Height { column: at % x.len(), row: at / x.len(), value: heights[at] });
        }
        Ok(Self { x, y, heights })
    }

    /// Places along x, in ascending order.
    #[must_use]
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// Places along y, in ascending order.
    #[must_use]
    pub fn y(&self) -> &[f64] {
        &self.y
    }

    /// Heights, row by row from the least y: shape (places along y, places along x).
    #[must_use]
    pub fn heights(&self) -> &[f64] {
        &self.heights
    }

    /// Where the height is `level`. Places of exactly that height count as above it. Lines that end at the edge come
    /// first.
    #[must_use]
    pub fn contour(&self, level: f64) -> Vec<Line> {
        let links = self.links(level);
        let mut seen = vec![false; links.len()];
        let mut lines = Vec::new();
        // What is on no line has no links, what is at an end has one.
        for ends in [1, 2] {
            for side in 0..links.len() {
                let count = links[side].iter().filter(|&&link| link != NONE).count();
                if count != ends || seen[side] {
                    continue;
                }
                let mut line = Line { points: Vec::new(), closed: ends == 2 };
                let mut next = Some(side);
                while let Some(at) = next {
                    seen[at] = true;
                    line.points.push(self.crossing(at, level));
                    let on = links[at].iter().filter(|&&link| link != NONE).map(|&link| link as usize);
                    next = on.into_iter().find(|&link| !seen[link]);
                }
                lines.push(line);
            }
        }
        lines
    }

    /// For every side of a cell, the sides that its crossing is joined to.
    ///
    /// Sides have numbers: that of the place where they begin for those along x, and those along y after them.
    fn links(&self, level: f64) -> Vec<[u32; 2]> {
        let (columns, all) = (self.x.len(), self.heights.len());
        let mut links = vec![[NONE; 2]; 2 * all];
        let mut join = |a: usize, b: usize| {
            for (from, to) in [(a, b), (b, a)] {
                let free = usize::from(links[from][0] != NONE);
                links[from][free] = to as u32;
            }
        };
        for row in 0..self.y.len() - 1 {
            for column in 0..columns - 1 {
                let at = row * columns + column;
                let corners = [at, at + 1, at + columns + 1, at + columns].map(|place| self.heights[place]);
                let above = corners.map(|height| height >= level);
                let [low, right, high, left] = [at, all + at + 1, at + columns, all + at];
                // Round the corners: which of the four sides are crossed.
                let crossed =
                    [above[0] != above[1], above[1] != above[2], above[2] != above[3], above[3] != above[0]];
                match crossed {
                    [true, true, true, true] => {
                        let middle = 0.25 * ((corners[0] + corners[1]) + (corners[2] + corners[3]));
                        if (middle >= level) == above[0] {
                            join(low, right);
                            join(high, left);
                        } else {
                            join(left, low);
                            join(right, high);
                        }
                    }
                    _ => {
                        let mut sides =
                            [low, right, high, left].into_iter().zip(crossed).filter(|(_, is)| *is);
                        if let (Some((a, _)), Some((b, _))) = (sides.next(), sides.next()) {
                            join(a, b);
                        }
                    }
                }
            }
        }
        links
    }

    /// Where a side is crossed.
    fn crossing(&self, side: usize, level: f64) -> [f64; 2] {
        let (columns, all) = (self.x.len(), self.heights.len());
        let place = side % all;
        let (column, row) = (place % columns, place / columns);
        let along_x = side < all;
        let other = if along_x { place + 1 } else { place + columns };
        let (here, there) = (self.heights[place], self.heights[other]);
        // They lie on different sides of the level, so they differ.
        let share = ((level - here) / (there - here)).clamp(0.0, 1.0);
        let between = |axis: &[f64], at: usize| axis[at] + share * (axis[at + 1] - axis[at]);
        if along_x {
            [between(&self.x, column), self.y[row]]
        } else {
            [self.x[column], between(&self.y, row)]
        }
    }
}

/// No link.
const NONE: u32 = u32::MAX;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    fn axis(n: usize, from: f64, to: f64) -> Vec<f64> {
        (0..n).map(|k| from + (to - from) * k as f64 / (n - 1) as f64).collect()
    }

    fn grid(n: usize, f: impl Fn(f64, f64) -> f64) -> Grid {
        let side = axis(n, -1.0, 1.0);
        let heights =
            side.iter().flat_map(|&y| side.iter().map(move |&x| (x, y))).map(|(x, y)| f(x, y)).collect();
        Grid::new(side.clone(), side, heights).unwrap()
    }

    #[test]
    fn a_cone_has_a_circle_of_the_right_length() {
        let cone = grid(201, |x, y| math::sqrt(x * x + y * y));
        let lines = cone.contour(0.7);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].closed);
        let points = &lines[0].points;
        let next = points.iter().cycle().skip(1);
        let length: f64 = points
            .iter()
            .zip(next)
            .map(|(a, b)| math::sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])))
            .sum();
        assert!((length - 2.0 * core::f64::consts::PI * 0.7).abs() < 1e-3, "{length}");
        // A cone bends across the way up alone, by 1/r: a straight line over a cell is off by its width squared over 8r.
        assert!(
            points
                .iter()
                .all(|p| (math::sqrt(p[0] * p[0] + p[1] * p[1]) - 0.7).abs() < 0.01 * 0.01 / 5.6 + 1e-12)
        );
    }

    #[test]
    fn a_plane_has_a_straight_line_from_edge_to_edge() {
        let slope = grid(12, |x, y| x + 2.0 * y);
        let lines = slope.contour(0.3);
        assert_eq!(lines.len(), 1);
        assert!(!lines[0].closed);
        let points = &lines[0].points;
        assert!(points.iter().all(|p| (p[0] + 2.0 * p[1] - 0.3).abs() < 1e-15));
        for end in [points[0], points[points.len() - 1]] {
            assert!(end.iter().any(|x| x.abs() == 1.0), "{end:?}");
        }
    }

    #[test]
    fn a_saddle_is_joined_by_its_middle() {
        // Corners 1, −1, 1, −1, and the middle a little above or below the level.
        let cell = |level: f64| {
            let side = vec![0.0, 1.0];
            let lines = Grid::new(side.clone(), side, vec![1.0, -1.0, -1.0, 1.0]).unwrap().contour(level);
            let ends = |line: &Line| (line.points[0], line.points[1]);
            (lines.len(), ends(&lines[0]))
        };
        // Above the middle: each line cuts off one of the high corners (0, 0) and (1, 1).
        assert_eq!(cell(0.5), (2, ([0.25, 0.0], [0.0, 0.25])));
        // Below it: the low corners (1, 0) and (0, 1).
        assert_eq!(cell(-0.5), (2, ([0.75, 0.0], [1.0, 0.25])));
    }

    #[test]
    fn every_crossed_side_is_on_exactly_one_line() {
        let mut rng = crate::rng::Rng::new(3, crate::rng::Stream::Patterns, 0);
        let n = 24;
        let rough =
            Grid::new(axis(n, 0.0, 1.0), axis(n, 0.0, 2.0), (0..n * n).map(|_| rng.normal()).collect())
                .unwrap();
        for level in [-0.7, 0.0, 1.2, 9.0] {
            let above = |column: usize, row: usize| rough.heights()[row * n + column] >= level;
            let mut crossed = 0;
            for (row, column) in (0..n).flat_map(|row| (0..n).map(move |column| (row, column))) {
                crossed += usize::from(column + 1 < n && above(column, row) != above(column + 1, row));
                crossed += usize::from(row + 1 < n && above(column, row) != above(column, row + 1));
            }
            let lines = rough.contour(level);
            assert_eq!(lines.iter().map(|line| line.points.len()).sum::<usize>(), crossed);
            assert_eq!(lines.is_empty(), level == 9.0);
            for line in &lines {
                let on_edge = |p: [f64; 2]| p[0] == 0.0 || p[0] == 1.0 || p[1] == 0.0 || p[1] == 2.0;
                assert!(
                    line.closed || on_edge(line.points[0]) && on_edge(line.points[line.points.len() - 1])
                );
            }
        }
    }

    #[test]
    fn grids_that_are_none_are_refused() {
        let two = || vec![0.0, 1.0];
        assert_eq!(Grid::new(vec![0.0], two(), vec![0.0; 2]), Err(GridError::Side(1)));
        assert_eq!(
            Grid::new(two(), vec![1.0, 1.0], vec![0.0; 4]),
            Err(GridError::Place { at: 1, value: 1.0 })
        );
        assert_eq!(Grid::new(two(), two(), vec![0.0; 3]), Err(GridError::Length { found: 3, expected: 4 }));
        assert!(matches!(
            Grid::new(two(), two(), vec![0.0, 0.0, f64::NAN, 0.0]),
            Err(GridError::Height { column: 0, row: 1, .. })
        ));
    }
}
