//! Settings of pictures and of the course of learning.

use super::data::{CLASSES, MOST_CELLS, SETS, set_of};
use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Palette};
use crate::figure::FigureInfo;
use crate::resolve::HOLDING;
use crate::spec::Spec;
use crate::values::Values;

/// Heading of the settings about pictures.
const PICTURES: &str = "The pictures";

/// Key of the control that says whether names are learned.
pub const NAMES: &str = "names";

/// Heading of the settings about learning.
pub const LEARNING: &str = "How it learns";

/// Heading of the settings about dreams.
const DREAMS: &str = "Its dreams";

/// Which pictures it learns from.
#[must_use]
pub fn data_controls() -> Vec<Control> {
    data_controls_up_to(MOST_CELLS)
}

/// Which pictures a machine of so many cells at most learns from.
#[must_use]
pub fn data_controls_up_to(cells: usize) -> Vec<Control> {
    let sets = || SETS.iter().filter(|set| set.side * set.side <= cells);
    let mut sources = vec![("shelf", "pictures on the shelf", "The memories, drawn here or made by rule")];
    sources.extend(sets().map(|set| (set.word, set.label, set.help)));
    let with_names: Vec<_> = sets().map(|set| set.word).collect();
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
        Control::new(
            "binarise",
            "grey becomes",
            PICTURES,
            kind::choice(&[
                ("threshold", "ink from one half on", "A cell is ink if more than half of it is"),
                (
                    "draw",
                    "ink by chance",
                    "A cell is ink with the probability that its grey says, drawn once",
                ),
                (
                    "dither",
                    "dots as dense as grey",
                    "What a cell is too light or dark by, its neighbours make good: the dots of Floyd and Steinberg",
                ),
            ]),
            "How pictures with greys become ink and paper",
        ),
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
        .when("data", &with_names),
    ]
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

/// What it does once it has learned.
#[must_use]
pub fn dream_controls(spec: &Spec) -> Vec<Control> {
    let names = set_of(spec).map_or(CLASSES, |set| set.classes);
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
            kind::choice(&[
                ("states", "ink and paper", "The states that were drawn: true samples"),
                (
                    "probabilities",
                    "chances of ink",
                    "The probability of ink in each cell given the hidden units: smoother, and no samples",
                ),
            ]),
            "Whether the grid and the wall show what was drawn or how likely ink was",
        ),
        Control::new(
            "class",
            "dream of",
            DREAMS,
            kind::choice(&[
                ("any", "anything", "It chooses itself"),
                (CLASSES[0], names[0], ""),
                (CLASSES[1], names[1], ""),
                (CLASSES[2], names[2], ""),
                (CLASSES[3], names[3], ""),
                (CLASSES[4], names[4], ""),
                (CLASSES[5], names[5], ""),
                (CLASSES[6], names[6], ""),
                (CLASSES[7], names[7], ""),
                (CLASSES[8], names[8], ""),
                (CLASSES[9], names[9], ""),
            ]),
            "Which name is held while it dreams",
        )
        .when(NAMES, &["learned"]),
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

/// Words for the units of time of a machine that learns and then dreams.
pub fn learning_steps(description: &mut Description) {
    description.learns = true;
    description.steps[0].label = "one batch";
    description.steps[0].help = "Learn from a few pictures; once all epochs are over, dream once";
    description.steps[1].label = "one epoch";
    description.steps[1].help = "Learn from every picture once, in another order each time";
    description.steps[1].count("epoch", "epoch", "epochs");
}
