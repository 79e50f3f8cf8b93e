//! `engram classify`.

use engram_lab::head::{self, Head, Heads};
use engram_lab::machine::Machine;
use serde::Serialize;

use crate::Streams;
use crate::args::Classify;
use crate::failure::Failure;
use crate::input;
use crate::number::{Number, numbers};

/// What is printed; `engram classify --help` explains it.
#[derive(Serialize)]
struct Report {
    pictures: usize,
    wrong: usize,
    error: Number,
    names: &'static [&'static str],
    /// A list a true name: how often it got each name.
    confusion: Vec<Vec<usize>>,
}

/// What is printed of a head on hidden units, and of the same on cells.
#[derive(Serialize)]
struct HeadsReport {
    pictures: usize,
    hidden: HeadReport,
    cells: HeadReport,
}

/// One head.
#[derive(Serialize)]
struct HeadReport {
    features: usize,
    steps: u32,
    seen_error: Number,
    error: Number,
}

/// One picture.
#[derive(Serialize)]
struct Line {
    picture: usize,
    is: &'static str,
    called: &'static str,
    probabilities: Vec<Number>,
}

/// Names pictures that were never learned from.
pub fn classify(args: &Classify, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (name, machine) = input::trained(&args.trained, 0, streams)?;
    if args.head {
        return heads(&name, machine.as_ref(), streams);
    }
    let naming = machine.learned().and_then(|learned| learned.naming());
    let naming = naming.ok_or_else(|| {
        Failure::at(
            &name,
            "this machine has learned no names: let it learn them (\"names\": \"learned\"), or put a head on it (--head)",
        )
    })?;
    let names = naming.names;
    let mut confusion = vec![vec![0; names.len()]; names.len()];
    for (picture, &class) in naming.classes.iter().enumerate() {
        let (is, called) = (usize::from(class), naming.called(picture));
        confusion[is][called] += 1;
        if args.each {
            let probabilities = numbers(&naming.posteriors[picture]);
            let line = Line { picture, is: names[is], called: names[called], probabilities };
            serde_json::to_writer(&mut *streams.out, &line)?;
            writeln!(streams.out)?;
        }
    }
    let pictures = naming.classes.len();
    let right: usize = (0..names.len()).map(|k| confusion[k][k]).sum();
    let wrong = pictures - right;
    let error = Number(wrong as f64 / pictures.max(1) as f64);
    serde_json::to_writer(&mut *streams.out, &Report { pictures, wrong, error, names, confusion })?;
    Ok(writeln!(streams.out)?)
}

/// Puts heads on the hidden units and on the cells, and tries both.
fn heads(name: &str, machine: &dyn Machine, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let learned = machine
        .learned()
        .ok_or_else(|| Failure::at(name, "this model learns nothing that a head could use"))?;
    let Heads { pictures, hidden, cells } =
        head::heads(learned.as_ref()).map_err(|error| Failure::at(name, error))?;
    let report = |head: Head| HeadReport {
        features: head.features,
        steps: head.steps,
        seen_error: Number(head.seen_error),
        error: Number(head.error),
    };
    let report = HeadsReport { pictures, hidden: report(hidden), cells: report(cells) };
    serde_json::to_writer(&mut *streams.out, &report)?;
    Ok(writeln!(streams.out)?)
}
