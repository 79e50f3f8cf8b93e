//! What is learned, and how.

use engram::learning::boltzmann::{
    AnnealedPhases, ClampNoise, ContrastiveDivergence, ExactAscent, Stage, Step,
};
use engram::models::boltzmann::{Boltzmann, BoltzmannError, Data, Encoding, Links, Phases, TEMPERATURES};
use engram::rng::Rng;
use serde::{Deserialize, Serialize};

use crate::setup::Setup;
use crate::values::Values;

/// Sweeps of hidden units that are linked with each other, before contrastive divergence looks at them.
const HIDDEN_SWEEPS: u32 = 5;

/// What is learned, with all that learning depends on.
#[derive(Clone, Serialize, Deserialize)]
pub struct Net {
    encoding: Encoding,
    /// One a link.
    pub weights: Vec<f64>,
    /// One a unit.
    pub bias: Vec<f64>,
    /// What the last step went by.
    pub phases: Option<Phases>,
    /// Whether a step would have made weights larger than they may be: then it learns no more.
    pub full: bool,
    rng: Rng,
}

impl Net {
    /// A machine of which nothing is known yet but its weights.
    pub fn new(machine: &Boltzmann, rng: Rng) -> Self {
        Self {
            encoding: machine.encoding(),
            weights: machine.weights().to_vec(),
            bias: machine.bias().to_vec(),
            phases: None,
            full: false,
            rng,
        }
    }

    /// The machine of these weights, if they are such.
    ///
    /// # Errors
    /// What was saved is of another machine.
    pub fn machine(&self, visible: usize, links: &Links) -> Result<Boltzmann, BoltzmannError> {
        Boltzmann::new(visible, self.encoding, links.clone(), self.weights.clone(), self.bias.clone())
    }

    /// Whether it is of a machine with these links.
    pub fn fits(&self, visible: usize, links: &Links, encoding: Encoding) -> bool {
        let lengths = |phases: &Phases| {
            [&phases.clamped, &phases.free]
                .iter()
                .all(|phase| phase.unit.len() == self.bias.len() && phase.link.len() == self.weights.len())
        };
        self.encoding == encoding
            && self.machine(visible, links).is_ok()
            && self.phases.as_ref().is_none_or(lengths)
    }

    /// One step on these data.
    pub fn learn(&mut self, way: &Way, mut machine: Boltzmann, data: &Data, step: Step, decay: f64) {
        if self.full {
            return;
        }
        match way.learn(&mut machine, data, step, decay, &mut self.rng) {
            Ok(phases) => {
                self.weights.copy_from_slice(machine.weights());
                self.bias.copy_from_slice(machine.bias());
                self.phases = Some(phases);
            }
            Err(_) => self.full = true,
        }
    }
}

/// How it comes by the averages of both phases.
pub enum Way {
    /// By simulated annealing.
    Annealed(AnnealedPhases),
    /// By a few sweeps from the data.
    Contrastive(ContrastiveDivergence),
    /// By looking at all states.
    Exact(ExactAscent),
}

impl Way {
    /// That of some settings, with no step and no decay yet.
    pub fn of(setup: &Setup, hidden_linked: bool) -> Self {
        let values = &setup.values;
        let count = |key| values.number(key) as u32;
        let (temperature, presentations) = (values.number("temperature"), count("presentations"));
        match values.word("sampling") {
            "exact" => Self::Exact(ExactAscent { temperature, ..ExactAscent::default() }),
            "cd" => Self::Contrastive(ContrastiveDivergence {
                temperature,
                sweeps: count("steps"),
                hidden_sweeps: if hidden_linked { HIDDEN_SWEEPS } else { 1 },
                presentations,
                ..ContrastiveDivergence::default()
            }),
            _ => Self::Annealed(AnnealedPhases {
                schedule: stages(values, temperature),
                statistics: count("statistics"),
                presentations,
                noise: ClampNoise {
                    on_to_off: values.number("on_to_off"),
                    off_to_on: values.number("off_to_on"),
                },
                ..AnnealedPhases::default()
            }),
        }
    }

    /// How often units are asked in both phases of a step, for each pattern.
    pub fn visits(&self, visible: usize, hidden: usize) -> usize {
        let all = visible + 2 * hidden;
        match self {
            Self::Annealed(way) => {
                let sweeps: u32 = way.schedule.iter().map(|stage| stage.sweeps).sum();
                way.presentations as usize * (sweeps + way.statistics) as usize * all
            }
            Self::Contrastive(way) => {
                let sweeps = way.sweeps as usize * (visible + hidden) + way.hidden_sweeps as usize * hidden;
                way.presentations as usize * sweeps
            }
            Self::Exact(_) => 0,
        }
    }

    /// How many states are counted in both phases of a step, for each pattern.
    pub fn samples(&self) -> usize {
        match self {
            Self::Annealed(way) => 2 * way.presentations as usize * way.statistics as usize,
            Self::Contrastive(way) => 2 * way.presentations as usize,
            Self::Exact(_) => 0,
        }
    }

    fn learn(
        &self,
        machine: &mut Boltzmann,
        data: &Data,
        step: Step,
        decay: f64,
        rng: &mut Rng,
    ) -> Result<Phases, BoltzmannError> {
        match self {
            Self::Annealed(way) => AnnealedPhases { step, decay, ..way.clone() }.learn(machine, data, rng),
            Self::Contrastive(way) => ContrastiveDivergence { step, decay, ..*way }.learn(machine, data, rng),
            Self::Exact(way) => Ok(ExactAscent { step, decay, ..*way }.learn(machine, data)?.phases),
        }
    }
}

/// The annealing from tossed units down to the temperature of the averages.
fn stages(values: &Values, temperature: f64) -> Vec<Stage> {
    let stage = |sweeps, times: f64| {
        let temperature = (times * temperature).clamp(*TEMPERATURES.start(), *TEMPERATURES.end());
        Stage { sweeps, temperature }
    };
    let (sweeps, span) = (values.number("cooling_sweeps") as u32, values.number("span"));
    match values.word("annealing") {
        // Ackley, Hinton & Sejnowski 1985: 2 at 20, 2 at 15, 2 at 12 and 4 at 10.
        "stairs" => vec![stage(2, 2.0), stage(2, 1.5), stage(2, 1.2), stage(4, 1.0)],
        "geometric" => {
            let last = f64::from(sweeps - 1).max(1.0);
            let at = |k: u32| engram::math::exp(engram::math::ln(span) * (1.0 - f64::from(k) / last));
            (0..sweeps).map(|k| stage(1, at(k))).collect()
        }
        _ => vec![stage(sweeps, 1.0)],
    }
}
