//! From what a spec says to the state that its run starts from.

use engram::corrupt::{Corruption, Fill, Side};
use engram::pattern::{Pattern, parse_grey};
use engram::rng::{Rng, Stream};

use super::{Resolved, checked, takes};
use crate::LabError;
use crate::spec::{Corrupt, Spec};
use crate::value::{Figure, counted};

/// The state that a spec's run starts from, as numbers: −1, +1 and 0 for unknown where the model takes no others.
///
/// # Errors
/// Contradictions, a pattern that is not there, a state of the wrong length, fractions out of range.
pub fn start(spec: &Spec, resolved: &Resolved) -> Result<Vec<f64>, LabError> {
    let start = &spec.start;
    let grey = takes(spec).grey;
    let ways = [
        start.pattern.is_some(),
        start.state.is_some(),
        start.grey.is_some(),
        start.values.is_some(),
        start.random,
    ];
    if ways.iter().filter(|&&w| w).count() > 1 {
        return Err(LabError::new("start", "give only one of pattern, state, grey, values and random"));
    }
    for (at, given) in [("start.grey", start.grey.is_some()), ("start.values", start.values.is_some())] {
        if given && !grey {
            return Err(LabError::new(at, "the cells of this model are ink, paper or unknown: give a state"));
        }
    }
    let (width, height) = (resolved.width, resolved.height);
    let mut cells = if let Some(bits) = &start.state {
        let state = Pattern::parse(width, height, bits, true);
        numbers(state.map_err(|error| LabError::new("start.state", error))?.spins())
    } else if let Some(text) = &start.grey {
        parse_grey(width, height, text, true).map_err(|error| LabError::new("start.grey", error))?
    } else if let Some(values) = &start.values {
        checked(values, resolved.units(), "start.values")?
    } else if let Some(k) = start.pattern {
        let count = resolved.memories.len();
        match resolved.memories.get(k as usize) {
            Some(memory) => memory.numbers(),
            None => {
                let message = format!("there is no pattern {k}: {}", counted(count));
                return Err(LabError::new("start.pattern", message));
            }
        }
    } else {
        match resolved.memories.first() {
            Some(memory) if !start.random => memory.numbers(),
            _ => {
                let mut rng = Rng::new(spec.seed, Stream::Start, 0);
                (0..resolved.units()).map(|_| f64::from(rng.spin())).collect()
            }
        }
    };
    if let Some(corrupt) = &start.corrupt {
        let mut rng = Rng::new(spec.seed, Stream::Corruption, 0);
        spoil(corrupt, "start.corrupt", grey, &mut cells, width, &mut rng)?;
    }
    Ok(cells)
}

/// Spins as numbers.
fn numbers(spins: &[i8]) -> Vec<f64> {
    spins.iter().map(|&s| f64::from(s)).collect()
}

/// Largest standard deviation of noise on a cell.
const MAX_NOISE: f64 = 10.0;

/// Spoils the cells of a picture so wide; noise only where they may be `grey`.
///
/// # Errors
/// None or several ways, fractions and noise out of range, unknown words.
pub fn spoil(
    corrupt: &Corrupt,
    at: &str,
    grey: bool,
    cells: &mut [f64],
    width: usize,
    rng: &mut Rng,
) -> Result<(), LabError> {
    let Some(noise) = corrupt.noise else {
        corruption(corrupt, at)?.apply(cells, width, rng);
        return Ok(());
    };
    let place = format!("{at}.noise");
    if *corrupt != (Corrupt { noise: corrupt.noise, ..Corrupt::default() }) {
        return Err(LabError::new(at, ONE_WAY));
    }
    if !grey {
        return Err(LabError::new(
            place,
            "the cells of this model are ink or paper and take no noise: flip some",
        ));
    }
    if !(0.0..=MAX_NOISE).contains(&noise) {
        let message = format!("{} is not allowed; it must be a number from 0 to {MAX_NOISE}", Figure(noise));
        return Err(LabError::new(place, message));
    }
    cells.iter_mut().for_each(|cell| *cell += noise * rng.normal());
    Ok(())
}

/// What is wrong with none or several ways of spoiling.
const ONE_WAY: &str = "give exactly one of flip, mask, half, block, shuffle and noise";

/// Key of the control that says whether what the cue knows is held.
pub const HOLDING: &str = "completion";

/// Units held fixed by number.
///
/// # Errors
/// A unit that is not there, or that is named twice.
pub fn clamped(spec: &Spec, units: usize) -> Result<Vec<bool>, LabError> {
    let mut held = vec![false; units];
    for &unit in &spec.clamp {
        match held.get_mut(unit as usize) {
            Some(true) => return Err(LabError::new("clamp", format_args!("unit {unit} is named twice"))),
            Some(cell) => *cell = true,
            None => {
                return Err(LabError::new(
                    "clamp",
                    format_args!("there is no unit {unit}: units go from 0 to {}", units - 1),
                ));
            }
        }
    }
    Ok(held)
}

/// A way of spoiling, as the spec names it.
///
/// # Errors
/// None or several ways, fractions outside 0 to 1, unknown words.
fn corruption(corrupt: &Corrupt, at: &str) -> Result<Corruption, LabError> {
    let fraction = |name: &str, x: f64| {
        if (0.0..=1.0).contains(&x) {
            Ok(x)
        } else {
            Err(LabError::new(
                format!("{at}.{name}"),
                format_args!("{} is not allowed; it must be a number from 0 to 1", Figure(x)),
            ))
        }
    };
    let to = match corrupt.to.as_deref() {
        None | Some("paper") => Fill::Paper,
        Some("unknown") => Fill::Unknown,
        Some(word) => {
            return Err(LabError::new(
                format!("{at}.to"),
                format_args!("'{word}' is not allowed; it must be paper or unknown"),
            ));
        }
    };
    match (corrupt.flip, corrupt.mask, corrupt.half.as_deref(), corrupt.block, corrupt.shuffle) {
        (Some(_), None, None, None, None) | (None, None, None, None, Some(_)) if corrupt.to.is_some() => {
            Err(LabError::new(format!("{at}.to"), "only mask, half and block blank cells"))
        }
        (Some(x), None, None, None, None) => Ok(Corruption::Flip(fraction("flip", x)?)),
        (None, Some(x), None, None, None) => Ok(Corruption::Mask { fraction: fraction("mask", x)?, to }),
        (None, None, Some(side), None, None) => {
            let side = match side {
                "left" => Side::Left,
                "right" => Side::Right,
                "top" => Side::Top,
                "bottom" => Side::Bottom,
                word => {
                    let message = format!("'{word}' is not allowed; it must be left, right, top or bottom");
                    return Err(LabError::new(format!("{at}.half"), message));
                }
            };
            Ok(Corruption::Half { side, to })
        }
        (None, None, None, Some(x), None) => Ok(Corruption::Block { fraction: fraction("block", x)?, to }),
        (None, None, None, None, Some(x)) => Ok(Corruption::Shuffle(fraction("shuffle", x)?)),
        _ => Err(LabError::new(at, ONE_WAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::memories;
    use super::*;

    fn spec(json: &str) -> Spec {
        Spec::parse(json).unwrap()
    }

    #[test]
    fn starts_are_exact_and_repeat() {
        let s = spec(
            r#"{"v":1,"model":"m","seed":5,"patterns":{"set":"letters","take":"A","size":10},
                "start":{"pattern":0,"corrupt":{"flip":0.25}}}"#,
        );
        let r = memories(&s).unwrap();
        let state = start(&s, &r).unwrap();
        let wrong = state.iter().zip(r.memories[0].numbers()).filter(|(a, b)| **a != *b).count();
        assert_eq!(wrong, 25);
        assert_eq!(start(&s, &r).unwrap(), state);
    }

    #[test]
    fn corruption_needs_exactly_one_way() {
        assert!(corruption(&Corrupt::default(), "c").is_err());
        let two = Corrupt { flip: Some(0.1), mask: Some(0.1), ..Corrupt::default() };
        assert!(corruption(&two, "c").is_err());
        let wild = Corrupt { flip: Some(1.5), ..Corrupt::default() };
        assert_eq!(
            corruption(&wild, "c").unwrap_err().to_string(),
            "c.flip: 1.5 is not allowed; it must be a number from 0 to 1"
        );
    }
}
