//! Runs at a temperature that follows a course, and what is measured along the way.

mod figure;

use engram::dynamics::Schedule;
use engram::dynamics::schedule::{After, Course, Point};
use engram::observe::{Acceptance, Best, Readout, Series, heat_capacity};
use serde::{Deserialize, Serialize};

pub use figure::{FIGURE, MOST_ENUMERATED, draw, info};

use super::update::TEMPERATURE;
use crate::control::{Control, kind};
use crate::describe::{LayerInfo, Observable, Palette};
use crate::resolve::HOLDING;
use crate::values::Values;

const COURSE: &str = "course";
const HOT: &str = "hot";
const COLD: &str = "cold";
const SWEEPS: &str = "cooling_sweeps";
const DRAWN: &str = "drawn_course";
const AT_END: &str = "at_end";
const WINDOW: &str = "window";

/// Settings that the course and the measuring hang on.
pub const SETTINGS: [&str; 8] = [COURSE, HOT, COLD, SWEEPS, DRAWN, AT_END, WINDOW, HOLDING];

const COURSES: [&str; 4] = ["geometric", "linear", "logarithmic", "drawn"];

/// Most temperatures at which measurements are kept.
const MOST_MEASURED: usize = 256;

/// Fewest sweeps at one temperature that make a measurement.
const LEAST_SWEEPS: u64 = 20;

/// Adds the controls of the course of temperature and of the read-out to those of the rules.
pub fn add_controls(controls: &mut Vec<Control>, group: &'static str) {
    add_course(controls, group, [8.0, 0.2]);
    controls.extend([
        Control::new(
            WINDOW,
            "sweeps averaged",
            group,
            kind::integer(1, 1000, 50),
            "How many of the last sweeps the read-out is the average of",
        )
        .symbol("M"),
        Control::new(
            HOLDING,
            "pixels that are known",
            group,
            kind::choice(&[
                (
                    "free",
                    "may change too",
                    "Noisy completion: the cue is where the run starts, and any pixel of it may be wrong",
                ),
                ("held", "are held", "Clamped completion: only what is unknown is filled in"),
            ]),
            "Whether the run may change what the cue says",
        ),
    ]);
}

/// Adds the controls of the course of temperature, after the first of those of the rules; it leads from one temperature to
/// another if nothing is said.
pub fn add_course(controls: &mut Vec<Control>, group: &'static str, [hot, cold]: [f64; 2]) {
    let falling = &COURSES[..3];
    if let Some(temperature) = controls.iter_mut().find(|control| control.key == TEMPERATURE) {
        *temperature = temperature.clone().when(COURSE, &["constant"]);
    }
    let course = Control::new(
        COURSE,
        "course of the temperature",
        group,
        kind::choice(&[
            ("constant", "constant", "The same heat all along: the network samples and never rests"),
            (
                "geometric",
                "by factors",
                "Each sweep colder than the one before by the same factor: the usual way to anneal",
            ),
            ("linear", "evenly", "Each sweep colder by the same amount"),
            (
                "logarithmic",
                "ever slower",
                "As the logarithm of time: the only course that is sure to find the lowest energy, if it has for ever",
            ),
            ("drawn", "drawn by hand", "Straight lines through points of your own"),
        ]),
        "How the heat changes as the network runs. Cooling slowly lets it find lower energies",
    );
    controls.insert(1, course);
    let end = |key, label, symbol, default, help| {
        Control::new(key, label, group, kind::log(0.001, 1000.0, 0.001, default), help)
            .symbol(symbol)
            .when(COURSE, falling)
    };
    controls.extend([
        end(HOT, "temperature at the start", "T₀", hot, "Hot enough that everything is still open"),
        end(COLD, "temperature at the end", "T₁", cold, "Cold enough that hardly anything changes any more"),
        Control::new(
            SWEEPS,
            "sweeps of cooling",
            group,
            kind::integer(1, 100_000, 50),
            "More of them cool more slowly, and find lower energies",
        )
        .when(COURSE, &COURSES),
        Control::new(
            DRAWN,
            "the course",
            group,
            kind::course(1000.0, SWEEPS, &[0.0, hot, 0.5, 1.0, 1.0, cold]),
            "How the temperature goes over the sweeps: straight lines from point to point",
        )
        .symbol("T")
        .when(COURSE, &["drawn"]),
        Control::new(
            AT_END,
            "then",
            group,
            kind::choice(&[
                ("quench", "freeze", "No heat any more: it comes to rest in the nearest valley"),
                ("stay", "stay as warm", "The last temperature, for ever"),
            ]),
            "What follows the course",
        )
        .when(COURSE, &COURSES),
    ]);
}

/// What is reported beside what every model of spins reports.
pub fn observables() -> Vec<Observable> {
    vec![
        Observable::number(
            "mean_energy",
            "mean energy",
            "Average of the energy after each sweep at this temperature",
        )
        .symbol("⟨E⟩"),
        Observable::number(
            "mean_energy_error",
            "its standard error",
            "How far the mean may be from the truth, from blocks of sweeps: neighbours in time are alike",
        ),
        Observable::number(
            "heat_capacity",
            "heat capacity",
            "Variance of the energy over T²: large where the network makes up its mind",
        )
        .symbol("C"),
        Observable::number(
            "acceptance",
            "changes made",
            "Of the updates at this temperature, the part that changed a neuron: the acceptance rate",
        ),
        Observable::number(
            "sweeps_measured",
            "sweeps measured",
            "Sweeps at this temperature, which the averages are taken over",
        )
        .unit("sweeps"),
        Observable::number(
            "best_energy",
            "lowest energy so far",
            "Of the states after each sweep since the run began",
        ),
    ]
}

/// Layers beside those of every model of spins.
pub fn layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new(
            "average",
            "average of the last sweeps",
            Palette::Signed,
            "Each neuron's mean over the last sweeps: ±1 is sure, 0 is undecided",
        ),
        LayerInfo::new(
            "readout",
            "what is read out",
            Palette::Spins,
            "The sign of the average: what the network says while it is still warm",
        ),
        LayerInfo::new(
            "best",
            "the best so far",
            Palette::Spins,
            "The state of lowest energy since the run began",
        ),
    ]
}

/// The course that checked settings name; none if the temperature stays.
pub fn schedule(values: &Values) -> Option<Schedule> {
    let (from, to) = (values.number(HOT), values.number(COLD));
    let course = match values.word(COURSE) {
        "geometric" => Course::Geometric { from, to },
        "linear" => Course::Linear { from, to },
        "logarithmic" => Course::Logarithmic { from, to },
        "drawn" => {
            let point = |pair: &[f64]| Point { fraction: pair[0], temperature: pair[1] };
            Course::Drawn(values.numbers(DRAWN).chunks(2).map(point).collect())
        }
        _ => return None,
    };
    let after = if values.word(AT_END) == "stay" { After::Stay } else { After::Quench };
    Some(Schedule::new(course, values.number(SWEEPS) as u64, after).expect("its numbers are checked"))
}

/// Averages at a temperature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub temperature: f64,
    pub energy: f64,
    pub error: f64,
    pub heat_capacity: f64,
    pub heat_capacity_error: f64,
}

/// What a run has shown of itself. It depends on the run, and the run does not depend on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    temperature: f64,
    energy: Series,
    /// Squares of how far each energy was from the mean of those before: their mean goes to the variance, and has an
    /// error of its own.
    squares: Series,
    pub acceptance: Acceptance,
    readout: Readout,
    best: Best,
    /// At temperatures that are over.
    measured: Vec<Measured>,
    /// At the temperature before this one, as the observables have it: shown until there is something of this one.
    before: Option<Shown>,
}

/// What is reported of one temperature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Shown {
    averages: Measured,
    acceptance: f64,
    sweeps: u64,
}

impl Record {
    /// Of a run of so many units that begins in a state.
    pub fn new(values: &Values, temperature: f64, units: usize) -> Self {
        let window = (values.number(WINDOW) as usize).max(1);
        Self {
            temperature,
            energy: Series::default(),
            squares: Series::default(),
            acceptance: Acceptance::default(),
            readout: Readout::new(units, window).expect("its numbers are checked"),
            best: Best::default(),
            measured: Vec::new(),
            before: None,
        }
    }

    /// The temperature that is measured at.
    pub fn temperature(&self) -> f64 {
        self.temperature
    }

    /// Takes over what was measured of the same model before an edit.
    pub fn inherit(&mut self, before: &Self) {
        self.measured = before.all();
        self.measured.truncate(MOST_MEASURED);
        self.best = before.best.clone();
    }

    /// Begins to measure anew, at another temperature; what was measured is kept.
    pub fn turn(&mut self, temperature: f64) {
        let shown = self.shown();
        if shown.sweeps >= LEAST_SWEEPS && self.measured.len() < MOST_MEASURED {
            self.measured.push(shown.averages);
        }
        if shown.sweeps > 0 {
            self.before = Some(shown);
        }
        self.temperature = temperature;
        self.energy = Series::default();
        self.squares = Series::default();
        self.acceptance = Acceptance::default();
    }

    /// Takes the state after a sweep in.
    pub fn add(&mut self, energy: f64, spins: &[i8], update: u64) {
        let before = self.energy.moments();
        if before.count() > 0 {
            let off = energy - before.mean();
            self.squares.add(off * off);
        }
        self.energy.add(energy);
        self.readout.add(spins);
        self.best.offer(energy, spins, update);
    }

    /// Averages at the present temperature.
    fn measured(&self) -> Measured {
        let estimate = self.energy.estimate();
        Measured {
            temperature: self.temperature,
            energy: estimate.mean,
            error: estimate.error,
            heat_capacity: heat_capacity(&self.energy.moments(), self.temperature),
            heat_capacity_error: if self.temperature > 0.0 {
                self.squares.estimate().error / self.temperature / self.temperature
            } else {
                0.0
            },
        }
    }

    fn shown(&self) -> Shown {
        let (acceptance, sweeps) = (self.acceptance.rate(), self.energy.moments().count());
        Shown { averages: self.measured(), acceptance, sweeps }
    }

    /// Averages at all temperatures so far, the present one last if there is enough of it.
    pub fn all(&self) -> Vec<Measured> {
        let now = (self.energy.moments().count() >= LEAST_SWEEPS).then(|| self.measured());
        self.measured.iter().copied().chain(now).collect()
    }

    /// The observables, in the order of [`observables`].
    pub fn scalars(&self, energy: f64) -> Vec<f64> {
        let mut shown = self.shown();
        if shown.sweeps == 0 {
            shown = self.before.unwrap_or(shown);
        }
        let Shown { averages: Measured { energy: mean, error, heat_capacity, .. }, acceptance, sweeps } =
            shown;
        let mean = if sweeps == 0 { energy } else { mean };
        vec![mean, error, heat_capacity, acceptance, sweeps as f64, self.lowest(energy)]
    }

    /// The lowest energy since the run began, up to a present one.
    pub fn lowest(&self, energy: f64) -> f64 {
        self.best.seen().map_or(energy, |seen| seen.energy.min(energy))
    }

    /// A layer of these; none if there is none of this name. Before the first sweep they show the state as it is.
    pub fn layer(&self, key: &str, spins: &[i8]) -> Option<Vec<f32>> {
        let of = |spins: &[i8]| spins.iter().map(|&s| f32::from(s)).collect();
        match key {
            "average" if self.readout.count() > 0 => Some(self.readout.means().map(|x| x as f32).collect()),
            "readout" => Some(of(&self.read(spins))),
            "best" => Some(of(self.best.seen().map_or(spins, |seen| &seen.spins))),
            "average" => Some(of(spins)),
            _ => None,
        }
    }

    /// Sweeps that the read-out is the average of.
    pub fn averaged(&self) -> usize {
        self.readout.count()
    }

    /// What is read out; before the first sweep the state as it is.
    pub fn read(&self, spins: &[i8]) -> Vec<i8> {
        self.readout.signs(engram::dynamics::Tie::Keep).unwrap_or_else(|| spins.to_vec())
    }

    /// Whether another's bytes can take this one's place.
    pub fn fits(&self, other: &Self) -> bool {
        let units = |record: &Self| record.readout.means().len();
        units(self) == units(other)
    }
}
