//! Single-spin updates of a lattice, 128 spins at a time.

use alloc::vec;
use alloc::vec::Vec;

use super::{HeatBath, Metropolis};
use crate::lattice::{Lattice, MAX_SIDE};
use crate::models::ising::{Ising, Packed};
use crate::rng::{Lanes, Rng, Stream};
use crate::wide::Wide;

/// Which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlipRule {
    /// Each cell's flip is proposed with probability [`PROPOSED`] and made with probability `min(1, exp(−ΔE/T))`.
    Metropolis,
    /// Each cell is drawn anew from `P(s = +1) = σ(2 h / T)`.
    HeatBath,
}

/// With which probability a Metropolis flip is proposed.
///
/// Were every flip proposed, those that cost nothing would be made for certain, and cells of one colour all at once: states
/// in which no cell feels anything, such as diagonal stripes, would turn over for ever and never be reached from any other.
pub const PROPOSED: f64 = 31.0 / 32.0;

/// Bits that a probability is held to.
const DIGITS: usize = 32;

/// Digits drawn before it is looked at whether any cell is still undecided: of 128, two are then.
const UNASKED: usize = 6;

/// Certainty, among the numbers of [`DIGITS`] bits.
const CERTAIN: u64 = 1 << DIGITS;

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
            pass(self, &mut state, colour, |spins, around, among| {
                let of = |k: usize, sum: Wide| sum.and(spins.select(up[k], down[k]));
                let [a, b, c, d, e] = counts(around);
                let any = of(0, a).or(of(1, b)).or(of(2, c)).or(of(3, d)).or(of(4, e));
                found += u64::from(any.and(among).counts().sum());
                Wide::splat(0)
            });
            for cell in self.edge[colour].iter().map(|&cell| cell as usize) {
                found += u64::from(wanted[usize::from(state.is_up(cell))][self.around(&state, cell)]);
            }
        }
        found
    }

    /// The sum of a cell's neighbours, plus 4.
    fn around(&self, state: &Packed, cell: usize) -> usize {
        let sign = |cell: usize| 2 * isize::from(state.is_up(cell)) - 1;
        (self.lattice.neighbours(cell).map(sign).sum::<isize>() + 4) as usize
    }
}

/// The generators that single flips draw from.
#[derive(Clone, Debug)]
pub struct Dice {
    /// For cells of four bonds.
    pub lanes: Lanes,
    /// For the others.
    pub rng: Rng,
}

impl Dice {
    /// Of the experiment with this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // Lanes of index 0 are the streams 0 to 3.
        Self { lanes: Lanes::new(seed, Stream::Dynamics, 0), rng: Rng::new(seed, Stream::Dynamics, 4) }
    }
}

/// A rule at a temperature, for the states of one model.
///
/// # How
/// Cells of one colour have no bond with each other, so they are asked together; a sweep asks one colour after another.
/// 128 spins lie in a register. How many of its neighbours are up is added up bit by bit for all of them at once, so each
/// spin falls into one of a few classes that know their probability. Then a random number is drawn for each spin, digit by
/// digit from the highest, until it is decided for all of them whether theirs is the lower: after k digits only 2^−k are
/// open (L. Jacobs & C. Rebbi, J. Comput. Phys. 41 (1981) 203, for the coding). As cells of one colour fill only half of a
/// row, two rows are laid into one another. Cells on free edges, which have fewer bonds, are asked one by one.
#[derive(Clone, Debug)]
pub struct SingleFlips {
    rule: FlipRule,
    /// Of 2^32, by the spin (0 for −1) and the sum of its neighbours plus 4. Metropolis: of a flip; heat bath: of +1.
    shares: [[u64; 9]; 2],
    tables: Tables,
}

/// How cells of four bonds are told apart, with what follows for each class.
#[derive(Clone, Debug)]
enum Tables {
    /// By how many neighbours are against the coupling: none, one, more. Metropolis without a field.
    Unlike { opposed: u32, table: Table<1> },
    /// By the spin and how many neighbours are up: Metropolis in a field.
    Spins(Table<4>),
    /// By how many neighbours are up: heat bath.
    Up(Table<2>),
}

/// Probabilities of classes, digit by digit. They stand in groups of three: which spins have a digit is looked up among the
/// eight subsets of each, which are made once for all digits.
#[derive(Clone, Debug)]
struct Table<const G: usize> {
    /// For each group the subset that is certain.
    sure: [u8; G],
    /// For each digit, from the highest, and each group the subset that has it.
    digits: [[u8; G]; DIGITS],
}

impl<const G: usize> Table<G> {
    fn new(shares: [[u64; 3]; G]) -> Self {
        let subset = |group: [u64; 3], has: &dyn Fn(u64) -> bool| {
            group.iter().enumerate().fold(0, |subset, (c, &share)| subset | u8::from(has(share)) << c)
        };
        let of = |has: &dyn Fn(u64) -> bool| shares.map(|group| subset(group, has));
        Self {
            sure: of(&|share| share >= CERTAIN),
            digits: core::array::from_fn(|k| of(&|share| share >> (DIGITS - 1 - k) & 1 == 1)),
        }
    }

    /// Draws for all spins of which `among` has bits, each by its class.
    #[inline(always)]
    fn draw(&self, classes: [[Wide; 3]; G], among: Wide, lanes: &mut Lanes) -> Wide {
        let mut subsets = [[Wide::splat(0); 8]; G];
        for (subsets, classes) in subsets.iter_mut().zip(classes) {
            for s in 1..8usize {
                subsets[s] = subsets[s & (s - 1)].or(classes[s.trailing_zeros() as usize]);
            }
        }
        let of = |digit: &[u8; G]| {
            let part = |g: usize| subsets[g][usize::from(digit[g]) % 8];
            (1..G).fold(part(0), |all, g| all.or(part(g)))
        };
        let mut yes = of(&self.sure).and(among);
        let mut open = among.and_not(yes);
        let mut ask = |digit: &[u8; G]| {
            let (random, share) = (lanes.draw(), of(digit));
            yes = yes.or(open.and(share.and_not(random)));
            open = open.and_not(random.xor(share));
            open
        };
        let (first, rest) = self.digits.split_at(UNASKED);
        for digit in first {
            ask(digit);
        }
        for digit in rest {
            if !ask(digit).any() {
                break;
            }
        }
        yes
    }
}

impl SingleFlips {
    /// Of a model at a temperature `T >= 0`, in units of energy. At T = 0 what costs energy is never done; a tie is settled
    /// by chance.
    #[must_use]
    pub fn new(model: &Ising, rule: FlipRule, temperature: f64) -> Self {
        let share = |p: f64| ((p * CERTAIN as f64) as u64).min(CERTAIN);
        let of = |spin: i32, sum: i32| {
            let field = model.local(sum);
            share(match rule {
                FlipRule::HeatBath => HeatBath::probability(field, temperature),
                FlipRule::Metropolis => {
                    PROPOSED * Metropolis::acceptance(2.0 * f64::from(spin) * field, temperature)
                }
            })
        };
        let shares = [-1, 1].map(|spin| core::array::from_fn(|k| of(spin, k as i32 - 4)));
        let tables = match rule {
            FlipRule::HeatBath => Tables::Up(Table::new(grouped(even(&shares[0]), 0))),
            FlipRule::Metropolis if model.field_strength() == 0.0 => {
                // A spin that is up, with 4, 3 or 2 neighbours that are as the coupling likes it.
                let liked = |k: usize| if model.coupling() < 0.0 { 8 - k } else { k };
                let table = Table::new([[8, 6, 4].map(|k| shares[1][liked(k)])]);
                Tables::Unlike { opposed: if model.coupling() < 0.0 { u32::MAX } else { 0 }, table }
            }
            FlipRule::Metropolis => {
                let [[a, b], [c, d]] = shares.each_ref().map(|shares| grouped(even(shares), 0));
                Tables::Spins(Table::new([a, b, c, d]))
            }
        };
        Self { rule, shares, tables }
    }

    /// Asks every cell of a colour; how many changed.
    pub fn pass(&self, board: &Board, state: &mut Packed, colour: usize, dice: &mut Dice) -> u64 {
        // Of its own, so that it stays in registers.
        let mut lanes = dice.lanes.clone();
        let changed = match &self.tables {
            Tables::Unlike { opposed, table } => {
                let opposed = Wide::splat(*opposed);
                pass(board, state, colour, |spins, around, among| {
                    let like = spins.xor(opposed);
                    let [none, one, ..] = counts(around.map(|other| other.xor(like)));
                    let more = Wide::splat(u32::MAX).and_not(none.or(one));
                    table.draw([[none, one, more]], among, &mut lanes)
                })
            }
            Tables::Spins(table) => pass(board, state, colour, |spins, around, among| {
                let (up, none) = (counts(around), Wide::splat(0));
                let [a, b] = grouped(up.map(|up| up.and_not(spins)), none);
                let [c, d] = grouped(up.map(|up| up.and(spins)), none);
                table.draw([a, b, c, d], among, &mut lanes)
            }),
            Tables::Up(table) => pass(board, state, colour, |spins, around, among| {
                let classes = grouped(counts(around), Wide::splat(0));
                table.draw(classes, among, &mut lanes).xor(spins).and(among)
            }),
        };
        dice.lanes = lanes;
        changed + self.edges(board, state, colour, &mut dice.rng)
    }

    /// Cells with fewer than four bonds, one by one.
    fn edges(&self, board: &Board, state: &mut Packed, colour: usize, rng: &mut Rng) -> u64 {
        let mut changed = 0;
        for cell in board.edge[colour].iter().map(|&cell| cell as usize) {
            let up = state.is_up(cell);
            let drawn = u64::from(rng.word()) < self.shares[usize::from(up)][board.around(state, cell)];
            let flips = if self.rule == FlipRule::HeatBath { drawn != up } else { drawn };
            if flips {
                state.flip(cell);
                changed += 1;
            }
        }
        changed
    }
}

/// Of the shares of all sums those of four bonds.
fn even(shares: &[u64; 9]) -> [u64; 5] {
    core::array::from_fn(|up| shares[2 * up])
}

/// Five classes in groups of three, the last of which is empty.
#[inline(always)]
fn grouped<T>([a, b, c, d, e]: [T; 5], empty: T) -> [[T; 3]; 2] {
    [[a, b, c], [d, e, empty]]
}

/// For each spin one bit in the number of those of its four neighbours that are set, from 0 to 4.
#[inline(always)]
fn counts([a, b, c, d]: [Wide; 4]) -> [Wide; 5] {
    let (ones_ab, two_ab) = (a.xor(b), a.and(b));
    let (ones_cd, two_cd) = (c.xor(d), c.and(d));
    let (odd, carried) = (ones_ab.xor(ones_cd), ones_ab.and(ones_cd));
    let two = two_ab.xor(two_cd).xor(carried);
    let four = two_ab.and(two_cd);
    let all = Wide::splat(u32::MAX);
    [all.and_not(odd.or(two).or(four)), odd.and_not(two), two.and_not(odd), odd.and(two), four]
}

/// Four words from a place on.
#[inline(always)]
fn load(words: &[u32], at: usize) -> Wide {
    let [a, b, c, d] = words[at..at + 4] else { unreachable!("four words are four words") };
    Wide::new([a, b, c, d])
}

/// Turns over those cells of four bonds of a colour that `flips` says, told spins, neighbours (above, below, left, right)
/// and which of them count; how many it did.
#[inline(always)]
fn pass(
    board: &Board,
    state: &mut Packed,
    colour: usize,
    mut flips: impl FnMut(Wide, [Wide; 4], Wide) -> Wide,
) -> u64 {
    /// Where the row begins in its scratch: before it comes its last cell.
    const BEGIN: usize = 4;
    let (width, height) = (board.lattice.width(), board.lattice.height());
    let paired = board.lattice.colours() == 2;
    let active = board.whole[colour].as_slice();
    let (bits, stride) = state.words_mut();
    let mut scratch = [0u32; BEGIN + MAX_SIDE / 32 + 4];
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
        let above = |y: usize| (if y == 0 { height - 1 } else { y - 1 }) * stride;
        let below = |y: usize| (if y + 1 == height { 0 } else { y + 1 }) * stride;
        // The cells between, beside which those of this colour lie.
        for k in (0..stride).step_by(4) {
            let row = load(bits, first * stride + k);
            let between =
                if second == first { row } else { select.select(load(bits, second * stride + k), row) };
            scratch[BEGIN + k..BEGIN + k + 4].copy_from_slice(&between.words());
        }
        scratch[BEGIN - 1] = scratch[BEGIN + (width - 1) / 32] << (31 - (width - 1) % 32);
        scratch[BEGIN + stride] = 0;
        scratch[BEGIN + width / 32] |= (scratch[BEGIN] & 1) << (width % 32);
        let mut count = Wide::splat(0);
        for k in (0..stride).step_by(4) {
            let both = |a: usize, b: usize| select.select(load(bits, a + k), load(bits, b + k));
            let (one, other) = (first * stride, second * stride);
            let among = load(active, one + k).or(load(active, other + k));
            let between = load(&scratch, BEGIN + k);
            let left = between.up::<1>().or(load(&scratch, BEGIN + k - 1).down::<31>());
            let right = between.down::<1>().or(load(&scratch, BEGIN + k + 1).up::<31>());
            let around = [both(above(first), above(second)), both(below(first), below(second)), left, right];
            let flips = flips(both(one, other), around, among);
            count = count.plus(flips.counts());
            let mut store = |at: usize, flips: Wide| {
                let row = load(bits, at + k).xor(flips).words();
                bits[at + k..at + k + 4].copy_from_slice(&row);
            };
            store(one, flips.and(select));
            if second != first {
                store(other, flips.and_not(select));
            }
        }
        // No more than 64 in a byte: a row has at most eight registers.
        changed += u64::from(count.sum());
        first = second + 1;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lattice::Edges;

    #[test]
    fn cells_are_told_by_spin_and_neighbours() {
        for (width, height, edges) in
            [(7, 5, Edges::Periodic), (40, 6, Edges::Free), (130, 4, Edges::Periodic), (1, 9, Edges::Free)]
        {
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
