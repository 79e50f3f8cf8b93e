//! A chain of states whose law is that of the net, also where some visible units are known.

use alloc::vec;

use super::{Helmholtz, HelmholtzError, check_states};
use crate::rng::Rng;

impl Helmholtz {
    /// One step of a Markov chain that leaves `P(v, h)` as it is or, where visible units are held, `P(v, h | held)`: another
    /// recognition of the picture is proposed and taken with probability
    /// `min(1, P(v, h') Q(h | v) / (P(v, h) Q(h' | v)))`, then the visible units that are not held are drawn given the layer
    /// above them. (W. K. Hastings, *Monte Carlo sampling methods using Markov chains and their applications*, Biometrika 57
    /// (1970) 97, with proposals that do not depend on h; and Gibbs sampling.) `held` has one entry a visible unit, or none at
    /// all. Whether the recognition was taken: the better recognition is, the oftener it is, and always where it is right.
    ///
    /// # Errors
    /// States of all units of another number than [`units`](Self::units), or other than 0 and 1; entries of `held` of another
    /// number than [`visible`](Self::visible), but for none.
    pub fn reconsider(
        &self,
        states: &mut [u8],
        held: &[bool],
        rng: &mut Rng,
    ) -> Result<bool, HelmholtzError> {
        check_states(states, self.units())?;
        let visible = self.visible();
        if !held.is_empty() && held.len() != visible {
            return Err(HelmholtzError::StateLength { found: held.len(), expected: visible });
        }
        let (mut other, mut fields) = (states.to_vec(), vec![0.0; self.units()]);
        self.draw_up(&mut other, &mut fields, rng);
        let mut log_weight =
            |states: &[u8]| self.log_p(states, &mut fields) - self.log_q(states, &mut fields);
        let taken = rng.decay(log_weight(states) - log_weight(&other));
        if taken {
            states.copy_from_slice(&other);
        }
        let (below, above) = states.split_at_mut(visible);
        let given = &self.generative[0];
        given.draw(&above[..given.senders()], &mut other[..visible], &mut fields, rng);
        for (unit, (state, drawn)) in below.iter_mut().zip(&other).enumerate() {
            if held.get(unit) != Some(&true) {
                *state = *drawn;
            }
        }
        Ok(taken)
    }
}
