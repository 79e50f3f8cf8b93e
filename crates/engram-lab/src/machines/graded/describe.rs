//! What the network of graded response says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerIndex, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::{common, pairs};
use crate::resolve;
use crate::spec::Spec;

/// Fills in the description.
pub fn fill(spec: &Spec, description: &mut Description) {
    if spec.weights.is_none() {
        description.controls = pairs::learning();
    }
    description.controls.extend(running());
    description.observables = observables();
    description.layers = layers();
    // Of two neurons the energy is a map.
    let units = resolve::units(spec).unwrap_or_default();
    let is_plane = units == 2;
    if is_plane {
        description.figures = vec![FigureInfo {
            key: "map",
            label: "map of the energy",
            help: "The energy over the outputs of both neurons, where everything flows, and where it comes to rest. Press to start from there",
            leads: true,
            press: Some("place"),
            drag: None,
            beside: false,
        }];
    }
    let of_pairs = common::figures::pair_figures(units);
    // Its states are no corners: there are more of them than can be drawn.
    description.figures.extend(of_pairs.into_iter().filter(|figure| figure.key != "landscape"));
    description.actions = common::cue_actions(true);
    if is_plane {
        description.actions.push(common::place_action());
    }
    description.actions.extend(common::figures::turn_action(units));
    description.actions.extend(pairs::weight_actions(spec));
    description.steps[0].label = "one step";
    description.steps[0].help = "Let a little time pass for all neurons together";
    description.steps[1].label = "one unit of time";
    description.steps[1].count("time", "unit of time", "units of time");
    description.steps[1].help = "Let as much time pass as a neuron left alone takes to forget (RC)";
}

fn running() -> Vec<Control> {
    const CIRCUIT: &str = "The neurons";
    const TIME: &str = "How time passes";
    vec![
        Control::new("gain", "gain", CIRCUIT, kind::log(0.01, 1000.0, 0.01, 4.0),
            "How steeply a neuron answers. Low: it answers by halves, and all memories melt into one; high: it is on or off")
            .symbol("λ"),
        Control::new("curve", "answer curve", CIRCUIT, kind::choice(&[
            ("arctangent", "arctangent", "V = (2/π) atan(πλu/2): the one of the paper, with long tails"),
            ("tanh", "tanh", "V = tanh(λu): the mean of a neuron of ±1 with heat"),
            ("logistic", "logistic, 0 to 1", "V = 1/(1 + e^−λu): neurons of 0 and 1; paper is 0"),
        ]), "How a neuron's output follows its input"),
        Control::new("resistance", "leak resistance", CIRCUIT, kind::log(0.01, 100.0, 0.01, 1.0),
            "How slowly an input drains away. With more of it inputs grow larger, as with more gain").symbol("R"),
        Control::new("capacitance", "capacitance", CIRCUIT, kind::log(0.01, 100.0, 0.01, 1.0),
            "How slowly an input follows. It changes the pace, and not where the network comes to rest").symbol("C"),
        Control::new("interval", "time of a step", TIME, kind::log(0.001, 1.0, 0.001, 0.05),
            "How much time passes from one look to the next").symbol("Δt"),
        Control::new("method", "how it is computed", TIME, kind::choice(&[
            ("adaptive", "as finely as needed", "Dormand and Prince's pair of orders 5 and 4, with steps as long as an error of 10⁻⁸ allows"),
            ("runge_kutta", "in equal steps", "The classical method of Runge and Kutta, in steps of 0.01 or less"),
            ("euler", "roughly", "Euler's method, in steps of 0.01 or less: simple, and off by about a thousandth"),
        ]), "How the equation of motion is solved"),
    ]
}

fn observables() -> Vec<Observable> {
    vec![
        Observable::curve(
            "energy",
            "energy",
            "E = −½ ΣTVV + Σ (1/R)∫g⁻¹ − ΣIV. It falls as long as anything moves",
        )
        .symbol("E"),
        Observable::number("energy_interaction", "pull between neurons", "The term −½ ΣTVV"),
        Observable::number(
            "energy_leak",
            "cost of answering clearly",
            "The term Σ (1/R)∫g⁻¹(V)dV: what the leak takes for outputs away from the middle",
        ),
        Observable::number("energy_current", "pull from outside", "The term −ΣIV"),
        Observable::curve(
            "speed",
            "speed",
            "How fast the output moves that moves fastest, per unit of time. Below a millionth it counts as rest",
        ),
        Observable::number(
            "saturation",
            "how decided it is",
            "Mean size of the outputs: 1 is all on or off, 0 all in the middle",
        ),
        Observable::bars(
            "overlaps",
            "likeness",
            "Overlap with each memory: 1 the same, 0 unrelated, −1 its negative",
        )
        .symbol("m")
        .range([-1.0, 1.0]),
        Observable::number(
            "hamming",
            "pixels on the other side",
            "In how many pixels the output is on the other side of the middle than the memory",
        )
        .symbol("d")
        .unit("pixels")
        .per_memory(),
    ]
}

fn layers() -> Vec<LayerInfo> {
    let mut layers = vec![
        LayerInfo::new(
            "state",
            "the picture",
            Palette::Spins,
            "Output of each neuron, from paper −1 to ink +1",
        ),
        LayerInfo::new(
            "input",
            "the inputs",
            Palette::Signed,
            "Input u of each neuron: large ones are firm, near 0 it wavers",
        ),
        LayerInfo::new("motion", "the motion", Palette::Signed, "How fast each output moves, and which way"),
        LayerInfo::new(
            "difference",
            "difference from a memory",
            Palette::Signed,
            "The picture less a memory, pixel by pixel",
        )
        .of_each(LayerIndex::Memory),
    ];
    layers.extend(common::pair_layers());
    layers
}
