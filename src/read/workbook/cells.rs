//! Reads the cells of the sheets of a workbook, one after the other.
//!
//! The parser hands on single cells. Those of formulas without a value look empty to it, so
//! that sheets of workbooks with formulas are gone through once more, before.

use super::format_code::NumberKind;
use super::package::Package;
use super::table::{Budget, Merged, Writer};
use super::{Fault, Sheet, value};
use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::BTreeSet;
use std::io::Cursor;

/// A workbook that is open.
type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// What to know about a sheet beside its cells.
#[derive(Default)]
struct Counts {
    /// Formulas whose values were never calculated.
    uncalculated: u64,
    /// Numbers without a format of dates that may be dates in the 1904 system.
    bare_days: u64,
}

/// The sheets, each as a table.
///
/// # Errors
/// When the workbook is damaged, or its tables become larger than `most` allows.
pub(super) fn sheets(bytes: Vec<u8>, package: &Package, most: u64) -> Result<Vec<Sheet>, Fault> {
    let mut budget = Budget { packed: bytes.len() as u64, most, spent: 0 };
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let listed = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    for listed in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let (csv, counts) = sheet(&mut workbook, &listed.name, package, budget)?;
        budget.spent += csv.len() as u64;
        let mut notes = Vec::new();
        if listed.visible != SheetVisible::Visible {
            notes.push("the sheet is hidden, and read like any other".to_owned());
        }
        if counts.uncalculated > 0 {
            let formulas = match counts.uncalculated {
                1 => "1 formula was".to_owned(),
                more => format!("{more} formulas were"),
            };
            notes.push(format!(
                "{formulas} never calculated: open the workbook in a spreadsheet program and save it"
            ));
        }
        if counts.bare_days > 0 {
            notes.push(
                "the workbook counts days from 1904: if cells without a date format are dates, say \
                 --serial-epoch 1904"
                    .to_owned(),
            );
        }
        sheets.push(Sheet { name: listed.name, csv, notes });
    }
    let hidden = package.hidden_rows;
    if let Some(first) = sheets.iter_mut().find(|sheet| !sheet.csv.is_empty())
        && hidden > 0
    {
        let rows = if hidden == 1 { "1 row is" } else { &format!("{hidden} rows are") };
        first.notes.push(format!("{rows} hidden in the workbook, and read like any other"));
    }
    Ok(sheets)
}

/// The table of a sheet.
fn sheet(
    workbook: &mut Workbook,
    name: &str,
    package: &Package,
    budget: Budget,
) -> Result<(Vec<u8>, Counts), Fault> {
    let damaged = |error: XlsxError| damaged(&error);
    let merged = workbook.merge_cells_by_sheet_name(name).map_err(damaged)?;
    let merged = merged.iter().map(|cells| Merged { start: cells.start, end: cells.end }).collect();
    let missing = match package.has_formulas {
        true => uncalculated(workbook, name).map_err(damaged)?,
        false => BTreeSet::new(),
    };
    let is_1904 = workbook.has_1904_epoch();
    let mut counts = Counts { uncalculated: missing.len() as u64, ..Counts::default() };
    let mut writer = Writer::new(name, merged, budget);
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let kind = |style: &calamine::Style| {
        let format = style.number_format.as_ref()?;
        Some(NumberKind::of_code(&format.format_code))
    };
    let kinds: Vec<Option<NumberKind>> = cells.styles().iter().map(kind).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
        let (place, value) = (cell.get_position(), cell.get_value());
        if missing.contains(&place) {
            writer.put(place, value::NOT_CALCULATED)?;
            continue;
        }
        let kind = kinds.get(style).copied().flatten();
        let word = value::word(value, kind, is_1904);
        if !word.trim().is_empty() {
            counts.bare_days += u64::from(is_1904 && may_be_day(value));
            writer.put(place, &word)?;
        }
    }
    drop(cells);
    writer.finish().map(|csv| (csv, counts))
}

/// The cells of formulas that have no value.
fn uncalculated(workbook: &mut Workbook, name: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut found = BTreeSet::new();
    let mut cells = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            found.insert(cell.pos);
        }
    }
    Ok(found)
}

/// Whether a number that is not formatted as one could be a date of these decades.
fn may_be_day(value: &DataRef<'_>) -> bool {
    let number = match Data::from(value.clone()) {
        Data::Float(number) => number,
        Data::Int(number) => number as f64,
        _ => return false,
    };
    (30_000.0..60_000.0).contains(&number)
}

fn damaged(error: &XlsxError) -> Fault {
    Fault::Damaged(match error {
        XlsxError::Password => "it is protected by a password".to_owned(),
        XlsxError::Zip(_) | XlsxError::Io(_) => "a part of it cannot be unpacked".to_owned(),
        XlsxError::XmlEof(_) => "a part of it is cut off".to_owned(),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) => "a part of it is not XML".to_owned(),
        other => other.to_string(),
    })
}
