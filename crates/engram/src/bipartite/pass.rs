//! From the states of one layer to those of another.

use alloc::vec;
use alloc::vec::Vec;

use super::held::{Held, gather_all};
use super::lists::Lists;
use super::panels::{Panels, Slice, WIDTH, gather_scaled};
use crate::math::vector;
use crate::rng::Lanes;

/// What a layer feels from another: the weights, of shape (units of the other, units of this), and the biases.
#[derive(Debug)]
pub struct Layer<'a, M = Panels> {
    /// The weights.
    pub weights: &'a M,
    /// The biases, cut as the columns of the weights, with [`NEVER`](super::NEVER) beyond the last.
    pub bias: &'a [Slice],
}

impl<M> Clone for Layer<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Layer<'_, M> {}

/// Weights, cut into panels, as they are ([`Panels`]) or rounded ([`Rounded`](super::Rounded)).
pub trait Matrix {
    /// Columns.
    fn columns(&self) -> usize;

    /// `bias + Σ rows` over the rows that lists name, of both panels of a pair, list by list; of one panel if there is one
    /// bias.
    fn gather_all(&self, pair: usize, lists: &Lists, biases: &[Slice], to: &mut [Vec<Slice>; 2]);
}

impl Matrix for Panels {
    fn columns(&self) -> usize {
        self.columns()
    }

    fn gather_all(&self, pair: usize, lists: &Lists, biases: &[Slice], to: &mut [Vec<Slice>; 2]) {
        for (k, (bias, to)) in biases.iter().zip(to).enumerate() {
            gather_all(self.panel(2 * pair + k), lists, bias, to);
        }
    }
}

/// How the units of a layer are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// Units before this one are drawn each by itself; of those from here on exactly one is on.
    pub single: usize,
    /// What the fields of each copy are multiplied by, 1/T; 1 for all if it is empty.
    pub slopes: &'a [f32],
}

/// A random number in [0, 1) has this many steps.
const STEPS: f32 = 16_777_216.0;

/// Most units of the group of which exactly one is on.
pub const MAX_GROUP: usize = 256;

/// Gives the fields of all units of all copies, sixteen units at a time: the panel, the copy and the fields.
#[inline]
pub fn fields(layer: Layer<'_>, from: &Lists, mut each: impl FnMut(usize, usize, Slice)) {
    panels(layer, from, |panel, felt| {
        felt.iter().enumerate().for_each(|(copy, fields)| each(panel, copy, *fields));
    });
}

/// Gives the fields of all units of all copies, panel by panel: the fields of the copies, to be made something else of.
#[inline]
fn panels<M: Matrix>(layer: Layer<'_, M>, from: &Lists, mut each: impl FnMut(usize, &mut [Slice])) {
    let mut felt = [vec![[0.0; WIDTH]; from.copies()], vec![[0.0; WIDTH]; from.copies()]];
    for (pair, biases) in layer.bias.chunks(2).enumerate() {
        layer.weights.gather_all(pair, from, biases, &mut felt);
        felt.iter_mut().enumerate().take(biases.len()).for_each(|(k, felt)| each(2 * pair + k, felt));
    }
}

/// The same from copies of a layer whose units have numbers: a row a copy, of as many as the other layer has units.
#[inline]
pub fn fields_of_values(layer: Layer<'_>, from: &[f32], mut each: impl FnMut(usize, usize, Slice)) {
    for (panel, &bias) in layer.bias.iter().enumerate() {
        let rows = layer.weights.panel(panel);
        for (copy, values) in from.chunks_exact(rows.len()).enumerate() {
            each(panel, copy, gather_scaled(rows, values, bias));
        }
    }
}

/// Puts the numbers of a panel into a copy's row of as many as the layer has units.
#[inline]
pub(crate) fn put(rows: &mut [f32], units: usize, panel: usize, copy: usize, values: &Slice) {
    let row = &mut rows[copy * units..][..units];
    row[panel * WIDTH..].iter_mut().zip(values).for_each(|(to, value)| *to = *value);
}

/// The probabilities that units are on, panel by panel and within each copy by copy; 0 beyond the last unit.
pub fn probabilities<M: Matrix>(layer: Layer<'_, M>, from: &Lists, to: &mut [Slice]) {
    let copies = from.copies();
    panels(layer, from, |panel, felt| {
        vector::sigmoid(felt.as_flattened_mut());
        to[panel * copies..(panel + 1) * copies].copy_from_slice(felt);
    });
}

/// The logarithms of the probabilities that a layer of units, each drawn by itself, is in these states: one a copy.
pub fn log_probabilities(layer: Layer<'_>, from: &Lists, states: &Lists) -> Vec<f64> {
    let mut sums = vec![0.0; from.copies()];
    fields(layer, from, |panel, copy, mut values| {
        let (first, on) = (panel * WIDTH, states.copy(copy));
        let begin = on.partition_point(|&unit| usize::from(unit) < first);
        let here = on[begin..].iter().map(|&unit| usize::from(unit) - first);
        sums[copy] += here.take_while(|&k| k < WIDTH).map(|k| f64::from(values[k])).sum::<f64>();
        vector::softplus(&mut values);
        sums[copy] -= f64::from(values.iter().sum::<f32>());
    });
    sums
}

/// Draws all units of all copies. If there is room for them, the probabilities are written down as [`probabilities`]
/// does, of units that are drawn by themselves.
pub fn draw<M: Matrix>(
    layer: Layer<'_, M>,
    from: &Lists,
    groups: Groups<'_>,
    dice: &mut Lanes,
    to: &mut Lists,
    mut known: Option<&mut [Slice]>,
) {
    let (units, copies) = (layer.weights.columns(), from.copies());
    to.resize(copies);
    to.clear_all();
    let single = groups.single.min(units);
    // Of the group, fields copy by copy, from the panel on in which it begins.
    let first_of_group = if single < units { single / WIDTH } else { layer.bias.len() };
    let room = (layer.bias.len() - first_of_group) * WIDTH;
    let mut of_group = vec![0.0f32; room * copies];
    panels(layer, from, |panel, felt| {
        let first = panel * WIDTH;
        for (fields, slope) in felt.iter_mut().zip(groups.slopes) {
            fields.iter_mut().for_each(|x| *x *= slope);
        }
        if let Some(place) = panel.checked_sub(first_of_group) {
            for (row, fields) in of_group.chunks_exact_mut(room).zip(felt.iter()) {
                row[place * WIDTH..][..WIDTH].copy_from_slice(fields);
            }
        }
        if first >= single {
            return;
        }
        vector::sigmoid(felt.as_flattened_mut());
        for (copy, probabilities) in felt.iter().enumerate() {
            to.push_chosen(copy, first, choose(probabilities, WIDTH.min(single - first), dice));
        }
        if let Some(known) = &mut known {
            known[panel * copies..(panel + 1) * copies].copy_from_slice(felt);
        }
    });
    if single < units {
        for (copy, fields) in of_group.chunks_exact_mut(room).enumerate() {
            let fields = &mut fields[single % WIDTH..][..units - single];
            to.push(copy, (single + one_of(fields, dice)) as u16);
        }
    }
}

/// Draws whether each of sixteen units is on, of which so many are there: one a bit.
#[inline(always)]
pub(crate) fn choose(probabilities: &Slice, units: usize, dice: &mut Lanes) -> u16 {
    let mut words = [0; WIDTH];
    for four in words.as_chunks_mut().0 {
        // As signed numbers these become fractions in one instruction.
        let [a, b, c, d] = dice.draw().down::<8>().words();
        *four = [a as i32, b as i32, c as i32, d as i32];
    }
    let chances = Held::of(probabilities) * Held::splat(STEPS);
    Held::of_whole(&words).below(chances) & u16::MAX >> (WIDTH - units)
}

/// Draws which unit of a group is on, of which exactly one is.
fn one_of(fields: &mut [f32], dice: &mut Lanes) -> usize {
    let greatest = fields.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    fields.iter_mut().for_each(|x| *x -= greatest);
    vector::exp(fields);
    let all: f32 = fields.iter().sum();
    let [word, ..] = dice.draw().words();
    let mut left = (word >> 8) as f32 / STEPS * all;
    for (unit, &share) in fields.iter().enumerate() {
        if left < share {
            return unit;
        }
        left -= share;
    }
    fields.len() - 1
}
