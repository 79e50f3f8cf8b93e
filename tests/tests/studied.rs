//! What is looked at closely, and worked out beside a run, of machines that learn.

use engram::math;
use engram_lab::catalogue;
use engram_lab::figure::{Figure, Mark, Part, Role};
use engram_lab::histogram::Histogram;
use engram_lab::machine::Machine;
use engram_lab::spec::Spec;
use engram_lab::study::{Report, Study};

/// Two cells and three hidden units, of which the first one likes the first cell only.
const POSED: &str = r#"{"v":1,"model":"rbm","patterns":{"width":2,"height":1,"bits":["10","01","11"]},
    "weights":[[3,-1],[0,2],[0,0]],"biases":[0,0,-1,0,0],"params":{"epochs":1,"hidden":3}}"#;

fn open(spec: &str) -> Box<dyn Machine> {
    catalogue::open(&Spec::parse(spec).unwrap()).unwrap()
}

fn field(figure: &Figure, place: usize) -> &[f32] {
    let mut fields = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Field { values, .. } => Some(&values[..]),
        _ => None,
    });
    fields.nth(place).unwrap()
}

fn report(machine: &dyn Machine, key: &str) -> Report {
    let mut study = Study::begin(machine, key).unwrap();
    let mut before = -1.0;
    loop {
        assert!(study.progress() > before || before == 0.5 && study.progress() == 0.5);
        before = study.progress();
        if let Some(report) = study.advance().unwrap() {
            return report;
        }
    }
}

#[test]
fn a_unit_looked_at_closely_shows_its_weights_and_what_switches_it_on() {
    let machine = open(POSED);
    let boxes = machine.figure("filters", Part::Still).unwrap().boxes;
    assert_eq!(boxes.len(), 3);
    let unit = machine.close_up("filters", 0, Part::Moving).unwrap();
    assert_eq!(field(&unit, 0), [3.0, -1.0]);
    // Of the pictures 10, 01 and 11 it is on with σ(2), σ(−2) and σ(1): in this order 10, 11, 01.
    let pictures: Vec<f32> = field(&unit, 1).iter().copied().filter(|x| !x.is_nan()).collect();
    assert_eq!(pictures, [-1.0, 1.0, 1.0, -1.0, 1.0, 1.0]);
    let mean = 100.0 * (0.880_797 + 0.119_203 + 0.731_059) / 3.0;
    assert!(unit.note.starts_with("Hidden unit 1 (bias −1.000) is on beside "), "{}", unit.note);
    assert!(unit.note.contains(&format!("{mean:.1} % of 3 pictures")), "{}", unit.note);
    assert!(unit.note.contains("with 88.1 to 11.9 %"), "{}", unit.note);
    assert!(
        unit.note.ends_with("Strongest inputs: 1. row 1, column 1 (+3.000), 2. row 1, column 2 (−1.000)."),
        "{}",
        unit.note
    );
    assert!(unit.marks.iter().any(|mark| matches!(mark, Mark::Points { role: Role::Best, .. })));
    assert!(machine.close_up("filters", 3, Part::Still).is_err());
    assert!(machine.close_up("dreams", 0, Part::Still).is_err());
}

#[test]
fn weights_and_biases_have_histograms() {
    let machine = open(POSED);
    let layer = machine.layer("learned_weights", 0).unwrap();
    assert_eq!((layer.width, layer.height, layer.values), (2, 3, vec![3.0, -1.0, 0.0, 2.0, 0.0, 0.0]));
    assert_eq!(machine.layer("hidden_bias", 0).unwrap().values, [-1.0, 0.0, 0.0]);
    let spread = |layer| Histogram::of(machine.as_ref(), layer, 0, 31.0).unwrap();
    assert_eq!(
        (spread("learned_weights").total, spread("visible_bias").total, spread("hidden_bias").total),
        (6, 2, 3)
    );
    assert!((spread("learned_weights").mean - 4.0 / 6.0).abs() < 1e-12);
}

#[test]
fn what_a_small_machine_believes_adds_up() {
    let machine = open(POSED);
    let figure = machine.figure("distribution", Part::Moving).unwrap();
    let [Mark::Bars { values, .. }, Mark::Points { at, .. }] = &figure.marks[..] else {
        panic!("{figure:?}")
    };
    // States 00, 01, 10, 11 by hand: the product over hidden units of 1 + e^field.
    let unnormalised =
        |v: [f64; 2]| (1.0 + math::exp(-1.0 + 3.0 * v[0] - v[1])) * (1.0 + math::exp(2.0 * v[1])) * 2.0;
    let all = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]].map(unnormalised);
    let z: f64 = all.iter().sum();
    for (value, p) in values.iter().zip(all) {
        assert!((f64::from(*value) - p / z).abs() < 1e-6, "{values:?}");
    }
    assert_eq!(
        at.iter().map(|[_, share]| *share).collect::<Vec<_>>(),
        [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]
    );
    let divergence: f64 = all[1..].iter().map(|p| math::ln(z / p / 3.0) / 3.0).sum();
    assert!(figure.note.contains(&format!("{divergence:.3} nats")), "{divergence} {}", figure.note);
}

#[test]
fn the_likelihood_is_estimated_as_it_is() {
    let machine = open(POSED);
    let before = machine.hash();
    let report = report(machine.as_ref(), "likelihood");
    let exact = machine.exact_learning(None).unwrap();
    let [ln_z, seen] = &report.findings[..] else { panic!("{report:?}") };
    let error = ln_z.error.unwrap();
    assert!(
        error < 0.05 && (ln_z.value - exact.ln_z).abs() < 4.5 * error + 1e-4,
        "{report:?} {}",
        exact.ln_z
    );
    assert!((seen.value + ln_z.value - exact.log_likelihood - exact.ln_z).abs() < 1e-4, "{report:?}");
    assert!(report.note.contains("too low") && report.note.contains("too high"));
    assert_eq!(machine.hash(), before);
}

#[test]
fn what_cannot_be_studied_is_refused() {
    let machine = open(POSED);
    for key in ["head", "", "nothing"] {
        let error = Study::begin(machine.as_ref(), key).err().unwrap();
        assert!(error.to_string().contains("there is no such study"), "{error}");
    }
    let hopfield = open(r#"{"v":1,"model":"hopfield","patterns":{"random":{"count":1,"units":9}}}"#);
    assert!(Study::begin(hopfield.as_ref(), "likelihood").is_err());
}
