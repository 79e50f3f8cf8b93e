//! What a machine makes of a part: draws from what it leaves open, its likeliest completion, and the class of it.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::error::check_temperature;
use super::{Boltzmann, BoltzmannError};
use crate::dynamics::{HeatBath, State, UpdateRule as _};
use crate::math;
use crate::rng::Rng;

/// The likeliest state of the visible units that are not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// The visible units, V spins: what was known, and what was not.
    pub spins: Vec<i8>,
    /// Its probability, given what is known.
    pub probability: f64,
}

impl Boltzmann {
    /// A state to run from, in which what is known is clamped and all else, hidden units too, is tossed fairly. `known` is
    /// as for [`free_energy`](Self::free_energy). Any rule of [`crate::dynamics`] takes it from there; heat bath sweeps at
    /// a temperature sample the distribution given what is known.
    ///
    /// # Errors
    /// A state that is none.
    pub fn clamped(&self, known: &[i8], rng: &mut Rng) -> Result<State<Vec<f64>>, BoltzmannError> {
        let known = self.known(known)?;
        let spins = known.iter().map(|&s| if s == 0 { rng.spin() } else { s }).collect();
        let mut state = State::new(self, spins);
        for (unit, &spin) in known.iter().enumerate() {
            state.clamp(unit, spin != 0);
        }
        Ok(state)
    }

    /// A state of all units after so many heat bath sweeps from [`clamped`](Self::clamped).
    ///
    /// # Errors
    /// A state that is none; a temperature out of range.
    pub fn draw(
        &self,
        known: &[i8],
        temperature: f64,
        sweeps: u32,
        rng: &mut Rng,
    ) -> Result<Vec<i8>, BoltzmannError> {
        check_temperature(temperature)?;
        let mut state = self.clamped(known, rng)?;
        let units = self.links.units();
        let mut rule = HeatBath::new(units, temperature);
        for _ in 0..sweeps {
            for _ in 0..units {
                rule.step(self, &mut state, rng);
            }
        }
        Ok(state.into_spins())
    }

    /// The state of the unknown visible units that is likeliest at a temperature, the unknown hidden ones summed out; of
    /// several that are, the one of the lowest number (see [`crate::exact::spins`]).
    ///
    /// # Errors
    /// As [`free_energy`](Self::free_energy).
    pub fn complete(&self, known: &[i8], temperature: f64) -> Result<Completion, BoltzmannError> {
        check_temperature(temperature)?;
        let mut known = self.known(known)?;
        let states = self.states(&known)?;
        // Those asked for come first.
        let asked = states.free.partition_point(|&unit| unit < self.visible);
        let mut sums = vec![0.0; 1 << asked];
        for block in states.probabilities(temperature).chunks_exact(sums.len()) {
            sums.iter_mut().zip(block).for_each(|(sum, p)| *sum += p);
        }
        let best =
            sums.iter().enumerate().fold(0, |best, (code, &p)| if p > sums[best] { code } else { best });
        for (bit, &unit) in states.free[..asked].iter().enumerate() {
            known[unit] = if best >> bit & 1 == 1 { 1 } else { -1 };
        }
        known.truncate(self.visible);
        Ok(Completion { spins: known, probability: sums[best] })
    }

    /// Probabilities of classes given the rest, where each class has a visible unit of its own and exactly one of them is
    /// on: one number a class, which add up to 1. What `known` says of the units of the classes is not looked at.
    ///
    /// # Errors
    /// Fewer than two classes, or units that are not visible; otherwise as [`free_energy`](Self::free_energy).
    pub fn class_posterior(
        &self,
        known: &[i8],
        classes: Range<usize>,
        temperature: f64,
    ) -> Result<Vec<f64>, BoltzmannError> {
        check_temperature(temperature)?;
        if classes.end > self.visible || classes.len() < 2 {
            let (first, end) = (classes.start, classes.end);
            return Err(BoltzmannError::Classes { first, end, visible: self.visible });
        }
        let mut known = self.known(known)?;
        known[classes.clone()].fill(-1);
        let mut ln = Vec::with_capacity(classes.len());
        for unit in classes {
            known[unit] = 1;
            ln.push(self.states(&known)?.ln_sum(temperature));
            known[unit] = -1;
        }
        let all = math::log_sum_exp(&ln);
        ln.iter_mut().for_each(|x| *x = math::exp(*x - all));
        Ok(ln)
    }
}
