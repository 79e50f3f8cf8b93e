//! What the hidden units of a restricted Boltzmann machine are worth as features: a logistic regression on them names
//! digits that the same regression on raw cells does not tell apart.

use engram::bipartite::{Lists, Step, WIDTH, fields_of_values};
use engram::learning::contrastive::{Chains, Contrastive, Learner, Scratch};
use engram::learning::logistic::{Logistic, LogisticProblem};
use engram::math;
use engram::models::rbm::{Rbm, Sampler};
use engram::pattern::{DIGIT_CELLS, DIGIT_CLASSES, DIGIT_SIDE, Digits};
use engram::rng::{Lanes, Rng, Stream};

const HIDDEN: usize = 100;

/// Pictures as numbers from 0 to 1, a row each, and what they are.
#[derive(Default)]
struct Part {
    cells: Vec<f32>,
    classes: Vec<u8>,
}

/// All digits as they are and moved by one cell up, down, left and right, shuffled and split: four of five are learned
/// from. A digit and its moved copies may come to lie on both sides, as in the protocol that is followed.
fn digits(seed: u64) -> [Part; 2] {
    let digits = Digits::parse(include_bytes!("../../../www/data/digits8.bin")).unwrap();
    let mut all = Vec::new();
    for k in 0..digits.count() {
        for (down, right) in [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)] {
            let level = |cell: usize| {
                let (row, column) = (cell / DIGIT_SIDE, cell % DIGIT_SIDE);
                let from = row.checked_add_signed(-down).zip(column.checked_add_signed(-right));
                let from = from.filter(|&(row, column)| row < DIGIT_SIDE && column < DIGIT_SIDE);
                from.map_or(0.0, |(row, column)| {
                    f32::from(digits.levels(k)[row * DIGIT_SIDE + column]) / 16.0
                })
            };
            all.push(((0..DIGIT_CELLS).map(level).collect::<Vec<_>>(), digits.classes()[k]));
        }
    }
    Rng::new(seed, Stream::Patterns, 0).shuffle(&mut all);
    let unseen = all.split_off(all.len() * 4 / 5);
    [all, unseen].map(|part| Part {
        classes: part.iter().map(|(_, class)| *class).collect(),
        cells: part.into_iter().flat_map(|(cells, _)| cells).collect(),
    })
}

/// A machine of 100 hidden units that has learned by ten persistent chains, ten pictures at a time, for ten epochs at a rate
/// of 0.06. Its units are binary: whenever a picture is learned from, each cell is drawn with the probability that its grey
/// says. The protocol takes greys themselves.
fn learned(seen: &Part, seed: u64) -> Sampler {
    let how =
        Contrastive { chains: Chains::Persistent { count: 10 }, steps: 1, centred: false, sparsity: None };
    let rates = vec![0.5; DIGIT_CELLS];
    let mut rng = Rng::new(seed, Stream::Learning, 0);
    let machine = Rbm::fresh(HIDDEN, 0, 0.01, &rates, &mut rng).unwrap();
    let dice = Lanes::new(seed, Stream::Learning, 1);
    let mut learner = Learner::new(&machine, &how, &rates, &mut rng, &dice).unwrap();
    let mut scratch = Scratch::default();
    let mut order: Vec<usize> = (0..seen.classes.len()).collect();
    for _ in 0..10 {
        rng.shuffle(&mut order);
        for batch in order.chunks(10) {
            let cells = batch.iter().flat_map(|k| &seen.cells[k * DIGIT_CELLS..][..DIGIT_CELLS]);
            let drawn: Vec<u8> = cells.map(|&grey| u8::from(rng.bernoulli(f64::from(grey)))).collect();
            let step = Step { rate: 0.06, momentum: 0.0, decay: 0.0 };
            learner.learn(&how, &Lists::of(DIGIT_CELLS, &drawn), step, &mut scratch);
        }
    }
    learner.sampler().clone()
}

/// Probabilities of the hidden units beside grey pictures: each cell counts as much as it is dark.
fn features(sampler: &Sampler, part: &Part) -> Vec<f64> {
    let mut all = vec![0.0; part.classes.len() * HIDDEN];
    fields_of_values(sampler.up(), &part.cells, |panel, copy, fields| {
        let row = &mut all[copy * HIDDEN..][..HIDDEN];
        for (to, field) in row[panel * WIDTH..].iter_mut().zip(fields) {
            *to = math::sigmoid(f64::from(field));
        }
    });
    all
}

/// Part of the unseen pictures that a head names rightly which has learned on features of the seen ones. The strength C of
/// the data against the penalty is that of the protocol.
fn accuracy(parts: &[Part; 2], [seen, unseen]: [Vec<f64>; 2], strength: f64, steps: usize) -> f64 {
    let count = parts[0].classes.len();
    let mut head = Logistic::new(seen.len() / count, DIGIT_CLASSES).unwrap();
    let penalty = 1.0 / (strength * count as f64);
    let problem = LogisticProblem::new(&head, &seen, &parts[0].classes, penalty).unwrap();
    let slope = (0..steps).map(|_| head.step(&problem).unwrap()).last().unwrap();
    assert!(slope < 5e-4, "it is not near rest: {slope}");
    1.0 - head.error(&unseen, &parts[1].classes).unwrap()
}

#[test]
fn features_name_digits_that_raw_cells_do_not() {
    // The published protocol, run elsewhere with five seeds: 0.940 to 0.949 with features, 0.78 without. Here 0.933, 0.936 and
    // 0.940 after 200 steps of the head, and of the first two 0.930 and 0.932 after 2000, when it is all at rest. Cells come to
    // 0.784, 0.793 and 0.794, and a fourth seed to 0.804: their mean counts. One standard error of 1797 pictures is 0.006 and
    // 0.010.
    let mut of_cells = 0.0;
    for seed in 1..=3 {
        let parts = digits(seed);
        let cells = [0, 1].map(|k| parts[k].cells.iter().map(|&grey| f64::from(grey)).collect());
        of_cells += accuracy(&parts, cells, 100.0, 100);
        let machine = learned(&parts[0], seed);
        let found = accuracy(&parts, [0, 1].map(|k| features(&machine, &parts[k])), 6000.0, 200);
        assert!(found >= 0.92, "{seed}: {found}");
    }
    assert!((0.76..=0.80).contains(&(of_cells / 3.0)), "{of_cells} of three");
}

#[test]
fn a_machine_that_has_learned_nothing_is_worth_no_more_than_raw_cells() {
    let parts = digits(1);
    let fresh =
        Rbm::fresh(HIDDEN, 0, 0.01, &[0.5; DIGIT_CELLS], &mut Rng::new(1, Stream::Learning, 0)).unwrap();
    let machine = Sampler::new(&fresh);
    let found = accuracy(&parts, [0, 1].map(|k| features(&machine, &parts[k])), 6000.0, 100);
    assert!((0.74..=0.82).contains(&found), "{found}");
}
