//! Scanned handwritten digits, as bytes of a file.
//!
//! # Format
//! The word `digits8` and a zero byte; how many pictures there are, 4 bytes, the lowest first; then picture by picture:
//! 1 byte, the class from 0 to 9; 8 bytes, one a row, whose bits say which cells are not blank, the leftmost cell in the
//! highest bit; and for each of these cells in reading order 4 bits, its level of ink from 1 to 16 less one, the first in
//! the upper half of a byte and a last half byte of zeros if their number is odd. Half of the cells of a digit are blank,
//! so that this is a third of what a byte a cell would be.
//!
//! # Source
//! E. Alpaydin & C. Kaynak, *Optical recognition of handwritten digits*, UCI machine learning repository (1998).

use alloc::vec::Vec;
use core::fmt;

/// Cells across, and down.
pub const DIGIT_SIDE: usize = 8;

/// Cells of a picture.
pub const DIGIT_CELLS: usize = DIGIT_SIDE * DIGIT_SIDE;

/// Classes, one a digit.
pub const DIGIT_CLASSES: usize = 10;

/// Most pictures of a file.
pub const MAX_DIGITS: usize = 100_000;

/// The level of a cell that is nothing but ink. A blank one has 0.
const INK: f64 = 16.0;

const HEAD: &[u8; 8] = b"digits8\0";

/// Bytes of a picture before its levels.
const FIXED: usize = 1 + DIGIT_SIDE;

/// Why bytes are no digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitsError {
    /// They do not begin with the word of the format.
    Head,
    /// There are no pictures, or more than [`MAX_DIGITS`].
    Count(usize),
    /// They end within a picture.
    Short {
        /// Which picture, from 0.
        picture: usize,
    },
    /// A class that is no digit.
    Class {
        /// Which picture, from 0.
        picture: usize,
        /// The class.
        found: u8,
    },
    /// There are bytes after the last picture.
    Long {
        /// How many.
        bytes: usize,
    },
}

impl fmt::Display for DigitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("these bytes are no digits: they must begin with the word digits8"),
            Self::Count(found) => {
                write!(f, "{found} digits are not possible; from 1 to {MAX_DIGITS} are")
            }
            Self::Short { picture } => write!(f, "the bytes end within digit {picture}"),
            Self::Class { picture, found } => {
                write!(f, "digit {picture} is of class {found}; classes go from 0 to 9")
            }
            Self::Long { bytes } => write!(f, "{bytes} bytes stand after the last digit"),
        }
    }
}

impl core::error::Error for DigitsError {}

/// Pictures of 8 × 8 cells in 17 levels of ink, each with the digit that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// Row by row, picture by picture, shape (count, 64), from 0 for blank to 16.
    levels: Vec<u8>,
    classes: Vec<u8>,
}

impl Digits {
    /// Reads a file.
    ///
    /// # Errors
    /// Bytes that are not in the format.
    pub fn parse(bytes: &[u8]) -> Result<Self, DigitsError> {
        let rest = bytes.strip_prefix(HEAD.as_slice()).ok_or(DigitsError::Head)?;
        let (count, mut rest) = rest.split_first_chunk().ok_or(DigitsError::Head)?;
        let count = u32::from_le_bytes(*count) as usize;
        if count == 0 || count > MAX_DIGITS {
            return Err(DigitsError::Count(count));
        }
        // Not more is asked for than there can be.
        let room = count.min(rest.len() / FIXED);
        let mut digits =
            Self { levels: Vec::with_capacity(room * DIGIT_CELLS), classes: Vec::with_capacity(room) };
        for picture in 0..count {
            rest = digits.read(picture, rest)?;
        }
        if rest.is_empty() { Ok(digits) } else { Err(DigitsError::Long { bytes: rest.len() }) }
    }

    /// Reads one picture; what is left.
    fn read<'a>(&mut self, picture: usize, bytes: &'a [u8]) -> Result<&'a [u8], DigitsError> {
        let short = DigitsError::Short { picture };
        let (fixed, rest) = bytes.split_first_chunk::<FIXED>().ok_or(short)?;
        let [found, rows @ ..] = *fixed;
        if usize::from(found) >= DIGIT_CLASSES {
            return Err(DigitsError::Class { picture, found });
        }
        let marked = rows.iter().map(|row| row.count_ones() as usize).sum::<usize>();
        let (levels, rest) = rest.split_at_checked(marked.div_ceil(2)).ok_or(short)?;
        let mut levels = levels.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        for cell in 0..DIGIT_CELLS {
            let marked = rows[cell / DIGIT_SIDE] << (cell % DIGIT_SIDE) & 0x80 != 0;
            // There are as many as there are marked cells.
            self.levels.push(if marked { levels.next().map_or(0, |level| level + 1) } else { 0 });
        }
        self.classes.push(found);
        Ok(rest)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.classes.len()
    }

    /// Which digit each is.
    #[must_use]
    pub fn classes(&self) -> &[u8] {
        &self.classes
    }

    /// Levels of the cells of a picture, from 0 for blank to 16, row by row.
    #[must_use]
    pub fn levels(&self, picture: usize) -> &[u8] {
        &self.levels[picture * DIGIT_CELLS..(picture + 1) * DIGIT_CELLS]
    }

    /// The same as numbers: −1 for blank, +1 for ink.
    pub fn cells(&self, picture: usize) -> impl Iterator<Item = f64> + '_ {
        self.levels(picture).iter().map(|&level| f64::from(level) / (0.5 * INK) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A one with a serif: three cells, of levels 16, 1 and 5.
    fn one() -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        bytes.extend([1, 0, 0, 0, 1, 0b0001_0000, 0b0011_0000, 0, 0, 0, 0, 0, 0, 0xF0, 0x40]);
        bytes
    }

    #[test]
    fn a_picture_is_read_cell_by_cell() {
        let digits = Digits::parse(&one()).unwrap();
        assert_eq!((digits.count(), digits.classes()), (1, [1u8].as_slice()));
        let mut wanted = [0; 64];
        (wanted[3], wanted[10], wanted[11]) = (16, 1, 5);
        assert_eq!(digits.levels(0), wanted);
        let cells: Vec<_> = digits.cells(0).collect();
        assert_eq!((cells[0], cells[3], cells[10], cells[11]), (-1.0, 1.0, -0.875, -0.375));
    }

    #[test]
    fn what_is_no_file_of_digits_is_refused() {
        let whole = one();
        assert_eq!(Digits::parse(b"GIF89a"), Err(DigitsError::Head));
        for length in 0..whole.len() {
            let cut = if length < 12 { DigitsError::Head } else { DigitsError::Short { picture: 0 } };
            assert_eq!(Digits::parse(&whole[..length]), Err(cut), "{length} bytes");
        }
        let with = |place: usize, byte: u8| {
            let mut bytes = one();
            bytes[place] = byte;
            Digits::parse(&bytes)
        };
        assert_eq!(with(8, 0), Err(DigitsError::Count(0)));
        assert_eq!(with(11, 255), Err(DigitsError::Count(255 << 24 | 1)));
        assert_eq!(with(8, 2), Err(DigitsError::Short { picture: 1 }));
        assert_eq!(with(12, 10), Err(DigitsError::Class { picture: 0, found: 10 }));
        assert_eq!(with(13, 0), Err(DigitsError::Long { bytes: 1 }));
    }
}
