//! A spec that has been held against what its model says of itself.
//!
//! Everything that can be checked without the model's mathematics is checked here, once, before a machine sees it.

use crate::LabError;
use crate::catalogue::{self, Entry};
use crate::control::{check_all, filled};
use crate::describe::Description;
use crate::resolve::{self, Resolved};
use crate::spec::{Prepare, Spec};
use crate::values::Values;

/// A checked spec with everything that follows from it and from no run.
pub struct Setup {
    /// The model's place in the catalogue.
    pub entry: &'static Entry,
    /// The spec itself.
    pub spec: Spec,
    /// What the model says of itself.
    pub description: Description,
    /// Every control's value.
    pub values: Values,
    /// What is done before the run, with every argument's value. Damage and dreams stand in the order in which they
    /// are done.
    pub prepare: Vec<Prepare>,
    /// The memories and the size of the grid.
    pub resolved: Resolved,
    /// The state that the run starts from, one spin a unit.
    pub start: Vec<i8>,
    /// Which units are held fixed.
    pub clamped: Vec<bool>,
}

impl Setup {
    /// Checks a spec.
    ///
    /// # Errors
    /// No such model, or something that this model cannot be: the place, what stands there and what is allowed.
    pub fn new(spec: &Spec) -> Result<Self, LabError> {
        let entry = catalogue::find(&spec.model)?;
        let resolved = resolve::memories(spec)?;
        spec.check()?;
        let description = entry.describe(spec);
        check_all(&description.controls, &spec.params, "params")?;
        let prepare = steps(&description, &spec.prepare)?;
        let values = filled(&description.controls, &spec.params);
        let start = resolve::start(spec, &resolved)?;
        let clamped = resolve::clamped(spec, resolved.units())?;
        outright(entry, spec, resolved.units())?;
        Ok(Self { entry, spec: spec.clone(), description, values, prepare, resolved, start, clamped })
    }

    /// Number of units of the grid.
    #[must_use]
    pub fn units(&self) -> usize {
        self.start.len()
    }

    /// The memories' spins, in order.
    #[must_use]
    pub fn patterns(&self) -> Vec<&[i8]> {
        self.resolved.memories.iter().map(|m| m.pattern.spins()).collect()
    }

    /// Whether a machine of this spec can become one of the other.
    ///
    /// # Errors
    /// Another model or another size.
    pub(crate) fn can_become(&self, other: &Self) -> Result<(), LabError> {
        let size = |setup: &Self| (setup.resolved.width, setup.resolved.height);
        if size(self) != size(other) || self.spec.model != other.spec.model {
            return Err(LabError::new("patterns", "a machine keeps its size; open the spec instead"));
        }
        Ok(())
    }
}

/// What is done before the run, checked, with every argument's value.
fn steps(description: &Description, given: &[Prepare]) -> Result<Vec<Prepare>, LabError> {
    let known: Vec<_> = description.actions.iter().filter(|a| !a.args.is_empty() && a.prepares()).collect();
    let step = |(k, step): (usize, &Prepare)| {
        let at = format!("prepare[{k}]");
        let Some(info) = known.iter().find(|a| a.key == step.action) else {
            let names: Vec<_> = known.iter().map(|a| a.key).collect();
            let message = format!("'{}' is not allowed; it must be one of {}", step.action, names.join(", "));
            return Err(LabError::new(at, message));
        };
        check_all(&info.args, &step.args, &at)?;
        Ok(Prepare { action: step.action.clone(), args: filled(&info.args, &step.args) })
    };
    given.iter().enumerate().map(step).collect()
}

/// Weights and biases given outright, as far as their numbers go: what they say is for the model to judge, once it is
/// known that nothing large is made in vain.
fn outright(entry: &Entry, spec: &Spec, units: usize) -> Result<(), LabError> {
    for (at, given) in [("weights", spec.weights.is_some()), ("biases", spec.biases.is_some())] {
        if given && !entry.takes_weights {
            return Err(LabError::new(
                at,
                format_args!("this model has no {at} to be given: it is '{}'", entry.name),
            ));
        }
    }
    match spec.biases.as_ref().map(Vec::len) {
        Some(found) if found != units => {
            Err(LabError::new("biases", format_args!("there are {found} biases; the net has {units} units")))
        }
        _ => Ok(()),
    }
}
