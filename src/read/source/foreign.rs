//! Files that are no text of a known encoding become refusals.
//!
//! Told by how they begin, before any reader is asked.

use crate::model::finding::Problem;
use memchr::memchr_iter;

/// Beginnings of files that are no text, what they are, and what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "an Excel workbook or another zip archive", "save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV UTF-8"),
    (b"BZh", "compressed with bzip2", "unpack it first: bzcat FILE | shiftlint check -"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it first: xzcat FILE | shiftlint check -"),
    (b"%PDF", "a PDF", "export the schedule as CSV or JSON"),
];

/// Refuses a file that begins like one that cannot be read.
///
/// # Errors
/// With what it seems to be, and what to do.
pub(super) fn refuse(head: &[u8]) -> Result<(), Problem> {
    let known = SIGNATURES.iter().find(|(signature, _, _)| head.starts_with(signature));
    let sample = head.get(..512).unwrap_or(head);
    let nul = memchr_iter(0, sample).count();
    let wide = nul > 8 && nul * 4 > sample.len();
    let refused = known.map(|(_, what, help)| (*what, *help));
    match refused.or(wide.then_some((
        "UTF-16 without a byte-order mark, or no text",
        "save it as UTF-8, or say --encoding utf-16le",
    ))) {
        None => Ok(()),
        Some((what, help)) => Err(Problem {
            line: None,
            column: None,
            message: format!("this file is {what}, not UTF-8 text"),
            help: Some(help.to_owned()),
        }),
    }
}
