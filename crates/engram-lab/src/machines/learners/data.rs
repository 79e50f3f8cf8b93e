//! The pictures that a machine learns from, and those that it never sees.

use std::ops::Range;

use engram::bipartite::Lists;
use engram::pattern::{DIGIT_CELLS, DIGIT_CLASSES, DIGIT_SIDE};
use engram::rng::{Rng, Stream};

use crate::LabError;
use crate::data;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::Value;
use crate::values::Values;

/// Of the scanned digits so many are learned from; the rest is never seen.
const DIGITS_SEEN: usize = 1500;

/// Words for the classes of data sets, in settings: a number would be read as one.
pub const CLASSES: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// Binary pictures, each with its class if there are some.
pub struct Data {
    /// Cells of a picture.
    pub cells: usize,
    /// Names of the classes; empty if there are none.
    pub classes: Vec<String>,
    /// Pictures to learn from, 0 or 1 a cell.
    seen: Vec<u8>,
    seen_classes: Vec<u8>,
    /// Pictures that are never learned from.
    unseen: Vec<u8>,
    unseen_classes: Vec<u8>,
}

/// The data set that a spec needs.
#[must_use]
pub fn data_set(spec: &Spec) -> Option<&'static str> {
    (word(spec, "data") == Some("digits")).then_some(data::DIGITS)
}

/// The size of the pictures of a spec whose own pictures are none.
///
/// # Errors
/// There are no pictures at all.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    match word(spec, "data") {
        Some("digits") => Ok((DIGIT_SIDE, DIGIT_SIDE)),
        _ => Err(LabError::new(
            "patterns",
            "there are no pictures to learn from: give some, or choose a data set",
        )),
    }
}

/// Whether the pictures of a spec have names.
#[must_use]
pub fn has_classes(spec: &Spec) -> bool {
    data_set(spec).is_some()
}

/// Whether some of the pictures of a spec are kept back.
#[must_use]
pub fn has_unseen(spec: &Spec) -> bool {
    data_set(spec).is_some()
}

/// A word among the settings that a spec gives.
#[must_use]
pub fn word<'a>(spec: &'a Spec, key: &str) -> Option<&'a str> {
    match spec.param(key) {
        Some(Value::Text(word)) => Some(word),
        _ => None,
    }
}

impl Data {
    /// The pictures that a setup asks for.
    ///
    /// # Errors
    /// The data set was not handed over, is of another size than the spec's own pictures, or there is nothing to learn
    /// from.
    pub fn new(setup: &Setup) -> Result<Self, LabError> {
        let mut data = match setup.values.word("data") {
            "digits" => Self::digits(setup)?,
            _ => Self::shelf(setup)?,
        };
        if data.cells != setup.units() {
            let (width, height) = (setup.resolved.width, setup.resolved.height);
            return Err(LabError::new(
                "params.data",
                format_args!(
                    "the pictures of this data set have {} cells and the grid {width} × {height}: leave patterns out, or give some of that size",
                    data.cells
                ),
            ));
        }
        let most = setup.values.number("pictures") as usize;
        data.seen.truncate(most * data.cells);
        data.seen_classes.truncate(most);
        Ok(data)
    }

    /// Whether two setups ask for the same ones.
    #[must_use]
    pub fn are_same(setup: &Setup, other: &Setup) -> bool {
        let asked = |values: &Values| ["data", "pictures", "binarise"].map(|key| values.get(key).cloned());
        asked(&setup.values) == asked(&other.values)
            && setup.spec.patterns == other.spec.patterns
            && (setup.values.word("binarise") != "draw" || setup.spec.seed == other.spec.seed)
    }

    /// The spec's own pictures.
    fn shelf(setup: &Setup) -> Result<Self, LabError> {
        let memories = &setup.resolved.memories;
        if memories.is_empty() {
            return Err(LabError::new(
                "patterns",
                "there are no pictures to learn from: give some, or choose a data set",
            ));
        }
        let levels: Vec<f64> =
            memories.iter().flat_map(|memory| memory.numbers()).map(|x| (1.0 + x) / 2.0).collect();
        let seen = binary(setup, &levels, 0);
        let cells = setup.units();
        Ok(Self {
            cells,
            classes: Vec::new(),
            seen,
            seen_classes: Vec::new(),
            unseen: Vec::new(),
            unseen_classes: Vec::new(),
        })
    }

    fn digits(setup: &Setup) -> Result<Self, LabError> {
        data::check(data::DIGITS)?;
        let digits = data::digits().expect("it was handed over");
        let cells = |which: Range<usize>| {
            let first = which.start as u64;
            let ink = which.flat_map(|k| digits.cells(k)).map(|x| 0.5 * (1.0 + x));
            binary(setup, &ink.collect::<Vec<_>>(), first)
        };
        let (seen, all) = (DIGITS_SEEN.min(digits.count()), digits.count());
        let (seen_classes, unseen_classes) = digits.classes().split_at(seen);
        Ok(Self {
            cells: DIGIT_CELLS,
            classes: (0..DIGIT_CLASSES).map(|class| class.to_string()).collect(),
            seen: cells(0..seen),
            seen_classes: seen_classes.to_vec(),
            unseen: cells(seen..all),
            unseen_classes: unseen_classes.to_vec(),
        })
    }

    /// How many pictures are learned from.
    #[must_use]
    pub fn count(&self) -> usize {
        self.seen.len() / self.cells
    }

    /// How many pictures are never seen.
    #[must_use]
    pub fn unseen_count(&self) -> usize {
        self.unseen.len() / self.cells
    }

    /// Pictures to learn from, with a unit for each class behind the cells if `labels` are wanted.
    #[must_use]
    pub fn seen(&self, labels: bool, which: impl Iterator<Item = usize>) -> Lists {
        self.lists(&self.seen, labels.then_some(&self.seen_classes), which)
    }

    /// Pictures that are never seen, in the same form.
    #[must_use]
    pub fn unseen(&self, labels: bool, which: impl Iterator<Item = usize>) -> Lists {
        self.lists(&self.unseen, labels.then_some(&self.unseen_classes), which)
    }

    /// Classes of pictures that are never seen.
    #[must_use]
    pub fn unseen_classes(&self) -> &[u8] {
        &self.unseen_classes
    }

    fn lists(&self, all: &[u8], classes: Option<&Vec<u8>>, which: impl Iterator<Item = usize>) -> Lists {
        let labels = classes.map_or(0, |_| self.classes.len());
        let mut lists = Lists::new(self.cells + labels, 0);
        for (copy, picture) in which.enumerate() {
            lists.resize(copy + 1);
            lists.set(copy, &all[picture * self.cells..(picture + 1) * self.cells]);
            if let Some(&class) = classes.and_then(|classes| classes.get(picture)) {
                lists.push(copy, (self.cells + usize::from(class)) as u16);
            }
        }
        lists
    }
}

/// Ink from 0 to 1 as 0 or 1.
fn binary(setup: &Setup, ink: &[f64], index: u64) -> Vec<u8> {
    if setup.values.word("binarise") == "draw" {
        let mut rng = Rng::new(setup.spec.seed, Stream::Patterns, 1 + index);
        return ink.iter().map(|&p| u8::from(rng.bernoulli(p))).collect();
    }
    ink.iter().map(|&p| u8::from(p >= 0.5)).collect()
}
