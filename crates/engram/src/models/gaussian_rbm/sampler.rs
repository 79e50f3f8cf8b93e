//! A machine made ready to be sampled, in single precision.

use alloc::vec;
use alloc::vec::Vec;

use super::{GaussianRbm, GaussianRbmError, MAX_LOG_VARIANCE};
use crate::bipartite::{Lists, Slice, WIDTH, Weights, choose, fields, fields_of_values, gather_scaled, put};
use crate::math::{self, vector};
use crate::models::rbm::Sampler;
use crate::rng::{Lanes, Rng};

/// A machine in single precision, with its weights both ways round. Pictures are rows of V numbers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Saved"))]
pub struct GaussianSampler {
    /// The links and biases.
    net: Sampler,
    log_variance: Vec<f32>,
    /// 1/σ².
    #[cfg_attr(feature = "serde", serde(skip))]
    precision: Vec<f32>,
    /// σ.
    #[cfg_attr(feature = "serde", serde(skip))]
    deviation: Vec<f32>,
}

/// What is saved of one: the rest follows.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Saved {
    net: Sampler,
    log_variance: Vec<f32>,
}

#[cfg(feature = "serde")]
impl TryFrom<Saved> for GaussianSampler {
    type Error = &'static str;

    fn try_from(Saved { net, log_variance }: Saved) -> Result<Self, Self::Error> {
        // Numbers that have run away come back as they were: whether they have is told by `is_sound`.
        if net.labels() == 0 && log_variance.len() == net.visible() {
            Ok(Self::of(net, log_variance))
        } else {
            Err("the numbers are not those of a machine")
        }
    }
}

impl GaussianSampler {
    /// Of a machine; its numbers are rounded to single precision.
    #[must_use]
    pub fn new(machine: &GaussianRbm) -> Self {
        Self::of(Sampler::new(&machine.net), machine.log_variance.iter().map(|&z| z as f32).collect())
    }

    fn of(net: Sampler, log_variance: Vec<f32>) -> Self {
        let mut sampler = Self { net, log_variance, precision: Vec::new(), deviation: Vec::new() };
        sampler.refresh();
        sampler
    }

    fn refresh(&mut self) {
        let of = |factor: f64| {
            let of = move |&z: &f32| math::exp(factor * f64::from(z)) as f32;
            self.log_variance.iter().map(of).collect()
        };
        (self.precision, self.deviation) = (of(-1.0), of(0.5));
    }

    /// The machine, in double precision.
    ///
    /// # Errors
    /// A number has become none, or too large.
    pub fn machine(&self) -> Result<GaussianRbm, GaussianRbmError> {
        let log_variance = self.log_variance.iter().map(|&z| f64::from(z)).collect();
        GaussianRbm::of(self.net.machine()?, log_variance)
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

    /// Weights of shape (V, H), and biases.
    #[must_use]
    pub fn net(&self) -> &Weights {
        self.net.net()
    }

    /// Logarithms ln σ² of the visible units' variances.
    #[must_use]
    pub fn log_variance(&self) -> &[f32] {
        &self.log_variance
    }

    /// Precisions 1/σ² of the visible units.
    #[must_use]
    pub fn precision(&self) -> &[f32] {
        &self.precision
    }

    /// Changes weights, biases and logarithms of variances.
    pub fn change(&mut self, how: impl FnOnce(&mut Weights, &mut [f32])) {
        let log_variance = &mut self.log_variance;
        self.net.change(|net| how(net, log_variance));
        self.refresh();
    }

    /// Whether all numbers are some, and the variances in range.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.net().is_sound()
            && self.log_variance.iter().all(|&z| math::abs(f64::from(z)) <= MAX_LOG_VARIANCE)
    }

    /// Pictures with each number divided by its unit's variance, as the hidden units feel them.
    #[must_use]
    pub fn scaled(&self, pictures: &[f32]) -> Vec<f32> {
        let rows = pictures.chunks_exact(self.visible());
        rows.flat_map(|row| row.iter().zip(&self.precision).map(|(v, p)| v * p)).collect()
    }

    /// Probabilities of the hidden units, panel by panel and within each copy by copy.
    #[must_use]
    pub fn hidden_means(&self, pictures: &[f32]) -> Vec<Slice> {
        let copies = pictures.len() / self.visible();
        let mut means = vec![[0.0; WIDTH]; copies * self.net.up().bias.len()];
        fields_of_values(self.net.up(), &self.scaled(pictures), |panel, copy, mut values| {
            vector::sigmoid(&mut values);
            means[panel * copies + copy] = values;
        });
        means
    }

    /// Draws hidden units.
    pub fn draw_hidden(&self, pictures: &[f32], dice: &mut Lanes, hidden: &mut Lists) {
        hidden.resize(pictures.len() / self.visible());
        hidden.clear_all();
        fields_of_values(self.net.up(), &self.scaled(pictures), |panel, copy, mut values| {
            vector::sigmoid(&mut values);
            let width = WIDTH.min(self.hidden() - panel * WIDTH);
            hidden.push_chosen(copy, panel * WIDTH, choose(&values, width, dice));
        });
    }

    /// Means of the visible units given hidden ones: a row of V numbers a copy.
    #[must_use]
    pub fn visible_means(&self, hidden: &Lists) -> Vec<f32> {
        let mut means = vec![0.0; hidden.copies() * self.visible()];
        fields(self.net.down(), hidden, |panel, copy, values| {
            put(&mut means, self.visible(), panel, copy, &values);
        });
        means
    }

    /// Draws visible units: a row of V numbers a copy. Normal numbers are drawn copy by copy, unit by unit.
    pub fn draw_visible(&self, hidden: &Lists, rng: &mut Rng, pictures: &mut Vec<f32>) {
        *pictures = self.visible_means(hidden);
        for row in pictures.chunks_exact_mut(self.visible()) {
            for (value, deviation) in row.iter_mut().zip(&self.deviation) {
                *value += deviation * rng.normal() as f32;
            }
        }
    }

    /// What the machine makes of each picture: the means of the visible units where the hidden ones stand at their
    /// probabilities. A row of V numbers a copy.
    #[must_use]
    pub fn reconstructions(&self, pictures: &[f32]) -> Vec<f32> {
        let mut all = vec![0.0; pictures.len()];
        self.shifts(&self.hidden_means(pictures), &mut all);
        for row in all.chunks_exact_mut(self.visible()) {
            row.iter_mut().zip(&self.net().seen).for_each(|(value, a)| *value += a);
        }
        all
    }

    /// `W'h` where the hidden units have these means (panel by panel and within each copy by copy): a row of V numbers a copy.
    pub(crate) fn shifts(&self, means: &[Slice], rows: &mut [f32]) {
        let copies = rows.len() / self.visible();
        let mut hidden = vec![0.0f32; self.hidden()];
        for copy in 0..copies {
            for (unit, mean) in hidden.iter_mut().enumerate() {
                *mean = means[unit / WIDTH * copies + copy][unit % WIDTH];
            }
            for panel in 0..self.net.down().weights.count() {
                let weights = self.net.down().weights.panel(panel);
                let shift = gather_scaled(weights, &hidden, [0.0; WIDTH]);
                put(rows, self.visible(), panel, copy, &shift);
            }
        }
    }

    /// Mean square of what [`reconstructions`](Self::reconstructions) miss, a unit, of all pictures. It is not a likelihood.
    #[must_use]
    pub fn reconstruction_error(&self, pictures: &[f32]) -> f64 {
        let miss = |(a, b): (&f32, &f32)| f64::from(a - b) * f64::from(a - b);
        self.reconstructions(pictures).iter().zip(pictures).map(miss).sum::<f64>() / pictures.len() as f64
    }

    /// Free energies of pictures.
    #[must_use]
    pub fn free_energies(&self, pictures: &[f32]) -> Vec<f64> {
        let distance = |row: &[f32]| {
            let of = |((v, a), p): ((&f32, &f32), &f32)| {
                let away = f64::from(v - a);
                0.5 * f64::from(*p) * away * away
            };
            row.iter().zip(&self.net().seen).zip(&self.precision).map(of).sum::<f64>()
        };
        let mut energies: Vec<f64> = pictures.chunks_exact(self.visible()).map(distance).collect();
        fields_of_values(self.net.up(), &self.scaled(pictures), |_, copy, mut values| {
            vector::softplus(&mut values);
            energies[copy] -= f64::from(values.iter().sum::<f32>());
        });
        energies
    }
}
