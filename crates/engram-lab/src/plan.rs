//! Edits: from what a person does to the spec that results.
//!
//! Every edit is a change of the spec, so that whatever the page shows can be shared as it stands, and a run can be
//! replayed by opening specs in turn.

mod drawing;
mod memories;

use engram::pattern::{bits, grey_text, signs};
use engram::rng::{Rng, Stream};

use crate::LabError;
use crate::catalogue;
use crate::control::{check_all, find};
use crate::data;
use crate::describe::{ActionGroup, Description};
use crate::machine::{Entry, Machine};
use crate::resolve;
use crate::spec::{Beside, Corrupt, Prepare, Spec, Start};
use crate::value::{Args, Figure, Value};
use crate::values::Values;

/// Where a spec names weights that were learned before.
pub(crate) const LEARNED: &str = "learned";

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
    /// Puts other machines beside this one, or none.
    Compare {
        /// In what each differs.
        beside: Vec<Beside>,
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

impl Plan {
    /// Lets go of weights that were learned before if it is these that the machine of the spec cannot have: it learns anew,
    /// for as many epochs as it does where nothing is said, unless some are asked for. Whether it did.
    pub(crate) fn learn_anew(&mut self, error: &LabError) -> bool {
        if error.at != LEARNED || self.spec.learned.take().is_none() {
            return false;
        }
        if self.spec.param("epochs") == Some(&Value::Number(0.0)) {
            self.spec.params.remove("epochs");
        }
        self.label.push_str(", learned anew");
        true
    }
}

impl Edit {
    /// The key of the control that is set or of the action that is done.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Set { key, .. } => key,
            Self::Compare { .. } => "beside",
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
        Edit::Compare { beside } => compare(machine.spec(), beside),
        Edit::Act { action, args } => act(machine, description, action, args, draw),
    }?;
    // What a preset file promises of its run is not promised of another.
    (plan.spec.expect, plan.spec.tags) = (None, Vec::new());
    catalogue::settle_figure(&mut plan.spec);
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
    data_set_instead(&mut spec);
    let label = format!("{}: {}", control.label, control.said(value));
    Ok(Plan { spec, entry: Entry::Keep, label, before: None })
}

/// Pictures of a data set take the place of pictures of another size, and of those of an own file.
fn data_set_instead(spec: &mut Spec) {
    let Ok(entry) = catalogue::find(&spec.model) else { return };
    let Some(Ok((width, height))) =
        entry.size.filter(|_| (entry.takes.data)(spec).is_some()).map(|size| size(spec))
    else {
        return;
    };
    let own = spec.patterns.set.as_deref().filter(|name| data::is_own(name));
    let others = own.is_some_and(|own| (entry.takes.data)(spec) != Some(own));
    let differs = resolve::units(spec) != Some(width * height);
    if entry.takes.patterns && !spec.patterns.is_empty() && (others || differs) {
        (spec.patterns, spec.start, spec.clamp) = Default::default();
    }
}

fn compare(spec: &Spec, beside: &[Beside]) -> Result<Plan, LabError> {
    let spec = Spec { beside: beside.to_vec(), ..spec.clone() };
    spec.check()?;
    let label = if beside.is_empty() { "one machine" } else { "side by side" }.to_owned();
    Ok(Plan { spec, entry: Entry::Cue, label, before: None })
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
    for argument in &info.args {
        if let Some(value) = args.get(argument.key) {
            argument.check(argument.key, value)?;
        }
    }
    let mut spec = machine.spec().clone();
    let label = info.label.to_owned();
    match info.group {
        ActionGroup::Cue => {
            cue(machine, &mut spec, action, args, draw)?;
            // What is held, and how a graph is drawn, may change while the run goes on.
            let entry = if matches!(action, "clamp" | "link") { Entry::Keep } else { Entry::Cue };
            Ok(Plan { spec, entry, label, before: None })
        }
        ActionGroup::Memory => {
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
    let grey = machine.setup().entry.takes.grey;
    let mut cells = machine.cells().numbers();
    let (width, _) = machine.size();
    match action {
        "cue" => {
            let memory = args.index("memory", machine.memories().len(), "a memory")?;
            spec.start = Start { pattern: Some(memory as u32), ..Start::default() };
            return Ok(());
        }
        "clamp" => {
            let units = args.indices("units", cells.len(), "a unit")?;
            let hold = !matches!(args.0.get("held"), Some(Value::Bool(false)));
            let mut held = resolve::clamped(spec, cells.len())?;
            units.into_iter().for_each(|unit| held[unit] = hold);
            spec.clamp = (0..).zip(held).filter(|&(_, held)| held).map(|(unit, _)| unit).collect();
            return Ok(());
        }
        "spoil" => {
            let corrupt = spoiling(&args)?;
            let mut rng = Rng::new(spec.seed, Stream::Corruption, draw);
            resolve::spoil(&corrupt, "", grey, &mut cells, width, &mut rng)?;
        }
        "paint" => {
            let units = args.indices("units", cells.len(), "a unit")?;
            let value = match args.number("value")? {
                x @ (1.0 | -1.0 | 0.0) => x,
                x if grey && (-1.0..=1.0).contains(&x) => x,
                other if grey => {
                    return Err(LabError::new(
                        "value",
                        format_args!("{other} is not a state; numbers from -1 to 1 are"),
                    ));
                }
                other => {
                    return Err(LabError::new(
                        "value",
                        format_args!("{other} is not a state; 1, -1 and 0 are"),
                    ));
                }
            };
            units.into_iter().for_each(|u| cells[u] = value);
        }
        "turn" => {
            let node = args.index("node", cells.len(), "a neuron")?;
            // One that is unknown becomes ink.
            cells[node] = if cells[node] == 0.0 { 1.0 } else { -cells[node] };
        }
        "place" => {
            let at = [args.number("x")?, args.number("y")?];
            for (key, x) in ["x", "y"].into_iter().zip(at) {
                if !(-1.0..=1.0).contains(&x) {
                    let message = format!("{} is not allowed; it must be a number from -1 to 1", Figure(x));
                    return Err(LabError::new(key, message));
                }
            }
            // Outputs at the very end cannot be had; close to it they can.
            spec.start =
                Start { values: Some(at.map(|x| x.clamp(-0.999, 0.999)).to_vec()), ..Start::default() };
            return Ok(());
        }
        "city" => {
            let to = [args.number("x")?, args.number("y")?];
            let mut places = machine.places();
            let far = |place: &[f64; 2]| {
                (place[0] - to[0]) * (place[0] - to[0]) + (place[1] - to[1]) * (place[1] - to[1])
            };
            let nearest = (0..places.len()).min_by(|&a, &b| far(&places[a]).total_cmp(&far(&places[b])));
            if let Some(nearest) = nearest {
                places[nearest] = to.map(|x| x.clamp(0.0, 1.0));
            }
            spec.places = Some(places.into_iter().map(Vec::from).collect());
            spec.params.remove("cities");
            return Ok(());
        }
        "vertex" => return drawing::vertex(machine, spec, &args),
        "link" => return drawing::link(machine, spec, &args),
        "invert" => cells.iter_mut().for_each(|s| *s = -*s),
        "clear" => cells.fill(-1.0),
        "randomise" => {
            let mut rng = Rng::new(spec.seed, Stream::Start, draw);
            cells.iter_mut().for_each(|s| *s = f64::from(rng.spin()));
        }
        other => {
            return Err(LabError::new(other, "this machine's description names an action that is not known"));
        }
    }
    spec.start = from(&cells);
    Ok(())
}

/// The start from a picture: in ink and paper if it is nothing else.
pub(crate) fn from(cells: &[f64]) -> Start {
    if cells.iter().all(|x| [-1.0, 0.0, 1.0].contains(x)) {
        Start { state: Some(bits(&signs(cells))), ..Start::default() }
    } else {
        Start { grey: Some(grey_text(cells)), ..Start::default() }
    }
}

fn spoiling(args: &Args<'_>) -> Result<Corrupt, LabError> {
    let mut corrupt = Corrupt { to: args.text("to")?.map(str::to_owned), ..Corrupt::default() };
    let amount = || args.number("amount");
    match args.text("how")?.unwrap_or("flip") {
        "flip" => (corrupt.flip, corrupt.to) = (Some(amount()?), None),
        "shuffle" => (corrupt.shuffle, corrupt.to) = (Some(amount()?), None),
        "noise" => (corrupt.noise, corrupt.to) = (Some(args.number("deviation")?), None),
        "mask" => corrupt.mask = Some(amount()?),
        "block" => corrupt.block = Some(amount()?),
        "half" => corrupt.half = Some(args.text("side")?.unwrap_or("bottom").to_owned()),
        word => {
            let message =
                format!("'{word}' is not allowed; it must be flip, mask, half, block, shuffle or noise");
            return Err(LabError::new("how", message));
        }
    }
    Ok(corrupt)
}
