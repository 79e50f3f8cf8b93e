//! `engram schema`.

use engram_lab::schema;

use crate::Streams;
use crate::failure::Failure;

/// Prints the JSON Schema of specs.
pub fn schema(streams: &mut Streams<'_>) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *streams.out, &schema::schema())?;
    Ok(writeln!(streams.out)?)
}
