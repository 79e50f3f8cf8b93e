//! The cells of a lattice that may change, and how many are asked at once.

use alloc::vec;
use alloc::vec::Vec;
use core::cell::Cell;

use crate::lattice::{Lattice, MAX_SIDE};
use crate::models::ising::Packed;
use crate::wide::Wide;

/// Which cells of a lattice may change, colour by colour.
#[derive(Clone, Debug)]
pub struct Board {
    lattice: Lattice,
    /// For each colour the cells of four bonds, a bit each, as [`Packed`] has them.
    whole: Vec<Vec<u32>>,
    /// For each colour the others, by number.
    edge: Vec<Vec<u32>>,
    /// For each colour, how many cells may change.
    count: Vec<u64>,
}

impl Board {
    /// Of a lattice of which some cells are held fixed.
    ///
    /// # Panics
    /// If there is not one entry a cell: the callers have checked it.
    #[must_use]
    pub fn new(lattice: Lattice, held: &[bool]) -> Self {
        assert_eq!(held.len(), lattice.cells(), "one entry a cell");
        let (colours, none) = (lattice.colours(), Packed::new(lattice, &vec![-1; lattice.cells()]));
        let mut whole = vec![none; colours];
        let (mut edge, mut count) = (vec![Vec::new(); colours], vec![0; colours]);
        for (cell, _) in held.iter().enumerate().filter(|(_, held)| !**held) {
            let (x, y) = (cell % lattice.width(), cell / lattice.width());
            let colour = lattice.colour(x, y);
            count[colour] += 1;
            if lattice.is_whole(x, y) {
                whole[colour].flip(cell);
            } else {
                edge[colour].push(cell as u32);
            }
        }
        let whole = whole.into_iter().map(|mut mask| mask.words_mut().0.to_vec()).collect();
        Self { lattice, whole, edge, count }
    }

    /// The lattice.
    #[must_use]
    pub fn lattice(&self) -> &Lattice {
        &self.lattice
    }

    /// How many cells of a colour may change.
    #[must_use]
    pub fn count(&self, colour: usize) -> u64 {
        self.count[colour]
    }

    /// How many of the cells that may change are such as `of` says by their spin and the sum of their neighbours.
    #[must_use]
    pub fn tally(&self, state: &Packed, of: impl Fn(i32, i32) -> bool) -> u64 {
        let wanted = [-1, 1].map(|spin| core::array::from_fn::<_, 9, _>(|k| of(spin, k as i32 - 4)));
        let ones = |is: bool| Wide::splat(if is { u32::MAX } else { 0 });
        let [down, up] = wanted.map(|by_sum| core::array::from_fn::<_, 5, _>(|k| ones(by_sum[2 * k])));
        let (mut state, mut found) = (state.clone(), 0);
        for colour in 0..self.whole.len() {
            self.pass(&mut state, colour, |spins, around, among| {
                let of = |k: usize, sum: Wide| sum.and(spins.select(up[k], down[k]));
                let [a, b, c, d, e] = counts(around);
                let any = of(0, a).or(of(1, b)).or(of(2, c)).or(of(3, d)).or(of(4, e));
                found += u64::from(any.and(among).counts().sum());
                Wide::splat(0)
            });
            for cell in self.edge(colour) {
                found += u64::from(wanted[usize::from(state.is_up(cell))][self.around(&state, cell)]);
            }
        }
        found
    }

    /// The cells of a colour that have fewer than four bonds, by number.
    pub(super) fn edge(&self, colour: usize) -> impl Iterator<Item = usize> {
        self.edge[colour].iter().map(|&cell| cell as usize)
    }

    /// The sum of a cell's neighbours, plus 4.
    pub(super) fn around(&self, state: &Packed, cell: usize) -> usize {
        let sign = |cell: usize| 2 * isize::from(state.is_up(cell)) - 1;
        (self.lattice.neighbours(cell).map(sign).sum::<isize>() + 4) as usize
    }

    /// Turns over those cells of four bonds of a colour that `flips` says, told spins, neighbours (above, below, left,
    /// right) and which of them count; how many it did.
    #[inline(always)]
    pub(super) fn pass(
        &self,
        state: &mut Packed,
        colour: usize,
        mut flips: impl FnMut(Wide, [Wide; 4], Wide) -> Wide,
    ) -> u64 {
        let (width, height) = (self.lattice.width(), self.lattice.height());
        let paired = self.lattice.colours() == 2;
        let (words, stride) = state.words_mut();
        let blocks = stride / 4;
        let bits = Cell::from_mut(words.as_chunks_mut::<4>().0).as_slice_of_cells();
        let row = |y: usize| &bits[y * blocks..][..blocks];
        let active = self.whole[colour].as_chunks::<4>().0;
        let active = |y: usize| &active[y * blocks..][..blocks];
        // A block more at either end.
        let mut scratch = [[0u32; 4]; MAX_SIDE / 128 + 2];
        let mut changed = 0u64;
        let mut first = 0;
        while first < height {
            // Two rows laid into one another: of the first the cells of this colour, of the second those between them. A row
            // that has no partner is laid into itself.
            let second = if paired && first + 1 < height { first + 1 } else { first };
            let select = match second {
                _ if second == first => Wide::splat(u32::MAX),
                _ if (first + colour).is_multiple_of(2) => Wide::splat(0x5555_5555),
                _ => Wide::splat(0xAAAA_AAAA),
            };
            let above = |y: usize| row(if y == 0 { height - 1 } else { y - 1 });
            let below = |y: usize| row(if y + 1 == height { 0 } else { y + 1 });
            let (one, other) = (row(first), row(second));
            let laid = |a: &Cell<[u32; 4]>, b: &Cell<[u32; 4]>| {
                select.select(Wide::new(b.get()), Wide::new(a.get()))
            };
            // The cells between, beside which those of this colour lie.
            for ((between, one), other) in scratch[1..].iter_mut().zip(one).zip(other) {
                let cells = if second == first { Wide::new(one.get()) } else { laid(one, other) };
                *between = cells.words();
            }
            close(&mut scratch[..blocks + 2], width);
            let mut count = Wide::splat(0);
            let beside = (above(first), above(second), below(first), below(second));
            let among = (active(first), active(second));
            for (k, lying) in scratch.array_windows().take(blocks).enumerate() {
                let [before, between, after] = lying.map(Wide::new);
                let among = Wide::new(among.0[k]).or(Wide::new(among.1[k]));
                let left = between.up::<1>().or(between.after(before).down::<31>());
                let right = between.down::<1>().or(between.before(after).up::<31>());
                let around =
                    [laid(&beside.1[k], &beside.0[k]), laid(&beside.3[k], &beside.2[k]), left, right];
                let flips = flips(laid(&other[k], &one[k]), around, among);
                count = count.plus(flips.counts());
                let turn = |block: &Cell<[u32; 4]>, flips: Wide| {
                    block.set(Wide::new(block.get()).xor(flips).words())
                };
                turn(&one[k], flips.and(select));
                if second != first {
                    turn(&other[k], flips.and_not(select));
                }
            }
            // No more than 64 in a byte: a row has at most eight registers.
            changed += u64::from(count.sum());
            first = second + 1;
        }
        changed
    }
}

/// Makes a row, which begins with the second block, go round: before its first cell comes the last, after it the first.
#[inline(always)]
fn close(row: &mut [[u32; 4]], width: usize) {
    let word = |x: usize| (1 + x / 128, x / 32 % 4);
    let ((block, k), first) = (word(width - 1), row[1][0] & 1);
    row[0] = [0, 0, 0, row[block][k] << (31 - (width - 1) % 32)];
    if let Some(after) = row.last_mut() {
        *after = [0; 4];
    }
    let (block, k) = word(width);
    row[block][k] |= first << (width % 32);
}

/// For each spin one bit in the number of those of its four neighbours that are set, from 0 to 4.
#[inline(always)]
pub(super) fn counts([a, b, c, d]: [Wide; 4]) -> [Wide; 5] {
    let (ones_ab, two_ab) = (a.xor(b), a.and(b));
    let (ones_cd, two_cd) = (c.xor(d), c.and(d));
    let (odd, carried) = (ones_ab.xor(ones_cd), ones_ab.and(ones_cd));
    let two = two_ab.xor(two_cd).xor(carried);
    let four = two_ab.and(two_cd);
    let all = Wide::splat(u32::MAX);
    [all.and_not(odd.or(two).or(four)), odd.and_not(two), two.and_not(odd), odd.and(two), four]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::Edges;
    use crate::models::ising::Ising;
    use crate::rng::{Rng, Stream};

    #[test]
    fn cells_are_told_by_spin_and_neighbours() {
        let sizes = [(7, 5), (40, 6), (130, 4), (1, 9), (128, 3), (256, 2), (1024, 2)];
        let both = |(w, h)| [Edges::Periodic, Edges::Free].map(|edges| (w, h, edges));
        for (width, height, edges) in sizes.into_iter().flat_map(both) {
            let lattice = Lattice::new(width, height, edges).unwrap();
            let net = Ising::new(lattice, 1.0, 0.5).unwrap();
            let mut rng = Rng::new(3, Stream::Start, 0);
            let spins: Vec<i8> = (0..lattice.cells()).map(|_| rng.spin()).collect();
            let held: Vec<bool> = (0..lattice.cells()).map(|_| rng.bernoulli(0.2)).collect();
            let (board, state) = (Board::new(lattice, &held), Packed::new(lattice, &spins));
            let wants = |spin: i32, sum: i32| f64::from(spin) * net.local(sum) < 0.0;
            let by_hand = (0..spins.len())
                .filter(|&i| !held[i] && wants(i32::from(spins[i]), net.around(&spins, i)))
                .count();
            assert_eq!(board.tally(&state, wants), by_hand as u64, "{lattice:?}");
            let free: u64 = (0..lattice.colours()).map(|colour| board.count(colour)).sum();
            assert_eq!(free, board.tally(&state, |_, _| true));
            assert_eq!(free, held.iter().filter(|held| !**held).count() as u64);
        }
    }
}
