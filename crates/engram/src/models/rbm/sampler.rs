//! A machine made ready to be sampled: in single precision, its weights cut for sums over units that are on.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rbm, RbmError};
use crate::bipartite::{
    Groups, Layer, Lists, NEVER, Panels, Slice, WIDTH, Weights, cut, draw, fields, panels_of, probabilities,
    put,
};
#[cfg(feature = "serde")]
use crate::bipartite::{MAX_GROUP, MAX_LAYER};
use crate::math::{self, vector};
use crate::rng::Lanes;

/// A machine in single precision, with its weights both ways round.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Saved"))]
pub struct Sampler {
    /// Weights, shape (V, H), and biases.
    net: Weights,
    labels: usize,
    /// How many times over the visible units feel the weights.
    echo: f32,
    /// Weights that the visible units feel, shape (H, V).
    #[cfg_attr(feature = "serde", serde(skip))]
    back: Panels,
    /// Biases of the visible units, cut.
    #[cfg_attr(feature = "serde", serde(skip))]
    bias: Vec<Slice>,
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
        let (visible, hidden) = (net.weights.rows(), net.weights.columns());
        let bias = vec![[NEVER; WIDTH]; panels_of(visible)];
        let mut sampler = Self { net, labels, echo: 1.0, back: Panels::zero(hidden, visible), bias };
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

    fn refresh(&mut self) {
        self.back.transpose_of(&self.net.weights);
        if self.echo != 1.0 {
            self.back.slices_mut().as_flattened_mut().iter_mut().for_each(|w| *w *= self.echo);
        }
        self.bias.as_flattened_mut().iter_mut().zip(&self.net.seen).for_each(|(to, a)| *to = *a);
    }

    /// What the hidden units feel.
    #[must_use]
    pub fn up(&self) -> Layer<'_> {
        Layer { weights: &self.net.weights, bias: &self.net.other }
    }

    /// What the visible units feel.
    #[must_use]
    pub fn down(&self) -> Layer<'_> {
        Layer { weights: &self.back, bias: &self.bias }
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
