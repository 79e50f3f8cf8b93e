//! Layers of binary units as lists of those that are on, as dreams have them.

use engram::bipartite::Lists;

/// The units of a copy, from −1 for off to +1 for on.
pub fn levels(units: &Lists, copy: usize) -> Vec<f64> {
    units.cells(copy).into_iter().map(|unit| 2.0 * f64::from(unit) - 1.0).collect()
}

/// Sets units of a copy, by their numbers: those above 0 are on.
pub fn set_levels(units: &mut Lists, copy: usize, levels: &[(usize, f64)]) {
    let mut now = units.cells(copy);
    levels.iter().for_each(|&(unit, level)| now[unit] = u8::from(level > 0.0));
    units.set(copy, &now);
}

/// So many copies of each layer from now on: new ones are what others are.
pub fn widen<'a>(layers: impl IntoIterator<Item = &'a mut Lists>, copies: usize) {
    for units in layers {
        let (before, others) = (units.copies(), units.clone());
        units.resize(copies);
        (before..copies).for_each(|copy| units.take(copy, &others, copy % before));
    }
}

/// All units of all copies, 0 or 1, copy by copy.
pub fn cells_of(lists: &Lists) -> Vec<u8> {
    (0..lists.copies()).flat_map(|copy| lists.cells(copy)).collect()
}
