//! A spec that has been held against what its model says of itself.
//!
//! Everything that can be checked without the model's mathematics is checked here, once, before a machine sees it.

use engram::pattern::signs;

use crate::LabError;
use crate::catalogue::{self, Entry, Weights};
use crate::control::{Control, Implied, check_all, filled};
use crate::describe::Description;
use crate::fallible::try_each;
use crate::figure::GRID;
use crate::object::shown;
use crate::plan::LEARNED;
use crate::resolve::{self, Resolved};
use crate::spec::{ENGINE_VERSION, Prepare, Spec};
use crate::value::{Value, number_of};
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
    /// The state that the run starts from, one spin a unit; of a grey one, the signs.
    pub start: Vec<i8>,
    /// The same as numbers, for models whose cells are grey.
    pub levels: Vec<f64>,
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
        taken(entry, spec)?;
        let resolved = resolve::memories(spec)?;
        spec.check()?;
        let description = entry.describe(spec);
        check_all(&description.controls, &spec.params, "params")?;
        view(&description, spec)?;
        let prepare = steps(&description, &spec.prepare)?;
        let values = filled(&description.controls, &spec.params);
        let levels = resolve::start(spec, &resolved)?;
        let start = signs(&levels);
        let mut clamped = resolve::clamped(spec, resolved.units())?;
        if values.word(resolve::HOLDING) == "held" {
            clamped.iter_mut().zip(&levels).for_each(|(held, &cell)| *held |= cell != 0.0);
        }
        if entry.takes.weights == Weights::Pairs {
            outright(spec, resolved.units())?;
        }
        Ok(Self { entry, spec: spec.clone(), description, values, prepare, resolved, start, levels, clamped })
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

    /// What the spec says to no effect, and by which numerics it was made if by others, in plain sentences. Settings
    /// that are `used` though the run does not feel them are not spoken of.
    #[must_use]
    pub fn notices(&self, used: &[&str]) -> Vec<String> {
        let Self { spec, description, values, .. } = self;
        let mut notices = Vec::new();
        if let Some(engine) = spec.engine.filter(|&engine| engine != ENGINE_VERSION) {
            notices.push(format!(
                "this was made by version {engine} of the numerics, and this is version {ENGINE_VERSION}: bits may differ"
            ));
        }
        if spec.weights.is_some()
            && !description.learns
            && self.resolved.memories.iter().any(|m| m.importance != 1.0)
        {
            notices.push(
                "patterns.importance has no effect: the weights are given outright, not learned".to_owned(),
            );
        }
        let mut felt = spec.params.clone();
        felt.retain(|key, _| !used.contains(&key));
        idle(&mut notices, "params", &description.controls, &felt, values);
        for (k, (given, full)) in spec.prepare.iter().zip(&self.prepare).enumerate() {
            if let Some(info) = description.actions.iter().find(|a| a.key == given.action) {
                idle(&mut notices, &format!("prepare[{k}]"), &info.args, &given.args, &full.args);
            }
        }
        notices
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

/// Names what is given and not felt, because something else is not what it needs. `values` are all that hold.
fn idle(notices: &mut Vec<String>, at: &str, controls: &[Control], given: &Values, values: &Values) {
    // A 0 that asks for nothing is no mistake where a number would ask for something.
    let asks = |control: &Control, value: &Value| {
        let implies = |c: &Control| matches!(c.implied, Some(Implied { by, .. }) if by == control.key);
        !(*value == Value::Number(0.0) && controls.iter().any(implies))
    };
    for control in controls {
        let Some(value) = given.get(control.key) else { continue };
        if control.goes_without_saying(value) || !asks(control, value) {
            continue;
        }
        if let Some(when) = control.when.iter().find(|when| !when.values.contains(&values.word(when.key))) {
            let (key, other, is) = (control.key, when.key, values.word(when.key));
            let needed = when.values.join(" or ");
            notices.push(format!("{at}.{key} has no effect while {other} is {is}; with {needed} it has"));
        }
    }
}

/// Refuses to show what there is not.
fn view(description: &Description, spec: &Spec) -> Result<(), LabError> {
    let Some(key) = spec.view.figure.as_deref().filter(|key| !description.shows(key)) else { return Ok(()) };
    let mut known = vec![GRID];
    known.extend(description.figures.iter().map(|figure| figure.key));
    let message =
        format_args!("'{}' is not a figure here; it must be one of {}", shown(key), known.join(", "));
    Err(LabError::new("view.figure", message))
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
    try_each(given.iter().enumerate(), step)
}

/// Whether the model takes what the spec gives it.
fn taken(entry: &Entry, spec: &Spec) -> Result<(), LabError> {
    let takes = entry.takes;
    for (at, given, taken) in [
        ("weights", spec.weights.is_some(), takes.weights != Weights::None),
        ("biases", spec.biases.is_some(), takes.weights != Weights::None),
        ("places", spec.places.is_some(), takes.places),
        ("edges", spec.edges.is_some(), takes.edges),
    ] {
        if given && !taken {
            return Err(LabError::new(
                at,
                format_args!("this model has no {at} to be given: it is '{}'", entry.name),
            ));
        }
    }
    if spec.learned.is_some() && !takes.learned {
        let message = format_args!("'{}' does not learn what a file could hold", entry.name);
        return Err(LabError::new(LEARNED, message));
    }
    Ok(())
}

/// The number of biases given: what they and the weights say is for the model to judge, once it is known that nothing
/// large is made in vain.
fn outright(spec: &Spec, units: usize) -> Result<(), LabError> {
    match spec.biases.as_ref().map(Vec::len) {
        Some(found) if found != units => {
            let found = if found == 1 { "1 bias".to_owned() } else { format!("{found} biases") };
            let message = format!("{found} for {}", number_of(units, "unit"));
            Err(LabError::new("biases", message))
        }
        _ => Ok(()),
    }
}
