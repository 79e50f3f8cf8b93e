//! What a machine starts to learn from.

use alloc::vec;
use alloc::vec::Vec;

use super::{Chains, Contrastive, ContrastiveError, Learner, Sparsity};
use crate::bipartite::{Lists, Offsets, Panels, Slice, WIDTH, Weights, cut, panels_of};
use crate::math;
use crate::models::rbm::{Rbm, RbmError, Sampler};
use crate::rng::{Lanes, Rng};

/// Most steps of the sampler.
pub const MAX_STEPS: u32 = 1000;

/// Most chains, at all temperatures together.
pub const MAX_CHAINS: usize = 10_000;

/// Most temperatures.
pub const MAX_TEMPERATURES: usize = 100;

/// Where a machine is to stand in a stack that becomes a deep Boltzmann machine. There a layer will feel its other neighbour
/// as well; while it learns, the machine stands in for that neighbour (R. Salakhutdinov & G. E. Hinton, *Deep Boltzmann
/// machines*, AISTATS 2009, §3.2). What it learns are the weights that its hidden units feel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Hidden units feel the weights twice as much as the visible ones, which will have no other neighbour.
    Bottom,
    /// Both sides feel the weights alike, and twice as much as they will.
    Middle,
    /// Visible units feel the weights twice as much as the hidden ones, which will have no other neighbour.
    Top,
}

impl Place {
    /// How many times over visible units feel what hidden ones feel.
    fn echo(self) -> f32 {
        match self {
            Self::Bottom => 0.5,
            Self::Middle => 1.0,
            Self::Top => 2.0,
        }
    }
}

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
    /// A machine that begins to learn so. What is drawn comes from `dice`; `rng` draws the chains' first states, in which
    /// each unit is on at its rate in the data.
    ///
    /// # Errors
    /// A setting out of range, or another number of rates than there are visible units.
    pub fn new(
        machine: &Rbm,
        how: &Contrastive,
        rates: &[f64],
        rng: &mut Rng,
        dice: &Lanes,
    ) -> Result<Self, ContrastiveError> {
        how.check()?;
        if rates.len() != machine.visible() {
            return Err(ContrastiveError::Rates { found: rates.len(), visible: machine.visible() });
        }
        let (visible, hidden) = (machine.visible(), machine.hidden());
        let single = visible - machine.labels();
        let mut chains = Lists::new(visible, how.chains.kept());
        for chain in 0..chains.copies() {
            for (unit, &rate) in rates[..single].iter().enumerate() {
                if rng.bernoulli(rate) {
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
            seen: rates.iter().map(|&rate| rate as f32).collect(),
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

    /// The same of a machine that is to stand in a stack. Its weights are those that its hidden units feel.
    ///
    /// # Errors
    /// As [`new`](Self::new), and chains at several temperatures, unless it is a machine in the middle: such a machine has no
    /// energy by which they could exchange states.
    pub fn in_a_stack(
        machine: &Rbm,
        place: Place,
        how: &Contrastive,
        rates: &[f64],
        rng: &mut Rng,
        dice: &Lanes,
    ) -> Result<Self, ContrastiveError> {
        if let (Chains::Tempered { temperatures, .. }, Place::Bottom | Place::Top) = (how.chains, place) {
            return Err(ContrastiveError::Setting {
                name: "the number of temperatures at the bottom or the top of a stack",
                value: temperatures as f64,
                allowed: "1",
            });
        }
        let mut learner = Self::new(machine, how, rates, rng, dice)?;
        learner.sampler = learner.sampler.echoing(place.echo());
        Ok(learner)
    }

    /// Whether it is one of such a machine that learns so, as what was saved may not be.
    #[must_use]
    pub fn fits(&self, visible: usize, hidden: usize, labels: usize, how: &Contrastive) -> bool {
        (self.sampler.visible(), self.sampler.hidden(), self.sampler.labels()) == (visible, hidden, labels)
            && self.velocity.fits(visible, hidden, 0.0)
            && self.chains.fits(visible)
            && self.chains.copies() == how.chains.kept()
            && is_cut(&self.activity, hidden)
            && self.fast.is_some() == matches!(how.chains, Chains::Fast { .. })
            && self.fast.iter().all(|fast| fast.fits(visible, hidden))
            && self.offsets.is_some() == how.centred
            && self.offsets.iter().all(|o| o.seen.len() == visible && is_cut(&o.other, hidden))
    }
}

impl Rbm {
    /// A machine to begin with: weights drawn from a normal distribution of this deviation, hidden biases 0, and visible
    /// biases such that each unit is on at its rate: the logarithm of the odds, `ln(p/(1 − p))`, for each label `ln p`
    /// (Hinton's practical guide, §8). Rates of ½ make biases of 0.
    ///
    /// # Errors
    /// Sizes that are not possible, or a rate that is not between 0 and 1.
    pub fn fresh(
        hidden: usize,
        labels: usize,
        deviation: f64,
        rates: &[f64],
        rng: &mut Rng,
    ) -> Result<Self, RbmError> {
        let visible = rates.len();
        let count = visible.saturating_mul(hidden);
        if count > crate::models::rbm::MAX_WEIGHTS {
            return Err(RbmError::Units { visible, hidden });
        }
        if let Some((place, &value)) =
            rates.iter().enumerate().find(|(_, rate)| !(**rate > 0.0 && **rate < 1.0))
        {
            return Err(RbmError::Rate { place, value });
        }
        let weights = (0..count).map(|_| f64::from((deviation * rng.normal()) as f32)).collect();
        let single = visible.saturating_sub(labels);
        let bias = |(unit, &rate): (usize, &f64)| {
            let odds = if unit < single { rate / (1.0 - rate) } else { rate };
            f64::from(math::ln(odds) as f32)
        };
        let biases = rates.iter().enumerate().map(bias).collect();
        Self::new(weights, biases, vec![0.0; hidden], labels)
    }
}

/// Whether these are numbers of so many units, with nothing beyond the last.
fn is_cut(slices: &[Slice], units: usize) -> bool {
    slices.len() == panels_of(units) && slices.as_flattened()[units..].iter().all(|&x| x == 0.0)
}
