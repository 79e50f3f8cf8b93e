//! Sums over the memories: whole where they fit, else rounded, with the largest exponential taken out.

use alloc::vec;
use alloc::vec::Vec;

use super::table::Table;
use super::{Interaction, Scale};
use crate::kernel::WHOLE_LANES;
use crate::math;

/// A sum in `f64` that is a smaller part than this of the sizes it is made of is taken again with more care.
const DOUBT: f64 = 1e-9;

/// What is a smaller part than this of the sizes it is made of, with all care, is nothing.
const NOTHING: f64 = 1e-12;

/// ½ (e − 1/e): half of what an exponential changes by from one below to one above, next to what it is.
const SINH_1: f64 = 1.175_201_193_643_801_4;

#[derive(Clone, Debug)]
pub(super) struct Sums {
    interaction: Interaction,
    units: i32,
    patterns: usize,
    /// Σ |a|.
    weight: f64,
    /// a, padded with zeros to whole lanes; empty if all are 1.
    importance: Vec<f64>,
    /// Whether all importances are whole numbers.
    whole: bool,
    /// c, of a power.
    factor: f64,
    /// ln c.
    ln_factor: f64,
    /// F at −n..=n where sums of it are exact.
    values: Option<Vec<i128>>,
    steps: Steps,
}

/// What a memory adds to the field of a unit: ± what the unit alters there.
#[derive(Clone, Debug)]
enum Steps {
    /// F(r + 1) − F(r − 1) where sums of it fit into 64 bits.
    Whole(Table<i64>),
    /// The same.
    Real(Table<f64>),
    /// e^(r + n): of the overlaps less the largest, from 0 down to −2n.
    Exponential(Table<f64>),
}

impl Sums {
    /// Of checked settings.
    pub fn new(
        interaction: Interaction,
        units: usize,
        patterns: usize,
        mut importance: Vec<f64>,
        scale: Scale,
    ) -> Self {
        if importance.iter().all(|&a| a == 1.0) {
            importance.clear();
        } else {
            importance.resize(patterns.next_multiple_of(WHOLE_LANES), 0.0);
        }
        let whole = importance.iter().all(|&a| math::round(a) == a);
        let weight = if importance.is_empty() {
            patterns as f64
        } else {
            importance.iter().map(|a| math::abs(*a)).sum()
        };
        let values = whole.then(|| interaction.whole_values(units, weight)).flatten();
        let n = units as i32;
        let steps = match &values {
            _ if interaction == Interaction::Exponential => {
                Steps::Exponential(Table::new(units, |x, r| f64::from(x) * fall(r - n)))
            }
            Some(values) if whole_most(values).saturating_mul(weight as i128) <= i128::from(i64::MAX) => {
                let value = |z: i32| values.get((z + n) as usize).copied();
                // Beyond the ends no overlap can be.
                let step = |r: i32| value(r + 1).zip(value(r - 1)).map_or(0, |(high, low)| high - low);
                Steps::Whole(Table::new(units, |x, r| i64::from(x) * step(r) as i64))
            }
            _ => Steps::Real(Table::new(units, |x, r| f64::from(x) * interaction.difference(r + 1, r - 1))),
        };
        let (factor, ln_factor) = match (scale, interaction) {
            (Scale::Factor(c), _) => (c, math::ln(c)),
            (Scale::Depth(depth), Interaction::Exponential) => (0.0, math::ln(depth) - units as f64),
            (Scale::Depth(depth), power) => {
                let c = depth / power.value(n);
                (c, math::ln(c))
            }
        };
        Self { interaction, units: n, patterns, weight, importance, whole, factor, ln_factor, values, steps }
    }

    pub fn interaction(&self) -> Interaction {
        self.interaction
    }

    fn importance(&self, pattern: usize) -> f64 {
        self.importance.get(pattern).copied().unwrap_or(1.0)
    }

    /// c Σ a F(m).
    pub fn total(&self, overlaps: &[i16]) -> f64 {
        match &self.values {
            Some(values) => self.factor * self.whole(overlaps, |_, m| self.at(values, i32::from(m))) as f64,
            None if self.interaction == Interaction::Exponential => {
                let (sum, top) = self.exponentials(overlaps);
                saturated(sum, top + self.ln_factor)
            }
            None => self.factor * self.real(overlaps, |_, m| self.interaction.value(i32::from(m))),
        }
    }

    /// ln of the same.
    pub fn ln_total(&self, overlaps: &[i16]) -> Option<f64> {
        let (sum, more) = match self.interaction {
            Interaction::Exponential => {
                let (sum, top) = self.exponentials(overlaps);
                (sum, top + self.ln_factor)
            }
            _ => (self.total(overlaps), 0.0),
        };
        (sum > 0.0).then(|| math::ln(sum) + more)
    }

    /// c Σ a [F(m + x·step) − F(m)].
    pub fn change(&self, overlaps: &[i16], column: &[i16], step: i16) -> f64 {
        let to = |k: usize, m: i16| i32::from(m) + i32::from(column[k] * step);
        match &self.values {
            Some(values) => {
                let change = |k: usize, m: i16| self.at(values, to(k, m)) - self.at(values, i32::from(m));
                self.factor * self.whole(overlaps, change) as f64
            }
            None if self.interaction == Interaction::Exponential => {
                let top = f64::from(overlaps.iter().copied().max().unwrap_or(0));
                let change = |k: usize, m: i16| {
                    math::exp(f64::from(m) - top) * math::exp_m1(f64::from(column[k] * step))
                };
                saturated(self.real(overlaps, change), top + self.ln_factor)
            }
            None => {
                let change = |k: usize, m: i16| self.interaction.difference(to(k, m), i32::from(m));
                self.factor * self.real(overlaps, change)
            }
        }
    }

    /// How much a memory counts whose overlap without the unit is `rest`: ½ c a [F(r + 1) − F(r − 1)].
    pub fn weight(&self, pattern: usize, rest: i32) -> f64 {
        let a = self.importance(pattern);
        match self.interaction {
            Interaction::Exponential => saturated(a * SINH_1, f64::from(rest) + self.ln_factor),
            _ => 0.5 * self.factor * (a * self.interaction.difference(rest + 1, rest - 1)),
        }
    }

    /// ½ c Σ a x [F(r + 1) − F(r − 1)], r = m − x·own. Both slices are padded with zeros to whole lanes.
    #[inline]
    pub fn field(&self, column: &[i16], overlaps: &[i16], own: i8) -> f64 {
        // A sum is trusted if it is more than rounding next to the most that its terms can be.
        let trusted = |sum: f64, most: f64| math::abs(sum) > DOUBT * self.weight * math::abs(most);
        match &self.steps {
            Steps::Whole(table) => {
                0.5 * self.factor * table.sum(&self.importance, column, overlaps, own) as f64
            }
            Steps::Real(table) => {
                let sum = table.sum(&self.importance, column, overlaps, own, 0);
                let most = i32::from(overlaps.iter().map(|m| m.saturating_abs()).max().unwrap_or(0));
                if trusted(sum, self.interaction.difference(most + 2, most)) {
                    0.5 * self.factor * sum
                } else {
                    self.with_care(column, overlaps, own)
                }
            }
            Steps::Exponential(table) => {
                let top = overlaps.iter().copied().max().unwrap_or(0).max(0);
                let sum = table.sum(&self.importance, column, overlaps, own, self.units as i16 - top);
                if trusted(sum, core::f64::consts::E) {
                    saturated(SINH_1 * sum, f64::from(top) + self.ln_factor)
                } else {
                    self.with_care(column, overlaps, own)
                }
            }
        }
    }

    /// The same field by levels: first all memories of one overlap together, which cancel exactly where they do.
    #[cold]
    fn with_care(&self, column: &[i16], overlaps: &[i16], own: i8) -> f64 {
        let levels = self.levels(column, overlaps, own);
        let rest = |level: usize| level as i32 - self.units;
        match (&self.values, self.interaction) {
            (Some(values), _) => {
                let step = |r: i32| self.at(values, r + 1) - self.at(values, r - 1);
                let terms =
                    levels.iter().enumerate().map(|(level, &count)| count as i128 * step(rest(level)));
                0.5 * self.factor * terms.fold(0i128, i128::wrapping_add) as f64
            }
            (None, Interaction::Exponential) => {
                let top = levels.iter().rposition(|&count| count != 0.0).unwrap_or(0);
                let terms = levels[..=top].iter().enumerate().rev();
                let sum = clear(terms.map(|(level, &count)| count * math::exp(level as f64 - top as f64)));
                saturated(SINH_1 * sum, f64::from(rest(top)) + self.ln_factor)
            }
            (None, power) => {
                let terms = levels.iter().enumerate().rev().filter(|(_, count)| **count != 0.0);
                let step = |r: i32| power.difference(r + 1, r - 1);
                0.5 * self.factor * clear(terms.map(|(level, &count)| count * step(rest(level))))
            }
        }
    }

    /// Σ a x over the memories of each r, from −n on. For a power, r < 0 is joined to −r.
    fn levels(&self, column: &[i16], overlaps: &[i16], own: i8) -> Vec<f64> {
        let n = self.units;
        let mut levels = vec![0.0; 2 * n as usize + 1];
        let mut sizes = vec![0.0; if self.whole { 0 } else { levels.len() }];
        for (pattern, (&x, &m)) in column.iter().zip(overlaps).take(self.patterns).enumerate() {
            let r = i32::from(m) - i32::from(x) * i32::from(own);
            let value = self.importance(pattern) * f64::from(x);
            let (r, value) = match self.interaction {
                Interaction::Power(degree) if r < 0 => (-r, if degree % 2 == 0 { -value } else { value }),
                Interaction::RectifiedPower(_) if r < 0 => continue,
                _ => (r, value),
            };
            let level = (r + n).clamp(0, 2 * n) as usize;
            levels[level] += value;
            sizes.iter_mut().skip(level).take(1).for_each(|size| *size += math::abs(value));
        }
        for (level, size) in levels.iter_mut().zip(sizes) {
            if math::abs(*level) <= NOTHING * size {
                *level = 0.0;
            }
        }
        levels
    }

    /// F at an overlap.
    #[inline]
    fn at(&self, values: &[i128], z: i32) -> i128 {
        values.get((z + self.units) as usize).copied().unwrap_or(0)
    }

    /// Σ a f(k, m), exactly.
    fn whole(&self, overlaps: &[i16], f: impl Fn(usize, i16) -> i128) -> i128 {
        let term = |(k, &m): (usize, &i16)| self.importance(k) as i128 * f(k, m);
        overlaps.iter().enumerate().map(term).fold(0, i128::wrapping_add)
    }

    /// Σ a f(k, m).
    fn real(&self, overlaps: &[i16], f: impl Fn(usize, i16) -> f64) -> f64 {
        overlaps.iter().enumerate().map(|(k, &m)| self.importance(k) * f(k, m)).sum()
    }

    /// Σ a e^m as a number times e to a whole power.
    fn exponentials(&self, overlaps: &[i16]) -> (f64, f64) {
        let top = f64::from(overlaps.iter().copied().max().unwrap_or(0));
        (self.real(overlaps, |_, m| math::exp(f64::from(m) - top)), top)
    }
}

/// e^z; far below what rounding leaves of a sum with a term near 1 it is 0, before it costs as much as numbers do that
/// are nearly out of range.
fn fall(z: i32) -> f64 {
    if z < -600 { 0.0 } else { math::exp(f64::from(z)) }
}

/// The largest size of F(r + 1) − F(r − 1) among values.
fn whole_most(values: &[i128]) -> i128 {
    values.windows(3).map(|three| (three[2] - three[0]).abs()).max().unwrap_or(0)
}

/// `sum · e^exponent`, kept within the range of numbers, and apart from 0.
fn saturated(sum: f64, exponent: f64) -> f64 {
    match sum {
        0.0 => 0.0,
        _ => (math::abs(sum) * math::exp(exponent)).clamp(f64::MIN_POSITIVE, f64::MAX).copysign(sum),
    }
}

/// A sum, or 0 if it is nothing but rounding.
fn clear(terms: impl Iterator<Item = f64>) -> f64 {
    let (sum, size) = terms.fold((0.0, 0.0), |(sum, size), term| (sum + term, size + math::abs(term)));
    if math::abs(sum) <= NOTHING * size { 0.0 } else { sum }
}
