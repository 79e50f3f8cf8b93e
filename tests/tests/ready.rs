//! Weights that a spec names: of the machines that come ready, and of files that somebody brings along.

use std::fs;

use engram_lab::files::{self, Format};
use engram_lab::learned::{Naming, Side};
use engram_lab::link::{self, Reading};
use engram_lab::plan::Edit;
use engram_lab::session::Session;
use engram_lab::spec::Spec;
use engram_lab::value::Value;
use engram_lab::{catalogue, data, ready};
use serde_json::json;

const MOST_BYTES: u64 = 500_000;

fn folder() -> String {
    format!("{}/../www/data/ready", env!("CARGO_MANIFEST_DIR"))
}

/// The spec that a ready machine was trained by.
fn trained_by(name: &str) -> Spec {
    engram_tests::supply_data();
    Spec::parse(&fs::read_to_string(format!("{}/{name}.json", folder())).unwrap()).unwrap()
}

/// The spec of a ready machine as it dreams.
fn dreaming(name: &str) -> Spec {
    let mut spec = trained_by(name);
    spec.learned = Some(name.to_owned());
    spec.params.insert("epochs".into(), Value::Number(0.0));
    spec
}

/// What part of the pictures that it never saw it calls by a wrong name.
fn error(naming: &Naming) -> f64 {
    let wrong = (0..naming.classes.len()).filter(|&k| naming.called(k) != usize::from(naming.classes[k]));
    wrong.count() as f64 / naming.classes.len() as f64
}

#[test]
fn every_ready_machine_is_told_of_and_dreams() {
    let notice = include_str!("../../www/data/NOTICE.md");
    for name in ready::NAMES {
        let file = format!("{}/{name}.safetensors", folder());
        let bytes = fs::metadata(&file).unwrap().len();
        let said = format!("{} {:03} bytes", bytes / 1000, bytes % 1000);
        assert!(
            notice.contains(&format!("`ready/{name}.safetensors`")) && notice.contains(&said),
            "{name}: {said}"
        );
        assert!(bytes <= MOST_BYTES, "{name}: {said}");
        // It says itself what it was trained by.
        let spec = files::spec_of(&fs::read(&file).unwrap()).unwrap();
        assert_eq!(Spec::parse(&spec).unwrap().params, {
            let mut by = trained_by(name);
            by.params.insert("wall".into(), Value::Number(0.0));
            by.params.insert("after".into(), Value::Text("dream".into()));
            by.params
        });

        let mut machine = catalogue::open(&dreaming(name)).unwrap();
        let progress = machine.learned().unwrap().progress();
        assert!(machine.learned().unwrap().is_sound() && progress.done == progress.plan);
        let told = format!("{:?}", machine.outcome());
        assert!(told.contains("it dreams by the weights it was given"), "{name}: {told}");
        let before = machine.hash();
        machine.advance(3);
        assert_ne!(machine.hash(), before, "{name}");
    }
    let files = fs::read_dir(folder()).unwrap().count();
    assert_eq!(files, 2 * ready::NAMES.len(), "a spec and a file for each, and nothing else");
}

#[test]
fn names_that_were_learned_are_known() {
    for (name, most) in [("digits-names", 0.16), ("mnist-names", 0.075)] {
        let machine = catalogue::open(&dreaming(name)).unwrap();
        let naming = machine.learned().unwrap().naming().unwrap();
        assert!(error(&naming) < most, "{name}: {}", error(&naming));
    }
}

#[test]
fn a_link_and_a_saved_session_say_which_weights() {
    let spec = dreaming("digits-layers");
    let link = link::write(&spec);
    assert!(link.contains("&learned=digits-layers&"), "{link}");
    let Reading::Spec { spec: back, notices } = link::read(&link, false) else { panic!("{link}") };
    assert_eq!((back.learned.as_deref(), notices.len()), (Some("digits-layers"), 0));
    let mut session = Session::open(&spec).unwrap();
    session.advance(engram_lab::session::Step::Update, 5);
    let again = Session::load(&session.save()).unwrap();
    assert_eq!(again.machine().hash(), session.machine().hash());
}

fn set(key: &str, value: Value) -> Edit {
    Edit::Set { key: key.to_owned(), value }
}

#[test]
fn weights_go_with_settings_that_they_fit_and_are_let_go_with_others() {
    let mut session = Session::open(&dreaming("digits-layers")).unwrap();
    for run in [0, 4] {
        session.advance(engram_lab::session::Step::Update, run);
        session.edit(&set("wall", Value::Number(9.0))).unwrap();
        session.edit(&set("rate", Value::Number(0.01))).unwrap();
        assert_eq!(session.spec().learned.as_deref(), Some("digits-layers"));
        session.edit(&set("hidden_1", Value::Number(20.0))).unwrap();
        let spec = session.spec();
        // It learns anew, and for as long as such a machine does.
        assert_eq!((spec.learned.as_deref(), spec.param("epochs")), (None, None));
        assert!(session.machine().learned().unwrap().progress().plan > 0);
        assert!(session.undo());
        assert_eq!(session.spec().learned.as_deref(), Some("digits-layers"));
    }
    // More epochs go on from what was learned before.
    let before = session.machine().learned().unwrap().arrays();
    session.edit(&set("epochs", Value::Number(1.0))).unwrap();
    session.restart(None).unwrap();
    assert_eq!(session.machine().learned().unwrap().arrays(), before);
    assert!(format!("{:?}", session.machine().outcome()).contains("learn on from what was learned before"));
    session.advance(engram_lab::session::Step::Update, 1);
    assert_ne!(session.machine().learned().unwrap().arrays(), before);
}

#[test]
fn a_file_that_is_brought_along_opens_the_machine_that_it_is_of() {
    let ready = catalogue::open(&dreaming("digits-layers")).unwrap();
    let other = Spec::parse(
        &json!({ "v": 1, "model": "rbm", "patterns": { "bars": true, "width": 3, "height": 3 },
        "params": { "hidden": 6, "epochs": 2 } })
        .to_string(),
    )
    .unwrap();
    for format in Format::ALL {
        let file = ready::write(ready.as_ref(), format).unwrap();
        // A file of NumPy does not say which machine it is of: it is that which is open.
        let opened = ready::open(&file, if format == Format::Npz { ready.spec() } else { &other }).unwrap();
        assert_eq!(opened.model, "deep_boltzmann");
        assert!(opened.learned.as_deref().is_some_and(data::is_own));
        let machine = catalogue::open(&opened).unwrap();
        let (here, there) = (machine.learned().unwrap(), ready.learned().unwrap());
        assert_eq!(here.arrays(), there.arrays());
        assert_eq!(here.mean_free_energy(Side::Unseen), there.mean_free_energy(Side::Unseen));
    }
    let file = ready::write(ready.as_ref(), Format::Npz).unwrap();
    let error = ready::open(&file, &other).unwrap_err().to_string();
    assert!(error.starts_with("learned: ") && error.contains("weights: this array is missing"), "{error}");
    for broken in [&b"<!doctype html>"[..], &file[..file.len() / 2], b""] {
        assert!(ready::open(broken, &other).unwrap_err().to_string().starts_with("file: "));
    }
    let rests = catalogue::open(&Spec::parse(r#"{"v":1,"model":"hopfield"}"#).unwrap());
    assert!(rests.is_err() || ready::write(rests.unwrap().as_ref(), Format::Npz).is_err());
}

#[test]
fn what_no_machine_can_begin_with_is_refused() {
    engram_tests::supply_data();
    let says = |model: &str, more: serde_json::Value| {
        let mut spec = json!({ "v": 1, "model": model, "params": { "data": "digits" } });
        spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        catalogue::open(&Spec::parse(&spec.to_string()).unwrap()).err().expect("it was opened").to_string()
    };
    let shapes = says("rbm", json!({ "learned": "digits-names" }));
    assert!(
        shapes.starts_with("learned: 'digits-names' is of another machine than this: weights: has the shape")
    );
    assert!(
        says("rbm", json!({ "learned": "digits" }))
            .contains("there are no weights 'digits'; there are digits-names")
    );
    assert!(says("rbm", json!({ "learned": "own-0123456789abcdef" })).contains("which its maker has"));
    let other = says("belief_net", json!({ "learned": "digits-names" }));
    assert!(other.contains("weights_1: this array is missing"), "{other}");
    let none = says("hopfield", json!({ "learned": "digits-names", "params": {} }));
    assert_eq!(none, "learned: 'hopfield' does not learn what a file could hold");
    let twice = json!({ "learned": "digits-names", "params": {}, "weights": [[0, 0]], "biases": [0, 0, 0],
        "patterns": { "width": 2, "height": 1, "bits": ["10"] } });
    assert!(says("rbm", twice).contains("either given outright or by the name of a file"));
}
