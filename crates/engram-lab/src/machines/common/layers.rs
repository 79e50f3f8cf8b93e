//! Pictures that machines give of themselves.

use crate::LabError;
use crate::describe::Layer;
use crate::setup::Setup;
use crate::value::counted;

/// Widest net whose whole weight matrix is given as a picture.
const MATRIX_UNITS: usize = 1024;

/// One number a unit, laid out as the grid is.
pub fn over_grid(setup: &Setup, values: Vec<f32>) -> Layer {
    Layer { width: setup.resolved.width, height: setup.resolved.height, values }
}

/// An index of which there are so many.
pub fn check_index(index: usize, count: usize, of: &str) -> Result<(), LabError> {
    if index < count {
        return Ok(());
    }
    let message = format!("{index} is not the number of {of}: {}", counted(count));
    Err(LabError::new("index", message))
}

/// Where a state differs from a memory: its value there, elsewhere 0.
pub fn difference(setup: &Setup, spins: &[i8], index: usize) -> Result<Vec<f32>, LabError> {
    let memories = &setup.resolved.memories;
    check_index(index, memories.len(), "a memory")?;
    let differing = |(&m, &s): (&i8, &i8)| if m == s { 0.0 } else { f32::from(s) };
    Ok(memories[index].pattern.spins().iter().zip(spins).map(differing).collect())
}

/// What every unit sends to one: `weight(i, j)` is the pull of unit j on unit i.
pub fn incoming(
    setup: &Setup,
    index: usize,
    weight: &dyn Fn(usize, usize) -> f64,
) -> Result<Layer, LabError> {
    check_index(index, setup.units(), "a unit")?;
    Ok(over_grid(setup, (0..setup.units()).map(|j| weight(index, j) as f32).collect()))
}

/// All weights: row i, column j is the pull of unit j on unit i.
pub fn weights(setup: &Setup, weight: &dyn Fn(usize, usize) -> f64) -> Result<Layer, LabError> {
    let n = setup.units();
    if n > MATRIX_UNITS {
        let message = format!("{n} × {n} weights are too many to draw; up to {MATRIX_UNITS} units are drawn");
        return Err(LabError::new("weights", message));
    }
    let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    Ok(Layer { width: n, height: n, values: all.map(|(i, j)| weight(i, j) as f32).collect() })
}

/// There is no layer of this name.
pub fn unknown(setup: &Setup, key: &str) -> LabError {
    let known: Vec<_> = setup.description.layers.iter().map(|l| l.key).collect();
    LabError::new(key, format_args!("there is no such picture; there are {}", known.join(", ")))
}
