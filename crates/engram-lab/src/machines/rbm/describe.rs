//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable};
use crate::figure::FigureInfo;
use crate::machines::learners::{
    EPOCHS, MACHINE, MOST_CELLS, RECONSTRUCTION, SPREAD, actions_and_steps, active_observable,
    binary_dream_controls, chance_layer, course_controls, course_observables, data_controls, dreams_info,
    gap_observable, hidden_layer, log_odds_control, names_info, parameter_layers, reconstruction_layer,
    reconstruction_observable, spread_control, state_layer,
};
use crate::spec::Spec;
use crate::study::{self, StudyInfo};

use super::measured::{HIDDEN, MOST_HIDDEN, Told};

/// Heading of the settings about where the model's statistics come from.
const CHAINS: &str = "How it samples while it learns";

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    description.controls = controls(spec);
    description.observables = observables(Told::of(spec));
    description.layers = layers();
    description.layers.extend(parameter_layers(true));
    description.figures = figures(Told::of(spec));
    description.studies = studies(Told::of(spec));
    actions_and_steps(spec, description);
}

fn controls(spec: &Spec) -> Vec<Control> {
    let mut controls = data_controls(spec, MOST_CELLS);
    controls.extend([
        Control::new(
            "hidden",
            "hidden units",
            MACHINE,
            kind::integer(1, MOST_HIDDEN, HIDDEN),
            "How many features it may find. More can say more, and need more pictures",
        )
        .symbol("H"),
        spread_control(SPREAD),
        log_odds_control(true),
    ]);
    controls.extend(course_controls(0.05, 50));
    let kept = &["persistent", "fast", "tempered"];
    controls.extend([
        Control::new("sampling", "dreams come from", CHAINS,
            kind::choice(&[
                ("cd", "the pictures", "Contrastive divergence: a few steps from each picture. Cheap, and biased: the likelihood can fall"),
                ("persistent", "chains that go on", "Persistent contrastive divergence: chains that are never started afresh"),
                ("fast", "chains driven on", "Persistent chains that feel fast weights, which drive them away from where they are"),
                ("tempered", "chains at many temperatures", "Parallel tempering: hot chains wander, and hand what they find to cold ones"),
                ("exact", "all states", "The exact gradient, by looking at all states: for small machines"),
            ]),
            "Learning needs what the machine believes by itself; this says where that comes from"),
        Control::new("steps", "steps", CHAINS, kind::integer(1, 100, 1),
            "How often both layers are drawn for each step of learning. More is slower and less biased")
            .symbol("k").when("sampling", &["cd", "persistent", "fast", "tempered"]),
        Control::new("chains", "chains", CHAINS, kind::integer(1, 500, 100),
            "How many chains there are. More give calmer steps").when("sampling", kept),
        Control::new("fast_rate", "rate of fast weights", CHAINS, kind::log(0.0001, 1.0, 0.0001, 0.01),
            "How fast weights follow; they lose a twentieth of themselves at every step").when("sampling", &["fast"]),
        Control::new("temperatures", "temperatures", CHAINS, kind::integer(2, 50, 10),
            "Inverse temperatures are spread evenly from 1 to 0; chains at all of them are drawn")
            .when("sampling", &["tempered"]),
        Control::new("centred", "count from the means", CHAINS, kind::toggle(false),
            "Both layers are counted from their means while it learns: then turning ink into paper changes nothing")
            .when("sampling", &["cd", "persistent", "fast", "tempered"]),
        Control::new("sparsity", "push towards rare features", CHAINS, kind::number(0.0, 10.0, 0.01, 0.0),
            "How strongly hidden units are pushed to be on as seldom as asked; 0 is not at all")
            .when("sampling", &["cd", "persistent", "fast", "tempered"]),
        Control::new("target", "how often on", CHAINS, kind::fraction(0.1),
            "In what part of the pictures a hidden unit should be on, if it is pushed there")
            .when("sampling", &["cd", "persistent", "fast", "tempered"]),
    ]);
    controls.extend(binary_dream_controls(spec));
    controls
}

fn observables(told: Told) -> Vec<Observable> {
    let mut curves = Vec::new();
    if told.likelihood {
        curves.push(
            Observable::curve(
                "log_likelihood",
                "log-likelihood",
                "How well it explains the pictures it learns from: the mean of ln P, exact, by summing over all states of the smaller layer; of a thousand pictures at most",
            )
            .unit("nats a picture"),
        );
    }
    if told.names {
        curves.push(
            Observable::curve(
                "unseen_error",
                "errors, unseen",
                "Of a hundred pictures it has never seen, so many get the wrong name, by the exact free energy of each name",
            )
            .unit("%"),
        );
    }
    curves.push(
        Observable::curve(
            "pseudo_likelihood",
            "pseudo-likelihood",
            "How well it tells each cell of a picture from all others: the mean of ln P(cell | rest). It is no likelihood, but can be had of large machines",
        )
        .unit("nats a cell"),
    );
    if told.unseen {
        curves.push(gap_observable());
    }
    curves.extend([
        reconstruction_observable(RECONSTRUCTION),
        Observable::number(
            "energy",
            "free energy",
            "Free energy of the picture on the grid: lower is more likely",
        )
        .symbol("F"),
    ]);
    curves.extend(course_observables(EPOCHS));
    curves.extend([active_observable("How much of the hidden layer is on beside the picture on the grid")]);
    curves
}

fn layers() -> Vec<LayerInfo> {
    vec![
        state_layer(),
        chance_layer(),
        reconstruction_layer(
            "The picture after one step up and down, in probabilities: what its features can say of it",
        ),
        hidden_layer("hidden units", "How likely each hidden unit is to be on, given the picture"),
    ]
}

/// There is nothing to estimate of without pictures, and a head needs names that the machine was not told.
fn studies(told: Told) -> Vec<StudyInfo> {
    let mut studies = vec![study::LIKELIHOOD];
    if told.unseen && !told.names {
        studies.push(study::HEAD);
    }
    studies
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
            "features",
            "The weights of each hidden unit, laid out as a picture: what it looks for, and what speaks against it",
        ),
    ];
    if told.names {
        figures.push(names_info());
    }
    if told.law {
        figures.push(figure(
            "distribution",
            "what it believes",
            "How likely each picture is to the machine, exactly, beside how often it is shown",
        ));
    }
    if told.updates {
        figures.push(figure(
            "updates",
            "gradient",
            "For each weight, what the sampler would teach on average, over what the exact gradient says: on the line both agree",
        ));
    }
    figures
}
