//! Wake–sleep learning of a Helmholtz machine.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::models::helmholtz::{Helmholtz, HelmholtzError, MAX_BATCH, check_patterns};
use crate::rng::Rng;

/// Learning rates.
const RATES: RangeInclusive<f64> = 0.0..=1.0;

/// The wake–sleep algorithm. Each half of the machine is the other's teacher, and what is learned at every weight is the
/// delta rule, `ΔW_ji = rate x_j (s_i − p_i)`: the sender's state times by how much the unit is more on than it was
/// expected to be.
///
/// - **Wake**: pictures from the world are recognised, and the generative weights learn to make what was recognised. On
///   average that ascends `E_Q[ln P(v, h)]`, and with it the variational bound, while Q stays as it is.
/// - **Sleep**: the machine dreams, and the recognition weights learn to recognise what was dreamt. On average that ascends
///   `E_P[ln Q(h | v)]`: it makes Q like P(h | v) in the divergence the other way round and on dreams instead of pictures,
///   so that wake–sleep follows no single quantity and need not come nearer to the data with every step.
///
/// Of a mini-batch the mean is taken, under weights that stay until its end. Rates are the caller's, so that they can decay:
/// at a constant rate the weights never come to rest.
///
/// The value holds nothing but room to work in, and what the last phase saw: an update allocates only while batches grow.
/// All that learning depends on is the net and the generator.
///
/// G. E. Hinton, P. Dayan, B. J. Frey & R. M. Neal, Science 268 (1995) 1158.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WakeSleep {
    /// States of all units, case by case.
    states: Vec<u8>,
    /// `s − p`, of the same shape.
    residuals: Vec<f64>,
}

impl WakeSleep {
    /// One update: a wake phase with these patterns, row by row of as many states as there are visible units, then a sleep
    /// phase with as many dreams.
    ///
    /// # Errors
    /// No whole number of patterns, none, or more than [`MAX_BATCH`]; states other than 0 and 1; a rate that is not from 0 to
    /// 1. Then nothing was learned.
    pub fn update(
        &mut self,
        net: &mut Helmholtz,
        patterns: &[u8],
        rate: f64,
        rng: &mut Rng,
    ) -> Result<(), HelmholtzError> {
        self.wake(net, patterns, rate, rng)?;
        self.sleep(net, patterns.len() / net.visible(), rate, rng)
    }

    /// The wake phase alone.
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub fn wake(
        &mut self,
        net: &mut Helmholtz,
        patterns: &[u8],
        rate: f64,
        rng: &mut Rng,
    ) -> Result<(), HelmholtzError> {
        let (visible, units) = (net.visible(), net.units());
        let count = check_patterns(patterns, visible)?;
        check(count, rate)?;
        self.make_room(count * units);
        let cases = self.states.chunks_exact_mut(units).zip(self.residuals.chunks_exact_mut(units));
        for ((states, fields), pattern) in cases.zip(patterns.chunks_exact(visible)) {
            states[..visible].copy_from_slice(pattern);
            net.draw_up(states, fields, rng);
        }
        self.learn_generative(net, rate);
        Ok(())
    }

    /// The sleep phase alone, with so many dreams.
    ///
    /// # Errors
    /// No dreams, or more than [`MAX_BATCH`]; a rate that is not from 0 to 1. Then nothing was learned.
    pub fn sleep(
        &mut self,
        net: &mut Helmholtz,
        dreams: usize,
        rate: f64,
        rng: &mut Rng,
    ) -> Result<(), HelmholtzError> {
        let units = net.units();
        check(dreams, rate)?;
        self.make_room(dreams * units);
        let cases = self.states.chunks_exact_mut(units).zip(self.residuals.chunks_exact_mut(units));
        for (states, fields) in cases {
            net.draw_down(states, fields, rng);
        }
        self.learn_recognition(net, rate);
        Ok(())
    }

    /// The delta rule of the generative weights towards given states of all units, case by case: one step up the gradient of
    /// the mean of `ln P(v, h)`.
    ///
    /// # Errors
    /// As [`update`](Self::update), for whole cases instead of patterns.
    pub fn ascend_generative(
        &mut self,
        net: &mut Helmholtz,
        states: &[u8],
        rate: f64,
    ) -> Result<(), HelmholtzError> {
        self.take(net, states, rate)?;
        self.learn_generative(net, rate);
        Ok(())
    }

    /// The delta rule of the recognition weights towards given states of all units, case by case: one step up the gradient of
    /// the mean of `ln Q(h | v)`.
    ///
    /// # Errors
    /// As [`ascend_generative`](Self::ascend_generative).
    pub fn ascend_recognition(
        &mut self,
        net: &mut Helmholtz,
        states: &[u8],
        rate: f64,
    ) -> Result<(), HelmholtzError> {
        self.take(net, states, rate)?;
        self.learn_recognition(net, rate);
        Ok(())
    }

    /// The states of all units that were last learned from, case by case: of a wake phase the recognitions, of a sleep phase
    /// the dreams. After an update, the dreams.
    #[must_use]
    pub fn states(&self) -> &[u8] {
        &self.states
    }

    fn take(&mut self, net: &Helmholtz, states: &[u8], rate: f64) -> Result<(), HelmholtzError> {
        check(check_patterns(states, net.units())?, rate)?;
        self.make_room(states.len());
        self.states.copy_from_slice(states);
        Ok(())
    }

    fn make_room(&mut self, numbers: usize) {
        self.states.resize(numbers, 0);
        self.residuals.resize(numbers, 0.0);
    }

    fn learn_generative(&mut self, net: &mut Helmholtz, rate: f64) {
        self.surprise(net, Helmholtz::means_down);
        self.shift(net, rate, Helmholtz::shift_generative);
    }

    fn learn_recognition(&mut self, net: &mut Helmholtz, rate: f64) {
        self.surprise(net, Helmholtz::means_up);
        self.shift(net, rate, Helmholtz::shift_recognition);
    }

    /// By how much each unit is more on than expected. (The numbers of visible units that `means_up` leaves are not read.)
    fn surprise(&mut self, net: &Helmholtz, means: fn(&Helmholtz, &[u8], &mut [f64])) {
        let units = net.units();
        let cases = self.states.chunks_exact(units).zip(self.residuals.chunks_exact_mut(units));
        for (states, residuals) in cases {
            means(net, states, residuals);
            for (residual, &state) in residuals.iter_mut().zip(states) {
                *residual = f64::from(state) - *residual;
            }
        }
    }

    fn shift(&self, net: &mut Helmholtz, rate: f64, shift: fn(&mut Helmholtz, f64, &[u8], &[f64])) {
        let units = net.units();
        let share = rate * units as f64 / self.states.len() as f64;
        let cases = self.states.chunks_exact(units).zip(self.residuals.chunks_exact(units));
        for (states, residuals) in cases {
            shift(net, share, states, residuals);
        }
    }
}

fn check(batch: usize, rate: f64) -> Result<(), HelmholtzError> {
    if !(1..=MAX_BATCH).contains(&batch) {
        return Err(HelmholtzError::Batch(batch));
    }
    if RATES.contains(&rate) { Ok(()) } else { Err(HelmholtzError::Rate(rate)) }
}
