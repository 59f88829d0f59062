//! Lays out the rows of a table in columns, some rows at a time.
//!
//! Decides once how columns share the width of the page, by rows that stand for all of them: the
//! layout library holds every cell of a table three times, which is half a gigabyte for a hundred
//! thousand rows.

use crate::report::visible::width;
use comfy_table::{
    Cell, ColumnConstraint, ContentArrangement, LineStyle, Row, Table, TableStyle, Width,
};

/// The words of a row, cell by cell; a line feed begins a line of its cell.
pub(super) type RowCells = Vec<String>;

/// What the columns of a table are for.
#[derive(Clone, Copy)]
pub(super) struct Headings {
    /// The title of each column.
    pub(super) titles: &'static [&'static str],
    /// Columns that get their room before the rest is shared, and the most of it.
    pub(super) roomy: &'static [(usize, u16)],
    /// The first of the columns whose cells are broken at their seams.
    pub(super) first_with_seams: usize,
}

/// Columns whose widths are decided.
pub(super) struct TableColumns {
    headings: Headings,
    /// With the gaps.
    widths: Vec<u16>,
}

/// Where a place may be broken: before the number of its line, and nowhere within it. It is
/// as wide as a space for the table, and cannot come from a file.
pub(super) const SEAM: char = '\u{1f}';

/// Blanks between columns, beside the one that the table puts there itself.
const GAP: u16 = 1;

/// The line below the titles.
const BELOW_TITLES: char = '─';

/// The line between rows.
const BETWEEN_ROWS: char = '╌';

/// What parts two columns in the line below the titles, while their widths are read from it.
const JUNCTION: char = '┼';

impl TableColumns {
    /// Columns on a page of this width, as these rows need them.
    pub(super) fn fitted(headings: Headings, rows: Vec<RowCells>, page: usize) -> TableColumns {
        let mut table = headings.table();
        add_rows(&mut table, rows);
        headings.set_room(&mut table);
        headings.set_seams_and_gaps(&mut table);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(page).unwrap_or(u16::MAX));
        table.load_style(lines_with(JUNCTION));
        // The widths that the library decides on show in its lines only.
        let line = table.lines().find(|line| line.starts_with(BELOW_TITLES)).unwrap_or_default();
        let widths = line.split(JUNCTION).map(|column| column.chars().count() as u16).collect();
        TableColumns { headings, widths }
    }

    /// The lines of the titles and the line below them.
    pub(super) fn titles(&self) -> Vec<String> {
        self.lines_of(self.headings.table())
    }

    /// The line between two rows.
    pub(super) fn separator(&self) -> String {
        let gaps = self.widths.len().saturating_sub(1);
        let width = gaps + self.widths.iter().copied().map(usize::from).sum::<usize>();
        String::from(BETWEEN_ROWS).repeat(width)
    }

    /// The lines of rows, and a separator between each two.
    pub(super) fn lines(&self, rows: Vec<RowCells>) -> Vec<String> {
        let mut table = Table::new();
        add_rows(&mut table, rows);
        self.lines_of(table)
    }

    fn lines_of(&self, mut table: Table) -> Vec<String> {
        table.load_style(lines_with(BELOW_TITLES));
        self.headings.set_seams_and_gaps(&mut table);
        for (column, width) in table.column_iter_mut().zip(&self.widths) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(*width)));
        }
        table.lines().collect()
    }
}

impl Headings {
    /// A table of the titles alone.
    fn table(&self) -> Table {
        let mut table = Table::new();
        table.set_header(self.titles);
        table
    }

    /// Gives the columns that need it their room before the rest is shared.
    fn set_room(&self, table: &mut Table) {
        let wishes = table.column_max_content_widths();
        for (place, most) in self.roomy {
            let room = wishes.get(*place).map_or(*most, |wish| *most.min(wish)) + GAP;
            if let Some(column) = table.column_mut(*place) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(room)));
            }
        }
    }

    fn set_seams_and_gaps(&self, table: &mut Table) {
        let last = self.titles.len().saturating_sub(1);
        for (place, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, if place == last { 0 } else { GAP }));
            if place >= self.first_with_seams {
                column.set_delimiter(SEAM);
            }
        }
    }
}

/// Lines only between rows, with this where columns meet below the titles.
const fn lines_with(junction: char) -> TableStyle {
    TableStyle::new()
        .header_separator(LineStyle::none().fill(BELOW_TITLES).junction(junction))
        .row_separator(LineStyle::none().fill(BETWEEN_ROWS).junction(BETWEEN_ROWS))
}

fn add_rows(table: &mut Table, rows: Vec<RowCells>) {
    table.add_rows(rows.into_iter().map(|row| Row::from(row.into_iter().map(Cell::new_owned))));
}

/// How many columns the widest line of a cell takes.
pub(super) fn cell_width(cell: &str) -> usize {
    cell.split('\n').map(width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Headings, RowCells, SEAM, TableColumns, add_rows, lines_with};
    use comfy_table::ContentArrangement;
    use proptest::collection::vec;
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    const THREE: Headings =
        Headings { titles: &["one", "a second", "third"], roomy: &[(1, 14)], first_with_seams: 2 };

    fn word() -> impl Strategy<Value = String> {
        let letter = |number: u8| match number % 16 {
            0..4 => ' ',
            4 => '\n',
            5 => SEAM,
            6 => '山',
            7 => '–',
            other => char::from(b'a' + other),
        };
        vec(any::<u8>(), 0..40).prop_map(move |numbers| numbers.into_iter().map(letter).collect())
    }

    /// What the library makes of a table as a whole.
    fn whole(rows: &[RowCells], page: u16) -> Vec<String> {
        let mut table = THREE.table();
        add_rows(&mut table, rows.to_vec());
        THREE.set_room(&mut table);
        THREE.set_seams_and_gaps(&mut table);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(page).load_style(lines_with('─'));
        table.lines().collect()
    }

    proptest! {
        #[test]
        fn portions_are_laid_out_like_the_whole(
            rows in vec(vec(word(), 3), 1..20),
            page in 20_u16..=200,
            portion in 1_usize..8,
        ) {
            let columns = TableColumns::fitted(THREE, rows.clone(), page.into());
            let mut lines = columns.titles();
            for (number, portion) in rows.chunks(portion).enumerate() {
                lines.extend((number > 0).then(|| columns.separator()));
                lines.extend(columns.lines(portion.to_vec()));
            }
            prop_assert_eq!(lines, whole(&rows, page));
        }
    }
}
