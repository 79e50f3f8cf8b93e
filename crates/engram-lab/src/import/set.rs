//! A set of pictures to learn from, made of a file of any of the formats.

use engram::math;
use engram::pattern::Pictures;
use engram::rng::{Rng, Stream};

use super::{Imported, Span, csv, idx, npy, refuse};
use crate::LabError;
use crate::data;

/// The part of the pictures that is kept back for testing, if nothing is said.
pub const SHARE: f64 = 0.2;

/// The largest part of the pictures that can be kept back.
pub const MOST_SHARE: f64 = 0.5;

/// What a file of pictures does not say itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wishes {
    /// Width and height; if none are given, those of the file, or of a square.
    pub size: Option<(usize, usize)>,
    /// The part of the pictures that is kept back for testing, 0 to [`MOST_SHARE`].
    pub share: f64,
    /// Seed of the order that pictures get before the last ones are kept back.
    pub seed: u64,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { size: None, share: SHARE, seed: 1 }
    }
}

/// A set of pictures to learn from, ready to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSet {
    /// The name that specs call it by ([`data::own_name`]).
    pub name: String,
    /// Its file, in the format of [`Pictures::to_bytes`].
    pub bytes: Vec<u8>,
    /// What is in it.
    pub pictures: Pictures,
    /// What the numbers of the file were taken to be; none if it was such a set already, with parts of its own.
    pub span: Option<Span>,
}

/// Makes a set of a file: NPY, IDX, a table of comma-separated values, or a set that was made before, told apart by how it
/// begins. Pictures get an order that is drawn, so that the first ones are a fair sample, and the last ones are kept back.
/// A set that was made before stays as it is, whatever is wished.
///
/// # Errors
/// Files that cannot be read, labels that nothing belongs to, and a part that cannot be kept back.
pub fn set(file: &[u8], labels: Option<&[u8]>, wishes: &Wishes) -> Result<OwnSet, LabError> {
    if Pictures::begins(file) {
        let pictures = Pictures::parse(file).map_err(refuse("pictures"))?;
        return Ok(OwnSet { name: data::own_name(file), bytes: file.to_vec(), pictures, span: None });
    }
    let Imported { pictures, span } = imported(file, labels, wishes.size)?;
    let pictures = split(&pictures, wishes.share, wishes.seed)?;
    let bytes = pictures.to_bytes();
    Ok(OwnSet { name: data::own_name(&bytes), bytes, pictures, span: Some(span) })
}

fn imported(file: &[u8], labels: Option<&[u8]>, size: Option<(usize, usize)>) -> Result<Imported, LabError> {
    if file.starts_with(b"\x93NUMPY") {
        return npy(file, labels, size);
    }
    if file.starts_with(&[0, 0]) {
        return idx(file, labels, size);
    }
    if labels.is_some() {
        let message = "a table has its classes in a column with the heading label: a file with labels belongs to \
                       pictures in IDX or NPY";
        return Err(LabError::new("labels", message));
    }
    csv(file, size)
}

/// The same pictures in an order that is drawn, of which the last ones are kept back: a part of them, but at least one
/// if it is more than none.
///
/// # Errors
/// A part that is not from 0 to [`MOST_SHARE`], or of a single picture.
fn split(pictures: &Pictures, share: f64, seed: u64) -> Result<Pictures, LabError> {
    if !(0.0..=MOST_SHARE).contains(&share) {
        let message = format_args!("{share} is not allowed; from 0 to {MOST_SHARE} can be kept back");
        return Err(LabError::new("share", message));
    }
    let all = pictures.all();
    let count = all.count();
    let kept_back = if share > 0.0 { (math::round(share * count as f64) as usize).max(1) } else { 0 };
    if kept_back == count {
        return Err(LabError::new("share", "there is one picture: it cannot be kept back, so keep 0"));
    }
    let mut order: Vec<usize> = (0..count).collect();
    Rng::new(seed, Stream::Patterns, 0).shuffle(&mut order);
    let mut levels = Vec::with_capacity(count * pictures.units());
    order.iter().for_each(|&picture| levels.extend(all.levels(picture)));
    let classes = order.iter().filter_map(|&picture| all.classes().get(picture).copied()).collect();
    Pictures::new(pictures.width(), pictures.height(), &levels)
        .and_then(|set| set.with_depth(pictures.depth()))
        .and_then(|set| set.with_classes(pictures.class_names().to_vec(), classes))
        .and_then(|set| set.with_training(count - kept_back))
        .map_err(refuse("pictures"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"label,a,b\nx,0,1\ny,1,0\nx,0,2\ny,2,0\nx,0,3\n";

    fn wishes(size: Option<(usize, usize)>, share: f64) -> Wishes {
        Wishes { size, share, seed: 1 }
    }

    #[test]
    fn some_are_kept_back_and_all_keep_their_class() {
        let made = set(TABLE, None, &wishes(Some((2, 1)), 0.4)).unwrap();
        let OwnSet { name, bytes, pictures, span } = &made;
        assert!(data::is_own(name) && *name == data::own_name(bytes) && *span == Some(Span::Byte));
        assert_eq!((pictures.training().count(), pictures.test().count()), (3, 2));
        let mut told: Vec<_> = (0..5)
            .map(|k| {
                let levels: Vec<u8> = pictures.all().levels(k).collect();
                let is_x = pictures.class_names()[usize::from(pictures.all().classes()[k])] == "x";
                assert_eq!(is_x, levels[0] == 0, "{levels:?}");
                levels
            })
            .collect();
        told.sort();
        assert_eq!(told, [[0, 1], [0, 2], [0, 3], [1, 0], [2, 0]]);
        // The same again is the same file, and reading that changes nothing.
        assert_eq!(set(TABLE, None, &wishes(Some((2, 1)), 0.4)).unwrap(), made);
        let again = set(bytes, None, &Wishes::default()).unwrap();
        assert_eq!(again, OwnSet { span: None, ..made.clone() });
        // Other wishes make another one.
        for other in [
            wishes(Some((1, 2)), 0.4),
            wishes(Some((2, 1)), 0.2),
            Wishes { seed: 2, ..wishes(Some((2, 1)), 0.4) },
        ] {
            assert_ne!(set(TABLE, None, &other).unwrap().name, *name, "{other:?}");
        }
        assert_eq!(set(TABLE, None, &wishes(Some((2, 1)), 0.0)).unwrap().pictures.test().count(), 0);
        assert_eq!(set(TABLE, None, &wishes(Some((2, 1)), 1e-9)).unwrap().pictures.test().count(), 1);
    }

    #[test]
    fn what_cannot_be_is_said() {
        let said = |file: &[u8], labels: Option<&[u8]>, share| {
            set(file, labels, &wishes(None, share)).unwrap_err().to_string()
        };
        for share in [-0.1, 0.51, 1.0, f64::NAN, f64::INFINITY] {
            assert!(said(b"1,0,0,1\n", None, share).contains("share: "), "{share}");
        }
        assert!(said(b"1,0,0,1\n", None, 0.5).contains("there is one picture"));
        assert!(said(b"1\n0\n", Some(b"1"), 0.5).contains("heading label"));
        assert!(
            said(b"\x93NUMPY", None, 0.5).contains("ends") || said(b"\x93NUMPY", None, 0.5).contains("NPY")
        );
        assert!(said(&[0, 0, 9, 3], None, 0.5).contains("type 0x09"));
        assert!(said(b"pictures", None, 0.5).contains("ends too soon"));
        assert!(said(&[0xFF, 0xD8, 0xFF], None, 0.5).contains("UTF-8"));
    }
}
