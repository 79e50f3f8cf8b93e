//! Running programs and saying so: each step prints a line when it starts and its duration when it ends.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{Result, place};

/// Runs `work` between a line that names it and a line that says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {name}");
    let start = Instant::now();
    let outcome = work();
    let mark = if outcome.is_ok() { "✓" } else { "✗" };
    println!("{mark} {name} ({:.1} s)", start.elapsed().as_secs_f64());
    outcome
}

/// A program to be run from the root of the checkout.
pub struct Program {
    command: Command,
    shown: String,
    hint: &'static str,
}

impl Program {
    /// The program of that name, found in PATH.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(name.as_ref());
        command.current_dir(place::root());
        let shown =
            Path::new(name.as_ref()).file_name().unwrap_or(name.as_ref()).to_string_lossy().into_owned();
        Self { command, shown, hint: "" }
    }

    /// Cargo, without flags of the caller's environment that would replace those of .cargo/config.toml.
    pub fn cargo() -> Self {
        Self::new("cargo")
            .without("RUSTFLAGS")
            .without("CARGO_ENCODED_RUSTFLAGS")
            .without("CARGO_BUILD_TARGET")
    }

    /// Adds arguments, separated by spaces in `words`.
    pub fn words(mut self, words: &str) -> Self {
        for word in words.split_whitespace() {
            self = self.arg(word);
        }
        self
    }

    /// Adds one argument as it is.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    /// Sets a variable of the environment.
    pub fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes a variable from the environment.
    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs it in another folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What to tell the person if it fails.
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    fn failure(&self, what: impl std::fmt::Display) -> String {
        let hint = if self.hint.is_empty() { String::new() } else { format!("\n  {}", self.hint) };
        format!("`{}` {what}{hint}", self.shown)
    }

    fn not_started(&self, error: &std::io::Error) -> String {
        self.failure(format_args!("did not start: {error}"))
    }

    /// Runs it with its output on this terminal.
    pub fn run(mut self) -> Result<()> {
        let status = self.command.status().map_err(|error| self.not_started(&error))?;
        if status.success() { Ok(()) } else { Err(self.failure(format_args!("failed ({status})"))) }
    }

    /// Runs it and keeps its output to itself; the output becomes part of the error if it fails.
    pub fn capture(mut self) -> Result<String> {
        let output = self.command.output().map_err(|error| self.not_started(&error))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Err(format!("{text}{errors}{}", self.failure(format_args!("failed ({})", output.status))))
    }

    /// Runs it with its output on this terminal, and shows each line of standard output to `look` as well.
    /// Returns whether it succeeded.
    pub fn watch(mut self, mut look: impl FnMut(&str)) -> Result<bool> {
        self.command.stdout(Stdio::piped());
        let mut child = self.command.spawn().map_err(|error| self.not_started(&error))?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines() {
                let line = line.map_err(|error| self.failure(format_args!("printed no text: {error}")))?;
                println!("{line}");
                look(&line);
            }
        }
        let status = child.wait().map_err(|error| self.failure(format_args!("was lost: {error}")))?;
        Ok(status.success())
    }

    /// Starts it and leaves it running.
    pub fn start(mut self) -> Result<std::process::Child> {
        self.command.spawn().map_err(|error| self.not_started(&error))
    }
}
