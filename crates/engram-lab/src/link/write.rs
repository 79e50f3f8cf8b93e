//! From a spec to a link.

use percent_encoding::utf8_percent_encode;

use super::pack::pack;
use super::{ESCAPED, checksum};
use crate::catalogue;
use crate::spec::{ENGINE_VERSION, Patterns, Spec, Start};
use crate::value::Value;
use crate::values::Values;

/// Pairs in order.
struct Pairs(Vec<String>);

impl Pairs {
    fn add(&mut self, key: &str, value: &str) {
        self.0.push(format!("{key}={}", utf8_percent_encode(value, &ESCAPED)));
    }

    fn number(&mut self, key: &str, value: Option<f64>) {
        if let Some(x) = value {
            self.add(key, &x.to_string());
        }
    }
}

/// The link of a spec, without `#`. The same spec always gives the same link.
#[must_use]
pub fn write(spec: &Spec) -> String {
    let mut pairs = Pairs(Vec::new());
    pairs.add("v", &spec.v.to_string());
    pairs.add("e", &spec.engine.unwrap_or(ENGINE_VERSION).to_string());
    pairs.add("m", &spec.model);
    if spec.seed != 1 {
        pairs.add("seed", &spec.seed.to_string());
    }
    patterns(&mut pairs, &spec.patterns);
    if let Some(rows) = &spec.weights {
        pairs.add("w", &lists(rows));
    }
    if let Some(biases) = &spec.biases {
        pairs.add("b", &list(biases));
    }
    if let Some(name) = &spec.learned {
        pairs.add("learned", name);
    }
    for (key, given) in [("xy", &spec.places), ("edges", &spec.edges)] {
        if let Some(rows) = given {
            pairs.add(key, &lists(rows));
        }
    }
    let controls =
        catalogue::find(&spec.model).map(|entry| entry.describe(spec).controls).unwrap_or_default();
    for (key, value) in &spec.params {
        if !controls.iter().any(|c| c.key == key && c.goes_without_saying(value)) {
            pairs.add(key, &word(value));
        }
    }
    for step in &spec.prepare {
        pairs.add("do", &action(&step.action, &step.args));
    }
    start(&mut pairs, &spec.start);
    if !spec.clamp.is_empty() {
        pairs.add("clamp", &spec.clamp.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    }
    for beside in &spec.beside {
        pairs.add("beside", &action(beside.model.as_deref().unwrap_or_default(), &beside.params));
    }
    view(&mut pairs, spec);
    let text = pairs.0.join("&");
    format!("{text}&k={}", checksum(&text))
}

fn patterns(pairs: &mut Pairs, patterns: &Patterns) {
    let grid = match (patterns.width, patterns.height) {
        (Some(width), Some(height)) => Some(format!("{width}x{height}")),
        _ => None,
    };
    if let Some(bits) = &patterns.bits {
        let packed: Vec<_> = bits.iter().map(|b| pack(b, '1')).collect();
        pairs
            .add("p", &std::iter::once(grid.unwrap_or_default()).chain(packed).collect::<Vec<_>>().join("."));
    } else if let Some(texts) = &patterns.grey {
        let texts = texts.iter().cloned();
        pairs.add(
            "grey",
            &std::iter::once(grid.unwrap_or_default()).chain(texts).collect::<Vec<_>>().join("."),
        );
    } else if let Some(values) = &patterns.values {
        pairs.add("values", &lists(values));
        pairs.0.extend(grid.map(|grid| format!("grid={grid}")));
    } else if let Some(set) = &patterns.set {
        pairs.add("set", set);
        pairs.number("size", patterns.size.map(f64::from));
        if let Some(take) = &patterns.take {
            pairs.add("take", take);
        }
    } else if let Some(random) = &patterns.random {
        let units = random.units.map(|n| n.to_string()).or(grid).unwrap_or_default();
        let seed = random.seed.map(|s| format!(".{s}")).unwrap_or_default();
        pairs.add("random", &format!("{}.{units}{seed}", random.count));
    } else if let Some(rows) = &patterns.walsh {
        let rows = rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        pairs.add("walsh", &format!("{}.{rows}", grid.unwrap_or_default()));
    } else if let Some(problem) = &patterns.problem {
        pairs.add("task", &format!("{problem}.{}", grid.unwrap_or_default()));
    } else if let Some(grid) = grid {
        pairs.add(if patterns.bars { "bars" } else { "grid" }, &grid);
    }
    if !patterns.names.is_empty() {
        // A comma in a name would split it.
        let names = patterns.names.iter().map(|name| name.replace('%', "%25").replace(',', "%2C"));
        pairs.add("n", &names.collect::<Vec<_>>().join(","));
    }
    if !patterns.importance.is_empty() {
        pairs.add("g", &list(&patterns.importance));
    }
}

fn start(pairs: &mut Pairs, start: &Start) {
    if start.random {
        pairs.add("start", "random");
    }
    pairs.number("start", start.pattern.map(f64::from));
    if let Some(state) = &start.state {
        pairs.add("state", &pack(state, '1'));
        if state.contains('?') {
            pairs.add("unk", &pack(state, '?'));
        }
    }
    if let Some(grey) = &start.grey {
        pairs.add("cue", grey);
    }
    if let Some(values) = &start.values {
        pairs.add("cues", &list(values));
    }
    if let Some(corrupt) = &start.corrupt {
        pairs.number("flip", corrupt.flip);
        pairs.number("mask", corrupt.mask);
        if let Some(half) = &corrupt.half {
            pairs.add("half", half);
        }
        pairs.number("block", corrupt.block);
        pairs.number("shuffle", corrupt.shuffle);
        pairs.number("noise", corrupt.noise);
        if let Some(to) = &corrupt.to {
            pairs.add("to", to);
        }
    }
}

fn view(pairs: &mut Pairs, spec: &Spec) {
    let mut parts = Vec::new();
    for (name, list) in [("keep", &spec.view.keep), ("hide", &spec.view.hide)] {
        parts.extend(list.iter().map(|item| format!("{name}:{item}")));
    }
    parts.extend(spec.view.figure.iter().map(|key| format!("figure:{key}")));
    parts.extend(spec.view.speed.map(|speed| format!("speed:{speed}")));
    if !parts.is_empty() {
        pairs.add("view", &parts.join(","));
    }
    for (key, words) in [("title", &spec.title), ("text", &spec.text)] {
        if !words.is_empty() {
            pairs.add(key, words);
        }
    }
}

fn action(name: &str, args: &Values) -> String {
    let args = args.iter().map(|(key, value)| format!("{key}:{}", word(value)));
    std::iter::once(name.to_owned()).chain(args).collect::<Vec<_>>().join(",")
}

fn word(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(x) => x.to_string(),
        Value::Text(text) => text.clone(),
        Value::Numbers(numbers) => list(numbers),
        Value::Words(words) => words.join(","),
    }
}

fn lists(rows: &[Vec<f64>]) -> String {
    rows.iter().map(|row| list(row)).collect::<Vec<_>>().join(";")
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
