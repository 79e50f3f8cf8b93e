//! Figures of the lattice.

use engram::exact::onsager::{self, CRITICAL};
use engram::lattice::Edges;
use engram::observe::lattice::correlation;

use super::record::Measured;
use super::run::Run;
use crate::figure::{Axis, Figure, Mark, Part, Place, Role};

/// Temperatures on the axis, for J = 1.
const RANGE: [f64; 2] = [0.0, 5.0];

/// Places of a curve.
const PLACES: usize = 400;

/// Most distances at which the agreement of cells is worked out.
const DISTANCES: usize = 48;

fn points(role: Role, label: &str, at: Vec<Place>, error: Vec<f32>) -> Mark {
    Mark::Points { role, label: label.to_owned(), at, error, names: Vec::new() }
}

fn lines(role: Role, label: &str, paths: Vec<Vec<Place>>) -> Mark {
    Mark::Lines { role, label: label.to_owned(), paths }
}

/// What was measured, over the solution of the infinite lattice.
pub fn onsager(run: &Run, part: Part) -> Figure {
    let (coupling, field) = (run.model.coupling(), run.model.field_strength());
    // Temperatures and energies are counted in units of the coupling.
    let unit = coupling.abs();
    let scale = if unit > 0.0 { unit } else { 1.0 };
    let measured = run.record.all();
    let hottest = measured.iter().map(|m| m.temperature).fold(run.temperature(), f64::max);
    let right = (RANGE[1] * scale).max(1.05 * hottest);
    let mut figure = Figure {
        x: Axis {
            label: "temperature",
            symbol: "T",
            range: (part == Part::Moving).then_some([RANGE[0], right]),
            ..Axis::default()
        },
        y: Axis { label: "per cell", range: Some([-2.1 * scale.max(0.5), 3.0]), ..Axis::default() },
        ..Figure::default()
    };
    if part == Part::Still {
        figure.x.range = Some([RANGE[0], right]);
        if unit == 0.0 {
            figure.note = "Without a pull between neighbours there is no transition.".to_owned();
            return figure;
        }
        if field != 0.0 {
            figure.note = "Onsager's solution is for no field: there is none to compare with.".to_owned();
            return figure;
        }
        figure.marks = theory(unit, coupling > 0.0);
        figure.note = format!(
            "The curves are those of an endless lattice; Tc = {:.3}. A lattice of {} × {} is rounded off near it.",
            CRITICAL * unit,
            run.model.lattice().width(),
            run.model.lattice().height()
        );
        return figure;
    }
    let of = |value: fn(&Measured) -> [f64; 2]| -> (Vec<Place>, Vec<f32>) {
        let pair = |m: &Measured| ([m.temperature as f32, value(m)[0] as f32], value(m)[1] as f32);
        measured.iter().map(pair).unzip()
    };
    let way = |k: usize| vec![run.record.way().iter().map(|moment| [moment[0], moment[k]]).collect()];
    if run.record.way().len() > 1 {
        figure.marks.push(lines(Role::Path, "the way so far", [way(1), way(2)].concat()));
    }
    for (label, value) in [
        ("|m| measured", (|m| m.order) as fn(&Measured) -> [f64; 2]),
        ("energy measured", |m| m.energy),
        ("heat capacity measured", |m| m.heat_capacity),
    ] {
        let (at, error) = of(value);
        figure.marks.push(points(Role::Measured, label, at, error));
    }
    let (n, sums, t) = (run.spins().len() as f64, run.sums(), run.temperature() as f32);
    let now = vec![[t, (sums.spins as f64 / n).abs() as f32], [t, (run.model.energy_of(sums) / n) as f32]];
    figure.marks.push(points(Role::Now, "now", now, Vec::new()));
    figure
}

/// Onsager's curves for a coupling of this size.
fn theory(unit: f64, alike: bool) -> Vec<Mark> {
    let temperature = |k: usize| RANGE[0] + (RANGE[1] - RANGE[0]) * (k as f64 + 0.5) / PLACES as f64;
    let curve = |value: &dyn Fn(f64) -> f64| -> Vec<Place> {
        let place = |t: f64| [(t * unit) as f32, value(t) as f32];
        (0..PLACES).map(|k| place(temperature(k))).collect()
    };
    let mut marks = Vec::new();
    if alike {
        // Straight up from zero at T_c.
        let mut below: Vec<Place> = curve(&onsager::magnetisation);
        below.retain(|place| f64::from(place[0]) < CRITICAL * unit);
        below.push([(CRITICAL * unit) as f32, 0.0]);
        below.push([(RANGE[1] * unit) as f32, 0.0]);
        marks.push(lines(Role::Theory, "|m|, Onsager and Yang", vec![below]));
    }
    marks.push(lines(Role::Theory, "energy, Onsager", vec![curve(&|t| unit * onsager::energy(t))]));
    // Endless at T_c itself.
    let capacity = curve(&onsager::heat_capacity);
    marks.push(lines(Role::Theory, "heat capacity, Onsager", vec![capacity]));
    let at = (CRITICAL * unit) as f32;
    marks.push(lines(Role::Border, "Tc", vec![vec![[at, (-2.1 * unit.max(0.5)) as f32], [at, 3.0]]]));
    marks
}

/// How alike cells are at a distance, in the state as it is.
pub fn agreement(run: &Run, part: Part) -> Figure {
    let lattice = run.model.lattice();
    // On a ring the other half goes back again.
    let last = match lattice.edges() {
        Edges::Periodic => lattice.height() / 2,
        Edges::Free => lattice.height() - 1,
    };
    let mut figure = Figure {
        x: Axis {
            label: "rows apart",
            symbol: "r",
            range: Some([0.0, last.max(1) as f64]),
            ..Axis::default()
        },
        y: Axis { label: "agreement", symbol: "C", range: Some([-1.0, 1.0]), ..Axis::default() },
        ..Figure::default()
    };
    if part == Part::Still {
        return figure;
    }
    let step = last.div_ceil(DISTANCES).max(1);
    let place = |r: usize| [r as f32, correlation(run.packed(), r) as f32];
    let at: Vec<Place> = (0..=last).step_by(step).map(place).collect();
    let m = run.sums().spins as f64 / run.spins().len() as f64;
    let far = (m * m) as f32;
    figure.marks = vec![
        lines(Role::Border, "m²", vec![vec![[0.0, far], [last as f32, far]]]),
        lines(Role::Measured, "", vec![at.clone()]),
        points(Role::Measured, "C(r)", at, Vec::new()),
    ];
    figure.note = "Cells that know nothing of each other agree by m² alone.".to_owned();
    figure
}
