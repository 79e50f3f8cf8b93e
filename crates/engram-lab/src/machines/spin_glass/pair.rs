//! How alike the two replicas are as they run. It depends on the run, and the run does not depend on it.

use engram::observe::{Overlaps, overlap};
use serde::{Deserialize, Serialize};

/// Most points of the trail; then every other one goes.
const MOST_POINTS: usize = 256;

/// What two replicas have had in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    temperature: f64,
    /// Sweeps at this temperature.
    sweeps: u64,
    overlaps: Overlaps,
    /// Temperature and q² along the run.
    trail: Vec<(f64, f64)>,
    /// Sweeps from one point of the trail to the next, and since the last.
    every: u64,
    since: u64,
}

impl Pair {
    /// Nothing yet, of so many units.
    pub fn new(units: usize, temperature: f64) -> Self {
        Self { temperature, sweeps: 0, overlaps: Overlaps::new(units), trail: Vec::new(), every: 1, since: 0 }
    }

    /// Takes the states after a sweep at a temperature in. At every temperature so many sweeps are waited for before
    /// anything is counted.
    pub fn add(&mut self, temperature: f64, wait: u64, first: &[i8], second: &[i8]) {
        if temperature != self.temperature {
            (self.temperature, self.sweeps) = (temperature, 0);
            self.overlaps = Overlaps::new(first.len());
        }
        self.sweeps += 1;
        if self.sweeps > wait {
            self.overlaps.add(first, second);
        }
        self.since += 1;
        if self.since >= self.every {
            self.since = 0;
            let q = overlap(first, second);
            self.trail.push((temperature, q * q));
            if self.trail.len() >= MOST_POINTS {
                // The second of every two stays: the last one is of now.
                self.trail = self.trail.chunks(2).filter_map(|two| two.last().copied()).collect();
                self.every *= 2;
            }
        }
    }

    /// What was counted at this temperature.
    pub fn overlaps(&self) -> &Overlaps {
        &self.overlaps
    }

    /// The mean of q² at this temperature; before anything was counted, that of the states as they are.
    pub fn mean_square(&self, first: &[i8], second: &[i8]) -> f64 {
        let q = overlap(first, second);
        if self.overlaps.count() > 0 { self.overlaps.mean_square().mean } else { q * q }
    }

    /// Temperature and q² along the run.
    pub fn trail(&self) -> &[(f64, f64)] {
        &self.trail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_waits_and_begins_anew_at_another_temperature() {
        let mut pair = Pair::new(2, 1.0);
        for _ in 0..5 {
            pair.add(1.0, 2, &[1, 1], &[1, -1]);
        }
        assert_eq!(pair.overlaps().counts(), [0, 3, 0]);
        pair.add(0.5, 2, &[1, 1], &[1, 1]);
        assert_eq!((pair.overlaps().count(), pair.mean_square(&[1, 1], &[1, 1])), (0, 1.0));
        assert_eq!(pair.trail().len(), 6);
    }

    #[test]
    fn the_trail_stays_short_and_even() {
        let mut pair = Pair::new(1, 0.0);
        for sweep in 0..10_000 {
            pair.add(f64::from(sweep), 0, &[1], &[1]);
        }
        let trail = pair.trail();
        assert!(trail.len() < MOST_POINTS && trail.len() >= MOST_POINTS / 2);
        let steps: Vec<f64> = trail.windows(2).map(|two| two[1].0 - two[0].0).collect();
        assert!(steps.iter().all(|step| *step == steps[0]), "{steps:?}");
    }
}
