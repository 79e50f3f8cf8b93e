//! What it says about itself.

use crate::control::{Control, ControlKind, kind};
use crate::describe::{ActionInfo, Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::common::memory_actions;
use crate::machines::learners::{
    EPOCHS, LEARNING, actions_and_steps, active_observable, binary_dream_controls, course_controls,
    course_observables, data_controls, dreams_info, hidden_layer, parameter_layers, state_layer,
};
use crate::spec::Spec;

use super::given::MOST_OF_SET;
use super::measured::{HIDDEN, MOST_HIDDEN, Told};

/// Heading of the settings about units and links.
const MACHINE: &str = "The machine";

/// Heading of the settings about where the averages of both phases come from.
const PHASES: &str = "How it comes by its averages";

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    let told = Told::of(spec);
    description.controls = controls(spec);
    description.observables = observables(told);
    description.layers = layers(told);
    description.layers.extend(parameter_layers(false));
    description.figures = figures(told);
    actions_and_steps(spec, description);
    let has_memories = description.actions.iter().any(|action| action.key == "store");
    let importance = memory_actions().into_iter().filter(|action| has_memories && action.key == "importance");
    description.actions.extend(importance.map(never_pushed_away));
}

/// The importance of a picture is what part of the law it has: not less than none.
fn never_pushed_away(mut action: ActionInfo) -> ActionInfo {
    if action.key == "importance" {
        action.args = vec![Control::new(
            "value",
            "importance",
            "",
            kind::number(0.0, 100.0, 0.1, 1.0),
            "How often it is shown, beside the others; the machine learns to dream of it as often",
        )];
    }
    action
}

fn controls(spec: &Spec) -> Vec<Control> {
    let mut controls = data_controls(spec, MOST_OF_SET);
    controls.push(
        Control::new("code", "last cells that name", "The pictures", kind::integer(0, 8, 0),
            "From two on: of so many last cells one is on in every picture. How likely each is, given the rest, is then told")
            .when("data", &["shelf"]),
    );
    controls.extend([
        Control::new("hidden", "hidden units", MACHINE, kind::integer(0, MOST_HIDDEN, HIDDEN),
            "Units that no picture shows. Without them only what goes together two by two can be learned")
            .symbol("H"),
        Control::new("links", "links", MACHINE,
            kind::choice(&[
                ("all", "all with all", "Every unit is linked to every other"),
                ("no_hidden", "none among the hidden", "Visible units are linked to all, hidden ones to visible ones only"),
                ("layers", "from layer to layer", "Visible units are linked to hidden ones only: a restricted machine"),
                ("encoder", "an encoder", "Two halves of the picture, each linked within, which meet in the hidden units alone"),
                ("bare_encoder", "an encoder, bare", "The same without links within the halves: a code is found less often"),
            ]),
            "Which units feel each other"),
        Control::new("encoding", "a unit is", MACHINE,
            kind::choice(&[
                ("zero_one", "0 or 1", "A unit that is off says nothing to the others"),
                ("plus_minus", "−1 or +1", "A unit that is off says as much as one that is on"),
            ]),
            "What the two values of a unit are. Both can hold the same laws, but they learn along different ways"),
        Control::new("temperature", "temperature", MACHINE, kind::log(0.1, 100.0, 0.1, 1.0),
            "How much chance there is as it learns and dreams. Weights grow with it, so that the law stays the same")
            .symbol("T"),
        Control::new("spread", "first weights", MACHINE, kind::log(0.0001, 10.0, 0.0001, 0.1),
            "Standard deviation of the weights it starts from"),
    ]);
    controls.extend(course_controls(0.1, 500).into_iter().filter(|control| control.key != "momentum").map(
        |mut control| {
            if let (ControlKind::Number { max, .. }, "rate") = (&mut control.kind, control.key) {
                *max = 10.0;
            }
            control
        },
    ));
    controls.push(Control::new("stride", "a step is", LEARNING,
        kind::choice(&[
            ("rate", "as long as the difference", "A weight changes by the learning rate times the difference of its averages"),
            ("fixed", "always of one length", "A weight changes by the learning rate up or down, however small the difference: the way of 1985"),
        ]),
        "What the learning rate is multiplied by"));
    let (annealed, sampled) = (&["annealed"], &["annealed", "cd"]);
    controls.extend([
        Control::new("sampling", "averages come from", PHASES,
            kind::choice(&[
                ("annealed", "two annealed phases", "Shown a picture, and left to itself, it is cooled each time and then watched: the way of 1985"),
                ("cd", "a few sweeps from the pictures", "Contrastive divergence: left to itself it starts from the pictures. Cheap, and biased"),
                ("exact", "all states", "The exact gradient, by looking at all states: for small machines"),
            ]),
            "Learning compares what goes together while a picture is shown with what goes together without; this says how both are found"),
        Control::new("annealing", "cooling", PHASES,
            kind::choice(&[
                ("stairs", "the stairs of 1985", "2 sweeps at 2 T, 2 at 1.5 T, 2 at 1.2 T and 4 at T"),
                ("geometric", "by the same factor", "From hot down to T, each sweep colder by the same factor"),
                ("none", "none", "All sweeps at T"),
            ]),
            "How it is cooled from tossed units before it is watched")
            .when("sampling", annealed),
        Control::new("cooling_sweeps", "sweeps of cooling", PHASES, kind::integer(1, 1000, 10),
            "How many sweeps it is cooled for. Fewer leave it in states that mean little")
            .when("sampling", annealed).when("annealing", &["geometric", "none"]),
        Control::new("span", "how much hotter at first", PHASES, kind::number(1.0, 20.0, 0.1, 5.0),
            "The first temperature is so many times the last")
            .when("sampling", annealed).when("annealing", &["geometric"]),
        Control::new("statistics", "sweeps it is watched", PHASES, kind::integer(1, 1000, 10),
            "Averages are taken over so many sweeps. More are surer, and slower")
            .when("sampling", annealed),
        Control::new("steps", "sweeps from the pictures", PHASES, kind::integer(1, 100, 1),
            "How often all units are asked before the machine left to itself is looked at")
            .symbol("k").when("sampling", &["cd"]),
        Control::new("presentations", "times a picture is shown", PHASES, kind::integer(1, 20, 2),
            "How often each picture is shown for one step. More are surer, and slower")
            .when("sampling", sampled),
        Control::new("on_to_off", "ink shown as paper", PHASES, kind::fraction(0.0),
            "So much of the ink is shown wrongly, drawn anew each time. A law without certainties needs no endless weights")
            .when("sampling", annealed),
        Control::new("off_to_on", "paper shown as ink", PHASES, kind::fraction(0.0),
            "So much of the paper is shown wrongly, drawn anew each time")
            .when("sampling", annealed),
    ]);
    controls.extend(binary_dream_controls(spec));
    controls
}

fn observables(told: Told) -> Vec<Observable> {
    let mut all = Vec::new();
    if told.likelihood {
        all.extend([
            Observable::curve("log_likelihood", "log-likelihood",
                "How well it explains the pictures: the mean of ln P, exact, by summing over all states")
                .unit("nats a picture"),
            Observable::curve("divergence", "divergence",
                "How far its law is from that of the pictures (Kullback–Leibler divergence), exact: 0 where both are one")
                .symbol("KL").unit("nats"),
        ]);
    }
    if told.classes {
        all.push(
            Observable::curve("class_error", "wrong names",
                "Of a hundred pictures, so many get the wrong name if the rest of them is shown; unseen ones, if there are some")
                .unit("%"),
        );
    }
    all.extend([
        Observable::curve("apart", "difference of the phases",
            "How far what goes together while pictures are shown is from what goes together without: what is left to learn, and the chance in it"),
        Observable::number("energy", "energy", "Energy of all units beside the picture on the grid, hidden ones too")
            .symbol("E"),
    ]);
    all.extend(course_observables(EPOCHS));

    if told.hidden {
        all.push(active_observable("How much of the hidden units is on beside the picture on the grid"));
    }
    all
}

fn layers(told: Told) -> Vec<LayerInfo> {
    let mut layers = vec![
        state_layer(),
        LayerInfo::new(
            "probability",
            "chance of ink",
            Palette::Spins,
            "How likely ink is in each cell, given all other units, hidden ones too",
        ),
    ];
    if told.hidden {
        layers.push(hidden_layer(
            "hidden units",
            "How likely each hidden unit is to be on, given all other units",
        ));
    }
    layers
}

fn figures(told: Told) -> Vec<FigureInfo> {
    let figure = |key, label, help| FigureInfo {
        key,
        label,
        help,
        leads: false,
        press: None,
        drag: None,
        beside: false,
    };
    let mut figures = vec![dreams_info()];
    if told.drawn {
        figures.extend([
            figure("phases", "both phases",
                "What goes together while pictures are shown, what goes together without, and the difference, by which weights change"),
            figure("weights", "weights", "The weight between any two units, and biases on the diagonal"),
        ]);
    }
    if told.hidden {
        figures.push(figure(
            "filters",
            "features",
            "The weights between each hidden unit and the cells, laid out as a picture",
        ));
    }
    if told.live {
        figures.extend([
            figure("distribution", "what it believes",
                "How likely each picture is to the machine, exactly, beside how often it is shown"),
            figure("means", "means and estimates",
                "How often each unit is on, exactly, beside what mean field and TAP make of it without looking at all states"),
        ]);
    }
    figures.push(figure(
        "completed",
        "likeliest completion",
        "The likeliest way to complete what is known of the picture, and its probability",
    ));
    if told.classes {
        figures.push(FigureInfo {
            beside: true,
            ..figure(
                "posterior",
                "names",
                "How likely each name is for the picture on the grid, if the rest of it is shown",
            )
        });
    }
    figures
}
