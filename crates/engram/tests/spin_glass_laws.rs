//! Spin glasses held to enumeration: ground states, Boltzmann's law, and the law of the overlap of two replicas.
//!
//! A mean may differ from its reference by 4.5 standard errors (7 in a million by chance; the seeds are fixed).

use engram::dynamics::schedule::{After, Course, Schedule};
use engram::dynamics::tempering::{Tempering, ladder};
use engram::dynamics::{Annealing, HeatBath, Metropolis, State, Thermal, Tie, UpdateRule, settle};
use engram::energy::{Conditional, Energy};
use engram::exact::{Exact, ground, overlaps, spins};
use engram::models::spin_glass::{Boundary, Couplings, EdwardsAnderson, sherrington_kirkpatrick};
use engram::observe::{Moments, Overlaps, Series};
use engram::rng::{Rng, Stream};
use proptest::prelude::*;

fn lattice(width: usize, height: usize, couplings: Couplings, seed: u64) -> EdwardsAnderson {
    let mut rng = Rng::new(seed, Stream::Couplings, 0);
    EdwardsAnderson::random(width, height, Boundary::Periodic, couplings, &mut rng).unwrap()
}

/// The lowest energy of several slow coolings from random states.
fn annealed<M: Energy + Conditional>(net: &M, seed: u64) -> f64 {
    let n = Energy::units(net);
    let mut rng = Rng::new(seed, Stream::Dynamics, 0);
    let course = Course::Geometric { from: 3.0, to: 0.1 };
    let schedule = Schedule::new(course, 200, After::Quench).unwrap();
    let cool = |_| {
        let mut state = State::new(net, (0..n).map(|_| rng.spin()).collect());
        let mut rule = Annealing::new(HeatBath::new(n, 0.0), schedule.clone());
        while !rule.is_over() {
            rule.step(net, &mut state, &mut rng);
        }
        let (_, settled) = settle(&mut rule, net, &mut state, Tie::Keep, &mut rng, 10_000);
        assert!(settled);
        net.energy(state.spins())
    };
    (0..12).map(cool).fold(f64::INFINITY, f64::min)
}

#[test]
fn annealing_finds_the_ground_states_that_enumeration_knows() {
    let equal = |found: f64, known: f64, what: &str| {
        assert!((found - known).abs() < 1e-9 * known.abs(), "{what}: {found} instead of {known}");
    };
    for (n, seed) in [(8, 1), (10, 2), (12, 3), (16, 4), (20, 5)] {
        let net = sherrington_kirkpatrick(n, &mut Rng::new(seed, Stream::Couplings, 0)).unwrap();
        equal(annealed(&net, seed), ground(&net).unwrap().energy, &format!("SK of {n}"));
    }
    for couplings in [Couplings::PlusMinus, Couplings::Gaussian] {
        for (width, height, seed) in [(3, 3, 1), (4, 3, 2), (4, 4, 3), (5, 4, 4)] {
            let net = lattice(width, height, couplings, seed);
            let known = ground(&net).unwrap();
            equal(annealed(&net, seed), known.energy, &format!("{couplings:?}, {width} × {height}"));
            assert!(known.states.is_multiple_of(2));
            assert!(couplings == Couplings::PlusMinus || known.states == 2, "{known:?}");
            assert!((net.energy(&spins(known.code, width * height)) - known.energy).abs() < 1e-12);
        }
    }
}

#[test]
fn ground_states_of_all_pairs_have_the_known_means() {
    // Means over many samples by another program, with their errors.
    for (n, mean, error, samples) in
        [(10, -0.5982, 0.0015, 1000), (12, -0.6200, 0.0019, 500), (14, -0.6326, 0.0025, 250)]
    {
        let mut found = Moments::default();
        for sample in 0..samples {
            let mut rng = Rng::new(6, Stream::Couplings, sample);
            let net = sherrington_kirkpatrick(n, &mut rng).unwrap();
            found.add(ground(&net).unwrap().energy / n as f64);
        }
        let own = found.deviation() / (samples as f64).sqrt();
        let both = (own * own + error * error).sqrt();
        assert!(own < 0.007 && (found.mean() - mean).abs() < 4.5 * both, "{n}: {} ± {own}", found.mean());
    }
}

/// The law of overlaps as two runs have it, bin by bin, with the errors of correlated series.
struct Law {
    bins: Vec<Series>,
    seen: Overlaps,
}

impl Law {
    fn new(n: usize) -> Self {
        Self { bins: vec![Series::default(); n + 1], seen: Overlaps::new(n) }
    }

    fn add(&mut self, a: &[i8], b: &[i8]) {
        self.seen.add(a, b);
        let agree = a.iter().zip(b).filter(|(a, b)| a == b).count();
        self.bins.iter_mut().enumerate().for_each(|(k, bin)| bin.add(f64::from(u8::from(k == agree))));
    }

    fn agrees(&self, exact: &[f64], what: &str) {
        let n = self.seen.units() as f64;
        for (k, (bin, &p)) in self.bins.iter().zip(exact).enumerate() {
            let estimate = bin.estimate();
            let count = self.seen.count() as f64;
            if p * count < 50.0 {
                assert!(estimate.mean * count < 200.0, "{what}: {} at {k} instead of {p}", estimate.mean);
                continue;
            }
            assert!(estimate.resolved, "{what}: τ = {}", estimate.tau);
            let error = (2.0 * estimate.tau.max(0.5) * p * (1.0 - p) / count).sqrt();
            assert!(
                (estimate.mean - p).abs() <= 4.5 * error,
                "{what}: {} at {k} instead of {p} ± {error}",
                estimate.mean
            );
            assert!((self.seen.counts()[k] as f64 / count - estimate.mean).abs() < 1e-12);
        }
        let square = |k: usize| (2.0 * k as f64 / n - 1.0) * (2.0 * k as f64 / n - 1.0);
        let expected: f64 = exact.iter().enumerate().map(|(k, p)| p * square(k)).sum();
        let found = self.seen.mean_square();
        assert!((found.mean - expected).abs() <= 4.5 * found.error, "{what}: ⟨q²⟩ {found:?}, {expected}");
    }
}

/// Energies and overlaps of two replicas under a rule, against all states.
fn check<M: Energy + Conditional, R: Thermal>(net: &M, make: impl Fn() -> R, what: &str) {
    let n = Energy::units(net);
    let temperature = make().temperature();
    let mut pair = [0, 1].map(|dice| {
        let mut rng = Rng::new(7, Stream::Dynamics, dice);
        let state = State::new(net, (0..n).map(|_| rng.spin()).collect());
        (make(), state, rng)
    });
    let (mut law, mut energies) = (Law::new(n), Series::default());
    for sweep in 0..60_100 {
        for (rule, state, rng) in &mut pair {
            (0..rule.sweep_length(n)).for_each(|_| {
                rule.step(net, state, rng);
            });
        }
        if sweep >= 100 {
            let [(_, a, _), (_, b, _)] = &pair;
            law.add(a.spins(), b.spins());
            energies.add(net.energy_cached(a.spins(), a.cache()));
        }
    }
    law.agrees(&overlaps(net, temperature).unwrap(), what);
    let (known, found) = (Exact::enumerate(net, temperature).unwrap().energy_mean, energies.estimate());
    assert!(found.resolved && (found.mean - known).abs() <= 4.5 * found.error, "{what}: {found:?}, {known}");
}

#[test]
fn two_replicas_are_as_alike_as_boltzmann_says() {
    for temperature in [1.5, 2.5] {
        let n = 9;
        let heat = || HeatBath::new(n, temperature);
        let full = sherrington_kirkpatrick(n, &mut Rng::new(8, Stream::Couplings, 0)).unwrap();
        check(&full, heat, "SK, heat bath");
        check(&full, || Metropolis::new(temperature), "SK, Metropolis");
        for couplings in [Couplings::PlusMinus, Couplings::Gaussian] {
            let net = lattice(3, 3, couplings, 9);
            check(&net, heat, &format!("{couplings:?}, heat bath, T = {temperature}"));
            check(&net, || Metropolis::new(temperature), &format!("{couplings:?}, Metropolis"));
        }
    }
}

#[test]
fn tempered_replicas_are_as_alike_at_every_temperature() {
    let temperatures = ladder(0.25, 2.0, 5).unwrap();
    let net = lattice(5, 2, Couplings::Gaussian, 10);
    let mut pair = [0, 1].map(|dice| {
        let mut rng = Rng::new(11, Stream::Dynamics, dice);
        let mut tempering = Tempering::new(&net, &temperatures, &State::new(&net, vec![1; 10])).unwrap();
        tempering.scatter(&net, &mut rng);
        (tempering, rng)
    });
    let mut laws: Vec<Law> = temperatures.iter().map(|_| Law::new(10)).collect();
    for round in 0..40_100 {
        pair.iter_mut().for_each(|(tempering, rng)| tempering.round(&net, rng));
        if round >= 100 {
            let [(a, _), (b, _)] = &pair;
            laws.iter_mut().enumerate().for_each(|(k, law)| law.add(a.state(k).spins(), b.state(k).spins()));
        }
    }
    for (law, &t) in laws.iter().zip(&temperatures) {
        law.agrees(&overlaps(&net, t).unwrap(), &format!("tempering at T = {t}"));
    }
}

/// A lattice of any size, kind and edges, with a state and signs.
fn any_lattice() -> impl Strategy<Value = (EdwardsAnderson, Vec<i8>, Vec<i8>)> {
    let spin = || any::<bool>().prop_map(|up| if up { 1i8 } else { -1 });
    (1usize..7, 1usize..7, any::<[bool; 2]>(), any::<u64>()).prop_flat_map(
        move |(width, height, [periodic, gaussian], seed)| {
            let boundary = if periodic { Boundary::Periodic } else { Boundary::Free };
            let couplings = if gaussian { Couplings::Gaussian } else { Couplings::PlusMinus };
            let mut rng = Rng::new(seed, Stream::Couplings, 0);
            let net = EdwardsAnderson::random(width, height, boundary, couplings, &mut rng).unwrap();
            let spins = || prop::collection::vec(spin(), width * height);
            (Just(net), spins(), spins())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_signs_change_nothing_but_names((net, state, signs) in any_lattice()) {
        let other = net.gauged(&signs);
        let seen: Vec<i8> = state.iter().zip(&signs).map(|(s, t)| s * t).collect();
        // Signs alone differ: not a bit is rounded otherwise.
        prop_assert_eq!(other.energy(&seen), net.energy(&state));
        for unit in 0..state.len() {
            prop_assert_eq!(other.plaquette(unit), net.plaquette(unit));
        }
        prop_assert_eq!(other.gauged(&signs), net);
    }

    #[test]
    fn energies_fields_and_costs_belong_together((net, mut state, to) in any_lattice()) {
        let mut cache = net.cache(&state);
        for unit in 0..state.len() {
            let (before, delta) = (net.energy(&state), net.delta(&state, unit, to[unit]));
            let field = net.field(&state, &cache, unit);
            prop_assert!((delta + f64::from(to[unit] - state[unit]) * field).abs() < 1e-12);
            let from = std::mem::replace(&mut state[unit], to[unit]);
            net.changed(&state, &mut cache, unit, from);
            prop_assert!((net.energy(&state) - before - delta).abs() < 1e-11);
            prop_assert!((net.energy_cached(&state, &cache) - net.energy(&state)).abs() < 1e-11);
        }
        for (unit, (kept, fresh)) in cache.iter().zip(net.cache(&state)).enumerate() {
            prop_assert!((kept - fresh).abs() <= net.drift(unit) * state.len() as f64);
        }
        let negative: Vec<i8> = state.iter().map(|s| -s).collect();
        prop_assert_eq!(net.energy(&negative), net.energy(&state));
    }
}
