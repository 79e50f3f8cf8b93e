//! However long a session lasts, what it keeps stays of a size.

use super::*;

/// Edits and runs of every kind, so often; the dice are those of a small generator.
fn long(s: &mut Session, deeds: u64) {
    let mut word = 7u64;
    for deed in 0..deeds {
        word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let dice = (word >> 33) as f64 / f64::from(1u32 << 31);
        let edit = match (word >> 40) % 8 {
            0 => act("spoil", &[("how", Value::Text("flip".into())), ("amount", number(0.3))]),
            1 => act("paint", &[("units", number((dice * 100.0).floor())), ("value", number(1.0))]),
            2 => Edit::Set { key: "temperature".into(), value: number(0.1 + (dice * 8.0).floor() / 10.0) },
            3 => act("clamp", &[("units", number((dice * 100.0).floor()))]),
            4 if s.machine().memories().len() > 4 => act("forget", &[("memory", number(1.0))]),
            4 => act("store", &[]),
            _ => {
                s.advance(Step::Update, 1 + (dice * 300.0) as u64);
                continue;
            }
        };
        s.edit(&edit).unwrap_or_else(|error| panic!("{deed}: {error}"));
    }
}

#[test]
fn thousands_of_edits_weigh_what_hundreds_do() {
    let mut s = open(r#"{"update":"heat_bath","temperature":0.4}"#);
    long(&mut s, 1200);
    let (text, past) = (s.save().len(), s.history.bytes());
    long(&mut s, 5000);
    assert!(s.events().len() < MAX_EVENTS && s.undo.len() == MAX_UNDO);
    assert!(s.save().len() < 2 * text && s.save().len() < 300_000, "{} after {text}", s.save().len());
    assert!(s.history.bytes() < 2 * past && s.undo_bytes() < MAX_UNDO_BYTES, "{}", s.history.bytes());
    // What is left of the past is exact still.
    assert!(s.begin() > 0 && s.begin() < s.end());
    let mut again = Session::load(&s.save()).unwrap();
    let (end, present) = (s.end(), s.machine().hash());
    assert_eq!((again.begin(), again.time(), again.machine().hash()), (s.begin(), s.time(), present));
    s.seek(0);
    assert_eq!(s.time(), s.begin());
    let mut hashes = Vec::new();
    for time in s.begin()..=end {
        s.seek(time);
        hashes.push(s.machine().hash());
    }
    assert_eq!(hashes[hashes.len() - 1], present);
    for step in 0..60 {
        let place = step * 7919 % hashes.len();
        for session in [&mut s, &mut again] {
            session.seek(session.begin() + place as u64);
            assert_eq!(session.machine().hash(), hashes[place], "moment {place} of {}", hashes.len());
        }
    }
    let (rows, columns) = s.trace();
    assert!(rows.chunks(columns).all(|row| row[0] >= s.begin() as f64));
    let mut back = 0;
    while s.undo() {
        back += 1;
    }
    assert_eq!(back, MAX_UNDO);
    while s.redo() {}
    s.seek(end);
    assert_eq!(s.machine().hash(), present);
}

#[test]
fn many_edits_of_one_moment_come_to_the_last() {
    let mut s = open("{}");
    s.advance(Step::Update, 10);
    for k in 0..3000 {
        let unit = number(f64::from(k % 100));
        s.edit(&act("paint", &[("units", unit), ("value", number(f64::from(k / 100 % 2) * 2.0 - 1.0))]))
            .unwrap();
    }
    assert_eq!((s.begin(), s.time()), (0, 10));
    assert!(s.events().len() <= MAX_EVENTS);
    let present = s.machine().hash();
    let spins = s.machine().spins().to_vec();
    s.seek(3);
    s.seek(10);
    assert_eq!((s.machine().hash(), s.machine().spins().into_owned()), (present, spins.clone()));
    assert!(s.undo());
    assert_ne!(s.machine().spins(), spins);
}

#[test]
fn an_hour_in_small_pieces_is_kept_like_any_other() {
    let mut s = open(r#"{"update":"heat_bath","temperature":0.4}"#);
    for piece in 0..12_000 {
        s.advance(Step::Update, 37 + piece % 5);
    }
    let end = s.end();
    assert!(s.history.bytes() < 70 * s.machine().snapshot().len());
    let (rows, columns) = s.trace();
    assert!(rows.len() / columns > 200 && rows.len() < 40_000);
    assert_eq!(rows[rows.len() - columns], end as f64);
    // A step back near the end is a step from a snapshot near it, and so after a jump into the middle.
    for place in [end, end / 2] {
        s.seek(place);
        for back in 1..20 {
            assert!(place - back - s.history.before(place - back).unwrap().time <= s.grain());
            s.seek(place - back);
        }
    }
}

#[test]
fn the_series_cross_when_they_have_changed() {
    let mut s = open("{}");
    assert!(s.take_trace().is_some() && s.take_trace().is_none());
    s.advance(Step::Update, 5);
    assert_eq!(s.take_trace(), Some(s.trace()));
    s.seek(2);
    assert!(s.take_trace().is_none());
    s.edit(&act("store", &[])).unwrap();
    assert_eq!(s.take_trace().unwrap().1, 7, "time, energy, changes, and four memories");
    s.undo();
    assert_eq!(s.take_trace().unwrap().1, 6);
}

#[test]
fn the_command_says_whether_it_is_the_run_that_was_seen() {
    let mut s = open(r#"{"update":"heat_bath","temperature":0.4}"#);
    let told = |s: &Session| (s.command().words, s.command().exact);
    assert_eq!(told(&s), ("engram run experiment.json --steps 0 --unit update".to_owned(), true));
    s.advance(Step::Update, 137);
    s.edit(&act("spoil", &[("how", Value::Text("flip".into())), ("amount", number(0.2))])).unwrap();
    s.edit(&Edit::Set { key: "temperature".into(), value: number(0.2) }).unwrap();
    s.edit(&act("clamp", &[("units", number(3.0))])).unwrap();
    s.advance(Step::Update, 250);
    assert_eq!(told(&s), ("engram run experiment.json --steps 250 --unit update".to_owned(), true));
    let mut other = Session::open(s.machine().spec()).unwrap();
    other.advance(Step::Update, 250);
    assert_eq!(other.machine().hash(), s.machine().hash());
    s.edit(&Edit::Set { key: "temperature".into(), value: number(0.3) }).unwrap();
    let (words, exact) = told(&s);
    assert!(
        !exact && words.starts_with("engram run experiment.json --steps 250 --unit update  # "),
        "{words}"
    );
    s.seek(200);
    assert!(s.command().exact && s.command().words.contains("--steps 63 "));
}
