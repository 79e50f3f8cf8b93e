//! Where layers stand when even ones and odd ones are each put side by side.

use alloc::vec::Vec;
use core::ops::Range;

/// Places of layers in their half. Of the even ones the visible layer comes last, so that the hidden ones have the first
/// places and a panel of weights can be cut after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    sizes: Vec<usize>,
    starts: Vec<usize>,
}

impl Layout {
    /// Of layers of these sizes, from the bottom up.
    pub fn new(sizes: Vec<usize>) -> Self {
        let before = |layer: usize| {
            let from = if layer.is_multiple_of(2) { 2 } else { 1 };
            let until = if layer == 0 { sizes.len() } else { layer };
            (from..until).step_by(2).map(|layer| sizes[layer]).sum()
        };
        let starts = (0..sizes.len()).map(before).collect();
        Self { sizes, starts }
    }

    /// Units of each layer.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// Units of all even layers.
    pub fn even(&self) -> usize {
        self.range(0).end
    }

    /// Units of all even layers but the visible one.
    pub fn hidden_even(&self) -> usize {
        self.starts[0]
    }

    /// Units of all odd layers.
    pub fn odd(&self) -> usize {
        self.sizes.iter().skip(1).step_by(2).sum()
    }

    /// Where a layer stands in its half.
    pub fn range(&self, layer: usize) -> Range<usize> {
        self.starts[layer]..self.starts[layer] + self.sizes[layer]
    }

    /// Pairs of an even layer and an odd one that are no neighbours: there are no links between them.
    pub fn apart(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let pairs = (0..self.sizes.len()).step_by(2);
        let pairs = pairs.flat_map(|even| (1..self.sizes.len()).step_by(2).map(move |odd| (even, odd)));
        let apart = pairs.filter(|(even, odd)| even.abs_diff(*odd) > 1);
        apart.map(|(even, odd)| (self.range(even), self.range(odd)))
    }
}
