//! What it says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::common::{cue_actions, memory_actions};
use crate::machines::learners::{self, CLASSES, NAMES, course_controls, data_controls, learning_steps};
use crate::spec::Spec;

use super::measured::{HIDDEN, MOST_HIDDEN, Told};

/// Heading of the settings about hidden units.
const MACHINE: &str = "The machine";

/// Heading of the settings about where the model's statistics come from.
const CHAINS: &str = "How it samples while it learns";

/// Heading of the settings about dreams.
const DREAMS: &str = "Its dreams";

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
    let names = learners::set_of(spec).map_or(CLASSES, |set| set.classes);
    let mut controls = data_controls();
    controls.extend([
        Control::new("hidden", "hidden units", MACHINE, kind::integer(1, MOST_HIDDEN, HIDDEN),
            "How many features it may find. More can say more, and need more pictures")
            .symbol("H"),
        Control::new("spread", "first weights", MACHINE, kind::log(0.0001, 1.0, 0.0001, 0.01),
            "Standard deviation of the weights it starts from. From none at all hidden units would never come to differ"),
        Control::new("log_odds", "start from the means", MACHINE, kind::toggle(true),
            "Biases of the cells start so that each is on as often as in the pictures; else at 0"),
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
        Control::new("after", "after learning", DREAMS,
            kind::choice(&[
                ("dream", "it dreams", "It goes on to draw both layers in turn"),
                ("rest", "it rests", "It stands still when all epochs are over"),
            ]),
            "What it does once it has learned"),
        Control::new("wall", "dreams side by side", DREAMS, kind::integer(0, 100, 25),
            "How many dreams the wall shows, beside the one on the grid"),
        Control::new("show", "dreams are shown as", DREAMS,
            kind::choice(&[
                ("states", "ink and paper", "The states that were drawn: true samples"),
                ("probabilities", "chances of ink", "The probability of ink in each cell given the hidden units: smoother, and no samples"),
            ]),
            "Whether the grid and the wall show what was drawn or how likely ink was"),
        Control::new("class", "dream of", DREAMS,
            kind::choice(&[
                ("any", "anything", "It chooses itself"),
                (CLASSES[0], names[0], ""),
                (CLASSES[1], names[1], ""),
                (CLASSES[2], names[2], ""),
                (CLASSES[3], names[3], ""),
                (CLASSES[4], names[4], ""),
                (CLASSES[5], names[5], ""),
                (CLASSES[6], names[6], ""),
                (CLASSES[7], names[7], ""),
                (CLASSES[8], names[8], ""),
                (CLASSES[9], names[9], ""),
            ]),
            "Which name is held while it dreams")
            .when(NAMES, &["learned"]),
        Control::new(crate::resolve::HOLDING, "known cells", DREAMS,
            kind::choice(&[
                ("free", "may change", "The picture on the grid is where its dream begins"),
                ("held", "are held", "Cells that are ink or paper stay; unknown ones are filled in"),
            ]),
            "What becomes of the picture on the grid as it dreams"),
    ]);
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
        curves.push(
            Observable::curve(
                "gap",
                "free-energy gap",
                "How much less likely unseen pictures are than seen ones: the difference of their mean free energies. If it grows, it learns by heart",
            )
            .unit("nats"),
        );
    }
    curves.extend([
        Observable::curve(
            "reconstruction_error",
            "reconstruction error",
            "How much of a picture is missed after one step up and down, a mean square. It says little of the likelihood, and may fall while that falls, too",
        ),
        Observable::number("energy", "free energy", "Free energy of the picture on the grid: lower is more likely")
            .symbol("F"),
        Observable::number("epoch", "epochs done", "How often it has gone through all pictures"),
        Observable::number("rate", "rate now", "The learning rate of the next step").symbol("ε"),
        Observable::number(
            "active",
            "hidden units on",
            "How much of the hidden layer is on beside the picture on the grid",
        )
        .unit("%"),
    ]);
    curves
}

fn layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new("state", "picture", Palette::Spins, "What the visible units are"),
        LayerInfo::new(
            "probability",
            "chance of ink",
            Palette::Spins,
            "How likely ink is in each cell, given the hidden units that were drawn",
        ),
        LayerInfo::new(
            "reconstruction",
            "what it makes of it",
            Palette::Spins,
            "The picture after one step up and down, in probabilities: what its features can say of it",
        ),
        LayerInfo::new(
            "hidden",
            "hidden units",
            Palette::Magnitude,
            "How likely each hidden unit is to be on, given the picture",
        )
        .apart(),
    ]
}

fn figures(told: Told) -> Vec<FigureInfo> {
    let figure = |key, label, help| FigureInfo { key, label, help, leads: false, press: None, drag: None };
    let dreams =
        figure("dreams", "dreams", "Dreams side by side, each a chain of its own that goes on and on");
    let mut figures = vec![
        FigureInfo { leads: true, ..dreams },
        figure(
            "filters",
            "features",
            "The weights of each hidden unit, laid out as a picture: what it looks for, and what speaks against it",
        ),
    ];
    if told.names {
        figures.push(figure(
            "names",
            "names",
            "How likely each name is for the picture on the grid, by exact free energies",
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
