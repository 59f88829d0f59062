//! Refuses files that are not text, by their first bytes.
//!
//! The first bytes are compared before any reader is asked.

use crate::model::finding::Problem;

/// What a file seems to be, and what to do.
type Seeming = (&'static str, &'static str);

const ZIP: Seeming = ("an Excel workbook or another zip archive", "save the sheet as CSV UTF-8");
const OLD_EXCEL: Seeming = if cfg!(feature = "spreadsheets") {
    ("an old Excel workbook, or one with a password", "save it as xlsx, without a password")
} else {
    ("an old Excel workbook, or one with a password", "save the sheet as CSV UTF-8")
};
#[cfg(feature = "spreadsheets")]
const ARCHIVE: Seeming = ("a zip archive that is not a workbook", "unpack it first");
const BZIP2: Seeming = ("compressed with bzip2", "unpack it first: bzcat FILE | shiftlint check -");
const XZ: Seeming = ("compressed with xz", "unpack it first: xzcat FILE | shiftlint check -");
const PDF: Seeming = ("a PDF", "export the schedule as CSV or JSON");
const TWICE: Seeming = ("packed twice", "unpack it once, and check what comes out");
const TAR: Seeming = ("a tar archive", "unpack it, and check the files that it holds");
const ZEROS: Seeming = ("nothing but zero bytes", "fetch it again, or export it again");
const UTF_32: Seeming = ("UTF-32", "save it as UTF-8");
const UTF_16LE: Seeming =
    ("UTF-16 without a byte-order mark", "save it as UTF-8, or say --encoding utf-16le");
const UTF_16BE: Seeming =
    ("UTF-16 without a byte-order mark", "save it as UTF-8, or say --encoding utf-16be");
const NO_TEXT: Seeming = ("no text", "export the schedule as CSV or JSON");

/// First bytes of files that are not text. Compressed data that begins so was unpacked once
/// already.
const SIGNATURES: &[(&[u8], Seeming)] = &[
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0", OLD_EXCEL),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ", XZ),
    (b"%PDF", PDF),
    (b"\x1f\x8b", TWICE),
    (b"\x28\xb5\x2f\xfd", TWICE),
    (b"\xff\xfe\0\0", UTF_32),
    (b"\0\0\xfe\xff", UTF_32),
];

/// Where tar archives have their signature, after a name that is padded with zeros.
const TAR_MARK: (usize, &[u8]) = (257, b"ustar");

/// Refuses a file that begins like one that cannot be read.
///
/// # Errors
/// With what it seems to be, and what to do.
pub(super) fn refuse(head: &[u8]) -> Result<(), Problem> {
    let known = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature));
    let Some((what, help)) = known.map(|(_, seeming)| *seeming).or_else(|| by_zeros(head)) else {
        return Ok(());
    };
    Err(problem((what, help)))
}

/// What there is to say of a zip archive that is not a workbook.
#[cfg(feature = "spreadsheets")]
pub(super) fn another_archive() -> Problem {
    problem(ARCHIVE)
}

fn problem((what, help): Seeming) -> Problem {
    let message = format!("this file is {what}, not UTF-8 text");
    Problem { line: None, column: None, message, help: Some(help.to_owned()) }
}

/// What a file seems to be by the zeros in it, which UTF-8 text has none of. A
/// few spoil their records only.
fn by_zeros(head: &[u8]) -> Option<Seeming> {
    if head.first() == Some(&0) && head.iter().all(|byte| *byte == 0) {
        return Some(ZEROS);
    }
    let (place, mark) = TAR_MARK;
    let (before, behind) = head.split_at_checked(place).unwrap_or((head, &[]));
    if before.contains(&0) && behind.starts_with(mark) {
        return Some(TAR);
    }
    let sample = head.get(..512).unwrap_or(head);
    let zeros = zeros(sample);
    let all: usize = zeros.iter().sum();
    (all > 8 && all * 4 > sample.len()).then(|| by_places(zeros, sample.len() / 4))
}

/// How many zeros there are at the first, second, third and fourth byte of four.
fn zeros(sample: &[u8]) -> [usize; 4] {
    let mut zeros = [0; 4];
    for four in sample.chunks(4) {
        for (zeros, byte) in zeros.iter_mut().zip(four) {
            *zeros += usize::from(*byte == 0);
        }
    }
    zeros
}

/// What has zeros at these bytes of its fours. The letters of a schedule are
/// mostly those of ASCII, so that all bytes of a letter but the lowest are zero.
fn by_places([first, second, third, fourth]: [usize; 4], fours: usize) -> Seeming {
    let nearly_all = |zeros: usize| zeros * 10 >= fours * 9;
    let few = |zeros: usize| zeros * 10 < fours;
    let (even, odd) = (first + third, second + fourth);
    if nearly_all(third) && nearly_all(fourth) && few(first)
        || nearly_all(first) && nearly_all(second) && few(fourth)
    {
        UTF_32
    } else if odd > 8 * even {
        UTF_16LE
    } else if even > 8 * odd {
        UTF_16BE
    } else {
        NO_TEXT
    }
}
