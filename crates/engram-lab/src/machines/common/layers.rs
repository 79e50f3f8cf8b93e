//! Pictures that machines give of themselves.

use crate::LabError;
use crate::describe::Layer;
use crate::setup::Setup;
use crate::value::counted;

/// Widest net whose whole weight matrix is given as a picture.
const MATRIX_UNITS: usize = 1024;

/// The pull of the second unit on the first.
pub type Weight<'a> = &'a dyn Fn(usize, usize) -> f64;

/// Writes down what a unit sends to each: it lies side by side.
pub type Sent<'a> = &'a dyn Fn(usize, &mut [f64]);

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
pub fn weight_numbers(setup: &Setup, symmetric: bool, sent: Sent, each: &mut dyn FnMut(&[f64])) {
    let mut row = vec![0.0; setup.units()];
    for j in 0..setup.units() {
        sent(j, &mut row);
        each(&row[j + 1..]);
        if !symmetric {
            each(&row[..j]);
        }
    }
}

/// Per unit, how much of what it hears is no longer what it was, as a part of what it was in size.
pub fn damage(setup: &Setup, before: Sent, after: Sent) -> Vec<f32> {
    let n = setup.units();
    let [mut was, mut is, mut lost, mut whole] = [(); 4].map(|()| vec![0.0; n]);
    for j in 0..n {
        before(j, &mut was);
        after(j, &mut is);
        for i in 0..n {
            lost[i] += (was[i] - is[i]).abs();
            whole[i] += was[i].abs();
        }
    }
    let part = |(lost, whole): (f64, f64)| match (lost, whole) {
        (0.0, _) => 0.0,
        (_, 0.0) => 1.0,
        _ => (lost / whole) as f32,
    };
    lost.into_iter().zip(whole).map(part).collect()
}

/// Makes those of some weights that were something before and are nothing now no numbers.
pub fn mark_cut(before: &[f64], now: &mut [f64]) {
    for (now, before) in now.iter_mut().zip(before) {
        if *now == 0.0 && *before != 0.0 {
            *now = f64::NAN;
        }
    }
}

/// There is no layer of this name.
pub fn unknown(setup: &Setup, key: &str) -> LabError {
    let known: Vec<_> = setup.description.layers.iter().map(|l| l.key).collect();
    LabError::new(key, format_args!("there is no such picture; there are {}", known.join(", ")))
}
