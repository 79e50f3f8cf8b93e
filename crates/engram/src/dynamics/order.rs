//! The order in which a sweep visits the units.

use alloc::vec::Vec;
use core::ops::Range;

use crate::rng::Rng;

/// A random order of all units, or of some, drawn afresh at the start of every sweep: each of them is asked once a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Order {
    units: Vec<u16>,
    next: u16,
}

impl Order {
    /// For so many units (at most [`crate::weights::MAX_UNITS`]).
    #[must_use]
    pub fn new(units: usize) -> Self {
        Self { units: (0..units as u16).collect(), next: 0 }
    }

    /// Of these units alone, at least one.
    #[must_use]
    pub fn among(units: Range<u16>) -> Self {
        Self { units: units.collect(), next: 0 }
    }

    /// How many units there are in a sweep.
    #[must_use]
    pub fn length(&self) -> usize {
        self.units.len()
    }

    /// Whether all units have been asked and none again.
    pub fn is_through(&self) -> bool {
        self.next == 0
    }

    /// The unit to ask now.
    #[inline]
    pub fn draw(&mut self, rng: &mut Rng) -> usize {
        if self.next == 0 {
            rng.shuffle(&mut self.units);
        }
        let unit = self.units[usize::from(self.next)];
        self.next += 1;
        if usize::from(self.next) == self.units.len() {
            self.next = 0;
        }
        usize::from(unit)
    }
}
