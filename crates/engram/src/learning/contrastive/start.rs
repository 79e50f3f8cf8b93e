//! What a machine starts to learn from.

use alloc::vec;
use alloc::vec::Vec;

use super::{Chains, Contrastive, ContrastiveError, Learner, Sparsity};
use crate::bipartite::{Lists, Offsets, Panels, WIDTH, Weights, cut, panels_of};
use crate::math;
use crate::models::rbm::{Rbm, RbmError, Sampler};
use crate::rng::{Lanes, Rng};

/// Most steps of the sampler.
pub const MAX_STEPS: u32 = 1000;

/// Most chains, at all temperatures together.
pub const MAX_CHAINS: usize = 10_000;

/// Most temperatures.
pub const MAX_TEMPERATURES: usize = 100;

impl Contrastive {
    /// Whether a machine can learn so.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn check(&self) -> Result<(), ContrastiveError> {
        if !(1..=MAX_STEPS).contains(&self.steps) {
            return Err(ContrastiveError::Steps(self.steps));
        }
        if let Chains::Tempered { temperatures, .. } = self.chains
            && !(2..=MAX_TEMPERATURES).contains(&temperatures)
        {
            return Err(ContrastiveError::Temperatures(temperatures));
        }
        if self.chains != Chains::Data && !(1..=MAX_CHAINS).contains(&self.chains.kept()) {
            return Err(ContrastiveError::Chains(self.chains.kept()));
        }
        let within = |name, value: f64, least: f64, most: f64, allowed| {
            let possible = value >= least && value <= most;
            if possible { Ok(()) } else { Err(ContrastiveError::Setting { name, value, allowed }) }
        };
        if let Chains::Fast { rate, .. } = self.chains {
            within("the rate of fast weights", rate, 0.0, 10.0, "from 0 to 10")?;
        }
        if let Some(Sparsity { target, cost }) = self.sparsity {
            within("the sparsity target", target, 0.0, 1.0, "from 0 to 1")?;
            within("the cost of sparsity", cost, 0.0, 1000.0, "from 0 to 1000")?;
        }
        Ok(())
    }
}

impl Learner {
    /// A machine that begins to learn so from these pictures. What is drawn comes from `dice`; `rng` draws the chains'
    /// first states, each unit on as often as in the data.
    ///
    /// # Errors
    /// A setting out of range, or pictures of another size.
    pub fn new(
        machine: &Rbm,
        how: &Contrastive,
        data: &Lists,
        rng: &mut Rng,
        dice: &Lanes,
    ) -> Result<Self, ContrastiveError> {
        how.check()?;
        if data.units() != machine.visible() || data.copies() == 0 {
            return Err(ContrastiveError::Data { found: data.units(), visible: machine.visible() });
        }
        let (visible, hidden) = (machine.visible(), machine.hidden());
        let means = means(data);
        let single = visible - machine.labels();
        let mut chains = Lists::new(visible, how.chains.kept());
        for chain in 0..chains.copies() {
            for (unit, &mean) in means[..single].iter().enumerate() {
                if rng.bernoulli(mean) {
                    chains.push(chain, unit as u16);
                }
            }
            if machine.labels() > 0 {
                chains.push(chain, (single + rng.below(machine.labels() as u32) as usize) as u16);
            }
        }
        let sampler = Sampler::new(machine);
        let resting = || machine.hidden_bias().iter().map(|&c| math::sigmoid(c) as f32);
        let offsets = how.centred.then(|| Offsets {
            seen: means.iter().map(|&mean| mean as f32).collect(),
            other: cut(resting().collect::<Vec<_>>().into_iter(), 0.0),
        });
        let velocity = Weights::zero(visible, hidden);
        Ok(Self {
            sampler,
            velocity,
            chains,
            fast: matches!(how.chains, Chains::Fast { .. }).then(|| Panels::zero(visible, hidden)),
            activity: vec![[0.0; WIDTH]; panels_of(hidden)],
            offsets,
            dice: dice.state(),
        })
    }

    /// Whether it is one of such a machine that learns so, as what was saved may not be.
    #[must_use]
    pub fn fits(&self, visible: usize, hidden: usize, labels: usize, how: &Contrastive) -> bool {
        let panels = panels_of(hidden);
        (self.sampler.visible(), self.sampler.hidden(), self.sampler.labels()) == (visible, hidden, labels)
            && self.velocity.fits(visible, hidden)
            && self.chains.fits(visible)
            && self.chains.copies() == how.chains.kept()
            && self.activity.len() == panels
            && self.fast.is_some() == matches!(how.chains, Chains::Fast { .. })
            && self.fast.iter().all(|fast| fast.fits(visible, hidden))
            && self.offsets.is_some() == how.centred
            && self.offsets.iter().all(|o| o.seen.len() == visible && o.other.len() == panels)
    }
}

impl Rbm {
    /// A machine to begin with: weights drawn from a normal distribution of this deviation, hidden biases 0, and visible
    /// biases at the logarithm of the odds that a unit is on in the data, `ln(p/(1 − p))`, if they are asked for (Hinton's
    /// practical guide, §8): else 0. A unit that is always on or always off counts as one that is not in half a picture.
    ///
    /// # Errors
    /// Sizes that are not possible.
    pub fn fresh(
        hidden: usize,
        labels: usize,
        deviation: f64,
        log_odds_of: Option<&Lists>,
        visible: usize,
        rng: &mut Rng,
    ) -> Result<Self, RbmError> {
        let count = visible.saturating_mul(hidden);
        if count > crate::models::rbm::MAX_WEIGHTS {
            return Err(RbmError::Units { visible, hidden });
        }
        let weights = (0..count).map(|_| f64::from((deviation * rng.normal()) as f32)).collect();
        let mut biases = vec![0.0; visible];
        if let Some(data) = log_odds_of {
            // Half a picture more or less.
            let least = 0.5 / (data.copies() as f64 + 1.0);
            for (bias, mean) in biases.iter_mut().zip(means(data)) {
                let mean = mean.clamp(least, 1.0 - least);
                *bias = f64::from(math::ln(mean / (1.0 - mean)) as f32);
            }
        }
        Self::new(weights, biases, vec![0.0; hidden], labels)
    }
}

/// Part of the copies in which each unit is on.
fn means(data: &Lists) -> Vec<f64> {
    let mut counts = vec![0.0; data.units()];
    data.iter().flatten().for_each(|&unit| counts[usize::from(unit)] += 1.0);
    counts.iter_mut().for_each(|count| *count /= data.copies() as f64);
    counts
}
