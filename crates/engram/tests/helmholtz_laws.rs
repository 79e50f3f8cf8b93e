//! The Helmholtz machine held to enumeration: likelihood, bound and their estimates, and what wake and sleep learn.
//!
//! A mean may differ from its reference by 4.5 standard errors (7 in a million by chance; the seeds are fixed).

use engram::learning::WakeSleep;
use engram::math::{exp, ln, sigmoid, softplus};
use engram::models::helmholtz::{Exact, Fit, Helmholtz, LayerParameters, Parameters};
use engram::observe::Moments;
use engram::rng::{Rng, Stream};

/// Nets of several depths with weights large enough that nothing is nearly a coin.
const SHAPES: [&[usize]; 5] = [&[3, 1], &[4, 3], &[4, 3, 2], &[3, 2, 3, 1], &[2, 3, 4]];

fn rng(index: u64) -> Rng {
    Rng::new(7, Stream::Learning, index)
}

/// A net with random weights and biases.
fn net(sizes: &[usize], index: u64) -> Helmholtz {
    scattered(sizes, 1.3, index)
}

fn scattered(sizes: &[usize], deviation: f64, index: u64) -> Helmholtz {
    let mut rng = rng(index);
    let mut parameters = Helmholtz::random(sizes, deviation, &mut rng).unwrap().parameters();
    for layer in parameters.generative.iter_mut().chain(&mut parameters.recognition) {
        layer.biases.iter_mut().for_each(|bias| *bias = deviation * rng.normal());
    }
    Helmholtz::new(&parameters).unwrap()
}

/// Every state of so many units; unit i is bit i of the state's place.
fn all(units: usize) -> impl Iterator<Item = Vec<u8>> {
    (0..1u32 << units).map(move |code| (0..units).map(|i| (code >> i & 1) as u8).collect())
}

/// Every state of all units with these visible ones.
fn explanations<'a>(net: &Helmholtz, visible: &'a [u8]) -> impl Iterator<Item = Vec<u8>> + 'a {
    all(net.units() - net.visible()).map(move |hidden| [visible, &hidden].concat())
}

/// `ln P(v, h)` and `ln Q(h | v)`, of the definitions.
fn logs(net: &Helmholtz, states: &[u8]) -> (f64, f64) {
    let parameters = net.parameters();
    let at = |layer: usize| &states[net.layer(layer)];
    let side = |field: f64, state: u8| if state == 1 { ln(sigmoid(field)) } else { ln(sigmoid(-field)) };
    let mut found = (0.0, 0.0);
    for (layer, LayerParameters { weights, biases }) in parameters.generative.iter().enumerate() {
        for (i, bias) in biases.iter().enumerate() {
            let above = at(layer + 1).iter().enumerate();
            let field: f64 = above.map(|(j, &s)| f64::from(s) * weights[j * biases.len() + i]).sum();
            found.0 += side(bias + field, at(layer)[i]);
        }
    }
    for (below, LayerParameters { weights, biases }) in parameters.recognition.iter().enumerate() {
        for (j, bias) in biases.iter().enumerate() {
            let states = at(below).iter().enumerate();
            let field: f64 = states.map(|(i, &s)| f64::from(s) * weights[j * at(below).len() + i]).sum();
            found.1 += side(bias + field, at(below + 1)[j]);
        }
    }
    found
}

/// `ln P(v)` and the bound, by the sum over all hidden states.
fn summed(net: &Helmholtz, visible: &[u8]) -> (f64, f64) {
    explanations(net, visible)
        .map(|states| logs(net, &states))
        .fold((0.0, 0.0), |(p, bound), (log_p, log_q)| (p + exp(log_p), bound + exp(log_q) * (log_p - log_q)))
}

fn near(found: f64, expected: f64, by: f64, what: &str) {
    assert!((found - expected).abs() <= by, "{what}: {found} instead of {expected}, off by more than {by}");
}

#[test]
fn logarithms_are_those_of_the_definitions() {
    for (index, sizes) in (0..).zip(SHAPES) {
        let net = net(sizes, index);
        for states in all(net.units()) {
            let (log_p, log_q) = logs(&net, &states);
            near(net.generative_log_probability(&states).unwrap(), log_p, 1e-12, "ln P");
            near(net.recognition_log_probability(&states).unwrap(), log_q, 1e-12, "ln Q");
        }
    }
}

#[test]
fn exact_likelihoods_and_bounds_are_the_sums_over_all_hidden_states() {
    for (index, sizes) in (0..).zip(SHAPES) {
        let net = net(sizes, index);
        let exact = Exact::enumerate(&net).unwrap();
        let table = exact.distribution().unwrap();
        near(table.iter().sum(), 1.0, 1e-14, "all pictures together");
        let mut total = Fit { divergence: 0.0, entropy: 0.0, log_likelihood: 0.0, bound: 0.0, mass: 0.0 };
        for (code, visible) in all(net.visible()).enumerate() {
            let (p, bound) = summed(&net, &visible);
            let found = exact.log_likelihood(&visible).unwrap();
            near(found, ln(p), 1e-13, "ln P(v)");
            near(table[code], p, 1e-14, "P(v)");
            near(exact.bound(&visible).unwrap(), bound, 1e-13, "bound");
            assert!(bound < found, "{bound} {found}");
            total.log_likelihood += p * found;
            total.bound += p * bound;
        }
        // The model as its own data.
        let patterns: Vec<u8> = all(net.visible()).flatten().collect();
        let fit = exact.fit(&patterns, &table).unwrap();
        near(fit.divergence, 0.0, 1e-13, "divergence from itself");
        near(fit.mass, 1.0, 1e-13, "mass");
        near(fit.entropy, -total.log_likelihood, 1e-13, "entropy");
        near(fit.log_likelihood, total.log_likelihood, 1e-13, "mean log-likelihood");
        near(fit.bound, total.bound, 1e-13, "mean bound");
    }
}

#[test]
fn the_bound_is_the_likelihood_where_recognition_is_right() {
    // One hidden unit: P(h = 1 | v) is a logistic function of v, which recognition can be.
    let mut parameters = net(&[5, 1], 9).parameters();
    let given = &parameters.generative[0];
    let less = |(&w, &b): (&f64, &f64)| softplus(b + w) - softplus(b);
    let gap: f64 = given.weights.iter().zip(&given.biases).map(less).sum();
    let recognition = LayerParameters {
        weights: given.weights.clone(),
        biases: vec![parameters.generative[1].biases[0] - gap],
    };
    parameters.recognition = vec![recognition];
    let net = Helmholtz::new(&parameters).unwrap();
    let exact = Exact::enumerate(&net).unwrap();
    let mut rng = rng(9);
    for visible in all(5) {
        let truth = exact.log_likelihood(&visible).unwrap();
        near(exact.bound(&visible).unwrap(), truth, 1e-13, "bound");
        // Then every recognition weighs the same.
        let sampled = net.sampled_bound(&visible, 20, &mut rng).unwrap();
        near(sampled.bound, truth, 1e-13, "sampled bound");
        let found = net.importance(&visible, 20, &mut rng).unwrap();
        near(found.log_likelihood, truth, 1e-13, "importance");
        assert!(sampled.error < 1e-13 && found.error < 1e-13 && (found.effective - 20.0).abs() < 1e-9);
    }
}

#[test]
fn likelihoods_too_small_for_a_number_have_their_logarithm() {
    // 20 visible units that are on with e^−100 each; the top unit, seldom on, makes them coins.
    let down = LayerParameters { weights: vec![100.0; 20], biases: vec![-100.0; 20] };
    let top = LayerParameters { weights: vec![], biases: vec![-3000.0] };
    let up = LayerParameters { weights: vec![0.0; 20], biases: vec![0.0] };
    let net = Helmholtz::new(&Parameters { generative: vec![down, top], recognition: vec![up] }).unwrap();
    let exact = Exact::enumerate(&net).unwrap();
    near(exact.log_likelihood(&[1; 20]).unwrap(), -2000.0, 1e-9, "all on");
    near(exact.log_likelihood(&[0; 20]).unwrap(), 0.0, 1e-9, "all off");
    near(exact.bound(&[1; 20]).unwrap(), -2500.0 - 10.0 * ln(2.0) + ln(2.0), 1e-9, "bound");
}

#[test]
fn dreams_and_recognitions_have_their_distributions() {
    const DRAWS: u32 = 200_000;
    let law = |counts: &[u32], p: &dyn Fn(usize) -> f64| {
        for (code, &count) in counts.iter().enumerate() {
            let p = p(code);
            let error = (p * (1.0 - p) / f64::from(DRAWS)).sqrt().max(1.0 / f64::from(DRAWS));
            near(f64::from(count) / f64::from(DRAWS), p, 4.5 * error, "frequency");
        }
    };
    let code = |states: &[u8]| states.iter().rev().fold(0, |code, &s| code << 1 | usize::from(s));
    for (index, sizes) in (0..).zip(SHAPES) {
        let net = net(sizes, index);
        let mut rng = rng(100 + index);
        let states: Vec<Vec<u8>> = all(net.units()).collect();
        let mut counts = vec![0; states.len()];
        for _ in 0..DRAWS {
            counts[code(&net.dream(&mut rng))] += 1;
        }
        law(&counts, &|code| exp(logs(&net, &states[code]).0));
        let visible: Vec<u8> = (0..net.visible()).map(|i| (i % 2) as u8).collect();
        counts.fill(0);
        for _ in 0..DRAWS {
            counts[code(&net.recognise(&visible, &mut rng).unwrap())] += 1;
        }
        let of = |code: usize| states[code].starts_with(&visible);
        law(&counts, &|code| if of(code) { exp(logs(&net, &states[code]).1) } else { 0.0 });
    }
}

#[test]
fn estimates_agree_with_enumeration_and_importance_errs_downwards() {
    for (index, sizes) in (0..).zip(SHAPES) {
        // Recognition that is wrong, but not so wrong that a few samples out of thousands count.
        let net = scattered(sizes, 0.7, index);
        let exact = Exact::enumerate(&net).unwrap();
        let mut rng = rng(200 + index);
        for visible in all(net.visible()).step_by(3) {
            let (truth, bound) = (exact.log_likelihood(&visible).unwrap(), exact.bound(&visible).unwrap());
            let sampled = net.sampled_bound(&visible, 20_000, &mut rng).unwrap();
            near(sampled.bound, bound, 4.5 * sampled.error, "sampled bound");
            let found = net.importance(&visible, 20_000, &mut rng).unwrap();
            near(found.log_likelihood, truth, 4.5 * found.error, "importance");
            assert!(found.error < 0.05 && (1.0..=20_000.0).contains(&found.effective), "{found:?}");
            // Of a few samples the mean lies between the bound and the truth, and rises.
            let mean = |samples: u32, rng: &mut Rng| {
                let mut moments = Moments::default();
                for _ in 0..20_000 / samples {
                    moments.add(net.importance(&visible, samples, rng).unwrap().log_likelihood);
                }
                (moments.mean(), moments.deviation() / (moments.count() as f64).sqrt())
            };
            let ((two, error), (twenty, other)) = (mean(2, &mut rng), mean(20, &mut rng));
            assert!(bound - 4.5 * sampled.error < two && two < twenty + 4.5 * (error + other));
            assert!(two + 4.5 * error < truth && twenty < truth + 4.5 * other, "{two} {twenty} {truth}");
        }
    }
}

/// Every weight and bias of a direction.
fn flat(layers: &[LayerParameters]) -> Vec<f64> {
    layers.iter().flat_map(|layer| layer.weights.iter().chain(&layer.biases).copied()).collect()
}

/// By how much every weight and bias differs, those that lead down first.
fn step(before: &Helmholtz, after: &Helmholtz) -> Vec<f64> {
    let of = |net: &Helmholtz| {
        let Parameters { generative, recognition } = net.parameters();
        [flat(&generative), flat(&recognition)].concat()
    };
    of(after).iter().zip(of(before)).map(|(after, before)| after - before).collect()
}

/// The gradient of what is said of a net, along every weight and bias, by differences.
fn gradient(net: &Helmholtz, of: impl Fn(&Helmholtz) -> f64) -> Vec<f64> {
    const STEP: f64 = 1e-5;
    let given = net.parameters();
    let moved = |place: usize, by: f64| {
        let mut parameters = given.clone();
        let layers = parameters.generative.iter_mut().chain(&mut parameters.recognition);
        let mut numbers = layers.flat_map(|layer| layer.weights.iter_mut().chain(&mut layer.biases));
        *numbers.nth(place).unwrap() += by;
        of(&Helmholtz::new(&parameters).unwrap())
    };
    let count = step(net, net).len();
    (0..count).map(|place| (moved(place, STEP) - moved(place, -STEP)) / (2.0 * STEP)).collect()
}

/// A few pictures with their probabilities.
fn data(visible: usize) -> Vec<(Vec<u8>, f64)> {
    all(visible).zip([0.4, 0.1, 0.3, 0.2]).collect()
}

/// All cases of a wake phase with their probabilities: data, and what recognition makes of them.
fn wake_cases(net: &Helmholtz) -> Vec<(Vec<u8>, f64)> {
    let of = |(visible, p): (Vec<u8>, f64)| {
        let cases: Vec<_> = explanations(net, &visible).collect();
        cases
            .into_iter()
            .map(move |states| (p * exp(logs(net, &states).1), states))
            .map(|(p, states)| (states, p))
    };
    data(net.visible()).into_iter().flat_map(of).collect()
}

/// All cases of a sleep phase with their probabilities.
fn sleep_cases(net: &Helmholtz) -> Vec<(Vec<u8>, f64)> {
    let of = |states: Vec<u8>| {
        let p = exp(logs(net, &states).0);
        (states, p)
    };
    all(net.units()).map(of).collect()
}

/// The mean over cases of what one update at the rate 1 does.
fn expected(
    net: &Helmholtz,
    cases: &[(Vec<u8>, f64)],
    mut update: impl FnMut(&mut Helmholtz, &[u8]),
) -> Vec<f64> {
    let mut mean = vec![0.0; step(net, net).len()];
    for (states, p) in cases {
        let mut moved = net.clone();
        update(&mut moved, states);
        mean.iter_mut().zip(step(net, &moved)).for_each(|(mean, step)| *mean += p * step);
    }
    mean
}

#[test]
fn wake_and_sleep_ascend_their_gradients() {
    let mut rule = WakeSleep::default();
    for (index, sizes) in (0..).zip(SHAPES) {
        let net = net(sizes, index);
        let downwards = flat(&net.parameters().generative).len();

        let cases = wake_cases(&net);
        let mean = expected(&net, &cases, |net, states| rule.ascend_generative(net, states, 1.0).unwrap());
        let of = |net: &Helmholtz| cases.iter().map(|(states, p)| p * logs(net, states).0).sum();
        for (found, slope) in mean.iter().zip(gradient(&net, of)) {
            near(*found, slope, 1e-9, "wake");
        }
        // The cases were drawn by the net as it was: nothing moves recognition.
        assert!(mean[downwards..].iter().all(|&step| step == 0.0));

        let cases = sleep_cases(&net);
        let mean = expected(&net, &cases, |net, states| rule.ascend_recognition(net, states, 1.0).unwrap());
        let of = |net: &Helmholtz| cases.iter().map(|(states, p)| p * logs(net, states).1).sum();
        for (found, slope) in mean.iter().zip(gradient(&net, of)) {
            near(*found, slope, 1e-9, "sleep");
        }
        assert!(mean[..downwards].iter().all(|&step| step == 0.0));
    }
}

#[test]
fn phases_draw_the_cases_that_they_should() {
    const DRAWS: u32 = 40_000;
    let mut rule = WakeSleep::default();
    for (index, sizes) in (0..).zip(SHAPES) {
        let net = net(sizes, index);
        let mut dice = rng(300 + index);
        let data = data(net.visible());
        let mut check = |cases: &[(Vec<u8>, f64)], wake: bool| {
            let mean = expected(&net, cases, |net, states| {
                let ascend = if wake { WakeSleep::ascend_generative } else { WakeSleep::ascend_recognition };
                ascend(&mut WakeSleep::default(), net, states, 1.0).unwrap();
            });
            let mut found = vec![Moments::default(); mean.len()];
            for _ in 0..DRAWS {
                let mut moved = net.clone();
                if wake {
                    let mut rest = dice.unit();
                    let picture = data.iter().find(|(_, p)| {
                        rest -= p;
                        rest < 0.0
                    });
                    rule.wake(&mut moved, &picture.unwrap_or(&data[0]).0, 1.0, &mut dice).unwrap();
                } else {
                    rule.sleep(&mut moved, 1, 1.0, &mut dice).unwrap();
                }
                found.iter_mut().zip(step(&net, &moved)).for_each(|(found, step)| found.add(step));
            }
            for (found, mean) in found.iter().zip(mean) {
                let error = found.deviation() / f64::from(DRAWS).sqrt();
                near(found.mean(), mean, 4.5 * error.max(1e-4), "mean update");
            }
        };
        check(&wake_cases(&net), true);
        check(&sleep_cases(&net), false);
    }
}

#[test]
fn a_batch_is_the_mean_of_its_cases() {
    let net = net(&[4, 3, 2], 4);
    let patterns = [1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1];
    let (mut dice, mut rule) = (rng(5), WakeSleep::default());
    let mut mean = vec![0.0; step(&net, &net).len()];
    let mut add = |moved: &Helmholtz| {
        mean.iter_mut().zip(step(&net, moved)).for_each(|(mean, step)| *mean += step / 3.0);
    };
    for pattern in patterns.chunks(4) {
        let mut moved = net.clone();
        rule.wake(&mut moved, pattern, 0.3, &mut dice).unwrap();
        add(&moved);
    }
    let mut batch = net.clone();
    rule.wake(&mut batch, &patterns, 0.3, &mut rng(5)).unwrap();
    assert_eq!(rule.states().len(), 27);
    assert!(
        rule.states().chunks(9).zip(patterns.chunks(4)).all(|(states, pattern)| states.starts_with(pattern))
    );
    step(&net, &batch).iter().zip(&mean).for_each(|(found, mean)| near(*found, *mean, 1e-15, "batch"));

    // An update is a wake phase and a sleep phase after it.
    let (mut once, mut twice) = (net.clone(), net.clone());
    rule.update(&mut once, &patterns, 0.3, &mut rng(6)).unwrap();
    let mut dice = rng(6);
    rule.wake(&mut twice, &patterns, 0.3, &mut dice).unwrap();
    assert_eq!(once.parameters().generative, twice.parameters().generative);
    rule.sleep(&mut twice, 3, 0.3, &mut dice).unwrap();
    assert_eq!(once, twice);
}

#[test]
fn chains_have_the_law_of_the_net_and_of_what_is_left_open() {
    let net = scattered(&[3, 2, 2], 0.9, 40);
    let (steps, mut rng) = (200_000, rng(41));
    for held in [vec![], vec![true, false, false]] {
        let mut states = net.recognise(&[1, 0, 1], &mut rng).unwrap();
        let mut counts = vec![0.0; 1 << net.units()];
        for _ in 0..steps {
            net.reconsider(&mut states, &held, &mut rng).unwrap();
            counts[states.iter().rev().fold(0, |code, &state| 2 * code + usize::from(state))] += 1.0;
        }
        let law: Vec<f64> = all(net.units())
            .map(|s| if held.is_empty() || s[0] == 1 { exp(logs(&net, &s).0) } else { 0.0 })
            .collect();
        let sum: f64 = law.iter().sum();
        for (count, p) in counts.iter().zip(law.iter().map(|p| p / sum)) {
            // Steps follow one another: the spread allowed is three times that of independent draws.
            let by = 4.5 * 3.0 * (p * (1.0 - p) / f64::from(steps)).sqrt();
            near(count / f64::from(steps), p, by, "a state of the chain");
        }
    }
    assert!(net.reconsider(&mut [0; 7], &[true], &mut rng).is_err());
    assert!(net.reconsider(&mut [0; 6], &[], &mut rng).is_err());
}

#[test]
fn a_right_recognition_is_always_taken() {
    // Without weights the hidden units are coins whatever is seen.
    let net = Helmholtz::random(&[3, 4, 2], 0.0, &mut rng(42)).unwrap();
    let (mut states, mut rng) = (vec![0; 9], rng(43));
    assert!((0..1000).all(|_| net.reconsider(&mut states, &[], &mut rng).unwrap()));
}
