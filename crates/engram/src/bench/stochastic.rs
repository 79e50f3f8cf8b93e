//! Nets at a temperature: recalls of ten sweeps from 10 % flips at T = 0.2, where few units change, and single updates of
//! a run at T = 0.5, where many do. Hebb's weights, 1/n before their sum.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;

use super::Row;
use super::hopfield::{random, with_weights};
use crate::corrupt::Corruption;
use crate::dynamics::{HeatBath, Metropolis, State, UpdateRule};
use crate::energy::Conditional;
use crate::rng::{Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    Row { name: "stochastic-recall-784-patterns", operations: 1, job: || recall_over_patterns(784, 39) },
    Row { name: "stochastic-recall-784-weights", operations: 1, job: || recall_over_weights(784, 39) },
    Row { name: "stochastic-recall-2500-patterns", operations: 1, job: || recall_over_patterns(2500, 125) },
    Row { name: "stochastic-recall-2500-weights", operations: 1, job: || recall_over_weights(2500, 125) },
    Row { name: "stochastic-update-784", operations: 784, job: || sweeps(784, 39, HeatBath::new(784, WARM)) },
    Row {
        name: "stochastic-update-2500",
        operations: 2500,
        job: || sweeps(2500, 125, HeatBath::new(2500, WARM)),
    },
    Row {
        name: "stochastic-metropolis-784",
        operations: 784,
        job: || sweeps(784, 39, Metropolis::new(WARM)),
    },
];

/// Where a memory just holds, with a unit in thirty turned over.
const WARM: f64 = 0.5;

/// Where a memory holds firmly.
const COLD: f64 = 0.2;

fn recall_over_weights(units: usize, patterns: usize) -> Box<dyn FnMut()> {
    let memories = random(units, patterns);
    recall(with_weights(&memories, None), memories.pattern(0))
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
        let mut rule = HeatBath::new(units, COLD);
        for _ in 0..10 * units {
            rule.step(&net, &mut state, &mut rng);
        }
        black_box(state.spins());
    })
}

fn sweeps(units: usize, patterns: usize, mut rule: impl UpdateRule + 'static) -> Box<dyn FnMut()> {
    let memories = random(units, patterns);
    let net = with_weights(&memories, None);
    let mut state = State::new(&net, memories.pattern(0));
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    Box::new(move || {
        for _ in 0..units {
            black_box(rule.step(&net, &mut state, &mut rng));
        }
    })
}
