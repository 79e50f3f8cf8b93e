//! Recalls to a fixed point from 10 % flips, flips with all fields kept current, and scans of capacity at n = 500,
//! P = 5 … 150 by 5, 20 trials each, 10 % noise.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::hint::black_box;

use super::Row;
use crate::corrupt::Corruption;
use crate::damage::Damage;
use crate::dynamics::{Asynchronous, State, Tie, settle};
use crate::energy::Conditional;
use crate::experiment::capacity::{Capacity, Point};
use crate::learning::{Example, Hebb, Learned, LearningRule as _};
use crate::models::hebbian::Hebbian;
use crate::models::hopfield::{BiasSign, Hopfield};
use crate::rng::{Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    Row { name: "hopfield-recall-784-patterns", operations: 1, job: || recall_over_patterns(784, 39) },
    Row { name: "hopfield-recall-784-weights", operations: 1, job: || recall_over_weights(784, 39, None) },
    Row {
        name: "hopfield-recall-784-fractions",
        operations: 1,
        job: || recall_over_weights(784, 39, Some(NOISE)),
    },
    Row { name: "hopfield-recall-2500-patterns", operations: 1, job: || recall_over_patterns(2500, 125) },
    Row { name: "hopfield-recall-2500-weights", operations: 1, job: || recall_over_weights(2500, 125, None) },
    Row {
        name: "hopfield-recall-2500-fractions",
        operations: 1,
        job: || recall_over_weights(2500, 125, Some(NOISE)),
    },
    Row { name: "hopfield-flip-784", operations: 1000, job: || flips(784, 39) },
    Row { name: "hopfield-flip-2500", operations: 1000, job: || flips(2500, 125) },
    Row {
        name: "hopfield-capacity-patterns",
        operations: 1,
        job: || {
            Box::new(|| {
                scan(|trials, index| trials.over_patterns(1, index).overlap);
            })
        },
    },
    Row {
        name: "hopfield-capacity-weights",
        operations: 1,
        job: || {
            Box::new(|| {
                scan(|trials, index| {
                    trials.over_weights::<f32>(&Hebb::default(), 1, index).map_or(0.0, |trial| trial.overlap)
                });
            })
        },
    },
];

pub(super) fn random(units: usize, patterns: usize) -> Hebbian {
    let mut rng = Rng::new(1, Stream::Patterns, 0);
    Hebbian::random(units, patterns, 1.0 / units as f64, &mut rng).expect("sizes are within range")
}

/// Makes of weights that are whole numbers, which have shorter ways, weights that are none, without changing what they
/// recall.
const NOISE: Damage = Damage::Noise(0.001);

/// The net of Hebb's weights, written out, harmed or not.
pub(super) fn with_weights(patterns: &Hebbian, damage: Option<Damage>) -> Hopfield<f32> {
    let patterns: Vec<Vec<i8>> = (0..patterns.patterns()).map(|k| patterns.pattern(k)).collect();
    let examples: Vec<Example<'_>> = patterns.iter().map(|x| Example::new(x)).collect();
    let mut rng = Rng::new(1, Stream::Learning, 0);
    let Learned { mut weights, mut bias, .. } =
        Hebb::default().learn(patterns[0].len(), &examples, &mut rng).expect("patterns are of one length");
    if let Some(damage) = damage {
        damage.apply(&mut weights, &mut bias, &mut rng).expect("damage is within range");
    }
    Hopfield::new(weights, bias, BiasSign::Consistent).expect("biases are zero").with_bytes()
}

fn recall_over_weights(units: usize, patterns: usize, damage: Option<Damage>) -> Box<dyn FnMut()> {
    let memories = random(units, patterns);
    recall(with_weights(&memories, damage), memories.pattern(0))
}

fn recall_over_patterns(units: usize, patterns: usize) -> Box<dyn FnMut()> {
    let memories = random(units, patterns);
    let first = memories.pattern(0);
    recall(memories, first)
}

fn recall<M: Conditional + 'static>(net: M, mut cue: Vec<i8>) -> Box<dyn FnMut()> {
    let units = cue.len();
    Corruption::Flip(0.1).apply(&mut cue, units, &mut Rng::new(1, Stream::Corruption, 0));
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    Box::new(move || {
        let mut state = State::new(&net, cue.clone());
        let mut rule = Asynchronous::new(units, Tie::Keep);
        black_box(settle(&mut rule, &net, &mut state, Tie::Keep, &mut rng, 100));
    })
}

fn flips(units: usize, patterns: usize) -> Box<dyn FnMut()> {
    let memories = random(units, patterns);
    let net = with_weights(&memories, None);
    let mut state = State::new(&net, memories.pattern(0));
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    Box::new(move || {
        for _ in 0..1000 {
            let unit = rng.below(units as u32) as usize;
            let to = -state.spins()[unit];
            black_box(state.set(&net, unit, to));
        }
    })
}

fn scan(mut overlap: impl FnMut(&mut Capacity, u64) -> f64) {
    let mut curve = vec![];
    for patterns in (5..=150).step_by(5) {
        let point = Point { units: 500, patterns, noise: 0.1, max_sweeps: 100 };
        let mut trials = Capacity::new(point).expect("the point is within range");
        let sum: f64 = (0..20).map(|trial| overlap(&mut trials, trial)).sum();
        curve.push(sum / 20.0);
    }
    black_box(curve);
}
