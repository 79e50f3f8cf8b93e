//! The past of a session: a log of edits and sparse snapshots, from which any moment comes back bit for bit.

use std::rc::Rc;

use crate::machine::Entry;
use crate::spec::Spec;

/// Most snapshots kept.
const MAX_SNAPSHOTS: usize = 64;

/// An edit at a moment: the spec after it and what became of the state.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Updates done before it.
    pub time: u64,
    /// A few words.
    pub label: String,
    /// The spec afterwards.
    pub spec: Rc<Spec>,
    /// What became of the state.
    pub entry: Entry,
    /// Edits of one stroke of a pen are one edit; 0 is none.
    pub stroke: u64,
}

/// A machine's state at a moment, after the first `events` edits.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Updates done.
    pub time: u64,
    /// Edits done.
    pub events: usize,
    /// The machine's bytes.
    pub bytes: Rc<Vec<u8>>,
}

/// Edits and snapshots, both in order of time.
#[derive(Clone, Debug)]
pub struct History {
    /// Edits. The first is the opening of the session, at time 0.
    pub events: Vec<Event>,
    snapshots: Vec<Snapshot>,
    gap: u64,
}

impl History {
    /// A history that begins with a spec.
    #[must_use]
    pub fn new(spec: Spec) -> Self {
        let opening =
            Event { time: 0, label: "start".to_owned(), spec: Rc::new(spec), entry: Entry::Cue, stroke: 0 };
        Self { events: vec![opening], snapshots: Vec::new(), gap: 64 }
    }

    /// How many edits have been done at a moment, those of that very moment included.
    #[must_use]
    pub fn events_at(&self, time: u64) -> usize {
        self.events.partition_point(|event| event.time <= time)
    }

    /// The next moment after `time` at which a snapshot is wanted.
    #[must_use]
    pub fn next_after(&self, time: u64) -> u64 {
        (time / self.gap + 1) * self.gap
    }

    /// Whether a snapshot is wanted now.
    #[must_use]
    pub fn wants(&self, time: u64) -> bool {
        self.snapshots.last().is_none_or(|last| last.time + self.gap <= time)
    }

    /// Keeps a snapshot; when there are too many, every other one goes.
    pub fn keep(&mut self, snapshot: Snapshot) {
        self.snapshots.push(snapshot);
        if self.snapshots.len() > MAX_SNAPSHOTS {
            self.gap *= 2;
            let mut count = 0;
            self.snapshots.retain(|_| {
                count += 1;
                count % 2 == 1
            });
        }
    }

    /// The latest snapshot at or before a moment.
    #[must_use]
    pub fn before(&self, time: u64) -> Option<&Snapshot> {
        self.snapshots.iter().rev().find(|s| s.time <= time)
    }

    /// Forgets everything after a moment.
    pub fn truncate(&mut self, time: u64) {
        self.events.retain(|event| event.time <= time);
        let events = self.events.len();
        self.snapshots.retain(|s| s.time <= time && s.events <= events);
    }

    /// Takes the last edit back, and the snapshots that knew it; the opening stays.
    pub fn pop(&mut self) -> Option<Event> {
        if self.events.len() < 2 {
            return None;
        }
        let event = self.events.pop();
        let events = self.events.len();
        self.snapshots.retain(|s| s.events <= events);
        event
    }
}
