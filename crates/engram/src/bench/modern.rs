//! Updates over 10,000 patterns of 28 × 28 cells, of which a fifth are ink, from 20 % flips; and exponentials of 4096
//! numbers from −10 to 10.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;

use super::Row;
use crate::corrupt::Corruption;
use crate::math::vector;
use crate::models::modern::{Held, ModernHopfield, State};
use crate::rng::{Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    // So weak that every pattern is added.
    Row { name: "modern-update-10000x784", operations: 1, job: || update(digits(0.05)) },
    Row {
        name: "modern-update-10000x784-bytes",
        operations: 1,
        job: || update(digits(0.5).quantised().expect("there is memory")),
    },
    Row { name: "math-exp", operations: 4096, job: || over_numbers(vector::exp) },
    Row { name: "math-sigmoid", operations: 4096, job: || over_numbers(vector::sigmoid) },
];

/// Pictures with about as much ink as handwritten digits.
fn digits(beta: f64) -> ModernHopfield<f32> {
    let mut rng = Rng::new(1, Stream::Patterns, 0);
    let ink = |_, row: &mut [f64]| row.fill_with(|| if rng.bernoulli(0.2) { 1.0 } else { -1.0 });
    ModernHopfield::from_fn(784, 10_000, beta, ink).expect("sizes are within range")
}

fn update<T: Held>(net: ModernHopfield<T>) -> Box<dyn FnMut()> {
    let mut cue = net.pattern(5000);
    Corruption::Flip(0.2).apply(&mut cue, 28, &mut Rng::new(1, Stream::Corruption, 0));
    let state = State::new(&net, &cue).expect("a pattern is a state");
    Box::new(move || {
        black_box(net.update(&mut state.clone()));
    })
}

fn over_numbers(function: fn(&mut [f32])) -> Box<dyn FnMut()> {
    let numbers: Vec<f32> = (0..4096).map(|k| (k as f32 - 2048.0) / 204.8).collect();
    let mut values = numbers.clone();
    Box::new(move || {
        values.copy_from_slice(&numbers);
        function(black_box(&mut values));
    })
}
