//! Articles of clothing of 28 × 28 cells: Fashion-MNIST.

use super::{Set, find, fresh, pack, unpack};
use crate::process::Program;
use crate::{Result, pins};

/// In 16 levels.
const SET: Set = Set {
    name: "fashion28",
    training: 2000,
    test: 1000,
    depth: 4,
    classes: &[
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ],
};

pub fn make() -> Result<()> {
    let folder = fresh("fashion")?;
    let debian = "the package is one of Debian's: elsewhere www/data/fashion28.bin stays as it is";
    Program::new("apt-get")
        .words("download --quiet dataset-fashion-mnist")
        .within(&folder)
        .hint(debian)
        .capture()?;
    Program::new("dpkg-deb").arg("-x").arg(find(&folder, "deb")?).arg(&folder).hint(debian).capture()?;
    let from = folder.join("usr/share/datasets/fashion-mnist");
    pack(&folder, &unpack(&folder, &from, ".gz", pins::FASHION_SUMS)?, &SET)
}
