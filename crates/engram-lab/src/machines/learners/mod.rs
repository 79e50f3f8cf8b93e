//! What machines that learn from many pictures have in common: the pictures, the course of learning, and what is
//! measured on the way.

mod annealing;
mod arrays;
mod close_up;
mod data;
mod describe;
#[cfg(feature = "exact")]
mod exact;
mod figures;
mod known;
mod lists;
mod model;
mod outright;
mod run;
mod sets;

pub use annealing::Annealing;
pub use arrays::{arrays_of, parameter_layers};
pub use close_up::{Unit, called, gone_through};
pub use data::{Data, drawn};
pub use describe::{
    DRAWN, EPOCHS, LEARNING, MACHINE, NAMES, RECONSTRUCTION, SCALE, SHOWN, SPREAD, actions_and_steps,
    active_observable, binary_dream_controls, chance_layer, course_controls, course_observables,
    data_controls, dream_controls, dreams_info, gap_observable, hidden_layer, ink_control, log_odds_control,
    names_info, pace_controls, rate_at, reconstruction_layer, reconstruction_observable, scale_control,
    signed, source_controls, spread_control, state_layer,
};
#[cfg(feature = "exact")]
pub use exact::{MOST_PICTURES, check_even, entropy, entropy_of, told};
pub use figures::{Law, Tile, bars_with, boxes, divergence, first_of, law, names, over, square, tiles};
pub use lists::{cells_of, levels, set_levels, widen};
pub use model::{LIKELY_DREAMS, Learns, Mind, dice};
pub use outright::{check_biases, outright};
pub use run::{State, Training};
pub use sets::{CLASSES, MOST_CELLS, TAKES, cells, count, learns_names, set_of, size};
