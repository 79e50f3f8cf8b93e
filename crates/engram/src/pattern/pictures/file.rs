//! Data sets as bytes of a file; the format is explained at [`Pictures::to_bytes`].

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::coder::{Model, Reader, Writer};
use super::{Pictures, PicturesError, check_count, check_depth, check_names, pack, to_depth, units};

pub(super) const HEAD: &[u8; 8] = b"pictures";

pub(super) fn write(pictures: &Pictures) -> Vec<u8> {
    let Pictures { width, height, depth, count, training, .. } = *pictures;
    let mut bytes = HEAD.to_vec();
    // Constructors see to it that all of them fit.
    bytes.extend((width as u16).to_le_bytes());
    bytes.extend((height as u16).to_le_bytes());
    bytes.extend([depth, pictures.names.len() as u8]);
    bytes.extend((count as u32).to_le_bytes());
    bytes.extend((training as u32).to_le_bytes());
    for name in &pictures.names {
        bytes.push(name.len() as u8);
        bytes.extend(name.as_bytes());
    }
    let mut writer = Writer::new();
    let mut model = Model::new(width, height, depth);
    let mut cells = vec![0; pictures.units()];
    let all = pictures.all();
    for picture in 0..count {
        // A writer takes what it is given, whatever it is.
        if let Some(&class) = all.classes().get(picture) {
            let _ = model.class(&mut writer, &mut { class });
        }
        cells.iter_mut().zip(all.levels(picture)).for_each(|(cell, level)| *cell = to_depth(level, depth));
        let _ = model.picture(&mut writer, &mut cells);
    }
    bytes.extend(writer.finish());
    bytes
}

pub(super) fn parse(bytes: &[u8]) -> Result<Pictures, PicturesError> {
    let mut rest = bytes.strip_prefix(HEAD.as_slice()).ok_or(PicturesError::Head)?;
    let [width, height] = [(); 2].map(|()| take(&mut rest).map(u16::from_le_bytes));
    let (width, height) = (usize::from(width?), usize::from(height?));
    let [depth, classes] = take(&mut rest)?;
    let [count, training] = [(); 2].map(|()| take(&mut rest).map(u32::from_le_bytes));
    let units = units(width, height)?;
    check_depth(depth)?;
    let (count, training) = (check_count(count? as usize, units)?, training? as usize);
    let names =
        (0..usize::from(classes)).map(|class| name(&mut rest, class)).collect::<Result<Vec<_>, _>>()?;
    check_names(&names)?;

    let mut reader = Reader::new(rest).ok_or(PicturesError::Short)?;
    let mut model = Model::new(width, height, depth);
    // Both grow with what the bytes tell, not with what the head says.
    let (mut packed, mut numbers) = (Vec::new(), Vec::new());
    let mut cells = vec![0; units];
    for picture in 0..count {
        if classes > 0 {
            let mut found = 0;
            model.class(&mut reader, &mut found).ok_or(PicturesError::Short)?;
            if found >= classes {
                return Err(PicturesError::Class { picture, found, classes: names.len() });
            }
            numbers.push(found);
        }
        model.picture(&mut reader, &mut cells).ok_or(PicturesError::Short)?;
        pack(&mut packed, cells.iter().copied(), depth);
    }
    if !reader.rest().is_empty() {
        return Err(PicturesError::Long { bytes: reader.rest().len() });
    }
    if !reader.is_whole() {
        return Err(PicturesError::Damaged);
    }
    let pictures = Pictures { width, height, depth, packed, count, training: count, names, classes: numbers };
    pictures.with_training(training)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], PicturesError> {
    let (taken, rest) = bytes.split_first_chunk().ok_or(PicturesError::Short)?;
    *bytes = rest;
    Ok(*taken)
}

fn name(bytes: &mut &[u8], class: usize) -> Result<String, PicturesError> {
    let [length] = take(bytes)?;
    let (text, rest) = bytes.split_at_checked(usize::from(length)).ok_or(PicturesError::Short)?;
    *bytes = rest;
    let text = core::str::from_utf8(text).map_err(|_| PicturesError::Name { class })?;
    Ok(String::from(text))
}
