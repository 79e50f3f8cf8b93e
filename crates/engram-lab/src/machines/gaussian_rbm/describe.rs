//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::learners::{
    DRAWN, EPOCHS, MACHINE, MOST_CELLS, RECONSTRUCTION, SPREAD, actions_and_steps, active_observable,
    course_controls, course_observables, dream_controls, dreams_info, gap_observable, hidden_layer,
    parameter_layers, reconstruction_layer, reconstruction_observable, scale_control, source_controls,
    spread_control, state_layer,
};
use crate::spec::Spec;

use super::measured::{HIDDEN, MOST_HIDDEN, Told};

/// Heading of the settings about where the model's statistics come from.
const CHAINS: &str = "How it samples while it learns";

/// The ways in which its dreams are shown.
const SHOWN: [(&str, &str, &str); 2] = [
    ("means", "means", "What each cell is on average given the hidden units: smoother, and no samples"),
    (DRAWN, "samples", "The greys that were drawn, each around its mean"),
];

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    let told = Told::of(spec);
    description.controls = controls(spec);
    description.observables = observables(told);
    description.layers = layers(told);
    description.layers.extend(parameter_layers(true));
    description.figures = vec![
        dreams_info(),
        FigureInfo {
            key: "filters",
            label: "features",
            help: "The weights of each hidden unit, laid out as a picture: what it adds to a picture where it is on, and what it takes away",
            leads: false,
            press: None,
            drag: None,
            beside: false,
        },
    ];
    actions_and_steps(spec, description);
}

fn controls(spec: &Spec) -> Vec<Control> {
    let mut controls = source_controls(spec, true, MOST_CELLS);
    controls.push(scale_control());
    controls.extend([
        Control::new("hidden", "hidden units", MACHINE, kind::integer(1, MOST_HIDDEN, HIDDEN),
            "How many features it may find. More can say more, and need more pictures")
            .symbol("H"),
        spread_control(SPREAD),
        Control::new("variance", "what is left to chance", MACHINE,
            kind::choice(&[
                ("unit", "the same for all", "Given the hidden units each cell is drawn with a standard deviation of 1"),
                ("learned", "is learned", "The standard deviation of each cell is learned, too: the better the features, the smaller"),
            ]),
            "How far a cell is drawn from the mean that the hidden units give it")
            .symbol("σ"),
    ]);
    controls.extend(course_controls(0.01, 50));
    controls.extend([
        Control::new("sampling", "dreams come from", CHAINS,
            kind::choice(&[
                ("cd", "the pictures", "Contrastive divergence: a few steps from each picture. Cheap, and biased: the likelihood can fall"),
                ("persistent", "chains that go on", "Persistent contrastive divergence: chains that are never started afresh"),
            ]),
            "Learning needs what the machine believes by itself; this says where that comes from"),
        Control::new("steps", "steps", CHAINS, kind::integer(1, 100, 1),
            "How often both layers are drawn for each step of learning. More is slower and less biased")
            .symbol("k"),
        Control::new("chains", "chains", CHAINS, kind::integer(1, 500, 100),
            "How many chains there are. More give calmer steps").when("sampling", &["persistent"]),
    ]);
    controls.extend(dream_controls(&SHOWN));
    controls
}

fn observables(told: Told) -> Vec<Observable> {
    let mut curves = Vec::new();
    if told.likelihood {
        curves.push(
            Observable::curve(
                "log_likelihood",
                "log-likelihood",
                "How well it explains the pictures it learns from: the mean logarithm of their density, exact, by summing over all states of the hidden units. A density may be greater than 1, and its logarithm above 0",
            )
            .unit("nats a picture"),
        );
    }
    curves.push(reconstruction_observable(RECONSTRUCTION));
    if told.unseen {
        curves.push(gap_observable());
    }
    curves.extend([Observable::number(
        "energy",
        "free energy",
        "Free energy of the picture on the grid: lower is more likely",
    )
    .symbol("F")]);
    curves.extend(course_observables(EPOCHS));
    curves.extend([active_observable("How much of the hidden layer is on beside the picture on the grid")]);
    if told.variances {
        curves.push(
            Observable::number(
                "noise",
                "left to chance",
                "The root of the mean variance of a cell once the hidden units are known, in the numbers that it learns from",
            )
            .symbol("σ"),
        );
    }
    curves
}

fn layers(told: Told) -> Vec<LayerInfo> {
    let mut layers = vec![
        state_layer(),
        LayerInfo::new(
            "mean",
            "means",
            Palette::Spins,
            "What each cell is on average, given the hidden units that were drawn",
        ),
        reconstruction_layer(
            "The picture after one step up and down, on average: what its features can say of it",
        ),
    ];
    if told.variances {
        layers.push(LayerInfo::new(
            "deviation",
            "left to chance",
            Palette::Magnitude,
            "How far each cell is drawn from its mean: a standard deviation, in the numbers that it learns from",
        ));
    }
    layers.push(hidden_layer("hidden units", "How likely each hidden unit is to be on, given the picture"));
    layers
}
