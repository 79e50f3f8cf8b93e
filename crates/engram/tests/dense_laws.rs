//! Dense associative memories held to laws known exactly or by simulation elsewhere.
//!
//! A mean over independent draws may differ from its reference by 4.5 standard errors (7 in a million by chance; the
//! seeds are fixed). The standard error comes from independent networks, never from the bits of one.

use engram::dynamics::{
    Asynchronous, Greedy, HeatBath, Sequential, State, Synchronous, Tie, UpdateRule, settle,
};
use engram::energy::{Conditional, Energy};
use engram::exact::{Exact, Rule, attractors, code, minima};
use engram::experiment::stability::{Point, Stability, Trial};
use engram::learning::Example;
use engram::models::dense::{Dense, Interaction, Scale, theory};
use engram::models::hebbian::Hebbian;
use engram::rng::{Rng, Stream};
use proptest::prelude::*;

fn net(interaction: Interaction, patterns: &[Vec<i8>], scale: Scale) -> Dense {
    let examples: Vec<Example<'_>> = patterns.iter().map(|x| Example::new(x)).collect();
    Dense::new(interaction, &examples, scale).unwrap()
}

fn random(patterns: usize, units: usize, rng: &mut Rng) -> Vec<Vec<i8>> {
    (0..patterns).map(|_| (0..units).map(|_| rng.spin()).collect()).collect()
}

/// Mean of independent draws and its standard error.
#[derive(Clone, Copy, Default)]
struct Mean {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Mean {
    fn add(&mut self, x: f64) {
        self.count += 1.0;
        self.sum += x;
        self.squares += x * x;
    }

    fn mean(&self) -> f64 {
        self.sum / self.count
    }

    fn error(&self) -> f64 {
        let mean = self.mean();
        ((self.squares / self.count - mean * mean).max(0.0) / (self.count - 1.0)).sqrt()
    }

    /// Within 4.5 standard errors of a reference that has a standard error of its own.
    fn agrees(&self, reference: f64, reference_error: f64, what: &str) {
        let error = (self.error() * self.error() + reference_error * reference_error).sqrt();
        assert!(
            (self.mean() - reference).abs() <= 4.5 * error,
            "{what}: {} instead of {reference}, standard error {error}",
            self.mean()
        );
    }
}

/// The truth table of the exclusive or: the third unit is −1 if the first two are equal.
fn exclusive_or() -> Vec<Vec<i8>> {
    vec![vec![-1, -1, -1], vec![-1, 1, 1], vec![1, -1, 1], vec![1, 1, -1]]
}

#[test]
fn energies_of_the_exclusive_or() {
    let energies = |interaction| {
        let net = net(interaction, &exclusive_or(), Scale::default());
        (0..8u32)
            .map(|number| {
                let s = engram::exact::spins(number, 3);
                (net.energy(&s), f64::from(s[0] * s[1] * s[2]))
            })
            .collect::<Vec<_>>()
    };
    for (degree, constant, product) in
        [(1, 0.0, 0.0), (2, -12.0, 0.0), (3, 0.0, 24.0), (4, -84.0, 0.0), (5, 0.0, 240.0)]
    {
        for (energy, xyz) in energies(Interaction::Power(degree)) {
            assert_eq!(energy, constant + product * xyz, "degree {degree}");
        }
    }
}

#[test]
fn who_solves_the_exclusive_or() {
    let solves = |interaction| {
        let net = net(interaction, &exclusive_or(), Scale::default());
        let right = |x: i8, y: i8, guess: i8| {
            let mut state = State::new(&net, vec![x, y, guess]);
            state.clamp(0, true);
            state.clamp(1, true);
            let mut rng = Rng::new(1, Stream::Dynamics, 0);
            let settled =
                settle(&mut Asynchronous::new(3, Tie::Keep), &net, &mut state, Tie::Keep, &mut rng, 10).1;
            settled && state.spins() == [x, y, -x * y]
        };
        // The third unit starts wrong, right, or unknown.
        [-1, 1].iter().all(|&x| [-1, 1].iter().all(|&y| [-1, 0, 1].iter().all(|&guess| right(x, y, guess))))
    };
    for degree in 1..=12 {
        assert_eq!(solves(Interaction::Power(degree)), degree % 2 == 1 && degree >= 3, "degree {degree}");
        assert_eq!(solves(Interaction::RectifiedPower(degree)), degree >= 2, "rectified, degree {degree}");
    }
    assert!(solves(Interaction::Exponential));
}

/// Runs a rule on both nets with the same dice and compares all that can be compared.
fn runs_alike<R: UpdateRule + Clone>(rule: R, dense: &Dense, hebbian: &Hebbian, start: &[i8], steps: usize) {
    let (mut one, mut other) = (State::new(dense, start.to_vec()), State::new(hebbian, start.to_vec()));
    let (mut rule, mut same) = (rule.clone(), rule);
    let mut rng = Rng::new(4, Stream::Dynamics, 0);
    let mut dice = rng.clone();
    for _ in 0..steps {
        assert_eq!(rule.step(dense, &mut one, &mut rng), same.step(hebbian, &mut other, &mut dice));
        assert_eq!(one.spins(), other.spins());
        for i in 0..start.len() {
            assert_eq!(one.field(dense, i).to_bits(), other.field(hebbian, i).to_bits());
        }
        // E_dense = E_Hebb − c P k / 2 with k known units: the diagonal that Hebb's net does not have.
        let known = start.len() - one.spins().iter().filter(|&&s| s == 0).count();
        let shift = 0.5 / start.len() as f64 * (hebbian.patterns() * known) as f64;
        assert!((dense.energy(one.spins()) - hebbian.energy(other.spins()) + shift).abs() < 1e-11);
    }
    assert_eq!(rng, dice);
}

#[test]
fn a_square_is_the_net_of_hebbs_rule_to_the_bit() {
    for (units, patterns) in [(30, 5), (100, 14), (75, 60)] {
        let mut rng = Rng::new(2, Stream::Patterns, units as u64);
        let hebbian = Hebbian::random(units, patterns, 1.0 / units as f64, &mut rng.clone()).unwrap();
        let scale = Scale::Depth(0.5 * units as f64);
        let dense = Dense::random(Interaction::Power(2), units, patterns, scale, &mut rng).unwrap();
        assert!((0..patterns).all(|k| dense.pattern(k) == hebbian.pattern(k)));
        let start: Vec<i8> = (0..units).map(|_| rng.below(3) as i8 - 1).collect();
        runs_alike(Asynchronous::new(units, Tie::Keep), &dense, &hebbian, &start, 3 * units);
        runs_alike(Sequential::new(Tie::Plus), &dense, &hebbian, &start, 3 * units);
        runs_alike(Greedy::new(Tie::Keep), &dense, &hebbian, &start, 2 * units);
        runs_alike(Synchronous::new(Tie::Minus), &dense, &hebbian, &start, 20);
        runs_alike(HeatBath::new(units, 0.4), &dense, &hebbian, &start, 5 * units);
    }
}

/// Means over trials of what a point gives.
struct Found {
    fixed: Mean,
    firm: Mean,
    wrong: Mean,
    tied: Mean,
}

fn find(point: Point, trials: u64) -> Found {
    let mut stability = Stability::new(point).unwrap();
    let none = Mean::default();
    let mut found = Found { fixed: none, firm: none, wrong: none, tied: none };
    for index in 0..trials {
        let Trial { fixed, firm, wrong, tied } = stability.trial(21, index);
        found.fixed.add(fixed);
        found.firm.add(firm);
        found.wrong.add(wrong);
        found.tied.add(tied);
    }
    found
}

fn point(interaction: Interaction, units: usize, patterns: usize) -> Point {
    Point { interaction, units, patterns, noise: 0.0, asked: patterns }
}

#[test]
fn errors_of_a_bit_with_a_square_follow_the_exact_law() {
    // n 100, P 14: P(Bin(K, ½) < (K − n + 1)/2) and P(Bin = (K − n + 1)/2) with K = 99 · 13.
    let k = 99u32 * 13;
    let ln_choose = |r: u32| {
        libm::lgamma(f64::from(k) + 1.0)
            - libm::lgamma(f64::from(r) + 1.0)
            - libm::lgamma(f64::from(k - r) + 1.0)
    };
    let term = |r: u32| engram::math::exp(ln_choose(r) - f64::from(k) * std::f64::consts::LN_2);
    let edge = (k - 99) / 2;
    let (wrong, tied) = ((0..edge).map(term).sum::<f64>(), term(edge));
    assert!((wrong - 2.646e-3).abs() < 5e-7 && (tied - 4.9e-4).abs() < 5e-6, "{wrong} {tied}");
    let found = find(point(Interaction::Power(2), 100, 14), 4000);
    found.wrong.agrees(wrong, 0.0, "wrong bits");
    found.tied.agrees(tied, 0.0, "tied bits");
}

#[test]
fn errors_of_a_bit_with_higher_powers() {
    // (degree, units, patterns, simulated elsewhere, trials)
    for (degree, units, patterns, simulated, trials) in
        [(3, 50, 100, 2.32e-3, 1500), (3, 50, 150, 1.018e-2, 400), (4, 30, 250, 4.84e-3, 400)]
    {
        let interaction = Interaction::Power(degree);
        let wrong = find(point(interaction, units, patterns), trials).wrong;
        let what = format!("degree {degree}, {units} units, {patterns} patterns: {}", wrong.mean());
        assert!(wrong.error() < 0.015 * wrong.mean(), "{what} ± {}", wrong.error());
        assert!((wrong.mean() / simulated - 1.0).abs() < 0.3, "{what}");
        // The crosstalk has heavy tails: both Gaussian formulas tell too little, and not by much.
        let leading = theory::bit_error(degree, units, patterns as f64);
        let exact = theory::bit_error_exact_variance(interaction, units, patterns);
        assert!(wrong.mean() > leading && wrong.mean() > exact, "{what}, not {leading}, {exact}");
        assert!(wrong.mean() < 1.4 * leading && wrong.mean() < 1.3 * exact, "{what}, not {leading}, {exact}");
    }
}

#[test]
fn a_steeper_function_cures_overload() {
    let fixed = |interaction, patterns, trials| find(point(interaction, 64, patterns), trials).fixed;
    assert!(fixed(Interaction::Power(2), 160, 20).mean() < 1e-3);
    // References simulated elsewhere, with their standard errors.
    fixed(Interaction::Power(3), 160, 150).agrees(0.8856, 0.0049, "cubes, 160 patterns of 64 units");
    assert!(fixed(Interaction::Power(4), 160, 40).mean() > 0.999);
    assert!(fixed(Interaction::Power(2), 40, 100).mean() < 5e-3);
    fixed(Interaction::RectifiedPower(2), 40, 400).agrees(0.1376, 0.003, "rectified squares, 40 patterns");
}

#[test]
fn an_exponential_holds_exponentially_many() {
    // (units, share simulated elsewhere and its standard error, patterns asked, trials)
    for (units, share, error, asked, trials) in [
        (12, 0.9106, 0.0015, 64, 400),
        (16, 0.9688, 0.0015, 64, 150),
        (20, 0.9901, 0.0015, 64, 40),
        (24, 0.9938, 0.0028, 32, 30),
    ] {
        let patterns = theory::exponential_capacity(units).round() as usize;
        let point = Point { asked, ..point(Interaction::Exponential, units, patterns) };
        let fixed = find(point, trials).fixed;
        fixed.agrees(share, error, &format!("{patterns} patterns of {units} units"));
        assert!(fixed.error() < 0.005);
    }
    // Well below its rate, it takes back a fifth of wrong bits in one step: e^(0.5 · 0.096 · 100) = 124 patterns.
    let rate = theory::exponential_rate(0.2);
    let patterns = engram::math::exp(0.5 * rate * 100.0) as usize;
    let noisy = Point { noise: 0.2, ..point(Interaction::Exponential, 100, patterns) };
    assert!(find(noisy, 20).fixed.mean() > 0.99);
    let square = Point { interaction: Interaction::Power(2), ..noisy };
    assert!(find(square, 20).fixed.mean() < 0.01);
}

#[test]
fn enumeration_knows_the_memories() {
    let mut rng = Rng::new(31, Stream::Patterns, 0);
    let patterns = random(6, 12, &mut rng);
    for interaction in [Interaction::Power(4), Interaction::RectifiedPower(5), Interaction::Exponential] {
        let net = net(interaction, &patterns, Scale::Depth(12.0));
        let found = minima(&net).unwrap();
        let strict: Vec<u32> = found.strict.iter().map(|state| state.code).collect();
        let rests = attractors(&net, Rule::Greedy(Tie::Keep)).unwrap();
        for x in &patterns {
            assert!(strict.contains(&code(x)), "{interaction:?}");
            assert!(rests.basin(code(x)) > 1);
            let inverse: Vec<i8> = x.iter().map(|s| -s).collect();
            // An even power cannot tell the inverse from the memory; the others do not see it at all.
            assert_eq!(strict.contains(&code(&inverse)), interaction == Interaction::Power(4));
        }
        assert!(found.strict.iter().all(|state| {
            let s = engram::exact::spins(state.code, 12);
            (0..12).all(|i| net.delta(&s, i, -s[i]) > 0.0)
        }));
        let total: u32 = rests.fixed.iter().map(|point| point.basin).sum();
        assert_eq!((total, rests.other.count), (1 << 12, 0));
    }
}

/// Averages of one chain by batches much longer than the correlation time τ: the variance of their means over their number
/// is 2 τ var / n, which also gives τ.
fn the_heat_bath_agrees(what: &str, net: &Dense, temperature: f64) {
    const BATCHES: usize = 100;
    const SWEEPS: usize = 2000;
    let n = Energy::units(net);
    let exact = Exact::enumerate(net, temperature).unwrap();
    let mut expected = exact.mean.clone();
    expected.extend(exact.pair.iter().map(|pair| pair.2));
    expected.push(exact.energy_mean);
    let mut rng = Rng::new(41, Stream::Dynamics, 0);
    let mut state = State::new(net, vec![1; n]);
    let mut rule = HeatBath::new(n, temperature);
    let mut means = vec![Mean::default(); expected.len()];
    let mut singles = vec![Mean::default(); expected.len()];
    for batch in 0..=BATCHES {
        let mut sums = vec![0.0; expected.len()];
        for _ in 0..SWEEPS {
            for _ in 0..n {
                rule.step(net, &mut state, &mut rng);
            }
            let s = state.spins();
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| f64::from(s[i] * s[j])));
            let values =
                s.iter().map(|&s| f64::from(s)).chain(pairs).chain([net.energy_cached(state.cache())]);
            for ((sum, single), value) in sums.iter_mut().zip(&mut singles).zip(values) {
                *sum += value;
                single.add(value);
            }
        }
        // The first batch is thrown away: the start is forgotten in it.
        if batch > 0 {
            means.iter_mut().zip(sums).for_each(|(mean, sum)| mean.add(sum / SWEEPS as f64));
        }
    }
    for (k, ((mean, single), expected)) in means.iter().zip(&singles).zip(&expected).enumerate() {
        let ratio = mean.error() / single.error();
        let tau = 0.5 * ratio * ratio;
        assert!(20.0 * tau < SWEEPS as f64, "{what} {k}: batches are too short for τ = {tau}");
        mean.agrees(*expected, 0.0, &format!("{what}, average {k}, τ = {tau}"));
    }
    // A temperature at which something happens: the energy is neither its least nor that of a coin.
    assert!(exact.heat_capacity > 0.1, "{what}: {}", exact.heat_capacity);
}

#[test]
fn the_heat_bath_samples_the_boltzmann_distribution() {
    let mut rng = Rng::new(40, Stream::Patterns, 0);
    let patterns = random(5, 9, &mut rng);
    the_heat_bath_agrees("cube", &net(Interaction::Power(3), &patterns, Scale::default()), 250.0);
    the_heat_bath_agrees(
        "rectified",
        &net(Interaction::RectifiedPower(4), &patterns, Scale::Depth(9.0)),
        2.0,
    );
    the_heat_bath_agrees("exponential", &net(Interaction::Exponential, &patterns, Scale::Depth(9.0)), 2.0);
}

fn any_interaction() -> impl Strategy<Value = Interaction> {
    prop_oneof![
        (1u32..=30).prop_map(Interaction::Power),
        (1u32..=30).prop_map(Interaction::RectifiedPower),
        Just(Interaction::Exponential),
    ]
}

proptest! {
    #[test]
    fn one_unit_at_a_time_the_energy_never_rises(
        interaction in any_interaction(), units in 2usize..60, count in 1usize..40, seed in any::<u64>(),
        tie in prop_oneof![Just(Tie::Keep), Just(Tie::Plus), Just(Tie::Minus)],
    ) {
        let mut rng = Rng::new(seed, Stream::Experiment, 0);
        let net = net(interaction, &random(count, units, &mut rng), Scale::Depth(units as f64));
        let mut state = State::new(&net, (0..units).map(|_| rng.spin()).collect());
        let mut rule = Asynchronous::new(units, tie);
        let mut energy = net.energy(state.spins());
        for _ in 0..3 * units {
            rule.step(&net, &mut state, &mut rng);
            let next = net.energy(state.spins());
            let size = energy.abs().max(next.abs());
            prop_assert!(next <= energy + 1e-11 * size, "{energy} rose to {next}");
            energy = next;
        }
        prop_assert!(settle(&mut rule, &net, &mut state, tie, &mut rng, 1000).1);
    }

    #[test]
    fn odd_functions_are_odd_and_even_ones_even(degree in 1u32..=30, units in 1usize..40, seed in any::<u64>()) {
        let mut rng = Rng::new(seed, Stream::Experiment, 1);
        let net = net(Interaction::Power(degree), &random(7, units, &mut rng), Scale::default());
        let s: Vec<i8> = (0..units).map(|_| rng.below(3) as i8 - 1).collect();
        let inverse: Vec<i8> = s.iter().map(|s| -s).collect();
        let sign = if degree % 2 == 0 { 1.0 } else { -1.0 };
        prop_assert_eq!(net.energy(&inverse), sign * net.energy(&s) + 0.0);
        let (here, there) = (net.cache(&s), net.cache(&inverse));
        for i in 0..units {
            prop_assert_eq!(net.field(&inverse, &there, i), -sign * net.field(&s, &here, i));
        }
    }
}
