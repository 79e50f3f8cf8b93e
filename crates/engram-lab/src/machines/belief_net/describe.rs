//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable};
use crate::figure::FigureInfo;
use crate::machines::learners::{
    LEARNING, MACHINE, MOST_CELLS, SPREAD, actions_and_steps, active_observable, binary_dream_controls,
    chance_layer, course_controls, course_observables, data_controls, dreams_info, hidden_layer,
    log_odds_control, names_info, parameter_layers, reconstruction_layer, reconstruction_observable,
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
    let layer = |key, label, least, default, help| {
        Control::new(key, label, MACHINE, kind::integer(least, MOST_HIDDEN, default), help)
    };
    controls.extend([
        layer("hidden", "first layer", 1, HIDDEN[0], "How many features of the pictures it may find"),
        layer("second", "second layer", 1, HIDDEN[1], "How many features of these features it may find"),
        layer("third", "third layer", 0, HIDDEN[2], "How many features of those again; 0 is no third layer"),
        spread_control(SPREAD),
        log_odds_control(true),
    ]);
    controls.extend(course_controls(0.1, 20));
    controls.push(
        Control::new(
            "steps",
            "steps",
            LEARNING,
            kind::integer(1, 100, 1),
            "How often both layers of the one that learns are drawn for each step of learning. More is slower and less biased",
        )
        .symbol("k"),
    );
    controls.extend(binary_dream_controls(spec));
    controls
}

fn observables(told: Told) -> Vec<Observable> {
    let mut curves = Vec::new();
    if told.bound {
        curves.push(
            Observable::curve(
                "bound",
                "bound",
                "An estimate of a number that the log-likelihood of its pictures, of a hundred at most, is not below: for what is above the first layer, recognition vouches",
            )
            .unit("nats a picture"),
        );
    }
    if told.names {
        curves.push(
            Observable::curve(
                "unseen_error",
                "errors, unseen",
                "Of a hundred pictures it has never seen, so many get the wrong name, once the top learns names",
            )
            .unit("%"),
        );
    }
    curves.extend([
        Observable::curve(
            "pseudo_likelihood",
            "pseudo-likelihood",
            "How well the layers that learn tell each unit that they see from all others: the mean of ln P(unit | rest)",
        )
        .unit("nats a unit"),
        reconstruction_observable("How much of a picture is missed on the way up to the top and down again, a mean square"),
        Observable::number(
            "energy",
            "free energy at the top",
            "Free energy of what the top sees of the picture on the grid: lower is more likely",
        )
        .symbol("F"),
        Observable::number("course", "layer that learns", "The hidden layer whose turn it is, counted from below"),
    ]);
    curves.extend(course_observables("How often it has gone through all pictures, all layers together"));
    curves.extend([active_observable(
        "How much of the first hidden layer is on beside the picture on the grid",
    )]);
    curves
}

fn layers() -> Vec<LayerInfo> {
    vec![
        state_layer(),
        chance_layer(),
        reconstruction_layer("The picture after one way up to the top and down again, in probabilities"),
        hidden_layer(
            "first layer",
            "How likely each unit of the first hidden layer is to be on, given the picture",
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
            "filters",
            "first features",
            "The weights of each unit of the first hidden layer, laid out as a picture",
        ),
        figure(
            "combinations",
            "second features",
            "What each unit of the second hidden layer puts together out of the features of the first",
        ),
    ];
    if told.names {
        figures.push(names_info());
    }
    figures
}
