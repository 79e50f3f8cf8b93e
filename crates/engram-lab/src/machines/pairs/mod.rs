//! Networks of spins that pull on each other in pairs, with weights that are learned from pictures or given outright:
//! what is alike in them, whatever rules they are run by.

mod describe;
mod learn;
mod load;
mod model;

use std::any::Any;

use engram::dynamics::State;
use engram::kernel::{self, Real};
use engram::learning::Learned;
use engram::models::hopfield::Hopfield;
use engram::observe::{Explanation, Spectrum};
use engram::weights::Weights;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::describe::{describe, learning, weight_actions};
pub use self::learn::check;
use self::model::Model;
use super::common::figures::{self, Landscape, Slope};
use super::common::{self, Bench, Rules, SpinModel, update};
use crate::LabError;
use crate::describe::{Layer, Meter};
use crate::figure::{Figure, Part};
use crate::machine::{Cells, Machine, Numbers};
use crate::setup::Setup;

/// Nets of up to so many units are held in double precision, larger ones in single.
const DOUBLE_UNITS: usize = 256;

/// Makes the machine of a checked setup, to be run by these rules.
///
/// # Errors
/// What the network cannot be.
pub fn open(setup: Setup, rules: &'static Rules) -> Result<Box<dyn Machine>, LabError> {
    if setup.units() <= DOUBLE_UNITS {
        Bench::<Model<f64>>::open(setup, rules)
    } else {
        Bench::<Model<f32>>::open(setup, rules)
    }
}

/// Weights and biases of a checked setup, as its run feels them.
///
/// # Errors
/// What the network cannot be.
pub fn weights(setup: &Setup) -> Result<Learned<f64>, LabError> {
    let mut learned = learn::learn(setup)?;
    learn::prepare(setup, &mut learned)?;
    Ok(learned)
}

/// Whether something is done to the weights that counts as damage: then its layers are described.
fn is_damaged(setup: &Setup) -> bool {
    setup.description.layers.iter().any(|layer| layer.key == "damage")
}

/// What a unit sends to each.
fn sent<T: Real>(weights: &Weights<T>, j: usize, to: &mut [f64]) {
    kernel::scaled(weights.sent(j), weights.scale(), to);
}

impl<T: Real> Model<T> {
    /// The weights as they are shown: no number where damage has cut one.
    fn left(&self, setup: &Setup) -> impl Fn(usize, usize) -> f64 {
        let damaged = is_damaged(setup);
        move |i, j| {
            let weight = self.net.weights().get(i, j);
            let cut = damaged && weight == 0.0 && self.whole().get(i, j) != 0.0;
            if cut { f64::NAN } else { weight }
        }
    }
}

impl<T: Real> Model<T> {
    /// All states, laid out anew if they follow each other in another way than when they were last looked at.
    fn landscape(&self, setup: &Setup, net: &Hopfield<f64>, spins: &[i8], part: Part) -> Option<Figure> {
        let tie = update::tie(&setup.values);
        let together = setup.values.word(update::UPDATE) == update::Kind::Synchronous.key();
        let slope = if together { Slope::Together(tie) } else { Slope::Steepest(tie) };
        let mut kept = self.landscape.borrow_mut();
        if kept.as_ref().is_none_or(|known| known.slope() != slope) {
            *kept = Landscape::new(setup, net, slope).ok();
        }
        kept.as_ref().map(|landscape| landscape.figure(setup, spins, part))
    }
}

impl<T: Real + Serialize + DeserializeOwned + 'static> SpinModel for Model<T> {
    type Net = Hopfield<T>;

    /// Small nets are held in double precision.
    const ENUMERATES: bool = size_of::<T>() == size_of::<f64>();

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        Self::new(setup, known)
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        model::is_same(setup, other)
    }

    fn net(&self) -> &Hopfield<T> {
        &self.net
    }

    fn energy(&self, state: &State<Vec<T>>) -> f64 {
        self.net.energy_cached(state.spins(), state.cache())
    }

    fn explain(&self, state: &State<Vec<T>>, unit: usize) -> Explanation {
        Explanation::new(&self.net, state.spins(), state.cache(), unit)
    }

    fn notices(&self) -> Vec<String> {
        let mut notices: Vec<String> = self.learned.notes.iter().map(ToString::to_string).collect();
        if !self.symmetric {
            notices.push(
                "the weights are not symmetric: the energy may rise and the network may never settle"
                    .to_owned(),
            );
        }
        notices
    }

    fn meters(&self, setup: &Setup) -> Vec<Meter> {
        load::meters(setup, &self.likeness)
    }

    fn layer(
        &self,
        setup: &Setup,
        _: &State<Vec<T>>,
        key: &str,
        index: usize,
    ) -> Result<Option<Layer>, LabError> {
        let (before, after) = (self.whole(), self.net.weights());
        match key {
            "incoming" => common::incoming(setup, index, &self.left(setup)).map(Some),
            "weights" => common::weights(setup, &self.left(setup)).map(Some),
            _ if !is_damaged(setup) => Ok(None),
            "lost" => common::incoming(setup, index, &|i, j| before.get(i, j) - after.get(i, j)).map(Some),
            "damage" => {
                let part =
                    || common::damage(setup, &|j, to| sent(before, j, to), &|j, to| sent(after, j, to));
                Ok(Some(common::over_grid(setup, self.damage.get_or_init(part).clone())))
            }
            _ => Ok(None),
        }
    }

    fn figure(&self, setup: &Setup, state: &State<Vec<T>>, key: &str, part: Part) -> Option<Figure> {
        // Nets that are small enough for figures are held in double precision: of others nothing need be made for them.
        let net: &Hopfield<f64> = (&self.net as &dyn Any).downcast_ref()?;
        let spins = state.spins();
        match key {
            "network" => {
                let weight = |i, j| net.weights().get(i, j);
                Some(figures::network(setup, self.symmetric, &weight, Cells::Spins(spins), part))
            }
            "landscape" => self.landscape(setup, net, spins, part),
            "spectrum" => {
                let found = || figures::along(setup, Spectrum::of_weights(net.weights()));
                Some(figures::spectrum(setup, self.spectrum.get_or_init(found), part))
            }
            _ => None,
        }
    }

    fn numbers(
        &self,
        setup: &Setup,
        of: &Numbers<'_>,
        each: &mut dyn FnMut(&[f64]),
    ) -> Result<Option<bool>, LabError> {
        let pairs = matches!(of.layer, "incoming" | "weights");
        if !pairs || of.before && !is_damaged(setup) {
            return Ok(pairs.then_some(false));
        }
        let (before, after) = (self.whole(), self.net.weights());
        match (of.layer, of.before) {
            ("incoming", true) => {
                common::incoming_numbers(setup, of.index, &|i, j| before.get(i, j), each)?;
            }
            ("incoming", false) => common::incoming_numbers(setup, of.index, &self.left(setup), each)?,
            (_, true) => common::weight_numbers(setup, self.symmetric, &|j, to| sent(before, j, to), each),
            (_, false) => {
                let damaged = is_damaged(setup);
                let row = |j: usize, to: &mut [f64]| {
                    sent(after, j, to);
                    if damaged {
                        let mut was = vec![0.0; to.len()];
                        sent(before, j, &mut was);
                        common::mark_cut(&was, to);
                    }
                };
                common::weight_numbers(setup, self.symmetric, &row, each);
            }
        }
        Ok(Some(true))
    }
}
