//! Observables and layers that every model of spins has, as it describes them.

use crate::describe::{LayerIndex, LayerInfo, Observable, Palette};

/// What [`Bench`](super::Bench) reports of every model; `energy` says what the energy is. A model's own observables come
/// after these.
pub fn spin_observables(energy: &'static str) -> Vec<Observable> {
    vec![
        Observable::curve("energy", "energy", energy).symbol("E"),
        Observable::bars(
            "overlaps",
            "likeness",
            "Overlap with each memory: 1 the same, 0 unrelated, −1 its negative",
        )
        .symbol("m")
        .range([-1.0, 1.0]),
        Observable::number("hamming", "pixels that differ", "Hamming distance to each memory")
            .symbol("d")
            .unit("pixels")
            .per_memory(),
        Observable::number("unstable", "neurons that want to change", "Zero means the network has settled"),
        Observable::curve(
            "flips",
            "changes",
            "How often neurons have changed over the last sweep, that is the last updates, as many as ask every neuron once. It falls as the network settles",
        ),
        Observable::number("temperature", "temperature", "Zero: neurons follow for certain").symbol("T"),
    ]
}

/// The layers that [`Bench`](super::Bench) gives of every model. A model's own layers come after these.
pub fn spin_layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new("state", "the picture", Palette::Spins, "Each neuron's state"),
        LayerInfo::new(
            "field",
            "the pull",
            Palette::Signed,
            "Local field of each neuron: towards ink or towards paper",
        ),
        LayerInfo::new(
            "flips",
            "changes in this sweep",
            Palette::Magnitude,
            "How often each neuron has changed since the sweep began",
        ),
        LayerInfo::new(
            "difference",
            "difference from a memory",
            Palette::Spins,
            "Where the picture differs from a memory",
        )
        .of_each(LayerIndex::Memory),
    ]
}

/// The layers [`incoming`](super::incoming) and [`weights`](super::weights) of a model whose units act on each other in
/// pairs.
pub fn pair_layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new(
            "incoming",
            "weights into one neuron",
            Palette::Signed,
            "How each neuron pulls on the chosen one",
        )
        .of_each(LayerIndex::Unit),
        LayerInfo::new(
            "weights",
            "all weights",
            Palette::Signed,
            "Row i, column j: the pull of neuron j on neuron i",
        )
        .apart(),
    ]
}

/// The layers of a model of pairs whose weights were damaged. In its other layers a weight that damage cut is no number.
pub fn damage_layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new(
            "damage",
            "the damage",
            Palette::Magnitude,
            "How much of what each neuron hears damage has changed: 0 nothing, 1 as much as there was",
        ),
        LayerInfo::new(
            "lost",
            "what damage took from one neuron",
            Palette::Signed,
            "The weights into the chosen neuron before the damage, less what they are now",
        )
        .of_each(LayerIndex::Unit),
    ]
}
