//! What must hold of the learning rules and of damage for any patterns.

use engram::damage::{Damage, Harm};
use engram::kernel::Real;
use engram::learning::{
    EnergyGradient, Example, Hebb, Learned, LearningRule, Perceptron, PseudoInverse, Storkey, Unlearning,
    Valleys,
};
use engram::rng::{Rng, Stream};
use engram::weights::Weights;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// 2 to 40 units, 0 to 12 patterns, but no more than units: beyond that the second order of Storkey's rule may run
/// away.
fn patterns() -> impl Strategy<Value = (usize, Vec<Vec<i8>>)> {
    (2usize..40).prop_flat_map(|n| {
        let spin = prop_oneof![Just(1i8), Just(-1i8)];
        let pattern = proptest::collection::vec(spin, n);
        (Just(n), proptest::collection::vec(pattern, 0..=n.min(12)))
    })
}

fn learn<T: Real>(rule: &impl LearningRule<T>, n: usize, patterns: &[Vec<i8>]) -> Learned<T> {
    let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
    rule.learn(n, &examples, &mut Rng::new(1, Stream::Learning, 0)).unwrap()
}

fn storkeys() -> [Storkey; 4] {
    [(false, false), (true, false), (false, true), (true, true)]
        .map(|(second_order, bias)| Storkey { second_order, bias })
}

fn perceptron(symmetric: bool, bias: bool) -> Perceptron {
    Perceptron { margin: 0.3, symmetric, bias, max_rounds: 30, ..Perceptron::default() }
}

/// Nothing on the diagonal nor in the padding.
fn clean<T: Real>(weights: &Weights<T>) -> bool {
    let n = weights.units();
    (0..n).all(|i| weights.get(i, i) == 0.0 && weights.sent(i)[n..].iter().all(|w| w.to_f64() == 0.0))
}

fn stored_one_by_one<T: Real>(rule: &impl LearningRule<T>, n: usize, patterns: &[Vec<i8>]) -> Learned<T> {
    let examples: Vec<_> = patterns.iter().map(|x| Example::new(x)).collect();
    let mut learned = learn(rule, n, &[]);
    for (k, &example) in examples.iter().enumerate() {
        assert!(rule.store(&mut learned, &examples[..k], example).unwrap());
    }
    learned
}

/// Turns unit i over in all patterns where `turned[i]` is −1: the weights must turn with them, to the bit.
fn turns_with_its_units<T: Real>(rule: &impl LearningRule<T>, patterns: &[Vec<i8>], turned: &[i8]) -> bool {
    let n = turned.len();
    let other: Vec<Vec<i8>> =
        patterns.iter().map(|x| x.iter().zip(turned).map(|(a, b)| a * b).collect()).collect();
    let (a, b) = (learn(rule, n, patterns).weights, learn(rule, n, &other).weights);
    (0..n).all(|i| (0..n).all(|j| b.get(i, j) == f64::from(turned[i] * turned[j]) * a.get(i, j)))
}

/// Renames the units: the weights must be renamed alike, up to `tolerance`.
fn renames_with_its_units(
    rule: &impl LearningRule<f64>,
    patterns: &[Vec<i8>],
    names: &[usize],
    tolerance: f64,
) -> bool {
    let n = names.len();
    let other: Vec<Vec<i8>> = patterns.iter().map(|x| names.iter().map(|&k| x[k]).collect()).collect();
    let (a, b) = (learn(rule, n, patterns), learn(rule, n, &other));
    let near = |x: f64, y: f64| (x - y).abs() <= tolerance;
    (0..n).all(|i| {
        near(b.bias[i], a.bias[names[i]])
            && (0..n).all(|j| near(b.weights.get(i, j), a.weights.get(names[i], names[j])))
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn storing_one_by_one_is_learning_all_to_the_bit((n, p) in patterns()) {
        for rule in storkeys() {
            prop_assert_eq!(stored_one_by_one::<f32>(&rule, n, &p), learn(&rule, n, &p));
            prop_assert_eq!(stored_one_by_one::<f64>(&rule, n, &p), learn(&rule, n, &p));
        }
        prop_assert_eq!(stored_one_by_one::<f32>(&Hebb::default(), n, &p), learn(&Hebb::default(), n, &p));
    }

    #[test]
    fn symmetric_rules_leave_symmetric_weights_without_a_diagonal((n, p) in patterns(), bias: bool) {
        let mut nets: Vec<Weights<f32>> = storkeys().iter().map(|rule| learn(rule, n, &p).weights).collect();
        nets.push(learn(&PseudoInverse { bias }, n, &p).weights);
        nets.push(learn(&perceptron(true, bias), n, &p).weights);
        for valleys in [
            Valleys::Random,
            Valleys::Memories,
            Valleys::FewFromMemories { sweeps: 2 },
            Valleys::FewFromNoisy { sweeps: 2, noise: 0.2 },
        ] {
            let rule = EnergyGradient { valleys, rate: 0.3, steps: 20, bias };
            nets.push(learn(&rule, n, &p).weights);
        }
        nets.push(learn(&Unlearning { dreams: 20, hebb: Hebb { bias, ..Hebb::default() }, ..Unlearning::default() }, n, &p).weights);
        for (k, weights) in nets.iter().enumerate() {
            prop_assert!(weights.is_symmetric(), "net {}", k);
            prop_assert!(clean(weights), "net {}", k);
        }
        prop_assert!(clean(&learn::<f32>(&perceptron(false, bias), n, &p).weights));
    }

    #[test]
    fn weights_turn_with_their_units((n, p) in patterns(), seed: u64) {
        let mut draw = Rng::new(seed, Stream::Experiment, 0);
        let turned: Vec<i8> = (0..n).map(|_| draw.spin()).collect();
        prop_assert!(turns_with_its_units::<f64>(&Storkey::default(), &p, &turned), "{:?}", p);
        prop_assert!(turns_with_its_units::<f32>(&Storkey { second_order: true, bias: false }, &p, &turned), "{:?}", p);
        prop_assert!(turns_with_its_units::<f64>(&PseudoInverse::default(), &p, &turned), "{:?}", p);
        prop_assert!(turns_with_its_units::<f32>(&perceptron(false, false), &p, &turned), "{:?}", p);
        prop_assert!(turns_with_its_units::<f32>(&perceptron(true, false), &p, &turned), "{:?}", p);
    }

    #[test]
    fn weights_are_renamed_with_their_units((n, p) in patterns(), seed: u64, bias: bool) {
        let mut names: Vec<usize> = (0..n).collect();
        Rng::new(seed, Stream::Experiment, 1).shuffle(&mut names);
        prop_assert!(renames_with_its_units(&Storkey { second_order: true, bias }, &p, &names, 1e-11), "{:?}", p);
        prop_assert!(renames_with_its_units(&PseudoInverse { bias }, &p, &names, 1e-9), "{:?}", p);
        // Each row by itself, in whole numbers: the same to the bit. Together, the order of the units counts.
        prop_assert!(renames_with_its_units(&perceptron(false, bias), &p, &names, 0.0), "{:?}", p);
    }

    #[test]
    fn a_projector_holds_every_pattern_that_it_was_given((n, p) in patterns()) {
        let weights = learn::<f64>(&PseudoInverse::default(), n, &p).weights;
        for x in &p {
            for i in 0..n {
                let field: f64 = (0..n).map(|j| weights.get(i, j) * f64::from(x[j])).sum();
                prop_assert!(field * f64::from(x[i]) > -1e-9, "{}", field);
            }
        }
    }

    #[test]
    fn damage_counts_are_exact_and_symmetry_stays((n, p) in patterns(), fraction in 0.0..=1.0f64, symmetric: bool) {
        let before = if symmetric {
            learn::<f32>(&PseudoInverse::default(), n, &p).weights
        } else {
            learn::<f32>(&perceptron(false, false), n, &p).weights
        };
        let alike = before.is_symmetric();
        let pairs = n * (n - 1) / if alike { 2 } else { 1 };
        let share = (fraction * pairs as f64 + 0.5) as usize;
        let killed = (fraction * n as f64 + 0.5) as usize;
        let alive = n - killed;
        let joined = before.all_sent().iter().filter(|&&w| w != 0.0).count() / if alike { 2 } else { 1 };
        let lost = pairs - alive * alive.saturating_sub(1) / if alike { 2 } else { 1 };
        for (damage, expected, dead) in [
            (Damage::Cut(fraction), share, 0),
            (Damage::Signs(fraction), share, 0),
            (Damage::Noise(fraction), pairs, 0),
            (Damage::Quantise(1 + (fraction * 7.0) as u32), joined, 0),
            (Damage::Kill(fraction), lost, killed),
        ] {
            let mut after = before.clone();
            let Harm { pairs, dead: found } =
                damage.apply(&mut after, &mut vec![0.0; n], &mut Rng::new(3, Stream::Damage, 0)).unwrap();
            prop_assert_eq!((pairs, found.len()), (expected, dead), "{:?}", damage);
            prop_assert!(clean(&after), "{:?}", damage);
            prop_assert!(!alike || after.is_symmetric(), "{:?}", damage);
        }
    }
}
