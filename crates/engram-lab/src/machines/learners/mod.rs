//! What machines that learn from many pictures have in common: the pictures, the course of learning, and what is
//! measured on the way.

mod annealing;
mod data;
mod describe;
mod figures;
mod known;
mod run;

pub use annealing::Annealing;
pub use data::{CLASSES, Data, MOST_CELLS, data_set, learns_names, set_of, size};
pub use describe::{
    LEARNING, NAMES, chance_layer, course_controls, data_controls, data_controls_up_to, dream_controls,
    dreams_info, learning_steps, names_info, pace_controls, rate_at,
};
pub use figures::{Tile, names, over, square, tiles};
pub use run::{Learns, Mind, State, Training, dice};
