//! Figures that every machine whose units pull on each other in pairs may give: what it takes is the weights.

mod landscape;
mod network;
mod spectrum;

use engram::exact::MAX_FLOW;
use engram::observe::MAX_SPECTRUM;

pub use self::landscape::{Landscape, Slope};
pub use self::network::{circle, network};
pub use self::spectrum::{along, spectrum};
use crate::control::{Control, kind};
use crate::describe::{ActionGroup, ActionInfo};
use crate::figure::FigureInfo;

/// Most units whose network is drawn.
const MAX_NETWORK: usize = 256;

/// The figures of a net of so many units, as far as there are any of such a net.
#[must_use]
pub fn pair_figures(units: usize) -> Vec<FigureInfo> {
    let figure = |key, label, help, press| FigureInfo {
        key,
        label,
        help,
        leads: false,
        press,
        drag: None,
        beside: false,
    };
    let network = figure(
        "network",
        "network",
        "The neurons, their states, and the links between them in two colours: pulling the same way or opposite ways. Press on a neuron to turn it over",
        Some("turn"),
    );
    let landscape = figure(
        "landscape",
        "all states",
        "Every state at the height of its energy, with an arrow to the state that follows, in the colour of the place where it ends",
        None,
    );
    let spectrum = figure(
        "spectrum",
        "spectrum",
        "How much the weights stretch each of the directions that they leave as they are, and what part of each belongs to which memory",
        None,
    );
    let mut figures = Vec::new();
    if (2..=MAX_NETWORK).contains(&units) {
        figures.push(network);
    }
    if (1..=MAX_FLOW).contains(&units) {
        figures.push(landscape);
    }
    if (2..=MAX_SPECTRUM).contains(&units) {
        figures.push(spectrum);
    }
    figures
}

/// The action that a press on the network does; none where there is no network.
#[must_use]
pub fn turn_action(units: usize) -> Option<ActionInfo> {
    let last = units.min(MAX_NETWORK).saturating_sub(1) as u32;
    (2..=MAX_NETWORK).contains(&units).then(|| ActionInfo {
        key: "turn",
        label: "turn a neuron over",
        help: "Turns one neuron over; the run starts again from there",
        group: ActionGroup::Cue,
        args: vec![Control::new("node", "neuron", "", kind::integer(0, last, 0), "Which, counted from 0")],
    })
}
