//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable};
use crate::figure::FigureInfo;
use crate::machines::learners::{
    EPOCHS, LEARNING, MACHINE, MOST_CELLS, NAMES, actions_and_steps, active_observable,
    binary_dream_controls, chance_layer, course_observables, data_controls, dreams_info, hidden_layer,
    log_odds_control, pace_controls, parameter_layers, reconstruction_layer, reconstruction_observable,
    spread_control, state_layer,
};
use crate::spec::Spec;

use super::measured::{HIDDEN, MOST_HIDDEN, Told};

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    description.controls = controls(spec);
    description.observables = observables(Told::of(spec));
    description.layers = layers();
    description.layers.extend(parameter_layers(false));
    description.figures = figures(Told::of(spec));
    actions_and_steps(spec, description);
}

fn controls(spec: &Spec) -> Vec<Control> {
    let mut controls = data_controls(spec, MOST_CELLS);
    controls.extend([
        Control::new(
            "hidden",
            "hidden units",
            MACHINE,
            kind::integer(1, MOST_HIDDEN, HIDDEN[0]),
            "How many features it may find, in the layer above the cells",
        )
        .symbol("H"),
        Control::new(
            "top",
            "units at the top",
            MACHINE,
            kind::integer(0, MOST_HIDDEN, HIDDEN[1]),
            "A layer above the hidden units, which says which of them go together; 0 is none",
        )
        .symbol("K"),
        spread_control("Standard deviation of the weights it starts from, both ways"),
        log_odds_control(false),
    ]);
    controls.extend(pace_controls(0.1, 1000));
    controls.push(
        Control::new("sleep", "sleep", LEARNING, kind::number(0.0, 1.0, 0.01, 1.0),
            "How much of the learning rate counts in sleep, when recognition learns. At 0 it never learns to recognise"),
    );
    controls.extend(binary_dream_controls(spec));
    // It learns pictures alone.
    controls.retain(|control| control.key != NAMES && control.key != "class");
    controls
}

fn observables(told: Told) -> Vec<Observable> {
    let mut curves = Vec::new();
    if told.fit {
        curves.extend([
            Observable::curve("divergence", "divergence",
                "How far what it dreams is from what it learns from: the mean of log₂ (how often shown / how often dreamt), exact").unit("bits"),
            Observable::curve("legal", "right dreams",
                "How many of a hundred dreams are pictures that it learns from, exact").unit("%"),
        ]);
    }
    if told.exact {
        curves.push(Observable::curve("log_likelihood", "log-likelihood",
            "How well it explains the pictures it learns from: the mean of ln P, exact, over all states of its hidden units").unit("nats a picture"));
    }
    curves.push(Observable::curve("bound", "bound",
        "Minus the free energy of its pictures: the log-likelihood as far as its own recognition can vouch for it, and never above").unit("nats a picture"));
    if told.exact {
        curves.push(Observable::curve("misjudged", "errors of recognition",
            "How far its recognition is from what could truly have made the pictures: the log-likelihood less the bound").unit("nats"));
    }
    if told.unseen {
        curves.push(Observable::curve("gap", "gap to unseen",
            "How much lower the bound of unseen pictures is than that of seen ones. If it grows, it learns by heart").unit("nats"));
    }
    curves.extend([
        reconstruction_observable("How much of a picture is missed when it is recognised and drawn again, a mean square"),
        Observable::number("energy", "free energy",
            "What it costs to tell the picture on the grid by way of its hidden units, the mean over some recognitions: lower is more likely")
.symbol("F").unit("nats"),
    ]);
    curves.extend(course_observables(EPOCHS));
    curves.extend([active_observable("How much of the hidden layers is on beside the picture on the grid")]);
    curves
}

fn layers() -> Vec<LayerInfo> {
    vec![
        state_layer(),
        chance_layer(),
        reconstruction_layer(
            "The picture recognised and drawn again, on average: what its features can say of it",
        ),
        hidden_layer(
            "hidden units",
            "How likely recognition finds each hidden unit on, those of the top layer last",
        ),
    ]
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
    let mut figures = vec![
        dreams_info(),
        figure(
            "directions",
            "both ways",
            "The weights of each hidden unit as two pictures: on the left what it draws, on the right what it looks for",
        ),
    ];
    if told.fit {
        figures.push(figure(
            "law",
            "how often",
            "How often it dreams each picture that it learns from, beside how often that is shown",
        ));
    }
    if told.explanations {
        figures.push(FigureInfo { beside: true, ..figure("explanations", "explanations",
            "Every state of the hidden units: how often recognition proposes it for the picture on the grid, beside how likely it truly made it") });
    }
    figures
}
