//! Draws from a machine whose averages are taken.

use alloc::vec;
use alloc::vec::Vec;

use super::Stage;
use crate::dynamics::{HeatBath, State, UpdateRule as _};
use crate::models::boltzmann::{Boltzmann, Statistics};
use crate::rng::Rng;

/// A machine at work. Everything it needs is made once, and used for all patterns.
pub(super) struct Run<'a> {
    machine: &'a Boltzmann,
    /// Asks the hidden units; none if there are none.
    hidden: Option<HeatBath>,
    /// Asks all units.
    all: HeatBath,
    state: State<Vec<f64>>,
    values: Vec<f64>,
    sums: Statistics,
    samples: u32,
}

/// Which units are free.
#[derive(Clone, Copy)]
pub(super) enum Free {
    /// The hidden ones; a pattern is clamped to the others.
    Hidden,
    /// All.
    All,
}

impl<'a> Run<'a> {
    pub fn new(machine: &'a Boltzmann) -> Self {
        let (visible, units) = (machine.visible(), machine.bias().len());
        let hidden = visible as u16..units as u16;
        Self {
            machine,
            hidden: (visible < units).then(|| HeatBath::among(hidden, 1.0)),
            all: HeatBath::new(units, 1.0),
            state: State::new(machine, vec![-1; units]),
            values: vec![0.0; units],
            sums: Statistics::zero(machine),
            samples: 0,
        }
    }

    /// Sets the visible units to a pattern.
    pub fn show(&mut self, pattern: impl IntoIterator<Item = i8>) {
        for (unit, spin) in pattern.into_iter().enumerate() {
            self.state.set(self.machine, unit, spin);
        }
    }

    /// Goes to the state of another run.
    pub fn start_from(&mut self, other: &Self) {
        self.show(other.state.spins().iter().copied());
    }

    /// Tosses the units that are free.
    pub fn toss(&mut self, free: Free, rng: &mut Rng) {
        let first = match free {
            Free::Hidden => self.machine.visible(),
            Free::All => 0,
        };
        for unit in first..self.values.len() {
            self.state.set(self.machine, unit, rng.spin());
        }
    }

    /// Heat bath sweeps of the units that are free, at a temperature.
    pub fn sweep(&mut self, free: Free, Stage { sweeps, temperature }: Stage, rng: &mut Rng) {
        let rule = match free {
            Free::Hidden => self.hidden.as_mut(),
            Free::All => Some(&mut self.all),
        };
        let Some(rule) = rule else { return };
        rule.set_temperature(temperature);
        for _ in 0..u64::from(sweeps) * rule.sweep_length(self.values.len()) as u64 {
            rule.step(self.machine, &mut self.state, rng);
        }
    }

    /// Takes the present state into the averages.
    pub fn sample(&mut self) {
        let encoding = self.machine.encoding();
        for (value, &spin) in self.values.iter_mut().zip(self.state.spins()) {
            *value = encoding.value(spin);
        }
        self.sums.add(self.machine, &self.values);
        self.samples += 1;
    }

    /// Adds the averages since the last time, weighted with a share, and begins anew. Before they are weighted they are whole
    /// numbers, so that what is equal stays equal.
    pub fn average(&mut self, share: f64, into: &mut Statistics) {
        into.add_scaled(share / f64::from(self.samples.max(1)), &self.sums);
        self.sums.clear();
        self.samples = 0;
    }
}
