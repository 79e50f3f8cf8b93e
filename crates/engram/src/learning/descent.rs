//! Runs to rest on weights that change between the runs, for rules that learn from where the net comes to rest.

use alloc::vec::Vec;

use super::Learned;
use crate::dynamics::{Asynchronous, State, Tie, settle};
use crate::energy::Conditional;
use crate::kernel::{self, Real};
use crate::rng::Rng;
use crate::weights::{Rounding, Weights};

/// After so many sweeps a state is taken as it stands. With symmetric weights rest comes far sooner.
pub(super) const MAX_SWEEPS: usize = 1000;

/// The size of rounding is worked out anew after so many changes, because doing so costs more than a run.
const STALE: usize = 64;

/// A net that is being taught.
pub(super) struct Descent<'a, T> {
    net: Net<'a, T>,
    changes: usize,
}

/// The net as updates see it: as [`crate::models::hopfield::Hopfield`], but on borrowed weights.
struct Net<'a, T> {
    weights: &'a mut Weights<T>,
    bias: &'a mut [f64],
    rounding: Rounding,
}

impl<'a, T: Real> Descent<'a, T> {
    pub(super) fn new(learned: &'a mut Learned<T>) -> Self {
        let Learned { weights, bias, .. } = learned;
        let rounding = Rounding::new(weights, bias);
        Self { net: Net { weights, bias, rounding }, changes: 0 }
    }

    /// Where the net is after at most so many sweeps of asynchronous updates, ties kept.
    pub(super) fn run(&self, start: Vec<i8>, sweeps: usize, rng: &mut Rng) -> Vec<i8> {
        // A rule of its own for each run: what one run draws does not hang on the runs before.
        let mut rule = Asynchronous::new(start.len(), Tie::Keep);
        let mut state = State::new(&self.net, start);
        settle(&mut rule, &self.net, &mut state, Tie::Keep, rng, sweeps);
        state.into_spins()
    }

    /// As [`run`](Self::run), from fair coins to rest.
    pub(super) fn dream(&self, rng: &mut Rng) -> Vec<i8> {
        let start = (0..self.net.weights.units()).map(|_| rng.spin()).collect();
        self.run(start, MAX_SWEEPS, rng)
    }

    /// `W += c x x'`, and `b += c x` if asked; `c` is before the common factor of the weights.
    pub(super) fn add(&mut self, c: f64, x: &[i8], bias: bool) {
        self.net.weights.add_outer(c, x);
        if bias {
            let step = c * self.net.weights.scale();
            for (b, &s) in self.net.bias.iter_mut().zip(x) {
                *b += step * f64::from(s);
            }
        }
        // At the first change too: whole numbers, free of rounding, end there.
        if self.changes.is_multiple_of(STALE) {
            self.net.rounding = Rounding::new(self.net.weights, self.net.bias);
        }
        self.changes += 1;
    }

    /// How many units of a state want to change.
    pub(super) fn unstable(&self, spins: &[i8]) -> usize {
        State::new(&self.net, spins.to_vec()).unstable(&self.net, Tie::Keep)
    }
}

impl<T: Real> Conditional for Net<'_, T> {
    type Cache = Vec<T>;

    fn units(&self) -> usize {
        self.weights.units()
    }

    fn cache(&self, spins: &[i8]) -> Vec<T> {
        let mut sums = alloc::vec![T::default(); self.weights.stride()];
        kernel::weighted_rows(&mut sums, spins, self.weights.all_sent(), self.weights.stride());
        sums
    }

    #[inline]
    fn field(&self, _spins: &[i8], cache: &Vec<T>, i: usize) -> f64 {
        self.rounding.cut(i, self.weights.scale() * cache[i].to_f64() + self.bias[i])
    }

    #[inline]
    fn rounding(&self, i: usize) -> f64 {
        self.rounding.of(i)
    }

    #[inline]
    fn drift(&self, i: usize) -> f64 {
        self.rounding.drift(i)
    }

    #[inline]
    fn changed(&self, spins: &[i8], cache: &mut Vec<T>, i: usize, from: i8) {
        let step = T::from_f64(f64::from(spins[i]) - f64::from(from));
        kernel::add_scaled(cache, step, self.weights.sent(i));
    }
}
