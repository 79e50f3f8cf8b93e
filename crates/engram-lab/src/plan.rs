//! Edits: from what a person does to the spec that results.
//!
//! Every edit is a change of the spec, so that whatever the page shows can be shared as it stands, and a run can be
//! replayed by opening specs in turn.

use engram::pattern::bits;
use engram::rng::{Rng, Stream};

use crate::LabError;
use crate::control::{check_all, find};
use crate::describe::{ActionGroup, Description};
use crate::machine::{Entry, Machine};
use crate::resolve;
use crate::spec::{Corrupt, Patterns, Prepare, Spec, Start};
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
    Ok(Plan { spec, entry: Entry::Keep, label: format!("{} {value}", control.label) })
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
            Ok(Plan { spec, entry, label })
        }
        ActionGroup::Memory => {
            for argument in &info.args {
                if let Some(value) = args.get(argument.key) {
                    argument.check(argument.key, value)?;
                }
            }
            remember(machine, &mut spec, action, args)?;
            Ok(Plan { spec, entry: Entry::Keep, label })
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
            Ok(Plan { spec, entry: Entry::Keep, label })
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

/// Edits of the memories: afterwards the spec lists them bit by bit.
fn remember(machine: &dyn Machine, spec: &mut Spec, action: &str, args: &Values) -> Result<(), LabError> {
    let args = Args(args);
    let (width, height) = machine.size();
    let mut memories = machine.memories().to_vec();
    match action {
        "store" => {
            let text = args.text("bits")?.map_or_else(|| bits(machine.spins()), str::to_owned);
            let pattern = engram::pattern::Pattern::parse(width, height, &text, false)
                .map_err(|error| LabError::new("bits", error))?;
            let name = match args.text("name")? {
                Some(name) if !name.trim().is_empty() => name.trim().chars().take(40).collect(),
                _ => unused_name(&memories),
            };
            memories.push(resolve::Memory { name, pattern, importance: 1.0 });
        }
        "forget" => {
            // The cue stays what it was, though the pattern it came from may be gone or have another number.
            let resolved = resolve::Resolved { width, height, memories: memories.clone() };
            spec.start = Start { state: Some(bits(&resolve::start(spec, &resolved)?)), ..Start::default() };
            memories.remove(args.index("memory", memories.len(), "a memory")?);
        }
        "rename" => {
            let k = args.index("memory", memories.len(), "a memory")?;
            memories[k].name = args.text("name")?.unwrap_or_default().trim().chars().take(40).collect();
        }
        "importance" => {
            let k = args.index("memory", memories.len(), "a memory")?;
            memories[k].importance = if args.0.contains_key("value") { args.number("value")? } else { 1.0 };
        }
        other => {
            return Err(LabError::new(other, "this machine's description names an action that is not known"));
        }
    }
    spec.patterns = Patterns {
        width: Some(width as u32),
        height: Some(height as u32),
        bits: Some(memories.iter().map(|m| m.pattern.bits()).collect()),
        names: memories.iter().map(|m| m.name.clone()).collect(),
        importance: if memories.iter().all(|m| m.importance == 1.0) {
            Vec::new()
        } else {
            memories.iter().map(|m| m.importance).collect()
        },
        ..Patterns::default()
    };
    Ok(())
}

fn unused_name(memories: &[resolve::Memory]) -> String {
    (memories.len() + 1..)
        .map(|k| k.to_string())
        .find(|name| memories.iter().all(|m| m.name != *name))
        .expect("endless")
}
