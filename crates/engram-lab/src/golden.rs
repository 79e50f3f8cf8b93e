//! Golden streams: seeded runs through everything that computes, each as one hash.
//!
//! The same text must come out natively, in Node and in every browser, with vectors and without. A change here means
//! that links no longer replay: then [`crate::spec::ENGINE_VERSION`] goes up.

use std::collections::BTreeMap;

use engram::bipartite::{Groups, Layer, Lists, Matrix, NEVER, Panels, Rounded, WIDTH, cut, draw, panels_of};
use engram::math;
use engram::rng::{Lanes, Rng, Stream};

use crate::catalogue::{self, CATALOGUE};
use crate::control::ControlKind;
use crate::describe::Shape;
use crate::machine::fnv1a;
use crate::spec::{Spec, Start};
use crate::value::Value;
use crate::values::Values;

/// All streams: name and hash in hexadecimal.
///
/// # Panics
/// If a run that is written down here cannot be.
#[must_use]
pub fn streams() -> BTreeMap<String, String> {
    let mut streams = BTreeMap::from([
        ("generator".to_owned(), hex(&generator())),
        ("mathematics".to_owned(), hex(&mathematics())),
        ("layers".to_owned(), hex(&layers())),
    ]);
    for entry in &CATALOGUE {
        // The same streams whether or not data sets are at hand.
        let own = variants(entry).into_iter().filter(|(_, spec)| (entry.takes.data)(spec).is_none());
        for (name, spec) in own {
            streams.insert(format!("{} {name}", entry.name), hex(&run(&spec)));
        }
    }
    streams
}

/// The streams as JSON, one a line.
#[must_use]
pub fn json() -> String {
    serde_json::to_string_pretty(&streams()).expect("plain data")
}

fn hex(bytes: &[u8]) -> String {
    format!("{:016x}", fnv1a(bytes))
}

fn generator() -> Vec<u8> {
    let mut rng = Rng::new(7, Stream::Experiment, 1);
    let mut bytes = Vec::new();
    for bound in 1..2000u32 {
        bytes.extend(rng.word().to_le_bytes());
        bytes.extend(rng.below(bound).to_le_bytes());
        bytes.extend(rng.unit().to_bits().to_le_bytes());
        bytes.extend(rng.normal().to_bits().to_le_bytes());
        bytes.push(u8::from(rng.bernoulli(0.3)));
    }
    bytes
}

fn mathematics() -> Vec<u8> {
    let mut bytes = Vec::new();
    for k in -2000..2000 {
        let x = f64::from(k) * 0.017;
        for y in [math::exp(x), math::sigmoid(x), math::sqrt(math::abs(x)), math::ln(math::abs(x) + 1e-3)] {
            bytes.extend(y.to_bits().to_le_bytes());
        }
    }
    bytes
}

/// Units of one layer drawn from those of another, by their weights as they are and rounded.
fn layers() -> Vec<u8> {
    let mut rng = Rng::new(7, Stream::Experiment, 2);
    let numbers: Vec<f32> = (0..300 * 72).map(|_| rng.normal() as f32).collect();
    let weights = Panels::of(300, 72, |row, column| numbers[row * 72 + column]);
    let mut rounded = Rounded::zero(300, 72);
    rounded.follow(&weights);
    let bias = cut((0..72).map(|k| k as f32 / 36.0 - 1.0), NEVER);
    let cells: Vec<u8> = (0..300 * 9).map(|_| u8::from(rng.bernoulli(0.2))).collect();
    let from = Lists::of(300, &cells);
    let mut dice = Lanes::new(7, Stream::Experiment, 3);
    let mut bytes = drawn(Layer { weights: &weights, bias: &bias }, &from, &mut dice);
    bytes.extend(drawn(Layer { weights: &rounded, bias: &bias }, &from, &mut dice));
    let mut turned = Rounded::zero(72, 300);
    turned.transpose_of(&rounded, 0.5);
    let bias = vec![[-0.5; WIDTH]; panels_of(300)];
    let from = Lists::of(72, &cells[..72 * 5]);
    bytes.extend(drawn(Layer { weights: &turned, bias: &bias }, &from, &mut dice));
    bytes
}

fn drawn<M: Matrix>(layer: Layer<'_, M>, from: &Lists, dice: &mut Lanes) -> Vec<u8> {
    let units = layer.weights.columns();
    let mut to = Lists::new(units, from.copies());
    let mut known = vec![[0.0; WIDTH]; layer.bias.len() * from.copies()];
    draw(layer, from, Groups { single: units - 12, slopes: &[] }, dice, &mut to, Some(&mut known));
    let mut bytes: Vec<u8> = known.as_flattened().iter().flat_map(|p| p.to_bits().to_le_bytes()).collect();
    bytes.extend(to.iter().flatten().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// The machine's example under every value of every choice and both of every switch, and after every preparation, at
/// its own size; and its defaults at a size beyond double precision.
fn variants(entry: &catalogue::Entry) -> Vec<(String, Spec)> {
    let plain = Spec::parse(entry.example).expect("an example");
    let description = entry.describe(&plain);
    let mut variants = vec![("default".to_owned(), plain.clone())];
    for control in &description.controls {
        let values: Vec<Value> = match &control.kind {
            ControlKind::Choice { options, .. } => {
                options.iter().map(|o| Value::Text(o.value.to_owned())).collect()
            }
            ControlKind::Toggle { .. } => vec![Value::Bool(true)],
            _ => Vec::new(),
        };
        for value in values {
            let mut spec = plain.clone();
            spec.params.insert(control.key.to_owned(), value.clone());
            variants.push((format!("{} {value}", control.key), spec));
        }
    }
    for action in description.actions.iter().filter(|a| a.prepares()) {
        for how in action.args.iter().filter_map(|arg| match &arg.kind {
            ControlKind::Choice { options, .. } => Some((arg.key, options)),
            _ => None,
        }) {
            for option in how.1 {
                let mut spec = plain.clone();
                let args = Values::from([(how.0.to_owned(), Value::Text(option.value.to_owned()))]);
                spec.prepare.push(crate::spec::Prepare { action: action.key.to_owned(), args });
                variants.push((format!("{} {}", action.key, option.value), spec));
            }
        }
        if !action.args.is_empty()
            && !action.args.iter().any(|a| matches!(a.kind, ControlKind::Choice { .. }))
        {
            let mut spec = plain.clone();
            spec.prepare.push(crate::spec::Prepare { action: action.key.to_owned(), args: Values::new() });
            variants.push((action.key.to_owned(), spec));
        }
    }
    // From every variant also in single precision: random pictures of more than 256 units.
    let large: Vec<_> = variants
        .iter()
        .filter(|_| entry.takes.patterns && entry.size.is_none())
        .map(|(name, spec)| {
            let mut spec = spec.clone();
            spec.patterns =
                serde_json::from_str(r#"{ "random": { "count": 40, "units": 289 } }"#).expect("patterns");
            (format!("large {name}"), spec)
        })
        .collect();
    variants.extend(large);
    variants
}

/// The states along a run of ten sweeps from the spec's start and ten from a random one, energies and layers with
/// them.
fn run(spec: &Spec) -> Vec<u8> {
    let mut bytes = Vec::new();
    for random in [false, true] {
        let mut spec = spec.clone();
        spec.seed = 11;
        if random {
            spec.start = Start { random: true, ..Start::default() };
        }
        let mut machine = catalogue::open(&spec).expect("a variant of the example");
        for _ in 0..10 {
            machine.advance(machine.sweep_length());
            bytes.extend(machine.hash().to_le_bytes());
            // Changes are counted from where the sweep began, as they are drawn.
            let flips =
                machine.layer("flips", 0).map_or(0.0, |layer| layer.values.into_iter().map(f64::from).sum());
            let scalars = machine.describe().observables.iter().filter(|o| o.shape == Shape::Scalar);
            for (observable, value) in scalars.zip(machine.observe().scalars) {
                let value = if observable.key == "flips" { flips } else { value };
                bytes.extend(value.to_bits().to_le_bytes());
            }
        }
    }
    bytes
}
