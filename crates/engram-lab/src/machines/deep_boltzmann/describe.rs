//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::learners::{
    EPOCHS, MACHINE, MOST_CELLS, SHOWN, SPREAD, actions_and_steps, chance_layer, course_controls,
    course_observables, dream_controls, dreams_info, ink_control, log_odds_control, parameter_layers,
    reconstruction_layer, reconstruction_observable, source_controls, spread_control, state_layer,
};
use crate::spec::Spec;

use super::figures::{FEATURES, UNITS};
use super::measured::{HIDDEN, KEYS, MOST_HIDDEN, Told};

/// Heading of the settings about how it finds what it learns from.
const STATISTICS: &str = "How it looks and dreams while it learns";

/// Names of hidden layers and of their features.
const LAYERS: [(&str, &str); 3] = [
    ("layer 1", "features of layer 1"),
    ("layer 2", "features of layer 2"),
    ("layer 3", "features of layer 3"),
];

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    let told = Told::of(spec);
    description.controls = controls(spec);
    description.observables = observables(told);
    description.layers = layers(told);
    description.layers.extend(parameter_layers(false));
    description.figures = figures(told);
    actions_and_steps(spec, description);
}

fn controls(spec: &Spec) -> Vec<Control> {
    let mut controls = source_controls(spec, false, MOST_CELLS);
    controls.push(ink_control());
    let [first, second, third] = KEYS;
    controls.extend([
        Control::new(first, "units in layer 1", MACHINE, kind::integer(1, MOST_HIDDEN, HIDDEN[0]),
            "How many features of the picture it may find").symbol("n₁"),
        Control::new(second, "units in layer 2", MACHINE, kind::integer(1, MOST_HIDDEN, HIDDEN[1]),
            "How many features of features: what goes together in layer 1").symbol("n₂"),
        Control::new(third, "units in layer 3", MACHINE, kind::integer(0, MOST_HIDDEN, HIDDEN[2]),
            "One more layer on top; 0 is none").symbol("n₃"),
        spread_control(SPREAD),
        log_odds_control(true),
        Control::new("greedy", "one layer after the other", MACHINE, kind::toggle(true),
            "Each layer first learns by itself on top of the last, for all epochs; then all learn together for as many. Without, upper layers mostly stay idle"),
    ]);
    controls.extend(course_controls(0.05, 20));
    controls.extend([
        Control::new("rounds", "rounds of mean field", STATISTICS, kind::integer(1, 100, 20),
            "How often layers are told of each other, at most, until they agree on what a picture means to them"),
        Control::new("steps", "steps", STATISTICS, kind::integer(1, 50, 1),
            "How often all layers are drawn for each step of learning. More is slower and less biased").symbol("k"),
        Control::new("chains", "chains", STATISTICS, kind::integer(1, 500, 50),
            "How many dreams go on beside the learning once all layers learn together"),
    ]);
    controls.extend(dream_controls(&SHOWN));
    controls
}

fn observables(told: Told) -> Vec<Observable> {
    let mut curves = Vec::new();
    if told.bound {
        curves.push(
            Observable::curve(
                "bound",
                "bound",
                "The mean log-likelihood of the pictures, of a hundred at most, is at least this: what mean field knows of them, with ln Z summed exactly. It is there once all layers learn together",
            )
            .unit("nats a picture"),
        );
    }
    if told.likelihood {
        curves.push(
            Observable::curve(
                "log_likelihood",
                "log-likelihood",
                "The mean of ln P of the pictures, of a hundred at most, exact, by summing over all states of every second layer",
            )
            .unit("nats a picture"),
        );
    }
    if told.estimate {
        curves.push(
            Observable::curve(
                "estimated_bound",
                "bound, estimated",
                "As much as mean field knows of the pictures, of a hundred at most, with ln Z estimated by annealed importance sampling, which rather makes the bound too high. It is there once all layers learn together",
            )
            .unit("nats a picture"),
        );
        curves.push(Observable::number(
            "estimate_error",
            "error of the estimate",
            "Standard error of the estimate of ln Z, from how much its runs differ",
        ));
    }
    if told.unseen {
        curves.push(
            Observable::curve(
                "bound_gap",
                "gap of the bound",
                "How much lower the bound of unseen pictures is than that of seen ones. If it grows, it learns by heart",
            )
            .unit("nats"),
        );
    }
    curves.extend([
        reconstruction_observable("How much is missed after one step up and down, a mean square: of what the layer sees that learns, and of the picture once all learn"),
        Observable::number(
            "energy",
            "free energy",
            "Free energy of the picture on the grid by mean field: lower is more likely. There is none while single layers learn",
        )
        .symbol("F"),
    ]);
    curves.extend(course_observables(EPOCHS));
    curves.extend([
        Observable::number(
            "learning_layer",
            "layer that learns",
            "The layer that learns by itself, from 1; 0 once all layers learn together",
        ),
        Observable::number(
            "mean_field_rounds",
            "rounds until agreed",
            "After how many rounds the layers agreed on what pictures mean to them, or gave up",
        ),
    ]);
    let active = [("active_1", "layer 1 on"), ("active_2", "layer 2 on"), ("active_3", "layer 3 on")];
    curves.extend(active.into_iter().take(told.layers).map(|(key, label)| {
        Observable::number(key, label, "How much of this layer is on in the dream on the grid").unit("%")
    }));
    curves
}

fn layers(told: Told) -> Vec<LayerInfo> {
    let mut layers = vec![
        state_layer(),
        chance_layer(),
        reconstruction_layer(
            "The picture after mean field up through all layers and one step down, in probabilities",
        ),
    ];
    layers.extend(UNITS.into_iter().zip(LAYERS).take(told.layers).map(|(key, (label, _))| {
        let help = "How likely each unit of this layer is to be on, given the picture and all other layers";
        LayerInfo::new(key, label, Palette::Magnitude, help).apart()
    }));
    layers
}

fn figures(told: Told) -> Vec<FigureInfo> {
    let mut figures = vec![dreams_info()];
    figures.extend(FEATURES.into_iter().zip(LAYERS).take(told.layers).map(|(key, (_, label))| FigureInfo {
        key,
        label,
        help: "What each unit of this layer stands for, laid out as a picture; of upper layers by way of those below",
        leads: false,
        press: None,
        drag: None, beside: false,
    }));
    figures
}
