//! Reading specs.

use std::fs::File;
use std::io::{self, Read};

use engram_lab::catalogue;
use engram_lab::machine::Machine;
use engram_lab::spec::{MAX_SPEC_BYTES, Spec};
use engram_lab::value::Value;

use crate::Streams;
use crate::args::{Own, Trained};
use crate::failure::Failure;
use crate::file;
use crate::own;

/// What stands for standard input in place of a file's name.
const STANDARD_INPUT: &str = "-";

/// A spec with the name it goes by in messages.
pub struct Named {
    /// The file, or standard input.
    pub name: String,
    /// The spec.
    pub spec: Spec,
}

/// Reads a spec that may learn from pictures of one's own, and hands those over.
pub fn spec_with(file: &str, own: &Own, streams: &mut Streams<'_>) -> Result<Named, Failure> {
    let mut named = spec(file, streams)?;
    own::hand_over(own, &mut named, streams)?;
    Ok(named)
}

/// Reads a spec from a file or from standard input.
pub fn spec(file: &str, streams: &mut Streams<'_>) -> Result<Named, Failure> {
    let (name, text) = text(file, streams)?;
    let spec = Spec::parse(&text).map_err(|error| Failure::at(&name, error))?;
    Ok(Named { name, spec })
}

/// Reads a spec and makes its machine, which has yet to be asked what it has to say.
pub fn machine(
    file: &str,
    own: &Own,
    streams: &mut Streams<'_>,
) -> Result<(String, Box<dyn Machine>), Failure> {
    let Named { name, spec } = spec_with(file, own, streams)?;
    let machine = open(&name, &spec)?;
    Ok((name, machine))
}

/// Reads a spec and makes its machine as it is with what was learned before, and with so many dreams.
pub fn trained(
    args: &Trained,
    dreams: u32,
    streams: &mut Streams<'_>,
) -> Result<(String, Box<dyn Machine>), Failure> {
    let (name, mut machine) = learner(&args.spec, &args.own, dreams, streams)?;
    file::put(machine.as_mut(), &args.weights)?;
    Ok((name, machine))
}

/// Reads the spec of a machine that learns and makes it, with so many dreams.
pub fn learner(
    file: &str,
    own: &Own,
    dreams: u32,
    streams: &mut Streams<'_>,
) -> Result<(String, Box<dyn Machine>), Failure> {
    let Named { name, mut spec } = spec_with(file, own, streams)?;
    let entry = catalogue::find(&spec.model).map_err(|error| Failure::at(&name, error))?;
    if !entry.describe(&spec).learns {
        return Err(Failure::at(&name, format!("'{}' does not learn what a file could hold", entry.name)));
    }
    spec.params.insert("wall".to_owned(), Value::Number(f64::from(dreams)));
    // At rest it would not dream.
    spec.params.insert("after".to_owned(), Value::Text("dream".to_owned()));
    let machine = open(&name, &spec)?;
    streams.note(&machine.notices());
    Ok((name, machine))
}

/// Makes the machine of a spec that goes by a name.
pub fn open(name: &str, spec: &Spec) -> Result<Box<dyn Machine>, Failure> {
    catalogue::open(spec).map_err(|error| Failure::at(name, error))
}

/// The text of a file or of standard input, with the name it goes by in messages.
pub fn text(file: &str, streams: &mut Streams<'_>) -> Result<(String, String), Failure> {
    if file == STANDARD_INPUT {
        let name = "standard input".to_owned();
        let text = bounded(streams.input).map_err(|error| Failure::at(&name, words(&error)))?;
        return Ok((name, text));
    }
    if file.is_empty() {
        return Err(Failure::at(
            "SPEC",
            "the name of the file is empty; give a file, or - for standard input",
        ));
    }
    let text = File::open(file).and_then(|mut open| bounded(&mut open));
    Ok((file.to_owned(), text.map_err(|error| Failure::at(file, words(&error)))?))
}

/// Reads no more than a spec can be long, and one byte to tell that it is longer.
fn bounded(input: &mut dyn Read) -> io::Result<String> {
    let mut text = String::new();
    input.take(MAX_SPEC_BYTES as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// What is wrong with a file, in words.
pub fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read".to_owned(),
        io::ErrorKind::InvalidData => "this is not text in UTF-8".to_owned(),
        _ => error.to_string(),
    }
}
