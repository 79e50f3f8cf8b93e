//! Spin glasses at the bench: two replicas of one glass, run side by side.

mod describe;
mod figures;
mod glass;
mod ladder;
mod machine;
mod pair;
mod replica;

use crate::catalogue::{Entry, Takes, Weights};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "spin_glass",
    label: "spin glass",
    summary: "Spins with pulls of both signs that cannot all be satisfied: many valleys and no memory. Two replicas tell frozen from free",
    source: "S. F. Edwards & P. W. Anderson, J. Phys. F 5 (1975) 965; D. Sherrington & S. Kirkpatrick, Phys. Rev. Lett. 35 (1975) 1792",
    example: r#"{ "v": 1, "model": "spin_glass",
             "params": { "width": 4, "height": 4, "course": "geometric", "hot": 3, "cold": 0.2 } }"#,
    takes: Takes { weights: Weights::None, patterns: false, ..Takes::NET },
    size: Some(describe::size),
    describe: describe::describe,
    check: describe::check,
    open: machine::open,
};
