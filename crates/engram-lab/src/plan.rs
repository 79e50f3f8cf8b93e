//! Edits: from what a person does to the spec that results.
//!
//! Every edit is a change of the spec, so that whatever the page shows can be shared as it stands, and a run can be
//! replayed by opening specs in turn.

mod memories;

use engram::pattern::bits;
use engram::rng::{Rng, Stream};

use crate::LabError;
use crate::control::{check_all, find};
use crate::describe::{ActionGroup, Description};
use crate::machine::{Entry, Machine};
use crate::resolve;
use crate::spec::{Corrupt, Prepare, Spec, Start};
use crate::value::{Args, Value};
use crate::values::Values;

/// Something a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets a control.
    Set {
        /// Which.
        key: String,
        /// To what.
        value: Value,
    },
    /// Does one of the machine's actions.
    Act {
        /// Which.
        action: String,
        /// With what.
        args: Values,
    },
}

/// What an edit comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The spec afterwards.
    pub spec: Spec,
    /// What becomes of the state.
    pub entry: Entry,
    /// A few words for the timeline.
    pub label: String,
    /// For each memory afterwards its number before, if there was one; none if the memories stay as they are.
    pub before: Option<Vec<Option<usize>>>,
}

impl Edit {
    /// The key of the control that is set or of the action that is done.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Set { key, .. } => key,
            Self::Act { action, .. } => action,
        }
    }
}

/// Works out an edit; nothing is changed. `draw` tells apart the dice of several spoilings.
///
/// # Errors
/// Actions or settings that do not exist, arguments that are not allowed.
pub fn plan(machine: &dyn Machine, edit: &Edit, draw: u64) -> Result<Plan, LabError> {
    let description = machine.describe();
    let mut plan = match edit {
        Edit::Set { key, value } => set(machine.spec(), description, key, value),
        Edit::Act { action, args } => act(machine, description, action, args, draw),
    }?;
    // What a preset file promises of its run is not promised of another.
    (plan.spec.expect, plan.spec.tags) = (None, Vec::new());
    Ok(plan)
}

fn set(spec: &Spec, description: &Description, key: &str, value: &Value) -> Result<Plan, LabError> {
    let control = find(&description.controls, key, key)?;
    control.check(key, value)?;
    let mut spec = spec.clone();
    if control.goes_without_saying(value) {
        spec.params.remove(key);
    } else {
        spec.params.insert(key.to_owned(), value.clone());
    }
    let label = format!("{}: {}", control.label, control.said(value));
    Ok(Plan { spec, entry: Entry::Keep, label, before: None })
}

fn act(
    machine: &dyn Machine,
    description: &Description,
    action: &str,
    args: &Values,
    draw: u64,
) -> Result<Plan, LabError> {
    let Some(info) = description.actions.iter().find(|a| a.key == action) else {
        let known: Vec<_> = description.actions.iter().map(|a| a.key).collect();
        return Err(LabError::new(
            action,
            format_args!("there is no such action; there are {}", known.join(", ")),
        ));
    };
    let mut spec = machine.spec().clone();
    let label = info.label.to_owned();
    match info.group {
        ActionGroup::Cue => {
            cue(machine, &mut spec, action, args, draw)?;
            let entry = if action == "clamp" { Entry::Keep } else { Entry::Cue };
            Ok(Plan { spec, entry, label, before: None })
        }
        ActionGroup::Memory => {
            for argument in &info.args {
                if let Some(value) = args.get(argument.key) {
                    argument.check(argument.key, value)?;
                }
            }
            let memories::Change { label, before } = memories::edit(machine, &mut spec, action, args)?;
            Ok(Plan { spec, entry: Entry::Keep, label, before: Some(before) })
        }
        ActionGroup::Damage | ActionGroup::Learning => {
            check_all(&info.args, args, action)?;
            if action == "heal" {
                let hurts = |p: &Prepare| {
                    description.actions.iter().any(|a| a.key == p.action && a.group == ActionGroup::Damage)
                };
                spec.prepare.retain(|p| !hurts(p));
            } else {
                spec.prepare.push(Prepare { action: action.to_owned(), args: args.clone() });
            }
            Ok(Plan { spec, entry: Entry::Keep, label, before: None })
        }
    }
}

/// Edits of the state: afterwards the spec starts from it.
fn cue(
    machine: &dyn Machine,
    spec: &mut Spec,
    action: &str,
    args: &Values,
    draw: u64,
) -> Result<(), LabError> {
    let args = Args(args);
    let mut spins = machine.spins().to_vec();
    let (width, _) = machine.size();
    match action {
        "cue" => {
            let memory = args.index("memory", machine.memories().len(), "a memory")?;
            spec.start = Start { pattern: Some(memory as u32), ..Start::default() };
            return Ok(());
        }
        "clamp" => {
            let units = args.indices("units", spins.len(), "a unit")?;
            let hold = !matches!(args.0.get("held"), Some(Value::Bool(false)));
            let mut held = resolve::clamped(spec, spins.len())?;
            units.into_iter().for_each(|unit| held[unit] = hold);
            spec.clamp = (0..).zip(held).filter(|&(_, held)| held).map(|(unit, _)| unit).collect();
            return Ok(());
        }
        "spoil" => {
            let corrupt = spoiling(&args)?;
            let mut rng = Rng::new(spec.seed, Stream::Corruption, draw);
            resolve::corruption(&corrupt, "")?.apply(&mut spins, width, &mut rng);
        }
        "paint" => {
            let units = args.indices("units", spins.len(), "a unit")?;
            let value = match args.number("value")? {
                1.0 => 1,
                -1.0 => -1,
                0.0 => 0,
                other => {
                    return Err(LabError::new(
                        "value",
                        format_args!("{other} is not a state; 1, -1 and 0 are"),
                    ));
                }
            };
            units.into_iter().for_each(|u| spins[u] = value);
        }
        "invert" => spins.iter_mut().for_each(|s| *s = -*s),
        "clear" => spins.fill(-1),
        "randomise" => {
            let mut rng = Rng::new(spec.seed, Stream::Start, draw);
            spins.iter_mut().for_each(|s| *s = rng.spin());
        }
        other => {
            return Err(LabError::new(other, "this machine's description names an action that is not known"));
        }
    }
    spec.start = Start { state: Some(bits(&spins)), ..Start::default() };
    Ok(())
}

fn spoiling(args: &Args<'_>) -> Result<Corrupt, LabError> {
    let mut corrupt = Corrupt { to: args.text("to")?.map(str::to_owned), ..Corrupt::default() };
    let amount = || args.number("amount");
    match args.text("how")?.unwrap_or("flip") {
        "flip" => (corrupt.flip, corrupt.to) = (Some(amount()?), None),
        "shuffle" => (corrupt.shuffle, corrupt.to) = (Some(amount()?), None),
        "mask" => corrupt.mask = Some(amount()?),
        "block" => corrupt.block = Some(amount()?),
        "half" => corrupt.half = Some(args.text("side")?.unwrap_or("bottom").to_owned()),
        word => {
            let message = format!("'{word}' is not allowed; it must be flip, mask, half, block or shuffle");
            return Err(LabError::new("how", message));
        }
    }
    Ok(corrupt)
}
