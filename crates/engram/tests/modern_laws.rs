//! The modern Hopfield network held to numbers worked out elsewhere and to what is proven of it.

use engram::corrupt::{Corruption, add_noise};
use engram::models::modern::attention::{Matrix, by_retrieval, scaled_dot_product};
use engram::models::modern::theory::Spread;
use engram::models::modern::{Held, ModernError, ModernHopfield, Retrieval, State};
use engram::rng::{Rng, Stream};
use proptest::prelude::*;

fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    let all = found.iter().zip(expected).all(|(x, y)| (x - y).abs() <= tolerance);
    assert!(all, "{found:?} instead of {expected:?}");
}

fn energy<T: Held>(net: &ModernHopfield<T>, values: &[f64]) -> f64 {
    net.energy(values, &net.attention(values)).total()
}

/// What an update makes of a state, in double precision.
fn reference<T: Held>(net: &ModernHopfield<T>, values: &[f64]) -> Vec<f64> {
    net.mean(net.attention(values).weights())
}

fn triangle(beta: f64) -> ModernHopfield<f64> {
    ModernHopfield::new(&[[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]], beta).unwrap()
}

fn normal(units: usize, rng: &mut Rng) -> Vec<f64> {
    (0..units).map(|_| rng.normal()).collect()
}

fn spins(units: usize, rng: &mut Rng) -> Vec<f64> {
    (0..units).map(|_| f64::from(rng.spin())).collect()
}

fn length(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    length(a.iter().zip(b).map(|(x, y)| x - y))
}

#[test]
fn three_patterns_in_the_plane() {
    let run = |beta: f64| {
        let net = triangle(beta);
        let mut state = State::new(&net, &[0.6, 0.3]).unwrap();
        let before = energy(&net, &[0.6, 0.3]);
        net.update(&mut state);
        let first = state.widened();
        let settled = net.settle(&mut state, 2000);
        assert!(settled.at_rest);
        let end = state.widened();
        let verdict = net.attention(&end).verdict(settled.at_rest);
        ([before, energy(&net, &first), energy(&net, &end)], first, end, verdict)
    };
    let (energies, first, end, verdict) = run(2.0);
    near(&energies[..2], &[0.939_742_43, 0.939_581_02], 1e-8);
    near(&first, &[0.594_403_67, 0.312_163_75], 1e-8);
    near(&end, &[0.451_718_72, 0.451_718_72], 1e-8);
    let Retrieval::Metastable(parts) = verdict else { panic!("{verdict:?}") };
    let mut named: Vec<usize> = parts.iter().map(|part| part.pattern).collect();
    named.sort_unstable();
    assert_eq!(named, [0, 1]);
    let (energies, first, end, verdict) = run(8.0);
    near(&energies[..2], &[0.751_471_31, 0.644_086_02], 1e-8);
    near(&first, &[0.916_816_51, 0.083_166_59], 1e-8);
    near(&end, &[0.999_662_61, 0.000_337_05], 1e-8);
    assert_eq!(verdict, Retrieval::Single(0));
    let (energies, _, end, verdict) = run(0.1);
    near(&end, &[0.0, 0.0], 1e-8);
    near(&energies[2..], &[1.0], 1e-8);
    assert_eq!(verdict, Retrieval::Average);
}

#[test]
fn the_terms_of_the_energy_by_hand() {
    let net = triangle(2.0);
    let attention = net.attention(&[0.0, 0.0]);
    let terms = net.energy(&[0.0, 0.0], &attention);
    let third = libm::log(3.0) / 2.0;
    near(
        &[terms.log_sum_exp, terms.half_square, terms.log_patterns, terms.half_longest],
        &[-third, 0.0, third, 1.0],
        1e-15,
    );
    near(&net.cosines(&[3.0, 4.0], &net.attention(&[3.0, 4.0])), &[0.6, 0.8, -1.4 / 2.0f64.sqrt()], 1e-15);
    assert_eq!(net.cosines(&[0.0, 0.0], &attention), [0.0; 3]);
}

#[test]
fn two_antipodes_on_a_line_are_a_hyperbolic_tangent() {
    for (a, beta) in [(1.0, 0.5), (1.0, 2.0), (1.0, 4.0), (0.3, 20.0), (2.5, 0.7)] {
        let net = ModernHopfield::<f64>::new(&[[a], [-a]], beta).unwrap();
        for k in -20..=20 {
            let x = 0.17 * f64::from(k);
            near(&reference(&net, &[x]), &[a * libm::tanh(beta * a * x)], 1e-14);
        }
    }
    let end = |beta| {
        let net = ModernHopfield::<f64>::new(&[[1.0], [-1.0]], beta).unwrap();
        let mut state = State::new(&net, &[0.3]).unwrap();
        assert!(net.settle(&mut state, 5000).at_rest);
        state.values()[0]
    };
    near(&[end(2.0), end(4.0)], &[0.957_504_024_1, 0.999_325_673_0], 1e-9);
    // The bifurcation is at β a² = 1.
    assert!(end(0.98).abs() < 1e-7 && end(1.02) > 0.2);
}

/// A random network and a state of it: patterns normal, of ±1, or some of them the same.
fn any_net(seed: u64) -> (ModernHopfield<f64>, Rng) {
    let mut rng = Rng::new(seed, Stream::Experiment, 0);
    let (units, count) = (1 + rng.below(40) as usize, 1 + rng.below(30) as usize);
    let kind = rng.below(3);
    let mut patterns: Vec<Vec<f64>> = vec![];
    for _ in 0..count {
        let pattern = match (kind, patterns.last()) {
            (0, _) => normal(units, &mut rng),
            (2, Some(last)) if rng.bernoulli(0.3) => last.clone(),
            _ => spins(units, &mut rng),
        };
        patterns.push(pattern);
    }
    let beta = libm::exp(6.0 * rng.unit() - 4.0);
    (ModernHopfield::new(&patterns, beta).unwrap(), rng)
}

proptest! {
    #[test]
    fn the_energy_never_rises(seed in any::<u64>(), held in 0.0..0.6, unknown in 0.0..0.6) {
        let (net, mut rng) = any_net(seed);
        let start: Vec<f64> = (0..net.units()).map(|_| if rng.bernoulli(unknown) { 0.0 } else { 2.0 * rng.normal() }).collect();
        let mut state = State::new(&net, &start).unwrap();
        for unit in 0..net.units() {
            state.clamp(unit, rng.bernoulli(held));
        }
        let mut before = energy(&net, &start);
        for _ in 0..30 {
            net.update(&mut state);
            let after = energy(&net, &state.widened());
            prop_assert!(after <= before + 1e-12 * (1.0 + net.longest() * net.longest() + 5.0 / net.beta()), "{before} rose to {after}");
            before = after;
        }
        for (unit, value) in state.widened().into_iter().enumerate() {
            prop_assert!(!state.clamped()[unit] || value == start[unit]);
        }
    }

    #[test]
    fn within_the_hull_the_energy_has_its_bounds(seed in any::<u64>()) {
        let (net, mut rng) = any_net(seed);
        let mut weights: Vec<f64> = (0..net.patterns()).map(|_| -libm::log(1.0 - rng.unit())).collect();
        if rng.bernoulli(0.3) {
            let corner = rng.below(net.patterns() as u32) as usize;
            weights.iter_mut().enumerate().for_each(|(k, w)| if k != corner { *w = 0.0 });
        }
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= sum);
        let found = energy(&net, &net.mean(&weights));
        let slack = 1e-12 * (1.0 + net.longest() * net.longest() + 5.0 / net.beta());
        prop_assert!(found >= -slack && found <= 2.0 * net.longest() * net.longest() + slack, "{found}");
    }

    #[test]
    fn the_order_of_the_patterns_does_not_matter(seed in any::<u64>()) {
        let (net, mut rng) = any_net(seed);
        let mut order: Vec<usize> = (0..net.patterns()).collect();
        rng.shuffle(&mut order);
        let patterns: Vec<Vec<f64>> = order.iter().map(|&k| net.pattern(k)).collect();
        let other = ModernHopfield::<f64>::new(&patterns, net.beta()).unwrap();
        let state = normal(net.units(), &mut rng);
        let scale = 1.0 + net.longest() * (1.0 + net.beta() * net.longest() * length(state.iter().copied()));
        near(&reference(&net, &state), &reference(&other, &state), 1e-14 * scale);
        let (weights, shuffled) = (net.attention(&state), other.attention(&state));
        for (place, &k) in order.iter().enumerate() {
            prop_assert!((shuffled.weights()[place] - weights.weights()[k]).abs() < 1e-14 * scale);
        }
        prop_assert!((energy(&net, &state) - energy(&other, &state)).abs() < 1e-14 * scale * (scale + 5.0 / net.beta()));
    }
}

/// Largest difference of an update from that in double precision, as a share of the largest value and of 1 + β M |ξ|.
fn error<T: Held>(net: &ModernHopfield<T>, start: &[f64]) -> f64 {
    let mut state = State::new(net, start).unwrap();
    let start = state.widened();
    let expected = reference(net, &start);
    net.update(&mut state);
    let difference = state.widened().iter().zip(&expected).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
    difference / largest(net) / (1.0 + net.beta() * net.longest() * length(start))
}

fn largest<T: Held>(net: &ModernHopfield<T>) -> f64 {
    (0..net.patterns()).flat_map(|k| net.pattern(k)).fold(0.0, |most, x| most.max(x.abs()))
}

#[test]
fn one_pass_in_single_precision_is_the_update_to_its_rounding() {
    let sizes = [
        (1, 1),
        (2, 3),
        (7, 2),
        (16, 4),
        (17, 5),
        (33, 8),
        (100, 9),
        (255, 63),
        (784, 501),
        (785, 1002),
        (4095, 30),
    ];
    let mut rng = Rng::new(21, Stream::Experiment, 0);
    for (units, count) in sizes {
        for beta in [0.001, 0.01, 0.05, 0.2, 1.0, 4.0] {
            let grey =
                ModernHopfield::<f32>::from_fn(units, count, beta, |_, row| row.fill_with(|| rng.normal()));
            let grey = grey.unwrap();
            let ink = ModernHopfield::<f32>::from_fn(units, count, beta, |_, row| {
                row.fill_with(|| f64::from(rng.spin()));
            });
            let ink = ink.unwrap();
            let mut near_one = grey.pattern(count / 2);
            add_noise(&mut near_one, 0.7, &mut rng);
            let mut flipped = ink.pattern(count / 2);
            Corruption::Flip(0.25).apply(&mut flipped, units, &mut rng);
            // Between two patterns rounding of the scores matters most.
            let between =
                grey.pattern(0).iter().zip(grey.pattern(count - 1)).map(|(x, y)| 0.5 * (x + y)).collect();
            let (grey_bytes, ink_bytes) = (grey.quantised().unwrap(), ink.quantised().unwrap());
            for state in [near_one, between] {
                let (found, bytes) = (error(&grey, &state), error(&grey_bytes, &state));
                assert!(found < 2e-7 && bytes < 1e-5, "{units} {count} {beta}: {found} {bytes}");
            }
            let (found, bytes) = (error(&ink, &flipped), error(&ink_bytes, &flipped));
            assert!(found < 2e-7 && bytes < 2e-7, "{units} {count} {beta}: {found} {bytes}");
        }
    }
}

#[test]
fn bytes_are_as_near_as_they_say() {
    let mut rng = Rng::new(22, Stream::Experiment, 0);
    let grey =
        ModernHopfield::<f32>::from_fn(61, 40, 0.3, |_, row| row.fill_with(|| 3.0 * rng.normal())).unwrap();
    let bytes = grey.quantised().unwrap();
    let bound = largest(&grey) / 254.0 * (1.0 + 1e-6);
    let mut worst = 0.0f64;
    for k in 0..40 {
        for (x, y) in grey.pattern(k).iter().zip(bytes.pattern(k)) {
            worst = worst.max((x - y).abs());
        }
    }
    assert!(worst <= bound && worst > 0.9 * bound, "{worst} {bound}");
    assert!((largest(&bytes) / largest(&grey) - 1.0).abs() < 1e-6);
    // Patterns of one size, and of small whole numbers, stay what they are.
    for size in [1.0, 0.37, 300.0] {
        let exact = ModernHopfield::<f64>::from_fn(30, 7, 1.0, |_, row| {
            row.fill_with(|| size * f64::from(rng.below(3) as i32 - 1));
        });
        let exact = exact.unwrap();
        let bytes = exact.quantised().unwrap();
        assert!((0..7).all(|k| bytes.pattern(k) == exact.pattern(k)), "{size}");
    }
    let whole = ModernHopfield::<f64>::new(&[[127.0, -3.0, 0.0], [1.0, 2.0, -127.0]], 1.0).unwrap();
    assert_eq!(whole.quantised().unwrap().pattern(1), [1.0, 2.0, -127.0]);
    let blank = ModernHopfield::<f64>::new(&[[0.0; 3]], 1.0).unwrap().quantised().unwrap();
    let mut state = State::new(&blank, &[1.0, 2.0, 3.0]).unwrap();
    blank.update(&mut state);
    assert_eq!(state.values(), [0.0; 3]);
}

/// Clusters of ten patterns about four centres, and a state near one of them.
fn clusters(units: usize, beta: f64) -> (ModernHopfield<f64>, Vec<f64>) {
    let mut rng = Rng::new(23, Stream::Experiment, units as u64);
    let centres: Vec<Vec<f64>> = (0..4).map(|_| spins(units, &mut rng)).collect();
    let mut patterns = vec![];
    for k in 0..40 {
        let mut pattern = centres[k % 4].clone();
        Corruption::Flip(0.1).apply(&mut pattern, units, &mut rng);
        patterns.push(pattern);
    }
    let mut cue = centres[2].clone();
    Corruption::Flip(0.2).apply(&mut cue, units, &mut rng);
    (ModernHopfield::new(&patterns, beta).unwrap(), cue)
}

#[test]
fn clusters_give_one_pattern_their_mean_or_the_mean_of_all() {
    let units = 300;
    let end = |beta: f64| {
        let (net, cue) = clusters(units, beta);
        let single =
            ModernHopfield::<f32>::from_fn(units, 40, beta, |k, row| row.copy_from_slice(&net.pattern(k)));
        let single = single.unwrap();
        let bytes = single.quantised().unwrap();
        let mut state = State::new(&net, &cue).unwrap();
        let mut rough = [State::new(&single, &cue).unwrap(), State::new(&bytes, &cue).unwrap()];
        assert!(net.settle(&mut state, 1000).at_rest);
        assert!(single.settle(&mut rough[0], 1000).at_rest && bytes.settle(&mut rough[1], 1000).at_rest);
        for rough in &rough {
            near(&rough.widened(), &state.widened(), 1e-3);
        }
        net.attention(&state.widened()).verdict(true)
    };
    assert!(matches!(end(0.5), Retrieval::Single(k) if k % 4 == 2));
    let Retrieval::Metastable(parts) = end(0.03) else { panic!() };
    assert!(parts.len() >= 9 && parts.iter().take(9).all(|part| part.pattern % 4 == 2), "{parts:?}");
    assert_eq!(end(0.001), Retrieval::Average);
}

#[test]
fn spoilt_patterns_of_ink_come_back_in_one_step() {
    let mut rng = Rng::new(24, Stream::Experiment, 0);
    for (units, count, beta) in [(64, 20, 1.0), (256, 200, 0.5), (784, 2000, 0.2)] {
        let net = ModernHopfield::<f32>::from_fn(units, count, beta, |_, row| {
            row.fill_with(|| f64::from(rng.spin()));
        });
        let net = net.unwrap();
        let bytes = net.quantised().unwrap();
        for k in (0..count).step_by(count / 10) {
            let mut cue = net.pattern(k);
            Corruption::Flip(0.25).apply(&mut cue, units, &mut rng);
            let mut state = State::new(&net, &cue).unwrap();
            let mut rough = State::new(&bytes, &cue).unwrap();
            net.update(&mut state);
            bytes.update(&mut rough);
            near(&state.widened(), &net.pattern(k), 0.05);
            near(&rough.widened(), &net.pattern(k), 0.05);
            assert_eq!(net.attention(&state.widened()).verdict(true), Retrieval::Single(k));
        }
    }
}

#[test]
fn retrieval_errors_are_within_their_bound() {
    let mut rng = Rng::new(25, Stream::Experiment, 0);
    let (units, count, radius) = (20, 50, 3.0 * 19.0f64.sqrt());
    let sphere = |rng: &mut Rng| {
        let x = normal(units, rng);
        let factor = radius / length(x.iter().copied());
        x.iter().map(|x| factor * x).collect::<Vec<f64>>()
    };
    let patterns: Vec<Vec<f64>> = (0..count).map(|_| sphere(&mut rng)).collect();
    let net = ModernHopfield::<f64>::new(&patterns, 1.0).unwrap();
    assert!((net.longest() / radius - 1.0).abs() < 1e-15);
    let mut telling = 0;
    for (k, x) in patterns.iter().enumerate() {
        let separation = net.separation(k);
        let plain = (0..count)
            .filter(|&j| j != k)
            .map(|j| x.iter().zip(&patterns[j]).map(|(a, b)| a * (a - b)).sum::<f64>());
        let plain = plain.fold(f64::INFINITY, f64::min);
        assert!(
            (separation - plain).abs() < 1e-9 && separation > net.sufficient_separation(),
            "{separation} {plain}"
        );
        for share in [0.0, 0.001, 0.01, 0.05, 0.1, 0.2] {
            let off = sphere(&mut rng);
            let start: Vec<f64> = x.iter().zip(off).map(|(x, off)| x + share * off).collect();
            let bound = net.retrieval_error_bound(separation, distance(&start, x));
            let found = distance(&reference(&net, &start), x);
            assert!(found <= bound + 1e-13 * radius, "{found} beyond {bound}");
            telling += u32::from(bound < 0.01 * radius);
        }
        // The fixed point near the pattern is within the bound for its own distance.
        let mut state = State::new(&net, x).unwrap();
        assert!(net.settle(&mut state, 100).at_rest);
        let off = distance(&state.widened(), x);
        assert!(off <= net.retrieval_error_bound(separation, off) + 1e-13 * radius);
    }
    // Not by being larger than anything that can happen.
    assert!(telling > 100, "{telling}");
    // A bound that is nearly reached: two patterns at right angles, and a state that is one of them.
    let pair = ModernHopfield::<f64>::new(&[[2.0, 0.0], [0.0, 2.0]], 1.0).unwrap();
    let bound = pair.retrieval_error_bound(pair.separation(0), 0.0);
    let found = distance(&reference(&pair, &[2.0, 0.0]), &[2.0, 0.0]);
    assert!(found < bound && found > 0.69 * bound, "{found} {bound}");
    let alone = ModernHopfield::<f64>::new(&[[2.0, 0.0]], 1.0).unwrap();
    assert_eq!((alone.separation(0), alone.retrieval_error_bound(f64::INFINITY, 9.0)), (f64::INFINITY, 0.0));
}

fn spread(net: &ModernHopfield<f64>, mut spread: Spread) -> Spread {
    for _ in 0..500 {
        spread.step(net);
    }
    spread
}

#[test]
fn the_mean_of_all_gives_way_at_the_critical_temperature() {
    let net = triangle(1.0);
    let even = spread(&net, Spread::even(&net));
    assert!((even.critical_beta() - 1.0).abs() < 1e-14 && even.residual() < 1e-14);
    let half = 0.5f64.sqrt();
    near(&even.direction().iter().map(|x| x.abs()).collect::<Vec<_>>(), &[half, half], 1e-12);
    let end = |beta: f64, off: f64| {
        let net = triangle(beta);
        let mut state = State::new(&net, &[off, off]).unwrap();
        assert!(net.settle(&mut state, 20_000).at_rest);
        length(state.widened())
    };
    // By the direction away from the third pattern: below it comes back, above it leaves.
    assert!(end(0.99, 1e-3) < 1e-8 && end(1.01, 1e-6) > 0.01);
    // P axes of length L spread by L²/P in all directions but one.
    let axes: Vec<Vec<f64>> =
        (0..6).map(|k| (0..6).map(|i| if i == k { 1.5 } else { 0.0 }).collect()).collect();
    let net = ModernHopfield::<f64>::new(&axes, 1.0).unwrap();
    assert!((spread(&net, Spread::even(&net)).eigenvalue() - 2.25 / 6.0).abs() < 1e-14);
    let same = ModernHopfield::<f64>::new(&[[0.3, 0.7], [0.3, 0.7]], 1.0).unwrap();
    assert_eq!(spread(&same, Spread::even(&same)).critical_beta(), f64::INFINITY);
}

#[test]
fn the_spread_under_attention_is_the_derivative_of_the_update() {
    let mut rng = Rng::new(26, Stream::Experiment, 0);
    for _ in 0..10 {
        let patterns: Vec<Vec<f64>> = (0..8).map(|_| normal(5, &mut rng)).collect();
        let net = ModernHopfield::<f64>::new(&patterns, 0.4).unwrap();
        let at = normal(5, &mut rng);
        let found = spread(&net, Spread::under(&net, net.attention(&at).weights().to_vec()));
        let step = 1e-5;
        let shifted = |sign: f64| {
            let moved: Vec<f64> =
                at.iter().zip(found.direction()).map(|(x, v)| x + sign * step * v).collect();
            reference(&net, &moved)
        };
        let slope: Vec<f64> =
            shifted(1.0).iter().zip(shifted(-1.0)).map(|(a, b)| (a - b) / (2.0 * step)).collect();
        let expected: Vec<f64> =
            found.direction().iter().map(|v| net.beta() * found.eigenvalue() * v).collect();
        near(&slope, &expected, 1e-8);
    }
}

#[test]
fn attention_of_transformers_is_an_update() {
    let mut rng = Rng::new(27, Stream::Experiment, 0);
    for (queries, keys, length, width) in [(1, 1, 1, 1), (3, 5, 4, 2), (10, 60, 16, 16), (7, 128, 128, 100)] {
        let mut draw = |rows, columns| Matrix::new(rows, columns, normal(rows * columns, &mut rng)).unwrap();
        let (q, k, v) = (draw(queries, length), draw(keys, length), draw(keys, width));
        let (plain, retrieved) = (scaled_dot_product(&q, &k, &v).unwrap(), by_retrieval(&q, &k, &v).unwrap());
        for row in 0..queries {
            near(retrieved.row(row), plain.row(row), 1e-12);
        }
    }
}

#[test]
fn clamped_units_ask_and_unknown_units_answer() {
    let mut rng = Rng::new(28, Stream::Experiment, 0);
    let (units, count) = (120, 30);
    let patterns: Vec<Vec<f64>> = (0..count).map(|_| spins(units, &mut rng)).collect();
    let net = ModernHopfield::<f64>::new(&patterns, 0.8).unwrap();
    for (k, pattern) in patterns.iter().enumerate() {
        let cue: Vec<f64> = pattern.iter().enumerate().map(|(i, &x)| if i < 40 { x } else { 0.0 }).collect();
        let mut state = State::new(&net, &cue).unwrap();
        // One clamped unit is wrong, and stays so.
        state.set(3, -pattern[3]).unwrap();
        (0..40).for_each(|unit| state.clamp(unit, true));
        let settled = net.settle(&mut state, 50);
        assert!(settled.at_rest && settled.updates <= 5);
        let mut expected = pattern.clone();
        expected[3] = -expected[3];
        near(&state.widened(), &expected, 1e-3);
        let attention = net.attention(&state.widened());
        assert_eq!(attention.verdict(true), Retrieval::Single(k));
        let cosines = net.cosines(&state.widened(), &attention);
        assert!((cosines[k] - (1.0 - 2.0 / 120.0)).abs() < 1e-3);
    }
}

#[test]
fn what_is_not_possible_is_refused() {
    let new =
        |patterns: &[Vec<f64>], beta| ModernHopfield::<f64>::new(patterns, beta).map(|_| ()).unwrap_err();
    assert_eq!(new(&[], 1.0), ModernError::Patterns(0));
    assert_eq!(new(&[vec![]], 1.0), ModernError::Units(0));
    assert_eq!(new(&[vec![0.0; 5000]], 1.0), ModernError::Units(5000));
    let ragged = ModernError::Length { pattern: 1, found: 1, expected: 2 };
    assert_eq!(new(&[vec![1.0, 2.0], vec![1.0]], 1.0), ragged);
    assert_eq!(new(&[vec![1.0]], 0.0), ModernError::Beta(0.0));
    assert!(matches!(new(&[vec![1.0]], f64::NAN), ModernError::Beta(_)));
    assert_eq!(new(&[vec![1.0, 2e9]], 1.0), ModernError::Value { pattern: 0, unit: 1, value: 2e9 });
    assert!(matches!(new(&[vec![f64::NAN]], 1.0), ModernError::Value { pattern: 0, unit: 0, .. }));
    let net = triangle(1.0);
    assert_eq!(State::new(&net, &[1.0]), Err(ModernError::StateLength { found: 1, expected: 2 }));
    let infinite = State::new(&net, &[1.0, f64::INFINITY]);
    assert_eq!(infinite, Err(ModernError::StateValue { unit: 1, value: f64::INFINITY }));
    // The ends of what is allowed: nothing overflows.
    for beta in [1e-9, 1e9] {
        for size in [1e9, 1e-9] {
            let patterns = [[size, 0.0, -size], [size, size, size], [0.0, 0.0, 0.0]];
            let net = ModernHopfield::<f64>::new(&patterns, beta).unwrap();
            let single = ModernHopfield::<f32>::new(&patterns, beta).unwrap();
            let bytes = single.quantised().unwrap();
            let hull = |values: Vec<f64>| values.iter().all(|x| x.abs() <= 1.000_001 * size);
            for start in [[1e9, -1e9, 0.0], [1e-30, 0.0, -1e-40]] {
                let mut states = (State::new(&net, &start).unwrap(), State::new(&single, &start).unwrap());
                let mut rough = State::new(&bytes, &start).unwrap();
                net.update(&mut states.0);
                single.update(&mut states.1);
                bytes.update(&mut rough);
                for values in [states.0.widened(), states.1.widened(), rough.widened()] {
                    assert!(hull(values), "{beta} {size}");
                }
            }
        }
    }
}
