//! `engram spec`.

use engram_lab::link::{self, Reading};
use engram_lab::setup::Setup;

use crate::Streams;
use crate::args::Spec;
use crate::failure::Failure;
use crate::input;

/// Prints the spec of a share link.
pub fn spec(args: &Spec, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let given = if args.link == "-" { input::text("-", streams)?.1 } else { args.link.clone() };
    let given = given.trim();
    let fragment = match given.split_once('#') {
        Some((_, fragment)) => fragment,
        None if given.contains("://") => {
            return Err(Failure::at(
                "link",
                "this address has no #, after which a share link says its experiment",
            ));
        }
        None => given,
    };
    match link::read(fragment, args.lenient) {
        Reading::Spec { spec, notices } => {
            streams.note(&notices);
            let setup = Setup::new(&spec).map_err(|error| Failure::at("link", error))?;
            streams.note(&setup.notices(&[]));
            Ok(writeln!(streams.out, "{}", spec.to_json())?)
        }
        Reading::Problem { problem, salvage } => {
            let way_out = if salvage { "; --lenient takes what can be read of it" } else { "" };
            Err(Failure::at("link", format!("{}{way_out}", problem.message)))
        }
    }
}
