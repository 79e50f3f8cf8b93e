//! The order in which a sweep visits the units.

use alloc::vec::Vec;

use crate::rng::Rng;

/// A random order of all units, drawn afresh at the start of every sweep: each unit is asked once a sweep.
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
