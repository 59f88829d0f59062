//! Reads an input for its text, and for the fields of the words in it.

use super::headings::heading_use;
use super::words::WordUse;
use crate::model::row::Field;
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::read::source::Source;

/// The text of an input, and what is known of its words.
pub(super) struct SourceText {
    /// The text, unpacked and as UTF-8.
    pub(super) text: Vec<u8>,
    pub(super) role: Role,
    /// Whether its records are time off because the name of its sheet says so.
    pub(super) is_time_off: bool,
    /// The column that says what each record is, if there is one.
    pub(super) kind_column: Option<String>,
    /// The byte between cells, if it is a table.
    pub(super) delimiter: Option<u8>,
    /// Whether each line is a document of its own.
    pub(super) has_lines: bool,
    /// Where the first record can begin.
    pub(super) head: usize,
    /// Where words begin that are read, in order, and what for.
    placed: Vec<(usize, WordUse)>,
}

impl SourceText {
    /// Reads a source to its end; `None` if it has no text.
    pub(super) fn of(source: &Source) -> Option<SourceText> {
        let mut placed: Vec<(usize, WordUse)> = Vec::new();
        source.placed_words(&mut |field, at| placed.push((at as usize, WordUse::of(field))));
        // A word that names somebody does so whatever else it says.
        placed.sort_unstable_by_key(|(at, word_use)| (*at, *word_use != WordUse::Name));
        placed.dedup_by_key(|(at, _)| *at);
        let (length, mut text) = (usize::try_from(source.text_length()).ok()?, Vec::new());
        source.read_text(0, length, &mut text).ok()?;
        Some(SourceText {
            text,
            role: source.file.role,
            is_time_off: source.kind_by_name() == Some(Kind::TimeOff)
                && !source.file.role.lists_absences(),
            kind_column: source.column_of(Field::Kind).map(str::to_owned),
            delimiter: source.delimiter(),
            has_lines: source.has_lines(),
            head: usize::try_from(source.head_length()).ok()?,
            placed,
        })
    }

    /// What the first word in a range is read as, if it is read where it is.
    pub(super) fn use_in(&self, start: usize, end: usize) -> Option<WordUse> {
        let place = self.placed.partition_point(|(at, _)| *at < start);
        self.placed.get(place).filter(|(at, _)| *at < end.max(start + 1)).map(|(_, found)| *found)
    }

    /// What the words under a heading are used for, if nothing shows it but the heading.
    pub(super) fn use_by_heading(&self, heading: &str) -> Option<WordUse> {
        heading_use(heading, self.role)
    }
}
