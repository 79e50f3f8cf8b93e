//! Sweeps of a lattice of 512 × 512 spins at T_c, and cluster updates of one of 256 × 256. An operation is a sweep, or the
//! update of a cluster.

use alloc::boxed::Box;
use alloc::vec;
use core::hint::black_box;

use super::Row;
use crate::dynamics::{Board, Dice, FlipRule, SingleFlips, SwendsenWang, Wolff};
use crate::exact::onsager::CRITICAL;
use crate::lattice::{Edges, Lattice};
use crate::models::ising::{Ising, Packed};
use crate::rng::{Rng, Stream};

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "ising-metropolis-512",
        operations: 1,
        job: || sweeps(FlipRule::Metropolis, Edges::Periodic, 0.0),
    },
    Row {
        name: "ising-metropolis-512-field",
        operations: 1,
        job: || sweeps(FlipRule::Metropolis, Edges::Periodic, 0.01),
    },
    Row {
        name: "ising-metropolis-512-free",
        operations: 1,
        job: || sweeps(FlipRule::Metropolis, Edges::Free, 0.0),
    },
    Row {
        name: "ising-heat-bath-512",
        operations: 1,
        job: || sweeps(FlipRule::HeatBath, Edges::Periodic, 0.0),
    },
    Row { name: "ising-sums-512", operations: 1, job: sums },
    Row { name: "ising-swendsen-wang-256", operations: 1, job: swendsen_wang },
    Row { name: "ising-wolff-256", operations: 1, job: wolff },
];

fn model(side: usize, edges: Edges, field: f64) -> Ising {
    let lattice = Lattice::new(side, side, edges).expect("the side is within range");
    Ising::new(lattice, 1.0, field).expect("strengths are within range")
}

fn sweeps(rule: FlipRule, edges: Edges, field: f64) -> Box<dyn FnMut()> {
    let model = model(512, edges, field);
    let lattice = *model.lattice();
    let mut state = Packed::new(lattice, &vec![1; lattice.cells()]);
    let board = Board::new(lattice, &vec![false; lattice.cells()]);
    let flips = SingleFlips::new(&model, rule, CRITICAL);
    let mut dice = Dice::new(1);
    // As disordered as it will be.
    let mut sweep = move || {
        (0..lattice.colours()).map(|colour| flips.pass(&board, &mut state, colour, &mut dice)).sum::<u64>()
    };
    (0..100).for_each(|_| {
        black_box(sweep());
    });
    Box::new(move || {
        black_box(sweep());
    })
}

fn sums() -> Box<dyn FnMut()> {
    let model = model(512, Edges::Periodic, 0.0);
    let state = Packed::new(*model.lattice(), &vec![1; 512 * 512]);
    Box::new(move || {
        black_box(black_box(&state).sums());
    })
}

fn swendsen_wang() -> Box<dyn FnMut()> {
    let model = model(256, Edges::Periodic, 0.0);
    let mut rule = SwendsenWang::new(&model, CRITICAL);
    let mut spins = vec![1i8; 256 * 256];
    let held = vec![false; spins.len()];
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    Box::new(move || {
        black_box(rule.step(&model, &mut spins, &held, &mut rng));
    })
}

fn wolff() -> Box<dyn FnMut()> {
    let model = model(256, Edges::Periodic, 0.0);
    let mut rule = Wolff::new(&model, CRITICAL);
    let mut spins = vec![1i8; 256 * 256];
    let held = vec![false; spins.len()];
    let mut rng = Rng::new(1, Stream::Dynamics, 0);
    Box::new(move || {
        black_box(rule.step(&model, &mut spins, &held, &mut rng));
    })
}
