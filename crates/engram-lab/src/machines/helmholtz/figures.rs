//! Its layers and figures.

use engram::math;
use engram::models::helmholtz::{Exact, Helmholtz};
use engram::rng::{Rng, Stream};

use super::Model;
use crate::describe::Layer;
use crate::figure::{Axis, Figure, Mark, Part, Role, Shade, Tick};
use crate::machines::learners::{State, Tile, first_of, over, square, tiles};
use crate::setup::Setup;

/// Most hidden units whose weights are drawn.
const MOST_DRAWN: usize = 100;

/// Most pictures whose probabilities are drawn, and most that have their names on the axis.
const MOST_PICTURES: usize = 256;

/// Recognitions whose mean is shown.
const DRAWS: u32 = 16;

/// The dice of what is only shown.
const DICE: u64 = 9;

impl Model {
    /// A layer other than the state.
    pub fn picture_of(&self, setup: &Setup, state: &State<Model>, key: &str) -> Option<Layer> {
        let cells = self.data.cells;
        let [drawn, recognised] = self.means(&state.net.net, &state.thought.mind.states(0)[..cells]);
        match key {
            "reconstruction" => Some(over(setup, drawn.into_iter().take(cells))),
            "hidden" => Some(square(recognised[cells..].iter().copied())),
            _ => None,
        }
    }

    /// The free energy of a picture, from some recognitions.
    pub fn free_energy(&self, net: &Helmholtz, picture: &[u8]) -> f64 {
        let mut rng = Rng::new(self.seed, Stream::Dynamics, DICE);
        net.sampled_bound(picture, DRAWS, &mut rng).map_or(f64::NAN, |bound| -bound.bound)
    }

    /// Means over some recognitions of a picture: of all units as drawn again given the layer above, and as recognised given
    /// the layer below.
    pub fn means(&self, net: &Helmholtz, picture: &[u8]) -> [Vec<f32>; 2] {
        let mut rng = Rng::new(self.seed, Stream::Dynamics, DICE);
        let mut sums = [vec![0.0; self.units()], vec![0.0; self.units()]];
        for _ in 0..DRAWS {
            let states = net.recognise(picture, &mut rng).expect("a picture of its cells");
            let means = [net.generative_means(&states), net.recognition_means(&states)];
            for (sum, means) in sums.iter_mut().zip(means) {
                let means = means.expect("states of all units");
                sum.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean / f64::from(DRAWS));
            }
        }
        sums.map(|sum| sum.into_iter().map(|mean| mean as f32).collect())
    }

    /// A figure, or a part of one.
    pub fn draw(&self, setup: &Setup, state: &State<Model>, key: &str, part: Part) -> Option<Figure> {
        let net = &state.net.net;
        match key {
            "directions" => Some(self.directions(setup, net, part)),
            "law" if self.told.fit => Some(self.how_often(net, part)),
            "explanations" if self.told.explanations => {
                Some(self.explanations(net, &state.thought.mind.states(0)[..self.data.cells], part))
            }
            _ => None,
        }
    }

    /// Of each hidden unit what it draws and what it looks for, side by side.
    fn directions(&self, setup: &Setup, net: &Helmholtz, part: Part) -> Figure {
        let (width, hidden) = (setup.resolved.width, self.sizes[1]);
        let shown = hidden.min(MOST_DRAWN);
        let (down, up) = (&net.generative()[0], &net.recognition()[0]);
        // Two pictures with a column between them, and one behind them.
        let pair = |unit: usize| -> Tile {
            let mut tile = Tile::with_capacity((2 * width + 2) * setup.resolved.height);
            for row in (0..self.data.cells).step_by(width) {
                let cells = row..row + width;
                if part == Part::Still {
                    tile.extend(std::iter::repeat_n(f32::NAN, 2 * width + 2));
                    continue;
                }
                tile.extend(cells.clone().map(|cell| down.sent(unit)[cell] as f32));
                tile.push(f32::NAN);
                tile.extend(cells.map(|cell| up.sent(cell)[unit] as f32));
                tile.push(f32::NAN);
            }
            tile
        };
        let all: Vec<Tile> = (0..shown).map(pair).collect();
        let mut figure = tiles(2 * width + 2, setup.resolved.height, &all, Shade::Signed);
        if part == Part::Moving {
            let some = first_of(shown, hidden);
            figure.note = format!(
                "{some}Of each hidden unit on the left what it draws, on the right what it looks for."
            );
        }
        figure
    }

    /// How often each picture is dreamt, and how often it is shown.
    fn how_often(&self, net: &Helmholtz, part: Part) -> Figure {
        let (pictures, chances) = self.law();
        let shown = pictures.len().min(MOST_PICTURES);
        let mut figure = beside("picture", shown, Vec::new());
        match part {
            Part::Still => figure.marks.push(points("shown", chances[..shown].iter().copied())),
            Part::Moving => {
                let Ok(exact) = Exact::enumerate(net) else { return figure };
                let dreamt = |picture: &&[u8]| math::exp(exact.log_likelihood(picture).unwrap_or(f64::NAN));
                let values: Vec<f64> = pictures.iter().map(dreamt).collect();
                let first =
                    if shown < pictures.len() { format!("The first {shown} of ") } else { "Of ".to_owned() };
                figure.note = format!(
                    "{first}{} pictures, in the order of their cells. {:.1} % of all dreams are one of them all.",
                    pictures.len(),
                    100.0 * values.iter().sum::<f64>()
                );
                figure.marks.push(bars("dreamt", values[..shown].iter().copied()));
            }
        }
        figure
    }

    /// Each state of the hidden units: how often recognition proposes it, and how likely it is.
    fn explanations(&self, net: &Helmholtz, picture: &[u8], part: Part) -> Figure {
        let hidden = self.units() - self.data.cells;
        let text = |code: usize| -> String {
            (0..hidden).map(|unit| if code >> unit & 1 == 1 { '1' } else { '0' }).collect()
        };
        let ticks = (0..1 << hidden).map(|code| Tick { at: f64::from(code as u32), label: text(code) });
        let mut figure = beside("hidden units", 1 << hidden, ticks.collect());
        if part == Part::Still {
            return figure;
        }
        let mut states = picture.to_vec();
        let mut logs = |code: usize| {
            states.truncate(picture.len());
            states.extend((0..hidden).map(|unit| (code >> unit & 1) as u8));
            let of = |log: Result<f64, _>| log.expect("states of all units");
            (of(net.generative_log_probability(&states)), of(net.recognition_log_probability(&states)))
        };
        let all: Vec<(f64, f64)> = (0..1 << hidden).map(&mut logs).collect();
        let joint: Vec<f64> = all.iter().map(|(p, _)| *p).collect();
        let log_p = math::log_sum_exp(&joint);
        let off: f64 = all.iter().map(|(p, q)| math::exp(*q) * (q - (p - log_p))).sum();
        figure.note =
            format!("Recognition is {off:.3} nats away from what could truly have made this picture.");
        figure.marks.push(bars("recognised", all.iter().map(|(_, q)| math::exp(*q))));
        figure.marks.push(points("true", joint.iter().map(|p| math::exp(p - log_p))));
        figure
    }
}

/// Axes for probabilities of so many things.
fn beside(label: &'static str, count: usize, ticks: Vec<Tick>) -> Figure {
    let range = Some([-0.5, count.max(1) as f64 - 0.5]);
    Figure {
        x: Axis { label, ticks, range, ..Axis::default() },
        y: Axis { label: "probability", ..Axis::default() },
        ..Figure::default()
    }
}

fn bars(label: &str, values: impl Iterator<Item = f64>) -> Mark {
    let values = values.map(|p| p as f32).collect();
    Mark::Bars { label: label.to_owned(), values, shares: Vec::new(), memories: Vec::new() }
}

fn points(label: &str, values: impl Iterator<Item = f64>) -> Mark {
    let at = (0u16..).zip(values).map(|(k, p)| [f32::from(k), p as f32]).collect();
    Mark::Points { role: Role::Theory, label: label.to_owned(), at, error: Vec::new(), names: Vec::new() }
}
