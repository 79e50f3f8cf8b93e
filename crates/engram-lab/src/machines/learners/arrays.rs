//! What was learned, as arrays and as pictures of them.

use engram::bipartite::Weights;

use crate::LabError;
use crate::array::Array;
use crate::describe::{Layer, LayerInfo, Palette};
use crate::machines::common::over_grid;
use crate::setup::Setup;

/// Weights, shape (hidden, visible), and biases of two layers of so many units; `ending` ends their names.
pub fn arrays_of(net: &Weights, visible: usize, hidden: usize, ending: &str) -> Vec<Array> {
    let rows = (0..hidden).flat_map(|j| (0..visible).map(move |i| f64::from(net.weights.at(i, j))));
    let biases = |bias: &[f32], units| bias[..units].iter().map(|&b| f64::from(b)).collect();
    vec![
        Array::new(&format!("weights{ending}"), &[hidden, visible], rows.collect()),
        Array::new(&format!("visible_bias{ending}"), &[visible], biases(&net.seen, visible)),
        Array::new(&format!("hidden_bias{ending}"), &[hidden], biases(net.other.as_flattened(), hidden)),
    ]
}

/// Most weights that are drawn.
const MOST_DRAWN: usize = 1 << 20;

/// Keys of the pictures of what was learned.
const WEIGHTS: &str = "learned_weights";
const BIASES: &str = "biases";

/// Pictures of what was learned: all weights and all biases; those of the visible and of the hidden units apart where there
/// are two layers.
pub fn parameter_layers(two: bool) -> Vec<LayerInfo> {
    let layer = |key, label, help| LayerInfo::new(key, label, Palette::Signed, help);
    let weights =
        layer(WEIGHTS, "all weights", "Every weight that it has learned, and below how they are spread");
    if !two {
        let help = "The bias of every unit, in the order of the layers, and below how they are spread";
        return vec![weights.apart(), layer(BIASES, "biases", help).apart()];
    }
    vec![
        weights.apart(),
        layer(
            "visible_bias",
            "biases of the cells",
            "How much each cell is inclined to ink whatever the hidden units do, and below how that is spread",
        ),
        layer(
            "hidden_bias",
            "biases of hidden units",
            "How much each hidden unit is inclined to be on whatever the picture is, and below how that is spread",
        )
        .apart(),
    ]
}

/// A picture of what was learned; none if there is none of this name.
///
/// # Errors
/// There is too much to draw.
pub fn parameters(
    setup: &Setup,
    key: &str,
    arrays: impl FnOnce() -> Vec<Array>,
) -> Result<Option<Layer>, LabError> {
    if ![WEIGHTS, BIASES, "visible_bias", "hidden_bias"].contains(&key) {
        return Ok(None);
    }
    let mut arrays = arrays();
    arrays.retain(|array| match key {
        WEIGHTS => array.name.starts_with("weights"),
        BIASES => array.name.contains("bias") && !array.name.starts_with("recognition"),
        _ => array.name == key,
    });
    let values: Vec<f32> = arrays.iter().flat_map(|array| &array.values).map(|&x| x as f32).collect();
    if values.len() > MOST_DRAWN {
        let message = format!("{} weights are too many to draw; up to {MOST_DRAWN} are drawn", values.len());
        return Err(LabError::new(key, message));
    }
    Ok(match &arrays[..] {
        [] => None,
        // Units for names have no cell.
        [_] if key == "visible_bias" => {
            Some(over_grid(setup, values[..values.len().min(setup.units())].to_vec()))
        }
        [Array { shape, .. }] if shape.len() == 2 => {
            Some(Layer { width: shape[1], height: shape[0], values })
        }
        _ => {
            let count = values.len();
            let width =
                (1..=count).find(|side| side * side >= count && count.is_multiple_of(*side)).unwrap_or(1);
            Some(Layer { width, height: count / width, values })
        }
    })
}
