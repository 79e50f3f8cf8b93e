//! Annealed importance sampling: an estimate of ln Z for machines that are too large to be summed over.
//!
//! Runs start from a machine without weights, whose Z is known, and go through machines between it and this one, each
//! taking a step of its Gibbs sampler. The mean of their weights is an estimate of the quotient of both Z without bias;
//! its logarithm is therefore too low on average: **ln Z comes out too low, and a log-likelihood too high**, the more so
//! the fewer the runs and the steps.
//!
//! R. M. Neal, *Annealed importance sampling*, Statistics and Computing 11 (2001) 125; R. Salakhutdinov & I. Murray, *On
//! the quantitative analysis of deep belief networks*, ICML 2008 (§4.1: the machines between, with the data's own rates
//! to start from).

use alloc::vec;
use alloc::vec::Vec;

use super::Sampler;
use crate::bipartite::{Groups, Layer, Lists, NEVER, Slice, WIDTH, choose, cut, draw, fields};
use crate::math::{self, vector};
use crate::rng::Lanes;

/// An estimate of ln Z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// ln of the mean weight.
    pub ln_z: f64,
    /// Its standard error, from the spread of the weights. Infinite for a single run.
    pub error: f64,
    /// Runs it is made of.
    pub runs: usize,
    /// Machines that each went through.
    pub steps: usize,
}

/// Runs on their way.
#[derive(Clone, Debug)]
pub struct Ais {
    sampler: Sampler,
    /// Biases of the visible units where all begins.
    base: Vec<f32>,
    visible: Lists,
    hidden: Lists,
    /// ln of the weight of each run.
    weights: Vec<f64>,
    dice: Lanes,
    done: usize,
    steps: usize,
    /// ln Z of where all begins.
    ln_base: f64,
}

impl Ais {
    /// So many runs through so many machines, beginning with visible units that are on at these rates: the means of the
    /// data.
    #[must_use]
    pub fn new(sampler: &Sampler, rates: &[f64], runs: usize, steps: usize, mut dice: Lanes) -> Self {
        // No unit is quite certain: then every picture can be come to.
        let odds = |p: f64| {
            let p = p.clamp(1e-3, 1.0 - 1e-3);
            math::ln(p / (1.0 - p)) as f32
        };
        let single = sampler.visible() - sampler.labels();
        let of = |(unit, &rate): (usize, &f64)| {
            if unit < single { odds(rate) } else { math::ln(rate.max(1e-3)) as f32 }
        };
        let base: Vec<f32> = rates.iter().take(sampler.visible()).enumerate().map(of).collect();
        let ln_base = base[..single].iter().map(|&b| math::softplus(f64::from(b))).sum::<f64>()
            + if sampler.labels() > 0 {
                math::log_sum_exp(&base[single..].iter().map(|&b| f64::from(b)).collect::<Vec<_>>())
            } else {
                0.0
            }
            + sampler.hidden() as f64 * core::f64::consts::LN_2;
        let (mut visible, hidden) = (Lists::new(sampler.visible(), runs), Lists::new(sampler.hidden(), runs));
        let bias = cut(base.iter().copied(), NEVER);
        let start = Layer { bias: &bias, ..sampler.down() };
        draw(start, &hidden, Groups { single, slopes: &[] }, &mut dice, &mut visible, None);
        let sampler = sampler.clone();
        Self { sampler, base, visible, hidden, weights: vec![0.0; runs], dice, done: 0, steps, ln_base }
    }

    /// Machines gone through, and to go through in all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.steps)
    }

    /// Goes through up to so many machines more; the estimate once all are done.
    pub fn advance(&mut self, machines: usize) -> Option<Estimate> {
        let until = self.steps.min(self.done.saturating_add(machines));
        while self.done < until {
            let before = self.done as f32 / self.steps as f32;
            self.done += 1;
            self.step(before, self.done as f32 / self.steps as f32);
        }
        (self.done == self.steps).then(|| self.estimate())
    }

    fn step(&mut self, before: f32, now: f32) {
        let Self { sampler, base, visible, hidden, weights, dice, .. } = self;
        let seen = &sampler.net().seen;
        for (weight, on) in weights.iter_mut().zip(visible.iter()) {
            let gain = |&unit: &u16| f64::from(seen[usize::from(unit)] - base[usize::from(unit)]);
            *weight += f64::from(now - before) * on.iter().map(gain).sum::<f64>();
        }
        hidden.clear_all();
        let units = sampler.hidden();
        fields(sampler.up(), visible, |panel, copy, felt| {
            let (mut low, mut high) = (felt.map(|x| x * before), felt.map(|x| x * now));
            let mut means = high;
            vector::softplus(&mut low);
            vector::softplus(&mut high);
            let first = panel * WIDTH;
            let width = WIDTH.min(units - first);
            let mut gain = 0.0;
            for k in 0..width {
                gain += high[k] - low[k];
            }
            weights[copy] += f64::from(gain);
            vector::sigmoid(&mut means);
            hidden.push_chosen(copy, first, choose(&means, width, dice));
        });
        // (1 − β) b + β (a + W'h), as β times a field.
        let mixed: Vec<Slice> = {
            let share = (1.0 - now) / now;
            cut(seen.iter().zip(&*base).map(|(a, b)| a + share * b).collect::<Vec<_>>().into_iter(), NEVER)
        };
        let slopes = vec![now; visible.copies()];
        let groups = sampler.groups(&slopes);
        draw(Layer { bias: &mixed, ..sampler.down() }, hidden, groups, dice, visible, None);
    }

    fn estimate(&self) -> Estimate {
        let runs = self.weights.len();
        let n = runs as f64;
        let ln_mean = math::log_sum_exp(&self.weights) - math::ln(n);
        let spread: f64 = self
            .weights
            .iter()
            .map(|w| {
                let x = math::exp(w - ln_mean) - 1.0;
                x * x
            })
            .sum();
        let error = if runs > 1 { math::sqrt(spread / (n - 1.0) / n) } else { f64::INFINITY };
        Estimate { ln_z: self.ln_base + ln_mean, error, runs, steps: self.steps }
    }
}
