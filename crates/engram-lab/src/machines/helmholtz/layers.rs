//! The states of all its layers, of so many copies.

use engram::bipartite::Lists;
use engram::models::helmholtz::Helmholtz;
use engram::rng::{Lanes, Rng, Stream};
use serde::{Deserialize, Serialize};

use crate::machines::learners::Mind;

/// All layers of so many copies.
#[derive(Clone, Serialize, Deserialize)]
pub struct Layers {
    visible: usize,
    units: usize,
    /// States of all units, copy by copy.
    states: Vec<u8>,
    /// Whether the pictures have been recognised yet.
    recognised: bool,
}

/// A stream of its own for each draw of a net, which the dice choose.
pub fn stream(dice: &mut Lanes) -> Rng {
    let [high, low, ..] = dice.draw().words();
    Rng::new(u64::from(high) << 32 | u64::from(low), Stream::Dynamics, 0)
}

impl Layers {
    /// Pictures above which all hidden units are off.
    pub fn of(visible: &Lists, units: usize) -> Self {
        let mut states = vec![0; visible.copies() * units];
        for (copy, states) in states.chunks_exact_mut(units).enumerate() {
            states[..visible.units()].copy_from_slice(&visible.cells(copy));
        }
        Self { visible: visible.units(), units, states, recognised: false }
    }

    /// Whether they are those of such a machine, as what was saved may not be.
    pub fn fits(&self, visible: usize, units: usize) -> bool {
        self.visible == visible
            && self.units == units
            && self.states.len().is_multiple_of(units)
            && self.states.iter().all(|&state| state <= 1)
    }

    /// States of all units of a copy.
    pub fn states(&self, copy: usize) -> &[u8] {
        &self.states[copy * self.units..][..self.units]
    }

    /// Recognises each picture and draws it anew; those cells of the first copy that are held stay.
    pub fn stir(&mut self, net: &Helmholtz, held: &[bool], rng: &mut Rng) {
        for (copy, states) in self.states.chunks_exact_mut(self.units).enumerate() {
            if !self.recognised {
                let all = net.recognise(&states[..self.visible], rng).expect("it fits the net");
                states.copy_from_slice(&all);
            }
            let held = if copy == 0 { held } else { &[] };
            net.reconsider(states, held, rng).expect("it fits the net");
        }
        self.recognised = true;
    }

    /// Draws all layers from the top down.
    pub fn dream(&mut self, net: &Helmholtz, rng: &mut Rng) {
        for states in self.states.chunks_exact_mut(self.units) {
            states.copy_from_slice(&net.dream(rng));
        }
        self.recognised = true;
    }

    /// How likely each visible unit of each copy is to be on, given the layer above.
    pub fn chances(&self, net: &Helmholtz) -> Vec<Vec<f32>> {
        let of = |states: &[u8]| {
            let means = net.generative_means(states).expect("it fits the net");
            means[..self.visible].iter().map(|&mean| mean as f32).collect()
        };
        self.states.chunks_exact(self.units).map(of).collect()
    }
}

impl Mind for Layers {
    fn copies(&self) -> usize {
        self.states.len() / self.units
    }

    fn units(&self, copy: usize) -> Vec<f64> {
        self.states(copy)[..self.visible].iter().map(|&unit| 2.0 * f64::from(unit) - 1.0).collect()
    }

    fn set(&mut self, copy: usize, cells: &[(usize, f64)]) {
        let states = &mut self.states[copy * self.units..][..self.visible];
        cells.iter().for_each(|&(cell, level)| states[cell] = u8::from(level > 0.0));
    }

    fn name(&mut self, _: usize, _: usize) {}

    fn widen(&mut self, copies: usize) {
        let before = self.copies();
        let mut states = Vec::with_capacity(copies * self.units);
        (0..copies).for_each(|copy| states.extend_from_slice(self.states(copy % before)));
        self.states = states;
    }
}
