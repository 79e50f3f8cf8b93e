//! The figure of what was measured at each temperature, over what must be.

use engram::exact::{Levels, Thermodynamics};

use super::{LEAST_SWEEPS, Measured, Record};
use crate::figure::{Axis, Figure, FigureInfo, Mark, Part, Place, Role};
use crate::value::{Figure as Number, in_print};

/// Its name.
pub const FIGURE: &str = "thermal";

/// Most neurons of whose states all are looked at for it: a tenth of a second in a browser.
pub const MOST_ENUMERATED: usize = 16;

/// Temperatures at which the theory is worked out.
const PLACES: u32 = 64;

const ENERGY: &str = "mean energy ⟨E⟩";
const HEAT_CAPACITY: &str = "heat capacity C";
const FREE_ENERGY: &str = "free energy F";

/// As the machine describes it.
pub fn info() -> FigureInfo {
    FigureInfo {
        key: FIGURE,
        label: "energy over temperature",
        help: "What was measured at each temperature that the network was held at, and, where all its states can be counted, what must be found",
        leads: false,
        press: None,
        drag: None,
        beside: false,
    }
}

/// The figure of a run. `exact` is what is known of the net, and `hottest` the highest temperature that the spec names.
pub fn draw(record: &Record, exact: Option<&Levels>, hottest: f64, energy: f64, part: Part) -> Figure {
    let mut figure = Figure {
        x: Axis { label: "temperature", symbol: "T", ..Axis::default() },
        y: Axis { label: "energy and heat capacity", ..Axis::default() },
        ..Figure::default()
    };
    match (part, exact) {
        (Part::Still, Some(levels)) => figure.marks = theory(levels, hottest),
        (Part::Still, None) => {
            figure.note = format!(
                "Only what was measured is shown: of more than {MOST_ENUMERATED} neurons there are too many states to look at all of them."
            );
        }
        (Part::Moving, _) => {
            figure.marks = measured(record, energy);
            figure.note = note(record, exact);
        }
    }
    figure
}

fn theory(levels: &Levels, hottest: f64) -> Vec<Mark> {
    // Beyond its range of energies for each neuron a net is as good as free.
    let (least, most) = levels.range();
    let end = hottest.max(2.0 * (most - least) / levels.units() as f64);
    let known: Vec<(f64, Thermodynamics)> = (0..=PLACES)
        .map(|k| end * f64::from(k) / f64::from(PLACES))
        .filter_map(|temperature| levels.at(temperature).ok().map(|known| (temperature, known)))
        .collect();
    let line = |label: &str, of: fn(&Thermodynamics) -> f64| Mark::Lines {
        role: Role::Theory,
        label: format!("{label}, exactly"),
        paths: vec![known.iter().map(|(temperature, at)| place(*temperature, of(at))).collect()],
    };
    vec![
        line(ENERGY, |at| at.energy),
        line(HEAT_CAPACITY, |at| at.heat_capacity),
        line(FREE_ENERGY, |at| at.free_energy),
    ]
}

fn measured(record: &Record, energy: f64) -> Vec<Mark> {
    let all = record.all();
    let points = |label: &str, of: fn(&Measured) -> (f64, f64)| Mark::Points {
        role: Role::Measured,
        label: format!("{label}, measured"),
        at: all.iter().map(|m| place(m.temperature, of(m).0)).collect(),
        error: all.iter().map(|m| of(m).1 as f32).collect(),
        names: Vec::new(),
    };
    vec![
        points(ENERGY, |m| (m.energy, m.error)),
        points(HEAT_CAPACITY, |m| (m.heat_capacity, m.heat_capacity_error)),
        Mark::Points {
            role: Role::Now,
            label: "energy now".to_owned(),
            at: vec![place(record.temperature(), energy)],
            error: Vec::new(),
            names: Vec::new(),
        },
    ]
}

fn note(record: &Record, exact: Option<&Levels>) -> String {
    let temperature = record.temperature();
    let exactly = exact.and_then(|levels| levels.at(temperature).ok()).map(|at| {
        let [t, u, s, f, c] = [temperature, at.energy, at.entropy, at.free_energy, at.heat_capacity]
            .map(|x| Number(rounded(x)));
        in_print(format_args!("Exactly, at T = {t}: U = {u}, S = {s}, F = U − TS = {f}, C = {c}."))
    });
    let hint = record.all().is_empty().then(|| {
        format!(
            "A point appears after {LEAST_SWEEPS} sweeps at one temperature; its bar is the standard error."
        )
    });
    exactly.into_iter().chain(hint).collect::<Vec<_>>().join(" ")
}

/// To three places.
fn rounded(x: f64) -> f64 {
    (x * 1e3).round() / 1e3
}

fn place(x: f64, y: f64) -> Place {
    [x as f32, y as f32]
}
