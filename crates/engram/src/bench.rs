//! Workloads to be timed, natively and in a browser: the same closures in both.
//!
//! Goals are ratios of a peer's time to this one's in one run on one machine; the times beside them are those of the
//! prototypes, in WebAssembly on two slow cores.

use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use core::hint::black_box;

use crate::corrupt::Corruption;
use crate::dynamics::{Asynchronous, State, Tie, settle};
use crate::energy::Conditional;
use crate::experiment::capacity::{Capacity, Point};
use crate::learning::{Example, Hebb, LearningRule as _};
use crate::models::hebbian::Hebbian;
use crate::models::hopfield::{BiasSign, Hopfield};
use crate::rng::{Rng, Stream};

/// A job that is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, for [`job`].
    pub name: &'static str,
    /// What is done, in a line.
    pub what: &'static str,
    /// What it is held to.
    pub goal: &'static str,
    /// How many of the operations named one call of the job makes; divide the time by it.
    pub operations: u32,
}

/// All jobs.
pub const ROWS: &[Row] = &[
    Row {
        name: "hopfield-recall-784-weights",
        what: "recall to a fixed point, n = 784, 39 memories, 10 % flips, any weights",
        goal: ">= 20 times numpy with cached fields (prototype 66 µs)",
        operations: 1,
    },
    Row {
        name: "hopfield-recall-784-patterns",
        what: "recall to a fixed point, n = 784, 39 memories, 10 % flips, Hebb over the patterns",
        goal: ">= 60 times numpy, >= 50 plain JS, >= 150 neurodynex3 (prototype 25 µs)",
        operations: 1,
    },
    Row {
        name: "hopfield-recall-2500-weights",
        what: "recall to a fixed point, n = 2500, 125 memories, 10 % flips, any weights",
        goal: ">= 5 times numpy with cached fields (prototype 0.8 to 1.5 ms)",
        operations: 1,
    },
    Row {
        name: "hopfield-recall-2500-patterns",
        what: "recall to a fixed point, n = 2500, 125 memories, 10 % flips, Hebb over the patterns",
        goal: ">= 24 times numpy (prototype 0.22 ms)",
        operations: 1,
    },
    Row {
        name: "hopfield-flip-784",
        what: "one flip, all fields kept current, n = 784",
        goal: "within 1.2 of the prototype (100 ns)",
        operations: 1000,
    },
    Row {
        name: "hopfield-flip-2500",
        what: "one flip, all fields kept current, n = 2500",
        goal: "within 1.2 of the prototype (0.6 to 0.8 µs)",
        operations: 1000,
    },
    Row {
        name: "hopfield-capacity-patterns",
        what: "capacity scan, n = 500, P = 5 … 150 by 5, 20 trials each, 10 % noise, over the patterns",
        goal: ">= 28 times numpy, >= 250 hopfieldkit (prototype 50 ms)",
        operations: 1,
    },
    Row {
        name: "hopfield-capacity-weights",
        what: "capacity scan, n = 500, P = 5 … 150 by 5, 20 trials each, 10 % noise, over weights",
        goal: ">= 6 times numpy (prototype 0.87 s)",
        operations: 1,
    },
];

/// The job of this name, ready to be called as often as wanted; none if there is no such job.
#[must_use]
pub fn job(name: &str) -> Option<Box<dyn FnMut()>> {
    Some(match name {
        "hopfield-recall-784-weights" => recall_over_weights(784, 39),
        "hopfield-recall-784-patterns" => recall_over_patterns(784, 39),
        "hopfield-recall-2500-weights" => recall_over_weights(2500, 125),
        "hopfield-recall-2500-patterns" => recall_over_patterns(2500, 125),
        "hopfield-flip-784" => flips(784, 39),
        "hopfield-flip-2500" => flips(2500, 125),
        "hopfield-capacity-patterns" => Box::new(|| {
            scan(|trials, index| trials.over_patterns(1, index).overlap);
        }),
        "hopfield-capacity-weights" => Box::new(|| {
            scan(|trials, index| {
                trials.over_weights::<f32>(&Hebb::default(), 1, index).map_or(0.0, |trial| trial.overlap)
            });
        }),
        _ => return None,
    })
}

fn random(units: usize, patterns: usize) -> Hebbian {
    let mut rng = Rng::new(1, Stream::Patterns, 0);
    Hebbian::random(units, patterns, 1.0 / units as f64, &mut rng).expect("sizes are within range")
}

fn with_weights(patterns: &Hebbian) -> Hopfield<f32> {
    let patterns: Vec<Vec<i8>> = (0..patterns.patterns()).map(|k| patterns.pattern(k)).collect();
    let examples: Vec<Example<'_>> = patterns.iter().map(|x| Example::new(x)).collect();
    let mut rng = Rng::new(1, Stream::Learning, 0);
    let learned =
        Hebb::default().learn(patterns[0].len(), &examples, &mut rng).expect("patterns are of one length");
    Hopfield::new(learned.weights, learned.bias, BiasSign::Consistent).expect("biases are zero")
}

fn recall_over_weights(units: usize, patterns: usize) -> Box<dyn FnMut()> {
    let memories = random(units, patterns);
    recall(with_weights(&memories), memories.pattern(0))
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
    let net = with_weights(&memories);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_job() {
        for row in ROWS {
            assert!(job(row.name).is_some(), "{}", row.name);
        }
        assert!(job("no such job").is_none());
    }
}
