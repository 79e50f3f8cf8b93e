//! The pictures that a machine learns from, and those that it never sees.

use std::ops::Range;

use engram::bipartite::Lists;
use engram::pattern::{Part, Pictures, Standard, binarise};
use engram::rng::{Rng, Stream};

use super::SCALE;
use super::sets::{SHELF, data_set, set_of};
use crate::LabError;
use crate::data;
use crate::learned::{Side, largest};
use crate::setup::Setup;
use crate::value::Figure;
use crate::values::Values;

/// Pictures, binary or in grey, each with its class if there are some.
pub struct Data {
    /// Cells of a picture.
    pub cells: usize,
    /// Names of the classes; empty if there are none.
    pub classes: &'static [&'static str],
    /// How levels of grey become numbers; none if pictures are binary.
    standard: Option<Standard>,
    seen: Kept,
    unseen: Kept,
    /// How likely each picture is to be the next one that is learned from; empty if all are alike.
    chances: Vec<f64>,
}

/// Some pictures: 0 or 1 a cell, or levels of grey.
#[derive(Default)]
struct Kept {
    cells: Vec<u8>,
    classes: Vec<u8>,
}

impl Data {
    /// The pictures that a setup asks for, in levels of grey or of ink and paper.
    ///
    /// # Errors
    /// The data set was not handed over, is of another size than the spec's own pictures, or there is nothing to learn
    /// from.
    pub fn new(setup: &Setup, grey: bool) -> Result<Self, LabError> {
        let (units, (width, height)) = (setup.units(), (setup.resolved.width, setup.resolved.height));
        let name = data_set(&setup.spec);
        if let Some(own) =
            setup.spec.patterns.set.as_deref().filter(|own| data::is_own(own) && name != Some(own))
        {
            let message = format_args!(
                "'{}' and the set of the file '{own}' cannot both be learned from: leave patterns out, or choose {SHELF}",
                setup.values.word("data")
            );
            return Err(LabError::new("params.data", message));
        }
        let (Some(set), Some(name)) = (set_of(&setup.spec), name) else {
            let levels = shelf(setup);
            let own = Pictures::new(width, height, &levels).ok();
            let standard = grey.then(|| standard(setup, own.as_ref().map(Pictures::all)));
            let cells = if grey { levels } else { binary(setup, &levels, 0) };
            let seen = Kept { cells, classes: Vec::new() };
            let chances = chances(setup)?;
            return Ok(Self { cells: units, classes: &[], standard, seen, unseen: Kept::default(), chances });
        };
        data::check(name)?;
        let pictures: &Pictures = data::pictures(name).expect("it was handed over");
        if pictures.units() != units {
            return Err(LabError::new(
                "params.data",
                format_args!(
                    "the pictures of this data set have {} cells and the grid {width} × {height}: leave patterns out, or give some of that size",
                    pictures.units()
                ),
            ));
        }
        let most = setup.values.number("pictures") as usize;
        let seen = kept(setup, grey, pictures.training(), most, 0);
        let unseen = kept(setup, grey, pictures.test(), usize::MAX, 1);
        let first = || Pictures::new(width, height, &seen.cells).ok();
        let standard = grey.then(|| standard(setup, first().as_ref().map(Pictures::all)));
        Ok(Self { cells: units, classes: set.classes, standard, seen, unseen, chances: Vec::new() })
    }

    /// Whether two setups ask for the same ones.
    #[must_use]
    pub fn are_same(setup: &Setup, other: &Setup) -> bool {
        let asked =
            |values: &Values| ["data", "pictures", "binarise", SCALE].map(|key| values.get(key).cloned());
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

    /// Mean of what the first pictures have that are learned from, each counted as often as it is.
    #[must_use]
    pub fn mean(&self, values: &[f64]) -> f64 {
        if self.chances.is_empty() {
            return values.iter().sum::<f64>() / values.len() as f64;
        }
        let all: f64 = self.chances.iter().take(values.len()).sum();
        self.chances.iter().zip(values).map(|(chance, value)| chance * value).sum::<f64>() / all
    }

    /// Sum of what the first pictures have that are learned from, each counted as often as it is.
    #[must_use]
    pub fn total(&self, values: &[f64]) -> f64 {
        if self.is_even() { values.iter().sum() } else { self.mean(values) * values.len() as f64 }
    }

    /// Mean of numbers of the cells of the first pictures that are learned from, a row a picture, likewise.
    #[must_use]
    pub fn mean_of_rows(&self, values: &[f64]) -> f64 {
        let row = |which: Range<usize>| {
            let values = &values[which.start * self.cells..which.end * self.cells];
            values.iter().sum::<f64>() / values.len() as f64
        };
        self.mean_over(values.len() / self.cells, row)
    }

    /// What is a mean over so many of the first pictures that are learned from, each counted as often as it is: asked of all
    /// at once, or of each alone if some count more than others.
    pub fn mean_over(&self, count: usize, mean: impl Fn(Range<usize>) -> f64) -> f64 {
        if self.is_even() {
            return mean(0..count);
        }
        self.mean(&(0..count).map(|k| mean(k..k + 1)).collect::<Vec<_>>())
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

    /// Part of the pictures that are never seen that get the wrong name, by how likely each name is for each of them.
    #[must_use]
    pub fn error(&self, posteriors: &[Vec<f64>]) -> f64 {
        let classes = self.classes_of(Side::Unseen);
        let wrong = posteriors.iter().zip(classes);
        let wrong = wrong.filter(|(posterior, class)| largest(posterior) != usize::from(**class));
        wrong.count() as f64 / posteriors.len() as f64
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

    /// All pictures of a side, in the same form.
    #[must_use]
    pub fn all(&self, names: bool, of: Side) -> Lists {
        match of {
            Side::Seen => self.seen(names, 0..self.count()),
            Side::Unseen => self.unseen(names, 0..self.unseen_count()),
        }
    }

    /// Classes of all pictures of a side.
    #[must_use]
    pub fn classes_of(&self, side: Side) -> &[u8] {
        match side {
            Side::Seen => &self.seen.classes,
            Side::Unseen => &self.unseen.classes,
        }
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

    /// Grey pictures to learn from as numbers, a row each.
    #[must_use]
    pub fn seen_numbers(&self, which: impl Iterator<Item = usize>) -> Vec<f32> {
        self.numbers(&self.seen, which)
    }

    /// Grey pictures that are never seen, in the same form.
    #[must_use]
    pub fn unseen_numbers(&self, which: impl Iterator<Item = usize>) -> Vec<f32> {
        self.numbers(&self.unseen, which)
    }

    /// How levels of grey become numbers, if they do.
    #[must_use]
    pub fn standard(&self) -> Option<&Standard> {
        self.standard.as_ref()
    }

    fn numbers(&self, part: &Kept, which: impl Iterator<Item = usize>) -> Vec<f32> {
        let levels =
            |picture: usize| part.cells[picture * self.cells..(picture + 1) * self.cells].iter().copied();
        let standard = self.standard.iter();
        let rows = standard
            .zip(std::iter::once(which))
            .flat_map(|(standard, which)| which.flat_map(move |picture| standard.apply(levels(picture))));
        rows.map(|x| x as f32).collect()
    }

    fn lists(&self, part: &Kept, names: bool, which: impl Iterator<Item = usize>) -> Lists {
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

/// Binary visible units that begin like these cells (so many, copy by copy): ink with the probability that the grey says,
/// from −1 to +1, and any one of so many names.
#[must_use]
pub fn drawn(units: usize, names: usize, cells: &[&[f64]], rng: &mut Rng) -> Lists {
    let mut visible = Lists::new(units + names, cells.len());
    for (copy, cells) in cells.iter().enumerate() {
        for (cell, &grey) in cells.iter().enumerate() {
            if rng.bernoulli(0.5 * (1.0 + grey)) {
                visible.push(copy, cell as u16);
            }
        }
        if names > 0 {
            visible.push(copy, (units + rng.below(names as u32) as usize) as u16);
        }
    }
    visible
}

/// Levels of the spec's own pictures; there may be none yet.
fn shelf(setup: &Setup) -> Vec<u8> {
    let memories = &setup.resolved.memories;
    let level = |x: f64| (127.5 * (1.0 + x.clamp(-1.0, 1.0))).round() as u8;
    memories.iter().flat_map(|memory| memory.numbers()).map(level).collect()
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
fn kept(setup: &Setup, grey: bool, part: Part<'_>, most: usize, index: u64) -> Kept {
    let count = part.count().min(most);
    let levels: Vec<u8> = (0..count).flat_map(|picture| part.levels(picture)).collect();
    let classes = part.classes();
    Kept {
        cells: if grey { levels } else { binary(setup, &levels, index) },
        classes: classes[..count.min(classes.len())].to_vec(),
    }
}

/// How levels of these pictures become numbers, the way that is asked for.
fn standard(setup: &Setup, pictures: Option<Part<'_>>) -> Standard {
    match (setup.values.word(SCALE), pictures) {
        ("cells", Some(part)) => Standard::of(&part),
        ("pictures", Some(part)) => Standard::of(&part).with_one_deviation(),
        _ => Standard::plain(setup.units()),
    }
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
