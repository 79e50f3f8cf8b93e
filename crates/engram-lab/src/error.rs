//! The one error of the bench: where something is wrong, and what is allowed there.

use std::fmt;

/// Something in a spec, a link, an edit or a request that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabError {
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
        Self { at: at.to_owned(), message: message.to_string() }
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
