use alloc::format;
use alloc::string::ToString;
use alloc::vec;

use super::*;
use crate::pattern::DIGIT_CELLS;
use crate::rng::{Rng, Stream};

/// Blots: cells like their neighbours, as ink is, of three classes.
fn blots(width: usize, height: usize, count: usize) -> Pictures {
    let mut rng = Rng::new(3, Stream::Patterns, 0);
    let mut levels = Vec::new();
    for _ in 0..count {
        let start = levels.len();
        for cell in 0..width * height {
            let near = if cell < width { 0 } else { levels[start + cell - width] };
            levels.push(if rng.bernoulli(0.8) { near } else { rng.below(256) as u8 });
        }
    }
    let names = ["paper", "ink", "Tinte ☂"].map(String::from).to_vec();
    let classes = (0..count).map(|_| rng.below(3) as u8).collect();
    Pictures::new(width, height, &levels).unwrap().with_classes(names, classes).unwrap()
}

#[test]
fn files_hold_pictures_of_all_depths() {
    for depth in DEPTHS {
        for (width, height) in [(28, 28), (1, 1), (3, 2), (1, 9), (9, 1), (5, 7)] {
            let pictures = blots(width, height, 20).with_depth(depth).unwrap().with_training(15).unwrap();
            assert_eq!(
                Pictures::parse(&pictures.to_bytes()).as_ref(),
                Ok(&pictures),
                "{width} {height} {depth}"
            );
            let bare = pictures.with_classes(Vec::new(), Vec::new()).unwrap();
            assert_eq!(Pictures::parse(&bare.to_bytes()).as_ref(), Ok(&bare));
            assert!(bare.all().classes().is_empty() && bare.test().classes().is_empty());
        }
    }
    let binary = blots(28, 28, 200).with_depth(1).unwrap();
    let bytes = binary.to_bytes().len();
    assert!(bytes < 200 * 70, "{bytes} bytes for pictures of 98 and little to tell");
}

#[test]
fn levels_and_classes_are_read_part_by_part() {
    let levels = [0, 84, 86, 255, 127, 128, 8, 9, 1, 2, 3, 4];
    let pictures = Pictures::new(2, 2, &levels).unwrap();
    assert_eq!((pictures.all().count(), pictures.training().count(), pictures.test().count()), (3, 3, 0));
    let names = vec!["x".to_string(), "y".to_string()];
    let pictures = pictures.with_classes(names, vec![1, 0, 1]).unwrap().with_training(2).unwrap();
    let test = pictures.test();
    assert_eq!(
        (test.count(), test.classes(), test.levels(0).collect::<Vec<_>>()),
        (1, &[1][..], vec![1, 2, 3, 4])
    );
    assert_eq!(pictures.training().all_levels(), levels[..8]);
    let at = |depth| pictures.clone().with_depth(depth).unwrap().all().all_levels();
    assert_eq!(at(1), [0, 0, 0, 255, 0, 255, 0, 0, 0, 0, 0, 0]);
    assert_eq!(at(2), [0, 85, 85, 255, 85, 170, 0, 0, 0, 0, 0, 0]);
    assert_eq!(at(4), [0, 85, 85, 255, 119, 136, 0, 17, 0, 0, 0, 0]);
    assert_eq!(at(8), levels);
}

#[test]
fn what_cannot_be_is_refused() {
    let pictures = || Pictures::new(2, 1, &[0; 6]).unwrap();
    let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
    assert_eq!(Pictures::new(0, 2, &[]), Err(PicturesError::Size { width: 0, height: 2 }));
    assert_eq!(Pictures::new(4097, 2, &[]), Err(PicturesError::Size { width: 4097, height: 2 }));
    assert_eq!(Pictures::new(2, 2, &[0; 6]), Err(PicturesError::Length { found: 6, units: 4 }));
    assert_eq!(Pictures::new(2, 2, &[]), Err(PicturesError::Count { found: 0, most: MAX_PICTURES }));
    assert_eq!(pictures().with_depth(3), Err(PicturesError::Depth(3)));
    assert_eq!(pictures().with_training(0), Err(PicturesError::Training { found: 0, count: 3 }));
    assert_eq!(pictures().with_training(4), Err(PicturesError::Training { found: 4, count: 3 }));
    let with =
        |given: &[&str], classes: &[u8]| pictures().with_classes(names(given), classes.to_vec()).unwrap_err();
    assert_eq!(with(&["a"], &[0, 0]), PicturesError::Classes { found: 2, wanted: 3 });
    assert_eq!(with(&[], &[0, 0, 0]), PicturesError::Classes { found: 3, wanted: 0 });
    assert_eq!(with(&["a"], &[0, 0, 1]), PicturesError::Class { picture: 2, found: 1, classes: 1 });
    assert_eq!(with(&["a", "a"], &[0, 0, 1]), PicturesError::Name { class: 1 });
    assert_eq!(with(&["a", ""], &[0, 0, 1]), PicturesError::Name { class: 1 });
    assert_eq!(with(&[&"a".repeat(256)], &[0, 0, 0]), PicturesError::Name { class: 0 });
    let many: Vec<_> = (0..256).map(|k| format!("{k}")).collect();
    assert_eq!(pictures().with_classes(many, vec![0; 3]), Err(PicturesError::Names(256)));
}

#[test]
fn hostile_files_are_refused() {
    let whole = blots(6, 5, 12).with_depth(4).unwrap().to_bytes();
    assert_eq!(Pictures::parse(b"<!doctype html>"), Err(PicturesError::Head));
    for length in 0..whole.len() {
        let cut = if length < 8 { PicturesError::Head } else { PicturesError::Short };
        assert_eq!(Pictures::parse(&whole[..length]), Err(cut), "{length} bytes");
    }
    let with = |place: usize, byte: u8| {
        let mut bytes = whole.clone();
        bytes[place] = byte;
        Pictures::parse(&bytes)
    };
    assert_eq!(with(8, 0), Err(PicturesError::Size { width: 0, height: 5 }));
    assert_eq!(with(9, 255), Err(PicturesError::Size { width: 65286, height: 5 }));
    assert_eq!(with(12, 7), Err(PicturesError::Depth(7)));
    assert_eq!(with(17, 255), Err(PicturesError::Count { found: 12 + (255 << 24), most: MAX_PICTURES }));
    assert_eq!(with(16, 1), Err(PicturesError::Short));
    assert_eq!(with(18, 13), Err(PicturesError::Training { found: 13, count: 12 }));
    assert_eq!(with(23, 255), Err(PicturesError::Name { class: 0 }));
    assert!(matches!(with(22, 0), Err(PicturesError::Name { .. })));
    // Of the rest, no byte can change without its being noticed.
    for (place, byte) in whole.iter().enumerate().skip(whole.len() - 60) {
        assert!(with(place, !byte).is_err(), "byte {place}");
    }
    // Whatever stands there, reading comes to an end.
    let mut rng = Rng::new(5, Stream::Experiment, 0);
    for _ in 0..2000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + rng.below(8) {
            let place = 8 + rng.below(whole.len() as u32 - 8) as usize;
            bytes[place] = rng.word() as u8;
        }
        if let Ok(pictures) = Pictures::parse(&bytes) {
            assert_eq!(Pictures::parse(&pictures.to_bytes()), Ok(pictures));
        }
    }
    let mut long = whole;
    long.push(0);
    assert_eq!(Pictures::parse(&long), Err(PicturesError::Long { bytes: 1 }));
}

#[test]
fn scanned_digits_are_a_data_set() {
    let digits = Digits::parse(include_bytes!("../../../../../www/data/digits8.bin")).unwrap();
    let pictures = Pictures::from(&digits);
    assert_eq!((pictures.training().count(), pictures.test().count()), (1500, 297));
    assert_eq!((pictures.units(), pictures.class_names().len()), (DIGIT_CELLS, 10));
    assert_eq!(pictures.test().classes(), &digits.classes()[1500..]);
    // Each of the 17 levels has its own, and the ends are the ends.
    let ink: Vec<_> = pictures.test().levels(7).map(|level| (u16::from(level) * 16 + 127) / 255).collect();
    assert!(ink.iter().zip(digits.levels(1507)).all(|(&a, &b)| a == u16::from(b)));
    assert_eq!(Pictures::parse(&pictures.to_bytes()), Ok(pictures));
}
