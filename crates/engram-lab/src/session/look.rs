//! Looking at a moment from another one. The session comes back to where it was, bit for bit.

use std::ops::Range;
use std::rc::Rc;

use super::Session;
use crate::LabError;
use crate::catalogue;
use crate::history::Snapshot;
use crate::machine::{Entry, Explanation};

/// Most updates that are run again in search of the last change of a unit.
const MAX_UPDATES: u64 = 1 << 17;

/// Most weights that these updates may visit: some tens of milliseconds in a browser.
const MAX_VISITS: u64 = 1 << 29;

/// Why a unit does what it does at a moment, and since when it is as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Its field taken apart.
    pub explanation: Explanation,
    /// The moment looked at.
    pub time: u64,
    /// The latest moment up to this one at which an update had just changed the unit: looked at one update earlier,
    /// its field says why. None if no update has since the run of the cue began, or if the search would take too
    /// long: further back than it may look, or beyond an edit that changed the weights.
    pub changed: Option<u64>,
}

impl Session {
    /// Why a unit does what it does, at a moment of what has been run, or at the one looked at; beyond the end, at the
    /// end. The run and the moment looked at stay what they are.
    ///
    /// # Errors
    /// No such unit.
    pub fn explain(&mut self, unit: usize, time: Option<u64>) -> Result<Why, LabError> {
        let (head, state, changed) = (self.head, self.machine.snapshot(), self.changed);
        if let Some(time) = time {
            self.seek(time);
        }
        let time = self.head;
        let why = self.machine.explain(unit).map(|explanation| {
            let changed = self.last_change(unit);
            Why { explanation, time, changed }
        });
        let events = self.history.events_at(head);
        self.take_up(&Snapshot { time: head, events, bytes: Rc::new(state) });
        self.changed = changed;
        why
    }

    /// When an update last changed a unit, up to the moment looked at. The session is left at some other moment.
    fn last_change(&mut self, unit: usize) -> Option<u64> {
        // What was learned before the present cue counts among the updates, and is no part of its run.
        let done = &self.history.events[..self.history.events_at(self.head)];
        let cue = done.iter().rfind(|event| event.entry != Entry::Keep).map_or(0, |event| event.time);
        let began = self.head.saturating_sub(self.machine.age()).max(cue);
        let units = self.machine.spins().len() as u64;
        let visits = self.machine.work().unwrap_or(units * units / self.machine.sweep_length()).max(1);
        let mut left = MAX_UPDATES.min(MAX_VISITS / visits);
        let mut until = self.head;
        // From snapshot to snapshot, each stretch run forwards.
        while until > began {
            let snapshot = self.history.before(until - 1)?.clone();
            left = left.checked_sub(until - snapshot.time)?;
            if !self.has_weights_of(snapshot.events - 1..self.history.events_at(until - 1)) {
                return None;
            }
            self.take_up(&snapshot);
            let mut last = None;
            loop {
                let before = self.machine.spins()[unit];
                self.head += self.machine.advance(1);
                if self.machine.spins()[unit] != before && self.head > began {
                    last = Some(self.head);
                }
                if self.head == until {
                    break;
                }
                self.apply_all(self.history.events_at(self.head - 1));
            }
            if last.is_some() {
                return last;
            }
            until = snapshot.time;
        }
        None
    }

    /// Whether all these edits left the weights what they are now, so that going there and back learns nothing anew.
    fn has_weights_of(&self, mut events: Range<usize>) -> bool {
        events.all(|k| {
            let spec = self.history.events[k].spec.spec();
            spec == *self.machine.spec()
                || catalogue::check(&spec).is_ok_and(|setup| self.machine.has_weights_of(&setup))
        })
    }
}
