//! Exact results: the machine as the mixture of Gaussians that it is, one for each state of the hidden layer.

use alloc::vec;
use alloc::vec::Vec;

use super::{GaussianRbm, GaussianRbmError};
use crate::math;
use crate::models::rbm::{Gradient, MAX_SUMMED, RbmError};

/// The mixture: the Gaussian of hidden state h has the weight P(h), the means `a + W'h` and the variances σ².
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// ln Z.
    pub ln_z: f64,
    /// P(h) of each hidden state: that whose unit j is bit j of its number.
    pub hidden: Vec<f64>,
    /// Means of the visible units over the whole mixture.
    pub means: Vec<f64>,
    /// Their variances.
    pub variances: Vec<f64>,
}

/// A gradient of the mean log-likelihood.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianGradient {
    /// Of weights and biases.
    pub net: Gradient,
    /// Of the logarithms of the variances.
    pub log_variance: Vec<f64>,
}

impl GaussianGradient {
    /// All numbers: of the weights, the visible and the hidden biases, and the variances.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.net.numbers().chain(self.log_variance.iter().copied())
    }
}

impl GaussianRbm {
    /// ln Z, by summing over all hidden states: `Z = Π √(2πσ²) · Σ_h e^(c'h + Σ (m² − a²)/(2σ²))`, `m = a + W'h`.
    ///
    /// # Errors
    /// More than [`MAX_SUMMED`] hidden units.
    pub fn ln_z(&self) -> Result<f64, GaussianRbmError> {
        let mut sum = math::LogSum::new();
        self.each_component(|ln, _, _| sum.add(ln))?;
        Ok(sum.ln())
    }

    /// The mixture.
    ///
    /// # Errors
    /// More than [`MAX_SUMMED`] hidden units.
    pub fn mixture(&self) -> Result<Mixture, GaussianRbmError> {
        let ln_z = self.ln_z()?;
        let mut hidden = vec![0.0; 1 << self.hidden()];
        let (mut means, mut squares) = (vec![0.0; self.visible()], vec![0.0; self.visible()]);
        self.each_component(|ln, on, centre| {
            let share = math::exp(ln - ln_z);
            hidden[on.iter().rev().fold(0, |number, &on| 2 * number + usize::from(on))] = share;
            for ((mean, square), m) in means.iter_mut().zip(&mut squares).zip(centre) {
                *mean += share * m;
                *square += share * m * m;
            }
        })?;
        let of = |((square, mean), z): ((&f64, &f64), &f64)| square - mean * mean + math::exp(*z);
        let variances = squares.iter().zip(&means).zip(&self.log_variance).map(of).collect();
        Ok(Mixture { ln_z, hidden, means, variances })
    }

    /// The logarithm of each picture's density, in nats.
    ///
    /// # Errors
    /// As [`ln_z`](Self::ln_z), or numbers that are no pictures of this machine.
    pub fn log_densities(&self, pictures: &[f64]) -> Result<Vec<f64>, GaussianRbmError> {
        let (pictures, ln_z) = (self.pictures(pictures)?, self.ln_z()?);
        Ok(pictures.map(|picture| -self.free_energy(picture) - ln_z).collect())
    }

    /// Mean log-likelihood of pictures, in nats a picture.
    ///
    /// # Errors
    /// As [`log_densities`](Self::log_densities).
    pub fn log_likelihood(&self, pictures: &[f64]) -> Result<f64, GaussianRbmError> {
        let densities = self.log_densities(pictures)?;
        Ok(densities.iter().sum::<f64>() / densities.len() as f64)
    }

    /// The exact gradient of [`log_likelihood`](Self::log_likelihood).
    ///
    /// # Errors
    /// As there.
    pub fn gradient(&self, pictures: &[f64]) -> Result<GaussianGradient, GaussianRbmError> {
        let (pictures, ln_z) = (self.pictures(pictures)?, self.ln_z()?);
        let (visible, biases, precision) = (self.visible(), self.visible_bias(), &self.precision);
        let mut net = Gradient::zero(visible, self.hidden());
        let mut log_variance = vec![0.0; visible];
        let share = 1.0 / pictures.len() as f64;
        for picture in pictures {
            let hidden: Vec<f64> = self.hidden_fields(picture).into_iter().map(math::sigmoid).collect();
            let scaled: Vec<f64> = picture.iter().zip(precision).map(|(v, p)| v * p).collect();
            net.add(share, &scaled, &hidden);
            for (unit, sum) in log_variance.iter_mut().enumerate() {
                let rows = self.weights()[unit..].iter().step_by(visible).zip(&hidden);
                let shift: f64 = rows.map(|(w, h)| w * h).sum();
                let away = picture[unit] - biases[unit];
                *sum += share * precision[unit] * (0.5 * away * away - picture[unit] * shift);
            }
        }
        self.each_component(|ln, on, centre| {
            let share = math::exp(ln - ln_z);
            let hidden: Vec<f64> = on.iter().map(|&on| f64::from(on)).collect();
            let scaled: Vec<f64> = centre.iter().zip(precision).map(|(m, p)| m * p).collect();
            net.add(-share, &scaled, &hidden);
            for (unit, sum) in log_variance.iter_mut().enumerate() {
                let shift = centre[unit] - biases[unit];
                let square = 0.5 * (shift * shift * precision[unit] + 1.0);
                *sum -= share * (square - scaled[unit] * shift);
            }
        })?;
        Ok(GaussianGradient { net, log_variance })
    }

    /// Visits all components: the logarithm of `P(h) Z`, the hidden units, and the means.
    fn each_component(&self, mut visit: impl FnMut(f64, &[u8], &[f64])) -> Result<(), GaussianRbmError> {
        if self.hidden() > MAX_SUMMED {
            return Err(GaussianRbmError::Net(RbmError::Large { units: self.hidden() }));
        }
        let ln_volume = |z: &f64| 0.5 * (math::ln(2.0 * core::f64::consts::PI) + z);
        let ln_volume: f64 = self.log_variance.iter().map(ln_volume).sum();
        self.net.each_hidden(|bias, on, centre| {
            let of = |((m, a), p): ((&f64, &f64), &f64)| 0.5 * p * (m - a) * (m + a);
            let gain: f64 = centre.iter().zip(self.visible_bias()).zip(&self.precision).map(of).sum();
            visit(ln_volume + bias + gain, on, centre);
        });
        Ok(())
    }
}
