//! The past of a session: a log of edits and sparse snapshots, from which any moment comes back bit for bit.
//!
//! However long a session lasts, its past stays of a size: snapshots are thinned, and of very many edits the oldest are
//! forgotten together with the moments before them.

mod kept;

use std::rc::Rc;

use crate::machine::Entry;
use crate::spec::Spec;

pub use kept::{Kept, texts};

/// Most snapshots kept.
const MAX_SNAPSHOTS: usize = 64;

/// Most bytes that they take together, if they are large; some are kept however large they are.
const MAX_BYTES: usize = 96 << 20;
const LEAST_SNAPSHOTS: usize = 8;

/// Least updates from one snapshot to the next.
const LEAST_GAP: u64 = 64;

/// Latest snapshots of a long run that are kept beside those that are spread over all of it: what is looked at is
/// mostly near, be it the end or a moment that one has gone back to.
const RECENT: usize = 4;

/// Most edits kept.
pub const MAX_EVENTS: usize = 256;

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
    pub spec: Kept,
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
    /// Edits. The first is the opening of the session, or the last of those that were forgotten.
    pub events: Vec<Rc<Event>>,
    /// The state at the first moment that is still known, if that is not the start of a cue's run.
    base: Option<Snapshot>,
    snapshots: Vec<Snapshot>,
    recent: Vec<Snapshot>,
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
            spec: Kept::new(spec, None),
            entry: Entry::Begin,
            memories: Rc::new((0..memories as u32).collect()),
            stroke: 0,
        };
        Self::from(vec![Rc::new(opening)], None)
    }

    /// A history of these edits; `base` is the state at its first moment, if that is not the start of a cue's run.
    #[must_use]
    pub fn from(events: Vec<Rc<Event>>, base: Option<Snapshot>) -> Self {
        Self { events, base, snapshots: Vec::new(), recent: Vec::new(), gap: LEAST_GAP }
    }

    /// The first moment that is still known.
    #[must_use]
    pub fn begin(&self) -> u64 {
        self.events[0].time
    }

    /// The state at that moment, if it is not the start of a cue's run.
    #[must_use]
    pub fn base(&self) -> Option<&Snapshot> {
        self.base.as_ref()
    }

    /// The edit last done.
    #[must_use]
    pub fn last(&self) -> &Event {
        &self.events[self.events.len() - 1]
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
        let last = &self.last().memories;
        let Some(before) = before else { return last.clone() };
        let used = self.events.iter().flat_map(|event| event.memories.iter());
        let mut fresh = used.max().map_or(0, |id| id.wrapping_add(1))..;
        Rc::new(before.iter().filter_map(|k| k.map_or_else(|| fresh.next(), |k| Some(last[k]))).collect())
    }

    /// The next moment after `time` at which a snapshot is wanted; `grain` is how far apart recent ones are.
    #[must_use]
    pub fn next_after(&self, time: u64, grain: u64) -> u64 {
        let gap = self.gap.min(grain);
        (time / gap + 1) * gap
    }

    /// Whether a snapshot is wanted now, to be kept for long.
    #[must_use]
    pub fn wants(&self, time: u64) -> bool {
        self.place(time).checked_sub(1).is_none_or(|k| self.snapshots[k].time + self.gap <= time)
    }

    /// How many snapshots for long there are up to a moment.
    fn place(&self, time: u64) -> usize {
        self.snapshots.partition_point(|s| s.time <= time)
    }

    /// Whether a snapshot is wanted now, to be kept for a while.
    #[must_use]
    pub fn wants_recent(&self, time: u64, grain: u64) -> bool {
        self.gap > grain && time.is_multiple_of(grain) && self.recent.iter().all(|s| s.time != time)
    }

    /// Keeps a snapshot; one of the same moment, which had seen fewer edits, goes. When there are too many, the one goes
    /// that is missed least: its neighbours are the nearest to each other.
    pub fn keep(&mut self, snapshot: Snapshot) {
        let most = (MAX_BYTES / snapshot.bytes.len().max(1)).clamp(LEAST_SNAPSHOTS, MAX_SNAPSHOTS);
        let place = self.place(snapshot.time);
        match place.checked_sub(1).filter(|&k| self.snapshots[k].time == snapshot.time) {
            Some(same) => self.snapshots[same] = snapshot,
            None => self.snapshots.insert(place, snapshot),
        }
        while self.snapshots.len() > most {
            let count = self.snapshots.len();
            let span = |k: usize| self.snapshots[k + 1].time - self.snapshots[k - 1].time;
            if let Some(least) = (1..count - 1).min_by_key(|&k| span(k)) {
                self.snapshots.remove(least);
            }
            let all = self.snapshots[count - 2].time - self.snapshots[0].time;
            while all / self.gap > most as u64 / 2 {
                self.gap *= 2;
            }
        }
    }

    /// Keeps a snapshot for a while.
    pub fn keep_recent(&mut self, snapshot: Snapshot) {
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(snapshot);
    }

    fn snapshots(&self) -> impl Iterator<Item = &Snapshot> {
        self.base.iter().chain(&self.snapshots).chain(&self.recent)
    }

    /// The latest snapshot at or before a moment.
    #[must_use]
    pub fn before(&self, time: u64) -> Option<&Snapshot> {
        self.snapshots().filter(|s| s.time <= time).max_by_key(|s| (s.time, s.events))
    }

    /// Bytes that are kept for this alone; what is shared counts in part.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.snapshots().map(|s| s.bytes.len() / Rc::strong_count(&s.bytes)).sum()
    }

    /// Forgets everything after a moment.
    pub fn truncate(&mut self, time: u64) {
        self.events.retain(|event| event.time <= time);
        let events = self.events.len();
        self.drop_snapshots(&|s| s.time <= time && s.events <= events);
    }

    /// Takes the last edit back, and the snapshots that knew it; the opening stays.
    pub fn pop(&mut self) {
        if self.events.len() > 1 {
            self.events.pop();
            let events = self.events.len();
            self.drop_snapshots(&|s| s.events <= events);
        }
    }

    fn drop_snapshots(&mut self, stays: &dyn Fn(&Snapshot) -> bool) {
        self.snapshots.retain(stays);
        self.recent.retain(stays);
    }

    /// Adds an edit. Of very many, those go first that another of the same moment put out of force, and then the oldest.
    pub fn push(&mut self, event: Event) {
        self.events.push(Rc::new(event));
        if self.events.len() > MAX_EVENTS {
            self.forget_overruled();
        }
        if self.events.len() > MAX_EVENTS {
            self.forget_oldest();
        }
    }

    /// Forgets edits after which, at the same moment, a run was begun anew: nothing is left of them.
    fn forget_overruled(&mut self) {
        let events = std::mem::take(&mut self.events);
        let mut begun = None;
        let mut stays: Vec<bool> = events
            .iter()
            .rev()
            .map(|event| {
                // What a machine learned outlasts a new cue, and how it learned stood in edits that let the run go on.
                let by = begun.filter(|&(time, _)| time == event.time).map(|(_, entry)| entry);
                let overruled = match by {
                    Some(Entry::Begin) => true,
                    Some(Entry::Cue) => event.entry == Entry::Cue,
                    _ => false,
                };
                if event.entry != Entry::Keep && by != Some(Entry::Begin) {
                    begun = Some((event.time, event.entry));
                }
                !overruled
            })
            .collect();
        stays.reverse();
        stays[0] = true;
        let left = |count: usize| stays[..count].iter().filter(|&&stays| stays).count();
        for snapshot in self.snapshots.iter_mut().chain(&mut self.recent) {
            snapshot.events = left(snapshot.events);
        }
        self.events =
            events.into_iter().zip(&stays).filter(|(_, stays)| **stays).map(|(event, _)| event).collect();
    }

    /// Forgets about a quarter of the edits and all moments before the last of them.
    fn forget_oldest(&mut self) {
        let Some(base) = self.snapshots.iter().find(|s| s.events > MAX_EVENTS / 4).cloned() else { return };
        let gone = base.events - 1;
        self.events.drain(..gone);
        let first = Event { time: base.time, ..(*self.events[0]).clone() };
        self.events[0] = Rc::new(first);
        self.drop_snapshots(&|s| s.events > gone && s.time >= base.time);
        for snapshot in self.snapshots.iter_mut().chain(&mut self.recent) {
            snapshot.events -= gone;
        }
        self.base = Some(Snapshot { events: 1, ..base });
    }
}
