//! Learning of deep Boltzmann machines from the difference between what the hidden units are taken to be and what the
//! machine believes.
//!
//! The gradient of the bound below the log-likelihood is, for each link, `⟨μ_l μ_{l−1}'⟩_data − ⟨h_l h_{l−1}'⟩_model`: the
//! first from the mean field of each picture, the second from chains that are never started afresh (R. Salakhutdinov &
//! G. E. Hinton, *Deep Boltzmann machines*, AISTATS 2009, §3.1, algorithm 1). Of the chains odd layers enter by their
//! probabilities given the even ones.
//!
//! Started from nothing, such a machine seldom makes use of its upper layers; it starts from a stack of restricted machines
//! that learned one after the other for it ([`Learner::in_a_stack`](super::contrastive::Learner::in_a_stack),
//! [`DeepBoltzmann::of_stack`]).

use alloc::vec;
use alloc::vec::Vec;

use super::contrastive::{ContrastiveError, MAX_CHAINS, MAX_STEPS};
use crate::bipartite::{
    ByUnit, Gradient, Lists, Means, Phases, Seen, Slice, Step, WIDTH, Weights, probabilities, update,
};
use crate::models::deep_boltzmann::{DeepBoltzmann, DeepBoltzmannError, DeepBoltzmannSampler, MeanField};
use crate::rng::{Lanes, Rng};

/// How it learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variational {
    /// Chains that are never started afresh.
    pub chains: usize,
    /// Steps of the Gibbs sampler for each step of learning.
    pub steps: u32,
    /// How means of hidden units are found.
    pub mean_field: MeanField,
}

impl Variational {
    /// Whether a machine can learn so.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn check(&self) -> Result<(), ContrastiveError> {
        if !(1..=MAX_STEPS).contains(&self.steps) {
            return Err(ContrastiveError::Steps(self.steps));
        }
        if !(1..=MAX_CHAINS).contains(&self.chains) {
            return Err(ContrastiveError::Chains(self.chains));
        }
        match self.mean_field.check() {
            Err(DeepBoltzmannError::Setting { name, value, allowed }) => {
                Err(ContrastiveError::Setting { name, value, allowed })
            }
            _ => Ok(()),
        }
    }
}

/// A machine that learns: plain data.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct VariationalLearner {
    sampler: DeepBoltzmannSampler,
    velocity: Weights,
    /// States of the even layers of the chains.
    chains: Lists,
    dice: [[u32; 4]; 4],
}

/// What the mean field came to in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relaxed {
    /// Rounds that it took.
    pub rounds: u32,
    /// Whether it settled.
    pub settled: bool,
}

impl VariationalLearner {
    /// A machine that begins to learn so. What is drawn comes from `dice`; `rng` draws the chains' first states, in which each
    /// visible unit is on at its rate in the data, and hidden ones in half of all cases.
    ///
    /// # Errors
    /// A setting out of range, or another number of rates than there are visible units.
    pub fn new(
        machine: &DeepBoltzmann,
        how: &Variational,
        rates: &[f64],
        rng: &mut Rng,
        dice: &Lanes,
    ) -> Result<Self, ContrastiveError> {
        how.check()?;
        let visible = machine.sizes()[0];
        if rates.len() != visible {
            return Err(ContrastiveError::Rates { found: rates.len(), visible });
        }
        let (even, odd) = (machine.folded().visible(), machine.folded().hidden());
        let hidden = even - visible;
        let all: Vec<f64> = vec![0.5; hidden].into_iter().chain(rates.iter().copied()).collect();
        let mut chains = Lists::new(even, how.chains);
        for chain in 0..how.chains {
            for (unit, &rate) in all.iter().enumerate() {
                if rng.bernoulli(rate) {
                    chains.push(chain, unit as u16);
                }
            }
        }
        let sampler = DeepBoltzmannSampler::new(machine);
        Ok(Self { sampler, velocity: Weights::zero(even, odd), chains, dice: dice.state() })
    }

    /// The machine as it is.
    #[must_use]
    pub fn sampler(&self) -> &DeepBoltzmannSampler {
        &self.sampler
    }

    /// States of the even layers of the chains.
    #[must_use]
    pub fn chains(&self) -> &Lists {
        &self.chains
    }

    /// Learns from a mini-batch of pictures.
    ///
    /// # Errors
    /// No pictures, or pictures of another size.
    pub fn learn(
        &mut self,
        how: &Variational,
        batch: &Lists,
        step: Step,
    ) -> Result<Relaxed, ContrastiveError> {
        let (visible, copies) = (self.sampler.sizes()[0], batch.copies());
        if batch.units() != visible {
            return Err(ContrastiveError::Data { found: batch.units(), visible });
        }
        if copies == 0 {
            return Err(ContrastiveError::Numbers { found: 0, visible });
        }
        let beliefs = self.sampler.mean_field(batch, &how.mean_field);
        let hidden = beliefs.even.len() / copies;
        let mut values = vec![0.0f32; beliefs.even.len()];
        for (copy, row) in beliefs.even.chunks_exact(hidden).enumerate() {
            row.iter().enumerate().for_each(|(unit, &mean)| values[unit * copies + copy] = mean);
        }
        let mut dice = Lanes::of(self.dice);
        let mut drawn = Lists::new(self.sampler.folded().hidden(), 0);
        self.sampler.stir(&mut self.chains, &mut drawn, how.steps, &mut dice);
        let up = self.sampler.folded().up();
        let mut of_model: Vec<Slice> = vec![[0.0; WIDTH]; up.bias.len() * self.chains.copies()];
        probabilities(up, &self.chains, &mut of_model);
        let (mut data, mut model) = (ByUnit::default(), ByUnit::default());
        data.turn(&self.sampler.even_of(batch));
        model.turn(&self.chains);
        let data = Means { seen: Seen { copies, values: &values, by_unit: &data }, other: &beliefs.odd };
        let seen = Seen { copies: self.chains.copies(), values: &[], by_unit: &model };
        let model = Means { seen, other: &of_model };
        let gradient = Gradient { phases: Phases::Apart { data, model }, push: &[], offsets: None };
        let velocity = &mut self.velocity;
        self.sampler.change(|net| update(net, velocity, gradient, step, None));
        self.sampler.clear_apart(&mut self.velocity);
        self.dice = dice.state();
        Ok(Relaxed { rounds: beliefs.rounds, settled: beliefs.settled })
    }

    /// Whether all numbers are some: after a rate that is too high they may not be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.sampler.is_sound()
    }

    /// Whether it is one of such a machine that learns so, as what was saved may not be. Numbers that have run away are.
    #[must_use]
    pub fn fits(&self, sizes: &[usize], how: &Variational) -> bool {
        let folded = self.sampler.folded();
        self.sampler.sizes() == sizes
            && self.velocity.fits(folded.visible(), folded.hidden(), 0.0)
            && self.chains.fits(folded.visible())
            && self.chains.copies() == how.chains
    }
}
