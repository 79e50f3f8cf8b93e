//! Whether the vertices of a graph can be coloured, by trying.

use alloc::vec;
use alloc::vec::Vec;

use super::{ExactError, MAX_UNITS};
use crate::models::graph::Graph;
use crate::order::order_by_key;

/// A colour from 0 to `colours − 1` for each vertex so that no edge joins two of one colour; none if there is no such
/// colouring. One vertex after another is given the least colour that is free, and where there is none the one before it
/// is given another (backtracking); that colours are alike but for their names cuts the search down.
///
/// # Errors
/// More than [`MAX_UNITS`] vertices.
pub fn proper_colouring(graph: &Graph, colours: usize) -> Result<Option<Vec<usize>>, ExactError> {
    let n = graph.vertices();
    if n > MAX_UNITS {
        return Err(ExactError::Units(n));
    }
    // Those with most edges first: they leave least to be tried.
    let degrees = graph.degrees();
    let order = order_by_key(n, |vertex| n - degrees[vertex]);
    let mut place = vec![0; n];
    order.iter().enumerate().for_each(|(at, &vertex)| place[vertex] = at);
    // Of each place the neighbours that come before it.
    let mut before = vec![Vec::new(); n];
    for edge in graph.edges() {
        let [a, b] = edge.ends.map(|end| place[end]);
        before[a.max(b)].push(a.min(b));
    }
    // What is tried at each place: one more than its colour, 0 for nothing yet.
    let mut tried = vec![0usize; n];
    let mut at = 0;
    while at < n {
        // A colour that no place before has is as good as any other such.
        let most = colours.min(1 + tried[..at].iter().copied().max().unwrap_or(0));
        let free = |colour: &usize| before[at].iter().all(|&other| tried[other] != *colour);
        match (tried[at] + 1..=most).find(free) {
            Some(colour) => {
                tried[at] = colour;
                at += 1;
            }
            None if at == 0 => return Ok(None),
            None => {
                tried[at] = 0;
                at -= 1;
            }
        }
    }
    Ok(Some((0..n).map(|vertex| tried[place[vertex]] - 1).collect()))
}
