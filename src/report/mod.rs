//! A report becomes bytes.
//!
//! A [`Reporter`] writes a whole [`Report`] in one format. How findings arose is
//! not known here.

pub mod visible;

pub mod text;

pub mod table;

pub mod json;

mod page;

mod summary;

#[cfg(test)]
pub(crate) mod fixture;

use crate::model::finding::Report;
use std::io::{self, Write};

/// A format that a report can be written in.
pub struct Reporter {
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Writes the report.
    pub write: fn(&Report, &Style, &mut dyn Write) -> io::Result<()>,
}

/// Every format, in the order of the help.
pub static REPORTERS: &[&Reporter] = &[&text::REPORTER, &table::REPORTER, &json::REPORTER];

/// How a report should look where it is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub color: bool,
    /// The width to fit into, in columns.
    pub width: usize,
    /// Whether to show every note on an input, however many there are.
    pub verbose: bool,
    /// Whether to say only what is wrong: a line for a finding, no summary, and
    /// nothing where all is well.
    pub quiet: bool,
    /// Whether to add a table of how often each rule applied.
    pub statistics: bool,
}
