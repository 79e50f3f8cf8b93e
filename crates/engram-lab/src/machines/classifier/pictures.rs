//! Pictures to learn from, and pictures to be asked about.

use engram::learning::LabelledPicture;
use engram::pattern::{DIGIT_CELLS, DIGIT_CLASSES, DIGIT_SIDE, PatternSet};
use engram::rng::{Rng, Stream};

use crate::LabError;
use crate::data;
use crate::setup::Setup;

/// Every so many-th picture is not learned from.
const UNSEEN: usize = 4;

/// Printed pictures, and the side of what is printed.
const PRINTED: (usize, usize) = (400, 6);

/// Part of the cells of a printed picture that are turned over.
const SPECKS: f64 = 0.05;

/// Pictures of digits with what they are.
pub struct Pictures {
    /// Shape (count, 64).
    pixels: Vec<f64>,
    classes: Vec<u8>,
    seen: Vec<usize>,
    unseen: Vec<usize>,
}

impl Pictures {
    /// Those that a setup asks for.
    ///
    /// # Errors
    /// The data set was not handed over.
    pub fn new(setup: &Setup) -> Result<Self, LabError> {
        let (pixels, classes) = if is_scanned(setup) {
            data::check(data::DIGITS)?;
            let digits = data::digits().into_iter();
            let pixels = digits.clone().flat_map(|all| (0..all.count()).flat_map(|k| all.cells(k)));
            (pixels.collect(), digits.flat_map(|all| all.classes()).copied().collect())
        } else {
            printed(setup.spec.seed)
        };
        let all = 0..Vec::<u8>::len(&classes);
        let (unseen, seen) = all.partition(|k| k % UNSEEN == UNSEEN - 1);
        Ok(Self { pixels, classes, seen, unseen })
    }

    /// Whether two setups ask for the same ones.
    pub fn are_same(setup: &Setup, other: &Setup) -> bool {
        is_scanned(setup) == is_scanned(other) && (is_scanned(setup) || setup.spec.seed == other.spec.seed)
    }

    /// A picture, by its number among all.
    pub fn of(&self, picture: usize) -> LabelledPicture<'_> {
        let pixels = &self.pixels[picture * DIGIT_CELLS..(picture + 1) * DIGIT_CELLS];
        LabelledPicture { pixels, class: usize::from(self.classes[picture]) }
    }

    /// Numbers of those that are learned from.
    pub fn seen(&self) -> &[usize] {
        &self.seen
    }

    /// Numbers of the others.
    pub fn unseen(&self) -> &[usize] {
        &self.unseen
    }
}

fn is_scanned(setup: &Setup) -> bool {
    setup.values.word("data") == "handwritten"
}

/// The drawn digits somewhere on the grid, with specks.
fn printed(seed: u64) -> (Vec<f64>, Vec<u8>) {
    let (count, side) = PRINTED;
    let glyphs: Vec<_> = (0..DIGIT_CLASSES)
        .filter_map(|class| PatternSet::find("letters", side)?.picture(&class.to_string()))
        .collect();
    let mut rng = Rng::new(seed, Stream::Patterns, 0);
    let (mut pixels, mut classes) = (Vec::with_capacity(count * DIGIT_CELLS), Vec::with_capacity(count));
    for picture in 0..count {
        // In turn, and so that all classes are among the unseen.
        let class = picture / UNSEEN % DIGIT_CLASSES;
        let room = (DIGIT_SIDE - side + 1) as u32;
        let (left, top) = (rng.below(room) as usize, rng.below(room) as usize);
        for cell in 0..DIGIT_CELLS {
            let (x, y) = (cell % DIGIT_SIDE, cell / DIGIT_SIDE);
            let inside = (left..left + side).contains(&x) && (top..top + side).contains(&y);
            let ink = inside && glyphs[class].spins()[(y - top) * side + x - left] > 0;
            pixels.push(if ink != rng.bernoulli(SPECKS) { 1.0 } else { -1.0 });
        }
        classes.push(class as u8);
    }
    (pixels, classes)
}
