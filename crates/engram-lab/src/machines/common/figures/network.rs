//! The network itself: units as nodes, weights as links.

use std::f64::consts::{FRAC_PI_2, TAU};

use engram::math;
use engram::order::sort_by;

use crate::figure::{Axis, Figure, Mark, Part, Place};
use crate::machine::Cells;
use crate::machines::common::layers::Weight;
use crate::setup::Setup;
use crate::value::number_of;

/// Up to so many units stand on a circle, where no link passes through a unit; more keep their places in the grid.
const CIRCLE: usize = 32;

/// Beyond so many links the strongest are drawn.
const MOST_LINKS: usize = 600;

/// Up to so many units are numbered.
const NUMBERED: usize = 64;

/// The figure: what moves is the states. `weight` is the pull of the second unit on the first; a weight that is no number
/// is no link.
pub fn network(setup: &Setup, symmetric: bool, weight: Weight<'_>, cells: Cells<'_>, part: Part) -> Figure {
    let axis = || Axis { range: Some([-0.08, 1.08]), ..Axis::default() };
    let mut figure = Figure { x: axis(), y: axis(), square: true, ..Figure::default() };
    match part {
        Part::Still => (figure.marks, figure.note) = links(setup, symmetric, weight),
        Part::Moving => {
            let states: Vec<f32> = cells.numbers().into_iter().map(|x| x as f32).collect();
            let names = (1..=states.len()).map(|number| number.to_string());
            let names = if states.len() <= NUMBERED { names.collect() } else { Vec::new() };
            figure.marks.push(Mark::Nodes {
                at: places(setup, weight),
                states,
                colours: false,
                sizes: Vec::new(),
                names,
            });
        }
    }
    figure
}

/// Where the units stand, from 0 to 1 both ways.
fn places(setup: &Setup, weight: Weight<'_>) -> Vec<Place> {
    let (width, height, units) = (setup.resolved.width, setup.resolved.height, setup.units());
    let near = |i: usize, j: usize| {
        (i % width).abs_diff(j % width) <= 1 && (i / width).abs_diff(j / width) <= 1 || weight(i, j) == 0.0
    };
    // Links between neighbours alone pass through no unit in the grid either.
    let local = height > 1 && (0..units).all(|i| (0..i).all(|j| near(i, j) && near(j, i)));
    if units > CIRCLE || local {
        let step = 1.0 / (width.max(height) - 1).max(1) as f32;
        let middle = |side: usize| 0.5 - 0.5 * step * (side - 1) as f32;
        return (0..units)
            .map(|i| {
                let (x, y) = ((i % width) as f32, (i / width) as f32);
                [middle(width) + step * x, 1.0 - middle(height) - step * y]
            })
            .collect();
    }
    circle(units).into_iter().map(|place| place.map(|x| x as f32)).collect()
}

/// So many places on a circle, clockwise from the top, to three decimals.
pub fn circle(count: usize) -> Vec<[f64; 2]> {
    let at = |turn: f64| math::round(1000.0 * (0.5 + 0.46 * math::sin(turn))) / 1000.0;
    let turn = |k: usize| TAU * k as f64 / count as f64;
    (0..count).map(|k| [at(turn(k)), at(turn(k) + FRAC_PI_2)]).collect()
}

/// The links, and what is to be said of them.
fn links(setup: &Setup, symmetric: bool, weight: Weight<'_>) -> (Vec<Mark>, String) {
    let units = setup.units();
    // From the unit that sends to the one that hears.
    let pairs = (0..units).flat_map(|to| (0..units).map(move |from| (from, to)));
    let all = pairs.filter(|(from, to)| if symmetric { from < to } else { from != to });
    let mut found: Vec<([u32; 2], f64)> = all
        .map(|(from, to)| ([from as u32, to as u32], weight(to, from)))
        .filter(|(_, weight)| weight.is_finite() && *weight != 0.0)
        .collect();
    let count = found.len();
    let mut note = if count == 0 {
        "No neuron pulls on another.".to_owned()
    } else if symmetric {
        format!("{}, the same both ways.", number_of(count, "link"))
    } else {
        format!("{}, each with a direction.", number_of(count, "link"))
    };
    if count > MOST_LINKS {
        sort_by(&mut found, |a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        // Where several are as strong as the last that fits, it is chance which of them are seen: none is.
        let least = found[MOST_LINKS].1.abs();
        let alike = found[0].1.abs() == least;
        if alike {
            found.truncate(MOST_LINKS);
        } else {
            found.retain(|link| link.1.abs() > least);
        }
        note = if alike {
            format!("{count} links, all of one strength; {MOST_LINKS} of them are drawn.")
        } else {
            format!("{count} links; the {} strongest are drawn.", found.len())
        };
    }
    let (pairs, strengths) = found.into_iter().map(|(pair, weight)| (pair, weight as f32)).unzip();
    let directed = !symmetric;
    (vec![Mark::Links { pairs, strengths, directed, label: String::new() }], note)
}
