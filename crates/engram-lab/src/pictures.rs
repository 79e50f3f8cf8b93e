//! Pictures to be had without drawing them: typed characters and fair coins.

use engram::pattern::{self, Pattern, PatternSet, SETS};
use engram::rng::{Rng, Stream};
use engram::weights::MAX_UNITS;
use serde::Serialize;

use crate::LabError;
use crate::object::shown;
use crate::resolve;
use crate::spec::MAX_SEED;
use crate::value::Args;
use crate::values::Values;

/// The set that has the characters.
const LETTERS: &str = "letters";

/// A picture with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Name; empty if it has none, and storing it numbers it.
    pub name: String,
    /// One character a cell, row by row: `1` is +1, `0` is −1.
    pub bits: String,
}

/// The pictures that are asked for: those of a text if `letters` are given, else `count` of fair coins from a `seed`.
///
/// # Errors
/// Neither is given, or what [`letters`] and [`random`] refuse.
pub fn pictures(source: &Values, width: usize, height: usize) -> Result<Vec<Picture>, LabError> {
    let args = Args(source);
    match args.text("letters")? {
        Some(text) => letters(text, width, height),
        None => random(args.whole("count")? as usize, args.whole("seed")?, width, height),
    }
}

/// A picture of `width` × `height` cells for each character of a text, from the letter set: whole multiples of the
/// set's own pictures, in the middle. Small letters are capitals, and spaces count for nothing.
///
/// # Errors
/// A size that is not possible or too small for letters, characters that the set lacks, more characters than a spec
/// may have patterns.
pub fn letters(text: &str, width: usize, height: usize) -> Result<Vec<Picture>, LabError> {
    size(width, height)?;
    let (set, factor) = fitting(width.min(height)).ok_or_else(|| {
        let least = SETS.iter().filter(|set| set.name == LETTERS).map(|set| set.size).min().unwrap_or(0);
        LabError::new(
            "letters",
            format_args!("{width} × {height} cells are too few for a letter; {least} × {least} are enough"),
        )
    })?;
    let mut pictures = Vec::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let name = String::from(c.to_ascii_uppercase());
        let Some(picture) = set.picture(&name) else {
            let known = set.names().collect::<Vec<_>>().join(", ");
            let message = format!("there is no picture of '{}'; there are {known}", shown(&name));
            return Err(LabError::new("letters", message));
        };
        pictures.push(Picture { name, bits: placed(&picture, factor, width, height) });
        resolve::too_many(pictures.len())?;
    }
    Ok(pictures)
}

/// The finest letters, with how many cells each of theirs becomes a side, that fill five eighths of a side or more.
fn fitting(side: usize) -> Option<(&'static PatternSet, usize)> {
    let sets = SETS.iter().rev().filter(|set| set.name == LETTERS);
    sets.map(|set| (set, side / set.size)).find(|(set, factor)| factor * set.size * 8 >= side * 5 && side > 0)
}

/// A picture in the middle of a larger one, each of its cells `factor` cells a side.
fn placed(picture: &Pattern, factor: usize, width: usize, height: usize) -> String {
    let side = picture.width();
    let (left, top) = ((width - side * factor) / 2, (height - side * factor) / 2);
    let mut cells = vec![-1; width * height];
    for y in 0..side * factor {
        for x in 0..side * factor {
            cells[(top + y) * width + left + x] = picture.spins()[y / factor * side + x / factor];
        }
    }
    pattern::bits(&cells)
}

/// `count` pictures of fair coins: those that a spec with this seed has.
///
/// # Errors
/// A size that is not possible, more pictures than a spec may have patterns, a seed that is too large.
pub fn random(count: usize, seed: u64, width: usize, height: usize) -> Result<Vec<Picture>, LabError> {
    size(width, height)?;
    resolve::too_many(count)?;
    if seed > MAX_SEED {
        return Err(LabError::new(
            "seed",
            format_args!("{seed} is too large; at most {MAX_SEED} is allowed"),
        ));
    }
    let drawn = pattern::random(width, height, count, &mut Rng::new(seed, Stream::Patterns, 0));
    let drawn = drawn.map_err(|error| LabError::new("random", error))?;
    Ok(drawn.into_iter().map(|picture| Picture { name: String::new(), bits: picture.bits() }).collect())
}

fn size(width: usize, height: usize) -> Result<usize, LabError> {
    Pattern::cells_up_to(width, height, MAX_UNITS).map_err(|error| LabError::new("size", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_in_the_middle_as_large_as_they_look_well() {
        let of = |text: &str, width, height| letters(text, width, height).unwrap();
        let a = PatternSet::find(LETTERS, 10).unwrap().picture("A").unwrap();
        assert_eq!(of("a", 10, 10), [Picture { name: "A".to_owned(), bits: a.bits() }]);
        // One column more on the right than on the left.
        let wide = of("A", 13, 11).remove(0).bits;
        let rows: Vec<_> = wide.as_bytes().chunks(13).map(|row| String::from_utf8_lossy(row)).collect();
        assert!(rows[10].chars().all(|c| c == '0'));
        let inside: String = rows[..10].iter().map(|row| row[1..11].to_owned()).collect();
        assert_eq!(inside, a.bits());
        for (side, size, factor) in [
            (6, 6, 1),
            (9, 6, 1),
            (12, 10, 1),
            (16, 16, 1),
            (25, 16, 1),
            (28, 10, 2),
            (31, 10, 3),
            (64, 16, 4),
        ] {
            let found = fitting(side).map(|(set, factor)| (set.size, factor));
            assert_eq!(found, Some((size, factor)), "{side}");
        }
        assert!(
            (6..=4096).all(|side| fitting(side).is_some()) && fitting(5).is_none() && fitting(0).is_none()
        );
        let names: Vec<_> = of("a 0\tz", 16, 16).into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["A", "0", "Z"]);
        assert_eq!(of(" \n", 16, 16), []);
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        let error = |text: &str, width, height| letters(text, width, height).unwrap_err().to_string();
        assert!(error("AB#", 10, 10).contains("'#'; there are A, B, C"));
        assert!(error("é", 10, 10).contains("'é'") && error("\u{7}", 10, 10).contains('\u{fffd}'));
        assert!(error("A", 5, 100).contains("5 × 100 cells are too few for a letter; 6 × 6 are enough"));
        assert!(error("A", 0, 0).contains("not possible") && error("A", 4097, 4097).contains("4096"));
        assert!(error(&"A".repeat(5000), 10, 10).contains("at most 4096 fit"));
        let error = |count, seed, side| random(count, seed, side, side).unwrap_err().to_string();
        assert!(error(5000, 1, 10).contains("4096") && error(1, u64::MAX, 10).contains("too large"));
        assert!(error(1, 1, 65).contains("4096"));
    }

    #[test]
    fn a_source_is_letters_or_a_count_and_a_seed() {
        let of = |json: &str| pictures(&serde_json::from_str(json).unwrap(), 10, 10);
        assert_eq!(of(r#"{"letters":"AB"}"#), letters("AB", 10, 10));
        assert_eq!(of(r#"{"count":2,"seed":3}"#), random(2, 3, 10, 10));
        for (source, word) in [
            ("{}", "count"),
            (r#"{"letters":7}"#, "not a word"),
            (r#"{"count":2}"#, "seed"),
            (r#"{"count":2.5,"seed":1}"#, "2.5 is not a whole number"),
            (r#"{"count":-1,"seed":1}"#, "-1 is not a whole number"),
            (r#"{"count":1e300,"seed":1}"#, "1e300"),
            (r#"{"count":1,"seed":"one"}"#, "'one' is not a number"),
        ] {
            let error = of(source).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn random_pictures_are_those_of_a_spec_with_that_seed() {
        let text = r#"{"v":1,"model":"m","patterns":{"width":5,"height":4,"random":{"count":3,"seed":8}}}"#;
        let spec = crate::spec::Spec::parse(text).unwrap();
        let memories = resolve::memories(&spec).unwrap().memories;
        let bits = |k: usize| memories[k].pattern.bits();
        let found = random(3, 8, 5, 4).unwrap();
        assert_eq!(found.iter().map(|p| p.bits.clone()).collect::<Vec<_>>(), [bits(0), bits(1), bits(2)]);
        assert!(found.iter().all(|p| p.name.is_empty()));
    }
}
