//! The travelling salesman's tour as the resting state of a graded network.
//!
//! # What it is
//! n² units between 0 and 1 for n cities: `V_xi` says how much city x is the i-th of the tour. A tour is a permutation
//! matrix, one 1 in every row and every column; penalties make the net want one, and a short one.
//!
//! # Energy
//! `E = A/2 Σ_x Σ_{i≠j} V_xi V_xj + B/2 Σ_i Σ_{x≠y} V_xi V_yi + C/2 (Σ_xi V_xi − n′)² + D/2 Σ_{x≠y} Σ_i d_xy V_xi (V_{y,i+1} +
//! V_{y,i−1})` and the leak's part of [`crate::models::graded`]; positions go round. On a tour, and with n′ = n, the
//! first three are 0 and the last is D times its length.
//!
//! # Dynamics
//! `du/dt = −u/τ − ∂E/∂V` with τ = 1 and `V = ½(1 + tanh(u/u0))`. The equation is stiff: all units together push back
//! some 10⁵ times faster than τ, until they have decided. Steps under control ([`Tour::METHOD`]) are small while that
//! lasts and long afterwards.
//!
//! # Shapes
//! States, outputs and inputs are (n, n) row by row, a row a city.
//!
//! # What to expect
//! The settings published for ten cities lead to a tour in one run of eight, a short one then (1.2 of the shortest, where
//! random ones have 1.8). With less weight on the length and n′ nearer to n nearly every run comes to a tour, a longer
//! one (1.5). Counted over 400 to 1600 runs with cities of their own; which tour it is hangs on the noise at the start.
//!
//! # References
//! J. J. Hopfield & D. W. Tank, *“Neural” computation of decisions in optimization problems*, Biol. Cybern. 52
//! (1985) 141: eq. 8 (energy), 10 (weights), 11 (motion).

mod cities;

pub use cities::{Cities, CitiesError, MAX_CITIES};

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::dynamics::Method;
use crate::math;
use crate::models::graded::{Circuit, Gain, Graded, Shape, Values};
use crate::rng::Rng;
use crate::weights::Weights;

/// What a net for tours is made with.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Settings {
    /// A, 0 to 10⁵: price of a city that is in two places.
    pub row: f64,
    /// B, 0 to 10⁵: price of two cities in one place.
    pub column: f64,
    /// C, 0 to 10⁵: price of too much or too little altogether.
    pub total: f64,
    /// D, 0 to 10⁵: price of length.
    pub length: f64,
    /// n′, 0 to 1000: how much there should be altogether.
    pub wanted: f64,
    /// u0, 10⁻³ to 10: input that takes a unit from ½ to 0.88.
    pub width: f64,
}

impl Settings {
    /// Those of Hopfield & Tank 1985 for ten cities. See [the module](self) for what comes of them.
    pub const PUBLISHED: Self =
        Self { row: 500.0, column: 500.0, total: 200.0, length: 500.0, wanted: 15.0, width: 0.02 };

    /// The same with D = 200 and n′ = n + 2, which lead n cities nearly always to a tour.
    #[must_use]
    pub fn usable(n: usize) -> Self {
        Self { length: 200.0, wanted: n as f64 + 2.0, ..Self::PUBLISHED }
    }

    /// No lengths, only the rules: n rooks that do not attack each other on a board of n × n.
    #[must_use]
    pub fn rooks(n: usize) -> Self {
        Self { length: 0.0, wanted: n as f64, ..Self::PUBLISHED }
    }
}

/// A setting that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TourError {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// What is allowed.
    pub allowed: &'static str,
}

impl fmt::Display for TourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}; allowed is {}", self.name, self.value, self.allowed)
    }
}

impl core::error::Error for TourError {}

/// The parts of the energy, in units of energy.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// The A term: cities in several places.
    pub row: f64,
    /// The B term: places with several cities.
    pub column: f64,
    /// The C term: too much or too little altogether, its constant included.
    pub total: f64,
    /// The D term: length.
    pub length: f64,
}

/// How outputs are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Decoding {
    /// A unit says what it stands for if its output is above ½.
    #[default]
    Threshold,
    /// A unit does if its output is the largest both of its city and of its place; of equals, the first. This reads a tour
    /// out of nets that have not decided yet, and shows no city or place twice.
    Maximum,
}

/// What outputs say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The cities in their order, if every city has one place and every place one city.
    pub tour: Option<Vec<usize>>,
    /// Cities without a place.
    pub lost_cities: Vec<usize>,
    /// Cities with several places.
    pub torn_cities: Vec<usize>,
    /// Places without a city.
    pub empty_places: Vec<usize>,
    /// Places with several cities.
    pub crowded_places: Vec<usize>,
}

/// A net for tours through given cities.
#[derive(Clone, Debug, PartialEq)]
pub struct Tour {
    cities: Cities,
    settings: Settings,
    net: Graded,
}

impl Tour {
    /// Steps that are small as long as the net is stiff: some 70 until most is decided, and to the same end as 40,000
    /// fixed ones of 10⁻⁶ τ.
    pub const METHOD: Method = Method::DormandPrince { relative: 1e-5, absolute: 1e-7 };

    /// [Motion](crate::models::graded::Motion::is_at_rest) below this is rest, in outputs per τ: at the tolerances of
    /// [`METHOD`](Self::METHOD), a unit of a stiff net that rests between 0 and 1 seems to tremble by some hundredths. Units
    /// decide ten thousand times faster.
    pub const REST: f64 = 0.1;

    /// The net for these cities: weights and currents of a graded network of n² units.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn new(cities: Cities, settings: Settings) -> Result<Self, TourError> {
        let n = cities.count();
        let price = "0 to 1e5";
        for (name, value, least, most, allowed) in [
            ("A", settings.row, 0.0, 1e5, price),
            ("B", settings.column, 0.0, 1e5, price),
            ("C", settings.total, 0.0, 1e5, price),
            ("D", settings.length, 0.0, 1e5, price),
            ("n'", settings.wanted, 0.0, 1000.0, "0 to 1000"),
            ("u0", settings.width, 1e-3, 10.0, "0.001 to 10"),
        ] {
            if !(least..=most).contains(&value) {
                return Err(TourError { name, value, allowed });
            }
        }
        let mut weights = Weights::zero(n * n, 1.0).expect("as many units as a net may have");
        for (x, i) in pairs(n) {
            for (y, j) in pairs(n) {
                let mut weight = -settings.total;
                if x == y {
                    weight -= settings.row;
                }
                if i == j {
                    weight -= settings.column;
                }
                // In a tour of two the other place is both the next and the last one.
                let legs = u8::from(j == (i + 1) % n) + u8::from(i == (j + 1) % n);
                weight -= settings.length * cities.distance(x, y) * f64::from(legs);
                if (x, i) != (y, j) {
                    weights.set_raw(x * n + i, y * n + j, weight);
                }
            }
        }
        let circuit = Circuit {
            current: Values::All(settings.total * settings.wanted),
            own: Values::All(-settings.total),
            ..Circuit::default()
        };
        let gain = Gain::new(Shape::Logistic, 2.0 / settings.width).expect("u0 is within range");
        let net = Graded::new(weights, gain, circuit).expect("settings are within range");
        Ok(Self { cities, settings, net })
    }

    /// The cities.
    #[must_use]
    pub fn cities(&self) -> &Cities {
        &self.cities
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// The graded network: what is integrated.
    #[must_use]
    pub fn net(&self) -> &Graded {
        &self.net
    }

    /// Inputs to start from: n altogether, the same for all units but for noise, even from −u0/10 to u0/10, that makes
    /// the choice (Hopfield & Tank 1985).
    #[must_use]
    pub fn start(&self, rng: &mut Rng) -> Vec<f64> {
        let n = self.cities.count();
        // Outputs of 1/n: ½(1 + tanh(u/u0)) = 1/n.
        let middle = -0.5 * math::ln((n - 1) as f64);
        (0..n * n).map(|_| self.settings.width * (middle + 0.1 * (2.0 * rng.unit() - 1.0))).collect()
    }

    /// The parts of the energy of n² outputs, without the leak.
    #[must_use]
    pub fn parts(&self, outputs: &[f64]) -> Parts {
        let n = self.cities.count();
        let (mut rows, mut columns) = (vec![0.0; n], vec![0.0; n]);
        let (mut squares, mut length) = (0.0, 0.0);
        for (x, i) in pairs(n) {
            let v = outputs[x * n + i];
            rows[x] += v;
            columns[i] += v;
            squares += v * v;
            let next = (i + 1) % n;
            // Each leg once, in place of both of its ends by half.
            let ahead: f64 = (0..n).map(|y| self.cities.distance(x, y) * outputs[y * n + next]).sum();
            length += v * ahead;
        }
        let cross = |sums: &[f64]| 0.5 * (sums.iter().map(|sum| sum * sum).sum::<f64>() - squares);
        let excess = rows.iter().sum::<f64>() - self.settings.wanted;
        Parts {
            row: self.settings.row * cross(&rows),
            column: self.settings.column * cross(&columns),
            total: self.settings.total * 0.5 * excess * excess,
            length: self.settings.length * length,
        }
    }

    /// What n² outputs say.
    #[must_use]
    pub fn read(&self, outputs: &[f64], decoding: Decoding) -> Reading {
        let n = self.cities.count();
        let best_places: Vec<usize> = (0..n).map(|x| first_largest(n, |i| outputs[x * n + i])).collect();
        let best_cities: Vec<usize> = (0..n).map(|i| first_largest(n, |x| outputs[x * n + i])).collect();
        let (mut rows, mut columns) = (vec![0; n], vec![0; n]);
        let mut tour = vec![0; n];
        for (x, i) in pairs(n) {
            let says = match decoding {
                Decoding::Threshold => outputs[x * n + i] > 0.5,
                Decoding::Maximum => best_places[x] == i && best_cities[i] == x,
            };
            if says {
                rows[x] += 1;
                columns[i] += 1;
                tour[i] = x;
            }
        }
        let of = |counts: &[u32], wrong: fn(u32) -> bool| {
            (0..n).filter(|&k| wrong(counts[k])).collect::<Vec<usize>>()
        };
        let valid = rows.iter().chain(&columns).all(|&count| count == 1);
        Reading {
            tour: valid.then_some(tour),
            lost_cities: of(&rows, |count| count == 0),
            torn_cities: of(&rows, |count| count > 1),
            empty_places: of(&columns, |count| count == 0),
            crowded_places: of(&columns, |count| count > 1),
        }
    }
}

/// Which of n numbers is the largest; of equals, the first.
fn first_largest(n: usize, number: impl Fn(usize) -> f64) -> usize {
    (1..n).fold(0, |best, k| if number(k) > number(best) { k } else { best })
}

/// All pairs below n, by the first and then the second.
fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n * n).map(move |unit| (unit / n, unit % n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    fn net(n: usize, settings: Settings) -> Tour {
        Tour::new(Cities::random(n, &mut Rng::new(3, Stream::Patterns, n as u64)).unwrap(), settings).unwrap()
    }

    #[test]
    fn the_weights_have_the_energy_of_the_penalties() {
        let mut rng = Rng::new(4, Stream::Start, 0);
        for n in [2, 3, 7] {
            let tour = net(n, Settings::PUBLISHED);
            assert!(tour.net().is_symmetric());
            let Settings { total, wanted, .. } = tour.settings();
            for _ in 0..5 {
                let outputs: Vec<f64> = (0..n * n).map(|_| rng.unit()).collect();
                let parts = tour.parts(&outputs);
                let terms = tour.net().terms_of_outputs(&outputs);
                // The net leaves the constant C/2 n′² out.
                let expected =
                    parts.row + parts.column + parts.total + parts.length - 0.5 * total * wanted * wanted;
                let found = terms.interaction + terms.current;
                assert!((found - expected).abs() < 1e-9, "{n}: {found} instead of {expected}");
            }
        }
    }

    #[test]
    fn a_tour_costs_its_length() {
        let tour = net(6, Settings::rooks(6));
        let tour = Tour::new(tour.cities().clone(), Settings { length: 7.0, ..tour.settings() }).unwrap();
        let order = [3, 0, 5, 1, 4, 2];
        let mut outputs = vec![0.0; 36];
        order.iter().enumerate().for_each(|(i, &x)| outputs[x * 6 + i] = 1.0);
        let parts = tour.parts(&outputs);
        assert_eq!((parts.row, parts.column, parts.total), (0.0, 0.0, 0.0));
        assert!((parts.length - 7.0 * tour.cities().length(&order)).abs() < 1e-12);
        for decoding in [Decoding::Threshold, Decoding::Maximum] {
            assert_eq!(tour.read(&outputs, decoding).tour.as_deref(), Some(&order[..]));
        }
    }

    #[test]
    fn conflicts_are_named() {
        let tour = net(3, Settings::usable(3));
        // City 0 twice, city 1 nowhere; place 2 is crowded, nothing is missing there.
        let reading = tour.read(&[0.9, 0.0, 0.8, 0.1, 0.2, 0.3, 0.0, 0.1, 0.7], Decoding::Threshold);
        let expected = Reading {
            tour: None,
            lost_cities: vec![1],
            torn_cities: vec![0],
            empty_places: vec![1],
            crowded_places: vec![2],
        };
        assert_eq!(reading, expected);
        // By maximum: city 0 is first in place 0; in place 2 too, but not its own best.
        let reading = tour.read(&[0.9, 0.0, 0.8, 0.1, 0.2, 0.3, 0.0, 0.1, 0.7], Decoding::Maximum);
        assert_eq!((reading.lost_cities, reading.torn_cities), (vec![1, 2], vec![]));
        // Undecided outputs still order the cities.
        let reading = tour.read(&[0.3, 0.2, 0.1, 0.1, 0.3, 0.2, 0.2, 0.1, 0.3], Decoding::Maximum);
        assert_eq!(reading.tour, Some(vec![0, 1, 2]));
    }

    #[test]
    fn the_start_is_about_n_altogether() {
        let tour = net(10, Settings::PUBLISHED);
        let inputs = tour.start(&mut Rng::new(5, Stream::Start, 0));
        let spread = inputs.iter().map(|u| (u / 0.02 + 0.5 * math::ln(9.0)).abs()).fold(0.0, f64::max);
        assert!(spread <= 0.1 && spread > 0.09, "{spread}");
        let sum: f64 = tour.net().outputs(&inputs).iter().sum();
        assert!((sum - 10.0).abs() < 0.5, "{sum}");
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        let cities = Cities::random(4, &mut Rng::new(1, Stream::Patterns, 0)).unwrap();
        let wrong = Settings { width: 0.0, ..Settings::PUBLISHED };
        let error = Tour::new(cities.clone(), wrong).unwrap_err();
        assert_eq!(alloc::format!("{error}"), "u0 is 0; allowed is 0.001 to 10");
        let wrong = Settings { length: f64::NAN, ..Settings::PUBLISHED };
        assert_eq!(Tour::new(cities, wrong).unwrap_err().name, "D");
    }
}
