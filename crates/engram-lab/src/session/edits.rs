//! Edits of a session: done at the moment looked at, taken back, and done again.

use super::{Past, Session};
use crate::LabError;
use crate::catalogue;
use crate::history::{Event, History, Kept};
use crate::machine::Entry;
use crate::plan::{Edit, plan};
use crate::spec::{MAX_SEED, Spec};
use crate::trace::Trace;
use crate::value::Value;

/// Most edits that can be undone.
pub(super) const MAX_UNDO: usize = 100;

/// Most bytes that the pasts of these edits may take; beyond it the oldest can no longer be come back to.
pub(super) const MAX_UNDO_BYTES: usize = 64 << 20;

impl Session {
    /// Does something to the experiment at the moment looked at. What had been run beyond it is dropped.
    ///
    /// # Errors
    /// An edit that cannot be; then nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), LabError> {
        let stroke = match edit {
            Edit::Act { args, .. } => match args.get("stroke") {
                Some(Value::Number(x)) if *x > 0.0 => *x as u64,
                _ => 0,
            },
            Edit::Set { .. } | Edit::Compare { .. } => 0,
        };
        let mut planned = plan(self.machine.as_ref(), edit, self.draws + 1)?;
        let past = self.past();
        if let Err(error) = self.turn_into(&planned.spec, planned.entry) {
            if !planned.learn_anew(&error) {
                return Err(error);
            }
            self.turn_into(&planned.spec, planned.entry)?;
        }
        self.draws += 1;
        self.history.truncate(self.head);
        let memories = self.history.memories_after(planned.before.as_deref());
        let last = self.history.last();
        let kept = Kept::new(planned.spec, Some(&last.spec));
        if stroke != 0 && last.stroke == stroke && last.time == self.head {
            self.history.pop();
        } else {
            self.remember(past);
        }
        self.redo.clear();
        self.trace.truncate(self.head);
        self.history.push(Event {
            time: self.head,
            kind: edit.key().to_owned(),
            label: planned.label,
            spec: kept,
            entry: planned.entry,
            memories,
            stroke,
        });
        self.end = self.head;
        self.changed = true;
        self.trace.forget_before(self.begin());
        self.trace_again();
        self.history.keep(self.snapshot());
        Ok(())
    }

    /// The same at the start of the run, which begins anew: for machines that are compared on one cue.
    ///
    /// # Errors
    /// An edit that cannot be; then nothing has changed.
    pub fn edit_anew(&mut self, edit: &Edit) -> Result<(), LabError> {
        let mut planned = plan(self.machine.as_ref(), edit, self.draws + 1)?;
        if let Err(error) = self.begin_anew(planned.spec.clone()) {
            if !planned.learn_anew(&error) {
                return Err(error);
            }
            self.begin_anew(planned.spec)?;
        }
        self.draws += 1;
        Ok(())
    }

    /// Takes the last edit back as if it had never been.
    pub fn take_back(&mut self) {
        if self.undo() {
            self.redo.pop();
        }
    }

    /// Starts a spec over at time 0. Can be undone.
    fn begin_anew(&mut self, spec: Spec) -> Result<(), LabError> {
        let past = self.past();
        self.turn_into(&spec, Entry::Begin)?;
        self.remember(past);
        self.redo.clear();
        self.history = History::new(spec, self.machine.memories().len());
        (self.trace, self.head, self.end, self.changed) = (Trace::default(), 0, 0, true);
        self.note();
        Ok(())
    }

    /// Becomes the machine of another spec, or opens it where the machine cannot: of another size it is another one.
    fn turn_into(&mut self, spec: &Spec, entry: Entry) -> Result<(), LabError> {
        let setup = catalogue::check(spec)?;
        if self.machine.setup().can_become(&setup).is_ok() {
            self.machine.adopt(setup, entry)
        } else {
            self.machine = catalogue::open(spec)?;
            Ok(())
        }
    }

    /// Replaces the row of the present moment.
    fn trace_again(&mut self) {
        if self.head == 0 {
            self.trace = Trace::default();
        } else {
            self.trace.truncate(self.head - 1);
        }
        self.note();
    }

    fn past(&self) -> Past {
        Past { history: self.history.clone(), trace: self.trace.clone(), head: self.head, end: self.end }
    }

    fn remember(&mut self, past: Past) {
        self.undo.push(past);
        while self.undo.len() > MAX_UNDO || self.undo.len() > 1 && self.undo_bytes() > MAX_UNDO_BYTES {
            self.undo.remove(0);
        }
    }

    pub(super) fn undo_bytes(&self) -> usize {
        self.undo.iter().map(|past| past.history.bytes() + past.trace.bytes()).sum()
    }

    fn come_back(&mut self, past: Past) {
        self.history = past.history;
        self.trace = past.trace;
        self.drawn = None;
        self.end = past.end;
        self.rebuild(past.head);
        self.changed = true;
    }

    /// Takes the last edit back: memories, cue, settings and the run as they were. False if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(past) = self.undo.pop() else { return false };
        let now = self.past();
        self.redo.push(now);
        self.come_back(past);
        true
    }

    /// Does again what was taken back. False if there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(past) = self.redo.pop() else { return false };
        let now = self.past();
        self.undo.push(now);
        self.come_back(past);
        true
    }

    /// Starts the experiment as it stands over again at time 0, with the same dice or with others. Can be undone.
    ///
    /// # Errors
    /// A seed that is too large.
    pub fn restart(&mut self, seed: Option<u64>) -> Result<(), LabError> {
        let mut spec = self.machine.spec().clone();
        if let Some(seed) = seed {
            if seed > MAX_SEED {
                return Err(LabError::new(
                    "seed",
                    format_args!("{seed} is too large; at most {MAX_SEED} is allowed"),
                ));
            }
            // Other dice, the same memories.
            if let Some(random) = &mut spec.patterns.random {
                random.seed.get_or_insert(spec.seed);
            }
            spec.seed = seed;
        }
        self.begin_anew(spec)
    }
}
