//! Its figures.

use crate::learned::largest;
use engram::exact::spins;
use engram::models::boltzmann::{Expansion, MeanField, Phases, Statistics};

use super::Model;
use super::net::Net;
use crate::figure::{Axis, Figure, Mark, Part, Role, Shade, Tick};
use crate::machines::learners::{Law, State, Tile, bars_with, boxes, divergence, law, tiles};
use crate::setup::Setup;

/// Most visible units of which every state has a bar; of more, every picture has one.
const MOST_BARS: usize = 5;

/// Most pictures that have a bar.
const MOST_PICTURES: usize = 32;

/// Most hidden units whose weights are drawn as pictures.
pub const MOST_FILTERS: usize = 100;

/// Most units that are not known for which the likeliest completion is looked for.
const MOST_OPEN: usize = 16;

/// A matrix of averages or weights, row by row from the top down.
type Matrix = Vec<f32>;

impl Model {
    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State<Self>, key: &str, part: Part) -> Option<Figure> {
        let (net, still) = (&state.net, part == Part::Still);
        let told = self.told;
        match key {
            "phases" if told.drawn => Some(self.phases(net.phases.as_ref(), still)),
            "weights" if told.drawn => Some(self.weights(net, still)),
            "filters" if told.hidden => Some(self.filters(setup, net, still)),
            "distribution" if told.live => Some(self.bars(setup, net, still)),
            "means" if told.live => Some(self.means(net, still)),
            "completed" => Some(self.completed(setup, net, still)),
            "posterior" if told.classes => Some(self.of_classes(state, still)),
            _ => None,
        }
    }

    /// Averages of links and units as a matrix; where there is no link there is no number.
    fn matrix(&self, of: &Statistics) -> Matrix {
        let n = self.links.units();
        let mut matrix = vec![f32::NAN; n * n];
        for (unit, &mean) in of.unit.iter().enumerate() {
            matrix[unit * n + unit] = mean as f32;
        }
        for ((i, j), &both) in self.links.pairs().zip(&of.link) {
            matrix[i * n + j] = both as f32;
            matrix[j * n + i] = both as f32;
        }
        matrix
    }

    fn phases(&self, phases: Option<&Phases>, still: bool) -> Figure {
        let n = self.links.units();
        let blank = || vec![f32::NAN; n * n];
        let all = match phases.filter(|_| !still) {
            Some(phases) => [&phases.clamped, &phases.free, &phases.difference()].map(|of| self.matrix(of)),
            None => [blank(), blank(), blank()],
        };
        let mut figure = side_by_side(n, &all, ["shown pictures", "left to itself", "difference"]);
        if !still {
            figure.note = match phases {
                Some(_) => "How often two units were on together, and on the diagonal how often each was; the weights go by the difference, and where it is pale nothing is left to learn.".to_owned(),
                None => "Both phases are drawn with the first step of learning.".to_owned(),
            };
        }
        figure
    }

    fn weights(&self, net: &Net, still: bool) -> Figure {
        let n = self.links.units();
        let matrix = if still {
            vec![f32::NAN; n * n]
        } else {
            self.matrix(&Statistics { unit: net.bias.clone(), link: net.weights.clone() })
        };
        let mut figure = tiles(n, n, &[matrix], Shade::Signed);
        if !still {
            let (visible, hidden) = (self.visible(), self.hidden);
            figure.note = format!(
                "Rows and columns are the {visible} visible units, then the {hidden} hidden ones; biases stand on the diagonal."
            );
        }
        figure
    }

    fn filters(&self, setup: &Setup, net: &Net, still: bool) -> Figure {
        let cells = self.data.cells;
        let machine = (!still).then(|| self.machine(net));
        let tile = |hidden: usize| -> Tile {
            let unit = self.visible() + hidden;
            let at = |cell| machine.as_ref().map_or(f32::NAN, |machine| machine.weight(unit, cell) as f32);
            (0..cells).map(at).collect()
        };
        let all: Vec<Tile> = (0..self.hidden.min(MOST_FILTERS)).map(tile).collect();
        let mut figure = tiles(setup.resolved.width, setup.resolved.height, &all, Shade::Signed);
        if still {
            figure.boxes = boxes(setup.resolved.width, setup.resolved.height, all.len());
        } else {
            figure.note =
                "Each tile is what one hidden unit goes with; in the other colour, what it goes against."
                    .to_owned();
        }
        figure
    }

    /// The machine's law beside that of the pictures.
    fn bars(&self, setup: &Setup, net: &Net, still: bool) -> Figure {
        let visible = self.visible();
        let pictures: Vec<(&[i8], f64)> =
            self.whole.iter().flat_map(|data| data.patterns()).take(MOST_PICTURES).collect();
        let share = |state: &[i8]| pictures.iter().find(|(of, _)| *of == state).map_or(0.0, |(_, q)| *q);
        let every = visible <= MOST_BARS;
        let states: Vec<Vec<i8>> = if every {
            (0..1u32 << visible).map(|code| spins(code, visible)).collect()
        } else {
            pictures.iter().map(|(state, _)| state.to_vec()).collect()
        };
        let label = |state: &[i8]| {
            if every {
                return state.iter().map(|&spin| if spin > 0 { '1' } else { '0' }).collect();
            }
            let memories = &setup.resolved.memories;
            let found = memories.iter().find(|memory| memory.pattern.spins() == state);
            found.map_or_else(String::new, |memory| memory.name.clone())
        };
        let mut names: Vec<String> = states.iter().map(|state| label(state)).collect();
        if !every {
            names.push("any other".to_owned());
        }
        let mut told = Law { names, pairs: Vec::new(), divergence: f64::NAN };
        if let (false, Ok(chances)) = (still, self.machine(net).visible_distribution(self.temperature)) {
            let chance = |state: &[i8]| chances[engram::exact::code(state) as usize];
            told.pairs = states.iter().map(|state| (chance(state), share(state))).collect();
            let shown = self.whole.iter().flat_map(|data| data.patterns());
            told.divergence = divergence(shown.map(|(state, q)| (chance(state), q)));
            return law(&told, Part::Moving);
        }
        law(&told, Part::Still)
    }

    /// Means of all units: exact, and as mean field and TAP have them.
    fn means(&self, net: &Net, still: bool) -> Figure {
        let names: Vec<String> = (0..self.links.units())
            .map(|unit| match unit.checked_sub(self.visible()) {
                None => (unit + 1).to_string(),
                Some(hidden) => format!("h{}", hidden + 1),
            })
            .collect();
        let low = self.encoding.value(-1);
        let mut figure = bars_with("unit", &names);
        figure.y = Axis { label: "mean", range: Some([low, 1.0]), ..Axis::default() };
        if still {
            return figure;
        }
        let machine = self.machine(net);
        let Ok(exact) = machine.equilibrium(self.temperature) else { return figure };
        let values = exact.mean.iter().map(|&mean| mean as f32).collect();
        let label = "exact".to_owned();
        figure.marks.push(Mark::Bars { label, values, shares: Vec::new(), memories: Vec::new() });
        figure.note = format!("−T ln Z = {:.4}", exact.free_energy).replace(" -", " −");
        for (expansion, label, role) in
            [(Expansion::First, "mean field", Role::Theory), (Expansion::Second, "TAP", Role::Measured)]
        {
            let solver = MeanField { expansion, tolerance: 1e-6, max_rounds: 500, ..MeanField::default() };
            let Ok(found) = solver.solve(&machine, &vec![0; self.visible()], self.temperature) else {
                continue;
            };
            let rests = if found.converged { "" } else { " (does not come to rest)" };
            figure.note += &format!("; {label} {:.4}{rests}", found.free_energy).replace(" -", " −");
            let at = found.mean.iter().enumerate().map(|(k, &mean)| [k as f32, mean as f32]).collect();
            let label = label.to_owned();
            figure.marks.push(Mark::Points { role, label, at, error: Vec::new(), names: Vec::new() });
        }
        figure.note.push('.');
        figure
    }

    /// What is known of the cue beside its likeliest completion.
    fn completed(&self, setup: &Setup, net: &Net, still: bool) -> Figure {
        let cells = self.data.cells;
        let (width, height) = (setup.resolved.width, setup.resolved.height);
        let blank = || vec![f32::NAN; cells];
        let mosaic = |known: Tile, best: Tile| tiles(width, height, &[known, best], Shade::Ink);
        if still {
            return mosaic(blank(), blank());
        }
        let shown = |spins: &[i8]| spins[..cells].iter().map(|&spin| f32::from(spin)).collect();
        let (known, note) = match self.known(setup) {
            None => (None, "All cells are known: spoil some to “unknown”, or hold only a few.".to_owned()),
            Some(known) => {
                let open = known.iter().filter(|&&spin| spin == 0).count() + self.hidden;
                let note = format!(
                    "{open} units are open, and no more than {MOST_OPEN} can be gone through: know more of the picture, or take fewer hidden units."
                );
                (Some(known).filter(|_| open <= MOST_OPEN), note)
            }
        };
        let found = known.and_then(|known| {
            let best = self.machine(net).complete(&known, self.temperature).ok()?;
            Some((known, best))
        });
        let Some((known, best)) = found else { return Figure { note, ..mosaic(blank(), blank()) } };
        let note = format!(
            "What is known, and the likeliest way to complete it: it has probability {:.1} %.",
            100.0 * best.probability
        );
        Figure { note, ..mosaic(shown(&known), shown(&best.spins)) }
    }

    /// Bars of which class the picture on the grid is.
    fn of_classes(&self, state: &State<Self>, still: bool) -> Figure {
        let Some(classes) = self.classes() else { return Figure::default() };
        let names: Vec<String> = classes
            .clone()
            .enumerate()
            .map(|(k, unit)| {
                self.data.classes.get(k).map_or((unit + 1).to_string(), |name| (*name).to_owned())
            })
            .collect();
        let mut figure = bars_with(if self.labels > 0 { "name" } else { "cell that is on" }, &names);
        if still {
            return figure;
        }
        let units = &state.thought.mind.copy(0)[..self.visible()];
        let posterior = self.posterior(&self.machine(&state.net), units, &classes);
        let best = largest(&posterior);
        let way = if self.sums() { "" } else { ", as mean field has it" };
        figure.note = format!("Most likely {} ({:.1} %{way}).", names[best], 100.0 * posterior[best]);
        figure.marks.push(Mark::Bars {
            label: String::new(),
            values: posterior.iter().map(|&p| p as f32).collect(),
            shares: Vec::new(),
            memories: Vec::new(),
        });
        figure
    }
}

/// Square matrices beside each other, each with a name.
fn side_by_side(n: usize, all: &[Matrix; 3], names: [&str; 3]) -> Figure {
    let mut figure = Figure { square: true, ..Figure::default() };
    for (k, matrix) in all.iter().enumerate() {
        let left = (k * (n + 1)) as f32;
        // Rows of a figure go from the bottom up.
        let values = matrix.chunks_exact(n).rev().flatten().copied().collect();
        let bounds = [left, 0.0, left + n as f32, n as f32];
        figure.marks.push(Mark::Field { width: n, height: n, bounds, values, shade: Shade::Signed });
        let at = f64::from(left) + n as f64 / 2.0;
        figure.x.ticks.push(Tick { at, label: names[k].to_owned() });
    }
    figure.x.label = "averages of the last step";
    figure
}
