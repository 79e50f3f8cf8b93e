//! Figures of the two replicas.

use engram::observe::Overlaps;

use super::pair::Pair;
use crate::figure::{Axis, Figure, Mark, Part, Role, Tick};
use crate::value::{in_print, number_of};

/// Most bars; of more overlaps several share one.
const MOST_BARS: usize = 48;

/// Overlaps that share a bar, of so many units.
fn shared(units: usize) -> usize {
    (units + 1).div_ceil(MOST_BARS)
}

/// From how often each overlap comes up to the density of each bar, so that bars of other widths can be compared.
fn densities(units: usize, shares: &[f64]) -> Vec<f32> {
    let width = 2.0 / units.max(1) as f64;
    let density = |bar: &[f64]| (bar.iter().sum::<f64>() / (bar.len() as f64 * width)) as f32;
    shares.chunks(shared(units)).map(density).collect()
}

/// The law of the overlap at this temperature: as counted, beside what enumeration says where it is known.
pub fn overlaps(pair: &Pair, exact: Option<&[f64]>, part: Part) -> Figure {
    let seen: &Overlaps = pair.overlaps();
    let units = seen.units();
    let bars = (units + 1).div_ceil(shared(units));
    // The bar in whose middle an overlap lies.
    let place = |q: f64| ((q + 1.0) / 2.0 * units as f64 + 0.5) / shared(units) as f64 - 0.5;
    let tick = |q: f64| Tick { at: place(q), label: in_print(q) };
    let mut figure = Figure {
        x: Axis {
            label: "likeness of the two replicas",
            symbol: "q",
            range: Some([-0.5, bars as f64 - 0.5]),
            ticks: [-1.0, -0.5, 0.0, 0.5, 1.0].map(tick).to_vec(),
        },
        y: Axis { label: "how often", symbol: "P(q)", ..Axis::default() },
        ..Figure::default()
    };
    match part {
        Part::Still => {
            if let Some(law) = exact {
                let at = (0u16..).zip(densities(units, law)).map(|(bar, p)| [f32::from(bar), p]).collect();
                let label = "all states, by enumeration".to_owned();
                let (error, names) = (Vec::new(), Vec::new());
                figure.marks.push(Mark::Points { role: Role::Theory, label, at, error, names });
            }
        }
        Part::Moving => {
            let count = seen.count();
            let share = |&times: &u64| times as f64 / count.max(1) as f64;
            let shares: Vec<f64> = seen.counts().iter().map(share).collect();
            let label = match count {
                0 => "nothing is counted yet".to_owned(),
                _ => number_of(count as usize, "sweep"),
            };
            let (shares, memories) = (densities(units, &shares), Vec::new());
            figure.marks.push(Mark::Bars { label, values: shares, shares: Vec::new(), memories });
        }
    }
    figure
}

/// The square of the overlap along the run, by temperature.
pub fn freezing(pair: &Pair, now: (f64, f64), part: Part) -> Figure {
    let mut figure = Figure {
        x: Axis { label: "temperature", symbol: "T", ..Axis::default() },
        y: Axis {
            label: "square of the likeness", symbol: "q²", range: Some([0.0, 1.0]), ..Axis::default()
        },
        ..Figure::default()
    };
    if part == Part::Moving {
        let place = |&(temperature, square): &(f64, f64)| [temperature as f32, square as f32];
        let names = || Vec::new();
        let points = |role, label: &str, at| Mark::Points {
            role,
            label: label.to_owned(),
            at,
            error: Vec::new(),
            names: names(),
        };
        figure.marks.push(points(
            Role::Measured,
            "after each sweep",
            pair.trail().iter().map(place).collect(),
        ));
        figure.marks.push(points(Role::Now, "now", vec![place(&now)]));
    }
    figure
}
