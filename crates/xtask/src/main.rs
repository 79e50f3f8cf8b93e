//! The developer commands of Engram: `cargo xtask serve|build|test|bench|data|fmt`.
//!
//! Each command installs what it needs, so that a fresh clone needs only rustup, Node and the package registries.
//! The crate has no dependencies: it is the first thing that a fresh machine compiles.

mod bench;
mod cli;
mod data;
mod flavour;
mod pins;
mod place;
mod process;
mod setup;
mod test;
mod web;

use std::process::ExitCode;

/// What went wrong, and what to do about it, in words for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match cli::parse(&arguments) {
        Ok(cli::Command::Help(text)) => {
            println!("{text}");
            Ok(())
        }
        Ok(cli::Command::Serve(options)) => web::serve(&options),
        Ok(cli::Command::Build) => web::build_for_publication(),
        Ok(cli::Command::Test(selection)) => test::run(&selection),
        Ok(cli::Command::Bench(options)) => bench::run(&options),
        Ok(cli::Command::Data) => data::make(),
        Ok(cli::Command::Fmt) => web::format(),
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
