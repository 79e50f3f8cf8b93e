//! The graded network of 1984 held to its published figure, to its laws and to the binary network.

use engram::dynamics::{Flow as _, Integrator, Method, Tie};
use engram::exact::{Rule, attractors, code};
use engram::models::graded::plane::{PUBLISHED_LEVELS, Plane, Stability};
use engram::models::graded::{Circuit, Gain, Graded, REST, Shape, Values};
use engram::models::hopfield::{BiasSign, Hopfield};
use engram::observe::{graded_overlap, saturation};
use engram::rng::{Rng, Stream};
use engram::weights::Weights;

const SHAPES: [Shape; 4] = [Shape::Arctangent, Shape::Tanh, Shape::Logistic, Shape::SignedLogistic];

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} instead of {expected}");
}

fn random_rows(n: usize, symmetric: bool, rng: &mut Rng) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![0.0; n]; n];
    for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
        let w = rng.normal();
        (rows[i][j], rows[j][i]) = (w, if symmetric { w } else { rng.normal() });
    }
    rows
}

/// A net with nothing in it that is the same twice.
fn random_net(n: usize, symmetric: bool, gain: Gain, rng: &mut Rng) -> Graded {
    let mut each =
        |from: f64, to: f64| Values::Each((0..n).map(|_| from + (to - from) * rng.unit()).collect());
    let circuit = Circuit {
        capacitance: each(0.5, 2.0),
        resistance: each(0.3, 3.0),
        current: each(-1.0, 1.0),
        own: each(-1.0, 1.0),
    };
    Graded::new(Weights::from_rows(&random_rows(n, symmetric, rng)).unwrap(), gain, circuit).unwrap()
}

fn controlled() -> Integrator {
    Integrator::new(Method::DormandPrince { relative: 1e-9, absolute: 1e-11 }).unwrap()
}

fn random_inputs(n: usize, rng: &mut Rng) -> Vec<f64> {
    (0..n).map(|_| 2.0 * rng.normal()).collect()
}

/// E(x, y) of the published net.
fn published_energy(x: f64, y: f64) -> f64 {
    Plane::published(1.4).unwrap().net().terms_of_outputs(&[x, y]).total()
}

#[test]
fn the_resting_states_of_the_published_net() {
    let found = Plane::published(1.4).unwrap().resting();
    assert_eq!(found.len(), 3);
    let stable = 0.572_872_979_2;
    for (state, (v, energy, eigenvalues, stability)) in found.iter().zip([
        (-stable, -0.053_009_834_6, [-0.458_860, -1.541_140], Stability::StableNode),
        (0.0, 0.0, [0.4, -2.4], Stability::Saddle),
        (stable, -0.053_009_834_6, [-0.458_860, -1.541_140], Stability::StableNode),
    ]) {
        for x in state.outputs.into_iter().chain(state.inputs) {
            near(x, v, 5e-11);
        }
        near(state.energy, energy, 5e-11);
        for (value, expected) in state.eigenvalues.iter().zip(eigenvalues) {
            near(value.real, expected, 5e-7);
            assert_eq!(value.imaginary, 0.0);
        }
        assert_eq!(state.stability, stability);
    }
}

#[test]
fn the_energy_of_the_published_net_by_its_parts() {
    let plane = Plane::published(1.4).unwrap();
    let terms = plane.net().terms_of_outputs(&[0.5, 0.5]);
    near(terms.interaction, -0.25, 1e-15);
    near(terms.leak, 2.0 * 0.100_329_275_389_546_96, 1e-15);
    assert_eq!(terms.current, 0.0);
    // Without the factor of one half the minimum would lie at −0.606.
    let minimum = &plane.resting()[2];
    let terms = plane.net().terms(&minimum.inputs);
    near(2.0 * terms.interaction + terms.leak, -0.381_193, 1e-6);
    // Outputs by way of their inputs.
    let by_inputs = plane.net().energy(&plane.net().inputs(&[0.3, -0.8]));
    near(by_inputs, plane.net().terms_of_outputs(&[0.3, -0.8]).total(), 1e-14);
}

/// Where E along a line from (0, 0) towards `way` has a level, between two distances.
fn crossing(level: f64, way: [f64; 2], mut from: f64, mut to: f64) -> f64 {
    let above = |v: f64| published_energy(way[0] * v, way[1] * v) > level;
    let first = above(from);
    assert_ne!(first, above(to));
    for _ in 0..60 {
        let middle = 0.5 * (from + to);
        if above(middle) == first { from = middle } else { to = middle }
    }
    from
}

/// level, way, (from, to), where
const CROSSINGS: [(f64, [f64; 2], [f64; 2], f64); 9] = [
    (0.449, [1.0, -1.0], [0.0, 0.99], 0.499_13),
    (0.156, [1.0, -1.0], [0.0, 0.99], 0.299_23),
    (0.017, [1.0, -1.0], [0.0, 0.99], 0.099_50),
    (-0.003, [1.0, 1.0], [0.0, 0.57], 0.103_04),
    (-0.003, [1.0, 1.0], [0.57, 0.99], 0.7547),
    (-0.023, [1.0, 1.0], [0.0, 0.57], 0.298_65),
    (-0.023, [1.0, 1.0], [0.57, 0.99], 0.7221),
    (-0.041, [1.0, 1.0], [0.0, 0.57], 0.427_23),
    (-0.041, [1.0, 1.0], [0.57, 0.99], 0.674_93),
];

#[test]
fn the_published_contours_cross_the_diagonals_where_they_should() {
    for (level, way, [from, to], expected) in CROSSINGS {
        let digits = if expected == 0.7547 || expected == 0.7221 { 6e-5 } else { 6e-6 };
        near(crossing(level, way, from, to), expected, digits);
    }
    // The levels are the energies of round places.
    for (level, place) in
        PUBLISHED_LEVELS.into_iter().zip([[0.5, -0.5], [0.3, -0.3], [0.1, -0.1], [0.1, 0.1], [0.3, 0.3]])
    {
        near(published_energy(place[0], place[1]), level, 2e-3);
    }
}

#[test]
fn contour_lines_of_the_grid_pass_there() {
    let grid = Plane::published(1.4).unwrap().energies(800).unwrap();
    for (level, way, _, expected) in CROSSINGS {
        let lines = grid.contour(level);
        // The nearest corner of a line to the place; corners are no more than a cell apart.
        let place = way.map(|side| side * expected);
        let off = |p: &[f64; 2]| (p[0] - place[0]).abs().max((p[1] - place[1]).abs());
        let nearest = lines.iter().flat_map(|line| &line.points).map(off).fold(9.0, f64::min);
        assert!(nearest < 2.0 / 800.0, "{level}: {nearest}");
        // And what is drawn has the energy it says, but for the bend of a cell.
        for p in lines.iter().flat_map(|line| &line.points).filter(|p| p.iter().all(|v| v.abs() < 0.8)) {
            near(published_energy(p[0], p[1]), level, 1e-5);
        }
    }
    let shapes = |level| grid.contour(level).iter().map(|line| line.closed).collect::<Vec<_>>();
    // Below the saddle two valleys, each with a line round it; above it one line round both; below the minimum nothing.
    for level in [-0.003, -0.023, -0.041] {
        assert_eq!(shapes(level), [true, true], "{level}");
    }
    assert_eq!(shapes(0.017), [true]);
    assert!(shapes(-0.054).is_empty());
}

#[test]
fn resting_states_part_where_the_gain_passes_one() {
    let table = [
        (1.05, 0.239_477_37, -0.001_392_01),
        (1.1, 0.329_459_25, -0.005_120_44),
        (10.0, 0.957_745_63, -0.697_353_05),
        (50.0, 0.991_827_97, -0.913_114_30),
    ];
    let gains: Vec<f64> = table.iter().map(|row| row.0).collect();
    let plane = Plane::published(1.4).unwrap();
    for ((_, v, energy), states) in table.iter().zip(plane.branches(&gains).unwrap()) {
        assert_eq!(states.len(), 3);
        near(states[2].outputs[0], *v, 6e-9);
        near(states[2].energy, *energy, 6e-9);
        near(states[0].outputs[1], -*v, 6e-9);
    }
    for states in plane.branches(&[0.1, 0.9, 0.999]).unwrap() {
        assert_eq!(
            (states.len(), states[0].outputs, states[0].stability),
            (1, [0.0; 2], Stability::StableNode)
        );
    }
    let meeting = plane.branches(&[1.0]).unwrap().remove(0);
    assert_eq!((meeting.len(), meeting[0].stability), (1, Stability::Marginal));
    near(meeting[0].outputs[0], 0.0, 1e-4);
    // Just beyond, V² = 12 (λ − 1)/π² to first order.
    let parted = plane.branches(&[1.000_001]).unwrap().remove(0);
    assert_eq!(parted.len(), 3);
    near(parted[2].outputs[0], (12e-6f64).sqrt() / std::f64::consts::PI, 1e-8);
    let last = plane.branches(&[1e6]).unwrap().remove(0);
    near(last[2].outputs[0], 1.0, 1e-6);
    near(last[2].energy, -1.0, 2e-5);
    assert!(plane.branches(&[1.4, 0.0]).is_err());
}

#[test]
fn the_published_trajectory() {
    let net = Plane::published(1.4).unwrap().net().clone();
    let table = [
        (1.0, [0.112_614_34, 0.108_016_46], Some(-0.003_423_97)),
        (5.0, [0.370_959_07, 0.370_958_59], None),
        (10.0, [0.548_472_36, 0.548_472_36], Some(-0.052_538_91)),
    ];
    let methods = [
        (Method::RungeKutta { step: 0.01 }, 1e-8),
        (Method::DormandPrince { relative: 1e-9, absolute: 1e-11 }, 6e-9),
        (Method::Euler { step: 0.01 }, 1e-3),
    ];
    for (method, within) in methods {
        let mut integrator = Integrator::new(method).unwrap();
        let mut inputs = net.inputs(&[0.1, 0.05]);
        let (mut before, mut worst) = (0.0, 0.0f64);
        for (time, outputs, energy) in table {
            integrator.advance(&net, &mut inputs, time - before);
            before = time;
            for (v, expected) in net.outputs(&inputs).into_iter().zip(outputs) {
                near(v, expected, within);
                worst = worst.max((v - expected).abs());
            }
            if let Some(energy) = energy {
                near(net.energy(&inputs), energy, within);
            }
        }
        assert_eq!(worst > 1e-5, matches!(method, Method::Euler { .. }), "{method:?} {worst}");
    }
    // The map's own path is the same.
    let path = Plane::published(1.4).unwrap().path([0.1, 0.05], 0.5, 20);
    assert_eq!(path.len(), 21);
    for (at, expected) in [(2, table[0].1), (10, table[1].1), (20, table[2].1)] {
        near(path[at][0], expected[0], 6e-9);
        near(path[at][1], expected[1], 6e-9);
    }
}

#[test]
fn the_side_of_the_diagonal_decides_where_a_path_ends() {
    let plane = Plane::published(1.4).unwrap();
    let starts = [[0.6, -0.5], [-0.6, 0.5], [0.9, -0.899], [-0.1, 0.099], [0.0, 0.01], [0.3, -0.9]];
    for (start, path) in starts.iter().zip(plane.paths(&starts, 1.0, 60)) {
        let side = (start[0] + start[1]).signum();
        near(path[60][0], side * 0.572_872_979_2, 1e-8);
        near(path[60][1], side * 0.572_872_979_2, 1e-8);
    }
    // Arrows point along the way that paths take.
    for arrow in plane.arrows(8) {
        let next = plane.path(arrow.at, 1e-4, 1)[1];
        for ((next, here), velocity) in next.iter().zip(arrow.at).zip(arrow.velocity) {
            near((next - here) / 1e-4, velocity, 1e-3);
        }
    }
}

#[test]
fn the_velocity_is_the_equation() {
    let mut rng = Rng::new(1, Stream::Experiment, 0);
    for (n, shape) in
        [(1, Shape::Tanh), (2, Shape::Arctangent), (7, Shape::Logistic), (18, Shape::SignedLogistic)]
    {
        let gain = Gain::new(shape, 1.7).unwrap();
        let net = random_net(n, false, gain, &mut rng);
        let inputs = random_inputs(n, &mut rng);
        let mut rate = vec![f64::NAN; n];
        net.velocity(&inputs, &mut rate);
        for i in 0..n {
            let felt: f64 = (0..n).map(|j| net.weight(i, j) * gain.output(inputs[j])).sum();
            let expected = (felt - inputs[i] / net.resistance()[i] + net.current()[i]) / net.capacitance()[i];
            near(rate[i], expected, 1e-13 * (1.0 + expected.abs()));
        }
    }
}

#[test]
fn a_common_factor_of_the_weights_is_kept() {
    let mut weights = Weights::zero(3, 0.25).unwrap();
    weights.add_outer(1.0, &[1, -1, 1]);
    let gain = Gain::new(Shape::Tanh, 1.0).unwrap();
    let net = Graded::new(weights.clone(), gain, Circuit::default()).unwrap();
    let plain: Vec<Vec<f64>> = (0..3).map(|i| (0..3).map(|j| weights.get(i, j)).collect()).collect();
    let plain = Graded::new(Weights::from_rows(&plain).unwrap(), gain, Circuit::default()).unwrap();
    let inputs = [0.3, -1.0, 2.0];
    let velocity = |net: &Graded| {
        let mut rate = [0.0; 3];
        net.velocity(&inputs, &mut rate);
        rate
    };
    assert_eq!(velocity(&net), velocity(&plain));
    assert_eq!(net.terms(&inputs), plain.terms(&inputs));
}

#[test]
fn the_energy_falls_at_the_rate_that_the_formula_gives() {
    let mut rng = Rng::new(2, Stream::Experiment, 0);
    for shape in SHAPES {
        for (steepness, symmetric) in [(0.8, true), (3.0, true), (1.5, false), (3.0, false)] {
            let net = random_net(9, symmetric, Gain::new(shape, steepness).unwrap(), &mut rng);
            assert_eq!(net.is_symmetric(), symmetric);
            for _ in 0..5 {
                let inputs = random_inputs(9, &mut rng);
                let rate = net.energy_rate(&inputs);
                let mut velocity = vec![0.0; 9];
                net.velocity(&inputs, &mut velocity);
                let moved = |time: f64| {
                    let there: Vec<f64> = inputs.iter().zip(&velocity).map(|(u, v)| u + time * v).collect();
                    net.energy(&there)
                };
                let step = 1e-6;
                near(rate, (moved(step) - moved(-step)) / (2.0 * step), 1e-7 * (1.0 + rate.abs()));
                assert!(!symmetric || rate < 0.0);
            }
        }
    }
    // With weights that are not symmetric it may rise: one unit drives the other, which holds it back.
    let weights = Weights::from_rows(&[vec![0.0, 1.0], vec![-1.0, 0.0]]).unwrap();
    let net = Graded::new(weights, Gain::new(Shape::Tanh, 1.0).unwrap(), Circuit::default()).unwrap();
    let mut inputs = [0.5, 3.0];
    let (before, rate) = (net.energy(&inputs), net.energy_rate(&inputs));
    controlled().advance(&net, &mut inputs, 0.01);
    near((net.energy(&inputs) - before) / 0.01, rate, 0.01);
    assert!(rate > 0.05, "{rate}");
}

#[test]
fn the_energy_of_symmetric_nets_never_rises() {
    let mut rng = Rng::new(3, Stream::Experiment, 0);
    for shape in SHAPES {
        for steepness in [0.7, 2.0, 20.0] {
            let net = random_net(12, true, Gain::new(shape, steepness).unwrap(), &mut rng);
            let mut inputs = random_inputs(12, &mut rng);
            let mut integrator = controlled();
            let mut energy = net.energy(&inputs);
            let first = energy;
            for _ in 0..300 {
                integrator.advance(&net, &mut inputs, 0.1);
                let now = net.energy(&inputs);
                assert!(now <= energy + 1e-9, "{shape:?} {steepness}: {energy} -> {now}");
                energy = now;
            }
            assert!(energy < first - 0.1);
            integrator.advance(&net, &mut inputs, 400.0);
            let motion = net.motion(&inputs);
            assert!(motion.is_at_rest(REST) && motion.inputs < 1e-3, "{shape:?} {steepness}: {motion:?}");
        }
    }
}

#[test]
fn the_jacobian_is_the_derivative_of_the_velocity() {
    let mut rng = Rng::new(4, Stream::Experiment, 0);
    for shape in SHAPES {
        let n = 6;
        let net = random_net(n, false, Gain::new(shape, 1.3).unwrap(), &mut rng);
        let inputs = random_inputs(n, &mut rng);
        let jacobian = net.jacobian(&inputs);
        let velocity = |j: usize, by: f64| {
            let mut there = inputs.clone();
            there[j] += by;
            let mut rate = vec![0.0; n];
            net.velocity(&there, &mut rate);
            rate
        };
        let step = 1e-5;
        for j in 0..n {
            let (up, down) = (velocity(j, step), velocity(j, -step));
            for i in 0..n {
                near(jacobian[i * n + j], (up[i] - down[i]) / (2.0 * step), 1e-8);
            }
        }
    }
}

/// A net of two units, of any kind.
fn random_plane(kind: u32, rng: &mut Rng) -> Plane {
    let shape = SHAPES[kind as usize % 4];
    let gain = Gain::new(shape, engram::math::exp(1.5 * rng.normal())).unwrap();
    let size = if kind.is_multiple_of(3) { 3.0 } else { 1.0 };
    let mut two = |size: f64| Values::Each(vec![size * rng.normal(), size * rng.normal()]);
    let none = Values::All(0.0);
    let circuit = Circuit {
        own: if kind.is_multiple_of(2) { none.clone() } else { two(size) },
        current: if kind.is_multiple_of(5) { none } else { two(0.3 * size) },
        resistance: Values::Each(vec![engram::math::exp(rng.normal()), engram::math::exp(rng.normal())]),
        capacitance: Values::Each(vec![engram::math::exp(rng.normal()), 1.0]),
    };
    let back = if kind % 7 < 3 { None } else { Some(size * rng.normal()) };
    let there = size * rng.normal();
    let rows = [vec![0.0, there], vec![back.unwrap_or(there), 0.0]];
    Plane::new(Graded::new(Weights::from_rows(&rows).unwrap(), gain, circuit).unwrap()).unwrap()
}

#[test]
fn no_resting_state_of_two_units_is_missed() {
    let mut rng = Rng::new(5, Stream::Experiment, 0);
    let mut counts = [0; 10];
    let mut seen = std::collections::BTreeMap::new();
    for kind in 0..3000 {
        let plane = random_plane(kind, &mut rng);
        let states = plane.resting();
        counts[states.len()] += 1;
        // All motion far out leads inwards, so nodes and spirals outnumber saddles by one (Poincaré & Hopf).
        let index: i32 = states.iter().map(|s| if s.stability == Stability::Saddle { -1 } else { 1 }).sum();
        assert_eq!(index, 1, "{states:?}");
        for state in &states {
            *seen.entry(format!("{:?}", state.stability)).or_insert(0) += 1;
            let net = plane.net();
            let motion = net.motion(&state.inputs);
            let size = net.jacobian(&state.inputs).iter().fold(0.0f64, |most, x| most.max(x.abs()));
            let reach = 1.0 + state.inputs.iter().fold(0.0f64, |most, u| most.max(u.abs()));
            assert!(motion.inputs <= 1e-10 * size.max(1.0) * reach, "{motion:?} {state:?}");
            // Eigenvalues by their sum and product.
            let m = net.jacobian(&state.inputs);
            let [a, b] = state.eigenvalues;
            near(a.real + b.real, m[0] + m[3], 1e-10 * size);
            let product = if a.imaginary == 0.0 {
                a.real * b.real
            } else {
                a.real * a.real + a.imaginary * a.imaginary
            };
            near(product, m[0] * m[3] - m[1] * m[2], 1e-10 * size * size);
        }
        if kind % 30 == 0 && plane.net().is_symmetric() {
            // Every run ends in one of them.
            for _ in 0..8 {
                let mut inputs = vec![3.0 * rng.normal(), 3.0 * rng.normal()];
                controlled().advance(plane.net(), &mut inputs, 300.0);
                let off = |s: &engram::models::graded::plane::Resting| {
                    (s.inputs[0] - inputs[0]).abs().max((s.inputs[1] - inputs[1]).abs())
                };
                let nearest = states.iter().map(off).fold(f64::INFINITY, f64::min);
                assert!(nearest < 1e-4, "{inputs:?} is none of {states:?}");
            }
        }
    }
    // One, three, five, seven and nine of them, of every kind.
    assert!([1, 3, 5, 7, 9].iter().all(|&count| counts[count] > 0), "{counts:?}");
    assert!([2, 4, 6, 8].iter().all(|&count| counts[count] == 0), "{counts:?}");
    for kind in ["StableNode", "StableSpiral", "Saddle", "UnstableNode", "UnstableSpiral"] {
        assert!(seen.contains_key(kind), "{seen:?}");
    }
}

#[test]
fn two_units_that_only_feel_themselves_have_nine_resting_states() {
    let gain = Gain::new(Shape::Tanh, 1.0).unwrap();
    let circuit = Circuit { own: Values::All(2.0), ..Circuit::default() };
    let plane = Plane::new(Graded::new(Weights::zero(2, 1.0).unwrap(), gain, circuit).unwrap()).unwrap();
    let states = plane.resting();
    // u = 2 tanh u, for each by itself.
    let alone = 1.915_008_048_154_537;
    let expected = [-alone, 0.0, alone];
    for (state, (a, b)) in
        states.iter().zip(expected.iter().flat_map(|a| expected.iter().map(move |b| (a, b))))
    {
        near(state.inputs[0], *a, 1e-12);
        near(state.inputs[1], *b, 1e-12);
    }
    let kinds = |wanted| states.iter().filter(|s| s.stability == wanted).count();
    assert_eq!(
        (kinds(Stability::StableNode), kinds(Stability::Saddle), kinds(Stability::UnstableNode)),
        (4, 4, 1)
    );
}

#[test]
fn two_units_that_chase_each_other_turn_and_may_never_rest() {
    let chase = |own: f64| {
        let rows = [vec![0.0, 2.0], vec![-2.0, 0.0]];
        let circuit = Circuit { own: Values::All(own), ..Circuit::default() };
        let gain = Gain::new(Shape::Tanh, 1.0).unwrap();
        Plane::new(Graded::new(Weights::from_rows(&rows).unwrap(), gain, circuit).unwrap()).unwrap()
    };
    for (own, stability) in
        [(0.0, Stability::StableSpiral), (1.0, Stability::Marginal), (1.5, Stability::UnstableSpiral)]
    {
        let states = chase(own).resting();
        assert_eq!((states.len(), states[0].stability), (1, stability));
        near(states[0].eigenvalues[0].real, own - 1.0, 1e-12);
        near(states[0].eigenvalues[0].imaginary, 2.0, 1e-12);
    }
    // Round the one that is not stable they go for ever.
    let path = chase(1.5).path([0.1, 0.0], 0.5, 200);
    assert!(path[150..].iter().all(|v| v[0] * v[0] + v[1] * v[1] > 0.09), "{:?}", path[200]);
}

#[test]
fn a_steep_gain_rests_where_the_binary_net_does() {
    let mut rng = Rng::new(6, Stream::Experiment, 0);
    let n = 9;
    let mut states = 0;
    for index in 0..12 {
        let rows = random_rows(n, true, &mut rng);
        let bias: Vec<f64> = (0..n).map(|_| 0.3 * rng.normal()).collect();
        let weights = Weights::from_rows(&rows).unwrap();
        let binary = Hopfield::new(weights.clone(), bias.clone(), BiasSign::Consistent).unwrap();
        let shape = [Shape::Arctangent, Shape::Tanh, Shape::SignedLogistic][index % 3];
        let circuit = Circuit { current: Values::Each(bias), ..Circuit::default() };
        let graded = Graded::new(weights, Gain::new(shape, 1e5).unwrap(), circuit).unwrap();
        let found = attractors(&binary, Rule::Sequential(Tie::Keep)).unwrap();
        let run = |mut inputs: Vec<f64>| {
            Integrator::new(Method::DormandPrince { relative: 1e-5, absolute: 1e-7 }).unwrap().advance(
                &graded,
                &mut inputs,
                30.0,
            );
            let outputs = graded.outputs(&inputs);
            assert!(saturation(&outputs) > 0.99 && graded.motion(&inputs).is_at_rest(1e-4), "{outputs:?}");
            (graded.spins(&inputs), outputs)
        };
        // Every resting state of the binary net is one of the graded net …
        for point in &found.fixed {
            let spins = engram::exact::spins(point.code, n);
            let (end, outputs) = run(spins.iter().map(|&s| f64::from(s)).collect());
            assert_eq!(end, spins);
            assert!(graded_overlap(&spins, &outputs) > 0.99);
            let energy = graded.terms_of_outputs(&outputs).total();
            near(energy, point.energy, 0.03 * point.energy.abs() + 0.03);
            states += 1;
        }
        // … and there are no others.
        for _ in 0..20 {
            let (end, _) = run((0..n).map(|_| 0.01 * rng.normal()).collect());
            assert!(found.fixed.iter().any(|point| point.code == code(&end)), "{end:?}");
        }
    }
    assert!(states > 24, "{states}");
}

#[test]
fn a_memory_comes_back_in_grey() {
    let mut rng = Rng::new(7, Stream::Experiment, 0);
    let n = 100;
    let memories: Vec<Vec<i8>> = (0..5).map(|_| (0..n).map(|_| rng.spin()).collect()).collect();
    let mut weights = Weights::zero(n, 1.0 / n as f64).unwrap();
    memories.iter().for_each(|x| weights.add_outer(1.0, x));
    let net = Graded::new(weights, Gain::new(Shape::Tanh, 4.0).unwrap(), Circuit::default()).unwrap();
    let mut cue = memories[0].clone();
    cue[..15].iter_mut().for_each(|s| *s = -*s);
    let mut inputs = net.inputs_of_spins(&cue, 0.5);
    near(graded_overlap(&memories[0], &net.outputs(&inputs)), 0.5 * 0.7, 1e-12);
    near(saturation(&net.outputs(&inputs)), 0.5, 1e-12);
    controlled().advance(&net, &mut inputs, 50.0);
    let outputs = net.outputs(&inputs);
    assert_eq!(net.spins(&inputs), memories[0]);
    // u = tanh(4u) is solved by 0.99932; the other memories take a little.
    assert!(graded_overlap(&memories[0], &outputs) > 0.99);
    assert!(net.motion(&inputs).is_at_rest(REST));
}

#[test]
fn a_unit_whose_input_is_on_its_way_to_the_other_end_is_not_at_rest() {
    let gain = Gain::new(Shape::Tanh, 100.0).unwrap();
    let circuit = Circuit { current: Values::All(-1.0), ..Circuit::default() };
    let net = Graded::new(Weights::zero(1, 1.0).unwrap(), gain, circuit).unwrap();
    // Its output is 1 to the last digit and does not move; its input falls to −1.
    let mut inputs = [1.0];
    let motion = net.motion(&inputs);
    assert!(motion.outputs < 1e-80 && motion.inputs == 2.0 && motion.ahead == 2.0, "{motion:?}");
    assert!(!motion.is_at_rest(REST));
    controlled().advance(&net, &mut inputs, 1.0);
    near(inputs[0], 2.0 * engram::math::exp(-1.0) - 1.0, 1e-8);
    // On the other side the input still moves, and to no other end.
    let motion = net.motion(&inputs);
    assert!(motion.is_at_rest(REST) && motion.inputs > 0.7, "{motion:?}");
}

#[test]
fn circuits_out_of_range_are_refused_with_their_place() {
    let new = |circuit: Circuit| {
        let gain = Gain::new(Shape::Tanh, 1.0).unwrap();
        Graded::new(Weights::zero(3, 1.0).unwrap(), gain, circuit)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(new(Circuit::default()), Ok(()));
    assert_eq!(
        new(Circuit { resistance: Values::Each(vec![1.0, 0.0, 1.0]), ..Circuit::default() }),
        Err("the resistance of unit 1 is 0; it must be a number from 1e-9 to 1e9".into())
    );
    assert_eq!(
        new(Circuit { current: Values::Each(vec![1.0]), ..Circuit::default() }),
        Err("1 numbers are given for the current; the net has 3 units".into())
    );
    assert!(new(Circuit { capacitance: Values::All(f64::NAN), ..Circuit::default() }).is_err());
    assert!(new(Circuit { own: Values::All(f64::INFINITY), ..Circuit::default() }).is_err());
}
