//! What machines have in common.
//!
//! A model of units that are −1, +1 or unknown says what it is in a [`SpinModel`], and [`Bench`] makes a machine of it:
//! runs, snapshots, pictures, verdicts.

mod actions;
mod bench;
mod describe;
mod layers;
mod run;
pub mod update;

pub use actions::{cue_actions, memory_actions};
pub use bench::{Bench, SpinModel};
pub use describe::{damage_layers, pair_layers, spin_layers, spin_observables};
pub use layers::{damage, incoming, incoming_numbers, mark_cut, over_grid, weight_numbers, weights};
pub use update::Rules;
