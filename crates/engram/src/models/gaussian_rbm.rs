//! The restricted Boltzmann machine with Gaussian visible units.
//!
//! # What it is
//! V visible units that are real numbers (greys of a picture, measurements) and H hidden binary ones, {0, 1}, with links
//! between the layers and none within. Given the hidden units every visible one is normal around a mean that they choose
//! together: the machine is a mixture of 2^H Gaussians that share their parts.
//!
//! # Energy
//! `E(v, h) = Σ_i (v_i − a_i)²/(2σ_i²) − c'h − Σ_ij (v_i/σ_i²) W_ji h_j`, and with the hidden units summed out
//! `F(v) = Σ_i (v_i − a_i)²/(2σ_i²) − Σ_j softplus(c_j + Σ_i W_ji v_i/σ_i²)`, so that the density is `p(v) = e^−F(v) / Z`. In
//! this form (Cho et al.) a visible unit's mean is `a_i + Σ_j W_ji h_j` whatever its deviation; in that of Hinton's guide it is
//! `a_i + σ_i Σ_j W_ji h_j`: weights and learning rates of one are not those of the other.
//!
//! # Dynamics
//! `P(h_j = 1 | v) = σ(c_j + Σ_i W_ji v_i/σ_i²)` and `v_i | h ~ N(a_i + Σ_j W_ji h_j, σ_i²)`, drawn in turn.
//!
//! # Learning
//! See [`crate::learning::gaussian_contrastive`], and [`GaussianRbm::gradient`] for the exact gradient. Variances are learned
//! as `z_i = ln σ_i²`, so that they stay positive.
//!
//! # Shapes
//! W (H, V), row by row; a and ln σ² (V); c (H); pictures V numbers each.
//!
//! # References
//! M. Welling, M. Rosen-Zvi & G. E. Hinton, *Exponential family harmoniums with an application to information retrieval*,
//! NIPS 17 (2004); K. Cho, A. Ilin & T. Raiko, *Improved learning of Gaussian–Bernoulli restricted Boltzmann machines*,
//! ICANN 2011 (the energy, eq. 3, and the gradient of the variances, eq. 9).

mod error;
mod exact;
mod sampler;

pub use error::GaussianRbmError;
pub use exact::{GaussianGradient, Mixture};
pub use sampler::GaussianSampler;

use alloc::vec;
use alloc::vec::Vec;

use crate::bipartite::MAX_LAYER;
use crate::math;
use crate::models::rbm::{Rbm, RbmError};
use crate::rng::Rng;

/// Largest size of the logarithm of a variance.
pub const MAX_LOG_VARIANCE: f64 = 20.0;

/// Largest size of a number in a picture.
pub const MAX_VALUE: f64 = 1e6;

/// What there is to know of one: weights, biases and variances, in double precision.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianRbm {
    /// The links and biases: what hidden units choose, and what they feel, is a sum over the same numbers.
    net: Rbm,
    log_variance: Vec<f64>,
    /// 1/σ².
    precision: Vec<f64>,
}

impl GaussianRbm {
    /// Of weights of shape (H, V), biases, and the logarithms of the visible units' variances σ².
    ///
    /// # Errors
    /// Weights and biases as in [`Rbm::new`]; another number of variances than of visible units, or one whose logarithm is no
    /// number or beyond [`MAX_LOG_VARIANCE`] in size.
    pub fn new(
        weights: Vec<f64>,
        visible_bias: Vec<f64>,
        hidden_bias: Vec<f64>,
        log_variance: Vec<f64>,
    ) -> Result<Self, GaussianRbmError> {
        Self::of(Rbm::new(weights, visible_bias, hidden_bias, 0)?, log_variance)
    }

    /// A machine to begin with: weights drawn from a normal distribution of this deviation, biases 0, and variances 1. It fits
    /// data that are standardised.
    ///
    /// # Errors
    /// Sizes that are not possible.
    pub fn fresh(
        visible: usize,
        hidden: usize,
        deviation: f64,
        rng: &mut Rng,
    ) -> Result<Self, GaussianRbmError> {
        // More than can be is refused there.
        let visible = visible.min(MAX_LAYER + 1);
        let net = Rbm::fresh(hidden, 0, deviation, &vec![0.5; visible], rng)?;
        Self::of(net, vec![0.0; visible])
    }

    fn of(net: Rbm, log_variance: Vec<f64>) -> Result<Self, GaussianRbmError> {
        if log_variance.len() != net.visible() {
            return Err(GaussianRbmError::Variances { found: log_variance.len(), visible: net.visible() });
        }
        let wrong = |(_, z): &(usize, &f64)| !(-MAX_LOG_VARIANCE..=MAX_LOG_VARIANCE).contains(*z);
        if let Some((unit, &value)) = log_variance.iter().enumerate().find(wrong) {
            return Err(GaussianRbmError::Variance { unit, value });
        }
        let precision = log_variance.iter().map(|&z| math::exp(-z)).collect();
        Ok(Self { net, log_variance, precision })
    }

    /// Visible units V.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.net.visible()
    }

    /// Hidden units H.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.net.hidden()
    }

    /// Weights W, shape (H, V).
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        self.net.weights()
    }

    /// Biases a of the visible units.
    #[must_use]
    pub fn visible_bias(&self) -> &[f64] {
        self.net.visible_bias()
    }

    /// Biases c of the hidden units.
    #[must_use]
    pub fn hidden_bias(&self) -> &[f64] {
        self.net.hidden_bias()
    }

    /// Logarithms ln σ² of the visible units' variances.
    #[must_use]
    pub fn log_variance(&self) -> &[f64] {
        &self.log_variance
    }

    /// The machine one step up a gradient, with variances only if they are to be learned.
    ///
    /// # Errors
    /// A number becomes none, or too large.
    pub fn moved(
        &self,
        gradient: &GaussianGradient,
        rate: f64,
        variances: bool,
    ) -> Result<Self, GaussianRbmError> {
        let net = self.net.moved(&gradient.net, rate)?;
        let rate = if variances { rate } else { 0.0 };
        let log_variance = self.log_variance.iter().zip(&gradient.log_variance);
        Self::of(net, log_variance.map(|(z, g)| z + rate * g).collect())
    }

    /// What the hidden units feel from a picture: H numbers.
    #[must_use]
    pub fn hidden_fields(&self, picture: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> = picture.iter().zip(&self.precision).map(|(v, p)| v * p).collect();
        let rows = self.net.weights().chunks_exact(self.visible());
        let of = |(row, c): (&[f64], &f64)| c + row.iter().zip(&scaled).map(|(w, x)| w * x).sum::<f64>();
        rows.zip(self.net.hidden_bias()).map(of).collect()
    }

    /// Means of the visible units given hidden ones (0 or 1 a unit): V numbers.
    #[must_use]
    pub fn visible_means(&self, hidden: &[u8]) -> Vec<f64> {
        self.net.visible_fields(hidden)
    }

    /// Energy of a state of both layers.
    #[must_use]
    pub fn energy(&self, picture: &[f64], hidden: &[u8]) -> f64 {
        let on = self.hidden_fields(picture).into_iter().zip(hidden).filter(|(_, on)| **on != 0);
        self.distance(picture) - on.map(|(field, _)| field).sum::<f64>()
    }

    /// Free energy F of a picture: its density is `e^−F / Z`.
    #[must_use]
    pub fn free_energy(&self, picture: &[f64]) -> f64 {
        self.distance(picture) - self.hidden_fields(picture).into_iter().map(math::softplus).sum::<f64>()
    }

    /// `Σ (v − a)²/(2σ²)`.
    fn distance(&self, picture: &[f64]) -> f64 {
        let of = |((v, a), p): ((&f64, &f64), &f64)| 0.5 * p * (v - a) * (v - a);
        picture.iter().zip(self.visible_bias()).zip(&self.precision).map(of).sum()
    }

    /// Numbers as pictures, one after the other.
    fn pictures<'a>(
        &self,
        values: &'a [f64],
    ) -> Result<impl ExactSizeIterator<Item = &'a [f64]> + Clone, GaussianRbmError> {
        if values.is_empty() || !values.len().is_multiple_of(self.visible()) {
            return Err(RbmError::Picture { cells: values.len(), visible: self.visible() }.into());
        }
        let wrong = |(_, v): &(usize, &f64)| !(-MAX_VALUE..=MAX_VALUE).contains(*v);
        match values.iter().enumerate().find(wrong) {
            Some((place, &value)) => Err(GaussianRbmError::Value { place, value }),
            None => Ok(values.chunks_exact(self.visible())),
        }
    }
}
