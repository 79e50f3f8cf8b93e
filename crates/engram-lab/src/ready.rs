//! Weights that a spec names in `learned`: of machines that were trained before they came with the page, and of files that
//! people bring along.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::LabError;
use crate::array::Array;
use crate::catalogue;
use crate::data::{self, Own};
use crate::files::{self, Format};
use crate::machine::Machine;
use crate::object::shown;
use crate::plan::LEARNED;
use crate::spec::Spec;
use crate::value::Value;

/// The machines that come ready: names of files beside the data sets, each with a spec of the same name that it was trained
/// by.
pub const NAMES: [&str; 4] = ["digits-names", "mnist-names", "digits-layers", "digits-grey"];

/// Where they are, beside the data sets.
pub const FOLDER: &str = "ready/";

/// One for each of [`NAMES`].
static HELD: [OnceLock<Vec<Array>>; NAMES.len()] = [const { OnceLock::new() }; NAMES.len()];

fn place(name: &str) -> Option<&'static OnceLock<Vec<Array>>> {
    NAMES.iter().position(|known| *known == name).map(|place| &HELD[place])
}

/// Hands the file of a ready machine over. One that is there already stays.
///
/// # Errors
/// A name that none has, or bytes that are no file of weights.
pub(crate) fn provide(name: &str, bytes: &[u8]) -> Result<(), LabError> {
    let Some(held) = place(name) else { return Err(unknown(name)) };
    let arrays = files::read(bytes).map_err(|error| LabError::new(name, error))?;
    held.get_or_init(|| arrays);
    Ok(())
}

/// Refuses weights of a name that none can have, or that are not there and not to be had.
pub(crate) fn check(name: &str) -> Result<(), LabError> {
    match place(name) {
        Some(held) if held.get().is_some() => Ok(()),
        Some(_) => data::check(&format!("{FOLDER}{name}")),
        None if data::is_own(name) => data::check(name),
        None => Err(unknown(name)),
    }
}

/// The arrays of this name, which passed [`check`].
pub(crate) fn arrays(name: &str) -> Result<Cow<'static, [Array]>, LabError> {
    if let Some(arrays) = place(name).and_then(OnceLock::get) {
        return Ok(Cow::Borrowed(arrays));
    }
    match data::own(name) {
        Some(Own::Bytes(bytes)) => files::read(bytes).map(Cow::Owned),
        Some(Own::Pictures(..)) => Err(LabError::new("", "this is a file of pictures, and not of weights")),
        None => Err(LabError::new("", "these weights are not there")),
    }
}

/// What the machine of an experiment has learned, as a file.
///
/// # Errors
/// A machine that learns nothing that a file could hold, or whose weights have run away.
pub fn write(machine: &dyn Machine, format: Format) -> Result<Vec<u8>, LabError> {
    let Some(learned) = machine.learned() else {
        let name = machine.setup().entry.name;
        return Err(LabError::new(
            "model",
            format_args!("'{name}' learns no weights that a file could hold"),
        ));
    };
    if !learned.is_sound() {
        return Err(LabError::new("file", "the weights have run away: there is nothing to keep"));
    }
    files::write(format, &learned.arrays(), &machine.spec().to_json())
}

/// The experiment that a file of weights makes: of the machine that the file names, or else of the one that is open. It
/// dreams at once. The file is taken in.
///
/// # Errors
/// No file of weights, weights that do not fit the machine, or a machine that is not known.
pub fn open(bytes: &[u8], now: &Spec) -> Result<Spec, LabError> {
    files::read(bytes)?;
    let mut spec = match files::spec_of(bytes) {
        Some(text) => Spec::parse(&text).map_err(|error| {
            LabError::new("file", format_args!("what it says of its machine cannot be read: {error}"))
        })?,
        None => now.clone(),
    };
    (spec.title, spec.text, spec.tags, spec.expect) = Default::default();
    (spec.weights, spec.biases, spec.beside) = Default::default();
    spec.learned = Some(data::bring(bytes)?);
    if spec.param("wall") == Some(&Value::Number(0.0)) {
        // On the command line it learned without dreams beside it.
        spec.params.remove("wall");
    }
    spec.params.insert("epochs".to_owned(), Value::Number(0.0));
    catalogue::open(&spec)?;
    Ok(spec)
}

fn unknown(name: &str) -> LabError {
    let (name, names) = (shown(name), NAMES.join(", "));
    let message = format!(
        "there are no weights '{name}'; there are {names}, and own- with 16 hexadecimal digits for a file of your own"
    );
    LabError::new(LEARNED, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_none_can_have_are_refused() {
        for name in ["", "digits", "own-", "own-0123456789ABCDEF", "ready/digits-names", "../digits-names"] {
            let error = check(name).unwrap_err().to_string();
            assert!(error.starts_with("learned: there are no weights"), "{name}: {error}");
        }
        assert!(provide("digits", &[]).is_err() && arrays("digits").is_err());
        let error = provide("digits-names", b"<!doctype html>").unwrap_err().to_string();
        assert!(error.starts_with("digits-names: file: this is neither"), "{error}");
    }
}
