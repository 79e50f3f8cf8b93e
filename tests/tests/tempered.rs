//! A lattice at many temperatures at once, at the bench: what is shown stays while settings change, what is held stays in
//! every copy, and a ladder that does not reach is spoken of.

use engram_lab::catalogue;
use engram_lab::describe::Shape;
use engram_lab::figure::{Mark, Part};
use engram_lab::machine::Machine;
use engram_lab::plan::Edit;
use engram_lab::session::{Session, Step};
use engram_lab::spec::Spec;
use engram_lab::value::Value;
use engram_lab::values::Values;

fn spec(params: &str) -> Spec {
    Spec::parse(&format!(r#"{{"v":1,"model":"ising","params":{{{params}}}}}"#)).unwrap()
}

fn scalar(machine: &dyn Machine, key: &str) -> f64 {
    let mut scalars = machine.describe().observables.iter().filter(|o| o.shape == Shape::Scalar);
    machine.observe().scalars[scalars.position(|o| o.key == key).expect(key)]
}

fn set(session: &mut Session, key: &str, value: Value) {
    let before = session.machine().state_text();
    session.edit(&Edit::Set { key: key.to_owned(), value }).unwrap();
    assert_eq!(session.machine().state_text(), before, "{key}");
}

fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn what_is_shown_stays_while_settings_change() {
    let mut session = Session::open(&spec(r#""width":16,"height":16,"temperature":1.8"#)).unwrap();
    session.advance(Step::Sweep, 40);
    set(&mut session, "update", word("tempering"));
    assert_eq!(session.machine().sweep_length(), 8);
    // Not at the end of a round.
    session.advance(Step::Update, 403);
    let spins = session.machine().spins().into_owned();
    assert!(scalar(session.machine(), "swaps") > 0.2);
    set(&mut session, "temperature", Value::Number(1.7));
    assert_eq!(scalar(session.machine(), "temperature"), 1.7);
    session.advance(Step::Sweep, 10);
    set(&mut session, "coupling", Value::Number(1.1));
    set(&mut session, "rungs", Value::Number(3.0));
    session.advance(Step::Update, 5);
    set(&mut session, "boundary", word("free"));
    session.advance(Step::Sweep, 20);
    set(&mut session, "update", word("wolff"));
    assert_eq!(session.machine().sweep_length(), 1);
    // Back to where it was, and on as before.
    let (end, hash) = (session.end(), session.machine().hash());
    session.seek(80 + 403);
    session.seek(80 + 402);
    session.seek(end);
    assert_eq!(session.machine().hash(), hash);
    session.seek(0);
    session.advance(Step::Update, 80 + 403);
    assert_eq!(*session.machine().spins(), *spins);
}

#[test]
fn what_is_held_is_held_at_every_temperature() {
    let mut session =
        Session::open(&spec(r#""width":8,"height":8,"temperature":1.8,"update":"tempering""#)).unwrap();
    session.advance(Step::Sweep, 30);
    let held = [0, 9, 18, 27];
    let units = Value::Numbers(held.iter().map(|&unit| f64::from(unit)).collect());
    let args = Values::from([("units".to_owned(), units), ("value".to_owned(), Value::Number(1.0))]);
    session.edit(&Edit::Act { action: "clamp".to_owned(), args }).unwrap();
    let before = session.machine().spins().into_owned();
    for _ in 0..60 {
        session.advance(Step::Sweep, 1);
        let now = session.machine().spins();
        assert!(held.iter().all(|&unit| now[unit as usize] == before[unit as usize]));
    }
    assert!(scalar(session.machine(), "swaps") > 0.2, "copies have come down");
}

#[test]
fn temperatures_too_far_apart_are_spoken_of() {
    let figure = |params: &str| {
        let mut machine = catalogue::open(&spec(params)).unwrap();
        machine.advance(60 * machine.sweep_length());
        machine.figure("exchanges", Part::Moving).unwrap()
    };
    let far = figure(r#""width":64,"height":64,"temperature":1,"update":"tempering","rungs":2,"span":5"#);
    assert!(
        far.note.starts_with("Between T = 1.000 and 5.000 states are hardly ever exchanged, in 0.0 of"),
        "{}",
        far.note
    );
    let near = figure(r#""width":16,"height":16,"temperature":1.8,"update":"tempering""#);
    assert_eq!(near.note, "");
    let [Mark::Lines { .. }, Mark::Points { at, error, .. }] = &near.marks[..] else { panic!("{near:?}") };
    assert_eq!((at.len(), error.len()), (7, 7));
    assert!(at.iter().all(|place| place[0] > 1.8 && place[0] < 2.7 && place[1] > 0.1), "{at:?}");
    // At one temperature there is nothing to exchange.
    let single = catalogue::open(&spec("")).unwrap();
    assert!(single.figure("exchanges", Part::Still).is_err());
    assert!(single.describe().figures.iter().all(|figure| figure.key != "exchanges"));
}

#[test]
fn a_ladder_that_cannot_be_is_refused() {
    let refused = |params: &str| catalogue::open(&spec(params)).err().expect(params);
    let cold = refused(r#""update":"tempering","temperature":0"#);
    assert_eq!(cold.at, "params.temperature");
    assert!(cold.message.starts_with("0 is too cold for many temperatures at once"), "{cold}");
    let many = refused(r#""update":"tempering","width":1024,"height":1024,"rungs":9"#);
    assert_eq!(many.to_string(), "params.rungs: 9 temperatures of 1048576 cells are too many; at most 8 fit");
    // Settings of many temperatures are of no effect at one, and a course is of none at many.
    let notices = |params: &str| catalogue::open(&spec(params)).unwrap().notices();
    assert_eq!(
        notices(r#""rungs":4"#),
        ["params.rungs has no effect while update is metropolis; with tempering it has"]
    );
    let idle = notices(r#""update":"tempering","temperature":2,"course":"linear""#);
    assert!(
        idle.len() == 1 && idle[0].starts_with("params.course has no effect while update is"),
        "{idle:?}"
    );
}
