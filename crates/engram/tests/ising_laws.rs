//! The Ising model held to exact results: every sampler against the enumeration of all states.
//!
//! Temperatures are not so low that a lattice keeps to one side for longer than can be averaged over. A mean may differ from its reference by 4.5 standard errors (7 in a million by chance; the seeds are fixed). Standard
//! errors come from [`Series`].

use std::collections::BTreeMap;

use engram::dynamics::tempering::{LatticeTempering, Tempering, ladder};
use engram::dynamics::{
    Board, Dice, FlipRule, HeatBath, Metropolis, SingleFlips, State, SwendsenWang, UpdateRule, Wolff,
};
use engram::energy::Energy as _;
use engram::exact::onsager::{self, CRITICAL};
use engram::exact::{Exact, spins};
use engram::lattice::{Edges, Lattice};
use engram::math;
use engram::models::ising::{Ising, Packed, Sums};
use engram::observe::{Series, heat_capacity};
use engram::rng::{Rng, Stream};

fn model(width: usize, height: usize, edges: Edges, coupling: f64, field: f64) -> Ising {
    Ising::new(Lattice::new(width, height, edges).unwrap(), coupling, field).unwrap()
}

/// How many states have each energy, for J = 1 without a field.
fn density_of_states(width: usize, height: usize, edges: Edges) -> BTreeMap<i64, u64> {
    let net = model(width, height, edges, 1.0, 0.0);
    let mut density = BTreeMap::new();
    for code in 0..1u32 << (width * height) {
        *density.entry(-net.sums(&spins(code, width * height)).pairs).or_default() += 1;
    }
    density
}

#[test]
fn densities_of_states() {
    let half = [(32, 2), (24, 32), (20, 64), (16, 424), (12, 1728), (8, 6688), (4, 13568)];
    let mut expected: BTreeMap<i64, u64> = half.iter().flat_map(|&(e, g)| [(-e, g), (e, g)]).collect();
    expected.insert(0, 20524);
    assert_eq!(density_of_states(4, 4, Edges::Periodic), expected);
    // 2 × 2 with every bond twice, and once.
    assert_eq!(density_of_states(2, 2, Edges::Periodic), [(-8, 2), (0, 12), (8, 2)].into());
    assert_eq!(density_of_states(2, 2, Edges::Free), [(-4, 2), (0, 12), (4, 2)].into());
    // Rings of three are frustrated: 18 bonds, of which at most 12 are broken.
    let frustrated = density_of_states(3, 3, Edges::Periodic);
    assert_eq!(frustrated.values().sum::<u64>(), 512);
    assert_eq!((frustrated.keys().min(), frustrated.keys().max()), (Some(&-18), Some(&6)));
    // A free strip of n cells is a chain: 2 C(n − 1, k) states have k broken bonds.
    let chain: BTreeMap<i64, u64> = [(-5, 2), (-3, 10), (-1, 20), (1, 20), (3, 10), (5, 2)].into();
    assert_eq!(density_of_states(6, 1, Edges::Free), chain);
}

/// ⟨E⟩/n, ⟨|m|⟩, ⟨m²⟩, C/n and ln Z by going through all states.
struct Law {
    energy: f64,
    size: f64,
    square: f64,
    heat_capacity: f64,
    ln_z: f64,
}

fn law(net: &Ising, temperature: f64) -> Law {
    let n = net.lattice().cells();
    let of = |code: u32| {
        let sums = net.sums(&spins(code, n));
        (net.energy_of(sums), sums.spins as f64 / n as f64)
    };
    let states: Vec<(f64, f64)> = (0..1 << n).map(of).collect();
    let least = states.iter().map(|s| s.0).fold(f64::INFINITY, f64::min);
    let weight = |energy: f64| math::exp(-(energy - least) / temperature);
    let z: f64 = states.iter().map(|s| weight(s.0)).sum();
    let mean =
        |of: &dyn Fn(f64, f64) -> f64| states.iter().map(|&(e, m)| weight(e) * of(e, m)).sum::<f64>() / z;
    let energy = mean(&|e, _| e);
    let spread = mean(&|e, _| (e - energy) * (e - energy));
    Law {
        energy: energy / n as f64,
        size: mean(&|_, m| m.abs()),
        square: mean(&|_, m| m * m),
        heat_capacity: spread / temperature / temperature / n as f64,
        ln_z: math::ln(z) - least / temperature,
    }
}

#[test]
fn the_table_of_four_by_four() {
    let net = model(4, 4, Edges::Periodic, 1.0, 0.0);
    for (t, energy, size, square, capacity, ln_z) in [
        (1.0, -1.9971584403, 0.9992745837, 0.9986486704, 0.0234093975, 32.6987214019),
        (2.0, -1.7553802888, 0.9189432674, 0.8689216816, 0.6055326572, 17.1053671187),
        (CRITICAL, -1.5656237876, 0.8438604448, 0.7613589086, 0.7832668259, 15.5219154588),
        (3.0, -1.0170696270, 0.6012913260, 0.4509881408, 0.6031347143, 13.2810334556),
    ] {
        let found = law(&net, t);
        let pairs = [
            (found.energy, energy),
            (found.size, size),
            (found.square, square),
            (found.heat_capacity, capacity),
            (found.ln_z, ln_z),
        ];
        for (found, expected) in pairs {
            assert!((found - expected).abs() < 1e-9, "T = {t}: {found} instead of {expected}");
        }
        // The enumeration that any model has says the same.
        let exact = Exact::enumerate(&net, t).unwrap();
        assert!((exact.ln_z - ln_z).abs() < 1e-9 && (exact.energy_mean / 16.0 - energy).abs() < 1e-9);
        assert!((exact.heat_capacity / 16.0 - capacity).abs() < 1e-9);
    }
}

/// What a run has shown.
#[derive(Default)]
struct Seen {
    energy: Series,
    size: Series,
    square: Series,
}

impl Seen {
    fn add(&mut self, net: &Ising, sums: Sums) {
        let n = net.lattice().cells() as f64;
        let m = sums.spins as f64 / n;
        self.energy.add(net.energy_of(sums) / n);
        self.size.add(m.abs());
        self.square.add(m * m);
    }

    fn agrees(&self, net: &Ising, temperature: f64, what: &str) {
        let law = law(net, temperature);
        for (series, expected, of) in [
            (&self.energy, law.energy, "energy"),
            (&self.size, law.size, "|m|"),
            (&self.square, law.square, "m²"),
        ] {
            let found = series.estimate();
            let what = format!("{what}, {of} of {:?} at T = {temperature}", net.lattice());
            assert!(found.resolved, "{what}: τ = {}", found.tau);
            let difference = (found.mean - expected).abs();
            // What never varied is known exactly, up to the rounding of the mean.
            assert!(
                difference <= 4.5 * found.error + 1e-12,
                "{what}: {} instead of {expected}, error {}",
                found.mean,
                found.error
            );
        }
        let n = net.lattice().cells() as f64;
        let capacity = n * heat_capacity(&self.energy.moments(), temperature);
        // The error of a variance, roughly, by that of the mean.
        let spread = self.energy.estimate().error / self.energy.moments().deviation().max(1e-12);
        let tolerance = 12.0 * spread * law.heat_capacity + 0.002;
        assert!(
            (capacity - law.heat_capacity).abs() < tolerance,
            "{what}, heat capacity at T = {temperature}: {capacity} instead of {}, ± {tolerance}",
            law.heat_capacity
        );
    }
}

/// Models that between them have all there is: couplings of both signs, fields, frustration, edges, double bonds, odd
/// sides, strips.
fn models() -> Vec<Ising> {
    vec![
        model(4, 4, Edges::Periodic, 1.0, 0.0),
        model(4, 3, Edges::Periodic, 1.0, 0.1),
        model(3, 3, Edges::Periodic, -1.0, 0.0),
        model(4, 4, Edges::Periodic, -1.0, 0.3),
        model(4, 4, Edges::Free, 1.0, -0.05),
        model(2, 2, Edges::Periodic, 0.5, 0.0),
        model(5, 2, Edges::Periodic, 0.7, 0.2),
        model(8, 1, Edges::Periodic, 1.0, 0.0),
        model(1, 7, Edges::Free, -0.8, 0.4),
        model(3, 5, Edges::Free, 1.0, 0.0),
    ]
}

const TEMPERATURES: [f64; 3] = [2.0, CRITICAL, 5.0];

const SWEEPS: usize = 50_000;

fn single_flips(net: &Ising, rule: FlipRule, temperature: f64) -> Seen {
    let lattice = *net.lattice();
    let n = lattice.cells();
    let mut state = Packed::new(lattice, &vec![1; n]);
    let board = Board::new(lattice, &vec![false; n]);
    let flips = SingleFlips::new(net, rule, temperature);
    let (mut dice, mut seen) = (Dice::new(5), Seen::default());
    for sweep in 0..SWEEPS + 100 {
        for colour in 0..lattice.colours() {
            flips.pass(&board, &mut state, colour, &mut dice);
        }
        if sweep >= 100 {
            seen.add(net, state.sums());
        }
    }
    seen
}

#[test]
fn many_spins_at_once_keep_the_law() {
    for net in models() {
        for t in TEMPERATURES {
            single_flips(&net, FlipRule::Metropolis, t).agrees(&net, t, "Metropolis");
            single_flips(&net, FlipRule::HeatBath, t).agrees(&net, t, "heat bath");
        }
    }
}

#[test]
fn without_a_coupling_every_state_is_reached() {
    for rule in [FlipRule::Metropolis, FlipRule::HeatBath] {
        let net = model(4, 2, Edges::Periodic, 0.0, 0.0);
        single_flips(&net, rule, 1.0).agrees(&net, 1.0, "free spins");
    }
}

#[test]
fn one_spin_at_a_time_keeps_the_law() {
    fn run<R: UpdateRule>(net: &Ising, mut rule: R, t: f64, what: &str) {
        let n = net.lattice().cells();
        let mut state = State::new(net, vec![1; n]);
        let (mut rng, mut seen) = (Rng::new(6, Stream::Dynamics, 0), Seen::default());
        for sweep in 0..30_100 {
            for _ in 0..n {
                rule.step(net, &mut state, &mut rng);
            }
            if sweep >= 100 {
                seen.add(net, net.sums(state.spins()));
            }
        }
        seen.agrees(net, t, what);
    }
    for net in models().into_iter().take(4) {
        for t in TEMPERATURES {
            run(&net, HeatBath::new(net.lattice().cells(), t), t, "generic heat bath");
            run(&net, Metropolis::new(t), t, "generic Metropolis");
        }
    }
}

#[test]
fn clusters_keep_the_law() {
    for net in models() {
        let n = net.lattice().cells();
        for t in TEMPERATURES {
            let (mut rng, held) = (Rng::new(7, Stream::Dynamics, 0), vec![false; n]);
            let (mut wolff, mut seen, mut state) = (Wolff::new(&net, t), Seen::default(), vec![1; n]);
            let mut sums = net.sums(&state);
            for _ in 0..SWEEPS {
                // Single clusters are small where it is hot.
                for _ in 0..3 {
                    let change = wolff.step(&net, &mut state, &held, &mut rng).change;
                    sums = Sums { pairs: sums.pairs + change.pairs, spins: sums.spins + change.spins };
                }
                seen.add(&net, sums);
            }
            assert_eq!(sums, net.sums(&state), "what each flip changed adds up");
            seen.agrees(&net, t, "Wolff");
            let (mut rule, mut seen) = (SwendsenWang::new(&net, t), Seen::default());
            for _ in 0..SWEEPS {
                rule.step(&net, &mut state, &held, &mut rng);
                seen.add(&net, net.sums(&state));
            }
            seen.agrees(&net, t, "Swendsen and Wang");
        }
    }
}

#[test]
fn every_temperature_of_a_ladder_keeps_the_law() {
    let net = model(4, 4, Edges::Periodic, 1.0, 0.0);
    let temperatures = ladder(1.5, 4.0, 4).unwrap();
    let mut tempering = Tempering::new(&net, &temperatures, &State::new(&net, vec![1; 16])).unwrap();
    let mut rng = Rng::new(8, Stream::Dynamics, 0);
    let mut seen: Vec<Seen> = temperatures.iter().map(|_| Seen::default()).collect();
    for round in 0..30_100 {
        tempering.round(&net, &mut rng);
        if round >= 100 {
            seen.iter_mut()
                .enumerate()
                .for_each(|(k, seen)| seen.add(&net, net.sums(tempering.state(k).spins())));
        }
    }
    seen.iter().zip(temperatures).for_each(|(seen, t)| seen.agrees(&net, t, "tempering"));
}

/// How often two neighbours of a ladder exchange their states in the long run.
fn exchange_rate(net: &Ising, [cold, hot]: [f64; 2]) -> f64 {
    let n = net.lattice().cells();
    let energies: Vec<f64> = (0..1 << n).map(|code| net.energy_of(net.sums(&spins(code, n)))).collect();
    let mut levels: Vec<(f64, f64)> = Vec::new();
    for energy in energies {
        match levels.iter_mut().find(|level| level.0 == energy) {
            Some(level) => level.1 += 1.0,
            None => levels.push((energy, 1.0)),
        }
    }
    let weight = |&(energy, states): &(f64, f64), t: f64| states * math::exp(-energy / t);
    let [z_cold, z_hot] = [cold, hot].map(|t| levels.iter().map(|level| weight(level, t)).sum::<f64>());
    let mut rate = 0.0;
    for below in &levels {
        for above in &levels {
            let gain = (1.0 / cold - 1.0 / hot) * (below.0 - above.0);
            rate += weight(below, cold) / z_cold * weight(above, hot) / z_hot * math::exp(gain.min(0.0));
        }
    }
    rate
}

/// What is seen at each temperature of a lattice, all swept by one rule, and how often neighbours exchanged.
fn tempered(net: &Ising, rule: FlipRule, temperatures: &[f64]) -> (Vec<Seen>, Vec<f64>) {
    let lattice = *net.lattice();
    let start = Packed::new(lattice, &vec![1; lattice.cells()]);
    let board = Board::new(lattice, &vec![false; lattice.cells()]);
    let states = vec![start; temperatures.len()];
    let mut tempering = LatticeTempering::new(net, rule, temperatures, states).unwrap();
    let mut dice = Dice::new(10);
    let mut seen: Vec<Seen> = temperatures.iter().map(|_| Seen::default()).collect();
    for round in 0..SWEEPS + 100 {
        (0..temperatures.len()).for_each(|rung| {
            tempering.sweep(net, &board, rung, &mut dice);
        });
        if round >= 100 {
            seen.iter_mut().zip(tempering.states()).for_each(|(seen, state)| seen.add(net, state.sums()));
        }
    }
    (seen, tempering.exchanges().swaps().iter().map(|pair| pair.rate()).collect())
}

#[test]
fn many_spins_at_once_keep_the_law_at_every_temperature_of_a_ladder() {
    for (net, temperatures) in [
        (model(4, 4, Edges::Periodic, 1.0, 0.0), vec![2.0, 3.0]),
        // Colder than what single flips alone could average over: up and down come by way of the hot ones.
        (model(4, 4, Edges::Periodic, 1.0, 0.0), ladder(1.2, 4.0, 6).unwrap()),
        (model(3, 3, Edges::Periodic, 1.0, 0.1), ladder(1.5, 3.0, 3).unwrap()),
        (model(3, 4, Edges::Free, -0.8, 0.3), ladder(1.0, 2.5, 3).unwrap()),
    ] {
        for rule in [FlipRule::Metropolis, FlipRule::HeatBath] {
            let (seen, rates) = tempered(&net, rule, &temperatures);
            for (seen, &t) in seen.iter().zip(&temperatures) {
                seen.agrees(&net, t, "tempering of many spins at once");
            }
            for (rate, pair) in rates.iter().zip(temperatures.windows(2)) {
                let expected = exchange_rate(&net, [pair[0], pair[1]]);
                // Half of the rounds try a pair; their errors are those of a coin, within a factor for what they remember.
                let error = 4.5 * (4.0 * expected * (1.0 - expected) / (SWEEPS as f64 / 2.0)).sqrt();
                assert!(
                    (rate - expected).abs() < error,
                    "{rate} of {pair:?} instead of {expected} ± {error}"
                );
            }
        }
    }
}

#[test]
fn clamped_cells_stay_and_the_rest_keeps_its_law() {
    // One cell held down in a lattice that has no other reason to choose.
    let net = model(3, 3, Edges::Free, 1.0, 0.0);
    let mut held = vec![false; 9];
    held[4] = true;
    let mut start = vec![1i8; 9];
    start[4] = -1;
    let t = 2.5;
    let fits = |code: &u32| code >> 4 & 1 == 0;
    let weight = |code: u32| math::exp(-net.energy(&spins(code, 9)) / t);
    let z: f64 = (0..512).filter(fits).map(weight).sum();
    let up = |code: u32| if code & 1 == 1 { 1.0 } else { -1.0 };
    let expected = (0..512).filter(fits).map(|code| weight(code) * up(code)).sum::<f64>() / z;
    let check = |what: &str, next: &mut dyn FnMut() -> Vec<i8>| {
        let mut corner = Series::default();
        for _ in 0..60_000 {
            let state = next();
            assert_eq!(state[4], -1, "{what}");
            corner.add(f64::from(state[0]));
        }
        let found = corner.estimate();
        assert!((found.mean - expected).abs() < 4.5 * found.error, "{what}: {found:?}, not {expected}");
    };
    for rule in [FlipRule::Metropolis, FlipRule::HeatBath] {
        let board = Board::new(*net.lattice(), &held);
        let flips = SingleFlips::new(&net, rule, t);
        let (mut state, mut dice) = (Packed::new(*net.lattice(), &start), Dice::new(3));
        check("single flips", &mut || {
            (0..2).for_each(|colour| {
                flips.pass(&board, &mut state, colour, &mut dice);
            });
            let mut spins = vec![0; 9];
            state.write(&mut spins);
            spins
        });
    }
    let mut rng = Rng::new(9, Stream::Dynamics, 0);
    let (mut wolff, mut state) = (Wolff::new(&net, t), start.clone());
    check("Wolff", &mut || {
        (0..4).for_each(|_| {
            wolff.step(&net, &mut state, &held, &mut rng);
        });
        state.clone()
    });
    let (mut rule, mut state) = (SwendsenWang::new(&net, t), start.clone());
    check("Swendsen and Wang", &mut || {
        rule.step(&net, &mut state, &held, &mut rng);
        state.clone()
    });
}

#[test]
fn at_zero_temperature_energy_never_rises() {
    for rule in [FlipRule::Metropolis, FlipRule::HeatBath] {
        for (width, height, edges) in
            [(33, 20, Edges::Periodic), (40, 30, Edges::Free), (64, 64, Edges::Periodic)]
        {
            let net = model(width, height, edges, 1.0, 0.25);
            let lattice = *net.lattice();
            let mut rng = Rng::new(4, Stream::Start, 0);
            let start: Vec<i8> = (0..lattice.cells()).map(|_| rng.spin()).collect();
            let mut state = Packed::new(lattice, &start);
            let board = Board::new(lattice, &vec![false; lattice.cells()]);
            let (flips, mut dice) = (SingleFlips::new(&net, rule, 0.0), Dice::new(4));
            let mut before = net.energy_of(state.sums());
            for pass in 0..200 {
                flips.pass(&board, &mut state, pass % lattice.colours(), &mut dice);
                let after = net.energy_of(state.sums());
                assert!(after <= before, "{rule:?} on {lattice:?}: {before} to {after}");
                before = after;
            }
            assert!(before < -0.9 * net.lattice().bond_count() as f64);
        }
    }
}

#[test]
fn large_lattices_come_near_to_onsager() {
    // Away from T_c a lattice of this size is as good as infinite. Widths that fill words, and one that does not.
    for (side, t) in [(128, 1.8), (100, 3.0), (130, 2.0)] {
        let net = model(side, side, Edges::Periodic, 1.0, 0.0);
        let lattice = *net.lattice();
        let mut state = Packed::new(lattice, &vec![1; lattice.cells()]);
        let board = Board::new(lattice, &vec![false; lattice.cells()]);
        let (flips, mut dice) = (SingleFlips::new(&net, FlipRule::Metropolis, t), Dice::new(2));
        let (mut energy, mut size) = (Series::default(), Series::default());
        for sweep in 0..6000 {
            (0..2).for_each(|colour| {
                flips.pass(&board, &mut state, colour, &mut dice);
            });
            if sweep >= 500 {
                let (sums, n) = (state.sums(), lattice.cells() as f64);
                energy.add(net.energy_of(sums) / n);
                size.add((sums.spins as f64 / n).abs());
            }
        }
        let (energy, size) = (energy.estimate(), size.estimate());
        let expected = onsager::energy(t);
        assert!((energy.mean - expected).abs() < 4.5 * energy.error, "T = {t}: {energy:?}, not {expected}");
        if t < CRITICAL {
            let expected = onsager::magnetisation(t);
            assert!((size.mean - expected).abs() < 4.5 * size.error, "T = {t}: {size:?}, not {expected}");
        }
    }
}
