//! The modern Hopfield network at the bench: attention as a memory.

mod describe;
mod figures;

use engram::models::modern::{Attention, Held, ModernHopfield, Retrieval, State};
use engram::observe;
use engram::rng::Rng;

use super::common::{GreyBench, GreyModel};
use crate::LabError;
use crate::catalogue::{Entry, Takes, Weights};
use crate::describe::Layer;
use crate::figure::{Figure, Part};
use crate::machine::{Explanation, Near, Observation, Outcome, Part as Share, Source, Term, largest_first};
use crate::setup::Setup;

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "modern",
    label: "modern Hopfield network",
    summary: "One step of attention over all memories: the picture becomes their mean, weighted by how like each is to it. Holds thousands of grey pictures",
    source: "H. Ramsauer et al., Hopfield Networks is All You Need, arXiv:2008.02217 (2020)",
    example: r#"{ "v": 1, "model": "modern", "patterns": { "set": "letters", "take": "AJX", "size": 10 },
             "start": { "pattern": 0, "corrupt": { "noise": 0.8 } } }"#,
    takes: Takes { weights: Weights::None, grey: true, ..Takes::NET },
    size: None,
    describe: describe::fill,
    check: |_| Ok(()),
    open: GreyBench::<Model>::open,
};

/// Up to so many numbers in all patterns are held in double precision, more in single.
const DOUBLE_NUMBERS: usize = 1 << 13;

/// How far a cell may be from a memory that counts as recalled, as a part of the largest number of that memory: what the
/// other memories add to it.
const NEAR: f64 = 0.1;

/// The network, by what its patterns are held in.
enum Net {
    Double(ModernHopfield<f64>),
    Single(ModernHopfield<f32>),
    Bytes(ModernHopfield<i8>),
}

/// The same done to a network, whatever it is held in.
macro_rules! with {
    ($of:expr, $net:ident => $done:expr) => {
        match $of {
            Net::Double($net) => $done,
            Net::Single($net) => $done,
            Net::Bytes($net) => $done,
        }
    };
}

impl Net {
    fn new(patterns: &[Vec<f64>], beta: f64, bytes: bool) -> Result<Self, LabError> {
        let numbers = patterns.iter().map(Vec::len).sum::<usize>();
        let made = if bytes {
            ModernHopfield::<f32>::new(patterns, beta).and_then(|net| net.quantised()).map(Self::Bytes)
        } else if numbers <= DOUBLE_NUMBERS {
            ModernHopfield::new(patterns, beta).map(Self::Double)
        } else {
            ModernHopfield::new(patterns, beta).map(Self::Single)
        };
        made.map_err(|error| LabError::new("patterns", error))
    }

    fn attention(&self, cells: &[f64]) -> Attention {
        with!(self, net => net.attention(cells))
    }

    fn mean(&self, attention: &Attention) -> Vec<f64> {
        with!(self, net => net.mean(attention.weights()))
    }

    fn rest(&self) -> f64 {
        with!(self, net => net.rest())
    }

    /// Makes one update; held units stay. Whether it found the state at rest.
    fn update(&self, cells: &mut Vec<f64>, held: &[bool]) -> bool {
        fn go<T: Held>(net: &ModernHopfield<T>, cells: &mut Vec<f64>, held: &[bool]) -> bool {
            let mut state = State::new(net, cells).expect("its numbers are checked");
            held.iter().enumerate().for_each(|(unit, &held)| state.clamp(unit, held));
            let step = net.update(&mut state);
            // Wider numbers hold narrower ones exactly, so nothing is lost on the way to the next update.
            *cells = state.widened();
            step.at_rest
        }
        with!(self, net => go(net, cells, held))
    }
}

/// The network; none without memories: then nothing moves.
struct Model {
    net: Option<Net>,
    memories: Vec<Vec<f64>>,
}

impl Model {
    fn attention(&self, cells: &[f64]) -> Option<Attention> {
        self.net.as_ref().map(|net| net.attention(cells))
    }

    /// What an update would make of the state, if nothing were held.
    fn next(&self, cells: &[f64]) -> Vec<f64> {
        self.net.as_ref().map_or_else(|| cells.to_vec(), |net| net.mean(&net.attention(cells)))
    }

    fn is_recalled(&self, memory: usize, cells: &[f64]) -> bool {
        let memory = &self.memories[memory];
        let most = NEAR * memory.iter().fold(0.0f64, |most, x| most.max(x.abs()));
        cells.iter().zip(memory).all(|(cell, x)| (cell - x).abs() <= most)
    }
}

impl GreyModel for Model {
    /// The values.
    type State = Vec<f64>;

    fn make(setup: &Setup, known: Option<(&Setup, &Self)>) -> Result<Option<Self>, LabError> {
        if known.is_some_and(|(old, _)| Self::is_same(old, setup)) {
            return Ok(None);
        }
        let memories: Vec<_> = setup.resolved.memories.iter().map(|memory| memory.numbers()).collect();
        let beta = setup.values.number("beta");
        let bytes = setup.values.word("precision") == "bytes";
        let net = if memories.is_empty() { None } else { Some(Net::new(&memories, beta, bytes)?) };
        Ok(Some(Self { net, memories }))
    }

    fn is_same(setup: &Setup, other: &Setup) -> bool {
        setup.values == other.values && setup.resolved.memories == other.resolved.memories
    }

    fn start(&self, _: &Setup, cells: &[f64], _: &mut Rng) -> Vec<f64> {
        cells.to_vec()
    }

    fn fits(&self, state: &Vec<f64>) -> bool {
        self.memories.first().is_none_or(|memory| memory.len() == state.len())
    }

    fn show(&self, _: &Setup, state: &Vec<f64>, cells: &mut Vec<f64>) {
        cells.extend_from_slice(state);
    }

    fn step(&self, setup: &Setup, state: &mut Vec<f64>) -> bool {
        self.net.as_ref().is_none_or(|net| net.update(state, &setup.clamped))
    }

    fn at_rest(&self, setup: &Setup, _: &Vec<f64>) -> bool {
        self.net.is_none() || setup.clamped.iter().all(|&held| held)
    }

    fn observe(&self, setup: &Setup, _: &Vec<f64>, cells: &[f64]) -> Observation {
        let half = 0.5 * cells.iter().map(|x| x * x).sum::<f64>();
        let (Some(net), Some(attention)) = (&self.net, self.attention(cells)) else {
            return Observation {
                scalars: vec![half, 0.0, half, 0.0, 0.0, 0.0],
                per_memory: vec![vec![]; 2],
            };
        };
        let terms = with!(net, net => net.energy(cells, &attention));
        let next = net.mean(&attention);
        let moves = cells.iter().zip(&next).zip(&setup.clamped).filter(|(_, held)| !**held);
        let change = moves.fold(0.0f64, |most, ((cell, next), _)| most.max((next - cell).abs()));
        Observation {
            scalars: vec![
                terms.total(),
                terms.log_sum_exp,
                terms.half_square,
                attention.entropy(),
                attention.effective(),
                change,
            ],
            per_memory: vec![with!(net, net => net.cosines(cells, &attention)), attention.weights().to_vec()],
        }
    }

    fn outcome(&self, setup: &Setup, _: &Vec<f64>, cells: &[f64], at_rest: bool) -> Outcome {
        let Some(attention) = self.attention(cells) else { return Outcome::Spurious { nearest: None } };
        match attention.verdict(at_rest) {
            Retrieval::Moving => {
                let rest = self.net.as_ref().map_or(0.0, Net::rest);
                let next = self.next(cells);
                let moves = cells.iter().zip(&next).zip(&setup.clamped);
                let unstable = moves.filter(|((cell, next), held)| !**held && (*next - *cell).abs() > rest);
                Outcome::NotSettled { unstable: unstable.count(), sampling: false, reads: None }
            }
            Retrieval::Single(memory) if self.is_recalled(memory, cells) => Outcome::Recalled { memory },
            Retrieval::Single(memory) => {
                let signs = engram::pattern::signs(cells);
                let wrong = observe::hamming(setup.resolved.memories[memory].pattern.spins(), &signs);
                Outcome::Spurious { nearest: Some(Near { memory, sign: 1, wrong: wrong as usize }) }
            }
            Retrieval::Metastable(shares) => Outcome::Mixture {
                memories: shares.iter().map(|share| Share { memory: share.pattern, sign: 1 }).collect(),
            },
            Retrieval::Average => Outcome::Average,
        }
    }

    fn explain(&self, setup: &Setup, _: &Vec<f64>, cells: &[f64], unit: usize) -> Explanation {
        let mut contributions = Vec::new();
        if let (Some(net), Some(attention)) = (&self.net, self.attention(cells)) {
            let of = |(memory, &weight): (usize, &f64)| {
                let state = with!(net, net => net.value(memory, unit));
                Term { unit: memory, weight, state, value: weight * state }
            };
            contributions = attention.weights().iter().enumerate().map(of).collect();
            contributions = largest_first(&contributions);
        }
        let field = contributions.iter().map(|term| term.value).sum();
        let state = cells[unit];
        let next = if setup.clamped[unit] || self.net.is_none() { state } else { field };
        Explanation { unit, field, bias: 0.0, state, next, from: Source::Memory, contributions }
    }

    fn layer(&self, setup: &Setup, state: &Vec<f64>, key: &str, _: usize) -> Result<Option<Layer>, LabError> {
        let next = self.next(state);
        let values: Vec<f64> = match key {
            "next" => next,
            "change" => next.iter().zip(state).map(|(next, cell)| next - cell).collect(),
            _ => return Ok(None),
        };
        Ok(Some(super::common::over_grid(setup, values.into_iter().map(|x| x as f32).collect())))
    }

    fn figure(&self, setup: &Setup, _: &Vec<f64>, cells: &[f64], key: &str, part: Part) -> Option<Figure> {
        match key {
            "attention" => Some(figures::attention(setup, self.attention(cells).as_ref(), part)),
            "transformer" => {
                Some(figures::transformer(setup, &self.memories, cells, &self.next(cells), part))
            }
            _ => None,
        }
    }

    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if self.net.is_none() {
            notices.push("nothing is stored, so nothing moves".to_owned());
        }
        notices
    }
}
