//! Versions of the tools that set-up installs, and how one is called. A test compares them with Cargo.lock, Trunk.toml,
//! package.json and www/index.html.

/// The newest Trunk that the pinned Rust builds.
pub const TRUNK: &str = "0.21.14";

/// The command-line tool must be of the very version of the `wasm-bindgen` crate in Cargo.lock.
pub const WASM_BINDGEN: &str = "0.2.127";

/// The oldest Node whose features the hooks and the browser tests use.
pub const NODE_MAJOR: u32 = 20;

/// What the page and the no_std proof are compiled for.
pub const TARGETS: [&str; 2] = ["wasm32-unknown-unknown", "wasm32v1-none"];

/// The level of the page's wasm-opt, and its other parameters: what is measured is what is published.
pub const WASM_OPT: [&str; 2] = [
    "3",
    "--flexible-inline-max-function-size=0 --one-caller-inline-max-function-size=20 --reorder-functions-by-name",
];

/// The package that the scanned digits are taken from.
pub const SCIKIT_LEARN: &str = "1.9.1";

/// SHA-256 of the file of digits in it.
pub const DIGITS_SUM: &str = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22";
