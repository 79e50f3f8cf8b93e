//! What a session promises: every moment comes back, every edit can be undone, what is shared is what was seen.

mod bounds;
mod memories;

use super::edits::{MAX_UNDO, MAX_UNDO_BYTES};
use super::*;
use crate::history::MAX_EVENTS;
use crate::plan::Edit;
use crate::value::Value;
use crate::values::Values;

/// The name of a model that learns by a rule.
fn model() -> &'static str {
    let learns = |entry: &&catalogue::Entry| {
        entry.describe(&Spec::new(entry.name)).controls.iter().any(|control| control.key == "rule")
    };
    catalogue::CATALOGUE.iter().find(learns).expect("a model that learns").name
}

fn open(params: &str) -> Session {
    let model = model();
    let spec = format!(
        r#"{{"v":1,"model":"{model}","seed":3,"patterns":{{"set":"letters","take":"AJX","size":10}},
        "params":{params},"start":{{"pattern":0,"corrupt":{{"flip":0.3}}}}}}"#
    );
    Session::open(&Spec::parse(&spec).unwrap()).unwrap()
}

fn act(action: &str, args: &[(&str, Value)]) -> Edit {
    let args: Values = args.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
    Edit::Act { action: action.to_owned(), args }
}

fn number(x: f64) -> Value {
    Value::Number(x)
}

/// A run with edits of every kind, at moments in the middle of sweeps.
fn eventful() -> Session {
    let mut s = open(r#"{"update":"heat_bath","temperature":0.4}"#);
    s.advance(Step::Update, 137);
    s.edit(&Edit::Set { key: "temperature".into(), value: number(0.2) }).unwrap();
    s.advance(Step::Sweep, 2);
    s.edit(&act("spoil", &[("how", Value::Text("block".into())), ("amount", number(0.2))])).unwrap();
    s.advance(Step::Update, 55);
    s.edit(&act("store", &[])).unwrap();
    s.edit(&act("damage", &[("how", Value::Text("cut".into())), ("amount", number(0.3))])).unwrap();
    s.advance(Step::Update, 333);
    s.edit(&act("forget", &[("memory", number(1.0))])).unwrap();
    s.edit(&act("clamp", &[("units", Value::Numbers(vec![1.0, 2.0]))])).unwrap();
    s.advance(Step::Update, 90);
    s
}

#[test]
fn every_moment_comes_back_to_the_bit() {
    let mut s = eventful();
    let end = s.end();
    let mut hashes = Vec::new();
    for time in 0..=end {
        s.seek(time);
        assert_eq!(s.time(), time);
        hashes.push(s.machine().hash());
    }
    for step in 0..200 {
        let time = (step * 7919) % (end + 1);
        s.seek(time);
        assert_eq!(s.machine().hash(), hashes[time as usize], "moment {time}");
    }
    for back in 1..=100 {
        s.seek(end - back);
        assert_eq!(s.machine().hash(), hashes[(end - back) as usize], "{back} back");
    }
}

#[test]
fn chunks_do_not_matter() {
    let (mut a, mut b) = (open("{}"), open("{}"));
    a.advance(Step::Update, 500);
    for _ in 0..500 {
        b.advance(Step::Update, 1);
    }
    assert_eq!((a.time(), a.machine().hash()), (b.time(), b.machine().hash()));
    assert!(a.machine().at_rest());
    assert_eq!(a.machine().outcome().kind(), "recalled");
}

#[test]
fn undo_brings_back_memories_run_and_future() {
    let mut s = open("{}");
    s.advance(Step::Update, 60);
    s.seek(20);
    let before = (s.machine().hash(), s.end(), s.machine().memories().to_vec());
    s.edit(&act("forget", &[("memory", number(0.0))])).unwrap();
    assert_eq!((s.end(), s.machine().memories().len()), (20, 2));
    assert!(s.undo() && !s.can_undo());
    assert_eq!((s.machine().hash(), s.end(), s.machine().memories().to_vec()), before);
    assert!(s.redo());
    assert_eq!(s.machine().memories().len(), 2);
}

#[test]
fn one_stroke_is_one_undo() {
    let mut s = open("{}");
    for unit in 0..5 {
        let args = [("units", number(f64::from(unit))), ("value", number(1.0)), ("stroke", number(9.0))];
        s.edit(&act("paint", &args)).unwrap();
    }
    assert_eq!(s.events().len(), 1);
    let painted = s.machine().spins()[..5].to_vec();
    assert_eq!(painted, [1; 5]);
    assert!(s.undo() && !s.can_undo());
}

#[test]
fn a_saved_session_goes_on_as_if_nothing_had_happened() {
    let mut s = eventful();
    s.seek(s.end() - 40);
    let mut again = Session::load(&s.save()).unwrap();
    assert_eq!((again.time(), again.end()), (s.time(), s.end()));
    assert_eq!(again.machine().hash(), s.machine().hash());
    for session in [&mut s, &mut again] {
        session.seek(100);
        session.advance(Step::Update, 20);
    }
    assert_eq!(again.machine().hash(), s.machine().hash());
    assert!(Session::load("{}").is_err() && Session::load("nonsense").is_err());
}

#[test]
fn what_is_undone_after_loading_is_what_was_done_before() {
    let mut s = eventful();
    s.undo();
    let mut again = Session::load(&s.save()).unwrap();
    assert!(s.can_undo() && s.can_redo());
    let both = |s: &Session| (s.machine().hash(), s.time(), s.end(), s.can_undo(), s.can_redo());
    assert_eq!(both(&again), both(&s));
    let way = [Session::redo, Session::undo, Session::undo, Session::undo, Session::redo];
    for step in way {
        assert_eq!(step(&mut s), step(&mut again));
        assert_eq!(both(&again), both(&s));
        // And what is saved of what was loaded is as good.
        again = Session::load(&again.save()).unwrap();
    }
    let broken = s.save().replacen(r#""redo":[{"events":[0"#, r#""redo":[{"events":[9999"#, 1);
    assert_ne!(broken, s.save());
    assert!(Session::load(&broken).is_err());
}

#[test]
fn what_is_saved_stays_small_however_often_it_was_edited() {
    let mut s = open("{}");
    for k in 0..300 {
        let args = [("units", number(f64::from(k % 16))), ("value", number(1.0))];
        s.edit(&act("paint", &args)).unwrap();
        s.advance(Step::Update, 1);
    }
    let text = s.save();
    assert!(text.len() < 1_000_000, "{} characters", text.len());
    let mut again = Session::load(&text).unwrap();
    assert_eq!(again.machine().hash(), s.machine().hash());
    // The oldest edits are forgotten, and what undo knows of the rest is not.
    assert!(s.begin() > 0);
    for _ in 0..20 {
        assert!(s.undo() && again.undo());
        assert_eq!((again.time(), again.begin()), (s.time(), s.begin()));
        assert_eq!(again.machine().hash(), s.machine().hash());
    }
    let again = Session::load(&again.save()).unwrap();
    assert!(again.can_undo() && again.can_redo());
}

#[test]
fn what_is_shared_is_what_was_seen() {
    let mut s = open("{}");
    s.advance(Step::Update, 30);
    s.edit(&act("spoil", &[("how", Value::Text("flip".into())), ("amount", number(0.2))])).unwrap();
    let (start, spec) = (s.time(), s.machine().spec().clone());
    s.advance(Step::Update, 500);
    let mut other = Session::open(&spec).unwrap();
    other.advance(Step::Update, 500);
    assert_eq!(other.time(), s.time() - start);
    assert_eq!(other.machine().hash(), s.machine().hash());
}

#[test]
fn bad_edits_change_nothing() {
    let mut s = open("{}");
    let before = (s.machine().hash(), s.machine().spec().clone());
    let bad = [
        act("forget", &[("memory", number(7.0))]),
        act("paint", &[("units", Value::Numbers(vec![1e9])), ("value", number(1.0))]),
        act("paint", &[("units", number(1.0)), ("value", number(0.5))]),
        act("spoil", &[("how", Value::Text("burn".into()))]),
        act("spoil", &[("how", Value::Text("flip".into())), ("amount", number(-1.0))]),
        act("store", &[("bits", Value::Text("10".into()))]),
        act("damage", &[("how", Value::Text("cut".into())), ("amount", number(7.0))]),
        act("explode", &[]),
        act("importance", &[("memory", number(0.0)), ("value", number(f64::NAN))]),
        Edit::Set { key: "temperature".into(), value: Value::Text("hot".into()) },
        Edit::Set { key: "nothing".into(), value: number(1.0) },
    ];
    for edit in bad {
        let error = s.edit(&edit).unwrap_err();
        assert!(!error.message.is_empty());
        assert_eq!((s.machine().hash(), s.machine().spec().clone()), before, "{edit:?}");
        assert!(!s.can_undo());
    }
}

#[test]
fn a_setting_that_others_follow_from_is_kept_though_it_is_the_default() {
    // A temperature brings heat with it unless updates are said to be without.
    let mut s = open(r#"{"temperature":0.5}"#);
    let update = |s: &Session| s.machine().values()["update"].clone();
    assert_eq!(update(&s), Value::Text("heat_bath".into()));
    s.edit(&Edit::Set { key: "temperature".into(), value: number(0.3) }).unwrap();
    assert_eq!(update(&s), Value::Text("heat_bath".into()));
    s.edit(&Edit::Set { key: "update".into(), value: Value::Text("asynchronous".into()) }).unwrap();
    assert_eq!(update(&s), Value::Text("asynchronous".into()));
    let link = crate::link::write(s.machine().spec());
    let crate::link::Reading::Spec { spec, .. } = crate::link::read(&link, false) else { panic!("{link}") };
    assert_eq!(spec.params, s.machine().spec().params);
}

#[test]
fn other_dice_keep_random_memories() {
    let spec = format!(r#"{{"v":1,"model":"{}","patterns":{{"random":{{"count":3,"units":50}}}}}}"#, model());
    let mut s = Session::open(&Spec::parse(&spec).unwrap()).unwrap();
    let memories = s.machine().memories().to_vec();
    s.restart(Some(99)).unwrap();
    assert_eq!(s.machine().memories(), memories);
    assert_eq!(s.machine().spec().seed, 99);
    assert!(s.restart(Some(u64::MAX)).is_err());
    assert!(s.undo());
    assert_eq!(s.machine().spec().seed, 1);
}

#[test]
fn an_edit_in_the_middle_of_a_sweep_leaves_the_run_its_place() {
    let mut s = open(r#"{"update":"sequential"}"#);
    s.edit(&act("randomise", &[])).unwrap();
    s.advance(Step::Update, 30);
    assert_eq!(s.machine().visited(), Some(29));
    s.edit(&act("clamp", &[("units", Value::Numbers(vec![1.0]))])).unwrap();
    s.advance(Step::Update, 1);
    assert_eq!(s.machine().visited(), Some(30));
    // Another rule begins a sweep of its own.
    s.edit(&Edit::Set { key: "tie".into(), value: Value::Text("plus".into()) }).unwrap();
    s.advance(Step::Update, 1);
    assert_eq!(s.machine().visited(), Some(0));
}

/// What running through a session once tells of the latest change of each unit at each moment, by which edit it was
/// parted from the present weights, and the moments' hashes.
fn explained_as_seen(mut s: Session, weights: &[&str]) -> usize {
    let edits: Vec<_> = s.events().iter().map(|e| (e.time, e.kind.clone())).collect();
    let mut seen = Vec::new();
    for time in 0..=s.end() {
        s.seek(time);
        seen.push((s.machine().spins().to_vec(), s.machine().age(), s.machine().hash()));
    }
    let mut found = 0;
    let here = s.end() / 2;
    s.seek(here);
    s.take_changed();
    for time in (0..seen.len()).step_by(1 + seen.len() / 100) {
        let began = time - seen[time].1 as usize;
        for unit in (0..seen[0].0.len()).step_by(9) {
            let why = s.explain(unit, Some(time as u64)).unwrap();
            assert_eq!(
                (s.time(), s.machine().hash()),
                (here, seen[here as usize].2),
                "looking changes nothing"
            );
            assert!(!s.take_changed() && s.end() as usize + 1 == seen.len());
            assert_eq!((why.time, why.explanation.state), (time as u64, f64::from(seen[time].0[unit])));
            let last = (began + 1..=time).rev().find(|&k| seen[k].0[unit] != seen[k - 1].0[unit]);
            let beyond = edits.iter().any(|(at, kind)| {
                weights.contains(&kind.as_str()) && (began..=time).contains(&(*at as usize))
            });
            if why.changed.is_some() || !beyond {
                assert_eq!(why.changed, last.map(|k| k as u64), "unit {unit} at {time}");
            }
            found += usize::from(why.changed.is_some());
        }
    }
    found
}

#[test]
fn the_last_change_of_a_unit_is_found_from_anywhere() {
    let found = explained_as_seen(eventful(), &["store", "damage", "forget"]);
    assert!(found > 100, "{found}");
    for update in ["synchronous", "greedy", "sequential"] {
        let mut s = open(&format!(r#"{{"update":"{update}"}}"#));
        s.edit(&act("randomise", &[])).unwrap();
        s.advance(Step::Sweep, 12);
        assert!(explained_as_seen(s, &[]) > 0, "{update}");
    }
}

#[test]
fn a_unit_flips_for_the_reason_given_one_update_earlier() {
    let mut s = open("{}");
    s.advance(Step::Update, 500);
    let mut flips = 0;
    for unit in 0..100 {
        let Some(changed) = s.explain(unit, None).unwrap().changed else { continue };
        let (before, after) =
            (s.explain(unit, Some(changed - 1)).unwrap(), s.explain(unit, Some(changed)).unwrap());
        assert_ne!(before.explanation.state, after.explanation.state);
        assert_eq!(before.explanation.next, after.explanation.state);
        assert!(before.changed.is_none_or(|earlier| earlier < changed));
        flips += 1;
    }
    assert!(flips >= 30, "{flips}");
}

#[test]
fn looking_is_bounded_and_refuses_what_is_not_there() {
    let mut s = open(r#"{"update":"heat_bath","temperature":0.05}"#);
    s.advance(Step::Update, 1 << 20);
    let (time, hash) = (s.time(), s.machine().hash());
    for beyond in [u64::MAX, time + 1] {
        assert_eq!(s.explain(3, Some(beyond)).unwrap().time, time);
    }
    assert!(s.explain(100, None).unwrap_err().message.contains("100"));
    assert!(s.explain(usize::MAX, Some(7)).is_err());
    assert_eq!((s.time(), s.machine().hash()), (time, hash));
}

#[test]
fn changes_are_those_of_the_last_sweep_wherever_it_began() {
    for (update, window) in [("heat_bath", 100), ("sequential", 100), ("synchronous", 1)] {
        let mut s = open(&format!(r#"{{"update":"{update}"}}"#));
        s.edit(&act("randomise", &[])).unwrap();
        let flips = s.machine().describe().observables.iter().filter(|o| o.shape == Shape::Scalar);
        let place = flips.clone().position(|o| o.key == "flips").unwrap();
        assert_eq!(flips.clone().nth(place).map(|o| o.view), Some(View::Curve));
        let mut made: Vec<f64> = Vec::new();
        let mut spins = s.machine().spins().to_vec();
        while made.len() < 350 && s.advance(Step::Update, 1) > 0 {
            let now = s.machine().spins().to_vec();
            made.push(now.iter().zip(&spins).filter(|(a, b)| a != b).count() as f64);
            let expected: f64 = made.iter().rev().take(window).sum();
            assert_eq!(s.machine().observe().scalars[place], expected, "{update} at {}", made.len());
            spins = now;
        }
        assert!(made.iter().sum::<f64>() > 5.0);
    }
}
