//! Data sets: pictures of any size in levels of grey, with or without the classes that they are of, in a training part and
//! a test part.

mod coder;
mod error;
mod file;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

pub use error::PicturesError;

use super::digits::{DIGIT_CLASSES, DIGIT_SIDE, Digits};

/// Most pictures of a data set.
pub const MAX_PICTURES: usize = 100_000;

/// Most cells of all pictures of a data set together.
pub const MAX_PICTURES_CELLS: usize = 1 << 26;

/// Most cells across a picture, and down.
pub const MAX_PICTURES_SIDE: usize = 1 << 12;

/// Most classes.
pub const MAX_CLASSES: usize = u8::MAX as usize;

/// How many bits a cell can have: with these, equal steps lead from level 0 to level 255.
pub const DEPTHS: [u8; 4] = [1, 2, 4, 8];

/// The first so many of [`Digits`] are for training.
const DIGITS_TRAINING: usize = 1500;

/// A data set.
///
/// A cell has a level from 0, which is paper, to 255, which is ink. With fewer than 8 bits a cell it is one of fewer
/// levels, in equal steps, and takes as much less memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pictures {
    width: usize,
    height: usize,
    depth: u8,
    /// Cells row by row, the first in the highest bits; each picture begins a byte.
    packed: Vec<u8>,
    count: usize,
    training: usize,
    names: Vec<String>,
    /// One a picture, below the number of names; none if there are no names.
    classes: Vec<u8>,
}

impl Pictures {
    /// Of levels, row by row, picture by picture, shape (count, width × height): with 8 bits a cell, without classes, all
    /// for training.
    ///
    /// # Errors
    /// A size or number that is not possible, or levels that are no whole number of pictures.
    pub fn new(width: usize, height: usize, levels: &[u8]) -> Result<Self, PicturesError> {
        let units = units(width, height)?;
        if !levels.len().is_multiple_of(units) {
            return Err(PicturesError::Length { found: levels.len(), units });
        }
        let count = check_count(levels.len() / units, units)?;
        let (names, classes) = (Vec::new(), Vec::new());
        Ok(Self { width, height, depth: 8, packed: levels.to_vec(), count, training: count, names, classes })
    }

    /// The same with so many bits a cell, out of [`DEPTHS`]: each level becomes the nearest one.
    ///
    /// # Errors
    /// Another number of bits.
    pub fn with_depth(self, depth: u8) -> Result<Self, PicturesError> {
        check_depth(depth)?;
        let mut packed = Vec::with_capacity(self.count * stride(self.units(), depth));
        for picture in 0..self.count {
            let nearest = self.all().levels(picture).map(|level| to_depth(level, depth));
            pack(&mut packed, nearest, depth);
        }
        Ok(Self { depth, packed, ..self })
    }

    /// The same with classes: the names of all there are, and the number of the one that each picture is of. No names and
    /// no numbers take them away.
    ///
    /// # Errors
    /// More than [`MAX_CLASSES`] names, one that is empty, longer than 255 bytes or there twice; not one number a picture;
    /// a number that no name has.
    pub fn with_classes(self, names: Vec<String>, classes: Vec<u8>) -> Result<Self, PicturesError> {
        check_names(&names)?;
        let wanted = if names.is_empty() { 0 } else { self.count };
        if classes.len() != wanted {
            return Err(PicturesError::Classes { found: classes.len(), wanted });
        }
        if let Some(picture) = classes.iter().position(|&class| usize::from(class) >= names.len()) {
            return Err(PicturesError::Class { picture, found: classes[picture], classes: names.len() });
        }
        Ok(Self { names, classes, ..self })
    }

    /// The same with the first `training` pictures for training and the others for testing.
    ///
    /// # Errors
    /// None for training, or more than there are.
    pub fn with_training(self, training: usize) -> Result<Self, PicturesError> {
        if !(1..=self.count).contains(&training) {
            return Err(PicturesError::Training { found: training, count: self.count });
        }
        Ok(Self { training, ..self })
    }

    /// Reads a file in the format that [`to_bytes`](Self::to_bytes) writes.
    ///
    /// # Errors
    /// Bytes that are not in the format.
    pub fn parse(bytes: &[u8]) -> Result<Self, PicturesError> {
        file::parse(bytes)
    }

    /// Whether bytes begin as a file in that format does.
    #[must_use]
    pub fn begins(bytes: &[u8]) -> bool {
        bytes.starts_with(file::HEAD)
    }

    /// As a file: the word `pictures`; width and height, 2 bytes each, the lowest first; bits a cell, 1 byte; how many
    /// classes there are, 1 byte; how many pictures, and how many of them for training, 4 bytes each; the names of the
    /// classes, each a byte with its length and its text; then, picture by picture, the class, if there are any, and
    /// the cells, as an adaptive arithmetic coder tells them (Langdon & Rissanen 1981).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(self)
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

    /// Cells of a picture.
    #[must_use]
    pub fn units(&self) -> usize {
        self.width * self.height
    }

    /// Bits a cell: 1 if the pictures are binary.
    #[must_use]
    pub fn depth(&self) -> u8 {
        self.depth
    }

    /// Names of the classes; none if the pictures have no classes.
    #[must_use]
    pub fn class_names(&self) -> &[String] {
        &self.names
    }

    /// All pictures, those for training first.
    #[must_use]
    pub fn all(&self) -> Part<'_> {
        Part { of: self, range: 0..self.count }
    }

    /// Those to learn from.
    #[must_use]
    pub fn training(&self) -> Part<'_> {
        Part { of: self, range: 0..self.training }
    }

    /// Those that nothing is to be learned from; there may be none.
    #[must_use]
    pub fn test(&self) -> Part<'_> {
        Part { of: self, range: self.training..self.count }
    }
}

/// The scanned digits: each of their 17 levels at the nearest of 256, the first 1500 for training.
impl From<&Digits> for Pictures {
    fn from(digits: &Digits) -> Self {
        let count = digits.count();
        let level = |&ink: &u8| ((u16::from(ink) * 255 + 8) / 16) as u8;
        Self {
            width: DIGIT_SIDE,
            height: DIGIT_SIDE,
            depth: 8,
            packed: (0..count).flat_map(|picture| digits.levels(picture)).map(level).collect(),
            count,
            training: count.min(DIGITS_TRAINING),
            names: (b'0'..).take(DIGIT_CLASSES).map(|digit| String::from(char::from(digit))).collect(),
            classes: digits.classes().to_vec(),
        }
    }
}

/// Some of the pictures, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    of: &'a Pictures,
    range: Range<usize>,
}

impl<'a> Part<'a> {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.range.len()
    }

    /// Levels of the cells of a picture, its number counted within the part, from 0 (paper) to 255 (ink), row by row.
    ///
    /// # Panics
    /// If there is no such picture.
    pub fn levels(&self, picture: usize) -> impl ExactSizeIterator<Item = u8> + Clone + use<'a> {
        assert!(picture < self.count(), "picture {picture} of {}", self.count());
        let (depth, units) = (self.of.depth, self.of.units());
        let stride = stride(units, depth);
        let bytes = &self.of.packed[(self.range.start + picture) * stride..][..stride];
        let (each, top) = (8 / usize::from(depth), u8::MAX >> (8 - depth));
        (0..units).map(move |cell| {
            let low = (each - 1 - cell % each) as u8 * depth;
            (bytes[cell / each] >> low & top) * (u8::MAX / top)
        })
    }

    /// Levels of all of them, picture by picture, shape (count, units).
    #[must_use]
    pub fn all_levels(&self) -> Vec<u8> {
        let mut levels = Vec::with_capacity(self.count() * self.of.units());
        (0..self.count()).for_each(|picture| levels.extend(self.levels(picture)));
        levels
    }

    /// Classes of all of them, as numbers of [`Pictures::class_names`]; none if the pictures have no classes.
    #[must_use]
    pub fn classes(&self) -> &'a [u8] {
        self.of.classes.get(self.range.clone()).unwrap_or_default()
    }

    /// The data set that they are of.
    #[must_use]
    pub fn pictures(&self) -> &'a Pictures {
        self.of
    }
}

/// Bytes of a picture.
fn stride(units: usize, depth: u8) -> usize {
    (units * usize::from(depth)).div_ceil(8)
}

/// The nearest level of so many bits, as its number.
fn to_depth(level: u8, depth: u8) -> u8 {
    let top = u16::from(u8::MAX >> (8 - depth));
    ((u16::from(level) * top + 127) / 255) as u8
}

/// Appends a picture of numbers below 2^depth.
fn pack(packed: &mut Vec<u8>, cells: impl Iterator<Item = u8>, depth: u8) {
    let each = 8 / depth;
    let mut filled = 0;
    for cell in cells {
        if filled == 0 {
            packed.push(0);
        }
        if let Some(byte) = packed.last_mut() {
            *byte |= cell << ((each - 1 - filled) * depth);
        }
        filled = (filled + 1) % each;
    }
}

fn units(width: usize, height: usize) -> Result<usize, PicturesError> {
    let possible = 1..=MAX_PICTURES_SIDE;
    if possible.contains(&width) && possible.contains(&height) {
        Ok(width * height)
    } else {
        Err(PicturesError::Size { width, height })
    }
}

fn check_count(count: usize, units: usize) -> Result<usize, PicturesError> {
    let most = MAX_PICTURES.min(MAX_PICTURES_CELLS / units);
    if (1..=most).contains(&count) { Ok(count) } else { Err(PicturesError::Count { found: count, most }) }
}

fn check_depth(depth: u8) -> Result<(), PicturesError> {
    if DEPTHS.contains(&depth) { Ok(()) } else { Err(PicturesError::Depth(depth)) }
}

fn check_names(names: &[String]) -> Result<(), PicturesError> {
    if names.len() > MAX_CLASSES {
        return Err(PicturesError::Names(names.len()));
    }
    for (class, name) in names.iter().enumerate() {
        if name.is_empty() || name.len() > usize::from(u8::MAX) || names[..class].contains(name) {
            return Err(PicturesError::Name { class });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
