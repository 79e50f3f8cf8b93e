//! Why pictures are no data set.

use core::fmt;

use super::{DEPTHS, MAX_CLASSES, MAX_PICTURES_SIDE};

/// Why bytes or numbers are no data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PicturesError {
    /// A file that does not begin with the word of the format.
    Head,
    /// Width or height that is not possible.
    Size {
        /// Cells across.
        width: usize,
        /// Cells down.
        height: usize,
    },
    /// Bits a cell that are not possible.
    Depth(u8),
    /// There are no pictures, or too many of that size.
    Count {
        /// How many.
        found: usize,
        /// Most of that size.
        most: usize,
    },
    /// Levels that are no whole number of pictures.
    Length {
        /// How many.
        found: usize,
        /// Cells of a picture.
        units: usize,
    },
    /// No picture for training, or more than there are.
    Training {
        /// How many.
        found: usize,
        /// How many pictures there are.
        count: usize,
    },
    /// More classes than are possible.
    Names(usize),
    /// The name of a class that is empty, too long, no text or there twice.
    Name {
        /// Which class, from 0.
        class: usize,
    },
    /// Not one class a picture.
    Classes {
        /// How many.
        found: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// A picture of a class that there is not.
    Class {
        /// Which picture, from 0.
        picture: usize,
        /// The class.
        found: u8,
        /// How many classes there are.
        classes: usize,
    },
    /// A file that ends within its head or a picture.
    Short,
    /// A file whose pictures do not come out even: it was damaged.
    Damaged,
    /// A file with bytes after the last picture.
    Long {
        /// How many.
        bytes: usize,
    },
}

impl fmt::Display for PicturesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => f.write_str("these bytes are no pictures: they must begin with the word pictures"),
            Self::Size { width, height } => write!(
                f,
                "pictures of {width} × {height} are not possible: both sides must be from 1 to {MAX_PICTURES_SIDE}"
            ),
            Self::Depth(found) => {
                let [a, b, c, d] = DEPTHS;
                write!(f, "{found} bits a cell are not possible; {a}, {b}, {c} and {d} are")
            }
            Self::Count { found, most } => {
                write!(f, "{found} pictures are not possible; of this size, from 1 to {most} are")
            }
            Self::Length { found, units } => {
                write!(f, "{found} levels are no whole number of pictures of {units} cells")
            }
            Self::Training { found, count } => {
                write!(f, "{found} pictures for training are not possible; from 1 to {count} are")
            }
            Self::Names(found) => write!(f, "{found} classes are not possible; up to {MAX_CLASSES} are"),
            Self::Name { class } => {
                write!(f, "class {class} needs a name of its own, of 1 to 255 bytes of text")
            }
            Self::Classes { found, wanted } => {
                write!(f, "there are {found} numbers of classes for {wanted} pictures that have one")
            }
            Self::Class { picture, found, classes } => {
                write!(f, "picture {picture} is of class {found}; there are {classes}, counted from 0")
            }
            Self::Short => f.write_str("the file of pictures ends too soon"),
            Self::Damaged => f.write_str("the file of pictures is damaged: they do not come out even"),
            Self::Long { bytes } => write!(f, "{bytes} bytes stand after the last picture"),
        }
    }
}

impl core::error::Error for PicturesError {}
