//! What a machine says about itself, as data. The page, the links, the command line and the tests are built from it.

use serde::Serialize;

use crate::control::Control;
use crate::figure::{FigureInfo, GRID};
use crate::study::StudyInfo;

/// A machine's description of itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Description {
    /// Name in specs.
    pub model: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// What can be set.
    pub controls: Vec<Control>,
    /// What is reported.
    pub observables: Vec<Observable>,
    /// Pictures it can give.
    pub layers: Vec<LayerInfo>,
    /// Figures it can give.
    pub figures: Vec<FigureInfo>,
    /// What can be worked out of it beside its run.
    pub studies: Vec<StudyInfo>,
    /// What can be done to it.
    pub actions: Vec<ActionInfo>,
    /// Whether cells of the grid may have any number from −1 to 1.
    pub grey: bool,
    /// Whether it learns as it runs, and keeps what it has learned when a new cue is shown to it.
    pub learns: bool,
    /// Units of time.
    pub steps: Vec<StepUnit>,
    /// Updates a second that it is best watched at, unless that is a sweep in a second or two.
    #[serde(skip)]
    pub pace: Option<u32>,
}

impl Description {
    /// Whether there is a figure of that key, or it is the grid.
    #[must_use]
    pub fn shows(&self, figure: &str) -> bool {
        figure == GRID || self.figures.iter().any(|one| one.key == figure)
    }

    /// Of a model that has a name and runs in updates and sweeps, and nothing else yet.
    #[must_use]
    pub fn new(model: &'static str, label: &'static str, summary: &'static str) -> Self {
        let steps = vec![
            StepUnit {
                key: "update",
                label: "one neuron",
                help: "Ask one neuron and let it follow (all at once, if they update together)",
                clock: "step",
                one: "step",
                many: "steps",
            },
            StepUnit {
                key: "sweep",
                label: "one sweep",
                help: "Ask every neuron once",
                clock: "sweep",
                one: "sweep",
                many: "sweeps",
            },
        ];
        let (controls, observables, layers, figures, studies, actions) = Default::default();
        Self {
            model,
            label,
            summary,
            controls,
            observables,
            layers,
            figures,
            studies,
            actions,
            grey: false,
            learns: false,
            steps,
            pace: None,
        }
    }
}

/// A quantity that is reported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Observable {
    /// Name in output.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// Symbol of the field.
    pub symbol: &'static str,
    /// Unit, or empty.
    pub unit: &'static str,
    /// What it means.
    pub help: &'static str,
    /// How it is shown.
    pub view: View,
    /// One value, or one a memory.
    pub shape: Shape,
    /// Fixed range, if there is one.
    pub range: Option<[f64; 2]>,
}

impl Observable {
    /// One value, shown as text.
    pub fn number(key: &'static str, label: &'static str, help: &'static str) -> Self {
        let (view, shape) = (View::Number, Shape::Scalar);
        Self { key, label, symbol: "", unit: "", help, view, shape, range: None }
    }

    /// One value, drawn over time.
    pub fn curve(key: &'static str, label: &'static str, help: &'static str) -> Self {
        Self { view: View::Curve, ..Self::number(key, label, help) }
    }

    /// A value a memory, each a bar.
    pub fn bars(key: &'static str, label: &'static str, help: &'static str) -> Self {
        Self { view: View::Bars, ..Self::number(key, label, help).per_memory() }
    }

    /// With a symbol.
    pub fn symbol(mut self, symbol: &'static str) -> Self {
        self.symbol = symbol;
        self
    }

    /// With a unit.
    pub fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// With a fixed range.
    pub fn range(mut self, range: [f64; 2]) -> Self {
        self.range = Some(range);
        self
    }

    /// A value a memory.
    pub fn per_memory(mut self) -> Self {
        self.shape = Shape::Memory;
        self
    }
}

/// How an observable is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    /// Over time.
    Curve,
    /// One bar a memory.
    Bars,
    /// As text.
    Number,
}

/// How many values an observable has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// One.
    Scalar,
    /// One a memory.
    Memory,
}

/// A picture a machine can give of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayerInfo {
    /// Name.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// What it shows.
    pub help: &'static str,
    /// How its numbers are coloured.
    pub palette: Palette,
    /// Whether it has one cell a unit and can lie over the grid.
    pub overlay: bool,
    /// What its index counts.
    pub index: LayerIndex,
}

impl LayerInfo {
    /// One cell a unit, without an index.
    pub fn new(key: &'static str, label: &'static str, palette: Palette, help: &'static str) -> Self {
        Self { key, label, help, palette, overlay: true, index: LayerIndex::None }
    }

    /// With an index, which counts this.
    pub fn of_each(mut self, index: LayerIndex) -> Self {
        self.index = index;
        self
    }

    /// A picture of its own, which does not lie over the grid.
    pub fn apart(mut self) -> Self {
        self.overlay = false;
        self
    }
}

/// What the index of a layer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LayerIndex {
    /// It has none.
    None,
    /// A unit.
    Unit,
    /// A memory.
    Memory,
}

/// How the numbers of a layer are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Palette {
    /// −1, 0, +1.
    Spins,
    /// Around zero.
    Signed,
    /// From zero up.
    Magnitude,
}

/// A picture: numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Cells across.
    pub width: usize,
    /// Cells down.
    pub height: usize,
    /// The numbers.
    pub values: Vec<f32>,
}

/// Something that can be done to a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionInfo {
    /// Name.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// What happens.
    pub help: &'static str,
    /// What it belongs to.
    pub group: ActionGroup,
    /// What it needs.
    pub args: Vec<Control>,
}

impl ActionInfo {
    /// Whether doing it becomes part of the spec's `prepare`.
    #[must_use]
    pub fn prepares(&self) -> bool {
        matches!(self.group, ActionGroup::Damage | ActionGroup::Learning)
    }
}

/// What an action belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ActionGroup {
    /// The state the run starts from.
    Cue,
    /// The memories.
    Memory,
    /// Hurting the weights: becomes part of the spec's `prepare`.
    Damage,
    /// Learning on: becomes part of the spec's `prepare`.
    Learning,
}

/// A gauge: where something stands between nothing and too much. It changes through edits alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meter {
    /// Name.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// Symbol of the field, or empty.
    pub symbol: &'static str,
    /// What it means.
    pub help: &'static str,
    /// Where it stands, from 0; it may be beyond the end of the scale.
    pub value: f64,
    /// End of the scale.
    pub max: f64,
    /// Places on the scale, from the least on.
    pub marks: Vec<Mark>,
    /// Whether that is well.
    pub level: Level,
    /// What to expect, in plain sentences.
    pub expect: String,
}

/// A place on the scale of a [`Meter`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Where.
    pub at: f64,
    /// A few words.
    pub label: &'static str,
    /// What changes there, and who says so.
    pub help: &'static str,
}

/// Whether a [`Meter`] stands well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does.
    Ok,
    /// Some of what is asked may fail.
    Near,
    /// Too much.
    Over,
}

/// A unit of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepUnit {
    /// `update` or `sweep`.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// What one is.
    pub help: &'static str,
    /// What it is called beside how many there have been: `sweep` in "sweep 3".
    pub clock: &'static str,
    /// What one is called in a sentence: `sweep` in "after 1 sweep".
    pub one: &'static str,
    /// And several.
    pub many: &'static str,
}

impl StepUnit {
    /// With other words for how many there have been.
    pub fn count(&mut self, clock: &'static str, one: &'static str, many: &'static str) {
        (self.clock, self.one, self.many) = (clock, one, many);
    }
}
