//! One machine a file (or folder): how a model shows itself at the bench.

pub mod common;
pub mod hopfield;
