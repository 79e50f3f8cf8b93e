//! The one random generator.
//!
//! Xoshiro128++ (Blackman & Vigna, *Scrambled linear pseudorandom number generators*, ACM TOMS 47, 2021), taken from
//! a pinned crate. Everything above its 32-bit words (seeding, bounded integers, unit intervals, Bernoulli draws,
//! normals, shuffles) is written out here, because share links replay a run for ever and a library may change how it
//! turns words into values.

use alloc::vec::Vec;

use rand_core::{Rng as _, SeedableRng as _};
use rand_xoshiro::Xoshiro128PlusPlus;

use crate::math;
use crate::wide::Wide;

/// What a stream of random numbers is for. Each purpose has its own stream, so that drawing one more pattern or
/// spoiling a cue differently leaves the order of updates as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Random patterns.
    Patterns = 1,
    /// Random start states.
    Start = 2,
    /// Which units of a cue are spoilt.
    Corruption = 3,
    /// Order of updates and thermal noise.
    Dynamics = 4,
    /// Learning rules that draw states.
    Learning = 5,
    /// Which weights or units are damaged.
    Damage = 6,
    /// Trials of an experiment.
    Experiment = 7,
    /// Couplings that are part of the model, as those of a spin glass.
    Couplings = 8,
}

/// A generator with its state: 16 bytes, a period of 2^128 − 1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Xoshiro128PlusPlus"))]
pub struct Rng(Xoshiro128PlusPlus);

#[cfg(feature = "serde")]
impl TryFrom<Xoshiro128PlusPlus> for Rng {
    type Error = &'static str;

    /// Refuses the one state that gives nothing but zeros: no stream comes to it, but something saved may say so.
    fn try_from(generator: Xoshiro128PlusPlus) -> Result<Self, Self::Error> {
        let mut ahead = generator.clone();
        let is_stuck = (0..8).all(|_| ahead.next_u32() == 0);
        if is_stuck { Err("a generator of nothing but zeros") } else { Ok(Self(generator)) }
    }
}

impl Rng {
    /// A stream of the experiment with this seed. `index` tells apart several draws for one purpose (the third
    /// spoiling, the tenth trial).
    #[must_use]
    pub fn new(seed: u64, stream: Stream, index: u64) -> Self {
        let mut bytes = [0u8; 16];
        let (chunks, _) = bytes.as_chunks_mut::<4>();
        for (chunk, word) in chunks.iter_mut().zip(state_of(seed, stream, index)) {
            *chunk = word.to_le_bytes();
        }
        Self(Xoshiro128PlusPlus::from_seed(bytes))
    }

    /// 32 random bits.
    #[inline]
    pub fn word(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A whole number in `0..bound`, each equally likely (Lemire 2019, with rejection). `bound` must be positive;
    /// for 0 the answer is 0.
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        loop {
            let wide = u64::from(self.word()) * u64::from(bound);
            let low = wide as u32;
            if low >= bound || low >= bound.wrapping_neg() % bound.max(1) {
                return (wide >> 32) as u32;
            }
        }
    }

    /// A number in [0, 1) with 53 random bits.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        let high = u64::from(self.word() >> 5);
        let low = u64::from(self.word() >> 6);
        ((high << 26) | low) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// True with probability `p`, decided on 32 bits; certain for `p >= 1`, impossible for `p <= 0`.
    #[inline]
    pub fn bernoulli(&mut self, p: f64) -> bool {
        // A word is drawn in every case, so that the stream does not depend on the outcome.
        is_below(self.word(), p)
    }

    /// True with probability σ(x), the logistic function: the answer and the word drawn are those of
    /// [`bernoulli`](Self::bernoulli) with [`math::sigmoid`], but the function itself is seldom needed to tell.
    pub fn logistic(&mut self, x: f64) -> bool {
        logistic(self.word(), x)
    }

    /// True with probability `e^−x`, certain for `x <= 0`: the answer and the word drawn are those of
    /// [`bernoulli`](Self::bernoulli) with [`math::exp`], but the function itself is seldom needed to tell.
    pub fn decay(&mut self, x: f64) -> bool {
        decay(self.word(), x)
    }

    /// +1 or −1, each with probability 1/2.
    #[inline]
    pub fn spin(&mut self) -> i8 {
        if self.word() >> 31 == 1 { 1 } else { -1 }
    }

    /// A standard normal number (Marsaglia's polar method; the second of each pair is thrown away, so that the
    /// state holds nothing but the generator).
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = 2.0 * self.unit() - 1.0;
            let y = 2.0 * self.unit() - 1.0;
            let r = x * x + y * y;
            if r > 0.0 && r < 1.0 {
                return x * math::sqrt(-2.0 * math::ln(r) / r);
            }
        }
    }

    /// Puts a slice in random order, every order equally likely (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u32 + 1) as usize;
            items.swap(last, other);
        }
    }

    /// `count` distinct indices out of `0..n`, in the order drawn; all of them if `count >= n`.
    #[must_use]
    pub fn choose(&mut self, n: usize, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        let count = count.min(n);
        for place in 0..count {
            let other = place + self.below((n - place) as u32) as usize;
            all.swap(place, other);
        }
        all.truncate(count);
        all
    }
}

/// Four generators side by side, for work that needs 128 random bits at a time. Lane k has the words of the stream with
/// the index `4 · index + k`.
#[derive(Clone, Debug)]
pub struct Lanes([Wide; 4]);

impl Lanes {
    /// Four streams of the experiment with this seed.
    #[must_use]
    pub fn new(seed: u64, stream: Stream, index: u64) -> Self {
        let words = core::array::from_fn(|lane| state_of(seed, stream, index.wrapping_mul(4) + lane as u64));
        Self::of(words)
    }

    /// Of the states of its lanes: what [`state`](Self::state) gave.
    #[must_use]
    pub fn of(lanes: [[u32; 4]; 4]) -> Self {
        Self(core::array::from_fn(|word| Wide::new(lanes.map(|lane| lane[word]))))
    }

    /// The states of its lanes.
    #[must_use]
    pub fn state(&self) -> [[u32; 4]; 4] {
        let words = self.0.map(Wide::words);
        core::array::from_fn(|lane| words.map(|word| word[lane]))
    }

    /// 128 random bits.
    #[inline(always)]
    pub fn draw(&mut self) -> Wide {
        let [a, b, c, d] = &mut self.0;
        let sum = a.plus(*d);
        let random = sum.up::<7>().or(sum.down::<25>()).plus(*a);
        let shifted = b.up::<9>();
        *c = c.xor(*a);
        *d = d.xor(*b);
        *b = b.xor(*c);
        *a = a.xor(*d);
        *c = c.xor(shifted);
        *d = d.up::<11>().or(d.down::<21>());
        random
    }
}

/// The state that a stream begins with.
fn state_of(seed: u64, stream: Stream, index: u64) -> [u32; 4] {
    let mut mixer = SplitMix64(seed);
    let mut mixer = SplitMix64(mixer.next() ^ (stream as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut mixer = SplitMix64(mixer.next() ^ index.wrapping_mul(0xD1B5_4A32_D192_ED03));
    let (low, high) = (mixer.next(), mixer.next());
    [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
}

/// Whether a word is among the fraction `p` of all words, the lowest ones.
#[inline]
fn is_below(word: u32, p: f64) -> bool {
    u64::from(word) < (p.clamp(0.0, 1.0) * 4_294_967_296.0) as u64
}

/// Whether a word is among the fraction σ(x) of all words.
fn logistic(word: u32, x: f64) -> bool {
    // Which way the answer leans comes as by a coin, so nothing branches on it.
    let against = x < 0.0;
    // How many words would have been low enough for the answer that x speaks against, this one being the last.
    let words = if against { u64::from(word) + 1 } else { u64::from(!word) };
    // The share is held against σ(−|x|) = e/(1 + e), without dividing.
    let (share, (low, high)) = (words as f64 * WORD, about_exp(math::abs(x)));
    let (with, not_with) = (share + share * high > high, share + share * low < low);
    if (with | not_with) && words > 0 && !x.is_nan() {
        return with != against;
    }
    is_below(word, math::sigmoid(x))
}

/// Whether a word is among the fraction e^−x of all words.
fn decay(word: u32, x: f64) -> bool {
    let (share, (low, high)) = ((u64::from(word) + 1) as f64 * WORD, about_exp(x));
    if x > 0.0 && (share > high || share < low) {
        return share < low;
    }
    is_below(word, math::exp(-x))
}

/// One word's share of all words.
const WORD: f64 = 1.0 / 4_294_967_296.0;

/// From here on e^−x is less than a hundred-millionth of one word's share.
const OUT_OF_REACH: f64 = 41.0;

/// Numbers below and above `e^−x` for x from 0 to [`OUT_OF_REACH`], beyond it of that: 2^−k by its bits, for the nearest
/// whole k, and the first terms of the rest.
#[inline]
fn about_exp(x: f64) -> (f64, f64) {
    /// Added to a number, it leaves the nearest whole one in the lowest bits.
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    let halvings = if x < OUT_OF_REACH { x } else { OUT_OF_REACH } * core::f64::consts::LOG2_E;
    let rounded = halvings + ROUNDER;
    let power = f64::from_bits(1023u64.wrapping_sub(rounded.to_bits()) << 52);
    // Within a half of zero, where the terms left out come to less than 1/1000.
    let rest = ((rounded - ROUNDER) - halvings) * core::f64::consts::LN_2;
    let about = power * (1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0))));
    (about * (1.0 - 1.0 / 512.0), about * (1.0 + 1.0 / 512.0))
}

/// SplitMix64 (Steele, Lea & Flood 2014): turns a seed that a person typed into well-mixed state.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix_gives_its_published_first_value() {
        // First output for seed 0, as in the reference C code.
        assert_eq!(SplitMix64(0).next(), 0xE220_A839_7B1D_CDAF);
    }

    #[test]
    fn lanes_are_streams_of_their_own() {
        let mut lanes = Lanes::new(7, Stream::Dynamics, 3);
        let mut streams: [Rng; 4] = core::array::from_fn(|k| Rng::new(7, Stream::Dynamics, 12 + k as u64));
        for _ in 0..1000 {
            assert_eq!(lanes.draw().words(), streams.each_mut().map(Rng::word));
            lanes = Lanes::of(lanes.state());
        }
    }

    #[test]
    fn streams_and_indices_differ_and_repeat() {
        let first = |stream, index| Rng::new(7, stream, index).word();
        assert_eq!(first(Stream::Dynamics, 0), first(Stream::Dynamics, 0));
        assert_ne!(first(Stream::Dynamics, 0), first(Stream::Learning, 0));
        assert_ne!(first(Stream::Dynamics, 0), first(Stream::Dynamics, 1));
        assert_ne!(first(Stream::Dynamics, 0), Rng::new(8, Stream::Dynamics, 0).word());
    }

    #[test]
    fn below_is_uniform_within_chi_square() {
        let mut rng = Rng::new(1, Stream::Experiment, 0);
        let mut counts = [0u32; 7];
        for _ in 0..70_000 {
            counts[rng.below(7) as usize] += 1;
        }
        let chi2: f64 =
            counts.iter().map(|&c| (f64::from(c) - 10_000.0) * (f64::from(c) - 10_000.0) / 10_000.0).sum();
        // 6 degrees of freedom: P(chi2 > 32.4) is below 1.5e-5.
        assert!(chi2 < 32.4, "chi2 {chi2}");
    }

    #[test]
    fn normal_has_its_moments() {
        let mut rng = Rng::new(2, Stream::Experiment, 0);
        let n = 200_000;
        let (mut sum, mut squares, mut fourth) = (0.0, 0.0, 0.0);
        for _ in 0..n {
            let x = rng.normal();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
        }
        let n = f64::from(n);
        // 4.5 standard errors each: 1/sqrt(n), sqrt(2/n), sqrt(96/n).
        assert!((sum / n).abs() < 4.5 * 0.002_236);
        assert!((squares / n - 1.0).abs() < 4.5 * 0.003_162);
        assert!((fourth / n - 3.0).abs() < 4.5 * 0.021_91);
    }

    #[test]
    fn bernoulli_is_certain_at_the_ends() {
        let mut rng = Rng::new(3, Stream::Dynamics, 0);
        assert!((0..1000).all(|_| rng.bernoulli(1.0)));
        assert!((0..1000).all(|_| !rng.bernoulli(0.0)));
    }

    #[test]
    fn an_exponential_is_between_its_neighbours() {
        for step in 0..=41_000 {
            let x = f64::from(step) / 1000.0;
            let (low, high) = about_exp(x);
            let exact = math::exp(-x);
            assert!(low < exact * 0.999 && high > exact * 1.001 && high < exact * 1.004, "{x}");
        }
    }

    #[test]
    fn quick_answers_are_those_of_the_functions() {
        const ODD: [f64; 10] =
            [0.0, -0.0, 1e-300, -1e-17, 41.0, -41.0, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        let mut rng = Rng::new(5, Stream::Dynamics, 0);
        for k in 0..200_000 {
            let x = match k % 4 {
                0 => 50.0 * rng.unit() - 25.0,
                1 => 4.0 * rng.unit() - 2.0,
                2 => 100.0 * rng.unit() - 50.0,
                _ => ODD[k / 4 % 10],
            };
            // Any word, the ends, and words about which the answer turns.
            let (sigmoid, exp) = (math::sigmoid(x), math::exp(-x));
            for p in [
                sigmoid,
                exp,
                sigmoid * 0.998,
                sigmoid * 1.002,
                exp * 0.998,
                exp * 1.002,
                1.0 - (1.0 - sigmoid) * 1.002,
            ] {
                let turn = (p.clamp(0.0, 1.0) * 4_294_967_296.0) as u32;
                for word in [turn.wrapping_sub(1), turn, turn.wrapping_add(1), 0, u32::MAX, rng.word()] {
                    assert_eq!(logistic(word, x), is_below(word, sigmoid), "{word} {x}");
                    assert_eq!(decay(word, x), is_below(word, exp), "{word} {x}");
                }
            }
        }
    }

    #[test]
    fn choose_gives_distinct_indices() {
        let mut rng = Rng::new(4, Stream::Corruption, 0);
        let mut chosen = rng.choose(50, 20);
        chosen.sort_unstable();
        chosen.dedup();
        assert_eq!(chosen.len(), 20);
        assert_eq!(rng.choose(3, 10).len(), 3);
    }
}
