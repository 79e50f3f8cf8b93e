//! The data sets that can be learned from, and which of them a spec asks for.

use super::NAMES;
use crate::LabError;
use crate::catalogue::Takes;
use crate::data::{self, Own};
use crate::resolve;
use crate::spec::Spec;
use crate::value::Value;

/// Most cells of a picture.
pub const MOST_CELLS: usize = 64 * 64;

/// What a spec may give a machine that learns beside settings; what it may give of weights differs.
pub const TAKES: Takes =
    Takes { grey: true, learned: true, cells: MOST_CELLS, data: data_set, own_sets: true, ..Takes::NET };

/// The word for pictures that are the spec's own.
pub const SHELF: &str = "shelf";

/// A data set that can be learned from.
#[derive(Clone, Copy)]
pub struct Set {
    /// Its word in settings.
    pub word: &'static str,
    /// Its name in everyday speech.
    pub label: &'static str,
    /// What is in it.
    pub help: &'static str,
    /// Its name in [`data`].
    pub file: &'static str,
    /// Cells across, and down.
    pub size: (usize, usize),
    /// Whether its levels of grey can be learned from, and whether its ink and paper can.
    pub grey: bool,
    pub binary: bool,
    /// Whether some are kept back.
    pub unseen: bool,
    /// Names of its classes.
    pub classes: &'static [&'static str],
}

impl Set {
    /// Cells of a picture.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.size.0 * self.size.1
    }

    /// Whether it has names that can be learned beside its pictures: there is a word for each.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.binary && (2..=CLASSES.len()).contains(&self.classes.len())
    }
}

/// All that come with the program.
pub static SETS: [Set; 4] = [
    Set {
        word: "digits",
        label: "small digits",
        help: "1797 scanned digits of 8 × 8 cells; 297 are never learned from",
        file: data::DIGITS,
        size: (8, 8),
        grey: true,
        binary: true,
        unseen: true,
        classes: &FIGURES,
    },
    Set {
        word: "mnist",
        label: "handwritten digits",
        help: "20 000 digits of 28 × 28 cells, half of them never learned from: a file of 287 kB is fetched",
        file: data::MNIST,
        size: (28, 28),
        grey: false,
        binary: true,
        unseen: true,
        classes: &FIGURES,
    },
    Set {
        word: "mnist_grey",
        label: "handwritten digits in grey",
        help: "1000 digits of 28 × 28 cells in 16 levels of grey, none kept back: a file of 61 kB is fetched",
        file: data::MNIST_GREY,
        size: (28, 28),
        grey: true,
        binary: false,
        unseen: false,
        classes: &FIGURES,
    },
    Set {
        word: "fashion",
        label: "clothes",
        help: "3000 articles of clothing of 28 × 28 cells, a third never learned from: a file of 384 kB is fetched",
        file: data::FASHION,
        size: (28, 28),
        grey: true,
        binary: true,
        unseen: true,
        classes: &CLOTHES,
    },
];

const FIGURES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

const CLOTHES: [&str; 10] =
    ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

/// What a set of an own file is called in everyday speech.
const OWN_LABEL: &str = "your own pictures";

/// Words for classes in settings: a number would be read as one.
pub const CLASSES: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The name of the own file whose pictures a spec learns from.
fn own_set(spec: &Spec) -> Option<&str> {
    let shelf = word(spec, "data").is_none_or(|word| word == SHELF);
    spec.patterns.set.as_deref().filter(|name| shelf && data::is_own(name))
}

/// The data set that a spec learns from, if it is not the pictures on its shelf; that of an own file, once it is there.
#[must_use]
pub fn set_of(spec: &Spec) -> Option<Set> {
    if let Some(Own::Pictures(pictures, classes)) = own_set(spec).and_then(data::own) {
        return Some(Set {
            word: SHELF,
            label: OWN_LABEL,
            help: "The pictures of a file that was brought along",
            file: "",
            size: (pictures.width(), pictures.height()),
            grey: true,
            binary: true,
            unseen: pictures.test().count() > 0,
            classes,
        });
    }
    let word = word(spec, "data")?;
    SETS.iter().find(|set| set.word == word).copied()
}

/// The name of the data set, or of the own file, that a spec needs.
#[must_use]
pub fn data_set(spec: &Spec) -> Option<&str> {
    let of_set = || SETS.iter().find(|set| word(spec, "data") == Some(set.word)).map(|set| set.file);
    own_set(spec).or_else(of_set)
}

/// The size of the pictures of a spec whose own pictures are none.
///
/// # Errors
/// There are no pictures at all.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    if let Some(set) = set_of(spec) {
        return Ok(set.size);
    }
    match &spec.weights {
        // A machine by hand, of which nothing is said but its weights.
        Some(rows) => resolve::layout(rows.first().map_or(0, Vec::len), MOST_CELLS, "weights"),
        None => Err(LabError::new(
            "patterns",
            "there are no patterns to learn from: give some, or choose a data set",
        )),
    }
}

/// Cells of the pictures of a spec, as far as it says it.
#[must_use]
pub fn cells(spec: &Spec) -> usize {
    set_of(spec).map(|set| set.cells()).or_else(|| resolve::units(spec)).unwrap_or(0)
}

/// A whole number among the settings of a spec, or what it is if nothing is said.
#[must_use]
pub fn count(spec: &Spec, key: &str, default: u32) -> usize {
    match spec.param(key) {
        Some(Value::Number(count)) => *count as usize,
        _ => default as usize,
    }
}

/// Whether the pictures of a spec are learned with their names.
#[must_use]
pub fn learns_names(spec: &Spec) -> bool {
    set_of(spec).is_some_and(|set| set.is_named()) && word(spec, NAMES) == Some("learned")
}

/// A word among the settings that a spec gives.
fn word<'a>(spec: &'a Spec, key: &str) -> Option<&'a str> {
    match spec.param(key) {
        Some(Value::Text(word)) => Some(word),
        _ => None,
    }
}
