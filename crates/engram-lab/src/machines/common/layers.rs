//! Pictures that machines give of themselves.

use crate::LabError;
use crate::describe::Layer;
use crate::setup::Setup;
use crate::value::counted;

/// Widest net whose whole weight matrix is given as a picture.
const MATRIX_UNITS: usize = 1024;

/// The pull of the second unit on the first.
pub type Weight<'a> = &'a dyn Fn(usize, usize) -> f64;

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

/// What every unit sends to one.
pub fn incoming(setup: &Setup, index: usize, weight: Weight) -> Result<Layer, LabError> {
    check_index(index, setup.units(), "a unit")?;
    Ok(over_grid(setup, (0..setup.units()).map(|j| weight(index, j) as f32).collect()))
}

/// All weights: row i, column j is the pull of unit j on unit i.
pub fn weights(setup: &Setup, weight: Weight) -> Result<Layer, LabError> {
    let n = setup.units();
    if n > MATRIX_UNITS {
        let message = format!("{n} × {n} weights are too many to draw; up to {MATRIX_UNITS} units are drawn");
        return Err(LabError::new("weights", message));
    }
    let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    Ok(Layer { width: n, height: n, values: all.map(|(i, j)| weight(i, j) as f32).collect() })
}

/// Part by part, the numbers of [`incoming`] without that of the unit itself.
pub fn incoming_numbers(
    setup: &Setup,
    index: usize,
    weight: Weight,
    each: &mut dyn FnMut(&[f64]),
) -> Result<(), LabError> {
    check_index(index, setup.units(), "a unit")?;
    let others: Vec<f64> = (0..setup.units()).filter(|&j| j != index).map(|j| weight(index, j)).collect();
    each(&others);
    Ok(())
}

/// Part by part, all weights without the diagonal; those of a symmetric net once a pair. However many they are, no
/// more than a row of them is held.
pub fn weight_numbers(setup: &Setup, symmetric: bool, weight: Weight, each: &mut dyn FnMut(&[f64])) {
    let n = setup.units();
    let mut row = Vec::with_capacity(n);
    // What one unit sends lies side by side.
    for j in 0..n {
        row.clear();
        row.extend((if symmetric { j + 1 } else { 0 }..n).filter(|&i| i != j).map(|i| weight(i, j)));
        each(&row);
    }
}

/// Per unit, how much of what it hears is no longer what it was, as a part of what it was in size.
pub fn damage(setup: &Setup, before: Weight, after: Weight) -> Vec<f32> {
    let n = setup.units();
    let (mut lost, mut whole) = (vec![0.0; n], vec![0.0; n]);
    for j in 0..n {
        for i in 0..n {
            let was = before(i, j);
            lost[i] += (was - after(i, j)).abs();
            whole[i] += was.abs();
        }
    }
    let part = |(lost, whole): (f64, f64)| match (lost, whole) {
        (0.0, _) => 0.0,
        (_, 0.0) => 1.0,
        _ => (lost / whole) as f32,
    };
    lost.into_iter().zip(whole).map(part).collect()
}

/// There is no layer of this name.
pub fn unknown(setup: &Setup, key: &str) -> LabError {
    let known: Vec<_> = setup.description.layers.iter().map(|l| l.key).collect();
    LabError::new(key, format_args!("there is no such picture; there are {}", known.join(", ")))
}
