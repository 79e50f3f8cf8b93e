//! Deep Boltzmann machines against enumeration, their bound, and finite differences.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Place, Scratch};
use engram::learning::variational::{Variational, VariationalLearner};
use engram::math;
use engram::models::deep_boltzmann::{DeepBoltzmann, DeepBoltzmannError, DeepBoltzmannSampler, MeanField};
use engram::models::rbm::{Ais, Rbm, Sampler};
use engram::pattern::bars_and_stripes;
use engram::rng::{Lanes, Rng, Stream};

const CLOSE: MeanField = MeanField { damping: 0.0, tolerance: 1e-12, rounds: 10_000 };

fn near(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found} is not {wanted}");
}

fn drawn(sizes: &[usize], size: f64, seed: u64) -> DeepBoltzmann {
    let mut rng = Rng::new(seed, Stream::Experiment, 1);
    let mut numbers = |count: usize| (0..count).map(|_| size * rng.normal()).collect::<Vec<_>>();
    let weights = sizes.windows(2).map(|pair| numbers(pair[0] * pair[1])).collect();
    let biases = sizes.iter().map(|&size| numbers(size)).collect();
    DeepBoltzmann::new(weights, biases).unwrap()
}

fn cells(number: usize, units: usize) -> Vec<u8> {
    (0..units).map(|unit| (number >> unit & 1) as u8).collect()
}

/// `Σ e^−E` over all hidden states, of each picture, straight from the formula of the energy.
fn unnormalised(machine: &DeepBoltzmann) -> Vec<f64> {
    let sizes = machine.sizes();
    let units: usize = sizes.iter().sum();
    let mut sums = vec![0.0; 1 << sizes[0]];
    for state in 0..1usize << units {
        let all = cells(state, units);
        let mut rest = &all[..];
        let layers: Vec<&[u8]> = sizes.iter().map(|&size| rest.split_off(..size).unwrap()).collect();
        let mut energy = 0.0;
        for (layer, biases) in layers.iter().zip(machine.biases()) {
            energy -= layer.iter().zip(biases).map(|(&on, b)| f64::from(on) * b).sum::<f64>();
        }
        for (pair, weights) in layers.windows(2).zip(machine.weights()) {
            for (above, row) in pair[1].iter().zip(weights.chunks(pair[0].len())) {
                let field: f64 = row.iter().zip(pair[0]).map(|(w, &on)| w * f64::from(on)).sum();
                energy -= f64::from(*above) * field;
            }
        }
        near(machine.energy(&layers), energy, 1e-12);
        let picture = state % (1 << sizes[0]);
        sums[picture] += math::exp(-energy);
    }
    sums
}

#[test]
fn the_machine_by_hand_has_its_numbers() {
    let weights = vec![vec![1.0, 0.5, -0.5, 1.0], vec![0.8, -0.6]];
    let machine = DeepBoltzmann::new(weights, vec![vec![0.1, -0.1], vec![0.0, 0.2], vec![-0.3]]).unwrap();
    let ln_z = machine.ln_z().unwrap();
    near(ln_z, 4.337_659_334_8, 1e-9);
    let likelihood = machine.log_likelihood(&[1, 0]).unwrap();
    near(likelihood, -1.611_638_537, 1e-9);
    for damping in [0.0, 0.5, 0.9] {
        let found = machine.mean_field(&[1, 0], &MeanField { damping, ..CLOSE }).unwrap();
        assert!(found.settled);
        near(found.layers[0][0], 0.806_436_91, 1e-7);
        near(found.layers[0][1], 0.349_720_81, 1e-7);
        near(found.layers[1][0], 0.533_777_74, 1e-7);
        let bound = machine.bound(&[1, 0], &found.layers, ln_z).unwrap();
        assert!(bound < likelihood && bound > likelihood - 0.1, "{bound}");
    }
}

#[test]
fn exact_sums_are_those_of_the_formula() {
    for sizes in [&[3, 4, 2][..], &[2, 3, 4, 3], &[5, 2, 3], &[4, 3, 2, 1], &[1, 1, 1, 1]] {
        let machine = drawn(sizes, 0.9, 3);
        let sums = unnormalised(&machine);
        near(machine.ln_z().unwrap(), math::ln(sums.iter().sum()), 1e-11);
        for (number, sum) in sums.iter().enumerate() {
            near(-machine.free_energy(&cells(number, sizes[0])).unwrap(), math::ln(*sum), 1e-11);
        }
    }
}

#[test]
fn the_bound_stays_below_and_rises_as_means_come_to_agree() {
    let mut rng = Rng::new(2, Stream::Experiment, 0);
    for seed in 0..60 {
        let sizes = [&[4, 5, 3][..], &[4, 3, 4, 3]][seed as usize % 2];
        let machine = drawn(sizes, 0.3 + 0.05 * seed as f64, seed);
        let ln_z = machine.ln_z().unwrap();
        for number in 0..16 {
            let picture = cells(number, 4);
            let likelihood = -machine.free_energy(&picture).unwrap() - ln_z;
            let mut last = f64::NEG_INFINITY;
            for (rounds, damping) in [(1, 0.5), (2, 0.5), (4, 0.5), (16, 0.5), (200, 0.5)] {
                let how = MeanField { damping, tolerance: 1e-12, rounds };
                let found = machine.mean_field(&picture, &how).unwrap();
                let bound = machine.bound(&picture, &found.layers, ln_z).unwrap();
                assert!(bound <= likelihood + 1e-12 && bound >= last - 1e-12, "{last} {bound} {likelihood}");
                last = bound;
            }
            let any: Vec<Vec<f64>> =
                sizes[1..].iter().map(|&size| (0..size).map(|_| rng.unit()).collect()).collect();
            assert!(machine.bound(&picture, &any, ln_z).unwrap() <= likelihood);
        }
    }
}

#[test]
fn the_sampler_relaxes_and_bounds_as_the_machine() {
    for sizes in [&[20, 19, 17][..], &[9, 18, 20, 5]] {
        let machine = drawn(sizes, 0.25, 5);
        let sampler = DeepBoltzmannSampler::new(&machine);
        assert_eq!(DeepBoltzmannSampler::new(&sampler.machine().unwrap()), sampler);
        let all: Vec<u8> = (0..6 * sizes[0]).map(|k| u8::from(k * k % 7 < 3)).collect();
        let pictures = Lists::of(sizes[0], &all);
        let how = MeanField { damping: 0.2, tolerance: 1e-6, rounds: 500 };
        let beliefs = sampler.mean_field(&pictures, &how);
        assert!(beliefs.settled && beliefs.rounds < 100, "{}", beliefs.rounds);
        let layers: Vec<Vec<f32>> =
            (1..sizes.len()).map(|layer| sampler.means_of_layer(layer, &beliefs)).collect();
        let bounds = sampler.bounds(&pictures, &beliefs, 3.0);
        for (copy, picture) in all.chunks(sizes[0]).enumerate() {
            let wanted = machine.mean_field(picture, &CLOSE).unwrap();
            for ((means, wanted), &size) in layers.iter().zip(&wanted.layers).zip(&sizes[1..]) {
                let row = &means[copy * size..][..size];
                row.iter().zip(wanted).for_each(|(&found, &wanted)| near(f64::from(found), wanted, 1e-5));
            }
            near(bounds[copy], machine.bound(picture, &wanted.layers, 3.0).unwrap(), 1e-3);
        }
    }
}

#[test]
fn chains_come_to_the_machine_s_law() {
    for sizes in [&[4, 3, 2][..], &[3, 3, 2, 2]] {
        let machine = drawn(sizes, 0.8, 12);
        let sums = unnormalised(&machine);
        let z: f64 = sums.iter().sum();
        let (sampler, chains, rounds) = (DeepBoltzmannSampler::new(&machine), 2000, 20);
        let mut dice = Lanes::new(4, Stream::Dynamics, 0);
        let mut even = sampler.even_of(&Lists::new(sizes[0], chains));
        let mut odd = Lists::new(sampler.folded().hidden(), chains);
        let (mut counts, mut greys) = (vec![0.0; sums.len()], vec![0.0; sizes[0]]);
        sampler.stir(&mut even, &mut odd, 150, &mut dice);
        for _ in 0..rounds {
            sampler.stir(&mut even, &mut odd, 5, &mut dice);
            for on in sampler.layer(0, &even, &odd).iter() {
                counts[on.iter().map(|&unit| 1usize << unit).sum::<usize>()] += 1.0;
            }
            for row in sampler.visible_means(&odd).chunks(sizes[0]) {
                greys.iter_mut().zip(row).for_each(|(sum, &mean)| *sum += f64::from(mean));
            }
        }
        let all = (chains * rounds) as f64;
        // Rounds are five steps apart and not independent: the spread allowed is twice that of independent draws.
        for (count, sum) in counts.iter().zip(&sums) {
            let p = sum / z;
            near(count / all, p, 4.5 * 2.0 * (p * (1.0 - p) / all).sqrt());
        }
        for (unit, grey) in greys.iter().enumerate() {
            let on = sums.iter().enumerate().filter(|(picture, _)| picture >> unit & 1 == 1);
            near(grey / all, on.map(|(_, sum)| sum / z).sum(), 4.5 * 2.0 * (0.25 / all).sqrt());
        }
        let joined: usize =
            (0..sizes.len()).map(|layer| sampler.layer(layer, &even, &odd).copy(7).len()).sum();
        assert_eq!(joined, even.copy(7).len() + odd.copy(7).len());
    }
}

#[test]
fn shown_a_picture_chains_come_to_what_the_hidden_units_are_given_it() {
    let sizes = [3, 3, 2, 2];
    let machine = drawn(&sizes, 0.8, 21);
    let (picture, chains, rounds) = ([1, 0, 1], 2000, 20);
    // The law of all hidden units, given the picture.
    let law: Vec<f64> = (0..128)
        .map(|state| {
            let hidden = cells(state, 7);
            math::exp(-machine.energy(&[&picture, &hidden[..3], &hidden[3..5], &hidden[5..]]))
        })
        .collect();
    let z: f64 = law.iter().sum();
    let sampler = DeepBoltzmannSampler::new(&machine);
    let pictures = Lists::of(3, &picture.repeat(chains));
    let (mut even, mut odd) = (sampler.even_of(&pictures), Lists::new(5, chains));
    let (mut dice, mut counts) = (Lanes::new(9, Stream::Dynamics, 0), vec![0.0; 128]);
    for step in 0..5 * (20 + rounds) {
        sampler.stir(&mut even, &mut odd, 1, &mut dice);
        sampler.show(&mut even, &pictures);
        assert!(even.fits(5) && sampler.layer(0, &even, &odd) == pictures);
        if step >= 100 && step % 5 == 0 {
            // The odd layers and the even one as one draw left them belong together.
            let layers = [1, 2, 3].map(|layer| sampler.layer(layer, &even, &odd));
            for copy in 0..chains {
                let state: Vec<u8> = layers.iter().flat_map(|layer| layer.cells(copy)).collect();
                counts[state.iter().rev().fold(0, |n, &on| 2 * n + usize::from(on))] += 1.0;
            }
        }
    }
    let all = (chains * rounds) as f64;
    for (count, weight) in counts.iter().zip(&law) {
        let p = weight / z;
        near(count / all, p, 4.5 * 2.0 * (p * (1.0 - p) / all).sqrt());
    }
}

#[test]
fn annealed_importance_sampling_of_the_folded_machine_finds_ln_z() {
    for sizes in [&[12, 8, 6][..], &[10, 8, 6, 3]] {
        let machine = drawn(sizes, 1.2, 2);
        let sampler = DeepBoltzmannSampler::new(&machine);
        let rates = vec![0.5; sampler.folded().visible()];
        let mut ais = Ais::new(sampler.folded(), &rates, 100, 3000, Lanes::new(1, Stream::Experiment, 2));
        let found = ais.advance(usize::MAX).unwrap();
        assert!(found.error < 0.5);
        near(found.ln_z, machine.ln_z().unwrap(), 4.5 * found.error.max(0.05));
    }
}

/// All numbers: weights link by link, then biases layer by layer.
fn numbers(machine: &DeepBoltzmann) -> Vec<f64> {
    machine.weights().iter().chain(machine.biases()).flatten().copied().collect()
}

fn with_numbers(sizes: &[usize], numbers: &[f64]) -> DeepBoltzmann {
    let mut rest = numbers;
    let mut take = |count: usize| rest.split_off(..count).unwrap().to_vec();
    let weights = sizes.windows(2).map(|pair| take(pair[0] * pair[1])).collect();
    DeepBoltzmann::new(weights, sizes.iter().map(|&size| take(size)).collect()).unwrap()
}

#[test]
fn what_is_learned_is_on_average_the_slope_of_the_bound() {
    for sizes in [&[3, 2, 2][..], &[3, 2, 2, 2]] {
        let machine = drawn(sizes, 0.7, 4);
        let data = [1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1];
        let bound = |machine: &DeepBoltzmann| {
            let ln_z = machine.ln_z().unwrap();
            let of = |picture: &[u8]| {
                let found = machine.mean_field(picture, &CLOSE).unwrap();
                machine.bound(picture, &found.layers, ln_z).unwrap()
            };
            data.chunks(3).map(of).sum::<f64>() / 4.0
        };
        let before = numbers(&machine);
        let slope = |k: usize| {
            let at = |step: f64| {
                let mut moved = before.clone();
                moved[k] += step;
                bound(&with_numbers(sizes, &moved))
            };
            (at(1e-5) - at(-1e-5)) / 2e-5
        };
        let mean_field = MeanField { damping: 0.0, tolerance: 1e-6, rounds: 1000 };
        let how = Variational { chains: 10, steps: 60, mean_field };
        let lists = Lists::of(3, &data);
        let (mut sums, mut squares) = (vec![0.0; before.len()], vec![0.0; before.len()]);
        let draws = 2000;
        for draw in 0..draws {
            let (mut rng, dice) =
                (Rng::new(draw, Stream::Learning, 50), Lanes::new(draw, Stream::Learning, 0));
            let mut learner = VariationalLearner::new(&machine, &how, &[0.5; 3], &mut rng, &dice).unwrap();
            let step = Step { rate: 1.0, momentum: 0.0, decay: 0.0 };
            assert!(learner.learn(&how, &lists, step).unwrap().settled);
            assert!(learner.is_sound() && learner.fits(sizes, &how));
            let after = numbers(&learner.sampler().machine().unwrap());
            for (k, (a, b)) in after.iter().zip(&before).enumerate() {
                sums[k] += a - b;
                squares[k] += (a - b) * (a - b);
            }
        }
        for k in 0..before.len() {
            let mean = sums[k] / draws as f64;
            let error = ((squares[k] / draws as f64 - mean * mean) / draws as f64).sqrt();
            near(mean, slope(k), 4.5 * error + 1e-5);
        }
    }
}

#[test]
fn the_exact_gradient_is_that_of_the_log_likelihood() {
    for sizes in [&[3, 4, 2][..], &[2, 3, 4, 3], &[1, 1, 1, 1]] {
        let machine = drawn(sizes, 0.9, 8);
        let pictures: Vec<u8> = (0..3 * sizes[0]).map(|k| u8::from(k * k % 7 < 3)).collect();
        let (found, before) = (machine.gradient(&pictures).unwrap(), numbers(&machine));
        let slopes = found.weights.iter().chain(&found.biases).flatten();
        for (k, slope) in slopes.enumerate() {
            let at = |step: f64| {
                let mut moved = before.clone();
                moved[k] += step;
                with_numbers(sizes, &moved).log_likelihood(&pictures).unwrap()
            };
            near((at(1e-5) - at(-1e-5)) / 2e-5, *slope, 1e-8);
        }
        assert!(machine.gradient(&pictures[1..]).is_err() || sizes[0] == 1);
    }
}

#[test]
fn layers_and_halves_are_the_same_states() {
    let sizes = [3, 4, 2, 5];
    let machine = drawn(&sizes, 0.9, 8);
    let sampler = DeepBoltzmannSampler::new(&machine);
    let of = |layer: usize| {
        let cells: Vec<u8> = (0..2 * sizes[layer]).map(|k| u8::from((k + layer) * k % 5 < 2)).collect();
        Lists::of(sizes[layer], &cells)
    };
    let layers: Vec<Lists> = (0..4).map(of).collect();
    let [even, odd] = sampler.halves(&layers);
    assert!(even.fits(5) && odd.fits(9));
    assert!((0..4).all(|layer| sampler.layer(layer, &even, &odd) == layers[layer]));
    for (link, weights) in machine.weights().iter().enumerate() {
        for (k, &weight) in weights.iter().enumerate() {
            let (above, below) = (k / sizes[link], k % sizes[link]);
            assert_eq!(sampler.weight(link, below, above), weight as f32);
        }
    }
    // With the means of the first layer known, visible units are as any unit of two layers.
    let beliefs = sampler.mean_field(&layers[0], &CLOSE);
    let means = sampler.means_of_layer(1, &beliefs);
    for (row, back) in means.chunks(4).zip(sampler.reconstructions(&beliefs).chunks(3)) {
        for (unit, &found) in back.iter().enumerate() {
            let felt: f64 = (0..4).map(|j| machine.weights()[0][j * 3 + unit] * f64::from(row[j])).sum();
            near(f64::from(found), math::sigmoid(machine.biases()[0][unit] + felt), 1e-5);
        }
        assert_eq!(sampler.visible_bias()[2], machine.biases()[0][2] as f32);
    }
}

fn bars() -> Vec<u8> {
    let pictures = bars_and_stripes(3, 3).unwrap();
    pictures.iter().flat_map(|picture| picture.spins().iter().map(|&s| u8::from(s > 0))).collect()
}

/// A stack that learned bars and stripes for it, machine by machine.
fn stack(sizes: &[usize], data: &Lists, steps: usize) -> Vec<Rbm> {
    let how = Contrastive { chains: Chains::Data, steps: 5, centred: false, sparsity: None };
    let mut seen = data.clone();
    let mut machines = Vec::new();
    for (k, &hidden) in sizes.iter().enumerate() {
        let seed = k as u64;
        let place = match k {
            0 => Place::Bottom,
            _ if k + 1 == sizes.len() => Place::Top,
            _ => Place::Middle,
        };
        let fresh =
            Rbm::fresh(hidden, 0, 0.1, &vec![0.5; seen.units()], &mut Rng::new(seed, Stream::Learning, 20));
        let (mut rng, mut dice) =
            (Rng::new(seed, Stream::Learning, 30), Lanes::new(seed, Stream::Learning, 0));
        let mut learner =
            Learner::in_a_stack(&fresh.unwrap(), place, &how, &vec![0.5; seen.units()], &mut rng, &dice)
                .unwrap();
        let mut scratch = Scratch::default();
        for _ in 0..steps {
            learner.learn(&how, &seen, Step { rate: 0.05, momentum: 0.5, decay: 1e-4 }, &mut scratch);
        }
        let mut above = Lists::new(hidden, 0);
        learner.sampler().draw_hidden(&seen, &[], &mut dice, &mut above);
        seen = above;
        machines.push(learner.sampler().machine().unwrap());
    }
    machines
}

/// The log-likelihood of the data after some learning from a start.
fn learned(start: &DeepBoltzmann, data: &Lists, all: &[u8]) -> f64 {
    let mean_field = MeanField { damping: 0.0, tolerance: 1e-4, rounds: 50 };
    let how = Variational { chains: 100, steps: 5, mean_field };
    let (mut rng, dice) = (Rng::new(3, Stream::Learning, 50), Lanes::new(3, Stream::Learning, 0));
    let mut learner = VariationalLearner::new(start, &how, &[0.4; 9], &mut rng, &dice).unwrap();
    for round in 0..4000 {
        let rate = 0.05 / (1.0 + round as f32 / 1000.0);
        learner.learn(&how, data, Step { rate, momentum: 0.5, decay: 1e-4 }).unwrap();
    }
    learner.sampler().machine().unwrap().log_likelihood(all).unwrap()
}

#[test]
fn learning_goes_further_from_a_stack_than_from_nothing() {
    let all = bars();
    let data = Lists::of(9, &all.repeat(5));
    for (sizes, full) in [(&[8, 5][..], &[9, 8, 5][..]), (&[8, 6, 4], &[9, 8, 6, 4])] {
        let start = DeepBoltzmann::of_stack(&stack(sizes, &data, 1000)).unwrap();
        assert_eq!(start.sizes(), full);
        // All pictures alike have −6.24; nothing but the data −2.64.
        let before = start.log_likelihood(&all).unwrap();
        let after = learned(&start, &data, &all);
        let from_nothing = learned(&drawn(full, 0.1, 1), &data, &all);
        assert!(
            before > -6.0 && after > -3.2 && after > from_nothing + 0.4,
            "{before} {after} {from_nothing}"
        );
    }
}

#[test]
fn a_machine_of_a_stack_stands_in_for_the_other_neighbour() {
    let machine = Rbm::new(vec![0.5, -1.0, 0.75, 0.25], vec![0.1, -0.2], vec![0.3, -0.4], 0).unwrap();
    let how = Contrastive { chains: Chains::Data, steps: 1, centred: false, sparsity: None };
    let (mut rng, dice) = (Rng::new(3, Stream::Learning, 50), Lanes::new(3, Stream::Learning, 0));
    for (place, echo) in [(Place::Bottom, 0.5), (Place::Middle, 1.0), (Place::Top, 2.0)] {
        let learner = Learner::in_a_stack(&machine, place, &how, &[0.5; 2], &mut rng, &dice).unwrap();
        assert_eq!(learner.sampler().machine().unwrap(), Sampler::new(&machine).machine().unwrap());
        let means = learner.sampler().visible_means(&Lists::of(2, &[1, 1]));
        for (mean, (a, w)) in means.iter().zip([(0.1, 1.25), (-0.2, -0.75)]) {
            near(f64::from(*mean), 1.0 / (1.0 + math::exp(-a - echo * w)), 1e-6);
        }
    }
    let tempered = Contrastive { chains: Chains::Tempered { count: 2, temperatures: 3 }, ..how };
    let refused =
        Learner::in_a_stack(&machine, Place::Top, &tempered, &[0.5; 2], &mut rng, &dice).unwrap_err();
    assert!(refused.to_string().contains("the top of a stack is 3; it must be 1"), "{refused}");
    assert!(Learner::in_a_stack(&machine, Place::Middle, &tempered, &[0.5; 2], &mut rng, &dice).is_ok());
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let refused = |weights: &[usize], biases: &[usize]| {
        let zeros = |sizes: &[usize]| sizes.iter().map(|&size| vec![0.0; size]).collect::<Vec<_>>();
        DeepBoltzmann::new(zeros(weights), zeros(biases)).unwrap_err()
    };
    assert_eq!(refused(&[6], &[2, 3]), DeepBoltzmannError::Layers(1));
    assert_eq!(refused(&[6], &[2, 3, 4]), DeepBoltzmannError::Links { found: 1, hidden: 2 });
    let error = refused(&[6, 11], &[2, 3, 4]).to_string();
    assert!(error.contains("between layers 1 and 2: 11 weights are not 4 rows of 3"), "{error}");
    let large = drawn(&[21, 21, 2], 0.1, 1);
    assert!(large.ln_z().unwrap_err().to_string().contains("has 21"));
    let machine = drawn(&[3, 2, 2], 0.1, 1);
    assert_eq!(machine.free_energy(&[1]).unwrap_err(), DeepBoltzmannError::Picture { cells: 1, visible: 3 });
    assert!(machine.bound(&[1, 0, 1], &[vec![0.5; 2]], 0.0).is_err());
    let how = MeanField { damping: 1.0, ..CLOSE };
    assert!(machine.mean_field(&[1, 0, 1], &how).unwrap_err().to_string().contains("the damping is 1"));
    let machines = stack(&[3, 2], &Lists::of(4, &[1, 0, 1, 0]), 1);
    let twice = [machines[1].clone(), machines[0].clone()];
    let stacked = DeepBoltzmann::of_stack(&twice).unwrap_err();
    assert_eq!(stacked, DeepBoltzmannError::Stack { machine: 1, found: 4, below: 2 });
}
