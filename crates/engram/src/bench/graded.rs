//! One classical step of a dense graded net of 784 units, and Hopfield & Tank's net of ten cities: a thousand fixed steps,
//! and a whole run to rest under control.

use alloc::boxed::Box;
use core::hint::black_box;

use super::Row;
use crate::dynamics::{Integrator, Method};
use crate::models::graded::{Circuit, Gain, Graded, Shape};
use crate::models::tour::{Cities, Settings, Tour};
use crate::rng::{Rng, Stream};
use crate::weights::Weights;

pub(super) const ROWS: &[Row] = &[
    Row { name: "graded-step-784", operations: 1, job: || step(784) },
    Row { name: "graded-tour-steps", operations: 1000, job: tour_steps },
    Row { name: "graded-tour-run", operations: 1, job: tour_run },
];

fn step(units: usize) -> Box<dyn FnMut()> {
    let mut rng = Rng::new(1, Stream::Experiment, 0);
    let mut weights = Weights::zero(units, 1.0 / units as f64).expect("units are within range");
    for j in 0..units {
        for i in 0..j {
            let w = rng.normal();
            weights.set_raw(i, j, w);
            weights.set_raw(j, i, w);
        }
    }
    let gain = Gain::new(Shape::Arctangent, 1.4).expect("the gain is within range");
    let net = Graded::new(weights, gain, Circuit::default()).expect("the usual circuit");
    let mut integrator =
        Integrator::new(Method::RungeKutta { step: 0.01 }).expect("the step is within range");
    let mut inputs: Box<[f64]> = (0..units).map(|_| rng.normal()).collect();
    Box::new(move || {
        black_box(integrator.advance(&net, &mut inputs, 0.01));
    })
}

fn ten_cities() -> Tour {
    let cities =
        Cities::random(10, &mut Rng::new(1, Stream::Patterns, 0)).expect("ten cities are within range");
    Tour::new(cities, Settings::usable(10)).expect("settings are within range")
}

fn tour_steps() -> Box<dyn FnMut()> {
    let tour = ten_cities();
    let start = tour.start(&mut Rng::new(1, Stream::Start, 0));
    let mut integrator =
        Integrator::new(Method::RungeKutta { step: 1e-6 }).expect("the step is within range");
    Box::new(move || {
        let mut inputs = start.clone();
        black_box(integrator.advance(tour.net(), &mut inputs, 1e-3));
        black_box(inputs);
    })
}

fn tour_run() -> Box<dyn FnMut()> {
    let tour = ten_cities();
    let start = tour.start(&mut Rng::new(1, Stream::Start, 0));
    Box::new(move || {
        let mut inputs = start.clone();
        let mut integrator = Integrator::new(Tour::METHOD).expect("tolerances are within range");
        while !tour.net().motion(&inputs).is_at_rest(Tour::REST) {
            integrator.advance(tour.net(), &mut inputs, 0.01);
        }
        black_box(inputs);
    })
}
