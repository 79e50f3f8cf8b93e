//! IDX: the files that MNIST and its like come in.
//!
//! Two zero bytes, the type of a number, how many dimensions there are, the size of each as 4 bytes with the highest
//! first, and the numbers, the last dimension fastest.

use super::{Imported, Span, another_size, check_count, check_file, numbered, pictures, sides};
use crate::LabError;

/// The type of a number that is a byte.
const BYTES: u8 = 0x08;

/// Reads pictures of bytes, from 0 for paper to 255 for ink, shape (count, height, width) or (count, cells); and labels of
/// bytes, shape (count), if there are any. Rows of cells are squares if no `size` (width, height) is given.
///
/// # Errors
/// Files that are not of that kind, or too large.
pub fn idx(images: &[u8], labels: Option<&[u8]>, size: Option<(usize, usize)>) -> Result<Imported, LabError> {
    let (sizes, levels) = read("pictures", images, 2..=3)?;
    check_count("pictures", sizes[0])?;
    let own = sizes.get(2).map(|&width| (width, sizes[1]));
    // A size that is given must be theirs.
    if let Some((width, height)) = own.filter(|_| size.is_some_and(|size| Some(size) != own)) {
        return Err(another_size(width, height));
    }
    let pictures = pictures(sides(sizes[1..].iter().product(), own.or(size))?, levels)?;
    let pictures = match labels {
        Some(labels) => {
            let (_, labels) = read("labels", labels, 1..=1)?;
            numbered(pictures, &labels.iter().map(|&label| i64::from(label)).collect::<Vec<_>>())?
        }
        None => pictures,
    };
    Ok(Imported { pictures, span: Span::Byte })
}

/// The sizes of a file's dimensions, and its bytes: as many as the sizes say.
fn read<'a>(
    at: &str,
    file: &'a [u8],
    wanted: std::ops::RangeInclusive<usize>,
) -> Result<(Vec<usize>, &'a [u8]), LabError> {
    check_file(at, file)?;
    let refuse = |message: &dyn std::fmt::Display| Err(LabError::new(at, message));
    let Some((&[0, 0, kind, dimensions], mut rest)) = file.split_first_chunk() else {
        return refuse(
            &"this is no IDX file: it must begin with two zero bytes, a type and a number of dimensions",
        );
    };
    if kind != BYTES {
        return refuse(&format_args!("numbers of type {kind:#04x} cannot be read; bytes ({BYTES:#04x}) can"));
    }
    if !wanted.contains(&usize::from(dimensions)) {
        let (least, most) = (wanted.start(), wanted.end());
        return refuse(&format_args!(
            "the file has {dimensions} dimensions; from {least} to {most} can be read"
        ));
    }
    let mut sizes = Vec::new();
    for _ in 0..dimensions {
        let Some((size, behind)) = rest.split_first_chunk() else {
            return refuse(&"the file ends within its head");
        };
        sizes.push(u32::from_be_bytes(*size) as usize);
        rest = behind;
    }
    let length = sizes.iter().try_fold(1usize, |product, &size| product.checked_mul(size));
    if length != Some(rest.len()) {
        let sizes: Vec<_> = sizes.iter().map(usize::to_string).collect();
        let (sizes, found) = (sizes.join(" × "), rest.len());
        return refuse(&format_args!("the head says {sizes} bytes, and {found} bytes follow"));
    }
    Ok((sizes, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(kind: u8, sizes: &[u32], bytes: &[u8]) -> Vec<u8> {
        let mut file = vec![0, 0, kind, sizes.len() as u8];
        sizes.iter().for_each(|size| file.extend(size.to_be_bytes()));
        file.extend(bytes);
        file
    }

    #[test]
    fn pictures_and_labels_are_read() {
        let images = file(8, &[2, 1, 3], &[0, 128, 255, 7, 8, 9]);
        let Imported { pictures, span } = idx(&images, Some(&file(8, &[2], &[7, 3])), None).unwrap();
        assert_eq!((pictures.width(), pictures.height(), pictures.depth(), span), (3, 1, 8, Span::Byte));
        assert_eq!(pictures.all().levels(1).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!(
            (pictures.class_names(), pictures.all().classes()),
            (&["3", "7"].map(String::from)[..], &[1, 0][..])
        );
        let flat = idx(&file(8, &[1, 4], &[0, 255, 255, 0]), None, None).unwrap().pictures;
        assert_eq!((flat.width(), flat.height(), flat.depth(), flat.class_names().len()), (2, 2, 1, 0));
    }

    #[test]
    fn a_size_that_is_given_is_theirs() {
        let flat = idx(&file(8, &[1, 6], &[0; 6]), None, Some((3, 2))).unwrap().pictures;
        assert_eq!((flat.width(), flat.height()), (3, 2));
        let whole = file(8, &[1, 2, 3], &[0; 6]);
        assert!(idx(&whole, None, Some((3, 2))).is_ok());
        let said = idx(&whole, None, Some((2, 3))).unwrap_err().to_string();
        assert!(said.starts_with("size: the pictures of the file are 3 × 2"), "{said}");
    }

    #[test]
    fn what_is_no_idx_is_refused() {
        let said = |images: &[u8], labels: Option<&[u8]>| idx(images, labels, None).unwrap_err().to_string();
        let whole = file(8, &[1, 2, 2], &[1; 4]);
        for length in 0..whole.len() {
            assert!(said(&whole[..length], None).starts_with("pictures: "), "{length} bytes");
        }
        assert!(said(b"GIF89a", None).contains("no IDX file"));
        assert!(said(&[0x1F, 0x8B, 8, 0], None).contains("unpack it first"));
        assert!(said(&file(0x0D, &[1, 1, 1], &[0; 4]), None).contains("type 0x0d"));
        assert!(said(&file(8, &[4], &[0; 4]), None).contains("1 dimensions; from 2 to 3"));
        assert!(said(&file(8, &[u32::MAX; 3], &[0; 4]), None).contains("4294967295 × 4294967295 ×"));
        assert!(said(&file(8, &[1, 2, 2], &[0; 5]), None).contains("1 × 2 × 2 bytes, and 5 bytes follow"));
        assert!(said(&file(8, &[0, 2, 2], &[]), None).contains("0 pictures are not possible"));
        assert!(said(&file(8, &[20_001, 1, 1], &[0; 20_001]), None).contains("20001 pictures"));
        assert!(said(&file(8, &[1, 5000, 1], &[0; 5000]), None).contains("pictures of 1 × 5000"));
        assert!(said(&file(8, &[1, 0, 7], &[]), None).contains("0"));
        assert!(said(&file(8, &[1, 3], &[0; 3]), None).contains("3 cells a picture are no square"));
        assert!(
            said(&whole, Some(&file(8, &[2], &[0; 2]))).contains("labels: there are 2 labels for 1 pictures")
        );
        assert!(said(&whole, Some(&whole)).contains("labels: the file has 3 dimensions; from 1 to 1"));
    }
}
