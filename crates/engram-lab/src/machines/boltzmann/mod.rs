//! The Boltzmann machine with any links, which learns by comparing two phases and then dreams, live at the bench.
//!
//! The grid is the picture in its visible units; names, if it learns some, are units that the grid does not show, and
//! hidden units come last. As arrays it is `weights` (n, n), symmetric, of all n units in this order, and `bias` (n).

mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod given;
mod measured;
mod mind;
mod net;

use std::rc::Rc;

use engram::bipartite::Step;
use engram::dynamics::{HeatBath, State as Spins};
use engram::learning::Example;
use engram::learning::boltzmann::Step as Stride;
use engram::models::boltzmann::{Boltzmann, Data as Weighed, Encoding, Links};
use engram::rng::{Lanes, Rng, Stream};

use super::common::GreyBench;
use super::learners::{Data, Learns, State, Training, Unit, called, dice, drawn};
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::machine::{Explanation, Term};
use crate::machines::learners;
use crate::setup::Setup;
use figures::MOST_FILTERS;
use measured::{MOST_EXACT, Measured, Told};
use mind::Units;
use net::{Net, Way};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "boltzmann",
    label: "Boltzmann machine",
    summary: "Units with any links, some of them hidden, learn a law behind pictures from two phases: shown them, and left to itself",
    source: "D. H. Ackley, G. E. Hinton & T. J. Sejnowski, Cognitive Science 9 (1985) 147",
    example: r#"{ "v": 1, "model": "boltzmann",
             "patterns": { "width": 4, "height": 1, "bits": ["1100", "0110", "0011", "1001"] },
             "params": { "hidden": 2, "sampling": "exact", "rate": 0.5, "epochs": 200 } }"#,
    takes: Takes { weights: Weights::Linked, cells: given::MOST_CELLS, ..learners::TAKES },
    size: Some(given::size),
    describe: describe::fill,
    check: |_| Ok(()),
    open: |setup| GreyBench::<Training<Model>>::open(setup),
};

/// Most operations for one step of learning: about a tenth of a second.
const MOST_WORK: usize = 100_000_000;

struct Model {
    data: Rc<Data>,
    told: Told,
    temperature: f64,
    encoding: Encoding,
    links: Links,
    way: Way,
    /// Whether a step is of one size.
    fixed: bool,
    /// Hidden units, visible ones that are names, and the last cells of which one is on.
    hidden: usize,
    labels: usize,
    code: usize,
    /// The pictures as spins, and all of them together, each with its share.
    pictures: Vec<i8>,
    whole: Option<Weighed>,
    /// Whether all are learned from at once.
    at_once: bool,
    /// Operations of a step of learning, roughly.
    work: usize,
}

impl Model {
    fn visible(&self) -> usize {
        self.data.cells + self.labels
    }

    fn machine(&self, net: &Net) -> Boltzmann {
        net.machine(self.visible(), &self.links).expect("it fits")
    }

    /// Some of the pictures, each with how much it counts; none if there are none.
    fn weighed(&self, which: impl Iterator<Item = (usize, f64)>) -> Option<Weighed> {
        let visible = self.visible();
        let example =
            |(k, importance)| Example { spins: &self.pictures[k * visible..(k + 1) * visible], importance };
        Weighed::new(visible, &which.map(example).collect::<Vec<_>>()).ok()
    }

    /// What is known of the picture that the run starts from, if something is not: held cells, or, if none is held, those
    /// that are ink or paper.
    fn known(&self, setup: &Setup) -> Option<Vec<i8>> {
        let any = setup.clamped.contains(&true);
        let cell = |(&level, &held): (&f64, &bool)| {
            if (held || !any) && level.abs() == 1.0 { level as i8 } else { 0 }
        };
        let mut known: Vec<i8> = setup.levels.iter().zip(&setup.clamped).map(cell).collect();
        known.contains(&0).then(|| {
            known.resize(self.visible(), 0);
            known
        })
    }

    fn check_work(&self, setup: &Setup) -> Result<(), LabError> {
        let units = self.links.units();
        match self.way {
            Way::Exact(_) if units > MOST_EXACT => Err(LabError::new(
                "params.sampling",
                format_args!(
                    "exact needs at most {MOST_EXACT} units, visible and hidden together; this machine has {units}"
                ),
            )),
            Way::Exact(_) => Ok(()),
            _ if self.work > MOST_WORK => Err(LabError::new(
                "params.presentations",
                format_args!(
                    "{} pictures at a time and so many sweeps of {units} units would take too long for a step of learning: take fewer",
                    setup.values.number("batch").min(self.data.count() as f64)
                ),
            )),
            _ => Ok(()),
        }
    }
}

impl Learns for Model {
    type Net = Net;
    type Mind = Units;
    type Measured = Measured;

    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError> {
        let values = &setup.values;
        let told = Told::of(&setup.spec);
        let labels = if learners::learns_names(&setup.spec) { data.classes.len() } else { 0 };
        let code = if data.classes.is_empty() { values.number("code") as usize } else { 0 };
        if code > data.cells {
            let cells = data.cells;
            return Err(LabError::new("params.code", format_args!("{code} of {cells} cells: take fewer")));
        }
        let visible = data.cells + labels;
        let hidden = given::hidden(setup, visible)?;
        let links = given::links(values.word("links"), visible, hidden)?;
        let linked = links.has(visible, visible + 1);
        let all = data.seen(labels > 0, 0..data.count());
        let spin = |on: u8| 2 * on as i8 - 1;
        let pictures = (0..all.copies()).flat_map(|copy| all.cells(copy)).map(spin).collect();
        let encoding = match values.word("encoding") {
            "plus_minus" => Encoding::Spin,
            _ => Encoding::Binary,
        };
        let mut model = Self {
            told,
            temperature: values.number("temperature"),
            encoding,
            links,
            way: Way::of(setup, linked),
            fixed: values.word("stride") == "fixed",
            hidden,
            labels,
            code,
            pictures,
            whole: None,
            at_once: values.number("batch") as usize >= data.count(),
            work: 0,
            data: Rc::clone(data),
        };
        let units = visible + hidden;
        let batch = (values.number("batch") as usize).min(data.count());
        // A unit that is asked may change, and is then felt by all others; a sample is taken of all links.
        let visits = model.way.visits(visible, hidden).saturating_mul(32 + units / 4);
        let samples = model.way.samples().saturating_mul(model.links.len());
        model.work = batch.saturating_mul(visits.saturating_add(samples)).saturating_add(2 * units * units);
        if matches!(model.way, Way::Exact(_)) {
            model.work += units << units.min(40);
        }
        model.check_work(setup)?;
        model.whole = model.weighed((0..data.count()).map(|k| (k, data.chance(k))));
        given::first(&model, setup)?;
        Ok(model)
    }

    fn begin(&self, setup: &Setup) -> Net {
        let machine = given::first(self, setup).expect("it was made before");
        Net::new(&machine, Rng::new(setup.spec.seed, Stream::Learning, dice::LEARNING))
    }

    fn arrays(&self, net: &Net) -> Vec<Array> {
        let (machine, n) = (self.machine(net), self.links.units());
        let rows = (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| machine.weight(i, j));
        vec![Array::new("weights", &[n, n], rows.collect()), Array::new("bias", &[n], net.bias.clone())]
    }

    fn with_arrays(&self, setup: &Setup, arrays: &Arrays<'_>) -> Result<Net, LabError> {
        let n = self.links.units();
        let weights = arrays.of_shape("weights", &[n, n])?;
        let bias = arrays.of_shape("bias", &[n])?.to_vec();
        let rows: Vec<_> = weights.chunks_exact(n).map(<[f64]>::to_vec).collect();
        let links = self.links.clone();
        let machine = Boltzmann::from_rows(self.visible(), self.encoding, links, &rows, bias)
            .map_err(|error| LabError::new("weights", error))?;
        Ok(Net::new(&machine, Rng::new(setup.spec.seed, Stream::Learning, dice::LEARNING)))
    }

    fn fits(&self, net: &Net) -> bool {
        net.fits(self.visible(), &self.links, self.encoding)
    }

    fn is_sound(&self, net: &Net) -> bool {
        !net.full
    }

    fn work(&self) -> u64 {
        self.work as u64
    }

    fn names(&self) -> usize {
        self.labels
    }

    fn learn(&self, net: &mut Net, pictures: &[usize], step: Step) {
        let [rate, decay] = [step.rate, step.decay].map(f64::from);
        let stride = if self.fixed { Stride::Fixed(rate) } else { Stride::Rate(rate) };
        // Of all at once each has its share; of a few at a time those come more often that count for more.
        let few = if self.at_once { None } else { self.weighed(pictures.iter().map(|&k| (k, 1.0))) };
        let Some(data) = few.as_ref().or(self.whole.as_ref()) else { return };
        net.learn(&self.way, self.machine(net), data, stride, (rate * decay).min(1.0));
    }

    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Units {
        Units::of(&drawn(self.data.cells, self.names(), cells, rng), self.hidden)
    }

    fn mind_fits(&self, mind: &Units) -> bool {
        mind.fits(self.visible(), self.links.units())
    }

    fn stir(&self, net: &Net, mind: &mut Units, held: &[bool], dice: &mut Lanes) {
        mind.stir(&self.machine(net), self.temperature, held, dice);
    }

    fn chances(&self, net: &Net, mind: &Units) -> Vec<Vec<f32>> {
        mind.chances(&self.machine(net), self.temperature)
    }

    fn measure(&self, net: &Net) -> Measured {
        self.measured(&self.machine(net))
    }

    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2] {
        let units = state.thought.mind.copy(0);
        let mut measured = state.measured.scalars(self.told);
        measured.push(measured::apart(state.net.phases.as_ref()));
        measured.push(engram::energy::Energy::energy(&self.machine(&state.net), units));
        let on = units[self.visible()..].iter().filter(|&&spin| spin > 0).count();
        let active = if self.hidden > 0 { 100.0 * on as f64 / self.hidden as f64 } else { 0.0 };
        [measured, if self.told.hidden { vec![active] } else { Vec::new() }]
    }

    fn says(&self, measured: &Measured) -> String {
        if self.whole.is_none() {
            return "there are no pictures to learn from".to_owned();
        }
        measured.says()
    }

    fn explain(&self, net: &Net, thought: &Units, cells: &[f64], unit: usize) -> Explanation {
        let (machine, units) = (self.machine(net), thought.copy(0));
        let bias = net.bias[unit];
        let linked = (0..units.len()).filter(|&other| self.links.has(unit, other));
        let terms: Vec<Term> = linked
            .map(|other| Term::new(other, machine.weight(unit, other), self.encoding.value(units[other])))
            .collect();
        Explanation::of_terms(unit, cells[unit], bias, &terms)
    }

    fn layer(&self, _: &Setup, state: &State<Self>, key: &str) -> Option<Layer> {
        let machine = self.machine(&state.net);
        let units = Spins::new(&machine, state.thought.mind.copy(0).to_vec());
        let chance = |unit| HeatBath::probability(units.field(&machine, unit), self.temperature) as f32;
        let hidden = self.visible()..self.links.units();
        (key == "hidden" && self.hidden > 0).then(|| learners::square(hidden.map(chance)))
    }

    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        self.draw(setup, state, key, part)
    }

    fn unit(&self, net: &Net, key: &str, unit: usize) -> Option<Unit> {
        if key != "filters" || !self.told.hidden || unit >= self.hidden.min(MOST_FILTERS) {
            return None;
        }
        let (machine, all) = (self.machine(net), self.visible() + unit);
        let weights = (0..self.visible()).map(|cell| machine.weight(all, cell) as f32).collect();
        // What other hidden units make of it is not known of each picture.
        Some(Unit { name: called(unit), weights, bias: net.bias[all] as f32, chances: None })
    }

    #[cfg(feature = "exact")]
    fn exact(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError> {
        self.report(setup, &state.net, steps)
    }
}
