//! The deep belief net.
//!
//! # What it is
//! Layers of binary units, {0, 1}, the visible ones at the bottom. The two layers at the top are a restricted Boltzmann
//! machine, which has a loop to run round; from there down each layer is drawn once from the one above it. It is built
//! greedily: a restricted Boltzmann machine learns the data, the next one learns what the hidden units of the first make of
//! them, and so on. The last K of the units that the top machine sees may be labels, beside the layer below it.
//!
//! # Distribution
//! `P(v, h_1 … h_L) = P(v | h_1) … P(h_{L−2} | h_{L−1}) P_top(h_{L−1}, h_L)`, where each `P(below | above)` is that of the
//! restricted Boltzmann machine that was trained there, and `P_top` the whole of the last one.
//!
//! # Dynamics
//! *Dreaming*: Gibbs sampling in the top machine, then one pass down. *Recognising*: one pass up with the same weights
//! transposed, `Q(h_l | h_{l−1})`, which is exact for the machine that was trained and an approximation in the stack.
//!
//! # The bound
//! `ln P(v) ≥ E_Q[ln P(v, h_1 … h_{L−1}) − ln Q(h_1 … h_{L−1} | v)]`, with the top machine's free energy and ln Z in the place
//! of h_L. It is an equality where the next machine begins as the last one turned over.
//!
//! # Shapes
//! A stack of L machines from the bottom up: the hidden units of each are the visible ones of the next.
//!
//! # References
//! G. E. Hinton, S. Osindero & Y. W. Teh, *A fast learning algorithm for deep belief nets*, Neural Computation 18 (2006)
//! 1527; R. Salakhutdinov & I. Murray, *On the quantitative analysis of deep belief networks*, ICML 2008 (§5: the bound).

mod error;
mod exact;
mod sampler;

pub use error::BeliefNetError;
pub use exact::MAX_PAIR;
pub use sampler::BeliefNetSampler;

use alloc::vec::Vec;

use crate::models::rbm::Rbm;

/// Most machines in a stack.
pub const MAX_MACHINES: usize = 8;

/// A stack of restricted Boltzmann machines, in double precision.
#[derive(Clone, Debug, PartialEq)]
pub struct BeliefNet {
    machines: Vec<Rbm>,
}

impl BeliefNet {
    /// Of machines from the bottom up. A single one is that machine itself.
    ///
    /// # Errors
    /// None or more than [`MAX_MACHINES`]; a machine below the top one that has labels; or one that does not see as many units
    /// as the one below it has hidden ones (and, at the top, labels).
    pub fn new(machines: Vec<Rbm>) -> Result<Self, BeliefNetError> {
        let count = machines.len();
        if !(1..=MAX_MACHINES).contains(&count) {
            return Err(BeliefNetError::Machines(count));
        }
        if let Some(machine) = machines[..count - 1].iter().position(|machine| machine.labels() > 0) {
            return Err(BeliefNetError::Labels { machine });
        }
        for (machine, pair) in machines.windows(2).enumerate() {
            let (below, found) = (pair[0].hidden(), pair[1].visible() - pair[1].labels());
            if below != found {
                return Err(BeliefNetError::Sizes { machine: machine + 1, found, below });
            }
        }
        Ok(Self { machines })
    }

    /// The machines, from the bottom up.
    #[must_use]
    pub fn machines(&self) -> &[Rbm] {
        &self.machines
    }

    /// The machine at the top.
    #[must_use]
    pub fn top(&self) -> &Rbm {
        &self.machines[self.machines.len() - 1]
    }

    /// Those below it, from the bottom up: of each only the way down is part of the net.
    #[must_use]
    pub fn lower(&self) -> &[Rbm] {
        &self.machines[..self.machines.len() - 1]
    }

    /// The visible units of the whole net, labels not among them unless the net is a single machine.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.machines[0].visible()
    }
}
