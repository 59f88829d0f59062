//! Gathers the lines of a stretch that are wanted, so that they are read together.
//!
//! What a reader prepares for a piece takes as long as reading a line.

use crate::model::row::Row;
use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

/// Lines with a wanted record each, one after another.
pub(super) struct GatheredLines<About> {
    bytes: Vec<u8>,
    lines: Vec<GatheredLine<About>>,
}

struct GatheredLine<About> {
    range: Range<u64>,
    /// Where its wanted record begins, among the bytes of all lines.
    wanted: u64,
    about: About,
}

impl<About> Default for GatheredLines<About> {
    fn default() -> GatheredLines<About> {
        GatheredLines { bytes: Vec::new(), lines: Vec::new() }
    }
}

impl<About: Copy> GatheredLines<About> {
    /// Forgets all lines, and keeps their memory.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.lines.clear();
    }

    /// Adds a line whose wanted record begins so far into it.
    pub(super) fn push(&mut self, (line, line_end): (&[u8], u8), within: u64, about: About) {
        let start = self.bytes.len() as u64;
        self.bytes.extend_from_slice(line);
        // The last line of a file can lack it.
        if line.last() != Some(&line_end) {
            self.bytes.push(line_end);
        }
        let range = start..self.bytes.len() as u64;
        self.lines.push(GatheredLine { range, wanted: start + within, about });
    }

    /// All lines.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The wanted records, to be found among the rows of all lines.
    pub(super) fn wanted(&self) -> WantedRecords<'_, About> {
        WantedRecords { left: self.lines.iter().peekable(), records: 0 }
    }
}

/// The wanted records whose rows are still to come.
pub(super) struct WantedRecords<'g, About> {
    left: Peekable<Iter<'g, GatheredLine<About>>>,
    /// The records so far of the line at hand.
    records: u64,
}

impl<About: Copy> WantedRecords<'_, About> {
    /// What is known of the next row, which begins there, if it is a wanted record; and the
    /// number of that among the records of its line, from 1.
    pub(super) fn find(&mut self, row: &Row<'_>, at: u64) -> Option<(About, u64)> {
        while self.left.next_if(|line| line.range.end <= at).is_some() {
            self.records = 0;
        }
        // The other rows of a line whose record was found are before all that is left.
        let line = self.left.peek().filter(|line| line.range.contains(&at))?;
        self.records += u64::from(!row.continues);
        let (is_wanted, about) = (line.wanted == at, line.about);
        is_wanted.then(|| {
            self.left.next();
            (about, std::mem::take(&mut self.records))
        })
    }
}
