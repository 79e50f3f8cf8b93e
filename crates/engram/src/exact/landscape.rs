//! Local minima of the energy.

use alloc::vec::Vec;

use super::{EQUAL, ExactError, check, energies, range};
use crate::energy::Energy;
use crate::order::sort_by;

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

/// Share of the largest energy that the rounding of one energy may come to.
const ROUNDING: f64 = 256.0 * f64::EPSILON;

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
    // What counts as a cost is for each unit to say: one may be joined far more weakly than another.
    let cost = |code: usize, i: usize| table[code ^ 1 << i] - table[code];
    let free: Vec<f64> = (0..units)
        .map(|i| {
            let most = (0..table.len()).map(|code| cost(code, i)).fold(0.0, f64::max);
            (EQUAL * most + ROUNDING * f64::max(-energy_min, energy_max)).min(equal)
        })
        .collect();
    let (mut strict, mut weak) = (Vec::new(), Vec::new());
    for (code, &energy) in table.iter().enumerate() {
        let state = Stable { code: code as u32, energy };
        if (0..units).all(|i| cost(code, i) >= -free[i]) {
            weak.push(state);
        }
        if (0..units).all(|i| cost(code, i) > free[i]) {
            strict.push(state);
        }
    }
    let (strict_classes, weak_classes) = (classes(&mut strict, equal), classes(&mut weak, equal));
    Ok(Minima { strict, strict_classes, weak, weak_classes, energy_min, energy_max })
}

/// Sorts states by energy, then number, and counts those of equal energy.
fn classes(states: &mut [Stable], equal: f64) -> Vec<Class> {
    sort_by(states, |a, b| a.energy.total_cmp(&b.energy));
    let mut classes = Vec::new();
    for class in states.chunk_by_mut(|a, b| b.energy - a.energy <= equal) {
        sort_by(class, |a, b| a.code.cmp(&b.code));
        classes.push(Class { energy: class[0].energy, count: class.len() });
    }
    classes
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::models::hopfield::{BiasSign, Hopfield};
    use crate::weights::Weights;

    #[test]
    fn weak_bonds_beside_strong_ones_still_make_minima() {
        let mut rows = vec![vec![0.0; 4]; 4];
        for (i, j, w) in [(0, 1, 1e3), (2, 3, 1e-9)] {
            (rows[i][j], rows[j][i]) = (w, w);
        }
        let weights = Weights::<f64>::from_rows(&rows).unwrap();
        let found = minima(&Hopfield::new(weights, vec![0.0; 4], BiasSign::Consistent).unwrap()).unwrap();
        let codes = |states: &[Stable]| {
            let mut codes: Vec<u32> = states.iter().map(|state| state.code).collect();
            codes.sort_unstable();
            codes
        };
        assert_eq!(codes(&found.strict), [0b0000, 0b0011, 0b1100, 0b1111]);
        assert_eq!(codes(&found.weak), codes(&found.strict));
    }
}
