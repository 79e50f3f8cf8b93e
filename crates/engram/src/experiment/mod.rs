//! Experiments: each trial is a pure function of a point (what is measured) and a seed, so that trials may be run
//! anywhere, in any order, and add up to the same result.

pub mod capacity;
pub mod stability;
