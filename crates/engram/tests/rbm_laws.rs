//! Restricted Boltzmann machines against closed forms, enumeration and finite differences.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use engram::math;
use engram::models::rbm::{Ais, Gradient, Rbm, RbmError, Sampler};
use engram::rng::{Lanes, Rng, Stream};

const PICTURES: [u8; 6] = [1, 0, 1, 0, 1, 0];

/// Three visible and two hidden units.
fn small() -> Rbm {
    let weights = vec![0.5, 1.5, -0.75, -1.0, 0.25, 1.0];
    Rbm::new(weights, vec![0.1, -0.2, 0.3], vec![-0.4, 0.6], 0).unwrap()
}

fn near(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found} is not {wanted}");
}

/// A machine of any size, with labels if they are asked for.
fn drawn(visible: usize, hidden: usize, labels: usize, seed: u64) -> Rbm {
    let mut rng = Rng::new(seed, Stream::Experiment, 1);
    let mut number = |_| 0.8 * rng.normal();
    let weights = (0..visible * hidden).map(&mut number).collect();
    let (a, c) = ((0..visible).map(&mut number).collect(), (0..hidden).map(&mut number).collect());
    Rbm::new(weights, a, c, labels).unwrap()
}

fn pictures(visible: usize, labels: usize, count: usize) -> Vec<u8> {
    let mut rng = Rng::new(3, Stream::Patterns, 0);
    let mut cells = Vec::new();
    for picture in 0..count {
        cells.extend((0..visible - labels).map(|_| u8::from(rng.bernoulli(0.5))));
        cells.extend((0..labels).map(|k| u8::from(k == picture % labels)));
    }
    cells
}

#[test]
fn the_machine_by_hand_has_its_numbers() {
    let machine = small();
    near(machine.ln_z().unwrap(), 4.380_253_689_7, 1e-10);
    near(machine.distribution().unwrap().ln_z, 4.380_253_689_7, 1e-10);
    near(machine.log_likelihood(&PICTURES).unwrap(), -2.254_881_849_8, 1e-10);
    let gradient = machine.gradient(&PICTURES).unwrap();
    let wanted = [
        -0.105_504_175_2,
        -0.096_196_850_9,
        -0.151_932_185,
        0.073_928_881_5,
        -0.136_238_058_3,
        -0.171_630_961_9,
    ];
    gradient.weights.iter().zip(wanted).for_each(|(&found, wanted)| near(found, wanted, 1e-9));
}

#[test]
fn contrastive_divergence_comes_to_the_gradient_at_the_rate_of_the_sampler() {
    let machine = small();
    let exact = machine.gradient(&PICTURES).unwrap();
    let away = |steps| {
        let update = machine.expected_update(&PICTURES, steps).unwrap();
        update.weights.iter().zip(&exact.weights).fold(0.0f64, |most, (a, b)| most.max((a - b).abs()))
    };
    assert!((9.3e-3..9.5e-3).contains(&away(1)), "{}", away(1));
    assert!((1e-10..4e-10).contains(&away(10)) && away(100) < 1e-14, "{} {}", away(10), away(100));
    // What is left falls by the second eigenvalue of the sampler.
    near(away(9) / away(8), 0.171_196, 1e-3);
    // Chains that are spread as the machine believes stay so: their update is the gradient.
    let many: Vec<u8> = (0..8u8).flat_map(|n| [n & 1, n >> 1 & 1, n >> 2 & 1]).collect();
    let even = machine.expected_update_from(&PICTURES, &many, 60).unwrap();
    even.numbers().zip(exact.numbers()).for_each(|(a, b)| near(a, b, 1e-13));
}

#[test]
fn gradients_are_those_of_the_log_likelihood() {
    for (visible, hidden, labels) in [(5, 3, 0), (3, 6, 0), (7, 4, 3), (6, 9, 2)] {
        let machine = drawn(visible, hidden, labels, 5);
        let pictures = pictures(visible, labels, 4);
        let gradient: Vec<f64> = machine.gradient(&pictures).unwrap().numbers().collect();
        let parameters: Vec<f64> =
            [machine.weights(), machine.visible_bias(), machine.hidden_bias()].concat();
        for (k, slope) in gradient.iter().enumerate() {
            let at = |step: f64| {
                let mut moved = parameters.clone();
                moved[k] += step;
                let (w, rest) = moved.split_at(visible * hidden);
                let (a, c) = rest.split_at(visible);
                let moved = Rbm::new(w.to_vec(), a.to_vec(), c.to_vec(), labels).unwrap();
                moved.log_likelihood(&pictures).unwrap()
            };
            near((at(1e-5) - at(-1e-5)) / 2e-5, *slope, 1e-8);
        }
    }
}

#[test]
fn both_layers_give_the_same_sum_and_the_free_energy() {
    for labels in [0, 3] {
        let machine = drawn(9, 9, labels, 8);
        let distribution = machine.distribution().unwrap();
        near(machine.ln_z().unwrap(), distribution.ln_z, 1e-11);
        near(distribution.pictures.iter().sum::<f64>(), 1.0, 1e-12);
        for picture in pictures(9, labels, 20).chunks(9) {
            let number = picture.iter().rev().fold(0, |n, &cell| 2 * n + usize::from(cell));
            let wanted = math::exp(-machine.free_energy(picture) - distribution.ln_z);
            near(distribution.pictures[number], wanted, 1e-13);
            // The free energy is the sum over hidden states.
            let of = |h: u32| {
                let hidden: Vec<u8> = (0..9).map(|j| (h >> j & 1) as u8).collect();
                math::exp(-machine.energy(picture, &hidden))
            };
            near(math::ln((0..512).map(of).sum()), -machine.free_energy(picture), 1e-11);
        }
    }
}

#[test]
fn chains_come_to_the_machine_s_law() {
    for labels in [0, 2] {
        let machine = drawn(6, 5, labels, 11);
        let law = machine.distribution().unwrap().pictures;
        let sampler = Sampler::new(&machine);
        let chains = 2000;
        let mut visible = Lists::of(6, &pictures(6, labels, chains));
        let mut hidden = Lists::new(5, chains);
        let mut dice = Lanes::new(4, Stream::Dynamics, 0);
        let mut counts = vec![0.0; 64];
        let (burn, rounds) = (30, 20);
        for round in 0..burn + rounds {
            for _ in 0..5 {
                sampler.draw_hidden(&visible, &[], &mut dice, &mut hidden);
                sampler.draw_visible(&hidden, &[], &mut dice, &mut visible);
            }
            if round >= burn {
                for on in visible.iter() {
                    counts[on.iter().map(|&unit| 1usize << unit).sum::<usize>()] += 1.0;
                }
            }
        }
        let all = (chains * rounds) as f64;
        // Rounds are five steps apart and not independent: the spread allowed is three times that of independent draws.
        for (count, &p) in counts.iter().zip(&law) {
            near(count / all, p, 4.5 * 3.0 * (p * (1.0 - p) / all).sqrt() + 1e-9);
        }
    }
}

#[test]
fn free_energies_and_posteriors_of_the_sampler_are_those_of_the_machine() {
    let machine = drawn(40, 35, 7, 2);
    let sampler = Sampler::new(&machine);
    assert_eq!(Sampler::new(&sampler.machine().unwrap()), sampler);
    let cells = pictures(40, 7, 14);
    let lists = Lists::of(40, &cells);
    let energies = sampler.free_energies(&lists);
    let posteriors = sampler.label_posteriors(&lists);
    for (k, picture) in cells.chunks(40).enumerate() {
        near(energies[k], machine.free_energy(picture), 1e-4);
        let of = |label: usize| {
            let mut picture = picture.to_vec();
            picture[33..].fill(0);
            picture[33 + label] = 1;
            -machine.free_energy(&picture)
        };
        let z = math::ln((0..7).map(|label| math::exp(of(label))).sum());
        (0..7).for_each(|label| near(posteriors[k][label], of(label) - z, 1e-4));
    }
}

/// The mean of the updates that a learner makes of the same pictures from the same weights.
fn mean_update(machine: &Rbm, how: &Contrastive, pictures: &[u8], draws: u64) -> (Gradient, f64) {
    let data = Lists::of(machine.visible(), pictures);
    let mut sum: Option<Vec<f64>> = None;
    let mut squares = 0.0f64;
    let step = Step { rate: 1.0, momentum: 0.0, decay: 0.0 };
    let mut scratch = Scratch::default();
    for draw in 0..draws {
        let dice = Lanes::new(draw, Stream::Learning, 0);
        let mut rng = Rng::new(draw, Stream::Learning, 1);
        let mut learner = Learner::new(machine, how, &vec![0.5; machine.visible()], &mut rng, &dice).unwrap();
        learner.learn(how, &data, step, &mut scratch);
        let after = learner.sampler().machine().unwrap();
        let differences = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>();
        let moved = [
            differences(after.weights(), machine.weights()),
            differences(after.visible_bias(), machine.visible_bias()),
            differences(after.hidden_bias(), machine.hidden_bias()),
        ]
        .concat();
        squares = squares.max(moved.iter().fold(0.0, |most, x| most.max(x * x)));
        match &mut sum {
            Some(sum) => sum.iter_mut().zip(moved).for_each(|(sum, x)| *sum += x),
            None => sum = Some(moved),
        }
    }
    let mean: Vec<f64> = sum.unwrap().iter().map(|x| x / draws as f64).collect();
    let (weights, rest) = mean.split_at(machine.visible() * machine.hidden());
    let (visible, hidden) = rest.split_at(machine.visible());
    let mean =
        Gradient { weights: weights.to_vec(), visible_bias: visible.to_vec(), hidden_bias: hidden.to_vec() };
    (mean, (squares / draws as f64).sqrt())
}

#[test]
fn what_is_learned_is_on_average_what_is_expected() {
    for (machine, labels) in [(drawn(4, 3, 0, 1), 0), (drawn(3, 17, 2, 7), 2)] {
        let data = pictures(machine.visible(), labels, 6);
        for steps in [1, 3] {
            let how = Contrastive { chains: Chains::Data, steps, centred: false, sparsity: None };
            let (mean, error) = mean_update(&machine, &how, &data, 4000);
            let wanted = machine.expected_update(&data, steps).unwrap();
            mean.numbers().zip(wanted.numbers()).for_each(|(a, b)| near(a, b, 4.5 * error));
        }
        // Of many chains that have run for long, the update is the gradient; tempered, too.
        for chains in [Chains::Persistent { count: 8 }, Chains::Tempered { count: 4, temperatures: 4 }] {
            let how = Contrastive { chains, steps: 40, centred: false, sparsity: None };
            let (mean, error) = mean_update(&machine, &how, &data, 2000);
            let wanted = machine.gradient(&data).unwrap();
            mean.numbers().zip(wanted.numbers()).for_each(|(a, b)| near(a, b, 4.5 * error));
        }
    }
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let refused = |weights: usize, visible: usize, hidden: usize, labels| {
        Rbm::new(vec![0.0; weights], vec![0.0; visible], vec![0.0; hidden], labels).unwrap_err()
    };
    assert_eq!(refused(0, 0, 3, 0), RbmError::Units { visible: 0, hidden: 3 });
    assert_eq!(refused(5, 2, 3, 0), RbmError::Shape { found: 5, visible: 2, hidden: 3 });
    assert_eq!(refused(6, 2, 3, 1), RbmError::Labels { labels: 1, visible: 2 });
    assert_eq!(refused(6, 2, 3, 2), RbmError::Labels { labels: 2, visible: 2 });
    let mut weights = vec![0.0; 6];
    weights[4] = f64::NAN;
    let error = Rbm::new(weights, vec![0.0; 2], vec![0.0; 3], 0).unwrap_err();
    assert!(error.to_string().contains("number 4 of the weights is NaN"), "{error}");
    let large = drawn(22, 21, 0, 1);
    assert_eq!(large.ln_z().unwrap_err(), RbmError::Large { units: 21 });
    assert_eq!(small().log_likelihood(&[1, 0]).unwrap_err(), RbmError::Picture { cells: 2, visible: 3 });
    let labelled = drawn(5, 3, 2, 1);
    assert_eq!(labelled.log_likelihood(&[1, 0, 1, 1, 1]).unwrap_err(), RbmError::Label { picture: 0 });
}

#[test]
fn pseudo_likelihoods_are_products_of_conditionals() {
    let sampler = Sampler::new(&small());
    let found = sampler.pseudo_likelihoods(&Lists::of(3, &PICTURES));
    near(found[0], -2.588_716_269_3, 1e-5);
    near(found[1], -2.036_619_222_6, 1e-5);
    let machine = drawn(20, 18, 3, 9);
    let cells = pictures(20, 3, 6);
    let found = Sampler::new(&machine).pseudo_likelihoods(&Lists::of(20, &cells));
    for (k, picture) in cells.chunks(20).enumerate() {
        let mut wanted = 0.0;
        for unit in 0..17 {
            let mut other = picture.to_vec();
            other[unit] ^= 1;
            wanted -= math::ln(1.0 + math::exp(machine.free_energy(picture) - machine.free_energy(&other)));
        }
        let of = |label: usize| {
            let mut other = picture.to_vec();
            other[17..].fill(0);
            other[17 + label] = 1;
            math::exp(-machine.free_energy(&other))
        };
        wanted += math::ln(math::exp(-machine.free_energy(picture)) / (0..3).map(of).sum::<f64>());
        near(found[k], wanted, 1e-3);
    }
}

#[test]
fn annealed_importance_sampling_finds_the_sum_within_its_error() {
    for (labels, seed) in [(0, 1), (0, 2), (4, 3)] {
        // As strong as what is learned: weights of 2 on average.
        let drawn = drawn(16, 12, labels, seed);
        let strong = |x: &[f64]| x.iter().map(|w| 2.5 * w).collect::<Vec<_>>();
        let machine = Rbm::new(
            strong(drawn.weights()),
            strong(drawn.visible_bias()),
            strong(drawn.hidden_bias()),
            labels,
        )
        .unwrap();
        let exact = machine.ln_z().unwrap();
        let rates = vec![if labels > 0 { 0.3 } else { 0.5 }; 16];
        let mut ais =
            Ais::new(&Sampler::new(&machine), &rates, 100, 5000, Lanes::new(seed, Stream::Experiment, 2));
        assert!(ais.advance(4000).is_none() && ais.progress() == (4000, 5000));
        let found = ais.advance(usize::MAX).unwrap();
        assert!(found.error < 0.5 && (found.runs, found.steps) == (100, 5000), "{found:?}");
        near(found.ln_z, exact, 4.5 * found.error.max(0.05));
    }
}
