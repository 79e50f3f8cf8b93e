//! A machine made ready to be sampled: in single precision, its weights cut for sums over units that are on.

use alloc::vec;
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::{Rbm, RbmError};
use crate::bipartite::{
    Groups, Layer, Lists, NEVER, Panels, Rounded, Slice, WIDTH, Weights, cut, draw, fields, panels_of,
    probabilities, put,
};
#[cfg(feature = "serde")]
use crate::bipartite::{MAX_GROUP, MAX_LAYER};
use crate::math::{self, vector};
use crate::rng::Lanes;

/// A machine in single precision, with its weights both ways round.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Saved"))]
pub struct Sampler {
    /// Weights, shape (V, H), and biases.
    net: Weights,
    labels: usize,
    /// How many times over the visible units feel the weights.
    echo: f32,
    /// Weights that the visible units feel, shape (H, V), once they are asked for.
    #[cfg_attr(feature = "serde", serde(skip))]
    back: OnceCell<Panels>,
    /// Biases of the visible units, cut.
    #[cfg_attr(feature = "serde", serde(skip))]
    bias: Vec<Slice>,
    /// Weights of shape (V, H) and (H, V), rounded, if they are wanted.
    #[cfg_attr(feature = "serde", serde(skip))]
    rounded: Option<[Rounded; 2]>,
}

impl PartialEq for Sampler {
    fn eq(&self, other: &Self) -> bool {
        // The rest follows from these, whether it has been asked for or not.
        self.net == other.net && self.labels == other.labels && self.echo == other.echo
    }
}

/// What is saved of one: the rest follows.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    net: Weights,
    labels: usize,
    echo: f32,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for Sampler {
    type Error = &'static str;

    fn try_from(Saved { net, labels, echo }: Saved) -> Result<Self, Self::Error> {
        let (visible, hidden) = (net.seen.len(), net.weights.columns());
        let possible = net.fits(visible, hidden, NEVER)
            && (1..=MAX_LAYER).contains(&visible)
            && (1..=MAX_LAYER).contains(&hidden)
            && (labels == 0 || (2..=MAX_GROUP).contains(&labels) && labels < visible);
        let possible = possible && [0.5, 1.0, 2.0].contains(&echo);
        if possible {
            Ok(Self::of(net, labels).echoing(echo))
        } else {
            Err("the weights are not those of a machine")
        }
    }
}

impl Sampler {
    /// Of a machine; its numbers are rounded to single precision.
    #[must_use]
    pub fn new(machine: &Rbm) -> Self {
        let (visible, hidden) = (machine.visible(), machine.hidden());
        let weights = Panels::of(visible, hidden, |v, h| machine.weights()[h * visible + v] as f32);
        let seen = machine.visible_bias().iter().map(|&a| a as f32).collect();
        let other = cut(machine.hidden_bias().iter().map(|&c| c as f32), NEVER);
        Self::of(Weights { weights, seen, other }, machine.labels())
    }

    /// Of weights of shape (V, H).
    #[must_use]
    pub fn of(net: Weights, labels: usize) -> Self {
        let bias = vec![[NEVER; WIDTH]; panels_of(net.weights.rows())];
        let mut sampler = Self { net, labels, echo: 1.0, back: OnceCell::new(), bias, rounded: None };
        sampler.refresh();
        sampler
    }

    /// The same where the visible units feel the weights so many times over: as a machine draws that is to become part of a
    /// stack ([`Place`](crate::learning::contrastive::Place)). All that is told of it but what it draws, and what visible
    /// units are on average given hidden ones, is of the machine without that.
    #[must_use]
    pub(crate) fn echoing(mut self, echo: f32) -> Self {
        self.echo = echo;
        self.refresh();
        self
    }

    /// The machine, in double precision.
    ///
    /// # Errors
    /// A weight or bias has become no number, or too large.
    pub fn machine(&self) -> Result<Rbm, RbmError> {
        let (visible, hidden) = (self.visible(), self.hidden());
        let at = |k: usize| f64::from(self.net.weights.at(k % visible, k / visible));
        Rbm::new(
            (0..visible * hidden).map(at).collect(),
            self.net.seen.iter().map(|&a| f64::from(a)).collect(),
            self.net.other.as_flattened()[..hidden].iter().map(|&c| f64::from(c)).collect(),
            self.labels,
        )
    }

    /// Visible units V, labels among them.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.net.weights.rows()
    }

    /// Hidden units H.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.net.weights.columns()
    }

    /// Labels K.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// Weights of shape (V, H), and biases.
    #[must_use]
    pub fn net(&self) -> &Weights {
        &self.net
    }

    /// Changes weights and biases.
    pub fn change(&mut self, how: impl FnOnce(&mut Weights)) {
        how(&mut self.net);
        self.refresh();
    }

    /// From now on holds rounded weights, too, or none; what is drawn to learn from is drawn by them.
    pub(crate) fn round(&mut self, rounded: bool) {
        if rounded != self.rounded.is_some() {
            let (visible, hidden) = (self.visible(), self.hidden());
            self.rounded = rounded.then(|| [Rounded::zero(visible, hidden), Rounded::zero(hidden, visible)]);
            self.refresh();
        }
    }

    fn refresh(&mut self) {
        self.bias.as_flattened_mut().iter_mut().zip(&self.net.seen).for_each(|(to, a)| *to = *a);
        let back = self.back.take();
        if let Some([up, down]) = &mut self.rounded {
            up.follow(&self.net.weights);
            down.transpose_of(up, self.echo);
        } else {
            // What it is drawn from is wanted at once; it takes the room that is there.
            let back = back.unwrap_or_else(|| Panels::zero(self.hidden(), self.visible()));
            self.back = OnceCell::from(self.turned(back));
        }
    }

    /// The weights that the visible units feel, put into this room.
    fn turned(&self, mut back: Panels) -> Panels {
        back.transpose_of(&self.net.weights);
        if self.echo != 1.0 {
            back.slices_mut().as_flattened_mut().iter_mut().for_each(|w| *w *= self.echo);
        }
        back
    }

    /// What the hidden units feel.
    #[must_use]
    pub fn up(&self) -> Layer<'_> {
        Layer { weights: &self.net.weights, bias: &self.net.other }
    }

    /// What the visible units feel.
    #[must_use]
    pub fn down(&self) -> Layer<'_> {
        let back = || self.turned(Panels::zero(self.hidden(), self.visible()));
        Layer { weights: self.back.get_or_init(back), bias: &self.bias }
    }

    /// How visible units are drawn, at these inverse temperatures.
    #[must_use]
    pub fn groups<'a>(&self, slopes: &'a [f32]) -> Groups<'a> {
        Groups { single: self.visible() - self.labels, slopes }
    }

    /// Probabilities of the hidden units, panel by panel and within each copy by copy.
    #[must_use]
    pub fn hidden_means(&self, visible: &Lists) -> Vec<Slice> {
        let mut means = vec![[0.0; WIDTH]; visible.copies() * self.up().bias.len()];
        probabilities(self.up(), visible, &mut means);
        means
    }

    /// Probabilities of the visible units; of labels, as if each were by itself. A row of V numbers a copy.
    #[must_use]
    pub fn visible_means(&self, hidden: &Lists) -> Vec<f32> {
        let mut rows = vec![0.0; hidden.copies() * self.visible()];
        fields(self.down(), hidden, |panel, copy, mut values| {
            vector::sigmoid(&mut values);
            put(&mut rows, self.visible(), panel, copy, &values);
        });
        rows
    }

    /// Draws hidden units, at inverse temperatures of each copy (1 for all if there are none).
    pub fn draw_hidden(&self, visible: &Lists, slopes: &[f32], dice: &mut Lanes, hidden: &mut Lists) {
        draw(self.up(), visible, Groups { single: self.hidden(), slopes }, dice, hidden, None);
    }

    /// Draws visible units, at inverse temperatures of each copy (1 for all if there are none).
    pub fn draw_visible(&self, hidden: &Lists, slopes: &[f32], dice: &mut Lanes, visible: &mut Lists) {
        draw(self.down(), hidden, self.groups(slopes), dice, visible, None);
    }

    /// Draws hidden units for a step of learning: by rounded weights if there are such. The probabilities may be written
    /// down, panel by panel and within each copy by copy.
    pub(crate) fn learn_hidden(
        &self,
        visible: &Lists,
        dice: &mut Lanes,
        hidden: &mut Lists,
        known: Option<&mut [Slice]>,
    ) {
        let groups = Groups { single: self.hidden(), slopes: &[] };
        match &self.rounded {
            Some([up, _]) => {
                draw(Layer { weights: up, bias: &self.net.other }, visible, groups, dice, hidden, known);
            }
            None => draw(self.up(), visible, groups, dice, hidden, known),
        }
    }

    /// Draws visible units in the same way.
    pub(crate) fn learn_visible(&self, hidden: &Lists, dice: &mut Lanes, visible: &mut Lists) {
        match &self.rounded {
            Some([_, down]) => {
                let layer = Layer { weights: down, bias: &self.bias };
                draw(layer, hidden, self.groups(&[]), dice, visible, None);
            }
            None => draw(self.down(), hidden, self.groups(&[]), dice, visible, None),
        }
    }

    /// The probabilities that hidden units would be drawn by in that way, panel by panel and within each copy by copy.
    pub(crate) fn learn_means(&self, visible: &Lists, to: &mut [Slice]) {
        match &self.rounded {
            Some([up, _]) => probabilities(Layer { weights: up, bias: &self.net.other }, visible, to),
            None => probabilities(self.up(), visible, to),
        }
    }

    /// Free energies of pictures.
    #[must_use]
    pub fn free_energies(&self, visible: &Lists) -> Vec<f64> {
        let bias =
            |on: &[u16]| on.iter().map(|&unit| f64::from(self.net.seen[usize::from(unit)])).sum::<f64>();
        let mut energies: Vec<f64> = visible.iter().map(|on| -bias(on)).collect();
        fields(self.up(), visible, |_, copy, mut values| {
            vector::softplus(&mut values);
            energies[copy] -= f64::from(values.iter().sum::<f32>());
        });
        energies
    }

    /// The logarithm of each label's probability given the rest of a picture, exactly, whatever label the picture has.
    #[must_use]
    pub fn label_posteriors(&self, pictures: &Lists) -> Vec<Vec<f64>> {
        let single = self.visible() - self.labels;
        let mut bare = Lists::new(self.visible(), pictures.copies());
        for (copy, on) in pictures.iter().enumerate() {
            on.iter().filter(|unit| usize::from(**unit) < single).for_each(|&unit| bare.push(copy, unit));
        }
        let biases = self.net.seen[single..].iter().map(|&d| f64::from(d));
        let mut all: Vec<Vec<f64>> = alloc::vec![biases.collect(); pictures.copies()];
        fields(self.up(), &bare, |panel, copy, values| {
            let rows = &self.net.weights.panel(panel)[single..];
            for (sum, row) in all[copy].iter_mut().zip(rows) {
                let mut felt = values;
                felt.iter_mut().zip(row).for_each(|(x, w)| *x += w);
                vector::softplus(&mut felt);
                *sum += f64::from(felt.iter().sum::<f32>());
            }
        });
        for scores in &mut all {
            let z = math::log_sum_exp(scores);
            scores.iter_mut().for_each(|x| *x -= z);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::rng::{Rng, Stream};

    fn machine() -> Sampler {
        let (visible, hidden) = (266, 247);
        let mut rng = Rng::new(3, Stream::Learning, 0);
        let mut numbers =
            |count: usize, scale| -> Vec<f64> { (0..count).map(|_| scale * rng.normal()).collect() };
        let machine =
            Rbm::new(numbers(visible * hidden, 0.2), numbers(visible, 1.0), numbers(hidden, 1.0), 10);
        Sampler::new(&machine.expect("numbers"))
    }

    #[test]
    fn weights_are_rounded_where_it_is_learned_and_nowhere_else() {
        let mut machine = machine();
        let cells: Vec<u8> = (0..3 * machine.visible()).map(|k| u8::from(k % 7 < 2)).collect();
        let visible = Lists::of(machine.visible(), &cells);
        for rounded in [false, true, false] {
            machine.round(rounded);
            machine.change(|net| net.weights.panel_mut(2)[7][8] += 0.5);
            let exact = machine.hidden_means(&visible);
            let mut drawn = exact.clone();
            machine.learn_means(&visible, &mut drawn);
            let pairs = exact.as_flattened().iter().zip(drawn.as_flattened());
            let most = pairs.fold(0.0f32, |most, (a, b)| most.max((a - b).abs()));
            // Of some 75 weights, each off by at most half a 1024th of the largest; the slope is a quarter at most.
            let bound = 10.0 * machine.net.weights.most() / 1024.0;
            assert!(if rounded { (1e-4..bound).contains(&most) } else { most == 0.0 }, "{most}");
            assert_eq!(machine.net.weights.at(7, 40), machine.down().weights.at(40, 7));
        }
    }

    #[test]
    fn what_is_drawn_by_rounded_weights_has_the_law_of_the_weights() {
        let mut machine = machine();
        machine.round(true);
        let (copies, hidden) = (4000, machine.hidden());
        let cells: Vec<u8> = (0..machine.visible()).map(|k| u8::from(k % 5 < 2)).collect();
        let visible = Lists::of(machine.visible(), &cells.repeat(copies));
        let expected = machine.hidden_means(&Lists::of(machine.visible(), &cells));
        let (mut drawn, mut dice) = (Lists::new(hidden, 0), Lanes::new(5, Stream::Learning, 0));
        machine.learn_hidden(&visible, &mut dice, &mut drawn, None);
        let mut counts = vec![0.0; hidden];
        drawn.iter().flatten().for_each(|&unit| counts[usize::from(unit)] += 1.0);
        let n = copies as f64;
        let squares = counts.iter().zip(expected.as_flattened()).map(|(count, &p)| {
            let p = f64::from(p).clamp(1e-3, 1.0 - 1e-3);
            (count - n * p) * (count - n * p) / (n * p * (1.0 - p))
        });
        // A sum of squares of as many normal numbers as there are units: within four standard deviations of its mean.
        let (sum, h) = (squares.sum::<f64>(), hidden as f64);
        assert!((sum - h).abs() < 4.0 * math::sqrt(2.0 * h), "{sum} of {h} units");
    }
}
