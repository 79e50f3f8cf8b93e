//! The golden streams, natively. Node and both browsers are held to the same file by `tests/browser/golden.mjs`.

use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn the_streams_are_those_on_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let text = std::fs::read_to_string(folder.join("golden.json")).expect("tests/golden/golden.json");
    let expected: BTreeMap<String, String> = serde_json::from_str(&text).expect("names and hashes");
    let found = engram_lab::golden::streams();
    if found == expected {
        return;
    }
    // A change of numerics is made on purpose: raise ENGINE_VERSION, then take this file over.
    let written = folder.join("golden.new.json");
    std::fs::write(&written, engram_lab::golden::json() + "\n").expect("a place to write");
    let names = expected.keys().chain(found.keys()).filter(|name| expected.get(*name) != found.get(*name));
    let names: std::collections::BTreeSet<_> = names.collect();
    panic!("{} streams differ; the new ones are in {}: {names:?}", names.len(), written.display());
}
