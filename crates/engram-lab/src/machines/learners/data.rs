//! The pictures that a machine learns from, and those that it never sees.

use engram::bipartite::Lists;
use engram::pattern::{Part, Pictures, binarise};
use engram::rng::{Rng, Stream};

use super::NAMES;
use crate::LabError;
use crate::data;
use crate::resolve;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::{Figure, Value};
use crate::values::Values;

/// Most cells of a picture.
pub const MOST_CELLS: usize = 64 * 64;

/// A data set that can be learned from.
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
    pub side: usize,
    /// Names of its classes.
    pub classes: [&'static str; 10],
}

/// All of them.
pub static SETS: [Set; 3] = [
    Set {
        word: "digits",
        label: "small digits",
        help: "1797 scanned digits of 8 × 8 cells; 297 are never learned from",
        file: data::DIGITS,
        side: 8,
        classes: FIGURES,
    },
    Set {
        word: "mnist",
        label: "handwritten digits",
        help: "20 000 digits of 28 × 28 cells, half of them never learned from: a file of 287 kB is fetched",
        file: data::MNIST,
        side: 28,
        classes: FIGURES,
    },
    Set {
        word: "fashion",
        label: "clothes",
        help: "3000 articles of clothing of 28 × 28 cells, a third never learned from: a file of 384 kB is fetched",
        file: data::FASHION,
        side: 28,
        classes: CLOTHES,
    },
];

const FIGURES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

const CLOTHES: [&str; 10] =
    ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

/// Words for classes in settings: a number would be read as one.
pub const CLASSES: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The data set that a spec learns from, if it is not its own pictures.
#[must_use]
pub fn set_of(spec: &Spec) -> Option<&'static Set> {
    let word = word(spec, "data")?;
    SETS.iter().find(|set| set.word == word)
}

/// The name of the data set that a spec needs.
#[must_use]
pub fn data_set(spec: &Spec) -> Option<&'static str> {
    set_of(spec).map(|set| set.file)
}

/// The size of the pictures of a spec whose own pictures are none.
///
/// # Errors
/// There are no pictures at all.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    if let Some(set) = set_of(spec) {
        return Ok((set.side, set.side));
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

/// Whether the pictures of a spec are learned with their names.
#[must_use]
pub fn learns_names(spec: &Spec) -> bool {
    set_of(spec).is_some() && word(spec, NAMES) == Some("learned")
}

/// A word among the settings that a spec gives.
fn word<'a>(spec: &'a Spec, key: &str) -> Option<&'a str> {
    match spec.param(key) {
        Some(Value::Text(word)) => Some(word),
        _ => None,
    }
}

/// Binary pictures, each with its class if there are some.
pub struct Data {
    /// Cells of a picture.
    pub cells: usize,
    /// Names of the classes; empty if there are none.
    pub classes: &'static [&'static str],
    seen: Binary,
    unseen: Binary,
    /// How likely each picture is to be the next one that is learned from; empty if all are alike.
    chances: Vec<f64>,
}

/// Some pictures, 0 or 1 a cell.
#[derive(Default)]
struct Binary {
    cells: Vec<u8>,
    classes: Vec<u8>,
}

impl Data {
    /// The pictures that a setup asks for.
    ///
    /// # Errors
    /// The data set was not handed over, is of another size than the spec's own pictures, or there is nothing to learn
    /// from.
    pub fn new(setup: &Setup) -> Result<Self, LabError> {
        let cells = setup.units();
        let Some(set) = set_of(&setup.spec) else {
            let seen = Binary { cells: shelf(setup), classes: Vec::new() };
            return Ok(Self {
                cells,
                classes: &[],
                seen,
                unseen: Binary::default(),
                chances: chances(setup)?,
            });
        };
        data::check(set.file)?;
        let pictures: &Pictures = data::pictures(set.file).expect("it was handed over");
        if pictures.units() != cells {
            let (width, height) = (setup.resolved.width, setup.resolved.height);
            return Err(LabError::new(
                "params.data",
                format_args!(
                    "the pictures of this data set have {} cells and the grid {width} × {height}: leave patterns out, or give some of that size",
                    pictures.units()
                ),
            ));
        }
        let most = setup.values.number("pictures") as usize;
        let seen = binary_part(setup, pictures.training(), most, 0);
        let unseen = binary_part(setup, pictures.test(), usize::MAX, 1);
        Ok(Self { cells, classes: &set.classes, seen, unseen, chances: Vec::new() })
    }

    /// Whether two setups ask for the same ones.
    #[must_use]
    pub fn are_same(setup: &Setup, other: &Setup) -> bool {
        let asked = |values: &Values| ["data", "pictures", "binarise"].map(|key| values.get(key).cloned());
        asked(&setup.values) == asked(&other.values)
            && setup.spec.patterns == other.spec.patterns
            && (setup.spec.seed == other.spec.seed
                || setup.values.word("binarise") != "draw" && setup.spec.patterns.random.is_none())
    }

    /// How many pictures are learned from.
    #[must_use]
    pub fn count(&self) -> usize {
        self.seen.cells.len() / self.cells
    }

    /// How many pictures are never seen.
    #[must_use]
    pub fn unseen_count(&self) -> usize {
        self.unseen.cells.len() / self.cells
    }

    /// The cells of a picture that is learned from.
    #[must_use]
    pub fn picture(&self, picture: usize) -> &[u8] {
        &self.seen.cells[picture * self.cells..][..self.cells]
    }

    /// Whether all pictures are learned from alike.
    #[must_use]
    pub fn is_even(&self) -> bool {
        self.chances.is_empty()
    }

    /// How likely a picture is to be the next one that is learned from.
    #[must_use]
    pub fn chance(&self, picture: usize) -> f64 {
        self.chances.get(picture).copied().unwrap_or(1.0 / self.count() as f64)
    }

    /// The pictures of an epoch in their order: each once, or as many, drawn, if some count more than others.
    pub fn epoch(&self, rng: &mut Rng) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.count()).collect();
        if self.chances.is_empty() {
            rng.shuffle(&mut all);
            return all;
        }
        let ends: Vec<f64> = (self.chances.iter())
            .scan(0.0, |end, chance| {
                *end += chance;
                Some(*end)
            })
            .collect();
        let draw = |_| {
            let at = rng.unit();
            ends.partition_point(|&end| end <= at).min(ends.len() - 1)
        };
        all.into_iter().map(draw).collect()
    }

    /// Pictures to learn from, with a unit for each class behind the cells if `names` are wanted.
    #[must_use]
    pub fn seen(&self, names: bool, which: impl Iterator<Item = usize>) -> Lists {
        self.lists(&self.seen, names, which)
    }

    /// Pictures that are never seen, in the same form.
    #[must_use]
    pub fn unseen(&self, names: bool, which: impl Iterator<Item = usize>) -> Lists {
        self.lists(&self.unseen, names, which)
    }

    /// Classes of pictures that are never seen.
    #[must_use]
    pub fn unseen_classes(&self) -> &[u8] {
        &self.unseen.classes
    }

    /// How often each unit is on in the pictures that are learned from, with half a picture of each kind more, so that
    /// nothing is certain.
    #[must_use]
    pub fn rates(&self, names: bool) -> Vec<f64> {
        let mut counts = vec![0.5; self.cells + if names { self.classes.len() } else { 0 }];
        for (k, picture) in self.seen.cells.chunks_exact(self.cells).enumerate() {
            let weight = if self.is_even() { 1.0 } else { self.chance(k) * self.count() as f64 };
            counts.iter_mut().zip(picture).for_each(|(count, &cell)| *count += weight * f64::from(cell));
        }
        for &class in self.seen.classes.iter().filter(|_| names) {
            counts[self.cells + usize::from(class)] += 1.0;
        }
        let all = self.count() as f64 + 1.0;
        counts.into_iter().map(|count| count / all).collect()
    }

    fn lists(&self, part: &Binary, names: bool, which: impl Iterator<Item = usize>) -> Lists {
        let names = if names { self.classes.len() } else { 0 };
        let mut lists = Lists::new(self.cells + names, 0);
        for (copy, picture) in which.enumerate() {
            lists.resize(copy + 1);
            lists.set(copy, &part.cells[picture * self.cells..(picture + 1) * self.cells]);
            if let Some(&class) = part.classes.get(picture).filter(|_| names > 0) {
                lists.push(copy, (self.cells + usize::from(class)) as u16);
            }
        }
        lists
    }
}

/// The spec's own pictures; there may be none yet.
fn shelf(setup: &Setup) -> Vec<u8> {
    let memories = &setup.resolved.memories;
    let level = |x: f64| (127.5 * (1.0 + x.clamp(-1.0, 1.0))).round() as u8;
    let levels: Vec<u8> = memories.iter().flat_map(|memory| memory.numbers()).map(level).collect();
    binary(setup, &levels, 0)
}

/// How likely each of the spec's own pictures is: in proportion to its importance, if that differs.
fn chances(setup: &Setup) -> Result<Vec<f64>, LabError> {
    let mut all: Vec<f64> = setup.resolved.memories.iter().map(|memory| memory.importance).collect();
    if let Some(k) = all.iter().position(|&importance| importance < 0.0) {
        let message = "is below 0: nothing can be learned less than never; give 0 or more";
        return Err(LabError::new(
            format!("patterns.importance[{k}]"),
            format_args!("{} {message}", Figure(all[k])),
        ));
    }
    let sum: f64 = all.iter().sum();
    if sum == 0.0 && !all.is_empty() {
        return Err(LabError::new("patterns.importance", "all are 0: at least one must be above"));
    }
    if all.iter().all(|&importance| importance == all[0]) {
        return Ok(Vec::new());
    }
    all.iter_mut().for_each(|importance| *importance /= sum);
    Ok(all)
}

/// The first pictures of a part of a data set.
fn binary_part(setup: &Setup, part: Part<'_>, most: usize, index: u64) -> Binary {
    let count = part.count().min(most);
    let levels: Vec<u8> = (0..count).flat_map(|picture| part.levels(picture)).collect();
    let classes = part.classes();
    Binary { cells: binary(setup, &levels, index), classes: classes[..count.min(classes.len())].to_vec() }
}

/// Levels of ink as 0 or 1, the way that is asked for.
fn binary(setup: &Setup, levels: &[u8], index: u64) -> Vec<u8> {
    match setup.values.word("binarise") {
        "draw" => binarise::draw(levels, &mut Rng::new(setup.spec.seed, Stream::Patterns, 1 + index)),
        "dither" => levels
            .chunks(setup.units())
            .flat_map(|picture| binarise::dither(picture, setup.resolved.width))
            .collect(),
        _ => binarise::threshold(levels, binarise::HALF_INK),
    }
}
