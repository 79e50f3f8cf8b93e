//! Problems on a drawn graph at the bench: cutting it in two, and colouring it.

mod describe;
mod drawing;
mod problem;

use engram::dynamics::State;
use engram::models::hopfield::Hopfield;
use engram::observe::Explanation;

use self::problem::Problem;
use super::common::{self, Bench, Rules, SpinModel};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
use crate::figure::{Figure, Part};
use crate::machine::Outcome;
use crate::setup::Setup;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "graph",
    label: "network that solves a puzzle on a graph",
    summary: "A graph is drawn, and the network looks for the largest cut through it, or for colours that tell neighbours apart: its low states are the good answers",
    source: "S. Kirkpatrick, C. D. Gelatt & M. P. Vecchi, Science 220 (1983) 671; F. Barahona, M. Grötschel, M. Jünger & G. Reinelt, Oper. Res. 36 (1988) 493; A. Lucas, Front. Phys. 2 (2014) 5",
    example: r#"{ "v": 1, "model": "graph",
             "places": [[0.5,0.96],[0.937,0.642],[0.77,0.128],[0.23,0.128],[0.063,0.642],
                        [0.5,0.73],[0.719,0.571],[0.635,0.314],[0.365,0.314],[0.281,0.571]],
             "edges": [[0,1],[1,2],[2,3],[3,4],[0,4],[0,5],[1,6],[2,7],[3,8],[4,9],[5,7],[7,9],[6,9],[6,8],[5,8]],
             "params": { "course": "geometric", "hot": 2, "cold": 0.2, "cooling_sweeps": 30 } }"#,
    takes: Takes { weights: Weights::None, patterns: false, places: true, edges: true, ..Takes::NET },
    size: Some(drawing::size),
    describe: describe::fill,
    check: |setup| drawing::graph(setup).map(|_| ()),
    open: |setup| Bench::<Model>::open(setup, &RULES),
};

/// With heat, and measured. Unknown weights of links are of order one.
static RULES: Rules = Rules::thermal(0.5);

struct Model {
    problem: Problem,
    net: Hopfield<f64>,
}

impl SpinModel for Model {
    type Net = Hopfield<f64>;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let (problem, net) = Problem::new(setup)?;
        Ok(Some(Self { problem, net }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let settings = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| !common::update::is_of_run(key));
            values
        };
        let drawn = |setup: &Setup| setup.spec.places.as_ref().map(Vec::len);
        settings(setup) == settings(other)
            && setup.spec.edges == other.spec.edges
            && drawn(setup) == drawn(other)
            && setup.spec.seed == other.spec.seed
    }

    fn net(&self) -> &Hopfield<f64> {
        &self.net
    }

    fn energy(&self, state: &State<Vec<f64>>) -> f64 {
        engram::energy::Conditional::energy_cached(&self.net, state.spins(), state.cache())
    }

    fn explain(&self, state: &State<Vec<f64>>, unit: usize) -> Explanation {
        Explanation::new(&self.net, state.spins(), state.cache(), unit)
    }

    fn notices(&self) -> Vec<String> {
        self.problem.notices()
    }

    fn scalars(&self, state: &State<Vec<f64>>) -> Vec<f64> {
        self.problem.scalars(state.spins())
    }

    fn judge(&self, _: &Setup, shown: &[i8]) -> Outcome {
        self.problem.judge(shown)
    }

    fn places(&self, setup: &Setup) -> Vec<[f64; 2]> {
        drawing::places(setup)
    }

    fn edges(&self) -> Vec<(usize, usize, f64)> {
        let edges = self.problem.graph().edges().iter();
        edges.map(|edge| (edge.ends[0], edge.ends[1], edge.weight)).collect()
    }

    fn layer(
        &self,
        setup: &Setup,
        _: &State<Vec<f64>>,
        key: &str,
        index: usize,
    ) -> Result<Option<Layer>, LabError> {
        let weight = |i, j| self.net.weights().get(i, j);
        match key {
            "incoming" => common::incoming(setup, index, &weight).map(Some),
            "weights" => common::weights(setup, &weight).map(Some),
            _ => Ok(None),
        }
    }

    fn figure(&self, setup: &Setup, state: &State<Vec<f64>>, key: &str, part: Part) -> Option<Figure> {
        (key == "graph").then(|| drawing::figure(setup, &self.problem, state.spins(), part))
    }
}
