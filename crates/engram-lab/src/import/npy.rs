//! Pictures and labels as NumPy saves them.

use super::{
    Extent, Imported, NO_SPAN, Span, another_size, check_count, check_file, numbered, pictures, sides,
};
use crate::LabError;
use crate::npy::Npy;

/// Reads pictures of numbers from 0 to 1, from 0 to 255 or from −1 to 1, shape (count, cells) or (count, height, width), of
/// type `|u1`, `|b1`, `<f4`, `<f8`, `<i4` or `<i8`, in C or Fortran order; and labels that are whole numbers, shape
/// (count), if there are any. Rows of cells are squares if no `size` (width, height) is given.
///
/// # Errors
/// Files that are not of that kind, or too large; numbers that are in none of the ranges.
pub fn npy(file: &[u8], labels: Option<&[u8]>, size: Option<(usize, usize)>) -> Result<Imported, LabError> {
    check_file("pictures", file)?;
    let array = Npy::read("pictures", file)?;
    let (count, sides) = match array.shape[..] {
        [count, cells] => (count, sides(cells, size)?),
        // A size that is given must be theirs.
        [count, height, width] if size.is_none_or(|size| size == (width, height)) => (count, (width, height)),
        [_, height, width] => return Err(another_size(width, height)),
        _ => {
            let message = format_args!("the array has {} dimensions; 2 or 3 can be read", array.shape.len());
            return Err(LabError::new("pictures", message));
        }
    };
    check_count("pictures", count)?;
    let (levels, span) = levels(&array)?;
    let pictures = pictures(sides, &levels)?;
    let pictures = match labels {
        Some(labels) => numbered(pictures, &whole_numbers(labels)?)?,
        None => pictures,
    };
    Ok(Imported { pictures, span })
}

fn whole_numbers(file: &[u8]) -> Result<Vec<i64>, LabError> {
    let at = "labels";
    check_file(at, file)?;
    let array = Npy::read(at, file)?;
    if array.shape.len() != 1 {
        let message = format_args!("the array has {} dimensions; labels have 1", array.shape.len());
        return Err(LabError::new(at, message));
    }
    let whole = |(k, number): (usize, f64)| {
        // Below 2^53 no two of them are the same number.
        if number.fract() == 0.0 && number.abs() < 9e15 {
            return Ok(number as i64);
        }
        Err(LabError::new(at, format_args!("label {} is {number}, which is no whole number", k + 1)))
    };
    array.kind.numbers(array.bytes).enumerate().map(whole).collect()
}

/// Levels of all pictures, each row by row, and what the numbers were taken to be.
fn levels(array: &Npy<'_>) -> Result<(Vec<u8>, Span), LabError> {
    let count = array.shape[0];
    let cells: usize = array.shape[1..].iter().product();
    let mut extent = Extent::default();
    for (k, number) in array.kind.numbers(array.bytes).enumerate() {
        let place = if array.fortran { (k % count, cell(array, k / count)) } else { (k / cells, k % cells) };
        let met = (number, (place.0 + 1, place.1 + 1));
        if number.is_nan() {
            return Err(outside(met));
        }
        extent.meet(met);
    }
    let span = extent.span().map_err(outside)?;
    let mut levels = vec![0; count * cells];
    for (k, number) in array.kind.numbers(array.bytes).enumerate() {
        let to = if array.fortran { k % count * cells + cell(array, k / count) } else { k };
        levels[to] = span.level(number);
    }
    Ok((levels, span))
}

/// Which cell of a picture, row by row, the k-th is if they come column by column.
fn cell(array: &Npy<'_>, k: usize) -> usize {
    match array.shape[..] {
        [_, height, width] => k % height * width + k / height,
        _ => k,
    }
}

fn outside((number, (picture, cell)): super::Met) -> LabError {
    LabError::new(format!("picture {picture}, cell {cell}"), format_args!("{number} cannot be: {NO_SPAN}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(version: u8, descr: &str, fortran: &str, shape: &str, bytes: &[u8]) -> Vec<u8> {
        let head = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}   \n");
        let mut file = b"\x93NUMPY".to_vec();
        file.extend([version, 0]);
        let length = (head.len() as u32).to_le_bytes();
        file.extend(&length[..if version == 1 { 2 } else { 4 }]);
        file.extend(head.as_bytes());
        file.extend(bytes);
        file
    }

    fn bytes<const N: usize>(numbers: &[f64], of: impl Fn(f64) -> [u8; N]) -> Vec<u8> {
        numbers.iter().flat_map(|&number| of(number)).collect()
    }

    #[test]
    fn all_types_versions_and_orders_are_read() {
        let numbers = [0.0, 1.0, 2.0, 3.0, 4.0, 255.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0];
        for (descr, raw) in [
            ("|u1", bytes(&numbers, |x| [x as u8])),
            ("<i4", bytes(&numbers, |x| (x as i32).to_le_bytes())),
            ("<i8", bytes(&numbers, |x| (x as i64).to_le_bytes())),
            ("<f4", bytes(&numbers, |x| (x as f32).to_le_bytes())),
            ("<f8", bytes(&numbers, f64::to_le_bytes)),
        ] {
            for version in 1..=3 {
                let read = npy(&file(version, descr, "False", "(2, 3, 2)", &raw), None, None).unwrap();
                assert_eq!((read.pictures.width(), read.pictures.height(), read.span), (2, 3, Span::Byte));
                assert_eq!(read.pictures.all().levels(1).collect::<Vec<_>>(), [6, 7, 8, 9, 10, 11]);
                // Picture fastest, then rows, then columns.
                let read = npy(&file(version, descr, "True", "(2, 3, 2)", &raw), None, None).unwrap();
                assert_eq!(read.pictures.all().levels(0).collect::<Vec<_>>(), [0, 6, 2, 8, 4, 10]);
                assert_eq!(read.pictures.all().levels(1).collect::<Vec<_>>(), [1, 7, 3, 9, 255, 11]);
            }
            let read = npy(&file(1, descr, "True", "(3,4)", &raw), None, None).unwrap().pictures;
            assert_eq!((read.width(), read.all().levels(2).collect::<Vec<_>>()), (2, vec![2, 255, 8, 11]));
        }
    }

    #[test]
    fn ranges_are_told_by_the_numbers() {
        let read = |numbers: &[f64]| {
            let file = file(1, "<f8", "False", "(1, 4)", &bytes(numbers, f64::to_le_bytes));
            npy(&file, None, None).map(|read| (read.span, read.pictures.all().all_levels()))
        };
        assert_eq!(read(&[0.0, 0.5, 1.0, 0.2]).unwrap(), (Span::Unit, vec![0, 128, 255, 51]));
        assert_eq!(read(&[-1.0, 0.0, 1.0, -0.2]).unwrap(), (Span::Sign, vec![0, 128, 255, 102]));
        assert_eq!(read(&[0.0, 0.5, 254.6, 2.0]).unwrap(), (Span::Byte, vec![0, 1, 255, 2]));
        let said = |numbers: &[f64]| read(numbers).unwrap_err().to_string();
        assert!(said(&[0.0, 0.5, 255.5, 2.0]).starts_with("picture 1, cell 3: 255.5 cannot be: the numbers"));
        assert!(said(&[0.0, -0.5, 1.5, 0.0]).starts_with("picture 1, cell 3: 1.5 cannot be"));
        assert!(said(&[0.0, -2.0, 1.0, 0.0]).starts_with("picture 1, cell 2: -2 cannot be"));
        assert!(said(&[0.0, 0.0, 0.0, f64::NAN]).starts_with("picture 1, cell 4: NaN cannot be"));
        assert!(said(&[f64::INFINITY, 0.0, 0.0, 0.0]).starts_with("picture 1, cell 1: inf cannot be"));
        let binary = npy(&file(1, "|b1", "False", "(2, 2)", &[0, 1, 1, 0]), None, Some((2, 1))).unwrap();
        assert_eq!((binary.pictures.depth(), binary.pictures.width(), binary.span), (1, 2, Span::Unit));
    }

    #[test]
    fn labels_are_whole_numbers() {
        let images = file(1, "|u1", "False", "(3, 1)", &[1, 2, 3]);
        let labels = |numbers: &[f64], shape: &str| {
            npy(&images, Some(&file(2, "<f8", "False", shape, &bytes(numbers, f64::to_le_bytes))), None)
        };
        let read = labels(&[10.0, -1.0, 10.0], "(3,)").unwrap().pictures;
        assert_eq!(
            (read.class_names(), read.all().classes()),
            (&["-1", "10"].map(String::from)[..], &[1, 0, 1][..])
        );
        let said = |numbers: &[f64], shape: &str| labels(numbers, shape).unwrap_err().to_string();
        assert!(said(&[1.0, 2.5, 0.0], "(3,)").contains("labels: label 2 is 2.5"));
        assert!(said(&[1.0, f64::NAN, 0.0], "(3,)").contains("label 2 is NaN"));
        assert!(said(&[1.0, 2.0], "(2,)").contains("2 labels for 3 pictures"));
        assert!(said(&[1.0, 2.0, 3.0], "(3, 1)").contains("2 dimensions; labels have 1"));
    }

    #[test]
    fn what_is_no_npy_is_refused() {
        let said = |file: &[u8]| npy(file, None, None).unwrap_err().to_string();
        for version in [1, 2] {
            let whole = file(version, "|u1", "False", "(1, 4)", &[1; 4]);
            for length in 0..whole.len() {
                assert!(said(&whole[..length]).starts_with("pictures: "), "{length} bytes");
            }
        }
        assert!(said(b"GIF89a").contains("no NPY file"));
        assert!(said(b"PK\x03\x04").contains("unpack it first"));
        assert!(said(&file(4, "|u1", "False", "(1, 4)", &[1; 4])).contains("version 4"));
        assert!(said(&file(1, ">f8", "False", "(1, 4)", &[1; 32])).contains("type '>f8'"));
        for shape in ["(1, 4", "(1; 4)", "(-1, 4)", "1", "(99999999999999999999, 1)", "(1, 4), 'x': 1"] {
            assert!(said(&file(1, "|u1", "False", shape, &[1; 4])).contains("no dictionary"), "{shape}");
        }
        assert!(said(&file(1, "|u1", "0", "(1, 4)", &[1; 4])).contains("no dictionary"));
        assert!(
            said(&file(1, "|u1", "False", "(1, 5)", &[1; 4]))
                .contains("1 × 5 numbers of 1 bytes, and 4 bytes")
        );
        let huge = format!("({0}, {0}, {0})", u32::MAX);
        assert!(said(&file(1, "<f8", "False", &huge, &[1; 8])).contains("numbers of 8 bytes"));
        assert!(said(&file(1, "|u1", "False", "(4,)", &[1; 4])).contains("1 dimensions; 2 or 3"));
        assert!(said(&file(1, "|u1", "False", "()", &[1])).contains("0 dimensions"));
        assert!(said(&file(1, "|u1", "False", "(0, 4)", &[])).contains("0 pictures"));
        assert!(said(&file(1, "|u1", "False", "(1, 0)", &[])).contains("no square"));
        assert!(said(&file(1, "|u1", "False", "(1, 0, 0)", &[])).contains("pictures of 0 × 0"));
        assert!(said(&file(1, "|u1", "False", "(20001, 1)", &[1; 20_001])).contains("20001 pictures"));
        let size =
            npy(&file(1, "|u1", "False", "(1, 4)", &[1; 4]), None, Some((3, 2))).unwrap_err().to_string();
        assert!(size.contains("size: a picture has 4 cells, which are not 3 × 2"));
        let cube = file(1, "|u1", "False", "(1, 1, 4)", &[1; 4]);
        assert!(npy(&cube, None, Some((4, 1))).is_ok());
        assert!(
            npy(&cube, None, Some((1, 4)))
                .unwrap_err()
                .to_string()
                .starts_with("size: the pictures of the file are 4 × 1")
        );
    }
}
