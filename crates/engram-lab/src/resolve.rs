//! From what a spec says to pictures and states.

mod problems;
mod start;
mod units;

pub use problems::PROBLEMS;
pub use start::{HOLDING, clamped, spoil, start};
pub use units::units;

use engram::learning::IMPORTANCE;
use engram::pattern::{self, Pattern, PatternSet, SETS, parse_grey, signs};
use engram::rng::{Rng, Stream};

use crate::LabError;
use crate::catalogue::{self, Takes};
use crate::data::{self, Own};
use crate::fallible::try_each;
use crate::object::shown;
use crate::spec::{MAX_PATTERNS, Patterns, RandomPatterns, Spec};
use crate::value::{Figure, number_of};

/// A memory: a picture with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// Name, for people.
    pub name: String,
    /// The picture, in ink and paper; of a grey one, the signs.
    pub pattern: Pattern,
    /// The picture as numbers, one a cell, if it is grey.
    pub levels: Option<Vec<f64>>,
    /// How much it counts, −100 to 100.
    pub importance: f64,
}

impl Memory {
    /// The picture as numbers, one a cell.
    #[must_use]
    pub fn numbers(&self) -> Vec<f64> {
        let spins = || self.pattern.spins().iter().map(|&s| f64::from(s)).collect();
        self.levels.clone().unwrap_or_else(spins)
    }
}

/// The memories of a spec and the size of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
    /// The memories.
    pub memories: Vec<Memory>,
}

impl Resolved {
    /// Number of units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.width * self.height
    }
}

/// The memories that a spec names.
///
/// # Errors
/// Sources that contradict each other, sizes and numbers that cannot be, names that no set has.
pub fn memories(spec: &Spec) -> Result<Resolved, LabError> {
    let source = &spec.patterns;
    let (width, height, pictures) = pictures(spec)?;
    if !source.names.is_empty() && source.names.len() != pictures.len() {
        let (found, expected) = (source.names.len(), pictures.len());
        return Err(LabError::new(
            "patterns.names",
            format_args!("{} for {}", number_of(found, "name"), number_of(expected, "pattern")),
        ));
    }
    if !source.importance.is_empty() && source.importance.len() != pictures.len() {
        let (found, expected) = (source.importance.len(), pictures.len());
        return Err(LabError::new(
            "patterns.importance",
            format_args!("{} for {}", number_of(found, "importance"), number_of(expected, "pattern")),
        ));
    }
    if let Some((k, x)) = source.importance.iter().enumerate().find(|(_, x)| !IMPORTANCE.contains(*x)) {
        let (least, most) = (IMPORTANCE.start(), IMPORTANCE.end());
        let message = format!("{} is not allowed; it must be a number from {least} to {most}", Figure(*x));
        return Err(LabError::new(format!("patterns.importance[{k}]"), message));
    }
    let memories = pictures
        .into_iter()
        .enumerate()
        .map(|(k, Picture { name, pattern, levels, importance })| Memory {
            name: source.names.get(k).cloned().unwrap_or(name),
            pattern,
            levels,
            importance: source.importance.get(k).copied().unwrap_or(importance),
        })
        .collect();
    Ok(Resolved { width, height, memories })
}

/// A picture by the name that its source gives it.
struct Picture {
    name: String,
    pattern: Pattern,
    levels: Option<Vec<f64>>,
    /// How much it counts if nothing else is said.
    importance: f64,
}

type Pictures = (usize, usize, Vec<Picture>);

/// What the spec's model takes; one that is not known takes what nets take.
fn takes(spec: &Spec) -> Takes {
    catalogue::find(&spec.model).map_or(Takes::NET, |entry| entry.takes)
}

/// Most cells that all pictures of a spec may have together.
const MAX_ALL_CELLS: usize = 1 << 24;

fn pictures(spec: &Spec) -> Result<Pictures, LabError> {
    let source = &spec.patterns;
    let takes = takes(spec);
    if let Some(size) = catalogue::find(&spec.model).ok().and_then(|entry| entry.size) {
        if source.is_empty() {
            let (width, height) = size(spec)?;
            return Ok((width, height, Vec::new()));
        }
        if !takes.patterns {
            return Err(LabError::new(
                "patterns",
                "this model has no pictures: its grid follows from the rest",
            ));
        }
    }
    for (at, given) in
        [("patterns.grey", source.grey.is_some()), ("patterns.values", source.values.is_some())]
    {
        if given && !takes.grey {
            return Err(LabError::new(at, "the pictures of this model are ink and paper: give bits"));
        }
    }
    let given = [
        source.bits.is_some(),
        source.grey.is_some(),
        source.values.is_some(),
        source.set.is_some(),
        source.random.is_some(),
        source.walsh.is_some(),
        source.bars,
        source.problem.is_some(),
    ];
    match given.iter().filter(|&&g| g).count() {
        0 => return without_patterns(spec),
        1 => {}
        _ => {
            return Err(LabError::new(
                "patterns",
                "give only one of bits, grey, values, set, random, walsh, bars and problem",
            ));
        }
    }
    if let Some(set) = &source.set {
        return if data::is_own(set) { from_own(source, set, takes) } else { from_set(source, set) };
    }
    if source.take.is_some() || source.size.is_some() {
        return Err(LabError::new("patterns", "take and size belong to a set"));
    }
    if let Some(random) = &source.random {
        return from_random(spec, source, random);
    }
    if let Some(values) = &source.values {
        return from_values(source, values, takes.cells);
    }
    let (width, height) = sides(source, takes.cells)?;
    if let Some(bits) = &source.bits {
        room(bits.len(), width * height, "patterns.bits")?;
        let pictures = try_each(bits.iter().enumerate(), |(k, text)| {
            match Pattern::parse(width, height, text, false) {
                Ok(pattern) => Ok(numbered((k, pattern))),
                Err(error) => Err(LabError::new(format!("patterns.bits[{k}]"), error)),
            }
        })?;
        return Ok((width, height, pictures));
    }
    if let Some(texts) = &source.grey {
        room(texts.len(), width * height, "patterns.grey")?;
        let pictures = try_each(texts.iter().enumerate(), |(k, text)| {
            let levels = parse_grey(width, height, text, false);
            let levels = levels.map_err(|error| LabError::new(format!("patterns.grey[{k}]"), error))?;
            grey(k, width, height, levels)
        })?;
        return Ok((width, height, pictures));
    }
    if let Some(problem) = &source.problem {
        let all = problems::of(problem, width, height)?;
        too_many(all.len())?;
        let pictures = all
            .into_iter()
            .enumerate()
            .map(|(k, (pattern, importance))| Picture { importance, ..numbered((k, pattern)) });
        return Ok((width, height, pictures.collect()));
    }
    if let Some(rows) = &source.walsh {
        // Before all rows are made.
        too_many(rows.len())?;
        if let Some(row) = rows.iter().find(|&&row| row as usize >= width * height) {
            let last = width * height - 1;
            let message = format!("there is no row {row}: rows go from 0 to {last}");
            return Err(LabError::new("patterns.walsh", message));
        }
    }
    let (at, all) = match &source.walsh {
        Some(_) => ("patterns.walsh", pattern::hadamard(width, height)),
        None => ("patterns.bars", pattern::bars_and_stripes(width, height)),
    };
    let all = all.map_err(|_| {
        let needed = if source.walsh.is_some() { "a power of two" } else { "of sides from 1 to 10" };
        LabError::new(at, format_args!("{width} × {height} is not {needed}"))
    })?;
    let pictures = match &source.walsh {
        None => all.into_iter().enumerate().map(numbered).collect(),
        Some(rows) => {
            rows.iter().map(|&row| named(format!("row {row}"), all[row as usize].clone())).collect()
        }
    };
    Ok((width, height, pictures))
}

fn without_patterns(spec: &Spec) -> Result<Pictures, LabError> {
    let source = &spec.patterns;
    if source.width.is_some() || source.height.is_some() {
        let (width, height) = sides(source, takes(spec).cells)?;
        return Ok((width, height, Vec::new()));
    }
    match &spec.weights {
        Some(rows) => {
            let (width, height) = layout(rows.len(), takes(spec).cells, "weights")?;
            Ok((width, height, Vec::new()))
        }
        None => Err(LabError::new(
            "patterns",
            "there are no patterns and no weights: say what the net is to hold",
        )),
    }
}

fn from_set(source: &Patterns, name: &str) -> Result<Pictures, LabError> {
    let sizes: Vec<usize> = SETS.iter().filter(|s| s.name == name).map(|s| s.size).collect();
    let Some(&largest) = sizes.last() else {
        let mut names: Vec<_> = SETS.iter().map(|s| s.name).collect();
        names.dedup();
        return Err(LabError::new(
            "patterns.set",
            format_args!(
                "there is no set '{}'; there are {}, and own- with 16 hexadecimal digits for a file of your own",
                shown(name),
                names.join(", ")
            ),
        ));
    };
    let size = source.size.map_or(largest, |s| s as usize);
    let set = PatternSet::find(name, size).ok_or_else(|| {
        LabError::new(
            "patterns.size",
            format_args!("{size} is not a size of the set '{name}'; there are {sizes:?}"),
        )
    })?;
    if source.width.is_some() || source.height.is_some() {
        return Err(LabError::new("patterns", "a set has its own size: give size, not width and height"));
    }
    let wanted: Vec<String> = match source.take.as_deref() {
        None => set.names().map(str::to_owned).collect(),
        Some(list) if list.contains(',') => list.split(',').map(|n| n.trim().to_owned()).collect(),
        Some(one) if set.picture(one).is_some() => vec![one.to_owned()],
        Some(letters) if set.names().all(|name| name.chars().count() == 1) => {
            letters.chars().map(String::from).collect()
        }
        Some(word) => vec![word.to_owned()],
    };
    too_many(wanted.len())?;
    let pictures = try_each(wanted, |wanted| match set.picture(&wanted) {
        Some(picture) => Ok(named(wanted, picture)),
        None => Err(LabError::new(
            "patterns.take",
            format_args!(
                "the set '{name}' has no '{}'; one name is wanted, or several with commas between, of {}",
                shown(&wanted),
                set.names().collect::<Vec<_>>().join(", ")
            ),
        )),
    })?;
    Ok((size, size, pictures))
}

/// The size of the pictures of an own file. They are learned from, and none of them is a memory.
fn from_own(source: &Patterns, name: &str, takes: Takes) -> Result<Pictures, LabError> {
    if !takes.own_sets {
        let message = "only machines that learn from data sets learn from the pictures of an own file";
        return Err(LabError::new("patterns.set", message));
    }
    let more = Patterns { set: None, ..source.clone() };
    if !more.is_empty() {
        let message =
            "the pictures of an own file have their size, and are all learned from alike: give set alone";
        return Err(LabError::new("patterns", message));
    }
    data::check(name)?;
    let Some(Own::Pictures(pictures, _)) = data::own(name) else {
        let message = format_args!("the file '{name}' holds no pictures to learn from");
        return Err(LabError::new("patterns.set", message));
    };
    let (width, height) = (pictures.width(), pictures.height());
    Pattern::cells_up_to(width, height, takes.cells).map_err(|error| LabError::new("patterns.set", error))?;
    Ok((width, height, Vec::new()))
}

fn from_random(spec: &Spec, source: &Patterns, random: &RandomPatterns) -> Result<Pictures, LabError> {
    let (width, height) = match random.units {
        Some(_) if source.width.is_some() || source.height.is_some() => {
            return Err(LabError::new("patterns.random", "give units, or width and height, not both"));
        }
        Some(units) => layout(units as usize, takes(spec).cells, "patterns.random.units")?,
        None => sides(source, takes(spec).cells)?,
    };
    let count = random.count as usize;
    room(count, width * height, "patterns.random.count")?;
    let mut rng = Rng::new(random.seed.unwrap_or(spec.seed), Stream::Patterns, 0);
    let drawn = pattern::random(width, height, count, &mut rng)
        .map_err(|error| LabError::new("patterns.random", error))?;
    Ok((width, height, drawn.into_iter().enumerate().map(numbered).collect()))
}

/// Patterns as numbers; without width and height they are laid out as near to a square as it goes.
fn from_values(source: &Patterns, values: &[Vec<f64>], most: usize) -> Result<Pictures, LabError> {
    let cells = values.first().map_or(0, Vec::len);
    let (width, height) = match (source.width, source.height) {
        (None, None) => layout(cells, most, "patterns.values[0]")?,
        _ => sides(source, most)?,
    };
    room(values.len(), width * height, "patterns.values")?;
    let pictures = try_each(values.iter().enumerate(), |(k, numbers)| {
        let at = format!("patterns.values[{k}]");
        grey(k, width, height, checked(numbers, width * height, &at)?)
    })?;
    Ok((width, height, pictures))
}

/// Largest number of a pattern or state that is given as numbers, in size.
const LARGEST: f64 = 1e6;

/// Numbers given one a cell.
fn checked(numbers: &[f64], cells: usize, at: &str) -> Result<Vec<f64>, LabError> {
    if numbers.len() != cells {
        let message = format!("{} for {}", number_of(numbers.len(), "number"), number_of(cells, "cell"));
        return Err(LabError::new(at, message));
    }
    match numbers.iter().position(|x| !(-LARGEST..=LARGEST).contains(x)) {
        Some(i) => {
            let message = format!(
                "{} is not allowed; it must be a number from -{LARGEST} to {LARGEST}",
                Figure(numbers[i])
            );
            Err(LabError::new(format!("{at}[{i}]"), message))
        }
        None => Ok(numbers.to_vec()),
    }
}

/// A grey picture; one of nothing but ink and paper is not called so.
fn grey(k: usize, width: usize, height: usize, levels: Vec<f64>) -> Result<Picture, LabError> {
    let pattern =
        Pattern::new(width, height, signs(&levels)).map_err(|error| LabError::new("patterns", error))?;
    let plain = levels.iter().all(|&x| x == 1.0 || x == -1.0);
    Ok(Picture { levels: (!plain).then_some(levels), ..numbered((k, pattern)) })
}

fn named(name: String, pattern: Pattern) -> Picture {
    Picture { name, pattern, levels: None, importance: 1.0 }
}

/// A picture that has no name of its own: it is called by its number.
fn numbered((k, pattern): (usize, Pattern)) -> Picture {
    named((k + 1).to_string(), pattern)
}

/// Refuses pictures of which a spec cannot have so many.
fn room(count: usize, cells: usize, at: &str) -> Result<(), LabError> {
    too_many(count)?;
    let most = MAX_ALL_CELLS / cells;
    if count > most {
        let message = format!("{count} pictures of {cells} cells are too many; at most {most} fit");
        return Err(LabError::new(at, message));
    }
    Ok(())
}

/// Refuses more patterns than a spec may have.
///
/// # Errors
/// The number and how many fit.
pub fn too_many(count: usize) -> Result<(), LabError> {
    if count > MAX_PATTERNS {
        return Err(LabError::new(
            "patterns",
            format_args!("{count} patterns are too many; at most {MAX_PATTERNS} fit"),
        ));
    }
    Ok(())
}

fn sides(source: &Patterns, most: usize) -> Result<(usize, usize), LabError> {
    let (Some(width), Some(height)) = (source.width, source.height) else {
        return Err(LabError::new("patterns", "width and height are both needed"));
    };
    let (width, height) = (width as usize, height as usize);
    Pattern::cells_up_to(width, height, most).map_err(|error| LabError::new("patterns", error))?;
    Ok((width, height))
}

/// Sides for `units` cells, as near to a square as whole numbers allow, the wider side across.
pub fn layout(units: usize, most: usize, at: &str) -> Result<(usize, usize), LabError> {
    if units == 0 || units > most {
        return Err(LabError::new(at, format_args!("a net needs 1 to {most} units, not {units}")));
    }
    let height =
        (1..=units).take_while(|h| h * h <= units).filter(|h| units.is_multiple_of(*h)).last().unwrap_or(1);
    Ok((units / height, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(json: &str) -> Spec {
        Spec::parse(json).unwrap()
    }

    #[test]
    fn patterns_from_every_source() {
        let count = |json: &str| memories(&spec(json)).map(|r| (r.width, r.height, r.memories.len()));
        assert_eq!(
            count(r#"{"v":1,"model":"m","patterns":{"width":2,"height":1,"bits":["10","01"]}}"#),
            Ok((2, 1, 2))
        );
        assert_eq!(
            count(r#"{"v":1,"model":"m","patterns":{"set":"letters","take":"ABCE","size":10}}"#),
            Ok((10, 10, 4))
        );
        assert_eq!(
            count(r#"{"v":1,"model":"m","patterns":{"set":"icons","take":"face, heart"}}"#),
            Ok((16, 16, 2))
        );
        assert_eq!(
            count(r#"{"v":1,"model":"m","patterns":{"random":{"count":20,"units":100}}}"#),
            Ok((10, 10, 20))
        );
        assert_eq!(
            count(r#"{"v":1,"model":"m","patterns":{"width":4,"height":4,"walsh":[8,4]}}"#),
            Ok((4, 4, 2))
        );
        for (problem, expected) in [
            (r#""width":4,"height":2,"problem":"encoder""#, (4, 2, 4)),
            (r#""width":3,"height":2,"problem":"parity""#, (3, 2, 32)),
            (r#""width":3,"height":3,"problem":"shifter""#, (3, 3, 24)),
            (r#""width":4,"height":2,"problem":"shifted_rows""#, (4, 2, 28)),
            (r#""width":4,"height":4,"problem":"bars_one_way""#, (4, 4, 30)),
        ] {
            let text = format!(r#"{{"v":1,"model":"m","patterns":{{{problem}}}}}"#);
            assert_eq!(count(&text), Ok(expected), "{problem}");
            let all = memories(&spec(&text)).unwrap().memories;
            let sum: f64 = all.iter().map(|memory| memory.importance).sum();
            assert!((sum - expected.2 as f64).abs() < 1e-9, "{problem}: {sum}");
        }
        assert_eq!(
            count(r#"{"v":1,"model":"m","patterns":{"width":3,"height":3,"bars":true}}"#),
            Ok((3, 3, 14))
        );
        assert_eq!(count(r#"{"v":1,"model":"m","weights":[[0,1,1],[1,0,1],[1,1,0]]}"#), Ok((3, 1, 0)));
    }

    #[test]
    fn hostile_patterns_are_refused_in_words() {
        let error = |json: &str| memories(&spec(json)).unwrap_err().to_string();
        assert!(
            error(r#"{"v":1,"model":"m","patterns":{"width":1000000,"height":1000000,"bits":["1"]}}"#)
                .contains("4096")
        );
        assert!(
            error(r#"{"v":1,"model":"m","patterns":{"random":{"count":20,"units":1000000000}}}"#)
                .contains("4096")
        );
        assert!(
            error(r#"{"v":1,"model":"m","patterns":{"random":{"count":4000000000,"units":100}}}"#)
                .contains("too many")
        );
        assert!(
            error(r#"{"v":1,"model":"m","patterns":{"width":2,"height":2,"bits":["111"]}}"#)
                .contains("bits[0]")
        );
        assert!(error(r#"{"v":1,"model":"m","patterns":{"set":"runes"}}"#).contains("letters, icons"));
        assert!(
            error(r#"{"v":1,"model":"m","patterns":{"set":"letters","size":7}}"#).contains("[6, 10, 16]")
        );
        assert!(error(r#"{"v":1,"model":"m"}"#).contains("no patterns"));
        assert!(error(r#"{"v":1,"model":"m","patterns":{"set":"letters","take":"A,#"}}"#).contains("'#'"));
    }

    #[test]
    fn importance_has_bounds() {
        let given = |importance: Vec<f64>| {
            let mut spec =
                spec(r#"{"v":1,"model":"m","patterns":{"width":2,"height":1,"bits":["10","01"]}}"#);
            spec.patterns.importance = importance;
            memories(&spec).map(|r| r.memories.iter().map(|m| m.importance).collect::<Vec<_>>())
        };
        assert_eq!(given(vec![]), Ok(vec![1.0, 1.0]));
        assert_eq!(given(vec![-100.0, 100.0]), Ok(vec![-100.0, 100.0]));
        for bad in [100.5, -101.0, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let error = given(vec![1.0, bad]).unwrap_err();
            assert_eq!(error.at, "patterns.importance[1]");
            assert_eq!(
                error.message,
                format!("{} is not allowed; it must be a number from -100 to 100", Figure(bad))
            );
        }
    }
}
