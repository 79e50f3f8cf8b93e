//! `pack_pictures IMAGES LABELS TRAINING DEPTH FILE [NAME…]`: a data set of the page, made of IDX files.
//!
//! The first TRAINING pictures are for training; cells have DEPTH bits; the classes have their numbers for names, or those
//! that are given. What is written is read again and held against what it was made of.

use std::error::Error;
use std::{env, fs};

use engram::pattern::Pictures;
use engram_lab::import;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [images, labels, training, depth, file, names @ ..] = &arguments[..] else {
        return Err("wanted: IMAGES LABELS TRAINING DEPTH FILE [NAME…]".into());
    };
    let pictures = import::idx(&fs::read(images)?, Some(&fs::read(labels)?), None)?.pictures;
    let names = if names.is_empty() { pictures.class_names() } else { names }.to_vec();
    let classes = pictures.all().classes().to_vec();
    let pictures = pictures
        .with_classes(names, classes)?
        .with_training(training.parse()?)?
        .with_depth(depth.parse()?)?;
    let bytes = pictures.to_bytes();
    if Pictures::parse(&bytes)? != pictures {
        return Err("what was written does not read the same".into());
    }
    println!("  {} pictures, {} bytes", pictures.all().count(), bytes.len());
    Ok(fs::write(file, bytes)?)
}
