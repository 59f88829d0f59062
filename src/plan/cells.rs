//! Rows of words become lines of CSV.

use std::io::{self, Write};

/// Writes rows of cells.
pub(super) struct CellWriter<'a>(csv::Writer<&'a mut dyn Write>);

impl<'a> CellWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> CellWriter<'a> {
        CellWriter(csv::Writer::from_writer(out))
    }

    pub(super) fn row(&mut self, cells: &[&str]) -> io::Result<()> {
        self.0.write_record(cells).map_err(io::Error::from)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
