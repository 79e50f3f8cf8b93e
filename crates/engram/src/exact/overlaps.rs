//! Ground states, and how alike two states of one temperature are.

use alloc::vec::Vec;

use super::boltzmann::{share, walsh_transform};
use super::{ExactError, check, energies, range};
use crate::energy::Energy;

/// The states of least energy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// Their energy.
    pub energy: f64,
    /// How many there are.
    pub states: u32,
    /// The number of the first of them.
    pub code: u32,
}

/// Looks for the ground states of a net among all states.
///
/// # Errors
/// More than [`super::MAX_UNITS`] units, or none.
pub fn ground<M: Energy>(net: &M) -> Result<Ground, ExactError> {
    check(net)?;
    let table = energies(net);
    let (energy, _, equal) = range(&table);
    let lowest = |&(_, &e): &(usize, &f64)| e - energy <= equal;
    let states = table.iter().enumerate().filter(lowest).count() as u32;
    let code = table.iter().enumerate().find(lowest).map_or(0, |(code, _)| code as u32);
    Ok(Ground { energy, states, code })
}

/// The law of the overlap `q = (1/n) Σ s_i s'_i` of two independent states s and s' of a net at one temperature:
/// `P(q) = Σ_{s,s'} P(s) P(s') [q(s, s') = q]`, for the n + 1 values of q from −1 to 1 in steps of 2/n.
///
/// Two states differ in the set d of units with probability `Σ_s P(s) P(s ⊕ d)`, a convolution that two Walsh–Hadamard
/// transforms give for all d at once, in n 2ⁿ operations instead of 4ⁿ. At T = 0 the ground states share the
/// probability.
///
/// # Errors
/// More than [`super::MAX_UNITS`] units (or none); a temperature that is negative or not a number.
pub fn overlaps<M: Energy>(net: &M, temperature: f64) -> Result<Vec<f64>, ExactError> {
    let units = check(net)?;
    if !(temperature.is_finite() && temperature >= 0.0) {
        return Err(ExactError::Temperature(temperature));
    }
    let mut table = energies(net);
    let (least, _, equal) = range(&table);
    table.iter_mut().for_each(|cell| *cell = share(*cell - least, temperature, equal));
    walsh_transform(&mut table);
    let z = table[0];
    // The transform of a convolution is a product; transformed twice, 2^n times a table comes back.
    table.iter_mut().for_each(|cell| *cell *= *cell);
    walsh_transform(&mut table);
    let scale = 1.0 / (z * z * table.len() as f64);
    let mut law = alloc::vec![0.0; units + 1];
    for (differing, p) in table.iter().enumerate() {
        law[units - differing.count_ones() as usize] += p * scale;
    }
    // A sum of squares cannot be negative, but its rounding can.
    law.iter_mut().for_each(|p| *p = f64::max(*p, 0.0));
    Ok(law)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{Exact, spins};
    use crate::models::spin_glass::{Boundary, Couplings, EdwardsAnderson};
    use crate::observe::overlap;
    use crate::rng::{Rng, Stream};

    #[test]
    fn the_law_is_that_of_all_pairs_of_states() {
        let mut rng = Rng::new(1, Stream::Couplings, 0);
        let net = EdwardsAnderson::random(3, 2, Boundary::Periodic, Couplings::Gaussian, &mut rng).unwrap();
        let states: Vec<Vec<i8>> = (0..64).map(|code| spins(code, 6)).collect();
        for temperature in [0.0, 0.5, 2.0] {
            let exact = Exact::enumerate(&net, temperature).unwrap();
            let p = |s: &[i8]| match temperature {
                0.0 if net.energy(s) - exact.energy_min < 1e-9 => 0.5,
                0.0 => 0.0,
                _ => exact.probability(net.energy(s)),
            };
            let mut law = [0.0; 7];
            for (a, b) in states.iter().flat_map(|a| states.iter().map(move |b| (a, b))) {
                law[(3.0 * (overlap(a, b) + 1.0)).round() as usize] += p(a) * p(b);
            }
            for (found, expected) in overlaps(&net, temperature).unwrap().iter().zip(law) {
                assert!((found - expected).abs() < 1e-12, "T = {temperature}: {found}, {expected}");
            }
        }
    }

    #[test]
    fn ground_states_are_counted() {
        // Without couplings all states are alike; a chain of Gaussian bonds has one state and its negative.
        let net = EdwardsAnderson::new(3, 1, Boundary::Free, &[0.0, 0.0]).unwrap();
        assert_eq!(ground(&net).unwrap(), Ground { energy: 0.0, states: 8, code: 0 });
        let net = EdwardsAnderson::new(3, 1, Boundary::Free, &[1.5, -0.5]).unwrap();
        assert_eq!(ground(&net).unwrap(), Ground { energy: -2.0, states: 2, code: 0b011 });
        let large = EdwardsAnderson::new(21, 1, Boundary::Free, &[1.0; 20]).unwrap();
        assert_eq!(ground(&large).unwrap_err(), ExactError::Units(21));
        assert_eq!(overlaps(&large, 1.0).unwrap_err(), ExactError::Units(21));
        assert!(matches!(overlaps(&net, -1.0).unwrap_err(), ExactError::Temperature(_)));
    }
}
