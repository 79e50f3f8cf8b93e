//! Weights that are small whole numbers, once more in bytes: a quarter of the memory to go through, or less.

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel::{self, Real};
use crate::weights::Weights;

/// Rows added in one stroke.
const STROKE: usize = 8;

/// A copy of weights in bytes. Sums over them are whole numbers, so they have the bits of sums over the weights.
#[derive(Clone, Debug)]
pub(super) struct Bytes {
    stride: usize,
    /// Rows whose sum is sure to stay within 16 bits.
    safe: usize,
    sent: Vec<i8>,
    /// Sum of all rows.
    total: Vec<i32>,
}

impl Bytes {
    /// None if a weight is no whole number from −127 to 127 before the common factor, or there is no room.
    pub fn new<T: Real>(weights: &Weights<T>) -> Option<Self> {
        let all = weights.all_sent();
        let greatest = kernel::greatest_whole(all).filter(|&most| most <= f64::from(i8::MAX))?;
        let mut sent = Vec::new();
        sent.try_reserve_exact(all.len()).ok()?;
        sent.resize(all.len(), 0);
        kernel::narrow(all, &mut sent);
        let stride = weights.stride();
        let safe = usize::from(i16::MAX as u16) / (greatest as usize).max(1);
        let mut bytes = Self { stride, safe, sent, total: vec![0; stride] };
        let mut total = vec![0; stride];
        bytes.add_rows(0..weights.units(), &mut total);
        bytes.total = total;
        Some(bytes)
    }

    /// What unit `j` sends.
    #[inline]
    pub fn sent(&self, j: usize) -> &[i8] {
        &self.sent[j * self.stride..(j + 1) * self.stride]
    }

    /// `sums = Σ_j w_ij s_j` before the common factor.
    ///
    /// Only the rows of the rarer sign are added: what the others come to follows from the sum of all, so that
    /// `Σ s w = ±(2 Σ_rarer + Σ_unknown − Σ_all)`.
    pub fn sums<T: Real>(&self, spins: &[i8], sums: &mut [T]) {
        let rarer = if spins.iter().map(|&s| i32::from(s)).sum::<i32>() <= 0 { 1 } else { -1 };
        let those = |spin: i8| spins.iter().enumerate().filter(move |&(_, &s)| s == spin).map(|(j, _)| j);
        let mut whole = vec![0; self.stride];
        self.add_rows(those(rarer), &mut whole);
        whole.iter_mut().for_each(|sum| *sum *= 2);
        self.add_rows(those(0), &mut whole);
        for ((sum, &part), &total) in sums.iter_mut().zip(&whole).zip(&self.total) {
            *sum = T::from_f64(f64::from(i32::from(rarer) * (part - total)));
        }
    }

    /// `sum += Σ_j row_j` over these rows.
    fn add_rows(&self, rows: impl Iterator<Item = usize>, sum: &mut [i32]) {
        let mut words = vec![0i16; self.stride];
        let (mut stroke, mut waiting, mut added) = ([0; STROKE], 0, 0);
        for row in rows {
            (stroke[waiting], waiting) = (row, waiting + 1);
            if waiting < STROKE {
                continue;
            }
            if added + STROKE > self.safe {
                widen(&mut words, sum);
                added = 0;
            }
            kernel::add_bytes::<STROKE, i16>(&mut words, stroke.map(|j| self.sent(j)));
            (waiting, added) = (0, added + STROKE);
        }
        widen(&mut words, sum);
        for &row in &stroke[..waiting] {
            kernel::add_bytes::<1, i32>(sum, [self.sent(row)]);
        }
    }
}

/// Moves sums of 16 bits to those of 32.
fn widen(words: &mut [i16], sum: &mut [i32]) {
    for (sum, word) in sum.iter_mut().zip(words) {
        *sum += i32::from(core::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    fn random(units: usize, most: i8, rng: &mut Rng) -> Weights<f32> {
        let mut weights = Weights::zero(units, 0.5).unwrap();
        for j in 0..units {
            for i in (0..units).filter(|&i| i != j) {
                weights.set_raw(i, j, f32::from(rng.below(2 * most as u32 + 1) as i16 - i16::from(most)));
            }
        }
        weights
    }

    #[test]
    fn sums_are_those_of_the_weights_to_the_bit() {
        let mut rng = Rng::new(4, Stream::Experiment, 0);
        // Small and large weights, few and many units, most of one sign, many unknown.
        for (units, most) in [(1, 1), (9, 127), (75, 3), (300, 127), (301, 1)] {
            let weights = random(units, most, &mut rng);
            let bytes = Bytes::new(&weights).unwrap();
            for ink in 0..5 {
                let spins: Vec<i8> = (0..units)
                    .map(|_| match rng.below(4) {
                        0 if ink == 4 => 0,
                        draw => {
                            if draw < ink {
                                1
                            } else {
                                -1
                            }
                        }
                    })
                    .collect();
                let (mut few, mut all) = (vec![9.0f32; bytes.stride], vec![0.0f32; bytes.stride]);
                bytes.sums(&spins, &mut few);
                kernel::weighted_rows(&mut all, &spins, weights.all_sent(), bytes.stride);
                assert!(
                    few.iter().zip(&all).all(|(a, b)| a.to_bits() == b.to_bits()),
                    "{units} {most} {ink}"
                );
            }
        }
    }

    #[test]
    fn other_weights_have_no_bytes() {
        let mut weights = random(20, 100, &mut Rng::new(5, Stream::Experiment, 0));
        assert!(Bytes::new(&weights).is_some());
        weights.set_raw(3, 4, 128.0);
        assert!(Bytes::new(&weights).is_none());
        weights.set_raw(3, 4, 0.5);
        assert!(Bytes::new(&weights).is_none());
    }
}
