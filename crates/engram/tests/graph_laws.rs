//! Cuts and colourings held to what is known of small graphs, by brute force or in closed form.

use engram::dynamics::schedule::{After, Course, Schedule};
use engram::dynamics::{Annealing, HeatBath, State, UpdateRule as _};
use engram::energy::Energy as _;
use engram::exact::{ground, minima, proper_colouring, spins};
use engram::models::graph::{Colouring, Graph};
use engram::models::hopfield::Hopfield;
use engram::observe::{Best, Seen};
use engram::rng::{Rng, Stream};

fn random(vertices: usize, probability: f64, seed: u64) -> Graph {
    Graph::random(vertices, probability, &mut Rng::new(seed, Stream::Experiment, 0)).unwrap()
}

/// The same with normal weights, of both signs.
fn weighted(vertices: usize, seed: u64) -> Graph {
    let mut rng = Rng::new(seed, Stream::Experiment, 1);
    let edges: Vec<_> = random(vertices, 0.5, seed)
        .edges()
        .iter()
        .map(|edge| (edge.ends[0], edge.ends[1], rng.normal()))
        .collect();
    Graph::new(vertices, &edges).unwrap()
}

/// The largest cut, over all sides of all vertices.
fn best_cut(graph: &Graph) -> f64 {
    let n = graph.vertices();
    (0..1u32 << (n - 1)).map(|code| graph.cut(&spins(code, n))).fold(0.0, f64::max)
}

/// All proper colourings, one vertex after another.
fn colourings(graph: &Graph, colours: usize) -> Vec<Vec<usize>> {
    let mut found = vec![vec![]];
    for vertex in 0..graph.vertices() {
        let clash = |partial: &[usize], colour: usize| {
            graph.edges().iter().any(|e| e.ends[1] == vertex && partial[e.ends[0]] == colour)
        };
        found = found
            .iter()
            .flat_map(|partial| {
                (0..colours).filter(|&c| !clash(partial, c)).map(|c| [&partial[..], &[c]].concat())
            })
            .collect();
    }
    found
}

/// Over all ways to give each vertex a colour.
fn fewest_conflicts(colouring: &Colouring) -> usize {
    let (n, k) = (colouring.graph().vertices(), colouring.colours());
    let all = (0..k.pow(n as u32)).map(|code| (0..n).map(|v| code / k.pow(v as u32) % k).collect::<Vec<_>>());
    all.map(|x| colouring.decode(&colouring.encode(&x)).conflicts).min().unwrap()
}

/// The lowest state that cooling meets, from a random start.
fn cooled(net: &Hopfield<f64>, from: f64, to: f64, sweeps: u64, run: u64) -> Seen {
    let n = net.bias().len();
    let mut rng = Rng::new(51, Stream::Dynamics, run);
    let mut state = State::new(net, (0..n).map(|_| rng.spin()).collect());
    let schedule = Schedule::new(Course::Geometric { from, to }, sweeps, After::Stay).unwrap();
    let mut annealing = Annealing::new(HeatBath::new(n, from), schedule);
    let mut best = Best::default();
    for update in 1.. {
        if annealing.is_over() {
            break;
        }
        if annealing.step(net, &mut state, &mut rng).changed > 0 {
            best.offer(net.energy_cached(state.spins(), state.cache()), state.spins(), update);
        }
    }
    best.seen().unwrap().clone()
}

#[test]
fn largest_cuts_are_ground_states() {
    // (graph, largest cut where it is known)
    let graphs = [
        (Graph::petersen(), Some(12.0)),
        (Graph::cycle(3).unwrap(), Some(2.0)),
        (Graph::cycle(8).unwrap(), Some(8.0)),
        (Graph::cycle(11).unwrap(), Some(10.0)),
        (Graph::complete(4).unwrap(), Some(4.0)),
        (Graph::complete(7).unwrap(), Some(12.0)),
        (random(12, 0.4, 1), None),
        (random(14, 0.6, 2), None),
        (weighted(13, 3), None),
    ];
    for (graph, known) in graphs {
        let net = graph.max_cut::<f64>().unwrap();
        let best = best_cut(&graph);
        assert_eq!(known.unwrap_or(best), best);
        let half = 0.5 * graph.edges().iter().map(|edge| edge.weight).sum::<f64>();
        let landscape = minima(&net).unwrap();
        assert!((half - landscape.energy_min - best).abs() < 1e-12);
        let ground = spins(landscape.weak[0].code, graph.vertices());
        assert!((graph.cut(&ground) - best).abs() < 1e-12);
    }
}

#[test]
fn cooling_finds_largest_cuts() {
    for (what, graph) in
        [("Petersen", Graph::petersen()), ("random", random(16, 0.5, 4)), ("weighted", weighted(16, 5))]
    {
        let (net, best) = (graph.max_cut::<f64>().unwrap(), best_cut(&graph));
        let found =
            (0..50).filter(|&run| graph.cut(&cooled(&net, 3.0, 0.2, 50, run).spins) >= best - 1e-12).count();
        println!("{what}: {found} of 50");
        assert!(found >= 48, "{what}: {found} of 50");
    }
}

#[test]
fn ground_states_are_the_proper_colourings_and_minima_are_what_the_penalties_say() {
    // (graph, colours, proper colourings by the chromatic polynomial)
    let graphs = [
        (Graph::cycle(5).unwrap(), 3, Some(30)),
        (Graph::cycle(6).unwrap(), 3, Some(66)),
        (Graph::cycle(7).unwrap(), 2, Some(0)),
        (Graph::cycle(8).unwrap(), 2, Some(2)),
        (Graph::complete(4).unwrap(), 4, Some(24)),
        (Graph::complete(4).unwrap(), 3, Some(0)),
        (random(6, 0.5, 6), 3, None),
        (random(9, 0.3, 7), 2, None),
    ];
    for (graph, colours, known) in graphs {
        let proper = colourings(&graph, colours);
        assert_eq!(known.unwrap_or(proper.len()), proper.len());
        let strict = 1 + graph.degrees().into_iter().max().unwrap() / colours;
        for a in [1, strict as u32] {
            let colouring = Colouring::with_penalties(graph.clone(), colours, a, 1).unwrap();
            let net = colouring.net::<f64>().unwrap();
            for x in &proper {
                let state = colouring.encode(x);
                assert_eq!(net.energy(&state), colouring.ground());
                let told = colouring.decode(&state);
                assert!(told.is_proper() && told.colours.iter().zip(x).all(|(a, b)| *a == Some(*b)));
            }
            let landscape = minima(&net).unwrap();
            let lowest = landscape.weak_classes[0];
            if !proper.is_empty() {
                assert_eq!((lowest.energy, lowest.count), (colouring.ground(), proper.len()));
            } else if a == strict as u32 {
                assert_eq!(colouring.penalty(lowest.energy), fewest_conflicts(&colouring) as f64);
            }
            for state in &landscape.weak {
                let told = colouring.decode(&spins(state.code, colouring.units()));
                assert!(told.multiple.is_empty());
                assert!(a < strict as u32 || told.unassigned.is_empty());
                let penalty = a as usize * told.unassigned.len() + told.conflicts;
                assert_eq!(colouring.penalty(state.energy), penalty as f64);
            }
        }
    }
}

#[test]
fn cooling_colours_graphs() {
    let petersen = Graph::petersen();
    let proper = colourings(&petersen, 3);
    assert_eq!(proper.len(), 120);
    for (what, graph, colours) in [
        ("Petersen in 3", petersen, 3),
        ("a ring of 11 in 3", Graph::cycle(11).unwrap(), 3),
        ("four vertices, all joined, in 4", Graph::complete(4).unwrap(), 4),
        ("random in 4", random(20, 0.25, 8), 4),
    ] {
        let colouring = Colouring::new(graph, colours).unwrap();
        let net = colouring.net::<f64>().unwrap();
        let mut found = 0;
        for run in 0..50 {
            let seen = cooled(&net, 1.0, 0.2, 500, run);
            let told = colouring.decode(&seen.spins);
            assert_eq!(told.is_proper(), seen.energy == colouring.ground());
            found += u32::from(told.is_proper());
        }
        println!("{what}: {found} of 50");
    }
}

#[test]
fn colourings_are_found_where_there_are_some() {
    let colourable = |graph: &Graph, colours: usize| {
        let found = proper_colouring(graph, colours).unwrap();
        if let Some(colours) = &found {
            assert!(graph.edges().iter().all(|edge| colours[edge.ends[0]] != colours[edge.ends[1]]));
        }
        found.is_some()
    };
    for (graph, needed) in [
        (Graph::petersen(), 3),
        (Graph::cycle(6).unwrap(), 2),
        (Graph::cycle(7).unwrap(), 3),
        (Graph::complete(6).unwrap(), 6),
        (Graph::complete(1).unwrap(), 1),
    ] {
        assert!((1..needed).all(|colours| !colourable(&graph, colours)));
        assert!((needed..needed + 3).all(|colours| colourable(&graph, colours)));
    }
    // As many colours suffice as the net of them has a state of no penalty.
    let mut rng = Rng::new(6, Stream::Experiment, 0);
    for _ in 0..20 {
        let graph = Graph::random(6, 0.6, &mut rng).unwrap();
        for colours in 1..=3 {
            let colouring = Colouring::new(graph.clone(), colours).unwrap();
            let least = ground(&colouring.net::<f64>().unwrap()).unwrap().energy;
            assert_eq!(colouring.penalty(least) == 0.0, colourable(&graph, colours));
        }
    }
    assert!(proper_colouring(&Graph::cycle(21).unwrap(), 2).is_err());
}
