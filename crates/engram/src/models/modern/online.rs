//! An update in single precision that reads the patterns once.
//!
//! Patterns are gone through a few at a time: while the scores of the next few are made, which waits for memory, those
//! before, which are near, are added with their weights. The greatest score so far is taken off before the exponential;
//! when a greater one turns up, what has been summed is scaled down (online softmax: M. Milakov & N. Gimelshein, arXiv
//! 1805.02867). Patterns whose weights together could not change the last bit are not added.

use alloc::vec::Vec;

use crate::kernel;
use crate::math;
use crate::math::vector::exp_of;

/// Patterns gone through together.
const FEW: usize = 4;

/// Lanes summed side by side in a score.
const LANES: usize = 8;

/// That many padded rows.
type Few<'a, T> = [&'a [T]; FEW];

/// A state, held against patterns of a type.
pub(super) trait Query {
    /// What patterns are held in.
    type Cell;
    /// Scalar products of patterns with the state, in a unit of its own.
    fn scores(&self, patterns: Few<'_, Self::Cell>) -> [f32; FEW];
    /// `sum += Σ_k weights_k · pattern_k`.
    fn add(sum: &mut [f32], weights: [f32; FEW], patterns: Few<'_, Self::Cell>);
    /// Both in one: the scores of `next`, and the addition of `patterns`.
    fn scores_and_add(
        &self,
        next: Few<'_, Self::Cell>,
        sum: &mut [f32],
        weights: [f32; FEW],
        patterns: Few<'_, Self::Cell>,
    ) -> [f32; FEW] {
        Self::add(sum, weights, patterns);
        self.scores(next)
    }
}

/// `next = scale · X' softmax(beta · scores)` over rows of the length of `next`.
#[inline(always)]
pub(super) fn retrieve<Q: Query>(query: &Q, rows: &[Q::Cell], beta: f32, scale: f32, next: &mut [f32]) {
    let stride = next.len();
    let count = rows.len() / stride;
    // Past the last pattern it is looked at again, for no weight.
    let few = |first: usize| -> Few<'_, Q::Cell> {
        core::array::from_fn(|k| {
            let start = (first + k).min(count - 1) * stride;
            &rows[start..start + stride]
        })
    };
    // Of 0 times infinity nothing is known.
    let beta = beta.max(f32::MIN_POSITIVE);
    // Of no more than `count` patterns with less than this against one with 1.
    let negligible = 0.5 * f32::EPSILON / count as f32;
    let (mut greatest, mut total) = (f32::NEG_INFINITY, 0.0f64);
    let mut weights = [0.0f32; FEW];
    next.fill(0.0);
    for first in (0..count).step_by(FEW) {
        let mut scores = if weights.iter().all(|&weight| weight < negligible) {
            query.scores(few(first))
        } else {
            query.scores_and_add(few(first), next, weights, few(first - FEW))
        };
        for score in &mut scores[FEW.min(count - first)..] {
            *score = f32::NEG_INFINITY;
        }
        let top = scores.iter().fold(greatest, |top, &score| if score > top { score } else { top });
        if top > greatest {
            let factor = exp_of(beta * (greatest - top));
            total *= f64::from(factor);
            next.iter_mut().for_each(|x| *x *= factor);
            greatest = top;
        }
        weights = scores.map(|score| exp_of(beta * (score - greatest)));
        let [a, b, c, d] = weights;
        total += f64::from((a + b) + (c + d));
    }
    Q::add(next, weights, few((count - 1) / FEW * FEW));
    let factor = (f64::from(scale) / total) as f32;
    next.iter_mut().for_each(|x| *x *= factor);
}

/// A padded state, for patterns of `f32`.
pub(super) struct Singles<'a>(pub &'a [f32]);

impl Query for Singles<'_> {
    type Cell = f32;

    #[inline(always)]
    fn scores(&self, patterns: Few<'_, f32>) -> [f32; FEW] {
        let mut lanes = [[0.0; LANES]; FEW];
        let state = self.0.as_chunks::<LANES>().0;
        let rows = patterns.map(|row| &row.as_chunks::<LANES>().0[..state.len()]);
        for (at, state) in state.iter().enumerate() {
            multiply(&mut lanes, state, rows.map(|row| &row[at]));
        }
        sums(&lanes)
    }

    #[inline(always)]
    fn add(sum: &mut [f32], weights: [f32; FEW], patterns: Few<'_, f32>) {
        kernel::add_scaled4(sum, weights, patterns);
    }

    #[inline(always)]
    fn scores_and_add(
        &self,
        next: Few<'_, f32>,
        sum: &mut [f32],
        weights: [f32; FEW],
        patterns: Few<'_, f32>,
    ) -> [f32; FEW] {
        let mut lanes = [[0.0; LANES]; FEW];
        let state = self.0.as_chunks::<LANES>().0;
        let sum = &mut sum.as_chunks_mut::<LANES>().0[..state.len()];
        let [next, patterns] =
            [next, patterns].map(|few| few.map(|row| &row.as_chunks::<LANES>().0[..state.len()]));
        let [a, b, c, d] = weights;
        for (at, (state, sum)) in state.iter().zip(sum).enumerate() {
            multiply(&mut lanes, state, next.map(|row| &row[at]));
            let [p, q, r, s] = patterns.map(|row| &row[at]);
            for k in 0..LANES {
                sum[k] += (a * p[k] + b * q[k]) + (c * r[k] + d * s[k]);
            }
        }
        sums(&lanes)
    }
}

#[inline(always)]
fn multiply(lanes: &mut [[f32; LANES]; FEW], state: &[f32; LANES], rows: [&[f32; LANES]; FEW]) {
    for (lanes, row) in lanes.iter_mut().zip(rows) {
        for k in 0..LANES {
            lanes[k] += row[k] * state[k];
        }
    }
}

/// Not inlined: seeing the end of the sum, the compiler makes of the lanes vectors of half the width.
#[inline(never)]
fn sums(lanes: &[[f32; LANES]; FEW]) -> [f32; FEW] {
    lanes.map(|[a, b, c, d, e, f, g, h]| ((a + e) + (c + g)) + ((b + f) + (d + h)))
}

/// A padded state in whole numbers, for patterns of bytes: scores are exact sums of whole numbers.
pub(super) struct Whole {
    state: Vec<i16>,
    step: f64,
}

/// Largest whole number that a state's value becomes. A power of two, so that ±1 and 0 stay what they are.
const MOST: f64 = 16_384.0;

impl Whole {
    /// The state is rounded to steps of 2⁻¹⁴ of the power of two that its largest value does not exceed; or to coarser
    /// ones where it has so many units that a score would not go into 32 bits.
    pub fn new(state: &[f32]) -> Self {
        let largest = state.iter().fold(0.0f32, |largest, x| largest.max(x.abs()));
        // Bytes go up to 127, and 127 · 2²⁴ is within 32 bits.
        let most = MOST.min(f64::from(1 << 24) / state.len().next_power_of_two() as f64);
        let step = power_of_two_above(f64::from(largest)) / most;
        let state = state.iter().map(|&x| math::round(f64::from(x) / step) as i16).collect();
        Self { state, step }
    }

    /// What one step of the state is worth.
    pub fn step(&self) -> f64 {
        self.step
    }
}

/// The least power of two that is not less than a positive number; 1 of 0.
fn power_of_two_above(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    let below = f64::from_bits(x.to_bits() >> 52 << 52);
    if below == x { x } else { 2.0 * below }
}

impl Query for Whole {
    type Cell = i8;

    #[inline(always)]
    fn scores(&self, patterns: Few<'_, i8>) -> [f32; FEW] {
        patterns.map(|row| kernel::dot_bytes(row, &self.state) as f32)
    }

    #[inline(always)]
    fn add(sum: &mut [f32], weights: [f32; FEW], patterns: Few<'_, i8>) {
        let [a, b, c, d] = weights;
        let rows = patterns.map(|row| &row[..sum.len()]);
        for (i, sum) in sum.iter_mut().enumerate() {
            let [p, q, r, s] = rows.map(|row| f32::from(row[i]));
            *sum += (a * p + b * q) + (c * r + d * s);
        }
    }
}
