//! A table that is not read becomes signs of a schedule: times, days, and the words beside them.
//!
//! Whether a table is a schedule in a form that is not read cannot be known for certain. Times
//! of day, and days beside words, are a sign by themselves. A single date, a row of few days or a
//! column of numbers is one only beside an agent; these words are kept as [`Mentions`].

mod cell;

mod heading;

mod outline;

use super::SkipReason;
use super::mentions::Mentions;
use crate::read::csv::each_record;
use crate::read::json::class::{has_word, lists_days_off, words};
use crate::timestamp;
use cell::{CellSign, is_word_for_week};
use heading::Heading;
use memchr::memchr_iter;
use outline::PlanOutline;

/// A table that is not read, and what is known of it beside its cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnreadTable<'t> {
    /// The name of the sheet or file.
    pub(super) name: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) delimiter: u8,
    /// Whether its columns are those of a list of agents. A date beside an agent is then about
    /// the agent, unless its column is a day or holds days off.
    pub(super) lists_agents: bool,
}

/// What the cells of a table say about time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PlanSigns {
    /// A cell is a time of day.
    pub(super) clocks: bool,
    /// Some cells are dates, or a column has several days of the week.
    pub(super) days: bool,
    /// A row is mostly days.
    pub(super) grid: bool,
    /// Its columns explain codes or name holidays, and no column names agents.
    pub(super) explains: bool,
    /// A column has telephone numbers or addresses.
    pub(super) has_addresses: bool,
    /// The words that make it a schedule if one of them is an agent.
    pub(super) mentions: Mentions,
}

/// A line of a table: its number, from 1, and its cells without spaces around them.
struct TableLine<'l> {
    number: u64,
    cells: &'l [&'l [u8]],
}

impl PlanSigns {
    pub(super) fn of(table: UnreadTable<'_>) -> PlanSigns {
        let mut outline = PlanOutline::new(table.lists_agents);
        table.each_line(|line| outline.see(&line));
        let mentions = mentions(table, &outline);
        PlanSigns {
            clocks: outline.clocks,
            days: outline.has_days(),
            grid: outline.has_grid(),
            explains: outline.explains(table.name),
            has_addresses: outline.has_addresses(),
            mentions,
        }
    }

    /// That a table is not read, which is in doubt if it names an agent beside days or times.
    pub(super) fn into_reason(self, why: &str) -> SkipReason {
        SkipReason { mentions: self.mentions, ..SkipReason::harmless(why) }
    }

    /// Whether it may be a plan by itself.
    pub(super) const fn may_be_plan(&self) -> bool {
        self.clocks || self.grid
    }
}

impl UnreadTable<'_> {
    /// Visits the lines with at least one filled cell.
    fn each_line(self, mut visit: impl FnMut(TableLine<'_>)) {
        let (mut number, mut counted) = (1, 0);
        each_record(self.bytes, self.delimiter, |at, cells| {
            let cells: Vec<&[u8]> = cells.map(<[u8]>::trim_ascii).collect();
            let passed = self.bytes.get(counted..at).unwrap_or_default();
            number += memchr_iter(b'\n', passed).count() as u64;
            counted = counted.max(at);
            if cells.iter().any(|cell| !cell.is_empty()) {
                visit(TableLine { number, cells: &cells });
            }
            true
        });
    }
}

impl<'l> TableLine<'l> {
    /// The places and words of the filled cells.
    fn filled(&self) -> impl Iterator<Item = (usize, &'l [u8])> + use<'l> {
        self.cells.iter().copied().enumerate().filter(|(_, cell)| !cell.is_empty())
    }

    /// Whether there are two cells or more that are no numbers, one of them a word.
    fn says_more_than_numbers(&self) -> bool {
        let is_number =
            |cell: &[u8]| std::str::from_utf8(cell).is_ok_and(|cell| cell.parse::<f64>().is_ok());
        self.words() > 0 && self.filled().filter(|(_, cell)| !is_number(cell)).count() > 1
    }

    /// How many cells are words.
    fn words(&self) -> usize {
        self.filled().filter(|(_, cell)| has_letters(cell)).count()
    }
}

/// How many lines before the first with a time can have the names of its columns.
const ABOVE: usize = 8;

/// The words beside times: in lines that have some, above several of them, and anywhere below
/// a row of days or in a sheet that is named after a day, or after time off.
fn mentions(table: UnreadTable<'_>, outline: &PlanOutline) -> Mentions {
    let named = is_time_span(table.name);
    let of_days_off = lists_days_off(table.name) && !outline.counts_days_off();
    let (mut found, mut timed) = (Mentions::default(), 0);
    let mut above: Vec<(u64, usize, Vec<u8>)> = Vec::new();
    table.each_line(|line| {
        let time = outline.time_in(&line);
        timed += u32::from(time.is_some());
        if timed == 2 {
            above.drain(..).for_each(|(line, column, word)| found.add(line, column, &word));
        }
        let is_read = time.is_some_and(|time| time.is_beside)
            || outline.is_below_days(&line)
            || named && line.words() > 1
            || of_days_off && line.says_more_than_numbers();
        let named_cells =
            line.filled().filter(|(column, _)| outline.heading(*column) != Heading::Aside);
        for (column, cell) in named_cells {
            let Some(word) = word_of(cell) else { continue };
            if is_read {
                found.add(line.number, column, word);
            } else if timed == 0 {
                above.push((line.number, column, word.to_vec()));
            }
        }
        let kept = above.len().saturating_sub(ABOVE * line.cells.len());
        above.drain(..kept);
    });
    found
}

/// The word of a cell that may be an agent.
fn word_of(cell: &[u8]) -> Option<&[u8]> {
    match CellSign::of(cell) {
        CellSign::Nothing | CellSign::DayPart | CellSign::Weekday { is_short: true } => Some(cell),
        CellSign::MaybeClock(word) => Some(word).filter(|word| !word.is_empty()),
        _ => None,
    }
}

/// Whether a cell is a word, and no number.
fn has_letters(cell: &[u8]) -> bool {
    cell.iter().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// Whether the name of a sheet is that of a day, a week or a month, and nothing else.
fn is_time_span(name: &str) -> bool {
    let parts = words(name);
    let is_span = |word: &String| {
        let word = word.as_bytes();
        is_word_for_week(word)
            || word.eq_ignore_ascii_case(b"weekend")
            || timestamp::is_weekday(word)
            || timestamp::is_month(word)
    };
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().any(is_span) && parts.iter().all(|word| is_span(word) || is_number(word))
        || CellSign::of(name.trim().as_bytes()) == CellSign::Date
}

/// Whether the name of a sheet or column is that of codes, or of what explains them.
fn explains_codes(name: &str) -> bool {
    const WORDS: [&str; 26] = [
        "code",
        "codes",
        "kürzel",
        "kuerzel",
        "abbreviation",
        "abbreviations",
        "abbr",
        "symbol",
        "symbols",
        "type",
        "types",
        "definition",
        "definitions",
        "dienstarten",
        "schichtarten",
        "legend",
        "legende",
        "légende",
        "leyenda",
        "meaning",
        "bedeutung",
        "description",
        "beschreibung",
        "bezeichnung",
        "lookup",
        "lookups",
    ];
    has_word(name, &WORDS)
}

/// Whether a name says that holidays are under it, of the calendar or of agents.
pub(super) fn is_of_holidays(name: &str) -> bool {
    const WORDS: [&str; 7] =
        ["holiday", "holidays", "closures", "feiertag", "feiertage", "festivos", "feries"];
    has_word(name, &WORDS)
}
