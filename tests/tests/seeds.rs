//! The numbers of the blog article and the slides that this project grew from, and of the nets they describe.

use engram_lab::catalogue;
use engram_lab::machine::{ExactReport, Machine, Outcome};
use engram_lab::spec::Spec;

fn open(json: &str) -> Box<dyn Machine> {
    let spec = Spec::parse(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    catalogue::open(&spec).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// The slides' 16 neurons: four Walsh patterns, averaged, biases if asked for, all together, a tie is ink.
fn slides(params: &str, start: &str) -> Box<dyn Machine> {
    open(&format!(
        r#"{{"v":1,"model":"hopfield","patterns":{{"width":4,"height":4,"walsh":[8,4,2,1]}},
            "params":{{"scale":"patterns","update":"synchronous","tie":"plus"{params}}},"start":{{"state":"{start}"}}}}"#
    ))
}

const CONSISTENT: &str = r#","bias":true"#;
const OPPOSED: &str = r#","bias":true,"bias_sign":"opposed""#;
const TABLE_1: &str = "1011010000000000";
const TABLE_2: &str = "0011100100000000";

/// Energy, distance to the first memory and state, from the start on, for so many steps.
fn table(machine: &mut dyn Machine, steps: usize) -> Vec<(f64, f64, String)> {
    let row = |machine: &dyn Machine| {
        let seen = machine.observe();
        (seen.scalars[0], seen.per_memory[1][0], machine.state_text())
    };
    let mut rows = vec![row(machine)];
    for _ in 0..steps {
        machine.advance(1);
        rows.push(row(machine));
    }
    rows
}

#[test]
fn the_slides_first_table_line_by_line() {
    let mut machine = slides(OPPOSED, TABLE_1);
    let printed = [
        (-5.0, 4.0, TABLE_1),
        (-13.0, 3.0, "1111111101110000"),
        (-21.0, 1.0, "1111011100000000"),
        (-28.0, 0.0, "1111111100000000"),
        (-28.0, 0.0, "1111111100000000"),
    ];
    let found = table(machine.as_mut(), 4);
    assert_eq!(found.iter().map(|(e, d, s)| (*e, *d, s.as_str())).collect::<Vec<_>>(), printed);
    assert_eq!(machine.observe().per_memory[1], [0.0, 8.0, 8.0, 8.0]);
    assert_eq!(machine.outcome(), Outcome::Recalled { memory: 0 });
}

#[test]
fn the_slides_second_table_ends_in_the_inverse_of_the_third_memory() {
    let mut machine = slides(OPPOSED, TABLE_2);
    let printed = [
        (-3.0, 4.0, TABLE_2),
        (-9.0, 5.0, "1111011100110011"),
        (-15.0, 7.0, "0011001100110001"),
        (-20.0, 8.0, "0011001100110011"),
        (-20.0, 8.0, "0011001100110011"),
    ];
    let found = table(machine.as_mut(), 4);
    assert_eq!(found.iter().map(|(e, d, s)| (*e, *d, s.as_str())).collect::<Vec<_>>(), printed);
    assert_eq!(machine.observe().per_memory[1], [8.0, 8.0, 16.0, 8.0]);
    assert_eq!(machine.outcome(), Outcome::Inverse { memory: 2 });
}

#[test]
fn with_the_sign_put_right_both_starts_come_to_the_first_memory() {
    for start in [TABLE_1, TABLE_2] {
        let mut machine = slides(CONSISTENT, start);
        machine.advance(10);
        assert_eq!(machine.outcome(), Outcome::Recalled { memory: 0 }, "{start}");
        assert_eq!(machine.observe().scalars[0], -28.0);
    }
}

fn classes(report: &ExactReport) -> Vec<(f64, usize)> {
    report.minima.strict_classes.iter().map(|class| (class.energy, class.count)).collect()
}

#[test]
fn the_landscape_of_the_slides_net() {
    let plain = slides(r#","temperature":1"#, TABLE_1).exact().unwrap();
    assert_eq!(classes(&plain), [(-24.0, 8), (-16.0, 32)]);
    assert_eq!(plain.averages.energy_max, 8.0);
    for (found, known) in [
        (plain.averages.ln_z, 26.12723905),
        (plain.averages.energy_mean, -23.68975515),
        (plain.averages.heat_capacity, 2.06957196),
    ] {
        assert!((found - known).abs() < 6e-9, "{found} is not {known}");
    }
    let biased = slides(CONSISTENT, TABLE_1).exact().unwrap();
    assert_eq!(classes(&biased), [(-28.0, 4), (-22.0, 4), (-20.0, 4), (-18.0, 12), (-10.0, 4)]);
    assert_eq!(biased.minima.weak.len(), 44);
}

#[test]
fn the_wrong_sign_turns_the_basins_round() {
    let memories = ["1111111100000000", "1111000011110000", "1100110011001100", "1010101010101010"];
    let inverse = |bits: &str| -> String { bits.chars().map(|c| if c == '1' { '0' } else { '1' }).collect() };
    for (params, fixed, memory, negative, cycles) in [
        ("", 44_488, 5_453, 5_453, 21_048),
        (CONSISTENT, 45_344, 9_427, 1_480, 20_192),
        (OPPOSED, 45_344, 1_480, 9_427, 20_192),
    ] {
        let report = slides(params, TABLE_1).exact().unwrap();
        let ends = &report.attractors;
        assert_eq!(report.rule, "synchronous");
        let basin = |bits: &str| {
            ends.fixed.iter().find(|point| report.state_text(point.code) == bits).map(|point| point.basin)
        };
        for bits in memories {
            assert_eq!(basin(bits), Some(memory), "{params}");
            assert_eq!(basin(&inverse(bits)), Some(negative), "{params}");
        }
        assert_eq!(ends.fixed.iter().map(|point| point.basin).sum::<u32>(), fixed, "{params}");
        assert_eq!((ends.two_cycle_basin, ends.other.count), (cycles, 0), "{params}");
    }
}

#[test]
fn the_letters_of_a_biased_net_have_the_energy_that_their_overlaps_say() {
    // E = n/2 − (1/2M) Σ q² − (1/M) Σ q with q = n m: the check of the slides' third table, on letters of our own.
    for k in 0..4 {
        let machine = open(&format!(
            r#"{{"v":1,"model":"hopfield","patterns":{{"set":"letters","take":"ABCE","size":6}},
                "params":{{"scale":"patterns","bias":true}},"start":{{"pattern":{k}}}}}"#
        ));
        let seen = machine.observe();
        let q: Vec<f64> = seen.per_memory[0].iter().map(|m| 36.0 * m).collect();
        assert_eq!(q[k], 36.0);
        let by_overlaps = 18.0 - q.iter().map(|q| q * q).sum::<f64>() / 8.0 - q.iter().sum::<f64>() / 4.0;
        assert!((seen.scalars[0] - by_overlaps).abs() < 1e-9, "{} is not {by_overlaps}", seen.scalars[0]);
    }
}

fn blog(params: &str, seed: u32, start: &str) -> Box<dyn Machine> {
    open(&format!(
        r#"{{"v":1,"model":"hopfield","seed":{seed},"patterns":{{"width":4,"height":1,"bits":["1101","0010"]}},
            "params":{params},"start":{{"state":"{start}"}}}}"#
    ))
}

#[test]
fn the_articles_first_cue_is_recalled_by_every_rule_of_updates() {
    for update in ["asynchronous", "sequential", "greedy", "synchronous"] {
        for seed in 1..=24 {
            let mut machine = blog(&format!(r#"{{"update":"{update}"}}"#), seed, "1100");
            assert_eq!(machine.observe().per_memory[1], [1.0, 3.0]);
            machine.advance(100);
            assert_eq!(machine.outcome(), Outcome::Recalled { memory: 0 }, "{update}, seed {seed}");
        }
    }
}

#[test]
fn the_articles_second_cue_has_no_right_answer() {
    let mut machine = blog(r#"{"update":"synchronous"}"#, 1, "1110");
    assert_eq!(machine.observe().per_memory[1], [2.0, 2.0]);
    let report = machine.exact().unwrap();
    machine.advance(100);
    assert_eq!(machine.outcome(), Outcome::TwoCycle);
    assert!(report.attractors.two_cycle_basin > 0);
    // One at a time, half of the 24 orders end in each memory: here the first two neurons asked decide.
    let draws = 1000;
    let first = (1..=draws)
        .filter(|&seed| {
            let mut machine = blog("{}", seed, "1110");
            machine.advance(100);
            match machine.outcome() {
                Outcome::Recalled { memory } => memory == 0,
                other => panic!("{other:?}"),
            }
        })
        .count();
    // 4.5 standard errors of a fair coin.
    assert!((first as f64 - 500.0).abs() < 4.5 * 250f64.sqrt(), "{first} of {draws}");
}

#[test]
fn two_memories_that_are_negatives_are_one() {
    let weights = |bits: &str| {
        let machine = open(&format!(
            r#"{{"v":1,"model":"hopfield","patterns":{{"width":4,"height":1,"bits":[{bits}]}},
                "params":{{"scale":"one"}}}}"#
        ));
        machine.layer("weights", 0).unwrap().values
    };
    let (both, one) = (weights(r#""1101","0010""#), weights(r#""1101""#));
    assert_eq!(both, one.iter().map(|w| 2.0 * w).collect::<Vec<_>>());
}
