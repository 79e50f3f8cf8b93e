//! The command `engram`: the experiments of the page, natively and without a screen.
//!
//! Results go to standard output as JSON, problems and notices to standard error as plain sentences. The command is
//! a function of its arguments and streams, so that tests can call it.

mod args;
mod commands;
mod failure;
mod file;
mod input;
mod number;
mod own;

use std::ffi::OsString;
use std::io::{Read, Write};

use clap::Parser;
use engram_lab::{data, ready};

use crate::args::{Arguments, Command};
use crate::failure::Failure;

/// Exit code of a problem with a spec, a link or a file. Wrong usage is 2, as the argument parser has it.
const PROBLEM: u8 = 1;

/// What a command works with.
struct Streams<'a> {
    input: &'a mut dyn Read,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

impl Streams<'_> {
    /// Says things beside the result.
    fn note(&mut self, notices: &[String]) {
        for notice in notices {
            // Nobody is left to be told that standard error is closed.
            let _ = writeln!(self.err, "engram: note: {notice}");
        }
    }
}

/// Runs the command line `args` (its first item is the name of the program); the exit code.
pub fn run<A>(
    args: impl IntoIterator<Item = A>,
    input: &mut dyn Read,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8
where
    A: Into<OsString> + Clone,
{
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(usage) => {
            let text = usage.render();
            let _ = if usage.use_stderr() { write!(err, "{text}") } else { write!(out, "{text}") };
            let _ = out.flush();
            return u8::try_from(usage.exit_code()).unwrap_or(PROBLEM);
        }
    };
    data::supply(data_set);
    let mut streams = Streams { input, out, err };
    let done = carry_out(&arguments.command, &mut streams).and_then(|()| Ok(streams.out.flush()?));
    match done {
        Ok(()) => 0,
        // The reader has what it wanted.
        Err(Failure::Closed) => 0,
        Err(Failure::Problem(message)) => {
            let _ = writeln!(streams.err, "engram: {message}");
            PROBLEM
        }
    }
}

/// The machines that come ready, as the page fetches them.
fn ready_machine(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "digits-names" => include_bytes!("../../../www/data/ready/digits-names.safetensors"),
        "mnist-names" => include_bytes!("../../../www/data/ready/mnist-names.safetensors"),
        "digits-layers" => include_bytes!("../../../www/data/ready/digits-layers.safetensors"),
        "digits-grey" => include_bytes!("../../../www/data/ready/digits-grey.safetensors"),
        _ => return None,
    })
}

/// The data sets that the page fetches: a command brings them along.
#[must_use]
pub fn data_set(name: &str) -> Option<&'static [u8]> {
    if let Some(name) = name.strip_prefix(ready::FOLDER) {
        return ready_machine(name);
    }
    Some(match name {
        data::DIGITS => include_bytes!("../../../www/data/digits8.bin"),
        data::MNIST => include_bytes!("../../../www/data/mnist28.bin"),
        data::MNIST_GREY => include_bytes!("../../../www/data/mnist28grey.bin"),
        data::FASHION => include_bytes!("../../../www/data/fashion28.bin"),
        _ => return None,
    })
}

fn carry_out(command: &Command, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match command {
        Command::List(args) => commands::list::list(args, streams),
        Command::Schema => commands::schema::schema(streams),
        Command::Run(args) => commands::run::run(args, streams),
        Command::Train(args) => commands::train::train(args, streams),
        Command::Sample(args) => commands::sample::sample(args, streams),
        Command::Ais(args) => commands::ais::ais(args, streams),
        Command::Classify(args) => commands::classify::classify(args, streams),
        Command::Exact(args) => commands::exact::exact(args, streams),
        Command::Link(args) => commands::link::link(args, streams),
        Command::Spec(args) => commands::spec::spec(args, streams),
        Command::Completions(args) => commands::completions::completions(args, streams),
    }
}
