//! The binary Hopfield network at the bench.

use super::common::Rules;
use super::pairs;
use crate::catalogue::{Entry, Takes};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "hopfield",
    label: "Hopfield network",
    summary: "Neurons of ±1 that pull on each other until the picture they show pulls on itself: a memory",
    source: "J. J. Hopfield, PNAS 79 (1982) 2554",
    example: r#"{ "v": 1, "model": "hopfield", "patterns": { "set": "letters", "take": "AJX", "size": 10 },
             "start": { "pattern": 0, "corrupt": { "flip": 0.25 } } }"#,
    takes: Takes::NET,
    size: None,
    describe: |spec, description| pairs::describe(spec, description, &RULES),
    check: pairs::check,
    open: |setup| pairs::open(setup, &RULES),
};

/// Any rule; neurons follow for certain if nothing else is said.
static RULES: Rules = Rules::ALL;
