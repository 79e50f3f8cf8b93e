//! Two graded units: the whole space of their states as a map, the one that Hopfield drew in 1984.
//!
//! Everything here is a pure function of the net and of what is asked for, in a time that is bounded by it. Places on
//! the map are pairs of outputs (V_1, V_2) inside the square of the gain's range.

mod resting;
mod search;

pub use resting::{Eigenvalue, Resting, Stability};

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::{Circuit, Gain, GainError, Graded, Shape};
use crate::dynamics::{Flow, Integrator, Method};
use crate::observe::contour::{Grid, GridError};
use crate::weights::Weights;

/// The heights of the lines in figure 3 of Hopfield 1984.
pub const PUBLISHED_LEVELS: [f64; 6] = [0.449, 0.156, 0.017, -0.003, -0.023, -0.041];

/// Steps after which a path is given up: circuits can be stiffer than anybody can wait.
pub const MAX_STEPS: u32 = 20_000;

/// A net that has not two units but so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaneError(pub usize);

impl fmt::Display for PlaneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the map is of nets of 2 units; this one has {}", self.0)
    }
}

impl core::error::Error for PlaneError {}

/// Where the outputs go from a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Outputs (V_1, V_2).
    pub at: [f64; 2],
    /// (dV_1/dt, dV_2/dt).
    pub velocity: [f64; 2],
}

/// A net of two units.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    net: Graded,
}

impl Plane {
    /// The map of this net.
    ///
    /// # Errors
    /// A net that has not two units.
    pub fn new(net: Graded) -> Result<Self, PlaneError> {
        if net.units() == 2 { Ok(Self { net }) } else { Err(PlaneError(net.units())) }
    }

    /// The net of figure 3 of Hopfield 1984 (T_12 = T_21 = 1, R = C = 1, no currents, the arctangent) at a gain λ; the
    /// paper's is 1.4.
    ///
    /// # Errors
    /// λ out of range.
    pub fn published(steepness: f64) -> Result<Self, GainError> {
        let gain = Gain::new(Shape::Arctangent, steepness)?;
        let weights = Weights::from_rows(&[vec![0.0, 1.0], vec![1.0, 0.0]]).expect("two units");
        Ok(Self { net: Graded::new(weights, gain, Circuit::default()).expect("the usual circuit") })
    }

    /// The net.
    #[must_use]
    pub fn net(&self) -> &Graded {
        &self.net
    }

    /// The middles of `side` equal pieces of the range of outputs.
    fn middles(&self, side: usize) -> Vec<f64> {
        let (least, most) = self.net.gain().range();
        (0..side).map(|k| least + (most - least) * (k as f64 + 0.5) / side as f64).collect()
    }

    /// The energy in the middles of `side` by `side` equal squares: V_1 along x, V_2 along y.
    ///
    /// # Errors
    /// A side that no grid has.
    pub fn energies(&self, side: usize) -> Result<Grid, GridError> {
        if !(2..=crate::observe::contour::MAX_SIDE).contains(&side) {
            return Err(GridError::Side(side));
        }
        let axis = self.middles(side);
        let gain = self.net.gain();
        let prices: Vec<f64> = axis.iter().map(|&v| gain.price(v)).collect();
        let mut heights = Vec::with_capacity(side * side);
        for (b, y) in axis.iter().enumerate() {
            for (a, x) in axis.iter().enumerate() {
                heights.push(self.net.parts(&[*x, *y], |i| prices[[a, b][i]]).total());
            }
        }
        Grid::new(axis.clone(), axis, heights)
    }

    /// Where the outputs go from the middles of `side` by `side` equal squares, row by row from the least V_2.
    #[must_use]
    pub fn arrows(&self, side: usize) -> Vec<Arrow> {
        let axis = self.middles(side);
        let places = axis.iter().flat_map(|&y| axis.iter().map(move |&x| [x, y]));
        places.map(|at| Arrow { at, velocity: self.velocity(at) }).collect()
    }

    /// (dV_1/dt, dV_2/dt) at outputs within the range.
    fn velocity(&self, at: [f64; 2]) -> [f64; 2] {
        let gain = self.net.gain();
        let inputs = at.map(|v| gain.input(v));
        let mut rate = [0.0; 2];
        self.net.velocity(&inputs, &mut rate);
        [0, 1].map(|i| rate[i] * gain.slope(inputs[i]))
    }

    /// The outputs on the way from a place: where it starts, and after each of `count` intervals of time. It ends early
    /// if that takes more than [`MAX_STEPS`] steps. The steps inside the intervals are controlled to nine digits.
    #[must_use]
    pub fn path(&self, start: [f64; 2], interval: f64, count: usize) -> Vec<[f64; 2]> {
        let gain = self.net.gain();
        let method = Method::DormandPrince { relative: 1e-9, absolute: 1e-12 };
        let mut integrator = Integrator::new(method).expect("tolerances within range");
        let mut inputs = start.map(|v| gain.input(v));
        let mut path = vec![inputs.map(|u| gain.output(u))];
        let mut steps = MAX_STEPS;
        for _ in 0..count {
            let done = integrator.advance_within(&self.net, &mut inputs, interval, steps);
            steps = steps.saturating_sub(done.steps + done.rejected);
            if done.left > 0.0 || steps == 0 {
                break;
            }
            path.push(inputs.map(|u| gain.output(u)));
        }
        path
    }

    /// [`path`](Self::path) from several places.
    #[must_use]
    pub fn paths(&self, starts: &[[f64; 2]], interval: f64, count: usize) -> Vec<Vec<[f64; 2]>> {
        starts.iter().map(|&start| self.path(start, interval, count)).collect()
    }

    /// All resting states at each of several gains: how they part as λ grows.
    ///
    /// # Errors
    /// A λ out of range.
    pub fn branches(&self, steepnesses: &[f64]) -> Result<Vec<Vec<Resting>>, GainError> {
        let shape = self.net.gain().shape();
        let at = |&steepness: &f64| {
            let gain = Gain::new(shape, steepness)?;
            Ok(Self { net: self.net.clone().with_gain(gain) }.resting())
        };
        steepnesses.iter().map(at).collect()
    }
}
