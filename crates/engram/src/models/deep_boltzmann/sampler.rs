//! A machine made ready to be sampled, in single precision: the folded one.

use alloc::vec;
use alloc::vec::Vec;
#[cfg(feature = "serde")]
use core::ops::Range;

use super::layout::Layout;
use super::mean_field::entropy;
use super::{DeepBoltzmann, DeepBoltzmannError, MeanField};
#[cfg(feature = "serde")]
use crate::bipartite::NEVER;
use crate::bipartite::{
    Lists, Slice, WIDTH, Weights, fields, fields_of_values, gather_scaled, panels_of, put,
};
use crate::math::vector;
use crate::models::rbm::Sampler;
use crate::order::sort_by;
use crate::rng::Lanes;

/// A machine in single precision. Even layers and odd layers are each put side by side, as in [`DeepBoltzmann::folded`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Saved", into = "Saved"))]
pub struct DeepBoltzmannSampler {
    layout: Layout,
    net: Sampler,
}

/// What is saved of one.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Saved {
    sizes: Vec<usize>,
    net: Sampler,
}

#[cfg(feature = "serde")]
impl From<DeepBoltzmannSampler> for Saved {
    fn from(sampler: DeepBoltzmannSampler) -> Self {
        Self { sizes: sampler.layout.sizes().to_vec(), net: sampler.net }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for DeepBoltzmannSampler {
    type Error = &'static str;

    fn try_from(Saved { sizes, net }: Saved) -> Result<Self, Self::Error> {
        const NOT: &str = "the numbers are not those of a machine";
        let possible = super::HIDDEN_LAYERS.contains(&sizes.len().saturating_sub(1))
            && sizes.iter().all(|&size| (1..=crate::bipartite::MAX_LAYER).contains(&size));
        if !possible {
            return Err(NOT);
        }
        let sampler = Self { layout: Layout::new(sizes), net };
        if sampler.is_laid_out() { Ok(sampler) } else { Err(NOT) }
    }
}

/// Means of the hidden units of a mini-batch, each independent of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Beliefs {
    /// Of even layers but the visible one, side by side: a row a copy.
    pub even: Vec<f32>,
    /// Of odd layers, side by side, panel by panel and within each copy by copy.
    pub odd: Vec<Slice>,
    /// Rounds that it took.
    pub rounds: u32,
    /// Whether no mean of any copy changed by more than the tolerance at last.
    pub settled: bool,
}

impl DeepBoltzmannSampler {
    /// Of a machine; its numbers are rounded to single precision.
    #[must_use]
    pub fn new(machine: &DeepBoltzmann) -> Self {
        Self { layout: machine.layout.clone(), net: Sampler::new(&machine.folded) }
    }

    /// The machine, in double precision.
    ///
    /// # Errors
    /// A number has become none, or too large.
    pub fn machine(&self) -> Result<DeepBoltzmann, DeepBoltzmannError> {
        let (net, sizes) = (self.net.net(), self.sizes());
        let mut weights = Vec::new();
        for link in 1..sizes.len() {
            let (below, above) = (self.layout.range(link - 1), self.layout.range(link));
            let at = |(above, below): (usize, usize)| {
                let (odd, even) = if link % 2 == 1 { (above, below) } else { (below, above) };
                f64::from(net.weights.at(even, odd))
            };
            let pairs = above.flat_map(|above| below.clone().map(move |below| (above, below)));
            weights.push(pairs.map(at).collect());
        }
        let bias = |layer: usize| {
            let side = if layer.is_multiple_of(2) { &net.seen[..] } else { net.other.as_flattened() };
            side[self.layout.range(layer)].iter().map(|&b| f64::from(b)).collect()
        };
        DeepBoltzmann::new(weights, (0..sizes.len()).map(bias).collect())
    }

    /// Units of each layer, from the bottom up.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        self.layout.sizes()
    }

    /// The restricted machine that it is. Its ln Z is estimated by [`Ais`](crate::models::rbm::Ais).
    #[must_use]
    pub fn folded(&self) -> &Sampler {
        &self.net
    }

    /// Changes weights and biases. Between layers that are no neighbours weights stay zero, whatever they are put to.
    pub fn change(&mut self, how: impl FnOnce(&mut Weights)) {
        let layout = &self.layout;
        self.net.change(|net| {
            how(net);
            clear_apart(layout, net);
        });
    }

    /// Puts to zero what would link layers that are no neighbours.
    pub(crate) fn clear_apart(&self, net: &mut Weights) {
        clear_apart(&self.layout, net);
    }

    /// Whether all numbers are some: after a rate that is too high they may not be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.net.net().is_sound()
    }

    /// Whether its size is that of its layers, and no links are where there are none.
    #[cfg(feature = "serde")]
    fn is_laid_out(&self) -> bool {
        let none = |(even, mut odd): (Range<usize>, Range<usize>)| {
            odd.all(|odd| even.clone().all(|even| self.net.net().weights.at(even, odd) == 0.0))
        };
        self.net.net().fits(self.layout.even(), self.layout.odd(), NEVER)
            && self.net.labels() == 0
            && self.layout.apart().all(none)
    }

    /// States of the even layers where the visible ones are these pictures and all others are off.
    #[must_use]
    pub fn even_of(&self, pictures: &Lists) -> Lists {
        pictures.shifted(self.layout.even(), 0, self.layout.hidden_even())
    }

    /// Puts the visible units of states of the even layers into these pictures, copy by copy, and leaves the others. Done after
    /// each step of [`stir`](Self::stir), it keeps them so: what is drawn is then what the hidden units are given the pictures.
    pub fn show(&self, even: &mut Lists, pictures: &Lists) {
        let first = self.layout.hidden_even();
        let hidden = even.with_units(first);
        for copy in 0..even.copies().min(pictures.copies()) {
            even.clear(copy);
            hidden.copy(copy).iter().for_each(|&unit| even.push(copy, unit));
            pictures.copy(copy).iter().for_each(|&unit| even.push(copy, unit + first as u16));
        }
    }

    /// The weight between a unit of a layer and one of the layer above it.
    #[must_use]
    pub fn weight(&self, below: usize, unit: usize, above: usize) -> f32 {
        let (low, high) = (self.layout.range(below).start + unit, self.layout.range(below + 1).start + above);
        let weights = &self.net.net().weights;
        if below.is_multiple_of(2) { weights.at(low, high) } else { weights.at(high, low) }
    }

    /// Biases of the visible units.
    #[must_use]
    pub fn visible_bias(&self) -> &[f32] {
        &self.net.net().seen[self.layout.range(0)]
    }

    /// States of the even layers and of the odd ones, out of those of each layer from the bottom up.
    #[must_use]
    pub fn halves(&self, layers: &[Lists]) -> [Lists; 2] {
        let copies = layers[0].copies();
        [0, 1].map(|first| {
            let mut side: Vec<usize> = (first..layers.len()).step_by(2).collect();
            let start = |layer: &usize| self.layout.range(*layer).start;
            sort_by(&mut side, |a, b| start(a).cmp(&start(b)));
            let units = if first == 0 { self.layout.even() } else { self.layout.odd() };
            let mut half = Lists::new(units, copies);
            for copy in 0..copies {
                for &layer in &side {
                    let start = self.layout.range(layer).start as u16;
                    layers[layer].copy(copy).iter().for_each(|&unit| half.push(copy, start + unit));
                }
            }
            half
        })
    }

    /// States of one layer, 0 the visible one, out of those of both halves.
    #[must_use]
    pub fn layer(&self, layer: usize, even: &Lists, odd: &Lists) -> Lists {
        let place = self.layout.range(layer);
        let side = if layer.is_multiple_of(2) { even } else { odd };
        side.shifted(place.len(), place.start, 0)
    }

    /// Means of one hidden layer, from 1: a row a copy.
    #[must_use]
    pub fn means_of_layer(&self, layer: usize, beliefs: &Beliefs) -> Vec<f32> {
        let (place, even) = (self.layout.range(layer), self.layout.hidden_even());
        if layer.is_multiple_of(2) {
            return beliefs.even.chunks_exact(even).flat_map(|row| &row[place.clone()]).copied().collect();
        }
        let copies = beliefs.even.len() / even;
        let at = |copy: usize| {
            place.clone().map(move |unit| beliefs.odd[unit / WIDTH * copies + copy][unit % WIDTH])
        };
        (0..copies).flat_map(at).collect()
    }

    /// So many steps of Gibbs sampling: odd layers drawn, then even ones.
    pub fn stir(&self, even: &mut Lists, odd: &mut Lists, steps: u32, dice: &mut Lanes) {
        for _ in 0..steps {
            self.net.draw_hidden(even, &[], dice, odd);
            self.net.draw_visible(odd, &[], dice, even);
        }
    }

    /// The probabilities of the visible units given the odd layers: a row a copy. A dream is shown so, in greys.
    #[must_use]
    pub fn visible_means(&self, odd: &Lists) -> Vec<f32> {
        let even = self.net.visible_means(odd);
        let rows = even.chunks_exact(self.layout.even());
        rows.flat_map(|row| &row[self.layout.range(0)]).copied().collect()
    }

    /// What the machine makes of pictures: the probabilities of the visible units where the hidden ones stand at these means. A
    /// row a copy.
    #[must_use]
    pub fn reconstructions(&self, beliefs: &Beliefs) -> Vec<f32> {
        let (odd, even) = (self.layout.odd(), self.layout.even());
        let copies = beliefs.odd.len() / panels_of(odd);
        let at =
            |copy: usize| (0..odd).map(move |unit| beliefs.odd[unit / WIDTH * copies + copy][unit % WIDTH]);
        let values: Vec<f32> = (0..copies).flat_map(at).collect();
        let mut rows = vec![0.0; copies * even];
        fields_of_values(self.net.down(), &values, |panel, copy, mut felt| {
            vector::sigmoid(&mut felt);
            put(&mut rows, even, panel, copy, &felt);
        });
        rows.chunks_exact(even).flat_map(|row| &row[self.layout.range(0)]).copied().collect()
    }

    /// Means of the hidden units given pictures. All copies go on until the last of them has settled.
    #[must_use]
    pub fn mean_field(&self, pictures: &Lists, how: &MeanField) -> Beliefs {
        let (copies, even_units) = (pictures.copies(), self.layout.hidden_even());
        let (up, down) = (self.net.up(), self.net.down());
        // What odd layers feel from the pictures stays.
        let mut felt = vec![[0.0; WIDTH]; up.bias.len() * copies];
        fields(up, &self.even_of(pictures), |panel, copy, values| felt[panel * copies + copy] = values);
        let mut even = vec![0.5f32; copies * even_units];
        let mut odd = vec![[0.5f32; WIDTH]; felt.len()];
        let (mut rows, odd_units) = (vec![0.0f32; copies * self.layout.odd()], self.layout.odd());
        let kept = how.damping as f32;
        let (mut rounds, mut settled) = (0, false);
        while !settled && rounds < how.rounds {
            let mut most = 0.0f32;
            for (panel, odd) in odd.chunks_exact_mut(copies.max(1)).enumerate() {
                let width = WIDTH.min(odd_units - panel * WIDTH);
                for (copy, means) in odd.iter_mut().enumerate() {
                    let others = &even[copy * even_units..][..even_units];
                    let mut next =
                        gather_scaled(up.weights.panel(panel), others, felt[panel * copies + copy]);
                    vector::sigmoid(&mut next);
                    most = most.max(approach(means, &next, kept, width));
                    put(&mut rows, odd_units, panel, copy, means);
                }
            }
            for panel in 0..panels_of(even_units) {
                let width = WIDTH.min(even_units - panel * WIDTH);
                for (copy, others) in rows.chunks_exact(odd_units).enumerate() {
                    let mut next = gather_scaled(down.weights.panel(panel), others, down.bias[panel]);
                    vector::sigmoid(&mut next);
                    let means = &mut even[copy * even_units + panel * WIDTH..][..width];
                    most = most.max(approach(means, &next, kept, width));
                }
            }
            settled = most <= how.tolerance as f32;
            rounds += 1;
        }
        // Places beyond the last unit are never on.
        if let (Some(first), beyond @ 1..) = (odd.len().checked_sub(copies), odd_units % WIDTH) {
            odd[first..].iter_mut().for_each(|means| means[beyond..].fill(0.0));
        }
        Beliefs { even, odd, rounds, settled }
    }

    /// The bound below each picture's log-likelihood, in nats, where even layers have these means and odd ones the best that go
    /// with them; ln Z is given.
    #[must_use]
    pub fn bounds(&self, pictures: &Lists, beliefs: &Beliefs, ln_z: f64) -> Vec<f64> {
        let (even, hidden) = (self.layout.even(), self.layout.hidden_even());
        let mut values = vec![0.0f32; pictures.copies() * even];
        let mut bounds = vec![-ln_z; pictures.copies()];
        for (copy, row) in values.chunks_exact_mut(even).enumerate() {
            row[..hidden].copy_from_slice(&beliefs.even[copy * hidden..][..hidden]);
            pictures.copy(copy).iter().for_each(|&unit| row[hidden + usize::from(unit)] = 1.0);
            let seen = row.iter().zip(&self.net.net().seen);
            bounds[copy] += seen.map(|(x, b)| f64::from(x * b)).sum::<f64>();
            bounds[copy] += row[..hidden].iter().map(|&m| entropy(f64::from(m))).sum::<f64>();
        }
        fields_of_values(self.net.up(), &values, |_, copy, mut felt| {
            vector::softplus(&mut felt);
            bounds[copy] += f64::from(felt.iter().sum::<f32>());
        });
        bounds
    }
}

/// Brings means nearer to what they should be; the most that one of the first ones changed.
#[inline]
fn approach(means: &mut [f32], next: &Slice, kept: f32, width: usize) -> f32 {
    let mut most = 0.0f32;
    for (mean, next) in means.iter_mut().zip(next).take(width) {
        let change = (1.0 - kept) * (next - *mean);
        *mean += change;
        most = most.max(if change < 0.0 { -change } else { change });
    }
    most
}

fn clear_apart(layout: &Layout, net: &mut Weights) {
    for (even, odd) in layout.apart() {
        for column in odd {
            let rows = &mut net.weights.panel_mut(column / WIDTH)[even.clone()];
            rows.iter_mut().for_each(|row| row[column % WIDTH] = 0.0);
        }
    }
}
