//! Learning by two phases of simulated annealing.

use alloc::vec::Vec;

use super::run::{Free, Run};
use super::{Step, apply, check_count, check_decay};
use crate::models::boltzmann::{
    Boltzmann, BoltzmannError, Data, Phases, Statistics, check, check_temperature,
};
use crate::rng::Rng;

/// Most stages of an annealing.
const MAX_STAGES: usize = 1000;

/// Sweeps at one temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Stage {
    /// How many, up to a million. A sweep asks each unit that is free once.
    pub sweeps: u32,
    /// Temperature T, in units of energy.
    pub temperature: f64,
}

/// How clamped units are spoilt at each presentation. Without noise, of data in which some states never occur, weights
/// would have to grow without end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClampNoise {
    /// Probability that a unit which is on in the pattern is clamped off.
    pub on_to_off: f64,
    /// Probability that a unit which is off in the pattern is clamped on.
    pub off_to_on: f64,
}

/// The way of D. H. Ackley, G. E. Hinton & T. J. Sejnowski 1985. A learning cycle has two phases.
///
/// Clamped: each pattern is shown some times, with noise; the other units are tossed, annealed, and then asked for averages
/// over some sweeps at the last temperature. Free: just as often the machine is tossed and annealed with nothing clamped.
/// Then each weight goes up where its two units were on together more often while clamped, and down where less. The noise
/// of the averages takes the machine out of many a corner in which the exact gradient would leave it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AnnealedPhases {
    /// The annealing: from tossed units through these, one after another. The last temperature is that of the averages.
    pub schedule: Vec<Stage>,
    /// Sweeps over which the averages go, a sample after each; from 1 to a million.
    pub statistics: u32,
    /// How often each pattern is shown in a cycle, from 1 to a million. Each counts by its share of the data, not by how often
    /// it is shown.
    pub presentations: u32,
    /// Noise on what is clamped.
    pub noise: ClampNoise,
    /// How far a weight goes.
    pub step: Step,
    /// Share of itself that a weight loses at each step, from 0 to 1.
    pub decay: f64,
}

impl Default for AnnealedPhases {
    /// For encoders, after those of 1985: 2 sweeps at T = 20, 2 at 15, 2 at 12 and 4 at 10, averages over 10 sweeps, each
    /// pattern twice, of bits that are on 15 % off and of those that are off 5 % on, and steps of 2.
    fn default() -> Self {
        let stage = |(sweeps, temperature)| Stage { sweeps, temperature };
        Self {
            schedule: [(2, 20.0), (2, 15.0), (2, 12.0), (4, 10.0)].map(stage).to_vec(),
            statistics: 10,
            presentations: 2,
            noise: ClampNoise { on_to_off: 0.15, off_to_on: 0.05 },
            step: Step::Fixed(2.0),
            decay: 0.0,
        }
    }
}

impl AnnealedPhases {
    /// One cycle: both phases and a step. The averages that it went by.
    ///
    /// # Errors
    /// A setting out of range; data of another size; weights that grow beyond
    /// [`MAX_WEIGHT`](crate::models::boltzmann::MAX_WEIGHT), which then stay what they were.
    pub fn learn(
        &self,
        machine: &mut Boltzmann,
        data: &Data,
        rng: &mut Rng,
    ) -> Result<Phases, BoltzmannError> {
        let phases = self.estimate(machine, data, rng)?;
        apply(machine, &phases.difference(), self.step, self.decay)?;
        Ok(phases)
    }

    /// Both phases without a step: estimates of the exact averages (see [`Boltzmann::likelihood`]), if there is no noise.
    ///
    /// # Errors
    /// As [`learn`](Self::learn).
    pub fn estimate(
        &self,
        machine: &Boltzmann,
        data: &Data,
        rng: &mut Rng,
    ) -> Result<Phases, BoltzmannError> {
        let last = self.check()?;
        data.check(machine.visible())?;
        let mut run = Run::new(machine);
        let mut phases = Phases { clamped: Statistics::zero(machine), free: Statistics::zero(machine) };
        for (pattern, share) in data.patterns() {
            for _ in 0..self.presentations {
                run.show(pattern.iter().map(|&spin| self.noise.spoil(spin, rng)));
                self.settle(&mut run, Free::Hidden, last, rng);
            }
            run.average(share, &mut phases.clamped);
        }
        for _ in 0..data.len() as u64 * u64::from(self.presentations) {
            self.settle(&mut run, Free::All, last, rng);
        }
        run.average(1.0, &mut phases.free);
        Ok(phases)
    }

    /// Anneals from tossed units and takes samples.
    fn settle(&self, run: &mut Run<'_>, free: Free, last: f64, rng: &mut Rng) {
        run.toss(free, rng);
        self.schedule.iter().for_each(|&stage| run.sweep(free, stage, rng));
        for _ in 0..self.statistics {
            run.sweep(free, Stage { sweeps: 1, temperature: last }, rng);
            run.sample();
        }
    }

    /// Checks all settings; the last temperature.
    fn check(&self) -> Result<f64, BoltzmannError> {
        let stages = self.schedule.len();
        let Some(last) = self.schedule.last().filter(|_| stages <= MAX_STAGES) else {
            let allowed = "1 to 1000";
            return Err(BoltzmannError::Setting { name: "number of stages", value: stages as f64, allowed });
        };
        for stage in &self.schedule {
            check_count("sweeps of a stage", stage.sweeps, 0)?;
            check_temperature(stage.temperature)?;
        }
        check_count("statistics", self.statistics, 1)?;
        check_count("presentations", self.presentations, 1)?;
        for (name, value) in [("on_to_off", self.noise.on_to_off), ("off_to_on", self.noise.off_to_on)] {
            check(name, value, (0.0..=1.0).contains(&value), "0 to 1")?;
        }
        self.step.check()?;
        check_decay(self.decay)?;
        Ok(last.temperature)
    }
}

impl ClampNoise {
    /// What a unit of a pattern is clamped to.
    fn spoil(self, spin: i8, rng: &mut Rng) -> i8 {
        let p = if spin > 0 { self.on_to_off } else { self.off_to_on };
        if rng.bernoulli(p) { -spin } else { spin }
    }
}
