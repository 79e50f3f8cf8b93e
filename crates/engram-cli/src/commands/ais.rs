//! `engram ais`.

use std::io::IsTerminal;

use engram_lab::learned::Side;
use serde::Serialize;

use crate::Streams;
use crate::args::Ais;
use crate::failure::Failure;
use crate::input;
use crate::number::Number;

/// What is printed; `engram ais --help` explains it.
#[derive(Serialize)]
struct Report {
    ln_z: Number,
    standard_error: Number,
    runs: u32,
    steps: u32,
    bias: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unseen: Option<Number>,
}

/// Estimates ln Z, and with it the likelihood of the pictures.
pub fn ais(args: &Ais, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (name, machine) = input::trained(&args.trained, 0, streams)?;
    let learned = machine.learned().ok_or_else(|| Failure::at(&name, "this model learns no distribution"))?;
    let seed = machine.spec().seed;
    let Some(mut estimate) = learned.estimate(args.runs as usize, args.steps as usize, seed) else {
        return Err(Failure::at(
            &name,
            "of this model ln Z is not estimated by annealed importance sampling",
        ));
    };
    let shown = std::io::stderr().is_terminal();
    let found = loop {
        if let Some(found) = estimate.advance(args.steps.div_ceil(100) as usize) {
            break found;
        }
        if shown {
            let (done, all) = estimate.progress();
            let _ = write!(streams.err, "\rengram: {done} of {all} steps ");
            let _ = streams.err.flush();
        }
    };
    if shown {
        let _ = writeln!(streams.err);
    }
    let likelihood = |side| Some(Number(-learned.mean_free_energy(side)? - found.ln_z));
    let report = Report {
        ln_z: Number(found.ln_z),
        standard_error: Number(found.error),
        runs: args.runs,
        steps: args.steps,
        bias: "ln_z is too low on average, and so the likelihoods are too high",
        seen: likelihood(Side::Seen),
        unseen: likelihood(Side::Unseen),
    };
    serde_json::to_writer(&mut *streams.out, &report)?;
    Ok(writeln!(streams.out)?)
}
