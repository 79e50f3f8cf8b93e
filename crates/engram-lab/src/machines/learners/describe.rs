//! Settings of pictures and of the course of learning.

use super::sets::{CLASSES, SETS, SHELF, Set, set_of};
use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::common::{cue_actions, memory_actions};
use crate::resolve::HOLDING;
use crate::spec::Spec;
use crate::values::Values;

/// Heading of the settings about pictures.
const PICTURES: &str = "The pictures";

/// Key of the control that says whether names are learned.
pub const NAMES: &str = "names";

/// Key of the control that says how levels of grey become numbers.
pub const SCALE: &str = "scale";

/// The way to show dreams as they were drawn.
pub const DRAWN: &str = "states";

/// Heading of the settings about learning.
pub const LEARNING: &str = "How it learns";

/// Heading of the settings about dreams.
const DREAMS: &str = "Its dreams";

/// Heading of the settings about hidden units.
pub const MACHINE: &str = "The machine";

/// How large the weights are that it starts from.
#[must_use]
pub fn spread_control(help: &'static str) -> Control {
    Control::new("spread", "first weights", MACHINE, kind::log(0.0001, 1.0, 0.0001, 0.01), help)
}

/// Why hidden units begin with some weights.
pub const SPREAD: &str = "Standard deviation of the weights it starts from. From none at all hidden units would never come to differ";

/// Where biases of the cells start.
#[must_use]
pub fn log_odds_control(on: bool) -> Control {
    Control::new(
        "log_odds",
        "start from the means",
        MACHINE,
        kind::toggle(on),
        "Biases of the cells start so that each is on as often as in the pictures; else at 0",
    )
}

/// The set of an own file that a spec learns from.
fn own_set(spec: &Spec) -> Option<Set> {
    set_of(spec).filter(|set| set.word == SHELF)
}

/// Which pictures a machine of so many cells at most learns from: those of ink and paper, or those with levels of grey. With
/// a set of an own file, the word for the spec's own pictures stands for that.
#[must_use]
pub fn source_controls(spec: &Spec, grey: bool, cells: usize) -> Vec<Control> {
    let shelf = (SHELF, "pictures on the shelf", "The memories, drawn here or made by rule");
    let mut sources = vec![own_set(spec).map_or(shelf, |own| (own.word, own.label, own.help))];
    let sets = SETS.iter().filter(|set| set.cells() <= cells);
    let sets = sets.filter(|set| if grey { set.grey } else { set.binary });
    sources.extend(sets.map(|set| (set.word, set.label, set.help)));
    vec![
        Control::new(
            "data",
            "learns from",
            PICTURES,
            kind::choice(&sources),
            "Which pictures it learns from. Of a data set, some are kept back and never learned from",
        ),
        Control::new(
            "pictures",
            "how many",
            PICTURES,
            kind::integer(1, 60_000, 60_000),
            "At most so many pictures are learned from, the first ones. Of few it learns each by heart",
        ),
    ]
}

/// What becomes of grey where units are binary.
#[must_use]
pub fn ink_control() -> Control {
    Control::new(
        "binarise",
        "grey becomes",
        PICTURES,
        kind::choice(&[
            ("threshold", "ink from one half on", "A cell is ink if more than half of it is"),
            ("draw", "ink by chance", "A cell is ink with the probability that its grey says, drawn once"),
            (
                "dither",
                "dots as dense as grey",
                "What a cell is too light or dark by, its neighbours make good: the dots of Floyd and Steinberg",
            ),
        ]),
        "How pictures with greys become ink and paper",
    )
}

/// What becomes of grey where units have numbers.
#[must_use]
pub fn scale_control() -> Control {
    Control::new(
        SCALE,
        "grey is counted",
        PICTURES,
        kind::choice(&[
            (
                "cells",
                "in spreads of each cell",
                "From the mean of each cell, in its own standard deviations",
            ),
            (
                "pictures",
                "in one spread for all",
                "From the mean of each cell, in one standard deviation for all of them",
            ),
            ("plain", "as it is", "From −1 for paper to +1 for ink"),
        ]),
        "How levels of grey become the numbers that it learns from. With a mean of 0 and a spread of 1 it learns most easily",
    )
}

/// Which pictures of ink and paper a machine of so many cells at most learns from, and whether it learns their names.
#[must_use]
pub fn data_controls(spec: &Spec, cells: usize) -> Vec<Control> {
    let mut controls = source_controls(spec, false, cells);
    controls.extend([ink_control(), names_control(spec, cells)]);
    controls
}

/// Whether names are learned.
fn names_control(spec: &Spec, cells: usize) -> Control {
    let own = own_set(spec);
    let sets = own.iter().chain(SETS.iter().filter(|set| set.cells() <= cells));
    let with_names: Vec<_> = sets.filter(|set| set.is_named()).map(|set| set.word).collect();
    Control::new(
        NAMES,
        "names",
        PICTURES,
        kind::choice(&[
            ("none", "pictures alone", "It learns what pictures look like, and not what they are called"),
            ("learned", "pictures and names", "A unit for each name is learned beside the cells"),
        ]),
        "With a unit for each name it can tell what it sees, and dream of what it is asked for",
    )
    .when("data", &with_names)
}

/// How long and how fast it learns by steps along a slope.
#[must_use]
pub fn course_controls(rate: f64, epochs: u32) -> Vec<Control> {
    let mut controls = pace_controls(rate, epochs);
    controls.extend([
        Control::new(
            "momentum",
            "momentum",
            LEARNING,
            kind::number(0.0, 0.99, 0.01, 0.0),
            "How much of the last step is in the next one. More is smoother and faster on long slopes",
        )
        .symbol("p"),
        Control::new(
            "decay",
            "weight decay",
            LEARNING,
            kind::number(0.0, 0.1, 0.0001, 0.0),
            "Weights lose this part of themselves, times the rate, at every step: none grows without need",
        )
        .symbol("λ"),
    ]);
    controls
}

/// How long and how fast it learns.
#[must_use]
pub fn pace_controls(rate: f64, epochs: u32) -> Vec<Control> {
    vec![
        Control::new(
            "epochs",
            "epochs",
            LEARNING,
            kind::integer(0, 100_000, epochs),
            "How often it goes through all pictures; then it stops learning, and dreams",
        ),
        Control::new(
            "batch",
            "pictures at a time",
            LEARNING,
            kind::integer(1, 1000, 20),
            "It takes a step after so many pictures. Fewer: more steps, and less certain ones",
        ),
        Control::new(
            "rate",
            "learning rate",
            LEARNING,
            kind::log(0.0001, 1.0, 0.0001, rate),
            "How far it goes in a step. Too high, and it forgets what it knew or runs away",
        )
        .symbol("ε"),
        Control::new(
            "schedule",
            "rate over time",
            LEARNING,
            kind::choice(&[
                ("constant", "stays", "The same rate to the end"),
                ("linear", "falls evenly", "Down to nothing at the last epoch"),
                ("harmonic", "falls ever slower", "ε / (1 + 9 t), t from 0 to 1: a tenth at the end"),
            ]),
            "What becomes of the learning rate. A rate that falls lets the last steps settle what was learned",
        ),
    ]
}

/// What it does once it has learned, and how its dreams are shown: other than as what was drawn ([`DRAWN`]), they are
/// shown as what cells are on average.
#[must_use]
pub fn dream_controls(shown: &[(&'static str, &'static str, &'static str)]) -> Vec<Control> {
    vec![
        Control::new(
            "after",
            "after learning",
            DREAMS,
            kind::choice(&[
                ("dream", "it dreams", "It goes on dreaming"),
                ("rest", "it rests", "It stands still when all epochs are over"),
            ]),
            "What it does once it has learned",
        ),
        Control::new(
            "wall",
            "dreams side by side",
            DREAMS,
            kind::integer(0, 100, 25),
            "How many dreams the wall shows, beside the one on the grid",
        ),
        Control::new(
            "show",
            "dreams are shown as",
            DREAMS,
            kind::choice(shown),
            "Whether the grid and the wall show what was drawn, or what cells are on average",
        ),
        Control::new(
            HOLDING,
            "known cells",
            DREAMS,
            kind::choice(&[
                ("free", "may change", "The picture on the grid is where its dream begins"),
                ("held", "are held", "Cells that are ink or paper stay; unknown ones are filled in"),
            ]),
            "What becomes of the picture on the grid as it dreams",
        ),
    ]
}

/// The ways in which dreams of binary units are shown.
pub const SHOWN: [(&str, &str, &str); 2] = [
    (DRAWN, "ink and paper", "The states that were drawn, as Gibbs sampling has them"),
    (
        "probabilities",
        "chances of ink",
        "The probability of ink in each cell given the hidden units: smoother, and no samples",
    ),
];

/// What a machine of binary units does once it has learned.
#[must_use]
pub fn binary_dream_controls(spec: &Spec) -> Vec<Control> {
    let mut controls = dream_controls(&SHOWN);
    controls.push(class_control(spec));
    controls
}

/// Which name is held while it dreams, if it learns names.
fn class_control(spec: &Spec) -> Control {
    let names = set_of(spec).map_or(&CLASSES[..], |set| set.classes);
    let mut options = vec![("any", "anything", "It chooses itself")];
    options.extend(CLASSES.iter().zip(names).map(|(word, name)| (*word, *name, "")));
    Control::new("class", "dream of", DREAMS, kind::choice(&options), "Which name is held while it dreams")
        .when(NAMES, &["learned"])
}

/// The picture itself.
#[must_use]
pub fn state_layer() -> LayerInfo {
    LayerInfo::new("state", "picture", Palette::Spins, "What the visible units are")
}

/// What comes back of the picture.
#[must_use]
pub fn reconstruction_layer(help: &'static str) -> LayerInfo {
    LayerInfo::new("reconstruction", "what it makes of it", Palette::Spins, help)
}

/// Hidden units beside the picture.
#[must_use]
pub fn hidden_layer(label: &'static str, help: &'static str) -> LayerInfo {
    LayerInfo::new("hidden", label, Palette::Magnitude, help).apart()
}

/// How far learning has come.
#[must_use]
pub fn course_observables(epochs: &'static str) -> [Observable; 2] {
    [
        Observable::number("epoch", "epochs done", epochs),
        Observable::number("rate", "rate now", "The learning rate of the next step").symbol("ε"),
    ]
}

/// What is said of epochs of one course.
pub const EPOCHS: &str = "How often it has gone through all pictures";

/// What is lost of pictures.
#[must_use]
pub fn reconstruction_observable(help: &'static str) -> Observable {
    Observable::curve("reconstruction_error", "reconstruction error", help)
}

/// What is lost of pictures by one step of two layers.
pub const RECONSTRUCTION: &str = "How much of a picture is missed after one step up and down, a mean square. It says little of the likelihood, and may fall while that falls, too";

/// How pictures differ that are never seen.
#[must_use]
pub fn gap_observable() -> Observable {
    Observable::curve(
        "gap",
        "free-energy gap",
        "How much less likely unseen pictures are than seen ones: the difference of their mean free energies. If it grows, it learns by heart",
    )
    .unit("nats")
}

/// How busy hidden units are.
#[must_use]
pub fn active_observable(help: &'static str) -> Observable {
    Observable::number("active", "hidden units on", help).unit("%")
}

/// The layer of chances of ink over the grid.
#[must_use]
pub fn chance_layer() -> LayerInfo {
    LayerInfo::new(
        "probability",
        "chance of ink",
        Palette::Spins,
        "How likely ink is in each cell, given the hidden units that were drawn",
    )
}

/// The wall of dreams, which every such machine has and opens with.
#[must_use]
pub fn dreams_info() -> FigureInfo {
    FigureInfo {
        key: "dreams",
        label: "dreams",
        help: "Dreams side by side, each drawn for itself",
        leads: true,
        press: None,
        drag: None,
        beside: false,
    }
}

/// Bars of what it calls the picture on the grid.
#[must_use]
pub fn names_info() -> FigureInfo {
    FigureInfo {
        key: "names",
        label: "names",
        help: "How likely each name is for the picture on the grid, by exact free energies",
        leads: false,
        press: None,
        drag: None,
        beside: true,
    }
}

/// The learning rate when a part `t` of the course, from 0 to 1, is over.
#[must_use]
pub fn rate_at(values: &Values, t: f64) -> f64 {
    let rate = values.number("rate");
    match values.word("schedule") {
        "linear" => rate * (1.0 - t).max(0.0),
        "harmonic" => rate / (1.0 + 9.0 * t),
        _ => rate,
    }
}

/// A number in a sentence: to three digits, with the sign that is for numbers.
#[must_use]
pub fn signed(number: f64) -> String {
    format!("{number:.3}").replace('-', "−")
}

/// What can be done with a machine that learns and then dreams, and words for its units of time. Its pictures are alike in
/// importance. Beside a set of an own file there are no memories.
pub fn actions_and_steps(spec: &Spec, description: &mut Description) {
    description.learns = true;
    description.actions = cue_actions(true);
    if own_set(spec).is_none() {
        description.actions.extend(memory_actions().into_iter().filter(|action| action.key != "importance"));
    } else {
        description.actions.retain(|action| action.key != "cue");
    }
    description.steps[0].label = "one batch";
    description.steps[0].help = "Learn from a few pictures; once all epochs are over, dream once";
    description.steps[1].label = "one epoch";
    description.steps[1].help = "Learn from every picture once, in another order each time";
    description.steps[1].count("epoch", "epoch", "epochs");
}
