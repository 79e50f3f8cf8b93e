//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::common::{cue_actions, memory_actions};
use crate::machines::learners::{
    LEARNING, MOST_CELLS, NAMES, binary_dream_controls, chance_layer, data_controls, dreams_info,
    learning_steps, pace_controls,
};
use crate::spec::Spec;

use super::measured::{HIDDEN, MOST_HIDDEN, Told};

/// Heading of the settings about hidden units.
const MACHINE: &str = "The machine";

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    description.controls = controls(spec);
    description.observables = observables(Told::of(spec));
    description.layers = layers();
    description.figures = figures(Told::of(spec));
    description.actions = cue_actions(true);
    description.actions.extend(memory_actions().into_iter().filter(|action| action.key != "importance"));
    learning_steps(description);
}

fn controls(spec: &Spec) -> Vec<Control> {
    let mut controls = data_controls(MOST_CELLS);
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
        Control::new(
            "spread",
            "first weights",
            MACHINE,
            kind::log(0.0001, 1.0, 0.0001, 0.01),
            "Standard deviation of the weights it starts from, both ways",
        ),
        Control::new(
            "log_odds",
            "start from the means",
            MACHINE,
            kind::toggle(false),
            "Biases of the cells start so that each is on as often as in the pictures; else at 0",
        ),
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
        Observable::curve("reconstruction_error", "reconstruction error",
            "How much of a picture is missed when it is recognised and drawn again, a mean square"),
        Observable::number("energy", "free energy",
            "What it costs to tell the picture on the grid by way of its hidden units, the mean over some recognitions: lower is more likely")
.symbol("F").unit("nats"),
        Observable::number("epoch", "epochs done", "How often it has gone through all pictures"),
        Observable::number("rate", "rate now", "The learning rate of the next step").symbol("ε"),
        Observable::number("active", "hidden units on",
            "How much of the hidden layers is on beside the picture on the grid").unit("%"),
    ]);
    curves
}

fn layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new("state", "picture", Palette::Spins, "What the visible units are"),
        chance_layer(),
        LayerInfo::new(
            "reconstruction",
            "what it makes of it",
            Palette::Spins,
            "The picture recognised and drawn again, on average: what its features can say of it",
        ),
        LayerInfo::new(
            "hidden",
            "hidden units",
            Palette::Magnitude,
            "How likely recognition finds each hidden unit on, those of the top layer last",
        )
        .apart(),
    ]
}

fn figures(told: Told) -> Vec<FigureInfo> {
    let figure = |key, label, help| FigureInfo { key, label, help, leads: false, press: None, drag: None };
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
        figures.push(figure("explanations", "explanations",
            "Every state of the hidden units: how often recognition proposes it for the picture on the grid, beside how likely it truly made it"));
    }
    figures
}
