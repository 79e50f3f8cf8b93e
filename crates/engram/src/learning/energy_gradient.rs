//! Learning by the gradient of the energy: memories down, valleys up.

use alloc::vec::Vec;

use super::descent::{Descent, MAX_SWEEPS};
use super::{Capacity, Example, Hebb, LearnError, Learned, LearningRule, Note, check_alike, check_setting};
use crate::corrupt;
use crate::kernel::Real;
use crate::math;
use crate::rng::Rng;

/// Where the valleys to be raised are looked for. Sweeps, not flips, are counted: each sweep asks every unit once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Valleys {
    /// Where runs from random states come to rest. The widest basins, because every valley counts.
    #[default]
    Random,
    /// Where runs from the memories come to rest. A memory that stays put is left at that, with a narrow basin.
    Memories,
    /// Where runs from the memories are after a few sweeps.
    FewFromMemories {
        /// Sweeps, 1 to 1000.
        sweeps: u32,
    },
    /// Where runs from spoilt memories are after a few sweeps: digs around the memories, not at them alone.
    FewFromNoisy {
        /// Sweeps, 1 to 1000.
        sweeps: u32,
        /// Fraction of the units turned over, 0 to 1, to the nearest whole number of units.
        noise: f64,
    },
}

/// Starts from Hebb's weights with factor 1/n; each step draws one memory y and finds one valley v by the net as it
/// is, then `W += η (y y' − v v')` with `η = rate/n`, diagonal left at zero, and `b += η (y − v)` if biases are
/// learned. It is stochastic gradient descent on the mean energy of the memories less that of the valleys; valleys
/// that are memories cancel.
///
/// What is still unstable at the end is reported as [`Note::Unfinished`], rounds being steps for each pattern.
/// Storing one more pattern learns anew.
///
/// The batch form is `W += η (Σ y y' − Σ v v')`, from the chapter on Hopfield nets of Carnegie Mellon's course 11-785,
/// *Introduction to Deep Learning*; at zero temperature it is the Boltzmann machine's rule (Ackley, Hinton &
/// Sejnowski, Cognitive Science 9 (1985) 147).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnergyGradient {
    /// Where valleys are looked for.
    pub valleys: Valleys,
    /// η in units of 1/n: the share of what storing a pattern by Hebb's rule adds. Above 0, at most 100.
    pub rate: f64,
    /// Steps, each of one memory and one valley, 0 to 10,000,000.
    pub steps: u32,
    /// Whether biases are learned.
    pub bias: bool,
}

impl Default for EnergyGradient {
    fn default() -> Self {
        Self { valleys: Valleys::Random, rate: 0.5, steps: 4000, bias: false }
    }
}

impl Valleys {
    fn check(self) -> Result<(), LearnError> {
        if let Self::FewFromMemories { sweeps } | Self::FewFromNoisy { sweeps, .. } = self {
            check_setting("sweeps", f64::from(sweeps), (1..=1000).contains(&sweeps), "1 to 1000")?;
        }
        if let Self::FewFromNoisy { noise, .. } = self {
            check_setting("noise", noise, (0.0..=1.0).contains(&noise), "0 to 1")?;
        }
        Ok(())
    }

    fn find<T: Real>(self, descent: &Descent<'_, T>, memory: &[i8], rng: &mut Rng) -> Vec<i8> {
        let mut start = memory.to_vec();
        match self {
            Self::Random => descent.dream(rng),
            Self::Memories => descent.run(start, MAX_SWEEPS, rng),
            Self::FewFromMemories { sweeps } => descent.run(start, sweeps as usize, rng),
            Self::FewFromNoisy { sweeps, noise } => {
                corrupt::Corruption::Flip(noise).apply(&mut start, memory.len(), rng);
                descent.run(start, sweeps as usize, rng)
            }
        }
    }
}

impl EnergyGradient {
    /// Measured, at a rate of 0.5: what is held grows with the logarithm of the steps for each unit, from what Hebb's
    /// rule holds to half as many as units, wherever the valleys are looked for. From spoilt cues as many come back as
    /// 0.17 of the units at 5 steps a unit, 0.28 at 20 and 0.4 at 80; where valleys are looked for from the memories as
    /// they are, basins stay narrow, and it is about 0.12.
    #[must_use]
    pub fn capacity(&self, units: usize) -> Capacity {
        let gained = math::ln(f64::from(self.steps.max(1)) / (5.0 * units.max(1) as f64));
        let safe = (0.17 + 0.08 * gained).clamp(0.05, 0.4);
        let narrow = matches!(self.valleys, Valleys::Memories | Valleys::FewFromMemories { .. });
        let most = (0.3 + 0.11 * gained).clamp(Hebb::BREAKDOWN, 0.5);
        Capacity::new(if narrow { safe.min(0.12) } else { safe }, most)
    }
}

impl<T: Real> LearningRule<T> for EnergyGradient {
    fn learn(&self, units: usize, examples: &[Example<'_>], rng: &mut Rng) -> Result<Learned<T>, LearnError> {
        self.valleys.check()?;
        check_setting("rate", self.rate, self.rate > 0.0 && self.rate <= 100.0, "above 0, at most 100")?;
        check_setting("steps", f64::from(self.steps), self.steps <= 10_000_000, "0 to 10000000")?;
        check_alike(examples)?;
        let mut learned = Hebb { bias: self.bias, ..Hebb::default() }.learn(units, examples, rng)?;
        if examples.is_empty() {
            return Ok(learned);
        }
        let mut descent = Descent::new(&mut learned);
        for _ in 0..self.steps {
            let memory = examples[rng.below(examples.len() as u32) as usize].spins;
            let valley = self.valleys.find(&descent, memory, rng);
            if valley != memory {
                descent.add(self.rate, memory, self.bias);
                descent.add(-self.rate, &valley, self.bias);
            }
        }
        let missing = examples.iter().map(|e| descent.unstable(e.spins)).sum();
        if missing > 0 {
            learned.notes.push(Note::Unfinished { rounds: self.steps as usize / examples.len(), missing });
        }
        Ok(learned)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::rng::Stream;

    fn learn(rule: EnergyGradient, patterns: &[Vec<i8>]) -> Result<Learned<f64>, LearnError> {
        let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
        rule.learn(patterns[0].len(), &examples, &mut Rng::new(2, Stream::Learning, 0))
    }

    #[test]
    fn one_step_from_a_memory_that_falls_away_by_hand() {
        // Three patterns of five units; by Hebb unit 0 of the first has field −1 − 1 + … against it and falls.
        let patterns =
            vec![vec![1, 1, 1, 1, 1], vec![-1, 1, 1, 1, -1], vec![-1, 1, 1, -1, 1], vec![-1, 1, 1, 1, 1]];
        let hebb: Learned<f64> =
            learn(EnergyGradient { steps: 0, ..EnergyGradient::default() }, &patterns).unwrap();
        // Field of unit 0 in the first pattern, in fifths: w_01 + w_02 + w_03 + w_04 = −2 − 2 + 0 + 0.
        assert_eq!(hebb.weights.get(0, 1), -0.4);
        assert_eq!(hebb.weights.get(0, 3), 0.0);
        assert!(matches!(hebb.notes[..], [Note::Unfinished { rounds: 0, missing: 1.. }]));
        // A single step moves W by (rate/n)(y y' − v v'), so entries change by 0 or ±2 rate/n.
        let rule = EnergyGradient {
            valleys: Valleys::FewFromMemories { sweeps: 1 },
            rate: 0.5,
            steps: 1,
            bias: true,
        };
        let mut moved = 0;
        for seed in 0..8 {
            let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
            let learned: Learned<f64> =
                rule.learn(5, &examples, &mut Rng::new(seed, Stream::Learning, 0)).unwrap();
            assert!(learned.weights.is_symmetric());
            for i in 0..5 {
                assert_eq!(learned.weights.raw(i, i), 0.0);
                for j in 0..5 {
                    let step = learned.weights.raw(i, j) - hebb.weights.raw(i, j);
                    assert!([-1.0, 0.0, 1.0].contains(&step), "{step}");
                    moved += usize::from(step != 0.0);
                }
            }
        }
        assert!(moved > 0);
    }

    #[test]
    fn memories_that_stay_put_change_nothing() {
        let patterns = vec![vec![1, 1, 1, 1, -1, -1, -1, -1]];
        let rule = EnergyGradient { valleys: Valleys::Memories, steps: 50, ..EnergyGradient::default() };
        let learned = learn(rule, &patterns).unwrap();
        assert_eq!(learned, learn(EnergyGradient { steps: 0, ..rule }, &patterns).unwrap());
        // Random starts find the negative as often, which cancels too without a bias: y y' = (−y)(−y)'.
        let random = learn(EnergyGradient { valleys: Valleys::Random, ..rule }, &patterns).unwrap();
        assert_eq!(random.weights, learned.weights);
        // With one, the negative is a valley that is pushed up.
        let biased = EnergyGradient { valleys: Valleys::Random, bias: true, ..rule };
        let pushed = learn(biased, &patterns).unwrap();
        assert_eq!(pushed.weights, learned.weights);
        assert!(pushed.bias.iter().zip(&patterns[0]).all(|(b, &s)| b * f64::from(s) > 1.0 / 8.0));
    }

    #[test]
    fn settings_out_of_range_are_named() {
        let d = EnergyGradient::default();
        for (rule, expected) in [
            (EnergyGradient { rate: -1.0, ..d }, "rate"),
            (EnergyGradient { steps: 20_000_000, ..d }, "steps"),
            (EnergyGradient { valleys: Valleys::FewFromMemories { sweeps: 0 }, ..d }, "sweeps"),
            (EnergyGradient { valleys: Valleys::FewFromNoisy { sweeps: 3, noise: f64::NAN }, ..d }, "noise"),
        ] {
            let refused = learn(rule, &[vec![1, -1]]);
            assert!(matches!(refused, Err(LearnError::Setting { name, .. }) if name == expected), "{rule:?}");
        }
    }
}
