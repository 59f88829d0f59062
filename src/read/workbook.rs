//! Turns a workbook (xlsx) into one table of CSV for each of its sheets.
//!
//! The number of a line is that of the row, and the place of a cell in its line that of its
//! column, so that what is found in the table has its place in the sheet. `package` looks into
//! the zip archive and keeps it within the limits of what may be unpacked; `cells` hands on the
//! cells one by one, never as a grid, so that a cell in `XFD1048576` costs no more than the
//! line ends before it; `value` turns a cell into a word, by its number format (`format_code`);
//! `table` writes the lines.

mod cells;

mod format_code;

mod package;

mod table;

mod value;

use crate::model::finding::Problem;
use crate::model::settings::Settings;
use crate::read::content::UnpackStop;
use crate::read::csv;
use crate::read::{Document, Format, Opening, vendors};
use package::Package;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The format of the sheets of a workbook.
pub static FORMAT: Format = Format {
    name: "xlsx",
    extensions: &["xlsx", "xlsm", "xltx", "xltm"],
    summary: "Excel workbooks, whose sheets are tables",
    // Workbooks are recognised by their bytes before they are text.
    sniff: |_| false,
    open: |opening| match opening.sheet {
        Some(_) => open(opening),
        None => Err(problem(
            "this is not an Excel workbook".to_owned(),
            "leave --input-format out, so that the format is detected from the content",
        )),
    },
    lines: true,
    known_from: "",
};

/// Opens a sheet: as the table of a vendor, if it has the columns of one.
fn open(opening: &Opening<'_>) -> Result<Box<dyn Document>, Problem> {
    match vendors::TABLES.iter().find(|format| (format.sniff)(opening.head)) {
        Some(format) => (format.open)(opening),
        None => Ok(Box::new(csv::Table::open(opening)?)),
    }
}

/// A sheet as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Its rows as lines of CSV, divided by commas.
    pub(super) csv: Vec<u8>,
    /// What the user should know about how it was read.
    pub(super) notes: Vec<String>,
}

/// Why a workbook cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// It unpacks to too much, in this part or sheet.
    Limit(UnpackStop, String),
    /// Its zip archive or a part of it is damaged, or is not as Excel writes it.
    Damaged(String),
    /// It is a spreadsheet of this other kind.
    Other(&'static str),
}

/// The first bytes of a zip archive that holds anything.
const ZIP: &[u8] = b"PK\x03\x04";

/// Whether an input that begins so may be a workbook.
pub(super) fn may_begin(head: &[u8]) -> bool {
    head.starts_with(ZIP)
}

/// The sheets of a workbook in its order; `None` if the bytes are another zip archive.
///
/// # Errors
/// When the workbook is damaged, of another kind, or unpacks to more than the settings allow.
pub(super) fn sheets(bytes: Vec<u8>, settings: &Settings) -> Option<Result<Vec<Sheet>, Problem>> {
    let most = settings.max_unpacked;
    let package = match Package::examine(&bytes, most) {
        Ok(Some(package)) => package,
        Ok(None) => return None,
        Err(fault) => return Some(Err(fault.problem())),
    };
    // The parser is written for workbooks of real programs: some of its sums overflow on
    // hostile cell references, which a debug build answers with a panic.
    let read = catch_unwind(AssertUnwindSafe(|| cells::sheets(bytes, &package, most)));
    let read = read.unwrap_or_else(|_| Err(Fault::Damaged("it has impossible values".to_owned())));
    Some(read.map_err(Fault::problem))
}

impl Fault {
    fn problem(self) -> Problem {
        match self {
            Fault::Limit(stop, place) => {
                problem(format!("cannot be read: {stop} (in {place})"), stop.help())
            }
            Fault::Damaged(why) => problem(
                format!("this Excel workbook or other zip archive is damaged: {why}"),
                "fetch it again, or open it in a spreadsheet program and save it as xlsx; or save \
                 the sheet as CSV UTF-8",
            ),
            Fault::Other(kind) => problem(
                format!("this file is {kind}, which is not read"),
                "save it as xlsx, or save the sheet as CSV UTF-8",
            ),
        }
    }
}

fn problem(message: String, help: &str) -> Problem {
    Problem { line: None, column: None, message, help: Some(help.to_owned()) }
}
