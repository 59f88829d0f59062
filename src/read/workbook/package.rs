//! Looks into the zip archive of a workbook, before anything is read of it.
//!
//! Every part is unpacked once and thrown away, so that a part that unpacks to too much is
//! found before it is in memory. On the way it is seen what the parser does not tell: rows that
//! are hidden, whether there are formulas, and numbers of strings that no part of its size has.

use super::Fault;
use crate::read::content::UnpackStop;
use memchr::memmem;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// What is known of a workbook by its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Package {
    /// How many rows of its sheets are hidden.
    pub(super) hidden_rows: u64,
    /// Whether any cell may be a formula.
    pub(super) has_formulas: bool,
}

/// How much of a part is unpacked at a time, in bytes.
const PORTION: usize = 1 << 16;

/// How many bytes a string of the list of strings takes at least: `<si/>`.
const SHORTEST_STRING: u64 = 5;

/// So many strings may be announced without being there: the parser makes room for them.
const FEW_STRINGS: u64 = 1 << 20;

impl Package {
    /// Examines all parts; `None` if the archive is not a workbook.
    ///
    /// # Errors
    /// When it is damaged, unpacks to too much, or is a spreadsheet of another kind.
    pub(super) fn examine(bytes: &[u8], most: u64) -> Result<Option<Package>, Fault> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let names: Vec<String> =
            archive.file_names().flatten().map(|name| name.to_lowercase()).collect();
        let has = |name: &str| names.iter().any(|known| known == name);
        if has("xl/workbook.bin") {
            return Err(Fault::Other("an Excel workbook in binary form (xlsb)"));
        }
        if has("content.xml") && has("meta-inf/manifest.xml") {
            return Err(Fault::Other("an OpenDocument file"));
        }
        if !has("[content_types].xml") || !names.iter().any(|name| name.starts_with("xl/")) {
            return Ok(None);
        }
        let (mut package, mut unpacked) = (Package::default(), 0);
        for place in 0..archive.len() {
            let part = archive.by_index(place).map_err(|error| damaged(&error))?;
            let name = part.name().map_or_else(|_| "a part".to_owned(), |name| name.into_owned());
            let mut scan = PartScan::of(&name);
            scan.read(part, &mut |count| {
                unpacked += count;
                match UnpackStop::of_size(unpacked, bytes.len() as u64, most) {
                    Some(stop) => Err(Fault::Limit(stop, name.clone())),
                    None => Ok(()),
                }
            })?;
            package.hidden_rows += scan.hidden_rows;
            package.has_formulas |= scan.has_formulas;
        }
        Ok(Some(package))
    }
}

/// What is seen of a part while it passes.
#[derive(Default)]
struct PartScan {
    is_sheet: bool,
    is_strings: bool,
    length: u64,
    strings: u64,
    hidden_rows: u64,
    has_formulas: bool,
}

impl PartScan {
    fn of(name: &str) -> PartScan {
        let name = name.to_lowercase();
        let is_sheet = name.contains("worksheets/") && !name.ends_with(".rels");
        PartScan {
            is_sheet,
            is_strings: name.ends_with("sharedstrings.xml"),
            ..PartScan::default()
        }
    }

    /// Unpacks a part, and counts its bytes.
    fn read(
        &mut self,
        mut part: impl Read,
        count: &mut dyn FnMut(u64) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (mut bytes, mut held) = (vec![0; 2 * PORTION], 0);
        loop {
            let room = bytes.get_mut(held..).unwrap_or_default();
            let read = part
                .read(room)
                .map_err(|_| Fault::Damaged("a part of it cannot be unpacked".to_owned()))?;
            count(read as u64)?;
            self.length += read as u64;
            let end = held + read;
            let seen = self.look(bytes.get(..end).unwrap_or_default(), read == 0);
            if read == 0 {
                break;
            }
            // A tag that is longer than a portion is none that matters.
            let seen = if end - seen > PORTION { end } else { seen };
            bytes.copy_within(seen..end, 0);
            held = end - seen;
        }
        match self.is_strings && self.strings > FEW_STRINGS.max(self.length / SHORTEST_STRING) {
            true => Err(Fault::Damaged("its list of strings is shorter than it says".to_owned())),
            false => Ok(()),
        }
    }

    /// Looks at the tags in some bytes; the byte where the first one begins that may not be
    /// whole.
    fn look(&mut self, bytes: &[u8], last: bool) -> usize {
        if !self.is_sheet && !self.is_strings {
            return bytes.len();
        }
        let mut from = 0;
        while let Some(start) = memchr::memchr(b'<', bytes.get(from..).unwrap_or_default()) {
            let start = from + start;
            let rest = bytes.get(start..).unwrap_or_default();
            let Some(length) = memchr::memchr(b'>', rest) else {
                return if last { bytes.len() } else { start };
            };
            self.see(rest.get(1..length).unwrap_or_default());
            from = start + length + 1;
        }
        bytes.len()
    }

    /// Looks at a tag: what is between its brackets.
    fn see(&mut self, tag: &[u8]) {
        let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        let (name, attributes) = tag.split_at(end.unwrap_or(tag.len()));
        let name = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
        match name {
            b"row" if self.is_sheet => {
                let hidden = attribute(attributes, b" hidden=");
                self.hidden_rows += u64::from(matches!(hidden, Some(b"1" | b"true")));
            }
            b"f" if self.is_sheet => self.has_formulas = true,
            b"sst" if self.is_strings => {
                let count = attribute(attributes, b" uniqueCount=");
                let count = count.map(|count| String::from_utf8_lossy(count).trim().to_owned());
                self.strings = count.map_or(0, |count| count.parse().unwrap_or(u64::MAX));
            }
            _ => {}
        }
    }
}

/// The value of an attribute, given with the space before it and its equals sign.
fn attribute<'t>(attributes: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let start = memmem::find(attributes, name)? + name.len();
    let (quote, rest) = attributes.get(start..)?.split_first()?;
    rest.split(|byte| byte == quote).next()
}

fn damaged(error: &ZipError) -> Fault {
    Fault::Damaged(match error {
        ZipError::UnsupportedArchive(why) => {
            format!("it is packed in a way that is not read: {why}")
        }
        _ => "it is cut off, or not a zip archive to its end".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::PartScan;

    /// Hands out a few bytes at a time.
    struct Drops<'b>(&'b [u8], usize);

    impl std::io::Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn hidden_rows_and_formulas_are_seen_wherever_a_portion_ends() {
        let sheet =
            b"<worksheet><sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\"><f>1+1</f></c></row>\
                      <x:row hidden='true'/><row r=\"3\" hidden=\"0\"/></sheetData></worksheet>";
        for portion in [1, 2, 7, 4096] {
            let mut scan = PartScan::of("xl/worksheets/sheet1.xml");
            scan.read(Drops(sheet, portion), &mut |_| Ok(())).expect("readable");
            assert_eq!((scan.hidden_rows, scan.has_formulas), (2, true), "{portion}");
            let mut other = PartScan::of("xl/workbook.xml");
            other.read(Drops(sheet, portion), &mut |_| Ok(())).expect("readable");
            assert_eq!((other.hidden_rows, other.has_formulas), (0, false), "{portion}");
        }
    }

    #[test]
    fn more_strings_than_there_is_room_for_are_refused() {
        for (count, sound) in [("2", true), ("99999999999", false), ("x", false)] {
            let part = format!("<sst count=\"9\" uniqueCount=\"{count}\"><si/><si/></sst>");
            let mut scan = PartScan::of("xl/sharedStrings.xml");
            let outcome = scan.read(part.as_bytes(), &mut |_| Ok(()));
            assert_eq!(outcome.is_ok(), sound, "{count}");
        }
    }
}
