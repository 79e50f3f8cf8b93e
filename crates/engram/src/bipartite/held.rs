//! Sixteen numbers held in registers.
//!
//! Of a loop over plain arrays the compiler sees by itself that four numbers can be added at once, as long as there is one
//! array; of two beside each other it makes a muddle. So the registers are named. All is done number by number in the
//! order that is written, so every target gives the bits that plain arrays would.

use core::ops::{Add, Mul, Sub};

#[cfg(target_arch = "x86_64")]
use super::eights::Eights;
use super::lists::Lists;
use super::panels::{Slice, WIDTH};

/// A [`Slice`] in registers, four numbers in each.
#[derive(Clone, Copy)]
pub(crate) struct Held([imp::Vector; WIDTH / 4]);

impl Held {
    /// The numbers of a slice.
    #[inline(always)]
    pub fn of(slice: &Slice) -> Self {
        let [a, b, c, d] = fours(slice);
        Self([imp::load(a), imp::load(b), imp::load(c), imp::load(d)])
    }

    /// The same number everywhere.
    #[inline(always)]
    pub fn splat(number: f32) -> Self {
        Self([imp::load(&[number; 4]); WIDTH / 4])
    }

    /// Whole numbers.
    #[inline(always)]
    pub fn of_whole(numbers: &[i32; WIDTH]) -> Self {
        let [a, b, c, d] = numbers.as_chunks().0 else { unreachable!("sixteen are four times four") };
        Self([imp::whole(a), imp::whole(b), imp::whole(c), imp::whole(d)])
    }

    /// The numbers.
    #[inline(always)]
    pub fn slice(self) -> Slice {
        let mut slice = [0.0; WIDTH];
        for (four, vector) in slice.as_chunks_mut().0.iter_mut().zip(self.0) {
            imp::store(vector, four);
        }
        slice
    }

    /// Which numbers are less than those of another, one a bit; one that is no number is not.
    #[inline(always)]
    pub fn below(self, other: Self) -> u16 {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        imp::below(a, e) | imp::below(b, f) << 4 | imp::below(c, g) << 8 | imp::below(d, h) << 12
    }

    #[inline(always)]
    fn each(self, other: Self, f: impl Fn(imp::Vector, imp::Vector) -> imp::Vector) -> Self {
        let ([a, b, c, d], [e, g, h, i]) = (self.0, other.0);
        Self([f(a, e), f(b, g), f(c, h), f(d, i)])
    }
}

#[inline(always)]
fn fours(slice: &Slice) -> [&[f32; 4]; WIDTH / 4] {
    let [a, b, c, d] = slice.as_chunks().0 else { unreachable!("sixteen are four times four") };
    [a, b, c, d]
}

impl Add for Held {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.each(other, imp::add)
    }
}

impl Sub for Held {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.each(other, imp::sub)
    }
}

impl Mul for Held {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.each(other, imp::mul)
    }
}

/// `start + Σ rows` over the rows of a panel that a list names, in its order.
#[inline(always)]
pub(super) fn gather(panel: &[Slice], list: &[u16], start: Held) -> Held {
    list.iter().fold(start, |sum, &row| sum + Held::of(&panel[usize::from(row)]))
}

/// The same of all copies of a layer. It is a function of its own, and stays one, because among much else there are not
/// registers enough for it.
#[inline(never)]
pub(super) fn gather_all(panel: &[Slice], lists: &Lists, start: &Slice, to: &mut [Slice]) {
    #[cfg(target_arch = "x86_64")]
    if let Some(eights) = Eights::there() {
        return eights.gather_all(panel, lists, start, to);
    }
    let start = Held::of(start);
    for (to, list) in to.iter_mut().zip(lists.iter()) {
        *to = gather(panel, list, start).slice();
    }
}

/// `start + Σ c_i · row_i` over all rows of a panel.
#[inline(always)]
pub(super) fn gather_scaled(panel: &[Slice], factors: &[f32], start: Held) -> Held {
    let rows = panel.iter().zip(factors);
    rows.fold(start, |sum, (row, &factor)| sum + Held::splat(factor) * Held::of(row))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[allow(unsafe_code)]
mod imp {
    use core::arch::wasm32 as w;

    pub use w::v128 as Vector;

    #[inline(always)]
    pub fn load(four: &[f32; 4]) -> Vector {
        // SAFETY: four numbers of four bytes are there, and they need not be aligned.
        unsafe { w::v128_load(four.as_ptr().cast()) }
    }

    #[inline(always)]
    pub fn whole(four: &[i32; 4]) -> Vector {
        // SAFETY: four numbers of four bytes are there, and they need not be aligned.
        w::f32x4_convert_i32x4(unsafe { w::v128_load(four.as_ptr().cast()) })
    }

    #[inline(always)]
    pub fn store(vector: Vector, four: &mut [f32; 4]) {
        // SAFETY: there is room for four numbers of four bytes, which need not be aligned.
        unsafe { w::v128_store(four.as_mut_ptr().cast(), vector) }
    }

    #[inline(always)]
    pub fn add(a: Vector, b: Vector) -> Vector {
        w::f32x4_add(a, b)
    }

    #[inline(always)]
    pub fn sub(a: Vector, b: Vector) -> Vector {
        w::f32x4_sub(a, b)
    }

    #[inline(always)]
    pub fn mul(a: Vector, b: Vector) -> Vector {
        w::f32x4_mul(a, b)
    }

    #[inline(always)]
    pub fn below(a: Vector, b: Vector) -> u16 {
        u16::from(w::i32x4_bitmask(w::f32x4_lt(a, b)))
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[allow(unsafe_code)]
mod imp {
    use core::arch::x86_64 as x;

    pub use x::__m128 as Vector;

    #[inline(always)]
    pub fn load(four: &[f32; 4]) -> Vector {
        // SAFETY: four numbers are there, and they need not be aligned.
        unsafe { x::_mm_loadu_ps(four.as_ptr()) }
    }

    #[inline(always)]
    pub fn whole(four: &[i32; 4]) -> Vector {
        // SAFETY: SSE2 is a feature of the target; four numbers are there, and they need not be aligned.
        unsafe { x::_mm_cvtepi32_ps(x::_mm_loadu_si128(four.as_ptr().cast())) }
    }

    #[inline(always)]
    pub fn store(vector: Vector, four: &mut [f32; 4]) {
        // SAFETY: there is room for four numbers, which need not be aligned.
        unsafe { x::_mm_storeu_ps(four.as_mut_ptr(), vector) }
    }

    #[inline(always)]
    pub fn add(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE is a feature of the target.
        unsafe { x::_mm_add_ps(a, b) }
    }

    #[inline(always)]
    pub fn sub(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE is a feature of the target.
        unsafe { x::_mm_sub_ps(a, b) }
    }

    #[inline(always)]
    pub fn mul(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE is a feature of the target.
        unsafe { x::_mm_mul_ps(a, b) }
    }

    #[inline(always)]
    pub fn below(a: Vector, b: Vector) -> u16 {
        // SAFETY: SSE is a feature of the target.
        (unsafe { x::_mm_movemask_ps(x::_mm_cmplt_ps(a, b)) }) as u16
    }
}

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "sse2")
)))]
mod imp {
    use core::array::from_fn;

    pub type Vector = [f32; 4];

    #[inline(always)]
    pub fn load(four: &[f32; 4]) -> Vector {
        *four
    }

    #[inline(always)]
    pub fn whole(four: &[i32; 4]) -> Vector {
        four.map(|number| number as f32)
    }

    #[inline(always)]
    pub fn store(vector: Vector, four: &mut [f32; 4]) {
        *four = vector;
    }

    #[inline(always)]
    pub fn add(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] + b[k])
    }

    #[inline(always)]
    pub fn sub(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] - b[k])
    }

    #[inline(always)]
    pub fn mul(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] * b[k])
    }

    #[inline(always)]
    pub fn below(a: Vector, b: Vector) -> u16 {
        (0..4).map(|k| u16::from(a[k] < b[k]) << k).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_calculated_as_numbers_are() {
        let a: Slice = core::array::from_fn(|k| (k as f32 - 7.3) * 1.7e-3);
        let b: Slice = core::array::from_fn(|k| 1e30 / (k as f32 + 0.7));
        let (x, y) = (Held::of(&a), Held::of(&b));
        let each = |f: fn(f32, f32) -> f32| -> Slice { core::array::from_fn(|k| f(a[k], b[k])) };
        assert_eq!(x.slice(), a);
        assert_eq!((x + y).slice(), each(|a, b| a + b));
        assert_eq!((x - y).slice(), each(|a, b| a - b));
        assert_eq!((x * y).slice(), each(|a, b| a * b));
        let mut some = b;
        some[3..7].fill(-1.0);
        some[9] = f32::NAN;
        let less = (0..WIDTH).map(|k| u16::from(a[k] < some[k]) << k).sum::<u16>();
        assert_eq!(x.below(Held::of(&some)), less);
        let whole: [i32; WIDTH] = core::array::from_fn(|k| (k as i32 - 9) * 0x0123_4567);
        assert_eq!(Held::of_whole(&whole).slice(), whole.map(|number| number as f32));
        assert_eq!((x + Held::splat(0.1)).slice(), a.map(|a| a + 0.1));
    }
}
