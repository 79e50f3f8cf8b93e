//! Unlearning by dreaming.

use super::descent::Descent;
use super::{Capacity, Example, Hebb, LearnError, Learned, LearningRule, check_setting};
use crate::kernel::Real;
use crate::math;
use crate::rng::Rng;

/// Most dreams at a time.
const MAX_DREAMS: u32 = 10_000_000;

/// Hebb's rule, then dreams: from a random state the net comes to rest in s, and `W −= ε' s s'` with the diagonal
/// left at zero. Spurious states, which have many ways in, are dreamt of most and lose most; too many dreams destroy
/// the memories too. If Hebb's rule has biases, `b −= ε' s`.
///
/// `ε' = epsilon · c` with c the common factor of the weights, which is what storing one pattern adds (1/n unless
/// Hebb's scale says otherwise): a dream undoes `epsilon` of a stored pattern. About 0.01 is usable.
///
/// J. J. Hopfield, D. I. Feinstein & R. G. Palmer, *'Unlearning' has a stabilizing effect in collective memories*,
/// Nature 304 (1983) 158.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unlearning {
    /// How many dreams, 0 to 10,000,000.
    pub dreams: u32,
    /// What share of a stored pattern one dream undoes, 0 to 10.
    pub epsilon: f64,
    /// What is learned first.
    pub hebb: Hebb,
}

impl Default for Unlearning {
    fn default() -> Self {
        Self { dreams: 1000, epsilon: 0.01, hebb: Hebb::default() }
    }
}

impl Unlearning {
    /// How many stored patterns' worth of weights all dreams together take away. Once that is more than there are
    /// patterns nothing of them is left, as measured from 0.05 to 0.4 patterns a unit.
    #[must_use]
    pub fn worth(&self) -> f64 {
        f64::from(self.dreams) * self.epsilon
    }

    /// Measured, from no dreams to a [worth](Self::worth) of 0.4 a unit: Hebb's rule holds 0.138, and δ patterns' worth
    /// a unit of dreams add 0.8 √δ. From spoilt cues nine of ten of 0.7 times as many come back.
    #[must_use]
    pub fn capacity(&self, units: usize) -> Capacity {
        let most = (Hebb::BREAKDOWN + 0.8 * math::sqrt(self.worth() / units.max(1) as f64)).min(0.6);
        Capacity::new(0.7 * most, most)
    }

    /// `count` dreams more on what was learned, by whatever rule; asymmetric weights may not come to rest, and are
    /// then taken where they are after many sweeps. Biases are dreamt away if Hebb's rule here has them.
    ///
    /// # Errors
    /// [`LearnError::Setting`] for `epsilon` outside 0 to 10 or `count` over 10,000,000.
    pub fn dream<T: Real>(
        &self,
        learned: &mut Learned<T>,
        count: u32,
        rng: &mut Rng,
    ) -> Result<(), LearnError> {
        check_setting("epsilon", self.epsilon, (0.0..=10.0).contains(&self.epsilon), "0 to 10")?;
        check_setting("dreams", f64::from(count), count <= MAX_DREAMS, "0 to 10000000")?;
        let mut descent = Descent::new(learned);
        for _ in 0..count {
            let state = descent.dream(rng);
            descent.add(-self.epsilon, &state, self.hebb.bias);
        }
        Ok(())
    }
}

impl<T: Real> LearningRule<T> for Unlearning {
    fn learn(&self, units: usize, examples: &[Example<'_>], rng: &mut Rng) -> Result<Learned<T>, LearnError> {
        let mut learned = self.hebb.learn(units, examples, rng)?;
        self.dream(&mut learned, self.dreams, rng)?;
        Ok(learned)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::learning::HebbScale;
    use crate::rng::Stream;

    fn rng() -> Rng {
        Rng::new(4, Stream::Learning, 0)
    }

    #[test]
    fn a_lone_memory_fades_by_epsilon_a_dream() {
        // From anywhere the net comes to rest in the memory or its inverse, and both undo the same.
        let x = [1i8, -1, -1, 1, 1, -1];
        for (scale, factor) in [(HebbScale::Units, 1.0 / 6.0), (HebbScale::One, 1.0)] {
            let rule = Unlearning { dreams: 3, epsilon: 0.125, hebb: Hebb { scale, bias: false } };
            let learned: Learned<f64> = rule.learn(6, &[Example::new(&x)], &mut rng()).unwrap();
            for i in 0..6 {
                for j in 0..6 {
                    let expected = if i == j { 0.0 } else { 0.625 * factor * f64::from(x[i] * x[j]) };
                    assert_eq!(learned.weights.get(i, j), expected);
                }
            }
        }
    }

    #[test]
    fn dreaming_on_is_dreaming_longer() {
        let patterns: vec::Vec<vec::Vec<i8>> = {
            let mut draw = Rng::new(1, Stream::Patterns, 0);
            (0..9).map(|_| (0..40).map(|_| draw.spin()).collect()).collect()
        };
        let examples: vec::Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
        let rule = Unlearning { dreams: 90, ..Unlearning::default() };
        let whole: Learned<f32> = rule.learn(40, &examples, &mut rng()).unwrap();
        let mut draw = rng();
        let mut parts: Learned<f32> =
            Unlearning { dreams: 64, ..rule }.learn(40, &examples, &mut draw).unwrap();
        rule.dream(&mut parts, 26, &mut draw).unwrap();
        assert_eq!(parts, whole);
        assert!(parts.weights.is_symmetric());
        assert_ne!(parts, Unlearning { dreams: 64, ..rule }.learn(40, &examples, &mut rng()).unwrap());
    }

    #[test]
    fn settings_out_of_range_are_named() {
        let d = Unlearning::default();
        for (rule, expected) in [
            (Unlearning { epsilon: f64::NAN, ..d }, "epsilon"),
            (Unlearning { dreams: MAX_DREAMS + 1, ..d }, "dreams"),
        ] {
            let refused = LearningRule::<f32>::learn(&rule, 2, &[], &mut rng());
            assert!(matches!(refused, Err(LearnError::Setting { name, .. }) if name == expected));
        }
    }
}
