//! Likelihood by sampling, for nets of any size.

use alloc::vec;
use alloc::vec::Vec;

use super::{Helmholtz, HelmholtzError, check_states};
use crate::math;
use crate::observe::Moments;
use crate::rng::Rng;

/// Most samples of an estimate.
pub const MAX_SAMPLES: u32 = 10_000_000;

/// The variational bound by sampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledBound {
    /// The mean of `ln P(v, h) − ln Q(h | v)` over recognitions h, in nats.
    pub bound: f64,
    /// Its standard error.
    pub error: f64,
}

/// The log-likelihood of a picture by importance sampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// `ln (1/K) Σ_k P(v, h_k) / Q(h_k | v)` over K recognitions h_k, in nats.
    pub log_likelihood: f64,
    /// Its standard error, to first order in the scatter of the weights. It is to be trusted where many samples count; where
    /// [`effective`](Self::effective) is a handful, the weights that matter may not have been drawn at all.
    pub error: f64,
    /// How many equal samples would tell as much: `(Σ w)² / Σ w²`, from 1 to K (A. Kong, J. S. Liu & W. H. Wong, J. Am. Stat.
    /// Assoc. 89 (1994) 278).
    pub effective: f64,
}

impl Helmholtz {
    /// The variational bound `−F(v) = E_Q[ln P(v, h) − ln Q(h | v)] ≤ ln P(v)`, estimated without bias from so many
    /// recognitions.
    ///
    /// # Errors
    /// Visible states of the wrong number or other than 0 and 1; fewer than 2 or more than [`MAX_SAMPLES`] samples.
    pub fn sampled_bound(
        &self,
        visible: &[u8],
        samples: u32,
        rng: &mut Rng,
    ) -> Result<SampledBound, HelmholtzError> {
        let mut moments = Moments::default();
        self.log_weights(visible, samples, rng, |weight| moments.add(weight))?;
        let error = moments.deviation() / math::sqrt(f64::from(samples));
        Ok(SampledBound { bound: moments.mean(), error })
    }

    /// The log-likelihood `ln P(v)` by importance sampling with the recognitions as proposals.
    ///
    /// The likelihood itself is estimated without bias, so its logarithm comes out too low on average (Jensen), never too
    /// high: with one sample it is the variational bound, and with more it rises towards the truth (Y. Burda, R. Grosse &
    /// R. Salakhutdinov, *Importance weighted autoencoders*, ICLR 2016, theorem 1). Of many it is about ½ error² too low.
    ///
    /// # Errors
    /// As [`sampled_bound`](Self::sampled_bound).
    pub fn importance(
        &self,
        visible: &[u8],
        samples: u32,
        rng: &mut Rng,
    ) -> Result<Importance, HelmholtzError> {
        let mut weights: Vec<f64> = Vec::new();
        self.log_weights(visible, samples, rng, |weight| weights.push(weight))?;
        let count = f64::from(samples);
        let sum = math::log_sum_exp(&weights);
        // Shares of the sum, so that nothing overflows.
        weights.iter_mut().for_each(|weight| *weight = math::exp(*weight - sum));
        let squares: f64 = weights.iter().map(|share| share * share).sum();
        let scatter: f64 = weights.iter().map(|share| (share - 1.0 / count) * (share - 1.0 / count)).sum();
        Ok(Importance {
            log_likelihood: sum - math::ln(count),
            error: math::sqrt(scatter * count / (count - 1.0)),
            effective: 1.0 / squares,
        })
    }

    /// `ln P(v, h) − ln Q(h | v)` of so many recognitions, one after another.
    fn log_weights(
        &self,
        visible: &[u8],
        samples: u32,
        rng: &mut Rng,
        mut take: impl FnMut(f64),
    ) -> Result<(), HelmholtzError> {
        check_states(visible, self.visible())?;
        if !(2..=MAX_SAMPLES).contains(&samples) {
            return Err(HelmholtzError::Samples(samples));
        }
        let (mut states, mut fields) = (vec![0; self.units()], vec![0.0; self.units()]);
        states[..visible.len()].copy_from_slice(visible);
        for _ in 0..samples {
            self.draw_up(&mut states, &mut fields, rng);
            take(self.log_p(&states, &mut fields) - self.log_q(&states, &mut fields));
        }
        Ok(())
    }
}
