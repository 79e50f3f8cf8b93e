//! Boltzmann machines held to numbers worked out by enumeration elsewhere, and their sampled laws to exact ones.

use engram::dynamics::{Annealing, HeatBath, Schedule, State, UpdateRule as _, schedule};
use engram::energy::Energy as _;
use engram::exact::{Exact, code, minima, spins};
use engram::learning::Example;
use engram::math;
use engram::models::boltzmann::{Boltzmann, Data, Encoding, Expansion, Links, MeanField, Phases};
use engram::rng::{Rng, Stream};
use proptest::prelude::*;

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} instead of {expected}");
}

fn all_near(found: &[f64], expected: &[f64], within: f64) {
    assert_eq!(found.len(), expected.len());
    found.iter().zip(expected).for_each(|(&found, &expected)| near(found, expected, within));
}

/// Three units, all visible.
fn fixture_a(encoding: Encoding) -> Boltzmann {
    // Links in the order 01, 02, 12.
    let (weights, bias) = (vec![1.0, -0.5, 0.25], vec![0.2, -0.3, 0.1]);
    Boltzmann::new(3, encoding, Links::all(3).unwrap(), weights, bias).unwrap()
}

/// Two visible units and a hidden one.
fn fixture_c() -> Boltzmann {
    let (weights, bias) = (vec![0.3, 1.2, -0.7], vec![-0.1, 0.2, 0.4]);
    Boltzmann::new(2, Encoding::Binary, Links::all(3).unwrap(), weights, bias).unwrap()
}

fn data(patterns: &[&[i8]]) -> Data {
    let examples: Vec<_> = patterns.iter().map(|pattern| Example::new(pattern)).collect();
    Data::new(patterns[0].len(), &examples).unwrap()
}

/// The states with an even number of units on.
fn parity() -> Data {
    data(&[&[1, 1, -1], &[1, -1, 1], &[-1, 1, 1], &[-1, -1, -1]])
}

fn random(visible: usize, hidden: usize, encoding: Encoding, deviation: f64, seed: u64) -> Boltzmann {
    let mut rng = Rng::new(seed, Stream::Learning, 0);
    let links = Links::between(visible + hidden, |_, _| rng.bernoulli(0.8)).unwrap();
    let weights = (0..links.len()).map(|_| deviation * rng.normal()).collect();
    let bias = (0..visible + hidden).map(|_| deviation * rng.normal()).collect();
    Boltzmann::new(visible, encoding, links, weights, bias).unwrap()
}

#[test]
fn averages_are_those_of_both_encodings() {
    let exact = fixture_a(Encoding::Binary).equilibrium(1.0).unwrap();
    near(exact.ln_z, 2.3527074051, 1e-10);
    all_near(&exact.mean, &[0.6293264796, 0.6057346717, 0.4843232165], 1e-10);
    let pairs: Vec<f64> = exact.pair.iter().map(|pair| pair.2).collect();
    all_near(&pairs, &[0.4352867119, 0.2792211948, 0.3013384112], 1e-10);
    near(exact.energy_mean, -0.3635879333, 1e-10);
    near(exact.entropy, 1.9891194718, 1e-10);
    near(exact.energy_mean - exact.entropy, -exact.ln_z, 1e-14);
    near(exact.free_energy, -exact.ln_z, 1e-14);

    let exact = fixture_a(Encoding::Spin).equilibrium(1.0).unwrap();
    near(exact.ln_z, 2.5990275523, 1e-10);
    all_near(&exact.mean, &[-0.0404744201, -0.1685062951, 0.0733750726], 1e-10);
    let pairs: Vec<f64> = exact.pair.iter().map(|pair| pair.2).collect();
    all_near(&pairs, &[0.6883591947, -0.3091775630, -0.1200604668], 1e-10);
}

#[test]
fn a_unit_is_on_with_the_logistic_of_its_gap() {
    // h_0 = W_01 x_1 + W_02 x_2 + b_0: 1 + 0.5 + 0.2 with spins, 1 + 0.2 with {0, 1}.
    let spin = fixture_a(Encoding::Spin);
    near(spin.gap(&[1, 1, -1], 0), 3.4, 1e-15);
    near(spin.probability(&[1, 1, -1], 0, 1.0), 0.9677045353, 1e-10);
    let binary = fixture_a(Encoding::Binary);
    near(binary.gap(&[1, 1, -1], 0), 1.2, 1e-15);
    near(binary.probability(&[-1, 1, -1], 0, 1.0), 0.7685247835, 1e-10);
    for (machine, h) in [(&spin, 3.4), (&binary, 1.2)] {
        let law = |t: f64| 1.0 / (1.0 + math::exp(-h / t));
        [0.3, 1.0, 4.0].iter().for_each(|&t| near(machine.probability(&[1, 1, -1], 0, t), law(t), 1e-15));
        near(machine.energy(&[-1, 1, -1]) - machine.energy(&[1, 1, -1]), h, 1e-15);
    }
}

#[test]
fn energies_are_those_of_the_encoding() {
    for encoding in [Encoding::Binary, Encoding::Spin] {
        let machine = random(4, 2, encoding, 1.0, 3);
        for code in 0..64 {
            let state = spins(code, 6);
            let x: Vec<f64> = state.iter().map(|&s| encoding.value(s)).collect();
            let mut energy: f64 = -x.iter().zip(machine.bias()).map(|(x, b)| x * b).sum::<f64>();
            for ((i, j), w) in machine.links().pairs().zip(machine.weights()) {
                energy -= w * x[i] * x[j];
                assert_eq!((machine.weight(i, j), machine.weight(j, i)), (*w, *w));
            }
            near(machine.energy(&state), energy, 1e-13);
        }
    }
}

proptest! {
    #[test]
    fn the_two_encodings_are_one_machine(
        visible in 1usize..5, hidden in 0usize..4, seed in 0u64..1000, temperature in 0.2f64..5.0,
    ) {
        let n = visible + hidden;
        let binary = random(visible, hidden, Encoding::Binary, 1.5, seed);
        let spin = binary.recoded(Encoding::Spin).unwrap();
        let shift = 0.5 * binary.bias().iter().sum::<f64>() + 0.25 * binary.weights().iter().sum::<f64>();
        near(binary.offset(), -shift, 1e-13);
        prop_assert_eq!(spin.offset(), 0.0);
        for (i, h) in spin.bias().iter().enumerate() {
            let sum: f64 = (0..n).map(|j| 0.25 * binary.weight(i, j)).sum();
            near(*h, 0.5 * binary.bias()[i] + sum, 1e-14);
        }
        let (one, other) =
            (binary.equilibrium(temperature).unwrap(), spin.equilibrium(temperature).unwrap());
        near(one.ln_z - shift / temperature, other.ln_z, 1e-12);
        for code in 0..1 << n {
            let state = spins(code, n);
            let (a, b) = (binary.energy(&state), spin.energy(&state));
            near(one.probability(a), other.probability(b), 1e-12);
        }
        for (a, b) in one.mean.iter().zip(&other.mean) {
            near(2.0 * a - 1.0, *b, 1e-12);
        }
        let back = spin.recoded(Encoding::Binary).unwrap();
        all_near(back.weights(), binary.weights(), 1e-13);
        all_near(back.bias(), binary.bias(), 1e-13);
    }
}

#[test]
fn the_shift_of_fixture_a() {
    let (binary, spin) =
        (fixture_a(Encoding::Binary), fixture_a(Encoding::Binary).recoded(Encoding::Spin).unwrap());
    near(binary.offset(), -0.1875, 1e-15);
    let ln_z = |machine: &Boltzmann| machine.equilibrium(1.0).unwrap().ln_z;
    near(ln_z(&binary) - ln_z(&spin), 0.1875, 1e-14);
}

#[test]
fn the_gradient_on_parity() {
    let found = fixture_a(Encoding::Binary).likelihood(&parity(), 1.0).unwrap();
    near(found.mean, -2.1652074051, 1e-10);
    near(found.divergence, 2.1652074051 - math::ln(4.0), 1e-10);
    all_near(&found.gradient().link, &[-0.1852867119, -0.0292211948, -0.0513384112], 1e-10);
    all_near(&found.gradient().unit, &[-0.1293264796, -0.1057346717, 0.0156767835], 1e-10);
    all_near(&found.phases.clamped.unit, &[0.5; 3], 1e-15);
    all_near(&found.phases.clamped.link, &[0.25; 3], 1e-15);
    near(parity().entropy(), math::ln(4.0), 1e-15);
}

#[test]
fn no_visible_machine_is_nearer_to_parity_than_the_uniform_one() {
    // All first and second moments of parity are those of fair coins.
    for encoding in [Encoding::Binary, Encoding::Spin] {
        let links = Links::all(3).unwrap();
        let uniform = Boltzmann::new(3, encoding, links, vec![0.0; 3], vec![0.0; 3]).unwrap();
        let found = uniform.likelihood(&parity(), 1.0).unwrap();
        near(found.divergence, math::ln(2.0), 1e-14);
        let gradient = found.gradient();
        gradient.unit.iter().chain(&gradient.link).for_each(|&g| near(g, 0.0, 1e-15));
    }
}

#[test]
fn the_gradient_with_a_hidden_unit() {
    let (machine, data) = (fixture_c(), data(&[&[1, 1], &[1, -1]]));
    near(machine.equilibrium(1.0).unwrap().ln_z, 2.7190371382, 1e-10);
    let found = machine.likelihood(&data, 1.0).unwrap();
    near(found.mean, -1.0565098304, 1e-10);
    all_near(&found.gradient().link, &[0.1596848788, 0.2340225080, 0.0538645225], 1e-10);
    all_near(&found.gradient().unit, &[0.3045069465, 0.0194844006, 0.0759908904], 1e-10);
}

#[test]
fn the_gradient_is_that_of_finite_differences() {
    let examples: [(&[i8], f64); 4] =
        [(&[1, 1, -1], 3.0), (&[1, -1, 1], 0.5), (&[-1, 1, -1], 1.0), (&[1, 1, -1], 1.0)];
    let examples = examples.map(|(spins, importance)| Example { spins, importance });
    let data = Data::new(3, &examples).unwrap();
    assert_eq!(data.len(), 3);
    for (encoding, temperature) in [(Encoding::Binary, 1.0), (Encoding::Spin, 1.0), (Encoding::Binary, 2.5)] {
        let machine = random(3, 2, encoding, 0.8, 11);
        let gradient = machine.likelihood(&data, temperature).unwrap().gradient();
        let mean = |at: usize, by: f64| {
            let (mut weights, mut bias) = (machine.weights().to_vec(), machine.bias().to_vec());
            *weights.iter_mut().chain(&mut bias).nth(at).unwrap() += by;
            let mut moved = machine.clone();
            moved.set_parameters(weights, bias).unwrap();
            moved.likelihood(&data, temperature).unwrap().mean
        };
        for (at, &exact) in gradient.link.iter().chain(&gradient.unit).enumerate() {
            near((mean(at, 1e-5) - mean(at, -1e-5)) / 2e-5, exact, 1e-9);
        }
    }
}

#[test]
fn visible_distribution_posterior_and_free_energy_agree_with_all_states() {
    let machine = random(4, 3, Encoding::Binary, 1.2, 5);
    for temperature in [0.5, 1.0, 3.0] {
        let exact = machine.equilibrium(temperature).unwrap();
        let visible = machine.visible_distribution(temperature).unwrap();
        near(visible.iter().sum(), 1.0, 1e-14);
        near(machine.free_energy(&[0; 4], temperature).unwrap(), exact.free_energy, 1e-12);
        for v in 0..16 {
            let pattern = spins(v, 4);
            let hidden = machine.posterior(&pattern, temperature).unwrap();
            near(hidden.iter().sum(), 1.0, 1e-14);
            let ln_p = -machine.free_energy(&pattern, temperature).unwrap() / temperature - exact.ln_z;
            near(math::exp(ln_p), visible[v as usize], 1e-14);
            for (h, p) in hidden.iter().enumerate() {
                let joint = exact.probability(machine.energy(&spins((h as u32) << 4 | v, 7)));
                near(visible[v as usize] * p, joint, 1e-14);
            }
        }
    }
}

#[test]
fn weights_beyond_all_measure_still_have_a_likelihood() {
    // The pattern has no probability that a number could hold, but it has a logarithm and averages.
    let machine =
        Boltzmann::new(2, Encoding::Spin, Links::all(3).unwrap(), vec![9e4, 0.0, 1.0], vec![0.0; 3]).unwrap();
    let found = machine.likelihood(&data(&[&[1, -1]]), 1.0).unwrap();
    near(found.mean, -180_000.0 - math::ln(2.0), 1e-6);
    near(found.phases.clamped.link[2], math::tanh(1.0), 1e-12);
    near(found.phases.free.link[0], 1.0, 1e-12);
}

#[test]
fn completion_is_the_likeliest_and_hidden_units_are_summed_out() {
    for seed in 0..5 {
        let machine = random(5, 3, Encoding::Binary, 1.5, seed);
        let visible = machine.visible_distribution(0.7).unwrap();
        let known = [1, 0, -1, 0, 0];
        let fits = |code: &usize| code & 0b101 == 0b001;
        let total: f64 = (0..32).filter(fits).map(|code| visible[code]).sum();
        let best = (0..32).filter(fits).max_by(|a, b| visible[*a].total_cmp(&visible[*b])).unwrap();
        let found = machine.complete(&known, 0.7).unwrap();
        assert_eq!(found.spins, spins(best as u32, 5));
        near(found.probability, visible[best] / total, 1e-13);
        // With nothing left to complete it is certain.
        let done = machine.complete(&found.spins, 0.7).unwrap();
        assert_eq!(done.spins, found.spins);
        near(done.probability, 1.0, 1e-15);
        // What a hidden unit is known to be counts too.
        let mut all = known.to_vec();
        all.extend([1, -1, 1]);
        let posterior = |code: usize| machine.posterior(&spins(code as u32, 5), 0.7).unwrap()[0b101];
        let joint = |code: &usize| visible[*code] * posterior(*code);
        let best = (0..32).filter(fits).max_by(|a, b| joint(a).total_cmp(&joint(b))).unwrap();
        assert_eq!(machine.complete(&all, 0.7).unwrap().spins, spins(best as u32, 5));
    }
}

#[test]
fn classes_share_what_the_rest_leaves_them() {
    let machine = random(6, 2, Encoding::Binary, 1.0, 8);
    let visible = machine.visible_distribution(1.3).unwrap();
    // Classes are units 3 to 5; unit 1 is not known.
    let found = machine.class_posterior(&[1, 0, -1, 1, 1, 1], 3..6, 1.3).unwrap();
    let of = |class: usize| {
        let rest = 0b001 | 1 << (3 + class);
        visible[rest] + visible[rest | 0b010]
    };
    let total: f64 = (0..3).map(of).sum();
    (0..3).for_each(|class| near(found[class], of(class) / total, 1e-14));
}

#[test]
fn mean_field_bounds_and_tap_is_nearer() {
    let (weights, bias) = (vec![0.5, -0.25, 0.125], vec![0.2, -0.3, 0.1]);
    let machine = Boltzmann::new(3, Encoding::Spin, Links::all(3).unwrap(), weights, bias).unwrap();
    let exact = machine.equilibrium(1.0).unwrap();
    near(exact.free_energy, -2.2636249999, 1e-9);
    all_near(&exact.mean, &[0.0523481, -0.2087837, 0.0580282], 1e-7);
    let of = |expansion, damping| {
        let found =
            MeanField { expansion, damping, ..MeanField::default() }.solve(&machine, &[0; 3], 1.0).unwrap();
        assert!(found.converged && found.change <= 1e-12, "{found:?}");
        found
    };
    for damping in [0.0, 0.5] {
        let first = of(Expansion::First, damping);
        near(first.free_energy, -2.1270325484, 1e-9);
        all_near(&first.mean, &[0.0572683, -0.2586899, 0.0532961], 1e-7);
        let second = of(Expansion::Second, damping);
        near(second.free_energy, -2.2834142052, 1e-9);
        all_near(&second.mean, &[0.0648336, -0.2039680, 0.0540681], 1e-7);
    }
}

#[test]
fn mean_field_never_goes_below_the_free_energy() {
    for (seed, temperature) in (0..40).zip([0.3, 1.0, 2.0, 5.0].into_iter().cycle()) {
        let encoding = if seed % 2 == 0 { Encoding::Binary } else { Encoding::Spin };
        let machine = random(5, 3, encoding, 1.0, seed);
        let exact = machine.equilibrium(temperature).unwrap();
        let found = MeanField::default().solve(&machine, &[0; 5], temperature).unwrap();
        assert!(found.converged, "{found:?}");
        assert!(found.free_energy >= exact.free_energy - 1e-12, "{found:?} {}", exact.free_energy);
        // With all visible units held, it bounds their free energy.
        let pattern = [1, -1, 1, 1, -1];
        let held = MeanField::default().solve(&machine, &pattern, temperature).unwrap();
        assert!(held.free_energy >= machine.free_energy(&pattern, temperature).unwrap() - 1e-12);
        assert_eq!(held.mean[..5], pattern.map(|s| encoding.value(s)));
        // The equations are those of one machine, whatever it is written in.
        for expansion in [Expansion::First, Expansion::Second] {
            let method = MeanField { expansion, damping: 0.3, ..MeanField::default() };
            let one = method.solve(&machine, &[0; 5], 4.0).unwrap();
            let spin = machine.recoded(Encoding::Spin).unwrap();
            let other = method.solve(&spin, &[0; 5], 4.0).unwrap();
            near(one.free_energy - machine.offset(), other.free_energy, 1e-11);
        }
    }
}

#[test]
fn without_links_mean_field_is_exact_and_too_few_rounds_are_told() {
    let links = Links::of(3, &[]).unwrap();
    let machine = Boltzmann::new(2, Encoding::Binary, links, vec![], vec![0.3, -1.0, 2.0]).unwrap();
    let exact = machine.equilibrium(0.8).unwrap();
    for expansion in [Expansion::First, Expansion::Second] {
        let found = MeanField { expansion, ..MeanField::default() }.solve(&machine, &[0; 2], 0.8).unwrap();
        near(found.free_energy, exact.free_energy, 1e-13);
        all_near(&found.mean, &exact.mean, 1e-14);
    }
    let machine = random(4, 2, Encoding::Spin, 1.0, 2);
    let found = MeanField { max_rounds: 2, ..MeanField::default() }.solve(&machine, &[0; 4], 1.0).unwrap();
    assert!(!found.converged && found.rounds == 2 && found.change > 1e-12, "{found:?}");
}

#[test]
fn two_starts_lead_to_the_two_sides_of_a_magnet() {
    let links = Links::all(6).unwrap();
    let weights = vec![1.0; links.len()];
    let machine = Boltzmann::new(6, Encoding::Spin, links, weights, vec![0.0; 6]).unwrap();
    let solve =
        |start: f64| MeanField::default().solve_from(&machine, &[0; 6], &[start; 6], 2.0).unwrap().mean[0];
    // m = tanh(5 m / 2).
    near(solve(0.5), 0.985_623_871_6, 1e-9);
    assert_eq!(solve(-0.5), -solve(0.5));
    assert_eq!(MeanField::default().solve(&machine, &[0; 6], 2.0).unwrap().mean[0], 0.0);
}

#[test]
fn draws_with_some_units_held_follow_the_conditional_law() {
    let machine = random(4, 2, Encoding::Binary, 1.2, 21);
    let known = [1, 0, -1, 0];
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    // Draws from starts of their own are independent.
    let draws = 20_000;
    let mut counts = [0.0; 16];
    for _ in 0..draws {
        let state = machine.draw(&known, 0.9, 30, &mut rng).unwrap();
        assert_eq!((state[0], state[2]), (1, -1));
        let bit = |unit: usize, at: usize| usize::from(state[unit] > 0) << at;
        counts[bit(1, 0) | bit(3, 1) | bit(4, 2) | bit(5, 3)] += 1.0;
    }
    let exact = machine.equilibrium(0.9).unwrap();
    let p = |code: u32| {
        let [a, b, c, d] = [0, 1, 2, 3].map(|bit| if code >> bit & 1 == 1 { 1 } else { -1 });
        exact.probability(machine.energy(&[1, a, -1, b, c, d]))
    };
    let total: f64 = (0..16).map(p).sum();
    for (code, count) in counts.iter().enumerate() {
        let p = p(code as u32) / total;
        let se = (p * (1.0 - p) / f64::from(draws)).sqrt();
        near(count / f64::from(draws), p, 4.5 * se);
    }
}

#[test]
fn asking_the_hidden_units_alone_samples_their_posterior() {
    let machine = random(3, 2, Encoding::Spin, 0.8, 6);
    let mut rng = Rng::new(3, Stream::Dynamics, 0);
    let mut rule = HeatBath::among(3..5, 1.1);
    assert_eq!(rule.sweep_length(5), 2);
    let draws = 20_000;
    let mut counts = [0.0; 4];
    for _ in 0..draws {
        // Nothing is clamped: the visible units are not asked.
        let mut state = State::new(&machine, vec![1, -1, 1, rng.spin(), rng.spin()]);
        for _ in 0..2 * 20 {
            rule.step(&machine, &mut state, &mut rng);
        }
        assert_eq!(state.spins()[..3], [1, -1, 1]);
        counts[code(&state.spins()[3..]) as usize] += 1.0;
    }
    for (p, count) in machine.posterior(&[1, -1, 1], 1.1).unwrap().iter().zip(counts) {
        near(count / f64::from(draws), *p, 4.5 * (p * (1.0 - p) / f64::from(draws)).sqrt());
    }
}

#[test]
fn rules_annealing_and_enumeration_take_a_machine_as_it_is() {
    let machine = random(7, 5, Encoding::Binary, 1.0, 4);
    let exact = Exact::enumerate(&machine, 1.0).unwrap();
    near(exact.ln_z, machine.equilibrium(1.0).unwrap().ln_z, 1e-13);
    let lowest = minima(&machine).unwrap().energy_min;
    near(lowest, exact.energy_min, 1e-12);
    let course = schedule::Course::Geometric { from: 5.0, to: 0.05 };
    let mut best = f64::INFINITY;
    for index in 0..5 {
        let mut rng = Rng::new(2, Stream::Dynamics, index);
        let mut state = machine.clamped(&[0; 7], &mut rng).unwrap();
        let plan = Schedule::new(course.clone(), 300, schedule::After::Quench).unwrap();
        let mut rule = Annealing::new(HeatBath::new(12, 5.0), plan);
        while !rule.is_over() {
            rule.step(&machine, &mut state, &mut rng);
        }
        best = best.min(machine.energy(state.spins()));
    }
    near(best, lowest, 1e-12);
}

#[test]
fn the_difference_of_the_phases_is_taken_number_by_number() {
    let found = fixture_c().likelihood(&data(&[&[1, 1]]), 2.0).unwrap();
    let Phases { clamped, free } = &found.phases;
    let difference = found.phases.difference();
    for (k, d) in difference.link.iter().enumerate() {
        assert_eq!(*d, clamped.link[k] - free.link[k]);
        assert_eq!(found.gradient().link[k], d / 2.0);
    }
}
