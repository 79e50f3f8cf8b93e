//! The states of both its layers, of so many copies.

use engram::bipartite::{Lists, WIDTH, probabilities};
use engram::models::rbm::Sampler;
use engram::order::sort;
use engram::rng::Lanes;
use serde::{Deserialize, Serialize};

use crate::machines::learners::{Mind, levels, set_levels, widen};

/// Both layers of so many copies.
#[derive(Clone, Serialize, Deserialize)]
pub struct Layers {
    /// Cells, then units for names.
    pub visible: Lists,
    /// Hidden units.
    pub hidden: Lists,
}

impl Layers {
    /// Pictures beside which all hidden units are off.
    pub fn of(visible: Lists, hidden: usize) -> Self {
        Self { hidden: Lists::new(hidden, visible.copies()), visible }
    }

    /// Whether they are those of such a machine, as what was saved may not be.
    pub fn fits(&self, visible: usize, hidden: usize) -> bool {
        let (seen, other) = (&self.visible, &self.hidden);
        seen.fits(visible) && other.fits(hidden) && seen.copies() == other.copies()
    }

    /// Draws the hidden, then the visible units; those of the first copy that are held stay.
    pub fn stir(&mut self, sampler: &Sampler, held: &[bool], dice: &mut Lanes) {
        let before = if held.contains(&true) { self.visible.copy(0).to_vec() } else { Vec::new() };
        sampler.draw_hidden(&self.visible, &[], dice, &mut self.hidden);
        sampler.draw_visible(&self.hidden, &[], dice, &mut self.visible);
        if held.contains(&true) {
            let held = |unit: u16| held.get(usize::from(unit)) == Some(&true);
            let drawn = self.visible.copy(0).iter().copied().filter(|&unit| !held(unit));
            let mut units: Vec<u16> = drawn.chain(before.into_iter().filter(|&unit| held(unit))).collect();
            sort(&mut units);
            self.replace(0, &units);
        }
    }

    /// How likely each visible unit of each copy is to be on, given its hidden units.
    pub fn chances(&self, sampler: &Sampler) -> Vec<Vec<f32>> {
        let (layer, copies) = (sampler.down(), self.hidden.copies());
        let mut means = vec![[0.0; WIDTH]; layer.bias.len() * copies];
        probabilities(layer, &self.hidden, &mut means);
        let of = |copy: usize| {
            (0..self.visible.units()).map(|unit| means[unit / WIDTH * copies + copy][unit % WIDTH]).collect()
        };
        (0..copies).map(of).collect()
    }

    fn replace(&mut self, copy: usize, units: &[u16]) {
        self.visible.clear(copy);
        units.iter().for_each(|&unit| self.visible.push(copy, unit));
    }
}

impl Mind for Layers {
    fn copies(&self) -> usize {
        self.visible.copies()
    }

    fn units(&self, copy: usize) -> Vec<f64> {
        levels(&self.visible, copy)
    }

    fn set(&mut self, copy: usize, cells: &[(usize, f64)]) {
        set_levels(&mut self.visible, copy, cells);
    }

    fn name(&mut self, cells: usize, name: usize) {
        for copy in 0..self.copies() {
            let kept = self.visible.copy(copy).iter().copied().filter(|&unit| usize::from(unit) < cells);
            let units: Vec<u16> = kept.chain([(cells + name) as u16]).collect();
            self.replace(copy, &units);
        }
    }

    fn widen(&mut self, copies: usize) {
        widen([&mut self.visible, &mut self.hidden], copies);
    }
}
