//! Its layers and figures.

use engram::bipartite::{Lists, WIDTH};

use super::Model;
use super::net::Net;
use crate::describe::Layer;
use crate::figure::{Figure, Part, Shade};
use crate::machines::learners::{State, Tile, boxes, first_of, over, square, tiles};
use crate::setup::Setup;

/// Most filters that are drawn.
const MOST_FILTERS: usize = 144;

/// Keys of the layers of hidden units and of the figures of their features, from the first up.
pub const UNITS: [&str; 3] = ["hidden_1", "hidden_2", "hidden_3"];
pub const FEATURES: [&str; 3] = ["features_1", "features_2", "features_3"];

impl Model {
    /// The weight between a cell and a unit of the first layer, as that layer feels it.
    pub fn weight(&self, net: &Net, cell: usize, unit: usize) -> f32 {
        match net {
            Net::Stack(stack) => stack.first().net().weights.at(cell, unit),
            Net::Deep(learner) => learner.sampler().weight(0, cell, unit),
        }
    }

    /// Biases of the cells.
    pub fn visible_bias<'a>(&self, net: &'a Net) -> &'a [f32] {
        match net {
            Net::Stack(stack) => &stack.first().net().seen,
            Net::Deep(learner) => learner.sampler().visible_bias(),
        }
    }

    /// The weight between neighbouring hidden layers, the lower of which is this one; none if they have not begun to learn.
    fn upper_weight(net: &Net, below: usize, unit: usize, above: usize) -> Option<f32> {
        match net {
            Net::Deep(learner) => Some(learner.sampler().weight(below, unit, above)),
            Net::Stack(stack) => {
                let sampler =
                    stack.below.get(below).or((stack.below.len() == below).then(|| stack.now.sampler()));
                sampler.map(|sampler| sampler.net().weights.at(unit, above))
            }
        }
    }

    /// How likely the units of a hidden layer are to be on, given the picture in the lowest one; of layers above the first,
    /// as long as layers learn one by one, what was drawn.
    pub fn means(&self, net: &Net, layers: &[Lists], layer: usize) -> Vec<f32> {
        match net {
            Net::Deep(learner) => {
                let sampler = learner.sampler();
                sampler.means_of_layer(layer, &sampler.mean_field(&layers[0], &self.all.mean_field))
            }
            Net::Stack(stack) if layer == 1 => {
                let means = stack.first().hidden_means(&layers[0]);
                (0..self.sizes[1]).map(|unit| means[unit / WIDTH][unit % WIDTH]).collect()
            }
            Net::Stack(_) => layers[layer].cells(0).into_iter().map(f32::from).collect(),
        }
    }

    /// A layer other than the state.
    pub fn picture_of(&self, setup: &Setup, state: &State<Model>, key: &str) -> Option<Layer> {
        let layers = &state.thought.mind.0;
        if key == "reconstruction" {
            let cells = match &state.net {
                Net::Stack(stack) => stack.first().reconstructions(&layers[0]),
                Net::Deep(learner) => {
                    let sampler = learner.sampler();
                    sampler.reconstructions(&sampler.mean_field(&layers[0], &self.all.mean_field))
                }
            };
            return Some(over(setup, cells.into_iter()));
        }
        let layer = UNITS.iter().position(|units| *units == key)? + 1;
        (layer < self.sizes.len()).then(|| square(self.means(&state.net, layers, layer).into_iter()))
    }

    /// How many features of a layer are drawn.
    pub fn drawn(&self, layer: usize) -> usize {
        self.sizes[layer].min(MOST_FILTERS)
    }

    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State<Model>, key: &str, part: Part) -> Option<Figure> {
        let layer = FEATURES.iter().position(|features| *features == key)? + 1;
        if layer >= self.sizes.len() {
            return None;
        }
        let shown = self.drawn(layer);
        let features = (part == Part::Moving).then(|| self.features(&state.net, layer, shown)).flatten();
        let begun = features.is_some();
        let blank = || vec![vec![f32::NAN; self.data.cells]; shown];
        let all = features.unwrap_or_else(blank);
        let mut figure = tiles(setup.resolved.width, setup.resolved.height, &all, Shade::Signed);
        if part == Part::Still && layer == 1 {
            figure.boxes = boxes(setup.resolved.width, setup.resolved.height, shown);
        } else if part == Part::Moving {
            let some = first_of(shown, self.sizes[layer]);
            figure.note = match (begun, layer) {
                (false, _) => format!("Layer {layer} has not begun to learn."),
                (true, 1) => format!(
                    "{some}Each tile is what one unit of layer 1 looks for; in the other colour, what speaks against it."
                ),
                (true, _) => format!(
                    "{some}Each tile is what one unit of layer {layer} stands for: the features of the layers below, weighted by their links to it."
                ),
            };
        }
        Some(figure)
    }

    /// What units of a layer stand for, in cells; none if the layer has not begun to learn.
    fn features(&self, net: &Net, layer: usize, shown: usize) -> Option<Vec<Tile>> {
        let cells = self.data.cells;
        let of = |unit| (0..cells).map(|cell| self.weight(net, cell, unit)).collect();
        let mut tiles: Vec<Tile> = (0..self.sizes[1]).map(of).collect();
        for below in 1..layer {
            let mut next = Vec::new();
            let count = if below + 1 == layer { shown } else { self.sizes[below + 1] };
            for above in 0..count {
                let mut sum = vec![0.0; cells];
                for (unit, tile) in tiles.iter().enumerate() {
                    let weight = Self::upper_weight(net, below, unit, above)?;
                    sum.iter_mut().zip(tile).for_each(|(sum, x)| *sum += weight * x);
                }
                next.push(sum);
            }
            tiles = next;
        }
        tiles.truncate(shown);
        Some(tiles)
    }
}
