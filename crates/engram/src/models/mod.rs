//! One model a file.

pub mod belief_net;
pub mod boltzmann;
mod columns;
pub mod deep_boltzmann;
pub mod dense;
pub mod gaussian_rbm;
pub mod graded;
pub mod graph;
pub mod hebbian;
pub mod helmholtz;
pub mod hopfield;
pub mod ising;
pub mod modern;
pub mod padded;
pub mod rbm;
pub mod spin_glass;
pub mod tour;
