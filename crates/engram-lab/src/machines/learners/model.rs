//! What a machine says that learns from many pictures and then dreams; the rest of its run is common to all of them.

use std::rc::Rc;

use engram::bipartite::Step;
use engram::rng::{Lanes, Rng};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Data;
use super::close_up::Unit;
use super::run::State;
use crate::LabError;
use crate::array::{Array, Arrays};
use crate::describe::Layer;
#[cfg(feature = "exact")]
use crate::exact_learning::LearningReport;
use crate::figure::{Figure, Part};
use crate::learned::{Estimating, Side};
use crate::machine::Explanation;
use crate::setup::Setup;

/// The dice of what is drawn, by the index of their stream: first those of learning.
pub mod dice {
    /// First weights.
    pub const WEIGHTS: u64 = 0;
    /// Where chains begin.
    pub const CHAINS: u64 = 1;
    /// What is drawn while it learns.
    pub const LEARNING: u64 = 2;
    /// Of the dynamics: a grey cue, the thought that follows, coins for the wall, and its dreams.
    pub const CUE: u64 = 0;
    pub const THOUGHT: u64 = 1;
    pub const COINS: u64 = 2;
    pub const WALL: u64 = 3;
    /// Of estimates of ln Z.
    pub const ESTIMATE: u64 = 0;
    /// Epoch e is shuffled by the stream that is so far on.
    pub const FIRST_EPOCH: u64 = 16;
}

/// States of all layers, of so many copies.
pub trait Mind: Clone + Serialize + DeserializeOwned {
    /// How many copies there are.
    fn copies(&self) -> usize;

    /// What the visible units of a copy are, cells first, from −1 for paper or off to +1 for ink or on.
    fn units(&self, copy: usize) -> Vec<f64>;

    /// Sets cells of a copy, by their numbers.
    fn set(&mut self, copy: usize, cells: &[(usize, f64)]);

    /// Gives all copies a name, by its number: units for names come behind so many cells.
    fn name(&mut self, cells: usize, name: usize);

    /// Has so many copies from now on: new ones begin where others are. There is one at least.
    fn widen(&mut self, copies: usize);
}

/// What dreams of binary units are where they are shown as chances.
pub const LIKELY_DREAMS: &str =
    "dreams, shown as chances of ink given their hidden units; the dreams themselves are of ink and paper";

/// What such a model says at the bench beyond its mathematics.
pub trait Learns: Sized {
    /// What is learned, with all that learning depends on.
    type Net: Clone + Serialize + DeserializeOwned;
    /// States of its layers.
    type Mind: Mind;
    /// What is measured now and then.
    type Measured: Clone + Default + Serialize + DeserializeOwned;

    /// Whether it learns levels of grey, and not ink and paper.
    const GREY: bool = false;

    /// What its dreams on the wall are where they are shown as they were drawn, and as what cells are on average.
    const DREAMS: [&'static str; 2] = [
        "chains, each drawn anew at every step: samples as Gibbs sampling has them, neighbours in time alike",
        LIKELY_DREAMS,
    ];

    /// The model of a setup.
    ///
    /// # Errors
    /// What it cannot be, or what would take too long.
    fn make(setup: &Setup, data: &Rc<Data>) -> Result<Self, LabError>;

    /// What it does in the present course, if there are several: words that follow `it is learning`.
    fn stage(&self, net: &Self::Net) -> Option<String> {
        let _ = net;
        None
    }

    /// What learning begins with.
    fn begin(&self, setup: &Setup) -> Self::Net;

    /// What is learned, as arrays with the names and shapes that the model's note documents.
    fn arrays(&self, net: &Self::Net) -> Vec<Array>;

    /// What learning goes on from where these arrays were learned before.
    ///
    /// # Errors
    /// An array is missing, or its shape or numbers are not those of the model.
    fn with_arrays(&self, setup: &Setup, arrays: &Arrays<'_>) -> Result<Self::Net, LabError>;

    /// Whether something saved is of this model; numbers that have run away are.
    fn fits(&self, net: &Self::Net) -> bool;

    /// Whether its numbers have not run away.
    fn is_sound(&self, net: &Self::Net) -> bool;

    /// How many operations a step of learning takes, roughly.
    fn work(&self) -> u64;

    /// Units for names.
    fn names(&self) -> usize;

    /// How often the course of learning is gone through, one part of the machine after the other.
    fn courses(&self) -> u64 {
        1
    }

    /// Readies it for learning in the course of this number; it may be in it already.
    fn enter(&self, _net: &mut Self::Net, _course: u64) {}

    /// Learns from some of the pictures.
    fn learn(&self, net: &mut Self::Net, pictures: &[usize], step: Step);

    /// Layers whose cells begin like these, from −1 for paper to +1 for ink, copy by copy, and whose hidden units are off.
    fn mind(&self, cells: &[&[f64]], rng: &mut Rng) -> Self::Mind;

    /// Whether something saved is of this model.
    fn mind_fits(&self, mind: &Self::Mind) -> bool;

    /// Draws all layers once; what is held of the first copy stays.
    fn stir(&self, net: &Self::Net, mind: &mut Self::Mind, held: &[bool], dice: &mut Lanes);

    /// The next dreams of the wall.
    fn dream(&self, net: &Self::Net, mind: &mut Self::Mind, dice: &mut Lanes) {
        self.stir(net, mind, &[], dice);
    }

    /// How likely each visible unit of the copies is to be on, given their hidden units; of grey ones how dark they are on
    /// average, from 0 to 1.
    fn chances(&self, net: &Self::Net, mind: &Self::Mind) -> Vec<Vec<f32>>;

    /// ln of how likely each name is for each of the pictures that are never seen; none if it knows no names.
    fn posteriors(&self, net: &Self::Net) -> Option<Vec<Vec<f64>>> {
        let _ = net;
        None
    }

    /// How likely each hidden unit is to be on beside each of the pictures, without names: a row a picture; none if that is not
    /// known.
    fn features(&self, net: &Self::Net, of: Side) -> Option<Vec<f64>> {
        let _ = (net, of);
        None
    }

    /// −ln P of pictures, with their names if it learns some, but for ln Z; none if that is no sum that can be taken.
    fn free_energies(&self, net: &Self::Net, of: Side) -> Option<Vec<f64>> {
        let _ = (net, of);
        None
    }

    /// ln Z by annealed importance sampling; none if it is not known how.
    fn estimate(
        &self,
        _net: &Self::Net,
        _runs: usize,
        _steps: usize,
        _dice: Lanes,
    ) -> Option<Box<dyn Estimating>> {
        None
    }

    /// Measures it as it is.
    fn measure(&self, net: &Self::Net) -> Self::Measured;

    /// Its own observables, in the order of the description: those before the epoch and the rate, and those behind.
    fn scalars(&self, state: &State<Self>) -> [Vec<f64>; 2];

    /// What there is to say of it in a clause.
    fn says(&self, measured: &Self::Measured) -> String;

    /// Whether all is as it began, so that its numbers are known to all their digits.
    #[cfg(feature = "exact")]
    fn has_just_begun(&self, setup: &Setup, state: &State<Self>) -> bool {
        state.done == 0 && self.arrays(&state.net) == self.arrays(&self.begin(setup))
    }

    /// Why a cell is what it is.
    fn explain(&self, net: &Self::Net, thought: &Self::Mind, cells: &[f64], unit: usize) -> Explanation;

    /// A layer other than the state and the chances of ink; none if there is none of this name.
    fn layer(&self, setup: &Setup, state: &State<Self>, key: &str) -> Option<Layer>;

    /// A figure other than the dreams; none if there is none of this name.
    fn figure(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure>;

    /// The hidden unit of a box of a figure; none if that has no such box.
    fn unit(&self, _net: &Self::Net, _key: &str, _box: usize) -> Option<Unit> {
        None
    }

    /// What enumeration tells of a small one.
    #[cfg(feature = "exact")]
    fn exact(
        &self,
        setup: &Setup,
        state: &State<Self>,
        steps: Option<u32>,
    ) -> Result<LearningReport, LabError>;
}
