//! Actions on the cue and on the memories, which the bench itself carries out.

use engram::learning::IMPORTANCE;

use crate::control::{Control, kind};
use crate::describe::{ActionGroup, ActionInfo};

/// Actions on the state the run starts from; of a `grey` one, noise too.
#[must_use]
pub fn cue_actions(grey: bool) -> Vec<ActionInfo> {
    let mut ways = vec![
        ("flip", "turn pixels over", "Ink becomes paper and paper ink"),
        ("mask", "blank pixels", "Pixels here and there are lost"),
        ("half", "blank a half", "Half of the picture is lost"),
        ("block", "blank a block", "One block of the picture is lost"),
        ("shuffle", "shuffle pixels", "Pixels change places: as much ink as before"),
    ];
    if grey {
        ways.push(("noise", "add noise", "Every pixel becomes lighter or darker at random"));
    }
    let action = |key, label, help, args| ActionInfo { key, label, help, group: ActionGroup::Cue, args };
    let mut actions = vec![
        action("cue", "show a memory", "Starts from a memory as it is", vec![]),
        action(
            "spoil",
            "spoil",
            "Spoils what the grid shows; the network then has to make something of it",
            vec![
                Control::new("how", "how", "", kind::choice(&ways), "What happens to the picture"),
                Control::new(
                    "amount",
                    "how much",
                    "",
                    kind::fraction(0.25),
                    "More makes it harder to remember",
                )
                .when("how", &["flip", "mask", "block", "shuffle"]),
                Control::new(
                    "side",
                    "which half",
                    "",
                    kind::choice(&[
                        ("bottom", "lower", ""),
                        ("top", "upper", ""),
                        ("left", "left", ""),
                        ("right", "right", ""),
                    ]),
                    "The half that is lost",
                )
                .when("how", &["half"]),
                Control::new(
                    "to",
                    "lost pixels become",
                    "",
                    kind::choice(&[
                        ("paper", "paper", "They count as −1"),
                        ("unknown", "unknown", "They count for nothing until their neuron has been asked"),
                    ]),
                    "What a lost pixel counts as",
                )
                .when("how", &["mask", "half", "block"]),
            ],
        ),
        action("paint", "draw", "Sets pixels", vec![]),
        action("invert", "invert", "Ink becomes paper and paper ink", vec![]),
        action("clear", "clear", "Empties the picture", vec![]),
        action("randomise", "random", "A picture of fair coins", vec![]),
        action("clamp", "hold pixels", "Held pixels stay as they are while the network runs", vec![]),
    ];
    if grey {
        let spoil = actions.iter_mut().find(|action| action.key == "spoil");
        spoil.expect("it is one of them").args.push(
            Control::new(
                "deviation",
                "how strong",
                "",
                kind::number(0.0, 3.0, 0.05, 0.5),
                "Standard deviation of the normal noise on every pixel; from paper to ink it is 2",
            )
            .symbol("σ")
            .when("how", &["noise"]),
        );
    }
    actions
}

/// Starts from a place in a figure whose axes are the outputs of two units.
#[must_use]
pub fn place_action() -> ActionInfo {
    ActionInfo {
        key: "place",
        label: "start from here",
        help: "Starts from the place pressed",
        group: ActionGroup::Cue,
        args: vec![],
    }
}

/// Moves a point of the plane that the model works on.
#[must_use]
pub fn city_action() -> ActionInfo {
    ActionInfo {
        key: "city",
        label: "move a city",
        help: "Moves the nearest city to the place pressed",
        group: ActionGroup::Cue,
        args: vec![],
    }
}

/// Actions on the memories. Which memory, what name and what picture come beside the arguments described here.
#[must_use]
pub fn memory_actions() -> Vec<ActionInfo> {
    let action = |key, label, help, args| ActionInfo { key, label, help, group: ActionGroup::Memory, args };
    let importance = Control::new(
        "value",
        "importance",
        "",
        kind::number(*IMPORTANCE.start(), *IMPORTANCE.end(), 0.1, 1.0),
        "More makes it count for more than the others; below zero it is pushed away",
    );
    vec![
        action("store", "store", "Learns what the grid shows as one more memory", vec![]),
        action("add", "store pictures", "Learns several pictures at once, as one edit", vec![]),
        action("forget", "forget", "Takes a memory away", vec![]),
        action(
            "move",
            "move",
            "Gives a memory another place among the others; some rules learn in that order",
            vec![],
        ),
        action("rename", "rename", "Gives a memory another name", vec![]),
        action(
            "importance",
            "importance",
            "Makes a memory count more or less than the others",
            vec![importance],
        ),
    ]
}
