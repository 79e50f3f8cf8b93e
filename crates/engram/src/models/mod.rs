//! One model a file.

pub mod hopfield;
