//! Its layers and figures.

use engram::rng::{Lanes, Stream};

use super::Model;
use super::layers::Layers;
use super::stack::Stack;
use crate::describe::Layer;
use crate::figure::{Figure, Part, Shade};
use crate::machines::learners::{State, Tile, boxes, first_of, names, over, square, tiles};
use crate::setup::Setup;

/// Most features that are drawn.
const MOST_DRAWN: usize = 144;

/// The dice of what is only shown.
const DICE: u64 = 9;

impl Model {
    /// A layer other than the state.
    pub fn picture_of(&self, setup: &Setup, state: &State<Model>, key: &str) -> Option<Layer> {
        let (net, thought) = (&state.net, &state.thought.mind);
        match key {
            "reconstruction" => {
                let mut dice = Lanes::new(self.seed, Stream::Dynamics, DICE);
                let cells = self.reconstructions(net, &thought.visible, &mut dice);
                Some(over(setup, cells.into_iter()))
            }
            "hidden" => Some(square(self.hidden_means(net, thought).into_iter())),
            _ => None,
        }
    }

    /// The free energy that the top gives to what it sees of the picture on the grid.
    pub fn free_energy(&self, net: &Stack, thought: &Layers) -> f64 {
        let mut dice = Lanes::new(self.seed, Stream::Dynamics, DICE);
        net.top().free_energies(&net.seen(&thought.visible, self.data.cells, &mut dice))[0]
    }

    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State<Model>, key: &str, part: Part) -> Option<Figure> {
        match key {
            "filters" => Some(self.features(setup, &state.net, 0, part)),
            "combinations" => Some(self.features(setup, &state.net, 1, part)),
            "names" if self.told.names => {
                let net = &state.net;
                let posterior = (part == Part::Moving && net.is_whole()).then(|| {
                    let mut dice = Lanes::new(self.seed, Stream::Dynamics, DICE);
                    self.name_posteriors(net, &state.thought.mind.visible, &mut dice).swap_remove(0)
                });
                Some(names(self.data.classes, posterior))
            }
            _ => None,
        }
    }

    /// How many features of a layer are drawn.
    pub fn drawn(&self, layer: usize) -> usize {
        self.sizes[layer + 1].min(MOST_DRAWN)
    }

    /// What units of the first layer look for, or what those of the second put together out of that.
    fn features(&self, setup: &Setup, net: &Stack, layer: usize, part: Part) -> Figure {
        let (cells, units, shown) = (self.data.cells, self.sizes[layer + 1], self.drawn(layer));
        let first = &net.machines[0].sampler().net().weights;
        let of = |unit: usize| -> Tile {
            if part == Part::Still {
                return vec![f32::NAN; cells];
            }
            if layer == 0 {
                return (0..cells).map(|cell| first.at(cell, unit)).collect();
            }
            let above = &net.machines[1].sampler().net().weights;
            let mut tile = vec![0.0; cells];
            for feature in 0..self.sizes[1] {
                let weight = above.at(feature, unit);
                tile.iter_mut().enumerate().for_each(|(cell, sum)| *sum += weight * first.at(cell, feature));
            }
            tile
        };
        let all: Vec<Tile> = (0..shown).map(of).collect();
        let mut figure = tiles(setup.resolved.width, setup.resolved.height, &all, Shade::Signed);
        if part == Part::Still && layer == 0 {
            figure.boxes = boxes(setup.resolved.width, setup.resolved.height, shown);
        } else if part == Part::Moving {
            let some = first_of(shown, units);
            let what = if layer == 0 {
                "Each tile is what one unit looks for; in the other colour, what speaks against it."
            } else {
                "Each tile is the sum of the first features, as much of each as one unit of the second layer takes."
            };
            figure.note = format!("{some}{what}");
        }
        figure
    }
}
