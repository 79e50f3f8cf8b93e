//! All states of a small net by their energies, each with an arrow to the state that follows.

use engram::dynamics::Tie;
use engram::energy::{Conditional, Energy};
use engram::exact::{self, ExactError, Flow, Rule};
use engram::order::order_by_key;

use crate::figure::{Axis, Figure, Mark, Part, Place, Role, Tick};
use crate::setup::Setup;
use crate::value::number_of;

/// States of so few units are all named.
const NAMED_UNITS: usize = 4;

/// Colours that differ from each other.
const COLOURS: usize = 8;

/// Names at the axis are so far apart, as parts of it.
const APART: f32 = 0.09;

/// How a state follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slope {
    /// The unit changes that gains most.
    Steepest(Tie),
    /// All units change that want to.
    Together(Tie),
}

impl Slope {
    fn rule(self) -> Rule {
        match self {
            Self::Steepest(tie) => Rule::Greedy(tie),
            Self::Together(tie) => Rule::Synchronous(tie),
        }
    }
}

/// What an end is to the memories.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Memory(usize),
    Inverse(usize),
    Other,
}

/// All states of a net, laid out: the states that lead to one end stand side by side over it.
pub struct Landscape {
    slope: Slope,
    flow: Flow,
    at: Vec<Place>,
    /// Of each end.
    kinds: Vec<Kind>,
    /// How far to the right it goes.
    width: f32,
}

impl Landscape {
    /// Of a net.
    ///
    /// # Errors
    /// Too many units.
    pub fn new<M: Energy + Conditional>(setup: &Setup, net: &M, slope: Slope) -> Result<Self, ExactError> {
        let flow = exact::flow(net, slope.rule())?;
        let memories: Vec<u32> = setup.patterns().iter().map(|memory| exact::code(memory)).collect();
        let all = flow.next.len() as u32 - 1;
        let kind = |end: &exact::End| {
            let is = |code: u32| memories.iter().position(|&memory| end.states == [memory ^ code]);
            match (is(0), is(all)) {
                (Some(memory), _) => Kind::Memory(memory),
                (None, Some(memory)) => Kind::Inverse(memory),
                (None, None) => Kind::Other,
            }
        };
        let kinds: Vec<Kind> = flow.ends.iter().map(kind).collect();
        let order = order_by_key(kinds.len(), |end| kinds[end]);
        let (at, width) = lay_out(&flow, &order);
        Ok(Self { slope, flow, at, kinds, width })
    }

    /// By which rule states follow each other in it.
    pub fn slope(&self) -> Slope {
        self.slope
    }

    /// The figure; what moves is where the state is.
    pub fn figure(&self, setup: &Setup, spins: &[i8], part: Part) -> Figure {
        let mut figure = Figure {
            x: Axis {
                label: "states, by where they end",
                range: Some([-1.0, f64::from(self.width)]),
                ..Axis::default()
            },
            y: Axis { label: "energy", symbol: "E", ..Axis::default() },
            ..Figure::default()
        };
        match part {
            Part::Still => {
                figure.x.ticks = self.ticks(setup);
                figure.marks = vec![self.links(), self.nodes(setup)];
                figure.note = self.sentence(setup);
            }
            Part::Moving if spins.contains(&0) => {
                "Some neurons are unknown: the state is none of these yet.".clone_into(&mut figure.note);
            }
            Part::Moving => figure.marks.push(Mark::Points {
                role: Role::Now,
                label: String::new(),
                at: vec![self.at[exact::code(spins) as usize]],
                error: Vec::new(),
                names: Vec::new(),
            }),
        }
        figure
    }

    fn links(&self) -> Mark {
        let moves = (0u32..).zip(&self.flow.next).filter(|(from, to)| from != *to);
        Mark::Links {
            pairs: moves.map(|(from, &to)| [from, to]).collect(),
            strengths: Vec::new(),
            directed: true,
            label: String::new(),
        }
    }

    fn nodes(&self, setup: &Setup) -> Mark {
        let Flow { leads_to, ends, .. } = &self.flow;
        let own = setup.resolved.memories.len();
        // Colours of memories first, then those that are left; beyond these, none.
        let mut free = own..COLOURS.max(own);
        let mut colour = |kind: &Kind| match kind {
            Kind::Memory(memory) => *memory as f32,
            _ => free.next().map_or(f32::NAN, |colour| colour as f32),
        };
        let colours: Vec<f32> = self.kinds.iter().map(&mut colour).collect();
        let count = self.flow.next.len();
        let few = setup.units() <= NAMED_UNITS;
        let mut names: Vec<String> = (0..count as u32)
            .map(|code| if few { text(code, setup.units()) } else { String::new() })
            .collect();
        let mut sizes = vec![1.0; count];
        for (k, end) in ends.iter().enumerate() {
            for &state in &end.states {
                names[state as usize] = self.name(setup, k, state);
                sizes[state as usize] = 1.8;
            }
        }
        let states = leads_to.iter().map(|&end| colours[end as usize]).collect();
        Mark::Nodes { at: self.at.clone(), states, colours: true, sizes, names }
    }

    /// The name of a state that is an end or one of several in turn.
    fn name(&self, setup: &Setup, end: usize, state: u32) -> String {
        let memory = |k: usize| &setup.resolved.memories[k].name;
        match self.kinds[end] {
            Kind::Memory(k) => memory(k).clone(),
            Kind::Inverse(k) => format!("inverse of {}", memory(k)),
            Kind::Other => text(state, setup.units()),
        }
    }

    /// The largest basins are named at the axis, as far as there is room.
    fn ticks(&self, setup: &Setup) -> Vec<Tick> {
        let order = order_by_key(self.kinds.len(), |end| u32::MAX - self.flow.ends[end].basin);
        let mut ticks: Vec<Tick> = Vec::new();
        for end in order {
            let state = self.flow.ends[end].states[0];
            let (at, label) = (f64::from(self.at[state as usize][0]), self.name(setup, end, state));
            let apart = f64::from(APART * self.width);
            if ticks.iter().all(|tick| (tick.at - at).abs() >= apart) {
                ticks.push(Tick { at, label });
            }
        }
        ticks
    }

    fn sentence(&self, setup: &Setup) -> String {
        let Flow { next, ends, .. } = &self.flow;
        let how = match self.slope {
            Slope::Steepest(_) => "the neuron that gains most is turned over",
            Slope::Together(_) => "all neurons change that want to",
        };
        let ends = match (ends.len(), ends.iter().filter(|end| end.states.len() > 1).count()) {
            (1, 0) => "one state that stays".to_owned(),
            (count, 0) => format!("{count} states that stay"),
            (count, turning) => {
                format!("{}, of which {turning} lead round in turn", number_of(count, "place"))
            }
        };
        let mut note = format!("All {} states: {how}, and so on. They end in {ends}.", next.len());
        let memories = setup.resolved.memories.len();
        let kept = self.kinds.iter().filter(|kind| matches!(kind, Kind::Memory(_))).count();
        if memories > 0 {
            note += &format!(
                " Of {} {kept} {} among these.",
                number_of(memories, "memory").replace("memorys", "memories"),
                if kept == 1 { "is" } else { "are" }
            );
        }
        if !setup.spec.clamp.is_empty() {
            note += " Held neurons are not held here.";
        }
        note
    }
}

/// A state as text, as specs have it.
fn text(code: u32, units: usize) -> String {
    (0..units).map(|i| if code >> i & 1 == 1 { '1' } else { '0' }).collect()
}

/// Where each state stands: every state that none leads to has a column of its own, every other one is in the middle over
/// those that lead to it; ends in this order. And how many columns there are.
fn lay_out(flow: &Flow, order: &[usize]) -> (Vec<Place>, f32) {
    let sources = flow.sources();
    let mut across = vec![0f32; flow.next.len()];
    let mut free = 0f32;
    for &end in order {
        let end = &flow.ends[end];
        for &root in &end.states {
            // Those in turn with the root stand for themselves.
            let above = |state: u32| {
                let sources = sources[state as usize].iter().copied();
                sources.filter(|from| !end.states.contains(from)).collect::<Vec<_>>()
            };
            // States on the way up, each with those that lead to it and how many of these are done.
            let mut way = vec![(root, above(root), 0)];
            while let Some((state, above_it, done)) = way.last_mut() {
                if let Some(&next) = above_it.get(*done) {
                    *done += 1;
                    way.push((next, above(next), 0));
                    continue;
                }
                across[*state as usize] = match (above_it.first(), above_it.last()) {
                    (Some(&first), Some(&last)) => 0.5 * (across[first as usize] + across[last as usize]),
                    _ => {
                        free += 1.0;
                        free - 1.0
                    }
                };
                way.pop();
            }
        }
        // Between one end's states and those of the next.
        free += 1.0;
    }
    let places = across.iter().zip(&flow.energies).map(|(&x, &energy)| [x, energy as f32]).collect();
    (places, free)
}
