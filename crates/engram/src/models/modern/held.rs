//! What patterns are held in, and how an update goes through them.

use alloc::vec::Vec;

use super::online::{self, Singles, Whole};
use super::retrieval;
use crate::kernel::Real;
use crate::math;

/// Lanes added side by side in double precision.
const WIDE: usize = 8;

/// A type of number that patterns are held in: `f64`, `f32`, or `i8` times a common factor.
pub trait Held: Copy + Default + Into<f64> + core::fmt::Debug + 'static {
    /// What a state is held in: the same for real numbers, `f32` for bytes.
    type Number: Real;

    /// A change by this share of the largest value of a pattern is rest: some ten times what rounding of the scores keeps
    /// moving in a state between patterns.
    const REST: f64;

    /// Square of the length of a row, and the largest size of a value in it.
    fn measure(row: &[Self]) -> (f64, f64);

    /// The nearest bytes to numbers of which the largest has this size, and their factor (see
    /// [`ModernHopfield::quantised`](super::ModernHopfield::quantised)).
    fn quantise(values: &[Self], largest: f64, bytes: &mut [i8]) -> f64;

    /// Scalar product of a padded row with as many values, in double precision.
    fn dot_wide(row: &[Self], values: &[f64]) -> f64;

    /// `sum += c · row`, in double precision.
    fn add_wide(sum: &mut [f64], c: f64, row: &[Self]);

    /// `next = scale · X' softmax(β scale · X state)` over patterns in padded rows; state and next are padded alike.
    fn retrieve(rows: &[Self], scale: f64, beta: f64, state: &[Self::Number], next: &mut [Self::Number]);
}

/// The loops in double precision, made here for each type: generic code is compiled where it is used, which may be built
/// for size, and these must be built for speed whoever uses them.
macro_rules! wide {
    () => {
        fn measure(row: &[Self]) -> (f64, f64) {
            let values = row.iter().map(|&x| f64::from(x));
            (values.clone().map(|x| x * x).sum(), values.map(math::abs).fold(0.0, f64::max))
        }
        fn quantise(values: &[Self], largest: f64, bytes: &mut [i8]) -> f64 {
            quantise(values, largest, bytes)
        }
        fn dot_wide(row: &[Self], values: &[f64]) -> f64 {
            dot_wide(row, values)
        }
        fn add_wide(sum: &mut [f64], c: f64, row: &[Self]) {
            for (s, &r) in sum.iter_mut().zip(row) {
                *s += c * f64::from(r);
            }
        }
    };
}

#[inline]
fn dot_wide<T: Copy + Into<f64>>(row: &[T], values: &[f64]) -> f64 {
    let mut lanes = [0.0; WIDE];
    for (x, y) in row.as_chunks::<WIDE>().0.iter().zip(values.as_chunks::<WIDE>().0) {
        for k in 0..WIDE {
            lanes[k] += x[k].into() * y[k];
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

#[inline]
fn quantise<T: Copy + Into<f64>>(values: &[T], largest: f64, bytes: &mut [i8]) -> f64 {
    let all = |is: fn(f64, f64) -> bool| values.iter().all(|&x| is(x.into(), largest));
    let scale = if largest == 0.0 {
        return 1.0;
    } else if all(|x, largest| x == 0.0 || math::abs(x) == largest) {
        largest
    } else if largest <= 127.0 && all(|x, _| math::round(x) == x) {
        1.0
    } else {
        largest / 127.0
    };
    for (byte, &value) in bytes.iter_mut().zip(values) {
        *byte = math::round(value.into() / scale) as i8;
    }
    scale
}

impl Held for f64 {
    type Number = Self;
    const REST: f64 = 1e-12;
    wide!();

    /// In two passes: these nets are small.
    fn retrieve(rows: &[Self], scale: f64, beta: f64, state: &[Self], next: &mut [Self]) {
        let each = || rows.chunks_exact(state.len());
        let mut weights: Vec<f64> = each().map(|row| scale * dot_wide(row, state)).collect();
        retrieval::softmax(&mut weights, beta);
        next.fill(0.0);
        for (row, &weight) in each().zip(&weights) {
            Self::add_wide(next, scale * weight, row);
        }
    }
}

impl Held for f32 {
    type Number = Self;
    const REST: f64 = 1e-5;
    wide!();

    fn retrieve(rows: &[Self], scale: f64, beta: f64, state: &[Self], next: &mut [Self]) {
        online::retrieve(&Singles(state), rows, (beta * scale) as Self, scale as Self, next);
    }
}

impl Held for i8 {
    type Number = f32;
    const REST: f64 = 1e-5;
    wide!();

    fn retrieve(rows: &[Self], scale: f64, beta: f64, state: &[f32], next: &mut [f32]) {
        let whole = Whole::new(state);
        let beta = beta * scale * whole.step();
        online::retrieve(&whole, rows, beta as f32, scale as f32, next);
    }
}
