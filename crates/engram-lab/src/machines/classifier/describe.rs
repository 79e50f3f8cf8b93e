//! What the classifier says about itself.

use super::MEMORIES;
use crate::control::{Control, kind};
use crate::describe::{Description, LayerInfo, Observable, Palette};
use crate::figure::FigureInfo;
use crate::spec::Spec;

/// Fills in the description.
pub fn fill(_: &Spec, description: &mut Description) {
    description.controls = controls();
    description.observables = observables();
    description.layers = layers();
    description.figures = vec![FigureInfo {
        key: "answer",
        label: "what it answers",
        help: "The answers of the ten classes to the digit that is asked about: the highest one counts",
        leads: false,
        press: None,
        drag: None,
        beside: false,
    }];
    description.steps[0].label = "one batch";
    description.steps[0].help = "Learn from fifty digits, and let every memory take a small step";
    description.steps[1].label = "one epoch";
    description.steps[1].help = "Learn from every digit once, in another order each time";
}

fn controls() -> Vec<Control> {
    const PICTURES: &str = "The digits";
    const ENERGY: &str = "How it remembers";
    const LEARNING: &str = "How it learns";
    vec![
        Control::new(
            "data",
            "digits",
            PICTURES,
            kind::choice(&[
                ("printed", "printed", "400 digits in one typeface, shifted and with specks, made on the spot"),
                ("handwritten", "handwritten", "1797 scanned digits of 13 people: a file of 46 kB that is fetched"),
            ]),
            "What it learns from. Of every four digits it never sees one, and is asked about it",
        ),
        Control::new("asked", "digit asked about", PICTURES, kind::integer(0, 448, 0),
            "Which of the unseen digits is asked about; beyond the last it begins again with the first"),
        Control::new("degree", "power", ENERGY, kind::integer(1, 30, 10),
            "How steep the energy is. Low: memories become strokes that work together; high: whole digits, one of which decides")
            .symbol("n"),
        Control::new("memories", "memories", ENERGY, kind::integer(1, MEMORIES.1, MEMORIES.0),
            "How many memories there are to be learned. With more of them fewer digits are read wrongly")
            .symbol("K"),
        Control::new("temperature", "temperature", ENERGY, kind::number(1.0, 200.0, 1.0, 30.0),
            "Overlaps that count are about as large. Too low: every answer is certain at once, and nothing more is learned; too high: none ever is")
            .symbol("T"),
        Control::new("epochs", "epochs", LEARNING, kind::integer(1, 200, 20),
            "How often it goes through all digits. The rate falls evenly, and is nothing at the end"),
        Control::new("rate", "learning rate", LEARNING, kind::log(0.001, 0.2, 0.001, 0.02),
            "How far the pixel of a memory that is pulled at most goes in a batch, at the beginning")
            .symbol("ε"),
        Control::new("momentum", "momentum", LEARNING, kind::number(0.0, 0.95, 0.05, 0.6),
            "How much of the last step is in the next one. More is smoother, and slower to turn")
            .symbol("p"),
        Control::new("exponent", "exponent of the loss", LEARNING, kind::integer(1, 50, 4),
            "How much more a bad answer counts than one that is nearly right")
            .symbol("m"),
    ]
}

fn observables() -> Vec<Observable> {
    vec![
        Observable::curve("energy", "loss",
            "How far the worst answers are from what they should be, over the batch last learned from: (mean of Σ |c − t|^2m)^(1/2m)")
            .symbol("L"),
        Observable::curve("unseen_error", "errors, unseen",
            "Of a hundred digits that it has not learned from, so many are read wrongly; measured after each epoch")
            .unit("%"),
        Observable::curve("seen_error", "errors, seen",
            "The same of the digits that it learns from")
            .unit("%"),
        Observable::number("speakers", "memories that speak",
            "How many memories take part in the right answer to an unseen digit, on average: e to the entropy of their parts. Many: strokes; few: whole digits"),
        Observable::number("epoch", "epochs done", "How often it has gone through all digits"),
    ]
}

fn layers() -> Vec<LayerInfo> {
    vec![
        LayerInfo::new(
            "state",
            "the memories",
            Palette::Spins,
            "A tile for each memory: what it wants to be ink, and what paper",
        ),
        LayerInfo::new(
            "moving",
            "how they move",
            Palette::Signed,
            "Which way learning last moved each pixel, beside the one of its memory that moved most",
        ),
        LayerInfo::new(
            "speaking",
            "who speaks",
            Palette::Signed,
            "What part each memory has in the answer to the digit asked about, for or against it",
        ),
        LayerInfo::new("asked", "digit asked about", Palette::Signed, "The unseen digit that is asked about")
            .apart(),
    ]
}
