//! `engram completions`.

use clap::CommandFactory;

use crate::Streams;
use crate::args::{Arguments, Completions};
use crate::failure::Failure;

/// Prints a shell's script.
pub fn completions(args: &Completions, streams: &mut Streams<'_>) -> Result<(), Failure> {
    // Into memory first: the generator panics if it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "engram", &mut script);
    Ok(streams.out.write_all(&script)?)
}
