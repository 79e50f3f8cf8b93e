//! The states of all its units, of so many copies.

use engram::bipartite::Lists;
use engram::dynamics::{HeatBath, State, UpdateRule as _};
use engram::models::boltzmann::Boltzmann;
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};

use crate::machines::learners::Mind;

/// All units of so many copies, visible ones first, as spins.
#[derive(Clone, Serialize, Deserialize)]
pub struct Units {
    visible: usize,
    units: usize,
    spins: Vec<i8>,
}

impl Units {
    /// States of the visible units, beside which all hidden units are off.
    pub fn of(visible: &Lists, hidden: usize) -> Self {
        let off = vec![-1; hidden];
        let copy = |copy: usize| {
            visible.cells(copy).into_iter().map(|on| 2 * on as i8 - 1).chain(off.iter().copied())
        };
        let spins = (0..visible.copies()).flat_map(copy).collect();
        Self { visible: visible.units(), units: visible.units() + hidden, spins }
    }

    /// Whether they are those of such a machine, as what was saved may not be.
    pub fn fits(&self, visible: usize, units: usize) -> bool {
        (self.visible, self.units) == (visible, units)
            && self.spins.len().is_multiple_of(units)
            && self.spins.iter().all(|spin| matches!(spin, -1 | 1))
    }

    /// All units of a copy.
    pub fn copy(&self, copy: usize) -> &[i8] {
        &self.spins[copy * self.units..(copy + 1) * self.units]
    }

    /// Asks each unit of each copy once, by heat bath; those of the first copy that are held stay.
    pub fn stir(&mut self, machine: &Boltzmann, temperature: f64, held: &[bool], dice: &mut Lanes) {
        let [a, b, c, d] = dice.draw().words().map(u64::from);
        // A generator of its own for each time.
        let mut rng = Rng::new(a << 32 | b, Stream::Dynamics, c << 32 | d);
        let mut rule = HeatBath::new(self.units, temperature);
        for copy in 0..self.copies() {
            let mut state = State::new(machine, self.copy(copy).to_vec());
            for (unit, _) in held.iter().enumerate().filter(|(_, held)| copy == 0 && **held) {
                state.clamp(unit, true);
            }
            for _ in 0..self.units {
                rule.step(machine, &mut state, &mut rng);
            }
            self.copy_mut(copy).copy_from_slice(state.spins());
        }
    }

    /// How likely each visible unit of each copy is to be on, given all its other units.
    pub fn chances(&self, machine: &Boltzmann, temperature: f64) -> Vec<Vec<f32>> {
        let of = |copy: usize| {
            let state = State::new(machine, self.copy(copy).to_vec());
            let chance = |unit| HeatBath::probability(state.field(machine, unit), temperature) as f32;
            (0..self.visible).map(chance).collect()
        };
        (0..self.copies()).map(of).collect()
    }

    fn copy_mut(&mut self, copy: usize) -> &mut [i8] {
        &mut self.spins[copy * self.units..(copy + 1) * self.units]
    }
}

impl Mind for Units {
    fn copies(&self) -> usize {
        self.spins.len() / self.units
    }

    fn units(&self, copy: usize) -> Vec<f64> {
        self.copy(copy)[..self.visible].iter().map(|&spin| f64::from(spin)).collect()
    }

    fn set(&mut self, copy: usize, cells: &[(usize, f64)]) {
        let units = self.copy_mut(copy);
        cells.iter().for_each(|&(cell, level)| units[cell] = if level > 0.0 { 1 } else { -1 });
    }

    fn name(&mut self, cells: usize, name: usize) {
        for copy in 0..self.copies() {
            let visible = self.visible;
            let names = &mut self.copy_mut(copy)[cells..visible];
            names.fill(-1);
            names[name] = 1;
        }
    }

    fn widen(&mut self, copies: usize) {
        let before = self.spins.len();
        self.spins = (0..copies * self.units).map(|place| self.spins[place % before]).collect();
    }
}
