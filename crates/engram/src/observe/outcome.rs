//! How a run ended, without flattery.

use alloc::vec::Vec;

use super::{hamming, largest_first, product};

/// A memory that a state has something to do with, and whether as itself (+1) or as its negative (−1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Number of the memory, from 0.
    pub memory: usize,
    /// +1 for the memory, −1 for its inverse.
    pub sign: i8,
}

/// The memory (or inverse) that differs from a state in the fewest units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Which.
    pub part: Part,
    /// In how many units it differs.
    pub wrong: usize,
}

/// The verdict on a settled state. That a run swings between two states or goes on moving is for the run to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Settled, and the same as this memory in every unit.
    Recalled(usize),
    /// Settled, and the opposite of this memory in every unit.
    Inverse(usize),
    /// Settled in the majority vote of several memories (Amit, Gutfreund & Sompolinsky 1985), the smallest number of
    /// memories that explains the state.
    Mixture(Vec<Part>),
    /// Settled in a state that is none of these; with the memory it comes nearest to, if there is any memory.
    Spurious(Option<Nearest>),
}

/// Share of the units in which a state must agree with a majority vote to be called a mixture. Other memories'
/// crosstalk moves a few units of a mixture, as it does of a memory.
const MIXTURE_AGREEMENT: f64 = 0.95;

/// Memories among which the voters are looked for: those with the largest overlaps, as many as can be tried together.
const VOTERS: usize = 8;

/// Judges a settled state against the memories.
#[must_use]
pub fn classify(spins: &[i8], memories: &[&[i8]]) -> Outcome {
    if let Some(k) = memories.iter().position(|m| *m == spins) {
        return Outcome::Recalled(k);
    }
    let inverse = |m: &[i8]| m.iter().zip(spins).all(|(&a, &b)| a == -b && b != 0);
    if let Some(k) = memories.iter().position(|m| inverse(m)) {
        return Outcome::Inverse(k);
    }
    let nearest = nearest(spins, memories);
    if let Some(parts) = mixture(spins, memories, nearest.map_or(spins.len(), |n| n.wrong)) {
        return Outcome::Mixture(parts);
    }
    Outcome::Spurious(nearest)
}

fn nearest(spins: &[i8], memories: &[&[i8]]) -> Option<Nearest> {
    memories
        .iter()
        .enumerate()
        .flat_map(|(memory, m)| {
            let known = spins.iter().filter(|&&s| s != 0).count();
            let wrong = hamming(m, spins) as usize;
            // Among the known units, those that differ from the memory agree with its inverse.
            let unknown = spins.len() - known;
            let against = spins.len() - (wrong - unknown);
            [
                Nearest { part: Part { memory, sign: 1 }, wrong },
                Nearest { part: Part { memory, sign: -1 }, wrong: against },
            ]
        })
        .min_by_key(|n| n.wrong)
}

/// The majority vote of 3, 5 or 7 memories that the state follows: exactly, or, if they are the memories with the
/// largest overlaps, but for a few units, and nearer than any memory. The fewest memories that do, and of these those
/// with the fewest inverses. Votes of even numbers can tie and are not stable, so they are not looked for.
fn mixture(spins: &[i8], memories: &[&[i8]], nearest: usize) -> Option<Vec<Part>> {
    let overlaps: Vec<f64> = memories.iter().map(|m| f64::from(product(m, spins))).collect();
    let voters: Vec<Part> = largest_first(&overlaps)
        .into_iter()
        .take(VOTERS)
        .map(|memory| Part { memory, sign: if overlaps[memory] < 0.0 { -1 } else { 1 } })
        .collect();
    let allowed = ((1.0 - MIXTURE_AGREEMENT) * spins.len() as f64) as usize;
    let chosen = |votes: u32| (0..voters.len()).filter(move |k| votes >> k & 1 == 1).map(|k| voters[k]);
    let wrong = |votes: u32| {
        let vote = |i: usize| -> i32 {
            chosen(votes).map(|p| i32::from(p.sign) * i32::from(memories[p.memory][i])).sum()
        };
        (0..spins.len()).filter(|&i| vote(i).signum() as i8 != spins[i]).count()
    };
    [3, 5, 7].into_iter().filter(|&count| count <= voters.len()).find_map(|count| {
        let inverses = |votes: &u32| chosen(*votes).filter(|part| part.sign < 0).count();
        let exact = (0..1u32 << voters.len())
            .filter(|votes| votes.count_ones() as usize == count && wrong(*votes) == 0)
            .min_by_key(inverses);
        let first = (1u32 << count) - 1;
        let near = || Some(first).filter(|&votes| wrong(votes) <= allowed && wrong(votes) < nearest);
        exact.or_else(near).map(|votes| chosen(votes).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::hadamard;

    fn walsh() -> Vec<Vec<i8>> {
        let rows = hadamard(4, 4).unwrap();
        [8, 4, 2, 1].iter().map(|&k: &usize| rows[k].spins().to_vec()).collect()
    }

    fn judge(spins: &[i8]) -> Outcome {
        let memories = walsh();
        classify(spins, &memories.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn a_memory_and_its_negative_are_told_apart() {
        let memory = walsh().remove(2);
        assert_eq!(judge(&memory), Outcome::Recalled(2));
        let negative: Vec<i8> = memory.iter().map(|s| -s).collect();
        assert_eq!(judge(&negative), Outcome::Inverse(2));
    }

    #[test]
    fn a_majority_of_three_is_a_mixture_of_those() {
        let m = walsh();
        let vote: Vec<i8> = (0..16).map(|i| (m[0][i] - m[1][i] + m[3][i]).signum()).collect();
        let Outcome::Mixture(mut parts) = judge(&vote) else { panic!("{:?}", judge(&vote)) };
        parts.sort_by_key(|p| p.memory);
        let named: Vec<_> = parts.iter().map(|p| (p.memory, p.sign)).collect();
        assert_eq!(named, [(0, 1), (1, -1), (3, 1)]);
    }

    #[test]
    fn the_voters_need_not_be_the_nearest() {
        // The vote of the last three, which is nearer to the first than to one of them.
        let memories = ["0110001", "1010010", "1011100", "0110111"]
            .map(|bits| bits.bytes().map(|b| if b == b'1' { 1 } else { -1 }).collect::<Vec<i8>>());
        let vote: Vec<i8> =
            (0..7).map(|i| (memories[1][i] + memories[2][i] + memories[3][i]).signum()).collect();
        let views: Vec<&[i8]> = memories.iter().map(Vec::as_slice).collect();
        let Outcome::Mixture(mut parts) = classify(&vote, &views) else {
            panic!("{:?}", classify(&vote, &views))
        };
        parts.sort_by_key(|p| p.memory);
        assert_eq!(parts, [1, 2, 3].map(|memory| Part { memory, sign: 1 }));
    }

    #[test]
    fn one_wrong_unit_is_not_the_memory() {
        let mut state = walsh().remove(0);
        state[5] = -state[5];
        let expected = Nearest { part: Part { memory: 0, sign: 1 }, wrong: 1 };
        assert_eq!(judge(&state), Outcome::Spurious(Some(expected)));
        state[5] = 0;
        assert_eq!(judge(&state), Outcome::Spurious(Some(expected)));
    }

    #[test]
    fn without_memories_everything_is_spurious() {
        assert_eq!(classify(&[1, -1], &[]), Outcome::Spurious(None));
    }
}
