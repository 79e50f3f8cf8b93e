//! What each memory adds to a field, looked up.

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel::WHOLE_LANES as LANES;

/// Sums in `f64` run side by side, four of them.
const SUMS: usize = 4;

/// `x · f(level − x·own)` for the spin x of a memory at a unit, the unit's own spin and all levels `−n ..= n`. A table of
/// signed values, because a look-up costs as much as the multiplication that it spares.
///
/// For each own spin a part with a power of two of entries, read with a mask, so that no look-up can miss; in it a row
/// for each x.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    units: i16,
    part: usize,
    entries: Vec<T>,
}

impl<T: Copy + Default> Table<T> {
    /// With `value(x, r)` = x·f(r), asked for x = ±1 and `−n − 1 <= r <= n + 1`.
    pub fn new(units: usize, value: impl Fn(i8, i32) -> T) -> Self {
        let n = units as i32;
        let row = 2 * units + 1;
        let part = (3 * row).next_power_of_two();
        let mut entries = vec![T::default(); 3 * part];
        for (own, part) in (-1..=1).zip(entries.chunks_exact_mut(part)) {
            for (x, row) in (-1i8..=1).zip(part.chunks_exact_mut(row)).filter(|(x, _)| *x != 0) {
                for (level, entry) in (-n..=n).zip(row) {
                    *entry = value(x, level - i32::from(x) * own);
                }
            }
        }
        Self { units: units as i16, part, entries }
    }

    /// Adds up, by `add`, what `term` makes of each memory's number and entry. The level of a memory is its overlap plus
    /// `shift`; what is padded with zeros counts as nothing if `shift` is within −n ..= n.
    #[inline]
    fn each(&self, column: &[i16], overlaps: &[i16], own: i8, shift: i16, mut add: impl FnMut(usize, T)) {
        let from = (own.signum() + 1) as usize * self.part;
        let entries = &self.entries[from..from + self.part];
        let mask = entries.len() - 1;
        let row = 2 * self.units + 1;
        let base = row + self.units + shift;
        let blocks = column.as_chunks::<LANES>().0.iter().zip(overlaps.as_chunks::<LANES>().0);
        for (block, (x, m)) in blocks.enumerate() {
            let place = |k: usize| m[k].wrapping_add(row.wrapping_mul(x[k])).wrapping_add(base) as u16;
            let places: [u16; LANES] = core::array::from_fn(place);
            for (k, place) in places.into_iter().enumerate() {
                add(LANES * block + k, entries[usize::from(place) & mask]);
            }
        }
    }
}

impl Table<i64> {
    /// Σ a entry, exactly if it fits; without importances all are 1.
    #[inline]
    pub fn sum(&self, importance: &[f64], column: &[i16], overlaps: &[i16], own: i8) -> i64 {
        let mut sum = 0i64;
        if importance.is_empty() {
            self.each(column, overlaps, own, 0, |_, entry| sum = sum.wrapping_add(entry));
        } else {
            self.each(column, overlaps, own, 0, |k, entry| {
                let a = importance.get(k).copied().unwrap_or(0.0) as i64;
                sum = sum.wrapping_add(a.wrapping_mul(entry));
            });
        }
        sum
    }
}

impl Table<f64> {
    /// Σ a entry, in a fixed order; without importances all are 1.
    #[inline]
    pub fn sum(&self, importance: &[f64], column: &[i16], overlaps: &[i16], own: i8, shift: i16) -> f64 {
        let mut sums = [0.0; SUMS];
        if importance.is_empty() {
            self.each(column, overlaps, own, shift, |k, entry| sums[k % SUMS] += entry);
        } else {
            self.each(column, overlaps, own, shift, |k, entry| {
                sums[k % SUMS] += importance.get(k).copied().unwrap_or(0.0) * entry;
            });
        }
        (sums[0] + sums[1]) + (sums[2] + sums[3])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_terms() {
        let n = 9;
        let f = |r: i32| i64::from(r * r * r + 5 * r * r - 3);
        let whole = Table::new(n, |x, r| i64::from(x) * f(r));
        let real = Table::new(n, |x, r| f64::from(x) * f(r) as f64);
        // Two whole blocks and one that is padded.
        let column: Vec<i16> = (0..24).map(|k| if k < 19 { [1, -1, -1, 1, 1][k % 5] } else { 0 }).collect();
        let overlaps: Vec<i16> = (0..24).map(|k| if k < 19 { k - 9 } else { 0 }).collect();
        let importance: Vec<f64> = (0..24).map(|k| f64::from(k % 4) - 1.0).collect();
        for own in [-1, 0, 1] {
            let terms = |a: &dyn Fn(usize) -> f64, shift: i16| -> f64 {
                let term = |k: usize| {
                    let r = overlaps[k] + shift - column[k] * i16::from(own);
                    a(k) * f64::from(column[k]) * f(i32::from(r)) as f64
                };
                (0..19).map(term).sum()
            };
            assert_eq!(whole.sum(&[], &column, &overlaps, own) as f64, terms(&|_| 1.0, 0));
            assert_eq!(real.sum(&[], &column, &overlaps, own, 0), terms(&|_| 1.0, 0));
            let weighed = terms(&|k| importance[k], 0);
            assert_eq!(whole.sum(&importance, &column, &overlaps, own) as f64, weighed);
            assert_eq!(real.sum(&importance, &column, &overlaps, own, 0), weighed);
        }
        let low: Vec<i16> = overlaps.iter().map(|m| m.min(&2) - 3).collect();
        let there = Table::new(n, |x, r| f64::from(x) * f(r) as f64).sum(&[], &column, &low, 1, 3);
        let here: Vec<i16> = overlaps.iter().map(|m| *m.min(&2)).collect();
        assert_eq!(there, real.sum(&[], &column, &here, 1, 0));
    }
}
