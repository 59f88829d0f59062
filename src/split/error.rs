//! Turns the reason why an input cannot be split into words.

use std::fmt;
use std::io;

/// Why an input cannot be split. Places are in bytes from the start of the input.
#[derive(Debug)]
pub enum SplitError {
    /// The input could not be read.
    Read(io::Error),
    /// The input ends within a value or a quoted cell.
    Unfinished {
        /// Where the input ends.
        at: u64,
    },
    /// A byte that cannot be at its place.
    Unexpected {
        /// The place of the byte.
        at: u64,
        /// What was expected.
        expected: &'static str,
    },
    /// A record was said to begin where none can: within a string, within another
    /// record, after the end.
    NotARecord {
        /// Where it was said to begin.
        at: u64,
    },
    /// The beginnings of records are not in ascending order, or one occurs twice.
    NotAscending {
        /// The beginning that is not after the one before it.
        at: u64,
    },
    /// Lists and objects are nested too deeply.
    TooDeep {
        /// The place of the bracket that is one too many.
        at: u64,
    },
    /// A record, or the white space beside it, is longer than 4 GB.
    TooLong {
        /// Where it begins.
        at: u64,
    },
    /// There are more than 4 billion records, lists or objects.
    TooMany,
}

impl fmt::Display for SplitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitError::Read(error) => write!(out, "the input could not be read: {error}"),
            SplitError::Unfinished { at } => {
                write!(out, "the input ends at byte {at}, within a value")
            }
            SplitError::Unexpected { at, expected } => {
                write!(out, "byte {at} is not {expected}")
            }
            SplitError::NotARecord { at } => {
                write!(out, "no record that could be cut out begins at byte {at}")
            }
            SplitError::NotAscending { at } => {
                write!(out, "the record at byte {at} is not after the one before it")
            }
            SplitError::TooDeep { at } => {
                write!(out, "lists and objects are nested too deeply at byte {at}")
            }
            SplitError::TooLong { at } => {
                write!(out, "the record or the white space at byte {at} is longer than 4 GB")
            }
            SplitError::TooMany => out.write_str("there are more than 4 billion records"),
        }
    }
}

impl std::error::Error for SplitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            SplitError::Read(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for SplitError {
    fn from(error: io::Error) -> SplitError {
        SplitError::Read(error)
    }
}

/// Checks that the beginnings of records ascend.
pub(super) fn check_ascending(offsets: &[u64]) -> Result<(), SplitError> {
    if u32::try_from(offsets.len()).is_err() {
        return Err(SplitError::TooMany);
    }
    match offsets.windows(2).find(|pair| pair[0] >= pair[1]) {
        Some(pair) => Err(SplitError::NotAscending { at: pair[1] }),
        None => Ok(()),
    }
}

/// A length in 32 bits, by which outlines keep them.
pub(super) fn short_length(from: u64, to: u64) -> Result<u32, SplitError> {
    u32::try_from(to - from).map_err(|_| SplitError::TooLong { at: from })
}
