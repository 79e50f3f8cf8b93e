//! The states of both its layers, of so many copies.

use engram::bipartite::Lists;
use engram::models::gaussian_rbm::GaussianSampler;
use engram::pattern::Standard;
use engram::rng::{Lanes, Rng};
use serde::{Deserialize, Serialize};

use crate::machines::learners::Mind;

/// Both layers of so many copies.
#[derive(Clone, Serialize, Deserialize)]
pub struct Layers {
    /// Visible units, a row a copy: from −1 for paper to +1 for ink, and beyond where that was drawn.
    levels: Vec<f32>,
    /// Hidden units.
    pub hidden: Lists,
    /// Dice of the visible units.
    rng: Rng,
}

impl Layers {
    /// Pictures of these levels beside which all hidden units are off.
    pub fn of(levels: Vec<f32>, copies: usize, hidden: usize, rng: &Rng) -> Self {
        Self { levels, hidden: Lists::new(hidden, copies), rng: rng.clone() }
    }

    /// Whether they are those of such a machine, as what was saved may not be.
    pub fn fits(&self, visible: usize, hidden: usize) -> bool {
        self.hidden.fits(hidden) && self.levels.len() == visible * self.hidden.copies()
    }

    /// Draws the hidden, then the visible units; those of the first copy that are held stay.
    pub fn stir(&mut self, sampler: &GaussianSampler, standard: &Standard, held: &[bool], dice: &mut Lanes) {
        let mut values = self.values(standard);
        sampler.draw_hidden(&values, dice, &mut self.hidden);
        sampler.draw_visible(&self.hidden, &mut self.rng, &mut values);
        for (copy, row) in self.levels.chunks_exact_mut(sampler.visible()).enumerate() {
            let drawn = levels_of(standard, &values[copy * row.len()..(copy + 1) * row.len()]);
            for (cell, (level, drawn)) in row.iter_mut().zip(drawn).enumerate() {
                if copy > 0 || held.get(cell) != Some(&true) {
                    *level = drawn;
                }
            }
        }
    }

    /// The visible units as the machine counts them, a row a copy.
    pub fn values(&self, standard: &Standard) -> Vec<f32> {
        let cells = standard.mean().len();
        let of = |row: &[f32]| -> Vec<f32> {
            let units = row.iter().zip(standard.mean()).zip(standard.deviation());
            units
                .map(|((&x, mean), deviation)| ((f64::from(0.5 * (1.0 + x)) - mean) / deviation) as f32)
                .collect()
        };
        self.levels.chunks_exact(cells).flat_map(of).collect()
    }
}

/// Levels of a picture, from −1 for paper to +1 for ink and beyond, of which these are the numbers. A cell that was the same
/// in all pictures stays so: of what it could be else nothing was learned.
pub fn levels_of(standard: &Standard, values: &[f32]) -> Vec<f32> {
    let greys = standard.undo(values.iter().map(|&x| f64::from(x)));
    let mut levels: Vec<f32> = greys.map(|grey| (2.0 * grey - 1.0) as f32).collect();
    standard.constant().iter().for_each(|&cell| levels[cell] = (2.0 * standard.mean()[cell] - 1.0) as f32);
    levels
}

/// A level as a cell shows it: what is lighter than paper is paper, what is darker than ink is ink, and what is no number any
/// more, for the weights have run away, is neither.
pub fn shown(level: f32) -> f32 {
    if level.is_nan() { 0.0 } else { level.clamp(-1.0, 1.0) }
}

impl Mind for Layers {
    fn copies(&self) -> usize {
        self.hidden.copies()
    }

    fn units(&self, copy: usize) -> Vec<f64> {
        let cells = self.levels.len() / self.copies();
        self.levels[copy * cells..(copy + 1) * cells].iter().map(|&level| f64::from(shown(level))).collect()
    }

    fn set(&mut self, copy: usize, cells: &[(usize, f64)]) {
        let first = copy * (self.levels.len() / self.copies());
        cells.iter().for_each(|&(cell, level)| self.levels[first + cell] = level as f32);
    }

    fn name(&mut self, _cells: usize, _name: usize) {
        // There are no units for names.
    }

    fn widen(&mut self, copies: usize) {
        let before = self.copies();
        let cells = self.levels.len() / before;
        self.levels.truncate(copies * cells);
        let hidden = self.hidden.clone();
        self.hidden.resize(copies);
        for copy in before..copies {
            let from = copy % before * cells;
            self.levels.extend_from_within(from..from + cells);
            self.hidden.take(copy, &hidden, copy % before);
        }
    }
}
