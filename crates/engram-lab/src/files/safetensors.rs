//! Files of safetensors.

use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use super::{check_room, is_single};
use crate::LabError;
use crate::array::Array;

/// The key of the head under which the spec stands.
const SPEC: &str = "spec";

pub fn write(arrays: &[Array], spec: &str) -> Result<Vec<u8>, LabError> {
    let refuse = |error| LabError::new("file", format_args!("{error}"));
    let bytes: Vec<(Dtype, Vec<u8>)> = (arrays.iter())
        .map(|array| {
            let numbers = array.values.iter();
            if is_single(&array.values) {
                (Dtype::F32, numbers.flat_map(|&x| (x as f32).to_le_bytes()).collect())
            } else {
                (Dtype::F64, numbers.flat_map(|x| x.to_le_bytes()).collect())
            }
        })
        .collect();
    let mut views = Vec::new();
    for (array, (dtype, bytes)) in arrays.iter().zip(&bytes) {
        let view = TensorView::new(*dtype, array.shape.clone(), bytes).map_err(refuse)?;
        views.push((array.name.as_str(), view));
    }
    let head = [(SPEC.to_owned(), spec.to_owned())].into_iter().collect();
    serialize(views, Some(head)).map_err(refuse)
}

pub fn read(bytes: &[u8]) -> Result<Vec<Array>, LabError> {
    let file = SafeTensors::deserialize(bytes).map_err(|error| {
        LabError::new("file", format_args!("this is neither .safetensors nor .npz, or it is broken: {error}"))
    })?;
    let mut arrays = Vec::new();
    for (name, view) in file.iter() {
        check_room(name, view.shape(), &arrays)?;
        let data = view.data();
        let values = match view.dtype() {
            Dtype::F32 => each(data, |b| f64::from(f32::from_le_bytes(b))),
            Dtype::F64 => each(data, f64::from_le_bytes),
            Dtype::F16 => each(data, |b| half(u16::from_le_bytes(b))),
            Dtype::I8 => each(data, |b| f64::from(i8::from_le_bytes(b))),
            other => {
                let message = format!("numbers of type {other:?} cannot be read; F64, F32, F16 and I8 can");
                return Err(LabError::new(name, message));
            }
        };
        arrays.push(Array::new(name, view.shape(), values));
    }
    Ok(arrays)
}

fn each<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f64) -> Vec<f64> {
    bytes.as_chunks::<N>().0.iter().map(|bytes| number(*bytes)).collect()
}

/// A number of 16 bits (IEEE 754): a sign, 5 bits of exponent, 10 of fraction.
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (bits >> 10 & 31, f64::from(bits & 1023));
    // 2^-24, the least number above 0.
    const LEAST: f64 = 1.0 / (1 << 24) as f64;
    sign * match exponent {
        0 => fraction * LEAST,
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * LEAST * f64::from(1u32 << (exponent - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_they_should_be() {
        for (bits, number) in [
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x7BFF, 65504.0),
            (0x0400, 6.103515625e-5),
            (0x0001, 5.960464477539063e-8),
            (0x3555, 0.333251953125),
            (0x7C00, f64::INFINITY),
        ] {
            assert_eq!(half(bits), number, "{bits:x}");
        }
        assert!(half(0x7E00).is_nan());
    }
}
