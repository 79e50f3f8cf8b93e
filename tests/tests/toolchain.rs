//! Versions that are written in several files, because several tools read them, are the same everywhere.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the workspace");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between `before` and the next `"`.
fn quoted<'a>(text: &'a str, before: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no `{before}`"));
    rest.split('"').next().unwrap_or_default()
}

#[test]
fn wasm_bindgen_is_one_version() {
    let crate_version = quoted(&read("Cargo.lock"), "name = \"wasm-bindgen\"\nversion = \"").to_owned();
    assert_eq!(quoted(&read("Trunk.toml"), "wasm_bindgen = \""), crate_version, "Trunk.toml");
    assert_eq!(quoted(&read("crates/xtask/src/pins.rs"), "WASM_BINDGEN: &str = \""), crate_version, "xtask");
}

#[test]
fn trunk_is_one_version() {
    let pin = quoted(&read("crates/xtask/src/pins.rs"), "TRUNK: &str = \"").to_owned();
    let range = quoted(&read("Trunk.toml"), "trunk-version = \"").to_owned();
    assert!(range.starts_with(&format!(">={pin},")), "Trunk.toml wants {range}, set-up installs {pin}");
}

#[test]
fn wasm_opt_is_one_version() {
    let package = quoted(&read("package.json"), "\"binaryen\": \"").to_owned();
    let major = package.split('.').next().unwrap_or_default();
    assert_eq!(quoted(&read("Trunk.toml"), "wasm_opt = \""), format!("version_{major}"));
}

#[test]
fn what_is_measured_is_optimised_as_the_page_is() {
    let (page, pins) = (read("www/index.html"), read("crates/xtask/src/pins.rs"));
    let (_, measured) = pins.split_once("WASM_OPT: ").expect("pins.rs has WASM_OPT");
    let told: Vec<_> = measured.split('"').skip(1).step_by(2).take(2).collect();
    assert_eq!(
        told,
        [quoted(&page, "data-wasm-opt=\""), quoted(&page, "data-wasm-opt-params=\"")],
        "www/index.html and crates/xtask/src/pins.rs"
    );
}

#[test]
fn npm_packages_are_exact_and_come_from_whichever_registry_is_set() {
    let package: serde_json::Value =
        serde_json::from_str(&read("package.json")).expect("package.json is JSON");
    for group in ["dependencies", "devDependencies"] {
        for (name, version) in package[group].as_object().into_iter().flatten() {
            let version = version.as_str().unwrap_or_default();
            assert!(
                version.starts_with(|first: char| first.is_ascii_digit()),
                "{name} {version} is not exact"
            );
        }
    }
    assert!(!read("package-lock.json").contains("\"resolved\""), "package-lock.json names a registry");
}

#[test]
fn values_that_a_link_replays_come_from_crates_that_are_pinned_exactly() {
    let workspace = read("Cargo.toml");
    for name in ["libm", "rand_core", "rand_xoshiro"] {
        let version = quoted(&workspace, &format!("\n{name} = {{ version = \""));
        assert!(version.starts_with('='), "{name} = \"{version}\" is not exact");
    }
}
