//! 128 bits at once: four lanes of 32, in one register where the processor has such.
//!
//! Everything here is bits and whole numbers, so all targets give the same. The compiler does not find these registers
//! by itself where sixteen of them live across a loop, as they do in a generator of random bits; so they are named.

/// Four lanes of 32 bits.
#[derive(Clone, Copy, Debug)]
pub struct Wide(imp::Vector);

impl Wide {
    /// From its words, the first lane first.
    #[inline(always)]
    #[must_use]
    pub fn new(words: [u32; 4]) -> Self {
        Self(imp::new(words))
    }

    /// The same word in every lane.
    #[inline(always)]
    #[must_use]
    pub fn splat(word: u32) -> Self {
        Self::new([word; 4])
    }

    /// Its words.
    #[inline(always)]
    #[must_use]
    pub fn words(self) -> [u32; 4] {
        imp::words(self.0)
    }

    /// Bits of both.
    #[inline(always)]
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(imp::and(self.0, other.0))
    }

    /// Bits of either.
    #[inline(always)]
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(imp::or(self.0, other.0))
    }

    /// Bits of one of them alone.
    #[inline(always)]
    #[must_use]
    pub fn xor(self, other: Self) -> Self {
        Self(imp::xor(self.0, other.0))
    }

    /// Bits of this one that the other has not.
    #[inline(always)]
    #[must_use]
    pub fn and_not(self, other: Self) -> Self {
        Self(imp::and_not(self.0, other.0))
    }

    /// Sums of the lanes, each modulo 2^32.
    #[inline(always)]
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(imp::add(self.0, other.0))
    }

    /// Sums of the halves of the lanes, each modulo 2^16.
    #[inline(always)]
    #[must_use]
    pub fn plus_halves(self, other: Self) -> Self {
        Self(imp::add_halves(self.0, other.0))
    }

    /// Lanes shifted up by so many bits, fewer than 32.
    #[inline(always)]
    #[must_use]
    pub fn up<const BITS: i32>(self) -> Self {
        Self(imp::shl::<BITS>(self.0))
    }

    /// Lanes shifted down by so many bits, fewer than 32.
    #[inline(always)]
    #[must_use]
    pub fn down<const BITS: i32>(self) -> Self {
        Self(imp::shr::<BITS>(self.0))
    }

    /// Bits of `on` where this one has bits, those of `off` elsewhere.
    #[inline(always)]
    #[must_use]
    pub fn select(self, on: Self, off: Self) -> Self {
        on.and(self).or(off.and_not(self))
    }

    /// Lanes moved up by one, the first of them being the last of another.
    #[inline(always)]
    #[must_use]
    pub fn after(self, before: Self) -> Self {
        Self(imp::after(before.0, self.0))
    }

    /// Lanes moved down by one, the last of them being the first of another.
    #[inline(always)]
    #[must_use]
    pub fn before(self, after: Self) -> Self {
        Self(imp::before(self.0, after.0))
    }

    /// Whether there is any bit.
    #[inline(always)]
    #[must_use]
    pub fn any(self) -> bool {
        imp::any(self.0)
    }

    /// For each byte, how many bits it has.
    #[inline(always)]
    #[must_use]
    pub fn counts(self) -> Self {
        Self(imp::counts(self.0))
    }

    /// Sum of its bytes.
    #[inline(always)]
    #[must_use]
    pub fn sum(self) -> u32 {
        let pairs = |word: u32| (word & 0x00FF_00FF) + (word >> 8 & 0x00FF_00FF);
        let [a, b, c, d] = self.words().map(pairs);
        let all = a + b + c + d;
        (all & 0xFFFF) + (all >> 16)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use core::arch::wasm32 as w;

    pub type Vector = w::v128;

    #[inline(always)]
    pub fn new([a, b, c, d]: [u32; 4]) -> Vector {
        w::u32x4(a, b, c, d)
    }

    #[inline(always)]
    pub fn words(v: Vector) -> [u32; 4] {
        [
            w::u32x4_extract_lane::<0>(v),
            w::u32x4_extract_lane::<1>(v),
            w::u32x4_extract_lane::<2>(v),
            w::u32x4_extract_lane::<3>(v),
        ]
    }

    pub use w::{
        i8x16_popcnt as counts, i16x8_add as add_halves, i32x4_add as add, v128_and as and,
        v128_andnot as and_not, v128_any_true as any, v128_or as or, v128_xor as xor,
    };

    #[inline(always)]
    pub fn after(a: Vector, b: Vector) -> Vector {
        w::u32x4_shuffle::<3, 4, 5, 6>(a, b)
    }

    #[inline(always)]
    pub fn before(a: Vector, b: Vector) -> Vector {
        w::u32x4_shuffle::<1, 2, 3, 4>(a, b)
    }

    #[inline(always)]
    pub fn shl<const BITS: i32>(v: Vector) -> Vector {
        w::i32x4_shl(v, BITS as u32)
    }

    #[inline(always)]
    pub fn shr<const BITS: i32>(v: Vector) -> Vector {
        w::u32x4_shr(v, BITS as u32)
    }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[allow(unsafe_code)]
mod imp {
    //! With plain arrays a sweep of a lattice takes three times as long here. Nothing is unsafe about these instructions but
    //! that there must be such, and the target says that there are.

    use core::arch::x86_64 as x;

    pub type Vector = x::__m128i;

    #[inline(always)]
    pub fn new([a, b, c, d]: [u32; 4]) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_set_epi32(d as i32, c as i32, b as i32, a as i32) }
    }

    #[inline(always)]
    pub fn words(v: Vector) -> [u32; 4] {
        // SAFETY: SSE2 is a feature of the target.
        unsafe {
            let low = |v| x::_mm_cvtsi128_si32(v) as u32;
            [
                low(v),
                low(x::_mm_shuffle_epi32::<0b01>(v)),
                low(x::_mm_shuffle_epi32::<0b10>(v)),
                low(x::_mm_shuffle_epi32::<0b11>(v)),
            ]
        }
    }

    #[inline(always)]
    pub fn and(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_and_si128(a, b) }
    }

    #[inline(always)]
    pub fn or(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_or_si128(a, b) }
    }

    #[inline(always)]
    pub fn xor(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_xor_si128(a, b) }
    }

    #[inline(always)]
    pub fn and_not(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_andnot_si128(b, a) }
    }

    #[inline(always)]
    pub fn add(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_add_epi32(a, b) }
    }

    #[inline(always)]
    pub fn add_halves(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_add_epi16(a, b) }
    }

    #[inline(always)]
    pub fn after(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_or_si128(x::_mm_slli_si128::<4>(b), x::_mm_srli_si128::<12>(a)) }
    }

    #[inline(always)]
    pub fn before(a: Vector, b: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_or_si128(x::_mm_srli_si128::<4>(a), x::_mm_slli_si128::<12>(b)) }
    }

    #[inline(always)]
    pub fn shl<const BITS: i32>(v: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_slli_epi32::<BITS>(v) }
    }

    #[inline(always)]
    pub fn shr<const BITS: i32>(v: Vector) -> Vector {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_srli_epi32::<BITS>(v) }
    }

    /// Sums of bits two by two, four by four, eight by eight.
    #[inline(always)]
    pub fn counts(v: Vector) -> Vector {
        let all = |word| new([word; 4]);
        let (odd, pairs, fours) = (all(0x5555_5555), all(0x3333_3333), all(0x0F0F_0F0F));
        let two = add(and(v, odd), and(shr::<1>(v), odd));
        let four = add(and(two, pairs), and(shr::<2>(two), pairs));
        and(add(four, shr::<4>(four)), fours)
    }

    #[inline(always)]
    pub fn any(v: Vector) -> bool {
        // SAFETY: SSE2 is a feature of the target.
        unsafe { x::_mm_movemask_epi8(x::_mm_cmpeq_epi32(v, x::_mm_setzero_si128())) != 0xFFFF }
    }
}

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "sse2")
)))]
mod imp {
    use core::array::from_fn;

    pub type Vector = [u32; 4];

    pub fn new(words: [u32; 4]) -> Vector {
        words
    }

    pub fn words(v: Vector) -> [u32; 4] {
        v
    }

    #[inline(always)]
    pub fn and(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] & b[k])
    }

    #[inline(always)]
    pub fn or(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] | b[k])
    }

    #[inline(always)]
    pub fn xor(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] ^ b[k])
    }

    #[inline(always)]
    pub fn and_not(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k] & !b[k])
    }

    #[inline(always)]
    pub fn add(a: Vector, b: Vector) -> Vector {
        from_fn(|k| a[k].wrapping_add(b[k]))
    }

    #[inline(always)]
    pub fn add_halves(a: Vector, b: Vector) -> Vector {
        let high = |word: u32| word & 0xFFFF_0000;
        from_fn(|k| a[k].wrapping_add(b[k]) & 0xFFFF | high(a[k]).wrapping_add(high(b[k])))
    }

    #[inline(always)]
    pub fn after([.., last]: Vector, [a, b, c, _]: Vector) -> Vector {
        [last, a, b, c]
    }

    #[inline(always)]
    pub fn before([_, b, c, d]: Vector, [first, ..]: Vector) -> Vector {
        [b, c, d, first]
    }

    #[inline(always)]
    pub fn shl<const BITS: i32>(v: Vector) -> Vector {
        v.map(|word| word << BITS)
    }

    #[inline(always)]
    pub fn shr<const BITS: i32>(v: Vector) -> Vector {
        v.map(|word| word >> BITS)
    }

    /// Sums of bits two by two, four by four, eight by eight.
    #[inline(always)]
    pub fn counts(v: Vector) -> Vector {
        let all = |word| new([word; 4]);
        let (odd, pairs, fours) = (all(0x5555_5555), all(0x3333_3333), all(0x0F0F_0F0F));
        let two = add(and(v, odd), and(shr::<1>(v), odd));
        let four = add(and(two, pairs), and(shr::<2>(two), pairs));
        and(add(four, shr::<4>(four)), fours)
    }

    #[inline(always)]
    pub fn any(v: Vector) -> bool {
        v.iter().any(|&word| word != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_does_to_lanes_what_it_does_to_words() {
        let (a, b) = ([0xF0F0_1234, 7, u32::MAX, 0x8000_0001], [0x0FF0_4321, 9, 1, 0x8000_0001]);
        let (x, y) = (Wide::new(a), Wide::new(b));
        let both = |f: fn(u32, u32) -> u32| core::array::from_fn::<_, 4, _>(|k| f(a[k], b[k]));
        assert_eq!(x.and(y).words(), both(|a, b| a & b));
        assert_eq!(x.or(y).words(), both(|a, b| a | b));
        assert_eq!(x.xor(y).words(), both(|a, b| a ^ b));
        assert_eq!(x.and_not(y).words(), both(|a, b| a & !b));
        assert_eq!(x.plus(y).words(), both(u32::wrapping_add));
        let halves = |a: u32, b: u32| {
            let sum =
                |shift: u32| u32::from(((a >> shift) as u16).wrapping_add((b >> shift) as u16)) << shift;
            sum(0) | sum(16)
        };
        assert_eq!(x.plus_halves(y).words(), both(halves));
        assert_eq!(x.up::<9>().words(), a.map(|a| a << 9));
        assert_eq!(x.down::<23>().words(), a.map(|a| a >> 23));
        assert_eq!(x.after(y).words(), [b[3], a[0], a[1], a[2]]);
        assert_eq!(x.before(y).words(), [a[1], a[2], a[3], b[0]]);
        let mixed = Wide::splat(0xFF00_FF00).select(x, y).words();
        assert_eq!(mixed, both(|a, b| a & 0xFF00_FF00 | b & 0x00FF_00FF));
        assert_eq!(x.counts().sum(), a.map(u32::count_ones).iter().sum::<u32>());
        assert_eq!(Wide::splat(0xFFFF_FFFF).sum(), 16 * 255);
        assert!(x.any() && !Wide::splat(0).any() && Wide::new([0, 0, 0, 1]).any());
    }
}
