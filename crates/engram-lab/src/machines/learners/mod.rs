//! What machines that learn from many pictures have in common: the pictures, the course of learning, and what is
//! measured on the way.

mod annealing;
mod data;
mod describe;
mod figures;
mod known;
mod model;
mod outright;
mod run;

pub use annealing::Annealing;
pub use data::{CLASSES, Data, MOST_CELLS, data_set, drawn, learns_names, set_of, size};
pub use describe::{
    DRAWN, LEARNING, NAMES, SCALE, SHOWN, binary_dream_controls, chance_layer, course_controls,
    data_controls, dream_controls, dreams_info, ink_control, learning_steps, names_info, pace_controls,
    rate_at, scale_control, signed, source_controls,
};
pub use figures::{Tile, names, over, square, tiles};
pub use model::{LIKELY_DREAMS, Learns, Mind, dice};
pub use outright::{check_biases, outright};
pub use run::{State, Training};
