//! Patterns made by rule.

use alloc::vec;
use alloc::vec::Vec;

use super::{Pattern, PatternError};
use crate::rng::Rng;
use crate::weights::MAX_UNITS;

/// `count` pictures of independent fair coins.
///
/// # Errors
/// A size that is not possible.
pub fn random(
    width: usize,
    height: usize,
    count: usize,
    rng: &mut Rng,
) -> Result<Vec<Pattern>, PatternError> {
    let n = Pattern::cells(width, height)?;
    (0..count).map(|_| Pattern::new(width, height, (0..n).map(|_| rng.spin()).collect())).collect()
}

/// The rows of the Hadamard (Walsh) matrix of order `width × height`, which must be a power of two: n mutually
/// orthogonal patterns. Sylvester's order, so that row 2^k alternates in runs of 2^k; row 0 is all ink.
///
/// # Errors
/// A size that is not possible, or not a power of two (reported as the size).
pub fn hadamard(width: usize, height: usize) -> Result<Vec<Pattern>, PatternError> {
    let n = Pattern::cells_up_to(width, height, MAX_UNITS)?;
    if !n.is_power_of_two() {
        return Err(PatternError::Size { width, height, most: MAX_UNITS });
    }
    (0..n)
        .map(|row| {
            let spins =
                (0..n).map(|column| if (row & column).count_ones() % 2 == 0 { 1 } else { -1 }).collect();
            Pattern::new(width, height, spins)
        })
        .collect()
}

/// All pictures of whole ink rows or whole ink columns, each picture once: 2^height + 2^width − 2 of them for sides
/// of two or more (MacKay 2003, ch. 43). Sides of at most 10.
///
/// # Errors
/// A size that is not possible, or with a side over 10 (reported as the size).
pub fn bars_and_stripes(width: usize, height: usize) -> Result<Vec<Pattern>, PatternError> {
    Pattern::cells_up_to(width, height, MAX_UNITS)?;
    if width > 10 || height > 10 {
        return Err(PatternError::Size { width, height, most: MAX_UNITS });
    }
    let mut pictures: Vec<Pattern> = Vec::new();
    let mut add = |spins: Vec<i8>| -> Result<(), PatternError> {
        let picture = Pattern::new(width, height, spins)?;
        if !pictures.contains(&picture) {
            pictures.push(picture);
        }
        Ok(())
    };
    for rows in 0u32..1 << height {
        let mut spins = vec![-1; width * height];
        for (cell, spin) in spins.iter_mut().enumerate() {
            if rows >> (cell / width) & 1 == 1 {
                *spin = 1;
            }
        }
        add(spins)?;
    }
    for columns in 0u32..1 << width {
        let mut spins = vec![-1; width * height];
        for (cell, spin) in spins.iter_mut().enumerate() {
            if columns >> (cell % width) & 1 == 1 {
                *spin = 1;
            }
        }
        add(spins)?;
    }
    Ok(pictures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn hadamard_rows_are_orthogonal() {
        let rows = hadamard(4, 4).unwrap();
        assert_eq!(rows.len(), 16);
        for (a, x) in rows.iter().enumerate() {
            for (b, y) in rows.iter().enumerate() {
                let dot: i32 =
                    x.spins().iter().zip(y.spins()).map(|(&p, &q)| i32::from(p) * i32::from(q)).sum();
                assert_eq!(dot, if a == b { 16 } else { 0 });
            }
        }
        assert_eq!(rows[8].bits(), "1111111100000000");
        assert!(hadamard(3, 4).is_err());
    }

    #[test]
    fn bars_and_stripes_have_their_counts() {
        assert_eq!(bars_and_stripes(2, 2).unwrap().len(), 6);
        assert_eq!(bars_and_stripes(3, 3).unwrap().len(), 14);
        assert_eq!(bars_and_stripes(4, 4).unwrap().len(), 30);
        assert!(bars_and_stripes(11, 2).is_err());
    }

    #[test]
    fn random_patterns_repeat_with_their_seed() {
        let draw = |seed| random(5, 5, 2, &mut Rng::new(seed, Stream::Patterns, 0)).unwrap();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}
