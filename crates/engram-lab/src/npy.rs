//! NPY: arrays as NumPy saves them (format versions 1 to 3).
//!
//! The byte 0x93, the word `NUMPY`, two bytes of version, the length of what follows (2 bytes in version 1, else 4, the
//! lowest first), a Python dictionary that says type, order and shape, and the numbers.

use crate::LabError;
use crate::object::shown;

const MAGIC: &[u8; 6] = b"\x93NUMPY";

/// Type of the numbers of an array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// `|u1`, or `|b1`.
    Byte,
    /// `<f4`.
    Single,
    /// `<f8`.
    Double,
    /// `<i4`.
    Int,
    /// `<i8`.
    Long,
}

impl Kind {
    fn find(descr: &str) -> Option<Self> {
        Some(match descr {
            "|u1" | "|b1" => Self::Byte,
            "<f4" => Self::Single,
            "<f8" => Self::Double,
            "<i4" => Self::Int,
            "<i8" => Self::Long,
            _ => return None,
        })
    }

    /// Bytes of a number.
    fn width(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Single | Self::Int => 4,
            Self::Double | Self::Long => 8,
        }
    }

    /// The numbers in these bytes.
    pub fn numbers(self, bytes: &[u8]) -> impl Iterator<Item = f64> {
        bytes.chunks_exact(self.width()).map(move |number| self.number(number))
    }

    /// One number, of as many bytes as it has.
    fn number(self, bytes: &[u8]) -> f64 {
        let low = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
        let bits = low(bytes);
        match self {
            Self::Byte => bits as f64,
            Self::Single => f64::from(f32::from_bits(bits as u32)),
            Self::Double => f64::from_bits(bits),
            Self::Int => f64::from(bits as i32),
            Self::Long => bits as i64 as f64,
        }
    }
}

/// An array as it is in a file: as many bytes as its shape says.
#[derive(Debug)]
pub struct Npy<'a> {
    /// Type of its numbers.
    pub kind: Kind,
    /// Whether the first dimension runs fastest.
    pub fortran: bool,
    /// Length of each dimension.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub bytes: &'a [u8],
}

impl<'a> Npy<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// A file of another kind, or one that is not as long as it says, at the place `at`.
    pub fn read(at: &str, file: &'a [u8]) -> Result<Self, LabError> {
        let refuse = |message: &dyn std::fmt::Display| Err(LabError::new(at, message));
        let Some(([major, _], rest)) = file.strip_prefix(MAGIC).and_then(<[u8]>::split_first_chunk) else {
            return refuse(&"this is no NPY file: it must begin with the byte 0x93 and NUMPY");
        };
        let length = match major {
            1 => {
                rest.split_first_chunk().map(|(length, rest)| (u32::from(u16::from_le_bytes(*length)), rest))
            }
            2 | 3 => rest.split_first_chunk().map(|(length, rest)| (u32::from_le_bytes(*length), rest)),
            _ => return refuse(&format_args!("NPY files of version {major} cannot be read; 1 to 3 can")),
        };
        let head = length.and_then(|(length, rest)| rest.split_at_checked(length as usize));
        let Some((head, bytes)) = head else {
            return refuse(&"the file ends within its head");
        };
        let head = str::from_utf8(head).ok().and_then(Head::read);
        let Some(Head { descr, fortran, shape }) = head else {
            return refuse(&"the head of the file is no dictionary of descr, fortran_order and shape");
        };
        let Some(kind) = Kind::find(descr) else {
            let descr = shown(descr);
            return refuse(&format_args!(
                "numbers of type '{descr}' cannot be read; |u1, |b1, <f4, <f8, <i4 and <i8 can"
            ));
        };
        let length = shape.iter().try_fold(kind.width(), |product, &size| product.checked_mul(size));
        if length != Some(bytes.len()) {
            let sizes: Vec<_> = shape.iter().map(usize::to_string).collect();
            let (sizes, found, each) = (sizes.join(" × "), bytes.len(), kind.width());
            return refuse(&format_args!(
                "the head says {sizes} numbers of {each} bytes, and {found} bytes follow"
            ));
        }
        Ok(Self { kind, fortran, shape, bytes })
    }

    /// Its numbers, the last dimension running fastest.
    #[cfg(any(feature = "npz", test))]
    pub fn values(&self) -> Vec<f64> {
        let numbers = self.kind.numbers(self.bytes);
        if !self.fortran {
            return numbers.collect();
        }
        let mut values = vec![0.0; self.shape.iter().product()];
        for (k, number) in numbers.enumerate() {
            let (mut rest, mut step, mut at) = (k, values.len(), 0);
            for &length in &self.shape {
                step /= length;
                at += rest % length * step;
                rest /= length;
            }
            values[at] = number;
        }
        values
    }
}

/// A file of an array, in numbers of 8 bytes where `double` says so, else of 4.
#[cfg(any(feature = "npz", test))]
pub fn write(shape: &[usize], values: &[f64], double: bool) -> Vec<u8> {
    let sizes: Vec<_> = shape.iter().map(|size| format!("{size}, ")).collect();
    let descr = if double { "<f8" } else { "<f4" };
    let mut head =
        format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({}), }}", sizes.concat().trim_end());
    // What comes before the numbers is as long as a multiple of 64, and ends with a line.
    let before = MAGIC.len() + 4;
    head.extend(std::iter::repeat_n(' ', 63 - (before + head.len()) % 64));
    head.push('\n');
    let mut file = MAGIC.to_vec();
    file.extend([1, 0]);
    file.extend((head.len() as u16).to_le_bytes());
    file.extend(head.as_bytes());
    for &value in values {
        if double {
            file.extend(value.to_le_bytes());
        } else {
            file.extend((value as f32).to_le_bytes());
        }
    }
    file
}

/// What the dictionary says: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
struct Head<'a> {
    descr: &'a str,
    fortran: bool,
    shape: Vec<usize>,
}

impl<'a> Head<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut rest = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        let (mut descr, mut fortran, mut shape) = (None, None, None);
        while !rest.is_empty() {
            let (key, behind) = quoted(rest)?;
            let value = behind.trim_start().strip_prefix(':')?.trim_start();
            rest = match key {
                "descr" => {
                    let (found, behind) = quoted(value)?;
                    descr = Some(found);
                    behind
                }
                "fortran_order" => {
                    let word = value.split([',', ' ']).next()?;
                    fortran = Some(match word {
                        "True" => true,
                        "False" => false,
                        _ => return None,
                    });
                    &value[word.len()..]
                }
                "shape" => {
                    let (inside, behind) = value.strip_prefix('(')?.split_once(')')?;
                    let sizes = inside.split(',').map(str::trim).filter(|size| !size.is_empty());
                    shape = Some(sizes.map(|size| size.parse().ok()).collect::<Option<Vec<usize>>>()?);
                    behind
                }
                _ => return None,
            }
            .trim_start();
            rest = match rest.strip_prefix(',') {
                Some(behind) => behind.trim_start(),
                None if rest.is_empty() => rest,
                None => return None,
            };
        }
        Some(Self { descr: descr?, fortran: fortran?, shape: shape? })
    }
}

/// What stands between quotes at the beginning, and what stands behind them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|&c| c == '\'' || c == '"')?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (shape, double) in [(&[2, 3][..], true), (&[6], false), (&[1, 2, 3], true)] {
            let values =
                [1.5, -2.0, 0.25, 3.0, 1e-3, 7.0].map(|x: f64| if double { x } else { f64::from(x as f32) });
            let file = write(shape, &values, double);
            let width = if double { 8 } else { 4 };
            assert_eq!((file.len() - 6 * width) % 64, 0);
            let npy = Npy::read("file", &file).unwrap();
            assert_eq!((&npy.shape[..], npy.values()), (shape, values.to_vec()));
        }
        assert_eq!(Npy::read("file", &write(&[], &[4.0], true)).unwrap().values(), [4.0]);
    }

    #[test]
    fn columns_first_are_laid_out_by_rows() {
        let file = write(&[2, 3], &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0], true);
        let mut npy = Npy::read("file", &file).unwrap();
        npy.fortran = true;
        assert_eq!(npy.values(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    }
}
