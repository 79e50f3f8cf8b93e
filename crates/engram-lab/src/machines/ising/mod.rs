//! The Ising lattice at the bench.

mod describe;
mod figures;
mod record;
mod rule;
mod run;

#[cfg(feature = "exact")]
use engram::dynamics::Tie;
#[cfg(feature = "exact")]
use engram::exact::{self, Exact};
use run::Run;

use super::common::{self, tempering};
use crate::LabError;
use crate::catalogue::{Entry as Place, Takes, Weights};
use crate::describe::{Layer, Meter};
use crate::figure::{Figure, Part};
#[cfg(feature = "exact")]
use crate::machine::ExactReport;
use crate::machine::{
    Cells, Entry, Explanation, Machine, Numbers, Observation, Outcome, Source, Term, fnv1a, largest_first,
};
use crate::setup::Setup;
use crate::value::{counted, number_of};

/// Its place in the catalogue.
pub const ENTRY: Place = Place {
    name: "ising",
    label: "Ising lattice",
    summary: "Cells that heed their four neighbours and nothing else: below one temperature they all agree, above it they never do",
    source: "E. Ising, Z. Phys. 31 (1925) 253; L. Onsager, Phys. Rev. 65 (1944) 117",
    example: r#"{ "v": 1, "model": "ising", "params": { "width": 36, "height": 12 } }"#,
    takes: Takes { weights: Weights::None, cells: 1 << 20, ..Takes::NET },
    size: Some(describe::size),
    describe: describe::fill,
    check: describe::check,
    open: |setup| {
        let run = Run::new(&setup, run::model(&setup)?);
        Ok(Box::new(Lattice { setup, run }))
    },
};

/// The machine.
struct Lattice {
    setup: Setup,
    run: Run,
}

impl Lattice {
    fn energy(&self) -> f64 {
        self.run.model.energy_of(self.run.sums())
    }

    /// Share of ink less that of paper.
    fn magnetisation(&self) -> f64 {
        self.run.sums().spins as f64 / self.run.spins().len() as f64
    }
}

impl Machine for Lattice {
    fn setup(&self) -> &Setup {
        &self.setup
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.setup.resolved.memories.is_empty() {
            remarks
                .push("a magnet learns nothing: pictures are only begun from and compared with".to_owned());
        }
        let unknown = self.setup.start.iter().filter(|&&s| s == 0).count();
        if unknown > 0 {
            let cells = number_of(unknown, "cell");
            remarks.push(format!(
                "a cell is ink or paper: a coin decides on {cells} that the start leaves open"
            ));
        }
        if !self.setup.spec.start.is_default() && self.setup.spec.param(describe::BEGIN).is_some() {
            remarks.push("params.begin has no effect: the start is given".to_owned());
        }
        remarks
    }

    fn meters(&self) -> Vec<Meter> {
        Vec::new()
    }

    fn adopt(&mut self, setup: Setup, entry: Entry) -> Result<(), LabError> {
        let model = run::model(&setup)?;
        match entry {
            // A run that has not begun starts as that of the new spec.
            Entry::Keep if self.run.age() > 0 => self.run.go_on(&setup, model),
            _ => self.run = Run::new(&setup, model),
        }
        self.setup = setup;
        Ok(())
    }

    /// Nothing is learned.
    fn has_weights_of(&self, _: &Setup) -> bool {
        true
    }

    fn advance(&mut self, updates: u64) -> u64 {
        self.run.advance(updates)
    }

    fn at_rest(&self) -> bool {
        self.run.at_rest()
    }

    fn sweep_length(&self) -> u64 {
        self.run.sweep_length()
    }

    fn age(&self) -> u64 {
        self.run.age()
    }

    fn cells(&self) -> Cells<'_> {
        Cells::Spins(self.run.spins())
    }

    fn visited(&self) -> Option<u32> {
        None
    }

    fn observe(&self) -> Observation {
        let (energy, m) = (self.energy(), self.magnetisation());
        let flips = self.run.packed().differences(self.run.before());
        let mut scalars = vec![
            energy,
            energy / self.run.spins().len() as f64,
            m,
            m.abs(),
            f64::from(flips),
            self.run.temperature(),
        ];
        scalars.extend(self.run.record.scalars(energy, m.abs(), &self.run.wave));
        scalars.extend(self.run.ladder().map(|ladder| ladder.exchanges().all().rate()));
        Observation { scalars, ..Observation::of_memories(&self.setup.patterns(), self.run.spins()) }
    }

    fn outcome(&self) -> Outcome {
        if !self.run.at_rest() {
            let sampling = self.run.temperature() > 0.0;
            return Outcome::NotSettled { unstable: self.run.unstable(), sampling, reads: None };
        }
        let bonds = self.run.model.lattice().bond_count() as i64;
        let pairs = self.run.sums().pairs * if self.run.model.coupling() < 0.0 { -1 } else { 1 };
        let broken = if self.run.model.coupling() == 0.0 { 0 } else { (bonds - pairs) / 2 };
        let says = match broken {
            0 => "every bond is as it wants to be".to_owned(),
            1 => "frozen with 1 bond broken".to_owned(),
            n => format!("frozen with {n} bonds broken"),
        };
        Outcome::Answer { valid: broken == 0, says }
    }

    fn layer(&self, key: &str, _: usize) -> Result<Layer, LabError> {
        let spins = self.run.spins();
        let values = match key {
            "state" => spins.iter().map(|&s| f32::from(s)).collect(),
            "field" => {
                let model = &self.run.model;
                (0..spins.len()).map(|i| model.local(model.around(spins, i)) as f32).collect()
            }
            "flips" => {
                let mut before = vec![0; spins.len()];
                self.run.before().write(&mut before);
                spins.iter().zip(&before).map(|(now, before)| f32::from(u8::from(now != before))).collect()
            }
            "hottest" => {
                let hottest = self.run.ladder().and_then(|ladder| ladder.states().last());
                let mut copy = vec![0; spins.len()];
                hottest.ok_or_else(|| common::unknown(&self.setup, key))?.write(&mut copy);
                copy.into_iter().map(f32::from).collect()
            }
            _ => return Err(common::unknown(&self.setup, key)),
        };
        Ok(common::over_grid(&self.setup, values))
    }

    fn figure(&self, key: &str, part: Part) -> Result<Figure, LabError> {
        match key {
            "onsager" => Ok(figures::onsager(&self.run, part)),
            "correlation" => Ok(figures::agreement(&self.run, part)),
            tempering::FIGURE => match self.run.ladder() {
                Some(ladder) => {
                    let temperatures: Vec<f64> = ladder.temperatures().collect();
                    Ok(tempering::draw(&temperatures, ladder.exchanges(), part))
                }
                None => Err(LabError::new(key, "there is one temperature only")),
            },
            _ => Err(LabError::new(key, "there is no such figure")),
        }
    }

    fn numbers(&self, of: &Numbers<'_>, each: &mut dyn FnMut(&[f64])) -> Result<bool, LabError> {
        if !of.before {
            let layer = self.layer(of.layer, of.index)?;
            each(&layer.values.into_iter().map(f64::from).collect::<Vec<_>>());
        }
        Ok(!of.before)
    }

    fn explain(&self, unit: usize) -> Result<Explanation, LabError> {
        let (spins, model) = (self.run.spins(), &self.run.model);
        if unit >= spins.len() {
            let message = format!("there is no unit {unit}: {}", counted(spins.len()));
            return Err(LabError::new("unit", message));
        }
        let mut contributions: Vec<Term> = Vec::new();
        for other in model.lattice().neighbours(unit) {
            let (weight, state) = (model.coupling(), f64::from(spins[other]));
            // Where two bonds lead to the same cell, they count together.
            match contributions.iter_mut().find(|term| term.unit == other) {
                Some(term) => {
                    term.weight += weight;
                    term.value += weight * state;
                }
                None => contributions.push(Term { unit: other, weight, state, value: weight * state }),
            }
        }
        contributions = largest_first(&contributions);
        let (field, spin) = (model.local(model.around(spins, unit)), spins[unit]);
        let follows = if field == 0.0 { f64::from(spin) } else { field.signum() };
        Ok(Explanation {
            unit,
            field,
            bias: model.field_strength(),
            state: f64::from(spin),
            next: if self.setup.clamped[unit] { f64::from(spin) } else { follows },
            from: Source::Unit,
            contributions,
        })
    }

    fn hash(&self) -> u64 {
        fnv1a(&self.run.core())
    }

    fn snapshot(&self) -> Vec<u8> {
        self.run.snapshot()
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        self.run.restore(snapshot)
    }

    #[cfg(feature = "exact")]
    fn exact(&self) -> Result<ExactReport, LabError> {
        let fail = |error| LabError::new("params", error);
        let net = &self.run.model;
        let mut notices = vec![
            "updates leave it to chance where a start ends: attractors and basins are those of cells asked in order"
                .to_owned(),
        ];
        if !self.setup.spec.clamp.is_empty() {
            notices
                .push("held units are not held here: exact results are about the whole lattice".to_owned());
        }
        Ok(ExactReport {
            averages: Exact::enumerate(net, self.setup.values.number(describe::TEMPERATURE)).map_err(fail)?,
            minima: exact::minima(net).map_err(fail)?,
            rule: "sequential",
            attractors: exact::attractors(net, exact::Rule::Sequential(Tie::Keep)).map_err(fail)?,
            used: &[describe::TEMPERATURE],
            notices,
        })
    }
}
