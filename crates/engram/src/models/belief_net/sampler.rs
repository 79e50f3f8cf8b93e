//! A stack made ready to dream and to recognise, in single precision.

use alloc::vec;
use alloc::vec::Vec;

use super::{BeliefNet, BeliefNetError};
use crate::bipartite::{Lists, Slice, fields, fields_of_values, log_probabilities, put};
use crate::math::vector;
use crate::models::rbm::{RbmError, Sampler};
use crate::rng::Lanes;

/// A stack in single precision.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Vec<Sampler>", into = "Vec<Sampler>"))]
pub struct BeliefNetSampler {
    machines: Vec<Sampler>,
}

#[cfg(feature = "serde")]
impl From<BeliefNetSampler> for Vec<Sampler> {
    fn from(sampler: BeliefNetSampler) -> Self {
        sampler.machines
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Vec<Sampler>> for BeliefNetSampler {
    type Error = BeliefNetError;

    fn try_from(machines: Vec<Sampler>) -> Result<Self, Self::Error> {
        Self::of(machines)
    }
}

impl BeliefNetSampler {
    /// Of a stack; its numbers are rounded to single precision.
    #[must_use]
    pub fn new(net: &BeliefNet) -> Self {
        Self { machines: net.machines().iter().map(Sampler::new).collect() }
    }

    /// Of machines that learned one after the other, from the bottom up.
    ///
    /// # Errors
    /// As [`BeliefNet::new`], or a number has become none.
    pub fn of(machines: Vec<Sampler>) -> Result<Self, BeliefNetError> {
        let exact: Result<Vec<_>, RbmError> = machines.iter().map(Sampler::machine).collect();
        BeliefNet::new(exact?)?;
        Ok(Self { machines })
    }

    /// The machines, from the bottom up.
    #[must_use]
    pub fn machines(&self) -> &[Sampler] {
        &self.machines
    }

    /// The machine at the top.
    #[must_use]
    pub fn top(&self) -> &Sampler {
        &self.machines[self.machines.len() - 1]
    }

    fn lower(&self) -> &[Sampler] {
        &self.machines[..self.machines.len() - 1]
    }

    /// So many steps of Gibbs sampling in the top machine: hidden units drawn, then those that it sees, of which `chains` are
    /// the states. If `keep_labels`, the labels stay as they are: each chain then dreams of its own.
    pub fn stir(&self, chains: &mut Lists, steps: u32, keep_labels: bool, dice: &mut Lanes) {
        let top = self.top();
        let mut hidden = Lists::new(top.hidden(), 0);
        // Labels are the last units, of which one is on.
        let keep_labels = keep_labels && top.labels() > 0;
        let labels: Vec<Option<u16>> = chains.iter().map(|on| on.last().copied()).collect();
        for _ in 0..steps {
            top.draw_hidden(chains, &[], dice, &mut hidden);
            top.draw_visible(&hidden, &[], dice, chains);
            for (copy, label) in labels.iter().enumerate().filter(|_| keep_labels) {
                label.iter().for_each(|&label| chains.replace_last(copy, label));
            }
        }
    }

    /// One pass down from states that the top machine sees: all layers below its hidden one, from the visible one up. The
    /// last of them are the states themselves, without labels.
    #[must_use]
    pub fn descend(&self, seen: &Lists, dice: &mut Lanes) -> Vec<Lists> {
        let Some(next) = self.lower().last() else {
            return vec![seen.clone()];
        };
        let mut layers = vec![seen.with_units(next.hidden())];
        for machine in self.lower().iter().rev() {
            let mut below = Lists::new(machine.visible(), 0);
            machine.draw_visible(&layers[layers.len() - 1], &[], dice, &mut below);
            layers.push(below);
        }
        layers.reverse();
        layers
    }

    /// The probabilities of the visible units given states of the first hidden layer: a row of V numbers a copy. A dream is
    /// shown so, in greys.
    #[must_use]
    pub fn visible_means(&self, first: &Lists) -> Vec<f32> {
        self.machines[0].visible_means(first)
    }

    /// One pass up by draws: all hidden layers from the first up, the top machine's with no label on. What the next machine of
    /// a stack that is being built learns from is the last of them.
    #[must_use]
    pub fn ascend(&self, pictures: &Lists, dice: &mut Lanes) -> Vec<Lists> {
        let mut layers: Vec<Lists> = Vec::with_capacity(self.machines.len());
        for machine in &self.machines {
            let below = layers.last().unwrap_or(pictures).with_units(machine.visible());
            let mut above = Lists::new(machine.hidden(), 0);
            machine.draw_hidden(&below, &[], dice, &mut above);
            layers.push(above);
        }
        layers
    }

    /// One pass up by means: of all hidden layers from the first up the probabilities that units are on where those below stand
    /// at theirs. A row of a layer's units a copy.
    #[must_use]
    pub fn ascend_by_means(&self, pictures: &Lists) -> Vec<Vec<f32>> {
        let copies = pictures.copies();
        let mut layers: Vec<Vec<f32>> = Vec::with_capacity(self.machines.len());
        for machine in &self.machines {
            let hidden = machine.hidden();
            let mut rows = vec![0.0; copies * hidden];
            let each = |panel, copy, mut values: Slice| {
                vector::sigmoid(&mut values);
                put(&mut rows, hidden, panel, copy, &values);
            };
            match layers.last() {
                None => fields(machine.up(), &pictures.with_units(machine.visible()), each),
                Some(below) => {
                    // No label is on.
                    let mut wide = vec![0.0; copies * machine.visible()];
                    let known = machine.visible() - machine.labels();
                    for (to, from) in wide.chunks_exact_mut(machine.visible()).zip(below.chunks_exact(known))
                    {
                        to[..known].copy_from_slice(from);
                    }
                    fields_of_values(machine.up(), &wide, each);
                }
            }
            layers.push(rows);
        }
        layers
    }

    /// The logarithm of each label's probability given a picture, by one draw of the layers below the top machine.
    #[must_use]
    pub fn label_posteriors(&self, pictures: &Lists, dice: &mut Lanes) -> Vec<Vec<f64>> {
        self.top().label_posteriors(&self.seen_by_top(pictures, dice))
    }

    /// An estimate of the bound below each picture's log-likelihood, in nats, from so many draws of the hidden layers; ln Z of
    /// the top machine is given. Its mean over all draws is [`BeliefNet::bound`], whatever their number.
    #[must_use]
    pub fn bounds(&self, pictures: &Lists, ln_z: f64, draws: u32, dice: &mut Lanes) -> Vec<f64> {
        let mut bounds = vec![0.0; pictures.copies()];
        for _ in 0..draws {
            let mut seen = pictures.clone();
            for machine in self.lower() {
                let mut above = Lists::new(machine.hidden(), 0);
                machine.draw_hidden(&seen, &[], dice, &mut above);
                let down = log_probabilities(machine.down(), &above, &seen);
                let up = log_probabilities(machine.up(), &seen, &above);
                let gains = down.iter().zip(&up);
                bounds.iter_mut().zip(gains).for_each(|(sum, (down, up))| *sum += down - up);
                seen = above;
            }
            // A net of a single machine has seen its pictures' labels; any other sums over them.
            let energies = if self.lower().is_empty() {
                self.top().free_energies(&seen)
            } else {
                self.over_labels(&seen)
            };
            bounds.iter_mut().zip(energies).for_each(|(sum, energy)| *sum -= energy);
        }
        bounds.iter().map(|sum| sum / f64::from(draws) - ln_z).collect()
    }

    /// Free energies of what the top machine sees beside labels, with these summed out.
    fn over_labels(&self, seen: &Lists) -> Vec<f64> {
        let top = self.top();
        let seen = seen.with_units(top.visible());
        if top.labels() == 0 {
            return top.free_energies(&seen);
        }
        // P(v) = P(v, label) / P(label | v), for any label.
        let mut labelled = seen.clone();
        let first = top.visible() - top.labels();
        (0..seen.copies()).for_each(|copy| labelled.push(copy, first as u16));
        let posteriors = top.label_posteriors(&seen);
        let energies = top.free_energies(&labelled).into_iter().zip(posteriors);
        energies.map(|(energy, posterior)| energy + posterior[0]).collect()
    }

    /// One draw of the layers below the top machine: the states that it sees, with no label on.
    #[must_use]
    pub fn seen_by_top(&self, pictures: &Lists, dice: &mut Lanes) -> Lists {
        let mut seen = pictures.clone();
        for machine in self.lower() {
            let mut above = Lists::new(machine.hidden(), 0);
            machine.draw_hidden(&seen, &[], dice, &mut above);
            seen = above;
        }
        seen.with_units(self.top().visible())
    }
}
