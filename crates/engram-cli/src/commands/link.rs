//! `engram link`.

use engram_lab::link::{self, Reading};

use crate::Streams;
use crate::args::Link;
use crate::failure::Failure;
use crate::input;

/// Prints the share link of a spec.
pub fn link(args: &Link, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (name, machine) = input::machine(&args.spec, streams)?;
    let fragment = link::write(machine.spec());
    // What cannot be opened is not handed out.
    match link::read(&fragment, false) {
        Reading::Spec { .. } => {}
        Reading::Problem { problem, .. } => return Err(Failure::at(name, problem.message)),
    }
    let page = args.base.as_deref().map_or("", |base| base.split('#').next().unwrap_or_default());
    Ok(writeln!(streams.out, "{page}#{fragment}")?)
}
