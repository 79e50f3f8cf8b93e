//! The binary Hopfield network held to laws known exactly or by simulation elsewhere.
//!
//! A mean over independent draws may differ from its reference by 4.5 standard errors (7 in a million by chance; the
//! seeds are fixed). The standard error comes from independent networks, never from the bits of one.

use engram::dynamics::{
    Asynchronous, Greedy, HeatBath, Sequential, State, Synchronous, Tie, UpdateRule, settle,
};
use engram::energy::{Conditional, Energy};
use engram::exact::Exact;
use engram::experiment::capacity::{Capacity, Point};
use engram::models::hebbian::Hebbian;
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::pattern::hadamard;
use engram::rng::{Rng, Stream};
use engram::weights::Weights;
use proptest::prelude::*;

fn net(rows: &[Vec<f64>], bias: &[f64]) -> Hopfield<f64> {
    Hopfield::new(Weights::from_rows(rows).unwrap(), bias.to_vec(), BiasSign::Consistent).unwrap()
}

fn fixture_a() -> Hopfield<f64> {
    let rows = [vec![0.0, 1.0, -0.5], vec![1.0, 0.0, 0.25], vec![-0.5, 0.25, 0.0]];
    net(&rows, &[0.2, -0.3, 0.1])
}

/// Rows of the Walsh matrix of order 2^k that alternate in runs of 1, 2, 4 …: over all units, every combination of
/// their signs comes up once.
fn independent_rows(order: usize) -> Vec<Vec<i8>> {
    let rows = hadamard(order, 1).unwrap();
    (0..order.trailing_zeros()).rev().map(|k| rows[1 << k].spins().to_vec()).collect()
}

/// `W = (1/4) S'S − 1` of the four independent rows of length 16.
fn walsh_16(with_bias: bool) -> Hopfield<f64> {
    let memories = independent_rows(16);
    let mut weights = Weights::zero(16, 0.25).unwrap();
    memories.iter().for_each(|x| weights.add_outer(1.0, x));
    let mean = |i: usize| memories.iter().map(|x| f64::from(x[i])).sum::<f64>() / 4.0;
    let bias = (0..16).map(|i| if with_bias { mean(i) } else { 0.0 }).collect();
    Hopfield::new(weights, bias, BiasSign::Consistent).unwrap()
}

fn random_symmetric(n: usize, rng: &mut Rng) -> Hopfield<f64> {
    let mut rows = vec![vec![0.0; n]; n];
    for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
        let w = rng.normal();
        (rows[i][j], rows[j][i]) = (w, w);
    }
    let bias: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
    net(&rows, &bias)
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

/// P(a stored bit's field is strictly wrong) and P(it is zero): the crosstalk is a sum of K = (n−1)(p−1) fair signs
/// against a signal of n − 1.
fn one_bit_law(n: u64, p: u64) -> (f64, f64) {
    let k = (n - 1) * (p - 1);
    let ln_choose = |r: u64| {
        libm::lgamma(k as f64 + 1.0) - libm::lgamma(r as f64 + 1.0) - libm::lgamma((k - r) as f64 + 1.0)
    };
    let term = |r: u64| libm::exp(ln_choose(r) - k as f64 * std::f64::consts::LN_2);
    // Wrong where 2r − K < −(n − 1).
    let twice = k - (n - 1);
    let wrong = (0..twice.div_ceil(2)).map(term).sum();
    (wrong, if twice.is_multiple_of(2) { term(twice / 2) } else { 0.0 })
}

#[test]
fn the_gaussian_one_step_error_inverts_to_the_loads_of_the_table() {
    let error = |alpha: f64| 0.5 * libm::erfc(1.0 / (2.0 * alpha).sqrt());
    for (wanted, load) in
        [(0.001, 0.10472), (0.0036, 0.13846), (0.01, 0.18478), (0.05, 0.36961), (0.1, 0.60887)]
    {
        let (mut low, mut high) = (0.01, 2.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if error(middle) < wanted { low = middle } else { high = middle }
        }
        assert!((low - load).abs() < 1e-5, "{low} instead of {load}");
    }
}

#[test]
fn one_step_errors_follow_the_exact_binomial_law() {
    let table = [
        (16, 4, 8.047_180e-3, 9.801_722e-3, 20_000),
        (36, 4, 1.953_500e-4, 2.153_763e-4, 40_000),
        (64, 8, 1.134_991e-3, 4.196_795e-4, 20_000),
        (100, 10, 3.992_072e-4, 1.086_465e-4, 20_000),
        (100, 20, 1.055_095e-2, 1.359_301e-3, 10_000),
    ];
    for (n, p, wrong, tied, networks) in table {
        let law = one_bit_law(n as u64, p as u64);
        assert!((law.0 / wrong - 1.0).abs() < 1e-6 && (law.1 / tied - 1.0).abs() < 1e-6, "{law:?}");
        let mut rng = Rng::new(11, Stream::Patterns, (n * p) as u64);
        let mut net = Hebbian::random(n, p, 1.0, &mut rng).unwrap();
        let (mut wrongs, mut ties) = (Mean::default(), Mean::default());
        for _ in 0..networks {
            net.redraw(&mut rng);
            let (mut wrong, mut tied) = (0, 0);
            for spins in (0..p).map(|k| net.pattern(k)) {
                let cache = net.cache(&spins);
                for (i, &s) in spins.iter().enumerate() {
                    let field = net.field(&spins, &cache, i) * f64::from(s);
                    wrong += u32::from(field < 0.0);
                    tied += u32::from(field == 0.0);
                }
            }
            wrongs.add(f64::from(wrong) / (n * p) as f64);
            ties.add(f64::from(tied) / (n * p) as f64);
        }
        wrongs.agrees(wrong, 0.0, &format!("wrong bits, n {n}, p {p}"));
        ties.agrees(tied, 0.0, &format!("tied bits, n {n}, p {p}"));
    }
}

#[test]
fn stored_patterns_that_are_fixed_points() {
    // (patterns, fixed if ties count as failure, fixed if ties keep, standard error)
    let table = [
        (10, 0.9570, 0.9645, 0.0036),
        (14, 0.768, 0.796, 0.007),
        (20, 0.3575, 0.405, 0.008),
        (30, 0.037, 0.051, 0.003),
    ];
    let fractions = |p: usize| {
        let mut rng = Rng::new(12, Stream::Patterns, p as u64);
        let mut net = Hebbian::random(100, p, 1.0, &mut rng).unwrap();
        let (mut strict, mut kept) = (Mean::default(), Mean::default());
        for _ in 0..2000 {
            net.redraw(&mut rng);
            let (mut firm, mut fixed) = (0, 0);
            for spins in (0..p).map(|k| net.pattern(k)) {
                let cache = net.cache(&spins);
                let least = (0..100)
                    .map(|i| net.field(&spins, &cache, i) * f64::from(spins[i]))
                    .fold(f64::INFINITY, f64::min);
                firm += u32::from(least > 0.0);
                fixed += u32::from(least >= 0.0);
            }
            strict.add(f64::from(firm) / p as f64);
            kept.add(f64::from(fixed) / p as f64);
        }
        (strict, kept)
    };
    assert!(fractions(5).0.mean() > 0.999);
    for (p, strict, kept, error) in table {
        let found = fractions(p);
        found.0.agrees(strict, error, &format!("fixed points, ties fail, p {p}"));
        found.1.agrees(kept, error, &format!("fixed points, ties keep, p {p}"));
    }
}

#[test]
fn retrieval_above_and_below_capacity() {
    let overlap = |units, patterns, trials| {
        let point = Point { units, patterns, noise: 0.0, max_sweeps: 400 };
        let mut capacity = Capacity::new(point).unwrap();
        let mut mean = Mean::default();
        for index in 0..trials {
            let trial = capacity.over_patterns(13, index);
            assert!(trial.settled);
            mean.add(trial.overlap);
        }
        mean
    };
    let below = overlap(1000, 100, 60);
    assert!(below.mean() > 0.99);
    below.agrees(0.9975, 0.0004, "n 1000, load 0.10");
    let (small, middle, large) = (overlap(250, 50, 600), overlap(1000, 200, 100), overlap(2000, 400, 40));
    assert!(middle.mean() < 0.5);
    middle.agrees(0.366, 0.012, "n 1000, load 0.20");
    large.agrees(0.284, 0.009, "n 2000, load 0.20");
    // The collapse sharpens with size.
    assert!(large.mean() < middle.mean() && middle.mean() < small.mean());
    assert!((small.mean() - 0.699).abs() < 0.06, "{}", small.mean());
}

proptest! {
    #[test]
    fn one_unit_at_a_time_the_energy_never_rises(
        n in 2usize..24, seed in any::<u64>(), tie in prop_oneof![Just(Tie::Keep), Just(Tie::Plus), Just(Tie::Minus)],
    ) {
        let mut rng = Rng::new(seed, Stream::Experiment, 0);
        let net = random_symmetric(n, &mut rng);
        let start: Vec<i8> = (0..n).map(|_| rng.below(3) as i8 - 1).collect();
        fn falls<R: UpdateRule>(mut rule: R, net: &Hopfield<f64>, start: &[i8], rng: &mut Rng) -> Result<(), TestCaseError> {
            let mut state = State::new(net, start.to_vec());
            let mut energy = net.energy(start);
            for _ in 0..200 {
                rule.step(net, &mut state, rng);
                let next = net.energy(state.spins());
                prop_assert!(next <= energy + 1e-11, "{energy} rose to {next}");
                energy = next;
            }
            Ok(())
        }
        falls(Asynchronous::new(n, tie), &net, &start, &mut rng)?;
        falls(Sequential::new(tie), &net, &start, &mut rng)?;
        falls(Greedy::new(tie), &net, &start, &mut rng)?;
    }

    #[test]
    fn greedy_takes_the_steepest_way(n in 2usize..20, seed in any::<u64>()) {
        let mut rng = Rng::new(seed, Stream::Experiment, 1);
        let net = random_symmetric(n, &mut rng);
        let mut state = State::new(&net, (0..n).map(|_| rng.spin()).collect());
        let mut rule = Greedy::new(Tie::Keep);
        loop {
            let before = state.spins().to_vec();
            let costs: Vec<f64> = (0..n).map(|i| net.delta(&before, i, -before[i])).collect();
            let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
            match rule.step(&net, &mut state, &mut rng).unit {
                Some(unit) => {
                    prop_assert!(least < 0.0 && costs[unit as usize] <= least + 1e-12);
                    prop_assert_eq!(state.spins()[unit as usize], -before[unit as usize]);
                }
                None => {
                    prop_assert!(least >= -1e-12);
                    break;
                }
            }
        }
    }
}

#[test]
fn synchronous_runs_obey_their_lyapunov_function_and_end_with_period_two_at_most() {
    let mut rng = Rng::new(14, Stream::Experiment, 0);
    let (mut fixed, mut cycles) = (0, 0);
    for _ in 0..300 {
        let net = random_symmetric(20, &mut rng);
        let mut state = State::new(&net, (0..20).map(|_| rng.spin()).collect());
        let mut rule = Synchronous::new(Tie::Keep);
        let mut last = f64::INFINITY;
        for step in 0.. {
            assert!(step < 200, "neither rest nor a cycle of two");
            let before = state.spins().to_vec();
            let sums = net.cache(&before);
            if rule.step(&net, &mut state, &mut rng).changed == 0 {
                fixed += 1;
                break;
            }
            if rule.is_cycling() {
                cycles += 1;
                break;
            }
            // L = −s(t)'W s(t−1) − b'(s(t) + s(t−1)).
            let lyapunov: f64 = (0..20)
                .map(|i| {
                    let (new, old) = (f64::from(state.spins()[i]), f64::from(before[i]));
                    -new * sums[i] - net.bias()[i] * (new + old)
                })
                .sum();
            assert!(lyapunov <= last + 1e-11);
            last = lyapunov;
        }
    }
    assert_eq!(fixed + cycles, 300);
    assert!(fixed > 0 && cycles > 200, "{fixed} {cycles}");
}

#[test]
fn the_smallest_cycle_is_told_by_its_states_and_not_by_its_energy() {
    let net = net(&[vec![0.0, 1.0], vec![1.0, 0.0]], &[0.0, 0.0]);
    let mut state = State::new(&net, vec![1, -1]);
    let mut rule = Synchronous::new(Tie::Keep);
    let mut rng = Rng::new(0, Stream::Dynamics, 0);
    let mut told = vec![];
    for _ in 0..4 {
        assert_eq!(rule.step(&net, &mut state, &mut rng).changed, 2);
        assert_eq!(net.energy(state.spins()), 1.0);
        assert_eq!(state.unstable(&net, Tie::Keep), 2);
        told.push(rule.is_cycling());
    }
    assert_eq!(told, [false, true, true, true]);
    assert!(!settle(&mut Synchronous::new(Tie::Keep), &net, &mut state, Tie::Keep, &mut rng, 50).1);
}

#[test]
fn odd_mixtures_are_stable_with_their_energies() {
    // m = C(k−1, (k−1)/2) / 2^(k−1), E/n = −k m²/2.
    for (mixed, m, energy) in
        [(1, 1.0, -0.5), (3, 0.5, -0.375), (5, 0.375, -0.351_562_5), (7, 0.3125, -0.341_796_875)]
    {
        let n = 128;
        let memories = independent_rows(n);
        let views: Vec<&[i8]> = memories.iter().map(Vec::as_slice).collect();
        let net = Hebbian::new(&views, 1.0 / n as f64).unwrap();
        let vote: Vec<i8> = (0..n)
            .map(|i| if views[..mixed].iter().map(|x| i32::from(x[i])).sum::<i32>() > 0 { 1 } else { -1 })
            .collect();
        assert!(views[..mixed].iter().all(|x| engram::observe::overlap(x, &vote) == m));
        // The diagonal that the net lacks would give P/2n a unit.
        assert_eq!(net.energy(&vote) / n as f64, energy + 7.0 / (2.0 * n as f64));
        let state = State::new(&net, vote);
        assert_eq!(state.unstable(&net, Tie::Keep), 0);
    }
}

#[test]
fn a_sweep_asks_each_unit_once_in_an_order_of_its_own() {
    let net = walsh_16(false);
    let mut state = State::new(&net, vec![1; 16]);
    let mut rng = Rng::new(15, Stream::Dynamics, 0);
    let mut orders = vec![];
    let mut rule = Asynchronous::new(16, Tie::Keep);
    for _ in 0..20 {
        let order: Vec<u32> = (0..16).map(|_| rule.step(&net, &mut state, &mut rng).unit.unwrap()).collect();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..16).collect::<Vec<u32>>());
        assert!(!orders.contains(&order));
        orders.push(order);
    }
}

#[test]
fn a_quench_ends_in_a_memory_as_often_as_it_should() {
    let net = walsh_16(false);
    let memories = independent_rows(16);
    let mut rng = Rng::new(16, Stream::Start, 0);
    let mut hits = Mean::default();
    for _ in 0..20_000 {
        let mut state = State::new(&net, (0..16).map(|_| rng.spin()).collect());
        let mut rule = Asynchronous::new(16, Tie::Keep);
        assert!(settle(&mut rule, &net, &mut state, Tie::Keep, &mut rng, 100).1);
        let hit = memories.iter().any(|m| engram::observe::overlap(m, state.spins()).abs() == 1.0);
        hits.add(f64::from(u8::from(hit)));
    }
    hits.agrees(0.7685, 0.0067, "quench into a memory or its inverse");
}

/// Averages of one chain by batches: with batches much longer than the correlation time τ, the variance of their means
/// over their number is 2 τ var / n, which also gives τ.
struct Chain {
    batch: f64,
    sums: Vec<f64>,
    squares: Vec<f64>,
    means: Vec<Mean>,
}

impl Chain {
    fn agrees(&self, expected: &[f64], what: &str) {
        for (k, (mean, &expected)) in self.means.iter().zip(expected).enumerate() {
            let total = self.batch * mean.count;
            let average = self.sums[k] / total;
            let variance = self.squares[k] / total - average * average;
            let tau = 0.5 * total * mean.error() * mean.error() / variance;
            assert!(20.0 * tau < self.batch, "{what} {k}: batches are too short for τ = {tau}");
            mean.agrees(expected, 0.0, &format!("{what}, average {k}, τ = {tau}"));
        }
    }
}

/// Means, pairs (in the order of [`Exact::pair`]) and energy after each sweep.
fn sample(net: &Hopfield<f64>, start: State<Vec<f64>>, temperature: f64, batch: usize) -> Chain {
    let n = start.spins().len();
    let many = n + n * (n - 1) / 2 + 1;
    let mut chain = Chain {
        batch: batch as f64,
        sums: vec![0.0; many],
        squares: vec![0.0; many],
        means: vec![Mean::default(); many],
    };
    let mut rng = Rng::new(17, Stream::Dynamics, n as u64);
    let mut state = start;
    let mut rule = HeatBath::new(n, temperature);
    for number in 0..101 {
        let mut sums = vec![0.0; many];
        for _ in 0..batch {
            for _ in 0..n {
                rule.step(net, &mut state, &mut rng);
            }
            let s = state.spins();
            let spins = s.iter().map(|&s| f64::from(s));
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| f64::from(s[i] * s[j])));
            let energy = net.energy_cached(s, state.cache());
            for (k, x) in spins.chain(pairs).chain([energy]).enumerate() {
                sums[k] += x;
                chain.squares[k] += if number > 0 { x * x } else { 0.0 };
            }
        }
        // The first batch is thrown away: the start is forgotten in it.
        if number > 0 {
            for (k, sum) in sums.iter().enumerate() {
                chain.sums[k] += sum;
                chain.means[k].add(sum / batch as f64);
            }
        }
        state.refresh(net);
    }
    chain
}

#[test]
fn the_heat_bath_samples_the_boltzmann_distribution() {
    let cases = [
        ("three units at T = 1", fixture_a(), 1.0, 4000),
        ("three units at T = 2", fixture_a(), 2.0, 4000),
        ("sixteen units at T = 2", walsh_16(false), 2.0, 2000),
        ("sixteen units with biases at T = 2", walsh_16(true), 2.0, 2000),
    ];
    for (what, net, temperature, batch) in cases {
        let exact = Exact::enumerate(&net, temperature).unwrap();
        let expected: Vec<f64> = exact
            .mean
            .iter()
            .copied()
            .chain(exact.pair.iter().map(|pair| pair.2))
            .chain([exact.energy_mean])
            .collect();
        let start = State::new(&net, vec![1; net.bias().len()]);
        sample(&net, start, temperature, batch).agrees(&expected, what);
    }
}

#[test]
fn the_conditional_law_of_one_unit() {
    // s1 = +1, s2 = −1: h_0 = 1 + 0.5 + 0.2.
    let net = fixture_a();
    let spins = [1, 1, -1];
    let field = net.field(&spins, &net.cache(&spins), 0);
    assert!((HeatBath::probability(field, 1.0) - 0.967_704_535_3).abs() < 5e-11);
    assert_eq!(HeatBath::probability(0.0, 0.0), 0.5);
    assert_eq!(HeatBath::probability(-1e-300, 0.0), 0.0);
}

#[test]
fn clamped_units_stay_and_the_others_obey_the_conditional_law() {
    let net = fixture_a();
    let mut start = State::new(&net, vec![1, -1, -1]);
    start.clamp(0, true);
    // P(s | s_0 = +1) over the four states of the others.
    let mut z = 0.0;
    let mut expected = [0.0; 7];
    for (a, b) in [(-1i8, -1i8), (-1, 1), (1, -1), (1, 1)] {
        let energy = net.energy(&[1, a, b]);
        let weight = libm::exp(-energy);
        z += weight;
        let (a, b) = (f64::from(a), f64::from(b));
        for (sum, x) in expected.iter_mut().zip([1.0, a, b, a, b, a * b, energy]) {
            *sum += weight * x;
        }
    }
    expected.iter_mut().for_each(|sum| *sum /= z);
    let chain = sample(&net, start, 1.0, 4000);
    assert_eq!(chain.means[0].mean(), 1.0);
    let others = Chain {
        batch: chain.batch,
        sums: chain.sums[1..].to_vec(),
        squares: chain.squares[1..].to_vec(),
        means: chain.means[1..].to_vec(),
    };
    others.agrees(&expected[1..], "given unit 0");
}
