//! What machines that learn from many pictures have in common: the pictures, the course of learning, and what is
//! measured on the way.

mod data;
mod describe;
mod figures;

pub use data::{CLASSES, Data, MOST_CELLS, data_set, learns_names, set_of, size};
pub use describe::{NAMES, course_controls, data_controls, learning_steps, rate_at};
pub use figures::{Tile, tiles};
