//! What the tests across the crates share.

pub mod command;

/// Hands over the data sets that come with the page, as the page and the command line do.
///
/// # Panics
/// If a file is not in its format.
pub fn provide_data() {
    let digits = include_bytes!("../../www/data/digits8.bin");
    engram_lab::data::provide(engram_lab::data::DIGITS, digits).expect("the committed file");
}
