//! Exact results for small nets, by looking at all states of two layers at a time.

use alloc::vec;
use alloc::vec::Vec;

use super::{BeliefNet, BeliefNetError};
use crate::math;
use crate::models::rbm::{Rbm, RbmError, spread};

/// Most units of two neighbouring layers together.
pub const MAX_PAIR: usize = 20;

impl BeliefNet {
    /// The probabilities of all pictures: that whose cell i is bit i of its number.
    ///
    /// # Errors
    /// More than [`MAX_PAIR`] units in two neighbouring layers.
    pub fn distribution(&self) -> Result<Vec<f64>, BeliefNetError> {
        self.check_size()?;
        let mut states = self.top().distribution()?.pictures;
        if !self.lower().is_empty() {
            states = without_labels(self.top(), &states);
        }
        for machine in self.lower().iter().rev() {
            let mut below = vec![0.0; 1 << machine.visible()];
            for (number, &share) in states.iter().enumerate() {
                let means: Vec<f64> = machine
                    .visible_fields(&cells(number, machine.hidden()))
                    .into_iter()
                    .map(math::sigmoid)
                    .collect();
                spread(&mut below, share, &means);
            }
            states = below;
        }
        Ok(states)
    }

    /// The bound below the log-likelihood of a picture, in nats, with the top machine's ln Z given.
    ///
    /// # Errors
    /// More than [`MAX_PAIR`] units in two neighbouring layers, or cells that are not one picture.
    pub fn bound(&self, picture: &[u8], ln_z: f64) -> Result<f64, BeliefNetError> {
        self.check_size()?;
        if self.machines()[0].pictures(picture)?.len() > 1 {
            return Err(RbmError::Picture { cells: picture.len(), visible: self.visible() }.into());
        }
        // What is left of the bound above a layer, from the top down: −F − ln Z there, and below that what it is on average.
        let top = self.top();
        let sees = |number: usize| {
            let state = cells(number, top.visible() - top.labels());
            top.free_energy_without_label(&state)
        };
        let Some((bottom, between)) = self.lower().split_first() else {
            return Ok(-top.free_energy(picture) - ln_z);
        };
        let mut above: Vec<f64> =
            (0..1 << (top.visible() - top.labels())).map(|number| -sees(number) - ln_z).collect();
        for machine in between.iter().rev() {
            let of = |number: usize| gain(machine, &cells(number, machine.visible()), &above);
            above = (0..1 << machine.visible()).map(of).collect();
        }
        Ok(gain(bottom, picture, &above))
    }

    fn check_size(&self) -> Result<(), BeliefNetError> {
        let units = self.machines().iter().map(|machine| machine.visible() + machine.hidden()).max();
        match units {
            Some(units) if units > MAX_PAIR => Err(BeliefNetError::Large { units }),
            _ => Ok(()),
        }
    }
}

/// `E_Q[ln P(v | h) − ln Q(h | v) + what is above h]`.
fn gain(machine: &Rbm, picture: &[u8], above: &[f64]) -> f64 {
    let fields = machine.hidden_fields(picture);
    let means: Vec<f64> = fields.iter().map(|&x| math::sigmoid(x)).collect();
    let mut shares = vec![0.0; above.len()];
    spread(&mut shares, 1.0, &means);
    let mut sum = 0.0;
    for (number, (&share, above)) in shares.iter().zip(above).enumerate() {
        let hidden = cells(number, machine.hidden());
        let ln =
            log_probability(&machine.visible_fields(&hidden), picture) - log_probability(&fields, &hidden);
        sum += share * (ln + above);
    }
    sum
}

/// The logarithm of the probability of a state of units by themselves that feel these fields.
fn log_probability(fields: &[f64], state: &[u8]) -> f64 {
    let of = |(&x, &on): (&f64, &u8)| -math::softplus(if on == 0 { x } else { -x });
    fields.iter().zip(state).map(of).sum()
}

/// Adds the probabilities of states up that differ in the label alone.
fn without_labels(top: &Rbm, states: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; 1 << (top.visible() - top.labels())];
    let mask = sums.len() - 1;
    states.iter().enumerate().for_each(|(number, p)| sums[number & mask] += p);
    sums
}

/// The state with this number.
fn cells(number: usize, units: usize) -> Vec<u8> {
    (0..units).map(|unit| (number >> unit & 1) as u8).collect()
}
