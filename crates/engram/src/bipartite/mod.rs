//! What all nets of layers without links within a layer compute: fields of one layer from the states of another, states
//! drawn from fields, and how often two units are on together.
//!
//! A mini-batch, or a set of chains, is many copies of a layer of binary units. Of each copy only the units that are on
//! are written down ([`Lists`]); weights are cut into panels ([`Panels`]), and a panel serves the whole batch before the
//! next one is touched. So a sum over units costs one addition for each that is on, sixteen columns side by side.
//!
//! Numbers are `f32`; every sum is made in a fixed order, and what is drawn comes from [`Lanes`](crate::rng::Lanes) in a
//! fixed order, so that all machines have the same bits.

#[cfg(target_arch = "x86_64")]
mod eights;
mod held;
mod lists;
mod pairs;
mod panels;
mod pass;
mod rounded;
mod update;

pub use lists::{ByUnit, Lists, MAX_LAYER};
pub use pairs::{MAX_PAIRS, Pairs};
pub(crate) use panels::mean;
pub use panels::{NEVER, Panels, Slice, WIDTH, cut, gather, gather_scaled, panels_of};
pub use pass::{
    Groups, Layer, MAX_GROUP, Matrix, draw, fields, fields_of_values, log_probabilities, probabilities,
};
pub(crate) use pass::{choose, put};
pub use rounded::Rounded;
pub use update::{Fast, Gradient, Means, Offsets, Phases, Seen, Step, Weights, update};
