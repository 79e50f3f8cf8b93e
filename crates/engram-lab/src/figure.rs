//! Figures: pictures of a machine that are no grid, as data that any view of the page can draw.
//!
//! A figure is two axes and a list of marks. What a mark means stands in its role, and the page gives each role its looks;
//! so a map of energies, measured points beside a theory's curve, a spectrum, a graph with its links and a landscape of
//! all states are all drawn by the same few strokes.

use serde::Serialize;

/// Stands for the grid among the keys of figures.
pub const GRID: &str = "grid";

/// A figure that a machine can give, as it describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureInfo {
    /// Name.
    pub key: &'static str,
    /// Name in everyday speech.
    pub label: &'static str,
    /// What it shows.
    pub help: &'static str,
    /// Whether it takes the place of the grid when the experiment is opened.
    pub leads: bool,
    /// The action that a press on it does, with the place as its arguments `x` and `y`, and `node` if it hit one. If the
    /// action has an argument `node`, presses beside nodes do nothing.
    pub press: Option<&'static str>,
    /// The action that taking a node elsewhere does, once it is let go: with `node`, the place as `x` and `y`, and `to` if
    /// another node is there. Without it a press goes on as it is dragged.
    pub drag: Option<&'static str>,
    /// Whether it follows what is drawn on the grid, and is seen beside that, too.
    pub beside: bool,
}

/// Which part of a figure is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What changes through edits alone.
    Still,
    /// What changes as the machine runs; it is drawn over the other.
    Moving,
}

/// A figure, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// From left to right.
    pub x: Axis,
    /// From the bottom up.
    pub y: Axis,
    /// Whether a unit of x is as long as one of y.
    pub square: bool,
    /// The marks, the lowest first.
    pub marks: Vec<Mark>,
    /// What is to be read beside it, in plain sentences; may be empty.
    pub note: String,
    /// Boxes of it that can be looked at closely, each by its number: left, bottom, right, top.
    pub boxes: Vec<[f32; 4]>,
}

/// An axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Axis {
    /// What it counts, in everyday speech; without it no axis is drawn.
    pub label: &'static str,
    /// Symbol of the field, or empty.
    pub symbol: &'static str,
    /// From where to where; if nothing is said, as far as the marks go.
    pub range: Option<[f64; 2]>,
    /// Names of places on it, in place of numbers.
    pub ticks: Vec<Tick>,
}

/// A place on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// Its name.
    pub label: String,
}

/// A place in a figure.
pub type Place = [f32; 2];

/// One kind of thing in a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "mark", rename_all = "lowercase")]
pub enum Mark {
    /// Numbers over a box, row by row from the bottom up, as colours. Where there is none nothing is drawn.
    Field {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
        /// The box: left, bottom, right, top.
        bounds: [f32; 4],
        /// The numbers.
        values: Vec<f32>,
        /// What colours they become.
        shade: Shade,
    },
    /// Lines.
    Lines {
        /// What they are.
        role: Role,
        /// Their name, for the legend; may be empty.
        label: String,
        /// The lines, each from place to place.
        paths: Vec<Vec<Place>>,
    },
    /// Short arrows.
    Arrows {
        /// Where each begins.
        from: Vec<Place>,
        /// Where it points to, as long as it is strong.
        by: Vec<Place>,
    },
    /// Points.
    Points {
        /// What they are.
        role: Role,
        /// Their name, for the legend; may be empty.
        label: String,
        /// Where they are.
        at: Vec<Place>,
        /// Standard error of each, up and down; empty if they have none.
        error: Vec<f32>,
        /// A name each; empty if they have none.
        names: Vec<String>,
    },
    /// Nodes that links join: of all nodes of a figure, counted through its marks in order.
    Nodes {
        /// Where they are.
        at: Vec<Place>,
        /// Each one's state, from −1 for paper to +1 for ink; or, in a figure with `colours`, the number of a colour.
        states: Vec<f32>,
        /// Whether states are numbers of colours.
        colours: bool,
        /// How large, in parts of the usual size; empty if all are alike.
        sizes: Vec<f32>,
        /// A name each; empty if they have none.
        names: Vec<String>,
    },
    /// Links between nodes.
    Links {
        /// From node to node.
        pairs: Vec<[u32; 2]>,
        /// How strong, with their sign; empty if all are alike.
        strengths: Vec<f32>,
        /// Whether they have a direction.
        directed: bool,
        /// Their name, for the legend; if it is empty, the signs of their strengths are told.
        label: String,
    },
    /// Bars that stand side by side at 0, 1, 2 and so on.
    Bars {
        /// Their name, for the legend; may be empty.
        label: String,
        /// How high.
        values: Vec<f32>,
        /// What part of each bar belongs to each memory, one list a memory; the rest belongs to none.
        shares: Vec<Vec<f32>>,
        /// The memory that each bar belongs to as a whole; empty if to none.
        memories: Vec<u32>,
    },
}

/// How the numbers of a field become colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shade {
    /// Around zero; smooth, if it has many columns.
    Slope,
    /// Around zero, cell by cell.
    Signed,
    /// From −1 for paper to +1 for ink, cell by cell.
    Ink,
}

/// What lines or points are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A line of equal height.
    Contour,
    /// What a theory says.
    Theory,
    /// What was measured.
    Measured,
    /// The way that the state has gone.
    Path,
    /// The ways of other starts.
    Others,
    /// Where the state is.
    Now,
    /// Where everything near comes to rest.
    Stable,
    /// Where some ways lead in and others out.
    Saddle,
    /// What everything near leaves.
    Unstable,
    /// What would be best.
    Best,
    /// A place or border to be named.
    Border,
}
