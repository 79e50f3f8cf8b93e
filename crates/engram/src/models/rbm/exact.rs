//! Exact results, by summing over all states of the smaller layer.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rbm, RbmError};
use crate::math;

/// Most units of the layer whose states are all looked at.
pub const MAX_SUMMED: usize = 20;

/// States after which sums are taken afresh.
const ANCHOR: u32 = 32;

/// The distribution over all pictures of a small machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// ln Z.
    pub ln_z: f64,
    /// Probability of each picture: that whose cell i is bit i of its number. Of a machine with labels, pictures with
    /// other than one label on have none.
    pub pictures: Vec<f64>,
}

/// A gradient of the mean log-likelihood, or an update in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// Of the weights, shape (H, V).
    pub weights: Vec<f64>,
    /// Of the visible biases.
    pub visible_bias: Vec<f64>,
    /// Of the hidden biases.
    pub hidden_bias: Vec<f64>,
}

impl Gradient {
    pub(in crate::models) fn zero(visible: usize, hidden: usize) -> Self {
        Self {
            weights: vec![0.0; visible * hidden],
            visible_bias: vec![0.0; visible],
            hidden_bias: vec![0.0; hidden],
        }
    }

    /// Adds `share · (statistics of one state)`, where one of the layers is binary or both are means.
    pub(in crate::models) fn add(&mut self, share: f64, visible: &[f64], hidden: &[f64]) {
        for (row, &h) in self.weights.chunks_exact_mut(visible.len()).zip(hidden) {
            let share = share * h;
            row.iter_mut().zip(visible).for_each(|(sum, v)| *sum += share * v);
        }
        self.visible_bias.iter_mut().zip(visible).for_each(|(sum, v)| *sum += share * v);
        self.hidden_bias.iter_mut().zip(hidden).for_each(|(sum, h)| *sum += share * h);
    }

    /// All numbers: of the weights, the visible and the hidden biases.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.weights.iter().chain(&self.visible_bias).chain(&self.hidden_bias).copied()
    }
}

impl Rbm {
    /// ln Z, by summing over all states of the layer that has fewer.
    ///
    /// # Errors
    /// Both layers have more than [`MAX_SUMMED`] units.
    pub fn ln_z(&self) -> Result<f64, RbmError> {
        let mut sum = math::LogSum::new();
        self.each_state(|ln, _| sum.add(ln))?;
        Ok(sum.ln())
    }

    /// Mean log-likelihood of pictures (cell by cell, picture by picture), in nats a picture.
    ///
    /// # Errors
    /// As [`ln_z`](Self::ln_z), or cells that are no pictures of this machine.
    pub fn log_likelihood(&self, pictures: &[u8]) -> Result<f64, RbmError> {
        let pictures = self.pictures(pictures)?;
        let ln_z = self.ln_z()?;
        let count = pictures.len() as f64;
        Ok(-pictures.map(|picture| self.free_energy(picture)).sum::<f64>() / count - ln_z)
    }

    /// The exact gradient of [`log_likelihood`](Self::log_likelihood).
    ///
    /// # Errors
    /// As there.
    pub fn gradient(&self, pictures: &[u8]) -> Result<Gradient, RbmError> {
        let mut gradient = self.data_statistics(pictures)?;
        let (mut model, mut greatest, mut z) =
            (Gradient::zero(self.visible, self.hidden), f64::NEG_INFINITY, 0.0);
        self.each_state(|ln, means| {
            if ln > greatest {
                let less = math::exp(greatest - ln);
                z *= less;
                for numbers in [&mut model.weights, &mut model.visible_bias, &mut model.hidden_bias] {
                    numbers.iter_mut().for_each(|x| *x *= less);
                }
                greatest = ln;
            }
            let share = math::exp(ln - greatest);
            z += share;
            let [visible, hidden] = means();
            model.add(share, &visible, &hidden);
        })?;
        let parts = [
            (&mut gradient.weights, model.weights),
            (&mut gradient.visible_bias, model.visible_bias),
            (&mut gradient.hidden_bias, model.hidden_bias),
        ];
        for (to, from) in parts {
            to.iter_mut().zip(from).for_each(|(to, from)| *to -= from / z);
        }
        Ok(gradient)
    }

    /// The distribution over all pictures.
    ///
    /// # Errors
    /// More than [`MAX_SUMMED`] visible units.
    pub fn distribution(&self) -> Result<Distribution, RbmError> {
        if self.visible > MAX_SUMMED {
            return Err(RbmError::Large { units: self.visible });
        }
        let mut pictures = vec![f64::NEG_INFINITY; 1 << self.visible];
        let mut sum = math::LogSum::new();
        self.each_picture(|number, cells, fields| {
            let ln = self.minus_free_energy(cells, fields);
            pictures[number as usize] = ln;
            sum.add(ln);
        });
        let ln_z = sum.ln();
        pictures.iter_mut().for_each(|ln| *ln = math::exp(*ln - ln_z));
        Ok(Distribution { ln_z, pictures })
    }

    /// Means of products of units where the visible ones are these pictures.
    pub(super) fn data_statistics(&self, pictures: &[u8]) -> Result<Gradient, RbmError> {
        let pictures = self.pictures(pictures)?;
        let share = 1.0 / pictures.len() as f64;
        let mut sums = Gradient::zero(self.visible, self.hidden);
        for picture in pictures {
            let hidden: Vec<f64> = self.hidden_fields(picture).into_iter().map(math::sigmoid).collect();
            let visible: Vec<f64> = picture.iter().map(|&cell| f64::from(cell)).collect();
            sums.add(share, &visible, &hidden);
        }
        Ok(sums)
    }

    /// Cells as pictures, one after the other.
    pub(in crate::models) fn pictures<'a>(
        &self,
        cells: &'a [u8],
    ) -> Result<impl ExactSizeIterator<Item = &'a [u8]> + Clone, RbmError> {
        if cells.is_empty() || !cells.len().is_multiple_of(self.visible) {
            return Err(RbmError::Picture { cells: cells.len(), visible: self.visible });
        }
        let pictures = cells.chunks_exact(self.visible);
        let unlabelled = |picture: &[u8]| {
            let labels = &picture[self.visible - self.labels..];
            self.labels > 0 && labels.iter().filter(|label| **label != 0).count() != 1
        };
        match pictures.clone().position(unlabelled) {
            Some(picture) => Err(RbmError::Label { picture }),
            None => Ok(pictures),
        }
    }

    /// Visits all states of the layer that has fewer: the logarithm of each one's weight, summed over the other layer, and,
    /// if they are asked for, the means of the visible and of the hidden units beside it.
    fn each_state(&self, mut visit: impl FnMut(f64, &dyn Fn() -> [Vec<f64>; 2])) -> Result<(), RbmError> {
        let units = self.visible.min(self.hidden);
        if units > MAX_SUMMED {
            return Err(RbmError::Large { units });
        }
        if self.visible < self.hidden {
            self.each_picture(|_, cells, fields| {
                visit(self.minus_free_energy(cells, fields), &|| {
                    let hidden = fields.iter().map(|&x| math::sigmoid(x)).collect();
                    [cells.iter().map(|&cell| f64::from(cell)).collect(), hidden]
                });
            });
        } else {
            self.each_hidden(|bias, on, fields| {
                let (single, group) = fields.split_at(self.visible - self.labels);
                let ln =
                    bias + product(single) + if group.is_empty() { 0.0 } else { math::log_sum_exp(group) };
                visit(ln, &|| [self.visible_means(fields), on.iter().map(|&h| f64::from(h)).collect()]);
            });
        }
        Ok(())
    }

    /// Means of the visible units in these fields.
    pub(super) fn visible_means(&self, fields: &[f64]) -> Vec<f64> {
        let (single, group) = fields.split_at(self.visible - self.labels);
        let all = math::log_sum_exp(group);
        let single = single.iter().map(|&x| math::sigmoid(x));
        single.chain(group.iter().map(|x| math::exp(x - all))).collect()
    }

    /// −F of a picture in which the hidden units feel these fields.
    fn minus_free_energy(&self, cells: &[u8], fields: &[f64]) -> f64 {
        let on = self.visible_bias.iter().zip(cells).filter(|(_, cell)| **cell != 0);
        on.map(|(a, _)| a).sum::<f64>() + product(fields)
    }

    /// Visits all pictures: its number, its cells, and what the hidden units feel.
    pub(super) fn each_picture(&self, mut visit: impl FnMut(u32, &[u8], &[f64])) {
        let single = self.visible - self.labels;
        for label in 0..self.labels.max(1) {
            let mut cells = vec![0u8; self.visible];
            let mut number = 0;
            if self.labels > 0 {
                cells[single + label] = 1;
                number = 1 << (single + label);
            }
            let mut fields = self.hidden_fields(&cells);
            for step in 0..1u32 << single {
                if step > 0 {
                    let unit = step.trailing_zeros() as usize;
                    cells[unit] ^= 1;
                    number ^= 1 << unit;
                    if step % ANCHOR == 0 {
                        fields = self.hidden_fields(&cells);
                    } else {
                        let sign = if cells[unit] == 1 { 1.0 } else { -1.0 };
                        let column = self.weights[unit..].iter().step_by(self.visible);
                        fields.iter_mut().zip(column).for_each(|(field, w)| *field += sign * w);
                    }
                }
                visit(number, &cells, &fields);
            }
        }
    }

    /// Visits all states of the hidden layer: its part of the biases, its units, and what the visible units feel.
    pub(in crate::models) fn each_hidden(&self, mut visit: impl FnMut(f64, &[u8], &[f64])) {
        let mut on = vec![0u8; self.hidden];
        let mut fields = self.visible_bias.clone();
        let mut bias = 0.0;
        for step in 0..1u32 << self.hidden {
            if step > 0 {
                let unit = step.trailing_zeros() as usize;
                on[unit] ^= 1;
                if step % ANCHOR == 0 {
                    fields = self.visible_fields(&on);
                    bias = on.iter().zip(&self.hidden_bias).filter(|(on, _)| **on == 1).map(|(_, c)| c).sum();
                } else {
                    let sign = if on[unit] == 1 { 1.0 } else { -1.0 };
                    fields.iter_mut().zip(self.row(unit)).for_each(|(field, w)| *field += sign * w);
                    bias += sign * self.hidden_bias[unit];
                }
            }
            visit(bias, &on, &fields);
        }
    }
}

/// Σ softplus(x), the logarithm taken of a few factors at a time.
fn product(fields: &[f64]) -> f64 {
    /// So many factors of at most e^80 are still a number.
    const FACTORS: usize = 8;
    let of = |fields: &[f64]| {
        if fields.iter().all(|&x| x < 80.0) {
            math::ln(fields.iter().map(|&x| 1.0 + math::exp(x)).product())
        } else {
            fields.iter().map(|&x| math::softplus(x)).sum()
        }
    };
    fields.chunks(FACTORS).map(of).sum()
}
