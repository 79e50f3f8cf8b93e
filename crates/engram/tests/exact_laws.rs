//! Enumeration held to numbers worked out by hand or by other means.

use engram::dynamics::Tie;
use engram::energy::Energy as _;
use engram::exact::{Class, Exact, ExactError, Rule, attractors, code, flow, ground, minima};
use engram::learning::{Example, Hebb, HebbScale, Learned, LearningRule as _};
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::pattern::hadamard;
use engram::rng::{Rng, Stream};
use engram::weights::Weights;

/// Four Walsh rows of length 16 (periods 16, 8, 4, 2).
fn walsh_memories() -> Vec<Vec<i8>> {
    let rows = hadamard(4, 4).unwrap();
    [8, 4, 2, 1].iter().map(|&k: &usize| rows[k].spins().to_vec()).collect()
}

/// `W = (1/4) S'S − 1`, with or without biases `b = (1/4) Σ v`.
fn walsh_net(bias: bool, sign: BiasSign) -> Hopfield<f64> {
    let memories = walsh_memories();
    let examples: Vec<_> = memories.iter().map(|m| Example::new(m)).collect();
    let rule = Hebb { scale: HebbScale::Patterns, bias };
    let learned: Learned<f64> = rule.learn(16, &examples, &mut Rng::new(0, Stream::Learning, 0)).unwrap();
    Hopfield::new(learned.weights, learned.bias, sign).unwrap()
}

fn net(rows: &[Vec<f64>], bias: &[f64]) -> Hopfield<f64> {
    Hopfield::new(Weights::from_rows(rows).unwrap(), bias.to_vec(), BiasSign::Consistent).unwrap()
}

fn fixture_a() -> Hopfield<f64> {
    let rows = [vec![0.0, 1.0, -0.5], vec![1.0, 0.0, 0.25], vec![-0.5, 0.25, 0.0]];
    net(&rows, &[0.2, -0.3, 0.1])
}

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} instead of {expected}");
}

fn told(classes: &[Class]) -> Vec<(f64, usize)> {
    classes.iter().map(|class| (class.energy, class.count)).collect()
}

fn negative(state: &[i8]) -> Vec<i8> {
    state.iter().map(|s| -s).collect()
}

#[test]
fn walsh_landscape_without_bias() {
    let found = minima(&walsh_net(false, BiasSign::Consistent)).unwrap();
    assert_eq!(told(&found.strict_classes), [(-24.0, 8), (-16.0, 32)]);
    assert_eq!((found.energy_min, found.energy_max), (-24.0, 8.0));
    let lowest: Vec<u32> = found.strict[..8].iter().map(|state| state.code).collect();
    for memory in walsh_memories() {
        assert!(lowest.contains(&code(&memory)) && lowest.contains(&code(&negative(&memory))));
    }
    // The others overlap three memories by exactly one half.
    for state in &found.strict[8..] {
        let spins = engram::exact::spins(state.code, 16);
        let mut overlaps: Vec<f64> =
            walsh_memories().iter().map(|m| engram::observe::overlap(m, &spins).abs()).collect();
        overlaps.sort_by(f64::total_cmp);
        assert_eq!(overlaps, [0.0, 0.5, 0.5, 0.5]);
    }
}

#[test]
fn walsh_landscape_with_biases() {
    let found = minima(&walsh_net(true, BiasSign::Consistent)).unwrap();
    assert_eq!(told(&found.strict_classes), [(-28.0, 4), (-22.0, 4), (-20.0, 4), (-18.0, 12), (-10.0, 4)]);
    assert_eq!(found.weak.len(), 44);
    assert_eq!(found.weak_classes.iter().map(|class| class.count).sum::<usize>(), 44);
}

#[test]
fn walsh_basins_of_the_synchronous_rule() {
    let rule = Rule::Synchronous(Tie::Plus);
    // (net, all fixed points, each memory, each negative, all cycles of two)
    let table = [
        (walsh_net(false, BiasSign::Consistent), 44_488, 5_453, 5_453, 21_048),
        (walsh_net(true, BiasSign::Consistent), 45_344, 9_427, 1_480, 20_192),
        (walsh_net(true, BiasSign::Opposed), 45_344, 1_480, 9_427, 20_192),
    ];
    for (net, fixed, plus, minus, cycles) in table {
        let found = attractors(&net, rule).unwrap();
        assert_eq!(found.fixed.iter().map(|point| point.basin).sum::<u32>(), fixed);
        assert_eq!(found.two_cycle_basin, cycles);
        assert_eq!(found.other.count, 0);
        for memory in walsh_memories() {
            assert_eq!(found.basin(code(&memory)), plus);
            assert_eq!(found.basin(code(&negative(&memory))), minus);
        }
    }
}

#[test]
fn one_unit_at_a_time_never_cycles_and_rests_in_minima() {
    for net in [walsh_net(false, BiasSign::Consistent), walsh_net(true, BiasSign::Consistent)] {
        let landscape = minima(&net).unwrap();
        for rule in [Rule::Sequential(Tie::Keep), Rule::Greedy(Tie::Keep)] {
            let found = attractors(&net, rule).unwrap();
            assert_eq!(found.fixed.iter().map(|point| point.basin).sum::<u32>(), 1 << 16);
            assert!(found.two_cycles.is_empty());
            // With ties kept, the resting states are exactly the weak minima.
            let rests: Vec<u32> = found.fixed.iter().map(|point| point.code).collect();
            let mut weak: Vec<u32> = landscape.weak.iter().map(|state| state.code).collect();
            weak.sort_unstable();
            assert_eq!(rests, weak);
        }
    }
}

#[test]
fn basins_agree_with_running_the_rule() {
    use engram::dynamics::{Greedy, Sequential, State, settle};
    let net = walsh_net(true, BiasSign::Consistent);
    let mut rng = Rng::new(5, Stream::Start, 0);
    for tie in [Tie::Keep, Tie::Plus, Tie::Minus] {
        let by_sweep = attractors(&net, Rule::Sequential(tie)).unwrap();
        let by_gain = attractors(&net, Rule::Greedy(tie)).unwrap();
        for _ in 0..200 {
            let start: Vec<i8> = (0..16).map(|_| rng.spin()).collect();
            let mut state = State::new(&net, start.clone());
            assert!(settle(&mut Sequential::new(tie), &net, &mut state, tie, &mut rng, 50).1);
            assert!(by_sweep.basin(code(state.spins())) > 0);
            let mut state = State::new(&net, start);
            assert!(settle(&mut Greedy::new(tie), &net, &mut state, tie, &mut rng, 50).1);
            assert!(by_gain.basin(code(state.spins())) > 0);
        }
    }
}

#[test]
fn walsh_averages_at_temperature_one() {
    let found = Exact::enumerate(&walsh_net(false, BiasSign::Consistent), 1.0).unwrap();
    near(found.ln_z, 26.127_239_05, 5e-9);
    near(found.energy_mean, -23.689_755_15, 5e-9);
    near(found.heat_capacity, 2.069_571_96, 5e-9);
    near(8.0 * found.probability(-24.0), 0.953, 5e-4);
    near(found.free_energy, -found.ln_z, 1e-12);
    near(found.entropy, found.ln_z + found.energy_mean, 1e-12);
    assert!(found.mean.iter().all(|m| m.abs() < 1e-12));
    assert_eq!((found.energy_min, found.energy_max), (-24.0, 8.0));
}

#[test]
fn three_units_by_other_means() {
    let found = Exact::enumerate(&fixture_a(), 1.0).unwrap();
    near(found.ln_z, 2.599_027_552_3, 5e-11);
    for (mean, expected) in found.mean.iter().zip([-0.040_474_420_1, -0.168_506_295_1, 0.073_375_072_6]) {
        near(*mean, expected, 5e-11);
    }
    let pairs = [(0, 1, 0.688_359_194_7), (0, 2, -0.309_177_563_0), (1, 2, -0.120_060_466_8)];
    for (pair, (i, j, expected)) in found.pair.iter().zip(pairs) {
        assert_eq!((pair.0, pair.1), (i, j));
        near(pair.2, expected, 5e-11);
    }
    // ⟨E⟩ = −Σ w ⟨ss⟩ − Σ b ⟨s⟩.
    let by_parts = -(found.pair[0].2 - 0.5 * found.pair[1].2 + 0.25 * found.pair[2].2)
        - (0.2 * found.mean[0] - 0.3 * found.mean[1] + 0.1 * found.mean[2]);
    near(found.energy_mean, by_parts, 1e-14);
}

#[test]
fn heat_capacity_is_the_slope_of_the_mean_energy() {
    let at = |t: f64| Exact::enumerate(&fixture_a(), t).unwrap();
    let step = 1e-4;
    let slope = (at(1.3 + step).energy_mean - at(1.3 - step).energy_mean) / (2.0 * step);
    near(at(1.3).heat_capacity, slope, 1e-7);
}

#[test]
fn twenty_free_units_are_known_in_closed_form() {
    // No weights: ln Z = Σ ln 2cosh(b/T), ⟨s⟩ = tanh(b/T); n = 20 is the largest that is taken.
    let rows = vec![vec![0.0; 20]; 20];
    let bias: Vec<f64> = (0..20).map(|i| 0.07 * f64::from(i) - 0.6).collect();
    let t = 0.8;
    let found = Exact::enumerate(&net(&rows, &bias), t).unwrap();
    // P(+1) = σ(2b/T), so ⟨s⟩ = 2σ − 1 and 2cosh(b/T) = e^{b/T}/σ.
    let up: Vec<f64> = bias.iter().map(|b| engram::math::sigmoid(2.0 * b / t)).collect();
    let ln_z: f64 = bias.iter().zip(&up).map(|(b, p)| b / t - engram::math::ln(*p)).sum();
    near(found.ln_z, ln_z, 1e-12);
    for (mean, p) in found.mean.iter().zip(&up) {
        near(*mean, 2.0 * p - 1.0, 1e-12);
    }
    for &(i, j, pair) in &found.pair {
        near(pair, (2.0 * up[i] - 1.0) * (2.0 * up[j] - 1.0), 1e-12);
    }
    let cv: f64 = bias.iter().zip(&up).map(|(b, p)| 4.0 * p * (1.0 - p) * b * b / (t * t)).sum();
    near(found.heat_capacity, cv, 1e-11);
}

#[test]
fn the_coldest_state_is_shared_equally() {
    let found = Exact::enumerate(&walsh_net(false, BiasSign::Consistent), 0.0).unwrap();
    assert_eq!((found.energy_mean, found.free_energy, found.heat_capacity), (-24.0, -24.0, 0.0));
    near(found.entropy, engram::math::ln(8.0), 1e-15);
    assert_eq!(found.ln_z, f64::INFINITY);
    // ⟨s_0 s_1⟩ over the four memories: three agree there and one does not.
    assert_eq!(found.pair[0], (0, 1, 0.5));
    assert!(found.mean.iter().all(|&m| m == 0.0));
    let free = Exact::enumerate(&net(&vec![vec![0.0; 5]; 5], &[0.0; 5]), 0.0).unwrap();
    near(free.ln_z, engram::math::ln(32.0), 1e-15);
}

#[test]
fn a_very_low_temperature_tends_to_zero() {
    let cold = Exact::enumerate(&walsh_net(true, BiasSign::Consistent), 1e-3).unwrap();
    near(cold.energy_mean, -28.0, 1e-12);
    near(cold.entropy, engram::math::ln(4.0), 1e-12);
    near(cold.free_energy, -28.0 - 1e-3 * engram::math::ln(4.0), 1e-12);
}

#[test]
fn the_smallest_cycle_of_two() {
    let net = net(&[vec![0.0, 1.0], vec![1.0, 0.0]], &[0.0, 0.0]);
    let found = attractors(&net, Rule::Synchronous(Tie::Keep)).unwrap();
    // (+,−) ↔ (−,+), both of energy +1; (−,−) and (+,+) rest.
    assert_eq!(found.two_cycles.len(), 1);
    assert_eq!(found.two_cycles[0].codes, [0b01, 0b10]);
    assert_eq!(found.two_cycles[0].energies, [1.0, 1.0]);
    assert_eq!(found.two_cycle_basin, 2);
    assert_eq!(
        found.fixed.iter().map(|point| (point.code, point.basin)).collect::<Vec<_>>(),
        [(0, 1), (3, 1)]
    );
    let found = attractors(&net, Rule::Sequential(Tie::Keep)).unwrap();
    // Unit 0 follows unit 1: two starts for each of the resting states.
    assert_eq!((found.basin(0), found.basin(3), found.two_cycle_basin), (2, 2, 0));
}

#[test]
fn asymmetric_nets_have_longer_cycles_and_are_told_apart() {
    // Each unit copies the one before: a ring of three turns round; all alike stays.
    let ring = net(&[vec![0.0, 0.0, 1.0], vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0]], &[0.0; 3]);
    let found = attractors(&ring, Rule::Synchronous(Tie::Keep)).unwrap();
    assert_eq!(found.fixed.iter().map(|point| point.code).collect::<Vec<_>>(), [0, 7]);
    assert_eq!((found.other.count, found.other.longest, found.other.basin), (2, 3, 6));
    // A unit that flees the one that follows it: greedy updates never end.
    let chase = net(&[vec![0.0, 1.0], vec![-1.0, 0.0]], &[0.0; 2]);
    let found = attractors(&chase, Rule::Greedy(Tie::Keep)).unwrap();
    assert_eq!((found.fixed.len(), found.other.count, found.other.longest), (0, 1, 4));
}

#[test]
fn hostile_temperatures_are_refused() {
    for t in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(Exact::enumerate(&fixture_a(), t), Err(ExactError::Temperature(_))));
    }
}

#[test]
fn the_flow_of_all_states_ends_where_attractors_say() {
    let mut rng = Rng::new(5, Stream::Experiment, 0);
    for n in [1, 2, 3, 5, 8, 10] {
        let mut rows = vec![vec![0.0; n]; n];
        for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            let w = f64::from(rng.below(7)) - 3.0;
            (rows[i][j], rows[j][i]) = (w, w);
        }
        let bias: Vec<f64> = (0..n).map(|_| f64::from(rng.below(3)) - 1.0).collect();
        let net = net(&rows, &bias);
        for tie in [Tie::Keep, Tie::Plus, Tie::Minus] {
            for rule in [Rule::Greedy(tie), Rule::Sequential(tie), Rule::Synchronous(tie)] {
                let found = flow(&net, rule).unwrap();
                let expected = attractors(&net, rule).unwrap();
                let basins = |length: usize| {
                    let ends = found.ends.iter().filter(move |end| end.states.len() == length);
                    ends.map(|end| (end.states[0], end.basin)).collect::<Vec<_>>()
                };
                assert_eq!(basins(1), expected.fixed.iter().map(|p| (p.code, p.basin)).collect::<Vec<_>>());
                assert_eq!(
                    basins(2),
                    expected.two_cycles.iter().map(|c| (c.codes[0], c.basin)).collect::<Vec<_>>()
                );
                assert_eq!(found.ends.iter().map(|end| end.basin).sum::<u32>(), 1 << n);
                let sources = found.sources();
                for (state, &next) in found.next.iter().enumerate() {
                    assert_eq!(found.leads_to[state], found.leads_to[next as usize]);
                    let energy = net.energy(&engram::exact::spins(state as u32, n));
                    near(found.energies[state], energy, 1e-12);
                    let listed = sources[next as usize].contains(&(state as u32));
                    assert_eq!(listed, next as usize != state);
                    if let Rule::Greedy(_) = rule {
                        assert!((state as u32 ^ next).count_ones() <= 1, "one flip at a time");
                        assert!(found.energies[next as usize] <= found.energies[state] + 1e-12, "downhill");
                    }
                }
                for (at, end) in found.ends.iter().enumerate() {
                    for &state in &end.states {
                        assert_eq!(found.leads_to[state as usize] as usize, at);
                        assert!(end.states.contains(&found.next[state as usize]));
                    }
                }
            }
        }
    }
}

#[test]
fn a_flow_has_at_most_twelve_units() {
    let net = |n: usize| net(&vec![vec![0.0; n]; n], &vec![0.0; n]);
    assert_eq!(flow(&net(12), Rule::Greedy(Tie::Keep)).unwrap().ends.len(), 4096);
    let error = flow(&net(13), Rule::Greedy(Tie::Keep)).unwrap_err();
    assert_eq!(error, ExactError::Flow(13));
    assert!(error.to_string().contains("1 to 12 units; this net has 13"));
}

#[test]
fn the_ground_state_is_the_lowest_of_the_minima() {
    for net in [walsh_net(true, BiasSign::Consistent), walsh_net(false, BiasSign::Consistent), fixture_a()] {
        let (ground, minima) = (ground(&net).unwrap(), minima(&net).unwrap());
        assert_eq!(
            (ground.code, ground.states as usize),
            (minima.strict[0].code, minima.strict_classes[0].count)
        );
        near(ground.energy, minima.strict[0].energy, 1e-12);
    }
}
