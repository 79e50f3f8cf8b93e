//! What a run has shown: averages at the present temperature and at those before.

use engram::models::ising::{Ising, Packed, Sums};
use engram::observe::lattice::Wave;
use engram::observe::{Acceptance, Moments, Series, heat_capacity, susceptibility};
use serde::{Deserialize, Serialize};

/// Most temperatures at which measurements are kept, and most moments of the way.
const MOST: usize = 256;

/// Fewest sweeps at one temperature that make a measurement.
const LEAST: u64 = 20;

/// Sweeps after a change of temperature that are not measured: the state is still that of another.
const SETTLING: u32 = 20;

/// Averages per cell at a temperature, each with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    pub temperature: f64,
    pub energy: [f64; 2],
    pub order: [f64; 2],
    pub heat_capacity: [f64; 2],
}

/// It depends on the run, and the run does not depend on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    temperature: f64,
    cells: u32,
    /// Sweeps still to pass before the next is measured.
    settling: u32,
    /// Per cell, after each sweep.
    energy: Series,
    order: Series,
    square: Moments,
    wave: Moments,
    pub acceptance: Acceptance,
    /// At temperatures that are over.
    measured: Vec<Measured>,
    /// Temperature, |m| and energy per cell along the way, where the temperature follows a course.
    way: Vec<[f32; 3]>,
    /// Of so many sweeps of the course, one is on the way.
    stride: u32,
    passed: u32,
}

impl Record {
    /// Of a run on so many cells.
    pub fn new(temperature: f64, cells: usize) -> Self {
        Self {
            temperature,
            cells: cells as u32,
            settling: SETTLING,
            energy: Series::default(),
            order: Series::default(),
            square: Moments::default(),
            wave: Moments::default(),
            acceptance: Acceptance::default(),
            measured: Vec::new(),
            way: Vec::new(),
            stride: 1,
            passed: 0,
        }
    }

    /// Begins to measure anew, at another temperature; what was measured is kept.
    pub fn turn(&mut self, temperature: f64) {
        let mut measured = self.all();
        if measured.len() > MOST {
            measured.remove(0);
        }
        let (way, stride, passed) = (std::mem::take(&mut self.way), self.stride, self.passed);
        *self = Self { measured, way, stride, passed, ..Self::new(temperature, self.cells as usize) };
    }

    /// The temperature that is measured at.
    pub fn temperature(&self) -> f64 {
        self.temperature
    }

    /// Takes the state after a sweep in.
    pub fn add(&mut self, model: &Ising, state: &Packed, sums: Sums, wave: &Wave, on_course: bool) {
        let n = model.lattice().cells() as f64;
        let (energy, m) = (model.energy_of(sums) / n, sums.spins as f64 / n);
        if on_course {
            self.go(energy, m.abs());
        }
        if self.settling > 0 {
            self.settling -= 1;
            return;
        }
        self.energy.add(energy);
        self.order.add(m.abs());
        self.square.add(n * m * m);
        self.wave.add(wave.strength(state));
    }

    /// Whether another's bytes can take this one's place.
    pub fn fits(&self, other: &Self) -> bool {
        self.cells == other.cells
    }

    /// One more sweep of a course. Where there are too many, every other is forgotten.
    fn go(&mut self, energy: f64, order: f64) {
        self.passed += 1;
        if self.passed < self.stride {
            return;
        }
        self.passed = 0;
        self.way.push([self.temperature as f32, order as f32, energy as f32]);
        if self.way.len() > MOST {
            let mut keep = false;
            self.way.retain(|_| {
                keep = !keep;
                keep
            });
            self.stride = self.stride.saturating_mul(2);
        }
    }

    /// Averages at the present temperature; none before there are enough sweeps of it.
    fn now(&self) -> Option<Measured> {
        let (energy, order) = (self.energy.estimate(), self.order.estimate());
        let moments = self.energy.moments();
        // Of a variance of numbers of normal spread, with as many independent ones as the correlation time leaves.
        let part = (4.0 * energy.tau / moments.count().max(1) as f64).sqrt();
        let capacity = f64::from(self.cells) * heat_capacity(&moments, self.temperature);
        (moments.count() >= LEAST).then_some(Measured {
            temperature: self.temperature,
            energy: [energy.mean, energy.error],
            order: [order.mean, order.error],
            heat_capacity: [capacity, capacity * part],
        })
    }

    /// Averages at the temperatures so far, the present one last if there is enough of it.
    pub fn all(&self) -> Vec<Measured> {
        self.measured.iter().copied().chain(self.now()).collect()
    }

    /// The way of a course.
    pub fn way(&self) -> &[[f32; 3]] {
        &self.way
    }

    /// What is reported of the run, in the order of the description; of the present state before anything is measured.
    pub fn scalars(&self, energy: f64, order: f64, wave: &Wave) -> [f64; 9] {
        let n = f64::from(self.cells);
        let (energies, orders) = (self.energy.estimate(), self.order.estimate());
        let count = self.energy.moments().count();
        let (mean, mean_order) = if count == 0 { (energy, order) } else { (energies.mean * n, orders.mean) };
        [
            mean,
            energies.error * n,
            mean_order,
            orders.error,
            n * heat_capacity(&self.energy.moments(), self.temperature),
            susceptibility(&self.order.moments(), self.cells as usize, self.temperature),
            wave.correlation_length(self.square.mean(), self.wave.mean()),
            self.acceptance.rate(),
            count as f64,
        ]
    }
}
