//! Writes which pseudonym stands for what.

use std::io::{self, Write};

/// Writes a table of pseudonyms and words.
///
/// # Errors
/// When it cannot be written.
pub fn write_map(words: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["pseudonym", "original"]).map_err(io::Error::from)?;
    for (pseudonym, word) in words {
        table.write_record([pseudonym, word]).map_err(io::Error::from)?;
    }
    table.flush()
}
