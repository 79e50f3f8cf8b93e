//! One machine a file (or folder): how a model shows itself at the bench.

pub mod belief_net;
pub mod boltzmann;
pub mod classifier;
pub mod common;
pub mod deep_boltzmann;
pub mod dense;
pub mod gaussian_rbm;
pub mod graded;
pub mod graph;
pub mod helmholtz;
pub mod hopfield;
pub mod ising;
pub mod learners;
pub mod modern;
pub mod padded;
pub mod pairs;
pub mod rbm;
pub mod spin_glass;
pub mod stochastic;
pub mod tour;
