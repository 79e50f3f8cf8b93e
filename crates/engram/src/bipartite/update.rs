//! A step of learning: statistics of two sets of copies, and the weights that follow.

use alloc::vec;
use alloc::vec::Vec;

#[cfg(target_arch = "x86_64")]
use super::eights::Eights;
use super::held::{Held, gather, gather_scaled};
use super::lists::ByUnit;
use super::pairs::{Pairs, Two};
use super::panels::{Panels, Slice, WIDTH, mean};

/// What is known of the copies of a layer that is seen: its first units have numbers, of those after them it is written
/// down where they are on.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Copies.
    pub copies: usize,
    /// Numbers of the first units, unit by unit, within each copy by copy; none if all units are on or off.
    pub values: &'a [f32],
    /// The copies in which units are on. Of units that have numbers it is not asked.
    pub by_unit: &'a ByUnit,
}

impl<'a> Seen<'a> {
    /// The numbers of a unit, if it has some.
    #[inline(always)]
    fn values(&self, unit: usize) -> Option<&'a [f32]> {
        self.values.get(unit * self.copies..(unit + 1) * self.copies)
    }

    /// Mean of a unit over all copies.
    #[inline]
    fn mean(&self, unit: usize) -> f32 {
        let sum = match self.values(unit) {
            Some(values) => values.iter().sum(),
            None => self.by_unit.unit(unit).len() as f32,
        };
        sum / self.copies as f32
    }

    /// The sum over all copies of a unit times what is beside it.
    #[inline(always)]
    fn beside(&self, unit: usize, other: &[Slice]) -> Held {
        let zero = Held::splat(0.0);
        match self.values(unit) {
            Some(values) => gather_scaled(other, values, zero),
            None => gather(other, self.by_unit.unit(unit), zero),
        }
    }
}

/// A layer that was seen, and the means of the other layer's units beside it.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// The copies of the layer that is seen.
    pub seen: Seen<'a>,
    /// Means of the other layer's units, panel by panel and within each copy by copy.
    pub other: &'a [Slice],
}

impl Means<'_> {
    /// Means of the other layer's units of a panel, copy by copy.
    #[inline]
    fn panel(&self, panel: usize) -> &[Slice] {
        let copies = self.seen.copies;
        &self.other[panel * copies..(panel + 1) * copies]
    }
}

/// How far a step goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Learning rate.
    pub rate: f32,
    /// Part of the last step that is in this one.
    pub momentum: f32,
    /// Part of a weight that is taken away, times the rate.
    pub decay: f32,
}

/// What a step changes: the weights, of shape (seen units, other units), the biases of both layers, and how far all of
/// them went last.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Weights {
    /// Weights.
    pub weights: Panels,
    /// Biases of the layer that is seen.
    pub seen: Vec<f32>,
    /// Biases of the other layer.
    pub other: Vec<Slice>,
}

impl Weights {
    /// Nothing but zeros.
    #[must_use]
    pub fn zero(seen: usize, other: usize) -> Self {
        let other_bias = vec![[0.0; WIDTH]; super::panels_of(other)];
        Self { weights: Panels::zero(seen, other), seen: vec![0.0; seen], other: other_bias }
    }

    /// Whether it is of a net of these sizes with this number in the places beyond the last bias, as what was saved may not
    /// be.
    #[must_use]
    pub fn fits(&self, seen: usize, other: usize, beyond: f32) -> bool {
        self.weights.fits(seen, other)
            && self.seen.len() == seen
            && self.other.len() == super::panels_of(other)
            && self.other.as_flattened()[other..].iter().all(|&x| x == beyond)
    }

    /// Whether all numbers are some.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let biases = self.seen.iter().chain(self.other.as_flattened());
        biases.chain(self.weights.slices().as_flattened()).all(|x| x.is_finite())
    }
}

/// Offsets that both layers are counted from in a centred gradient.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Offsets {
    /// Of the layer that is seen, one a unit.
    pub seen: Vec<f32>,
    /// Of the other layer.
    pub other: Vec<Slice>,
}

/// Statistics of the data and of the model.
#[derive(Clone, Copy, Debug)]
pub enum Phases<'a> {
    /// Each by itself.
    Apart {
        /// Statistics of the data.
        data: Means<'a>,
        /// Statistics of the model.
        model: Means<'a>,
    },
    /// Of chains that began at the data: each copy of the one belongs to one of the other.
    Paired {
        /// Where units of the layer that is seen are on.
        pairs: &'a Pairs,
        /// Means of the other layer's units beside the data, panel by panel and within each copy by copy.
        data: &'a [Slice],
        /// The same beside the model.
        model: &'a [Slice],
    },
}

impl Phases<'_> {
    /// Mean of a unit that is seen: the data's less the model's.
    fn of_seen(&self, unit: usize) -> f32 {
        match self {
            Self::Apart { data, model } => data.seen.mean(unit) - model.seen.mean(unit),
            Self::Paired { pairs, .. } => {
                let [data, model] = pairs.on(unit).map(f32::from);
                (data - model) / pairs.copies() as f32
            }
        }
    }

    /// Means of the other layer's units of a panel, copy by copy.
    fn panel(&self, panel: usize) -> [&[Slice]; 2] {
        match self {
            Self::Apart { data, model } => [data.panel(panel), model.panel(panel)],
            Self::Paired { pairs, data, model } => {
                [data, model].map(|all| &all[panel * pairs.copies()..(panel + 1) * pairs.copies()])
            }
        }
    }

    /// How many panels the other layer has.
    fn panels(&self) -> usize {
        let (slices, copies) = match self {
            Self::Apart { data, .. } => (data.other, data.seen.copies),
            Self::Paired { pairs, data, .. } => (*data, pairs.copies()),
        };
        slices.len() / copies
    }

    /// The plain gradients of the weights between all units that are seen and a panel of the other layer, and the one after it
    /// if there is one.
    fn slopes(&self, panel: usize, to: &mut [Vec<Slice>; 2], room: &mut Vec<Two>) {
        let two = panel..(panel + 2).min(self.panels());
        match self {
            Self::Apart { data, model } => {
                two.zip(to).for_each(|(panel, to)| slopes(data, model, panel, to));
            }
            Self::Paired { pairs, .. } => {
                pairs.rows(two.map(|panel| self.panel(panel)), room);
                pairs.slopes(room, to);
            }
        }
    }
}

/// What a gradient is made of, and what is done to it on the way.
#[derive(Clone, Copy, Debug)]
pub struct Gradient<'a> {
    /// Statistics of the data and of the model.
    pub phases: Phases<'a>,
    /// Added to the gradient of the other layer's biases; nothing if it is empty.
    pub push: &'a [Slice],
    /// What units are counted from, if the gradient is centred.
    pub offsets: Option<&'a Offsets>,
}

/// Weights that follow the gradient fast and forget it fast, added to the weights where the model is sampled.
pub struct Fast<'a> {
    /// The weights.
    pub weights: &'a mut Panels,
    /// Part of them that is kept.
    pub keep: f32,
    /// Their learning rate.
    pub rate: f32,
}

/// Goes one step up the gradient: `velocity ← momentum · velocity + rate · (gradient − decay · weight)`, then
/// `weight ← weight + velocity`. Biases do not decay.
///
/// The gradient of a weight is `⟨v h⟩_data − ⟨v h⟩_model`; centred, with offsets μ and λ, it is
/// `⟨(v − μ)(h − λ)⟩_data − ⟨(v − μ)(h − λ)⟩_model`, and the biases' take the offsets' part of it back (J. Melchior,
/// A. Fischer & L. Wiskott, *How to center deep Boltzmann machines*, JMLR 17 (2016), algorithm 1).
pub fn update(
    net: &mut Weights,
    velocity: &mut Weights,
    gradient: Gradient<'_>,
    step: Step,
    mut fast: Option<Fast<'_>>,
) {
    let Gradient { phases, push, offsets } = gradient;
    let units = net.seen.len();
    let mut seen: Vec<f32> = (0..units).map(|unit| phases.of_seen(unit)).collect();
    let of_seen = seen.clone();
    let Step { rate, momentum, decay } = step;
    let (rates, decays) = (Held::splat(rate), Held::splat(decay));
    let go = |number: &mut Slice, velocity: &mut Slice, slope: Held| {
        let step = Held::splat(momentum) * Held::of(velocity) + rates * slope;
        *velocity = step.slice();
        *number = (Held::of(number) + step).slice();
    };
    let mut slopes = [vec![[0.0; WIDTH]; units], vec![[0.0; WIDTH]; units]];
    let mut room = Vec::new();
    for panel in 0..net.weights.count() {
        // Those of two panels are calculated at once.
        if panel % 2 == 0 {
            phases.slopes(panel, &mut slopes, &mut room);
        }
        let [of_data, of_model] = phases.panel(panel);
        let mut other = Held::of(&mean(of_data)) - Held::of(&mean(of_model));
        let of_other = other;
        let (weights, velocities) = (net.weights.panel_mut(panel), velocity.weights.panel_mut(panel));
        let mut fast = fast.as_mut().map(|fast| (fast.keep, fast.rate, fast.weights.panel_mut(panel)));
        for (unit, slope) in slopes[panel % 2].iter().enumerate() {
            let mut slope = Held::of(slope);
            if let Some((keep, rate, weights)) = &mut fast {
                let weight = &mut weights[unit];
                *weight = (Held::splat(*keep) * Held::of(weight) + Held::splat(*rate) * slope).slice();
            }
            if let Some(offsets) = offsets {
                let (mu, lambda) = (Held::splat(offsets.seen[unit]), Held::of(&offsets.other[panel]));
                slope = slope - (mu * of_other + Held::splat(of_seen[unit]) * lambda);
                other = other - slope * mu;
                seen[unit] -= (slope * lambda).slice().iter().fold(0.0, |sum, x| sum + x);
            }
            let weight = &mut weights[unit];
            go(weight, &mut velocities[unit], slope - decays * Held::of(weight));
        }
        if let Some(push) = push.get(panel) {
            other = other + Held::of(push);
        }
        go(&mut net.other[panel], &mut velocity.other[panel], other);
    }
    for ((bias, velocity), slope) in net.seen.iter_mut().zip(&mut velocity.seen).zip(seen) {
        *velocity = momentum * *velocity + rate * slope;
        *bias += *velocity;
    }
}

/// The plain gradient of the weights between a panel and all units. Apart from what is done with it, for the sake of
/// registers.
#[inline(never)]
fn slopes(data: &Means<'_>, model: &Means<'_>, panel: usize, to: &mut [Slice]) {
    let (of_data, of_model) = (data.panel(panel), model.panel(panel));
    let shares = [1.0 / data.seen.copies as f32, 1.0 / model.seen.copies as f32];
    #[cfg(target_arch = "x86_64")]
    if let Some(eights) = Eights::there()
        && data.seen.values.is_empty()
        && model.seen.values.is_empty()
    {
        let lists = (0..to.len()).map(|unit| [data.seen.by_unit.unit(unit), model.seen.by_unit.unit(unit)]);
        return eights.differences([of_data, of_model], lists, shares, to);
    }
    let (of_all_data, of_all_model) = (Held::splat(shares[0]), Held::splat(shares[1]));
    for (unit, to) in to.iter_mut().enumerate() {
        let (a, b) = (data.seen.beside(unit, of_data), model.seen.beside(unit, of_model));
        *to = (a * of_all_data - b * of_all_model).slice();
    }
}
