//! Copies of a layer in two phases, where each copy of the one belongs to a copy of the other.
//!
//! After a few steps of a chain most units are still as they were. What such a unit has to do with another one is their
//! difference of two phases, so it is calculated once, and a sum over copies has one term where both phases have one.

use alloc::vec::Vec;

use super::held::Held;
use super::lists::Lists;
use super::panels::{Slice, WIDTH};

/// Most copies of a phase.
pub const MAX_PAIRS: usize = (1 << 16) / TERMS;

/// Terms of a copy: both phases, the data's alone and the model's alone.
const TERMS: usize = 3;

/// Numbers of one row in two panels.
pub(super) type Two = [Slice; 2];

/// Of each unit, the copies in which it is on, and in which phase.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    copies: usize,
    units: Vec<Unit>,
    /// Terms, a row of `copies + 1` places a unit.
    terms: Vec<u16>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Unit {
    /// In how many copies it is on in the data, and in the model.
    on: [u16; 2],
    /// How many of its terms count.
    count: u16,
    /// Twice the copies that came before the one in which it was last seen to be on; one more if in the model alone, two more
    /// if in the data, too.
    mark: u32,
}

impl Pairs {
    /// Writes down in which copies units are on. There are as many of both, at most [`MAX_PAIRS`].
    pub fn turn(&mut self, data: &Lists, model: &Lists) {
        self.copies = data.copies();
        self.units.clear();
        self.units.resize(data.units(), Unit::default());
        let room = self.copies + 1;
        self.terms.resize(data.units() * room, 0);
        for (copy, (data, model)) in data.iter().zip(model.iter()).enumerate() {
            let term = (copy * TERMS) as u16;
            let (alone, met) = (2 * copy as u32 + 1, 2 * copy as u32 + 2);
            for &unit in model {
                let unit = &mut self.units[usize::from(unit)];
                unit.mark = alone;
                unit.on[1] += 1;
            }
            for &unit in data {
                let terms = usize::from(unit) * room;
                let unit = &mut self.units[usize::from(unit)];
                self.terms[terms + usize::from(unit.count)] = term + u16::from(unit.mark != alone);
                unit.count += 1;
                unit.mark = met;
                unit.on[0] += 1;
            }
            // Nothing branches on what is on: where it does not count, the next one is written over it.
            for &unit in model {
                let terms = usize::from(unit) * room;
                let unit = &mut self.units[usize::from(unit)];
                self.terms[terms + usize::from(unit.count)] = term + 2;
                unit.count += u16::from(unit.mark == alone);
            }
        }
    }

    /// Copies of each phase.
    #[must_use]
    pub fn copies(&self) -> usize {
        self.copies
    }

    /// In how many copies a unit is on: in the data, and in the model.
    #[inline]
    #[must_use]
    pub fn on(&self, unit: usize) -> [u16; 2] {
        self.units[unit].on
    }

    /// What the terms stand for, beside two panels of the other layer or a last one: of each copy the difference of both
    /// phases, the data's and the model's taken away.
    pub(super) fn rows<'a>(&self, panels: impl Iterator<Item = [&'a [Slice]; 2]>, to: &mut Vec<Two>) {
        to.resize(self.copies * TERMS, [[0.0; WIDTH]; 2]);
        let zero = Held::splat(0.0);
        for (side, [data, model]) in panels.enumerate() {
            for ((rows, data), model) in to.as_chunks_mut::<TERMS>().0.iter_mut().zip(data).zip(model) {
                let (data, model) = (Held::of(data), Held::of(model));
                rows[0][side] = (data - model).slice();
                rows[1][side] = data.slice();
                rows[2][side] = (zero - model).slice();
            }
        }
    }

    /// The gradients of the weights between two panels, of which these are the rows, and all units. Apart from what is done
    /// with them, for the sake of registers.
    #[inline(never)]
    pub(super) fn slopes(&self, rows: &[Two], to: &mut [Vec<Slice>; 2]) {
        let (share, zero) = (Held::splat(1.0 / self.copies as f32), Held::splat(0.0));
        let [left, right] = to;
        for ((unit, left), right) in left.iter_mut().enumerate().zip(right) {
            let (mut a, mut b) = (zero, zero);
            for &term in self.terms(unit) {
                let [c, d] = &rows[usize::from(term)];
                (a, b) = (a + Held::of(c), b + Held::of(d));
            }
            (*left, *right) = ((a * share).slice(), (b * share).slice());
        }
    }

    /// The terms of a unit.
    #[inline]
    fn terms(&self, unit: usize) -> &[u16] {
        &self.terms[unit * (self.copies + 1)..][..usize::from(self.units[unit].count)]
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::bipartite::{ByUnit, Gradient, Means, Offsets, Phases, Seen, Step, Weights, cut, update};
    use crate::rng::{Rng, Stream};

    const UNITS: usize = 21;
    const COPIES: usize = 9;

    /// Units that are always on, never on and on now and then.
    fn some(rng: &mut Rng) -> Lists {
        let on = |unit: usize, rng: &mut Rng| unit == 0 || unit % 5 != 1 && rng.below(3) == 0;
        let cells: Vec<u8> = (0..UNITS * COPIES).map(|k| u8::from(on(k % UNITS, rng))).collect();
        Lists::of(UNITS, &cells)
    }

    #[test]
    fn a_step_is_the_same_whether_phases_are_paired_or_apart() {
        let mut rng = Rng::new(4, Stream::Patterns, 0);
        // Kept from batch to batch, as a learner keeps it.
        let mut pairs = Pairs::default();
        for others in [1usize, 16, 17, 32, 40, 5] {
            let (data, model) = (some(&mut rng), some(&mut rng));
            let mut means = || -> Vec<Slice> {
                let slices = others.div_ceil(WIDTH) * COPIES;
                (0..slices).map(|_| core::array::from_fn(|_| rng.unit() as f32)).collect()
            };
            let (of_data, of_model) = (means(), means());
            let mut turned = [ByUnit::default(), ByUnit::default()];
            turned[0].turn(&data);
            turned[1].turn(&model);
            let of = |by_unit, other| Means { seen: Seen { copies: COPIES, values: &[], by_unit }, other };
            let apart = Phases::Apart { data: of(&turned[0], &of_data), model: of(&turned[1], &of_model) };
            pairs.turn(&data, &model);
            let paired = Phases::Paired { pairs: &pairs, data: &of_data, model: &of_model };
            for unit in 0..UNITS {
                let [a, b] = [&turned[0], &turned[1]].map(|turned| turned.unit(unit).len());
                assert_eq!(pairs.on(unit).map(usize::from), [a, b]);
            }
            let offsets = Offsets {
                seen: vec![0.3; UNITS],
                other: cut((0..others).map(|k| k as f32 / others as f32), 0.0),
            };
            for offsets in [None, Some(&offsets)] {
                let learned = [apart, paired].map(|phases| {
                    let (mut net, mut velocity) =
                        (Weights::zero(UNITS, others), Weights::zero(UNITS, others));
                    let gradient = Gradient { phases, push: &[], offsets };
                    let step = Step { rate: 1.0, momentum: 0.5, decay: 0.1 };
                    update(&mut net, &mut velocity, gradient, step, None);
                    net
                });
                let numbers = |net: &Weights| -> Vec<f32> {
                    let all = net.seen.iter().chain(net.other.as_flattened());
                    all.chain(net.weights.slices().as_flattened()).copied().collect()
                };
                let [apart, paired] = learned.each_ref().map(numbers);
                assert!(apart.iter().any(|x| x.abs() > 0.05));
                assert!(apart.iter().zip(&paired).all(|(a, b)| (a - b).abs() < 2e-6));
            }
        }
    }
}
