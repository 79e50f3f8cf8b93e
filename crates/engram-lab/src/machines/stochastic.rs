//! The stochastic Hopfield network at the bench.

use super::common::Rules;
use super::pairs;
use crate::catalogue::{Entry, Takes};

/// Its place in the catalogue.
pub const ENTRY: Entry = Entry {
    name: "stochastic",
    label: "Hopfield network with temperature",
    summary: "Neurons that follow the pull on them only with a probability: heat shakes the network out of false memories, and slow cooling leads it into deep ones",
    source: "G. E. Hinton & T. J. Sejnowski, in Parallel Distributed Processing 1 (1986) 282; S. Kirkpatrick, C. D. Gelatt & M. P. Vecchi, Science 220 (1983) 671",
    example: r#"{ "v": 1, "model": "stochastic", "patterns": { "set": "letters", "take": "AJX", "size": 10 },
             "start": { "random": true }, "params": { "course": "geometric", "hot": 2, "cold": 0.1 } }"#,
    takes: Takes::NET,
    size: None,
    describe: |spec, description| {
        pairs::describe(spec, description, &RULES);
        description.figures.extend(RULES.figures());
    },
    check: pairs::check,
    open: |setup| pairs::open(setup, &RULES),
};

/// With heat, and measured. Weights of Hebb's rule over the number of neurons recall below T = 1.
static RULES: Rules = Rules::thermal(0.3);
