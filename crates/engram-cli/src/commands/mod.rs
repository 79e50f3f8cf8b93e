//! One command a file.

pub mod ais;
pub mod classify;
pub mod completions;
pub mod exact;
pub mod link;
pub mod list;
pub mod run;
pub mod sample;
pub mod schema;
pub mod spec;
pub mod train;
