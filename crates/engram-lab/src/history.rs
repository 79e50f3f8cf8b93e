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
    /// The key of the control or action that made it.
    pub kind: String,
    /// A few words.
    pub label: String,
    /// The spec afterwards.
    pub spec: Rc<Spec>,
    /// What became of the state.
    pub entry: Entry,
    /// The memories afterwards, each with a number that is its own as long as the session lasts.
    pub memories: Rc<Vec<u32>>,
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
    /// A history that begins with a spec of so many memories.
    #[must_use]
    pub fn new(spec: Spec, memories: usize) -> Self {
        let opening = Event {
            time: 0,
            kind: String::new(),
            label: String::new(),
            spec: Rc::new(spec),
            entry: Entry::Cue,
            memories: Rc::new((0..memories as u32).collect()),
            stroke: 0,
        };
        Self { events: vec![opening], snapshots: Vec::new(), gap: 64 }
    }

    /// How many edits have been done at a moment, those of that very moment included.
    #[must_use]
    pub fn events_at(&self, time: u64) -> usize {
        self.events.partition_point(|event| event.time <= time)
    }

    /// The memories at a moment.
    #[must_use]
    pub fn memories_at(&self, time: u64) -> &Rc<Vec<u32>> {
        &self.events[self.events_at(time) - 1].memories
    }

    /// The memories after one more edit: `before` has for each its number before, if there was one.
    #[must_use]
    pub fn memories_after(&self, before: Option<&[Option<usize>]>) -> Rc<Vec<u32>> {
        let last = &self.events[self.events.len() - 1].memories;
        let Some(before) = before else { return last.clone() };
        let used = self.events.iter().flat_map(|event| event.memories.iter());
        let mut fresh = used.max().map_or(0, |id| id.wrapping_add(1))..;
        Rc::new(before.iter().filter_map(|k| k.map_or_else(|| fresh.next(), |k| Some(last[k]))).collect())
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
