//! One command a file.

pub mod completions;
pub mod exact;
pub mod link;
pub mod list;
pub mod run;
pub mod schema;
pub mod spec;
