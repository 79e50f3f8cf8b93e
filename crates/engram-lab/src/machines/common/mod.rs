//! What machines have in common.
//!
//! A model of units that are −1, +1 or unknown says what it is in a [`SpinModel`], and [`Bench`] makes a machine of it:
//! runs, snapshots, pictures, verdicts.

mod actions;
mod bench;
mod describe;
pub mod figures;
mod grey;
mod layers;
mod run;
pub mod tempering;
mod thermal;
pub mod update;

pub use actions::{city_action, cue_actions, memory_actions, place_action};
pub use bench::{Bench, SpinModel};
pub use describe::{damage_layers, pair_layers, spin_layers, spin_observables};
pub use grey::{GreyBench, GreyModel};
pub use layers::{damage, incoming, incoming_numbers, mark_cut, over_grid, unknown, weight_numbers, weights};
pub use run::Run;
pub use thermal::{
    FIGURE as THERMAL, MOST_ENUMERATED, Record, add_course, draw as thermal_figure, layers as thermal_layers,
    observables as thermal_observables, schedule,
};
pub use update::Rules;
