//! What machines tell alike of pictures that can be counted.

use std::collections::BTreeMap;

use engram::math;

use super::Data;
use crate::LabError;

/// Most visible units of which every state is told.
pub const MOST_TOLD: usize = 10;

/// Most pictures whose free energies are told.
pub const MOST_PICTURES: usize = 1000;

/// Every visible state that can be, with its probability: the law lists them by number, the lowest bit being the first
/// unit. Nothing of more than [`MOST_TOLD`] units, whose law is not asked for, or where there is none.
pub fn told(units: usize, law: impl FnOnce() -> Option<Vec<f64>>) -> Vec<(String, f64)> {
    let Some(law) = (units <= MOST_TOLD).then(law).flatten() else { return Vec::new() };
    let text =
        |number: usize| (0..units).map(|unit| if number >> unit & 1 == 1 { '1' } else { '0' }).collect();
    law.iter().enumerate().filter(|(_, p)| **p > 0.0).map(|(number, &p)| (text(number), p)).collect()
}

/// Entropy in nats of a law of which these are the probabilities.
pub fn entropy(chances: impl Iterator<Item = f64>) -> f64 {
    chances.filter(|&p| p > 0.0).map(|p| -p * math::ln(p)).sum()
}

/// Entropy in nats of pictures, all of which count alike; some may be the same.
pub fn entropy_of<'a>(pictures: impl ExactSizeIterator<Item = &'a [u8]>) -> f64 {
    let all = pictures.len() as f64;
    let mut counts: BTreeMap<&[u8], f64> = BTreeMap::new();
    pictures.for_each(|picture| *counts.entry(picture).or_default() += 1.0);
    entropy(counts.into_values().map(|count| count / all))
}

/// Refuses pictures that are not equally likely.
///
/// # Errors
/// They are not.
pub fn check_even(data: &Data) -> Result<(), LabError> {
    if data.is_even() {
        return Ok(());
    }
    let message = "enumeration tells of pictures that are equally likely, and these are not";
    Err(LabError::new("patterns.importance", message))
}
