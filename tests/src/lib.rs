//! What the tests across the crates share.

pub mod command;

/// Says where the data sets are that come with the page, as the command line does.
pub fn supply_data() {
    engram_lab::data::supply(engram_cli::data_set);
}
