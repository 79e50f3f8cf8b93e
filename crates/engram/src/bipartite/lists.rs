//! States of many copies of a layer of binary units, as lists of the units that are on.

use alloc::vec;
use alloc::vec::Vec;

/// Most units of a layer: their numbers are kept in 16 bits.
pub const MAX_LAYER: usize = 1 << 15;

/// Of each copy of a layer, the numbers of the units that are on, in rising order.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Lists {
    units: usize,
    /// How many are on, copy by copy.
    counts: Vec<u32>,
    /// A row of `units` places a copy, of which the first ones count.
    on: Vec<u16>,
}

impl PartialEq for Lists {
    fn eq(&self, other: &Self) -> bool {
        self.units == other.units && self.counts == other.counts && self.iter().eq(other.iter())
    }
}

impl Lists {
    /// Copies with all units off.
    #[must_use]
    pub fn new(units: usize, copies: usize) -> Self {
        Self { units, counts: vec![0; copies], on: vec![0; units * copies] }
    }

    /// Copies in these states: 0 or 1 a unit, copy by copy.
    #[must_use]
    pub fn of(units: usize, cells: &[u8]) -> Self {
        let mut lists = Self::new(units, cells.len() / units.max(1));
        for (copy, cells) in cells.chunks_exact(units.max(1)).enumerate() {
            lists.set(copy, cells);
        }
        lists
    }

    /// Units of a copy.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
    }

    /// Copies.
    #[must_use]
    pub fn copies(&self) -> usize {
        self.counts.len()
    }

    /// Has so many copies from now on; those that are new have all units off.
    pub fn resize(&mut self, copies: usize) {
        self.counts.resize(copies, 0);
        self.on.resize(self.units * copies, 0);
    }

    /// The units of a copy that are on.
    #[inline]
    #[must_use]
    pub fn copy(&self, copy: usize) -> &[u16] {
        &self.on[copy * self.units..][..self.counts[copy] as usize]
    }

    /// The same, copy by copy.
    pub fn iter(&self) -> impl Iterator<Item = &[u16]> {
        (0..self.copies()).map(|copy| self.copy(copy))
    }

    /// Puts a copy into a state, 0 or 1 a unit.
    pub fn set(&mut self, copy: usize, cells: &[u8]) {
        self.clear(copy);
        for (unit, _) in cells.iter().enumerate().filter(|(_, cell)| **cell != 0) {
            self.push(copy, unit as u16);
        }
    }

    /// Puts a copy into the state of one of others.
    pub fn take(&mut self, copy: usize, others: &Self, other: usize) {
        let from = others.copy(other);
        self.on[copy * self.units..][..from.len()].copy_from_slice(from);
        self.counts[copy] = from.len() as u32;
    }

    /// The same copies of a layer with another number of units: what is on beyond the last is left out, and units that are new
    /// are off.
    #[must_use]
    pub fn with_units(&self, units: usize) -> Self {
        self.shifted(units, 0, 0)
    }

    /// The same copies of a layer of so many units, in which each unit from `first` on has the number that it has beyond
    /// `first`, counted from `to`. What comes to lie outside is left out.
    #[must_use]
    pub fn shifted(&self, units: usize, first: usize, to: usize) -> Self {
        let mut lists = Self::new(units, self.copies());
        for (copy, on) in self.iter().enumerate() {
            let beyond = on.iter().filter_map(|&unit| usize::from(unit).checked_sub(first));
            beyond
                .map(|unit| unit + to)
                .filter(|&unit| unit < units)
                .for_each(|unit| lists.push(copy, unit as u16));
        }
        lists
    }

    /// Puts another unit on in the place of the last one that is on, if there is one. It must be beyond all others.
    pub fn replace_last(&mut self, copy: usize, unit: u16) {
        if let Some(last) = (self.counts[copy] as usize).checked_sub(1) {
            self.on[copy * self.units + last] = unit;
        }
    }

    /// Exchanges the states of two copies.
    pub fn swap(&mut self, copy: usize, other: usize) {
        self.counts.swap(copy, other);
        for unit in 0..self.units {
            self.on.swap(copy * self.units + unit, other * self.units + unit);
        }
    }

    /// The state of a copy, 0 or 1 a unit.
    #[must_use]
    pub fn cells(&self, copy: usize) -> Vec<u8> {
        let mut cells = vec![0; self.units];
        self.copy(copy).iter().for_each(|&unit| cells[usize::from(unit)] = 1);
        cells
    }

    /// Puts all units of all copies off.
    pub fn clear_all(&mut self) {
        self.counts.fill(0);
    }

    /// Puts all units of a copy off.
    pub fn clear(&mut self, copy: usize) {
        self.counts[copy] = 0;
    }

    /// Puts one more unit of a copy on, beyond all that are on.
    #[inline]
    pub fn push(&mut self, copy: usize, unit: u16) {
        let count = &mut self.counts[copy];
        self.on[copy * self.units + *count as usize] = unit;
        *count += 1;
    }

    /// Puts those units of a copy on, beyond all that are on, that are chosen: of sixteen from a first one on, one a bit.
    /// Nothing branches on what is chosen, but near the end of the layer.
    #[inline]
    pub(crate) fn push_chosen(&mut self, copy: usize, first: usize, chosen: u16) {
        let mut count = self.counts[copy] as usize;
        let places = &mut self.on[copy * self.units..(copy + 1) * self.units];
        for (chosen, first) in chosen.to_le_bytes().into_iter().zip([first as u16, first as u16 + 8]) {
            let units = CHOSEN[usize::from(chosen)].iter().map(|&k| first + u16::from(k));
            let chosen = chosen.count_ones() as usize;
            // All eight places are written if they are there; the next ones write over those that do not count.
            match places[count..].first_chunk_mut::<8>() {
                Some(places) => places.iter_mut().zip(units).for_each(|(place, unit)| *place = unit),
                None => places[count..count + chosen]
                    .iter_mut()
                    .zip(units)
                    .for_each(|(place, unit)| *place = unit),
            }
            count += chosen;
        }
        self.counts[copy] = count as u32;
    }

    /// Whether these are lists of a layer of that size, as what was saved may not be.
    #[must_use]
    pub fn fits(&self, units: usize) -> bool {
        let is_list = |list: &[u16]| {
            list.is_sorted_by(|a, b| a < b) && list.last().is_none_or(|&unit| usize::from(unit) < units)
        };
        self.units == units
            && self.on.len() == units * self.counts.len()
            && self.counts.iter().all(|&count| count as usize <= units)
            && self.iter().all(is_list)
    }
}

/// Of eight bits those that are set, in rising order.
static CHOSEN: [[u8; 8]; 256] = {
    let mut all = [[0; 8]; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut count, mut k) = (0, 0);
        while k < 8 {
            if bits >> k & 1 == 1 {
                all[bits][count] = k as u8;
                count += 1;
            }
            k += 1;
        }
        bits += 1;
    }
    all
};

/// The same states the other way round: of each unit, the copies in which it is on.
#[derive(Clone, Debug, Default)]
pub struct ByUnit {
    ends: Vec<u32>,
    copies: Vec<u16>,
}

impl ByUnit {
    /// Turns lists round.
    pub fn turn(&mut self, lists: &Lists) {
        let units = lists.units();
        self.ends.clear();
        self.ends.resize(units + 1, 0);
        let mut all = 0;
        for list in lists.iter() {
            list.iter().for_each(|&unit| self.ends[usize::from(unit) + 1] += 1);
            all += list.len();
        }
        for unit in 0..units {
            self.ends[unit + 1] += self.ends[unit];
        }
        self.copies.clear();
        self.copies.resize(all, 0);
        // The end of each unit goes from its beginning to where it is to be.
        for (copy, list) in lists.iter().enumerate() {
            for &unit in list {
                let place = &mut self.ends[usize::from(unit)];
                self.copies[*place as usize] = copy as u16;
                *place += 1;
            }
        }
        self.ends.rotate_right(1);
        self.ends[0] = 0;
    }

    /// The copies in which a unit is on, in rising order.
    #[inline]
    #[must_use]
    pub fn unit(&self, unit: usize) -> &[u16] {
        &self.copies[self.ends[unit] as usize..self.ends[unit + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_say_what_the_cells_say() {
        let cells = [1, 0, 1, 0, 0, 0, 1, 1, 1];
        let mut lists = Lists::of(3, &cells);
        assert_eq!(lists.iter().collect::<Vec<_>>(), [&[0, 2][..], &[], &[0, 1, 2]]);
        assert!((0..3).all(|copy| lists.cells(copy) == cells[3 * copy..3 * copy + 3]));
        assert!(lists.fits(3) && !lists.fits(4));
        let mut turned = ByUnit::default();
        turned.turn(&lists);
        assert_eq!((0..3).map(|unit| turned.unit(unit)).collect::<Vec<_>>(), [&[0, 2][..], &[2], &[0, 2]]);
        lists.swap(0, 1);
        assert_eq!((lists.copy(0).len(), lists.copy(1)), (0, &[0, 2][..]));
        lists.push_chosen(0, 0, 0b110);
        assert_eq!(lists.copy(0), [1, 2]);
        let mut many = Lists::new(20, 1);
        many.push_chosen(0, 0, u16::MAX);
        many.push_chosen(0, 16, 0b1011);
        assert!(many.copy(0).iter().copied().eq((0..18).chain([19])));
        let other = lists.clone();
        lists.take(2, &other, 1);
        assert_eq!(lists.copy(2), [0, 2]);
        lists.replace_last(1, 1);
        assert_eq!(lists.with_units(2), Lists::of(2, &[0, 1, 1, 1, 1, 0]));
        assert_eq!(lists.with_units(5).with_units(3), lists);
        assert_eq!(lists.shifted(3, 1, 2), Lists::of(3, &[0, 0, 1, 0, 0, 1, 0, 0, 0]));
        lists.clear_all();
        assert_eq!(lists, Lists::new(3, 3));
    }
}
