//! The travelling salesman's network at the bench.

use engram::dynamics::Integrator;
use engram::exact::shortest_tour;
use engram::models::tour::{Cities, Decoding, Reading, Settings, Tour};
use engram::rng::{Rng, Stream};
use serde::{Deserialize, Serialize};

use super::common::{self, GreyBench, GreyModel};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::control::{Control, kind};
use crate::describe::{Description, Layer, LayerInfo, Observable, Palette};
use crate::figure::{Axis, Figure, FigureInfo, Mark, Part, Role};
use crate::machine::{Explanation, Observation, Outcome, Source, Term, largest_first};
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::number_of;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "tour",
    label: "travelling salesman's network",
    summary: "A graded network whose resting states are meant to be round trips, short ones: neuron (x, i) says that city x comes i-th",
    source: "J. J. Hopfield & D. W. Tank, Biol. Cybern. 52 (1985) 141; G. V. Wilson & G. S. Pawley, Biol. Cybern. 58 (1988) 63",
    example: r#"{ "v": 1, "model": "tour", "params": { "cities": 6 } }"#,
    takes: Takes { weights: Weights::None, patterns: false, grey: true, places: true, ..Takes::NET },
    size: Some(size),
    describe: fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Model>::open(setup),
};

/// Cities if nothing is said, and the most.
const CITIES: (u32, u32) = (10, 20);

/// Speed of the fastest output that counts as rest, per unit of time: on the way it is some ten thousand.
const REST: f64 = 10.0;

/// What the time of a step counts in.
const MILLIONTH: f64 = 1e-6;

/// Most steps of one update.
const MAX_STEPS: u32 = 200;

fn count(spec: &Spec) -> usize {
    match (&spec.places, spec.param("cities")) {
        (Some(places), _) => places.len(),
        (None, Some(crate::value::Value::Number(n))) => *n as usize,
        _ => CITIES.0 as usize,
    }
}

fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    let n = count(spec);
    if (2..=CITIES.1 as usize).contains(&n) {
        return Ok((n, n));
    }
    let message = format!("{n} cities are not possible; from 2 to {} are", CITIES.1);
    Err(LabError::new(if spec.places.is_some() { "places" } else { "params.cities" }, message))
}

fn fill(spec: &Spec, description: &mut Description) {
    const MAP: &str = "The cities";
    const PRICES: &str = "What it is told to want";
    if spec.places.is_none() {
        description.controls.push(
            Control::new(
                "cities",
                "cities",
                MAP,
                kind::integer(2, CITIES.1, CITIES.0),
                "Cities at random places. The number of neurons is its square",
            )
            .symbol("n"),
        );
    }
    let price = |key, label, symbol, default, help| {
        Control::new(key, label, PRICES, kind::number(0.0, 2000.0, 10.0, default), help)
            .symbol(symbol)
            .when("settings", &["own"])
    };
    description.controls.extend([
        Control::new(
            "settings",
            "settings",
            PRICES,
            kind::choice(&[
                (
                    "usable",
                    "usable",
                    "A = B = 500, C = 200, D = 200, n′ = n + 2: nearly always a tour, not the shortest",
                ),
                (
                    "published",
                    "as published",
                    "A = B = 500, C = 200, D = 500, n′ = 1.5 n, as printed in 1985: seldom a tour at all",
                ),
                ("rooks", "rules only", "D = 0, n′ = n: any tour will do"),
                ("own", "your own", "Set them below"),
            ]),
            "How much each rule, and the length, counts",
        ),
        price("row", "one place a city", "A", 500.0, "Price of a city that is in two places"),
        price("column", "one city a place", "B", 500.0, "Price of two cities in one place"),
        price("total", "as many as there are", "C", 200.0, "Price of too much or too little altogether"),
        price("length", "length", "D", 200.0, "Price of length. Too much, and the rules are broken for it"),
        Control::new(
            "wanted",
            "how much altogether",
            PRICES,
            kind::number(0.0, 40.0, 0.5, 12.0),
            "What all neurons are to add up to. More than there are cities makes up for what the leak takes",
        )
        .symbol("n′")
        .when("settings", &["own"]),
        Control::new(
            "interval",
            "time of a step",
            "How time passes",
            kind::log(1.0, 10_000.0, 1.0, 5.0),
            "How much time passes from one look to the next. In millionths of the time that an input takes to forget",
        )
        .symbol("Δt")
        .unit("10⁻⁶ τ"),
    ]);
    description.pace = Some(30);
    description.observables = vec![
        Observable::curve(
            "energy",
            "energy",
            "What the rules are broken by, the length, and the leak. It falls as long as anything moves",
        )
        .symbol("E"),
        Observable::number("row", "cities in several places", "The A term"),
        Observable::number("column", "places with several cities", "The B term"),
        Observable::number("total", "too much or too little", "The C term"),
        Observable::number(
            "length",
            "price of the length",
            "The D term: D times the length, once it is a tour",
        ),
        Observable::curve("speed", "speed", "How fast the output moves that moves fastest"),
        Observable::number(
            "tour_length",
            "length of the tour",
            "Of the tour that is read out; no number while there is none",
        ),
        Observable::number(
            "shortest",
            "length of the shortest",
            "By looking through all of them (Held and Karp); no number beyond 13 cities",
        ),
        Observable::number("random_length", "length of a tour of chance", "On average"),
    ];
    description.layers = vec![
        LayerInfo::new(
            "state",
            "who comes when",
            Palette::Spins,
            "Row x, column i: how much city x is the i-th of the tour",
        ),
        LayerInfo::new("input", "the inputs", Palette::Signed, "Input of each neuron"),
    ];
    description.figures = vec![FigureInfo {
        key: "tour",
        label: "the map",
        help: "The cities, the ways that the network holds open, and the shortest tour. Press to move the nearest city there",
        leads: true,
        press: Some("city"),
        drag: None,
        beside: false,
    }];
    description.actions = vec![common::city_action()];
    description.steps[0].label = "one step";
    description.steps[0].help = "Let a little time pass for all neurons together";
    description.steps[1].label = "ten steps";
    description.steps[1].count("round", "round of ten steps", "rounds of ten steps");
    description.steps[1].help = "Let ten times as much time pass";
}

struct Model {
    tour: Tour,
    /// The shortest tour and its length, where it can be had.
    best: Option<(f64, Vec<usize>)>,
}

#[derive(Clone, Serialize, Deserialize)]
struct State {
    inputs: Vec<f64>,
    integrator: Integrator,
    /// Time of the last update that there were no steps left for.
    left: f64,
}

fn settings(setup: &Setup, n: usize) -> Settings {
    let cities = n as f64;
    let number = |key| setup.values.number(key);
    match setup.values.word("settings") {
        "published" => Settings { wanted: 1.5 * cities, ..Settings::PUBLISHED },
        "rooks" => Settings::rooks(n),
        "own" => Settings {
            row: number("row"),
            column: number("column"),
            total: number("total"),
            length: number("length"),
            wanted: number("wanted"),
            ..Settings::PUBLISHED
        },
        _ => Settings::usable(n),
    }
}

fn cities(setup: &Setup) -> Result<Cities, LabError> {
    if let Some(places) = &setup.spec.places {
        let mut all = Vec::new();
        for (k, place) in places.iter().enumerate() {
            let &[x, y] = place.as_slice() else {
                let found = number_of(place.len(), "number");
                return Err(LabError::new(
                    format!("places[{k}]"),
                    format_args!("{found} for a point; it needs x and y"),
                ));
            };
            all.push([x, y]);
        }
        return Cities::new(all).map_err(|error| LabError::new("places", error));
    }
    let mut rng = Rng::new(setup.spec.seed, Stream::Patterns, 0);
    Cities::random(count(&setup.spec), &mut rng).map_err(|error| LabError::new("params.cities", error))
}

impl Model {
    fn outputs(&self, state: &State) -> Vec<f64> {
        self.tour.net().outputs(&state.inputs)
    }

    fn speed(&self, state: &State) -> f64 {
        self.tour.net().motion(&state.inputs).outputs
    }

    fn read(&self, state: &State) -> Reading {
        self.tour.read(&self.outputs(state), Decoding::Threshold)
    }
}

impl GreyModel for Model {
    type State = State;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let cities = cities(setup)?;
        let best = shortest_tour(&cities).ok();
        let settings = settings(setup, cities.count());
        let tour = Tour::new(cities, settings).map_err(|error| LabError::new("params", error))?;
        Ok(Some(Self { tour, best }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let values = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| key != "interval");
            values
        };
        values(setup) == values(other)
            && setup.spec.places == other.spec.places
            && (setup.spec.places.is_some() || setup.spec.seed == other.spec.seed)
    }

    fn start(&self, setup: &Setup, cells: &[f64], rng: &mut Rng) -> State {
        let integrator = Integrator::new(Tour::METHOD).expect("its tolerances are in range");
        // If nothing is said of the start, as the paper has it: nearly even, and chance makes the choice.
        let inputs = if setup.spec.start.is_default() {
            self.tour.start(rng)
        } else {
            let gain = self.tour.net().gain();
            cells.iter().map(|&cell| gain.input(gain.of_signed(cell.clamp(-0.999, 0.999)))).collect()
        };
        State { inputs, integrator, left: 0.0 }
    }

    fn fits(&self, state: &State) -> bool {
        state.inputs.len() == self.tour.net().units()
    }

    fn show(&self, _: &Setup, state: &State, cells: &mut Vec<f64>) {
        cells.extend(self.outputs(state).into_iter().map(|v| 2.0 * v - 1.0));
    }

    fn step(&self, setup: &Setup, state: &mut State) -> bool {
        let span = if state.left > 0.0 { state.left } else { setup.values.number("interval") * MILLIONTH };
        let net = self.tour.net();
        state.left = state.integrator.advance_within(net, &mut state.inputs, span, MAX_STEPS).left;
        self.speed(state) < REST
    }

    fn at_rest(&self, _: &Setup, state: &State) -> bool {
        self.speed(state) < REST
    }

    fn sweep_length(&self, _: &Setup) -> u64 {
        10
    }

    fn observe(&self, _: &Setup, state: &State, _: &[f64]) -> Observation {
        let parts = self.tour.parts(&self.outputs(state));
        let leak = self.tour.net().terms(&state.inputs).leak;
        let cities = self.tour.cities();
        let length = self.read(state).tour.map_or(f64::NAN, |tour| cities.length(&tour));
        Observation {
            scalars: vec![
                parts.row + parts.column + parts.total + parts.length + leak,
                parts.row,
                parts.column,
                parts.total,
                parts.length,
                self.speed(state),
                length,
                self.best.as_ref().map_or(f64::NAN, |(length, _)| *length),
                cities.mean_length(),
            ],
            per_memory: Vec::new(),
        }
    }

    fn outcome(&self, _: &Setup, state: &State, cells: &[f64], at_rest: bool) -> Outcome {
        if !at_rest {
            return Outcome::NotSettled { unstable: cells.len(), sampling: false, reads: None };
        }
        let reading = self.read(state);
        let says = match (&reading.tour, &self.best) {
            (Some(tour), best) => {
                let length = self.tour.cities().length(tour);
                let beside = match best {
                    Some((best, _)) if length <= best * (1.0 + 1e-9) => ", the shortest there is".to_owned(),
                    Some((best, _)) => {
                        format!(", {:.1} % longer than the shortest", 100.0 * (length / best - 1.0))
                    }
                    None => String::new(),
                };
                format!("a tour of length {length:.3}{beside}")
            }
            (None, _) => {
                let mut faults = Vec::new();
                for (cities, what) in
                    [(&reading.lost_cities, "left out"), (&reading.torn_cities, "in several places")]
                {
                    if !cities.is_empty() {
                        let count = number_of(cities.len(), "city").replace("citys", "cities");
                        faults.push(format!("{count} {what}"));
                    }
                }
                for (places, what) in
                    [(&reading.empty_places, "empty"), (&reading.crowded_places, "taken twice")]
                {
                    if !places.is_empty() {
                        faults.push(format!("{} {what}", number_of(places.len(), "place")));
                    }
                }
                format!("no tour: {}", faults.join(", "))
            }
        };
        Outcome::Answer { valid: reading.tour.is_some(), says }
    }

    fn explain(&self, _: &Setup, state: &State, cells: &[f64], unit: usize) -> Explanation {
        let (net, outputs) = (self.tour.net(), self.outputs(state));
        let term = |(other, &there): (usize, &f64)| {
            let weight = net.weight(unit, other);
            Term { unit: other, weight, state: there, value: weight * there }
        };
        let mut contributions: Vec<_> = outputs.iter().enumerate().map(term).collect();
        contributions.retain(|term| term.value != 0.0);
        let bias = net.current()[unit];
        let field = bias + contributions.iter().map(|term| term.value).sum::<f64>();
        contributions = largest_first(&contributions);
        let next = 2.0 * net.gain().output(field) - 1.0;
        Explanation { unit, field, bias, state: cells[unit], next, from: Source::Unit, contributions }
    }

    fn layer(&self, setup: &Setup, state: &State, key: &str, _: usize) -> Result<Option<Layer>, LabError> {
        let input = || common::over_grid(setup, state.inputs.iter().map(|&u| u as f32).collect());
        Ok((key == "input").then(input))
    }

    fn places(&self) -> Vec<[f64; 2]> {
        self.tour.cities().places().to_vec()
    }

    fn figure(&self, _: &Setup, state: &State, _: &[f64], key: &str, part: Part) -> Option<Figure> {
        (key == "tour").then(|| self.map(state, part))
    }
}

impl Model {
    /// The cities, the shortest tour, and as links how much the network holds each way open.
    fn map(&self, state: &State, part: Part) -> Figure {
        let places = self.tour.cities().places();
        let at: Vec<_> = places.iter().map(|place| place.map(|x| x as f32)).collect();
        let n = at.len();
        let axis = || Axis { range: Some([-0.05, 1.05]), ..Axis::default() };
        let round = |tour: &[usize]| tour.iter().chain(tour.first()).map(|&city| at[city]).collect();
        let mut figure = Figure { x: axis(), y: axis(), square: true, ..Figure::default() };
        if part == Part::Still {
            if let Some((length, tour)) = &self.best {
                let label = format!("the shortest: {length:.3}");
                figure.marks.push(Mark::Lines { role: Role::Best, label, paths: vec![round(tour)] });
            }
            return figure;
        }
        let outputs = self.outputs(state);
        let (mut pairs, mut strengths) = (Vec::new(), Vec::new());
        for x in 0..n {
            for y in 0..n {
                let follows: f64 = (0..n).map(|i| outputs[x * n + i] * outputs[y * n + (i + 1) % n]).sum();
                if x != y && follows > 0.02 {
                    pairs.push([x as u32, y as u32]);
                    strengths.push(follows as f32);
                }
            }
        }
        let names = (0..n).map(|city| (city + 1).to_string()).collect();
        figure.marks.push(Mark::Nodes { at, states: vec![1.0; n], colours: false, sizes: Vec::new(), names });
        let label = "the network's tour".to_owned();
        figure.marks.push(Mark::Links { pairs, strengths, directed: false, label });
        figure
    }
}
