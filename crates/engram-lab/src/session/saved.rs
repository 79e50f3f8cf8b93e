//! A session as text, with its past, and back.

use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use engram::pattern::MAX_CELLS;
use serde::Serialize;

use super::{Past, Session};
use crate::LabError;
use crate::catalogue;
use crate::fallible::try_each;
use crate::history::{Event, History, Kept, Snapshot, texts};
use crate::link::pack::{digits, pack, unpack};
use crate::machine::Entry;
use crate::object::object;
use crate::spec::Spec;
use crate::trace::Trace;

/// About as many characters are spent on what undo and redo come back to, each; a page has a few million in all.
const UNDO_ROOM: usize = 250_000;
/// A run is run again when it is loaded, for its series, if its updates times the squared number of units are no more.
const RUN_AGAIN: u64 = 1 << 31;

impl Session {
    /// The session with its past, as text: what a page keeps to come back to after a crash or a reload. Of what undo
    /// and redo come back to it has the nearest, as much as there is room for.
    #[must_use]
    pub fn save(&self) -> String {
        let mut pictures = Vec::new();
        let event = |(k, e): (usize, &Rc<Event>)| {
            let (mut spec, bits) = e.spec.parts(k == 0);
            // A state of which all is known is a picture too.
            let state = spec.start.state.take_if(|state| !state.contains('?'));
            let state = state.map(|state| number(&mut pictures, &state.into()));
            SavedEvent {
                time: e.time,
                kind: e.kind.clone(),
                label: e.label.clone(),
                spec,
                pictures: bits.map(|all| all.iter().map(|picture| number(&mut pictures, picture)).collect()),
                state,
                keeps_state: e.entry == Entry::Keep,
                begins: e.entry == Entry::Begin,
                memories: e.memories.to_vec(),
            }
        };
        let mut known: Vec<&Rc<Event>> = self.history.events.iter().collect();
        let now = known.len() as u32;
        let (mut one, _) = self.history.last().spec.parts(false);
        one.start.state = one.start.state.map(|state| pack(&state, '1'));
        let most = UNDO_ROOM / serde_json::to_string(&one).map_or(UNDO_ROOM, |text| text.len());
        let base = self.history.base();
        let (undo, redo) =
            (refer(&self.undo, base, most, &mut known), refer(&self.redo, base, most, &mut known));
        let events = known.into_iter().enumerate().map(event).collect();
        let cells = self.machine.cells().count();
        let saved = Saved {
            events,
            now,
            undo,
            redo,
            head: self.head,
            end: self.end,
            draws: self.draws,
            stage: self.stage.clone(),
            state: Base64UrlUnpadded::encode_string(&self.machine.snapshot()),
            cells,
            pictures: pictures.iter().map(|picture| packed(picture, cells)).collect(),
            base: base.map_or_else(String::new, |base| Base64UrlUnpadded::encode_string(&base.bytes)),
        };
        serde_json::to_string(&saved).expect("plain data")
    }

    /// Opens what [`save`](Self::save) gave: the same moment of the same run, bit for bit.
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
        let present = saved.events.get(..saved.now as usize).unwrap_or_default();
        let in_order = present.windows(2).all(|pair| pair[0].time <= pair[1].time)
            && present.last().is_some_and(|last| last.time <= saved.end)
            && saved.head <= saved.end;
        let Some(opening) = present.first().filter(|first| {
            in_order && first.time <= saved.head && (first.time == 0 || !saved.base.is_empty())
        }) else {
            return Err(wrong("its events are not in order"));
        };
        let picture = |k: u32| {
            let packed = saved.pictures.get(k as usize).filter(|_| saved.cells <= MAX_CELLS);
            let text = packed.and_then(|text| unpacked(text, saved.cells));
            text.ok_or_else(|| wrong("a picture is missing or broken"))
        };
        let mut events: Vec<Rc<Event>> = Vec::new();
        for event in &saved.events {
            let mut spec = event.spec.clone();
            (spec.weights, spec.biases) = (opening.spec.weights.clone(), opening.spec.biases.clone());
            if let Some(numbers) = &event.pictures {
                let grey = spec.patterns.grey.is_some();
                *texts(&mut spec, grey) = Some(try_each(numbers, |&k| picture(k))?);
            }
            if let Some(k) = event.state {
                spec.start.state = Some(picture(k)?);
            }
            // Only what is looked at is learned.
            let count = catalogue::check(&spec)?.resolved.memories.len();
            events.push(Rc::new(Event {
                time: event.time,
                kind: event.kind.clone(),
                label: event.label.clone(),
                spec: Kept::new(spec, events.last().map(|before| &before.spec)),
                entry: match event {
                    SavedEvent { keeps_state: true, .. } => Entry::Keep,
                    SavedEvent { begins: true, .. } => Entry::Begin,
                    _ => Entry::Cue,
                },
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
        let past = |past: &SavedPast| {
            let opened = past.open(&events, base.as_ref());
            opened.ok_or_else(|| wrong("what undo comes back to is not in order"))
        };
        session.undo = try_each(&saved.undo, past)?;
        session.redo = try_each(&saved.redo, past)?;
        events.truncate(present.len());
        session.history = History::from(events, base);
        session.draws = saved.draws;
        session.stage.clone_from(&saved.stage);
        session.trace = Trace::default();
        let units = session.machine.cells().count() as u64;
        let work = session.machine.work().unwrap_or(units * units);
        let begin = session.begin();
        if (saved.end - begin).saturating_mul(work) <= RUN_AGAIN {
            session.rebuild(begin);
            session.note();
            session.run(saved.end - begin);
        }
        session.end = saved.end;
        // The state itself is saved too, so that a long run need not be run again.
        session.apply(session.history.events_at(saved.head) - 1);
        session.machine.restore(&bytes(&saved.state)?)?;
        session.head = saved.head;
        session.note();
        Ok(session)
    }
}

/// Marks a picture that is not packed: a grey one, or one of another size than the present, as it stands in a spec.
const AS_IT_IS: char = '.';

fn packed(picture: &str, cells: usize) -> String {
    if picture.len() == cells && picture.bytes().all(|c| c == b'0' || c == b'1') {
        pack(picture, '1')
    } else {
        format!("{AS_IT_IS}{picture}")
    }
}

fn unpacked(text: &str, cells: usize) -> Option<String> {
    match text.strip_prefix(AS_IT_IS) {
        Some(grey) => Some(grey.to_owned()),
        None => unpack(text, cells).map(|cells| digits(&cells)),
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

/// The nearest of some pasts by the numbers of their edits, which are added to those known. A past that begins where
/// neither the session nor the present does, and those behind it, are left out.
fn refer<'a>(
    pasts: &'a [Past],
    base: Option<&Snapshot>,
    most: usize,
    known: &mut Vec<&'a Rc<Event>>,
) -> Vec<SavedPast> {
    let elsewhere = |past: &Past| {
        let same = |of: &Snapshot| base.is_some_and(|base| Rc::ptr_eq(&of.bytes, &base.bytes));
        past.history.base().is_some_and(|of| !same(of))
    };
    let near = pasts.iter().rposition(elsewhere).map_or(0, |last| last + 1);
    let first = near.max(pasts.len().saturating_sub(most));
    let mut number = |(k, event): (usize, &'a Rc<Event>)| {
        // Mostly the beginning is that of the present.
        let there = known.get(k).is_some_and(|at| Rc::ptr_eq(at, event)).then_some(k);
        let found = there.or_else(|| known.iter().rposition(|at| Rc::ptr_eq(at, event)));
        found.unwrap_or_else(|| {
            known.push(event);
            known.len() - 1
        }) as u32
    };
    let refer = |past: &'a Past| SavedPast {
        events: past.history.events.iter().enumerate().map(&mut number).collect(),
        head: past.head,
        end: past.end,
    };
    pasts[first..].iter().map(refer).collect()
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
    /// The edits of the present, so many as `now` says, then those that only undo and redo know.
    events: Vec<SavedEvent>,
    now: u32,
    undo: Vec<SavedPast>,
    redo: Vec<SavedPast>,
    head: u64,
    end: u64,
    draws: u64,
    stage: Option<String>,
    state: String,
    /// Cells of a picture.
    cells: usize,
    /// The pictures of all edits, packed.
    pictures: Vec<String>,
    /// The state at the first moment that is still known; nothing if it is the start of a cue's run.
    base: String,
}

/// A place to come back to.
#[derive(Default, Serialize)]
struct SavedPast {
    /// Its edits, by number.
    events: Vec<u32>,
    head: u64,
    end: u64,
}

impl SavedPast {
    /// The place, if it can be: the series behind its charts come back as it is run again. If it begins with the first
    /// edit of the present, it begins in the same state.
    fn open(&self, events: &[Rc<Event>], base: Option<&Snapshot>) -> Option<Past> {
        let base = base.filter(|_| self.events.first() == Some(&0));
        let list = try_each(&self.events, |&k| events.get(k as usize).cloned().ok_or(())).ok()?;
        let begin = list.first()?.time;
        let in_order = begin == base.map_or(0, |base| base.time)
            && begin <= self.head
            && list.windows(2).all(|pair| pair[0].time <= pair[1].time)
            && list.last()?.time <= self.end
            && self.head <= self.end;
        in_order.then(|| Past {
            history: History::from(list, base.cloned()),
            trace: Trace::default(),
            head: self.head,
            end: self.end,
        })
    }
}

#[derive(Serialize)]
struct SavedEvent {
    time: u64,
    kind: String,
    label: String,
    spec: Spec,
    /// The picture that the spec starts from, by number.
    state: Option<u32>,
    /// The pictures of the spec, by number.
    pictures: Option<Vec<u32>>,
    keeps_state: bool,
    /// Nothing that was learned stays.
    begins: bool,
    memories: Vec<u32>,
}

object!(
    Saved,
    Saved::default(),
    [events, now, head, end, draws, state],
    [cells, pictures, base, undo, redo, stage]
);

object!(SavedPast, SavedPast::default(), [events, head, end], []);

object!(
    SavedEvent,
    SavedEvent {
        time: 0,
        kind: String::new(),
        label: String::new(),
        spec: Spec::new(""),
        state: None,
        pictures: None,
        keeps_state: false,
        begins: false,
        memories: Vec::new(),
    },
    [time, label, spec, keeps_state],
    [kind, memories, state, pictures, begins]
);
