//! Why a command stopped.

use std::fmt::Display;
use std::io;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// Something is wrong, as one sentence without its full stop.
    Problem(String),
    /// Whoever read the output has gone.
    Closed,
}

impl Failure {
    /// A problem at a place: a file, or where in a link.
    pub fn at(place: impl Display, message: impl Display) -> Self {
        Self::Problem(format!("{place}: {message}"))
    }
}

/// Errors of writing; those of reading are told with the name of the file.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::at("standard output", error),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}
