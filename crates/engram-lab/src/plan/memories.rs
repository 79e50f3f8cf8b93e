//! Edits of the memories: afterwards the spec lists them bit by bit.

use engram::pattern::{Pattern, grey_text, parse_grey, signs};

use crate::LabError;
use crate::machine::Machine;
use crate::resolve::{self, Memory};
use crate::spec::{MAX_SPEC_BYTES, Patterns, Spec, Start};
use crate::value::{Args, Figure, number_of};
use crate::values::Values;

/// Longest name of a memory, in characters.
const MAX_NAME: usize = 40;

/// What a memory takes in a spec beside its cells and its name, in bytes, at most.
const BESIDE: usize = 64;

/// What an edit of the memories comes to.
pub struct Change {
    /// A few words for the timeline.
    pub label: String,
    /// For each memory as it is now its number before, if there was one.
    pub before: Vec<Option<usize>>,
}

/// The memories while they are edited, each with its number before.
type List = Vec<(Option<usize>, Memory)>;

/// Does an action on the memories to a spec.
///
/// # Errors
/// Memories that are not there, pictures and numbers that cannot be; then the spec is as it was.
pub fn edit(machine: &dyn Machine, spec: &mut Spec, action: &str, args: &Values) -> Result<Change, LabError> {
    let args = Args(args);
    let (width, height) = machine.size();
    let mut list: List = machine.memories().iter().cloned().enumerate().map(|(k, m)| (Some(k), m)).collect();
    let which = || args.index("memory", machine.memories().len(), "a memory");
    let label = match action {
        "store" => {
            let picture = match args.text("bits")? {
                Some(text) => picture(machine, text, "bits")?,
                None => shown(machine)?,
            };
            add(&mut list, args.text("name")?.unwrap_or_default(), picture);
            room(&list, "bits")?;
            stored(&list, 1)
        }
        "add" => {
            let (names, pictures) = (args.words("names")?, args.words("pictures")?);
            if pictures.is_empty() {
                return Err(LabError::new("pictures", "there are none; at least one is needed"));
            }
            if !names.is_empty() && names.len() != pictures.len() {
                let (names, pictures) =
                    (number_of(names.len(), "name"), number_of(pictures.len(), "picture"));
                return Err(LabError::new("names", format_args!("{names} for {pictures}")));
            }
            for (k, text) in pictures.iter().enumerate() {
                let picture = picture(machine, text, &format!("pictures[{k}]"))?;
                add(&mut list, names.get(k).map_or("", String::as_str), picture);
            }
            room(&list, "pictures")?;
            stored(&list, pictures.len())
        }
        "forget" => {
            let (_, memory) = list.remove(which()?);
            format!("{} forgotten", memory.name)
        }
        "move" => {
            let memory = list.remove(which()?);
            let label = format!("{} moved", memory.1.name);
            list.insert(args.index("to", machine.memories().len(), "a place")?, memory);
            label
        }
        "rename" => {
            let (_, memory) = &mut list[which()?];
            let name = short(args.text("name")?.unwrap_or_default());
            if name.is_empty() {
                return Err(LabError::new("name", "a memory needs a name"));
            }
            let label = format!("{} is now {name}", memory.name);
            memory.name = name;
            label
        }
        "importance" => {
            let (_, memory) = &mut list[which()?];
            memory.importance = if args.0.contains_key("value") { args.number("value")? } else { 1.0 };
            format!("{} counts for {}", memory.name, Figure(memory.importance))
        }
        other => {
            return Err(LabError::new(other, "this machine's description names an action that is not known"));
        }
    };
    let (before, memories): (Vec<_>, Vec<_>) = list.into_iter().unzip();
    spec.start = same_cue(machine, &before);
    let grey = memories.iter().any(|m| m.levels.is_some());
    spec.patterns = Patterns {
        width: Some(width as u32),
        height: Some(height as u32),
        bits: (!grey).then(|| memories.iter().map(|m| m.pattern.bits()).collect()),
        grey: grey.then(|| memories.iter().map(|m| grey_text(&m.numbers())).collect()),
        importance: if memories.iter().all(|m| m.importance == 1.0) {
            Vec::new()
        } else {
            memories.iter().map(|m| m.importance).collect()
        },
        names: memories.into_iter().map(|m| m.name).collect(),
        ..Patterns::default()
    };
    Ok(Change { label, before })
}

/// Ink and paper, and the numbers of a picture that is grey.
type Picture = (Pattern, Option<Vec<f64>>);

/// A picture as text: one of `0` and `1` alone is ink and paper, another is grey where the model takes that.
fn picture(machine: &dyn Machine, text: &str, at: &str) -> Result<Picture, LabError> {
    let (width, height) = machine.size();
    let plain = text.bytes().all(|c| c == b'0' || c == b'1');
    if plain || !machine.setup().entry.takes.grey {
        let pattern = Pattern::parse(width, height, text, false);
        return Ok((pattern.map_err(|error| LabError::new(at, error))?, None));
    }
    let levels = parse_grey(width, height, text, false).map_err(|error| LabError::new(at, error))?;
    grey(machine, levels, at)
}

/// The picture that the grid shows.
fn shown(machine: &dyn Machine) -> Result<Picture, LabError> {
    let cells = machine.cells().numbers();
    if cells.iter().any(|&x| x != 1.0 && x != -1.0) && machine.setup().entry.takes.grey {
        // As it will be read again; an exact 0 stands between paper and ink.
        let shown: Vec<f64> = cells.iter().map(|&x| if x == 0.0 { f64::EPSILON } else { x }).collect();
        return picture(machine, &grey_text(&shown), "bits");
    }
    picture(machine, &machine.state_text(), "bits")
}

fn grey(machine: &dyn Machine, levels: Vec<f64>, at: &str) -> Result<Picture, LabError> {
    let (width, height) = machine.size();
    let pattern = Pattern::new(width, height, signs(&levels)).map_err(|error| LabError::new(at, error))?;
    Ok((pattern, Some(levels)))
}

fn short(name: &str) -> String {
    name.trim().chars().take(MAX_NAME).collect()
}

/// One more memory at the end; without a name it gets a number that no other has.
fn add(list: &mut List, name: &str, (pattern, levels): Picture) {
    let mut name = short(name);
    if name.is_empty() {
        name = (list.len() + 1..)
            .map(|k| k.to_string())
            .find(|name| list.iter().all(|(_, memory)| memory.name != *name))
            .expect("endless");
    }
    list.push((None, Memory { name, pattern, levels, importance: 1.0 }));
}

fn stored(list: &List, count: usize) -> String {
    match list.last() {
        Some((_, memory)) if count == 1 => format!("{} stored", memory.name),
        _ => format!("{count} pictures stored"),
    }
}

/// Refuses more memories than a spec may have, or than it can list and still be read.
fn room(list: &List, at: &str) -> Result<(), LabError> {
    resolve::too_many(list.len())?;
    let bytes = |(_, memory): &(_, Memory)| memory.pattern.spins().len() + memory.name.len() + BESIDE;
    let mut left = MAX_SPEC_BYTES;
    let fits = list.iter().take_while(|memory| {
        let taken = bytes(memory);
        let fits = taken <= left;
        left = left.saturating_sub(taken);
        fits
    });
    match fits.count() {
        most if most < list.len() => Err(LabError::new(
            at,
            format_args!("{} of this size are too many; {most} fit", number_of(list.len(), "picture")),
        )),
        _ => Ok(()),
    }
}

/// The start that gives the same cue among the memories as they are now.
fn same_cue(machine: &dyn Machine, before: &[Option<usize>]) -> Start {
    let mut start = machine.spec().start.clone();
    if start.state.is_some() || start.grey.is_some() || start.values.is_some() || start.random {
        return start;
    }
    if machine.memories().is_empty() {
        // Where there was no memory, chance made the cue.
        start.random = !before.is_empty();
        return start;
    }
    let cue = start.pattern.unwrap_or(0);
    match before.iter().position(|&k| k == Some(cue as usize)) {
        Some(0) if start.pattern.is_none() => start,
        Some(k) => Start { pattern: Some(k as u32), ..start },
        None => super::from(&machine.setup().levels),
    }
}
