//! The update rules that a spec can name.

use engram::dynamics::{
    Asynchronous, Greedy, HeatBath, Sequential, State, Synchronous, Tie, UpdateRule, Visit,
};
use engram::energy::Conditional;
#[cfg(feature = "exact")]
use engram::exact;
use engram::kernel::Real;
use engram::models::hopfield::Hopfield;
use engram::rng::Rng;
use serde::{Deserialize, Serialize};

use super::learn::{number, word};
use crate::value::Values;

/// An update rule with where it is in its sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Update {
    Asynchronous(Asynchronous),
    Sequential(Sequential),
    Greedy(Greedy),
    Synchronous(Synchronous),
    HeatBath(HeatBath),
}

/// The tie rule that checked settings name.
pub fn tie(values: &Values) -> Tie {
    match word(values, "tie") {
        "plus" => Tie::Plus,
        "minus" => Tie::Minus,
        _ => Tie::Keep,
    }
}

impl Update {
    /// The rule that checked settings name, at the start of a sweep.
    pub fn from_values(values: &Values, units: usize) -> Self {
        let tie = tie(values);
        match word(values, "update") {
            "sequential" => Self::Sequential(Sequential::new(tie)),
            "greedy" => Self::Greedy(Greedy::new(tie)),
            "synchronous" => Self::Synchronous(Synchronous::new(tie)),
            "heat_bath" => Self::HeatBath(HeatBath::new(units, number(values, "temperature"))),
            _ => Self::Asynchronous(Asynchronous::new(units, tie)),
        }
    }

    /// The same rule under changed settings, if it is the same kind; it goes on where it was in its sweep.
    pub fn adjusted(mut self, values: &Values, units: usize) -> Self {
        let fresh = Self::from_values(values, units);
        match (&mut self, &fresh) {
            (Self::HeatBath(rule), Self::HeatBath(_)) => {
                rule.set_temperature(number(values, "temperature"));
                self
            }
            _ => fresh,
        }
    }

    /// Whether updates follow the fields for certain, so that the net can come to rest.
    pub fn is_deterministic(&self) -> bool {
        !matches!(self, Self::HeatBath(_))
    }

    /// Whether two states alternate.
    pub fn is_cycling(&self) -> bool {
        matches!(self, Self::Synchronous(rule) if rule.is_cycling())
    }

    /// Updates in one sweep.
    pub fn sweep_length(&self, units: usize) -> usize {
        match self {
            Self::Asynchronous(rule) => rule.sweep_length(units),
            Self::Sequential(rule) => rule.sweep_length(units),
            Self::Greedy(rule) => rule.sweep_length(units),
            Self::Synchronous(rule) => rule.sweep_length(units),
            Self::HeatBath(rule) => rule.sweep_length(units),
        }
    }

    #[cfg(feature = "exact")]
    /// The rule whose attractors stand for this one's, with its name: itself where every state leads to one other.
    /// Random rules have no basins of their own; neurons asked in order rest in the same states.
    pub fn exact_rule(&self, tie: Tie) -> (&'static str, exact::Rule) {
        match self {
            Self::Asynchronous(_) | Self::HeatBath(_) | Self::Sequential(_) => {
                ("sequential", exact::Rule::Sequential(tie))
            }
            Self::Greedy(_) => ("greedy", exact::Rule::Greedy(tie)),
            Self::Synchronous(_) => ("synchronous", exact::Rule::Synchronous(tie)),
        }
    }

    /// Makes updates until `after` says to stop. The kind of rule is looked at once, not once an update.
    pub fn run<T: Real>(
        &mut self,
        net: &Hopfield<T>,
        state: &mut State<<Hopfield<T> as Conditional>::Cache>,
        rng: &mut Rng,
        after: impl FnMut(&mut State<Vec<T>>, &Visit, bool) -> bool,
    ) {
        fn go<R: UpdateRule, T: Real>(
            rule: &mut R,
            net: &Hopfield<T>,
            state: &mut State<Vec<T>>,
            rng: &mut Rng,
            cycling: fn(&R) -> bool,
            mut after: impl FnMut(&mut State<Vec<T>>, &Visit, bool) -> bool,
        ) {
            loop {
                let visit = rule.step(net, state, rng);
                if !after(state, &visit, cycling(rule)) {
                    return;
                }
            }
        }
        match self {
            Self::Asynchronous(rule) => go(rule, net, state, rng, |_| false, after),
            Self::Sequential(rule) => go(rule, net, state, rng, |_| false, after),
            Self::Greedy(rule) => go(rule, net, state, rng, |_| false, after),
            Self::Synchronous(rule) => go(rule, net, state, rng, Synchronous::is_cycling, after),
            Self::HeatBath(rule) => go(rule, net, state, rng, |_| false, after),
        }
    }
}
