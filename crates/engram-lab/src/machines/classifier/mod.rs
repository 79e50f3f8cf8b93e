//! A dense associative memory that learns its memories as a classifier of digits, live at the bench.
//!
//! The grid is a mosaic: a tile for the pixels of each memory, with a line of zeros between tiles. An update is a
//! mini-batch, a sweep an epoch, and it rests when the epochs asked for are over.

mod describe;
mod pictures;

use std::rc::Rc;

use engram::learning::{ClassifierMemories, DenseClassifier};
use engram::math;
use engram::pattern::{DIGIT_CELLS, DIGIT_CLASSES, DIGIT_SIDE};
use engram::rng::{Rng, Stream};
use serde::{Deserialize, Serialize};

use super::common::{self, GreyBench, GreyModel};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::data;
use crate::describe::Layer;
use crate::figure::{Axis, Figure, Mark, Part, Tick};
use crate::machine::{Explanation, Observation, Outcome, Source};
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::{Value, number_of};

use pictures::Pictures;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "classifier",
    label: "memories that learn to read digits",
    summary: "A dense associative memory whose memories are learned: strokes that many digits share if the energy is flat, whole digits if it is steep",
    source: "D. Krotov & J. J. Hopfield, NIPS 2016, arXiv:1606.01164",
    example: r#"{ "v": 1, "model": "classifier", "params": { "memories": 4 } }"#,
    takes: Takes {
        weights: Weights::None,
        patterns: false,
        grey: true,
        cells: 89 * 89,
        data: needs,
        ..Takes::NET
    },
    size: Some(size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Model>::open(setup),
};

/// Memories if nothing is said, and the most.
const MEMORIES: (u32, u32) = (49, 100);

/// Pictures of a mini-batch.
const BATCH: usize = 50;

/// Cells from one tile of the mosaic to the next.
const STRIDE: usize = DIGIT_SIDE + 1;

/// Epoch `e` is shuffled by stream 1 + e of learning.
const FIRST_EPOCH: u64 = 1;

fn needs(spec: &Spec) -> Option<&'static str> {
    let scanned = spec.param("data").is_some_and(|value| *value == Value::Text("handwritten".to_owned()));
    scanned.then_some(data::DIGITS)
}

fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    let count = match spec.param("memories") {
        Some(Value::Number(count)) => *count,
        _ => f64::from(MEMORIES.0),
    };
    if !(1.0..=f64::from(MEMORIES.1)).contains(&count) || count.fract() != 0.0 {
        let message =
            format!("{count} memories are not possible; a whole number from 1 to {} is", MEMORIES.1);
        return Err(LabError::new("params.memories", message));
    }
    let (across, down) = tiles(count as usize);
    Ok((across * STRIDE - 1, down * STRIDE - 1))
}

/// Tiles across and down, as near to a square as it goes.
fn tiles(memories: usize) -> (usize, usize) {
    let across = (1..).find(|side| side * side >= memories).unwrap_or(memories);
    (across, memories.div_ceil(across))
}

struct Model {
    net: DenseClassifier,
    pictures: Rc<Pictures>,
    rate: f64,
    /// Mini-batches of all epochs.
    plan: u64,
}

#[derive(Clone, Serialize, Deserialize)]
struct State {
    memories: ClassifierMemories,
    /// Mini-batches done.
    done: u64,
    /// Loss of a picture of the mini-batch last done, as a distance.
    loss: f64,
    measured: Measured,
}

/// What the memories do on whole sets of pictures, measured after each epoch.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Measured {
    /// Parts of the pictures that are named wrongly: of those learned from, and of those unseen.
    seen: f64,
    unseen: f64,
    /// Memories that speak for the right class of an unseen picture, on average.
    speakers: f64,
}

impl Model {
    fn batches(&self) -> u64 {
        self.pictures.seen().len().div_ceil(BATCH) as u64
    }

    fn answers(&self, state: &State, picture: usize) -> Vec<f64> {
        self.net.answers(&state.memories, self.pictures.of(picture).pixels)
    }

    fn measure(&self, memories: &ClassifierMemories) -> Measured {
        let wrong = |which: &[usize]| {
            let wrong = which.iter().filter(|&&picture| {
                let picture = self.pictures.of(picture);
                DenseClassifier::verdict(&self.net.answers(memories, picture.pixels)) != picture.class
            });
            wrong.count() as f64 / which.len() as f64
        };
        let unseen = self.pictures.unseen();
        let speakers = unseen.iter().map(|&picture| {
            let picture = self.pictures.of(picture);
            effective(&self.net.contributions(memories, picture.pixels, picture.class))
        });
        let speakers = speakers.sum::<f64>() / unseen.len() as f64;
        Measured { seen: wrong(self.pictures.seen()), unseen: wrong(unseen), speakers }
    }

    fn fresh(&self, memories: ClassifierMemories) -> State {
        let seen = self.pictures.seen();
        let of = |&picture: &usize| {
            let picture = self.pictures.of(picture);
            self.net.loss(&self.net.answers(&memories, picture.pixels), picture.class)
        };
        let loss = self.distance(seen.iter().map(of).sum(), seen.len());
        let measured = self.measure(&memories);
        State { memories, done: 0, loss, measured }
    }

    /// The 2m-th root of the mean loss: a typical distance of the worst answers from where they should be.
    fn distance(&self, loss: f64, pictures: usize) -> f64 {
        let mean = loss / pictures as f64;
        if mean > 0.0 { math::exp(math::ln(mean) / f64::from(2 * self.net.exponent)) } else { 0.0 }
    }

    /// The unseen picture that is asked about, by its number among all.
    fn asked(&self, setup: &Setup) -> usize {
        let unseen = self.pictures.unseen();
        // Any number has a picture, whichever set it is of.
        unseen[setup.values.number("asked") as usize % unseen.len()]
    }

    /// Fills the tile of each memory.
    fn mosaic(&self, setup: &Setup, mut of: impl FnMut(usize, usize) -> f32) -> Layer {
        let mut values = vec![0.0; setup.units()];
        for (unit, value) in values.iter_mut().enumerate() {
            if let Some((memory, pixel)) = self.place(setup.resolved.width, unit) {
                *value = of(memory, pixel);
            }
        }
        common::over_grid(setup, values)
    }

    /// The memory and its pixel that a cell of the mosaic shows; none for a cell between tiles.
    fn place(&self, width: usize, cell: usize) -> Option<(usize, usize)> {
        let (x, y) = (cell % width, cell / width);
        let memory = x / STRIDE + y / STRIDE * tiles(self.net.memories).0;
        let within = x % STRIDE < DIGIT_SIDE && y % STRIDE < DIGIT_SIDE && memory < self.net.memories;
        within.then_some((memory, x % STRIDE + y % STRIDE * DIGIT_SIDE))
    }

    /// The same as a place among the weights.
    fn weight(&self, width: usize, cell: usize) -> Option<usize> {
        self.place(width, cell).map(|(memory, pixel)| memory * self.net.units() + pixel)
    }
}

/// How many take part, if these are their parts: e to the entropy of their sizes; 0 if nobody does.
fn effective(parts: &[f64]) -> f64 {
    let all: f64 = parts.iter().map(|part| part.abs()).sum();
    if all == 0.0 {
        return 0.0;
    }
    let term = |part: &f64| {
        let share = part.abs() / all;
        if share > 0.0 { -share * math::ln(share) } else { 0.0 }
    };
    math::exp(parts.iter().map(term).sum())
}

impl GreyModel for Model {
    type State = State;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let of_the_same = known.filter(|(old, _)| Pictures::are_same(old, setup));
        let pictures = match of_the_same {
            Some((_, model)) => Rc::clone(&model.pictures),
            None => Rc::new(Pictures::new(setup)?),
        };
        let number = |key| setup.values.number(key);
        let net = DenseClassifier {
            pixels: DIGIT_CELLS,
            classes: DIGIT_CLASSES,
            memories: number("memories") as usize,
            degree: number("degree") as u32,
            temperature: number("temperature"),
            exponent: number("exponent") as u32,
            momentum: number("momentum"),
        };
        net.check().map_err(|error| LabError::new("params", error))?;
        let mut model = Self { net, pictures, rate: number("rate"), plan: 0 };
        model.plan = number("epochs") as u64 * model.batches();
        Ok(Some(model))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        let values = |setup: &Setup| {
            let mut values = setup.values.clone();
            values.retain(|key, _| key != "asked");
            values
        };
        values(setup) == values(other) && Pictures::are_same(setup, other)
    }

    fn start(&self, setup: &Setup, cells: &[f64], _: &mut Rng) -> State {
        let mut memories = self.net.start(&mut Rng::new(setup.spec.seed, Stream::Learning, 0));
        // If something is said of the start, the pixels are that.
        if !setup.spec.start.is_default() {
            for (cell, &level) in cells.iter().enumerate() {
                if let Some(weight) = self.weight(setup.resolved.width, cell) {
                    memories.weights[weight] = level;
                }
            }
        }
        self.fresh(memories)
    }

    fn take_over(&self, setup: &Setup, state: &State, cells: &[f64], _: bool) -> State {
        // Another number of memories in a mosaic of the same size.
        if !self.fits(state) {
            return self.start(setup, cells, &mut Rng::new(setup.spec.seed, Stream::Dynamics, 0));
        }
        let measured = self.measure(&state.memories);
        State { measured, ..state.clone() }
    }

    fn fits(&self, state: &State) -> bool {
        let numbers = self.net.memories * self.net.units();
        let is_whole = |numbers_held: &[f64]| {
            numbers_held.len() == numbers && numbers_held.iter().all(|x| x.is_finite())
        };
        is_whole(&state.memories.weights) && is_whole(&state.memories.velocity)
    }

    fn show(&self, _: &Setup, state: &State, cells: &mut Vec<f64>) {
        let (across, down) = tiles(self.net.memories);
        let width = across * STRIDE - 1;
        let of = |cell| self.weight(width, cell).map_or(0.0, |weight| state.memories.weights[weight]);
        cells.extend((0..width * (down * STRIDE - 1)).map(of));
    }

    fn step(&self, setup: &Setup, state: &mut State) -> bool {
        let batches = self.batches();
        let (epoch, batch) = (state.done / batches, (state.done % batches) as usize);
        let mut order = self.pictures.seen().to_vec();
        Rng::new(setup.spec.seed, Stream::Learning, FIRST_EPOCH + epoch).shuffle(&mut order);
        let batch = order.chunks(BATCH).nth(batch).unwrap_or_default();
        let pictures = batch.iter().map(|&picture| self.pictures.of(picture));
        let (mut gradient, loss) = self.net.gradient(&state.memories, pictures);
        for (cell, _) in setup.clamped.iter().enumerate().filter(|(_, held)| **held) {
            if let Some(weight) = self.weight(setup.resolved.width, cell) {
                (gradient[weight], state.memories.velocity[weight]) = (0.0, 0.0);
            }
        }
        // Evenly down to nothing, from epoch to epoch: the last steps only settle what was learned.
        let left = 1.0 - (epoch * batches) as f64 / self.plan as f64;
        self.net.learn(&mut state.memories, &gradient, self.rate * left.max(0.0));
        state.loss = self.distance(loss, batch.len());
        state.done += 1;
        if state.done.is_multiple_of(batches) {
            state.measured = self.measure(&state.memories);
        }
        state.done >= self.plan
    }

    fn at_rest(&self, _: &Setup, state: &State) -> bool {
        state.done >= self.plan
    }

    fn sweep_length(&self, _: &Setup) -> u64 {
        self.batches()
    }

    fn observe(&self, _: &Setup, state: &State, _: &[f64]) -> Observation {
        let Measured { seen, unseen, speakers } = state.measured;
        let epochs = state.done as f64 / self.batches() as f64;
        let scalars = vec![state.loss, 100.0 * unseen, 100.0 * seen, speakers, epochs];
        Observation { scalars, per_memory: Vec::new() }
    }

    fn outcome(&self, _: &Setup, state: &State, cells: &[f64], at_rest: bool) -> Outcome {
        if !at_rest {
            return Outcome::NotSettled { unstable: cells.len(), sampling: false, reads: None };
        }
        let right = 100.0 * (1.0 - state.measured.unseen);
        let unseen = number_of(self.pictures.unseen().len(), "digit");
        let says = format!(
            "{right:.1} % of {unseen} that it has not seen are read rightly; about {:.0} of {} speak for one",
            state.measured.speakers.max(1.0),
            number_of(self.net.memories, "memory").replace("memorys", "memories"),
        );
        Outcome::Answer { valid: right > 50.0, says }
    }

    fn explain(&self, _: &Setup, _: &State, cells: &[f64], unit: usize) -> Explanation {
        // A pixel of a memory follows no field: it is what learning has made of it.
        let state = cells[unit];
        let (bias, contributions) = (state, Vec::new());
        Explanation { unit, field: state, bias, state, next: state, from: Source::Memory, contributions }
    }

    fn layer(&self, setup: &Setup, state: &State, key: &str, _: usize) -> Result<Option<Layer>, LabError> {
        let units = self.net.units();
        Ok(match key {
            "moving" => {
                let rows: Vec<_> = state.memories.velocity.chunks_exact(units).collect();
                let most = |row: &[f64]| row.iter().fold(f64::MIN_POSITIVE, |most, v| most.max(v.abs()));
                let most: Vec<_> = rows.iter().map(|row| most(row)).collect();
                Some(self.mosaic(setup, |memory, pixel| (rows[memory][pixel] / most[memory]) as f32))
            }
            "speaking" => {
                let picture = self.asked(setup);
                let class = DenseClassifier::verdict(&self.answers(state, picture));
                let parts = self.net.contributions(&state.memories, self.pictures.of(picture).pixels, class);
                let all: f64 = parts.iter().map(|part| part.abs()).sum::<f64>().max(f64::MIN_POSITIVE);
                Some(self.mosaic(setup, |memory, _| (parts[memory] / all) as f32))
            }
            "asked" => {
                let pixels = self.pictures.of(self.asked(setup)).pixels;
                let values = pixels.iter().map(|&x| x as f32).collect();
                Some(Layer { width: DIGIT_SIDE, height: DIGIT_SIDE, values })
            }
            _ => None,
        })
    }

    fn figure(&self, setup: &Setup, state: &State, _: &[f64], key: &str, part: Part) -> Option<Figure> {
        (key == "answer").then(|| {
            let picture = self.asked(setup);
            let answers = self.answers(state, picture);
            let (class, verdict) = (self.pictures.of(picture).class, DenseClassifier::verdict(&answers));
            let names = (0..DIGIT_CLASSES).map(|k| Tick { at: k as f64, label: k.to_string() }).collect();
            let mut figure = Figure {
                x: Axis { label: "digit", ticks: names, range: Some([-0.5, 9.5]), ..Axis::default() },
                y: Axis { label: "answer", symbol: "c", range: Some([-1.0, 1.0]), ..Axis::default() },
                ..Figure::default()
            };
            if part == Part::Moving {
                let values = answers.iter().map(|&c| c as f32).collect();
                figure.marks.push(Mark::Bars {
                    label: "answer".to_owned(),
                    values,
                    shares: Vec::new(),
                    memories: Vec::new(),
                });
                let judged = if verdict == class { "That is right" } else { "That is wrong" };
                figure.note = format!("It is a {class}, and is read as a {verdict}. {judged}.");
            }
            figure
        })
    }
}
