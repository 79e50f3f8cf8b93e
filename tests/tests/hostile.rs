//! Specs that mean harm or make no sense: an error in words, never a panic, and nothing large is allocated for it.
#![allow(unsafe_code, reason = "an allocator that counts is an unsafe trait")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use engram_lab::catalogue::{self, CATALOGUE, Entry};
use engram_lab::control::{Control, ControlKind};
use engram_lab::describe::{ActionGroup, Description};
use engram_lab::link;
use engram_lab::pictures;
use engram_lab::plan::Edit;
use engram_lab::session::Session;
use engram_lab::spec::{Prepare, Spec};
use engram_lab::value::Value;
use engram_lab::values::Values;

/// Most bytes that a refused spec may have held at once.
const LARGE: isize = 8 << 20;

/// The system's allocator, which counts what each thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // Fails only while a thread ends, when nothing is measured any more.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every call is handed to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as the caller vouches.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as the caller vouches.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most bytes held at once while something was done, beyond what was held before.
fn most(work: impl FnOnce()) -> isize {
    let before = HELD.with(Cell::get);
    MOST.with(|most| most.set(before));
    work();
    MOST.with(Cell::get) - before
}

#[test]
fn the_allocator_counts() {
    assert!(most(|| drop(vec![0u8; 1 << 20])) >= 1 << 20);
    assert!(most(|| ()) < 1 << 10);
}

/// The smallest of specs, with more fields.
fn spec(model: &str, fields: &str) -> String {
    format!(r#"{{"v":1,"model":"{model}",{fields}}}"#)
}

/// The model that learns and takes weights as they are given.
const HOPFIELD: &str = "hopfield";

/// Four units.
const SMALL: &str = r#""patterns":{"width":2,"height":2,"bits":["1100","1010"]}"#;

/// Models that keep pictures.
fn keepers() -> impl Iterator<Item = &'static Entry> {
    CATALOGUE.iter().filter(|entry| entry.takes.patterns)
}

/// As large as a net of this model may be, as long as its start alone, at eight bytes a cell, is nothing large.
fn largest_of(entry: &Entry) -> String {
    format!(r#""patterns":{{"random":{{"count":2,"units":{}}}}}"#, entry.takes.cells.min(LARGE as usize >> 4))
}

/// Specs that no model can be, each with a word that the error has to say; `entry` is the one that is asked.
fn of_no_model(entry: &Entry) -> Vec<(String, &'static str)> {
    let small = |more: &str| format!("{SMALL},{more}");
    let largest = |more: &str| format!("{},{more}", largest_of(entry));
    let own = |text: &str| text.to_owned();
    let cells = entry.takes.cells;
    let most: &'static str = Box::leak(format!("at most {cells}").into_boxed_str());
    let units: &'static str = Box::leak(format!("1 to {cells} units").into_boxed_str());
    let ragged = format!(r#""weights":[{}]"#, vec!["[0]"; 4096].join(","));
    vec![
        // Sizes.
        (own(r#""patterns":{"width":-4,"height":4,"bits":["1"]}"#), "line 1"),
        (own(r#""patterns":{"width":4.5,"height":4,"bits":["1"]}"#), "line 1"),
        (own(r#""patterns":{"width":0,"height":4,"bits":[""]}"#), "patterns"),
        (own(r#""patterns":{"width":4096,"height":4096,"bits":["1"]}"#), most),
        (own(r#""patterns":{"width":4294967295,"height":4294967295,"bits":["1"]}"#), most),
        (own(r#""patterns":{"width":1000000000000,"height":1,"bits":["1"]}"#), "line 1"),
        (own(r#""patterns":{"width":4,"bits":["1111"]}"#), "height"),
        (own(r#""patterns":{"random":{"count":3,"units":1000000000}}"#), units),
        (own(r#""patterns":{"random":{"count":1000000000,"units":9}}"#), "too many"),
        (own(r#""patterns":{"random":{"count":1,"units":0}}"#), "units"),
        (own(r#""patterns":{"random":{"count":1,"units":-5}}"#), "line 1"),
        (own(r#""patterns":{"random":{"count":1,"units":9},"width":3,"height":3}"#), "not both"),
        (own(r#""patterns":{"width":32,"height":32,"walsh":[1024]}"#), "no row 1024"),
        (own(r#""patterns":{"width":3,"height":3,"walsh":[1]}"#), "power of two"),
        (own(r#""patterns":{"width":40,"height":10,"bars":true}"#), "1 to 10"),
        (
            own(r#""patterns":{"width":4,"height":2,"problem":"riddle"}"#),
            "no problem 'riddle'; there are encoder",
        ),
        (
            own(r#""patterns":{"width":4,"height":3,"problem":"encoder"}"#),
            "patterns.height: 3 is not allowed",
        ),
        (own(r#""patterns":{"width":2,"height":3,"problem":"shifter"}"#), "three cells are needed"),
        (own(r#""patterns":{"width":5,"height":5,"problem":"parity"}"#), "patterns.width"),
        (own(r#""patterns":{"width":4,"problem":"parity"}"#), "width and height are both needed"),
        // Patterns.
        (own(r#""seed":1"#), "no patterns"),
        (own(r#""patterns":{"bits":["11"]}"#), "width and height"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100","110"]}"#), "bits[1]"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100","11x0"]}"#), "'x'"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100","11?0"]}"#), "bits[1]"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"set":"letters"}"#), "only one"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"names":["a","b"]}"#), "names"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[1,2]}"#), "importance"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[1e300]}"#), "importance[0]"),
        (
            own(r#""patterns":{"width":2,"height":1,"bits":["11","10"],"importance":[-100,100.5]}"#),
            "importance[1]",
        ),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[NaN]}"#), "line 1"),
        (own(r#""patterns":{"width":2,"height":2,"bits":["1100"],"importance":[1e999]}"#), "line 1"),
        (own(r#""patterns":{"set":"runes"}"#), "letters, icons"),
        (own(r#""patterns":{"set":"own-12"}"#), "no set 'own-12'"),
        (own(r#""patterns":{"set":"own-00000000000000zz"}"#), "no set"),
        (
            own(r#""patterns":{"set":"own-0000000000000000"}"#),
            if entry.takes.own_sets { "which its maker has" } else { "only machines that learn" },
        ),
        (own(r#""patterns":{"set":"letters","size":1000000}"#), "1000000"),
        (own(r#""patterns":{"set":"letters","take":"A€"}"#), "€"),
        (own(r#""patterns":{"set":"letters","colour":"red"}"#), "colour"),
        // Settings.
        (small(r#""params":{"unheard":"of"}"#), "params.unheard"),
        (small(r#""params":{"any":NaN}"#), "line 1"),
        (small(r#""params":{"any":Infinity}"#), "line 1"),
        (small(r#""params":{"any":null}"#), "line 1"),
        (small(r#""params":{"any":{"is":1}}"#), "line 1"),
        (small(r#""seed":-1"#), "line 1"),
        (small(r#""seed":18446744073709551615"#), "too large"),
        (small(r#""seed":1e30"#), "line 1"),
        (small(r#""unheard":1"#), "unheard"),
        // Weights and biases.
        (own(r#""weights":[]"#), "weights"),
        (own(r#""weights":[[]]"#), "weights"),
        (ragged, "weights"),
        (own(r#""weights":[[0,null],[1,0]]"#), "line 1"),
        (largest(r#""biases":[1]"#), "biases"),
        // Starts and held units.
        (small(r#""start":{"pattern":2}"#), "no pattern 2"),
        (small(r#""start":{"pattern":-1}"#), "line 1"),
        (small(r#""start":{"pattern":0,"random":true}"#), "only one"),
        (small(r#""start":{"state":"11"}"#), "start.state"),
        (small(r#""start":{"corrupt":{"flip":1.5}}"#), "0 to 1"),
        (small(r#""start":{"corrupt":{"flip":-0.5}}"#), "0 to 1"),
        (small(r#""start":{"corrupt":{}}"#), "exactly one"),
        (small(r#""start":{"corrupt":{"half":"front"}}"#), "left, right"),
        (small(r#""start":{"corrupt":{"mask":0.5,"to":"gold"}}"#), "paper or unknown"),
        (largest(r#""start":{"state":"11"}"#), "start.state"),
        (small(r#""clamp":[4]"#), "no unit 4"),
        (small(r#""clamp":[-1]"#), "line 1"),
        (largest(r#""clamp":[4000000000]"#), "no unit"),
        (small(r#""clamp":[2,2]"#), "named twice"),
        // What is done before the run.
        (small(r#""prepare":[{"do":"explode"}]"#), "explode"),
        (largest(r#""prepare":[{"do":"explode"}]"#), "explode"),
        (small(r#""prepare":[{"how":"cut"}]"#), "do"),
        // Depth.
        (format!(r#""params":{{"any":{}"#, "[".repeat(200_000)), "line 1"),
        (format!(r#""unheard":{}1{}"#, r#"{"a":"#.repeat(1000), "}".repeat(1000)), "unheard"),
    ]
}

/// Specs that one model cannot be, though another might, each with a word that the error has to say.
fn of_one_model() -> Vec<(&'static str, String, &'static str)> {
    let own = |text: &str, word| (HOPFIELD, text.to_owned(), word);
    let small = |more: &str, word| (HOPFIELD, format!("{SMALL},{more}"), word);
    let ragged = format!(r#""weights":[{}]"#, vec!["[0]"; 4096].join(","));
    vec![
        own(r#""weights":[]"#, "units"),
        own(r#""weights":[[]]"#, "row 0"),
        own(&ragged, "row 0"),
        own(r#""weights":[[0,1],[1]]"#, "row 1"),
        own(r#""weights":[[1,1],[1,0]]"#, "diagonal"),
        own(r#""weights":[[0,1e300],[1,0]]"#, "1e9"),
        own(r#""weights":[[0,1],[1,0]],"biases":[1]"#, "1 bias for"),
        own(r#""weights":[[0,1],[1,0]],"biases":[1,1e300]"#, "1e9"),
        own(r#""weights":[[0,1],[1,0]],"patterns":{"width":3,"height":1,"bits":["101"]}"#, "2 rows"),
        own(r#""weights":[[0,1],[1,0]],"params":{"rule":"hebb"}"#, "no such setting"),
        (
            HOPFIELD,
            format!(r#"{},"biases":[1]"#, largest_of(catalogue::find(HOPFIELD).unwrap())),
            "1 bias for",
        ),
        small(r#""params":{"rule":"alchemy"}"#, "hebb"),
        small(r#""params":{"temperature":1e300}"#, "0 to 1000"),
        small(r#""params":{"rounds":1e9}"#, "5000"),
        small(r#""prepare":[{"do":"damage","how":"burn"}]"#, "quantise"),
        small(r#""prepare":[{"do":"dream","count":1e9}]"#, "10000"),
    ]
}

/// Values that a control may not have, and what the error has to say is allowed.
fn wrong(control: &Control) -> (Vec<Value>, String) {
    let text = |word: &str| Value::Text(word.to_owned());
    let list = Value::Numbers(vec![1.0]);
    let outside = |min: f64, max: f64| [min - 1.0, max + 1.0, -1e300, 1e300].map(Value::Number);
    let (mut values, allowed) = match &control.kind {
        ControlKind::Number { min, max, .. } => (outside(*min, *max).to_vec(), format!("{min} to {max}")),
        ControlKind::Integer { min, max, .. } => {
            let mut values = outside(*min, *max).to_vec();
            values.push(Value::Number(min + 0.5));
            (values, format!("a whole number from {min} to {max}"))
        }
        ControlKind::Choice { options, .. } => {
            let words: Vec<_> = options.iter().map(|o| o.value).collect();
            (vec![text(""), Value::Number(7.0)], words.join(", "))
        }
        ControlKind::Toggle { .. } => {
            return (vec![Value::Number(1.0), text("true"), list], "true or false".to_owned());
        }
        ControlKind::Course { .. } => {
            return (vec![Value::Number(1.0), text("down"), list], "numbers".to_owned());
        }
    };
    values.extend([text("no such word"), Value::Bool(true), list]);
    (values, allowed)
}

/// A spec is refused with these words, shortly, and nothing large is held for it.
fn refuse(text: &str, words: &[&str]) {
    let shown: String = text.chars().take(200).collect();
    let mut message = String::new();
    let bytes = most(|| match Spec::parse(text).and_then(|spec| catalogue::open(&spec)) {
        Ok(_) => panic!("opened: {shown}"),
        Err(error) => message = error.to_string(),
    });
    for word in words {
        assert!(message.contains(word), "'{word}' is not in \"{message}\" for {shown}");
    }
    assert!(!message.contains('\n') && message.chars().count() < 600, "{message}");
    assert!(bytes < LARGE, "{bytes} bytes for {shown}");
}

#[test]
fn every_model_refuses_what_no_model_can_be() {
    for entry in keepers() {
        // A model whose grid need not follow from pictures can be without any.
        let alone = catalogue::open(&Spec::new(entry.name)).is_ok();
        for (fields, word) in
            of_no_model(entry).into_iter().filter(|(fields, _)| !alone || fields != r#""seed":1"#)
        {
            refuse(&spec(entry.name, &fields), &[word]);
        }
    }
}

#[test]
fn a_model_refuses_what_it_cannot_be_itself() {
    for (model, fields, word) in of_one_model() {
        refuse(&spec(model, &fields), &[word]);
    }
}

/// A spec of every model, small and as large as may be, with what the model says of itself.
fn every_model() -> impl Iterator<Item = (Spec, Description)> {
    keepers().flat_map(|entry| {
        [SMALL.to_owned(), largest_of(entry)].map(|patterns| {
            let spec = Spec::parse(&spec(entry.name, &patterns)).unwrap();
            let description = entry.describe(&spec);
            (spec, description)
        })
    })
}

#[test]
fn settings_and_arguments_out_of_range_or_of_the_wrong_kind_are_refused() {
    for (plain, description) in every_model() {
        for control in &description.controls {
            let (values, allowed) = wrong(control);
            for value in values {
                let mut spec = plain.clone();
                spec.params.insert(control.key.to_owned(), value);
                refuse(&spec.to_json(), &[&format!("params.{}:", control.key), &allowed]);
            }
        }
        for action in &description.actions {
            let mut spec = plain.clone();
            let step = |args| Prepare { action: action.key.to_owned(), args };
            if action.args.is_empty() || !action.prepares() {
                spec.prepare = vec![step(Values::new())];
                refuse(&spec.to_json(), &["prepare[0]", action.key]);
                continue;
            }
            spec.prepare = vec![step(Values::from([("unheard".to_owned(), Value::Bool(true))]))];
            refuse(&spec.to_json(), &["prepare[0].unheard:"]);
            for argument in &action.args {
                let (values, allowed) = wrong(argument);
                for value in values {
                    spec.prepare = vec![step(Values::from([(argument.key.to_owned(), value)]))];
                    refuse(&spec.to_json(), &[&format!("prepare[0].{}:", argument.key), &allowed]);
                }
            }
        }
    }
}

#[test]
fn edits_out_of_range_or_of_the_wrong_kind_change_nothing() {
    for entry in keepers() {
        let mut session = Session::open(&Spec::parse(&spec(entry.name, SMALL)).unwrap()).unwrap();
        let before = (session.machine().hash(), session.machine().spec().clone());
        let description = session.machine().describe().clone();
        let mut refuse = |edit: Edit| {
            assert!(session.edit(&edit).is_err(), "{}: {edit:?} was done", entry.name);
            assert_eq!(
                (session.machine().hash(), session.machine().spec()),
                (before.0, &before.1),
                "{edit:?}"
            );
            assert!(!session.can_undo(), "{edit:?}");
        };
        let values = |control: &Control| {
            let mut values = wrong(control).0;
            values.extend([f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(Value::Number));
            values
        };
        for control in &description.controls {
            values(control)
                .into_iter()
                .for_each(|v| refuse(Edit::Set { key: control.key.to_owned(), value: v }));
        }
        refuse(Edit::Set { key: "unheard".to_owned(), value: Value::Bool(true) });
        refuse(Edit::Act { action: "unheard".to_owned(), args: Values::new() });
        for action in &description.actions {
            for argument in &action.args {
                for value in values(argument) {
                    // All else about it is right.
                    let others = action.args.iter().filter(|a| a.when.is_empty() || a.key == "amount");
                    let mut args: Values =
                        others.map(|other| (other.key.to_owned(), other.default_value())).collect();
                    for when in &argument.when {
                        args.insert(when.key.to_owned(), Value::Text(when.values[0].to_owned()));
                    }
                    if action.group == ActionGroup::Memory {
                        args.insert("memory".to_owned(), Value::Number(0.0));
                    }
                    args.insert(argument.key.to_owned(), value);
                    refuse(Edit::Act { action: action.key.to_owned(), args });
                }
            }
        }
    }
}

#[test]
fn edits_of_memories_that_make_no_sense_change_nothing_and_cost_little() {
    let text = |word: &str| Value::Text(word.to_owned());
    let words = |list: &[&str]| Value::Words(list.iter().map(|&word| word.to_owned()).collect());
    let number = Value::Number;
    let long = "1".repeat(1 << 20);
    type Arguments = Vec<(&'static str, Value)>;
    let edits: Vec<(&str, Arguments, &str)> = vec![
        ("add", vec![], "at least one"),
        ("add", vec![("pictures", text("1100"))], "not a list of words"),
        ("add", vec![("pictures", Value::Bool(true))], "not a list of words"),
        ("add", vec![("pictures", Value::Numbers(vec![f64::NAN]))], "not a list of words"),
        (
            "add",
            vec![("pictures", words(&["1100", ""]))],
            "pictures[1]: there are 0 cells; the picture has 4",
        ),
        ("add", vec![("pictures", words(&["1100", "11000"]))], "pictures[1]: there are 5 cells"),
        ("add", vec![("pictures", words(&[&long]))], "1048576 cells"),
        ("add", vec![("pictures", words(&["11\u{0}0"]))], "pictures[0]"),
        ("add", vec![("pictures", words(&["１１００"]))], "'１' at position 0"),
        ("add", vec![("pictures", words(&["1100"])), ("names", words(&["a", "b"]))], "2 names for 1 picture"),
        ("add", vec![("pictures", words(&["1100"])), ("names", number(1.0))], "not a list of words"),
        ("add", vec![("pictures", Value::Words(vec!["1100".to_owned(); 5000]))], "at most 4096 fit"),
        ("move", vec![("memory", number(2.0)), ("to", number(0.0))], "2 is not the number of a memory"),
        ("move", vec![("memory", number(0.0)), ("to", number(2.0))], "2 is not the number of a place"),
        ("move", vec![("memory", number(0.0)), ("to", number(-1.0))], "-1 is not"),
        ("move", vec![("memory", number(0.5)), ("to", number(0.0))], "0.5 is not"),
        ("move", vec![("memory", number(f64::NAN)), ("to", number(0.0))], "memory"),
        ("move", vec![("memory", number(0.0)), ("to", number(1e300))], "1e300 is not"),
        ("move", vec![("memory", number(0.0)), ("to", text("top"))], "'top' is not a number"),
        ("move", vec![("memory", number(0.0))], "to: a number is needed"),
        ("rename", vec![("memory", number(0.0)), ("name", text(" \n"))], "needs a name"),
    ];
    for entry in keepers() {
        let mut session = Session::open(&Spec::parse(&spec(entry.name, SMALL)).unwrap()).unwrap();
        let description = session.machine().describe().clone();
        let before = (session.machine().hash(), session.machine().spec().clone());
        for (action, args, said) in &edits {
            if !description.actions.iter().any(|a| a.key == *action) {
                continue;
            }
            let args: Values = args.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
            let edit = Edit::Act { action: (*action).to_owned(), args };
            let mut message = String::new();
            let bytes = most(|| message = session.edit(&edit).expect_err(said).to_string());
            assert!(message.contains(said), "'{said}' is not in \"{message}\"");
            assert!(!message.contains('\n') && message.chars().count() < 300, "{message}");
            assert!(bytes < LARGE, "{bytes} bytes for {action}");
            assert_eq!((session.machine().hash(), session.machine().spec()), (before.0, &before.1));
            assert!(!session.can_undo());
        }
        for picture in ["", "11", "11110", "11?1", "abcd", long.as_str()] {
            assert!(session.machine().likeness(picture).is_err());
        }
        assert_eq!(session.machine().likeness("1100").unwrap().len(), 2);
    }
}

#[test]
fn pictures_that_cannot_be_had_cost_little() {
    for (source, width, height, said) in [
        (r#"{"letters":"AB☃"}"#, 10, 10, "'☃'"),
        (r#"{"letters":"A"}"#, 3, 3, "too few for a letter"),
        (r#"{"letters":"A"}"#, usize::MAX, usize::MAX, "not possible"),
        (r#"{"count":4294967295,"seed":1}"#, 64, 64, "at most 4096 fit"),
        (r#"{"count":1,"seed":1e300}"#, 4, 4, "whole number"),
        (r#"{"count":1,"seed":9007199254740991}"#, 0, 4, "not possible"),
        (r#"{"count":["1"],"seed":1}"#, 4, 4, "not a number"),
    ] {
        let source: Values = serde_json::from_str(source).unwrap();
        let mut message = String::new();
        let bytes = most(|| {
            message = pictures::pictures(&source, width, height).expect_err(said).to_string();
        });
        assert!(message.contains(said), "'{said}' is not in \"{message}\"");
        assert!(bytes < LARGE, "{bytes} bytes");
    }
}

#[test]
fn what_is_no_spec_at_all_is_refused() {
    let long = format!(r#"{{"v":1,"model":"x","title":"{}"}}"#, "a".repeat(5 << 20));
    for (text, word) in [
        ("", "empty"),
        ("{}", "`v`"),
        ("[]", "line 1"),
        ("null", "line 1"),
        ("\u{0}", "line 1"),
        (r#"{"v":1}"#, "model"),
        (r#"{"v":0,"model":"x"}"#, "version 1"),
        (r#"{"v":2,"model":"x","tomorrow":true}"#, "newer"),
        (r#"{"v":-1,"model":"x"}"#, "line 1"),
        (r#"{"v":1,"v":1,"model":"x"}"#, "duplicate"),
        (long.as_str(), "bytes"),
    ] {
        let mut message = String::new();
        let bytes = most(|| message = Spec::parse(text).expect_err("it was read").to_string());
        assert!(message.contains(word), "'{word}' is not in \"{message}\"");
        assert!(bytes < LARGE, "{bytes} bytes");
    }
    let nobody = Spec::parse(r#"{"v":1,"model":"nobody"}"#).unwrap();
    let message = Session::open(&nobody).err().expect("it was opened").to_string();
    assert!(CATALOGUE.iter().all(|entry| message.contains(entry.name)), "{message}");
}

/// Opens and runs it under every value of its `update`.
fn run_every_way(model: &str, fields: &str) {
    let plain = Spec::parse(&spec(model, fields)).unwrap();
    let controls = catalogue::find(model).unwrap().describe(&plain).controls;
    let mut specs = vec![plain.clone()];
    if let Some(ControlKind::Choice { options, .. }) =
        controls.iter().find(|c| c.key == "update").map(|c| &c.kind)
    {
        specs.extend(options.iter().map(|option| {
            let mut spec = plain.clone();
            spec.params.insert("update".to_owned(), Value::Text(option.value.to_owned()));
            spec
        }));
    }
    for spec in specs {
        let text = spec.to_json();
        let mut machine = catalogue::open(&spec).unwrap_or_else(|error| panic!("{error}: {text}"));
        let made = machine.advance(200);
        assert!(made == 200 || machine.at_rest(), "{text}");
        let _ = machine.outcome();
    }
}

#[test]
fn odd_but_possible_specs_open_and_run() {
    for entry in keepers() {
        for fields in [
            r#""patterns":{"width":1,"height":1,"bits":["1"]}"#,
            r#""patterns":{"width":4,"height":1,"bits":[]}"#,
            r#""patterns":{"width":4,"height":1}"#,
            r#""patterns":{"random":{"count":0,"units":9}}"#,
            r#""patterns":{"width":4,"height":1,"bits":["1100","1100","1100"]}"#,
            r#""patterns":{"width":4,"height":1,"bits":["1111","1111"]}"#,
            r#""patterns":{"width":4,"height":1,"bits":["1010"]},"start":{"state":"????"},"clamp":[0,1,2,3]"#,
        ] {
            run_every_way(entry.name, fields);
        }
        for fields in [
            r#""patterns":{"width":4,"height":1,"bits":["0000"],"importance":[0]}"#,
            r#""patterns":{"width":4,"height":1,"bits":["1010"],"importance":[-100]}"#,
        ] {
            let plain = Spec::parse(&spec(entry.name, fields)).unwrap();
            if !entry.describe(&plain).learns {
                run_every_way(entry.name, fields);
                continue;
            }
            // How likely a picture is cannot be below nothing, nor nothing for all of them.
            let error = catalogue::open(&plain).err().expect("it was opened");
            assert!(error.at.starts_with("patterns.importance"), "{}: {error}", entry.name);
        }
    }
    for fields in [
        r#""weights":[[0]]"#,
        r#""weights":[[0,1],[-1,0]]"#,
        r#""weights":[[0,1e9],[1e9,0]],"biases":[1e9,-1e9]"#,
        r#""patterns":{"width":4,"height":1,"bits":["1010"]},"prepare":[{"do":"damage","how":"kill","amount":1}]"#,
    ] {
        run_every_way(HOPFIELD, fields);
    }
}

#[test]
fn rules_take_duplicates_and_negatives_without_a_panic() {
    let rules = ["hebb", "storkey", "storkey2", "pseudo_inverse", "perceptron", "perceptron_asymmetric"];
    for rule in rules.into_iter().chain(["energy_gradient", "unlearning"]) {
        for bits in [r#""11001","11001""#, r#""11001","00110""#, r#""11111","11111","00000""#, ""] {
            for bias in ["true", "false"] {
                let text = spec(
                    HOPFIELD,
                    &format!(
                        r#""patterns":{{"width":5,"height":1,"bits":[{bits}]}},
                            "params":{{"rule":"{rule}","bias":{bias}}},"start":{{"random":true}}"#
                    ),
                );
                let mut machine = catalogue::open(&Spec::parse(&text).unwrap())
                    .unwrap_or_else(|error| panic!("{error}: {text}"));
                machine.advance(100);
                assert!(machine.observe().scalars[0].is_finite(), "{text}");
            }
        }
    }
}

#[test]
fn hostile_links_cost_little() {
    for rest in [
        "p=4000x4000.AAAA",
        "random=4000000000.4000000000",
        "random=4096.100000000",
        "grid=99999x99999",
        "bars=4294967295x1",
        "walsh=64x64.4097",
        "set=letters&clamp=4294967295",
        "set=letters&state=AAAA",
        "w=0,1;1",
        "set=letters&do=explode",
        "set=letters&seed=99999999999999999999",
        "set=%FF%FE",
        "random=300.4096&rule=storkey",
        "random=1.2048&do=damage,how:noise",
    ] {
        for (entry, lenient) in CATALOGUE.iter().flat_map(|entry| [(entry, false), (entry, true)]) {
            let link = format!("v=1&m={}&{rest}", entry.name);
            let bytes = most(|| drop(link::read(&link, lenient)));
            assert!(bytes < LARGE, "{bytes} bytes for {link}");
        }
    }
}
