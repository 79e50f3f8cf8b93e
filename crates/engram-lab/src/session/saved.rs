//! A session as text, with its past, and back.

use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Serialize;

use super::Session;
use crate::LabError;
use crate::catalogue;
use crate::history::{Event, History, Kept, Snapshot};
use crate::machine::Entry;
use crate::object::object;
use crate::spec::Spec;
use crate::trace::Trace;

impl Session {
    /// The session with its past, as text: what a page keeps to come back to after a crash or a reload.
    #[must_use]
    pub fn save(&self) -> String {
        let mut pictures = Vec::new();
        let event = |(k, e): (usize, &Rc<Event>)| {
            let (spec, bits) = e.spec.parts(k == 0);
            SavedEvent {
                time: e.time,
                kind: e.kind.clone(),
                label: e.label.clone(),
                spec,
                pictures: bits.map(|all| all.iter().map(|picture| number(&mut pictures, picture)).collect()),
                keeps_state: e.entry == Entry::Keep,
                memories: e.memories.to_vec(),
            }
        };
        let events = self.history.events.iter().enumerate().map(event).collect();
        let base = self.history.base();
        let saved = Saved {
            events,
            head: self.head,
            end: self.end,
            draws: self.draws,
            state: Base64UrlUnpadded::encode_string(&self.machine.snapshot()),
            pictures: pictures.iter().map(|picture| String::from(&**picture)).collect(),
            base: base.map_or_else(String::new, |base| Base64UrlUnpadded::encode_string(&base.bytes)),
        };
        serde_json::to_string(&saved).expect("plain data")
    }

    /// Opens what [`save`](Self::save) gave: the same moment of the same run, bit for bit. Undo starts afresh.
    ///
    /// # Errors
    /// Text that is not a saved session.
    pub fn load(text: &str) -> Result<Self, LabError> {
        let wrong = |message: &str| LabError::new("saved session", message);
        let saved: Saved = serde_json::from_str(text)
            .map_err(|error| LabError::new("saved session", LabError::from(error)))?;
        let bytes = |text: &str| {
            Base64UrlUnpadded::decode_vec(text).map_err(|error| LabError::new("saved session", error))
        };
        let in_order = saved.events.windows(2).all(|pair| pair[0].time <= pair[1].time)
            && saved.events.last().is_some_and(|last| last.time <= saved.end)
            && saved.head <= saved.end;
        let Some(opening) = saved.events.first().filter(|first| {
            in_order && first.time <= saved.head && (first.time == 0 || !saved.base.is_empty())
        }) else {
            return Err(wrong("its events are not in order"));
        };
        let mut events: Vec<Rc<Event>> = Vec::new();
        for event in &saved.events {
            let mut spec = event.spec.clone();
            (spec.weights, spec.biases) = (opening.spec.weights.clone(), opening.spec.biases.clone());
            if let Some(numbers) = &event.pictures {
                let known = numbers.iter().map(|&k| saved.pictures.get(k as usize).cloned());
                let all: Option<Vec<String>> = known.collect();
                spec.patterns.bits = Some(all.ok_or_else(|| wrong("a picture is missing"))?);
            }
            // Only what is looked at is learned.
            let count = catalogue::check(&spec)?.resolved.memories.len();
            events.push(Rc::new(Event {
                time: event.time,
                kind: event.kind.clone(),
                label: event.label.clone(),
                spec: Kept::new(spec, events.last().map(|before| &before.spec)),
                entry: if event.keeps_state { Entry::Keep } else { Entry::Cue },
                memories: named(event, count),
                stroke: 0,
            }));
        }
        let mut session = Self::open(&events[0].spec.spec())?;
        let mut base = None;
        if !saved.base.is_empty() {
            let bytes = bytes(&saved.base)?;
            session.machine.restore(&bytes)?;
            base = Some(Snapshot { time: opening.time, events: 1, bytes: Rc::new(bytes) });
        }
        session.history = History::from(events, base);
        session.draws = saved.draws;
        session.end = saved.end;
        // The state itself is saved too, so that a long run need not be run again.
        session.apply(session.history.events_at(saved.head) - 1);
        session.machine.restore(&bytes(&saved.state)?)?;
        session.head = saved.head;
        session.trace = Trace::default();
        session.note();
        Ok(session)
    }
}

/// The number of a picture among all that edits have, where each is once: edits share theirs.
fn number(pictures: &mut Vec<Rc<str>>, picture: &Rc<str>) -> u32 {
    let known = pictures.iter().position(|known| Rc::ptr_eq(known, picture));
    known.unwrap_or_else(|| {
        pictures.push(picture.clone());
        pictures.len() - 1
    }) as u32
}

/// More numbers than a session ever gives its memories.
const MOST: u32 = 1 << 20;

/// The memories after a saved edit, by numbers of their own; by their places where it does not say.
fn named(event: &SavedEvent, count: usize) -> Rc<Vec<u32>> {
    let said = event.memories.len() == count && event.memories.iter().all(|&id| id < MOST);
    Rc::new(if said { event.memories.clone() } else { (0..count as u32).collect() })
}

#[derive(Default, Serialize)]
struct Saved {
    events: Vec<SavedEvent>,
    head: u64,
    end: u64,
    draws: u64,
    state: String,
    /// One text a picture, for all edits.
    pictures: Vec<String>,
    /// The state at the first moment that is still known; nothing if it is the start of a cue's run.
    base: String,
}

#[derive(Serialize)]
struct SavedEvent {
    time: u64,
    kind: String,
    label: String,
    spec: Spec,
    /// The pictures of the spec, by number.
    pictures: Option<Vec<u32>>,
    keeps_state: bool,
    memories: Vec<u32>,
}

object!(Saved, Saved::default(), [events, head, end, draws, state], [pictures, base]);

object!(
    SavedEvent,
    SavedEvent {
        time: 0,
        kind: String::new(),
        label: String::new(),
        spec: Spec::new(""),
        pictures: None,
        keeps_state: false,
        memories: Vec::new(),
    },
    [time, label, spec, keeps_state],
    [kind, memories, pictures]
);
