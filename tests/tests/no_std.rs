//! The science links where there is no standard library, no allocator and no host to import anything from.

use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32v1-none";

#[test]
fn the_science_links_without_a_standard_library() {
    let wasm = std::fs::read(build()).expect("the program was linked");
    assert_eq!(wasm[..8], *b"\0asm\x01\0\0\0", "a wasm module, version 1");
    let sections = sections(&wasm[8..]);
    let ids: Vec<u8> = sections.iter().map(|(id, _)| *id).collect();
    assert!(!ids.contains(&2), "it must import nothing from a host; its sections are {ids:?}");
    let exports = sections.iter().find(|(id, _)| *id == 7).expect("it exports something").1;
    assert!(
        exports.windows(6).any(|name| name == b"recall"),
        "`recall` is exported, so that nothing that it needs can be left out"
    );
}

fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the workspace");
    // A folder of its own: the build of these very tests may hold the other.
    let target = root.join("target/no_std");
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["build", "--locked", "--package", "engram-no-std", "--target", TARGET, "--target-dir"])
        .arg(&target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}\nIf the target is missing: rustup target add {TARGET}",
        String::from_utf8_lossy(&output.stderr)
    );
    target.join(TARGET).join("debug/engram_no_std.wasm")
}

/// The sections of a module, after its header: their ids and contents.
fn sections(mut bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    while let [id, rest @ ..] = bytes {
        let (size, rest) = leb128(rest);
        let (content, rest) = rest.split_at(size);
        found.push((*id, content));
        bytes = rest;
    }
    found
}

/// An unsigned number, seven bits a byte, the lowest first.
fn leb128(bytes: &[u8]) -> (usize, &[u8]) {
    let length = bytes.iter().position(|byte| byte & 0x80 == 0).expect("the number ends") + 1;
    let value = bytes[..length].iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    (value, &bytes[length..])
}
