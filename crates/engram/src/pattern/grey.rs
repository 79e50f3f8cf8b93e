//! Grey pictures as text: one character a cell, 64 levels.
//!
//! The characters are those of URL-safe base 64 in their order: `A` is −1 (paper), `_` is +1 (ink), and level k stands for
//! −1 + 2k/63. No level is 0: a cell that is unknown is written `?`.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Pattern, PatternError};
use crate::math;

/// The characters, from paper to ink.
const LEVELS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Numbers from −1 to 1 as text, each at the nearest level; what lies outside stands at the nearer end, and an exact 0 is
/// unknown.
#[must_use]
pub fn grey_text(cells: &[f64]) -> String {
    let level = |x: f64| math::round((x.clamp(-1.0, 1.0) + 1.0) * 31.5) as usize;
    cells.iter().map(|&x| if x == 0.0 { '?' } else { char::from(LEVELS[level(x).min(63)]) }).collect()
}

/// The numbers of such a text; 0 for unknown, where `unknown` allows it.
///
/// # Errors
/// A size that is not possible, the wrong number of characters, or one that stands for no level.
pub fn parse_grey(width: usize, height: usize, text: &str, unknown: bool) -> Result<Vec<f64>, PatternError> {
    let expected = Pattern::cells(width, height)?;
    let found = text.chars().count();
    if found != expected {
        return Err(PatternError::Length { found, expected });
    }
    text.chars()
        .enumerate()
        .map(|(position, found)| {
            if unknown && found == '?' {
                return Ok(0.0);
            }
            let level = LEVELS.iter().position(|&c| char::from(c) == found);
            level.map_or(Err(PatternError::Level { found, position }), |k| Ok(k as f64 / 31.5 - 1.0))
        })
        .collect()
}

/// The sign of each number as a spin; 0 stays 0.
#[must_use]
pub fn signs(cells: &[f64]) -> Vec<i8> {
    cells.iter().map(|&x| i8::from(x > 0.0) - i8::from(x < 0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_go_both_ways() {
        let text = core::str::from_utf8(LEVELS).unwrap();
        let cells = parse_grey(8, 8, text, false).unwrap();
        assert_eq!((cells[0], cells[63]), (-1.0, 1.0));
        assert!(cells.is_sorted() && cells.iter().all(|&x| x != 0.0));
        assert_eq!(grey_text(&cells), text);
        assert_eq!(grey_text(&[-7.0, 0.0, 0.01, 7.0]), "A?g_");
    }

    #[test]
    fn what_is_no_level_is_refused() {
        assert_eq!(parse_grey(2, 1, "A!", false), Err(PatternError::Level { found: '!', position: 1 }));
        assert_eq!(parse_grey(2, 1, "A?", true).unwrap(), [-1.0, 0.0]);
        assert!(parse_grey(2, 1, "A?", false).is_err() && parse_grey(2, 2, "A", true).is_err());
    }
}
