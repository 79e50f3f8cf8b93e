//! Its layers and figures.

use engram::bipartite::WIDTH;

use super::measured::cells_of;
use super::{Model, State, over};
use crate::LabError;
use crate::describe::Layer;
use crate::figure::{Axis, Figure, Mark, Part, Role, Shade, Tick};
use crate::machines::learners::{Tile, tiles};
use crate::setup::Setup;

/// Most filters that are drawn.
const MOST_FILTERS: usize = 144;

impl Model {
    /// A layer other than the state.
    pub fn picture_of(&self, setup: &Setup, state: &State, key: &str) -> Result<Option<Layer>, LabError> {
        let sampler = state.learner.sampler();
        let picture = &state.thought.visible;
        Ok(match key {
            "probability" => {
                Some(over(setup, self.chances(state, &state.thought).swap_remove(0).into_iter()))
            }
            "reconstruction" => {
                let cells = sampler.reconstructions(picture);
                Some(over(setup, cells.into_iter().take(self.data.cells)))
            }
            "hidden" => {
                let means = sampler.hidden_means(picture);
                let means = (0..self.hidden).map(|unit| means[unit / WIDTH][unit % WIDTH]);
                let width = (1..).find(|side| side * side >= self.hidden).unwrap_or(1);
                let height = self.hidden.div_ceil(width);
                let values = means.chain(std::iter::repeat(0.0)).take(width * height).collect();
                Some(Layer { width, height, values })
            }
            _ => None,
        })
    }

    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State, key: &str, part: Part) -> Option<Figure> {
        match key {
            "dreams" => Some(self.dreams(setup, state, part)),
            "filters" => Some(self.filters(setup, state, part)),
            "names" if self.told.names => Some(self.names(state, part)),
            "updates" if self.told.updates => Some(self.updates(state, part)),
            _ => None,
        }
    }

    fn dreams(&self, setup: &Setup, state: &State, part: Part) -> Figure {
        let copies = state.wall.visible.copies();
        let (width, height) = (setup.resolved.width, setup.resolved.height);
        let blank = vec![f32::NAN; self.data.cells];
        let mut wall: Vec<Tile> = vec![blank; copies];
        if part == Part::Moving {
            let likely = setup.values.word("show") == "probabilities";
            let chances = if likely { self.chances(state, &state.wall) } else { Vec::new() };
            for (copy, tile) in wall.iter_mut().enumerate() {
                *tile = match chances.get(copy) {
                    Some(chances) => chances.iter().map(|p| 2.0 * p - 1.0).collect(),
                    None => {
                        let cells = state.wall.visible.cells(copy);
                        cells[..self.data.cells].iter().map(|&cell| 2.0 * f32::from(cell) - 1.0).collect()
                    }
                };
            }
        }
        let mut figure = tiles(width, height, &wall, Shade::Ink);
        if part == Part::Moving {
            figure.note = match (copies, setup.values.word("show")) {
                (0, _) => "There is no dream on the wall: ask for some in the settings.".to_owned(),
                (count, "probabilities") => format!(
                    "{count} chains, shown as chances of ink given their hidden units; the chains themselves are of ink and paper."
                ),
                (count, _) => format!(
                    "{count} chains, each drawn anew at every step: true samples, neighbours in time alike."
                ),
            };
        }
        figure
    }

    fn filters(&self, setup: &Setup, state: &State, part: Part) -> Figure {
        let weights = &state.learner.sampler().net().weights;
        let shown = self.hidden.min(MOST_FILTERS);
        let blank = vec![f32::NAN; self.data.cells];
        let of = |unit: usize| match part {
            Part::Still => blank.clone(),
            Part::Moving => (0..self.data.cells).map(|cell| weights.at(cell, unit)).collect(),
        };
        let all: Vec<Tile> = (0..shown).map(of).collect();
        let mut figure = tiles(setup.resolved.width, setup.resolved.height, &all, Shade::Signed);
        if part == Part::Moving {
            let some = if shown < self.hidden {
                format!("The first {shown} of {} hidden units. ", self.hidden)
            } else {
                String::new()
            };
            figure.note = format!(
                "{some}Each tile is what one hidden unit looks for; in the other colour, what speaks against it."
            );
        }
        figure
    }

    fn names(&self, state: &State, part: Part) -> Figure {
        let ticks = (0..self.labels).map(|k| Tick { at: k as f64, label: self.data.classes[k].to_owned() });
        let mut figure = Figure {
            x: Axis {
                label: "name",
                ticks: ticks.collect(),
                range: Some([-0.5, self.labels.max(1) as f64 - 0.5]),
                ..Axis::default()
            },
            y: Axis { label: "probability", range: Some([0.0, 1.0]), ..Axis::default() },
            ..Figure::default()
        };
        if part == Part::Moving {
            let posterior = state.learner.sampler().label_posteriors(&state.thought.visible).swap_remove(0);
            let values: Vec<f32> = posterior.iter().map(|ln| engram::math::exp(*ln) as f32).collect();
            let best = (0..values.len()).fold(0, |best, k| if values[k] > values[best] { k } else { best });
            figure.note =
                format!("Most likely a {} ({:.1} %).", self.data.classes[best], 100.0 * values[best]);
            figure.marks.push(Mark::Bars {
                label: String::new(),
                values,
                shares: Vec::new(),
                memories: Vec::new(),
            });
        }
        figure
    }

    fn updates(&self, state: &State, part: Part) -> Figure {
        let mut figure = Figure {
            x: Axis { label: "exact gradient", ..Axis::default() },
            y: Axis { label: "what the sampler teaches", ..Axis::default() },
            square: true,
            ..Figure::default()
        };
        let Ok(machine) = state.learner.sampler().machine() else { return figure };
        if part == Part::Still {
            return figure;
        }
        let pictures = cells_of(&self.data.seen(self.labels > 0, 0..self.data.count()));
        let Ok(exact) = machine.gradient(&pictures) else { return figure };
        let steps = self.how().steps.max(2);
        let mut ways = vec![("CD-1".to_owned(), Role::Measured, machine.expected_update(&pictures, 1))];
        ways.push((format!("CD-{steps}"), Role::Others, machine.expected_update(&pictures, steps)));
        let chains = cells_of(&state.learner.chains_that_count(&self.how()));
        if !chains.is_empty() {
            let update = machine.expected_update_from(&pictures, &chains, self.how().steps);
            ways.push(("from the chains".to_owned(), Role::Now, update));
        }
        let most = exact.numbers().fold(1e-6f64, |most, x| most.max(x.abs())) as f32;
        figure.marks.push(Mark::Lines {
            role: Role::Theory,
            label: "both agree".to_owned(),
            paths: vec![vec![[-most, -most], [most, most]]],
        });
        for (label, role, update) in ways {
            let Ok(update) = update else { continue };
            let at = exact.numbers().zip(update.numbers()).map(|(x, y)| [x as f32, y as f32]).collect();
            figure.marks.push(Mark::Points { role, label, at, error: Vec::new(), names: Vec::new() });
        }
        figure
    }
}
