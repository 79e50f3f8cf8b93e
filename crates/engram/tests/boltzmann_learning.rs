//! Ways of learning in Boltzmann machines: their averages held to exact ones, and what they learn to what is known of it.

use engram::energy::Energy as _;
use engram::exact::code;
use engram::learning::Example;
use engram::learning::boltzmann::{
    AnnealedPhases, ClampNoise, ContrastiveDivergence, ExactAscent, Stage, Step,
};
use engram::math;
use engram::models::boltzmann::{Boltzmann, BoltzmannError, Data, Encoding, Links, Statistics};
use engram::rng::{Rng, Stream};

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} instead of {expected}");
}

fn dice(seed: u64) -> Rng {
    Rng::new(seed, Stream::Learning, 0)
}

fn machine(visible: usize, encoding: Encoding, links: Links, deviation: f64, seed: u64) -> Boltzmann {
    let mut rng = dice(seed);
    let weights = (0..links.len()).map(|_| deviation * rng.normal()).collect();
    let bias = (0..links.units()).map(|_| deviation * rng.normal()).collect();
    Boltzmann::new(visible, encoding, links, weights, bias).unwrap()
}

/// Three patterns over three units that do not count alike.
fn uneven() -> Data {
    let of = |spins: &'static [i8], importance| Example { spins, importance };
    Data::new(3, &[of(&[1, 1, -1], 3.0), of(&[1, -1, 1], 1.0), of(&[-1, 1, -1], 1.0)]).unwrap()
}

fn parity() -> Data {
    let patterns: [&[i8]; 4] = [&[1, 1, -1], &[1, -1, 1], &[-1, 1, 1], &[-1, -1, -1]];
    Data::new(3, &patterns.map(Example::new)).unwrap()
}

/// Four patterns of the 4-2-4 encoder: the same one of four units is on in both groups.
fn encoder() -> Data {
    let pattern = |on: usize| (0..8).map(|unit| if unit % 4 == on { 1 } else { -1 }).collect::<Vec<i8>>();
    let patterns: Vec<_> = (0..4).map(pattern).collect();
    let examples: Vec<_> = patterns.iter().map(|pattern| Example::new(pattern)).collect();
    Data::new(8, &examples).unwrap()
}

/// How many codes the encoder has. Of each pattern the code is the state of the hidden units of least energy while it is
/// clamped, and so the likeliest at every temperature; where two states have the least energy there is no code. The
/// encoder has been found when each pattern has a code of its own.
fn codes(machine: &Boltzmann, data: &Data) -> usize {
    let code_of = |pattern: &[i8]| {
        let energy = |hidden: [i8; 2]| machine.energy(&[pattern, &hidden].concat());
        let mut states = [[-1, -1], [1, -1], [-1, 1], [1, 1]].map(|hidden| (energy(hidden), hidden));
        states.sort_by(|a, b| a.0.total_cmp(&b.0));
        (states[1].0 - states[0].0 > 1e-9).then(|| code(&states[0].1))
    };
    let mut codes: Vec<u32> = data.patterns().filter_map(|(pattern, _)| code_of(pattern)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

/// Holds sampled averages to exact ones, as if each were the mean of so many independent draws, by 4.5 standard errors.
fn agrees(found: &Statistics, exact: &Statistics, encoding: Encoding, draws: f64) {
    let all = |s: &Statistics| s.unit.iter().chain(&s.link).copied().collect::<Vec<f64>>();
    for (found, exact) in all(found).into_iter().zip(all(exact)) {
        let variance = match encoding {
            Encoding::Binary => exact * (1.0 - exact),
            Encoding::Spin => 1.0 - exact * exact,
        };
        near(found, exact, 4.5 * (variance / draws).sqrt());
    }
}

#[test]
fn annealed_phases_are_the_exact_averages() {
    for (encoding, temperature) in [(Encoding::Binary, 1.0), (Encoding::Spin, 2.0)] {
        let machine = machine(3, encoding, Links::all(5).unwrap(), 0.8, 3);
        let exact = machine.likelihood(&uneven(), temperature).unwrap().phases;
        // One sample a settling: the draws are independent.
        let way = AnnealedPhases {
            schedule: vec![
                Stage { sweeps: 5, temperature: 4.0 * temperature },
                Stage { sweeps: 25, temperature },
            ],
            statistics: 1,
            presentations: 20_000,
            noise: ClampNoise::default(),
            ..AnnealedPhases::default()
        };
        let found = way.estimate(&machine, &uneven(), &mut dice(7)).unwrap();
        agrees(&found.free, &exact.free, encoding, 60_000.0);
        // With shares .6, .2 and .2 the variance is at most .36 + .04 + .04 of what 20,000 draws of the whole would leave.
        agrees(&found.clamped, &exact.clamped, encoding, 20_000.0);
        // What is clamped is not drawn.
        (0..3).for_each(|i| near(found.clamped.unit[i], exact.clamped.unit[i], 1e-12));
    }
}

#[test]
fn contrastive_divergence_of_many_sweeps_has_the_exact_averages_and_of_few_has_not() {
    let machine = machine(3, Encoding::Binary, Links::all(5).unwrap(), 0.8, 5);
    let exact = machine.likelihood(&uneven(), 1.0).unwrap().phases;
    let presentations = 20_000;
    let way = ContrastiveDivergence {
        sweeps: 25,
        hidden_sweeps: 25,
        presentations,
        ..ContrastiveDivergence::default()
    };
    let found = way.estimate(&machine, &uneven(), &mut dice(1)).unwrap();
    agrees(&found.clamped, &exact.clamped, Encoding::Binary, 20_000.0);
    agrees(&found.free, &exact.free, Encoding::Binary, 20_000.0);
    // After one sweep the machine has not gone far from the data.
    let near_data = ContrastiveDivergence { sweeps: 1, ..way };
    let found = near_data.estimate(&machine, &uneven(), &mut dice(1)).unwrap();
    let off = |s: &Statistics| (0..5).map(|i| (s.unit[i] - exact.free.unit[i]).abs()).fold(0.0, f64::max);
    assert!(off(&found.free) > 0.02, "{}", off(&found.free));
}

#[test]
fn without_hidden_units_the_clamped_averages_are_those_of_the_data() {
    let machine = machine(3, Encoding::Spin, Links::all(3).unwrap(), 1.0, 8);
    let noise = ClampNoise::default();
    let annealed = AnnealedPhases { noise, presentations: 1, ..AnnealedPhases::default() };
    let estimates = [
        annealed.estimate(&machine, &uneven(), &mut dice(1)).unwrap(),
        ContrastiveDivergence::default().estimate(&machine, &uneven(), &mut dice(1)).unwrap(),
    ];
    for found in estimates {
        // Of (+ + −), (+ − +) and (− + −) with shares .6, .2 and .2.
        for (found, exact) in found.clamped.unit.iter().zip([0.6, 0.6, -0.6]) {
            near(*found, exact, 1e-12);
        }
        for (found, exact) in found.clamped.link.iter().zip([0.2, -0.2, -1.0]) {
            near(*found, exact, 1e-12);
        }
    }
}

#[test]
fn noise_spoils_what_is_clamped_as_often_as_it_says() {
    let links = Links::encoder(4, 2, true).unwrap();
    let machine = machine(8, Encoding::Binary, links, 1.0, 2);
    let way = AnnealedPhases { presentations: 5000, statistics: 1, ..AnnealedPhases::default() };
    let found = way.estimate(&machine, &encoder(), &mut dice(3)).unwrap();
    // A unit is on in one pattern and off in three: (.85 + 3 · .05)/4; two of a group: (2 · .85 · .05 + 2 · .05²)/4.
    for unit in 0..8 {
        near(found.clamped.unit[unit], 0.25, 4.5 * (0.1875 / 20_000.0f64).sqrt());
    }
    let pair = machine.links().find(0, 1).unwrap();
    near(found.clamped.link[pair], 0.0225, 4.5 * (0.0225 / 20_000.0f64).sqrt());
    let inverse = ClampNoise { on_to_off: 1.0, off_to_on: 1.0 };
    let found = AnnealedPhases { noise: inverse, presentations: 1, ..way }
        .estimate(&machine, &encoder(), &mut dice(3))
        .unwrap();
    (0..8).for_each(|unit| near(found.clamped.unit[unit], 0.75, 1e-12));
}

#[test]
fn the_exact_gradient_climbs_and_a_visible_machine_ends_uniform_on_parity() {
    let way = ExactAscent { step: Step::Rate(0.5), ..ExactAscent::default() };
    let mut machine = machine(3, Encoding::Binary, Links::all(3).unwrap(), 1.0, 4);
    let mut last = f64::NEG_INFINITY;
    for _ in 0..2000 {
        let now = way.learn(&mut machine, &parity()).unwrap().mean;
        assert!(now >= last - 1e-14, "{now} after {last}");
        last = now;
    }
    near(machine.likelihood(&parity(), 1.0).unwrap().divergence, math::ln(2.0), 1e-9);
    machine.weights().iter().chain(machine.bias()).for_each(|&w| near(w, 0.0, 1e-4));
}

#[test]
fn one_hidden_unit_makes_parity_learnable() {
    for (encoding, rate) in [(Encoding::Binary, 0.5), (Encoding::Spin, 0.1)] {
        let way = ExactAscent { step: Step::Rate(rate), ..ExactAscent::default() };
        let mut machine = machine(3, encoding, Links::all(4).unwrap(), 1.0, 1);
        (0..8000).for_each(|_| drop(way.learn(&mut machine, &parity()).unwrap()));
        let divergence = machine.likelihood(&parity(), 1.0).unwrap().divergence;
        assert!(divergence < 0.1, "{encoding:?}: {divergence}");
    }
}

#[test]
fn contrastive_divergence_learns_uneven_data() {
    let data = uneven();
    let mut machine =
        Boltzmann::random(3, Encoding::Binary, Links::all(5).unwrap(), 0.1, &mut dice(1)).unwrap();
    let before = machine.likelihood(&data, 1.0).unwrap().divergence;
    let way = ContrastiveDivergence { sweeps: 5, presentations: 20, ..ContrastiveDivergence::default() };
    let mut rng = dice(2);
    (0..4000).for_each(|_| drop(way.learn(&mut machine, &data, &mut rng).unwrap()));
    let after = machine.likelihood(&data, 1.0).unwrap();
    assert!(before > 1.0 && after.divergence < 0.1, "{before} {}", after.divergence);
    // The pattern that counts thrice is shown thrice as often.
    let shown = machine.visible_distribution(1.0).unwrap();
    near(shown[0b011], 0.6, 0.08);
    near(shown[0b101], 0.2, 0.08);
}

#[test]
fn the_encoder_of_1985_is_found() {
    // Of 100 seeds 96 find it within 4000 cycles, with a median of 157; of these 60, nine in ten are asked for, and a median
    // from 60 to 250.
    let (data, way) = (encoder(), AnnealedPhases::default());
    let find = |seed: u64| {
        let mut rng = dice(seed);
        let links = Links::encoder(4, 2, true).unwrap();
        let mut machine = Boltzmann::random(8, Encoding::Binary, links, 0.0, &mut rng).unwrap();
        (1..=4000).find(|_| {
            way.learn(&mut machine, &data, &mut rng).unwrap();
            codes(&machine, &data) == 4
        })
    };
    let mut cycles: Vec<u32> = (0..60).filter_map(find).collect();
    cycles.sort_unstable();
    assert!(cycles.len() >= 54, "{} of 60", cycles.len());
    // Of all 60, of which those not found count as the longest.
    assert!((60..=250).contains(&cycles[30]), "{cycles:?}");
}

#[test]
fn the_exact_gradient_leaves_encoders_in_corners() {
    // Without noise many end with fewer codes: at 4 the likelihood draws near −ln 4, at 3 and at 2 it stays below.
    let (data, way) = (encoder(), ExactAscent { step: Step::Rate(0.5), ..ExactAscent::default() });
    let mut found = [0; 5];
    for seed in 0..8 {
        let links = Links::encoder(4, 2, true).unwrap();
        let mut machine = Boltzmann::random(8, Encoding::Binary, links, 0.1, &mut dice(seed)).unwrap();
        (0..1500).for_each(|_| drop(way.learn(&mut machine, &data).unwrap()));
        let (mean, codes) = (machine.likelihood(&data, 1.0).unwrap().mean, codes(&machine, &data));
        assert!(mean < -math::ln(4.0));
        near(mean, [0.0, 0.0, -2.115, -1.78, -1.43][codes], 0.01);
        found[codes] += 1;
    }
    assert!(found[4] > 0 && found[3] > 0 && found[4] < 8, "{found:?}");
}

#[test]
fn fixed_steps_have_one_size_and_leave_what_is_equal() {
    let links = Links::encoder(4, 2, true).unwrap();
    let mut machine = machine(8, Encoding::Binary, links, 0.0, 0);
    let way = AnnealedPhases { decay: 0.5, ..AnnealedPhases::default() };
    let phases = way.learn(&mut machine, &encoder(), &mut dice(5)).unwrap();
    let step = |d: f64| if d.abs() < 1e-12 { 0.0 } else { 2.0 * d.signum() };
    let steps = |of: &[f64]| of.iter().map(|&d| step(d)).collect::<Vec<_>>();
    let difference = phases.difference();
    assert_eq!(machine.weights(), steps(&difference.link));
    assert_eq!(machine.bias(), steps(&difference.unit));
    // The next step takes half of each weight first, and nothing of the biases.
    let (mut weights, mut bias) = (machine.weights().to_vec(), machine.bias().to_vec());
    let next = way.learn(&mut machine, &encoder(), &mut dice(6)).unwrap().difference();
    weights.iter_mut().zip(&next.link).for_each(|(w, &d)| *w = 0.5 * *w + step(d));
    bias.iter_mut().zip(&next.unit).for_each(|(b, &d)| *b += step(d));
    assert_eq!((machine.weights(), machine.bias()), (&weights[..], &bias[..]));

    // Where the machine is as the data are, it stays: every state of two units, each once.
    let states: [&[i8]; 4] = [&[1, 1], &[1, -1], &[-1, 1], &[-1, -1]];
    let all = Data::new(2, &states.map(Example::new)).unwrap();
    let mut machine =
        Boltzmann::new(2, Encoding::Binary, Links::all(2).unwrap(), vec![0.0], vec![0.0; 2]).unwrap();
    let way = ExactAscent { step: Step::Fixed(2.0), ..ExactAscent::default() };
    way.learn(&mut machine, &all).unwrap();
    assert_eq!((machine.weights(), machine.bias()), (&[0.0][..], &[0.0; 2][..]));
}

#[test]
fn the_same_dice_learn_the_same_bits() {
    let learn = || {
        let mut machine = machine(3, Encoding::Spin, Links::all(5).unwrap(), 0.5, 1);
        let mut rng = dice(9);
        let annealed = AnnealedPhases { step: Step::Rate(0.05), ..AnnealedPhases::default() };
        for _ in 0..5 {
            annealed.learn(&mut machine, &uneven(), &mut rng).unwrap();
            ContrastiveDivergence::default().learn(&mut machine, &uneven(), &mut rng).unwrap();
        }
        (machine.weights().to_vec(), machine.bias().to_vec(), rng)
    };
    assert_eq!(learn(), learn());
}

#[test]
fn settings_out_of_range_are_named_and_nothing_is_learned() {
    let mut machine = machine(3, Encoding::Binary, Links::all(5).unwrap(), 0.5, 1);
    let before = machine.weights().to_vec();
    let mut rng = dice(0);
    let stage = |sweeps, temperature| vec![Stage { sweeps, temperature }];
    let d = AnnealedPhases::default;
    for (way, name) in [
        (AnnealedPhases { schedule: vec![], ..d() }, "number of stages"),
        (AnnealedPhases { schedule: stage(2_000_000, 1.0), ..d() }, "sweeps of a stage"),
        (AnnealedPhases { statistics: 0, ..d() }, "statistics"),
        (AnnealedPhases { presentations: 0, ..d() }, "presentations"),
        (AnnealedPhases { noise: ClampNoise { on_to_off: 1.5, off_to_on: 0.0 }, ..d() }, "on_to_off"),
        (AnnealedPhases { noise: ClampNoise { on_to_off: 0.0, off_to_on: f64::NAN }, ..d() }, "off_to_on"),
        (AnnealedPhases { step: Step::Fixed(0.0), ..d() }, "step"),
        (AnnealedPhases { step: Step::Rate(f64::INFINITY), ..d() }, "learning rate"),
        (AnnealedPhases { decay: -0.1, ..d() }, "decay"),
    ] {
        let error = way.learn(&mut machine, &uneven(), &mut rng).unwrap_err();
        assert!(matches!(error, BoltzmannError::Setting { name: found, .. } if found == name), "{error}");
    }
    let cold = AnnealedPhases { schedule: stage(1, 0.0), ..d() }.learn(&mut machine, &uneven(), &mut rng);
    assert_eq!(cold.unwrap_err(), BoltzmannError::Temperature(0.0));
    let d = ContrastiveDivergence::default();
    for (way, name) in [
        (ContrastiveDivergence { sweeps: 0, ..d }, "sweeps"),
        (ContrastiveDivergence { hidden_sweeps: 0, ..d }, "hidden_sweeps"),
        (ContrastiveDivergence { presentations: 0, ..d }, "presentations"),
        (ContrastiveDivergence { step: Step::Rate(-1.0), ..d }, "learning rate"),
        (ContrastiveDivergence { decay: f64::NAN, ..d }, "decay"),
    ] {
        let error = way.learn(&mut machine, &uneven(), &mut rng).unwrap_err();
        assert!(matches!(error, BoltzmannError::Setting { name: found, .. } if found == name), "{error}");
    }
    let exact = ExactAscent { temperature: f64::NAN, ..ExactAscent::default() };
    assert!(matches!(exact.learn(&mut machine, &uneven()), Err(BoltzmannError::Temperature(_))));
    let other = BoltzmannError::Pattern { pattern: 0, found: 8, expected: 3 };
    assert_eq!(AnnealedPhases::default().learn(&mut machine, &encoder(), &mut rng).unwrap_err(), other);
    assert_eq!(d.learn(&mut machine, &encoder(), &mut rng).unwrap_err(), other);
    assert_eq!(machine.weights(), before);
    // A weight that would grow beyond measure: biases hold both units up, the data want them to differ.
    let (links, far) = (Links::all(2).unwrap(), vec![-99_500.0]);
    let mut machine = Boltzmann::new(2, Encoding::Spin, links, far.clone(), vec![1e5; 2]).unwrap();
    let apart = Data::new(2, &[Example::new(&[1, -1])]).unwrap();
    let way = ExactAscent { step: Step::Rate(1000.0), ..ExactAscent::default() };
    let error = way.learn(&mut machine, &apart).unwrap_err();
    assert_eq!(error, BoltzmannError::Weight { i: 0, j: 1, value: -101_500.0 });
    assert_eq!(machine.weights(), far);
}
