//! Pictures that people bring along: made into sets, learned from at the bench and on the command line, and refused where
//! they cannot be.

use std::fs;
use std::path::PathBuf;

use engram_lab::catalogue::{self, CATALOGUE};
use engram_lab::data;
use engram_lab::import::{OwnSet, Wishes, set};
use engram_lab::link::{self, Reading};
use engram_lab::machine::Machine;
use engram_lab::plan::Edit;
use engram_lab::session::Session;
use engram_lab::spec::Spec;
use engram_lab::value::Value;
use engram_tests::command::{engram, number};
use serde_json::Value as Json;

/// Bars and stripes of 4 × 4 cells as a table, each with what it is.
fn table() -> String {
    let all = engram::pattern::bars_and_stripes(4, 4).unwrap();
    let rows = all.iter().map(|picture| {
        let bits = picture.bits();
        let is_bar = bits.as_bytes()[..4] == bits.as_bytes()[4..8];
        let cells: Vec<String> = bits.chars().map(String::from).collect();
        format!("{},{}\n", if is_bar { "bar" } else { "stripe" }, cells.join(","))
    });
    let heading: Vec<String> = (0..16).map(|k| format!("c{k}")).collect();
    std::iter::once(format!("label,{}\n", heading.join(","))).chain(rows).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("own_sets").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn spec(model: &str, set: &str, params: &str) -> Spec {
    let text = format!(r#"{{"v":1,"model":"{model}","patterns":{{"set":"{set}"}},"params":{{{params}}}}}"#);
    Spec::parse(&text).unwrap()
}

/// A set of this seed, handed over.
fn handed_over(seed: u64) -> OwnSet {
    let made = set(table().as_bytes(), None, &Wishes { seed, ..Wishes::default() }).unwrap();
    data::provide(&made.name, &made.bytes).unwrap();
    made
}

#[test]
fn whatever_learns_learns_from_an_own_set() {
    let made = handed_over(1);
    assert_eq!((made.pictures.training().count(), made.pictures.test().count()), (24, 6));
    let mut learners = 0;
    for entry in CATALOGUE.iter().filter(|entry| entry.takes.own_sets) {
        learners += 1;
        let spec = spec(entry.name, &made.name, r#""epochs":3"#);
        let mut machine = catalogue::open(&spec).unwrap_or_else(|error| panic!("{}: {error}", entry.name));
        assert_eq!((machine.size(), machine.memories().len()), ((4, 4), 0), "{}", entry.name);
        let data = machine.describe().controls.iter().find(|control| control.key == "data").unwrap();
        assert_eq!(data.said(&Value::Text("shelf".into())), "your own pictures", "{}", entry.name);
        let acts =
            |machine: &dyn Machine, key| machine.describe().actions.iter().any(|action| action.key == key);
        assert!(!acts(machine.as_ref(), "store") && !acts(machine.as_ref(), "importance"), "{}", entry.name);
        machine.advance(40);
        let saved = machine.snapshot();
        let mut again = catalogue::open(machine.spec()).unwrap();
        again.restore(&saved).unwrap();
        assert_eq!(again.hash(), machine.hash(), "{}", entry.name);
        // A link says which set it is, and so it comes back.
        let Reading::Spec { spec: read, .. } = link::read(&link::write(&spec), false) else {
            panic!("{}", entry.name);
        };
        assert_eq!(read.patterns, spec.patterns);
    }
    assert!(learners >= 6);
}

#[test]
fn names_of_an_own_set_are_learned_and_asked_for() {
    let made = handed_over(2);
    let params = r#""names":"learned","class":"one","hidden":8,"epochs":2"#;
    let machine = catalogue::open(&spec("rbm", &made.name, params)).unwrap();
    let class = machine.describe().controls.iter().find(|control| control.key == "class").unwrap();
    assert_eq!(class.said(&Value::Text("one".into())), "stripe");
    let naming = machine.learned().unwrap().naming().unwrap();
    assert_eq!((naming.names, naming.classes.len()), (&["bar", "stripe"][..], 6));
    let params = r#""names":"learned","class":"two""#;
    let error = catalogue::open(&spec("rbm", &made.name, params)).err().unwrap().to_string();
    assert!(error.contains("params.class"), "{error}");
}

#[test]
fn another_data_set_takes_its_place() {
    let made = handed_over(3);
    data::supply(engram_cli::data_set);
    let mut session = Session::open(&spec("rbm", &made.name, "")).unwrap();
    let edit = Edit::Set { key: "data".to_owned(), value: Value::Text("digits".to_owned()) };
    session.edit(&edit).unwrap();
    assert!(session.spec().patterns.is_empty() && session.machine().size() == (8, 8));
    session.undo();
    assert_eq!(session.spec().patterns.set.as_deref(), Some(&*made.name));
    // Both at once is not possible, whatever their sizes.
    let both = catalogue::open(&spec("rbm", &made.name, r#""data":"digits""#)).err().unwrap().to_string();
    assert!(both.starts_with("params.data: 'digits' and the set of the file 'own-"), "{both}");
}

#[test]
fn what_cannot_be_is_said() {
    let made = handed_over(4);
    let said = |text: String| catalogue::open(&Spec::parse(&text).unwrap()).err().unwrap().to_string();
    let patterns = |model: &str, more: &str| {
        said(format!(r#"{{"v":1,"model":"{model}","patterns":{{"set":"{}"{more}}}}}"#, made.name))
    };
    for entry in CATALOGUE.iter().filter(|entry| entry.takes.patterns && !entry.takes.own_sets) {
        let error = patterns(entry.name, "");
        assert!(error.contains("only machines that learn from data sets"), "{}: {error}", entry.name);
    }
    for more in [r#","take":"1""#, r#","size":4"#, r#","width":4,"height":4"#, r#","names":["a"]"#] {
        assert!(patterns("rbm", more).contains("give set alone"), "{more}");
    }
    assert!(patterns("rbm", r#","bars":true"#).contains("give only one of"));
    let missing = said(r#"{"v":1,"model":"rbm","patterns":{"set":"own-0123456789abcdef"}}"#.to_owned());
    assert!(missing.contains("'own-0123456789abcdef', which its maker has"), "{missing}");
    for name in ["own-1", "own-0123456789ABCDEF", "own-../../../../etc"] {
        let error = said(format!(r#"{{"v":1,"model":"rbm","patterns":{{"set":"{name}"}}}}"#));
        assert!(error.contains("there is no set"), "{error}");
    }
    // A file that holds something else, and pictures that are too large.
    let other = data::bring(b"no pictures").unwrap();
    let error = said(format!(r#"{{"v":1,"model":"rbm","patterns":{{"set":"{other}"}}}}"#));
    assert!(error.contains("holds no pictures"), "{error}");
    let large = engram::pattern::Pictures::new(65, 64, &[0; 65 * 64]).unwrap().to_bytes();
    let large = data::bring(&large).unwrap();
    let error = said(format!(r#"{{"v":1,"model":"rbm","patterns":{{"set":"{large}"}}}}"#));
    assert!(error.contains("at most 4096"), "{error}");
}

#[test]
fn a_machine_learns_from_a_table_on_the_command_line() {
    let folder = folder("trains");
    let path = |name: &str| folder.join(name).display().to_string();
    let (table_file, out) = (path("bars.csv"), path("bars.npz"));
    fs::write(&table_file, table()).unwrap();
    let bare =
        r#"{"v":1,"model":"rbm","params":{"names":"learned","hidden":12,"epochs":300,"rate":0.1,"batch":4}}"#;
    let (code, printed, err) = engram(&["train", "-", "--data", &table_file, "--out", &out, "--fresh"], bare);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("24 to learn from, 6 kept back"), "{err}");
    let lines: Vec<Json> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said = |line: &Json| number(&line["log_likelihood"]);
    assert!(lines.len() == 301 && said(&lines[299]) > said(&lines[0]) + 2.0);
    let told = &["classify", "-", "--data", &table_file, "--weights", &out][..];
    let (code, printed, err) = engram(told, bare);
    assert_eq!(code, 0, "{err}");
    let report: Json = serde_json::from_str(printed.trim()).unwrap();
    assert_eq!((&report["pictures"], &report["names"][0]), (&Json::from(6), &Json::from("bar")));
    for more in
        [&["sample", "-", "--count", "2", "--sweeps", "3"][..], &["ais", "-", "--runs", "2", "--steps", "5"]]
    {
        let (code, _, err) = engram(&[more, &["--data", &table_file, "--weights", &out]].concat(), bare);
        assert_eq!(code, 0, "{err}");
    }
    // The set itself is the same file.
    let made = handed_over(1);
    fs::write(folder.join("bars.bin"), &made.bytes).unwrap();
    let named = spec("rbm", &made.name, r#""epochs":1"#).to_json();
    for (file, more) in [("bars.bin", &[][..]), ("bars.csv", &["--share", "0.2"])] {
        let (code, _, err) =
            engram(&[&["run", "-", "--steps", "1", "--data", &path(file)], more].concat(), &named);
        assert_eq!(code, 0, "{err}");
    }
    for (args, spec, says) in [
        (&["--data", &table_file, "--share", "0.3"][..], &*named, "learns from the set 'own-"),
        (&["--data", &path("bars.bin"), "--share", "0.3"], &named, "give it alone"),
        (&["--data", &table_file, "--share", "0.6"], bare, "0.6 is not allowed; from 0 to 0.5"),
        (&["--data", &table_file, "--size", "5x5"], bare, "a picture has 16 cells, which are not 5 × 5"),
        (&["--data", &table_file, "--labels", &table_file], bare, "heading label"),
        (&["--data", &path("none.csv")], bare, "there is no such file"),
        (
            &["--data", &table_file],
            r#"{"v":1,"model":"rbm","patterns":{"bars":true,"width":4,"height":4}}"#,
            "has pictures of its own",
        ),
        (&["--data", &table_file], r#"{"v":1,"model":"hopfield"}"#, "only machines that learn"),
    ] {
        let (code, out, err) = engram(&[&["run", "-"], args].concat(), spec);
        assert!(code == 1 && out.is_empty() && err.contains(says), "{args:?}: {err}");
    }
    assert_eq!(engram(&["run", "-", "--share", "0.3"], bare).0, 2);
    assert_eq!(engram(&["run", "-", "--data", &table_file, "--size", "5by5"], bare).0, 2);
}
