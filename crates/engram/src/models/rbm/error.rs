//! Why a restricted Boltzmann machine could not be made, or not be summed over.

use core::fmt;

use super::{MAX_SUMMED, MAX_WEIGHT, MAX_WEIGHTS};
use crate::bipartite::{MAX_GROUP, MAX_LAYER};

/// A size or number that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RbmError {
    /// A layer without units, or too many units or weights.
    Units {
        /// Visible units.
        visible: usize,
        /// Hidden units.
        hidden: usize,
    },
    /// Another number of weights than there are pairs of units.
    Shape {
        /// Weights.
        found: usize,
        /// Visible units.
        visible: usize,
        /// Hidden units.
        hidden: usize,
    },
    /// So many labels cannot be.
    Labels {
        /// Labels.
        labels: usize,
        /// Visible units, labels among them.
        visible: usize,
    },
    /// A weight or bias that is no number, or too large.
    Number {
        /// What it is.
        name: &'static str,
        /// Its place, from 0.
        place: usize,
        /// Its value.
        value: f64,
    },
    /// A rate at which a unit is on that is not between 0 and 1.
    Rate {
        /// Which unit, from 0.
        place: usize,
        /// Its rate.
        value: f64,
    },
    /// Both layers have more units than can be summed over.
    Large {
        /// Units of the smaller layer.
        units: usize,
    },
    /// A picture of another number of cells than there are visible units, or no pictures at all.
    Picture {
        /// Cells of all pictures.
        cells: usize,
        /// Visible units.
        visible: usize,
    },
    /// A picture in which not exactly one label is on.
    Label {
        /// Which picture, from 0.
        picture: usize,
    },
}

impl fmt::Display for RbmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Units { visible, hidden } => write!(
                f,
                "{visible} visible and {hidden} hidden units are not possible; 1 to {MAX_LAYER} of each are, with {MAX_WEIGHTS} weights at most"
            ),
            Self::Shape { found, visible, hidden } => {
                write!(f, "{found} weights are not {hidden} rows of {visible}, one row a hidden unit")
            }
            Self::Labels { labels, visible } => write!(
                f,
                "{labels} of {visible} visible units cannot be labels; none can, or 2 to {MAX_GROUP} if other visible units are left"
            ),
            Self::Number { name, place, value } => write!(
                f,
                "number {place} of the {name} is {value}; it must be from -{MAX_WEIGHT} to {MAX_WEIGHT}"
            ),
            Self::Rate { place, value } => {
                write!(f, "the rate of unit {place} is {value}; it must be between 0 and 1")
            }
            Self::Large { units } => write!(
                f,
                "all states of one layer must be looked at, which is possible up to {MAX_SUMMED} units; the smaller layer has {units}"
            ),
            Self::Picture { cells, visible } => {
                write!(f, "{cells} cells are not one or more pictures of {visible} visible units")
            }
            Self::Label { picture } => {
                write!(f, "of the labels of picture {picture} exactly one must be on")
            }
        }
    }
}

impl core::error::Error for RbmError {}
