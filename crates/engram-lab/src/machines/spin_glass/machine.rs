//! The machine: a glass, two replicas of it, and what they have in common.

use std::cell::OnceCell;

use engram::energy::Conditional as _;
#[cfg(feature = "exact")]
use engram::exact::Exact;
use engram::exact::{self, Ground, Levels};
use engram::observe::overlap;

use super::describe::{COLDEST, WAIT};
use super::figures;
use super::glass::Glass;
use super::pair::Pair;
use super::replica::Replica;
use crate::LabError;
use crate::describe::{Layer, Meter};
use crate::figure::{Figure, Part};
#[cfg(feature = "exact")]
use crate::machine::ExactReport;
use crate::machine::{Cells, Entry, Explanation, Machine, Numbers, Observation, Outcome, Source, fnv1a};
use crate::machines::common::{self, tempering, update};
use crate::setup::Setup;
use crate::value::{counted, in_print};

/// Most spins for which the exact law of the overlap is drawn: some milliseconds.
const MOST_DRAWN: usize = 16;

/// Two replicas of a glass.
struct SpinGlass {
    setup: Setup,
    glass: Glass,
    first: Replica,
    second: Replica,
    pair: Pair,
    /// Updates made.
    age: u64,
    /// The ground states, once they have been asked for; none where there are too many states.
    ground: OnceCell<Option<Ground>>,
    /// The law of the overlap at the settings' temperature, once it has been asked for.
    law: OnceCell<Option<Vec<f64>>>,
    /// The energies of all states, once they have been asked for; none where there are too many.
    levels: OnceCell<Option<Levels>>,
}

/// Makes the machine of a checked setup.
///
/// # Errors
/// What the glass cannot be.
pub fn open(setup: Setup) -> Result<Box<dyn Machine>, LabError> {
    let glass = Glass::make(&setup)?;
    Ok(Box::new(SpinGlass::begin(setup, glass)))
}

impl SpinGlass {
    fn begin(setup: Setup, glass: Glass) -> Self {
        let [first, second] = [false, true].map(|second| Replica::new(&setup, &glass, second));
        let pair = Pair::new(setup.units(), first.temperature());
        let (ground, law, levels) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { setup, glass, first, second, pair, age: 0, ground, law, levels }
    }

    /// The temperature that exact results are about.
    fn set_temperature(&self) -> f64 {
        self.setup.values.number(if tempering::is_set(&self.setup.values) {
            COLDEST
        } else {
            update::TEMPERATURE
        })
    }

    /// The law of the overlap, where it is one all along and small enough to be known.
    fn law(&self) -> Option<&[f64]> {
        let known = || {
            let held = self.setup.clamped.contains(&true);
            let steady = matches!(self.setup.values.word("course"), "constant" | "")
                || tempering::is_set(&self.setup.values);
            let small = self.setup.units() <= MOST_DRAWN;
            (small && steady && !held).then(|| exact::overlaps(&self.glass, self.set_temperature()).ok())?
        };
        self.law.get_or_init(known).as_deref()
    }

    fn levels(&self) -> Option<&Levels> {
        let few = self.setup.units() <= common::MOST_ENUMERATED;
        self.levels.get_or_init(|| few.then(|| Levels::of(&self.glass).ok()).flatten()).as_ref()
    }

    /// The highest temperature that the settings name for the spins shown.
    fn hottest(&self) -> f64 {
        common::schedule(&self.setup.values).map_or(self.set_temperature(), |course| course.hottest())
    }

    fn energy(&self) -> f64 {
        let state = self.first.state();
        self.glass.energy_cached(state.spins(), state.cache())
    }

    /// What a state at rest is worth.
    fn answer(&self) -> Outcome {
        let energy = self.energy();
        let per_spin = |energy: f64| shown(energy / self.setup.units() as f64);
        let near = |a: f64, b: f64| a - b <= 1e-9 * b.abs();
        if let Some(ground) = self.ground.get_or_init(|| exact::ground(&self.glass).ok()) {
            let valid = near(energy, ground.energy);
            let says = if valid {
                format!("a ground state: of all states none has less energy than {}", shown(ground.energy))
            } else {
                format!(
                    "a valley of energy {}, and no ground state: the lowest of all states is {}",
                    shown(energy),
                    shown(ground.energy)
                )
            };
            return Outcome::Answer { valid, says };
        }
        // Nobody has looked at all states.
        let best = self.first.record().lowest(energy);
        let valley = format!("a valley of energy {} for each spin", per_spin(energy));
        let says = if near(energy, best) {
            format!("{valley}, the lowest met in this run")
        } else {
            format!("{valley}; the lowest met in this run is {}", per_spin(best))
        };
        Outcome::Answer { valid: self.first.unstable(&self.glass) == 0, says }
    }
}

/// A number for people.
fn shown(x: f64) -> String {
    let text = format!("{x:.4}");
    in_print(text.trim_end_matches('0').trim_end_matches('.'))
}

fn over<T: Copy>(values: &[T], number: impl Fn(T) -> f32) -> Vec<f32> {
    values.iter().map(|&value| number(value)).collect()
}

impl Machine for SpinGlass {
    fn setup(&self) -> &Setup {
        &self.setup
    }

    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }

    fn meters(&self) -> Vec<Meter> {
        Vec::new()
    }

    fn adopt(&mut self, setup: Setup, entry: Entry) -> Result<(), LabError> {
        let same = self.has_weights_of(&setup);
        if !same {
            self.glass = Glass::make(&setup)?;
            (self.ground, self.levels) = (OnceCell::new(), OnceCell::new());
        }
        self.law = OnceCell::new();
        if entry == Entry::Keep && self.age > 0 {
            for replica in [&mut self.first, &mut self.second] {
                replica.go_on(&self.setup, &setup, &self.glass, same);
            }
            if !same || self.setup.clamped != setup.clamped {
                self.pair = Pair::new(setup.units(), self.first.temperature());
            }
        } else {
            [self.first, self.second] = [false, true].map(|second| Replica::new(&setup, &self.glass, second));
            self.pair = Pair::new(setup.units(), self.first.temperature());
            self.age = 0;
        }
        self.setup = setup;
        Ok(())
    }

    fn has_weights_of(&self, setup: &Setup) -> bool {
        Glass::is_same(&self.setup, setup)
    }

    fn advance(&mut self, updates: u64) -> u64 {
        let (sweep, wait) = (self.sweep_length(), self.setup.values.number(WAIT) as u64);
        let mut done = 0;
        while done < updates {
            let stretch = (updates - done).min(sweep - self.age % sweep);
            let temperature = self.first.temperature();
            let made = [&mut self.first, &mut self.second].map(|r| r.advance(&self.glass, stretch));
            let made = made[0].max(made[1]);
            if made == 0 {
                break;
            }
            done += made;
            self.age += made;
            if self.age.is_multiple_of(sweep) {
                self.pair.add(temperature, wait, self.first.spins(), self.second.spins());
            }
        }
        done
    }

    fn at_rest(&self) -> bool {
        self.first.at_rest() && self.second.at_rest()
    }

    fn sweep_length(&self) -> u64 {
        self.first.sweep_length()
    }

    fn age(&self) -> u64 {
        self.age
    }

    fn cells(&self) -> Cells<'_> {
        Cells::Spins(self.first.spins())
    }

    fn visited(&self) -> Option<u32> {
        self.first.visited()
    }

    fn observe(&self) -> Observation {
        let (spins, other) = (self.first.spins(), self.second.spins());
        let (energy, units) = (self.energy(), self.setup.units() as f64);
        let mut measured = self.first.record().scalars(energy);
        if let Replica::Tempered(_) = self.first {
            // Changes are not counted one by one there.
            measured[3] = f64::NAN;
        }
        let standard = [
            energy,
            self.first.unstable(&self.glass) as f64,
            f64::from(self.first.changes()),
            self.first.temperature(),
        ];
        let own = [
            energy / units,
            spins.iter().map(|&s| f64::from(s)).sum::<f64>() / units,
            overlap(spins, other),
            self.pair.mean_square(spins, other),
            self.first.swaps(),
        ];
        let scalars = standard.into_iter().chain(measured).chain(own).collect();
        Observation { scalars, per_memory: Vec::new() }
    }

    fn outcome(&self) -> Outcome {
        if self.first.at_rest() {
            return self.answer();
        }
        Outcome::NotSettled {
            unstable: self.first.unstable(&self.glass),
            sampling: self.first.temperature() > 0.0,
            reads: None,
        }
    }

    fn layer(&self, key: &str, index: usize) -> Result<Layer, LabError> {
        let (setup, state) = (&self.setup, self.first.state());
        if !setup.description.layers.iter().any(|layer| layer.key == key) {
            return Err(common::unknown(setup, key));
        }
        let coupling = |i, j| self.glass.coupling(i, j);
        let spins = state.spins();
        let values = match key {
            "incoming" => return common::incoming(setup, index, &coupling),
            "weights" => return common::weights(setup, &coupling),
            "field" => (0..spins.len()).map(|i| state.field(&self.glass, i) as f32).collect(),
            "flips" => over(self.first.flips(), f32::from),
            "other" => over(self.second.spins(), f32::from),
            "overlap" => spins.iter().zip(self.second.spins()).map(|(a, b)| f32::from(a * b)).collect(),
            "frustration" => {
                (0..spins.len()).map(|i| self.glass.plaquette(i).map_or(0.0, f32::from)).collect()
            }
            _ => self.first.record().layer(key, spins).unwrap_or_else(|| over(spins, f32::from)),
        };
        Ok(common::over_grid(setup, values))
    }

    fn figure(&self, key: &str, part: Part) -> Result<Figure, LabError> {
        match key {
            "overlaps" => {
                let exact = if part == Part::Still { self.law() } else { None };
                Ok(figures::overlaps(&self.pair, exact, part))
            }
            "freezing" => {
                let q = overlap(self.first.spins(), self.second.spins());
                Ok(figures::freezing(&self.pair, (self.first.temperature(), q * q), part))
            }
            tempering::FIGURE => match &self.first {
                Replica::Tempered(ladder) => Ok(ladder.figure(part)),
                Replica::Single(_) => Err(LabError::new(key, "there is one temperature only")),
            },
            common::THERMAL => {
                let (record, levels) = (self.first.record(), self.levels());
                Ok(common::thermal_figure(record, levels, self.hottest(), self.energy(), part))
            }
            _ => Err(LabError::new(key, "there is no such figure")),
        }
    }

    fn numbers(&self, of: &Numbers<'_>, each: &mut dyn FnMut(&[f64])) -> Result<bool, LabError> {
        let layer = || self.layer(of.layer, of.index);
        match of.layer {
            _ if of.before => return Ok(false),
            "incoming" => {
                common::incoming_numbers(&self.setup, of.index, &|i, j| self.glass.coupling(i, j), each)?;
            }
            "weights" => {
                layer()?;
                common::weight_numbers(&self.setup, true, &|j, to| self.glass.couplings_of(j, to), each);
            }
            _ => each(&layer()?.values.into_iter().map(f64::from).collect::<Vec<_>>()),
        }
        Ok(true)
    }

    fn explain(&self, unit: usize) -> Result<Explanation, LabError> {
        let count = self.setup.units();
        if unit >= count {
            let message = format!("there is no unit {unit}: {}", counted(count));
            return Err(LabError::new("unit", message));
        }
        let state = self.first.state();
        let why = self.glass.explain(state.spins(), state.cache(), unit);
        let spin = state.spins()[unit];
        let next =
            if state.clamped()[unit] { spin } else { engram::dynamics::Tie::Keep.next(why.field, spin) };
        Ok(Explanation::new(why, Source::Unit, unit, spin, next))
    }

    fn hash(&self) -> u64 {
        let mut bytes = self.first.core();
        bytes.extend(self.second.core());
        bytes.extend(self.age.to_le_bytes());
        fnv1a(&bytes)
    }

    fn snapshot(&self) -> Vec<u8> {
        let saved = (self.first.snapshot(), self.second.snapshot(), &self.pair, self.age);
        postcard::to_allocvec(&saved).expect("plain data in memory")
    }

    fn restore(&mut self, snapshot: &[u8]) -> Result<(), LabError> {
        let (first, second, pair, age): (Vec<u8>, Vec<u8>, Pair, u64) =
            postcard::from_bytes(snapshot).map_err(|error| LabError::new("snapshot", error))?;
        if pair.overlaps().units() != self.setup.units() {
            return Err(LabError::new("snapshot", "it was taken of a machine of another size"));
        }
        let before = self.first.snapshot();
        self.first.restore(&first)?;
        if let Err(error) = self.second.restore(&second) {
            self.first.restore(&before).expect("it was so before");
            return Err(error);
        }
        (self.pair, self.age) = (pair, age);
        Ok(())
    }

    #[cfg(feature = "exact")]
    fn exact(&self) -> Result<ExactReport, LabError> {
        let fail = |error| LabError::new("params.width", error);
        let rule = exact::Rule::Sequential(engram::dynamics::Tie::Keep);
        let mut notices = vec![
            "with heat chance decides where a start ends: attractors and basins are those of 'sequential', which rest in the same states".to_owned(),
        ];
        if !self.setup.spec.clamp.is_empty() {
            notices.push("held units are not held here: exact results are about the whole net".to_owned());
        }
        Ok(ExactReport {
            averages: Exact::enumerate(&self.glass, self.set_temperature()).map_err(fail)?,
            minima: exact::minima(&self.glass).map_err(fail)?,
            rule: "sequential",
            attractors: exact::attractors(&self.glass, rule).map_err(fail)?,
            used: &[update::TEMPERATURE],
            notices,
        })
    }
}
