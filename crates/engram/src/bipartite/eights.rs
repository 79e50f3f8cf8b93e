//! The sums of [`held`](super::held) in registers of eight numbers, of processors that have such, two sums at a time: while
//! one waits for a row to be added, the other goes on. Each number is added to in the same order, so the bits are the same.

use core::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_loadu_ps, _mm256_mul_ps, _mm256_set1_ps, _mm256_storeu_ps, _mm256_sub_ps,
};

use super::lists::Lists;
use super::panels::{Slice, WIDTH};

cpufeatures::new!(processor, "avx");

/// That the processor has them.
#[derive(Clone, Copy)]
pub(super) struct Eights(());

/// A [`Slice`] in registers.
#[derive(Clone, Copy)]
struct Held([__m256; WIDTH / 8]);

impl Eights {
    /// If it has.
    #[inline]
    pub fn there() -> Option<Self> {
        processor::get().then_some(Self(()))
    }

    /// What [`held::gather_all`](super::held::gather_all) does.
    #[allow(unsafe_code)]
    pub fn gather_all(self, panel: &[Slice], lists: &Lists, start: &Slice, to: &mut [Slice]) {
        // SAFETY: the processor has these instructions, or there were no `self`.
        unsafe { gather_all(panel, lists, start, to) }
    }

    /// Of each unit, from the two lists that it has, `share · Σ rows − share · Σ rows`, each sum over the rows of a panel.
    #[allow(unsafe_code)]
    pub fn differences<'a>(
        self,
        panels: [&[Slice]; 2],
        lists: impl Iterator<Item = [&'a [u16]; 2]>,
        shares: [f32; 2],
        to: &mut [Slice],
    ) {
        // SAFETY: the processor has these instructions, or there were no `self`.
        unsafe { differences(panels, lists, shares, to) }
    }
}

#[target_feature(enable = "avx")]
fn gather_all(panel: &[Slice], lists: &Lists, start: &Slice, to: &mut [Slice]) {
    let start = held(start);
    for (pair, to) in to.chunks_mut(2).enumerate() {
        let second = if to.len() == 2 { lists.copy(2 * pair + 1) } else { &[] };
        let sums = gather_two([panel; 2], [lists.copy(2 * pair), second], start);
        for (to, sum) in to.iter_mut().zip(sums) {
            put(sum, to);
        }
    }
}

#[target_feature(enable = "avx")]
fn differences<'a>(
    panels: [&[Slice]; 2],
    lists: impl Iterator<Item = [&'a [u16]; 2]>,
    shares: [f32; 2],
    to: &mut [Slice],
) {
    let (a, b) = (_mm256_set1_ps(shares[0]), _mm256_set1_ps(shares[1]));
    for (lists, to) in lists.zip(to) {
        let [mut first, second] = gather_two(panels, lists, Held([_mm256_set1_ps(0.0); WIDTH / 8]));
        for (x, y) in first.0.iter_mut().zip(second.0) {
            *x = _mm256_sub_ps(_mm256_mul_ps(*x, a), _mm256_mul_ps(y, b));
        }
        put(first, to);
    }
}

#[inline]
#[target_feature(enable = "avx")]
fn gather_two(panels: [&[Slice]; 2], lists: [&[u16]; 2], start: Held) -> [Held; 2] {
    let (mut first, mut second) = (start, start);
    for (&a, &b) in lists[0].iter().zip(lists[1]) {
        first = plus(first, &panels[0][usize::from(a)]);
        second = plus(second, &panels[1][usize::from(b)]);
    }
    let both = lists[0].len().min(lists[1].len());
    for &a in &lists[0][both..] {
        first = plus(first, &panels[0][usize::from(a)]);
    }
    for &b in &lists[1][both..] {
        second = plus(second, &panels[1][usize::from(b)]);
    }
    [first, second]
}

#[inline]
#[target_feature(enable = "avx")]
fn plus(sum: Held, row: &Slice) -> Held {
    let ([a, b], Held([c, d])) = (sum.0, held(row));
    Held([_mm256_add_ps(a, c), _mm256_add_ps(b, d)])
}

#[inline]
#[target_feature(enable = "avx")]
#[allow(unsafe_code)]
fn held(slice: &Slice) -> Held {
    let first = slice.as_ptr();
    // SAFETY: eight numbers are there and eight after them; they need not be aligned.
    unsafe { Held([_mm256_loadu_ps(first), _mm256_loadu_ps(first.add(8))]) }
}

#[inline]
#[target_feature(enable = "avx")]
#[allow(unsafe_code)]
fn put(Held([a, b]): Held, to: &mut Slice) {
    let first = to.as_mut_ptr();
    // SAFETY: there is room for eight numbers and eight after them, which need not be aligned.
    unsafe {
        _mm256_storeu_ps(first, a);
        _mm256_storeu_ps(first.add(8), b);
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::bipartite::gather;
    use crate::rng::{Rng, Stream};

    /// Rows, and lists of them: some are empty, and there is an odd number of them.
    fn some(rng: &mut Rng) -> (Vec<Slice>, Lists) {
        let rows: Vec<Slice> = (0..50).map(|_| core::array::from_fn(|_| rng.normal() as f32)).collect();
        let cells: Vec<u8> = (0..7 * 50).map(|k| u8::from(k / 50 % 3 != 1 && rng.below(3) == 0)).collect();
        (rows, Lists::of(50, &cells))
    }

    #[test]
    fn sums_are_bit_for_bit_those_of_other_registers() {
        let Some(eights) = Eights::there() else { return };
        let mut rng = Rng::new(4, Stream::Patterns, 0);
        let ((rows, lists), (others, more)) = (some(&mut rng), some(&mut rng));
        let start = rows[3];
        let mut sums = vec![[0.0; WIDTH]; lists.copies()];
        eights.gather_all(&rows, &lists, &start, &mut sums);
        let expected: Vec<Slice> = lists.iter().map(|list| gather(&rows, list, start)).collect();
        assert_eq!(sums, expected);
        let pairs = (0..lists.copies()).map(|copy| [lists.copy(copy), more.copy(copy)]);
        eights.differences([&rows, &others], pairs, [0.01, 0.3], &mut sums);
        let zero = [0.0; WIDTH];
        let expected = (0..lists.copies()).map(|copy| {
            let (a, b) = (gather(&rows, lists.copy(copy), zero), gather(&others, more.copy(copy), zero));
            core::array::from_fn::<f32, WIDTH, _>(|k| a[k] * 0.01 - b[k] * 0.3)
        });
        assert!(expected.eq(sums));
    }
}
