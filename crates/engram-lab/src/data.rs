//! Data sets that are too large to be part of the program: whoever runs experiments fetches them and hands them over, or
//! says once where they are to be had.
//!
//! An experiment that needs a data set which is not there is refused; its name is then [`wanted`], so that a host can
//! fetch it and ask again. What a file holds is checked when it is handed over, not when it is used.

use std::sync::{Mutex, OnceLock, PoisonError};

use engram::pattern::{Digits, Pictures};

use crate::LabError;
use crate::object::shown;

/// Scanned handwritten digits of 8 × 8 cells, in the format of [`engram::pattern::Digits`].
pub const DIGITS: &str = "digits8";

/// 20 000 binary handwritten digits of 28 × 28 cells, half of them for testing.
pub const MNIST: &str = "mnist28";

/// 1000 grey ones, all for training.
pub const MNIST_GREY: &str = "mnist28grey";

/// 3000 grey articles of clothing of 28 × 28 cells, a third of them for testing.
pub const FASHION: &str = "fashion28";

/// All data sets. All but the first are in the format of [`engram::pattern::Pictures`].
pub const NAMES: [&str; 4] = [DIGITS, MNIST, MNIST_GREY, FASHION];

/// Where bytes of a data set are to be had without fetching.
pub type Source = fn(&str) -> Option<&'static [u8]>;

static DIGITS_HELD: OnceLock<Digits> = OnceLock::new();

/// One for each of [`NAMES`].
static PICTURES_HELD: [OnceLock<Pictures>; NAMES.len()] = [const { OnceLock::new() }; NAMES.len()];

static SOURCE: OnceLock<Source> = OnceLock::new();

static WANTED: Mutex<Option<&'static str>> = Mutex::new(None);

/// Hands a data set over. One that is there already stays.
///
/// # Errors
/// A name that no data set has, or bytes that are not in its format.
pub fn provide(name: &str, bytes: &[u8]) -> Result<(), LabError> {
    let Some(held) = place(name) else {
        let (name, names) = (shown(name), NAMES.join(", "));
        return Err(LabError::new("data", format_args!("there is no data set '{name}'; there are {names}")));
    };
    if name == DIGITS {
        let digits = Digits::parse(bytes).map_err(|error| LabError::new(name, error))?;
        DIGITS_HELD.get_or_init(|| digits);
    } else {
        let pictures = Pictures::parse(bytes).map_err(|error| LabError::new(name, error))?;
        held.get_or_init(|| pictures);
    }
    Ok(())
}

/// Says where data sets are to be had that nobody handed over. What is said first holds.
pub fn supply(source: Source) {
    SOURCE.get_or_init(|| source);
}

/// The data set that an experiment was last refused for; asked once, it is forgotten.
#[must_use]
pub fn wanted() -> Option<&'static str> {
    WANTED.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// The pictures of a data set, if it is there; the digits are among them.
#[must_use]
pub fn pictures(name: &str) -> Option<&'static Pictures> {
    let held = place(name)?;
    let digits = || digits().filter(|_| name == DIGITS).map(|digits| held.get_or_init(|| digits.into()));
    held.get().or_else(digits)
}

/// The digits in their own 17 levels, if they are there.
pub(crate) fn digits() -> Option<&'static Digits> {
    DIGITS_HELD.get()
}

/// Refuses an experiment that needs a data set which is not there and not to be had.
pub(crate) fn check(name: &'static str) -> Result<(), LabError> {
    let is_there = if name == DIGITS { digits().is_some() } else { pictures(name).is_some() };
    if is_there {
        return Ok(());
    }
    if let Some(bytes) = SOURCE.get().and_then(|source| source(name)) {
        return provide(name, bytes);
    }
    *WANTED.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
    Err(LabError::new(
        "data",
        format_args!("this experiment needs the data set '{name}', which is not there yet"),
    ))
}

fn place(name: &str) -> Option<&'static OnceLock<Pictures>> {
    NAMES.iter().position(|known| *known == name).map(|place| &PICTURES_HELD[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<&'static [u8]> {
        (name == FASHION).then_some(include_bytes!("../../../www/data/fashion28.bin"))
    }

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
        assert!(pictures(DIGITS).is_some_and(|all| all.test().count() == 297));

        assert!(check(FASHION).is_err() && wanted() == Some(FASHION));
        supply(of);
        assert!(check(FASHION).is_ok() && check(MNIST).is_err() && wanted() == Some(MNIST));
        assert!(
            provide(MNIST, file).unwrap_err().to_string().starts_with("mnist28: these bytes are no pictures")
        );
        assert!(pictures(MNIST).is_none() && pictures("digits9").is_none());
    }

    #[test]
    fn committed_files_hold_what_they_are_said_to() {
        let read = |file: &[u8]| Pictures::parse(file).unwrap();
        let mnist = read(include_bytes!("../../../www/data/mnist28.bin"));
        let grey = read(include_bytes!("../../../www/data/mnist28grey.bin"));
        let fashion = read(include_bytes!("../../../www/data/fashion28.bin"));
        for (set, training, test, depth) in
            [(&mnist, 10_000, 10_000, 1), (&grey, 1000, 0, 4), (&fashion, 2000, 1000, 4)]
        {
            assert_eq!((set.width(), set.height(), set.depth()), (28, 28, depth));
            assert_eq!(
                (set.training().count(), set.test().count(), set.class_names().len()),
                (training, test, 10)
            );
        }
        // A five to learn from and a seven to be asked about come first in the database.
        assert_eq!(
            (mnist.training().classes()[..5].to_vec(), mnist.test().classes()[..3].to_vec()),
            (vec![5, 0, 4, 1, 9], vec![7, 2, 1])
        );
        assert_eq!(mnist.class_names()[7], "7");
        assert_eq!(grey.all().classes(), &mnist.training().classes()[..1000]);
        // Half ink in 16 levels is half ink in 256.
        for picture in 0..1000 {
            let dark = grey.all().levels(picture).map(|level| level > 127);
            assert!(dark.eq(mnist.training().levels(picture).map(|level| level == 255)), "{picture}");
        }
        let names = fashion.class_names();
        assert_eq!(
            (names[9].as_str(), fashion.training().classes()[0], fashion.test().classes()[0]),
            ("Ankle boot", 9, 9)
        );
    }

    #[test]
    fn the_notice_tells_of_every_file() {
        let notice = include_str!("../../../www/data/NOTICE.md");
        for name in NAMES {
            let path = format!("{}/../../www/data/{name}.bin", env!("CARGO_MANIFEST_DIR"));
            let bytes = std::fs::metadata(&path).unwrap().len();
            let said = format!("{} {:03} bytes", bytes / 1000, bytes % 1000);
            assert!(
                notice.contains(&format!("`{name}.bin`")) && notice.contains(&said),
                "{name}.bin: {said}"
            );
        }
    }
}
