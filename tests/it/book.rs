//! Workbooks as spreadsheet programs write them, and as none would.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A number, under a number format.
    Shown(f64, &'static str),
    Flag(bool),
    /// A formula and its value.
    Formula(&'static str, &'static str),
}

pub(crate) fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(crate) const DATE: &str = "yyyy\\-mm\\-dd";
pub(crate) const CLOCK: &str = "hh:mm";
pub(crate) const MOMENT: &str = "d/m/yyyy hh:mm";
pub(crate) const HOURS: &str = "[h]:mm";

/// The day in March 2026 as a spreadsheet counts it.
pub(crate) fn march(day: u32) -> f64 {
    f64::from(46_081 + day)
}

/// A time of day.
pub(crate) fn clock(hour: u32, minute: u32) -> f64 {
    f64::from(hour * 60 + minute) / 1440.0
}

/// Rows of text, divided by bars.
pub(crate) fn rows(lines: &[&str]) -> Vec<Vec<Cell>> {
    let cells = |line: &&str| line.split('|').map(|word| text(word.trim())).collect();
    lines.iter().map(cells).collect()
}

/// Writes rows of cells from the first cell of a sheet.
pub(crate) fn fill(sheet: &mut Worksheet, rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(word) if word.is_empty() => continue,
                Cell::Text(word) => sheet.write_string(row, column, word)?,
                Cell::Number(number) => sheet.write_number(row, column, *number)?,
                Cell::Shown(number, code) => {
                    let format = Format::new().set_num_format(*code);
                    sheet.write_number_with_format(row, column, *number, &format)?
                }
                Cell::Flag(flag) => sheet.write_boolean(row, column, *flag)?,
                Cell::Formula(formula, value) => {
                    sheet.write_formula(row, column, Formula::new(*formula).set_result(*value))?
                }
            };
        }
    }
    Ok(())
}

/// A workbook of sheets with these names and rows.
pub(crate) fn book(sheets: &[(&str, Vec<Vec<Cell>>)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        fill(sheet, rows).expect("cells that a sheet has");
    }
    workbook.save_to_buffer().expect("memory can be written")
}

/// A workbook of raw sheets: the name and attributes of each, and what its XML holds. Styles 1
/// to 4 are dates, clock times, both, and hours that go on.
pub(crate) fn raw(attributes: &str, sheets: &[(&str, &str)]) -> Vec<u8> {
    zipped(&parts(attributes, sheets))
}

/// Parts in a zip archive.
pub(crate) fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

/// The parts of such a workbook.
pub(crate) fn parts(attributes: &str, sheets: &[(&str, &str)]) -> Vec<(String, String)> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let (mut listed, mut related) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (number, (name, rows)) in (1..).zip(sheets) {
        listed.push_str(&format!("<sheet {name} sheetId=\"{number}\" r:id=\"r{number}\"/>"));
        related.push_str(&format!(
            "<Relationship Id=\"r{number}\" Type=\"{OFFICE}/worksheet\" \
             Target=\"worksheets/sheet{number}.xml\"/>"
        ));
        let sheet = format!("<worksheet xmlns=\"{MAIN}\">{rows}</worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    let style = |id: u32| format!("<xf numFmtId=\"{id}\" applyNumberFormat=\"1\"/>");
    let styles: String = [0, 14, 20, 22, 164].map(style).concat();
    let mut part = |name: &str, text: String| parts.push((name.to_owned(), text));
    part(
        "xl/styles.xml",
        format!(
            "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" \
             formatCode=\"[h]:mm\"/></numFmts><cellXfs count=\"5\">{styles}</cellXfs></styleSheet>"
        ),
    );
    part(
        "xl/workbook.xml",
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><workbookPr {attributes}/>\
             <sheets>{listed}</sheets></workbook>"
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{related}</Relationships>"),
    );
    part(
        "_rels/.rels",
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" \
             Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    part(
        "[Content_Types].xml",
        format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/></Types>"
        ),
    );
    parts
}

/// Rows of raw cells: each cell is an attribute and a value, such as `("t=\"b\"", "<v>1</v>")`.
pub(crate) fn raw_rows(rows: &[&[(&str, &str)]]) -> String {
    let mut text = String::from("<sheetData>");
    for (number, cells) in (1..).zip(rows) {
        text.push_str(&format!("<row r=\"{number}\">"));
        for (letter, (attributes, value)) in ('A'..).zip(*cells) {
            text.push_str(&format!("<c r=\"{letter}{number}\" {attributes}>{value}</c>"));
        }
        text.push_str("</row>");
    }
    text + "</sheetData>"
}

/// A raw cell of text, whose `<t>` has to be given: `inline("<is><t>agent</t></is>")`.
pub(crate) const fn inline(value: &str) -> (&str, &str) {
    ("t=\"inlineStr\"", value)
}
