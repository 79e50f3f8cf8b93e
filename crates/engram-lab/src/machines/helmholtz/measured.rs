//! What is measured of the machine as it learns.

use crate::machines::learners::signed;
use engram::math;
use engram::models::helmholtz::{Exact, Helmholtz, MAX_HIDDEN};
use engram::order::order_by_key;
use engram::rng::{Rng, Stream};
use serde::{Deserialize, Serialize};

use super::Model;
use crate::machines::learners;
use crate::spec::Spec;

/// Hidden units if nothing is said, of the first and of the top layer, and the most.
pub const HIDDEN: [u32; 2] = [8, 1];
pub const MOST_HIDDEN: u32 = 512;

/// Most hidden units of which all states are looked at as it learns.
const MOST_EXACT: usize = 10;

/// Most additions that one exact measurement may take.
const EXACT_WORK: usize = 1 << 22;

/// Most hidden units of which each state is shown.
const MOST_EXPLAINED: usize = 5;

/// Pictures that are measured by draws, the first ones, and recognitions of each; of large machines fewer.
const MEASURED: usize = 100;
const FEWEST: usize = 5;
const DRAWS: u32 = 16;

/// Most additions for these recognitions.
const DRAWN_WORK: usize = 20_000_000;

/// The dice of what is measured, far from those of learning.
const DICE: u64 = 8;

/// What can be told of the machine of a spec.
#[derive(Clone, Copy)]
pub struct Told {
    /// Likelihood and bound exactly, as it learns.
    pub exact: bool,
    /// How well it does on all the pictures that there are.
    pub fit: bool,
    /// How unseen pictures differ from seen ones.
    pub unseen: bool,
    /// Every way to explain a picture.
    pub explanations: bool,
}

impl Told {
    /// As far as a spec says it.
    pub fn of(spec: &Spec) -> Self {
        let set = learners::set_of(spec);
        let cells = learners::cells(spec);
        let [hidden, top] = [("hidden", HIDDEN[0]), ("top", HIDDEN[1])]
            .map(|(key, default)| learners::count(spec, key, default));
        let all = hidden.saturating_add(top);
        let work = cells.saturating_mul(1 << hidden.min(40)).saturating_add(1 << all.min(40));
        let exact = all <= MOST_EXACT && work <= EXACT_WORK;
        Self {
            exact,
            fit: exact && set.is_none(),
            unseen: set.is_some(),
            explanations: all <= MOST_EXPLAINED,
        }
    }
}

/// Measured on whole pictures, now and then; what cannot be told is no number.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Measured {
    divergence: f64,
    legal: f64,
    log_likelihood: f64,
    bound: f64,
    gap: f64,
    reconstruction_error: f64,
}

impl Default for Measured {
    fn default() -> Self {
        let none = f64::NAN;
        Self {
            divergence: none,
            legal: none,
            log_likelihood: none,
            bound: none,
            gap: none,
            reconstruction_error: none,
        }
    }
}

impl Measured {
    /// In the order of the description.
    pub fn scalars(&self, told: Told) -> Vec<f64> {
        let all = [
            (told.fit, self.divergence / math::ln(2.0)),
            (told.fit, 100.0 * self.legal),
            (told.exact, self.log_likelihood),
            (true, self.bound),
            (told.exact, self.log_likelihood - self.bound),
            (told.unseen, self.gap),
            (true, self.reconstruction_error),
        ];
        all.into_iter().filter(|(told, _)| *told).map(|(_, value)| value).collect()
    }

    /// What there is to say of it in a sentence.
    pub fn says(&self) -> String {
        if !self.divergence.is_nan() {
            let bits = self.divergence / math::ln(2.0);
            let legal = 100.0 * self.legal;
            return format!(
                "{legal:.1} % of its dreams are pictures that it learns from, and it is {bits:.3} bits away from them"
            );
        }
        if self.bound.is_nan() {
            return "there are no pictures to learn from".to_owned();
        }
        let bound = signed(self.bound);
        format!("its pictures have a log-likelihood of {bound} nats at least")
    }
}

impl Model {
    /// The pictures that it learns from, each once, and how likely each is.
    pub fn law(&self) -> (Vec<&[u8]>, Vec<f64>) {
        let order = order_by_key(self.data.count(), |k| self.data.picture(k));
        let (mut pictures, mut chances): (Vec<&[u8]>, Vec<f64>) = (Vec::new(), Vec::new());
        for k in order {
            let picture = self.data.picture(k);
            if pictures.last() == Some(&picture) {
                *chances.last_mut().expect("one a picture") += self.data.chance(k);
            } else {
                pictures.push(picture);
                chances.push(self.data.chance(k));
            }
        }
        (pictures, chances)
    }

    /// Measures the machine as it is.
    pub fn measured(&self, net: &Helmholtz) -> Measured {
        let mut measured = Measured::default();
        if self.data.count() == 0 {
            return measured;
        }
        let mut rng = Rng::new(self.seed, Stream::Learning, DICE);
        let weights: usize = self.sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let few = (DRAWN_WORK / (2 * weights * DRAWS as usize)).clamp(FEWEST, MEASURED);
        let seen = self.data.count().min(few);
        measured.bound = self.data.mean(&bounds(net, (0..seen).map(|k| self.data.picture(k)), &mut rng));
        let unseen = self.data.unseen_count().min(few);
        if unseen > 0 {
            let pictures = self.data.unseen(false, 0..unseen);
            let cells: Vec<Vec<u8>> = (0..unseen).map(|k| pictures.cells(k)).collect();
            let unseen = bounds(net, cells.iter().map(Vec::as_slice), &mut rng);
            measured.gap = measured.bound - unseen.iter().sum::<f64>() / unseen.len() as f64;
        }
        let missed: Vec<f64> = (0..seen).map(|k| missed(net, self.data.picture(k), &mut rng)).collect();
        measured.reconstruction_error = self.data.mean(&missed);
        if self.told.exact && self.units() - self.data.cells <= MAX_HIDDEN {
            self.measure_exactly(net, &mut measured);
        }
        measured
    }

    fn measure_exactly(&self, net: &Helmholtz, measured: &mut Measured) {
        let (pictures, chances) = self.law();
        if pictures.len() * self.data.cells.max(1 << self.sizes[1]) > EXACT_WORK {
            return;
        }
        let fit = Exact::enumerate(net).and_then(|exact| exact.fit(&pictures.concat(), &chances));
        if let Ok(fit) = fit {
            (measured.divergence, measured.legal) = (fit.divergence, fit.mass);
            (measured.log_likelihood, measured.bound) = (fit.log_likelihood, fit.bound);
        }
    }
}

/// The bounds of some pictures, from a few recognitions of each.
fn bounds<'a>(net: &Helmholtz, pictures: impl Iterator<Item = &'a [u8]>, rng: &mut Rng) -> Vec<f64> {
    pictures.map(|picture| net.sampled_bound(picture, DRAWS, rng).map_or(f64::NAN, |b| b.bound)).collect()
}

/// The mean square by which a picture differs from what comes back of it.
fn missed(net: &Helmholtz, picture: &[u8], rng: &mut Rng) -> f64 {
    let states = net.recognise(picture, rng).expect("a picture of its cells");
    let means = net.generative_means(&states).expect("states of all units");
    let off = |(&cell, mean): (&u8, &f64)| (f64::from(cell) - mean) * (f64::from(cell) - mean);
    picture.iter().zip(&means).map(off).sum::<f64>() / picture.len() as f64
}
