//! What was learned of two layers, as arrays.

use engram::bipartite::Weights;

use crate::array::Array;

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
