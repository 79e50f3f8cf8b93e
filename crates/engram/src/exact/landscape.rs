//! Local minima of the energy.

use alloc::vec::Vec;

use super::{ExactError, check, energies, range};
use crate::energy::Energy;

/// A state from which no single flip lowers the energy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stable {
    /// Number of the state (see [`super::spins`]).
    pub code: u32,
    /// Its energy.
    pub energy: f64,
}

/// So many states of one energy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Class {
    /// The energy.
    pub energy: f64,
    /// How many states have it.
    pub count: usize,
}

/// The local minima of a net, lowest first; equal energies in the order of the states' numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Minima {
    /// States from which every single flip costs energy.
    pub strict: Vec<Stable>,
    /// The strict minima by energy.
    pub strict_classes: Vec<Class>,
    /// States from which no single flip gains energy: the strict minima and those with flips that cost nothing.
    pub weak: Vec<Stable>,
    /// The weak minima by energy.
    pub weak_classes: Vec<Class>,
    /// Least energy of all states.
    pub energy_min: f64,
    /// Greatest energy of all states.
    pub energy_max: f64,
}

/// Finds all local minima of the energy under single flips.
///
/// This is about the energy alone. Where a rule of updates rests (which depends on what it does with ties, and on the
/// field it looks at) is told by [`super::attractors`].
///
/// # Errors
/// More than [`super::MAX_UNITS`] units, or none.
pub fn minima<M: Energy>(net: &M) -> Result<Minima, ExactError> {
    let units = check(net)?;
    let table = energies(net);
    let (energy_min, energy_max, equal) = range(&table);
    let (mut strict, mut weak) = (Vec::new(), Vec::new());
    for (code, &energy) in table.iter().enumerate() {
        let least = (0..units).map(|i| table[code ^ 1 << i] - energy).fold(f64::INFINITY, f64::min);
        let state = Stable { code: code as u32, energy };
        if least >= -equal {
            weak.push(state);
        }
        if least > equal {
            strict.push(state);
        }
    }
    let (strict_classes, weak_classes) = (classes(&mut strict, equal), classes(&mut weak, equal));
    Ok(Minima { strict, strict_classes, weak, weak_classes, energy_min, energy_max })
}

/// Sorts states by energy, then number, and counts those of equal energy.
fn classes(states: &mut [Stable], equal: f64) -> Vec<Class> {
    states.sort_by(|a, b| a.energy.total_cmp(&b.energy));
    let mut classes = Vec::new();
    for class in states.chunk_by_mut(|a, b| b.energy - a.energy <= equal) {
        class.sort_by_key(|state| state.code);
        classes.push(Class { energy: class[0].energy, count: class.len() });
    }
    classes
}
