//! What is measured of the net as it learns.

use crate::machines::learners::signed;
use engram::bipartite::{Lists, WIDTH};
use engram::learning::contrastive::Learner;
use engram::math;
use engram::models::belief_net::BeliefNetSampler;
use engram::rng::{Lanes, Stream};
use serde::{Deserialize, Serialize};

use super::Model;
use super::layers::Layers;
use super::stack::Stack;
use crate::learned::Side;
use crate::machines::learners;
use crate::spec::Spec;

/// Hidden units if nothing is said, from the first layer up, and the most.
pub const HIDDEN: [u32; 3] = [32, 16, 0];
pub const MOST_HIDDEN: u32 = 1024;

/// Most units of the smaller layer of the machine at the top for which all states are looked at as it learns.
const MOST_EXACT: usize = 12;

/// Most units of the larger one.
const MOST_BESIDE: usize = 256;

/// Pictures that are measured, the first ones, and of large nets fewer; and most draws of each.
const MEASURED: usize = 100;
const FEWEST: usize = 10;
const DRAWS: u32 = 10;

/// Recognitions for naming pictures, all together.
const NAMED: usize = 3000;

/// Most additions for measuring each unit of these pictures against all others.
const UNIT_WORK: usize = 40_000_000;

/// The dice of what is measured.
const DICE: u64 = 12;

/// What can be told of the net of a spec.
#[derive(Clone, Copy)]
pub struct Told {
    /// The bound below the likelihood, as it learns.
    pub bound: bool,
    /// What it names unseen pictures.
    pub names: bool,
}

impl Told {
    /// As far as a spec says it.
    pub fn of(spec: &Spec) -> Self {
        let (_set, names) = (learners::set_of(spec), learners::learns_names(spec));
        let cells = learners::cells(spec);
        let units = |(key, default)| learners::count(spec, key, default);
        let layers = [("hidden", HIDDEN[0]), ("second", HIDDEN[1]), ("third", HIDDEN[2])].map(units);
        let sizes: Vec<usize> = [cells].into_iter().chain(layers).filter(|&units| units > 0).collect();
        let small =
            |pair: &[usize]| pair[0].min(pair[1]) <= MOST_EXACT && pair[0].max(pair[1]) <= MOST_BESIDE;
        Self { bound: !names && sizes.windows(2).all(small), names }
    }
}

/// Measured on whole pictures, now and then; what cannot be told is no number.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Measured {
    bound: f64,
    unseen_error: f64,
    pseudo_likelihood: f64,
    reconstruction_error: f64,
}

impl Default for Measured {
    fn default() -> Self {
        let none = f64::NAN;
        Self { bound: none, unseen_error: none, pseudo_likelihood: none, reconstruction_error: none }
    }
}

impl Measured {
    /// In the order of the description.
    pub fn scalars(&self, told: Told) -> Vec<f64> {
        let all = [
            (told.bound, self.bound),
            (told.names, 100.0 * self.unseen_error),
            (true, self.pseudo_likelihood),
            (true, self.reconstruction_error),
        ];
        all.into_iter().filter(|(told, _)| *told).map(|(_, value)| value).collect()
    }

    /// What there is to say of it in a sentence.
    pub fn says(&self, unseen: usize) -> String {
        if !self.unseen_error.is_nan() {
            let right = 100.0 * (1.0 - self.unseen_error);
            return format!("it names {right:.1} % of {unseen} unseen pictures rightly");
        }
        let (number, what) = match (self.bound.is_nan(), self.reconstruction_error.is_nan()) {
            (false, _) => (self.bound, "the log-likelihood of its pictures is at least, in nats,"),
            (true, false) => (self.reconstruction_error, "the reconstruction error is"),
            (true, true) => return "there are no pictures to learn from".to_owned(),
        };
        format!("{what} {}", signed(number))
    }
}

impl Model {
    /// Measures the net as it is.
    pub fn measured(&self, net: &Stack) -> Measured {
        let mut measured = Measured::default();
        let sound = net.machines.iter().all(Learner::is_sound);
        if !sound || self.data.count() == 0 {
            return measured;
        }
        let mut dice = Lanes::new(self.seed, Stream::Learning, DICE);
        let top = net.top();
        let few = (UNIT_WORK / (top.visible() * top.hidden())).clamp(FEWEST, MEASURED);
        let pictures = self.data.seen(self.labels > 0, 0..self.data.count().min(few));
        let seen = net.seen(&pictures, self.data.cells, &mut dice);
        let single = top.visible() - top.labels() + usize::from(top.labels() > 0);
        measured.pseudo_likelihood =
            self.data.total(&top.pseudo_likelihoods(&seen)) / (seen.copies() * single) as f64;
        let means = self.reconstructions(net, &pictures, &mut dice);
        let missed = |(copy, means): (usize, &[f32])| {
            let cells = pictures.cells(copy);
            let off = cells.iter().zip(means).map(|(&cell, &mean)| f64::from(cell) - f64::from(mean));
            off.map(|off| off * off).sum::<f64>()
        };
        let missed: Vec<f64> = means.chunks_exact(self.data.cells).enumerate().map(missed).collect();
        measured.reconstruction_error = self.data.total(&missed) / means.len() as f64;
        if top.labels() > 0 && self.data.unseen_count() > 0 {
            measured.unseen_error = self.error_on_unseen(net, &mut dice);
        }
        if self.told.bound {
            measured.bound = self.bound(net, &pictures, &mut dice);
        }
        measured
    }

    /// The mean bound of some pictures.
    fn bound(&self, net: &Stack, pictures: &Lists, dice: &mut Lanes) -> f64 {
        let Some(ln_z) = net.top().machine().ok().and_then(|top| top.ln_z().ok()) else { return f64::NAN };
        let machines = net.machines[..=net.course].iter().map(|learner| learner.sampler().clone());
        let Ok(stack) = BeliefNetSampler::of(machines.collect()) else { return f64::NAN };
        self.data.mean(&stack.bounds(pictures, ln_z, DRAWS, dice))
    }

    /// What comes back of pictures that go up to the top and down again: how likely each cell is to be on, a row a picture.
    pub fn reconstructions(&self, net: &Stack, pictures: &Lists, dice: &mut Lanes) -> Vec<f32> {
        let (seen, mut hidden) =
            (net.seen(pictures, self.data.cells, dice), Lists::new(net.top().hidden(), 0));
        net.top().draw_hidden(&seen, &[], dice, &mut hidden);
        let mut back = seen.clone();
        net.top().draw_visible(&hidden, &[], dice, &mut back);
        let [first, _] = net.descend(&back, &hidden, dice);
        let rows = net.machines[0].sampler().visible_means(&first);
        // A net of a single machine may see names, too.
        let visible = net.machines[0].sampler().visible();
        rows.chunks_exact(visible).flat_map(|row| &row[..self.data.cells]).copied().collect()
    }

    /// The logarithm of each name's probability given pictures: the mean over some recognitions of each.
    pub fn name_posteriors(&self, net: &Stack, pictures: &Lists, dice: &mut Lanes) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0.0; self.labels]; pictures.copies()];
        // Of many pictures one draw each is enough for their mean.
        let draws = (NAMED / pictures.copies().max(1)).clamp(1, DRAWS as usize);
        for _ in 0..draws {
            let all = net.top().label_posteriors(&net.seen(pictures, self.data.cells, dice));
            for (sums, posterior) in sums.iter_mut().zip(all) {
                sums.iter_mut().zip(posterior).for_each(|(sum, ln)| *sum += math::exp(ln) / draws as f64);
            }
        }
        sums.into_iter().map(|sums| sums.into_iter().map(math::ln).collect()).collect()
    }

    /// Part of the unseen pictures that get the wrong name.
    fn error_on_unseen(&self, net: &Stack, dice: &mut Lanes) -> f64 {
        self.data.error(&self.name_posteriors(net, &self.data.all(true, Side::Unseen), dice))
    }

    /// How likely each unit of the first hidden layer is to be on beside the picture on the grid.
    pub fn hidden_means(&self, net: &Stack, thought: &Layers) -> Vec<f32> {
        let bottom = net.machines[0].sampler();
        let means = bottom.hidden_means(&thought.visible.with_units(bottom.visible()));
        (0..bottom.hidden()).map(|unit| means[unit / WIDTH][unit % WIDTH]).collect()
    }
}
