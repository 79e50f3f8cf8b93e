//! Single-spin updates of a lattice, 128 spins at a time.

use super::board::{Board, counts};
use super::{HeatBath, Metropolis};
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

/// Digits drawn before it is looked at whether any cell is still undecided: of 128, one in two times is then.
const UNASKED: usize = 8;

/// Certainty, among the numbers of [`DIGITS`] bits.
const CERTAIN: u64 = 1 << DIGITS;

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
                board.pass(state, colour, |spins, around, among| {
                    let like = spins.xor(opposed);
                    let [none, one, ..] = counts(around.map(|other| other.xor(like)));
                    let more = Wide::splat(u32::MAX).and_not(none.or(one));
                    table.draw([[none, one, more]], among, &mut lanes)
                })
            }
            Tables::Spins(table) => board.pass(state, colour, |spins, around, among| {
                let (up, none) = (counts(around), Wide::splat(0));
                let [a, b] = grouped(up.map(|up| up.and_not(spins)), none);
                let [c, d] = grouped(up.map(|up| up.and(spins)), none);
                table.draw([a, b, c, d], among, &mut lanes)
            }),
            Tables::Up(table) => board.pass(state, colour, |spins, around, among| {
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
        for cell in board.edge(colour) {
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
