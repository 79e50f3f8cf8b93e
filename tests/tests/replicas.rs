//! Two replicas of one glass at the bench: what is counted of them is what enumeration says, and what a run comes to is
//! judged by it.

use engram_lab::catalogue;
use engram_lab::figure::{Mark, Part};
use engram_lab::machine::{Machine, Outcome};
use engram_lab::plan::Edit;
use engram_lab::session::{Session, Step};
use engram_lab::spec::Spec;
use engram_lab::value::Value;

fn spec(seed: u32, params: &str) -> Spec {
    let text = format!(r#"{{"v":1,"model":"spin_glass","seed":{seed},"params":{{{params}}}}}"#);
    Spec::parse(&text).unwrap()
}

fn open(seed: u32, params: &str) -> Box<dyn Machine> {
    catalogue::open(&spec(seed, params)).unwrap_or_else(|error| panic!("{error}: {params}"))
}

fn sweeps(machine: &mut dyn Machine, count: u64) {
    machine.advance(count * machine.sweep_length());
}

fn scalar(machine: &dyn Machine, key: &str) -> f64 {
    let place = machine.describe().observables.iter().position(|o| o.key == key).expect(key);
    machine.observe().scalars[place]
}

/// Densities counted, and those of the theory.
fn laws(machine: &dyn Machine) -> (Vec<f32>, Option<Vec<f32>>) {
    let still = machine.figure("overlaps", Part::Still).unwrap();
    let theory = still.marks.first().map(|mark| match mark {
        Mark::Points { at, .. } => at.iter().map(|place| place[1]).collect(),
        other => panic!("{other:?}"),
    });
    match &machine.figure("overlaps", Part::Moving).unwrap().marks[0] {
        Mark::Bars { values, .. } => (values.clone(), theory),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_counted_has_the_exact_law() {
    for (params, within) in [
        (r#""width":3,"height":3,"temperature":2"#, 0.05),
        (r#""width":3,"height":3,"temperature":2,"update":"metropolis","boundary":"free""#, 0.05),
        (r#""kind":"sherrington_kirkpatrick","width":4,"height":2,"temperature":0.8"#, 0.05),
        (r#""width":4,"height":2,"couplings":"gaussian","update":"tempering","coldest":0.4"#, 0.03),
    ] {
        let mut machine = open(3, params);
        sweeps(machine.as_mut(), 20_000);
        let (counted, theory) = laws(machine.as_ref());
        let theory = theory.expect("it is small enough");
        assert_eq!(counted.len(), theory.len());
        let width = 2.0 / (counted.len() - 1) as f32;
        for law in [&counted, &theory] {
            assert!((law.iter().sum::<f32>() * width - 1.0).abs() < 1e-4, "{params}: {law:?}");
        }
        for (a, b) in counted.iter().zip(&theory) {
            assert!((a - b).abs() * width < within, "{params}: {counted:?} instead of {theory:?}");
        }
    }
    // Where the temperature changes, spins are held, or there are too many of them, no law is drawn.
    let law = |params: &str| laws(open(1, params).as_ref()).1;
    assert_eq!(law(r#""width":5,"height":4"#), None);
    assert_eq!(law(r#""width":3,"height":3,"course":"linear""#), None);
    let held = Spec { clamp: vec![2], ..spec(1, r#""width":3,"height":3"#) };
    assert_eq!(laws(catalogue::open(&held).unwrap().as_ref()).1, None);
}

#[test]
fn freezing_is_drawn_along_the_course() {
    let course =
        r#""kind":"sherrington_kirkpatrick","course":"linear","hot":2,"cold":0.5,"cooling_sweeps":31"#;
    let mut machine = open(4, course);
    let marks = |machine: &dyn Machine| machine.figure("freezing", Part::Moving).unwrap().marks;
    sweeps(machine.as_mut(), 31);
    let [Mark::Points { at: trail, .. }, Mark::Points { at: now, .. }] = &marks(machine.as_ref())[..] else {
        panic!("{:?}", marks(machine.as_ref()))
    };
    let temperatures: Vec<f32> = trail.iter().map(|place| place[0]).collect();
    assert_eq!((temperatures.len(), temperatures[0], temperatures[30]), (31, 2.0, 0.5));
    assert!(temperatures.windows(2).all(|two| (two[0] - two[1] - 0.05).abs() < 1e-6), "{temperatures:?}");
    let q = scalar(machine.as_ref(), "overlap") as f32;
    assert!(now.len() == 1 && (now[0][1] - q * q).abs() < 1e-6 && trail[30][1] == now[0][1]);
    assert_eq!(machine.figure("freezing", Part::Still).unwrap().marks, []);
    assert!(machine.figure("no such figure", Part::Still).is_err());
}

#[test]
fn a_run_is_judged_by_the_lowest_of_all_states() {
    let mut kinds = [0, 0];
    for seed in 1..=12 {
        for cooling in [1, 300] {
            let params = format!(
                r#""kind":"sherrington_kirkpatrick","width":4,"height":4,"course":"geometric","hot":2,"cold":0.1,"cooling_sweeps":{cooling}"#
            );
            let mut machine = open(seed, &params);
            sweeps(machine.as_mut(), 1000);
            assert!(machine.at_rest());
            let lowest = machine.exact().unwrap().averages.energy_min;
            let is_lowest = (scalar(machine.as_ref(), "energy") - lowest).abs() < 1e-9;
            let Outcome::Answer { valid, says } = machine.outcome() else {
                panic!("{:?}", machine.outcome())
            };
            assert_eq!(valid, is_lowest, "{says}");
            kinds[usize::from(cooling > 1)] += u32::from(valid);
        }
    }
    assert!(kinds[0] < kinds[1] && kinds[1] >= 9, "{kinds:?} of 12 found the lowest");
    let mut large = open(1, r#""temperature":0"#);
    sweeps(large.as_mut(), 1000);
    let Outcome::Answer { valid: true, says } = large.outcome() else { panic!("{:?}", large.outcome()) };
    assert!(says.starts_with("a valley of energy −1.") && says.contains("in this run"), "{says}");
}

#[test]
fn a_glass_by_number_stays_whatever_the_dice() {
    let pulls = |seed, sample| {
        let params = format!(r#""width":4,"height":4,"couplings":"gaussian","sample":{sample}"#);
        open(seed, &params).layer("weights", 0).unwrap().values
    };
    assert_eq!(pulls(1, 7), pulls(2, 7));
    assert_ne!(pulls(1, 7), pulls(1, 8));
    assert_ne!(pulls(1, 0), pulls(2, 0));
    assert_ne!(pulls(7, 0), pulls(7, 7));
}

#[test]
fn the_replicas_differ_in_all_but_what_is_held() {
    let held = Spec { clamp: vec![0, 5, 9], ..spec(5, r#""temperature":3"#) };
    let mut machine = catalogue::open(&held).unwrap();
    for _ in 0..3 {
        let both = machine.layer("overlap", 0).unwrap().values;
        let other = machine.layer("other", 0).unwrap().values;
        let agreeing = both.iter().filter(|&&x| x > 0.0).count();
        assert!((90..170).contains(&agreeing), "{agreeing} of 256");
        for unit in 0..256 {
            assert_eq!(both[unit], other[unit] * f32::from(machine.spins()[unit]));
            assert!(![0, 5, 9].contains(&unit) || both[unit] == 1.0);
        }
        let mean = both.iter().map(|&x| f64::from(x)).sum::<f64>() / 256.0;
        assert!((scalar(machine.as_ref(), "overlap") - mean).abs() < 1e-12);
        sweeps(machine.as_mut(), 40);
    }
}

#[test]
fn tempering_begins_where_the_run_is_and_leads_back() {
    let mut session = Session::open(&spec(2, r#""width":6,"height":6,"temperature":1"#)).unwrap();
    session.advance(Step::Sweep, 5);
    let mut set = |key: &str, value: &str| {
        let before = session.machine().state_text();
        let value = Value::Text(value.to_owned());
        session.edit(&Edit::Set { key: key.to_owned(), value }).unwrap();
        assert_eq!(session.machine().state_text(), before);
        session.advance(Step::Sweep, 30);
        (session.machine().sweep_length(), scalar(session.machine(), "swaps"))
    };
    let (length, swaps) = set("update", "tempering");
    assert!(length == 8 && swaps > 0.1, "{length} {swaps}");
    let (length, swaps) = set("update", "metropolis");
    assert!(length == 36 && swaps.is_nan());
    // Another glass of the same size is cooled on from there.
    set("kind", "sherrington_kirkpatrick");
}

#[test]
fn what_is_measured_at_a_temperature_lies_on_the_exact_curves() {
    let parts = |machine: &dyn Machine| {
        [Part::Still, Part::Moving].map(|part| machine.figure("thermal", part).unwrap())
    };
    for params in [
        r#""width":4,"height":3,"temperature":1.5"#,
        r#""width":4,"height":3,"update":"tempering","coldest":1.5"#,
    ] {
        let mut machine = open(3, params);
        sweeps(machine.as_mut(), 4000);
        let [still, moving] = parts(machine.as_ref());
        let (Mark::Lines { paths, .. }, Mark::Points { at, error, .. }) = (&still.marks[0], &moving.marks[0])
        else {
            panic!("{params}: {still:?}")
        };
        let [temperature, energy] = at[0];
        let curve = &paths[0];
        let next = curve.iter().position(|place| place[0] > temperature).expect("it goes further");
        let ([x, y], [right, above]) = (curve[next - 1], curve[next]);
        let exact = y + (above - y) * (temperature - x) / (right - x);
        assert!((energy - exact).abs() < 5.0 * error[0] + 0.02, "{params}: {energy}, and {exact} exactly");
    }
    let [still, moving] = parts(open(3, r#""width":5,"height":5"#).as_ref());
    assert!(still.marks.is_empty() && still.note.contains("more than 16") && moving.marks.len() == 3);
}
