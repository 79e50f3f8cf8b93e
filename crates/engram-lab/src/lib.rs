//! The lab bench: what a session with an associative memory is.
//!
//! A [`spec::Spec`] is the experiment; [`catalogue::open`] makes the [`machine::Machine`] that it stands for; a
//! [`session::Session`] runs it, keeps its past and carries out edits. [`link`] turns specs into share links and
//! back. Nothing here knows of a page or of JavaScript.

pub mod array;
pub mod catalogue;
pub mod company;
pub mod control;
pub mod data;
pub mod describe;
mod error;
#[cfg(feature = "exact")]
pub mod exact_learning;
mod fallible;
pub mod figure;
pub mod files;
pub mod golden;
pub mod head;
pub mod histogram;
mod history;
pub mod import;
pub mod info;
pub mod learned;
pub mod link;
pub mod machine;
mod machines;
mod npy;
mod object;
pub mod pictures;
pub mod plan;
pub mod ready;
pub mod resolve;
#[cfg(feature = "schema")]
pub mod schema;
pub mod session;
pub mod setup;
pub mod spec;
pub mod study;
mod trace;
pub mod value;
pub mod values;

#[cfg(feature = "bench")]
pub use engram::bench;
pub use error::LabError;
