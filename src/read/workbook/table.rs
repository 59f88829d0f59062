//! Writes the cells of a sheet as lines of CSV.
//!
//! Rows without a cell are empty lines. The first lines, of which one is the header, have as
//! many cells as the widest row, so that every cell has a column; a row with a cell far to the
//! right of all others remains longer than the header, and is reported. What a merged
//! cell says is said in each row of its range that says anything else, and in no other.

use super::Fault;
use crate::read::content::UnpackStop;
use std::collections::BTreeMap;

/// The most rows and columns of a sheet.
const MOST: (u32, u32) = (1 << 20, 1 << 14);

/// How many lines are as wide as the widest row: those that may be the header, and more.
const HEAD: usize = 64;

/// No line is made wider than this.
const NARROW: u32 = 256;

/// A range of cells: the first and the last row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merged {
    pub(super) start: (u32, u32),
    pub(super) end: (u32, u32),
}

/// How many bytes all tables of a workbook may have together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// Of the workbook, as it is stored.
    pub(super) packed: u64,
    /// What the user allows.
    pub(super) most: u64,
    /// What the tables before this one have.
    pub(super) spent: u64,
}

/// A table that is being written.
pub(super) struct Writer<'s> {
    /// The name of the sheet.
    name: &'s str,
    bytes: Vec<u8>,
    budget: Budget,
    /// How many lines are ended.
    lines: u32,
    /// Where the first lines with cells end, before their line feeds, and their widths.
    head: Vec<(usize, u32)>,
    /// The width of the widest of them, and of the widest line of all.
    widths: (u32, u32),
    /// The row of the cells that are waiting, by column.
    row: Option<u32>,
    cells: BTreeMap<u32, String>,
    /// Merged ranges that begin below, the last first.
    below: Vec<Merged>,
    /// Ranges that reach the row, with what they say.
    active: Vec<(Merged, String)>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(name: &'s str, mut merged: Vec<Merged>, budget: Budget) -> Writer<'s> {
        merged.sort_unstable_by(|one, other| other.cmp(one));
        Writer {
            name,
            bytes: Vec::new(),
            budget,
            lines: 0,
            head: Vec::new(),
            widths: (0, 0),
            row: None,
            cells: BTreeMap::new(),
            below: merged,
            active: Vec::new(),
        }
    }

    /// Adds a cell with something in it. Cells come row by row.
    ///
    /// # Errors
    /// When they do not, the sheet has no such cell, or the table becomes too large.
    pub(super) fn put(&mut self, (row, column): (u32, u32), word: &str) -> Result<(), Fault> {
        if row >= MOST.0 || column >= MOST.1 {
            return Err(self.damaged(row, column, "is beyond the last cell of a sheet"));
        }
        if self.row.is_some_and(|known| row < known) {
            return Err(self.damaged(row, column, "comes after a cell of a later row"));
        }
        if self.row != Some(row) {
            self.end_row()?;
            self.row = Some(row);
        }
        match self.cells.insert(column, word.to_owned()) {
            None => Ok(()),
            Some(_) => Err(self.damaged(row, column, "occurs twice")),
        }
    }

    /// The whole table.
    ///
    /// # Errors
    /// When it is too large.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Fault> {
        self.end_row()?;
        let (mut whole, mut from) = (Vec::with_capacity(self.bytes.len()), 0);
        for (end, width) in &self.head {
            whole.extend_from_slice(self.bytes.get(from..*end).unwrap_or_default());
            pad(&mut whole, self.widths.1.min(NARROW).saturating_sub(*width));
            from = *end;
        }
        whole.extend_from_slice(self.bytes.get(from..).unwrap_or_default());
        self.within(whole.len())?;
        Ok(whole)
    }

    /// Writes the row that is waiting.
    fn end_row(&mut self) -> Result<(), Fault> {
        let Some(row) = self.row else { return Ok(()) };
        self.fill(row)?;
        while self.lines < row {
            self.bytes.push(b'\n');
            self.lines += 1;
        }
        let mut last = 0;
        for (column, word) in std::mem::take(&mut self.cells) {
            pad(&mut self.bytes, column - last);
            last = column;
            push_cell(&mut self.bytes, &word);
        }
        let width = last + 1;
        self.widths.1 = self.widths.1.max(width);
        if self.head.len() < HEAD {
            self.head.push((self.bytes.len(), width));
            self.widths.0 = self.widths.1;
        } else {
            pad(&mut self.bytes, self.widths.0.min(NARROW).saturating_sub(width));
        }
        self.bytes.push(b'\n');
        self.lines += 1;
        self.check()
    }

    /// Gives the cells of merged ranges what the first cell of each says, where the row has
    /// any other cell.
    fn fill(&mut self, row: u32) -> Result<(), Fault> {
        self.active.retain(|(merged, _)| merged.end.0 >= row);
        let mut begun = Vec::new();
        while let Some(merged) = self.below.pop_if(|merged| merged.start.0 <= row) {
            let said = self.cells.get(&merged.start.1);
            if let Some(word) = said.filter(|_| merged.start.0 == row && merged.end > merged.start)
            {
                begun.push((merged, word.clone()));
            }
        }
        let alone = self.cells.len() == begun.len();
        self.active.append(&mut begun);
        if alone {
            return Ok(());
        }
        let mut length = self.bytes.len();
        for (merged, word) in &self.active {
            for column in merged.start.1..=merged.end.1.min(MOST.1 - 1) {
                self.cells.entry(column).or_insert_with(|| word.clone());
                length += word.len() + 1;
            }
            self.within(length)?;
        }
        Ok(())
    }

    fn check(&self) -> Result<(), Fault> {
        self.within(self.bytes.len())
    }

    /// Whether the table may have so many bytes.
    fn within(&self, length: usize) -> Result<(), Fault> {
        let Budget { packed, most, spent } = self.budget;
        match UnpackStop::of_size(spent + length as u64, packed, most) {
            Some(stop) => Err(Fault::Limit(stop, format!("sheet `{}`", self.name))),
            None => Ok(()),
        }
    }

    fn damaged(&self, row: u32, column: u32, why: &str) -> Fault {
        let column = crate::model::sheet::column_name(column as usize);
        let row = u64::from(row) + 1;
        Fault::Damaged(format!("cell {column}{row} of sheet `{}` {why}", self.name))
    }
}

/// Adds empty cells.
fn pad(bytes: &mut Vec<u8>, count: u32) {
    bytes.resize(bytes.len() + count as usize, b',');
}

/// Adds a word, in quotes if it needs any.
fn push_cell(bytes: &mut Vec<u8>, word: &str) {
    let quotes = word.contains([',', '"']) || word.starts_with(' ') || word.ends_with(' ');
    if !quotes {
        return bytes.extend_from_slice(word.as_bytes());
    }
    bytes.push(b'"');
    bytes.extend_from_slice(word.replace('"', "\"\"").as_bytes());
    bytes.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::{Budget, Fault, Merged, Writer};

    const BUDGET: Budget = Budget { packed: 1 << 20, most: 1 << 30, spent: 0 };

    fn written(cells: &[(u32, u32, &str)], merged: &[Merged]) -> Result<String, Fault> {
        let mut writer = Writer::new("Shifts", merged.to_vec(), BUDGET);
        for (row, column, word) in cells {
            writer.put((*row, *column), word)?;
        }
        writer.finish().map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
    }

    #[test]
    fn lines_are_rows_and_cells_are_columns() {
        let cells = [(1, 0, "a"), (1, 2, "b,c"), (4, 1, "say \"x\""), (4, 3, " y")];
        let expected = "\na,,\"b,c\",\n\n\n,\"say \"\"x\"\"\",,\" y\"\n";
        assert_eq!(written(&cells, &[]).as_deref(), Ok(expected));
        assert_eq!(written(&[], &[]).as_deref(), Ok(""));
    }

    #[test]
    fn a_merged_cell_fills_its_range_and_nothing_else() {
        let anna = Merged { start: (1, 0), end: (3, 0) };
        let day = Merged { start: (1, 2), end: (2, 3) };
        let cells =
            [(0, 0, "who"), (1, 0, "Anna"), (1, 1, "x"), (1, 2, "Mon"), (2, 1, "y"), (4, 1, "z")];
        let expected = "who,,,\nAnna,x,Mon,Mon\nAnna,y,Mon,Mon\n\n,z,,\n";
        assert_eq!(written(&cells, &[anna, day]).as_deref(), Ok(expected));
        let title = Merged { start: (0, 0), end: (0, 5) };
        assert_eq!(
            written(&[(0, 0, "Week 11"), (1, 0, "a")], &[title]).as_deref(),
            Ok("Week 11\na\n")
        );
    }

    #[test]
    fn the_first_lines_are_as_wide_as_the_widest_row() {
        let mut cells: Vec<(u32, u32, &str)> = (0..70).map(|row| (row, row % 2, "x")).collect();
        cells.push((70, 3, "far"));
        let lines = written(&cells, &[]).expect("a table");
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!((lines[0], lines[63], lines[64]), ("x,,,", ",x,,", "x,"));
        assert_eq!((lines[69], lines[70]), (",x", ",,,far"));
        let far = written(&[(0, 0, "a"), (1, 300, "b")], &[]).expect("a table");
        let widths: Vec<usize> = far.lines().map(|line| line.split(',').count()).collect();
        assert_eq!(widths, [256, 301]);
    }

    #[test]
    fn cells_in_disorder_are_refused() {
        for (cells, why) in [
            (&[(1, 0, "a"), (0, 0, "b")][..], "cell A1 of sheet `Shifts` comes after"),
            (&[(1, 27, "a"), (1, 27, "b")], "cell AB2 of sheet `Shifts` occurs twice"),
            (&[(1 << 20, 0, "a")], "cell A1048577 of sheet `Shifts` is beyond"),
            (&[(0, 1 << 14, "a")], "cell XFE1 of sheet `Shifts` is beyond"),
        ] {
            let fault = written(cells, &[]).expect_err("a fault");
            assert!(matches!(&fault, Fault::Damaged(said) if said.starts_with(why)), "{fault:?}");
        }
    }

    #[test]
    fn a_table_ends_where_the_limit_is() {
        let whole = Merged { start: (0, 0), end: (1_048_575, 16_383) };
        let budget = Budget { packed: 1, most: 1 << 12, spent: 0 };
        let mut writer = Writer::new("Shifts", vec![whole], budget);
        writer.put((0, 0), "a").expect("one cell");
        let outcome = (1..1000).try_for_each(|row| writer.put((row, 0), "b"));
        assert!(matches!(outcome, Err(Fault::Limit(..))), "{outcome:?}");
    }
}
