//! What a page needs to know of a session: what changes through edits ([`Info`]) and what changes through running
//! ([`Frame`]).

use engram::pattern::grey_text;
use serde::Serialize;

use crate::describe::{Description, Meter};
use crate::machine::{Cells, Outcome};
use crate::session::Session;
use crate::values::Values;

/// The experiment as it stands; running does not change it.
#[derive(Clone, Debug, Serialize)]
pub struct Info<'a> {
    /// What the machine says about itself.
    pub description: &'a Description,
    /// Every control's value.
    pub values: &'a Values,
    /// The memories.
    pub memories: Vec<MemoryInfo<'a>>,
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
    /// Updates in a sweep.
    pub sweep: u64,
    /// Updates in which it learns all that it is to learn; 0 if it does not learn as it runs.
    pub plan: u64,
    /// Seed of everything drawn at random.
    pub seed: u64,
    /// Units held fixed.
    pub clamped: Vec<u32>,
    /// Title, for people.
    pub title: &'a str,
    /// One line, for people.
    pub text: &'a str,
    /// Settings and actions that stay outside the drawer.
    pub keep: &'a [String],
    /// Settings and parts of the page that are not shown.
    pub hide: &'a [String],
    /// What stands on the stage: a figure, or the grid; if nothing is said, the figure that leads, or else the grid.
    pub figure: Option<&'a str>,
    /// Updates a second at which it starts to run.
    pub speed: Option<u32>,
    /// Its gauges.
    pub meters: Vec<Meter>,
    /// What learning met, in plain sentences.
    pub notices: Vec<String>,
}

/// A memory, for the page.
#[derive(Clone, Debug, Serialize)]
pub struct MemoryInfo<'a> {
    /// Name.
    pub name: &'a str,
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
    /// One character a cell.
    pub bits: String,
    /// The same in levels of grey, if it is not all ink and paper.
    pub grey: Option<String>,
    /// How much it counts.
    pub importance: f64,
}

/// The run at the moment looked at.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Updates done.
    pub time: u64,
    /// The first moment that can be looked at.
    pub begin: u64,
    /// Updates done in all.
    pub end: u64,
    /// Sweeps since the run of the present cue began.
    pub sweep: f64,
    /// Whether nothing more can happen.
    pub settled: bool,
    /// The verdict.
    pub outcome: Outcome,
    /// The state.
    pub cells: Shown,
    /// The unit asked last.
    pub visited: Option<u32>,
    /// Observables with one value.
    pub scalars: Vec<f64>,
    /// Observables with one value a memory, one after another.
    pub per_memory: Vec<f64>,
    /// Edits on the timeline.
    pub events: Vec<EventInfo>,
    /// Hash of the state, in hexadecimal.
    pub hash: String,
}

/// The state as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// −1, +1, or 0 for unknown.
    Spins(Vec<i8>),
    /// Numbers; −1 is paper and +1 is ink.
    Grey(Vec<f32>),
}

impl Shown {
    fn of(cells: Cells<'_>) -> Self {
        match cells {
            Cells::Spins(spins) => Self::Spins(spins.to_vec()),
            Cells::Grey(levels) => Self::Grey(levels.iter().map(|&x| x as f32).collect()),
        }
    }
}

/// An edit on the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventInfo {
    /// When.
    pub time: u64,
    /// The key of the control or action that made it.
    pub kind: String,
    /// What, in a few words.
    pub label: String,
}

impl<'a> Info<'a> {
    /// Of a session.
    #[must_use]
    pub fn of(session: &'a Session) -> Self {
        let machine = session.machine();
        let spec = machine.spec();
        let (width, height) = machine.size();
        let memories = machine.memories().iter().map(|m| MemoryInfo {
            name: &m.name,
            width,
            height,
            bits: m.pattern.bits(),
            grey: m.levels.as_deref().map(grey_text),
            importance: m.importance,
        });
        Self {
            description: machine.describe(),
            values: machine.values(),
            memories: memories.collect(),
            width,
            height,
            sweep: machine.sweep_length(),
            plan: machine.learned().map_or(0, |learned| learned.progress().plan),
            seed: spec.seed,
            clamped: (0..)
                .zip(&machine.setup().clamped)
                .filter(|(_, held)| **held)
                .map(|(unit, _)| unit)
                .collect(),
            title: &spec.title,
            text: &spec.text,
            keep: &spec.view.keep,
            hide: &spec.view.hide,
            figure: session.stage(),
            speed: spec.view.speed.or(machine.describe().pace),
            meters: machine.meters(),
            notices: machine.notices(),
        }
    }
}

impl Frame {
    /// Of a session.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let machine = session.machine();
        let observation = machine.observe();
        Self {
            time: session.time(),
            begin: session.begin(),
            end: session.end(),
            sweep: machine.age() as f64 / machine.sweep_length() as f64,
            settled: machine.at_rest(),
            outcome: machine.outcome(),
            cells: Shown::of(machine.cells()),
            visited: machine.visited(),
            scalars: observation.scalars,
            per_memory: observation.per_memory.concat(),
            events: session
                .events()
                .iter()
                .map(|e| EventInfo { time: e.time, kind: e.kind.clone(), label: e.label.clone() })
                .collect(),
            hash: machine.hash_text(),
        }
    }
}
