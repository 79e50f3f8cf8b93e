//! The weights of a spec, and what need not be learned again when it changes.

use engram::kernel::Real;
use engram::learning::Learned;
use engram::models::hopfield::{BiasSign, Hopfield};

use super::learn::{self, Rule, word};
use crate::LabError;
use crate::resolve::{Memory, Resolved};
use crate::spec::Spec;
use crate::value::Values;

/// Settings that learning does not depend on.
const RUNNING: [&str; 4] = ["update", "temperature", "tie", "bias_sign"];

/// What was learned, and the network after what is done to it before the run.
pub struct Model<T> {
    pub learned: Learned<T>,
    pub net: Hopfield<T>,
}

/// The spec that a model belongs to, with what follows from it.
#[derive(Clone, Copy)]
pub struct Known<'a, T> {
    pub spec: &'a Spec,
    pub values: &'a Values,
    pub memories: &'a [Memory],
    pub model: &'a Model<T>,
}

fn alike(a: &Memory, b: &Memory) -> bool {
    a.pattern == b.pattern && a.importance == b.importance
}

impl<T: Real> Known<'_, T> {
    /// Whether another spec learns by the same rule from the same dice.
    fn learns_alike(&self, spec: &Spec, values: &Values) -> bool {
        let settings = |values: &Values| {
            let mut values = values.clone();
            values.retain(|key, _| !RUNNING.contains(&key.as_str()));
            values
        };
        spec.seed == self.spec.seed
            && spec.weights == self.spec.weights
            && spec.biases == self.spec.biases
            && settings(values) == settings(self.values)
    }

    /// Whether the model of another spec is this one.
    pub fn is_model_of(&self, spec: &Spec, values: &Values, resolved: &Resolved) -> bool {
        let memories = &resolved.memories;
        self.learns_alike(spec, values)
            && spec.prepare == self.spec.prepare
            && word(values, "bias_sign") == word(self.values, "bias_sign")
            && self.memories.len() == memories.len()
            && self.memories.iter().zip(memories).all(|(a, b)| alike(a, b))
    }

    /// What was learned, with the one memory stored or forgotten that tells the two lists apart, if the rule can.
    fn step(
        &self,
        spec: &Spec,
        values: &Values,
        resolved: &Resolved,
    ) -> Result<Option<Learned<T>>, LabError> {
        let (old, new) = (self.memories, &resolved.memories);
        let same = old.iter().zip(new).take_while(|(a, b)| alike(a, b)).count();
        let mut learned = self.model.learned.clone();
        if same == old.len() && same == new.len() {
            return Ok(Some(learned));
        }
        if spec.weights.is_some() {
            return Ok(None);
        }
        let rest_alike = || old[same + 1..].iter().zip(&new[same..]).all(|(a, b)| alike(a, b));
        let done = if same == old.len() && new.len() == same + 1 {
            learn::store(&mut learned, values, new)?
        } else if old.len() == new.len() + 1 && rest_alike() {
            learn::forget(&mut learned, values, &old[same])?
        } else {
            false
        };
        Ok(done.then_some(learned))
    }
}

impl<T: Real> Model<T> {
    /// The model of a spec: from what is already known where the rule allows it, else learned anew.
    pub fn new(
        spec: &Spec,
        values: &Values,
        resolved: &Resolved,
        known: Option<Known<'_, T>>,
    ) -> Result<Self, LabError> {
        let stepped = match known.filter(|known| known.learns_alike(spec, values)) {
            Some(known) => known.step(spec, values, resolved)?,
            None => None,
        };
        let learned = match stepped {
            Some(learned) => learned,
            None => learn::learn(spec, values, resolved)?,
        };
        let net = network(spec, values, resolved, &learned)?;
        Ok(Self { learned, net })
    }
}

fn network<T: Real>(
    spec: &Spec,
    values: &Values,
    resolved: &Resolved,
    learned: &Learned<T>,
) -> Result<Hopfield<T>, LabError> {
    let sign = if word(values, "bias_sign") == "opposed" { BiasSign::Opposed } else { BiasSign::Consistent };
    let mut ready = learned.clone();
    learn::prepare(spec, &mut ready)?;
    let net =
        Hopfield::new(ready.weights, ready.bias, sign).map_err(|error| LabError::new("biases", error))?;
    let plain = spec.weights.is_none()
        && spec.prepare.is_empty()
        && Rule::from_values(values).is_plain_sum(&resolved.memories);
    if plain {
        let patterns: Vec<_> = resolved.memories.iter().map(|m| m.pattern.spins()).collect();
        return Ok(net.with_factors(&patterns));
    }
    Ok(net)
}
