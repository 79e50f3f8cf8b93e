//! A state, and its updates.

use alloc::vec;
use alloc::vec::Vec;

use super::{Held, ModernError, ModernHopfield, is_allowed};
use crate::kernel::{self, Real};

/// A state of n values, and which units are held fixed. 0 stands for unknown, too: it adds nothing to any score.
#[derive(Clone, Debug, PartialEq)]
pub struct State<N> {
    /// Padded with zeros to whole lanes.
    values: Vec<N>,
    clamped: Vec<bool>,
}

/// What one update did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The largest change of a unit that is not clamped.
    pub change: f64,
    /// Whether that is no more than [`ModernHopfield::rest`].
    pub at_rest: bool,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Updates made.
    pub updates: usize,
    /// Whether the last one found the state at rest.
    pub at_rest: bool,
}

impl<N: Real> State<N> {
    /// A state of a network, nothing clamped; of it, a snapshot needs the values and the clamps.
    ///
    /// # Errors
    /// The wrong number of values, or one that is not a number or too large.
    pub fn new<T: Held<Number = N>>(net: &ModernHopfield<T>, values: &[f64]) -> Result<Self, ModernError> {
        let expected = net.units();
        if values.len() != expected {
            return Err(ModernError::StateLength { found: values.len(), expected });
        }
        let mut state =
            Self { values: vec![N::default(); kernel::padded(expected)], clamped: vec![false; expected] };
        for (unit, &value) in values.iter().enumerate() {
            state.set(unit, value)?;
        }
        Ok(state)
    }

    /// The n values.
    #[must_use]
    pub fn values(&self) -> &[N] {
        &self.values[..self.clamped.len()]
    }

    /// The n values in double precision.
    #[must_use]
    pub fn widened(&self) -> Vec<f64> {
        self.values().iter().map(|value| value.to_f64()).collect()
    }

    /// Which units are held fixed.
    #[must_use]
    pub fn clamped(&self) -> &[bool] {
        &self.clamped
    }

    /// Holds a unit fixed, or lets it go.
    pub fn clamp(&mut self, unit: usize, held: bool) {
        self.clamped[unit] = held;
    }

    /// Sets a unit, clamped or not.
    ///
    /// # Errors
    /// A value that is not a number or too large; then it stays what it was.
    pub fn set(&mut self, unit: usize, value: f64) -> Result<(), ModernError> {
        if !is_allowed(value) {
            return Err(ModernError::StateValue { unit, value });
        }
        self.values[unit] = N::from_f64(value);
        Ok(())
    }
}

impl<T: Held> ModernHopfield<T> {
    /// Makes one update: every unit that is not clamped becomes `X' softmax(β Xξ)`.
    ///
    /// In double precision it is the [`mean`](Self::mean) under the [`attention`](Self::attention), in 2Pn products.
    /// Otherwise it is made in single precision and one pass, and differs from that by rounding, of the scores above all: in
    /// `f32` by up to `2·10⁻⁷ (1 + β M |ξ|)` of the largest value, the bound that the tests hold it to. In bytes the state is
    /// rounded too, to steps of 2⁻¹⁴ of the power of two that its largest value does not exceed (coarser beyond 1024 units):
    /// up to 50 times that, unless all its values are whole steps, as ±1 and 0 are.
    ///
    /// # Panics
    /// If the state is of a network of another size.
    pub fn update(&self, state: &mut State<T::Number>) -> Step {
        assert_eq!(state.clamped.len(), self.units, "one value a unit");
        let mut next = vec![T::Number::default(); self.stride];
        T::retrieve(&self.rows, self.scale, self.beta, &state.values, &mut next);
        let mut change = 0.0f64;
        for ((value, &next), &held) in state.values.iter_mut().zip(&next).zip(&state.clamped) {
            if !held {
                change = change.max(crate::math::abs(next.to_f64() - value.to_f64()));
                *value = next;
            }
        }
        Step { change, at_rest: change <= self.rest() }
    }

    /// Updates until one finds the state at rest, or `most` are done.
    pub fn settle(&self, state: &mut State<T::Number>, most: usize) -> Settled {
        for updates in 1..=most {
            if self.update(state).at_rest {
                return Settled { updates, at_rest: true };
            }
        }
        Settled { updates: most, at_rest: false }
    }
}
