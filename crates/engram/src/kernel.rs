//! The inner loops: adding a row, and scalar products.
//!
//! Written over fixed-width blocks so that the compiler turns them into 128-bit vectors where it has them, while the
//! order of every addition stays that of the source: with vectors or without, the bits are the same. Nothing is
//! contracted to a fused multiply-add.

use core::ops::{Add, AddAssign, Mul, Neg, Sub};

/// Lanes summed side by side in a scalar product. Slices handed to the kernels are padded to a multiple of it.
pub const LANES: usize = 16;

/// The number type a net is held in: `f64` for small nets, `f32` for large ones.
pub trait Real:
    Copy
    + Default
    + PartialEq
    + PartialOrd
    + core::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + 'static
{
    /// Whole numbers up to this size are added without rounding.
    const WHOLE: f64;
    /// Relative rounding of one operation.
    const EPSILON: f64;
    /// Added to a number of no more than a third of its size and taken away again, it makes the number whole.
    const ROUNDER: Self;
    /// Rounds to this type.
    fn from_f64(x: f64) -> Self;
    /// A whole number, exactly.
    fn from_whole(x: i16) -> Self;
    /// Widens, exactly.
    fn to_f64(self) -> f64;
    /// What is before the point.
    fn to_whole(self) -> i32;
    /// See [`add_scaled`].
    fn add_scaled(sum: &mut [Self], c: Self, row: &[Self]);
    /// See [`add_scaled4`].
    fn add_scaled4(sum: &mut [Self], c: [Self; 4], rows: [&[Self]; 4]);
    /// See [`dot`].
    fn dot(a: &[Self], b: &[Self]) -> Self;
    /// See [`weighted_rows`].
    fn weighted_rows(sum: &mut [Self], spins: &[i8], rows: &[Self], stride: usize);
    /// See [`add_scaled_bytes`].
    fn add_scaled_bytes(sum: &mut [Self], c: Self, row: &[i8]);
    /// See [`greatest_whole`].
    fn greatest_whole(values: &[Self]) -> Option<f64>;
    /// See [`narrow`].
    fn narrow(values: &[Self], bytes: &mut [i8]);
    /// See [`scaled`].
    fn scaled(values: &[Self], scale: f64, to: &mut [f64]);
}

/// The loops, made here for both types: generic code is compiled where it is used, which may be built for size, and
/// these must be built for speed whoever uses them.
macro_rules! loops {
    () => {
        fn add_scaled(sum: &mut [Self], c: Self, row: &[Self]) {
            lanes::add_scaled(sum, c, row);
        }
        fn add_scaled4(sum: &mut [Self], c: [Self; 4], rows: [&[Self]; 4]) {
            lanes::add_scaled4(sum, c, rows);
        }
        fn dot(a: &[Self], b: &[Self]) -> Self {
            lanes::dot(a, b)
        }
        fn weighted_rows(sum: &mut [Self], spins: &[i8], rows: &[Self], stride: usize) {
            lanes::weighted_rows(sum, spins, rows, stride);
        }
        fn add_scaled_bytes(sum: &mut [Self], c: Self, row: &[i8]) {
            lanes::add_scaled_bytes(sum, c, row);
        }
        fn greatest_whole(values: &[Self]) -> Option<f64> {
            lanes::greatest_whole(values)
        }
        fn narrow(values: &[Self], bytes: &mut [i8]) {
            lanes::narrow(values, bytes);
        }
        fn scaled(values: &[Self], scale: f64, to: &mut [f64]) {
            to.iter_mut().zip(values).for_each(|(to, value)| *to = scale * value.to_f64());
        }
    };
}

impl Real for f32 {
    const WHOLE: f64 = 16_777_216.0;
    const EPSILON: f64 = f32::EPSILON as f64;
    const ROUNDER: Self = 12_582_912.0;
    #[inline]
    fn from_f64(x: f64) -> Self {
        x as Self
    }
    #[inline]
    fn from_whole(x: i16) -> Self {
        Self::from(x)
    }
    #[inline]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    #[inline]
    fn to_whole(self) -> i32 {
        self as i32
    }
    loops!();
}

impl Real for f64 {
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    const EPSILON: f64 = f64::EPSILON;
    const ROUNDER: Self = 6_755_399_441_055_744.0;
    #[inline]
    fn from_f64(x: f64) -> Self {
        x
    }
    #[inline]
    fn from_whole(x: i16) -> Self {
        Self::from(x)
    }
    #[inline]
    fn to_f64(self) -> f64 {
        self
    }
    #[inline]
    fn to_whole(self) -> i32 {
        self as i32
    }
    loops!();
}

/// Length rounded up to a whole number of lanes.
#[must_use]
pub const fn padded(n: usize) -> usize {
    n.div_ceil(LANES) * LANES
}

/// `sum += c · row`, elementwise over the shorter of the two.
#[inline]
pub fn add_scaled<T: Real>(sum: &mut [T], c: T, row: &[T]) {
    T::add_scaled(sum, c, row);
}

/// `sum += Σ_k c_k · row_k` over four rows, which halves the traffic of `sum`; the four products are added as
/// (0 + 1) + (2 + 3).
#[inline]
pub fn add_scaled4<T: Real>(sum: &mut [T], c: [T; 4], rows: [&[T]; 4]) {
    T::add_scaled4(sum, c, rows);
}

/// Scalar product over whole blocks of [`LANES`]; both slices must be padded alike (a remainder is left out).
#[inline]
#[must_use]
pub fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    T::dot(a, b)
}

/// `sum = Σ_j s_j · row_j` over the rows of a matrix with rows of `stride` elements (a multiple of [`LANES`]), where
/// `s_j` is −1, 0 or +1. `sum` must hold `stride` elements. Rows are added four at a time, the last few one by one.
#[inline]
pub fn weighted_rows<T: Real>(sum: &mut [T], spins: &[i8], rows: &[T], stride: usize) {
    T::weighted_rows(sum, spins, rows, stride);
}

/// `sum += c · row` for a row of whole numbers held in bytes, elementwise over the shorter of the two.
#[inline]
pub fn add_scaled_bytes<T: Real>(sum: &mut [T], c: T, row: &[i8]) {
    T::add_scaled_bytes(sum, c, row);
}

/// The greatest size among numbers that are all whole; none if one of them is not, or is so large that it cannot be
/// told quickly. Whole blocks of [`LANES`], a remainder is left out.
#[inline]
#[must_use]
pub fn greatest_whole<T: Real>(values: &[T]) -> Option<f64> {
    T::greatest_whole(values)
}

/// Numbers times a common factor, as far as there is room for them.
pub fn scaled<T: Real>(values: &[T], scale: f64, to: &mut [f64]) {
    T::scaled(values, scale, to);
}

/// Whole numbers from −128 to 127 as bytes, over the shorter of the two.
#[inline]
pub fn narrow<T: Real>(values: &[T], bytes: &mut [i8]) {
    T::narrow(values, bytes);
}

/// The loops themselves, written once.
mod lanes {
    use super::{LANES, Real};

    #[inline]
    pub fn add_scaled<T: Real>(sum: &mut [T], c: T, row: &[T]) {
        for (s, &r) in sum.iter_mut().zip(row) {
            *s += c * r;
        }
    }

    #[inline]
    pub fn add_scaled4<T: Real>(sum: &mut [T], c: [T; 4], rows: [&[T]; 4]) {
        let n = sum.len();
        let [a, b, d, e] = rows.map(|row| &row[..n]);
        for i in 0..n {
            sum[i] += (c[0] * a[i] + c[1] * b[i]) + (c[2] * d[i] + c[3] * e[i]);
        }
    }

    /// `sum += Σ_k c_k · row_k` over eight rows in one pass, which spares most of the traffic of `sum`; the products are
    /// added as ((0 + 1) + (2 + 3)) and then ((4 + 5) + (6 + 7)), as by [`add_scaled4`] twice. Whole blocks of [`LANES`], a remainder is left out.
    #[inline]
    fn add_scaled8<T: Real>(sum: &mut [T], c: [T; 8], rows: [&[T]; 8]) {
        let blocks = sum.as_chunks_mut::<LANES>().0;
        let rows = rows.map(|row| &row.as_chunks::<LANES>().0[..blocks.len()]);
        for (at, block) in blocks.iter_mut().enumerate() {
            let r = rows.map(|row| &row[at]);
            for k in 0..LANES {
                let low = (c[0] * r[0][k] + c[1] * r[1][k]) + (c[2] * r[2][k] + c[3] * r[3][k]);
                let high = (c[4] * r[4][k] + c[5] * r[5][k]) + (c[6] * r[6][k] + c[7] * r[7][k]);
                block[k] = (block[k] + low) + high;
            }
        }
    }

    #[inline]
    pub fn dot<T: Real>(a: &[T], b: &[T]) -> T {
        let mut lanes = [T::default(); LANES];
        for (x, y) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
            for k in 0..LANES {
                lanes[k] += x[k] * y[k];
            }
        }
        total(&lanes)
    }

    /// Not inlined: seeing the end of the sum, the compiler makes of the lanes vectors of half the width.
    #[inline(never)]
    fn total<T: Real>(lanes: &[T; LANES]) -> T {
        let mut lanes = *lanes;
        let mut width = LANES / 2;
        while width > 0 {
            for k in 0..width {
                let other = lanes[k + width];
                lanes[k] += other;
            }
            width /= 2;
        }
        lanes[0]
    }

    pub fn weighted_rows<T: Real>(sum: &mut [T], spins: &[i8], rows: &[T], stride: usize) {
        sum.fill(T::default());
        let row = |j: usize| &rows[j * stride..(j + 1) * stride];
        let value = |s: i8| T::from_whole(i16::from(s));
        let (eights, rest) = spins.as_chunks::<8>();
        for (block, eight) in eights.iter().enumerate() {
            add_scaled8(sum, eight.map(value), core::array::from_fn(|k| row(8 * block + k)));
        }
        let (fours, rest) = rest.as_chunks::<4>();
        let done = spins.len() - rest.len();
        for four in fours {
            add_scaled4(sum, four.map(value), core::array::from_fn(|k| row(done - 4 + k)));
        }
        for (k, &spin) in rest.iter().enumerate() {
            add_scaled(sum, value(spin), row(done + k));
        }
    }

    pub fn add_scaled_bytes<T: Real>(sum: &mut [T], c: T, row: &[i8]) {
        for (s, &r) in sum.iter_mut().zip(row) {
            *s += c * T::from_whole(i16::from(r));
        }
    }

    pub fn narrow<T: Real>(values: &[T], bytes: &mut [i8]) {
        for (byte, value) in bytes.iter_mut().zip(values) {
            *byte = value.to_whole() as i8;
        }
    }

    pub fn greatest_whole<T: Real>(values: &[T]) -> Option<f64> {
        let (mut most, mut least) = ([T::default(); LANES], [T::default(); LANES]);
        let mut broken = [T::default(); LANES];
        for block in values.as_chunks::<LANES>().0 {
            for k in 0..LANES {
                let x = block[k];
                most[k] = if x > most[k] { x } else { most[k] };
                least[k] = if x < least[k] { x } else { least[k] };
                // Not a number differs from itself, so it is told too.
                broken[k] = if x + T::ROUNDER - T::ROUNDER == x { broken[k] } else { T::ROUNDER };
            }
        }
        let ends = most.iter().map(|x| x.to_f64()).chain(least.iter().map(|x| -x.to_f64()));
        let greatest = ends.fold(0.0, f64::max);
        let whole = broken.iter().all(|&x| x == T::default());
        (whole && 3.0 * greatest <= T::ROUNDER.to_f64()).then_some(greatest)
    }
}

/// Lanes of whole numbers of 16 bits. Slices handed to the kernels of whole numbers are padded to a multiple of it.
pub const WHOLE_LANES: usize = 8;

/// Scalar product in whole numbers over whole blocks of [`WHOLE_LANES`], exact in any order; both slices must be
/// padded alike (a remainder is left out), and the sum must stay within 32 bits.
#[inline]
#[must_use]
pub fn dot_whole(a: &[i16], b: &[i16]) -> i32 {
    pairs::dot(a.as_chunks().0, b.as_chunks().0)
}

/// Scalar product of bytes with whole numbers of 16 bits over whole blocks of [`LANES`], exact in any order; both slices
/// must be padded alike (a remainder is left out), and the sum must stay within 32 bits.
#[inline]
#[must_use]
pub fn dot_bytes(a: &[i8], b: &[i16]) -> i32 {
    pairs::dot_bytes(a.as_chunks().0, b.as_chunks().0)
}

/// `sum += c · row` in whole numbers, elementwise over the shorter of the two; the sums must stay within 16 bits.
#[inline]
pub fn add_scaled_whole(sum: &mut [i16], c: i16, row: &[i16]) {
    let (blocks, row) = (sum.as_chunks_mut::<WHOLE_LANES>().0, row.as_chunks::<WHOLE_LANES>().0);
    for (s, r) in blocks.iter_mut().zip(row) {
        for k in 0..WHOLE_LANES {
            s[k] = s[k].wrapping_add(c.wrapping_mul(r[k]));
        }
    }
}

/// `sum += Σ_k row_k` in whole numbers over `K` rows of bytes, each as long as `sum` at least; the sums must stay within
/// their type.
#[inline]
pub fn add_bytes<const K: usize, S: Copy + AddAssign + From<i8>>(sum: &mut [S], rows: [&[i8]; K]) {
    let n = sum.len();
    let rows = rows.map(|row| &row[..n]);
    for i in 0..n {
        let mut total = sum[i];
        for row in rows {
            total += S::from(row[i]);
        }
        sum[i] = total;
    }
}

/// The instruction that multiplies eight numbers and adds neighbours, which the compiler does not find by itself for
/// WebAssembly: it makes a run over the patterns 1.2 to 1.7 times as fast. No pointers, so nothing unsafe.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod pairs {
    use core::arch::wasm32::{
        i8x16, i16x8, i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8,
        i32x4_extract_lane, i32x4_splat, v128,
    };

    #[inline]
    fn vector(x: &[i16; 8]) -> v128 {
        i16x8(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7])
    }

    #[inline]
    pub fn dot(a: &[[i16; 8]], b: &[[i16; 8]]) -> i32 {
        let mut lanes = i32x4_splat(0);
        for (x, y) in a.iter().zip(b) {
            lanes = i32x4_add(lanes, i32x4_dot_i16x8(vector(x), vector(y)));
        }
        total(lanes)
    }

    #[inline]
    pub fn dot_bytes(a: &[[i8; 16]], b: &[[i16; 16]]) -> i32 {
        let (mut low, mut high) = (i32x4_splat(0), i32x4_splat(0));
        for (x, y) in a.iter().zip(b) {
            let [c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = *x;
            let x = i8x16(c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
            let [y, z] = [&y.as_chunks().0[0], &y.as_chunks().0[1]].map(vector);
            low = i32x4_add(low, i32x4_dot_i16x8(i16x8_extend_low_i8x16(x), y));
            high = i32x4_add(high, i32x4_dot_i16x8(i16x8_extend_high_i8x16(x), z));
        }
        total(i32x4_add(low, high))
    }

    #[inline]
    fn total(lanes: v128) -> i32 {
        (i32x4_extract_lane::<0>(lanes) + i32x4_extract_lane::<2>(lanes))
            + (i32x4_extract_lane::<1>(lanes) + i32x4_extract_lane::<3>(lanes))
    }
}

/// Elsewhere it does.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod pairs {
    #[inline]
    pub fn dot(a: &[[i16; 8]], b: &[[i16; 8]]) -> i32 {
        let pairs = a.as_flattened().iter().zip(b.as_flattened());
        pairs.map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
    }

    /// Summed so that the compiler finds the instruction here, too: numbers that are eight apart as a pair.
    #[inline]
    pub fn dot_bytes(a: &[[i8; 16]], b: &[[i16; 16]]) -> i32 {
        let mut lanes = [0; 8];
        for (x, y) in a.iter().zip(b) {
            for k in 0..8 {
                lanes[k] += i32::from(x[k]) * i32::from(y[k]) + i32::from(x[k + 8]) * i32::from(y[k + 8]);
            }
        }
        lanes.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;

    fn numbers(n: usize, salt: u32) -> Vec<f32> {
        (0..n)
            .map(|i| {
                ((i as u32).wrapping_mul(2_654_435_761).wrapping_add(salt) >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect()
    }

    #[test]
    fn dot_adds_in_the_documented_order() {
        let (a, b) = (numbers(64, 1), numbers(64, 2));
        let mut lanes = [0f32; 16];
        for i in 0..64 {
            lanes[i % 16] += a[i] * b[i];
        }
        for width in [8, 4, 2, 1] {
            for k in 0..width {
                lanes[k] += lanes[k + width];
            }
        }
        assert_eq!(dot(&a, &b).to_bits(), lanes[0].to_bits());
    }

    #[test]
    fn whole_products_are_exact_at_the_ends_of_their_range() {
        let a: Vec<i16> = (0..40i16).map(|i| if i % 3 == 0 { -4096 } else { 811 * i % 4097 }).collect();
        let b: Vec<i16> = (0..40i16).map(|i| 4096 - 203 * i).collect();
        let plain: i64 = a.iter().zip(&b).map(|(&x, &y)| i64::from(x) * i64::from(y)).sum();
        assert_eq!(i64::from(dot_whole(&a, &b)), plain);
        let bytes: Vec<i8> = (0..48).map(|i| if i % 5 == 0 { -128 } else { (37 * i % 128) as i8 }).collect();
        let words: Vec<i16> = (0..48).map(|i| if i % 7 == 0 { -32_768 } else { 32_767 - 601 * i }).collect();
        let plain =
            |n| bytes[..n].iter().zip(&words).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum::<i32>();
        assert_eq!(dot_bytes(&bytes, &words), plain(48));
        assert_eq!(dot_bytes(&bytes[..47], &words), plain(32));
        // A remainder of less than a block is left out.
        assert_eq!(dot_whole(&a[..15], &b[..15]), dot_whole(&a[..8], &b[..8]));
        let mut sum = b.clone();
        add_scaled_whole(&mut sum, -2, &a);
        assert!(sum.iter().zip(&a).zip(&b).all(|((s, x), y)| *s == y - 2 * x));
    }

    #[test]
    fn whole_numbers_are_told_from_broken_ones() {
        let mut values = vec![0.0f32; 32];
        assert_eq!(greatest_whole(&values), Some(0.0));
        (values[3], values[20]) = (-7.0, 5.0);
        assert_eq!(greatest_whole(&values), Some(7.0));
        for broken in [0.5, -0.25, 4_000_000.5, 1e-30, 1e9, f32::NAN, f32::INFINITY] {
            values[7] = broken;
            assert_eq!(greatest_whole(&values), None, "{broken}");
        }
    }

    #[test]
    fn weighted_rows_equals_the_plain_sum() {
        let (n, stride) = (23, 32);
        let rows = numbers(n * stride, 3);
        let spins: Vec<i8> = (0..n as i8).map(|i| i * 5 % 3 - 1).collect();
        let mut sum = vec![9.0f32; stride];
        weighted_rows(&mut sum, &spins, &rows, stride);
        for i in 0..stride {
            let plain: f64 = (0..n).map(|j| f64::from(spins[j]) * f64::from(rows[j * stride + i])).sum();
            assert!((f64::from(sum[i]) - plain).abs() < 2e-6);
        }
    }
}
