//! Sampling, cooling and tempering held to exact laws.
//!
//! A mean may differ from its reference by 4.5 standard errors (7 in a million by chance; the seeds are fixed). Standard
//! errors of chains come from [`Series`], which is held to chains of known correlation here, too.

use engram::dynamics::schedule::{After, Course, Schedule};
use engram::dynamics::tempering::{Tempering, ladder};
use engram::dynamics::{
    Annealing, Asynchronous, HeatBath, Metropolis, State, Thermal, Tie, UpdateRule, settle,
};
use engram::energy::Energy as _;
use engram::exact::{Exact, code, spins};
use engram::math;
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::observe::{Acceptance, Best, Moments, Series, heat_capacity, susceptibility};
use engram::pattern::hadamard;
use engram::rng::{Rng, Stream};
use engram::weights::Weights;

type Net = Hopfield<f64>;

/// Couplings of both signs, normal with variance `1/n`, and biases half as strong.
fn gaussian(n: usize, seed: u64, biases: bool) -> Net {
    let mut rng = Rng::new(seed, Stream::Experiment, n as u64);
    let mut rows = vec![vec![0.0; n]; n];
    for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
        let w = rng.normal() / (n as f64).sqrt();
        (rows[i][j], rows[j][i]) = (w, w);
    }
    let bias = (0..n).map(|_| if biases { 0.5 * rng.normal() } else { 0.0 }).collect();
    Hopfield::new(Weights::from_rows(&rows).unwrap(), bias, BiasSign::Consistent).unwrap()
}

/// Rows 1, 2, 4 and 8 of the Walsh matrix of order 16.
fn walsh_memories() -> Vec<Vec<i8>> {
    let rows = hadamard(4, 4).unwrap();
    [1, 2, 4, 8].iter().map(|&k: &usize| rows[k].spins().to_vec()).collect()
}

/// `W = (1/4) S'S − 1` of these four.
fn walsh_16() -> Net {
    let mut weights = Weights::zero(16, 0.25).unwrap();
    walsh_memories().iter().for_each(|x| weights.add_outer(1.0, x));
    Hopfield::new(weights, vec![0.0; 16], BiasSign::Consistent).unwrap()
}

fn agrees(found: f64, error: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 4.5 * error, "{what}: {found} instead of {expected}, error {error}");
}

fn series_agrees(series: &Series, expected: f64, what: &str) {
    let estimate = series.estimate();
    assert!(estimate.resolved, "{what}: the run is too short for τ = {}", estimate.tau);
    agrees(estimate.mean, estimate.error, expected, what);
}

/// P(s) of every state by its number, given what is clamped: 0 for states that differ from it.
fn law(net: &Net, temperature: f64, start: &State<Vec<f64>>) -> Vec<f64> {
    let n = start.spins().len();
    let fits = |s: &[i8]| (0..n).all(|i| !start.clamped()[i] || s[i] == start.spins()[i]);
    let weight = |s: &[i8]| if fits(s) { libm::exp(-net.energy(s) / temperature) } else { 0.0 };
    let weights: Vec<f64> = (0..1 << n).map(|code| weight(&spins(code, n))).collect();
    let z: f64 = weights.iter().sum();
    weights.iter().map(|w| w / z).collect()
}

/// How often each state comes up.
struct Visits {
    states: Vec<Series>,
}

impl Visits {
    fn new(units: usize) -> Self {
        Self { states: vec![Series::default(); 1 << units] }
    }

    fn add(&mut self, s: &[i8]) {
        let here = code(s) as usize;
        self.states.iter_mut().enumerate().for_each(|(k, state)| state.add(f64::from(u8::from(k == here))));
    }

    /// Every state is as frequent as it should be; those too rare to be counted are so together.
    fn agree(&self, law: &[f64], what: &str) {
        let (mut rare, mut rare_law, mut count) = (0.0, 0.0, 0.0);
        for (state, &p) in self.states.iter().zip(law) {
            let estimate = state.estimate();
            count = state.moments().count() as f64;
            if p * count < 50.0 {
                rare += estimate.mean;
                rare_law += p;
                continue;
            }
            assert!(estimate.resolved, "{what}: τ = {}", estimate.tau);
            let error = (2.0 * estimate.tau.max(0.5) * p * (1.0 - p) / count).sqrt();
            agrees(estimate.mean, error, p, what);
        }
        assert!(rare * count <= 10.0 + 10.0 * rare_law * count, "{what}: rare states come up {rare}");
    }
}

fn sweep<R: UpdateRule>(rule: &mut R, net: &Net, state: &mut State<Vec<f64>>, rng: &mut Rng) {
    (0..rule.sweep_length(state.spins().len())).for_each(|_| {
        rule.step(net, state, rng);
    });
}

fn visits<R: UpdateRule>(rule: &mut R, net: &Net, start: &State<Vec<f64>>, sweeps: usize) -> Visits {
    let mut rng = Rng::new(21, Stream::Dynamics, 0);
    let mut state = start.clone();
    let mut visits = Visits::new(state.spins().len());
    (0..100).for_each(|_| sweep(rule, net, &mut state, &mut rng));
    for _ in 0..sweeps {
        sweep(rule, net, &mut state, &mut rng);
        visits.add(state.spins());
    }
    visits
}

/// Nothing clamped; two units clamped, against what they would like, one as unknown.
fn starts(net: &Net, n: usize) -> [State<Vec<f64>>; 2] {
    let free = State::new(net, vec![1; n]);
    let mut held = State::new(net, vec![-1; n]);
    held.clamp(0, true);
    held.clamp(n - 1, true);
    [free, held]
}

/// The standard error of a difference.
fn both(a: f64, b: f64) -> f64 {
    math::sqrt(a * a + b * b)
}

#[test]
fn heat_bath_and_metropolis_visit_every_state_as_often_as_boltzmann_says() {
    for (n, seed) in [(3, 1), (4, 2), (5, 3)] {
        let net = gaussian(n, seed, true);
        for (temperature, start) in
            [0.4, 1.0, 3.0].into_iter().flat_map(|t| starts(&net, n).map(|start| (t, start)))
        {
            let law = law(&net, temperature, &start);
            let what = |rule: &str| format!("{rule}, {n} units, T = {temperature}, {:?}", start.clamped());
            let heat = visits(&mut HeatBath::new(n, temperature), &net, &start, 60_000);
            heat.agree(&law, &what("heat bath"));
            let metropolis = visits(&mut Metropolis::new(temperature), &net, &start, 60_000);
            metropolis.agree(&law, &what("Metropolis"));
        }
    }
}

#[test]
fn metropolis_reaches_every_state_where_no_flip_costs_anything() {
    // An even number of units, looked at after every sweep: with any rhythm half of the states would never come up.
    let free = Hopfield::new(Weights::zero(4, 1.0).unwrap(), vec![0.0; 4], BiasSign::Consistent).unwrap();
    for (net, temperature) in [(free, 1.0), (gaussian(4, 4, true), f64::INFINITY)] {
        let start = State::new(&net, vec![1; 4]);
        let found = visits(&mut Metropolis::new(temperature), &net, &start, 40_000);
        found.agree(&[1.0 / 16.0; 16], "uniform");
    }
}

#[test]
fn every_temperature_of_the_ladder_keeps_its_own_law() {
    let n = 5;
    let net = gaussian(n, 5, true);
    let temperatures = ladder(0.4, 3.0, 5).unwrap();
    for start in starts(&net, n) {
        let mut rng = Rng::new(22, Stream::Dynamics, 0);
        let mut tempering = Tempering::new(&net, &temperatures, &start).unwrap();
        let mut found: Vec<Visits> = temperatures.iter().map(|_| Visits::new(n)).collect();
        for round in 0..40_100 {
            tempering.round(&net, &mut rng);
            if round >= 100 {
                found.iter_mut().enumerate().for_each(|(k, f)| f.add(tempering.state(k).spins()));
            }
        }
        for (found, &t) in found.iter().zip(&temperatures) {
            found.agree(&law(&net, t, &start), &format!("tempering at T = {t}, {:?}", start.clamped()));
        }
        // P(swap) = Σ P_cold(a) P_hot(b) min(1, exp((1/T_c − 1/T_h)(E_a − E_b))), for independent replicas.
        for (low, pair) in temperatures.windows(2).enumerate() {
            let [cold, hot] = [pair[0], pair[1]].map(|t| law(&net, t, &start));
            let energy: Vec<f64> = (0..1 << n).map(|code| net.energy(&spins(code, n))).collect();
            let rate: f64 = (0..1 << n)
                .flat_map(|a| (0..1 << n).map(move |b| (a, b)))
                .map(|(a, b)| {
                    let exponent = (1.0 / pair[0] - 1.0 / pair[1]) * (energy[a] - energy[b]);
                    cold[a] * hot[b] * libm::exp(exponent.min(0.0))
                })
                .sum();
            let swaps = tempering.exchanges().swaps()[low];
            assert_eq!(swaps.proposed, 20_050);
            // Tries follow each other at some distance; their correlation is allowed for by a factor of two.
            let error = 2.0 * (rate * (1.0 - rate) / swaps.proposed as f64).sqrt();
            agrees(swaps.rate(), error, rate, &format!("swaps of pair {low}"));
        }
    }
}

#[test]
fn larger_nets_have_their_means_pairs_energy_heat_capacity_and_susceptibility() {
    fn check<R: Thermal>(mut rule: R, net: &Net, n: usize, what: &str) {
        let temperature = rule.temperature();
        let exact = Exact::enumerate(net, temperature).unwrap();
        let mut rng = Rng::new(23, Stream::Dynamics, 0);
        let mut state = State::new(net, vec![0; n]);
        let mut found = vec![Series::default(); n + exact.pair.len() + 3];
        let (mut energies, mut magnetisations) = (Moments::default(), Moments::default());
        let m_mean = exact.mean.iter().sum::<f64>() / n as f64;
        (0..200).for_each(|_| sweep(&mut rule, net, &mut state, &mut rng));
        for number in 0..60_000 {
            sweep(&mut rule, net, &mut state, &mut rng);
            if number % 1000 == 0 {
                state.refresh(net);
            }
            let s = state.spins();
            let energy = net.energy_cached(s, state.cache());
            let m = s.iter().map(|&s| f64::from(s)).sum::<f64>() / n as f64;
            energies.add(energy);
            magnetisations.add(m);
            let squares = [energy - exact.energy_mean, m - m_mean].map(|x| x * x);
            let all = s.iter().map(|&s| f64::from(s));
            let all = all.chain(exact.pair.iter().map(|&(i, j, _)| f64::from(s[i] * s[j])));
            let all = all.chain([energy]).chain(squares);
            found.iter_mut().zip(all).for_each(|(series, x)| series.add(x));
        }
        let pairs = exact.pair.iter().map(|pair| pair.2);
        let expected: Vec<f64> = exact.mean.iter().copied().chain(pairs).chain([exact.energy_mean]).collect();
        for (k, (series, &expected)) in found.iter().zip(&expected).enumerate() {
            series_agrees(series, expected, &format!("{what}, average {k}"));
        }
        let [energy, m] = [&found[expected.len()], &found[expected.len() + 1]].map(|s| s.estimate().error);
        let c = heat_capacity(&energies, temperature);
        agrees(
            c,
            energy / (temperature * temperature),
            exact.heat_capacity,
            &format!("{what}, heat capacity"),
        );
        // d⟨m⟩/db for a bias that is the same for all units.
        let at = |b: f64| {
            let bias = net.bias().iter().map(|x| x + b).collect();
            let shifted = Hopfield::new(net.weights().clone(), bias, BiasSign::Consistent).unwrap();
            Exact::enumerate(&shifted, temperature).unwrap().mean.iter().sum::<f64>() / n as f64
        };
        let slope = (at(1e-4) - at(-1e-4)) / 2e-4;
        let chi = susceptibility(&magnetisations, n, temperature);
        agrees(chi, n as f64 * m / temperature, slope, &format!("{what}, susceptibility"));
    }
    let n = 10;
    let net = gaussian(n, 6, true);
    for temperature in [0.8, 2.0] {
        check(HeatBath::new(n, temperature), &net, n, "heat bath");
        check(Metropolis::new(temperature), &net, n, "Metropolis");
    }
}

#[test]
fn energy_and_heat_capacity_of_the_walsh_net() {
    let net = walsh_16();
    let (u, c) = (-23.689_755_15, 2.069_571_96);
    let mut energies = Series::default();
    let mut squares = Series::default();
    let mut rng = Rng::new(24, Stream::Dynamics, 0);
    let mut state = State::new(&net, walsh_memories().remove(0));
    let mut rule = HeatBath::new(16, 1.0);
    for _ in 0..100_000 {
        sweep(&mut rule, &net, &mut state, &mut rng);
        let energy = net.energy_cached(state.spins(), state.cache());
        energies.add(energy);
        squares.add((energy - u) * (energy - u));
    }
    series_agrees(&energies, u, "⟨E⟩ by heat bath");
    series_agrees(&squares, c, "heat capacity by heat bath");

    // With hotter replicas it also goes from memory to memory: every one and every inverse has its share.
    let exact = Exact::enumerate(&net, 1.0).unwrap();
    let mut tempering = Tempering::new(&net, &ladder(1.0, 5.0, 6).unwrap(), &state).unwrap();
    let mut shares = vec![Series::default(); 8];
    let mut energies = Series::default();
    for round in 0..60_000 {
        tempering.round(&net, &mut rng);
        if round >= 100 {
            let s = tempering.state(0).spins();
            energies.add(tempering.energy(0));
            for (k, memory) in walsh_memories().iter().enumerate() {
                let m = engram::observe::overlap(memory, s);
                shares[2 * k].add(f64::from(u8::from(m == 1.0)));
                shares[2 * k + 1].add(f64::from(u8::from(m == -1.0)));
            }
        }
    }
    series_agrees(&energies, u, "⟨E⟩ by tempering");
    shares.iter().for_each(|share| series_agrees(share, exact.probability(-24.0), "share of a memory"));
}

#[test]
fn acceptance_of_a_single_unit_in_a_field() {
    // P(+1) e^{−2b/T} + P(−1) = 2 σ(−2b/T), and half of the draws propose nothing.
    let net = Hopfield::new(Weights::<f64>::zero(1, 1.0).unwrap(), vec![0.7], BiasSign::Consistent).unwrap();
    let (mut rule, temperature) = (Metropolis::new(0.9), 0.9);
    let mut state = State::new(&net, vec![1]);
    let mut rng = Rng::new(25, Stream::Dynamics, 0);
    let mut acceptance = Acceptance::default();
    for _ in 0..200_000 {
        acceptance.count(&rule.step(&net, &mut state, &mut rng));
    }
    agrees(acceptance.proposed as f64, (200_000.0f64 * 0.25).sqrt(), 100_000.0, "proposals");
    let rate = 2.0 * engram::math::sigmoid(-2.0 * 0.7 / temperature);
    let error = (rate * (1.0 - rate) / acceptance.proposed as f64).sqrt();
    agrees(acceptance.rate(), error, rate, "acceptance");
}

#[test]
fn free_energy_entropy_and_energy_belong_together() {
    for (net, temperatures) in [(gaussian(8, 7, true), [0.3, 1.0, 4.0]), (walsh_16(), [0.7, 2.0, 9.0])] {
        for t in temperatures {
            let exact = Exact::enumerate(&net, t).unwrap();
            assert!((exact.energy_mean - t * exact.entropy - exact.free_energy).abs() < 1e-11);
            assert!((exact.free_energy + t * exact.ln_z).abs() < 1e-11);
            let n = net.bias().len();
            let p = law(&net, t, &State::new(&net, vec![1; n]));
            let entropy: f64 = -p.iter().map(|&p| if p > 0.0 { p * libm::log(p) } else { 0.0 }).sum::<f64>();
            assert!((exact.entropy - entropy).abs() < 1e-10, "{} {entropy}", exact.entropy);
            // S = −dF/dT.
            let f = |t: f64| Exact::enumerate(&net, t).unwrap().free_energy;
            assert!(((f(t - 1e-4) - f(t + 1e-4)) / 2e-4 - exact.entropy).abs() < 1e-6);
        }
    }
}

/// Fraction of runs that end in a memory or its inverse, with its standard error.
fn hits(runs: u64, run: impl Fn(&Net, &mut State<Vec<f64>>, &mut Rng)) -> (f64, f64) {
    let (net, memories) = (walsh_16(), walsh_memories());
    let mut rng = Rng::new(26, Stream::Dynamics, 0);
    let mut hit = Moments::default();
    for _ in 0..runs {
        let mut state = State::new(&net, (0..16).map(|_| rng.spin()).collect());
        run(&net, &mut state, &mut rng);
        assert!(settle(&mut Asynchronous::new(16, Tie::Keep), &net, &mut state, Tie::Keep, &mut rng, 100).1);
        let found = memories.iter().any(|m| engram::observe::overlap(m, state.spins()).abs() == 1.0);
        hit.add(f64::from(u8::from(found)));
    }
    (hit.mean(), hit.deviation() / (runs as f64).sqrt())
}

fn cool<R: Thermal>(rule: R, sweeps: u64, net: &Net, state: &mut State<Vec<f64>>, rng: &mut Rng) {
    let course = Course::Geometric { from: 8.0, to: 0.2 };
    let mut annealing = Annealing::new(rule, Schedule::new(course, sweeps, After::Quench).unwrap());
    while !annealing.is_over() {
        annealing.step(net, state, rng);
    }
    assert_eq!(annealing.temperature(), 0.0);
}

#[test]
fn cooling_finds_memories_where_a_quench_misses_them() {
    let (quench, error) = hits(10_000, |_, _, _| ());
    agrees(quench, both(error, 0.0067), 0.7685, "quench");
    for (sweeps, reference, its) in [(5, 0.872, 0.011), (20, 0.994, 0.002)] {
        let (found, error) =
            hits(4000, |net, state, rng| cool(HeatBath::new(16, 8.0), sweeps, net, state, rng));
        agrees(found, both(error, its), reference, &format!("{sweeps} sweeps"));
        println!("{sweeps} sweeps: {found} ± {error}");
    }
    // A thousand of a thousand.
    let (found, _) = hits(1000, |net, state, rng| cool(HeatBath::new(16, 8.0), 50, net, state, rng));
    println!("50 sweeps: {found}");
    assert!(found > 0.997, "{found}");
    let (found, _) = hits(1000, |net, state, rng| cool(Metropolis::new(8.0), 50, net, state, rng));
    println!("50 sweeps of Metropolis: {found}");
    assert!(found > 0.99, "{found}");
}

#[test]
fn cooling_finds_the_ground_states_of_spin_glasses() {
    for (n, seed) in [(10, 31), (12, 32), (14, 33), (16, 34), (16, 35), (16, 36)] {
        let net = gaussian(n, seed, seed % 2 == 0);
        let ground = Exact::enumerate(&net, 0.0).unwrap().energy_min;
        let course = Course::Linear { from: 2.0, to: 0.05 };
        let schedule = Schedule::new(course, 200, After::Stay).unwrap();
        let mut found = 0;
        for run in 0..50 {
            let mut rng = Rng::new(27, Stream::Dynamics, run);
            let mut state = State::new(&net, (0..n).map(|_| rng.spin()).collect());
            let mut annealing = Annealing::new(HeatBath::new(n, 0.0), schedule.clone());
            let mut best = Best::default();
            while !annealing.is_over() {
                sweep(&mut annealing, &net, &mut state, &mut rng);
                best.offer(net.energy(state.spins()), state.spins(), annealing.sweep());
            }
            let seen = best.seen().unwrap();
            assert!(seen.energy >= ground - 1e-12 && net.energy(&seen.spins) == seen.energy);
            found += u32::from(seen.energy <= ground + 1e-12);
        }
        println!("{n} units, seed {seed}: {found} of 50");
        assert!(found >= 40, "{n} units, seed {seed}: {found} of 50");
    }
}

/// `x ← ρ x + √(1 − ρ²) z`: autocorrelation ρ^t, so `τ = ½ (1 + ρ)/(1 − ρ)`.
fn autoregressive(rho: f64, length: usize, rng: &mut Rng) -> Series {
    let mut series = Series::default();
    let mut x = rng.normal();
    for _ in 0..length {
        x = rho * x + (1.0 - rho * rho).sqrt() * rng.normal();
        series.add(3.0 + x);
    }
    series
}

#[test]
fn correlation_times_and_errors_of_chains_that_are_known() {
    let (length, runs) = (1 << 16, 100);
    for rho in [-0.5, 0.0, 0.5, 0.9, 0.97] {
        let tau = 0.5 * (1.0 + rho) / (1.0 - rho);
        let mut rng = Rng::new(28, Stream::Experiment, (100.0 * tau) as u64);
        let (mut taus, mut squares, mut resolved) = (Moments::default(), Moments::default(), 0);
        for _ in 0..runs {
            let estimate = autoregressive(rho, length, &mut rng).estimate();
            taus.add(estimate.tau);
            let off = (estimate.mean - 3.0) / estimate.error;
            squares.add(off * off);
            resolved += u32::from(estimate.resolved);
        }
        println!("ρ {rho}: τ {} instead of {tau}, z² {}, resolved {resolved}", taus.mean(), squares.mean());
        // Blocks of length B miss ρ/(1 − ρ)²/B of τ, and they have at least this length.
        let block = 2.0 * math::exp(math::ln(length as f64 * tau * tau) / 3.0);
        let missed = rho / (1.0 - rho) / (1.0 - rho) / block;
        let slack = 4.5 * taus.deviation() / f64::from(runs).sqrt();
        assert!(taus.mean() <= tau + slack - missed.min(0.0), "ρ {rho}: τ {}", taus.mean());
        assert!(taus.mean() >= tau - slack - missed.max(0.0), "ρ {rho}: τ {}", taus.mean());
        // The mean is off by its error: z² is 1 on average, give or take √(2/runs), and a little more since the error is
        // itself uncertain.
        let z = squares.mean();
        assert!(resolved > 95, "ρ {rho}: {resolved} resolved");
        assert!((z - 1.05).abs() < 4.5 * (2.0 / f64::from(runs)).sqrt(), "ρ {rho}: z² {z}");
    }
    let mut rng = Rng::new(29, Stream::Experiment, 0);
    assert!((0..50).all(|_| !autoregressive(0.999, 4096, &mut rng).estimate().resolved));
}
