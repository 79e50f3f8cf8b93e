//! Every experiment that comes with the page opens, says what it is, and comes to what it says it comes to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use engram_lab::catalogue;
use engram_lab::describe::Shape;
use engram_lab::link::{self, Reading};
use engram_lab::machine::{Machine, Outcome};
use engram_lab::spec::{Expect, Spec};
use engram_lab::value::Value;

/// Words that presets are found by; the first of each is the heading it stands under.
const TAGS: [&str; 11] = [
    "start here",
    "capacity",
    "rules",
    "dynamics",
    "temperature",
    "grey cells",
    "machines that learn",
    "side by side",
    "looking for the best",
    "damage",
    "from the literature",
];

const SWEEPS: u32 = 100;
const WITHIN: f64 = 1e-9;

/// Name without `.json`, text and spec of each, in the order of the page.
fn presets() -> Vec<(String, String, Spec)> {
    engram_tests::supply_data();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/presets");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("www/presets is there")
        .map(|entry| entry.expect("the folder is read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    let number = |path: &PathBuf| {
        let digits = |name: &str| name.split('-').next().and_then(|number| number.parse::<u32>().ok());
        path.file_name().and_then(|name| name.to_str()).and_then(digits).expect("a number begins the name")
    };
    files.sort_by_key(number);
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
            let text = fs::read_to_string(path).expect("it is text");
            let spec = Spec::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, text, spec)
        })
        .collect()
}

/// Runs a spec and those beside it to their ends and says in what they are not what was expected.
fn faults(spec: &Spec) -> Vec<String> {
    let Some(expect) = &spec.expect else { return vec!["nothing is expected of it".to_owned()] };
    let mut faults = faults_of(spec, expect);
    let others = spec.others();
    if others.len() < expect.beside.len() {
        faults.push(format!("{} are beside it, not {}", others.len(), expect.beside.len()));
    }
    for (k, (other, expect)) in others.iter().zip(&expect.beside).enumerate() {
        let expect = Expect {
            sweeps: expect.sweeps.or(spec.expect.as_ref().and_then(|e| e.sweeps)),
            ..expect.clone()
        };
        faults.extend(faults_of(other, &expect).into_iter().map(|fault| format!("beside[{k}]: {fault}")));
    }
    faults
}

fn faults_of(spec: &Spec, expect: &Expect) -> Vec<String> {
    let mut machine = catalogue::open(spec).unwrap_or_else(|error| panic!("{error}"));
    let mut energies = vec![scalar(machine.as_ref(), "energy")];
    let mut sweeps = 0;
    while sweeps < expect.sweeps.unwrap_or(SWEEPS) && !machine.at_rest() {
        machine.advance(machine.sweep_length());
        energies.push(scalar(machine.as_ref(), "energy"));
        sweeps += 1;
    }
    judge(expect, machine.as_ref(), &energies)
}

fn judge(expect: &Expect, machine: &dyn Machine, energies: &[f64]) -> Vec<String> {
    let mut faults = Vec::new();
    let within = expect.within.unwrap_or(WITHIN);
    let near = |a: f64, b: f64| (a - b).abs() <= within;
    let outcome = machine.outcome();
    match &expect.outcome {
        None => faults.push("no outcome is expected".to_owned()),
        Some(kind) if kind != outcome.kind() => faults.push(format!("outcome {outcome:?}, not {kind}")),
        Some(_) => {}
    }
    let read = match &outcome {
        Outcome::NotSettled { reads: Some(reading), .. } => expect.reads.as_ref().map(|_| &reading.outcome),
        _ => None,
    };
    if expect.reads.as_deref() != read.map(Outcome::kind) {
        faults.push(format!("it reads {read:?}, not {:?}", expect.reads));
    }
    let valid = match &outcome {
        Outcome::Answer { valid, .. } => Some(*valid),
        _ => None,
    };
    if valid != expect.valid {
        faults.push(format!("valid {valid:?}, not {:?}", expect.valid));
    }
    let (memory, mut memories) = match read.unwrap_or(&outcome) {
        Outcome::Recalled { memory } | Outcome::Inverse { memory } => (Some(*memory as u32), vec![]),
        Outcome::Mixture { memories } => (None, memories.iter().map(|part| part.memory as u32).collect()),
        _ => (None, vec![]),
    };
    if memory != expect.memory {
        faults.push(format!("memory {memory:?}, not {:?}", expect.memory));
    }
    let mut wanted = expect.memories.clone();
    wanted.sort_unstable();
    memories.sort_unstable();
    if memories != wanted {
        faults.push(format!("memories {memories:?}, not {wanted:?}"));
    }
    if !expect.energies.is_empty() {
        let alike = energies.len() >= expect.energies.len()
            && expect.energies.iter().zip(energies).all(|(&a, &b)| near(a, b));
        if !alike {
            faults.push(format!("energies {energies:?}, not {:?}", expect.energies));
        }
    }
    for (key, value) in &expect.values {
        let found = observable(machine, key);
        let wanted = match value {
            Value::Number(x) => vec![*x],
            other => numbers(key, other),
        };
        if found.len() != wanted.len() || !wanted.iter().zip(&found).all(|(&a, &b)| near(a, b)) {
            faults.push(format!("{key} {found:?}, not {wanted:?}"));
        }
    }
    for (key, value) in &expect.between {
        let found = scalar(machine, key);
        let &[least, greatest] = numbers(key, value).as_slice() else {
            panic!("{key} is between two numbers")
        };
        if !(least..=greatest).contains(&found) {
            faults.push(format!("{key} {found}, not from {least} to {greatest}"));
        }
    }
    faults
}

fn numbers(key: &str, value: &Value) -> Vec<f64> {
    match value {
        Value::Numbers(list) => list.clone(),
        other => panic!("{key} cannot be {other}"),
    }
}

fn observable(machine: &dyn Machine, key: &str) -> Vec<f64> {
    let observation = machine.observe();
    let (mut scalars, mut lists) = (observation.scalars.iter(), observation.per_memory.iter());
    for observable in &machine.describe().observables {
        let values = match observable.shape {
            Shape::Scalar => vec![*scalars.next().expect("a value each")],
            Shape::Memory => lists.next().expect("a list each").clone(),
        };
        if observable.key == key {
            return values;
        }
    }
    panic!("there is no observable '{key}'")
}

fn scalar(machine: &dyn Machine, key: &str) -> f64 {
    observable(machine, key)[0]
}

#[test]
fn presets_say_nothing_to_no_effect() {
    for (name, _, spec) in presets() {
        let setup = engram_lab::catalogue::check(&spec).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(setup.notices(&[]), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_preset_comes_to_what_it_says() {
    let wrong: Vec<_> = presets()
        .iter()
        .flat_map(|(name, _, spec)| faults(spec).into_iter().map(move |fault| format!("{name}: {fault}")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_expected_wrongly_is_noticed() {
    let rich = |expect: &Expect| !expect.energies.is_empty() && expect.memory.is_some();
    let (_, _, spec) =
        presets().into_iter().find(|(_, _, spec)| spec.expect.as_ref().is_some_and(rich)).expect("a table");
    assert_eq!(faults(&spec), Vec::<String>::new());
    let wrong = |change: fn(&mut Expect)| {
        let mut spec = spec.clone();
        change(spec.expect.as_mut().expect("it was there"));
        faults(&spec).len()
    };
    assert_eq!(wrong(|e| e.outcome = Some("spurious".to_owned())), 1);
    assert_eq!(wrong(|e| e.outcome = None), 1);
    assert_eq!(wrong(|e| e.memory = e.memory.map(|m| m + 1)), 1);
    assert_eq!(wrong(|e| e.memories = vec![0, 1, 2]), 1);
    assert_eq!(wrong(|e| e.energies[1] += 1e-6), 1);
    assert_eq!(wrong(|e| e.energies.extend([0.0; 9])), 1);
    assert_eq!(wrong(|e| e.values.insert("energy".to_owned(), Value::Number(7.0))), 1);
    assert_eq!(wrong(|e| e.between.insert("energy".to_owned(), Value::Numbers(vec![7.0, 8.0]))), 1);
    assert_eq!(wrong(|e| e.reads = Some("recalled".to_owned())), 1);
    assert_eq!(wrong(|e| e.valid = Some(true)), 1);
    assert_eq!(wrong(|e| e.beside = vec![Expect::default()]), 1);
    assert_eq!(faults(&Spec { expect: None, ..spec.clone() }).len(), 1);
}

#[test]
fn every_preset_says_what_it_is() {
    let presets = presets();
    assert!(presets.len() >= 20, "{} presets", presets.len());
    let titles: BTreeSet<_> = presets.iter().map(|(_, _, spec)| spec.title.as_str()).collect();
    assert_eq!(titles.len(), presets.len(), "two presets have one title");
    for (name, _, spec) in &presets {
        let kebab = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(kebab, "{name} is not kebab-case");
        assert!((1..=40).contains(&spec.title.chars().count()), "{name}: the title is too long or missing");
        assert!((20..=160).contains(&spec.text.chars().count()), "{name}: the text is too long or missing");
        assert!(
            spec.text.ends_with('.') && !spec.text.contains('\n'),
            "{name}: the text is a sentence in a line"
        );
        assert!((1..=3).contains(&spec.tags.len()), "{name}: {:?}", spec.tags);
        let strange: Vec<_> = spec.tags.iter().filter(|tag| !TAGS.contains(&tag.as_str())).collect();
        assert!(strange.is_empty(), "{name}: {strange:?} is no tag that presets share");
        let machine = catalogue::open(spec).unwrap_or_else(|error| panic!("{name}: {error}"));
        let description = machine.describe();
        assert!((1..=3).contains(&spec.view.keep.len()), "{name}: {:?}", spec.view.keep);
        for key in &spec.view.keep {
            let known = description.controls.iter().any(|c| c.key == key)
                || description.actions.iter().any(|a| a.key == key && a.prepares());
            assert!(known, "{name}: '{key}' can not stay outside the drawer");
        }
    }
}

#[test]
fn the_first_preset_is_a_recall() {
    let (name, _, spec) = presets().remove(0);
    let expect = spec.expect.expect("it expects something");
    assert_eq!(
        (spec.tags[0].as_str(), expect.outcome.as_deref()),
        ("start here", Some("recalled")),
        "{name}"
    );
}

#[test]
fn every_preset_goes_through_json_and_a_link() {
    for (name, text, spec) in presets() {
        assert_eq!(Spec::parse(&spec.to_json()).as_ref(), Ok(&spec), "{name}");
        // Nothing in the file is lost: the same numbers and words, in whatever order.
        let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
        // The one field that is always written.
        file.as_object_mut().unwrap().entry("seed").or_insert(serde_json::json!(1));
        let kept: serde_json::Value = serde_json::from_str(&spec.to_json()).unwrap();
        assert_eq!(numbers_alike(&kept), numbers_alike(&file), "{name}");
        let link = link::write(&spec);
        let Reading::Spec { spec: back, notices } = link::read(&link, false) else {
            panic!("{name}: {link}")
        };
        assert_eq!(notices, Vec::<String>::new(), "{name}");
        let (a, b) = (catalogue::open(&spec).unwrap(), catalogue::open(&back).unwrap());
        assert_eq!(a.hash(), b.hash(), "{name}");
        assert_eq!(a.values(), b.values(), "{name}");
        assert!(link.len() < 1600, "{name}: {} characters", link.len());
    }
}

/// With every number as a fraction: 5 and 5.0 are one number.
fn numbers_alike(json: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match json {
        Json::Number(x) => Json::from(x.as_f64()),
        Json::Array(items) => items.iter().map(numbers_alike).collect(),
        Json::Object(fields) => {
            Json::Object(fields.iter().map(|(key, value)| (key.clone(), numbers_alike(value))).collect())
        }
        other => other.clone(),
    }
}
