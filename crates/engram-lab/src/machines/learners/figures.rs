//! Mosaics: many small pictures side by side.

use crate::figure::{Figure, Mark, Shade};

/// A small picture: its numbers, row by row from the top down.
pub type Tile = Vec<f32>;

/// A mosaic of pictures of one size, as near to a square as it goes, in reading order. Between them nothing is drawn.
#[must_use]
pub fn tiles(width: usize, height: usize, tiles: &[Tile], shade: Shade) -> Figure {
    let across = (1..).find(|side| side * side >= tiles.len()).unwrap_or(1).max(1);
    let down = tiles.len().div_ceil(across).max(1);
    let (columns, rows) = (across * (width + 1) - 1, down * (height + 1) - 1);
    let mut values = vec![f32::NAN; columns * rows];
    for (k, tile) in tiles.iter().enumerate() {
        let (left, top) = (k % across * (width + 1), k / across * (height + 1));
        for (cell, &value) in tile.iter().enumerate() {
            // Rows of a figure go from the bottom up.
            let row = rows - 1 - (top + cell / width);
            values[row * columns + left + cell % width] = value;
        }
    }
    let bounds = [0.0, 0.0, columns as f32, rows as f32];
    let field = Mark::Field { width: columns, height: rows, bounds, values, shade };
    Figure { square: true, marks: vec![field], ..Figure::default() }
}
