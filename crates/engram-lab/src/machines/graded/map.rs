//! The map of two neurons: energy, flow and places of rest over their outputs.

use engram::models::graded::Graded;
use engram::models::graded::plane::{PUBLISHED_LEVELS, Plane, Stability};

use crate::figure::{Axis, Figure, Mark, Part, Place, Role, Shade};
use crate::setup::Setup;
use crate::value::{in_print, number_of};

/// Places of the energy along a side, and of the arrows.
const GRID: usize = 96;
const ARROWS: usize = 15;

/// Starts of the ways drawn, along each side of the square that they lie on.
const STARTS: usize = 4;

/// A point of a way is drawn so many units of time after the one before, so many of them.
const WAY: (f64, usize) = (0.1, 120);

/// Outputs as places of the map, which goes from −1 to 1 as the grid's cells do.
fn place(net: &Graded, at: [f64; 2]) -> Place {
    at.map(|x| net.gain().signed(x) as f32)
}

/// The figure; the moving part is the state alone.
pub fn figure(net: &Graded, setup: &Setup, cells: &[f64], part: Part) -> Figure {
    let axis = |label, symbol| Axis { label, symbol, range: Some([-1.0, 1.0]), ..Axis::default() };
    let place = |at| place(net, at);
    let mut figure = Figure {
        x: axis("first neuron", "V₁"),
        y: axis("second neuron", "V₂"),
        square: true,
        ..Figure::default()
    };
    let Ok(plane) = Plane::new(net.clone()) else { return figure };
    match part {
        Part::Still => still(&plane, &mut figure),
        Part::Moving => {
            let at = vec![[cells[0] as f32, cells[1] as f32]];
            // The way from the cue to here, made anew.
            let start = setup.levels.iter().map(|&cell| net.gain().of_signed(super::output(cell)));
            let start: Vec<f64> = start.collect();
            let way = plane.path([start[0], start[1]], WAY.0, WAY.1);
            let lines = |role, paths| Mark::Lines { role, label: String::new(), paths };
            figure.marks = vec![
                lines(Role::Path, vec![way.into_iter().map(place).collect()]),
                Mark::Points { role: Role::Now, label: String::new(), at, error: vec![], names: vec![] },
            ];
        }
    }
    figure
}

fn still(plane: &Plane, figure: &mut Figure) {
    let place = |at| place(plane.net(), at);
    if let Ok(grid) = plane.energies(GRID) {
        let middle = |values: &[f64]| values.iter().map(|&x| x as f32).collect::<Vec<_>>();
        let bounds = [-1.0, -1.0, 1.0, 1.0];
        let lines = PUBLISHED_LEVELS.iter().map(|&level| {
            let paths =
                grid.contour(level).into_iter().map(|line| line.points.into_iter().map(place).collect());
            Mark::Lines { role: Role::Contour, label: in_print(level), paths: paths.collect() }
        });
        let field = Mark::Field {
            width: GRID,
            height: GRID,
            bounds,
            values: middle(grid.heights()),
            shade: Shade::Slope,
        };
        figure.marks = std::iter::once(field).chain(lines).collect();
    }
    let arrows = plane.arrows(ARROWS);
    figure.marks.push(Mark::Arrows {
        from: arrows.iter().map(|arrow| place(arrow.at)).collect(),
        by: arrows.iter().map(|arrow| place(arrow.velocity)).collect(),
    });
    let (least, most) = plane.net().gain().range();
    let side: Vec<f64> =
        (0..=STARTS).map(|k| least + (most - least) * (0.02 + 0.96 * k as f64 / STARTS as f64)).collect();
    let edges = [side[0], side[STARTS]];
    let starts: Vec<[f64; 2]> =
        side.iter().flat_map(|&x| edges.iter().flat_map(move |&y| [[x, y], [y, x]])).collect();
    let paths = plane.paths(&starts, WAY.0, WAY.1);
    figure.marks.push(Mark::Lines {
        role: Role::Others,
        label: "ways from the border".to_owned(),
        paths: paths.into_iter().map(|path| path.into_iter().map(place).collect()).collect(),
    });
    let resting = plane.resting();
    for (role, label, is) in [
        (Role::Stable, "at rest", [Stability::StableNode, Stability::StableSpiral].as_slice()),
        (Role::Saddle, "saddle", &[Stability::Saddle, Stability::Marginal]),
        (Role::Unstable, "unstable", &[Stability::UnstableNode, Stability::UnstableSpiral]),
    ] {
        let these: Vec<_> = resting.iter().filter(|point| is.contains(&point.stability)).collect();
        if !these.is_empty() {
            figure.marks.push(Mark::Points {
                role,
                label: label.to_owned(),
                at: these.iter().map(|point| place(point.outputs)).collect(),
                error: Vec::new(),
                names: these.iter().map(|point| in_print(format_args!("E = {:.4}", point.energy))).collect(),
            });
        }
    }
    let stable = resting.iter().filter(|point| point.stability == Stability::StableNode).count();
    figure.note = format!(
        "{} at rest, {stable} of them stable. The neurons hold two states apart once λTR is beyond 1.",
        number_of(resting.len(), "place")
    );
}
