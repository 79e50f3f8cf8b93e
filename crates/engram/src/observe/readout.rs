//! What a noisy run has to say at its end: the average of its last states, and the best state it has seen.

use alloc::vec::Vec;
use core::fmt;

use crate::dynamics::Tie;
use crate::weights::MAX_UNITS;

/// Most states that are averaged.
pub const MAX_WINDOW: usize = 4096;

/// Why states could not be averaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadoutError {
    /// No units, or more than [`MAX_UNITS`].
    Units(usize),
    /// No states, or more than [`MAX_WINDOW`].
    Window(usize),
    /// The machine could not give that much memory.
    Memory {
        /// Bytes asked for.
        bytes: usize,
    },
}

impl fmt::Display for ReadoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units(n) => write!(f, "a read-out needs 1 to {MAX_UNITS} units, not {n}"),
            Self::Window(m) => write!(f, "a read-out averages 1 to {MAX_WINDOW} states, not {m}"),
            Self::Memory { bytes } => write!(f, "not enough memory for {bytes} bytes of states"),
        }
    }
}

impl core::error::Error for ReadoutError {}

/// The average of the last M states of a run, unit by unit, and the state that is read out of it: the sign of the
/// average.
///
/// For units of ±1 the sign is taken of the average itself; of units of {0, 1} it would be that of the average less ½.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Readout {
    window: u32,
    /// States side by side, up to `window` of them; then the oldest is overwritten.
    states: Vec<i8>,
    /// The place of the oldest state, once all places are taken.
    oldest: u32,
    /// Sum of the states, unit by unit.
    sums: Vec<i32>,
}

impl Readout {
    /// Of the last `window` states of so many units.
    ///
    /// # Errors
    /// No units or too many; no states or too many; no memory.
    pub fn new(units: usize, window: usize) -> Result<Self, ReadoutError> {
        if units == 0 || units > MAX_UNITS {
            return Err(ReadoutError::Units(units));
        }
        if window == 0 || window > MAX_WINDOW {
            return Err(ReadoutError::Window(window));
        }
        let mut states = Vec::new();
        let bytes = units * window;
        states.try_reserve_exact(bytes).map_err(|_| ReadoutError::Memory { bytes })?;
        Ok(Self { window: window as u32, states, oldest: 0, sums: alloc::vec![0; units] })
    }

    /// Takes a state in (−1, +1, or 0 for unknown); the oldest goes once there are more than the window holds.
    ///
    /// # Panics
    /// If the number of spins is not the number of units: the callers have checked it.
    pub fn add(&mut self, spins: &[i8]) {
        let units = self.sums.len();
        assert_eq!(spins.len(), units, "one spin a unit");
        for (sum, &spin) in self.sums.iter_mut().zip(spins) {
            *sum += i32::from(spin);
        }
        if self.count() < self.window as usize {
            self.states.extend_from_slice(spins);
            return;
        }
        let old = &mut self.states[self.oldest as usize * units..][..units];
        for ((sum, old), &spin) in self.sums.iter_mut().zip(old).zip(spins) {
            *sum -= i32::from(core::mem::replace(old, spin));
        }
        self.oldest = (self.oldest + 1) % self.window;
    }

    /// Forgets all states.
    pub fn clear(&mut self) {
        self.states.clear();
        self.oldest = 0;
        self.sums.fill(0);
    }

    /// How many states are averaged now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.states.len() / self.sums.len()
    }

    /// The averages, unit by unit, −1 to 1; 0 of no states.
    pub fn means(&self) -> impl ExactSizeIterator<Item = f64> {
        let count = self.count().max(1) as f64;
        self.sums.iter().map(move |&sum| f64::from(sum) / count)
    }

    /// The state read out: the sign of every average. A unit that was as often up as down is, as the tie rule has it,
    /// +1, −1, or what it is in the last state taken in. None of no states.
    #[must_use]
    pub fn signs(&self, tie: Tie) -> Option<Vec<i8>> {
        let last = match (self.count().checked_sub(1)?, self.oldest) {
            (end, 0) => end,
            (_, oldest) => oldest as usize - 1,
        };
        let last = &self.states[last * self.sums.len()..];
        Some(self.sums.iter().zip(last).map(|(&sum, &spin)| tie.next(f64::from(sum), spin)).collect())
    }
}

/// A state, its energy, and when it was met.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Seen {
    /// Its energy.
    pub energy: f64,
    /// Its spins.
    pub spins: Vec<i8>,
    /// At which update.
    pub update: u64,
}

/// Share of an energy below which a difference is nothing but rounding.
const EQUAL: f64 = 1e-12;

/// The state of lowest energy that a run has met so far: a search that ends high may have been low.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Best {
    seen: Option<Seen>,
}

impl Best {
    /// Compares the state after so many updates with the best one. True if it is better, by more than rounding: of
    /// equals the first stays. An energy that is not a number is never better.
    pub fn offer(&mut self, energy: f64, spins: &[i8], update: u64) -> bool {
        let better = match &self.seen {
            Some(best) => energy < best.energy - EQUAL * crate::math::abs(best.energy),
            None => !energy.is_nan(),
        };
        if better {
            let mut kept = self.seen.take().map_or_else(Vec::new, |seen| seen.spins);
            kept.clear();
            kept.extend_from_slice(spins);
            self.seen = Some(Seen { energy, spins: kept, update });
        }
        better
    }

    /// The best state; none if none was offered.
    #[must_use]
    pub fn seen(&self) -> Option<&Seen> {
        self.seen.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::rng::{Rng, Stream};

    #[test]
    fn the_window_slides() {
        let (units, window) = (7, 5);
        let mut rng = Rng::new(5, Stream::Experiment, 0);
        let mut readout = Readout::new(units, window).unwrap();
        assert_eq!(readout.signs(Tie::Plus), None);
        let mut all: Vec<Vec<i8>> = vec![];
        for _ in 0..23 {
            all.push((0..units).map(|_| rng.below(3) as i8 - 1).collect());
            let last = all.last().unwrap();
            readout.add(last);
            let recent = &all[all.len().saturating_sub(window)..];
            assert_eq!(readout.count(), recent.len());
            let sum = |i: usize| recent.iter().map(|s| i32::from(s[i])).sum::<i32>();
            for (i, mean) in readout.means().enumerate() {
                assert_eq!(mean, f64::from(sum(i)) / recent.len() as f64);
            }
            for (tie, at_tie) in [(Tie::Plus, Some(1)), (Tie::Minus, Some(-1)), (Tie::Keep, None)] {
                let expected: Vec<i8> = (0..units)
                    .map(|i| if sum(i) == 0 { at_tie.unwrap_or(last[i]) } else { sum(i).signum() as i8 })
                    .collect();
                assert_eq!(readout.signs(tie), Some(expected));
            }
        }
        readout.clear();
        assert_eq!((readout.count(), readout.means().next()), (0, Some(0.0)));
    }

    #[test]
    fn impossible_windows_are_refused() {
        assert_eq!(Readout::new(0, 3).unwrap_err(), ReadoutError::Units(0));
        assert_eq!(Readout::new(5000, 3).unwrap_err(), ReadoutError::Units(5000));
        assert_eq!(Readout::new(5, 0).unwrap_err(), ReadoutError::Window(0));
        assert_eq!(Readout::new(5, 4097).unwrap_err(), ReadoutError::Window(4097));
    }

    #[test]
    fn the_first_of_the_lowest_is_kept() {
        let mut best = Best::default();
        assert!(!best.offer(f64::NAN, &[1, 1], 0));
        assert_eq!(best.seen(), None);
        assert!(best.offer(-1.0, &[1, -1], 3));
        assert!(!best.offer(-1.0, &[-1, 1], 4));
        assert!(!best.offer(-1.0 - 1e-15, &[-1, 1], 5));
        assert!(!best.offer(7.0, &[-1, -1], 6));
        assert!(best.offer(-1.5, &[1, 1], 9));
        assert!(!best.offer(f64::NAN, &[1, 1], 10));
        assert_eq!(best.seen(), Some(&Seen { energy: -1.5, spins: vec![1, 1], update: 9 }));
    }
}
