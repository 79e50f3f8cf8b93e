//! Deep belief nets against enumeration.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use engram::math;
use engram::models::belief_net::{BeliefNet, BeliefNetError, BeliefNetSampler};
use engram::models::rbm::Rbm;
use engram::pattern::bars_and_stripes;
use engram::rng::{Lanes, Rng, Stream};

fn near(found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{found} is not {wanted}");
}

fn drawn(visible: usize, hidden: usize, labels: usize, seed: u64) -> Rbm {
    let mut rng = Rng::new(seed, Stream::Experiment, 1);
    let mut numbers = |count: usize| (0..count).map(|_| 0.8 * rng.normal()).collect::<Vec<_>>();
    let (w, a, c) = (numbers(visible * hidden), numbers(visible), numbers(hidden));
    Rbm::new(w, a, c, labels).unwrap()
}

fn deep() -> BeliefNet {
    BeliefNet::new(vec![drawn(4, 5, 0, 1), drawn(5, 3, 0, 2), drawn(5, 4, 2, 3)]).unwrap()
}

fn cells(number: usize, units: usize) -> Vec<u8> {
    (0..units).map(|unit| (number >> unit & 1) as u8).collect()
}

fn number(on: &[u16]) -> usize {
    on.iter().map(|&unit| 1usize << unit).sum()
}

#[test]
fn a_machine_on_itself_turned_over_believes_what_it_did() {
    let machine = drawn(5, 4, 0, 6);
    let wanted = machine.distribution().unwrap();
    let turned = machine.turned().unwrap();
    assert_eq!(turned.turned().unwrap(), machine);
    near(turned.ln_z().unwrap(), wanted.ln_z, 1e-12);
    let net = BeliefNet::new(vec![machine.clone(), turned.clone(), machine]).unwrap();
    for (found, wanted) in net.distribution().unwrap().iter().zip(&wanted.pictures) {
        near(*found, *wanted, 1e-13);
    }
    // And there the bound of a stack of two is the likelihood.
    let net = BeliefNet::new(net.machines()[..2].to_vec()).unwrap();
    for (number, p) in wanted.pictures.iter().enumerate() {
        near(net.bound(&cells(number, 5), wanted.ln_z).unwrap(), math::ln(*p), 1e-11);
    }
}

#[test]
fn the_distribution_is_the_sum_over_all_layers() {
    let net = deep();
    let [bottom, middle, top] = net.machines() else { panic!() };
    let all = net.distribution().unwrap();
    near(all.iter().sum(), 1.0, 1e-13);
    let above = top.distribution().unwrap().pictures;
    let p = |machine: &Rbm, below: &[u8], above: &[u8]| {
        let of = |(x, &on): (&f64, &u8)| 1.0 / (1.0 + if on == 0 { math::exp(*x) } else { math::exp(-x) });
        machine.visible_fields(above).iter().zip(below).map(of).product::<f64>()
    };
    for (picture, found) in all.iter().enumerate() {
        let mut sum = 0.0;
        for first in 0..32 {
            for second in 0..8 {
                let seen = above[second + 8] + above[second + 16];
                sum += p(bottom, &cells(picture, 4), &cells(first, 5))
                    * p(middle, &cells(first, 5), &cells(second, 3))
                    * seen;
            }
        }
        near(*found, sum, 1e-13);
    }
}

#[test]
fn the_bound_stays_below_the_likelihood() {
    for seed in 0..40 {
        let machines = vec![drawn(4, 4, 0, seed), drawn(4, 3, 0, seed + 50), drawn(5, 3, 2, seed + 90)];
        let net = BeliefNet::new(machines).unwrap();
        let ln_z = net.top().ln_z().unwrap();
        for (number, p) in net.distribution().unwrap().iter().enumerate() {
            let bound = net.bound(&cells(number, 4), ln_z).unwrap();
            assert!(bound < math::ln(*p) && bound > math::ln(*p) - 30.0, "{bound} {}", math::ln(*p));
        }
    }
    let single = BeliefNet::new(vec![drawn(5, 3, 2, 4)]).unwrap();
    let wanted = single.top().log_likelihood(&[1, 0, 1, 0, 1]).unwrap();
    near(single.bound(&[1, 0, 1, 0, 1], single.top().ln_z().unwrap()).unwrap(), wanted, 1e-12);
}

#[test]
fn draws_estimate_the_bound() {
    let (draws, mut dice) = (20_000, Lanes::new(8, Stream::Experiment, 0));
    for labels in [0, 2] {
        let machines = vec![drawn(4, 5, 0, 1), drawn(5, 3, 0, 2), drawn(3 + labels, 4, labels, 3)];
        let net = BeliefNet::new(machines).unwrap();
        let (sampler, ln_z) = (BeliefNetSampler::new(&net), net.top().ln_z().unwrap());
        for number in [0, 5, 15] {
            let picture = cells(number, 4);
            let all = sampler.bounds(&Lists::of(4, &picture.repeat(draws)), ln_z, 1, &mut dice);
            let mean = all.iter().sum::<f64>() / draws as f64;
            let variance = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / draws as f64;
            let wanted = net.bound(&picture, ln_z).unwrap();
            near(mean, wanted, 4.5 * (variance / draws as f64).sqrt());
            let several = sampler.bounds(&Lists::of(4, &picture), ln_z, 4000, &mut dice)[0];
            near(several, wanted, 4.5 * (variance / 4000.0).sqrt());
        }
    }
    let single = BeliefNetSampler::new(&BeliefNet::new(vec![drawn(5, 3, 2, 4)]).unwrap());
    let wanted = -drawn(5, 3, 2, 4).free_energy(&[1, 0, 1, 0, 1]) - 1.0;
    near(single.bounds(&Lists::of(5, &[1, 0, 1, 0, 1]), 1.0, 1, &mut dice)[0], wanted, 1e-5);
}

#[test]
fn dreams_come_as_often_as_the_net_believes() {
    let net = deep();
    let (sampler, chains, rounds) = (BeliefNetSampler::new(&net), 2000, 20);
    let law = net.distribution().unwrap();
    let mut dice = Lanes::new(4, Stream::Dynamics, 0);
    let mut seen = Lists::of(5, &[0, 0, 0, 1, 0].repeat(chains));
    let (mut counts, mut greys) = (vec![0.0; 16], [0.0; 4]);
    sampler.stir(&mut seen, 150, false, &mut dice);
    for _ in 0..rounds {
        sampler.stir(&mut seen, 5, false, &mut dice);
        let layers = sampler.descend(&seen, &mut dice);
        assert_eq!(layers.iter().map(Lists::units).collect::<Vec<_>>(), [4, 5, 3]);
        assert!((0..chains).all(|copy| layers[2].cells(copy)[..] == seen.cells(copy)[..3]));
        layers[0].iter().for_each(|on| counts[number(on)] += 1.0);
        for row in sampler.visible_means(&layers[1]).chunks(4) {
            greys.iter_mut().zip(row).for_each(|(sum, &mean)| *sum += f64::from(mean));
        }
    }
    let all = (chains * rounds) as f64;
    // Rounds are five steps apart and not independent: the spread allowed is twice that of independent draws.
    for (count, &p) in counts.iter().zip(&law) {
        near(count / all, p, 4.5 * 2.0 * (p * (1.0 - p) / all).sqrt());
    }
    for (unit, grey) in greys.iter().enumerate() {
        let wanted: f64 = law.iter().enumerate().filter(|(k, _)| k >> unit & 1 == 1).map(|(_, p)| p).sum();
        near(grey / all, wanted, 4.5 * 2.0 * (0.25 / all).sqrt());
    }
}

#[test]
fn chains_that_keep_their_labels_dream_of_them() {
    let net = deep();
    let (sampler, chains, rounds) = (BeliefNetSampler::new(&net), 2000, 20);
    let joint = net.top().distribution().unwrap().pictures;
    let mut dice = Lanes::new(5, Stream::Dynamics, 0);
    let mut seen = Lists::of(5, &[0, 0, 0, 1, 0, 0, 0, 0, 0, 1].repeat(chains / 2));
    let mut counts = [0.0; 32];
    for round in 0..30 + rounds {
        sampler.stir(&mut seen, 5, true, &mut dice);
        assert!((0..chains).all(|copy| *seen.copy(copy).last().unwrap() == 3 + copy as u16 % 2));
        if round >= 30 {
            seen.iter().for_each(|on| counts[number(on)] += 1.0);
        }
    }
    let all = (chains / 2 * rounds) as f64;
    for label in [8, 16] {
        let z: f64 = joint[label..label + 8].iter().sum();
        for state in label..label + 8 {
            let p = joint[state] / z;
            near(counts[state] / all, p, 4.5 * 2.0 * (p * (1.0 - p) / all).sqrt());
        }
    }
}

#[test]
fn recognising_is_one_pass_up() {
    let net = deep();
    let sampler = BeliefNetSampler::new(&net);
    assert_eq!(BeliefNetSampler::of(sampler.machines().to_vec()).unwrap(), sampler);
    let picture = [1, 0, 1, 1];
    let (copies, mut dice) = (20_000, Lanes::new(6, Stream::Dynamics, 0));
    let pictures = Lists::of(4, &picture.repeat(copies));
    let layers = sampler.ascend(&pictures, &mut dice);
    assert_eq!(layers.iter().map(Lists::units).collect::<Vec<_>>(), [5, 3, 4]);
    let sigmoid = |x: &f64| 1.0 / (1.0 + math::exp(-x));
    let first: Vec<f64> = net.machines()[0].hidden_fields(&picture).iter().map(sigmoid).collect();
    // Means of the second layer, over all states of the first.
    let mut second = [0.0; 3];
    for state in 0..32 {
        let on = cells(state, 5);
        let share: f64 = first.iter().zip(&on).map(|(p, &on)| if on == 1 { *p } else { 1.0 - p }).product();
        let fields = net.machines()[1].hidden_fields(&on);
        second.iter_mut().zip(&fields).for_each(|(sum, x)| *sum += share * sigmoid(x));
    }
    for (layer, wanted) in layers.iter().zip([&first[..], &second]) {
        for (unit, &p) in wanted.iter().enumerate() {
            let on = layer.iter().filter(|on| on.contains(&(unit as u16))).count() as f64;
            near(on / copies as f64, p, 4.5 * (p * (1.0 - p) / copies as f64).sqrt());
        }
    }
    let means = sampler.ascend_by_means(&Lists::of(4, &picture));
    assert_eq!(means.iter().map(Vec::len).collect::<Vec<_>>(), [5, 3, 4]);
    means[0].iter().zip(&first).for_each(|(&found, &wanted)| near(f64::from(found), wanted, 1e-6));
    let middle = &net.machines()[1];
    for (unit, &found) in means[1].iter().enumerate() {
        let row = middle.weights()[unit * 5..].iter().zip(&first);
        let field = middle.hidden_bias()[unit] + row.map(|(w, p)| w * p).sum::<f64>();
        near(f64::from(found), sigmoid(&field), 1e-5);
    }
    let posteriors = sampler.label_posteriors(&Lists::of(4, &picture), &mut dice);
    near(posteriors[0].iter().map(|&ln| math::exp(ln)).sum(), 1.0, 1e-6);
}

#[test]
fn greedy_learning_of_a_second_machine_raises_the_bound() {
    let pictures = bars_and_stripes(3, 3).unwrap();
    let cells: Vec<u8> =
        pictures.iter().flat_map(|picture| picture.spins().iter().map(|&s| u8::from(s > 0))).collect();
    let data = Lists::of(9, &cells);
    let how = Contrastive { chains: Chains::Data, steps: 10, centred: false, sparsity: None };
    let learner = |machine: &Rbm, seed| {
        let (mut rng, dice) = (Rng::new(seed, Stream::Learning, 30), Lanes::new(seed, Stream::Learning, 0));
        Learner::new(machine, &how, &vec![0.5; machine.visible()], &mut rng, &dice).unwrap()
    };
    let mut scratch = Scratch::default();
    let fresh = Rbm::fresh(6, 0, 0.1, &[0.5; 9], &mut Rng::new(1, Stream::Learning, 20)).unwrap();
    let mut first = learner(&fresh, 1);
    for _ in 0..8000 {
        first.learn(&how, &data, Step { rate: 0.1, momentum: 0.0, decay: 0.0 }, &mut scratch);
    }
    let bottom = first.sampler().machine().unwrap();
    let likelihood = bottom.log_likelihood(&cells).unwrap();
    // The second begins as the first turned over, so that the bound begins at the likelihood.
    let mut dice = Lanes::new(2, Stream::Learning, 9);
    let stack = BeliefNetSampler::of(vec![first.sampler().clone()]).unwrap();
    let top = bottom.turned().unwrap();
    let mut second = learner(&top, 2);
    let (mut scratch, many) = (Scratch::default(), Lists::of(9, &cells.repeat(10)));
    for _ in 0..3000 {
        let hidden = stack.ascend(&many, &mut dice).remove(0);
        second.learn(&how, &hidden, Step { rate: 0.02, momentum: 0.0, decay: 0.0 }, &mut scratch);
    }
    let net = BeliefNet::new(vec![bottom, second.sampler().machine().unwrap()]).unwrap();
    let ln_z = net.top().ln_z().unwrap();
    let bound: f64 = cells.chunks(9).map(|picture| net.bound(picture, ln_z).unwrap()).sum::<f64>() / 14.0;
    let all = net.distribution().unwrap();
    let of =
        |picture: &[u8]| math::ln(all[picture.iter().rev().fold(0, |n, &cell| 2 * n + usize::from(cell))]);
    let after: f64 = cells.chunks(9).map(of).sum::<f64>() / 14.0;
    assert!(bound > likelihood + 0.02 && after >= bound, "{likelihood} {bound} {after}");
}

#[test]
fn what_is_no_stack_is_refused_by_name() {
    let refused = |machines| BeliefNet::new(machines).unwrap_err();
    assert_eq!(refused(vec![]), BeliefNetError::Machines(0));
    let sizes = refused(vec![drawn(4, 3, 0, 1), drawn(5, 3, 0, 1)]);
    assert_eq!(sizes, BeliefNetError::Sizes { machine: 1, found: 5, below: 3 });
    let labels = refused(vec![drawn(4, 3, 2, 1), drawn(3, 3, 0, 1)]);
    assert_eq!(labels, BeliefNetError::Labels { machine: 0 });
    let large = BeliefNet::new(vec![drawn(12, 9, 0, 1), drawn(9, 3, 0, 1)]).unwrap();
    assert_eq!(large.distribution().unwrap_err(), BeliefNetError::Large { units: 21 });
    assert!(deep().bound(&[0; 8], 0.0).unwrap_err().to_string().contains("8 cells"));
}
