//! The shortest tour.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::models::tour::Cities;

/// Most cities of which the shortest tour is sought: 2^12 sets of them.
pub const MAX_TOUR: usize = 13;

/// So many cities are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyCities(pub usize);

impl fmt::Display for TooManyCities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the shortest tour is sought among at most {MAX_TOUR} cities, not {}", self.0)
    }
}

impl core::error::Error for TooManyCities {}

/// The shortest tour of all, from city 0, and its length; of equals, one of them, the same every time.
///
/// For every set of cities and every city in it, the shortest way from city 0 through all of them that ends there is the
/// shortest over the last city but one: n² 2^(n−1) steps (M. Held & R. M. Karp, J. SIAM 10 (1962) 196; R. Bellman,
/// J. ACM 9 (1962) 61).
///
/// # Errors
/// More than [`MAX_TOUR`] cities.
pub fn shortest_tour(cities: &Cities) -> Result<(f64, Vec<usize>), TooManyCities> {
    let n = cities.count();
    if n > MAX_TOUR {
        return Err(TooManyCities(n));
    }
    // City 0 is where the way begins; bit k of a set stands for city k + 1.
    let others = n - 1;
    let all = (1usize << others) - 1;
    let mut ways = vec![f64::INFINITY; (all + 1) * others];
    let mut before = vec![0u8; ways.len()];
    for set in 1..=all {
        for last in (0..others).filter(|last| set >> last & 1 == 1) {
            let rest = set & !(1 << last);
            let at = set * others + last;
            if rest == 0 {
                ways[at] = cities.distance(0, last + 1);
            }
            for previous in (0..others).filter(|previous| rest >> previous & 1 == 1) {
                let way = ways[rest * others + previous] + cities.distance(previous + 1, last + 1);
                if way < ways[at] {
                    (ways[at], before[at]) = (way, previous as u8);
                }
            }
        }
    }
    let home = |last: usize| ways[all * others + last] + cities.distance(last + 1, 0);
    let mut last = (1..others).fold(0, |best, last| if home(last) < home(best) { last } else { best });
    let (mut set, mut tour) = (all, vec![0; n]);
    for place in (1..n).rev() {
        tour[place] = last + 1;
        let at = set * others + last;
        set &= !(1 << last);
        last = usize::from(before[at]);
    }
    Ok((cities.length(&tour), tour))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    /// The least length over all orders of the cities from `place` on.
    fn by_trying_all(cities: &Cities, tour: &mut Vec<usize>, place: usize) -> f64 {
        if place == tour.len() {
            return cities.length(tour);
        }
        let mut least = f64::INFINITY;
        for other in place..tour.len() {
            tour.swap(place, other);
            least = least.min(by_trying_all(cities, tour, place + 1));
            tour.swap(place, other);
        }
        least
    }

    #[test]
    fn none_is_shorter() {
        let mut rng = Rng::new(6, Stream::Patterns, 0);
        for n in 2..=8 {
            for _ in 0..5 {
                let cities = Cities::random(n, &mut rng).unwrap();
                let (length, tour) = shortest_tour(&cities).unwrap();
                assert!((length - by_trying_all(&cities, &mut (0..n).collect(), 1)).abs() < 1e-12);
                let mut all = tour.clone();
                all.sort_unstable();
                assert!(tour[0] == 0 && all.iter().enumerate().all(|(k, &city)| k == city));
            }
        }
    }

    #[test]
    fn thirteen_on_a_circle_are_gone_round() {
        let angle = |k: usize| 2.0 * core::f64::consts::PI * (5 * k % 13) as f64 / 13.0;
        let place = |k| [0.5 + 0.5 * libm::cos(angle(k)), 0.5 + 0.5 * libm::sin(angle(k))];
        let cities = Cities::new((0..13).map(place).collect()).unwrap();
        let (length, tour) = shortest_tour(&cities).unwrap();
        assert!((length - 13.0 * libm::sin(core::f64::consts::PI / 13.0)).abs() < 1e-12);
        // Every step is one thirteenth of the way round, in one direction.
        let steps: Vec<usize> = tour.windows(2).map(|w| (5 * w[1] + 13 * 5 - 5 * w[0]) % 13).collect();
        assert!(steps.iter().all(|&step| step == steps[0]) && [1, 12].contains(&steps[0]), "{steps:?}");
        let more = Cities::random(14, &mut Rng::new(6, Stream::Patterns, 1)).unwrap();
        assert_eq!(shortest_tour(&more), Err(TooManyCities(14)));
    }
}
