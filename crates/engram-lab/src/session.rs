//! A session: a machine with its past.
//!
//! Time is counted in updates. Any moment that has been run can be looked at again, exactly; an edit at an earlier
//! moment drops what came after; every edit can be undone.

mod edits;
mod look;
mod saved;

use std::rc::Rc;

use crate::LabError;
use crate::catalogue;
use crate::describe::{Shape, View};
use crate::history::{Event, History, Snapshot};
use crate::machine::{Entry, Machine};
use crate::spec::Spec;
use crate::trace::Trace;

pub use look::Why;

/// Most updates made by one call: bounded work, a few milliseconds to a second.
pub const MAX_ADVANCE: u64 = 1 << 20;

/// A unit of time to advance by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One update.
    Update,
    /// To the end of a sweep.
    Sweep,
}

impl Step {
    /// By its name.
    ///
    /// # Errors
    /// Another word.
    pub fn parse(word: &str) -> Result<Self, LabError> {
        match word {
            "update" => Ok(Self::Update),
            "sweep" => Ok(Self::Sweep),
            _ => Err(LabError::new(
                "unit",
                format_args!("'{word}' is not a unit of time; update and sweep are"),
            )),
        }
    }
}

/// A place to come back to: everything that an edit may change.
#[derive(Clone)]
struct Past {
    history: History,
    trace: Trace,
    head: u64,
    end: u64,
}

/// What to type to run a session's experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The words, for a spec in `experiment.json`.
    pub words: String,
    /// Whether that is the run that was seen, bit for bit: not if settings, memories or weights were changed while it
    /// ran. The words say so then.
    pub exact: bool,
}

/// A session.
pub struct Session {
    machine: Box<dyn Machine>,
    history: History,
    trace: Trace,
    head: u64,
    end: u64,
    undo: Vec<Past>,
    redo: Vec<Past>,
    /// Tells apart the dice of several spoilings.
    draws: u64,
    /// What stands on the stage, as `view.figure` says it.
    stage: Option<String>,
    changed: bool,
    /// The memories for which the series were last taken, if these have not changed since.
    drawn: Option<Rc<Vec<u32>>>,
}

impl Session {
    /// Opens a spec.
    ///
    /// # Errors
    /// A spec that cannot be.
    pub fn open(spec: &Spec) -> Result<Self, LabError> {
        let machine = catalogue::open(spec)?;
        let history = History::new(spec.clone(), machine.memories().len());
        let mut session = Self {
            machine,
            history,
            trace: Trace::default(),
            head: 0,
            end: 0,
            undo: Vec::new(),
            redo: Vec::new(),
            draws: 0,
            stage: spec.view.figure.clone(),
            changed: true,
            drawn: None,
        };
        session.note();
        Ok(session)
    }

    /// The machine, to be looked at.
    #[must_use]
    pub fn machine(&self) -> &dyn Machine {
        self.machine.as_ref()
    }

    /// What stands on the stage: a figure that there is now, or the grid; nothing for what leads.
    #[must_use]
    pub fn stage(&self) -> Option<&str> {
        self.stage.as_deref().filter(|key| self.machine.describe().shows(key))
    }

    /// Puts a figure on the stage, the grid, or nothing for what leads. It is no edit: it changes nothing of the run.
    pub fn put_on_stage(&mut self, figure: Option<String>) {
        self.stage = figure;
    }

    /// The spec as it stands, with what is on the stage.
    #[must_use]
    pub fn spec(&self) -> Spec {
        let mut spec = self.machine.spec().clone();
        spec.view.figure = self.stage().map(str::to_owned);
        spec
    }

    /// Updates done at the moment looked at.
    #[must_use]
    pub fn time(&self) -> u64 {
        self.head
    }

    /// Updates done in all.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// The first moment that can be looked at: 0, unless so many edits were made that the oldest are forgotten.
    #[must_use]
    pub fn begin(&self) -> u64 {
        self.history.begin()
    }

    /// Edits, without the opening.
    #[must_use]
    pub(crate) fn events(&self) -> &[Rc<Event>] {
        &self.history.events[1..]
    }

    /// Whether there is an edit to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether an edit was taken back that can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Whether the experiment (not the run) has changed since this was last asked.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// The series of the curves and of the first bars: rows of time and values, and the number of columns with time.
    #[must_use]
    pub fn trace(&self) -> (Vec<f64>, usize) {
        let observables = &self.machine.describe().observables;
        let curves = observables.iter().filter(|o| o.view == View::Curve && o.shape == Shape::Scalar).count();
        let now = self.history.memories_at(self.head);
        let rows = self.trace.flat(curves, now, &|time| self.history.memories_at(time));
        (rows, 1 + curves + now.len())
    }

    /// The series, if they are not what they were when they were last taken: they are many numbers, and a long run adds
    /// to them seldom.
    pub fn take_trace(&mut self) -> Option<(Vec<f64>, usize)> {
        let now = self.history.memories_at(self.head);
        if self.drawn.as_ref().is_some_and(|then| Rc::ptr_eq(then, now)) {
            return None;
        }
        self.drawn = Some(now.clone());
        Some(self.trace())
    }

    /// Runs on from the moment looked at: `count` updates, or to the end of the `count`-th sweep from here, but not
    /// further than rest and not more than [`MAX_ADVANCE`] updates. The number of updates made.
    pub fn advance(&mut self, step: Step, count: u64) -> u64 {
        let wanted = match step {
            Step::Update => count,
            Step::Sweep => {
                let length = self.machine.sweep_length();
                count.saturating_mul(length).saturating_sub(self.machine.age() % length)
            }
        };
        self.run(wanted.min(MAX_ADVANCE))
    }

    /// Runs on, replaying what is known to follow: an edit that lies ahead is done again at its moment.
    fn run(&mut self, updates: u64) -> u64 {
        let start = self.head;
        let goal = start.saturating_add(updates);
        let grain = self.grain();
        while self.head < goal {
            let applied = self.history.events_at(self.head);
            let edit = self.history.events.get(applied).map(|event| event.time);
            let stop = goal
                .min(self.trace.next_after(self.head))
                .min(self.history.next_after(self.head, grain))
                .min(edit.unwrap_or(u64::MAX));
            let done = self.machine.advance(stop - self.head);
            self.head += done;
            self.end = self.end.max(self.head);
            if Some(self.head) == edit {
                self.apply_all(applied);
            }
            self.note();
            if self.head < stop || done == 0 {
                break;
            }
        }
        self.head - start
    }

    /// Keeps what is to be kept of the present moment.
    fn note(&mut self) {
        if !self.trace.reaches(self.head + 1) {
            let observation = self.machine.observe();
            let observables = self.machine.describe().observables.iter();
            let scalars = observables.filter(|o| o.shape == Shape::Scalar).zip(&observation.scalars);
            let curves = scalars.filter(|(o, _)| o.view == View::Curve).map(|(_, &value)| value as f32);
            let bars = observation.per_memory.first().into_iter().flatten().map(|&value| value as f32);
            self.trace.push(self.head, curves.chain(bars).collect());
            self.drawn = None;
        }
        if self.history.wants(self.head) {
            self.history.keep(self.snapshot());
        } else if self.history.wants_recent(self.head, self.grain()) {
            self.history.keep_recent(self.snapshot());
        }
    }

    /// Updates from one to the next of the snapshots near the moment looked at: so many that taking one costs little
    /// beside making them.
    fn grain(&self) -> u64 {
        16 * self.machine.sweep_length().max(4)
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            time: self.head,
            events: self.history.events_at(self.head),
            bytes: Rc::new(self.machine.snapshot()),
        }
    }

    /// Does a logged edit. It was done before on an equal machine, so it can be done again.
    fn apply(&mut self, k: usize) {
        let event = &self.history.events[k];
        let spec = event.spec.spec();
        if self.machine.reconfigure(&spec, event.entry).is_err() {
            self.machine = catalogue::open(&spec).expect("a spec that was open before");
        }
        self.changed = true;
    }

    /// Looks at another moment of what has been run; beyond the end, at the end, and before the first moment that is
    /// still known, at that. Exact, to the bit.
    pub fn seek(&mut self, time: u64) {
        let time = time.min(self.end).max(self.begin());
        let shortcut = self.history.before(time).is_some_and(|s| s.time > self.head);
        let same = self.history.events_at(time) == self.history.events_at(self.head);
        if time >= self.head && same && !shortcut {
            self.run(time - self.head);
        } else {
            self.rebuild(time);
        }
    }

    /// Comes to a moment from the nearest snapshot before it.
    fn rebuild(&mut self, time: u64) {
        match self.history.before(time).cloned() {
            Some(snapshot) => self.take_up(&snapshot),
            None => {
                self.apply(0);
                self.head = self.begin();
                self.apply_all(1);
            }
        }
        self.run(time - self.head);
    }

    /// Goes to the moment of a snapshot, after all edits of that moment.
    fn take_up(&mut self, snapshot: &Snapshot) {
        // Same spec, same weights: only another one needs learning.
        let last = snapshot.events - 1;
        if *self.machine.spec() != self.history.events[last].spec.spec() {
            self.apply(last);
        }
        self.machine.restore(&snapshot.bytes).expect("a snapshot of this machine");
        self.head = snapshot.time;
        // Edits of that very moment that the snapshot had not seen.
        self.apply_all(snapshot.events);
    }

    /// Does the edits up to the moment looked at, from the `first` on.
    fn apply_all(&mut self, first: usize) {
        for k in first..self.history.events_at(self.head) {
            self.apply(k);
        }
    }

    /// The command line that runs the experiment, from its spec in a file, up to the moment looked at.
    #[must_use]
    pub fn command(&self) -> Command {
        let done = &self.history.events[..self.history.events_at(self.head)];
        let cue = done.iter().rposition(|event| event.entry != Entry::Keep);
        // The spec starts from the present cue with the present settings. Edits that let the run go on had others
        // before them, unless nothing had been run yet: then a run of the spec is not the one that was seen.
        // What was learned stays where a cue is new: then no edit may have come in between at all.
        let learns = self.machine.describe().learns;
        let steady = |event: &Rc<Event>| event.entry != Entry::Keep || event.time == self.begin();
        let whole = !learns || self.history.base().is_none() && done.iter().all(steady);
        let exact =
            whole && cue.is_some_and(|cue| done[cue..].iter().all(|event| event.time == done[cue].time));
        let mut words = format!("engram run experiment.json --steps {} --unit update", self.machine.age());
        if !exact {
            words.push_str("  # as it is now, from its start: the run seen was changed on its way");
        }
        Command { words, exact }
    }
}

#[cfg(test)]
mod tests;
