//! Graphs, and nets that solve problems on them.
//!
//! # What it is
//! n vertices joined by weighted, undirected edges. Two problems that are hard in general become the ground states of
//! a net of spins: cutting the vertices in two so that the edges between the parts weigh most ([`Graph::max_cut`]),
//! and colouring them so that no edge joins two of one colour ([`Colouring`]).
//!
//! # Energy
//! Of a cut: `w_ab` of the net is −½ the weight of edge (a, b), so that `E = ½ Σ weights − cut`. Cooling the net cuts the
//! graph. Of a colouring: see [`Colouring`].
//!
//! # Shapes
//! A cut: one unit a vertex. A colouring: k units a vertex.
//!
//! # References
//! F. Barahona, M. Grötschel, M. Jünger & G. Reinelt, Oper. Res. 36 (1988) 493 (cuts and spin glasses); A. Lucas,
//! Front. Phys. 2 (2014) 5, sections 2.2 and 6.1.

mod colouring;

pub use colouring::{Assignment, Colouring};

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use crate::kernel::Real;
use crate::math;
use crate::models::hopfield::{BiasSign, Hopfield};
use crate::order::order_by_key;
use crate::rng::Rng;
use crate::weights::{MAX_UNITS, Weights, WeightsError};

/// Why a graph, or a net of it, could not be made.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphError {
    /// No vertices, or more than [`MAX_UNITS`].
    Vertices(usize),
    /// An edge ends in a vertex that is not there.
    Vertex {
        /// Which edge, from 0.
        edge: usize,
        /// The vertex that it names.
        vertex: usize,
        /// How many vertices there are.
        vertices: usize,
    },
    /// An edge joins a vertex to itself.
    Loop {
        /// Which edge, from 0.
        edge: usize,
        /// The vertex.
        vertex: usize,
    },
    /// Two vertices are joined a second time.
    Twice {
        /// Which edge, from 0.
        edge: usize,
        /// Its ends.
        ends: [usize; 2],
    },
    /// A weight that is not a finite number, or larger than 10⁹ in size.
    Weight {
        /// Which edge, from 0.
        edge: usize,
        /// Its weight.
        value: f64,
    },
    /// No colours, or so many that the net would have more than [`MAX_UNITS`] units.
    Colours {
        /// Colours asked for.
        colours: usize,
        /// Vertices of the graph.
        vertices: usize,
    },
    /// A penalty that is not a whole number from 1 to 10⁶.
    Penalty {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: u32,
    },
    /// Weights of that size cannot be made.
    Weights(WeightsError),
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vertices(n) => write!(f, "a graph needs 1 to {MAX_UNITS} vertices, not {n}"),
            Self::Vertex { edge, vertex, vertices } => {
                write!(f, "edge {edge} ends in vertex {vertex}; the graph has vertices 0 to {}", vertices - 1)
            }
            Self::Loop { edge, vertex } => {
                write!(f, "edge {edge} joins vertex {vertex} to itself; its ends must differ")
            }
            Self::Twice { edge, ends: [a, b] } => {
                write!(f, "edge {edge} joins vertices {a} and {b}, which are joined already; once is allowed")
            }
            Self::Weight { edge, value } => {
                write!(f, "the weight of edge {edge} is {value}; it must be a number between -1e9 and 1e9")
            }
            Self::Colours { colours, vertices } => write!(
                f,
                "{colours} colours for {vertices} vertices are not possible: at least 1 is needed, and colours times vertices must be at most {MAX_UNITS}"
            ),
            Self::Penalty { name, value } => {
                write!(f, "the penalty for {name} is {value}; it must be a whole number from 1 to 1000000")
            }
            Self::Weights(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for GraphError {}

impl From<WeightsError> for GraphError {
    fn from(error: WeightsError) -> Self {
        Self::Weights(error)
    }
}

/// An edge between two vertices, the lower number first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Its ends.
    pub ends: [usize; 2],
    /// Its weight.
    pub weight: f64,
}

/// A graph without loops and without double edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    vertices: usize,
    edges: Vec<Edge>,
}

impl Graph {
    /// So many vertices, joined by edges `(end, end, weight)`.
    ///
    /// # Errors
    /// No vertices or too many; ends that are not there or the same; two edges between the same ends; weights that are
    /// not finite numbers up to 10⁹.
    pub fn new(vertices: usize, edges: &[(usize, usize, f64)]) -> Result<Self, GraphError> {
        check(vertices)?;
        let mut checked = Vec::with_capacity(edges.len());
        for (edge, &(a, b, weight)) in edges.iter().enumerate() {
            if let Some(vertex) = [a, b].into_iter().find(|&end| end >= vertices) {
                return Err(GraphError::Vertex { edge, vertex, vertices });
            }
            if a == b {
                return Err(GraphError::Loop { edge, vertex: a });
            }
            if !(weight.is_finite() && math::abs(weight) <= 1e9) {
                return Err(GraphError::Weight { edge, value: weight });
            }
            checked.push(Edge { ends: [a.min(b), a.max(b)], weight });
        }
        if let Some(edge) = twice(&checked) {
            return Err(GraphError::Twice { edge, ends: checked[edge].ends });
        }
        Ok(Self { vertices, edges: checked })
    }

    /// Vertices in a ring, each joined to the next by an edge of weight 1.
    ///
    /// # Errors
    /// Fewer than 3 vertices (which would be joined to themselves or twice), or too many.
    pub fn cycle(vertices: usize) -> Result<Self, GraphError> {
        let edges: Vec<_> = (0..vertices.min(MAX_UNITS))
            .map(|a| (a, if a + 1 == vertices { 0 } else { a + 1 }, 1.0))
            .collect();
        Self::new(vertices, &edges)
    }

    /// Every vertex joined to every other by an edge of weight 1.
    ///
    /// # Errors
    /// No vertices, or too many.
    pub fn complete(vertices: usize) -> Result<Self, GraphError> {
        check(vertices)?;
        let pairs = (0..vertices).flat_map(|b| (0..b).map(move |a| [a, b]));
        Ok(Self { vertices, edges: pairs.map(|ends| Edge { ends, weight: 1.0 }).collect() })
    }

    /// Petersen's graph: a ring of five, a star of five, and five spokes between them; every vertex has three edges, of
    /// weight 1. It is cut in 12 of its 15 edges at most and needs three colours.
    #[must_use]
    pub fn petersen() -> Self {
        let edges = (0..5).flat_map(|a| [[a, (a + 1) % 5], [a, a + 5], [a + 5, (a + 2) % 5 + 5]]);
        let edge = |[a, b]: [usize; 2]| Edge { ends: [a.min(b), a.max(b)], weight: 1.0 };
        Self { vertices: 10, edges: edges.map(edge).collect() }
    }

    /// Every pair of vertices is joined with a probability, by an edge of weight 1 (E. N. Gilbert, Ann. Math. Stat. 30
    /// (1959) 1141). A probability outside 0 to 1 counts as the nearer end.
    ///
    /// # Errors
    /// No vertices, or too many.
    pub fn random(vertices: usize, probability: f64, rng: &mut Rng) -> Result<Self, GraphError> {
        let Self { vertices, mut edges } = Self::complete(vertices)?;
        edges.retain(|_| rng.bernoulli(probability));
        Ok(Self { vertices, edges })
    }

    /// Number of vertices, n.
    #[must_use]
    pub fn vertices(&self) -> usize {
        self.vertices
    }

    /// The edges, in the order given.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// How many edges each vertex has.
    #[must_use]
    pub fn degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.vertices];
        self.edges.iter().flat_map(|edge| edge.ends).for_each(|vertex| degrees[vertex] += 1);
        degrees
    }

    /// The net whose ground states are the largest cuts: a unit a vertex, which says by its sign on which side the
    /// vertex is. `E = ½ Σ weights − cut`, so turning a vertex over costs what the cut loses by it. Weights of edges may
    /// be negative.
    ///
    /// # Errors
    /// No memory.
    pub fn max_cut<T: Real>(&self) -> Result<Hopfield<T>, GraphError> {
        // Whole numbers stay whole before the factor.
        let mut weights = Weights::zero(self.vertices, 0.5)?;
        for &Edge { ends: [a, b], weight } in &self.edges {
            weights.set_raw(a, b, T::from_f64(-weight));
            weights.set_raw(b, a, T::from_f64(-weight));
        }
        Ok(net(weights, vec![0.0; self.vertices]))
    }

    /// Weight of the edges that a state cuts: those with one end +1 and one −1. An edge at an unknown vertex is not
    /// cut.
    #[must_use]
    pub fn cut(&self, spins: &[i8]) -> f64 {
        let is_cut = |edge: &&Edge| {
            edge.ends.map(|end| spins[end]).iter().sum::<i8>() == 0 && spins[edge.ends[0]] != 0
        };
        self.edges.iter().filter(is_cut).map(|edge| edge.weight).sum()
    }
}

fn check(vertices: usize) -> Result<(), GraphError> {
    if vertices == 0 || vertices > MAX_UNITS { Err(GraphError::Vertices(vertices)) } else { Ok(()) }
}

/// The first edge whose ends an earlier one joins.
fn twice(edges: &[Edge]) -> Option<usize> {
    let order = order_by_key(edges.len(), |edge| edges[edge].ends);
    let same = |pair: &&[usize]| edges[pair[0]].ends == edges[pair[1]].ends;
    order.windows(2).filter(same).map(|pair| pair[1]).min()
}

/// A net of weights and biases that are known to be fit for one.
fn net<T: Real>(weights: Weights<T>, bias: Vec<f64>) -> Hopfield<T> {
    Hopfield::new(weights, bias, BiasSign::Consistent).expect("a finite bias a unit").with_bytes()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;
    use crate::energy::Energy as _;
    use crate::rng::Stream;

    #[test]
    fn what_is_no_graph_is_refused_with_its_place() {
        let refused = |n: usize, edges: &[(usize, usize, f64)]| Graph::new(n, edges).unwrap_err();
        assert_eq!(refused(0, &[]), GraphError::Vertices(0));
        assert_eq!(refused(5000, &[]), GraphError::Vertices(5000));
        assert_eq!(
            refused(3, &[(0, 1, 1.0), (1, 3, 1.0)]).to_string(),
            "edge 1 ends in vertex 3; the graph has vertices 0 to 2"
        );
        assert_eq!(refused(3, &[(2, 2, 1.0)]), GraphError::Loop { edge: 0, vertex: 2 });
        assert_eq!(refused(3, &[(0, 1, 1.0), (1, 0, 2.0)]), GraphError::Twice { edge: 1, ends: [0, 1] });
        for value in [f64::NAN, f64::INFINITY, -2e9] {
            assert!(matches!(refused(2, &[(0, 1, value)]), GraphError::Weight { edge: 0, .. }));
        }
        assert_eq!(Graph::cycle(0).unwrap_err(), GraphError::Vertices(0));
        assert_eq!(Graph::cycle(1).unwrap_err(), GraphError::Loop { edge: 0, vertex: 0 });
        assert_eq!(Graph::cycle(2).unwrap_err(), GraphError::Twice { edge: 1, ends: [0, 1] });
        assert_eq!(Graph::cycle(5000).unwrap_err(), GraphError::Vertices(5000));
        assert_eq!(Graph::complete(5000).unwrap_err(), GraphError::Vertices(5000));
    }

    #[test]
    fn made_graphs_have_their_edges() {
        let petersen = Graph::petersen();
        let edges: Vec<_> = petersen.edges().iter().map(|e| (e.ends[0], e.ends[1], e.weight)).collect();
        assert_eq!(Graph::new(10, &edges).as_ref(), Ok(&petersen));
        assert_eq!((petersen.edges().len(), petersen.degrees()), (15, vec![3; 10]));
        assert_eq!(Graph::cycle(7).unwrap().degrees(), [2; 7]);
        assert_eq!(Graph::complete(6).unwrap().degrees(), [5; 6]);
        assert_eq!(Graph::complete(1).unwrap().edges(), []);
        let mut rng = Rng::new(1, Stream::Experiment, 0);
        assert_eq!(Graph::random(9, 1.0, &mut rng), Graph::complete(9));
        let edges = Graph::random(200, 0.3, &mut rng).unwrap().edges().len() as f64;
        // Of 19900 pairs; a standard error is 65.
        assert!((edges - 5970.0).abs() < 4.5 * 65.0, "{edges}");
    }

    #[test]
    fn the_energy_of_a_state_is_its_cut() {
        let mut rng = Rng::new(2, Stream::Experiment, 0);
        let edges: Vec<_> = Graph::random(30, 0.4, &mut rng)
            .unwrap()
            .edges()
            .iter()
            .map(|e| (e.ends[0], e.ends[1], rng.normal()))
            .collect();
        let graph = Graph::new(30, &edges).unwrap();
        let net = graph.max_cut::<f64>().unwrap();
        let half = 0.5 * edges.iter().map(|edge| edge.2).sum::<f64>();
        for _ in 0..50 {
            let spins: Vec<i8> = (0..30).map(|_| rng.spin()).collect();
            assert!((net.energy(&spins) - (half - graph.cut(&spins))).abs() < 1e-12);
        }
        let path = Graph::new(3, &[(0, 1, 2.0), (1, 2, 3.0)]).unwrap();
        assert_eq!((path.cut(&[1, -1, 0]), path.cut(&[0, 0, 0]), path.cut(&[1, -1, 1])), (2.0, 0.0, 5.0));
    }
}
