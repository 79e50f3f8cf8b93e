//! What the lattice says of itself.

use engram::lattice::MAX_SIDE;

use super::super::common;
use super::super::common::tempering::{self, TEMPERING};
use crate::LabError;
use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::Value;

const LATTICE: &str = "The lattice";
const TIME: &str = "How time passes";

/// Cells along a side if nothing is said.
const SIDE: u32 = 64;

/// Key of the control that names the rule.
pub const UPDATE: &str = "update";

/// Key of the control of the temperature.
pub const TEMPERATURE: &str = "temperature";

/// Key of the control that says where a run begins if the spec says nothing else.
pub const BEGIN: &str = "begin";

fn side(key: &'static str, label: &'static str, symbol: &'static str, help: &'static str) -> Control {
    Control::new(key, label, LATTICE, kind::integer(1, MAX_SIDE as u32, SIDE), help).symbol(symbol)
}

fn sides() -> [Control; 2] {
    [
        side("width", "cells across", "w", "A wider lattice; the run starts over"),
        side("height", "cells down", "h", "A higher lattice; the run starts over"),
    ]
}

/// Width and height that a spec names.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    let mut found = [SIDE as usize; 2];
    for (found, control) in found.iter_mut().zip(sides()) {
        if let Some(value) = spec.param(control.key) {
            control.check(&format!("params.{}", control.key), value)?;
            if let Value::Number(n) = value {
                *found = *n as usize;
            }
        }
    }
    Ok(found.into())
}

/// Most cells at all temperatures of tempering together: a megabyte. The largest lattice has them if nothing else is said.
const MOST_TEMPERED: usize = 1 << 23;

/// Refuses temperatures that cannot be, or too many of them.
pub fn check(setup: &Setup) -> Result<(), LabError> {
    tempering::check(setup, TEMPERATURE, MOST_TEMPERED, "cells")
}

/// The rule that a spec names.
fn rule(spec: &Spec) -> &str {
    match spec.param(UPDATE) {
        Some(Value::Text(word)) => word,
        _ => "metropolis",
    }
}

/// Where a run begins if the spec says nothing else.
fn begin() -> Control {
    Control::new(
        BEGIN,
        "where it begins",
        LATTICE,
        kind::choice(&[
            ("random", "at random", "A coin for every cell: as if it came from endless heat"),
            ("up", "all ink", "Perfect order"),
            ("down", "all paper", "Perfect order, the other way"),
        ]),
        "The state that a run begins with, unless one is drawn; it is felt when the run starts over",
    )
}

pub fn fill(spec: &Spec, description: &mut Description) {
    let pictures = !spec.patterns.is_empty();
    if !pictures {
        description.controls.extend(sides());
    }
    description.controls.extend([
        Control::new(
            "boundary",
            "beyond the edges",
            LATTICE,
            kind::choice(&[
                ("periodic", "the other side", "What leaves on the right comes in on the left, as on a ring"),
                ("free", "nothing", "Cells at the edges have fewer neighbours"),
            ]),
            "What a cell at an edge feels",
        ),
        Control::new(
            "coupling",
            "pull of a neighbour",
            LATTICE,
            kind::number(-2.0, 2.0, 0.1, 1.0),
            "Above zero neighbours want to be alike, below zero they want to differ. Twice as much is as half the temperature",
        )
        .symbol("J"),
        Control::new(
            "field",
            "pull on all cells",
            LATTICE,
            kind::number(-2.0, 2.0, 0.01, 0.0),
            "Above zero every cell is drawn towards ink, below zero towards paper",
        )
        .symbol("H"),
    ]);
    if !pictures {
        description.controls.push(begin());
    }
    let mut time = vec![
        Control::new(
            UPDATE,
            "updates",
            TIME,
            kind::choice(&[
                (
                    "metropolis",
                    "single flips, by proposals",
                    "A flip is made if the energy falls, else with a probability that falls with what it costs",
                ),
                (
                    "heat_bath",
                    "single flips, with heat",
                    "Each cell is drawn anew, given its neighbours",
                ),
                (
                    "wolff",
                    "one cluster",
                    "Cells that hang together are turned over as a whole: quick where single flips take for ever",
                ),
                (
                    "swendsen_wang",
                    "all clusters",
                    "The whole lattice falls into clusters, and a coin decides on each",
                ),
            ]),
            "How the state changes. All of them come to the same averages, some much sooner",
        )
        .explicit(),
        Control::new(
            TEMPERATURE,
            "temperature",
            TIME,
            kind::number(0.0, 10.0, 0.001, 2.269),
            "Below 2.269 (Tc, for J = 1 and no field) most cells agree, above they do not; near it there are patches of every size",
        )
        .symbol("T"),
    ];
    common::add_course(&mut time, TIME, [4.0, 1.0]);
    tempering::offer(&mut time, &[TEMPERATURE]);
    if tempering::is_named(spec) {
        // Whatever course there was, this is the coldest of them.
        time.iter_mut().filter(|control| control.key == TEMPERATURE).for_each(|control| control.when.clear());
    }
    time.extend(tempering::controls(TIME, [1.1, 10.0, 1.5]));
    description.controls.extend(time);
    description.observables = observables();
    description.layers = layers();
    let figure = |key, label, help| FigureInfo {
        key,
        label,
        help,
        leads: false,
        press: None,
        drag: None,
        beside: false,
    };
    description.figures = vec![
        figure(
            "onsager",
            "beside the exact solution",
            "Magnetisation, energy and heat capacity at each temperature that was measured, over those of an endless lattice",
        ),
        figure(
            "correlation",
            "how far cells agree",
            "How alike two cells are on average that are so many rows apart, now",
        ),
    ];
    if tempering::is_named(spec) {
        description.observables.push(tempering::observable());
        description.figures.push(tempering::info());
        description.layers.push(LayerInfo::new(
            "hottest",
            "the hottest copy",
            Palette::Spins,
            "The lattice at the hottest temperature, where it forgets soonest",
        ));
    }
    description.actions = common::cue_actions(false).into_iter().filter(|a| a.key != "cue").collect();
    // Thirty sweeps a second, or clusters, of which the largest turn the whole lattice over.
    description.pace = Some(match rule(spec) {
        "wolff" | "swendsen_wang" => 10,
        TEMPERING => 30 * tempering::count(spec).max(1),
        _ => 60,
    });
    let (label, help) = match rule(spec) {
        "wolff" => ("one cluster", "Grow one cluster and turn it over"),
        "swendsen_wang" => ("all clusters", "Divide the lattice into clusters and toss a coin for each"),
        TEMPERING => ("one copy", "Ask every cell once at one of the temperatures"),
        _ => ("one colour", "Ask all cells of one colour of the chessboard at once; they are no neighbours"),
    };
    (description.steps[0].label, description.steps[0].help) = (label, help);
    description.steps[1].help = match rule(spec) {
        "wolff" | "swendsen_wang" => "The same: clusters may be the whole lattice",
        TEMPERING => {
            "Ask every cell once at every temperature, and let neighbouring temperatures change places"
        }
        _ => "Ask every cell once",
    };
}

/// In the order in which they are reported: of the state, then of the run.
fn observables() -> Vec<Observable> {
    vec![
        Observable::curve("energy", "energy", "Low where neighbours are as they want to be").symbol("E"),
        Observable::number("energy_per_spin", "energy per cell",
            "From −2 J in perfect order to 0 at random")
            .symbol("u"),
        Observable::curve("magnetisation", "magnetisation",
            "How much more ink there is than paper: 1 all ink, 0 as much of each, −1 all paper")
            .symbol("m").range([-1.0, 1.0]),
        Observable::number("order", "size of the magnetisation",
            "How far cells agree, whichever way")
            .symbol("|m|"),
        Observable::curve("flips", "changes", "How many cells are other than when the sweep began"),
        Observable::number("temperature", "temperature", "In units of energy").symbol("T"),
        Observable::bars("overlaps", "likeness",
            "Overlap with each picture: 1 the same, 0 unrelated, −1 its negative")
            .symbol("m").range([-1.0, 1.0]),
        Observable::number("hamming", "pixels that differ",
            "Hamming distance to each picture")
            .symbol("d").unit("pixels").per_memory(),
        Observable::number("mean_energy", "mean energy",
            "Average of the energy after each sweep at this temperature")
            .symbol("⟨E⟩"),
        Observable::number("mean_energy_error", "its standard error",
            "How far the mean may be from the truth, from blocks of sweeps: neighbours in time are alike"),
        Observable::number("mean_order", "mean size of the magnetisation",
            "Average over the sweeps at this temperature")
            .symbol("⟨|m|⟩"),
        Observable::number("mean_order_error", "its standard error", "From blocks of sweeps"),
        Observable::number("heat_capacity", "heat capacity",
            "Variance of the energy over T², per cell: largest at Tc")
            .symbol("c"),
        Observable::number("susceptibility", "susceptibility",
            "Variance of |m| over T, per cell: how readily it follows a field; largest at Tc")
            .symbol("χ"),
        Observable::number("correlation_length", "correlation length",
            "How far cells know of each other, in cells, from the longest wave; above Tc it is the size of the patches")
            .symbol("ξ"),
        Observable::number("acceptance", "changes made",
            "Of the flips proposed at this temperature, the part that was made: the acceptance rate"),
        Observable::number("sweeps_measured", "sweeps measured",
            "Sweeps at this temperature, which the averages are taken over")
            .unit("sweeps"),
    ]
}

fn layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new("state", "the picture", Palette::Spins, "Each cell's state"),
        LayerInfo::new(
            "field",
            "the pull",
            Palette::Signed,
            "What each cell feels: towards ink or towards paper",
        ),
        LayerInfo::new(
            "flips",
            "changes in this sweep",
            Palette::Magnitude,
            "The cells that are other than when the sweep began: of clusters, the last one",
        ),
    ]
}
