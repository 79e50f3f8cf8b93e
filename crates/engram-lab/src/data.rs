//! Data sets that are too large to be part of the program: whoever runs experiments fetches them and hands them over, or
//! says once where they are to be had.
//!
//! An experiment that needs a data set which is not there is refused; its name is then [`wanted`], so that a host can
//! fetch it and ask again. What a file holds is checked when it is handed over, not when it is used.
//!
//! Files that people bring along are held beside them, whatever is in them, by a name that follows from their bytes
//! ([`own_name`]): a spec that names one means that very file, wherever it is opened.

use std::sync::{Mutex, OnceLock, PoisonError};

use engram::pattern::{Digits, Pictures};

use crate::LabError;
use crate::machine::fnv1a;
use crate::object::shown;
use crate::ready;

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

static WANTED: Mutex<Option<String>> = Mutex::new(None);

/// How names of files begin that people bring along; 16 hexadecimal digits follow.
const OWN: &str = "own-";

/// A file that somebody brought along: there for as long as the program runs, as the others are.
struct OwnFile {
    name: String,
    held: Own,
}

/// What such a file holds.
#[derive(Clone, Copy)]
pub enum Own {
    /// Pictures to learn from, and the names of their classes.
    Pictures(&'static Pictures, &'static [&'static str]),
    /// Anything else, as it is.
    Bytes(&'static [u8]),
}

static OWN_HELD: Mutex<Vec<OwnFile>> = Mutex::new(Vec::new());

/// The name of a file that somebody brings along: `own-` and the 64-bit FNV-1a hash of its bytes in 16 hexadecimal digits.
#[must_use]
pub fn own_name(bytes: &[u8]) -> String {
    format!("{OWN}{:016x}", fnv1a(bytes))
}

/// Whether a name is of that form.
#[must_use]
pub fn is_own(name: &str) -> bool {
    let digits = name.strip_prefix(OWN).unwrap_or_default().as_bytes();
    digits.len() == 16 && digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

/// A file that somebody brought along, if it is there.
#[must_use]
pub fn own(name: &str) -> Option<Own> {
    let all = OWN_HELD.lock().unwrap_or_else(PoisonError::into_inner);
    all.iter().find(|file| file.name == name).map(|file| file.held)
}

/// Takes in a file that somebody brings along; its name.
///
/// # Errors
/// A file that begins as pictures do and is none.
pub fn bring(bytes: &[u8]) -> Result<String, LabError> {
    let name = own_name(bytes);
    if own(&name).is_some() {
        return Ok(name);
    }
    let held = if Pictures::begins(bytes) {
        let pictures: &Pictures =
            Box::leak(Box::new(Pictures::parse(bytes).map_err(|error| LabError::new(&*name, error))?));
        Own::Pictures(pictures, pictures.class_names().iter().map(String::as_str).collect::<Vec<_>>().leak())
    } else {
        Own::Bytes(bytes.to_vec().leak())
    };
    let file = OwnFile { name: name.clone(), held };
    OWN_HELD.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    Ok(name)
}

/// Hands a data set over, or a file that somebody brings along. One that is there already stays.
///
/// # Errors
/// A name that no data set has, bytes that are not in its format, or an own file of another name.
pub fn provide(name: &str, bytes: &[u8]) -> Result<(), LabError> {
    if is_own(name) {
        let found = own_name(bytes);
        if found != name {
            let message = format_args!("this is another file: by its bytes it is '{found}'");
            return Err(LabError::new(name, message));
        }
        return bring(bytes).map(drop);
    }
    if let Some(name) = name.strip_prefix(ready::FOLDER) {
        return ready::provide(name, bytes);
    }
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

/// The data set, or the own file, that an experiment was last refused for; asked once, it is forgotten.
#[must_use]
pub fn wanted() -> Option<String> {
    WANTED.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// The pictures of a data set or of an own file, if they are there; the digits are among them.
#[must_use]
pub fn pictures(name: &str) -> Option<&'static Pictures> {
    if let Some(Own::Pictures(pictures, _)) = own(name) {
        return Some(pictures);
    }
    let held = place(name)?;
    let digits = || digits().filter(|_| name == DIGITS).map(|digits| held.get_or_init(|| digits.into()));
    held.get().or_else(digits)
}

/// The digits in their own 17 levels, if they are there.
pub(crate) fn digits() -> Option<&'static Digits> {
    DIGITS_HELD.get()
}

/// Refuses an experiment that needs a data set which is not there and not to be had.
pub(crate) fn check(name: &str) -> Result<(), LabError> {
    let is_there = match name {
        DIGITS => digits().is_some(),
        name => own(name).is_some() || pictures(name).is_some(),
    };
    if is_there {
        return Ok(());
    }
    if let Some(bytes) = SOURCE.get().and_then(|source| source(name)) {
        return provide(name, bytes);
    }
    *WANTED.lock().unwrap_or_else(PoisonError::into_inner) = Some(name.to_owned());
    let message = if is_own(name) {
        format!("this experiment needs the file '{name}', which its maker has and which is not there yet")
    } else {
        format!("this experiment needs the data set '{name}', which is not there yet")
    };
    Err(LabError::new("data", message))
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
        assert_eq!((wanted().as_deref(), wanted()), (Some(DIGITS), None));
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

        assert!(check(FASHION).is_err() && wanted().as_deref() == Some(FASHION));
        supply(of);
        assert!(check(FASHION).is_ok() && check(MNIST).is_err() && wanted().as_deref() == Some(MNIST));
        assert!(
            provide(MNIST, file).unwrap_err().to_string().starts_with("mnist28: these bytes are no pictures")
        );
        assert!(pictures(MNIST).is_none() && pictures("digits9").is_none());

        let own_set = Pictures::new(2, 1, &[0, 255, 255, 0]).unwrap();
        let own_set = own_set.with_classes(vec!["left".into(), "right".into()], vec![1, 0]).unwrap();
        for (file, is_set) in [(own_set.to_bytes(), true), (b"PK or whatever".to_vec(), false)] {
            let name = own_name(&file);
            assert!(is_own(&name) && own(&name).is_none());
            assert!(check(&name).unwrap_err().message.contains("which its maker has"));
            assert_eq!(wanted(), Some(name.clone()));
            let other = provide(&name, &[&file[..], &[0]].concat()).unwrap_err().to_string();
            assert!(other.contains("this is another file"), "{other}");
            assert!(provide(&name, &file).is_ok() && provide(&name, &file).is_ok() && check(&name).is_ok());
            match own(&name) {
                Some(Own::Pictures(all, names)) => {
                    assert!(is_set && *all == own_set && names == ["left", "right"]);
                }
                Some(Own::Bytes(bytes)) => assert!(!is_set && bytes == file && pictures(&name).is_none()),
                None => panic!("{name}"),
            }
        }
        let broken = &own_set.to_bytes()[..12];
        assert!(provide(&own_name(broken), broken).unwrap_err().to_string().contains("ends too soon"));
        for name in [
            "own-",
            "own-0123456789abcde",
            "own-0123456789ABCDEF",
            "own-0123456789abcdef0",
            "0123456789abcdef",
        ] {
            assert!(!is_own(name) && provide(name, b"").is_err(), "{name}");
        }
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
