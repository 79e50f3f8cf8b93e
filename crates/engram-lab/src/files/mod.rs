//! Files of what was learned: named arrays as `.safetensors` or as `.npz`, which NumPy reads.
//!
//! Numbers are written as `float32` if all of an array are such numbers, else as `float64`. Read are these, and of
//! `.safetensors` also `float16`, and numbers of one byte (`int8`) beside an array of scales: of an array `weights`, `weights_scale` holds one number a row, by
//! which the row is multiplied.

#[cfg(feature = "npz")]
mod npz;
mod safetensors;

use crate::LabError;
use crate::array::Array;

/// Longest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 28;

/// Ends the name of the array of scales of another one.
const SCALE: &str = "_scale";

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.safetensors`: a head in JSON, which also says the spec, and the numbers.
    Safetensors,
    /// `.npz`: an archive of a NumPy array each.
    #[cfg(feature = "npz")]
    Npz,
}

impl Format {
    /// All of them.
    #[cfg(feature = "npz")]
    pub const ALL: [Self; 2] = [Self::Safetensors, Self::Npz];

    /// All of them.
    #[cfg(not(feature = "npz"))]
    pub const ALL: [Self; 1] = [Self::Safetensors];

    /// How the names of its files end, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Safetensors => "safetensors",
            #[cfg(feature = "npz")]
            Self::Npz => "npz",
        }
    }

    /// The format that the name of a file says.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Self::ALL.into_iter().find(|format| extension.eq_ignore_ascii_case(format.extension()))
    }
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// As they are.
    #[default]
    Full,
    /// In 16 bits each: 11 bits of the number count.
    Half,
    /// Rows of matrices in 8 bits a number, as multiples of the 127th part of the largest of the row; other arrays in 32.
    Byte,
}

/// Arrays as a file of `.safetensors`, in as few bits as said.
///
/// # Errors
/// More than such a file can hold, or a number that is too large for 16 bits, or is none.
pub fn pack(arrays: &[Array], spec: &str, precision: Precision) -> Result<Vec<u8>, LabError> {
    safetensors::write(arrays, spec, precision)
}

/// Arrays as a file of this format. A `.safetensors` file says which spec they were learned by.
///
/// # Errors
/// More than a file of this format can hold.
pub fn write(format: Format, arrays: &[Array], spec: &str) -> Result<Vec<u8>, LabError> {
    match format {
        Format::Safetensors => safetensors::write(arrays, spec, Precision::Full),
        #[cfg(feature = "npz")]
        Format::Npz => npz::write(arrays),
    }
}

/// The arrays of a file, whose format its bytes tell.
///
/// # Errors
/// A file of another kind, one that is broken, or numbers of a type that is not read.
pub fn read(bytes: &[u8]) -> Result<Vec<Array>, LabError> {
    if bytes.len() > MAX_BYTES {
        let message = format!("{} bytes are too long; up to {MAX_BYTES} are possible", bytes.len());
        return Err(LabError::new("file", message));
    }
    #[cfg(feature = "npz")]
    if bytes.starts_with(b"PK") {
        return scaled(npz::read(bytes)?);
    }
    scaled(safetensors::read(bytes)?)
}

/// What a file says that its arrays were learned by; `.npz` files do not.
#[must_use]
pub fn spec_of(bytes: &[u8]) -> Option<String> {
    safetensors::spec_of(bytes)
}

/// Multiplies rows by their scales, where there are some.
fn scaled(mut arrays: Vec<Array>) -> Result<Vec<Array>, LabError> {
    while let Some(at) = arrays.iter().position(|array| array.name.ends_with(SCALE)) {
        let scale = arrays.remove(at);
        let name = scale.name.strip_suffix(SCALE).unwrap_or_default();
        let Some(array) = arrays.iter_mut().find(|array| array.name == name) else {
            return Err(LabError::new(&scale.name, format_args!("there is no array '{name}' to scale")));
        };
        if scale.shape != array.shape[..array.shape.len().min(1)] {
            let message =
                format!("has the shape {:?}; one number a row of {:?} is needed", scale.shape, array.shape);
            return Err(LabError::new(&scale.name, message));
        }
        let row = array.values.len() / scale.values.len().max(1);
        for (row, scale) in array.values.chunks_exact_mut(row.max(1)).zip(&scale.values) {
            row.iter_mut().for_each(|x| *x *= scale);
        }
    }
    Ok(arrays)
}

/// Whether numbers of 4 bytes hold all of these.
fn is_single(values: &[f64]) -> bool {
    values.iter().all(|&x| f64::from(x as f32) == x || x.is_nan())
}

/// Most numbers of all arrays of a file together.
const MAX_NUMBERS: usize = MAX_BYTES / 8;

/// Refuses an array for which there is no room beside those before it.
fn check_room(name: &str, shape: &[usize], arrays: &[Array]) -> Result<(), LabError> {
    let count = shape.iter().try_fold(1usize, |product, &length| product.checked_mul(length));
    let before: usize = arrays.iter().map(|array| array.values.len()).sum();
    if count.is_some_and(|count| count <= MAX_NUMBERS - before) {
        return Ok(());
    }
    let message = format!("an array of the shape {shape:?} is too large: {MAX_NUMBERS} numbers fit in all");
    Err(LabError::new(name, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Vec<Array> {
        vec![
            Array::new("weights", &[2, 3], vec![0.5, -1.25, 3.0, 0.0, -0.0, 1e-3f32.into()]),
            Array::new("visible_bias", &[3], vec![0.1, 0.2, 1e300]),
            Array::new("scale_of_all", &[], vec![2.0]),
        ]
    }

    #[test]
    fn both_formats_come_back_as_they_were() {
        for format in Format::ALL {
            let file = write(format, &some(), r#"{"v":1}"#).unwrap();
            assert_eq!(file, write(format, &some(), r#"{"v":1}"#).unwrap(), "the same bytes each time");
            let mut back = read(&file).unwrap();
            assert_eq!(spec_of(&file).is_some(), format == Format::Safetensors);
            back.sort_by_key(|array| some().iter().position(|other| other.name == array.name));
            assert_eq!(back, some());
            for cut in [0, 1, 7, 9, file.len() / 2, file.len() - 1] {
                assert!(read(&file[..cut]).is_err(), "{format:?} cut at {cut}");
            }
        }
        assert_eq!(Format::of_name("a/b.NPZ"), Some(Format::Npz));
        assert_eq!(Format::of_name("npz"), None);
    }

    #[test]
    fn rows_of_bytes_are_scaled() {
        let weights = Array::new("weights", &[2, 2], vec![1.0, -2.0, 3.0, 127.0]);
        let scale = |shape: &[usize], values| Array::new("weights_scale", shape, values);
        let read = scaled(vec![weights.clone(), scale(&[2], vec![0.5, 0.25])]).unwrap();
        assert_eq!(read, [Array::new("weights", &[2, 2], vec![0.5, -1.0, 0.75, 31.75])]);
        let error = scaled(vec![weights, scale(&[3], vec![1.0; 3])]).unwrap_err().to_string();
        assert!(error.contains("weights_scale: has the shape [3]"), "{error}");
        assert!(scaled(vec![scale(&[1], vec![1.0])]).unwrap_err().to_string().contains("no array 'weights'"));
    }

    #[test]
    fn what_is_no_file_of_weights_is_said_so() {
        for bytes in [&b""[..], b"PK", b"PK\x03\x04 and no archive", b"<!doctype html>", &[0xFF; 64]] {
            assert!(read(bytes).unwrap_err().to_string().starts_with("file: "), "{bytes:?}");
        }
    }
}
