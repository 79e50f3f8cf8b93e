//! Mosaics: many small pictures side by side.

use engram::math;

use crate::describe::Layer;
use crate::figure::{Axis, Figure, Mark, Part, Role, Shade, Tick};
use crate::learned::largest;
use crate::machines::common;
use crate::setup::Setup;

/// A small picture: its numbers, row by row from the top down.
pub type Tile = Vec<f32>;

/// A mosaic of pictures of one size, as near to a square as it goes, in reading order. Between them nothing is drawn.
#[must_use]
pub fn tiles(width: usize, height: usize, tiles: &[Tile], shade: Shade) -> Figure {
    let across = across(tiles.len());
    let down = tiles.len().div_ceil(across).max(1);
    let (columns, rows) = (across * (width + 1) - 1, down * (height + 1) - 1);
    let mut values = vec![f32::NAN; columns * rows];
    for (k, tile) in tiles.iter().enumerate() {
        let (left, top) = (k % across * (width + 1), k / across * (height + 1));
        for (cell, &value) in tile.iter().enumerate() {
            // Rows of a figure go from the bottom up.
            let row = rows - 1 - (top + cell / width);
            values[row * columns + left + cell % width] = value;
        }
    }
    let bounds = [0.0, 0.0, columns as f32, rows as f32];
    let field = Mark::Field { width: columns, height: rows, bounds, values, shade };
    Figure { square: true, marks: vec![field], ..Figure::default() }
}

/// How many of so many tiles stand side by side.
fn across(tiles: usize) -> usize {
    (1..).find(|side| side * side >= tiles).unwrap_or(1).max(1)
}

/// Where the tiles of such a mosaic lie, to be looked at closely: left, bottom, right, top.
#[must_use]
pub fn boxes(width: usize, height: usize, tiles: usize) -> Vec<[f32; 4]> {
    let across = across(tiles);
    let rows = tiles.div_ceil(across) * (height + 1) - 1;
    let of = |k: usize| {
        let (left, top) = (k % across * (width + 1), rows - k / across * (height + 1));
        // Half of the gap between two belongs to each.
        let [left, low, right, top] = [left, top - height, left + width, top].map(|x| x as f32);
        [left - 0.5, low - 0.5, right + 0.5, top + 0.5]
    };
    (0..tiles).map(of).collect()
}

/// Says where not all units are drawn; nothing where they are.
#[must_use]
pub fn first_of(drawn: usize, all: usize) -> String {
    if drawn < all { format!("The first {drawn} of {all} units. ") } else { String::new() }
}

/// Numbers of hidden units, as near to a square as it goes.
#[must_use]
pub fn square(values: impl ExactSizeIterator<Item = f32>) -> Layer {
    let units = values.len();
    let width = (1..).find(|side| side * side >= units).unwrap_or(1);
    let height = units.div_ceil(width);
    Layer { width, height, values: values.chain(std::iter::repeat(0.0)).take(width * height).collect() }
}

/// Chances, laid over the grid.
#[must_use]
pub fn over(setup: &Setup, chances: impl Iterator<Item = f32>) -> Layer {
    common::over_grid(setup, chances.map(level).collect())
}

/// The level of a cell whose chance of ink this is.
pub fn level(chance: f32) -> f32 {
    2.0 * chance - 1.0
}

/// Bars of how likely each class is, of which these are the logarithms; the part that stands still has none.
#[must_use]
pub fn names(classes: &[&str], posterior: Option<Vec<f64>>) -> Figure {
    let ticks =
        classes.iter().enumerate().map(|(k, class)| Tick { at: k as f64, label: (*class).to_owned() });
    let mut figure = Figure {
        x: Axis {
            label: "name",
            ticks: ticks.collect(),
            range: Some([-0.5, classes.len().max(1) as f64 - 0.5]),
            ..Axis::default()
        },
        y: Axis { label: "probability", range: Some([0.0, 1.0]), ..Axis::default() },
        ..Figure::default()
    };
    if let Some(posterior) = posterior {
        let values: Vec<f32> = posterior.iter().map(|ln| math::exp(*ln) as f32).collect();
        let best = largest(&posterior);
        figure.note = format!("Most likely: {} ({:.1} %).", classes[best], 100.0 * values[best]);
        figure.marks.push(Mark::Bars {
            label: String::new(),
            values,
            shares: Vec::new(),
            memories: Vec::new(),
        });
    }
    figure
}

/// The wall of dreams: what the cells of each are, and what is to be said of how they are shown; the part that stands still
/// has blanks.
#[must_use]
pub fn wall(setup: &Setup, dreams: &[Tile], shown: &str, part: Part) -> Figure {
    let mut figure = tiles(setup.resolved.width, setup.resolved.height, dreams, Shade::Ink);
    if part == Part::Moving {
        figure.note = match dreams.len() {
            0 => "There is no dream on the wall: ask for some in the settings.".to_owned(),
            count => format!("{count} {shown}."),
        };
    }
    figure
}

/// Axes for bars of probabilities, one for each name.
#[must_use]
pub fn bars_with(label: &'static str, names: &[String]) -> Figure {
    let tick = |(k, name): (usize, &String)| Tick { at: k as f64, label: name.clone() };
    let ticks = names.iter().enumerate().map(tick).collect();
    let range = Some([-0.5, names.len().max(1) as f64 - 0.5]);
    Figure {
        x: Axis { label, ticks, range, ..Axis::default() },
        y: Axis { label: "probability", range: Some([0.0, 1.0]), ..Axis::default() },
        ..Figure::default()
    }
}

/// How likely pictures are to a machine, beside how often they are shown.
pub struct Law {
    /// What each is called. With one name more than pictures, that is all others together.
    pub names: Vec<String>,
    /// How likely each is to the machine, and how often it is shown.
    pub pairs: Vec<(f64, f64)>,
    /// Kullback–Leibler divergence from how often to how likely, in nats.
    pub divergence: f64,
}

/// The same as bars and marks; the part that stands still has none.
#[must_use]
pub fn law(law: &Law, part: Part) -> Figure {
    let mut figure = bars_with("picture", &law.names);
    // Of rare pictures bars would be too low to be seen if the axis went up to 1.
    figure.y.range = None;
    if part == Part::Still {
        return figure;
    }
    let mut values: Vec<f32> = law.pairs.iter().map(|&(p, _)| p as f32).collect();
    let mut shown: Vec<f32> = law.pairs.iter().map(|&(_, q)| q as f32).collect();
    if law.names.len() > values.len() {
        for all in [&mut values, &mut shown] {
            all.push((1.0 - all.iter().sum::<f32>()).max(0.0));
        }
    }
    let (bars, marks) = ("the machine".to_owned(), "the pictures".to_owned());
    figure.marks.push(Mark::Bars { label: bars, values, shares: Vec::new(), memories: Vec::new() });
    let at = shown.into_iter().enumerate().map(|(k, share)| [k as f32, share]).collect();
    let role = Role::Best;
    figure.marks.push(Mark::Points { role, label: marks, at, error: Vec::new(), names: Vec::new() });
    if law.divergence.is_finite() {
        figure.note = format!(
            "The machine is {:.3} nats away from the pictures (Kullback–Leibler divergence); 0 would be a perfect match.",
            law.divergence.max(0.0)
        );
    }
    figure
}

/// Kullback–Leibler divergence in nats, from how often something is to how likely it is said to be: pairs of what is said and
/// what is.
pub fn divergence(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    pairs.filter(|&(_, q)| q > 0.0).map(|(p, q)| q * (math::ln(q) - math::ln(p))).sum()
}
