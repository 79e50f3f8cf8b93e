//! Lines of machines (www/lines): every stop is a machine that keeps the pictures of the one before, and no two terms
//! of its formula are one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use engram_lab::catalogue::{self, CATALOGUE};
use engram_lab::spec::{Beside, Spec};
use engram_lab::value::Value;
use toml::Table;

/// What every line carries along.
const CARRIED: &str = r#"{ "v": 1, "model": "MODEL", "patterns": { "set": "letters", "take": "AJX", "size": 10 },
    "start": { "pattern": 0, "corrupt": { "flip": 0.2 } } }"#;

fn text<'a>(table: &'a Table, key: &str, at: &str) -> &'a str {
    let found = table.get(key).and_then(toml::Value::as_str).filter(|text| !text.trim().is_empty());
    found.unwrap_or_else(|| panic!("{at}: '{key}' is missing"))
}

fn tables<'a>(table: &'a Table, key: &str, at: &str) -> Vec<&'a Table> {
    let list = table.get(key).and_then(toml::Value::as_array).unwrap_or_else(|| panic!("{at}: no {key}"));
    list.iter().map(|item| item.as_table().unwrap_or_else(|| panic!("{at}: {item:?} is no table"))).collect()
}

fn lines() -> Vec<(String, Table)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/lines");
    let files =
        fs::read_dir(&folder).expect("www/lines is there").map(|file| file.expect("it is read").path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = fs::read_to_string(&path).expect("it is text");
        let table = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, table)
    };
    files.map(read).collect()
}

fn value(value: &toml::Value, at: &str) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text.clone()),
        toml::Value::Integer(x) => Value::Number(*x as f64),
        toml::Value::Float(x) => Value::Number(*x),
        toml::Value::Boolean(on) => Value::Bool(*on),
        other => panic!("{at}: {other:?} is no setting"),
    }
}

#[test]
fn every_stop_opens_with_what_the_line_carries() {
    let lines = lines();
    assert!(lines.len() >= 2, "{} lines", lines.len());
    for (file, line) in &lines {
        let mut there = 0;
        for stop in tables(line, "stops", file) {
            let at = format!("{file}: {}", text(stop, "label", file));
            let model = text(stop, "model", &at);
            let entry = CATALOGUE.iter().find(|entry| entry.name == model);
            assert!(
                entry.is_some_and(|entry| entry.takes.patterns),
                "{at}: no model '{model}' with pictures"
            );
            there += 1;
            let given = stop.get("params").and_then(toml::Value::as_table).expect("params");
            let params = given.iter().map(|(key, given)| (key.clone(), value(given, &at)));
            let beside = Beside { model: Some(model.to_owned()), params: params.collect() };
            // From any machine that there is, to this one: nothing of the machine before is in the way.
            for entry in CATALOGUE.iter().filter(|entry| entry.takes.patterns) {
                let before = Spec::parse(&CARRIED.replace("MODEL", entry.name)).expect("a spec");
                let spec = before.altered(&beside);
                let machine = catalogue::open(&spec).unwrap_or_else(|error| panic!("{at}: {error}"));
                assert_eq!(machine.size(), (10, 10), "{at}");
                let controls = &machine.describe().controls;
                for (key, wanted) in &beside.params {
                    assert_eq!(machine.values().get(key), Some(wanted), "{at}: {key}");
                    assert!(controls.iter().any(|control| control.key == key), "{at}: {key}");
                }
            }
        }
        assert!(there >= 2, "{file}: {there} stops");
    }
}

#[test]
fn stops_say_what_they_are_and_share_terms_with_the_one_before() {
    for (file, line) in lines() {
        assert!(text(&line, "label", &file).chars().count() <= 28, "{file}: the label is too long");
        let mut before: Option<BTreeSet<String>> = None;
        let mut shared = 0;
        for stop in tables(&line, "stops", &file) {
            let at = format!("{file}: {}", text(stop, "label", &file));
            assert!(text(stop, "label", &file).chars().count() <= 18, "{at}: the label is too long");
            let says = text(stop, "says", &at);
            assert!((20..=140).contains(&says.chars().count()) && !says.ends_with('.'), "{at}: {says}");
            let terms = tables(stop, "terms", &at);
            let ids: BTreeSet<_> = terms.iter().map(|term| text(term, "id", &at).to_owned()).collect();
            assert!(!ids.is_empty() && ids.len() == terms.len(), "{at}: {ids:?}");
            for term in terms {
                text(term, "tex", &at);
            }
            shared += before.map_or(0, |before| before.intersection(&ids).count());
            before = Some(ids);
        }
        assert!(shared > 0, "{file}: no term stays from any stop to the next");
    }
}
