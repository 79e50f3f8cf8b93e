//! Many temperatures at once (parallel tempering): what machines that offer it have in common.

use engram::dynamics::tempering::{Exchanges, ladder};

use super::update::UPDATE;
use crate::LabError;
use crate::control::{Choice, Control, ControlKind, kind};
use crate::describe::Observable;
use crate::figure::{Axis, Figure, FigureInfo, Mark, Part, Place, Role};
use crate::setup::Setup;
use crate::spec::Spec;
use crate::value::Value;
use crate::values::Values;

/// The word for it among the update rules.
pub const TEMPERING: &str = "tempering";

/// Key of the control that says how many times hotter the hottest temperature is than the coldest.
const SPAN: &str = "span";

/// Key of the control that says how many temperatures there are.
const RUNGS: &str = "rungs";

/// Name of the figure.
pub const FIGURE: &str = "exchanges";

/// Fewest and most temperatures, and how many if nothing is said.
const COUNTS: [u32; 3] = [2, 16, 8];

/// The lowest temperature of a ladder.
const LEAST: f64 = 0.001;

/// Exchanges that are well, as a part of the tries.
const WELL: f64 = 0.2;

/// Exchanges that are too few.
const FEW: f64 = 0.05;

/// Fewest tries that tell.
const TRIES: u64 = 20;

/// Its place among the update rules.
fn option() -> Choice {
    Choice {
        value: TEMPERING,
        label: "at many temperatures at once",
        help: "Copies at several temperatures change places: what the hot ones find cools down to the cold ones (parallel tempering)",
    }
}

/// How many temperatures, and how far apart; the span by its least, its greatest and what it is if nothing is said.
pub fn controls(group: &'static str, [least, most, span]: [f64; 3]) -> [Control; 2] {
    let [fewest, greatest, count] = COUNTS;
    [
        Control::new(
            SPAN,
            "how much hotter the hottest",
            group,
            kind::log(least, most, 0.01, span),
            "Times the coldest. The hottest should be hot enough to forget everything between two visits",
        )
        .symbol("Tₘ/T₁")
        .when(UPDATE, &[TEMPERING]),
        Control::new(
            RUNGS,
            "temperatures",
            group,
            kind::integer(fewest, greatest, count),
            "More of them lie closer, and change places more often",
        )
        .symbol("m")
        .when(UPDATE, &[TEMPERING]),
    ]
}

/// Adds it to the update rules of some controls. The others have no effect with it, but for those that `stay`: a course
/// is for one temperature alone.
pub fn offer(controls: &mut [Control], stay: &[&str]) {
    let mut of_one = Vec::new();
    for control in controls {
        match &mut control.kind {
            ControlKind::Choice { options, .. } if control.key == UPDATE => {
                of_one = options.iter().map(|option| option.value).collect();
                options.push(option());
            }
            _ if stay.contains(&control.key) => {}
            _ => *control = control.clone().when(UPDATE, &of_one),
        }
    }
}

/// How often temperatures exchange their states.
pub fn observable() -> Observable {
    Observable::number(
        "swaps",
        "exchanges made",
        "Of the tries to exchange two neighbouring temperatures, the part that was made; no number without tempering",
    )
}

/// The figure, as a machine describes it.
pub fn info() -> FigureInfo {
    FigureInfo {
        key: FIGURE,
        label: "exchanges",
        help: "How often neighbouring temperatures exchange their states: where they seldom do, the way from hot to cold is cut",
        leads: false,
        press: None,
        drag: None,
        beside: false,
    }
}

/// Whether a spec names it.
pub fn is_named(spec: &Spec) -> bool {
    matches!(spec.param(UPDATE), Some(Value::Text(word)) if word == TEMPERING)
}

/// How many temperatures a spec names.
pub fn count(spec: &Spec) -> u32 {
    match spec.param(RUNGS) {
        Some(Value::Number(rungs)) => (*rungs as u32).min(COUNTS[1]),
        _ => COUNTS[2],
    }
}

/// Whether checked settings name it.
pub fn is_set(values: &Values) -> bool {
    values.word(UPDATE) == TEMPERING
}

/// Refuses a ladder that begins too cold, or of more than `most` cells at all temperatures together. `coldest` is the
/// control of the coldest temperature, and `cells` what the units are called.
pub fn check(setup: &Setup, coldest: &str, most: usize, cells: &str) -> Result<(), LabError> {
    let values = &setup.values;
    if !is_set(values) {
        return Ok(());
    }
    let (units, rungs, cold) = (setup.units(), values.number(RUNGS) as usize, values.number(coldest));
    if cold < LEAST {
        let message = format!(
            "{cold} is too cold for many temperatures at once: the others are multiples of it, so that it must be at least {LEAST}"
        );
        return Err(LabError::new(format!("params.{coldest}"), message));
    }
    if units * rungs > most {
        let message =
            format!("{rungs} temperatures of {units} {cells} are too many; at most {} fit", most / units);
        return Err(LabError::new(format!("params.{RUNGS}"), message));
    }
    Ok(())
}

/// Temperatures of checked settings, the coldest first; `coldest` is the control of that one.
pub fn temperatures(values: &Values, coldest: &str) -> Vec<f64> {
    let cold = values.number(coldest);
    ladder(cold, cold * values.number(SPAN), values.number(RUNGS) as usize).expect("its numbers are checked")
}

/// How often each temperature and the next hotter one have exchanged their states.
pub fn draw(temperatures: &[f64], exchanges: &Exchanges, part: Part) -> Figure {
    let ends = [temperatures[0], temperatures[temperatures.len() - 1]];
    let mut figure = Figure {
        x: Axis { label: "temperature", symbol: "T", range: Some(ends), ..Axis::default() },
        y: Axis { label: "exchanges made", range: Some([0.0, 1.0]), ..Axis::default() },
        ..Figure::default()
    };
    if part == Part::Still {
        let well = ends.map(|t| [t as f32, WELL as f32]).to_vec();
        figure.marks =
            vec![Mark::Lines { role: Role::Border, label: "a fifth".to_owned(), paths: vec![well] }];
        return figure;
    }
    let (mut at, mut error): (Vec<Place>, Vec<f32>) = (Vec::new(), Vec::new());
    let mut worst: Option<(f64, &[f64])> = None;
    for (pair, made) in temperatures.windows(2).zip(exchanges.swaps()) {
        let rate = made.rate();
        if made.proposed > 0 {
            let spread = (rate * (1.0 - rate) / made.proposed as f64).sqrt();
            at.push([(pair[0] * pair[1]).sqrt() as f32, rate as f32]);
            error.push(spread as f32);
        }
        if made.proposed >= TRIES && rate < FEW && worst.is_none_or(|(least, _)| rate < least) {
            worst = Some((rate, pair));
        }
    }
    if let Some((rate, pair)) = worst {
        figure.note = format!(
            "Between T = {:.3} and {:.3} states are hardly ever exchanged, in {:.1} of 100 tries: what is found where it is hot does not come down. More temperatures lie closer, and so do those of a smaller span.",
            pair[0],
            pair[1],
            100.0 * rate
        );
    }
    figure.marks = vec![
        Mark::Lines { role: Role::Measured, label: String::new(), paths: vec![at.clone()] },
        Mark::Points {
            role: Role::Measured,
            label: "exchanges made, of the tries".to_owned(),
            at,
            error,
            names: Vec::new(),
        },
    ];
    figure
}
