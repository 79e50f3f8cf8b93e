//! The one error of the bench: where something is wrong, and what is allowed there.

use std::fmt;
use std::ops::Deref;

/// Something in a spec, a link, an edit or a request that cannot be.
///
/// One pointer wide: whatever can fail hands it on, and a wider one would be copied, in code that the page loads, at
/// every step of its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabError(Box<Fault>);

/// What a [`LabError`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a path into the spec such as `params.temperature`, or the name of an action's argument.
    pub at: String,
    /// What was found and what is allowed, as a sentence without its full stop.
    pub message: String,
}

impl LabError {
    /// An error at a place.
    #[inline]
    pub fn new(at: impl AsRef<str>, message: impl fmt::Display) -> Self {
        Self::of(at.as_ref(), &message)
    }

    /// Compiled once, not once for every kind of message.
    fn of(at: &str, message: &dyn fmt::Display) -> Self {
        Self(Box::new(Fault { at: at.to_owned(), message: message.to_string() }))
    }
}

impl Deref for LabError {
    type Target = Fault;

    fn deref(&self) -> &Fault {
        &self.0
    }
}

impl fmt::Display for LabError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.at.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.at, self.message)
        }
    }
}

impl std::error::Error for LabError {}
