//! `engram link`.

use engram_lab::catalogue;
use engram_lab::link::{self, Reading};

use crate::Streams;
use crate::args::Link;
use crate::failure::Failure;
use crate::input::{self, Named};

/// Prints the share link of a spec.
pub fn link(args: &Link, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Named { name, spec } = input::spec(&args.spec, streams)?;
    let setup = catalogue::check(&spec).map_err(|error| Failure::at(&name, error))?;
    streams.note(&setup.notices(&[]));
    let fragment = link::write(&spec);
    // What cannot be read is not handed out.
    match link::read(&fragment, false) {
        Reading::Spec { .. } => {}
        Reading::Problem { problem, .. } => return Err(Failure::at(name, problem.message)),
    }
    let page = args.base.as_deref().map_or("", |base| base.split('#').next().unwrap_or_default());
    Ok(writeln!(streams.out, "{page}#{fragment}")?)
}
