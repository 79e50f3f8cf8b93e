//! Notes (www/notes): every part of a machine that a person can set, or use on it, has one; no note is about something
//! that is not there; and a number that a note asks the page for is one that the page can have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use engram_lab::catalogue::{CATALOGUE, Entry};
use engram_lab::control::{Control, ControlKind};
use engram_lab::describe::{ActionGroup, ActionInfo, Description, Shape};
use engram_lab::spec::{Prepare, Spec};
use engram_lab::value::Value::{Number, Text};
use engram_lab::values::Values;
use toml::{Table, Value};

/// The file of notes that every machine may draw on.
const SHARED: &str = "shared";

/// Numbers that every experiment has.
const OF_ANY: [&str; 5] = ["units", "width", "height", "memories", "seed"];

/// Text of every field of every note, by the note's path and the field's name.
type Notes = BTreeMap<String, BTreeMap<String, String>>;

/// The files by their names.
fn files() -> BTreeMap<String, Notes> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/notes");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("www/notes is there") {
        let path = entry.expect("the folder is read").path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let text = fs::read_to_string(&path).expect("it is text");
        let table: Table = text.parse().unwrap_or_else(|error| panic!("{name}.toml: {error}"));
        let mut notes = Notes::new();
        collect("", &Value::Table(table), &mut notes);
        found.insert(name, notes);
    }
    found
}

/// A table with a field that is no table is a note.
fn collect(path: &str, value: &Value, notes: &mut Notes) {
    let Value::Table(table) = value else { unreachable!("only tables are walked") };
    for (key, value) in table {
        if value.is_table() {
            let deeper = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            collect(&deeper, value, notes);
        } else {
            notes.entry(path.to_owned()).or_default().insert(key.clone(), words(value));
        }
    }
}

/// A text, or several formulas one under another.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words).collect::<Vec<_>>().join("\n"),
        _ => panic!("{value:?} is no text"),
    }
}

/// What a machine says of itself once all has been done to it that can be done: that is the most it ever says.
fn describe(entry: &Entry) -> Description {
    let mut spec = Spec::parse(entry.example).expect("the example is a spec");
    let actions = entry.describe(&spec).actions;
    let steps = actions.iter().filter(|a| a.prepares() && !a.args.is_empty());
    spec.prepare = steps.map(|a| Prepare { action: a.key.to_owned(), args: Values::default() }).collect();
    entry.describe(&spec)
}

/// What it says of the smallest of nets, which has figures that large ones do not have.
fn describe_small(entry: &Entry) -> Description {
    let mut spec = Spec::new(entry.name);
    if entry.takes.patterns {
        (spec.patterns.width, spec.patterns.height) = (Some(2), Some(1));
    }
    entry.describe(&spec)
}

/// What it says of itself under each word of each of its choices.
fn describe_choices(entry: &Entry) -> Vec<Description> {
    let spec = Spec::parse(entry.example).expect("the example is a spec");
    let mut found = Vec::new();
    for control in entry.describe(&spec).controls {
        let ControlKind::Choice { options, .. } = &control.kind else { continue };
        for option in options {
            let mut spec = spec.clone();
            // With what it takes for the choice to count.
            for when in &control.when {
                spec.params.insert(when.key.to_owned(), Text(when.values[0].to_owned()));
            }
            spec.params.insert(control.key.to_owned(), Text(option.value.to_owned()));
            found.push(entry.describe(&spec));
        }
    }
    found
}

/// What it says of itself where its numbers are as large as they can be, which may bring parts that there are not else.
fn describe_large(entry: &Entry) -> Description {
    let mut spec = Spec::parse(entry.example).expect("the example is a spec");
    for control in entry.describe(&spec).controls {
        if let ControlKind::Number { max, .. } | ControlKind::Integer { max, .. } = control.kind {
            spec.params.insert(control.key.to_owned(), Number(max));
        }
    }
    entry.describe(&spec)
}

/// Paths of the notes that there can be on a machine; true for those that there must be.
fn places(entry: &Entry) -> BTreeMap<String, bool> {
    descriptions(entry).iter().flat_map(places_in).collect()
}

/// All that a machine says of itself.
fn descriptions(entry: &Entry) -> Vec<Description> {
    let mut all = describe_choices(entry);
    all.extend([describe_small(entry), describe_large(entry), describe(entry)]);
    all
}

fn places_in(description: &Description) -> BTreeMap<String, bool> {
    let mut places = BTreeMap::from([("model".to_owned(), true)]);
    let mut controls = |at: &str, controls: &[Control], needed| {
        for Control { key, kind, .. } in controls {
            places.insert(format!("{at}.{key}"), needed);
            if let ControlKind::Choice { options, .. } = kind {
                let path = |value: &str| format!("{at}.{key}.options.{value}");
                places.extend(options.iter().map(|option| (path(option.value), needed)));
            }
        }
    };
    // What is done to a picture or to the network by arguments; the rest is told by the page's own buttons.
    let needs = |a: &ActionInfo| a.prepares() || (a.group == ActionGroup::Cue && !a.args.is_empty());
    controls("controls", &description.controls, true);
    for action in &description.actions {
        controls(&format!("actions.{}.args", action.key), &action.args, needs(action));
    }
    places.extend(description.actions.iter().map(|a| (format!("actions.{}", a.key), needs(a))));
    places.extend(description.observables.iter().map(|o| (format!("observables.{}", o.key), true)));
    places.extend(description.layers.iter().map(|l| (format!("layers.{}", l.key), true)));
    places.extend(description.figures.iter().map(|f| (format!("figures.{}", f.key), true)));
    places
}

#[test]
fn every_part_of_every_machine_has_a_note() {
    let files = files();
    for entry in &CATALOGUE {
        let own =
            files.get(entry.name).unwrap_or_else(|| panic!("there is no www/notes/{}.toml", entry.name));
        let missing: Vec<_> = places(entry)
            .into_iter()
            .filter(|(path, needed)| *needed && !own.contains_key(path) && !files[SHARED].contains_key(path))
            .map(|(path, _)| path)
            .collect();
        assert!(missing.is_empty(), "{}: www/notes has nothing about {}", entry.name, missing.join(", "));
    }
}

#[test]
fn no_note_is_about_something_that_is_not_there() {
    let known: BTreeMap<_, _> = CATALOGUE.iter().map(|entry| (entry.name, places(entry))).collect();
    for (file, notes) in files() {
        assert!(file == SHARED || known.contains_key(file.as_str()), "www/notes/{file}.toml: no such model");
        let about = |path: &str| {
            known.iter().any(|(name, places)| (file == SHARED || file == *name) && places.contains_key(path))
        };
        let odd: Vec<_> = notes.keys().filter(|path| !about(path)).cloned().collect();
        assert!(odd.is_empty(), "www/notes/{file}.toml has notes on what is not there: {}", odd.join(", "));
    }
}

/// What stands in `\now{…}` in a text.
fn asked(text: &str) -> BTreeSet<&str> {
    text.split(r"\now{").skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

/// Whether the page can have that number where the note stands.
fn is_had(number: &str, path: &str, description: &Description) -> bool {
    let is_number = |controls: &[Control], key: &str| {
        controls.iter().any(|control| {
            control.key == key
                && !matches!(
                    control.kind,
                    ControlKind::Choice { .. } | ControlKind::Toggle { .. } | ControlKind::Course { .. }
                )
        })
    };
    match number.split_once(':') {
        None => OF_ANY.contains(&number),
        Some(("value", key)) => {
            let action = path.strip_prefix("actions.").and_then(|rest| rest.split('.').next());
            let own = description.actions.iter().find(|a| Some(a.key) == action);
            is_number(&description.controls, key) || own.is_some_and(|action| is_number(&action.args, key))
        }
        Some(("observable", key)) => {
            description.observables.iter().any(|o| o.key == key && o.shape == Shape::Scalar)
        }
        Some(_) => false,
    }
}

#[test]
fn numbers_that_notes_ask_for_are_there() {
    let files = files();
    let mut count = 0;
    for entry in &CATALOGUE {
        let descriptions = descriptions(entry).into_iter().map(|d| (places_in(&d), d)).collect::<Vec<_>>();
        for file in [SHARED, entry.name] {
            for (path, fields) in &files[file] {
                let says = |(places, _): &&(BTreeMap<String, bool>, Description)| places.contains_key(path);
                let there: Vec<_> = descriptions.iter().filter(says).collect();
                for (name, text) in fields.iter().filter(|_| !there.is_empty()) {
                    for number in asked(text) {
                        let at = format!("www/notes/{file}.toml: {path}.{name}");
                        let is_had = there.iter().any(|(_, description)| is_had(number, path, description));
                        assert!(is_had, "{at}: {number} is no number of {}", entry.name);
                        count += 1;
                    }
                }
            }
        }
    }
    assert!(count > 10, "only {count} numbers are asked for: they are looked for wrongly");
}

#[test]
fn notes_say_something() {
    for (file, notes) in files() {
        for (path, fields) in notes {
            let at = format!("www/notes/{file}.toml: {path}");
            let what = fields.get("what").unwrap_or_else(|| panic!("{at} does not say what it is"));
            assert!(what.len() > 15, "{at} says next to nothing");
        }
    }
}
