//! Associative memories: the Hopfield network and its family.
//!
//! The science of Engram: patterns, learning rules, dynamics, observables and exact results. It knows no clock, no
//! page and no operating system; randomness is a seeded argument, and every result has the same bits on every
//! machine.
//!
//! Conventions: units are ±1, `E = −½ s'Ws − b's` with W of zero diagonal, field `h = Ws + b`, cost of a flip
//! `ΔE = 2 s_i h_i`, `P(s_i = +1) = σ(2 h_i / T)`, k_B = 1. A tie keeps the state unless a rule says otherwise.
//! Settled means that no unit wants to change.
#![no_std]

extern crate alloc;

#[cfg(feature = "bench")]
pub mod bench;
pub mod bipartite;
pub mod corrupt;
pub mod damage;
pub mod dynamics;
pub mod energy;
pub mod exact;
pub mod experiment;
pub mod kernel;
pub mod lattice;
pub mod learning;
pub mod math;
pub mod models;
pub mod observe;
pub mod order;
pub mod pattern;
pub mod rng;
pub mod weights;
pub mod wide;
