//! The states of its layers that dreams go on from, of so many copies.

use engram::bipartite::Lists;
use engram::order::sort;
use engram::rng::Lanes;
use serde::{Deserialize, Serialize};

use super::stack::Stack;
use crate::machines::learners::{Mind, levels, set_levels, widen};

/// What the top sees, and what is drawn from it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Layers {
    /// Cells, then units for names.
    pub visible: Lists,
    /// The first hidden layer, from which the cells were drawn.
    pub first: Lists,
    /// What the top machine sees, names last if it sees them.
    seen: Lists,
    /// How many machines the net had when that was drawn; 0 if it has not been yet.
    depth: usize,
    /// Whether names are among what the top machine sees.
    sees_names: bool,
}

impl Layers {
    /// Pictures above which nothing has been drawn.
    pub fn of(visible: Lists, hidden: usize) -> Self {
        let copies = visible.copies();
        Self {
            visible,
            first: Lists::new(hidden, copies),
            seen: Lists::new(0, copies),
            depth: 0,
            sees_names: false,
        }
    }

    /// Whether they are those of such a net, as what was saved may not be.
    pub fn fits(&self, cells: usize, labels: usize, sizes: &[usize]) -> bool {
        let seen = match self.depth {
            0 => 0,
            depth if depth < sizes.len() => {
                sizes[depth - 1] + if depth + 1 == sizes.len() { labels } else { 0 }
            }
            _ => return false,
        };
        let copies = self.visible.copies();
        let names = |on: &[u16]| on.last().is_some_and(|&unit| usize::from(unit) + labels >= seen);
        (!self.sees_names || labels > 0 && self.depth + 1 == sizes.len() && self.seen.iter().all(names))
            && self.visible.fits(cells + labels)
            && self.first.fits(sizes[1])
            && self.seen.fits(seen)
            && self.first.copies() == copies
            && self.seen.copies() == copies
    }

    /// The top draws its hidden units and what it sees, and from there all layers below are drawn; cells of the first copy
    /// that are held stay. A net that has grown, or a picture of which something is held, is recognised first.
    pub fn stir(&mut self, net: &Stack, cells: usize, held: &[bool], dice: &mut Lanes) {
        let (top, holds) = (net.top(), held.contains(&true));
        if self.depth != net.course + 1 || holds {
            self.seen = net.seen(&self.visible, cells, dice);
            (self.depth, self.sees_names) = (net.course + 1, top.labels() > 0);
        }
        let mut hidden = Lists::new(top.hidden(), 0);
        top.draw_hidden(&self.seen, &[], dice, &mut hidden);
        top.draw_visible(&hidden, &[], dice, &mut self.seen);
        let [first, drawn] = net.descend(&self.seen, &hidden, dice);
        self.first = first;
        let single = top.visible() - top.labels();
        for copy in 0..drawn.copies() {
            let name = if top.labels() > 0 {
                self.seen.copy(copy).last().map(|&unit| usize::from(unit) - single)
            } else {
                self.visible.copy(copy).last().and_then(|&unit| usize::from(unit).checked_sub(cells))
            };
            let stays = |unit: u16| copy == 0 && held.get(usize::from(unit)) == Some(&true);
            let kept = self.visible.copy(copy).iter().copied().filter(|&unit| stays(unit));
            let new = drawn.copy(copy).iter().copied().filter(|&unit| !stays(unit));
            let mut units: Vec<u16> = kept.chain(new).collect();
            sort(&mut units);
            units.extend(name.map(|name| (cells + name) as u16));
            replace(&mut self.visible, copy, &units);
        }
    }
}

fn replace(lists: &mut Lists, copy: usize, units: &[u16]) {
    lists.clear(copy);
    units.iter().for_each(|&unit| lists.push(copy, unit));
}

impl Mind for Layers {
    fn copies(&self) -> usize {
        self.visible.copies()
    }

    fn units(&self, copy: usize) -> Vec<f64> {
        levels(&self.visible, copy)
    }

    fn set(&mut self, copy: usize, cells: &[(usize, f64)]) {
        set_levels(&mut self.visible, copy, cells);
    }

    fn name(&mut self, cells: usize, name: usize) {
        let labels = self.visible.units() - cells;
        let only = self.visible.with_units(cells);
        for copy in 0..self.copies() {
            let units: Vec<u16> = only.copy(copy).iter().copied().chain([(cells + name) as u16]).collect();
            replace(&mut self.visible, copy, &units);
            if self.sees_names {
                let single = self.seen.units() - labels;
                self.seen.replace_last(copy, (single + name) as u16);
            }
        }
    }

    fn widen(&mut self, copies: usize) {
        widen([&mut self.visible, &mut self.first, &mut self.seen], copies);
    }
}
