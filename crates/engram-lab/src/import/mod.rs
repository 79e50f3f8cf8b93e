//! Data sets that people bring along, in the formats that they have them in.
//!
//! Files are read as they are: what cannot be read is refused with where it stands, and no more is asked of memory than
//! the file itself takes.

mod csv;
mod idx;
mod npy;
mod set;

use engram::math;
use engram::pattern::{MAX_CLASSES, MAX_PICTURES_SIDE, Pictures};

use crate::LabError;

pub use csv::csv;
pub use idx::idx;
pub use npy::npy;
pub use set::{MOST_SHARE, OwnSet, SHARE, Wishes, set};

/// Most pictures of a file.
pub const MAX_PICTURES: usize = 20_000;

/// Most bytes of a file.
pub const MAX_BYTES: usize = 64 << 20;

/// What a file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// All of them for training; binary if no cell is anything but paper or ink.
    pub pictures: Pictures,
    /// What the numbers of the file were taken to be.
    pub span: Span,
}

/// From where to where numbers go that stand for paper and ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From 0 to 1.
    Unit,
    /// From 0 to 255.
    Byte,
    /// From −1 to 1.
    Sign,
}

impl Span {
    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Unit => "0 to 1",
            Self::Byte => "0 to 255",
            Self::Sign => "-1 to 1",
        }
    }

    /// The level of a number within the span.
    fn level(self, number: f64) -> u8 {
        let level = match self {
            Self::Unit => number * 255.0,
            Self::Byte => number,
            Self::Sign => (number + 1.0) * 127.5,
        };
        math::round(level) as u8
    }
}

/// A number and where it stands, counted from 1: line and column, or picture and cell.
type Met = (f64, (usize, usize));

/// The least and the greatest of the numbers that were met.
#[derive(Default)]
struct Extent {
    least: Option<Met>,
    greatest: Option<Met>,
}

impl Extent {
    fn meet(&mut self, met: Met) {
        if self.least.is_none_or(|least| met.0 < least.0) {
            self.least = Some(met);
        }
        if self.greatest.is_none_or(|greatest| met.0 > greatest.0) {
            self.greatest = Some(met);
        }
    }

    /// The narrowest span that has all of them; or a number that is in none.
    fn span(&self) -> Result<Span, Met> {
        let (Some(least), Some(greatest)) = (self.least, self.greatest) else {
            return Ok(Span::Unit);
        };
        if least.0 < -1.0 {
            Err(least)
        } else if least.0 < 0.0 {
            if greatest.0 > 1.0 { Err(greatest) } else { Ok(Span::Sign) }
        } else if greatest.0 <= 1.0 {
            Ok(Span::Unit)
        } else if greatest.0 <= 255.0 {
            Ok(Span::Byte)
        } else {
            Err(greatest)
        }
    }
}

/// What is said of a number that is in no span.
const NO_SPAN: &str = "the numbers of all cells must go from 0 to 1, from 0 to 255 or from -1 to 1";

/// Refuses a file by its length or for being packed.
fn check_file(at: &str, bytes: &[u8]) -> Result<(), LabError> {
    if bytes.len() > MAX_BYTES {
        let message =
            format_args!("a file of {} bytes is too long; up to {MAX_BYTES} are possible", bytes.len());
        return Err(LabError::new(at, message));
    }
    if bytes.starts_with(&[0x1F, 0x8B]) || bytes.starts_with(b"PK\x03\x04") {
        return Err(LabError::new(at, "this file is compressed: unpack it first"));
    }
    Ok(())
}

fn check_count(at: &str, count: usize) -> Result<(), LabError> {
    if (1..=MAX_PICTURES).contains(&count) {
        return Ok(());
    }
    let message = format_args!("{count} pictures are not possible; from 1 to {MAX_PICTURES} are");
    Err(LabError::new(at, message))
}

/// Width and height of pictures of so many cells: those that are given, else those of a square.
fn sides(cells: usize, given: Option<(usize, usize)>) -> Result<(usize, usize), LabError> {
    if let Some((width, height)) = given {
        if width.checked_mul(height) == Some(cells) {
            return Ok((width, height));
        }
        let message = format_args!("a picture has {cells} cells, which are not {width} × {height}");
        return Err(LabError::new("size", message));
    }
    let side = cells.isqrt();
    if cells > 0 && side * side == cells && side <= MAX_PICTURES_SIDE {
        return Ok((side, side));
    }
    let message = format_args!("{cells} cells a picture are no square: width and height must be given");
    Err(LabError::new("size", message))
}

fn another_size(width: usize, height: usize) -> LabError {
    LabError::new("size", format_args!("the pictures of the file are {width} × {height}, whatever is given"))
}

/// Pictures of levels, shape (count, height, width).
fn pictures((width, height): (usize, usize), levels: &[u8]) -> Result<Pictures, LabError> {
    let binary = levels.iter().all(|&level| level == 0 || level == 255);
    let pictures = Pictures::new(width, height, levels);
    pictures
        .and_then(|pictures| if binary { pictures.with_depth(1) } else { Ok(pictures) })
        .map_err(refuse("pictures"))
}

/// The same with numbers for labels: the classes have their order.
fn numbered(pictures: Pictures, labels: &[i64]) -> Result<Pictures, LabError> {
    let count = pictures.all().count();
    if labels.len() != count {
        let message = format_args!("there are {} labels for {count} pictures", labels.len());
        return Err(LabError::new("labels", message));
    }
    let mut names: Vec<i64> = Vec::new();
    for label in labels {
        if let Err(place) = names.binary_search(label) {
            check_classes(names.len() + 1)?;
            names.insert(place, *label);
        }
    }
    let class = |label| names.binary_search(label).unwrap_or_default() as u8;
    let classes = labels.iter().map(class).collect();
    pictures.with_classes(names.iter().map(i64::to_string).collect(), classes).map_err(refuse("labels"))
}

fn check_classes(count: usize) -> Result<(), LabError> {
    if count <= MAX_CLASSES {
        return Ok(());
    }
    let message = format_args!(
        "there are more than {MAX_CLASSES} different labels, which is the most that is possible"
    );
    Err(LabError::new("labels", message))
}

fn refuse<E: std::fmt::Display>(at: &str) -> impl FnOnce(E) -> LabError {
    move |error| LabError::new(at, error)
}

#[cfg(test)]
mod tests {
    use engram::rng::{Rng, Stream};

    use super::*;

    #[test]
    fn whatever_stands_in_a_file_reading_comes_to_an_end() {
        let dictionary =
            b"\x93NUMPY\x01\0\x43\0{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2, 2), }     \n";
        let array = [&dictionary[..], &[0, 0, 128, 63].repeat(8)].concat();
        let images = [&[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2][..], &[9; 8]].concat();
        let labels = [&[0, 0, 8, 1, 0, 0, 0, 2][..], &[9; 2]].concat();
        let table = b"label,a,b\n\"x\",1,-1\ny,0.5,1\n".to_vec();
        let mut rng = Rng::new(1, Stream::Experiment, 0);
        let mut spoil = |file: &[u8]| {
            let mut file = file.to_vec();
            for _ in 0..rng.below(4) {
                let place = rng.below(file.len() as u32) as usize;
                let word = rng.word();
                file[place] =
                    if word >> 31 == 1 { word as u8 } else { b"\"',;()0179-{}:\n\0"[word as usize % 16] };
            }
            file.truncate(file.len() - rng.below(2) as usize * rng.below(8) as usize);
            file
        };
        let mut read = [0; 3];
        for _ in 0..20_000 {
            let (array, images, labels, table) =
                (spoil(&array), spoil(&images), spoil(&labels), spoil(&table));
            read[0] += usize::from(npy(&array, None, None).is_ok());
            read[1] += usize::from(idx(&images, Some(&labels), None).is_ok());
            read[2] += usize::from(csv(&table, Some((2, 1))).is_ok());
        }
        assert!(read.iter().all(|&read| read > 500), "{read:?}");
    }
}
