//! Pictures of one's own to learn from.

use engram_lab::data;
use engram_lab::import::{self, MAX_BYTES, SHARE, Wishes};
use engram_lab::spec::Patterns;

use crate::Streams;
use crate::args::Own;
use crate::failure::Failure;
use crate::file;
use crate::input::Named;

/// Hands the pictures over that are given, if any are, to the spec that needs them, or that says nothing of pictures.
pub fn hand_over(args: &Own, named: &mut Named, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Some(path) = &args.data else { return Ok(()) };
    let at = &path.display();
    let bytes = file::read(path, MAX_BYTES)?;
    let labels = args.labels.as_deref().map(|path| file::read(path, MAX_BYTES)).transpose()?;
    let wishes = Wishes { size: args.size, share: args.share.unwrap_or(SHARE), ..Wishes::default() };
    let set = import::set(&bytes, labels.as_deref(), &wishes).map_err(|error| Failure::at(at, error))?;
    if set.span.is_none() && (args.share.is_some() || args.size.is_some() || labels.is_some()) {
        let message = "this is a set with size, classes and parts of its own: give it alone";
        return Err(Failure::at(at, message));
    }
    let patterns = &mut named.spec.patterns;
    if patterns.is_empty() {
        *patterns = Patterns { set: Some(set.name.clone()), ..Patterns::default() };
    } else if patterns.set.as_deref() != Some(&*set.name) {
        let wanted = match patterns.set.as_deref().filter(|name| data::is_own(name)) {
            Some(own) => format!("the spec learns from the set '{own}'"),
            None => "the spec has pictures of its own".to_owned(),
        };
        let message = format!("{wanted}, and the pictures of {at} are the set '{}'", set.name);
        return Err(Failure::at(&named.name, message));
    }
    let (seen, unseen) = (set.pictures.training().count(), set.pictures.test().count());
    streams.note(&[format!("{at} is the set '{}': {seen} to learn from, {unseen} kept back", set.name)]);
    data::provide(&set.name, &set.bytes).map_err(|error| Failure::at(at, error))
}
