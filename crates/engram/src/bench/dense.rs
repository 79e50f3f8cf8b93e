//! A recall to a fixed point from 10 % flips in a dense associative memory, and a batch of its classifier.

use alloc::boxed::Box;
use core::hint::black_box;

use super::Row;
use crate::corrupt::Corruption;
use crate::dynamics::{Asynchronous, State, Tie, settle};
use crate::models::dense::{Dense, Interaction, Scale};
use crate::rng::{Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    Row { name: "dense-recall-784-cubic", operations: 1, job: || recall(Interaction::Power(3)) },
    Row { name: "dense-recall-784-power-20", operations: 1, job: || recall(Interaction::Power(20)) },
    Row { name: "dense-recall-784-exponential", operations: 1, job: || recall(Interaction::Exponential) },
];

/// 784 units, 1000 patterns.
fn recall(interaction: Interaction) -> Box<dyn FnMut()> {
    let mut rng = Rng::new(1, Stream::Patterns, 0);
    let net =
        Dense::random(interaction, 784, 1000, Scale::default(), &mut rng).expect("sizes are within range");
    let mut cue = net.pattern(0);
    Corruption::Flip(0.1).apply(&mut cue, 784, &mut Rng::new(1, Stream::Corruption, 0));
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    Box::new(move || {
        let mut state = State::new(&net, cue.clone());
        let mut rule = Asynchronous::new(784, Tie::Keep);
        black_box(settle(&mut rule, &net, &mut state, Tie::Keep, &mut rng, 100));
    })
}
