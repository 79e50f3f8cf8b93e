//! The dense associative memory as a classifier whose memories are learned.
//!
//! # What it is
//! A dense associative memory over the N pixels v of a picture and C units for its class. The pixels are held; the units
//! of the classes start at −1 and are asked once. K memories are not given but learned, by gradient. With a low power n
//! many memories speak to every picture, and what they learn are features: strokes that many digits share. With a high
//! power only the nearest memory speaks, and what it learns is a prototype: a whole digit.
//!
//! # Energy
//! `E = −Σ_μ F(Σ_i ξ_μi v_i + Σ_γ ξ_μγ x_γ)` with the rectified power `F(z) = max(z, 0)ⁿ`.
//!
//! # Dynamics
//! One update of each class, softened: `c_α = tanh(β Σ_μ [F(o_μ + 2 ξ_μα) − F(o_μ)])`, where `o_μ = ξ_μ·v − Σ_γ ξ_μγ` is the
//! overlap with all classes off, and `β = T⁻ⁿ`. The answer is the class of the largest c.
//!
//! # Learning
//! Gradient descent on `L = Σ_α |c_α − t_α|^2m`, t = +1 for the class that it is and else −1, in mini-batches, with momentum
//! (`V ← p V − ∂L/∂ξ`). Each memory moves by `ε V` divided by the largest part of its V, and stays within [−1, 1].
//!
//! # Shapes
//! Memories (K, N + C), the pixels first; velocity and gradient the same; answers (C).
//!
//! # References
//! D. Krotov & J. J. Hopfield, *Dense associative memory for pattern recognition*, NIPS 2016, arXiv 1606.01164, eqs. 8 to 10
//! and appendix A.

mod error;
#[cfg(test)]
mod tests;

use alloc::vec;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

use crate::kernel;
use crate::math;
use crate::models::dense::DEGREES;
use crate::rng::Rng;

pub use error::ClassifierError;

/// Most units of a memory, pixels and classes together.
const MAX_UNITS: usize = 4096;

/// Most memories.
const MAX_MEMORIES: usize = 4096;

/// Temperatures T. Within these the largest power of an overlap, and the smallest that counts, are numbers.
const TEMPERATURES: RangeInclusive<f64> = 1.0..=10_000.0;

/// Exponents m of the loss.
const EXPONENTS: RangeInclusive<u32> = 1..=50;

/// Mean and standard deviation of the numbers that memories start from.
const START: (f64, f64) = (-0.3, 0.3);

/// A picture and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelledPicture<'a> {
    /// Pixels from −1 to 1, N of them.
    pub pixels: &'a [f64],
    /// Its class, from 0.
    pub class: usize,
}

/// What it is and how it learns. Its memories are held apart, by who trains it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DenseClassifier {
    /// Pixels of a picture, N.
    pub pixels: usize,
    /// Classes, C.
    pub classes: usize,
    /// Memories, K.
    pub memories: usize,
    /// Power n of the energy.
    pub degree: u32,
    /// Temperature T: the slope is `β = T⁻ⁿ`. Near the overlaps that count, answers are neither 0 nor ±1.
    pub temperature: f64,
    /// Exponent m of the loss: the higher, the more does the worst answer count.
    pub exponent: u32,
    /// Momentum p, from 0 up to but without 1.
    pub momentum: f64,
}

/// What is learned.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClassifierMemories {
    /// The memories ξ, shape (K, N + C), each number from −1 to 1.
    pub weights: Vec<f64>,
    /// The velocity V, of the same shape.
    pub velocity: Vec<f64>,
}

impl DenseClassifier {
    /// Whether such a classifier can be.
    ///
    /// # Errors
    /// A size or a setting out of range.
    pub fn check(&self) -> Result<(), ClassifierError> {
        let units = self.pixels.saturating_add(self.classes);
        if self.pixels == 0 || self.classes < 2 || units > MAX_UNITS {
            return Err(ClassifierError::Units { pixels: self.pixels, classes: self.classes });
        }
        if !(1..=MAX_MEMORIES).contains(&self.memories) {
            return Err(ClassifierError::Memories(self.memories));
        }
        if !DEGREES.contains(&self.degree) {
            return Err(ClassifierError::Degree(self.degree));
        }
        if !TEMPERATURES.contains(&self.temperature) {
            return Err(ClassifierError::Temperature(self.temperature));
        }
        if !EXPONENTS.contains(&self.exponent) {
            return Err(ClassifierError::Exponent(self.exponent));
        }
        if !(0.0..1.0).contains(&self.momentum) {
            return Err(ClassifierError::Momentum(self.momentum));
        }
        Ok(())
    }

    /// Numbers of one memory, N + C.
    #[must_use]
    pub fn units(&self) -> usize {
        self.pixels + self.classes
    }

    /// Memories to start from: normal numbers of mean −0.3 and deviation 0.3, at rest.
    #[must_use]
    pub fn start(&self, rng: &mut Rng) -> ClassifierMemories {
        let count = self.memories * self.units();
        let mut number = || (START.0 + START.1 * rng.normal()).clamp(-1.0, 1.0);
        ClassifierMemories { weights: (0..count).map(|_| number()).collect(), velocity: vec![0.0; count] }
    }

    /// The answers c, from −1 to 1, one a class.
    #[must_use]
    pub fn answers(&self, memories: &ClassifierMemories, pixels: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.classes];
        for memory in memories.weights.chunks_exact(self.units()) {
            let off = self.off(memory, pixels);
            let silent = self.loudness(off);
            for (sum, said) in sums.iter_mut().zip(&memory[self.pixels..]) {
                *sum += self.loudness(off + 2.0 * said) - silent;
            }
        }
        sums.into_iter().map(math::tanh).collect()
    }

    /// What each memory adds to the sum under the answer of a class, `β [F(o_μ + 2 ξ_μα) − F(o_μ)]`: K numbers.
    #[must_use]
    pub fn contributions(&self, memories: &ClassifierMemories, pixels: &[f64], class: usize) -> Vec<f64> {
        let of = |memory: &[f64]| {
            let off = self.off(memory, pixels);
            self.loudness(off + 2.0 * memory[self.pixels + class]) - self.loudness(off)
        };
        memories.weights.chunks_exact(self.units()).map(of).collect()
    }

    /// The class of the largest answer; of several alike the first.
    #[must_use]
    pub fn verdict(answers: &[f64]) -> usize {
        answers.iter().enumerate().fold(0, |best, (class, &c)| if c > answers[best] { class } else { best })
    }

    /// The loss of answers to a picture of this class, `Σ_α |c_α − t_α|^2m`.
    #[must_use]
    pub fn loss(&self, answers: &[f64], class: usize) -> f64 {
        let of =
            |(k, &c): (usize, &f64)| power((c - target(k, class)) * (c - target(k, class)), self.exponent);
        answers.iter().enumerate().map(of).sum()
    }

    /// The gradient of the loss of a mini-batch, summed over its pictures, of the memories' shape; and the loss itself.
    #[must_use]
    pub fn gradient<'a>(
        &self,
        memories: &ClassifierMemories,
        batch: impl IntoIterator<Item = LabelledPicture<'a>>,
    ) -> (Vec<f64>, f64) {
        let (units, classes) = (self.units(), self.classes);
        let mut gradient = vec![0.0; memories.weights.len()];
        let mut total = 0.0;
        let mut overlaps = vec![0.0; self.memories];
        let (mut answers, mut pulls) = (vec![0.0; classes], vec![0.0; classes]);
        for LabelledPicture { pixels, class } in batch {
            answers.fill(0.0);
            for (memory, overlap) in memories.weights.chunks_exact(units).zip(&mut overlaps) {
                *overlap = self.off(memory, pixels);
                let silent = self.loudness(*overlap);
                for (sum, said) in answers.iter_mut().zip(&memory[self.pixels..]) {
                    *sum += self.loudness(*overlap + 2.0 * said) - silent;
                }
            }
            answers.iter_mut().for_each(|sum| *sum = math::tanh(*sum));
            total += self.loss(&answers, class);
            for (k, (pull, c)) in pulls.iter_mut().zip(&answers).enumerate() {
                let miss = c - target(k, class);
                // ∂L/∂(the sum under tanh), with the n/T of the power's derivative.
                let slope = f64::from(2 * self.exponent) * miss * power(miss * miss, self.exponent - 1);
                *pull = slope * (1.0 - c * c) * f64::from(self.degree) / self.temperature;
            }
            let all: f64 = pulls.iter().sum();
            let rows = gradient.chunks_exact_mut(units).zip(memories.weights.chunks_exact(units));
            for ((row, memory), &off) in rows.zip(&overlaps) {
                let mut common = -all * self.steepness(off);
                for (k, pull) in pulls.iter().enumerate() {
                    let said = pull * self.steepness(off + 2.0 * memory[self.pixels + k]);
                    common += said;
                    // Of its own class a memory feels the unit on, of all others off.
                    row[self.pixels + k] += 2.0 * said;
                }
                if common != 0.0 {
                    let (seen, named) = row.split_at_mut(self.pixels);
                    kernel::add_scaled(seen, common, pixels);
                    named.iter_mut().for_each(|g| *g -= common);
                }
            }
        }
        (gradient, total)
    }

    /// One step of the descent at a rate ε: at most so far does any number go.
    pub fn learn(&self, memories: &mut ClassifierMemories, gradient: &[f64], rate: f64) {
        let units = self.units();
        let rows = memories.weights.chunks_exact_mut(units).zip(memories.velocity.chunks_exact_mut(units));
        for ((memory, velocity), gradient) in rows.zip(gradient.chunks_exact(units)) {
            let mut most = 0.0f64;
            for (v, g) in velocity.iter_mut().zip(gradient) {
                *v = self.momentum * *v - g;
                most = most.max(math::abs(*v));
            }
            // A memory that nothing pulls at stays. Below a normal number the quotient would be no number.
            if most >= f64::MIN_POSITIVE {
                let scale = rate / most;
                let scale = if scale.is_finite() { scale } else { 0.0 };
                memory.iter_mut().zip(velocity).for_each(|(x, v)| *x = (*x + scale * *v).clamp(-1.0, 1.0));
            }
        }
    }

    /// Overlap of a memory with a picture while all classes are off.
    fn off(&self, memory: &[f64], pixels: &[f64]) -> f64 {
        let (seen, named) = memory.split_at(self.pixels);
        // The kernel adds whole blocks.
        let blocks = self.pixels - self.pixels % kernel::LANES;
        let rest: f64 = seen[blocks..].iter().zip(&pixels[blocks..]).map(|(x, v)| x * v).sum();
        kernel::dot(seen, pixels) + rest - named.iter().sum::<f64>()
    }

    /// `β F(z)`.
    fn loudness(&self, z: f64) -> f64 {
        if z > 0.0 { power(z / self.temperature, self.degree) } else { 0.0 }
    }

    /// `β F′(z) T / n`.
    fn steepness(&self, z: f64) -> f64 {
        if z > 0.0 { power(z / self.temperature, self.degree - 1) } else { 0.0 }
    }
}

/// What the answer of a class should be.
fn target(k: usize, class: usize) -> f64 {
    if k == class { 1.0 } else { -1.0 }
}

/// xⁿ, by multiplications alone.
fn power(x: f64, n: u32) -> f64 {
    let (mut result, mut square, mut rest) = (1.0, x, n);
    while rest > 0 {
        if rest % 2 == 1 {
            result *= square;
        }
        square *= square;
        rest /= 2;
    }
    result
}
