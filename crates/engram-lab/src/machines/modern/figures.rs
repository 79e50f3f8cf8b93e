//! Figures of the modern Hopfield network.

use engram::math;
use engram::models::modern::Attention;
use engram::models::modern::attention::{MAX_SIDE, Matrix, scaled_dot_product};

use crate::figure::{Axis, Figure, Mark, Part, Role};
use crate::setup::Setup;
use crate::value::{Figure as Number, in_print, number_of};

/// Attention to each memory, as bars.
pub fn attention(setup: &Setup, attention: Option<&Attention>, part: Part) -> Figure {
    let axes = Figure {
        x: Axis { label: "memories", ..Axis::default() },
        y: Axis { label: "attention", symbol: "p", range: Some([0.0, 1.0]), ..Axis::default() },
        ..Figure::default()
    };
    let (Some(attention), Part::Moving) = (attention, part) else { return axes };
    let values = attention.weights().iter().map(|&p| p as f32).collect();
    let memories = (0..setup.resolved.memories.len() as u32).collect();
    Figure { marks: vec![Mark::Bars { label: String::new(), values, shares: Vec::new(), memories }], ..axes }
}

/// Most pixels that are compared one by one.
const MOST: usize = MAX_SIDE;

/// The update beside a layer of attention with one query: keys and values are the memories, and the query is the state
/// times β√d, so that its scores are those of the network.
pub fn transformer(setup: &Setup, memories: &[Vec<f64>], cells: &[f64], next: &[f64], part: Part) -> Figure {
    let axes = Figure {
        x: Axis { label: "pixel", ..Axis::default() },
        y: Axis { label: "value after one step", symbol: "ξ′", ..Axis::default() },
        ..Figure::default()
    };
    if part == Part::Still {
        return axes;
    }
    let n = cells.len();
    let root = math::sqrt(n as f64);
    let query = cells.iter().map(|x| x * setup.values.number("beta") * root).collect();
    let made = Matrix::new(1, n, query).and_then(|query| {
        let keys = Matrix::new(memories.len(), n, memories.concat())?;
        scaled_dot_product(&query, &keys, &keys)
    });
    let Some(plain) = made.ok().filter(|_| n <= MOST) else {
        let note = format!("It is compared for some memories of up to {}.", number_of(MOST, "pixel"));
        return Figure { note, ..axes };
    };
    let plain = plain.row(0);
    let most = plain.iter().zip(next).fold(0.0f64, |most, (a, b)| most.max((a - b).abs()));
    let places = |values: &[f64]| values.iter().enumerate().map(|(i, &x)| [i as f32, x as f32]).collect();
    let note = format!(
        "Attention is softmax(QK′/√d)V, with K = V = memories and Q = β√d ξ. The largest difference is {}.",
        in_print(smallness(most))
    );
    let marks = vec![
        Mark::Lines { role: Role::Theory, label: "attention".to_owned(), paths: vec![places(plain)] },
        Mark::Points {
            role: Role::Measured,
            label: "this network".to_owned(),
            at: places(next),
            error: Vec::new(),
            names: Vec::new(),
        },
    ];
    Figure { marks, note, ..axes }
}

/// How large a difference is: rounding differs from machine to machine in its digits, not in how small it is.
fn smallness(difference: f64) -> String {
    match [1e-15, 1e-12, 1e-9].into_iter().find(|&bound| difference < bound) {
        Some(bound) => format!("below {}", Number(bound)),
        None => Number(difference).to_string(),
    }
}
