//! What must be on the machine before a command can start, installed when it is missing.

mod browsers;
mod tools;

use std::fs;

pub use browsers::Browsers;

use crate::process::{Program, step};
use crate::{Result, pins, place};

/// Everything that building and serving the page needs.
pub fn for_page() -> Result<()> {
    rust_targets()?;
    check_node()?;
    // Compiling the tools takes the processor, the packages take the network: side by side.
    std::thread::scope(|scope| {
        let packages = scope.spawn(|| npm_packages().and_then(|()| crates()));
        let tools = tools::install();
        let packages = packages.join().map_err(|_| "the installation of packages stopped".to_owned());
        tools.and(packages.and_then(|outcome| outcome))
    })
}

/// Everything that the tests need.
pub fn for_tests() -> Result<Browsers> {
    rust_components()?;
    for_page()?;
    browsers::install()
}

/// The browser that benches run in, and what builds its page.
pub fn for_bench() -> Result<Browsers> {
    for_page()?;
    browsers::install()
}

fn rust_targets() -> Result<()> {
    let installed = rustup("target list --installed")?;
    let missing: Vec<_> =
        pins::TARGETS.into_iter().filter(|target| !installed.lines().any(|line| line == *target)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    step("Rust targets", || {
        Program::new("rustup")
            .words("target add")
            .words(&missing.join(" "))
            .hint("the wasm targets come through rustup: is the network there?")
            .run()
    })
}

fn rust_components() -> Result<()> {
    let installed = rustup("component list --installed")?;
    let missing: Vec<_> = ["clippy", "rustfmt"]
        .into_iter()
        .filter(|component| !installed.lines().any(|line| line.starts_with(component)))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    step("Rust components", || Program::new("rustup").words("component add").words(&missing.join(" ")).run())
}

fn rustup(words: &str) -> Result<String> {
    Program::new("rustup")
        .words(words)
        .hint("Engram is built with a Rust that rustup installed: see https://rustup.rs")
        .capture()
}

fn check_node() -> Result<()> {
    let version = Program::new("node")
        .arg("--version")
        .hint("install Node 20 or newer, with npm (on Debian: apt-get install nodejs npm)")
        .capture()?;
    let major: Option<u32> =
        version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    match major {
        Some(major) if major >= pins::NODE_MAJOR => Ok(()),
        _ => Err(format!("Node is {}: install {} or newer", version.trim(), pins::NODE_MAJOR)),
    }
}

/// Installs the npm packages if the lock file is not the one that they were installed from.
pub fn npm_packages() -> Result<()> {
    let lock = place::root().join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    // A copy of the lock file, written last: it is there and equal only after a finished installation.
    let stamp = place::root().join("node_modules/.installed-from.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    step("npm packages", || {
        Program::new("npm")
            .words("ci --no-audit --no-fund")
            .hint("is the npm registry reachable?")
            .capture()?;
        fs::write(&stamp, &wanted).map_err(|error| format!("{}: {error}", stamp.display()))
    })
}

/// Fetches the crates of Cargo.lock: Trunk builds offline.
fn crates() -> Result<()> {
    // Silent and instant when all are there.
    Program::cargo().words("fetch --locked").hint("is the crate registry reachable?").capture().map(drop)
}
