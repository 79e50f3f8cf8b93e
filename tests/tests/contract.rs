//! What every model keeps to, whatever it is: it describes itself sanely, its specs go through JSON and links, looking
//! at it changes nothing, its energy is what its weights say, and its past comes back bit for bit.

use std::collections::BTreeSet;

use engram_lab::catalogue::{self, CATALOGUE, Entry};
use engram_lab::control::{Control, ControlKind};
use engram_lab::describe::{ActionGroup, Description, LayerIndex, Shape};
use engram_lab::figure::{Figure, GRID, Mark, Part as FigurePart};
use engram_lab::link::{self, RESERVED, Reading};
use engram_lab::machine::{Cells, Machine};
use engram_lab::plan::Edit;
use engram_lab::session::{Session, Step};
use engram_lab::spec::{Corrupt, Prepare, Spec};
use engram_lab::value::Value;
use engram_lab::values::Values;
use proptest::prelude::*;
use proptest::sample::Index;

/// Longest that whole-number settings are made in a test, so that learning stays quick.
const PATIENCE: f64 = 60.0;

// ---------------------------------------------------------------------------------------------- what it says

#[test]
fn every_example_opens_and_settles_or_moves() {
    let names: BTreeSet<_> = CATALOGUE.iter().map(|entry| entry.name).collect();
    assert_eq!(names.len(), CATALOGUE.len(), "two models have one name");
    for entry in &CATALOGUE {
        let spec = Spec::parse(entry.example).unwrap_or_else(|error| panic!("{}: {error}", entry.name));
        assert_eq!(spec.model, entry.name);
        let mut session = Session::open(&spec).unwrap_or_else(|error| panic!("{}: {error}", entry.name));
        assert!(session.advance(Step::Sweep, 3) > 0, "{}: nothing happens", entry.name);
        assert_eq!(session.machine().describe(), &entry.describe(&spec), "{}", entry.name);
        for words in [entry.label, entry.summary, entry.source] {
            assert!(!words.is_empty(), "{}", entry.name);
        }
    }
}

#[test]
fn every_description_is_sane() {
    for entry in &CATALOGUE {
        let description = entry.describe(&Spec::parse(entry.example).unwrap());
        let keys = |all: Vec<&'static str>, what: &str| {
            let unique: BTreeSet<_> = all.iter().collect();
            assert_eq!(unique.len(), all.len(), "{}: two {what} have one key", entry.name);
        };
        let Description { controls, observables, layers, figures, actions, steps, .. } = &description;
        // A preset names what stays in sight by one key, be it a control or an action.
        keys(
            controls.iter().map(|c| c.key).chain(actions.iter().map(|a| a.key)).collect(),
            "controls or actions",
        );
        keys(observables.iter().map(|o| o.key).collect(), "observables");
        keys(layers.iter().map(|l| l.key).collect(), "layers");
        keys(figures.iter().map(|f| f.key).collect(), "figures");
        assert!(figures.iter().filter(|f| f.leads).count() <= 1, "{}: two figures lead", entry.name);
        for figure in figures {
            assert_ne!(figure.key, GRID, "{}: that is the grid's name", entry.name);
            says(figure.key, figure.label, figure.help);
            for action in figure.press.iter().chain(&figure.drag) {
                assert!(actions.iter().any(|a| a.key == *action), "{}: there is no {action}", figure.key);
            }
        }
        assert_eq!(steps.iter().map(|s| s.key).collect::<Vec<_>>(), ["update", "sweep"]);
        for control in controls {
            assert!(!RESERVED.contains(&control.key), "{}: a link says something else by it", control.key);
            assert!(!control.group.is_empty(), "{} stands under no heading", control.key);
            sane(control, controls);
        }
        for action in actions {
            says(action.key, action.label, action.help);
            keys(action.args.iter().map(|a| a.key).collect(), "arguments");
            action.args.iter().for_each(|argument| sane(argument, &action.args));
        }
        observables.iter().for_each(|o| says(o.key, o.label, o.help));
        layers.iter().for_each(|l| says(l.key, l.label, l.help));
        steps.iter().for_each(|s| says(s.key, s.label, s.help));
        for name in ["step", "updates", "state", "hash", "outcome"] {
            assert!(
                observables.iter().all(|o| o.key != name),
                "a line of a run says something else by '{name}'"
            );
        }
    }
}

/// A label in lower case (a name or a symbol may start otherwise) and help without a full stop at its end.
fn says(key: &str, label: &str, help: &str) {
    assert!(!label.is_empty() && !help.is_empty(), "'{key}' does not say what it is");
    assert!(label.chars().next().is_some_and(|c| !c.is_uppercase()), "'{label}' begins in upper case");
    assert!(!help.ends_with('.') && help.trim() == help, "\"{help}\"");
    assert!(key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "'{key}'");
}

fn sane(control: &Control, siblings: &[Control]) {
    says(control.key, control.label, control.help);
    control.check(control.key, &control.default_value()).unwrap();
    match &control.kind {
        ControlKind::Number { min, max, step, .. } => {
            assert!(min < max && *step > 0.0 && *step < max - min, "{}", control.key);
        }
        ControlKind::Integer { min, max, .. } => assert!(min < max && min.fract() + max.fract() == 0.0),
        ControlKind::Choice { options, .. } => {
            let words: BTreeSet<_> = options.iter().map(|o| o.value).collect();
            assert!(words.len() == options.len() && options.len() >= 2, "{}", control.key);
            assert!(options.iter().all(|o| !o.label.is_empty()), "{}", control.key);
        }
        ControlKind::Toggle { .. } => {}
        ControlKind::Course { max, over, .. } => {
            let length = siblings.iter().find(|c| c.key == *over);
            let counts = length.is_some_and(|c| matches!(c.kind, ControlKind::Integer { .. }));
            assert!(*max > 0.0 && counts, "{}: '{over}' is no number of sweeps", control.key);
        }
    }
    for when in &control.when {
        let other = siblings.iter().find(|c| c.key == when.key);
        let other =
            other.unwrap_or_else(|| panic!("{} depends on '{}', which is not there", control.key, when.key));
        assert!(other.key != control.key && !when.values.is_empty());
        for value in &when.values {
            other.check(other.key, &Value::Text((*value).to_owned())).unwrap();
        }
    }
}

/// Values at the ends of what a control allows, and all of its words.
fn extremes(control: &Control) -> Vec<Value> {
    match &control.kind {
        ControlKind::Number { min, max, .. } | ControlKind::Integer { min, max, .. } => {
            vec![Value::Number(*min), Value::Number(*max)]
        }
        ControlKind::Choice { options, .. } => {
            options.iter().map(|o| Value::Text(o.value.to_owned())).collect()
        }
        ControlKind::Toggle { .. } => vec![Value::Bool(false), Value::Bool(true)],
        ControlKind::Course { max, .. } => {
            vec![Value::Numbers(vec![0.0, *max]), Value::Numbers(vec![0.0, 0.0, 1.0, 0.0])]
        }
    }
}

/// What must be set for a control to count.
fn conditions(control: &Control) -> Values {
    control.when.iter().map(|when| (when.key.to_owned(), Value::Text(when.values[0].to_owned()))).collect()
}

/// A small spec of a model: of two pictures, or its example where it takes none.
fn tiny(entry: &Entry) -> Spec {
    engram_tests::supply_data();
    if !entry.takes.patterns {
        return Spec::parse(entry.example).unwrap();
    }
    let text = r#"{"width":4,"height":2,"bits":["11110000","10101010"]}"#;
    let mut spec = Spec::new(entry.name);
    spec.patterns = serde_json::from_str(text).unwrap();
    spec.start.corrupt = Some(Corrupt { flip: Some(0.25), ..Corrupt::default() });
    spec
}

#[test]
fn every_setting_can_go_to_its_extremes() {
    for entry in &CATALOGUE {
        for control in entry.describe(&tiny(entry)).controls {
            for value in extremes(&control) {
                let mut spec = tiny(entry);
                spec.params = conditions(&control);
                // A data set has pictures of its own.
                if entry.takes.patterns && (entry.takes.data)(&spec).is_some() {
                    (spec.patterns, spec.start) = Default::default();
                }
                let mut session = Session::open(&spec).unwrap();
                session.advance(Step::Update, 3);
                session
                    .edit(&Edit::Set { key: control.key.to_owned(), value: value.clone() })
                    .unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(session.machine().values()[control.key], value);
                session.advance(Step::Sweep, 3);
                let machine = session.machine();
                if let (told, Some((by_hand, _))) = (energy(machine), brute_force(machine)) {
                    assert!(near(told, by_hand), "{} {value}: energy {told} is {by_hand}", control.key);
                }
                let (end, hash) = (session.end(), machine.hash());
                session.seek(0);
                session.seek(end);
                assert_eq!(session.machine().hash(), hash, "{} {value}: replayed", control.key);
            }
        }
    }
}

#[test]
fn every_argument_of_an_action_can_go_to_its_extremes() {
    for entry in &CATALOGUE {
        for action in entry.describe(&tiny(entry)).actions {
            for argument in &action.args {
                for value in extremes(argument) {
                    let mut args = conditions(argument);
                    args.insert(argument.key.to_owned(), value);
                    // Spoiling asks for an amount, or a deviation, wherever there is one to be given.
                    let asked = |a: &Control| a.when.is_empty() || ["amount", "deviation"].contains(&a.key);
                    for other in action.args.iter().filter(|a| asked(a)) {
                        if !args.contains_key(other.key) {
                            args.insert(other.key.to_owned(), other.default_value());
                        }
                    }
                    if action.group == ActionGroup::Memory {
                        args.insert("memory".to_owned(), Value::Number(0.0));
                    }
                    let mut session = Session::open(&tiny(entry)).unwrap();
                    let edit = Edit::Act { action: action.key.to_owned(), args: args.clone() };
                    session.edit(&edit).unwrap_or_else(|error| panic!("{}: {error}: {args:?}", action.key));
                    session.advance(Step::Sweep, 3);
                    assert!(session.undo() && session.time() == 0);
                }
            }
        }
    }
}

// ------------------------------------------------------------------------------------- specs made at random

/// A value that a control may have.
fn value(control: &Control, u: f64) -> Value {
    match &control.kind {
        ControlKind::Number { min, max, .. } => Value::Number(min + (max - min) * u * u),
        ControlKind::Integer { min, max, .. } => Value::Number((min + (max - min).min(PATIENCE) * u).floor()),
        ControlKind::Choice { options, .. } => {
            let word = options[((options.len() as f64 * u) as usize).min(options.len() - 1)].value;
            Value::Text(word.to_owned())
        }
        ControlKind::Toggle { .. } => Value::Bool(u > 0.5),
        ControlKind::Course { max, .. } => Value::Numbers(vec![0.0, max * u, u, max * u * u, 1.0, 0.0]),
    }
}

/// One of several, if there are any: a model may have nothing to set or nothing to prepare.
fn chosen<'a, T>(all: &'a [T], which: &Index) -> Option<&'a T> {
    (!all.is_empty()).then(|| which.get(all))
}

/// Dice for one spec.
#[derive(Clone, Debug)]
struct Dice {
    entry: Index,
    seed: u32,
    size: (u32, u32),
    patterns: u32,
    settings: Vec<(Index, f64)>,
    prepare: Vec<(Index, Vec<f64>)>,
    start: (u8, f64, u64),
    clamp: Vec<Index>,
    names: bool,
}

fn dice() -> impl Strategy<Value = Dice> {
    let settings = prop::collection::vec((any::<Index>(), 0.0..1.0), 0..6);
    let prepare = prop::collection::vec((any::<Index>(), prop::collection::vec(0.0..1.0, 6)), 0..3);
    let clamp = prop::collection::vec(any::<Index>(), 0..3);
    let start = (0u8..7, 0.0..1.0, any::<u64>());
    (
        any::<Index>(),
        any::<u32>(),
        (1u32..5, 1u32..4),
        0u32..5,
        settings,
        prepare,
        start,
        clamp,
        any::<bool>(),
    )
        .prop_map(|(entry, seed, size, patterns, settings, prepare, start, clamp, names)| Dice {
            entry,
            seed,
            size,
            patterns,
            settings,
            prepare,
            start,
            clamp,
            names,
        })
}

impl Dice {
    fn spec(&self) -> Spec {
        engram_tests::supply_data();
        let entry = &CATALOGUE[self.entry.index(CATALOGUE.len())];
        let mut spec = Spec::new(entry.name);
        let (width, height) = self.size;
        let mut units = (width * height) as usize;
        if entry.takes.patterns {
            self.patterns(&mut spec, units);
        } else {
            spec = Spec::parse(entry.example).unwrap();
            units = catalogue::open(&spec).unwrap().cells().count();
        }
        spec.seed = u64::from(self.seed);
        if self.names {
            spec.title = "a: b, c & d = 50 %".to_owned();
        }
        self.settings(entry, &mut spec);
        self.start(&mut spec, units);
        spec.clamp = self.clamp.iter().map(|unit| unit.index(units) as u32).collect();
        spec.clamp.sort_unstable();
        spec.clamp.dedup();
        spec
    }

    fn patterns(&self, spec: &mut Spec, units: usize) {
        let (width, height) = self.size;
        (spec.patterns.width, spec.patterns.height) = (Some(width), Some(height));
        let bits = |k: u64| -> String {
            let word =
                (u64::from(self.seed) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(11 * k as u32);
            (0..units).map(|i| if word >> i & 1 == 1 { '1' } else { '0' }).collect()
        };
        spec.patterns.bits = Some((0..u64::from(self.patterns)).map(bits).collect());
        if self.names {
            spec.patterns.names = (0..self.patterns).map(|k| format!("n, {k} % ü&=")).collect();
        }
    }

    fn settings(&self, entry: &Entry, spec: &mut Spec) {
        let description = entry.describe(spec);
        for (which, u) in &self.settings {
            let Some(control) = chosen(&description.controls, which) else { break };
            spec.params.extend(conditions(control));
            spec.params.insert(control.key.to_owned(), value(control, *u));
        }
        let deeds: Vec<_> =
            description.actions.iter().filter(|a| a.prepares() && !a.args.is_empty()).collect();
        for (which, values) in &self.prepare {
            let Some(action) = chosen(&deeds, which) else { break };
            let args =
                action.args.iter().zip(values).map(|(a, u)| (a.key.to_owned(), value(a, *u))).collect();
            spec.prepare.push(Prepare { action: action.key.to_owned(), args });
        }
    }

    fn start(&self, spec: &mut Spec, units: usize) {
        let (way, fraction, word) = self.start;
        let none = Corrupt::default();
        match way {
            0 => spec.start.random = true,
            1 => {
                let cell = |i: usize| ['0', '1', '?'][(word.rotate_right(2 * i as u32) & 3).min(2) as usize];
                spec.start.state = Some((0..units).map(cell).collect());
            }
            2 if self.patterns > 0 && !spec.patterns.is_empty() => {
                spec.start.pattern = Some(word as u32 % self.patterns)
            }
            3 => spec.start.corrupt = Some(Corrupt { flip: Some(fraction), ..none }),
            4 => {
                let to = Some("unknown".to_owned());
                spec.start.corrupt = Some(Corrupt { mask: Some(fraction), to, ..none });
            }
            5 => spec.start.corrupt = Some(Corrupt { half: Some("left".to_owned()), ..none }),
            _ => {}
        }
    }
}

/// Everything that can be seen of a machine without touching it.
fn look(machine: &dyn Machine) -> String {
    let (width, height) = machine.size();
    let units = width * height;
    let mut seen = format!("{:?}{:?}{:?}", machine.observe(), machine.outcome(), machine.values());
    for layer in &machine.describe().layers {
        let count = match layer.index {
            LayerIndex::None => 1,
            LayerIndex::Unit => units,
            LayerIndex::Memory => machine.memories().len(),
        };
        for index in 0..count {
            let picture =
                machine.layer(layer.key, index).unwrap_or_else(|error| panic!("{}: {error}", layer.key));
            assert_eq!(picture.values.len(), picture.width * picture.height, "{}", layer.key);
            assert!(!layer.overlay || (picture.width, picture.height) == (width, height), "{}", layer.key);
            seen += &format!("{picture:?}");
        }
        if layer.index != LayerIndex::None {
            assert!(machine.layer(layer.key, count).is_err(), "{} has no {count}", layer.key);
        }
    }
    for figure in &machine.describe().figures {
        let parts = [FigurePart::Still, FigurePart::Moving].map(|part| {
            machine.figure(figure.key, part).unwrap_or_else(|error| panic!("{}: {error}", figure.key))
        });
        holds_together(figure.key, &parts);
        let boxes = parts[0].boxes.len();
        for index in 0..boxes {
            let close = [FigurePart::Still, FigurePart::Moving]
                .map(|part| machine.close_up(figure.key, index, part).unwrap());
            holds_together(figure.key, &close);
            assert!(close[0].boxes.is_empty() && close[1].marks.len() > 1 && !close[1].note.is_empty());
        }
        assert!(machine.close_up(figure.key, boxes, FigurePart::Still).is_err(), "{} {boxes}", figure.key);
        assert!(machine.close_up(figure.key, usize::MAX, FigurePart::Moving).is_err(), "{}", figure.key);
        seen += &format!("{parts:?}");
    }
    assert!(machine.figure("no such figure", FigurePart::Still).is_err());
    for unit in 0..units {
        seen += &format!("{:?}", machine.explain(unit).unwrap());
    }
    assert!(machine.explain(units).is_err() && machine.layer("no such picture", 0).is_err());
    for meter in machine.meters() {
        says(meter.key, meter.label, meter.help);
        assert!(meter.value >= 0.0 && meter.max > 0.0 && meter.max.is_finite(), "{}", meter.key);
        assert!(
            meter.expect.ends_with('.') && meter.expect.starts_with(|c: char| !c.is_lowercase()),
            "{}",
            meter.expect
        );
        let places: Vec<_> = meter.marks.iter().map(|mark| mark.at).collect();
        assert!(places.is_sorted() && places.iter().all(|at| (0.0..=meter.max).contains(at)), "{places:?}");
        meter.marks.iter().for_each(|mark| says("mark", mark.label, mark.help));
        seen += &format!("{meter:?}");
    }
    seen + &format!("{:?}{:?}{:?}", machine.notices(), machine.describe(), machine.snapshot())
}

/// That the parts of a figure are one picture: places and numbers that can be drawn, links between nodes that are there,
/// notes in sentences.
fn holds_together(key: &str, parts: &[Figure; 2]) {
    let marks = || parts.iter().flat_map(|part| &part.marks);
    let nodes: usize = marks().map(|mark| if let Mark::Nodes { at, .. } = mark { at.len() } else { 0 }).sum();
    let drawn = |places: &[[f32; 2]]| {
        assert!(places.iter().flatten().all(|x| x.is_finite()), "{key}: a place that is none");
    };
    let one_each = |found: usize, of: usize| assert!(found == 0 || found == of, "{key}: {found} for {of}");
    for mark in marks() {
        match mark {
            Mark::Field { width, height, bounds, values, .. } => {
                assert_eq!(values.len(), width * height, "{key}");
                assert!(bounds[0] < bounds[2] && bounds[1] < bounds[3], "{key}: {bounds:?}");
            }
            Mark::Lines { paths, .. } => paths.iter().for_each(|path| drawn(path)),
            Mark::Arrows { from, by } => {
                assert_eq!(from.len(), by.len(), "{key}");
                drawn(from);
                drawn(by);
            }
            Mark::Points { at, error, names, .. } => {
                drawn(at);
                one_each(error.len(), at.len());
                one_each(names.len(), at.len());
            }
            Mark::Nodes { at, states, colours, sizes, names } => {
                drawn(at);
                assert_eq!(states.len(), at.len(), "{key}");
                one_each(sizes.len(), at.len());
                one_each(names.len(), at.len());
                assert!(sizes.iter().all(|size| size.is_finite() && *size > 0.0), "{key}");
                // A state that is no number is one that is not known.
                let fits = |x: &f32| if *colours { *x >= 0.0 && x.fract() == 0.0 } else { x.abs() <= 1.0 };
                assert!(states.iter().all(|state| state.is_nan() || fits(state)), "{key}: {states:?}");
            }
            Mark::Links { pairs, strengths, .. } => {
                assert!(
                    pairs.iter().flatten().all(|&end| (end as usize) < nodes),
                    "{key}: a link to nowhere"
                );
                one_each(strengths.len(), pairs.len());
                assert!(strengths.iter().all(|strength| strength.is_finite()), "{key}");
            }
            Mark::Bars { values, shares, memories, .. } => {
                assert!(values.iter().all(|value| value.is_finite()), "{key}: {values:?}");
                one_each(memories.len(), values.len());
                for (bar, _) in values.iter().enumerate() {
                    let whole: f32 = shares.iter().map(|of| of[bar]).sum();
                    assert!((0.0..1.0 + 1e-4).contains(&whole), "{key}: shares of {whole}");
                }
            }
        }
    }
    for part in parts {
        for axis in [&part.x, &part.y] {
            assert!(axis.range.is_none_or(|[from, to]| from < to), "{key}: {:?}", axis.range);
            assert!(axis.ticks.iter().all(|tick| tick.at.is_finite()), "{key}");
        }
        let ends = |note: &str| note.ends_with(['.', '!']) && !note.starts_with(char::is_lowercase);
        assert!(part.note.is_empty() || ends(&part.note), "{key}: \"{}\"", part.note);
    }
}

/// Energy by its definition, from the weights that each unit says it feels, and the field of every unit; none of a model
/// that has no weights between pairs of units.
fn brute_force(machine: &dyn Machine) -> Option<(f64, Vec<f64>)> {
    let Cells::Spins(spins) = machine.cells() else { return None };
    // The one place where a bias may count with another sign in updates than in the energy.
    let opposed = machine.values().get("bias_sign") == Some(&Value::Text("opposed".to_owned()));
    let sign = if opposed { -1.0 } else { 1.0 };
    let weights = machine.layer("weights", 0).ok()?;
    let (mut pairs, mut alone, mut fields) = (0.0, 0.0, Vec::new());
    for (i, &s) in spins.iter().enumerate() {
        let why = machine.explain(i).unwrap();
        let mut field = why.bias;
        for term in &why.contributions {
            assert_eq!(term.state, f64::from(spins[term.unit]));
            let drawn = f64::from(weights.values[i * spins.len() + term.unit]);
            assert!(
                (drawn - term.weight).abs() <= 1e-6 * term.weight.abs(),
                "{drawn} is not {}",
                term.weight
            );
            field += term.weight * term.state;
            pairs += f64::from(s) * term.weight * term.state;
        }
        alone += f64::from(s) * sign * why.bias;
        fields.push(field);
    }
    Some((-0.5 * pairs - alone, fields))
}

/// The energy that the machine reports.
fn energy(machine: &dyn Machine) -> f64 {
    let mut scalars = machine.describe().observables.iter().filter(|o| o.shape == Shape::Scalar);
    machine.observe().scalars[scalars.position(|o| o.key == "energy").expect("an energy")]
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs() + b.abs())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn specs_go_through_json_and_links(dice in dice()) {
        let spec = dice.spec();
        prop_assert_eq!(Spec::parse(&spec.to_json()), Ok(spec.clone()));
        let Ok(machine) = catalogue::open(&spec) else { return Ok(()) };
        let text = link::write(&spec);
        match link::read(&text, false) {
            Reading::Spec { spec: back, notices } => {
                prop_assert_eq!(notices, Vec::<String>::new());
                prop_assert_eq!(link::write(&back), text);
                let again = catalogue::open(&back).unwrap();
                prop_assert_eq!(again.hash(), machine.hash());
                prop_assert_eq!(again.values(), machine.values());
                prop_assert_eq!(again.memories(), machine.memories());
                // All but settings at their defaults is the same.
                prop_assert_eq!(Spec { params: Values::new(), ..*back }, Spec { params: Values::new(), ..spec });
            }
            Reading::Problem { problem, .. } => prop_assert!(false, "{:?}: {}", problem, text),
        }
    }

    #[test]
    fn looking_changes_nothing_and_snapshots_bring_everything_back(dice in dice(), updates in 0u64..60) {
        let spec = dice.spec();
        let (Ok(mut a), Ok(mut b)) = (catalogue::open(&spec), catalogue::open(&spec)) else { return Ok(()) };
        let (mut made, mut seen) = (0, look(a.as_ref()));
        while made < updates {
            let hash = a.hash();
            prop_assert_eq!(&look(a.as_ref()), &seen);
            prop_assert_eq!(a.hash(), hash);
            let done = a.advance(1);
            made += done;
            seen = look(a.as_ref());
            if done == 0 {
                break;
            }
        }
        prop_assert_eq!(b.advance(updates), made, "looking made a difference");
        prop_assert_eq!(b.hash(), a.hash());
        let mut c = catalogue::open(&spec).unwrap();
        c.restore(&a.snapshot()).unwrap();
        prop_assert_eq!(c.hash(), a.hash());
        prop_assert_eq!(look(c.as_ref()), seen);
        prop_assert_eq!(c.advance(77), a.advance(77));
        prop_assert_eq!(c.hash(), a.hash());
        prop_assert!(c.restore(&[1, 2, 3]).is_err());
        prop_assert_eq!(c.hash(), a.hash());
    }

    #[test]
    fn the_energy_is_what_the_weights_say(dice in dice()) {
        let spec = dice.spec();
        let Ok(mut machine) = catalogue::open(&spec) else { return Ok(()) };
        let n = machine.spins().len();
        let mirrored = |w: Vec<f32>| (0..n).all(|i| (0..n).all(|j| w[i * n + j] == w[j * n + i]));
        let symmetric = machine.layer("weights", 0).map_or(true, |layer| mirrored(layer.values));
        let spins_only = matches!(machine.cells(), Cells::Spins(_));
        let consistent = machine.values().get("bias_sign") != Some(&Value::Text("opposed".to_owned()));
        for _ in 0..40 {
            // Numbers that have run away, as the machine itself says, add up to nothing.
            if machine.learned().is_some_and(|learned| !learned.is_sound()) {
                break;
            }
            let before = (energy(machine.as_ref()), machine.spins().to_vec());
            let fields = if let Some((by_hand, fields)) = brute_force(machine.as_ref()) {
                prop_assert!(near(before.0, by_hand), "{} is not {}", before.0, by_hand);
                fields
            } else {
                // Whatever the terms come from, they add up.
                let sum = |unit| {
                    let why = machine.explain(unit).unwrap();
                    why.bias + why.contributions.iter().map(|term| term.value).sum::<f64>()
                };
                (0..n).map(sum).collect()
            };
            for (unit, field) in fields.iter().enumerate() {
                let told = machine.explain(unit).unwrap().field;
                prop_assert!(near(*field, told), "field {} of unit {} is {}", told, unit, field);
            }
            if machine.advance(1) == 0 {
                break;
            }
            let changed: Vec<_> = (0..n).filter(|&i| machine.spins()[i] != before.1[i]).collect();
            // All together, units that the grid does not show may have changed too.
            // And an unknown unit that is asked has no flip: only of pairs is its energy half-way between both.
            let pairs = machine.layer("weights", 0).is_ok();
            let flip = |unit: &usize| pairs || before.1[*unit] != 0;
            let one = machine.visited().is_some() && spins_only && changed.iter().all(flip);
            if let ([unit], true, true, true) = (changed.as_slice(), symmetric, consistent, one) {
                let step = f64::from(before.1[*unit]) - f64::from(machine.spins()[*unit]);
                let difference = energy(machine.as_ref()) - before.0;
                prop_assert!(near(difference, step * fields[*unit]), "ΔE {} by {}", difference, step * fields[*unit]);
            }
        }
    }
}

// ------------------------------------------------------------------------------------------------- its past

/// Large nets may be held in another precision than small ones; the same is asked of them, less often.
#[test]
fn large_nets_keep_to_it_too() {
    for entry in &CATALOGUE {
        let update = entry.describe(&Spec::new(entry.name)).controls.into_iter().find(|c| c.key == "update");
        for value in update.iter().flat_map(extremes) {
            let mut spec = tiny(entry);
            if entry.takes.patterns {
                spec.patterns =
                    serde_json::from_str(r#"{"width":18,"height":16,"random":{"count":30}}"#).unwrap();
                spec.start.corrupt = Some(Corrupt { flip: Some(0.3), ..Corrupt::default() });
            }
            spec.params.insert("update".to_owned(), value.clone());
            let mut session = Session::open(&spec).unwrap();
            let mut hashes = vec![session.machine().hash()];
            let sweeps = 4 * session.machine().sweep_length();
            while session.time() < sweeps && session.advance(Step::Update, 1) > 0 {
                hashes.push(session.machine().hash());
                if session.time() % (sweeps / 4) == 1 {
                    let machine = session.machine();
                    if let (told, Some((by_hand, _))) = (energy(machine), brute_force(machine)) {
                        assert!(
                            (told - by_hand).abs() < 1e-4 * by_hand.abs().max(1.0),
                            "{told} is not {by_hand}"
                        );
                    }
                    assert_eq!(look(machine), look(machine));
                    assert_eq!(machine.hash(), hashes[session.time() as usize]);
                }
            }
            assert!(hashes.len() > 1, "{value}: nothing happens");
            for step in 0..40 {
                let time = step * 7919 % hashes.len();
                session.seek(time as u64);
                assert_eq!(session.machine().hash(), hashes[time], "{value}: moment {time}");
            }
        }
    }
}

/// Something done to a session.
#[derive(Clone, Debug)]
enum Deed {
    Advance(u64),
    Sweeps(u64),
    Seek(f64),
    Set(Index, f64),
    Act(Index, Vec<f64>, Vec<Index>),
    Undo,
    Redo,
    Restart(u32),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let act =
        (any::<Index>(), prop::collection::vec(0.0..1.0, 6), prop::collection::vec(any::<Index>(), 1..4));
    let deed = prop_oneof![
        4 => (1u64..90).prop_map(Deed::Advance),
        2 => (1u64..4).prop_map(Deed::Sweeps),
        2 => (0.0..1.2).prop_map(Deed::Seek),
        3 => (any::<Index>(), 0.0..1.0).prop_map(|(which, u)| Deed::Set(which, u)),
        6 => act.prop_map(|(which, values, units)| Deed::Act(which, values, units)),
        1 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => any::<u32>().prop_map(Deed::Restart),
    ];
    prop::collection::vec(deed, 1..14)
}

/// Does it, if it can be done; one that cannot must change nothing.
fn apply(session: &mut Session, deed: &Deed) {
    let description = session.machine().describe().clone();
    let units = session.machine().spins().len();
    let edit = match deed {
        Deed::Advance(updates) => {
            session.advance(Step::Update, *updates);
            return;
        }
        Deed::Sweeps(sweeps) => {
            session.advance(Step::Sweep, *sweeps);
            return;
        }
        Deed::Seek(u) => return session.seek((session.end() as f64 * u) as u64),
        Deed::Undo => {
            session.undo();
            return;
        }
        Deed::Redo => {
            session.redo();
            return;
        }
        Deed::Restart(seed) => return session.restart(Some(u64::from(*seed))).unwrap(),
        Deed::Set(which, u) => {
            let Some(control) = chosen(&description.controls, which) else { return };
            Edit::Set { key: control.key.to_owned(), value: value(control, *u) }
        }
        Deed::Act(which, values, cells) => {
            let Some(action) = chosen(&description.actions, which) else { return };
            let mut args: Values =
                action.args.iter().zip(values).map(|(a, u)| (a.key.to_owned(), value(a, *u))).collect();
            // Arguments of the actions that the bench itself carries out.
            if !action.prepares() {
                let cells = cells.iter().map(|cell| cell.index(units) as f64).collect();
                args.insert("units".to_owned(), Value::Numbers(cells));
                if !args.contains_key("value") {
                    args.insert("value".to_owned(), Value::Number((values[0] * 3.0).floor() - 1.0));
                }
                args.insert("memory".to_owned(), Value::Number((values[1] * 4.0).floor()));
                args.insert("to".to_owned(), Value::Number((values[3] * 4.0).floor()));
                let picture = |k: usize| {
                    (0..units).map(|i| if (i * 7 + k).is_multiple_of(3) { '1' } else { '0' }).collect()
                };
                let count = (values[4] * 3.0) as usize;
                args.insert("pictures".to_owned(), Value::Words((0..count).map(picture).collect()));
                args.insert("name".to_owned(), Value::Text(format!("name {}", values[2])));
            }
            Edit::Act { action: action.key.to_owned(), args }
        }
    };
    let before = (session.machine().hash(), session.time(), session.end(), session.machine().spec().clone());
    if session.edit(&edit).is_err() {
        let after =
            (session.machine().hash(), session.time(), session.end(), session.machine().spec().clone());
        assert_eq!(after, before, "{edit:?} failed and changed something");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_past_comes_back_bit_for_bit(
        dice in dice(),
        deeds in deeds(),
        moments in prop::collection::vec(any::<Index>(), 12),
    ) {
        let spec = dice.spec();
        let (Ok(mut a), Ok(mut b)) = (Session::open(&spec), Session::open(&spec)) else { return Ok(()) };
        for deed in &deeds {
            apply(&mut a, deed);
            apply(&mut b, deed);
            prop_assert_eq!((a.time(), a.end(), a.machine().hash()), (b.time(), b.end(), b.machine().hash()));
        }
        let (now, present) = (a.time(), a.machine().hash());
        // What is shared runs up to here, where it says so.
        if a.command().exact {
            let mut shared = Session::open(a.machine().spec()).unwrap();
            shared.advance(Step::Update, a.machine().age());
            prop_assert_eq!(shared.machine().hash(), present, "{}", a.command().words);
        }
        // Forwards once, one update at a time.
        let mut hashes = Vec::new();
        a.seek(0);
        for time in 0..=a.end() {
            a.seek(time);
            prop_assert_eq!(a.time(), time);
            hashes.push(a.machine().hash());
        }
        prop_assert_eq!(hashes[now as usize], present);
        // Then anywhere, by snapshots.
        for moment in &moments {
            let time = moment.index(hashes.len());
            a.seek(time as u64);
            prop_assert_eq!(a.machine().hash(), hashes[time], "moment {}", time);
            // Backwards by one.
            if time > 0 {
                a.seek(time as u64 - 1);
                prop_assert_eq!(a.machine().hash(), hashes[time - 1], "moment {}", time - 1);
            }
        }
        // And as saved.
        let mut saved = Session::load(&b.save()).unwrap();
        prop_assert_eq!((saved.time(), saved.end(), saved.machine().hash()), (now, b.end(), present));
        for moment in &moments {
            let time = moment.index(hashes.len());
            saved.seek(time as u64);
            prop_assert_eq!(saved.machine().hash(), hashes[time], "moment {} as saved", time);
        }
    }

    #[test]
    fn what_is_taken_back_is_as_it_was(dice in dice(), deeds in deeds()) {
        let Ok(mut session) = Session::open(&dice.spec()) else { return Ok(()) };
        for deed in &deeds {
            let before = (session.time(), session.end(), session.machine().hash(), session.machine().spec().clone());
            let edits = matches!(deed, Deed::Set(..) | Deed::Act(..) | Deed::Restart(_));
            let could = session.can_undo();
            apply(&mut session, deed);
            let changed = session.machine().spec() != &before.3;
            if edits && changed {
                prop_assert!(session.undo());
                let back = (session.time(), session.end(), session.machine().hash(), session.machine().spec().clone());
                prop_assert_eq!(&back, &before, "{:?}", deed);
                prop_assert_eq!(session.can_undo(), could);
                prop_assert!(session.redo());
            }
        }
    }
}
