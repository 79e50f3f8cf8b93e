//! What contrastive divergence would learn on average: the Gibbs sampler followed in all states at once.

use alloc::vec;
use alloc::vec::Vec;

use super::exact::Gradient;
use super::{MAX_SUMMED, Rbm, RbmError};
use crate::math;

impl Rbm {
    /// The mean over all draws of the update that CD-k makes of these pictures, `⟨h v'⟩_data − ⟨h v'⟩_k`: in the place
    /// of the model's own statistics stand those after k steps of the Gibbs sampler from the data.
    ///
    /// # Errors
    /// More than [`MAX_SUMMED`] units in both layers together, or cells that are no pictures of this machine.
    pub fn expected_update(&self, pictures: &[u8], steps: u32) -> Result<Gradient, RbmError> {
        self.expected_update_from(pictures, pictures, steps)
    }

    /// The same where the sampler starts from other pictures, as the chains of persistent contrastive divergence do.
    ///
    /// # Errors
    /// As [`expected_update`](Self::expected_update).
    pub fn expected_update_from(
        &self,
        pictures: &[u8],
        chains: &[u8],
        steps: u32,
    ) -> Result<Gradient, RbmError> {
        let units = self.visible() + self.hidden();
        if units > MAX_SUMMED {
            return Err(RbmError::Large { units });
        }
        let mut update = self.data_statistics(pictures)?;
        let chains = self.pictures(chains)?;
        let (share, mut now) = (1.0 / chains.len() as f64, vec![0.0; 1 << self.visible()]);
        for picture in chains {
            now[picture.iter().rev().fold(0, |number, &cell| 2 * number + usize::from(cell != 0))] += share;
        }
        for _ in 0..steps {
            now = self.after_a_step(&now);
        }
        self.each_picture(|number, cells, fields| {
            let share = now[number as usize];
            if share > 0.0 {
                let visible: Vec<f64> = cells.iter().map(|&cell| f64::from(cell)).collect();
                let hidden: Vec<f64> = fields.iter().map(|&x| math::sigmoid(x)).collect();
                update.add(-share, &visible, &hidden);
            }
        });
        Ok(update)
    }

    /// The distribution over pictures one step of the sampler later: hidden units drawn, then visible ones.
    fn after_a_step(&self, pictures: &[f64]) -> Vec<f64> {
        let mut hidden = vec![0.0; 1 << self.hidden()];
        self.each_picture(|number, _, fields| {
            let means: Vec<f64> = fields.iter().map(|&x| math::sigmoid(x)).collect();
            spread(&mut hidden, pictures[number as usize], &means);
        });
        let single = self.visible() - self.labels();
        let mut next = vec![0.0; 1 << self.visible()];
        for (number, &share) in hidden.iter().enumerate() {
            let on: Vec<u8> = (0..self.hidden()).map(|unit| (number >> unit & 1) as u8).collect();
            let means = self.visible_means(&self.visible_fields(&on));
            if self.labels() == 0 {
                spread(&mut next, share, &means);
            }
            for label in 0..self.labels() {
                let part = 1 << (single + label);
                spread(
                    &mut next[part..part + (1 << single)],
                    share * means[single + label],
                    &means[..single],
                );
            }
        }
        next
    }
}

/// Adds a share, spread over all states of units that are on with these probabilities.
pub(in crate::models) fn spread(states: &mut [f64], share: f64, means: &[f64]) {
    if share == 0.0 {
        return;
    }
    let mut shares = vec![share];
    for mean in means {
        let on: Vec<f64> = shares.iter().map(|share| share * mean).collect();
        shares.iter_mut().for_each(|share| *share *= 1.0 - mean);
        shares.extend(on);
    }
    states.iter_mut().zip(shares).for_each(|(state, share)| *state += share);
}
