//! Archives of NumPy arrays.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{MAX_BYTES, check_room, is_single};
use crate::LabError;
use crate::array::Array;
use crate::npy::{self, Npy};

/// What the names of the arrays end with in the archive.
const ENDING: &str = ".npy";

/// Most arrays of an archive.
const MAX_ARRAYS: usize = 100;

pub fn write(arrays: &[Array]) -> Result<Vec<u8>, LabError> {
    let refuse = |error: &dyn std::fmt::Display| LabError::new("file", error);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // As NumPy itself writes them: not compressed, and at no time.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    for array in arrays {
        let numbers = npy::write(&array.shape, &array.values, !is_single(&array.values));
        archive.start_file(format!("{}{ENDING}", array.name), options).map_err(|error| refuse(&error))?;
        archive.write_all(&numbers).map_err(|error| refuse(&error))?;
    }
    Ok(archive.finish().map_err(|error| refuse(&error))?.into_inner())
}

pub fn read(bytes: &[u8]) -> Result<Vec<Array>, LabError> {
    let broken = |error: &dyn std::fmt::Display| {
        LabError::new("file", format_args!("this is no archive of NumPy arrays, or it is broken: {error}"))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_ARRAYS {
        let message = format!("{} arrays are too many; up to {MAX_ARRAYS} are possible", archive.len());
        return Err(LabError::new("file", message));
    }
    let (mut arrays, mut all) = (Vec::new(), 0);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        let name = file.name().to_owned();
        // What an archive says of its lengths need not be true.
        let mut unpacked = Vec::new();
        let room = (MAX_BYTES - all) as u64 + 1;
        file.take(room).read_to_end(&mut unpacked).map_err(|error| broken(&error))?;
        all += unpacked.len();
        if all > MAX_BYTES {
            let message = format!("more than {MAX_BYTES} bytes are in the archive");
            return Err(LabError::new("file", message));
        }
        let array = Npy::read(&name, &unpacked)?;
        check_room(&name, &array.shape, &arrays)?;
        let name = name.strip_suffix(ENDING).unwrap_or(&name);
        arrays.push(Array::new(name, &array.shape, array.values()));
    }
    Ok(arrays)
}
