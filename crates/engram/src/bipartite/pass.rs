//! From the states of one layer to those of another.

use alloc::vec;
use alloc::vec::Vec;

use super::held::gather_all;
use super::lists::Lists;
use super::panels::{Panels, Slice, WIDTH, gather, gather_scaled};
use crate::math::vector;
use crate::rng::Lanes;

/// What a layer feels from another: the weights, of shape (units of the other, units of this), and the biases.
#[derive(Clone, Copy, Debug)]
pub struct Layer<'a> {
    /// The weights.
    pub weights: &'a Panels,
    /// The biases, cut as the columns of the weights, with [`NEVER`](super::NEVER) beyond the last.
    pub bias: &'a [Slice],
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
    let mut of_panel = vec![[0.0; WIDTH]; from.copies()];
    for (panel, bias) in layer.bias.iter().enumerate() {
        gather_all(layer.weights.panel(panel), from, bias, &mut of_panel);
        of_panel.iter().enumerate().for_each(|(copy, fields)| each(panel, copy, *fields));
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
pub fn probabilities(layer: Layer<'_>, from: &Lists, to: &mut [Slice]) {
    let copies = from.copies();
    fields(layer, from, |panel, copy, mut values| {
        vector::sigmoid(&mut values);
        to[panel * copies + copy] = values;
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
pub fn draw(
    layer: Layer<'_>,
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
    fields(layer, from, |panel, copy, mut values| {
        let first = panel * WIDTH;
        if first >= single {
            return;
        }
        if let Some(&slope) = groups.slopes.get(copy) {
            values.iter_mut().for_each(|x| *x *= slope);
        }
        vector::sigmoid(&mut values);
        let chosen = choose(&values, dice);
        to.push_chosen(copy, first, &chosen[..WIDTH.min(single - first)]);
        if let Some(known) = &mut known {
            known[panel * copies + copy] = values;
        }
    });
    if single < units {
        draw_group(layer, from, groups, dice, to);
    }
}

/// Draws whether each of sixteen units is on.
#[inline(always)]
pub(crate) fn choose(probabilities: &Slice, dice: &mut Lanes) -> [bool; WIDTH] {
    let mut words = [0; WIDTH];
    for four in words.as_chunks_mut::<4>().0 {
        *four = dice.draw().words();
    }
    let mut chosen = [false; WIDTH];
    for k in 0..WIDTH {
        // The words as signed numbers: these become fractions in one instruction.
        chosen[k] = ((words[k] >> 8) as i32 as f32) < probabilities[k] * STEPS;
    }
    chosen
}

/// Draws the group of which exactly one unit is on.
fn draw_group(layer: Layer<'_>, from: &Lists, groups: Groups<'_>, dice: &mut Lanes, to: &mut Lists) {
    let units = layer.weights.columns();
    let mut shares = [0.0f32; MAX_GROUP + WIDTH];
    for copy in 0..from.copies() {
        let slope = groups.slopes.get(copy).copied().unwrap_or(1.0);
        let first = groups.single / WIDTH * WIDTH;
        for (k, panel) in (groups.single / WIDTH..layer.bias.len()).enumerate() {
            let values = gather(layer.weights.panel(panel), from.copy(copy), layer.bias[panel]);
            shares[k * WIDTH..][..WIDTH].copy_from_slice(&values.map(|x| x * slope));
        }
        let shares = &mut shares[groups.single - first..units - first];
        let greatest = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        shares.iter_mut().for_each(|x| *x -= greatest);
        vector::exp(shares);
        let all: f32 = shares.iter().sum();
        let [word, ..] = dice.draw().words();
        let mut left = (word >> 8) as f32 / STEPS * all;
        let mut chosen = shares.len() - 1;
        for (k, &share) in shares.iter().enumerate() {
            if left < share {
                chosen = k;
                break;
            }
            left -= share;
        }
        to.push(copy, (groups.single + chosen) as u16);
    }
}
