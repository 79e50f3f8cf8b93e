//! Data sets that are too large to be part of the program: whoever runs experiments fetches them and hands them over.
//!
//! An experiment that needs a data set which is not there is refused; its name is then [`wanted`], so that a host can
//! fetch it and ask again. What a file holds is checked when it is handed over, not when it is used.

use std::sync::{Mutex, OnceLock, PoisonError};

use engram::pattern::Digits;

use crate::LabError;
use crate::object::shown;

/// Scanned handwritten digits of 8 × 8 cells, in the format of [`engram::pattern::Digits`].
pub const DIGITS: &str = "digits8";

static DIGITS_HELD: OnceLock<Digits> = OnceLock::new();

static WANTED: Mutex<Option<&'static str>> = Mutex::new(None);

/// Hands a data set over. One that is there already stays.
///
/// # Errors
/// A name that no data set has, or bytes that are not in its format.
pub fn provide(name: &str, bytes: &[u8]) -> Result<(), LabError> {
    if name != DIGITS {
        let message = format!("there is no data set '{}'; there is {DIGITS}", shown(name));
        return Err(LabError::new("data", message));
    }
    let digits = Digits::parse(bytes).map_err(|error| LabError::new(name, error))?;
    DIGITS_HELD.get_or_init(|| digits);
    Ok(())
}

/// The data set that an experiment was last refused for; asked once, it is forgotten.
#[must_use]
pub fn wanted() -> Option<&'static str> {
    WANTED.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// The digits, if they were handed over.
pub(crate) fn digits() -> Option<&'static Digits> {
    DIGITS_HELD.get()
}

/// Refuses an experiment that needs a data set which is not there.
pub(crate) fn check(name: &'static str) -> Result<(), LabError> {
    if name != DIGITS || digits().is_some() {
        return Ok(());
    }
    *WANTED.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
    Err(LabError::new(
        "data",
        format_args!("this experiment needs the data set '{name}', which is not there yet"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    // One test: what is handed over stays for all that run in this process.
    #[test]
    fn data_are_wanted_until_they_are_there() {
        assert!(check(DIGITS).unwrap_err().message.contains("'digits8', which is not there"));
        assert_eq!((wanted(), wanted()), (Some(DIGITS), None));
        assert!(provide("digits9", &[]).unwrap_err().to_string().contains("no data set 'digits9'"));
        assert!(
            provide(DIGITS, b"<!doctype html>").unwrap_err().to_string().contains("digits8: these bytes")
        );
        assert!(digits().is_none() && wanted().is_none());
        let file = include_bytes!("../../../www/data/digits8.bin");
        provide(DIGITS, file).unwrap();
        assert!(check(DIGITS).is_ok() && digits().is_some_and(|digits| digits.count() == 1797));
        assert!(provide(DIGITS, file).is_ok() && wanted().is_none());
    }
}
