//! A session as text, with its past, and back.

use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::Serialize;

use super::Session;
use crate::LabError;
use crate::catalogue;
use crate::history::Event;
use crate::machine::Entry;
use crate::object::object;
use crate::spec::Spec;

impl Session {
    /// The session with its past, as text: what a page keeps to come back to after a crash or a reload.
    #[must_use]
    pub fn save(&self) -> String {
        let saved = Saved {
            events: self
                .history
                .events
                .iter()
                .map(|e| SavedEvent {
                    time: e.time,
                    kind: e.kind.clone(),
                    label: e.label.clone(),
                    spec: (*e.spec).clone(),
                    keeps_state: e.entry == Entry::Keep,
                    memories: e.memories.to_vec(),
                })
                .collect(),
            head: self.head,
            end: self.end,
            draws: self.draws,
            state: Base64UrlUnpadded::encode_string(&self.machine.snapshot()),
        };
        serde_json::to_string(&saved).expect("plain data")
    }

    /// Opens what [`save`](Self::save) gave: the same moment of the same run, bit for bit. Undo starts afresh.
    ///
    /// # Errors
    /// Text that is not a saved session.
    pub fn load(text: &str) -> Result<Self, LabError> {
        let saved: Saved = serde_json::from_str(text)
            .map_err(|error| LabError::new("saved session", LabError::from(error)))?;
        let in_order = saved.events.windows(2).all(|pair| pair[0].time <= pair[1].time)
            && saved.events.last().is_some_and(|last| last.time <= saved.end)
            && saved.head <= saved.end;
        let Some(opening) = saved.events.first().filter(|first| in_order && first.time == 0) else {
            return Err(LabError::new("saved session", "its events are not in order"));
        };
        let mut session = Self::open(&opening.spec)?;
        session.history.events[0].memories = named(opening, session.machine.memories().len());
        for event in &saved.events[1..] {
            let memories = named(event, catalogue::open(&event.spec)?.memories().len());
            session.history.events.push(Event {
                time: event.time,
                kind: event.kind.clone(),
                label: event.label.clone(),
                spec: Rc::new(event.spec.clone()),
                entry: if event.keeps_state { Entry::Keep } else { Entry::Cue },
                memories,
                stroke: 0,
            });
        }
        session.draws = saved.draws;
        session.end = saved.end;
        // The state itself is saved too, so that a long run need not be run again.
        let bytes = Base64UrlUnpadded::decode_vec(&saved.state)
            .map_err(|error| LabError::new("saved session", error))?;
        session.apply(session.history.events_at(saved.head) - 1);
        session.machine.restore(&bytes)?;
        session.head = saved.head;
        session.note();
        session.keep_snapshot();
        Ok(session)
    }
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
}

#[derive(Serialize)]
struct SavedEvent {
    time: u64,
    kind: String,
    label: String,
    spec: Spec,
    keeps_state: bool,
    memories: Vec<u32>,
}

object!(Saved, Saved::default(), [events, head, end, draws, state], []);

object!(
    SavedEvent,
    SavedEvent {
        time: 0,
        kind: String::new(),
        label: String::new(),
        spec: Spec::new(""),
        keeps_state: false,
        memories: Vec::new(),
    },
    [time, label, spec, keeps_state],
    [kind, memories]
);
