//! Small problems that learning machines are tried on: distributions over patterns of 0 and 1 that can be written down.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::math;
use crate::rng::Rng;

/// Most cells of a side of bars.
pub const MAX_BARS: usize = 10;

/// Why there is no such problem.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ProblemError {
    /// A size that is not possible.
    Size {
        /// Of what.
        what: &'static str,
        /// The size.
        found: usize,
        /// The least that is possible.
        least: usize,
        /// The most that is possible.
        most: usize,
    },
    /// A probability that is none.
    Chance {
        /// Of what.
        what: &'static str,
        /// The number.
        found: f64,
    },
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { what, found, least, most } => {
                write!(f, "{found} {what} are not possible; from {least} to {most} are")
            }
            Self::Chance { what, found } => {
                write!(f, "{found} is no probability of {what}; numbers from 0 to 1 are")
            }
        }
    }
}

impl core::error::Error for ProblemError {}

/// Patterns and how likely each is.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    units: usize,
    patterns: Vec<u8>,
    probabilities: Vec<f64>,
}

impl Problem {
    /// Units of a pattern.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// How many patterns there are, each once.
    #[must_use]
    pub fn count(&self) -> usize {
        self.probabilities.len()
    }

    /// The patterns, of 0 and 1, shape (count, units).
    #[must_use]
    pub fn patterns(&self) -> &[u8] {
        &self.patterns
    }

    /// One a pattern; they add up to 1.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// Entropy in nats: what no model can come below in negative log-likelihood.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        -self.probabilities.iter().filter(|&&p| p > 0.0).map(|&p| p * math::ln(p)).sum::<f64>()
    }

    /// Of patterns that are equally likely.
    fn even(units: usize, patterns: Vec<u8>) -> Self {
        let count = patterns.len() / units;
        Self { units, patterns, probabilities: vec![1.0 / count as f64; count] }
    }
}

/// The encoder problem: two groups of `n` units, in each of which the same one unit is on; `n` patterns of 2n units, of
/// entropy ln n (D. H. Ackley, G. E. Hinton & T. J. Sejnowski, *A learning algorithm for Boltzmann machines*, Cognitive
/// Science 9 (1985) 147). From 2 to 256 units a group.
///
/// # Errors
/// Another size.
pub fn encoder(n: usize) -> Result<Problem, ProblemError> {
    size("units a group", n, 2, 256)?;
    let on = |k: usize| (0..2 * n).map(move |unit| u8::from(unit % n == k));
    Ok(Problem::even(2 * n, (0..n).flat_map(on).collect()))
}

/// Patterns of `n` units of which an even number is on, all 2^(n−1): any n − 1 of the units are independent fair coins, and
/// the last one is their parity, so that nothing shows between fewer than n units. Entropy (n − 1) ln 2. From 2 to 16 units.
///
/// # Errors
/// Another size.
pub fn even_parity(n: usize) -> Result<Problem, ProblemError> {
    size("units", n, 2, 16)?;
    let even = (0u32..1 << n).filter(|word| word.count_ones() % 2 == 0);
    Ok(Problem::even(n, even.flat_map(|word| bits(word, n)).collect()))
}

/// The shifter problem: a row of input cells, the same row shifted by one cell to the left, not at all or to the right,
/// and a unit for each of these, of which one is on and tells which; patterns of 2n + 3 units (G. E. Hinton & T. J.
/// Sejnowski, *Learning and relearning in Boltzmann machines*, in: Parallel distributed processing 1 (1986), ch. 7).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shifter {
    n: usize,
    wraps: bool,
    on: f64,
    rests: bool,
    tells: bool,
}

impl Shifter {
    /// Of `n` cells, from 2 to 16, each on with probability `on` by itself. If it `wraps`, what leaves the row at one end
    /// comes in at the other; else an empty cell comes in.
    ///
    /// # Errors
    /// Another size, or a number that is no probability.
    pub fn new(n: usize, wraps: bool, on: f64) -> Result<Self, ProblemError> {
        size("cells of a row", n, 2, 16)?;
        chance("a cell that is on", on)?;
        Ok(Self { n, wraps, on, rests: true, tells: true })
    }

    /// The same with two rows alone, the second of which is shifted in any case: 2n units (P. Dayan, G. E. Hinton, R. M.
    /// Neal & R. S. Zemel, *The Helmholtz machine*, Neural Computation 7 (1995) 889, where cells are on with probability 0.2).
    #[must_use]
    pub fn of_two_rows(self) -> Self {
        Self { rests: false, tells: false, ..self }
    }

    /// Units of a pattern.
    #[must_use]
    pub fn units(&self) -> usize {
        2 * self.n + if self.tells { self.shifts().len() } else { 0 }
    }

    /// All patterns, those of each row together, to the left first. The entropy of those that tell their shift is
    /// ln 3 + n H(on), for fair coins ln 3 + n ln 2. Of two rows some can come about in both ways, and are as likely as both
    /// together. For up to 14 cells.
    ///
    /// # Errors
    /// More cells than that.
    pub fn all(&self) -> Result<Problem, ProblemError> {
        size("cells of a row", self.n, 2, 14)?;
        let units = self.units();
        let (mut patterns, mut probabilities) = (Vec::<u8>::new(), Vec::<f64>::new());
        for word in 0u32..1 << self.n {
            let row: Vec<u8> = bits(word, self.n).collect();
            let p = independent(&row, self.on) / self.shifts().len() as f64;
            let first = probabilities.len();
            for &shift in self.shifts() {
                let pattern = self.pattern(&row, shift);
                // Patterns of other rows are others.
                let known = patterns[first * units..].chunks(units).position(|known| known == pattern);
                if let Some(known) = known {
                    probabilities[first + known] += p;
                } else {
                    patterns.extend(pattern);
                    probabilities.push(p);
                }
            }
        }
        Ok(Problem { units, patterns, probabilities })
    }

    /// One pattern: a row, then its shift, each equally likely.
    #[must_use]
    pub fn draw(&self, rng: &mut Rng) -> Vec<u8> {
        let row: Vec<u8> = (0..self.n).map(|_| u8::from(rng.bernoulli(self.on))).collect();
        let shifts = self.shifts();
        self.pattern(&row, shifts[rng.below(shifts.len() as u32) as usize])
    }

    /// Where the cell at place 1 comes from: its right neighbour if the row goes to the left.
    fn shifts(&self) -> &'static [usize] {
        if self.rests { &[2, 1, 0] } else { &[2, 0] }
    }

    fn pattern(&self, row: &[u8], shift: usize) -> Vec<u8> {
        let mut pattern = row.to_vec();
        for cell in 0..self.n {
            // One further on: the row is looked at between its own last and first cells.
            let from = cell + shift;
            let beyond = from == 0 || from > self.n;
            pattern.push(if beyond && !self.wraps { 0 } else { row[(from + self.n - 1) % self.n] });
        }
        if self.tells {
            pattern.extend(self.shifts().iter().map(|&other| u8::from(other == shift)));
        }
        pattern
    }
}

/// Bars of one orientation: all upright or all level, each there or not by itself, as P. Dayan, G. E. Hinton, R. M. Neal &
/// R. S. Zemel, *The Helmholtz machine*, Neural Computation 7 (1995) 889 draw them. Unlike in
/// [`bars_and_stripes`](super::bars_and_stripes), pictures are not equally likely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bars {
    width: usize,
    height: usize,
    upright: f64,
    on: f64,
}

impl Bars {
    /// Pictures of up to 10 × 10 cells, whose bars stand upright with probability `upright` and else lie level, and of
    /// which each is there with probability `on`.
    ///
    /// # Errors
    /// Another size, or numbers that are no probabilities.
    pub fn new(width: usize, height: usize, upright: f64, on: f64) -> Result<Self, ProblemError> {
        size("cells across", width, 1, MAX_BARS)?;
        size("cells down", height, 1, MAX_BARS)?;
        chance("bars that stand upright", upright)?;
        chance("a bar that is there", on)?;
        Ok(Self { width, height, upright, on })
    }

    /// Those of the paper: upright in two of three pictures, each bar there in one of five. Of 4 × 4 cells there are 30
    /// pictures, of entropy 2.376389 nats.
    ///
    /// # Errors
    /// A size that is not possible.
    pub fn published(width: usize, height: usize) -> Result<Self, ProblemError> {
        Self::new(width, height, 2.0 / 3.0, 0.2)
    }

    /// Units of a pattern.
    #[must_use]
    pub fn units(&self) -> usize {
        self.width * self.height
    }

    /// All pictures, row by row, each once: what can be drawn in two ways is as likely as both together. The upright ones
    /// come first.
    #[must_use]
    pub fn all(&self) -> Problem {
        let units = self.units();
        let (mut patterns, mut probabilities) = (Vec::<u8>::new(), Vec::<f64>::new());
        for (upright, bars) in [(true, self.width), (false, self.height)] {
            let orientation = if upright { self.upright } else { 1.0 - self.upright };
            for word in 0u32..1 << bars {
                let bars: Vec<u8> = bits(word, bars).collect();
                let picture = self.picture(upright, &bars);
                let p = orientation * independent(&bars, self.on);
                match patterns.chunks_exact(units).position(|other| other == picture) {
                    Some(known) => probabilities[known] += p,
                    None => {
                        patterns.extend(picture);
                        probabilities.push(p);
                    }
                }
            }
        }
        Problem { units, patterns, probabilities }
    }

    /// One picture, row by row: its orientation, then its bars.
    #[must_use]
    pub fn draw(&self, rng: &mut Rng) -> Vec<u8> {
        let upright = rng.bernoulli(self.upright);
        let count = if upright { self.width } else { self.height };
        let bars: Vec<u8> = (0..count).map(|_| u8::from(rng.bernoulli(self.on))).collect();
        self.picture(upright, &bars)
    }

    fn picture(&self, upright: bool, bars: &[u8]) -> Vec<u8> {
        let bar = |cell: usize| if upright { cell % self.width } else { cell / self.width };
        (0..self.units()).map(|cell| bars[bar(cell)]).collect()
    }
}

/// The bits of a word, the lowest first.
fn bits(word: u32, count: usize) -> impl Iterator<Item = u8> {
    (0..count).map(move |place| (word >> place & 1) as u8)
}

/// How likely these are if each is on by itself.
fn independent(cells: &[u8], on: f64) -> f64 {
    cells.iter().map(|&cell| if cell == 1 { on } else { 1.0 - on }).product()
}

fn size(what: &'static str, found: usize, least: usize, most: usize) -> Result<(), ProblemError> {
    let possible = (least..=most).contains(&found);
    if possible { Ok(()) } else { Err(ProblemError::Size { what, found, least, most }) }
}

fn chance(what: &'static str, found: f64) -> Result<(), ProblemError> {
    let possible = (0.0..=1.0).contains(&found);
    if possible { Ok(()) } else { Err(ProblemError::Chance { what, found }) }
}

#[cfg(test)]
mod tests;
