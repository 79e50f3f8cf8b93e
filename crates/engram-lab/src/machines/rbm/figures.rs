//! Its layers and figures.

use engram::bipartite::WIDTH;
use engram::math;
use engram::models::rbm::{Gradient, RbmError};

use super::Model;
use crate::describe::Layer;
use crate::figure::{Axis, Figure, Mark, Part, Role, Shade};
use crate::machines::learners::{
    Law, State, Tile, boxes, cells_of, divergence, first_of, law, names, over, square, tiles,
};
use crate::setup::Setup;

/// Most filters that are drawn.
const MOST_FILTERS: usize = 144;

/// Most cells of which every state has a bar; of more, every picture has one, the first ones.
const MOST_EVERY: usize = 5;
const MOST_PICTURES: usize = 32;

impl Model {
    /// A layer other than the state.
    pub fn picture_of(&self, setup: &Setup, state: &State<Model>, key: &str) -> Option<Layer> {
        let sampler = state.net.sampler();
        let picture = &state.thought.mind.visible;
        match key {
            "reconstruction" => {
                let cells = sampler.reconstructions(picture);
                Some(over(setup, cells.into_iter().take(self.data.cells)))
            }
            "hidden" => {
                let means = sampler.hidden_means(picture);
                let means = (0..self.hidden).map(|unit| means[unit / WIDTH][unit % WIDTH]);
                Some(square(means))
            }
            _ => None,
        }
    }

    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State<Model>, key: &str, part: Part) -> Option<Figure> {
        match key {
            "filters" => Some(self.filters(setup, state, part)),
            "names" if self.told.names => {
                let posterior = (part == Part::Moving).then(|| {
                    state.net.sampler().label_posteriors(&state.thought.mind.visible).swap_remove(0)
                });
                Some(names(self.data.classes, posterior))
            }
            "distribution" if self.told.law => Some(self.distribution(setup, state, part)),
            "updates" if self.told.updates => Some(self.updates(state, part)),
            _ => None,
        }
    }

    /// How many filters are drawn.
    pub fn drawn(&self) -> usize {
        self.hidden.min(MOST_FILTERS)
    }

    fn filters(&self, setup: &Setup, state: &State<Model>, part: Part) -> Figure {
        let weights = &state.net.sampler().net().weights;
        let shown = self.drawn();
        let blank = vec![f32::NAN; self.data.cells];
        let of = |unit: usize| match part {
            Part::Still => blank.clone(),
            Part::Moving => (0..self.data.cells).map(|cell| weights.at(cell, unit)).collect(),
        };
        let all: Vec<Tile> = (0..shown).map(of).collect();
        let mut figure = tiles(setup.resolved.width, setup.resolved.height, &all, Shade::Signed);
        if part == Part::Still {
            figure.boxes = boxes(setup.resolved.width, setup.resolved.height, all.len());
        } else {
            let some = first_of(shown, self.hidden);
            figure.note = format!(
                "{some}Each tile is what one hidden unit looks for; in the other colour, what speaks against it."
            );
        }
        figure
    }

    /// The machine's law beside that of the pictures.
    fn distribution(&self, setup: &Setup, state: &State<Model>, part: Part) -> Figure {
        let cells = self.data.cells;
        let mut pictures: Vec<(&[u8], f64)> = Vec::new();
        for k in 0..self.data.count() {
            let (picture, chance) = (self.data.picture(k), self.data.chance(k));
            match pictures.iter_mut().find(|(of, _)| *of == picture) {
                Some((_, share)) => *share += chance,
                None => pictures.push((picture, chance)),
            }
        }
        let every = cells <= MOST_EVERY;
        let states: Vec<Vec<u8>> = if every {
            let bit = |code: u32, cell: usize| (code >> (cells - 1 - cell) & 1) as u8;
            (0..1u32 << cells).map(|code| (0..cells).map(|cell| bit(code, cell)).collect()).collect()
        } else {
            pictures.iter().take(MOST_PICTURES).map(|(picture, _)| picture.to_vec()).collect()
        };
        let name = |state: &[u8]| {
            if every {
                return state.iter().map(|&cell| if cell > 0 { '1' } else { '0' }).collect();
            }
            let first = (0..self.data.count()).find(|&k| self.data.picture(k) == state);
            first.and_then(|k| setup.resolved.memories.get(k)).map_or_else(String::new, |m| m.name.clone())
        };
        let mut names: Vec<String> = states.iter().map(|state| name(state)).collect();
        if !every {
            names.push("any other".to_owned());
        }
        let mut told = Law { names, pairs: Vec::new(), divergence: f64::NAN };
        let machine = state.net.sampler().machine();
        let Some((machine, ln_z)) = machine.ok().and_then(|machine| {
            let ln_z = machine.ln_z().ok()?;
            Some((machine, ln_z))
        }) else {
            return law(&told, Part::Still);
        };
        if part == Part::Moving {
            let chance = |state: &[u8]| math::exp(-machine.free_energy(state) - ln_z);
            let share = |state: &[u8]| pictures.iter().find(|(of, _)| *of == state).map_or(0.0, |(_, q)| *q);
            told.pairs = states.iter().map(|state| (chance(state), share(state))).collect();
            told.divergence = divergence(pictures.iter().map(|(picture, q)| (chance(picture), *q)));
        }
        law(&told, part)
    }

    fn updates(&self, state: &State<Model>, part: Part) -> Figure {
        let mut figure = Figure {
            x: Axis { label: "exact gradient", ..Axis::default() },
            y: Axis { label: "what the sampler teaches", ..Axis::default() },
            square: true,
            ..Figure::default()
        };
        let Ok(machine) = state.net.sampler().machine() else { return figure };
        if part == Part::Still {
            return figure;
        }
        let pictures = cells_of(&self.data.seen(self.labels > 0, 0..self.data.count()));
        let Some(exact) = self.taught(&pictures, |pictures| machine.gradient(pictures)) else {
            return figure;
        };
        let expected = |steps| self.taught(&pictures, |pictures| machine.expected_update(pictures, steps));
        let steps = self.how().steps.max(2);
        let mut ways = vec![("CD-1".to_owned(), Role::Measured, expected(1))];
        ways.push((format!("CD-{steps}"), Role::Others, expected(steps)));
        let chains = cells_of(&state.net.chains_that_count(&self.how()));
        if !chains.is_empty() {
            let update = |pictures: &[u8]| machine.expected_update_from(pictures, &chains, self.how().steps);
            ways.push(("from the chains".to_owned(), Role::Now, self.taught(&pictures, update)));
        }
        let most = exact.iter().fold(1e-6f64, |most, x| most.max(x.abs())) as f32;
        figure.marks.push(Mark::Lines {
            role: Role::Theory,
            label: "both agree".to_owned(),
            paths: vec![vec![[-most, -most], [most, most]]],
        });
        for (label, role, update) in ways {
            let Some(update) = update else { continue };
            let at = exact.iter().zip(&update).map(|(&x, &y)| [x as f32, y as f32]).collect();
            figure.marks.push(Mark::Points { role, label, at, error: Vec::new(), names: Vec::new() });
        }
        figure
    }
    /// What is taught by the pictures that it learns from, given what is taught by some: a number for each weight and bias.
    fn taught(&self, pictures: &[u8], by: impl Fn(&[u8]) -> Result<Gradient, RbmError>) -> Option<Vec<f64>> {
        if self.data.is_even() {
            return by(pictures).ok().map(|gradient| gradient.numbers().collect());
        }
        let mut sum = Vec::new();
        for (k, picture) in pictures.chunks_exact(self.visible()).enumerate() {
            let gradient = by(picture).ok()?;
            sum.resize(gradient.numbers().count(), 0.0);
            sum.iter_mut().zip(gradient.numbers()).for_each(|(sum, x)| *sum += self.data.chance(k) * x);
        }
        Some(sum)
    }
}
