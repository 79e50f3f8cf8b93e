//! Colouring the vertices of a graph.

use alloc::vec;
use alloc::vec::Vec;

use super::{Graph, GraphError, net};
use crate::kernel::Real;
use crate::models::hopfield::Hopfield;
use crate::weights::{MAX_UNITS, Weights};

/// Largest penalty.
const MOST: u32 = 1_000_000;

/// A graph to be coloured with k colours, as a net of k units a vertex: unit `k v + c` is on (+1) if vertex v has
/// colour c.
///
/// With `x = (1 + s)/2` what is wrong with a state costs
/// `A Σ_v (Σ_c x_vc − 1)² + B Σ_{(u,v)} Σ_c x_uc x_vc`: A for a vertex without a colour or with two (more, by the
/// square), B for an edge that joins two vertices of one colour. Written out in spins that is
/// `E − E_0` with `E = −½ s'Ws − b's`, couplings `−A/2` between the colours of a vertex and `−B/4` along edges, biases
/// `A (1 − k/2) − B deg(v)/4`, and `E_0` the energy of all proper colourings ([`ground`](Self::ground)); weights of edges
/// count for nothing. All are quarters of whole numbers, so energies and ties are exact.
///
/// A. Lucas, Front. Phys. 2 (2014) 5, section 6.1; one unit a colour as in J. J. Hopfield & D. W. Tank, Biol. Cybern. 52
/// (1985) 141.
#[derive(Clone, Debug, PartialEq)]
pub struct Colouring {
    graph: Graph,
    colours: usize,
    assignment: u32,
    conflict: u32,
}

/// What a state of the net says of the vertices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The colour of each vertex that has exactly one.
    pub colours: Vec<Option<usize>>,
    /// Vertices without a colour.
    pub unassigned: Vec<usize>,
    /// Vertices with two colours or more.
    pub multiple: Vec<usize>,
    /// Edges and colours that both ends of the edge have.
    pub conflicts: usize,
}

impl Assignment {
    /// Whether every vertex has one colour and no edge joins two of the same.
    #[must_use]
    pub fn is_proper(&self) -> bool {
        self.unassigned.is_empty() && self.multiple.is_empty() && self.conflicts == 0
    }
}

impl Colouring {
    /// With penalties `A = B = 1`, for which cooling works best: a vertex changes its colour by way of none, and no wall
    /// is lower. Where all colours of a vertex are taken, being without one then costs no more than a conflict, so local
    /// minima may leave vertices uncoloured; temperatures from about 1 down to 0.2 make something of it.
    ///
    /// # Errors
    /// No colours, or more units than [`MAX_UNITS`].
    pub fn new(graph: Graph, colours: usize) -> Result<Self, GraphError> {
        Self::with_penalties(graph, colours, 1, 1)
    }

    /// With these penalties, A for a vertex that has not exactly one colour and B for an edge within a colour. No local
    /// minimum gives a vertex two colours; with `A > B ⌊Δ/k⌋`, for a largest degree Δ, none leaves one without, but
    /// the walls between them are as much higher.
    ///
    /// # Errors
    /// No colours, or more units than [`MAX_UNITS`]; a penalty outside 1 to 10⁶.
    pub fn with_penalties(
        graph: Graph,
        colours: usize,
        assignment: u32,
        conflict: u32,
    ) -> Result<Self, GraphError> {
        let vertices = graph.vertices();
        if colours == 0 || colours.saturating_mul(vertices) > MAX_UNITS {
            return Err(GraphError::Colours { colours, vertices });
        }
        for (name, value) in
            [("vertices without exactly one colour", assignment), ("edges in one colour", conflict)]
        {
            if value == 0 || value > MOST {
                return Err(GraphError::Penalty { name, value });
            }
        }
        Ok(Self { graph, colours, assignment, conflict })
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Number of colours, k.
    #[must_use]
    pub fn colours(&self) -> usize {
        self.colours
    }

    /// Number of units, k times the vertices.
    #[must_use]
    pub fn units(&self) -> usize {
        self.colours * self.graph.vertices()
    }

    /// The penalties A and B.
    #[must_use]
    pub fn penalties(&self) -> [u32; 2] {
        [self.assignment, self.conflict]
    }

    /// The unit that stands for a vertex having a colour.
    #[must_use]
    pub fn unit(&self, vertex: usize, colour: usize) -> usize {
        vertex * self.colours + colour
    }

    /// The net.
    ///
    /// # Errors
    /// No memory.
    pub fn net<T: Real>(&self) -> Result<Hopfield<T>, GraphError> {
        let colours = self.colours;
        let mut weights = Weights::zero(self.units(), 0.25)?;
        let mut join = |a: usize, b: usize, quarters: u32| {
            let raw = T::from_f64(-f64::from(quarters));
            weights.set_raw(a, b, raw);
            weights.set_raw(b, a, raw);
        };
        for vertex in 0..self.graph.vertices() {
            for c in 0..colours {
                (0..c).for_each(|d| join(self.unit(vertex, c), self.unit(vertex, d), 2 * self.assignment));
            }
        }
        for edge in self.graph.edges() {
            let [a, b] = edge.ends;
            (0..colours).for_each(|c| join(self.unit(a, c), self.unit(b, c), self.conflict));
        }
        let (a, b) = (f64::from(self.assignment), f64::from(self.conflict));
        let bias = |degree: usize| a * (1.0 - 0.5 * colours as f64) - 0.25 * b * degree as f64;
        let biases =
            self.graph.degrees().into_iter().flat_map(|degree| vec![bias(degree); colours]).collect();
        Ok(net(weights, biases))
    }

    /// Energy E_0 of every proper colouring, whether there is one or not: what a state's energy exceeds it by is the sum
    /// of its penalties.
    #[must_use]
    pub fn ground(&self) -> f64 {
        let [n, edges, k] = [self.graph.vertices(), self.graph.edges().len(), self.colours].map(|x| x as f64);
        let (a, b) = (f64::from(self.assignment), f64::from(self.conflict));
        // The mean of the penalties over all states: the energy has mean 0.
        let [one, pair] = [n * (0.25 * k + (0.5 * k - 1.0) * (0.5 * k - 1.0)), 0.25 * edges * k];
        -(a * one + b * pair)
    }

    /// The penalty of a state in which all units are known, from its energy: 0 for a proper colouring.
    #[must_use]
    pub fn penalty(&self, energy: f64) -> f64 {
        energy - self.ground()
    }

    /// What a state of the net says. Unknown units count as off.
    #[must_use]
    pub fn decode(&self, spins: &[i8]) -> Assignment {
        let mut found =
            Assignment { colours: Vec::new(), unassigned: Vec::new(), multiple: Vec::new(), conflicts: 0 };
        for (vertex, units) in spins.chunks_exact(self.colours).enumerate() {
            let mut on = (0..self.colours).filter(|&c| units[c] == 1);
            let (first, second) = (on.next(), on.next());
            found.colours.push(if second.is_none() { first } else { None });
            match (first, second) {
                (None, _) => found.unassigned.push(vertex),
                (Some(_), Some(_)) => found.multiple.push(vertex),
                (Some(_), None) => {}
            }
        }
        let both =
            |&[a, b]: &[usize; 2], c: usize| spins[self.unit(a, c)] == 1 && spins[self.unit(b, c)] == 1;
        let shared = |ends: [usize; 2]| (0..self.colours).filter(|&c| both(&ends, c)).count();
        found.conflicts = self.graph.edges().iter().map(|edge| shared(edge.ends)).sum();
        found
    }

    /// The state of the net that gives each vertex the colour named for it; a colour that is not there is none.
    #[must_use]
    pub fn encode(&self, colours: &[usize]) -> Vec<i8> {
        let mut spins = vec![-1; self.units()];
        for (vertex, &colour) in colours.iter().enumerate().take(self.graph.vertices()) {
            if colour < self.colours {
                spins[self.unit(vertex, colour)] = 1;
            }
        }
        spins
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::Energy as _;
    use crate::rng::{Rng, Stream};

    #[test]
    fn the_energy_is_the_sum_of_the_penalties_to_the_bit() {
        let mut rng = Rng::new(3, Stream::Experiment, 0);
        for (colours, a, b) in [(1, 1, 1), (2, 3, 2), (3, 2, 1), (5, 1, 7)] {
            let graph = Graph::random(9, 0.5, &mut rng).unwrap();
            let colouring = Colouring::with_penalties(graph, colours, a, b).unwrap();
            let (wide, narrow) = (colouring.net::<f64>().unwrap(), colouring.net::<f32>().unwrap());
            for _ in 0..50 {
                let spins: Vec<i8> = (0..colouring.units()).map(|_| rng.spin()).collect();
                let on = spins.chunks(colours).map(|units| units.iter().filter(|&&s| s == 1).count() as i32);
                let off_one: i32 = on.map(|count| (count - 1) * (count - 1)).sum();
                let expected = a as i32 * off_one + b as i32 * colouring.decode(&spins).conflicts as i32;
                assert_eq!(colouring.penalty(wide.energy(&spins)), f64::from(expected));
                assert_eq!(colouring.penalty(narrow.energy(&spins)), f64::from(expected));
            }
        }
    }

    #[test]
    fn states_are_told_vertex_by_vertex() {
        let path = Graph::new(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]).unwrap();
        let colouring = Colouring::new(path, 2).unwrap();
        let proper = colouring.decode(&colouring.encode(&[0, 1, 0, 1]));
        assert!(proper.is_proper());
        assert_eq!(proper.colours, [Some(0), Some(1), Some(0), Some(1)]);
        let wrong = colouring.decode(&[1, -1, 1, -1, -1, 0, 1, 1]);
        assert_eq!(
            wrong,
            Assignment {
                colours: vec![Some(0), Some(0), None, None],
                unassigned: vec![2],
                multiple: vec![3],
                conflicts: 1
            }
        );
        assert!(!wrong.is_proper());
    }

    #[test]
    fn impossible_colourings_are_refused() {
        let graph = || Graph::cycle(5).unwrap();
        let none = Colouring::new(graph(), 0).unwrap_err();
        assert_eq!(none, GraphError::Colours { colours: 0, vertices: 5 });
        assert!(matches!(Colouring::new(graph(), usize::MAX), Err(GraphError::Colours { .. })));
        assert!(matches!(Colouring::new(graph(), 820), Err(GraphError::Colours { .. })));
        assert!(matches!(
            Colouring::with_penalties(graph(), 3, 0, 1),
            Err(GraphError::Penalty { value: 0, .. })
        ));
        assert!(matches!(
            Colouring::with_penalties(graph(), 3, 1, 1_000_001),
            Err(GraphError::Penalty { value: 1_000_001, .. })
        ));
    }
}
