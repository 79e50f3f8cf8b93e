//! What one step of all units does to the patterns that a dense associative memory stores.
//!
//! A trial stores P patterns of n fair coins, spoils some of them by turning an exact number of units over (or none), asks
//! every unit once, all from the same state, and counts how many patterns are there afterwards and how many bits were
//! told wrong. Without noise that is the share of patterns that are fixed points, and the chance that a stored bit is
//! unstable.
//!
//! What to expect: [`theory`](crate::models::dense::theory).

use core::fmt;

use crate::corrupt::Corruption;
use crate::dynamics::Tie;
use crate::energy::Conditional as _;
use crate::models::dense::{Dense, DenseError, Interaction, Scale};
use crate::rng::{Rng, Stream};

/// What a trial measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The function F of the net.
    pub interaction: Interaction,
    /// Units, n.
    pub units: usize,
    /// Patterns stored, P.
    pub patterns: usize,
    /// Fraction of the units that are turned over before the step, 0 to 1; the nearest whole number of them.
    pub noise: f64,
    /// How many of the patterns are asked, the first ones, 1 to P. A trial costs n P steps for each.
    pub asked: usize,
}

/// What came of a trial: shares, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Patterns that are there after the step, units without a preference staying as they are.
    pub fixed: f64,
    /// Patterns that are there after the step and no unit of which was without a preference.
    pub firm: f64,
    /// Bits whose field is against the pattern.
    pub wrong: f64,
    /// Bits whose field is zero.
    pub tied: f64,
}

/// Why a trial could not be made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StabilityError {
    /// A net that cannot be made.
    Net(DenseError),
    /// A noise outside 0 to 1.
    Noise(f64),
    /// No patterns asked, or more than there are.
    Asked {
        /// How many are asked.
        asked: usize,
        /// How many there are.
        patterns: usize,
    },
}

impl fmt::Display for StabilityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Net(error) => error.fmt(f),
            Self::Noise(noise) => write!(f, "the noise is {noise}; it must be a fraction from 0 to 1"),
            Self::Asked { asked, patterns } => {
                write!(f, "{asked} patterns are asked; it must be 1 to {patterns}, as many as are stored")
            }
        }
    }
}

impl core::error::Error for StabilityError {}

impl From<DenseError> for StabilityError {
    fn from(error: DenseError) -> Self {
        Self::Net(error)
    }
}

/// Trials at a point. It holds the memory that they share and nothing else: a trial depends on the point, the seed and its
/// number alone.
#[derive(Clone, Debug)]
pub struct Stability {
    point: Point,
    net: Dense,
}

impl Stability {
    /// Trials at this point.
    ///
    /// # Errors
    /// Too many units or patterns, or none; a degree out of range; a noise that is not a fraction; more patterns asked
    /// than stored, or none.
    pub fn new(point: Point) -> Result<Self, StabilityError> {
        if !(0.0..=1.0).contains(&point.noise) {
            return Err(StabilityError::Noise(point.noise));
        }
        // The scale changes nothing where there is no temperature.
        let net = Dense::zero(point.interaction, point.units, point.patterns, [].into(), Scale::default())?;
        if !(1..=point.patterns).contains(&point.asked) {
            return Err(StabilityError::Asked { asked: point.asked, patterns: point.patterns });
        }
        Ok(Self { point, net })
    }

    /// A trial.
    pub fn trial(&mut self, seed: u64, index: u64) -> Trial {
        let Point { units, noise, asked, .. } = self.point;
        self.net.redraw(&mut Rng::new(seed, Stream::Patterns, index));
        let mut rng = Rng::new(seed, Stream::Corruption, index);
        let (mut fixed, mut firm, mut wrong, mut tied) = (0usize, 0usize, 0usize, 0usize);
        for pattern in (0..asked).map(|k| self.net.pattern(k)) {
            let mut cue = pattern.clone();
            Corruption::Flip(noise).apply(&mut cue, units, &mut rng);
            let overlaps = self.net.cache(&cue);
            let (mut misses, mut errors, mut ties) = (0, 0, 0);
            for (i, &x) in pattern.iter().enumerate() {
                let field = self.net.field(&cue, &overlaps, i);
                misses += usize::from(Tie::Keep.next(field, cue[i]) != x);
                errors += usize::from(field * f64::from(x) < 0.0);
                ties += usize::from(field == 0.0);
            }
            fixed += usize::from(misses == 0);
            firm += usize::from(errors + ties == 0);
            wrong += errors;
            tied += ties;
        }
        let (patterns, bits) = (asked as f64, (asked * units) as f64);
        Trial {
            fixed: fixed as f64 / patterns,
            firm: firm as f64 / patterns,
            wrong: wrong as f64 / bits,
            tied: tied as f64 / bits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: Point =
        Point { interaction: Interaction::Power(3), units: 30, patterns: 60, noise: 0.1, asked: 20 };

    #[test]
    fn a_trial_depends_on_its_seed_and_number_alone() {
        let mut trials = Stability::new(POINT).unwrap();
        let (third, fourth) = (trials.trial(1, 3), trials.trial(1, 4));
        assert_ne!(third, fourth);
        let mut again = Stability::new(POINT).unwrap();
        assert_eq!((again.trial(1, 4), again.trial(1, 3)), (fourth, third));
    }

    #[test]
    fn one_memory_is_always_there_and_takes_back_what_is_less_than_half() {
        let alone = |noise| {
            let point = Point { interaction: Interaction::Power(2), patterns: 1, asked: 1, noise, ..POINT };
            Stability::new(point).unwrap().trial(5, 0)
        };
        for noise in [0.0, 0.2, 0.4] {
            assert_eq!(alone(noise), Trial { fixed: 1.0, firm: 1.0, wrong: 0.0, tied: 0.0 });
        }
        // Beyond half, a square brings back the inverse.
        assert_eq!(alone(0.6), Trial { fixed: 0.0, firm: 0.0, wrong: 1.0, tied: 0.0 });
    }

    #[test]
    fn impossible_points_are_refused() {
        let refused = |point| Stability::new(point).unwrap_err();
        assert_eq!(refused(Point { noise: -0.1, ..POINT }), StabilityError::Noise(-0.1));
        assert_eq!(refused(Point { asked: 61, ..POINT }), StabilityError::Asked { asked: 61, patterns: 60 });
        assert_eq!(refused(Point { patterns: 0, ..POINT }), StabilityError::Net(DenseError::Patterns(0)));
    }
}
