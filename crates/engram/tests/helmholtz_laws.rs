//! The Helmholtz machine held to enumeration: likelihood, bound and their estimates, what wake and sleep learn, and bars.
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
    let mut rng = rng(index);
    let mut parameters = Helmholtz::random(sizes, 1.3, &mut rng).unwrap().parameters();
    for layer in parameters.generative.iter_mut().chain(&mut parameters.recognition) {
        layer.biases.iter_mut().for_each(|bias| *bias = rng.normal());
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
    explanations(net, visible).map(|states| logs(net, &states)).fold((0.0, 0.0), |(p, bound), (log_p, log_q)| {
        (p + exp(log_p), bound + exp(log_q) * (log_p - log_q))
    })
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
    let recognition =
        LayerParameters { weights: given.weights.clone(), biases: vec![parameters.generative[1].biases[0] - gap] };
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
        let net = net(sizes, index);
        let exact = Exact::enumerate(&net).unwrap();
        let mut rng = rng(200 + index);
        for visible in all(net.visible()).step_by(3) {
            let (truth, bound) = (exact.log_likelihood(&visible).unwrap(), exact.bound(&visible).unwrap());
            let sampled = net.sampled_bound(&visible, 20_000, &mut rng).unwrap();
            near(sampled.bound, bound, 4.5 * sampled.error, "sampled bound");
            let found = net.importance(&visible, 20_000, &mut rng).unwrap();
            near(found.log_likelihood, truth, 4.5 * found.error, "importance");
            assert!(found.error < 0.1 && (1.0..=20_000.0).contains(&found.effective), "{found:?}");
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
            assert!(twenty < truth + 4.5 * other, "{two} {twenty} {truth}");
        }
    }
}

/// Every weight and bias, the generative ones first.
fn flat(net: &Helmholtz) -> (Vec<f64>, Vec<f64>) {
    let of = |layers: &[LayerParameters]| {
        layers.iter().flat_map(|layer| layer.weights.iter().chain(&layer.biases).copied()).collect()
    };
    let parameters = net.parameters();
    (of(&parameters.generative), of(&parameters.recognition))
}

/// The bars: all lines of one direction, vertical with probability 2/3, each on with probability 1/5.
mod bars {
    use super::*;

    pub const ENTROPY: f64 = 2.376_389;

    fn picture(vertical: bool, lines: u32) -> [u8; 16] {
        std::array::from_fn(|i| (lines >> if vertical { i % 4 } else { i / 4 } & 1) as u8)
    }

    pub fn draw(rng: &mut Rng) -> [u8; 16] {
        let vertical = rng.bernoulli(2.0 / 3.0);
        let lines = (0..4).fold(0, |lines, _| lines << 1 | u32::from(rng.bernoulli(0.2)));
        picture(vertical, lines)
    }

    /// All pictures with their probabilities.
    pub fn all() -> (Vec<u8>, Vec<f64>) {
        let mut pictures: Vec<([u8; 16], f64)> = Vec::new();
        for (vertical, share) in [(true, 2.0 / 3.0), (false, 1.0 / 3.0)] {
            for lines in 0..16u32 {
                let p = (0..4).fold(share, |p, line| p * if lines >> line & 1 == 1 { 0.2 } else { 0.8 });
                let new = picture(vertical, lines);
                match pictures.iter_mut().find(|(known, _)| *known == new) {
                    Some((_, known)) => *known += p,
                    None => pictures.push((new, p)),
                }
            }
        }
        pictures.into_iter().map(|(picture, p)| (picture, p)).fold((vec![], vec![]), |mut all, (picture, p)| {
            all.0.extend(picture);
            all.1.push(p);
            all
        })
    }
}

#[test]
fn wake_sleep_learns_the_bars() {
    let (patterns, probabilities) = bars::all();
    for (samples, decay) in [(100_000, 1e5), (300_000, 1e5), (300_000, 3e4), (1_000_000, 1e5), (1_000_000, 3e5)] {
    for seed in 0..6 {
        let mut dice = Rng::new(seed, Stream::Learning, 0);
        let mut pictures = Rng::new(seed, Stream::Patterns, 0);
        let mut net = Helmholtz::random(&[16, 8, 1], 0.0, &mut dice).unwrap();
        let mut rule = WakeSleep::default();
        let start = std::time::Instant::now();
        for step in 0..samples {
            let rate = 0.1 / (1.0 + f64::from(step) / decay);
            rule.update(&mut net, &bars::draw(&mut pictures), rate, &mut dice).unwrap();
        }
        let time = start.elapsed();
        let start = std::time::Instant::now();
        let fit = Exact::enumerate(&net).unwrap().fit(&patterns, &probabilities).unwrap();
        println!("{samples} {decay} {seed} {:.3} bits mass {:.3} bound gap {:.3} {time:?} fit {:?}", fit.divergence / ln(2.0), fit.mass, fit.log_likelihood - fit.bound, start.elapsed());
    }
    }
}
