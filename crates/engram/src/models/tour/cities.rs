//! Cities on a map, and tours through them.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::math;
use crate::rng::Rng;

/// Most cities that a net is made for: n² units.
pub const MAX_CITIES: usize = 30;

/// Why there is no map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CitiesError {
    /// Fewer than 2 cities, or more than [`MAX_CITIES`].
    Count(usize),
    /// A coordinate outside 0 to 1.
    Place {
        /// Which city.
        city: usize,
        /// The coordinate.
        value: f64,
    },
}

impl fmt::Display for CitiesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(n) => write!(f, "a tour needs 2 to {MAX_CITIES} cities, not {n}"),
            Self::Place { city, value } => {
                write!(f, "city {city} has a coordinate of {value}; the map goes from 0 to 1")
            }
        }
    }
}

impl core::error::Error for CitiesError {}

/// n cities in the unit square. A tour is an order of all of them, and goes back to the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Cities {
    places: Vec<[f64; 2]>,
    /// (n, n).
    distances: Vec<f64>,
}

impl Cities {
    /// Cities at these places (x, y), each from 0 to 1.
    ///
    /// # Errors
    /// Too few, too many, or one off the map.
    pub fn new(places: Vec<[f64; 2]>) -> Result<Self, CitiesError> {
        let n = places.len();
        if !(2..=MAX_CITIES).contains(&n) {
            return Err(CitiesError::Count(n));
        }
        for (city, place) in places.iter().enumerate() {
            if let Some(&value) = place.iter().find(|x| !(0.0..=1.0).contains(*x)) {
                return Err(CitiesError::Place { city, value });
            }
        }
        let mut distances = Vec::with_capacity(n * n);
        for a in &places {
            for b in &places {
                let (x, y) = (a[0] - b[0], a[1] - b[1]);
                distances.push(math::sqrt(x * x + y * y));
            }
        }
        Ok(Self { places, distances })
    }

    /// So many cities anywhere in the unit square, each place as likely as any other.
    ///
    /// # Errors
    /// Too few or too many.
    pub fn random(count: usize, rng: &mut Rng) -> Result<Self, CitiesError> {
        if !(2..=MAX_CITIES).contains(&count) {
            return Err(CitiesError::Count(count));
        }
        Self::new((0..count).map(|_| [rng.unit(), rng.unit()]).collect())
    }

    /// Number of cities, n.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Where they are.
    #[must_use]
    pub fn places(&self) -> &[[f64; 2]] {
        &self.places
    }

    /// Distance of two cities.
    #[inline]
    #[must_use]
    pub fn distance(&self, a: usize, b: usize) -> f64 {
        self.distances[a * self.places.len() + b]
    }

    /// Length of a tour, the way back to the first city included.
    #[must_use]
    pub fn length(&self, tour: &[usize]) -> f64 {
        let next = tour.iter().cycle().skip(1);
        tour.iter().zip(next).map(|(&a, &b)| self.distance(a, b)).sum()
    }

    /// Mean length of all tours, each as likely as any other: n times the mean distance of two cities.
    #[must_use]
    pub fn mean_length(&self) -> f64 {
        self.distances.iter().sum::<f64>() / (self.count() - 1) as f64
    }

    /// The tour that goes to the nearest city not seen yet, from `start`; of equals, to the one with the lowest number.
    #[must_use]
    pub fn nearest_neighbour(&self, start: usize) -> Vec<usize> {
        let n = self.count();
        let mut seen = vec![false; n];
        let mut tour = vec![start % n];
        seen[tour[0]] = true;
        while tour.len() < n {
            let here = tour[tour.len() - 1];
            let mut nearest: Option<usize> = None;
            for city in (0..n).filter(|&city| !seen[city]) {
                if nearest.is_none_or(|best| self.distance(here, city) < self.distance(here, best)) {
                    nearest = Some(city);
                }
            }
            tour.extend(nearest);
            seen[tour[tour.len() - 1]] = true;
        }
        tour
    }

    /// Turns stretches of a tour round as long as that makes it shorter (2-opt; G. A. Croes, Operations Research 6
    /// (1958) 791): no two of its legs cross in the end.
    pub fn improve(&self, tour: &mut [usize]) {
        let n = tour.len();
        loop {
            let mut better = false;
            // The first city can stay: to turn a stretch round is to turn the rest.
            for from in 1..n {
                for to in from + 1..n {
                    let (before, after) = (tour[from - 1], tour[(to + 1) % n]);
                    let now = self.distance(before, tour[from]) + self.distance(tour[to], after);
                    let then = self.distance(before, tour[to]) + self.distance(tour[from], after);
                    // More than rounding, so that it ends.
                    if then < now - 1e-12 {
                        tour[from..=to].reverse();
                        better = true;
                    }
                }
            }
            if !better {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn a_square_is_gone_round() {
        let square = Cities::new(vec![[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]).unwrap();
        let diagonal = math::sqrt(2.0);
        assert_eq!(square.length(&[0, 2, 1, 3]), 4.0);
        assert_eq!(square.length(&[0, 1, 2, 3]), 2.0 + 2.0 * diagonal);
        // Of three different tours two have the diagonals.
        assert!((square.mean_length() - (4.0 + 2.0 * (2.0 + 2.0 * diagonal)) / 3.0).abs() < 1e-12);
        let mut tour = vec![0, 1, 2, 3];
        square.improve(&mut tour);
        assert_eq!(square.length(&tour), 4.0);
        assert_eq!(square.nearest_neighbour(1), [1, 2, 0, 3]);
    }

    #[test]
    fn tours_are_made_of_all_cities_and_turned_round_until_none_is_better() {
        let mut rng = Rng::new(8, Stream::Patterns, 0);
        for n in [2, 3, 7, 30] {
            let cities = Cities::random(n, &mut rng).unwrap();
            let mut tour = cities.nearest_neighbour(n - 1);
            let before = cities.length(&tour);
            cities.improve(&mut tour);
            assert!(cities.length(&tour) <= before + 1e-12);
            assert!(cities.length(&tour) <= cities.mean_length() + 1e-12);
            let mut all = tour.clone();
            all.sort_unstable();
            assert!(all.iter().enumerate().all(|(k, &city)| k == city));
        }
    }

    #[test]
    fn maps_that_are_none_are_refused() {
        assert_eq!(Cities::new(vec![[0.5, 0.5]]), Err(CitiesError::Count(1)));
        assert_eq!(
            Cities::new(vec![[0.5, 0.5], [0.2, 1.5]]),
            Err(CitiesError::Place { city: 1, value: 1.5 })
        );
        assert_eq!(Cities::random(31, &mut Rng::new(0, Stream::Patterns, 0)), Err(CitiesError::Count(31)));
    }
}
