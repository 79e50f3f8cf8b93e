//! The page: building it with Trunk, serving it, its byte budgets, formatting.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::process::{Program, step};
use crate::{Result, cli, place, setup};

/// Trunk with the pinned tools in its PATH.
fn trunk(words: &str) -> Result<Program> {
    Ok(Program::new(place::tools()?.join("bin/trunk"))
        .words(words)
        .with("PATH", place::path_with_tools()?)
        .with("TRUNK_SKIP_VERSION_CHECK", "true")
        // Its own stack says nothing about what is wrong with the page.
        .with("RUST_BACKTRACE", "0")
        // NO_COLOR=1, which many terminals set, is an error for this version of Trunk.
        .without("NO_COLOR")
        // These would replace +simd128 of .cargo/config.toml.
        .without("RUSTFLAGS")
        .without("CARGO_ENCODED_RUSTFLAGS"))
}

/// `cargo xtask build`: set-up, dist/, budgets.
pub fn build_for_publication() -> Result<()> {
    setup::for_page()?;
    build()?;
    step("sizes", || budgets().run())?;
    println!("The page is in {}", place::dist().display());
    Ok(())
}

/// Builds dist/; the tools must be there.
pub fn build() -> Result<()> {
    step("build dist/", || trunk("build --release")?.run())
}

/// Prints the sizes of dist/ and fails if one is over its budget.
pub fn budgets() -> Program {
    Program::new("node").arg("www/tools/budgets.mjs").arg(place::dist())
}

/// `cargo xtask fmt`.
pub fn format() -> Result<()> {
    setup::npm_packages()?;
    step("rustfmt", || Program::new("cargo").words("fmt --all").run())?;
    step("biome", || Program::new("node_modules/.bin/biome").words("check --write").run())
}

/// `cargo xtask serve`: runs until it is interrupted.
pub fn serve(options: &cli::Serve) -> Result<()> {
    setup::for_page()?;
    let start = Instant::now();
    let port = free_port(&options.address, options.port)?;
    if port != options.port {
        println!("port {} is taken, using {port}", options.port);
    }
    println!("▸ build and serve");
    // A folder of its own: dist/ stays what `build` made, for publication.
    let mut server = trunk(if options.release { "serve --release" } else { "serve" })?
        .words(&format!("--disable-address-lookup --port {port} --address {}", options.address))
        .arg("--dist")
        .arg(place::target().join("serve"))
        .start()?;
    let reachable = if options.address == "0.0.0.0" { "127.0.0.1" } else { &options.address };
    loop {
        if let Some(status) = server.try_wait().map_err(|error| format!("the server was lost: {error}"))? {
            return Err(format!("the server ended ({status}); the reason is above"));
        }
        if answers(reachable, port) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    println!("✓ build and serve ({:.1} s)", start.elapsed().as_secs_f64());
    println!(
        "\n  Engram is at http://{reachable}:{port}/   (Ctrl-C ends it; it is rebuilt on every change)\n"
    );
    let status = server.wait().map_err(|error| format!("the server was lost: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("the server ended ({status})")) }
}

/// The first free port from `first` on.
fn free_port(address: &str, first: u16) -> Result<u16> {
    (first..=first.saturating_add(99)).find(|port| TcpListener::bind((address, *port)).is_ok()).ok_or_else(
        || format!("no free port at {address} from {first} on: choose others with --address and --port"),
    )
}

/// Whether the page itself comes back, not just an open port.
fn answers(address: &str, port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((address, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET / HTTP/1.1\r\nHost: {address}:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200") && answer.contains("<title>"))
    };
    ask().unwrap_or(false)
}

/// Whether dist/ holds a page.
pub fn is_built() -> bool {
    Path::new(&place::dist()).join("index.html").is_file()
}
