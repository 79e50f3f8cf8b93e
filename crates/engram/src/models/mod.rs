//! One model a file.

pub mod hebbian;
pub mod hopfield;
