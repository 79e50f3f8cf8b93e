//! Where things are: the checkout, the target folder, the cache of tools that all checkouts share.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::{Result, pins};

/// The root of the checkout: that of the running command, since checkouts may share a target folder and with it
/// this program.
pub fn root() -> PathBuf {
    let package =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The page as built for publication.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder of the pinned tools. Its name holds their versions, so that checkouts with other pins do not meet.
pub fn tools() -> Result<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => match env::var_os("HOME").filter(|folder| !folder.is_empty()) {
            Some(home) => PathBuf::from(home).join(".cache"),
            None => {
                return Err("neither XDG_CACHE_HOME nor HOME is set: set one, tools are kept there".into());
            }
        },
    };
    let versions = format!("tools-trunk-{}-wasm-bindgen-{}", pins::TRUNK, pins::WASM_BINDGEN);
    Ok(cache.join("engram").join(versions))
}

/// PATH with the pinned tools and the project's npm programs first.
pub fn path_with_tools() -> Result<OsString> {
    let mut folders = vec![tools()?.join("bin"), root().join("node_modules/.bin")];
    if let Some(path) = env::var_os("PATH") {
        folders.extend(env::split_paths(&path));
    }
    env::join_paths(folders).map_err(|error| format!("a folder's name does not fit into PATH: {error}"))
}

/// The first of `names` that is a file in PATH.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
    })
}
