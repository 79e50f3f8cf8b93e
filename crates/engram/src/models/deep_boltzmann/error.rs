//! Why a machine could not be made, or not be asked that.

use core::fmt;

use super::HIDDEN_LAYERS;
use crate::models::rbm::RbmError;

/// A size or number that cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DeepBoltzmannError {
    /// Another number of hidden layers than can be.
    Layers(usize),
    /// Another number of matrices of weights than of hidden layers.
    Links {
        /// Matrices.
        found: usize,
        /// Hidden layers.
        hidden: usize,
    },
    /// What is between two layers cannot be.
    Link {
        /// The layer below.
        link: usize,
        /// Why, where the layer below counts as visible and the one above as hidden.
        error: RbmError,
    },
    /// Two machines of a stack do not fit on each other.
    Stack {
        /// The upper one, from 0 at the bottom.
        machine: usize,
        /// Units that it sees.
        found: usize,
        /// Hidden units of the one below.
        below: usize,
    },
    /// A machine of a stack has labels.
    Labels {
        /// Which one, from 0 at the bottom.
        machine: usize,
    },
    /// Even layers together and odd layers together cannot be, or cannot be summed over.
    Folded(RbmError),
    /// Cells that are no pictures.
    Picture {
        /// Cells.
        cells: usize,
        /// Visible units.
        visible: usize,
    },
    /// Means of another number of units than there are hidden ones, or of layers of other sizes.
    Means {
        /// Means.
        cells: usize,
        /// Hidden units of all layers.
        units: usize,
    },
    /// A setting of the mean field that is no number, or out of range.
    Setting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
}

impl fmt::Display for DeepBoltzmannError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layers(found) => write!(
                f,
                "{found} hidden layers are not possible; {} or {} are",
                HIDDEN_LAYERS.start(),
                HIDDEN_LAYERS.end()
            ),
            Self::Links { found, hidden } => write!(
                f,
                "there are {found} matrices of weights for {hidden} hidden layers; each needs one, to the layer below"
            ),
            Self::Link { link, error } => write!(f, "between layers {link} and {}: {error}", link + 1),
            Self::Stack { machine, found, below } => write!(
                f,
                "machine {machine} of the stack sees {found} units; it must see the {below} hidden ones of the machine below"
            ),
            Self::Labels { machine } => write!(f, "machine {machine} of the stack has labels; none can have"),
            Self::Folded(error) => write!(f, "with every second layer put together: {error}"),
            Self::Picture { cells, visible } => {
                write!(f, "{cells} cells are not one or more pictures of {visible} visible units")
            }
            Self::Means { cells, units } => {
                write!(f, "{cells} means are not those of {units} hidden units, layer by layer")
            }
            Self::Setting { name, value, allowed } => write!(f, "{name} is {value}; it must be {allowed}"),
        }
    }
}

impl core::error::Error for DeepBoltzmannError {}
