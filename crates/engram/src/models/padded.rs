//! A Hopfield network with hidden units that only add room.
//!
//! # What it is
//! Hebb's net of N visible and K hidden units, over patterns of N units that were continued by K more
//! ([`Padding`]). A cue shows the visible units, the hidden ones begin as unknown, and what comes back is judged by the
//! visible units alone: errors in the hidden ones do not matter.
//!
//! # Energy and dynamics
//! Those of [`Hebbian`] over N + K units.
//!
//! # Shapes
//! Patterns (P, N) outside, (P, N + K) inside; state (N + K), the visible units first.
//!
//! # References
//! Hidden units of a Boltzmann machine as room for more patterns: D. H. Ackley, G. E. Hinton & T. J. Sejnowski,
//! *Cognitive Science* 9 (1985) 147.

use alloc::vec::Vec;

use crate::dynamics::{State, Tie};
use crate::learning::Padding;
use crate::models::hebbian::{Hebbian, HebbianError};
use crate::observe::{self, Outcome};

/// A network of continued patterns. Immutable while it runs.
#[derive(Clone, Debug)]
pub struct Padded {
    net: Hebbian,
    patterns: Vec<Vec<i8>>,
    hidden: usize,
}

impl Padded {
    /// The net of these patterns, with the factor c before Hebb's sum.
    ///
    /// # Errors
    /// No memory.
    pub fn new(padding: &Padding, scale: f64) -> Result<Self, HebbianError> {
        let whole: Vec<&[i8]> = padding.patterns().iter().map(Vec::as_slice).collect();
        let net = Hebbian::new(&whole, scale)?;
        let patterns = whole.iter().map(|x| x[..padding.visible()].to_vec()).collect();
        Ok(Self { net, patterns, hidden: padding.hidden() })
    }

    /// The net of N + K units.
    #[must_use]
    pub fn net(&self) -> &Hebbian {
        &self.net
    }

    /// The visible parts of the patterns, N spins each.
    #[must_use]
    pub fn patterns(&self) -> &[Vec<i8>] {
        &self.patterns
    }

    /// Number of visible units, N.
    #[must_use]
    pub fn visible(&self) -> usize {
        self.patterns[0].len()
    }

    /// Number of hidden units, K.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// A state of N + K units that shows a cue: its first N spins (unknown where it has fewer), the hidden units unknown.
    #[must_use]
    pub fn cue(&self, visible: &[i8]) -> Vec<i8> {
        let mut spins: Vec<i8> = visible.iter().copied().take(self.visible()).collect();
        spins.resize(self.visible() + self.hidden, 0);
        spins
    }

    /// The same with the hidden units guessed: each follows what it feels from the visible units alone, all at once, and
    /// stays unknown where it feels nothing. Runs that begin so recall more: hidden units that are still unknown when
    /// the first visible ones are asked leave them to a net without hidden units.
    #[must_use]
    pub fn guess(&self, visible: &[i8]) -> Vec<i8> {
        let state = State::new(&self.net, self.cue(visible));
        let hidden =
            (self.visible()..state.spins().len()).map(|i| Tie::Keep.next(state.field(&self.net, i), 0));
        self.shown(state.spins()).iter().copied().chain(hidden).collect()
    }

    /// The visible units of a state.
    #[must_use]
    pub fn shown<'a>(&self, spins: &'a [i8]) -> &'a [i8] {
        &spins[..self.visible().min(spins.len())]
    }

    /// Overlap of the visible units with a pattern, −1 to 1; 0 for a pattern that is not there.
    #[must_use]
    pub fn overlap(&self, pattern: usize, spins: &[i8]) -> f64 {
        self.patterns.get(pattern).map_or(0.0, |x| observe::overlap(x, self.shown(spins)))
    }

    /// The verdict on the visible units of a settled state.
    #[must_use]
    pub fn outcome(&self, spins: &[i8]) -> Outcome {
        let patterns: Vec<&[i8]> = self.patterns.iter().map(Vec::as_slice).collect();
        observe::classify(self.shown(spins), &patterns)
    }
}
