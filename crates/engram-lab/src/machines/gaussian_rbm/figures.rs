//! Its layers and figures.

use engram::bipartite::WIDTH;

use super::layers::{levels_of, shown};
use super::{Model, State};
use crate::describe::Layer;
use crate::figure::{Figure, Part, Shade};
use crate::machines::common;
use crate::machines::learners::{Tile, boxes, first_of, square, tiles};
use crate::setup::Setup;

/// Most filters that are drawn.
const MOST_FILTERS: usize = 144;

impl Model {
    /// A layer other than the state.
    pub fn picture_of(&self, setup: &Setup, state: &State<Model>, key: &str) -> Option<Layer> {
        let (sampler, thought) = (state.net.sampler(), &state.thought.mind);
        let values = || thought.values(self.standard());
        let greys = |values: &[f32]| {
            common::over_grid(setup, levels_of(self.standard(), values).into_iter().map(shown).collect())
        };
        match key {
            "mean" => Some(greys(&sampler.visible_means(&thought.hidden)[..self.data.cells])),
            "reconstruction" => Some(greys(&sampler.reconstructions(&values())[..self.data.cells])),
            "deviation" => {
                let of = |&z: &f32| engram::math::exp(0.5 * f64::from(z)) as f32;
                Some(common::over_grid(setup, sampler.log_variance().iter().map(of).collect()))
            }
            "hidden" => {
                let means = sampler.hidden_means(&values());
                Some(square((0..self.hidden).map(|unit| means[unit / WIDTH][unit % WIDTH])))
            }
            _ => None,
        }
    }

    /// How many filters are drawn.
    pub fn drawn(&self) -> usize {
        self.hidden.min(MOST_FILTERS)
    }

    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State<Model>, key: &str, part: Part) -> Option<Figure> {
        if key != "filters" {
            return None;
        }
        let weights = &state.net.sampler().net().weights;
        let drawn = self.drawn();
        let of = |unit: usize| -> Tile {
            match part {
                Part::Still => vec![f32::NAN; self.data.cells],
                Part::Moving => (0..self.data.cells).map(|cell| weights.at(cell, unit)).collect(),
            }
        };
        let all: Vec<Tile> = (0..drawn).map(of).collect();
        let mut figure = tiles(setup.resolved.width, setup.resolved.height, &all, Shade::Signed);
        if part == Part::Still {
            figure.boxes = boxes(setup.resolved.width, setup.resolved.height, all.len());
        } else {
            let some = first_of(drawn, self.hidden);
            figure.note = format!(
                "{some}Each tile is what one hidden unit adds to a picture; in the other colour, what it takes away."
            );
        }
        Some(figure)
    }
}
