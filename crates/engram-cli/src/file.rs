//! Files of what was learned.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use engram_lab::files;
use engram_lab::machine::Machine;

use crate::failure::Failure;
use crate::input::words;

/// The bytes of a file that is no longer than so many.
pub fn read(file: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let name = &file.display();
    let length = fs::metadata(file).map_err(|error| Failure::at(name, words(&error)))?.len();
    if length > most as u64 {
        return Err(Failure::at(name, format!("{length} bytes are too long; up to {most} are possible")));
    }
    fs::read(file).map_err(|error| Failure::at(name, words(&error)))
}

/// Makes a machine one that has learned what is in a file.
pub fn put(machine: &mut dyn Machine, file: &Path) -> Result<(), Failure> {
    let name = &file.display();
    let bytes = read(file, files::MAX_BYTES)?;
    let arrays = files::read(&bytes).map_err(|error| Failure::at(name, error))?;
    machine.put(&arrays).map_err(|error| Failure::at(name, error))
}

/// Writes a file so that there is either the old or the new one, whatever happens meanwhile.
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let new = beside(file, "new");
    fs::write(&new, bytes)
        .and_then(|()| fs::rename(&new, file))
        .map_err(|error| Failure::at(file.display(), cannot(&error)))
}

/// The name of a file beside another one, with this ending more.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    name.into()
}

fn cannot(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "nothing may be written there".to_owned(),
        _ => format!("cannot be written: {error}"),
    }
}
