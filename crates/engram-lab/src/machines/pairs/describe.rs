//! What such networks say about themselves.

use crate::control::{Control, kind};
use crate::describe::{ActionGroup, ActionInfo, Description};
use crate::machines::common::{self, Rules};
use crate::resolve;
use crate::spec::Spec;

/// Key of the control of the biases' sign in updates.
pub const BIAS_SIGN: &str = "bias_sign";

/// Rules that learn by going through the patterns again and again.
const PERCEPTRONS: [&str; 2] = ["perceptron", "perceptron_asymmetric"];

/// Fills in the description; a net whose weights are given outright has nothing to learn with.
pub fn describe(spec: &Spec, description: &mut Description, rules: &Rules) {
    let weights_given = spec.weights.is_some();
    if !weights_given {
        description.controls = learning();
    }
    description.controls.extend(running(rules));
    description.observables = common::spin_observables(
        "How much the neurons pull against each other, E = −½ s′Ws − b′s. It falls as the network settles",
    );
    description.layers = common::spin_layers();
    if rules.thermal {
        description.observables.extend(common::thermal_observables());
        description.layers.extend(common::thermal_layers());
    }
    description.layers.extend(common::pair_layers());
    let damage = damage();
    if spec.prepare.iter().any(|step| damage.iter().any(|action| action.key == step.action)) {
        description.layers.extend(common::damage_layers());
    }
    let units = resolve::units(spec).unwrap_or_default();
    description.figures = common::figures::pair_figures(units);
    description.actions = common::cue_actions(false);
    description.actions.extend(common::figures::turn_action(units));
    description.actions.extend(weight_actions(spec));
}

/// What can be done to memories and weights.
pub fn weight_actions(spec: &Spec) -> Vec<ActionInfo> {
    let mut actions = Vec::new();
    if spec.weights.is_none() {
        actions = common::memory_actions();
        actions.push(dream());
    }
    actions.extend(damage());
    actions
}

/// Controls of the learning rules.
pub fn learning() -> Vec<Control> {
    const GROUP: &str = "How it learns";
    vec![
        Control::new("rule", "learning rule", GROUP, kind::choice(&[
            ("hebb", "Hebb", "Neurons that are alike in a picture pull each other the same way. Simple, local, soon full: about 0.14 pictures per neuron"),
            ("storkey", "Storkey", "Hebb's rule that takes the pull of what it knows already into account. Local, and holds more"),
            ("storkey2", "Storkey, second order", "Storkey's rule with its product term"),
            ("pseudo_inverse", "pseudo-inverse", "Makes every picture exactly stable, however alike they are, as long as they are independent. Not local"),
            ("perceptron", "perceptron, symmetric", "Corrects both weights of a pair wherever a pixel is not held firmly, again and again"),
            ("perceptron_asymmetric", "perceptron, asymmetric", "Each neuron learns by itself. Holds most, but the energy may rise"),
            ("energy_gradient", "energy gradient", "Lowers the energy of the pictures and raises it wherever the network falls by mistake"),
            ("unlearning", "Hebb, then unlearning", "Hebb's rule, then dreams whose end states are weakened"),
        ]), "Another rule gives other weights for the same pictures: some hold more, some hold look-alikes apart"),
        Control::new("scale", "scale of the weights", GROUP, kind::choice(&[
            ("units", "one over neurons", "Fields of order one"),
            ("patterns", "one over pictures", "The average over the pictures"),
            ("one", "none", "Plain sums"),
        ]), "Multiplies all weights. It changes nothing but the numbers, unless there are biases or a temperature").when("rule", &["hebb", "unlearning"]),
        Control::new("bias", "learn biases", GROUP, kind::toggle(false),
            "Gives each neuron a leaning of its own, learned as the pull of one more neuron that is always on. Inverses of memories are then no longer as good as memories").symbol("b"),
        Control::new("margin", "margin", GROUP, kind::number(0.0, 2.0, 0.05, 0.5),
            "How firmly each pixel must be held before the rule is content. More gives wider basins and takes longer").symbol("κ").when("rule", &PERCEPTRONS),
        Control::new("rounds", "most rounds", GROUP, kind::integer(1, 5000, 500),
            "The rule stops after so many rounds over all pictures even if it is not content").when("rule", &PERCEPTRONS),
        Control::new("valleys", "where it looks for valleys", GROUP, kind::choice(&[
            ("random", "from random states", "Finds the false valleys that chance falls into"),
            ("memories", "from the memories", "Follows each picture to where it really leads"),
            ("few_from_memories", "a few sweeps from the memories", "Catches what pulls at the pictures nearby"),
            ("few_from_noisy", "a few sweeps from noisy memories", "Catches what pulls at spoiled pictures: widens the basins"),
        ]), "Which states are raised in energy while the pictures are lowered").when("rule", &["energy_gradient"]),
        Control::new("rate", "learning rate", GROUP, kind::log(0.001, 10.0, 0.001, 0.5),
            "How far each correction goes, where storing a picture once adds 1. Too far forgets, too little takes long").symbol("η").when("rule", &["energy_gradient"]),
        Control::new("steps", "steps", GROUP, kind::integer(0, 20_000, 2000),
            "How many pictures are corrected, one after another").when("rule", &["energy_gradient"]),
        Control::new("valley_sweeps", "sweeps to a valley", GROUP, kind::integer(1, 20, 3),
            "How long the network runs before the state it has reached is raised")
            .when("rule", &["energy_gradient"]).when("valleys", &["few_from_memories", "few_from_noisy"]),
        Control::new("valley_noise", "noise", GROUP, kind::fraction(0.1),
            "How much of a picture is turned over before the network runs")
            .when("rule", &["energy_gradient"]).when("valleys", &["few_from_noisy"]),
        Control::new("dreams", "dreams", GROUP, kind::integer(0, 20_000, 500),
            "How many random states are followed to their end and weakened. Too many and the pictures go too").when("rule", &["unlearning"]),
        Control::new("epsilon", "strength of a dream", GROUP, kind::log(0.0001, 1.0, 0.0001, 0.01),
            "How much each dream takes away, where storing a picture once adds 1").symbol("ε").when("rule", &["unlearning"]),
    ]
}

fn running(rules: &Rules) -> Vec<Control> {
    const GROUP: &str = "How it runs";
    let mut controls = rules.controls(GROUP);
    if rules.thermal {
        return controls;
    }
    controls.push(Control::new(
        BIAS_SIGN,
        "sign of the bias in updates",
        GROUP,
        kind::choice(&[
            ("consistent", "as in the energy", "h = Ws + b"),
            ("opposed", "opposed", "h = Ws − b: a mistake found in print, kept so that its tables can be reproduced"),
        ]),
        "Turned round, updates go against what the energy says about biases: a demonstration of why signs matter",
    ));
    controls
}

fn dream() -> ActionInfo {
    ActionInfo {
        key: "dream",
        label: "dream",
        help: "Run from random states and weaken where they end: false memories fade first, then true ones",
        group: ActionGroup::Learning,
        args: vec![
            Control::new("count", "dreams", "", kind::integer(1, 10_000, 100), "How many"),
            Control::new(
                "epsilon",
                "strength",
                "",
                kind::log(0.0001, 1.0, 0.0001, 0.01),
                "How much each takes away, where storing a picture once adds 1",
            ),
        ],
    }
}

fn damage() -> Vec<ActionInfo> {
    vec![
        ActionInfo {
            key: "damage",
            label: "damage",
            help: "Hurt the weights and see what is still remembered. Undo or heal brings them back",
            group: ActionGroup::Damage,
            args: vec![
                Control::new(
                    "how",
                    "how",
                    "",
                    kind::choice(&[
                        ("cut", "cut weights", "Sets a part of the weights to zero"),
                        ("signs", "turn signs", "Turns the signs of a part of the weights"),
                        ("noise", "add noise", "Adds normal noise to every weight"),
                        ("kill", "kill neurons", "Cuts all weights of a part of the neurons"),
                        ("quantise", "round off", "Leaves each weight only so many bits"),
                    ]),
                    "What is done to the weights",
                ),
                Control::new(
                    "amount",
                    "how much",
                    "",
                    kind::fraction(0.3),
                    "The part that is hit; for noise, its size beside the weights' own",
                )
                .when("how", &["cut", "signs", "noise", "kill"]),
                Control::new("bits", "bits", "", kind::integer(1, 8, 2), "Bits left to each weight")
                    .when("how", &["quantise"]),
            ],
        },
        ActionInfo {
            key: "heal",
            label: "heal",
            help: "Undo all damage",
            group: ActionGroup::Damage,
            args: vec![],
        },
    ]
}
