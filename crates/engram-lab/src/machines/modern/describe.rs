//! What the modern Hopfield network says about itself.

use crate::control::{Control, kind};
use crate::describe::{Description, LayerIndex, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::machines::common;
use crate::spec::Spec;

/// Fills in the description.
pub fn fill(_: &Spec, description: &mut Description) {
    description.controls = controls();
    description.observables = observables();
    description.layers = layers();
    description.figures = figures();
    description.actions = common::cue_actions(true);
    description
        .actions
        .extend(common::memory_actions().into_iter().filter(|action| action.key != "importance"));
    description.steps[0].label = "one update";
    description.steps[0].help = "All pixels at once become the mean of the memories, weighted by attention";
    description.steps[1].help = "The same: an update asks every pixel";
    description.steps[1].count("update", "update", "updates");
}

fn controls() -> Vec<Control> {
    const GROUP: &str = "How it runs";
    vec![
        Control::new("beta", "sharpness", GROUP, kind::log(0.001, 1000.0, 0.001, 0.1),
            "How sharply the nearest memory wins. Low: everything melts into the mean of all; high: one memory takes it all in a step")
            .symbol("β"),
        Control::new("precision", "numbers", GROUP, kind::choice(&[
            ("full", "as they are", "Small networks in double precision, large ones in single"),
            ("bytes", "in bytes", "Patterns rounded to 255 levels: faster for thousands of them, and no longer the same bits"),
        ]), "What the memories are held in"),
    ]
}

fn observables() -> Vec<Observable> {
    vec![
        Observable::curve("energy", "energy",
            "E = −β⁻¹ ln Σ exp(β x·ξ) + ½ ξ·ξ + β⁻¹ ln P + ½ M². It never rises")
            .symbol("E"),
        Observable::number("energy_attraction", "pull of the memories",
            "The term −β⁻¹ ln Σ exp(β x·ξ): what draws the picture to the memories"),
        Observable::number("energy_size", "half the square",
            "The term ½ ξ·ξ: what keeps the picture from growing"),
        Observable::number("entropy", "spread of the attention",
            "Entropy of the attention in nats: 0 is all on one memory")
            .symbol("H"),
        Observable::number("effective", "memories attended to",
            "exp(H): how many memories share the attention"),
        Observable::curve("change", "change to come",
            "How far the pixel that moves most will move in the next update. Zero means at rest"),
        Observable::bars("overlaps", "likeness",
            "Cosine of the angle between the picture and each memory: 1 the same direction, 0 unrelated. Of pictures in ink and paper it is the overlap m")
            .symbol("cos").range([-1.0, 1.0]),
        Observable::bars("attention", "attention",
            "Weight of each memory in what the picture will become: softmax(β x·ξ)")
            .symbol("p").range([0.0, 1.0]),
    ]
}

fn layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new(
            "state",
            "the picture",
            Palette::Spins,
            "The value of each pixel, from paper −1 to ink +1",
        ),
        LayerInfo::new(
            "next",
            "what it will become",
            Palette::Signed,
            "The mean of the memories, weighted by attention",
        ),
        LayerInfo::new(
            "change",
            "how it will change",
            Palette::Signed,
            "What the next update adds to each pixel",
        ),
        LayerInfo::new(
            "difference",
            "difference from a memory",
            Palette::Signed,
            "The picture less a memory, pixel by pixel",
        )
        .of_each(LayerIndex::Memory),
    ]
}

fn figures() -> Vec<FigureInfo> {
    let figure = |key, label, help| FigureInfo {
        key,
        label,
        help,
        leads: false,
        press: None,
        drag: None,
        beside: false,
    };
    vec![
        figure("attention", "attention", "How much each memory counts in what the picture will become"),
        figure(
            "transformer",
            "the same as attention in a transformer",
            "What this update and a layer of attention make of the same query, pixel by pixel",
        ),
    ]
}
