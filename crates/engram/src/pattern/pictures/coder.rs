//! An adaptive arithmetic coder of pictures: each bit is told in the light of the cells around it.
//!
//! How likely a bit is to be one is learned, one chance a context, from the bits that came before in the same context;
//! bits that were to be expected then cost next to nothing. Binary pictures come to three fifths of what a general compressor makes
//! of them.
//!
//! # Source
//! G. G. Langdon & J. Rissanen, *Compression of black-white images with arithmetic coding*, IEEE Trans. Comm. 29
//! (1981) 858; the intervals are those of G. N. N. Martin, *Range encoding* (1979), with 32 bits.

use alloc::vec;
use alloc::vec::Vec;

/// How likely a bit is to be one, in parts of 2^24, and in the lowest 8 bits how many bits it was learned from, up to
/// [`MOST_SEEN`]: one word, so that all of them stay near the processor.
#[derive(Clone, Copy)]
struct Chance(u32);

/// A later bit counts as one of so many.
const MOST_SEEN: u32 = 255;

/// The part of its way to a bit that a chance goes after so many bits, 1/(seen + 3/2), in 65536ths.
const STEPS: [u32; MOST_SEEN as usize + 1] = {
    let mut steps = [0; MOST_SEEN as usize + 1];
    let mut seen = 0;
    while seen <= MOST_SEEN {
        steps[seen as usize] = (2 << 16) / (2 * seen + 3);
        seen += 1;
    }
    steps
};

/// No bit is held for more certain than all but this many 65536ths.
const DOUBT: u32 = 24;

/// As many bytes are on their way between a coder and its bytes.
const HEAD_START: usize = 4;

/// The least width of an interval: below it, a byte is settled.
const NARROW: u32 = 1 << 24;

impl Chance {
    const NEW: Self = Self(1 << 31);

    /// In 65536ths.
    #[inline]
    fn share(self) -> u32 {
        (self.0 >> 16).clamp(DOUBT, (1 << 16) - DOUBT)
    }

    #[inline]
    fn learn(&mut self, bit: bool) {
        let (share, seen) = (self.0 >> 8, self.0 & MOST_SEEN);
        let part = |way: u32| ((u64::from(way) * u64::from(STEPS[seen as usize])) >> 16) as u32;
        let share = if bit { share + part((1 << 24) - 1 - share) } else { share - part(share) };
        self.0 = share << 8 | (seen + 1).min(MOST_SEEN);
    }
}

/// One of the two ways: writing takes bits as they are, reading finds out what they were.
pub(super) trait Coder {
    /// One bit that is one with a chance of `share` in 65536; what it is. None if the bytes are at their end.
    fn code(&mut self, share: u32, bit: bool) -> Option<bool>;
}

/// Bits to bytes.
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// Lower end of the interval; its 33rd bit is a carry.
    low: u64,
    range: u32,
    /// A byte that a carry may still raise, and how many of 255 stand behind it.
    held: Option<u8>,
    full: usize,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), low: 0, range: u32::MAX, held: None, full: 0 }
    }

    /// All bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        for _ in 0..=HEAD_START {
            self.settle();
        }
        self.bytes
    }

    /// The highest byte of the interval's lower end is handed on.
    fn settle(&mut self) {
        let carry = (self.low >> 32) as u8;
        let top = (self.low >> 24) as u8;
        if carry == 0 && top == u8::MAX {
            self.full += 1;
        } else {
            self.bytes.extend(self.held.map(|byte| byte.wrapping_add(carry)));
            self.bytes.resize(self.bytes.len() + self.full, u8::MAX.wrapping_add(carry));
            (self.held, self.full) = (Some(top), 0);
        }
        self.low = (self.low & u64::from(NARROW - 1)) << 8;
    }
}

impl Coder for Writer {
    fn code(&mut self, share: u32, bit: bool) -> Option<bool> {
        let ones = (self.range >> 16) * share;
        if bit {
            self.range = ones;
        } else {
            self.low += u64::from(ones);
            self.range -= ones;
        }
        while self.range < NARROW {
            self.range <<= 8;
            self.settle();
        }
        Some(bit)
    }
}

/// Bytes to bits.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// How far above the interval's lower end the bytes are.
    above: u32,
    range: u32,
}

impl<'a> Reader<'a> {
    /// None if there are too few bytes for anything.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (first, bytes) = bytes.split_first_chunk::<HEAD_START>()?;
        Some(Self { bytes, above: u32::from_be_bytes(*first), range: u32::MAX })
    }

    /// Whether the bytes end as a writer would have ended them: other bytes seldom do.
    pub(super) fn is_whole(&self) -> bool {
        self.above == 0
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }
}

impl Coder for Reader<'_> {
    #[inline]
    fn code(&mut self, share: u32, _: bool) -> Option<bool> {
        let ones = (self.range >> 16) * share;
        let bit = self.above < ones;
        if bit {
            self.range = ones;
        } else {
            self.above -= ones;
            self.range -= ones;
        }
        while self.range < NARROW {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            self.range <<= 8;
            self.above = self.above << 8 | u32::from(byte);
        }
        Some(bit)
    }
}

/// Zones across and down: strokes are elsewhere thicker than here.
const ZONES: usize = 4;

/// Contexts of a binary cell: 3 cells to its left; above it 5, 3 and 1; and its zone.
const BINARY_CONTEXTS: usize = 1 << 12 << (2 * ZONES.ilog2());

/// Contexts of a grey cell: 4 bits of the cells to its left and above it, 2 of those above to the left and to the right.
const GREY_CONTEXTS: usize = 1 << 12;

/// What has been learned of pictures of one size.
pub(super) struct Model {
    width: usize,
    height: usize,
    /// Bits a cell.
    depth: u32,
    /// By context, then by the bits of the cell that are known, with a one before them; binary cells by context alone.
    cells: Vec<Chance>,
    /// Zone of each column.
    zones: Vec<usize>,
    classes: Vec<Chance>,
}

impl Model {
    pub(super) fn new(width: usize, height: usize, depth: u8) -> Self {
        let contexts = if depth == 1 { BINARY_CONTEXTS } else { GREY_CONTEXTS << depth };
        let (cells, classes) = (vec![Chance::NEW; contexts], vec![Chance::NEW; 1 << u8::BITS]);
        let zones = (0..width).map(|x| x * ZONES / width).collect();
        Self { width, height, depth: u32::from(depth), cells, zones, classes }
    }

    /// A class: takes it, or finds it out.
    pub(super) fn class(&mut self, coder: &mut impl Coder, class: &mut u8) -> Option<()> {
        *class = number(coder, &mut self.classes, u8::BITS, *class)?;
        Some(())
    }

    /// A picture of `width × height` numbers below 2^depth, row by row: takes them, or finds them out.
    pub(super) fn picture(&mut self, coder: &mut impl Coder, cells: &mut [u8]) -> Option<()> {
        if self.depth == 1 { self.binary(coder, cells) } else { self.grey(coder, cells) }
    }

    fn binary(&mut self, coder: &mut impl Coder, cells: &mut [u8]) -> Option<()> {
        let (width, height) = (self.width, self.height);
        for y in 0..height {
            let (done, row) = cells.split_at_mut(y * width);
            let above = |rows: usize, x: usize| match y.checked_sub(rows) {
                Some(y) if x < width => usize::from(done[y * width + x]),
                _ => 0,
            };
            // The last cells of each row, as far as they are known: the windows move along with the cell.
            let mut left = 0;
            let mut first = above(1, 0) << 1 | above(1, 1);
            let mut second = above(2, 0);
            let band = y * ZONES / height;
            for ((x, cell), zone) in row[..width].iter_mut().enumerate().zip(&self.zones) {
                first = (first << 1 | above(1, x + 2)) & 0b1_1111;
                second = (second << 1 | above(2, x + 1)) & 0b111;
                let around = (left << 5 | first) << 4 | second << 1 | above(3, x);
                let ink = bit(coder, &mut self.cells[(around * ZONES + band) * ZONES + zone], *cell == 1)?;
                *cell = u8::from(ink);
                left = (left << 1 | usize::from(ink)) & 0b111;
            }
        }
        Some(())
    }

    fn grey(&mut self, coder: &mut impl Coder, cells: &mut [u8]) -> Option<()> {
        let (width, depth) = (self.width, self.depth);
        // The highest bits of a cell.
        let coarse = |level: u8, bits: u32| usize::from(level >> depth.saturating_sub(bits));
        for y in 0..self.height {
            let (done, row) = cells.split_at_mut(y * width);
            let above = |x: usize| match y.checked_sub(1) {
                Some(y) if x < width => done[y * width + x],
                _ => 0,
            };
            let mut left = 0;
            for (x, cell) in row[..width].iter_mut().enumerate() {
                let near = coarse(left, 4) << 4 | coarse(above(x), 4);
                let corners = coarse(above(x.wrapping_sub(1)), 2) << 2 | coarse(above(x + 1), 2);
                let context = near << 4 | corners;
                *cell = number(coder, &mut self.cells[context << depth..], depth, *cell)?;
                left = *cell;
            }
        }
        Some(())
    }
}

/// One bit, from which its chance learns.
#[inline]
fn bit(coder: &mut impl Coder, chance: &mut Chance, bit: bool) -> Option<bool> {
    let bit = coder.code(chance.share(), bit)?;
    chance.learn(bit);
    Some(bit)
}

/// A number of so many bits, the highest first: each has a chance for each beginning.
#[inline]
fn number(coder: &mut impl Coder, chances: &mut [Chance], bits: u32, number: u8) -> Option<u8> {
    let mut known = 1;
    for place in (0..bits).rev() {
        let bit = bit(coder, &mut chances[known], number >> place & 1 == 1)?;
        known = known << 1 | usize::from(bit);
    }
    // Without the one before them.
    Some((known - (1 << bits)) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    #[test]
    fn bits_come_back_and_cost_what_they_tell() {
        for (p, share) in [(0.5, 1 << 15), (0.02, 1311), (0.999, 65470), (1.0, 65512)] {
            let mut rng = Rng::new(1, Stream::Experiment, 0);
            let bits: Vec<bool> = (0..100_000).map(|_| rng.bernoulli(p)).collect();
            let mut writer = Writer::new();
            let mut tells = 0.0;
            for &bit in &bits {
                writer.code(share, bit);
                let share = f64::from(share) / 65536.0;
                tells -= crate::math::ln(if bit { share } else { 1.0 - share }) / core::f64::consts::LN_2;
            }
            let bytes = writer.finish();
            // Intervals are cut in whole parts of at least 256.
            let most = (tells * 1.005 + 1e-3 * bits.len() as f64) / 8.0 + 5.0;
            assert!((bytes.len() as f64) < most, "{} bytes, not {most}, for {p}", bytes.len());
            let mut reader = Reader::new(&bytes).unwrap();
            assert!(bits.iter().all(|&bit| reader.code(share, !bit) == Some(bit)));
            assert!(reader.is_whole() && reader.rest().is_empty());
        }
    }

    #[test]
    fn carries_run_through_bytes_of_255() {
        // Zeros at the top of the interval until a carry is due; all sequences of a few rare bits.
        for word in 0u32..1 << 12 {
            let bits = || (0..60).map(move |k| (12..24).contains(&k) && word >> (k - 12) & 1 == 1);
            let mut writer = Writer::new();
            assert!(bits().all(|bit| writer.code(65512, bit) == Some(bit)));
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes).unwrap();
            assert!(bits().all(|bit| reader.code(65512, false) == Some(bit)), "{word}");
            assert!(reader.is_whole() && reader.rest().is_empty());
        }
    }

    #[test]
    fn chances_stay_within_their_bounds() {
        let mut chance = Chance::NEW;
        (0..5000).for_each(|_| chance.learn(true));
        assert_eq!(chance.share(), 65536 - 24);
        (0..5000).for_each(|_| chance.learn(false));
        assert_eq!(chance.share(), 24);
    }
}
