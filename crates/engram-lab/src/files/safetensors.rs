//! Files of safetensors.

use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use super::{Precision, SCALE, check_room, is_single};
use crate::LabError;
use crate::array::Array;
use crate::fallible::try_each;

/// The key of the head under which the spec stands.
const SPEC: &str = "spec";

pub fn write(arrays: &[Array], spec: &str, precision: Precision) -> Result<Vec<u8>, LabError> {
    let refuse = |error| LabError::new("file", format_args!("{error}"));
    let mut tensors = Vec::new();
    for array in arrays {
        let Array { name, shape, values } = array;
        let numbers = values.iter();
        let (dtype, bytes): (_, Vec<u8>) = match precision {
            Precision::Half => {
                let halves = try_each(numbers, |&x| to_half(x).ok_or_else(|| unfit(name, x)))?;
                (Dtype::F16, halves.into_iter().flat_map(u16::to_le_bytes).collect())
            }
            Precision::Byte if shape.len() > 1 => {
                let (bytes, scales) = in_bytes(array)?;
                let scales = scales.into_iter().flat_map(f32::to_le_bytes).collect();
                tensors.push((format!("{name}{SCALE}"), Dtype::F32, vec![shape[0]], scales));
                (Dtype::I8, bytes)
            }
            Precision::Full if !is_single(values) => {
                (Dtype::F64, numbers.flat_map(|x| x.to_le_bytes()).collect())
            }
            _ => (Dtype::F32, numbers.flat_map(|&x| (x as f32).to_le_bytes()).collect()),
        };
        tensors.push((name.clone(), dtype, shape.clone(), bytes));
    }
    let mut views = Vec::new();
    for (name, dtype, shape, bytes) in &tensors {
        let view = TensorView::new(*dtype, shape.clone(), bytes).map_err(refuse)?;
        views.push((name.as_str(), view));
    }
    let head = [(SPEC.to_owned(), spec.to_owned())].into_iter().collect();
    serialize(views, Some(head)).map_err(refuse)
}

/// The spec that a file says its arrays were learned by.
pub fn spec_of(bytes: &[u8]) -> Option<String> {
    let (_, head) = SafeTensors::read_metadata(bytes).ok()?;
    head.metadata().as_ref()?.get(SPEC).cloned()
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

/// Rows in whole numbers from −127 to 127, and what each row is to be multiplied by.
fn in_bytes(array: &Array) -> Result<(Vec<u8>, Vec<f32>), LabError> {
    let (mut bytes, mut scales) = (Vec::new(), Vec::new());
    let rows = array.shape[0];
    let width = array.values.len() / rows.max(1);
    for row in array.values.chunks(width.max(1)) {
        if let Some(&x) = row.iter().find(|x| !x.is_finite()) {
            return Err(unfit(&array.name, x));
        }
        let scale = (row.iter().fold(0.0f64, |most, x| most.max(x.abs())) / 127.0) as f32;
        let whole = |x: &f64| if scale > 0.0 { (x / f64::from(scale)).round() as i8 } else { 0 };
        bytes.extend(row.iter().map(|x| whole(x) as u8));
        scales.push(scale);
    }
    scales.resize(rows, 0.0);
    Ok((bytes, scales))
}

fn unfit(name: &str, x: f64) -> LabError {
    LabError::new(name, format_args!("{x} cannot be written in so few bits"))
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

/// The number of 16 bits that is nearest, of two the even one; none if there is none near.
fn to_half(x: f64) -> Option<u16> {
    let sign = u16::from(x.is_sign_negative()) << 15;
    let size = x.abs();
    // From here on the nearest would be the one that is not there any more.
    if size.is_nan() || size >= 65_520.0 {
        return None;
    }
    // Numbers that lie side by side differ by 2^-24 up to 2^-14, and twice as much from there at every doubling.
    let (mut step, mut exponent) = (1.0 / f64::from(1u32 << 24), 0);
    while size / step >= 2048.0 {
        step *= 2.0;
        exponent += 1;
    }
    let steps = (size / step).round_ties_even() as u16;
    // Those that have a larger exponent begin at 1024 steps of it; rounded up to 2048, the sum is that of the next one.
    Some(sign | ((exponent << 10) + steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_the_nearest() {
        for bits in (0..31 << 10).chain(1 << 15..(1 << 15) + (31 << 10)) {
            assert_eq!(to_half(half(bits)), Some(bits), "{bits:x}");
        }
        // Between 1 and the next, and between that and the one after: to the even one.
        assert_eq!(to_half(1.0 + 1.0 / 2048.0), Some(0x3C00));
        assert_eq!(to_half(1.0 + 3.0 / 2048.0), Some(0x3C02));
        assert_eq!((to_half(65519.0), to_half(65520.0)), (Some(0x7BFF), None));
        assert_eq!((to_half(1e-9), to_half(f64::NAN)), (Some(0), None));
    }

    #[test]
    fn what_is_read_back_is_within_half_a_step() {
        let numbers: Vec<f64> = (0..60).map(|k| f64::from((k * 37 % 61) - 30) / 7.0).collect();
        let rows: Vec<f64> = [0.0; 10].iter().chain(&numbers[10..]).copied().collect();
        let arrays = [Array::new("weights", &[6, 10], rows), Array::new("bias", &[60], numbers)];
        for precision in [Precision::Half, Precision::Byte] {
            let file = write(&arrays, "{}", precision).unwrap();
            let back = super::super::read(&file).unwrap();
            for array in &arrays {
                let found = back.iter().find(|other| other.name == array.name).unwrap();
                assert_eq!(found.shape, array.shape);
                for (row, (old, new)) in array.values.chunks(10).zip(found.values.chunks(10)).enumerate() {
                    let most = old.iter().fold(0.0f64, |most, x| most.max(x.abs()));
                    let step = match precision {
                        Precision::Byte if array.shape.len() > 1 => most / 127.0,
                        _ => most / 1024.0,
                    };
                    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= step * 0.500_001;
                    assert!(old.iter().zip(new).all(near), "{precision:?} {} {row}", array.name);
                }
            }
        }
        let far = [Array::new("weights", &[1, 1], vec![f64::INFINITY])];
        for precision in [Precision::Half, Precision::Byte] {
            let error = write(&far, "", precision).unwrap_err().to_string();
            assert_eq!(error, "weights: inf cannot be written in so few bits");
        }
    }

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
