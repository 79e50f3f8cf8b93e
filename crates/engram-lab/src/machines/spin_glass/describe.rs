//! What spin glasses say about themselves.

use engram::weights::MAX_UNITS;

use crate::LabError;
use crate::control::{Control, kind};
use crate::describe::{Description, LayerIndex, LayerInfo, Observable, Palette, Shape};
use crate::figure::FigureInfo;
use crate::machines::common::tempering::TEMPERING;
use crate::machines::common::update::UPDATE;
use crate::machines::common::{self, Rules, tempering};
use crate::resolve::HOLDING;
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::{Value, number_of};

pub const KIND: &str = "kind";
pub const COUPLINGS: &str = "couplings";
pub const BOUNDARY: &str = "boundary";
pub const SAMPLE: &str = "sample";
pub const COLDEST: &str = "coldest";
pub const WAIT: &str = "wait";

/// Names of the kinds.
const LATTICE: &str = "edwards_anderson";
pub const FULL: &str = "sherrington_kirkpatrick";

/// With heat, and measured.
pub static RULES: Rules = Rules::thermal(0.5);

/// Most cells of a side, and cells of a side if nothing is said.
const SIDE: (u32, u32) = (64, 16);

/// Most spins that all pull on each other.
const MOST_FULL: usize = 1024;

/// Most spins at all temperatures of tempering together.
const MOST_TEMPERED: usize = 1 << 15;

/// Most spins whose couplings are drawn one by one.
const MOST_DRAWN: usize = 256;

fn side(spec: &Spec, key: &str) -> usize {
    match spec.param(key) {
        Some(Value::Number(cells)) => *cells as usize,
        _ => SIDE.1 as usize,
    }
}

/// Whether all spins of a spec pull on each other.
fn is_full(spec: &Spec) -> bool {
    matches!(spec.param(KIND), Some(Value::Text(word)) if word == FULL)
}

/// Cells across and down.
pub fn size(spec: &Spec) -> Result<(usize, usize), LabError> {
    let sides = ["width", "height"].map(|key| (key, side(spec, key)));
    for (key, cells) in sides {
        if !(1..=SIDE.0 as usize).contains(&cells) {
            let message =
                format!("a side of {} is not possible; from 1 to {} are", number_of(cells, "cell"), SIDE.0);
            return Err(LabError::new(format!("params.{key}"), message));
        }
    }
    let [width, height] = sides.map(|(_, cells)| cells);
    if is_full(spec) && width * height > MOST_FULL {
        let message = format!(
            "{width} × {height} spins that all pull on each other are too many; at most {MOST_FULL} fit, or let only neighbours do it"
        );
        return Err(LabError::new("params.width", message));
    }
    debug_assert!(width * height <= MAX_UNITS, "sides are bounded");
    Ok((width, height))
}

/// Refuses what would take minutes.
pub fn check(setup: &Setup) -> Result<(), LabError> {
    tempering::check(setup, COLDEST, MOST_TEMPERED, "spins")
}

fn controls() -> Vec<Control> {
    const GLASS: &str = "The glass";
    const RUNNING: &str = "How it runs";
    const PAIR: &str = "Two replicas";
    let cells = || kind::integer(1, SIDE.0, SIDE.1);
    let mut controls = vec![
        Control::new(
            KIND,
            "who pulls on whom",
            GLASS,
            kind::choice(&[
                (LATTICE, "neighbours", "Each spin pulls on the four beside it (Edwards and Anderson)"),
                (FULL, "everybody", "Every spin pulls on every other (Sherrington and Kirkpatrick)"),
            ]),
            "Among neighbours nothing freezes for good above zero; where everybody pulls on everybody it does below T = 1",
        ),
        Control::new(
            COUPLINGS,
            "strength of the pulls",
            GLASS,
            kind::choice(&[
                (
                    "plus_minus",
                    "all alike, ±1",
                    "Towards each other or apart, by a fair coin: many states are lowest",
                ),
                ("gaussian", "normal", "Drawn from a bell curve: one state, with its negative, is lowest"),
            ]),
            "With pulls all alike many spins feel none at all, and can turn for nothing",
        )
        .symbol("J")
        .when(KIND, &[LATTICE]),
        Control::new(
            BOUNDARY,
            "beyond the edges",
            GLASS,
            kind::choice(&[
                ("periodic", "the other side", "Left and right are neighbours, and so are top and bottom"),
                ("free", "nothing", "Spins at the edges have fewer neighbours"),
            ]),
            "Without edges all spins are alike",
        )
        .when(KIND, &[LATTICE]),
        Control::new(
            "width",
            "spins across",
            GLASS,
            cells(),
            "More spins have more valleys, and take longer to cool",
        ),
        Control::new(
            "height",
            "spins down",
            GLASS,
            cells(),
            "Up to 20 spins altogether the lowest energy is looked up, to compare",
        ),
        Control::new(
            SAMPLE,
            "which glass",
            GLASS,
            kind::integer(0, 9999, 0),
            "0: other dice draw other pulls too. Any other number is one glass, whatever the dice",
        ),
    ];
    let mut running = RULES.controls(RUNNING);
    running.retain(|control| control.key != HOLDING);
    tempering::offer(&mut running, &["window"]);
    controls.extend(running);
    controls.push(
        Control::new(
            COLDEST,
            "coldest temperature",
            RUNNING,
            kind::log(0.01, 100.0, 0.01, 0.2),
            "That of the spins shown",
        )
        .symbol("T₁")
        .when(UPDATE, &[TEMPERING]),
    );
    controls.extend(tempering::controls(RUNNING, [1.5, 1000.0, 10.0]));
    controls.push(Control::new(
        WAIT,
        "sweeps before counting",
        PAIR,
        kind::integer(0, 100_000, 100),
        "How long the two replicas run at a temperature before their likeness is counted",
    ));
    controls
}

/// Observables of its own, after those of every run with heat.
fn observables() -> Vec<Observable> {
    vec![
        Observable::number("energy_per_spin", "energy for each spin", "It can be compared between sizes")
            .symbol("e"),
        Observable::number(
            "magnetisation",
            "magnetisation",
            "More up than down? In a glass it stays near 0, even frozen",
        )
        .symbol("m")
        .range([-1.0, 1.0]),
        Observable::curve(
            "overlap",
            "likeness of the two replicas",
            "1 the same, 0 unrelated, −1 opposites: near 0 while hot, far from it once frozen",
        )
        .symbol("q")
        .range([-1.0, 1.0]),
        Observable::number(
            "overlap_square",
            "its mean square",
            "Average of q² over the sweeps counted at this temperature; before, q² as it is",
        )
        .symbol("⟨q²⟩"),
        tempering::observable(),
    ]
}

/// Fills in the description.
pub fn describe(spec: &Spec, description: &mut Description) {
    description.controls = controls();
    description.observables = common::spin_observables(
        "How much the spins pull against each other, E = −Σ J s s over all pairs. Where pulls quarrel it cannot be as low as all of them would like",
    );
    description.observables.retain(|observable| observable.shape == Shape::Scalar);
    description.observables.extend(common::thermal_observables());
    description.observables.extend(observables());
    description.layers = common::spin_layers();
    description.layers.retain(|layer| layer.index != LayerIndex::Memory);
    description.layers.extend(common::thermal_layers());
    let units = size(spec).map_or(0, |(width, height)| width * height);
    if units <= MOST_DRAWN {
        description.layers.extend(common::pair_layers());
    }
    description.layers.extend([
        LayerInfo::new("other", "the other replica", Palette::Spins, "The same glass, run with other dice"),
        LayerInfo::new(
            "overlap",
            "where the two agree",
            Palette::Spins,
            "Ink where the replicas are alike, paper where they are opposite",
        ),
    ]);
    if !is_full(spec) {
        description.layers.push(LayerInfo::new("frustration", "squares that quarrel", Palette::Spins,
            "Paper marks the upper left corner of a square whose four pulls cannot all be satisfied, ink one where they can"));
    }
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
            "overlaps",
            "how alike the two are",
            "How often each likeness has come up at this temperature, and the exact law where it is small enough to be known",
        ),
        figure(
            "freezing",
            "likeness and temperature",
            "The square of the likeness along the run, by temperature: as it cools it leaves zero",
        ),
    ];
    if tempering::is_named(spec) {
        description.figures.push(tempering::info());
    }
    description.figures.extend(RULES.figures());
    let kept = ["paint", "invert", "clear", "randomise", "clamp"];
    description.actions = common::cue_actions(false);
    description.actions.retain(|action| kept.contains(&action.key));
    description.steps[0].label = "one spin";
    description.steps[0].help =
        "Ask one spin of each replica (with tempering: all spins at one of the temperatures)";
    description.steps[1].help =
        "Ask as often as there are spins (with tempering: every spin at every temperature)";
}
