//! The network of graded response at the bench.

mod describe;
mod map;

use std::cell::OnceCell;

use engram::dynamics::{Flow, Integrator, Method};
use engram::models::graded::{Circuit, Gain, Graded, REST, Shape, Values};
use engram::observe::{self, Spectrum, SpectrumError};
use engram::pattern::signs;
use engram::rng::Rng;
use serde::{Deserialize, Serialize};

use super::common::{self, GreyBench, GreyModel, figures};
use super::pairs;
use crate::LabError;
use crate::catalogue::{Entry, Takes};
use crate::describe::Layer;
use crate::figure::{Figure, Part};
use crate::machine::{Cells, Explanation, Observation, Outcome, Source, Term, largest_first};
use crate::setup::Setup;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "graded",
    label: "graded Hopfield network",
    summary: "Neurons that answer by degrees, as circuits do, and all at the same time: the state flows downhill instead of jumping",
    source: "J. J. Hopfield, PNAS 81 (1984) 3088",
    example: r#"{ "v": 1, "model": "graded", "patterns": { "set": "letters", "take": "AJX", "size": 10 },
             "start": { "pattern": 0, "corrupt": { "flip": 0.25 } } }"#,
    takes: Takes { grey: true, cells: 1024, ..Takes::NET },
    size: None,
    describe: describe::fill,
    check: pairs::check,
    open: |setup| GreyBench::<Model>::open(setup),
};

/// Outputs of ±1 and beyond cannot be had: cues of ink and paper begin here.
const INK: f64 = 0.9;

/// Outputs that count as undecided in a verdict.
const UNDECIDED: f64 = 0.01;

/// Most steps of one update: circuits can be stiffer than anybody can wait.
const MAX_STEPS: u32 = 500;

struct Model {
    net: Graded,
    /// Of its weights, once it has been asked for.
    spectrum: OnceCell<Result<Spectrum, SpectrumError>>,
}

/// A state: inputs, and how the integration goes on.
#[derive(Clone, Serialize, Deserialize)]
struct State {
    inputs: Vec<f64>,
    integrator: Integrator,
    /// Time of the last update that there were no steps left for.
    left: f64,
}

/// The network with some units held fixed.
struct Held<'a> {
    net: &'a Graded,
    held: &'a [bool],
}

impl Flow for Held<'_> {
    fn dimension(&self) -> usize {
        self.net.units()
    }

    fn velocity(&self, state: &[f64], rate: &mut [f64]) {
        self.net.velocity(state, rate);
        rate.iter_mut().zip(self.held).filter(|(_, held)| **held).for_each(|(rate, _)| *rate = 0.0);
    }
}

/// The output that a cell of a cue stands for, from −1 to 1.
fn output(cell: f64) -> f64 {
    if cell.abs() < 1.0 { cell } else { INK * cell.signum() }
}

fn interval(setup: &Setup) -> f64 {
    setup.values.number("interval")
}

fn method(setup: &Setup) -> Method {
    let step = interval(setup).min(0.01);
    match setup.values.word("method") {
        "runge_kutta" => Method::RungeKutta { step },
        "euler" => Method::Euler { step },
        _ => Method::DormandPrince { relative: 1e-8, absolute: 1e-10 },
    }
}

impl Model {
    fn flow<'a>(&'a self, setup: &'a Setup) -> Held<'a> {
        Held { net: &self.net, held: &setup.clamped }
    }

    /// Outputs as the grid shows them, from −1 to 1.
    fn cells(&self, state: &State) -> Vec<f64> {
        let gain = self.net.gain();
        state.inputs.iter().map(|&u| gain.signed(gain.output(u))).collect()
    }

    /// du/dt, and the greatest |dV/dt|.
    fn motion(&self, setup: &Setup, state: &State) -> (Vec<f64>, f64) {
        let mut rates = vec![0.0; state.inputs.len()];
        self.flow(setup).velocity(&state.inputs, &mut rates);
        let gain = self.net.gain();
        let speed = rates.iter().zip(&state.inputs).map(|(rate, &u)| (rate * gain.slope(u)).abs());
        let most = speed.fold(0.0, f64::max);
        (rates, most)
    }

    fn integrator(setup: &Setup) -> Integrator {
        Integrator::new(method(setup)).expect("its numbers are checked")
    }
}

impl GreyModel for Model {
    type State = State;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let learned = pairs::weights(setup)?;
        let value = |key| Values::All(setup.values.number(key));
        let circuit = Circuit {
            capacitance: value("capacitance"),
            resistance: value("resistance"),
            current: Values::Each(learned.bias),
            ..Circuit::default()
        };
        let shape = match setup.values.word("curve") {
            "tanh" => Shape::Tanh,
            "logistic" => Shape::Logistic,
            _ => Shape::Arctangent,
        };
        let gain =
            Gain::new(shape, setup.values.number("gain")).map_err(|e| LabError::new("params.gain", e))?;
        let net = Graded::new(learned.weights, gain, circuit);
        let net = net.map_err(|error| LabError::new("params", error))?;
        Ok(Some(Self { net, spectrum: OnceCell::new() }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let settings = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| !["interval", "method"].contains(&key));
            values
        };
        let given = |setup: &Setup| (setup.spec.weights.clone(), setup.spec.biases.clone(), setup.spec.seed);
        settings(setup) == settings(other)
            && given(setup) == given(other)
            && setup.prepare == other.prepare
            && setup.resolved.memories == other.resolved.memories
    }

    fn start(&self, setup: &Setup, cells: &[f64], _: &mut Rng) -> State {
        let gain = self.net.gain();
        let inputs = cells.iter().map(|&cell| gain.input(gain.of_signed(output(cell)))).collect();
        State { inputs, integrator: Self::integrator(setup), left: 0.0 }
    }

    fn take_over(&self, setup: &Setup, _: &State, cells: &[f64], _: bool) -> State {
        // What is seen stays: the outputs. Their inputs may be others by another curve.
        let gain = self.net.gain();
        let inputs = cells.iter().map(|&cell| gain.input(gain.of_signed(cell))).collect();
        State { inputs, integrator: Self::integrator(setup), left: 0.0 }
    }

    fn fits(&self, state: &State) -> bool {
        state.inputs.len() == self.net.units()
    }

    fn show(&self, _: &Setup, state: &State, cells: &mut Vec<f64>) {
        cells.extend(self.cells(state));
    }

    fn step(&self, setup: &Setup, state: &mut State) -> bool {
        let flow = self.flow(setup);
        let span = if state.left > 0.0 { state.left } else { interval(setup) };
        state.left = state.integrator.advance_within(&flow, &mut state.inputs, span, MAX_STEPS).left;
        self.at_rest(setup, state)
    }

    fn at_rest(&self, setup: &Setup, state: &State) -> bool {
        self.motion(setup, state).1 < REST
    }

    fn sweep_length(&self, setup: &Setup) -> u64 {
        (1.0 / interval(setup)).round().max(1.0) as u64
    }

    fn observe(&self, setup: &Setup, state: &State, cells: &[f64]) -> Observation {
        let terms = self.net.terms(&state.inputs);
        let mut seen = Observation::of_memories(&setup.patterns(), &signs(cells));
        let memories = &setup.resolved.memories;
        seen.per_memory[0] =
            memories.iter().map(|m| observe::graded_overlap(m.pattern.spins(), cells)).collect();
        seen.scalars = vec![
            terms.total(),
            terms.interaction,
            terms.leak,
            terms.current,
            self.motion(setup, state).1,
            observe::saturation(cells),
        ];
        seen
    }

    fn outcome(&self, setup: &Setup, state: &State, cells: &[f64], at_rest: bool) -> Outcome {
        if !at_rest {
            let (rates, _) = self.motion(setup, state);
            let gain = self.net.gain();
            let moves =
                rates.iter().zip(&state.inputs).filter(|(rate, u)| (*rate * gain.slope(**u)).abs() >= REST);
            return Outcome::NotSettled { unstable: moves.count(), sampling: false, reads: None };
        }
        let decided: Vec<f64> =
            cells.iter().map(|&cell| if cell.abs() < UNDECIDED { 0.0 } else { cell }).collect();
        observe::classify(&signs(&decided), &setup.patterns()).into()
    }

    fn explain(&self, setup: &Setup, state: &State, cells: &[f64], unit: usize) -> Explanation {
        let gain = self.net.gain();
        let term = |(other, &u): (usize, &f64)| {
            let (weight, there) = (self.net.weight(unit, other), gain.output(u));
            Term { unit: other, weight, state: there, value: weight * there }
        };
        let mut contributions: Vec<_> = state.inputs.iter().enumerate().map(term).collect();
        contributions.retain(|term| term.value != 0.0);
        let bias = self.net.current()[unit];
        let field = bias + contributions.iter().map(|term| term.value).sum::<f64>();
        contributions = largest_first(&contributions);
        let settled = gain.signed(gain.output(field * self.net.resistance()[unit]));
        let next = if setup.clamped[unit] { cells[unit] } else { settled };
        Explanation { unit, field, bias, state: cells[unit], next, from: Source::Unit, contributions }
    }

    fn layer(
        &self,
        setup: &Setup,
        state: &State,
        key: &str,
        index: usize,
    ) -> Result<Option<Layer>, LabError> {
        let weight = |i: usize, j: usize| self.net.weight(i, j);
        let values: Vec<f64> = match key {
            "input" => state.inputs.clone(),
            "motion" => {
                let gain = self.net.gain();
                let (rates, _) = self.motion(setup, state);
                rates.iter().zip(&state.inputs).map(|(rate, &u)| rate * gain.slope(u)).collect()
            }
            "incoming" => return common::incoming(setup, index, &weight).map(Some),
            "weights" => return common::weights(setup, &weight).map(Some),
            _ => return Ok(None),
        };
        Ok(Some(common::over_grid(setup, values.into_iter().map(|x| x as f32).collect())))
    }

    fn figure(&self, setup: &Setup, _: &State, cells: &[f64], key: &str, part: Part) -> Option<Figure> {
        let weight = |i, j| self.net.weight(i, j);
        let spectrum = || figures::along(setup, Spectrum::of_weights(self.net.weights()));
        match key {
            "map" => Some(map::figure(&self.net, setup, cells, part)),
            "network" => {
                Some(figures::network(setup, self.net.is_symmetric(), &weight, Cells::Grey(cells), part))
            }
            "spectrum" => Some(figures::spectrum(setup, self.spectrum.get_or_init(spectrum), part)),
            _ => None,
        }
    }

    fn notices(&self) -> Vec<String> {
        if self.net.is_symmetric() {
            return Vec::new();
        }
        vec!["the weights are not symmetric: the energy may rise and the network may never settle".to_owned()]
    }
}
