//! A hidden unit, looked at closely: what it looks for, where it is found, and what switches it on.

use engram::bipartite::{Lists, Weights};
use engram::math;
use engram::observe::largest_first;

use super::figures::{level, tiles};
use super::{Data, signed};
use crate::figure::{Axis, Figure, Mark, Part, Role, Shade, Tick};
use crate::learned::Side;
use crate::setup::Setup;
use crate::value::number_of;

/// Most pictures that are gone through, the first ones, and most that are shown.
const MOST_PICTURES: usize = 1000;
const SHOWN: usize = 9;

/// Inputs that are named, the strongest ones.
const INPUTS: usize = 5;

/// A hidden unit.
pub struct Unit {
    /// What it is called, as words that begin a sentence.
    pub name: String,
    /// Weights from the cells, then from units for names.
    pub weights: Vec<f32>,
    /// Its bias.
    pub bias: f32,
    /// How likely it is to be on beside each of the first pictures that are learned from; none if that is not known.
    pub chances: Option<Vec<f32>>,
}

impl Unit {
    /// A hidden unit of two layers, the lower of which shows pictures of binary cells, with their names if it has units for
    /// those.
    pub fn of(net: &Weights, data: &Data, names: usize, unit: usize) -> Self {
        let weights: Vec<f32> = (0..data.cells + names).map(|cell| net.weights.at(cell, unit)).collect();
        let bias = net.other.as_flattened()[unit];
        let pictures = data.seen(names > 0, gone_through(data));
        let chances = Some(chances(&weights, bias, &pictures));
        Self { name: called(unit), weights, bias, chances }
    }
}

/// What a hidden unit is called, by its number.
pub fn called(unit: usize) -> String {
    format!("Hidden unit {}", unit + 1)
}

/// The pictures that are gone through, by their numbers.
pub fn gone_through(data: &Data) -> std::ops::Range<usize> {
    0..data.count().min(MOST_PICTURES)
}

/// How likely a unit is to be on beside each of some pictures.
fn chances(weights: &[f32], bias: f32, pictures: &Lists) -> Vec<f32> {
    let field =
        |copy| pictures.copy(copy).iter().map(|&cell| f64::from(weights[usize::from(cell)])).sum::<f64>();
    (0..pictures.copies()).map(|copy| math::sigmoid(f64::from(bias) + field(copy)) as f32).collect()
}

/// The unit's weights at the left, and at the right the pictures that it is most likely to be on beside.
pub fn close_up(setup: &Setup, data: &Data, unit: &Unit, part: Part) -> Figure {
    let (width, height) = (setup.resolved.width, setup.resolved.height);
    let (wide, high) = (width as f32, height as f32);
    let best = unit.chances.as_ref().map(|chances| {
        let values: Vec<f64> = chances.iter().map(|&p| f64::from(p)).collect();
        let mut order = largest_first(&values);
        order.truncate(SHOWN);
        order
    });
    let shown = best.as_deref().unwrap_or_default();
    let pictures: Vec<Vec<f32>> = shown.iter().map(|&picture| levels(data, picture)).collect();
    // The mosaic of pictures is as high as the weights are.
    let mosaic = tiles(width, height, &pictures, Shade::Ink);
    let left = wide + 0.1 * wide.max(high);
    let mut right = wide;
    let mut ticks = vec![Tick { at: f64::from(0.5 * wide), label: "what it looks for".to_owned() }];
    let mut marks = vec![Mark::Field {
        width,
        height,
        bounds: [0.0, 0.0, wide, high],
        values: unit.weights[..data.cells].chunks_exact(width).rev().flatten().copied().collect(),
        shade: Shade::Signed,
    }];
    for mark in mosaic.marks {
        if let (Mark::Field { width, height, values, .. }, false) = (mark, pictures.is_empty()) {
            right = left + high * width as f32 / height as f32;
            let bounds = [left, 0.0, right, high];
            marks.push(Mark::Field { width, height, bounds, values, shade: Shade::Ink });
            ticks.push(Tick { at: f64::from(0.5 * (left + right)), label: "switched on most by".to_owned() });
        }
    }
    let figure = Figure {
        x: Axis { label: "one hidden unit", range: Some([0.0, f64::from(right)]), ticks, ..Axis::default() },
        y: Axis { range: Some([0.0, f64::from(high)]), ..Axis::default() },
        square: true,
        ..Figure::default()
    };
    if part == Part::Still {
        return figure;
    }
    let sizes: Vec<f64> = unit.weights.iter().map(|&weight| f64::from(weight)).collect();
    let strongest = largest_first(&sizes);
    let strongest = &strongest[..strongest.len().min(INPUTS)];
    let place = |cell: usize| [(cell % width) as f32 + 0.5, high - (cell / width) as f32 - 0.5];
    let (mut at, mut numbers) = (Vec::new(), Vec::new());
    let mut inputs = Vec::new();
    for (k, &input) in strongest.iter().enumerate() {
        let what = match input.checked_sub(data.cells) {
            None => {
                at.push(place(input));
                numbers.push((k + 1).to_string());
                format!("row {}, column {}", input / width + 1, input % width + 1)
            }
            Some(name) => format!("the name {}", data.classes.get(name).copied().unwrap_or_default()),
        };
        let sign = if unit.weights[input] > 0.0 { "+" } else { "" };
        inputs.push(format!("{}. {what} ({sign}{})", k + 1, signed(f64::from(unit.weights[input]))));
    }
    let label = "strongest inputs".to_owned();
    marks.push(Mark::Points { role: Role::Best, label, at, error: Vec::new(), names: numbers });
    Figure { marks, note: says(data, unit, shown, &inputs), ..figure }
}

/// The cells of a picture, from −1 for paper to +1 for ink.
fn levels(data: &Data, picture: usize) -> Vec<f32> {
    let whole = if data.standard().is_some() { 255.0 } else { 1.0 };
    data.picture(picture).iter().map(|&cell| level(f32::from(cell) / whole)).collect()
}

/// What is to be read of a unit.
fn says(data: &Data, unit: &Unit, shown: &[usize], inputs: &[String]) -> String {
    let mut says = format!("{} (bias {})", unit.name, signed(f64::from(unit.bias)));
    if let Some(chances) = unit.chances.as_ref().filter(|chances| !chances.is_empty()) {
        let all: Vec<f64> = chances.iter().map(|&p| f64::from(p)).collect();
        let first = if chances.len() < data.count() { "the first " } else { "" };
        let pictures = number_of(chances.len(), "picture");
        says += &format!(" is on beside {:.1} % of {first}{pictures}", 100.0 * data.mean(&all));
        if let [most, .., least] = shown {
            let [most, least] = [most, least].map(|&picture| 100.0 * chances[picture]);
            says += &format!(", and beside those at the right with {most:.1} to {least:.1} %");
        }
        let names = names_of(data, shown);
        if !names.is_empty() {
            says += &format!(" (of name {names})");
        }
    }
    format!("{says}. Strongest inputs: {}.", inputs.join(", "))
}

/// The names of some pictures, each once, in their order; nothing if they have none.
fn names_of(data: &Data, pictures: &[usize]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for class in pictures.iter().filter_map(|&picture| data.classes_of(Side::Seen).get(picture)) {
        let name = data.classes[usize::from(*class)];
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}
