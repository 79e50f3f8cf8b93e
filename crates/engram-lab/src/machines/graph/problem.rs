//! What is asked of a graph, and what a state of the network answers.

use engram::dynamics::{Asynchronous, State, Tie, UpdateRule as _};
use engram::exact::{self, MAX_UNITS};
use engram::models::graph::{Colouring, Graph};
use engram::models::hopfield::Hopfield;
use engram::rng::{Rng, Stream};

use super::drawing;
use crate::LabError;
use crate::machine::Outcome;
use crate::setup::Setup;
use crate::value::{Figure as Number, number_of};

/// Starts from which it is tried how often going downhill is enough.
const STARTS: u32 = 100;

/// Sweeps after which going downhill has an end; it takes some tens at most.
const SWEEPS: usize = 1000;

/// Most units for which it is tried.
const TRIED_UNITS: usize = 256;

/// Cuts count as equal if they differ by less, beside all links together.
const EQUAL: f64 = 1e-9;

/// A puzzle on a graph, with what is known of its answer.
pub struct Problem {
    kind: Kind,
    /// Weight of all links, without their signs.
    size: f64,
    /// What the links that are cut come to at most, where it is known.
    most: Option<f64>,
    /// The part of random starts that leads to a best answer downhill, where it is known.
    descents: f64,
}

enum Kind {
    MaxCut(Graph),
    Colouring { colouring: Colouring, possible: Option<bool> },
}

impl Problem {
    /// Of a setup, and the network that solves it.
    ///
    /// # Errors
    /// A graph that cannot be.
    pub fn new(setup: &Setup) -> Result<(Self, Hopfield<f64>), LabError> {
        let graph = drawing::graph(setup)?;
        let fail = |error| LabError::new("params", error);
        let size = graph.edges().iter().map(|edge| edge.weight.abs()).sum();
        let (kind, net, most) = if setup.values.word("problem") == "colouring" {
            let colours = setup.values.number("colours") as usize;
            let possible = exact::proper_colouring(&graph, colours).ok().map(|found| found.is_some());
            let whole = graph.edges().iter().map(|edge| edge.weight).sum();
            let colouring = Colouring::new(graph, colours).map_err(fail)?;
            let net = colouring.net::<f64>().map_err(fail)?;
            (Kind::Colouring { colouring, possible }, net, (possible == Some(true)).then_some(whole))
        } else {
            let net = graph.max_cut::<f64>().map_err(fail)?;
            let vertices = graph.vertices();
            let best = (vertices <= MAX_UNITS).then(|| exact::ground(&net).ok()).flatten();
            let most = best.map(|ground| graph.cut(&exact::spins(ground.code, vertices)));
            (Kind::MaxCut(graph), net, most)
        };
        let mut problem = Self { kind, size, most, descents: f64::NAN };
        problem.descents = problem.downhill(setup, &net);
        Ok((problem, net))
    }

    /// The graph.
    pub fn graph(&self) -> &Graph {
        match &self.kind {
            Kind::MaxCut(graph) => graph,
            Kind::Colouring { colouring, .. } => colouring.graph(),
        }
    }

    /// The part of random starts that comes to a best answer with no heat at all.
    fn downhill(&self, setup: &Setup, net: &Hopfield<f64>) -> f64 {
        let units = net.weights().units();
        let known = self.most.is_some() || matches!(self.kind, Kind::Colouring { possible: None, .. });
        if !known || units > TRIED_UNITS {
            return f64::NAN;
        }
        let mut found = 0;
        for start in 0..STARTS {
            let mut rng = Rng::new(setup.spec.seed, Stream::Experiment, u64::from(start));
            let mut state = State::new(net, (0..units).map(|_| rng.spin()).collect());
            let mut rule = Asynchronous::new(units, Tie::Keep);
            for _ in 0..SWEEPS {
                if state.unstable(net, Tie::Keep) == 0 {
                    break;
                }
                (0..units).for_each(|_| {
                    rule.step(net, &mut state, &mut rng);
                });
            }
            found += u32::from(self.is_best(state.spins()));
        }
        f64::from(found) / f64::from(STARTS)
    }

    /// Whether a state is an answer than which there is no better one, as far as that is known.
    fn is_best(&self, spins: &[i8]) -> bool {
        match &self.kind {
            Kind::MaxCut(_) => self.most.is_some_and(|most| self.cut(spins) >= most - EQUAL * self.size),
            Kind::Colouring { colouring, .. } => colouring.decode(spins).is_proper(),
        }
    }

    /// The number of the side or colour of each point; none where it has not exactly one.
    pub fn sides(&self, spins: &[i8]) -> Vec<Option<usize>> {
        match &self.kind {
            Kind::MaxCut(_) => spins.iter().map(|&s| (s != 0).then_some(usize::from(s > 0))).collect(),
            Kind::Colouring { colouring, .. } => colouring.decode(spins).colours,
        }
    }

    /// Weight of the links between different sides or colours.
    fn cut(&self, spins: &[i8]) -> f64 {
        let sides = self.sides(spins);
        let is_cut = |[a, b]: [usize; 2]| sides[a].is_some() && sides[b].is_some() && sides[a] != sides[b];
        self.graph().edges().iter().filter(|edge| is_cut(edge.ends)).map(|edge| edge.weight).sum()
    }

    /// Whether links are to be cut, and not only must not join two of one colour.
    pub fn is_cut(&self) -> bool {
        matches!(self.kind, Kind::MaxCut(_))
    }

    /// The observables of its own, in the order of the description.
    pub fn scalars(&self, spins: &[i8]) -> Vec<f64> {
        let unassigned = self.sides(spins).iter().filter(|side| side.is_none()).count();
        vec![self.cut(spins), self.most.unwrap_or(f64::NAN), unassigned as f64, self.descents]
    }

    /// What it says without a run.
    pub fn notices(&self) -> Vec<String> {
        let weighted = self.graph().edges().iter().any(|edge| edge.weight != 1.0);
        if weighted && !self.is_cut() {
            return vec!["weights of links count for nothing when a graph is coloured".to_owned()];
        }
        Vec::new()
    }

    /// The verdict on a state.
    pub fn judge(&self, spins: &[i8]) -> Outcome {
        match &self.kind {
            Kind::MaxCut(_) => {
                let cut = self.cut(spins);
                let beside = match self.most {
                    Some(_) if self.is_best(spins) => ", the largest there is".to_owned(),
                    Some(most) => format!("; the largest has {}", Number(most)),
                    None => "; whether there is a larger one has not been looked up".to_owned(),
                };
                Outcome::Answer { valid: true, says: format!("a cut of weight {}{beside}", Number(cut)) }
            }
            Kind::Colouring { colouring, possible } => {
                let (found, colours) = (colouring.decode(spins), colouring.colours());
                if found.is_proper() {
                    let says = format!("a colouring in {colours} colours: no link joins two of one colour");
                    return Outcome::Answer { valid: true, says };
                }
                let mut faults = Vec::new();
                for (count, one, verb) in [
                    (found.conflicts, "link", ["joins two of one colour", "join two of one colour"]),
                    (found.unassigned.len(), "point", ["has no colour", "have no colour"]),
                    (found.multiple.len(), "point", ["has several colours", "have several colours"]),
                ] {
                    if count > 0 {
                        faults.push(format!("{} {}", number_of(count, one), verb[usize::from(count > 1)]));
                    }
                }
                let none = match possible {
                    Some(false) => format!("; in {} there is none", number_of(colours, "colour")),
                    _ => String::new(),
                };
                Outcome::Answer { valid: false, says: format!("no colouring: {}{none}", faults.join(", ")) }
            }
        }
    }

    /// What is known of the puzzle, in plain sentences.
    pub fn sentence(&self) -> String {
        let links = number_of(self.graph().edges().len(), "link");
        let known = match (&self.kind, self.most) {
            (Kind::MaxCut(_), Some(most)) => {
                format!("Of {links} the largest cut has weight {}: all cuts were looked at.", Number(most))
            }
            (Kind::MaxCut(_), None) => {
                format!(
                    "{links}. Beyond {MAX_UNITS} points nobody looks at all cuts: how good an answer is is not known."
                )
            }
            (Kind::Colouring { possible: Some(true), .. }, _) => {
                format!("{links}. There is a colouring.")
            }
            (Kind::Colouring { possible: Some(false), colouring }, _) => {
                format!("{links}. In {} there is no colouring.", number_of(colouring.colours(), "colour"))
            }
            (Kind::Colouring { possible: None, .. }, _) => {
                format!("{links}. Whether there is a colouring is not known.")
            }
        };
        if self.descents.is_nan() {
            return known;
        }
        format!(
            "{known} Going downhill alone finds {} from {:.0} of {STARTS} random starts.",
            if self.is_cut() { "it" } else { "one" },
            f64::from(STARTS) * self.descents
        )
    }
}
