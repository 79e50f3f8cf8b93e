//! From patterns to weights.

use alloc::vec;
use alloc::vec::Vec;

use super::Hebbian;
use crate::kernel::Real;
use crate::weights::{Weights, WeightsError};

/// Patterns that are added in one stroke.
const GROUP: usize = 4;
/// What a group can look like at one unit.
const LOOKS: usize = 1 << GROUP;
/// Groups whose sum is sure to stay within 8 bits.
const BLOCK: usize = 28;

impl Hebbian {
    /// Writes the weights out, `W = c Σ_μ (x_μ x_μ' − 1)`, shape (n, n).
    ///
    /// Four patterns look one of sixteen ways at a unit, and what they add to that unit's row depends on the look
    /// alone. So the sixteen rows are made once for every four patterns, and a row of W is a sum of a quarter as many
    /// rows, held in bytes (the method of Arlazarov, Dinic, Kronrod & Faradžev, Soviet Math. Dokl. 11 (1970) 1209).
    /// They are whole numbers, so the result has the bits of any other way of adding.
    ///
    /// # Errors
    /// [`WeightsError::Memory`] if there is no room for them.
    pub fn weights<T: Real>(&self) -> Result<Weights<T>, WeightsError> {
        let mut weights = Weights::zero(self.units, self.scale)?;
        let stride = weights.stride();
        let groups = self.patterns.div_ceil(GROUP);
        // Filled up with blank groups, so that rows can be added four at a time.
        let mut table = vec![0i8; BLOCK * LOOKS * stride];
        let mut bytes = vec![0i8; stride];
        let mut totals: Vec<i16> = vec![0; if groups > BLOCK { self.units * stride } else { 0 }];
        for first in (0..groups).step_by(BLOCK) {
            let count = BLOCK.min(groups - first);
            let used = count.next_multiple_of(4);
            for (k, looks) in table.chunks_exact_mut(LOOKS * stride).take(used).enumerate() {
                if k < count {
                    self.fill_looks(first + k, looks, stride);
                } else {
                    looks.fill(0);
                }
            }
            for unit in 0..self.units {
                bytes.fill(0);
                for four in (0..count).step_by(4) {
                    let row = |k: usize| {
                        let at = ((four + k) * LOOKS + self.look(first + four + k, unit)) * stride;
                        &table[at..at + stride]
                    };
                    let rows = [row(0), row(1), row(2), row(3)];
                    for i in 0..stride {
                        bytes[i] += (rows[0][i] + rows[1][i]) + (rows[2][i] + rows[3][i]);
                    }
                }
                let sent = weights.sent_mut(unit);
                if groups > BLOCK {
                    let totals = &mut totals[unit * stride..(unit + 1) * stride];
                    for ((w, total), &byte) in sent.iter_mut().zip(totals).zip(&bytes) {
                        *total += i16::from(byte);
                        *w = T::from_whole(*total);
                    }
                } else {
                    for (w, &byte) in sent.iter_mut().zip(&bytes) {
                        *w = T::from_whole(i16::from(byte));
                    }
                }
                sent[unit] = T::default();
            }
        }
        Ok(weights)
    }

    /// How a group of patterns looks at a unit: a bit for each that is +1 there. Groups beyond the last are blank.
    fn look(&self, group: usize, unit: usize) -> usize {
        let spins = self.column(unit).get(GROUP * group..GROUP * (group + 1)).unwrap_or(&[]);
        spins.iter().enumerate().fold(0, |look, (k, &s)| look | usize::from(s > 0) << k)
    }

    /// For every look of a group, the row that it adds: Σ ±x over the group's patterns.
    fn fill_looks(&self, group: usize, looks: &mut [i8], stride: usize) {
        let mut twice = vec![0i8; GROUP * stride];
        for (unit, column) in self.columns.chunks_exact(self.stride).enumerate() {
            for (k, &spin) in column[GROUP * group..GROUP * (group + 1)].iter().enumerate() {
                twice[k * stride + unit] = 2 * spin as i8;
                looks[unit] = if k == 0 { 0 } else { looks[unit] } - spin as i8;
            }
        }
        looks[self.units..stride].fill(0);
        // Each look is an earlier one with one pattern more turned from − to +.
        for look in 1..LOOKS {
            let (earlier, rest) = looks.split_at_mut(look * stride);
            let from = look & (look - 1);
            let turned = look.trailing_zeros() as usize * stride;
            let sources = earlier[from * stride..].iter().zip(&twice[turned..turned + stride]);
            for (cell, (a, b)) in rest[..stride].iter_mut().zip(sources) {
                *cell = a + b;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    #[test]
    fn the_weights_are_those_of_outer_products() {
        let mut rng = Rng::new(21, Stream::Patterns, 0);
        // Fewer than a group, a ragged group, more than one block, a wide net.
        for (n, p) in [(5, 1), (17, 3), (40, 13), (33, 250), (130, 112)] {
            let net = Hebbian::random(n, p, 0.5, &mut rng).unwrap();
            let mut plain = Weights::<f32>::zero(n, 0.5).unwrap();
            (0..p).for_each(|k| plain.add_outer(1.0, &net.pattern(k)));
            assert_eq!(net.weights::<f32>().unwrap(), plain, "{n} units, {p} patterns");
        }
    }
}
