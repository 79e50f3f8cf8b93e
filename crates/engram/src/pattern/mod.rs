//! Pictures of ±1 and of grey, and where they come from.

pub mod binarise;
mod digits;
mod generate;
mod grey;
mod pictures;
pub mod problems;
mod sets;
pub(crate) mod spins;
mod standardise;

pub use digits::{DIGIT_CELLS, DIGIT_CLASSES, DIGIT_SIDE, Digits, DigitsError, MAX_DIGITS};
pub use generate::{bars_and_stripes, hadamard, random};
pub use grey::{grey_text, parse_grey, signs};
pub use pictures::{
    DEPTHS, MAX_CLASSES, MAX_PICTURES, MAX_PICTURES_CELLS, MAX_PICTURES_SIDE, Part, Pictures, PicturesError,
};
pub use sets::{PatternSet, SETS};
pub use spins::SpinsError;
pub use standardise::Standard;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Most cells of a picture: a lattice of 1024 × 1024.
pub const MAX_CELLS: usize = 1 << 20;

/// Why a picture could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// Width or height is zero, or there are too many cells.
    Size {
        /// Cells across.
        width: usize,
        /// Cells down.
        height: usize,
        /// Most cells.
        most: usize,
    },
    /// The number of cells is not width × height.
    Length {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A character that stands for no spin.
    Character {
        /// The character.
        found: char,
        /// Where, from 0.
        position: usize,
    },
    /// A character that stands for no level of grey.
    Level {
        /// The character.
        found: char,
        /// Where, from 0.
        position: usize,
    },
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { width, height, most } => write!(
                f,
                "a picture of {width} × {height} is not possible: both sides must be at least 1 and their product at most {most}"
            ),
            Self::Length { found, expected } => {
                write!(f, "there are {found} cells; the picture has {expected}")
            }
            Self::Character { found, position } => {
                write!(f, "'{found}' at position {position} is not a cell: only 0, 1 (and ? in a state) are")
            }
            Self::Level { found, position } => {
                write!(
                    f,
                    "'{found}' at position {position} is no level of grey: A to Z, a to z, 0 to 9, - and _ are, from paper to ink (and ? in a state)"
                )
            }
        }
    }
}

impl core::error::Error for PatternError {}

/// A picture: `width × height` spins, +1 (ink) or −1 (paper), row by row. In a state, 0 stands for unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    width: usize,
    height: usize,
    spins: Vec<i8>,
}

impl Pattern {
    /// From spins, row by row.
    ///
    /// # Errors
    /// A size that is not possible, or the wrong number of spins.
    pub fn new(width: usize, height: usize, spins: Vec<i8>) -> Result<Self, PatternError> {
        let expected = Self::cells(width, height)?;
        if spins.len() != expected {
            return Err(PatternError::Length { found: spins.len(), expected });
        }
        Ok(Self { width, height, spins })
    }

    /// From one character a cell: `1` is +1, `0` is −1, and `?` is unknown where `unknown` allows it.
    ///
    /// # Errors
    /// A size that is not possible, the wrong number of characters, or one that stands for nothing.
    pub fn parse(width: usize, height: usize, bits: &str, unknown: bool) -> Result<Self, PatternError> {
        let expected = Self::cells(width, height)?;
        // Length first: nothing is allocated for a text of the wrong size.
        let found = bits.chars().count();
        if found != expected {
            return Err(PatternError::Length { found, expected });
        }
        let spins = bits
            .chars()
            .enumerate()
            .map(|(position, c)| match c {
                '1' => Ok(1),
                '0' => Ok(-1),
                '?' if unknown => Ok(0),
                found => Err(PatternError::Character { found, position }),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { width, height, spins })
    }

    /// Number of cells, if a picture of that size is possible.
    ///
    /// # Errors
    /// [`PatternError::Size`].
    pub fn cells(width: usize, height: usize) -> Result<usize, PatternError> {
        Self::cells_up_to(width, height, MAX_CELLS)
    }

    /// Number of cells, if they are no more than `most`.
    ///
    /// # Errors
    /// [`PatternError::Size`].
    pub fn cells_up_to(width: usize, height: usize, most: usize) -> Result<usize, PatternError> {
        match width.checked_mul(height) {
            Some(n) if (1..=most).contains(&n) => Ok(n),
            _ => Err(PatternError::Size { width, height, most }),
        }
    }

    /// Cells across.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Cells down.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The spins, row by row.
    #[must_use]
    pub fn spins(&self) -> &[i8] {
        &self.spins
    }

    /// The spins, given away.
    #[must_use]
    pub fn into_spins(self) -> Vec<i8> {
        self.spins
    }

    /// One character a cell, as [`parse`](Self::parse) reads it.
    #[must_use]
    pub fn bits(&self) -> String {
        bits(&self.spins)
    }
}

/// Spins as text: `1`, `0`, and `?` for unknown.
#[must_use]
pub fn bits(spins: &[i8]) -> String {
    spins
        .iter()
        .map(|s| match s {
            1 => '1',
            0 => '?',
            _ => '0',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trip() {
        let p = Pattern::parse(3, 2, "10?011", true).unwrap();
        assert_eq!(p.spins(), &[1, -1, 0, -1, 1, 1]);
        assert_eq!(p.bits(), "10?011");
    }

    #[test]
    fn hostile_sizes_and_cells_are_refused() {
        assert!(matches!(Pattern::cells(0, 4), Err(PatternError::Size { .. })));
        assert!(matches!(Pattern::cells(usize::MAX, 2), Err(PatternError::Size { .. })));
        assert!(matches!(Pattern::cells(1025, 1024), Err(PatternError::Size { .. })));
        assert_eq!(Pattern::parse(2, 2, "101", false), Err(PatternError::Length { found: 3, expected: 4 }));
        assert_eq!(
            Pattern::parse(2, 2, "10?1", false),
            Err(PatternError::Character { found: '?', position: 2 })
        );
    }
}
