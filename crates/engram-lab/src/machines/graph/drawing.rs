//! The graph of a spec: given by points and links, or drawn by chance; and the figure of it.

use engram::models::graph::{Edge, Graph};
use engram::rng::{Rng, Stream};

use super::problem::Problem;
use crate::LabError;
use crate::fallible::try_each;
use crate::figure::{Axis, Figure, Mark, Part};
use crate::machines::common::figures::circle;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::{Figure as Number, Value, number_of};

/// Points if nothing is said, and the most.
pub const POINTS: (u32, u32) = (12, 100);

/// Fewest and most colours.
pub const COLOURS: (u32, u32) = (2, 8);

/// Whether the graph is given, and not drawn by chance.
pub fn is_drawn(spec: &Spec) -> bool {
    spec.places.is_some() || spec.edges.is_some()
}

/// A setting that is not checked yet, if it is a whole number.
fn whole(spec: &Spec, key: &str, default: u32) -> Result<usize, LabError> {
    match spec.param(key) {
        None => Ok(default as usize),
        Some(Value::Number(x)) if x.fract() == 0.0 && (0.0..=1e9).contains(x) => Ok(*x as usize),
        Some(other) => Err(LabError::new(
            format!("params.{key}"),
            format_args!("{other} is not allowed; it must be a whole number"),
        )),
    }
}

/// How many points there are: those given, those that links name, or as many as the setting says.
fn count(spec: &Spec) -> Result<usize, LabError> {
    let (at, count) = match (&spec.places, &spec.edges) {
        (Some(places), _) => ("places", places.len()),
        (None, Some(edges)) => {
            let ends = edges.iter().flat_map(|edge| edge.iter().take(2));
            ("edges", (ends.fold(0.0f64, |most, &end| most.max(end)) as usize).saturating_add(1))
        }
        (None, None) => ("params.nodes", whole(spec, "nodes", POINTS.0)?),
    };
    if (1..=POINTS.1 as usize).contains(&count) {
        return Ok(count);
    }
    let message = format!("{} are not possible; from 1 to {} are", number_of(count, "point"), POINTS.1);
    Err(LabError::new(at, message))
}

/// The size of the grid: a cell a point in a row; to be coloured a row a point, with a cell a colour.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    let count = count(spec)?;
    if spec.param("problem") != Some(&Value::Text("colouring".to_owned())) {
        return Ok((count, 1));
    }
    let colours = whole(spec, "colours", 3)?;
    if (COLOURS.0 as usize..=COLOURS.1 as usize).contains(&colours) {
        return Ok((colours, count));
    }
    let message =
        format!("{colours} is not allowed; it must be a whole number from {} to {}", COLOURS.0, COLOURS.1);
    Err(LabError::new("params.colours", message))
}

/// Where the points are; on a circle, if nothing is said.
pub fn places(setup: &Setup) -> Vec<[f64; 2]> {
    match &setup.spec.places {
        Some(places) => places.iter().map(|place| [place[0], place[1]]).collect(),
        None => circle(count(&setup.spec).unwrap_or_default()),
    }
}

/// The graph of a setup.
///
/// # Errors
/// Points beside the sheet, links that cannot be.
pub fn graph(setup: &Setup) -> Result<Graph, LabError> {
    let spec = &setup.spec;
    let count = count(spec)?;
    for (k, place) in spec.places.iter().flatten().enumerate() {
        let at = format!("places[{k}]");
        if place.len() != 2 {
            let found = number_of(place.len(), "number");
            return Err(LabError::new(at, format_args!("{found} for a point; it needs x and y")));
        }
        if let Some(x) = place.iter().find(|x| !(0.0..=1.0).contains(*x)) {
            let message = format!("{} is not allowed; it must be a number from 0 to 1", Number(*x));
            return Err(LabError::new(at, message));
        }
    }
    if !is_drawn(spec) {
        let mut rng = Rng::new(spec.seed, Stream::Patterns, 0);
        let density = setup.values.number("density");
        return Graph::random(count, density, &mut rng).map_err(|error| LabError::new("params", error));
    }
    let edge = |(k, edge): (usize, &Vec<f64>)| {
        let at = || format!("edges[{k}]");
        let (a, b, weight) = match *edge.as_slice() {
            [a, b] => (a, b, 1.0),
            [a, b, weight] => (a, b, weight),
            _ => {
                let found = number_of(edge.len(), "number");
                let message = format!("{found} for a link; it needs two points, and may have a weight");
                return Err(LabError::new(at(), message));
            }
        };
        for end in [a, b] {
            if !(end >= 0.0 && end.fract() == 0.0 && end < count as f64) {
                let message = format!("{} is not the number of a point; 0 to {} are", Number(end), count - 1);
                return Err(LabError::new(at(), message));
            }
        }
        Ok((a as usize, b as usize, weight))
    };
    let edges = try_each(spec.edges.iter().flatten().enumerate(), edge)?;
    Graph::new(count, &edges).map_err(|error| LabError::new("edges", error))
}

/// The graph; what moves is which side or colour its points have, and what that makes of its links.
pub fn figure(setup: &Setup, problem: &Problem, spins: &[i8], part: Part) -> Figure {
    let axis = || Axis { range: Some([-0.05, 1.05]), ..Axis::default() };
    let mut figure = Figure { x: axis(), y: axis(), square: true, ..Figure::default() };
    if part == Part::Still {
        figure.note = problem.sentence();
        return figure;
    }
    let sides = problem.sides(spins);
    // In a cut the links that are cut stand out, in a colouring those that may not be.
    let told = |&[a, b]: &[usize; 2]| {
        let alike = sides[a] == sides[b];
        sides[a].is_some() && sides[b].is_some() && alike != problem.is_cut()
    };
    let edges = problem.graph().edges().iter();
    let (out, rest): (Vec<_>, Vec<_>) = edges.partition(|edge| told(&edge.ends));
    let pairs = |edges: &[&Edge]| edges.iter().map(|edge| edge.ends.map(|end| end as u32)).collect();
    let (label, sign) = if problem.is_cut() { ("cut", 1.0) } else { ("joins two of one colour", -1.0) };
    let strength = |edge: &&Edge| {
        // A link of no weight is a link.
        if problem.is_cut() { edge.weight.abs().max(1e-3) } else { 1.0 }
    };
    figure.marks = vec![
        Mark::Links { pairs: pairs(&rest), strengths: Vec::new(), directed: false, label: String::new() },
        Mark::Links {
            pairs: pairs(&out),
            strengths: out.iter().map(|edge| (sign * strength(edge)) as f32).collect(),
            directed: false,
            label: label.to_owned(),
        },
        Mark::Nodes {
            at: places(setup).into_iter().map(|place| place.map(|x| x as f32)).collect(),
            states: sides.iter().map(|side| side.map_or(f32::NAN, |side| side as f32)).collect(),
            colours: true,
            sizes: Vec::new(),
            names: (1..=sides.len()).map(|number| number.to_string()).collect(),
        },
    ];
    figure
}
