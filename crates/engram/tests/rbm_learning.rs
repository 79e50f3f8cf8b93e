//! What restricted Boltzmann machines come to on bars and stripes, by each way of learning, against known curves.

use engram::bipartite::{Lists, Step};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use engram::models::rbm::Rbm;
use engram::pattern::bars_and_stripes;
use engram::rng::{Lanes, Rng, Stream};

/// All bars and stripes of a square, cell by cell.
fn bars(side: usize) -> Vec<u8> {
    let pictures = bars_and_stripes(side, side).unwrap();
    pictures.iter().flat_map(|picture| picture.spins().iter().map(|&s| u8::from(s > 0))).collect()
}

fn fresh(side: usize, hidden: usize, seed: u64) -> Rbm {
    Rbm::fresh(hidden, 0, 0.1, &vec![0.5; side * side], &mut Rng::new(seed, Stream::Learning, 0)).unwrap()
}

/// Mean log-likelihoods after so many steps over all pictures at once.
fn curve(side: usize, hidden: usize, how: Contrastive, rate: f32, seed: u64, at: &[usize]) -> Vec<f64> {
    let cells = bars(side);
    let data = Lists::of(side * side, &cells);
    let mut rng = Rng::new(seed, Stream::Learning, 1);
    let dice = Lanes::new(seed, Stream::Learning, 2);
    let mut learner =
        Learner::new(&fresh(side, hidden, seed), &how, &vec![0.5; side * side], &mut rng, &dice).unwrap();
    let (mut scratch, mut done) = (Scratch::default(), 0);
    let step = Step { rate, momentum: 0.0, decay: 0.0 };
    let mut curve = Vec::new();
    for &at in at {
        for _ in done..at {
            learner.learn(&how, &data, step, &mut scratch);
        }
        done = at;
        curve.push(learner.sampler().machine().unwrap().log_likelihood(&cells).unwrap());
    }
    curve
}

fn plain(chains: Chains, steps: u32) -> Contrastive {
    Contrastive { chains, steps, centred: false, sparsity: None }
}

#[test]
fn the_exact_gradient_climbs_to_the_data_s_own_likelihood() {
    let cells = bars(3);
    let mut machine = fresh(3, 9, 1);
    let mut last = machine.log_likelihood(&cells).unwrap();
    assert!((-6.5..-6.1).contains(&last), "{last}");
    for round in 0..20 {
        for _ in 0..1000 {
            let gradient = machine.gradient(&cells).unwrap();
            machine = machine.moved(&gradient, 0.1).unwrap();
        }
        let now = machine.log_likelihood(&cells).unwrap();
        assert!(now > last, "round {round}: {last} to {now}");
        last = now;
    }
    assert!(last > -2.70 && last < -2.639_06, "{last}");
}

#[test]
fn contrastive_divergence_stays_below_and_more_steps_help() {
    let mut gaps = Vec::new();
    for seed in 1..=4 {
        let [cd1, cd10] = [1, 10].map(|k| curve(3, 9, plain(Chains::Data, k), 0.1, seed, &[20_000])[0]);
        assert!((-3.75..-2.95).contains(&cd1), "{seed}: {cd1}");
        assert!((-2.90..-2.65).contains(&cd10), "{seed}: {cd10}");
        gaps.push(cd10 - cd1);
    }
    assert!(gaps.iter().sum::<f64>() / 4.0 > 0.3, "{gaps:?}");
}

#[test]
fn the_likelihood_falls_under_one_step_on_four_by_four() {
    for seed in 1..=2 {
        let [cd1, cd10] =
            [1, 10].map(|k| curve(4, 16, plain(Chains::Data, k), 0.1, seed, &[5_000, 15_000, 30_000]));
        assert!(cd1[0] > cd1[2] + 0.5 && cd1[2] < -5.4, "{seed}: {cd1:?}");
        assert!(cd10[2] > -4.6 && cd10[2] > cd1[2] + 1.0, "{seed}: {cd10:?}");
    }
}

#[test]
fn persistent_chains_need_a_low_rate() {
    let persistent = plain(Chains::Persistent { count: 100 }, 1);
    let fast = curve(3, 9, persistent, 0.1, 1, &[20_000])[0];
    let slow = curve(3, 9, persistent, 0.01, 1, &[40_000])[0];
    assert!((-3.0..-2.75).contains(&slow) && fast < slow - 0.5, "{fast} {slow}");
}

#[test]
fn tempered_and_driven_chains_and_a_centred_gradient_learn_too() {
    let tempered =
        curve(3, 9, plain(Chains::Tempered { count: 20, temperatures: 5 }, 1), 0.02, 1, &[20_000])[0];
    let driven = curve(3, 9, plain(Chains::Fast { count: 100, rate: 0.01 }, 1), 0.01, 1, &[40_000])[0];
    let centred = Contrastive { centred: true, ..plain(Chains::Data, 10) };
    let centred = curve(3, 9, centred, 0.1, 1, &[20_000])[0];
    for found in [tempered, driven, centred] {
        assert!(found > -3.2, "{tempered} {driven} {centred}");
    }
}
