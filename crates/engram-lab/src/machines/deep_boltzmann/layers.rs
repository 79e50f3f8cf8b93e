//! The states of all its layers, of so many copies.

use engram::bipartite::Lists;
use engram::rng::Lanes;
use serde::{Deserialize, Serialize};

use super::net::Net;
use crate::machines::learners::{Mind, levels, set_levels, widen};

/// All layers of so many copies, from the bottom up.
#[derive(Clone, Serialize, Deserialize)]
pub struct Layers(pub Vec<Lists>);

impl Layers {
    /// Pictures beside which all hidden units are off.
    pub fn of(visible: Lists, sizes: &[usize]) -> Self {
        let copies = visible.copies();
        Self([visible].into_iter().chain(sizes[1..].iter().map(|&size| Lists::new(size, copies))).collect())
    }

    /// Whether they are those of such a machine, as what was saved may not be.
    pub fn fits(&self, sizes: &[usize]) -> bool {
        let fits = |(layer, &size): (&Lists, &usize)| layer.fits(size) && layer.copies() == self.copies();
        self.0.len() == sizes.len() && self.0.iter().zip(sizes).all(fits)
    }

    /// Draws all layers once; cells of the first copy that are held stay.
    pub fn stir(&mut self, net: &Net, held: &[bool], dice: &mut Lanes) {
        let before = held.contains(&true).then(|| self.0[0].cells(0));
        match net {
            Net::Stack(stack) => stack.stir(&mut self.0, dice),
            Net::Deep(learner) => {
                let sampler = learner.sampler();
                let [mut even, mut odd] = sampler.halves(&self.0);
                sampler.stir(&mut even, &mut odd, 1, dice);
                let layers = self.0.iter_mut().enumerate();
                layers.for_each(|(layer, states)| *states = sampler.layer(layer, &even, &odd));
            }
        }
        if let Some(before) = before {
            let mut now = self.0[0].cells(0);
            let cells = now.iter_mut().zip(before).zip(held).filter(|(_, held)| **held);
            cells.for_each(|((now, before), _)| *now = before);
            self.0[0].set(0, &now);
        }
    }

    /// How likely each visible unit of each copy is to be on, given the layers above.
    pub fn chances(&self, net: &Net) -> Vec<Vec<f32>> {
        let means = match net {
            Net::Stack(stack) => stack.first().visible_means(&self.0[1]),
            Net::Deep(learner) => {
                let [_, odd] = learner.sampler().halves(&self.0);
                learner.sampler().visible_means(&odd)
            }
        };
        means.chunks_exact(self.0[0].units()).map(<[f32]>::to_vec).collect()
    }
}

impl Mind for Layers {
    fn copies(&self) -> usize {
        self.0[0].copies()
    }

    fn units(&self, copy: usize) -> Vec<f64> {
        levels(&self.0[0], copy)
    }

    fn set(&mut self, copy: usize, cells: &[(usize, f64)]) {
        set_levels(&mut self.0[0], copy, cells);
    }

    fn name(&mut self, _cells: usize, _name: usize) {
        // There are no units for names.
    }

    fn widen(&mut self, copies: usize) {
        widen(&mut self.0, copies);
    }
}
