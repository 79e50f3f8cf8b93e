//! Learning from the difference between what is and what the machine believes, for restricted Boltzmann machines with
//! Gaussian visible units.
//!
//! As in [`contrastive`](super::contrastive): the model's statistics come from a few steps of the Gibbs sampler, from the
//! data (CD-k) or from chains that are never started afresh (PCD), and hidden units enter by their probabilities. The
//! gradients are `⟨(v/σ²) h'⟩`, `⟨v/σ²⟩`, `⟨h⟩` and, of `z = ln σ²`, `⟨e^−z (½(v − a)² − v·W'h)⟩`, each of the data less that
//! of the model (K. Cho, A. Ilin & T. Raiko, *Improved learning of Gaussian–Bernoulli restricted Boltzmann machines*, ICANN
//! 2011, eq. 5–9).

use alloc::vec;
use alloc::vec::Vec;

use super::contrastive::{ContrastiveError, MAX_CHAINS, MAX_STEPS};
use crate::bipartite::{ByUnit, Gradient, Lists, Means, Phases, Seen, Slice, Step, Weights, update};
use crate::models::gaussian_rbm::{GaussianRbm, GaussianSampler, MAX_VALUE};
use crate::rng::{Lanes, Rng};

/// How it learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianContrastive {
    /// Chains that are never started afresh; 0 if the sampler starts from the data.
    pub chains: usize,
    /// Steps k of the Gibbs sampler for each step of learning.
    pub steps: u32,
    /// Whether the variances are learned, too.
    pub variances: bool,
}

impl GaussianContrastive {
    /// Whether a machine can learn so.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn check(&self) -> Result<(), ContrastiveError> {
        if !(1..=MAX_STEPS).contains(&self.steps) {
            return Err(ContrastiveError::Steps(self.steps));
        }
        if self.chains > MAX_CHAINS {
            return Err(ContrastiveError::Chains(self.chains));
        }
        Ok(())
    }
}

/// A machine that learns: plain data.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GaussianLearner {
    sampler: GaussianSampler,
    velocity: Weights,
    /// How far the logarithms of the variances went last.
    variance_velocity: Vec<f32>,
    /// Pictures that the sampler goes on from, a row each; none if it starts from the data.
    chains: Vec<f32>,
    dice: [[u32; 4]; 4],
    rng: Rng,
}

impl GaussianLearner {
    /// A machine that begins to learn so. Hidden units are drawn by `dice`, visible ones by `rng`, which first draws the
    /// chains: normal around the visible biases, as from a machine without weights.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn new(
        machine: &GaussianRbm,
        how: &GaussianContrastive,
        mut rng: Rng,
        dice: &Lanes,
    ) -> Result<Self, ContrastiveError> {
        how.check()?;
        let (visible, hidden) = (machine.visible(), machine.hidden());
        let sampler = GaussianSampler::new(machine);
        let mut chains = Vec::new();
        sampler.draw_visible(&Lists::new(hidden, how.chains), &mut rng, &mut chains);
        let velocity = Weights::zero(visible, hidden);
        Ok(Self { sampler, velocity, variance_velocity: vec![0.0; visible], chains, dice: dice.state(), rng })
    }

    /// The machine as it is.
    #[must_use]
    pub fn sampler(&self) -> &GaussianSampler {
        &self.sampler
    }

    /// Pictures that the sampler goes on from, a row each.
    #[must_use]
    pub fn chains(&self) -> &[f32] {
        &self.chains
    }

    /// Learns from a mini-batch of pictures, a row each.
    ///
    /// # Errors
    /// Numbers that are no rows of the machine's size, or none at all; a number that is none, or beyond [`MAX_VALUE`] in size.
    pub fn learn(
        &mut self,
        how: &GaussianContrastive,
        batch: &[f32],
        step: Step,
    ) -> Result<(), ContrastiveError> {
        let visible = self.sampler.visible();
        if batch.is_empty() || !batch.len().is_multiple_of(visible) {
            return Err(ContrastiveError::Numbers { found: batch.len(), visible });
        }
        let wrong = |(_, x): &(usize, &f32)| !(-MAX_VALUE..=MAX_VALUE).contains(&f64::from(**x));
        if let Some((place, &value)) = batch.iter().enumerate().find(wrong) {
            return Err(ContrastiveError::Value { place, value });
        }
        let mut dice = Lanes::of(self.dice);
        let from_data = how.chains == 0;
        let mut seen = if from_data { batch.to_vec() } else { core::mem::take(&mut self.chains) };
        let mut hidden = Lists::new(self.sampler.hidden(), 0);
        for _ in 0..how.steps {
            self.sampler.draw_hidden(&seen, &mut dice, &mut hidden);
            self.sampler.draw_visible(&hidden, &mut self.rng, &mut seen);
        }
        let (data, model) = (Statistics::of(&self.sampler, batch), Statistics::of(&self.sampler, &seen));
        let slopes: Vec<f32> =
            data.log_variance.iter().zip(&model.log_variance).map(|(a, b)| a - b).collect();
        let nowhere = ByUnit::default();
        let phases = Phases::Apart { data: data.means(&nowhere), model: model.means(&nowhere) };
        let gradient = Gradient { phases, push: &[], offsets: None };
        let (velocity, velocities) = (&mut self.velocity, &mut self.variance_velocity);
        self.sampler.change(|net, log_variance| {
            update(net, velocity, gradient, step, None);
            if how.variances {
                for ((z, velocity), slope) in log_variance.iter_mut().zip(velocities).zip(slopes) {
                    *velocity = step.momentum * *velocity + step.rate * slope;
                    *z += *velocity;
                }
            }
        });
        if !from_data {
            self.chains = seen;
        }
        self.dice = dice.state();
        Ok(())
    }

    /// Whether all numbers are some, and the variances in range: after a rate that is too high they may not be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.sampler.is_sound() && self.chains.iter().all(|x| x.is_finite())
    }

    /// Whether it is one of such a machine that learns so, as what was saved may not be. Numbers that have run away are.
    #[must_use]
    pub fn fits(&self, visible: usize, hidden: usize, how: &GaussianContrastive) -> bool {
        (self.sampler.visible(), self.sampler.hidden()) == (visible, hidden)
            && self.velocity.fits(visible, hidden, 0.0)
            && self.variance_velocity.len() == visible
            && self.chains.len() == how.chains * visible
    }
}

/// Statistics of some pictures.
struct Statistics {
    copies: usize,
    /// v/σ², unit by unit, within each copy by copy.
    scaled: Vec<f32>,
    hidden: Vec<Slice>,
    log_variance: Vec<f32>,
}

impl Statistics {
    fn of(sampler: &GaussianSampler, pictures: &[f32]) -> Self {
        let visible = sampler.visible();
        let copies = pictures.len() / visible;
        let hidden = sampler.hidden_means(pictures);
        let (mut scaled, mut log_variance) = (vec![0.0; pictures.len()], vec![0.0; visible]);
        let mut shifts = vec![0.0; pictures.len()];
        sampler.shifts(&hidden, &mut shifts);
        let rows = pictures.chunks_exact(visible).zip(shifts.chunks_exact(visible));
        for (copy, (picture, shifts)) in rows.enumerate() {
            for unit in 0..visible {
                let (v, precision) = (picture[unit], sampler.precision()[unit]);
                let away = v - sampler.net().seen[unit];
                scaled[unit * copies + copy] = v * precision;
                log_variance[unit] += precision * (0.5 * away * away - v * shifts[unit]);
            }
        }
        log_variance.iter_mut().for_each(|sum| *sum /= copies as f32);
        Self { copies, scaled, hidden, log_variance }
    }

    /// All visible units have numbers, and are on nowhere.
    fn means<'a>(&'a self, by_unit: &'a ByUnit) -> Means<'a> {
        Means { seen: Seen { copies: self.copies, values: &self.scaled, by_unit }, other: &self.hidden }
    }
}
