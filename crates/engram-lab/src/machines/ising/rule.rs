//! What changes the state of the lattice.

use engram::dynamics::tempering::LatticeTempering;
use engram::dynamics::{FlipRule, SingleFlips, SwendsenWang, Wolff};
use engram::models::ising::{Ising, Packed};

use super::super::common::tempering;
use super::describe::{TEMPERATURE, UPDATE};
use crate::values::Values;

/// What changes the state, at a temperature or at many.
pub enum Rule {
    Single(Box<SingleFlips>),
    Wolff(Wolff),
    SwendsenWang(SwendsenWang),
    Tempering(LatticeTempering),
}

impl Rule {
    /// The rule that checked settings name. At many temperatures the coldest is that of the settings, and each begins
    /// with a copy of the state, or with the one that it had under the rule `before`.
    pub fn of(values: &Values, model: &Ising, state: &Packed, before: Option<&Self>) -> Self {
        if !tempering::is_set(values) {
            return Self::at(values.word(UPDATE), model, values.number(TEMPERATURE));
        }
        let temperatures = tempering::temperatures(values, TEMPERATURE);
        let states = match before {
            Some(Self::Tempering(before)) if before.states().len() == temperatures.len() => {
                before.states().cloned().collect()
            }
            _ => vec![state.clone(); temperatures.len()],
        };
        let made = LatticeTempering::new(model, FlipRule::Metropolis, &temperatures, states);
        Self::Tempering(made.expect("its temperatures are checked"))
    }

    /// One of the rules of one temperature.
    pub fn at(word: &str, model: &Ising, temperature: f64) -> Self {
        let single = |rule| Self::Single(Box::new(SingleFlips::new(model, rule, temperature)));
        match word {
            "wolff" => Self::Wolff(Wolff::new(model, temperature)),
            "swendsen_wang" => Self::SwendsenWang(SwendsenWang::new(model, temperature)),
            "heat_bath" => single(FlipRule::HeatBath),
            _ => single(FlipRule::Metropolis),
        }
    }

    /// Whether it works on bits alone, so that bytes and sums are left behind until they are wanted.
    pub fn works_on_bits(&self) -> bool {
        matches!(self, Self::Single(_) | Self::Tempering(_))
    }

    /// Updates in one sweep: one for each colour, one of clusters, or one at each temperature.
    pub fn sweep_length(&self, model: &Ising) -> u64 {
        match self {
            Self::Single(_) => model.lattice().colours() as u64,
            Self::Wolff(_) | Self::SwendsenWang(_) => 1,
            Self::Tempering(ladder) => ladder.temperatures().len() as u64,
        }
    }
}
