//! The weights of a spec, and what need not be learned again when it changes.

use std::cell::{OnceCell, RefCell};

use engram::kernel::Real;
use engram::learning::Learned;
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::observe::{Likeness, Spectrum, SpectrumError};
use engram::weights::Weights;

use super::describe::BIAS_SIGN;
use super::learn::{self, Rule};
use crate::LabError;
use crate::machines::common::figures::Landscape;
use crate::machines::common::update;
use crate::resolve::Memory;
use crate::setup::Setup;
use crate::values::Values;

/// What was learned, and the network after what is done to it before the run.
pub struct Model<T> {
    pub learned: Learned<T>,
    pub net: Hopfield<T>,
    /// The weights before the first damage, if they are not those learned.
    whole: Option<Weights<T>>,
    pub symmetric: bool,
    /// The layer of that name, once it has been asked for.
    pub damage: OnceCell<Vec<f32>>,
    /// How like the memories are to each other, once it has been asked.
    pub likeness: OnceCell<Option<Likeness>>,
    /// What figures show, once they have been asked for.
    pub spectrum: OnceCell<Result<Spectrum, SpectrumError>>,
    pub landscape: RefCell<Option<Landscape>>,
}

fn alike(a: &Memory, b: &Memory) -> bool {
    a.pattern == b.pattern && a.importance == b.importance
}

/// Whether two specs learn by the same rule from the same dice.
fn learn_alike(old: &Setup, new: &Setup) -> bool {
    let settings = |values: &Values| {
        let mut values = values.clone();
        values.retain(|key, _| key != BIAS_SIGN && !update::is_of_run(key));
        values
    };
    new.spec.seed == old.spec.seed
        && new.spec.weights == old.spec.weights
        && new.spec.biases == old.spec.biases
        && settings(&new.values) == settings(&old.values)
}

/// Whether two specs that learn alike have the same model.
fn same_model(old: &Setup, new: &Setup) -> bool {
    let (ours, theirs) = (&old.resolved.memories, &new.resolved.memories);
    new.prepare == old.prepare
        && new.values.word(BIAS_SIGN) == old.values.word(BIAS_SIGN)
        && ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|(a, b)| alike(a, b))
}

/// How a list of memories differs from another.
enum Change {
    /// Not at all.
    None,
    /// By one more at its end.
    Stored,
    /// By one less: it had this number.
    Forgotten(usize),
    /// By more.
    Other,
}

fn change(old: &[Memory], new: &[Memory]) -> Change {
    let same = old.iter().zip(new).take_while(|(a, b)| alike(a, b)).count();
    let rest_alike = || old[same + 1..].iter().zip(&new[same..]).all(|(a, b)| alike(a, b));
    if same == old.len() && same == new.len() {
        Change::None
    } else if same == old.len() && new.len() == same + 1 {
        Change::Stored
    } else if old.len() == new.len() + 1 && rest_alike() {
        Change::Forgotten(same)
    } else {
        Change::Other
    }
}

/// Whether two specs have the same model.
pub fn is_same(old: &Setup, new: &Setup) -> bool {
    learn_alike(old, new) && same_model(old, new)
}

impl<T: Real> Model<T> {
    /// The model of a setup: from what is already known where the rule allows it, else learned anew. None if it is
    /// the one that is known.
    pub fn new(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        let known = known.filter(|(old, _)| learn_alike(old, setup));
        let stepped = match known {
            Some((old, _)) if same_model(old, setup) => return Ok(None),
            Some((old, model)) => model.step(old, setup)?,
            None => None,
        };
        let learned = match stepped {
            Some(learned) => learned,
            None => learn::learn(setup)?,
        };
        let (net, whole) = network(setup, &learned)?;
        let symmetric = net.weights().is_symmetric();
        let (damage, likeness, spectrum, landscape) = Default::default();
        Ok(Some(Self { learned, net, whole, symmetric, damage, likeness, spectrum, landscape }))
    }

    /// The weights before the first damage; where there was none, those learned.
    pub fn whole(&self) -> &Weights<T> {
        self.whole.as_ref().unwrap_or(&self.learned.weights)
    }

    /// What was learned, with the one memory stored or forgotten that tells the two lists apart, if the rule can.
    fn step(&self, old: &Setup, new: &Setup) -> Result<Option<Learned<T>>, LabError> {
        let (before, memories, values) = (&old.resolved.memories, &new.resolved.memories, &new.values);
        let change = change(before, memories);
        let outright = new.spec.weights.is_some();
        let mut learned = self.learned.clone();
        let done = match change {
            Change::None => true,
            Change::Stored if !outright => learn::store(&mut learned, values, memories)?,
            Change::Forgotten(k) if !outright => learn::forget(&mut learned, values, &before[k])?,
            _ => false,
        };
        Ok(done.then_some(learned))
    }
}

/// The network, and the weights before the first damage if they are not those learned.
fn network<T: Real>(
    setup: &Setup,
    learned: &Learned<T>,
) -> Result<(Hopfield<T>, Option<Weights<T>>), LabError> {
    let opposed = setup.values.word(BIAS_SIGN) == "opposed";
    let sign = if opposed { BiasSign::Opposed } else { BiasSign::Consistent };
    let mut ready = learned.clone();
    let whole = learn::prepare(setup, &mut ready)?;
    let net =
        Hopfield::new(ready.weights, ready.bias, sign).map_err(|error| LabError::new("biases", error))?;
    let plain = setup.spec.weights.is_none()
        && setup.prepare.is_empty()
        && Rule::from_values(&setup.values).is_plain_sum(&setup.resolved.memories);
    let net = if plain { net.with_factors(&setup.patterns()) } else { net };
    Ok((net.with_bytes(), whole))
}
