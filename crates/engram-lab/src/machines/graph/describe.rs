//! What the machine of graphs says about itself.

use super::{RULES, drawing};
use crate::control::{Control, kind};
use crate::describe::{ActionGroup, ActionInfo, Description, Observable, Shape};
use crate::figure::FigureInfo;
use crate::machines::common;
use crate::spec::Spec;

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    description.controls = controls(spec);
    description.controls.extend(RULES.controls("How it runs"));
    description.observables = observables();
    description.layers = common::spin_layers();
    description.layers.retain(|layer| layer.key != "difference");
    description.layers.extend(common::thermal_layers());
    description.layers.extend(common::pair_layers());
    description.figures = vec![FigureInfo {
        key: "graph",
        label: "the graph",
        help: "The points in the colours of their sides, and the links between them. Press to add a point or, on one, to take it away; drag a point onto another to join or part them, or elsewhere to move it",
        leads: true,
        press: Some("vertex"),
        drag: Some("link"),
        beside: false,
    }];
    description.actions = common::cue_actions(false);
    description.actions.retain(|action| action.key != "cue");
    let action =
        |key, label, help| ActionInfo { key, label, help, group: ActionGroup::Cue, args: Vec::new() };
    description.actions.extend([
        action("vertex", "add or take away a point", "Adds a point where it is pressed, or takes one away"),
        action("link", "join, part or move points", "Joins two points or parts them, or moves one"),
    ]);
}

fn controls(spec: &Spec) -> Vec<Control> {
    const PUZZLE: &str = "The puzzle";
    let mut controls = vec![
        Control::new(
            "problem",
            "puzzle",
            PUZZLE,
            kind::choice(&[
                (
                    "max_cut",
                    "largest cut",
                    "The points are split in two so that the links between the parts weigh most",
                ),
                ("colouring", "colouring", "Every point gets a colour, and no link joins two of one colour"),
            ]),
            "What is asked of the graph",
        ),
        Control::new(
            "colours",
            "colours",
            PUZZLE,
            kind::integer(drawing::COLOURS.0, drawing::COLOURS.1, 3),
            "Colours there are. Fewer make it harder, or impossible",
        )
        .symbol("k")
        .when("problem", &["colouring"]),
    ];
    if !drawing::is_drawn(spec) {
        controls.extend([
            Control::new(
                "nodes",
                "points",
                PUZZLE,
                kind::integer(1, drawing::POINTS.1, drawing::POINTS.0),
                "Points of a graph that is drawn by chance. More of them make it harder",
            )
            .symbol("n"),
            Control::new(
                "density",
                "links",
                PUZZLE,
                kind::fraction(0.4),
                "The chance that two points are joined",
            )
            .symbol("p"),
        ]);
    }
    controls
}

fn observables() -> Vec<Observable> {
    let mut observables = common::spin_observables(
        "How far the state is from a good answer: less the larger the cut, or the fewer faults a colouring has. It falls as the network settles",
    );
    observables.retain(|observable| observable.shape == Shape::Scalar);
    observables.extend(common::thermal_observables());
    observables.extend([
        Observable::curve("cut", "links cut",
            "Weight of the links whose ends are on different sides, or of different colours"),
        Observable::number("most", "the most there is",
            "Weight of the largest cut, by looking at all of them; of a colouring all links, if it can be had. No number beyond 20 points"),
        Observable::number("unassigned", "points without a colour",
            "Points that are on no side, or have no colour or several"),
        Observable::number("descents", "found without heat",
            "Of a hundred random starts, the part that finds a best answer by going downhill alone. No number if the best is not known"),
    ]);
    observables
}
