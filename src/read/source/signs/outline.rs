//! Lines of a table become what is known of its columns and of the table as a whole.

use super::cell::{CellSign, is_week};
use super::heading::{Heading, is_of_addresses};
use super::{TableLine, explains_codes, has_letters, is_of_holidays};
use crate::model::source::Role;
use crate::read::csv::is_total;
use crate::read::json::absences::is_about_absence;
use crate::read::json::class::has_word;
use crate::read::names::{PersonRank, meaning};
use crate::timestamp;
use std::collections::BTreeSet;

/// From so many days in one row on it is a row of days by itself.
const MANY: usize = 3;
/// The same of plain numbers, which can be anything: those of a week, and of a working week
/// beside an agent.
const NUMBERS: [usize; 2] = [7, 5];

/// The cells of a column so far.
#[derive(Debug, Clone, Default)]
struct OutlineColumn {
    heading: Heading,
    /// The days of the week in it, and those with words beside them.
    weekdays: BTreeSet<Vec<u8>>,
    planned: BTreeSet<Vec<u8>>,
    /// Whether a cell with digits is no time.
    has_other_numbers: bool,
    /// The last number, and how many were counted up to it; the most that were.
    number: u8,
    run: usize,
    longest: usize,
}

/// A time in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeInLine {
    /// Whether it is one of the words beside it; otherwise of those above.
    pub(super) is_beside: bool,
}

/// What is known of a table.
#[derive(Debug, Default)]
pub(super) struct PlanOutline {
    lists_agents: bool,
    /// The names of its columns: the first line with two filled cells.
    names: Option<Vec<String>>,
    columns: Vec<OutlineColumn>,
    pub(super) clocks: bool,
    dates: usize,
    /// Whether a row is mostly days, counts at least seven, names days of which there are few, or
    /// has few numbers, weeks or parts of the day.
    days_in_row: bool,
    numbers_in_row: bool,
    days_named: bool,
    few_in_row: bool,
    /// Whether a line below such a row plans something: has words below numbers, and more than
    /// numbers for a part of the day below days.
    plan_below: bool,
}

/// The days in a row.
#[derive(Debug, Default)]
struct DaysOfRow<'l> {
    cells: Vec<(&'l [u8], CellSign<'l>)>,
    filled: usize,
    /// The most numbers that count up, and of those with full stops.
    run: usize,
    dotted: usize,
    /// The parts of the day, as shifts are called.
    parts: BTreeSet<Vec<u8>>,
}

impl PlanOutline {
    pub(super) fn new(lists_agents: bool) -> PlanOutline {
        PlanOutline { lists_agents, ..PlanOutline::default() }
    }

    /// Looks at a line. The first with two filled cells names the columns.
    pub(super) fn see(&mut self, line: &TableLine<'_>) {
        let is_heading = self.names.is_none() && line.filled().count() > 1;
        if is_heading {
            self.name_columns(line);
        }
        self.columns.resize_with(self.columns.len().max(line.cells.len()), OutlineColumn::default);
        self.plan_below |= self.numbers_in_row && line.words() > 1;
        self.plan_below |= self.days_in_row && !counts_something(line);
        let is_row_of_days = self.see_days(line, is_heading);
        let counts = is_counted(line);
        for (place, cell) in line.filled() {
            let (heading, sign) = (self.heading_in(line, place), CellSign::of(cell));
            self.columns[place].see(cell, sign, line.words());
            match sign {
                _ if matches!(heading, Heading::Aside | Heading::Calendar) => {}
                CellSign::Clock { is_range } => {
                    self.clocks |= !counts && (is_range || heading != Heading::Lengths);
                }
                CellSign::Date if !self.lists_agents && !is_row_of_days => {
                    // One date is a plan only if the column says that it is a day of one.
                    self.dates += if heading == Heading::Days { 2 } else { 1 };
                }
                _ => {}
            }
        }
    }

    fn name_columns(&mut self, line: &TableLine<'_>) {
        let name = |cell: &&[u8]| String::from_utf8_lossy(cell).into_owned();
        let names: Vec<String> = line.cells.iter().map(name).collect();
        let column = |name: &String| OutlineColumn {
            heading: Heading::of(name),
            ..OutlineColumn::default()
        };
        self.columns = names.iter().map(column).collect();
        self.names = Some(names);
    }

    /// Looks for days in a line. Whether it is mostly days.
    fn see_days(&mut self, line: &TableLine<'_>, is_heading: bool) -> bool {
        let days = DaysOfRow::of(line, |place| self.heading_in(line, place) != Heading::Aside);
        let (count, series) = (days.cells.len(), days.are_series());
        let is_row_of_days = count >= MANY && 2 * count > days.filled && series;
        self.days_in_row |= is_row_of_days;
        self.numbers_in_row |= days.run >= NUMBERS[0];
        let few = count > 1 && 2 * count >= days.filled && series;
        let weeks = days.cells.iter().all(|(cell, _)| is_week(cell));
        let heads = match days.filled {
            1 => !self.lists_agents && days.are_day(),
            _ => is_heading && days.are_day() && line.cells.first().is_some_and(may_head_agents),
        };
        self.days_named |= (few || heads) && !weeks;
        self.few_in_row |= few || days.run >= NUMBERS[1] || days.dotted >= MANY;
        self.few_in_row |= days.parts.len() > 1;
        is_row_of_days
    }

    /// Whether its columns count time off that somebody has, may take or took.
    pub(super) fn counts_days_off(&self) -> bool {
        const COUNTS: [&str; 6] = ["days", "hours", "tage", "stunden", "total", "left"];
        let names = self.names.iter().flatten();
        names.into_iter().any(|name| is_about_absence(name) || has_word(name, &COUNTS))
    }

    /// What times in a column can mean.
    pub(super) fn heading(&self, column: usize) -> Heading {
        self.columns.get(column).map_or(Heading::Nameless, |column| column.heading)
    }

    /// What a time in a line can mean. Of two cells the first may be the name of the second.
    fn heading_in(&self, line: &TableLine<'_>, column: usize) -> Heading {
        let mut filled = line.filled();
        let label = filled.next().map(|(_, cell)| Heading::of(&String::from_utf8_lossy(cell)));
        let is_pair = filled.next().is_some() && filled.next().is_none();
        let label = label.filter(|of| matches!(of, Heading::Aside | Heading::Calendar));
        label.filter(|_| is_pair).unwrap_or_else(|| self.heading(column))
    }

    /// The time in a line that words can be beside, once all lines were seen.
    pub(super) fn time_in(&self, line: &TableLine<'_>) -> Option<TimeInLine> {
        let first = line.filled().next().map_or(0, |(place, _)| place);
        let times = line.filled().filter_map(|(place, cell)| {
            let heading = self.heading_in(line, place);
            let column = self.columns.get(place)?;
            let is_day = !self.lists_agents || matches!(heading, Heading::Days | Heading::DaysOff);
            let is_beside = match CellSign::of(cell) {
                _ if heading == Heading::Aside => return None,
                CellSign::Clock { is_range } => is_range || heading != Heading::Lengths,
                CellSign::MaybeClock(b"") if column.has_other_numbers => false,
                CellSign::MaybeClock(_) => heading != Heading::Lengths,
                CellSign::Date | CellSign::Weekday { is_short: false } => is_day || place == first,
                CellSign::Weekday { is_short: true } => is_day && column.is_of_weekdays(),
                CellSign::Number(..) => return column.time_of_number(),
                // A shift and those who work it.
                CellSign::DayPart => place == first && line.words() > 2,
                CellSign::Nothing => false,
            };
            is_beside.then_some(TimeInLine { is_beside })
        });
        times.max_by_key(|time| time.is_beside)
    }

    /// Whether some cells are dates, or days of the week are in a column beside words.
    pub(super) fn has_days(&self) -> bool {
        self.dates > 1 || self.columns.iter().any(|column| column.planned.len() >= MANY)
    }

    /// Whether a row is mostly days.
    pub(super) fn has_grid(&self) -> bool {
        let counted = |column: &OutlineColumn| {
            column.longest >= NUMBERS[0] && column.heading == Heading::Days
        };
        self.plan_below || self.columns.iter().any(counted)
    }

    /// Whether words of a line are below a row of days, be they few. Below weeks, and what may
    /// be no days, numbers beside one word are sums.
    pub(super) fn is_below_days(&self, line: &TableLine<'_>) -> bool {
        self.days_in_row
            || self.days_named
            || self.few_in_row && (line.words() > 1 || self.time_in(line).is_some())
    }

    /// Whether a column has telephone numbers or addresses, by its name.
    pub(super) fn has_addresses(&self) -> bool {
        self.names.iter().flatten().any(|name| is_of_addresses(name))
    }

    /// Whether its columns explain codes or name holidays, and none of them names agents.
    pub(super) fn explains(&self, name: &str) -> bool {
        let names = self.names.as_deref().unwrap_or_default();
        let has = |is: fn(&str) -> bool| names.iter().any(|name| is(name));
        let is_legend = explains_codes(name);
        // `Name` is that of a code where the sheet says so.
        let is_person = |name: &String| {
            let rank = meaning(name, Role::Batch).person;
            rank.is_some_and(|rank| !is_legend || rank != PersonRank::PlainName)
        };
        let explains = (is_legend || has(explains_codes)) && !self.has_days();
        let names_holidays = has(is_of_holidays) && !self.clocks;
        !self.has_grid() && (explains || names_holidays) && !names.iter().any(is_person)
    }
}

impl OutlineColumn {
    /// Looks at a cell of a line with so many words.
    fn see(&mut self, cell: &[u8], sign: CellSign<'_>, words: usize) {
        match sign {
            CellSign::Weekday { .. } => {
                let name = cell.to_ascii_lowercase();
                if words > 1 {
                    self.planned.insert(name.clone());
                }
                self.weekdays.insert(name);
            }
            CellSign::Nothing => {
                self.has_other_numbers |= cell.iter().any(u8::is_ascii_digit);
            }
            CellSign::Number(number, _) if words > 0 => {
                let follows = self.run > 0 && counts_on(self.number, number);
                self.run = if follows { self.run + 1 } else { 1 };
                (self.number, self.longest) = (number, self.longest.max(self.run));
            }
            _ => {}
        }
    }

    /// Whether `Sat` is a day in it, and not the name of somebody.
    fn is_of_weekdays(&self) -> bool {
        self.weekdays.len() > 1 || matches!(self.heading, Heading::Days | Heading::Nameless)
    }

    /// The time that a number of the column is: under a name of days, or under none if agents
    /// are above.
    fn time_of_number(&self) -> Option<TimeInLine> {
        let is_beside = self.heading == Heading::Days;
        let is_time = is_beside || self.heading == Heading::Nameless && self.longest >= MANY;
        is_time.then_some(TimeInLine { is_beside })
    }
}

impl<'l> DaysOfRow<'l> {
    fn of(line: &TableLine<'l>, may_be: impl Fn(usize) -> bool) -> DaysOfRow<'l> {
        let (mut days, mut before, mut run) = (DaysOfRow::default(), 0, 0);
        for (place, cell) in line.filled() {
            days.filled += 1;
            let sign = CellSign::of(cell);
            match sign {
                CellSign::Date | CellSign::Weekday { .. } if may_be(place) => {
                    days.cells.push((cell, sign))
                }
                CellSign::DayPart => drop(days.parts.insert(cell.to_ascii_lowercase())),
                _ => {}
            }
            let CellSign::Number(number, is_dotted) = sign else {
                run = 0;
                continue;
            };
            run = if run > 0 && counts_on(before, number) { run + 1 } else { 1 };
            before = number;
            days.run = days.run.max(run);
            days.dotted = if is_dotted { days.dotted.max(run) } else { days.dotted };
        }
        days
    }

    /// Whether there is one day, and nothing else can be meant.
    fn are_day(&self) -> bool {
        matches!(&*self.cells, [(_, sign)] if sign.is_day())
    }

    /// Whether the days can be those of a plan: dates that follow each other within a week.
    /// Those when an agent was trained do not.
    fn are_series(&self) -> bool {
        const WEEK: i64 = 7;
        let days: Option<Vec<i64>> =
            self.cells.iter().map(|(cell, _)| timestamp::date(cell)).collect();
        let follows = |pair: &[i64]| (1..=WEEK).contains(&(pair[1] - pair[0]));
        days.is_none_or(|days| days.windows(2).all(follows))
    }
}

/// Whether a line has nothing but numbers beside a time of day: how many calls came then.
fn is_counted(line: &TableLine<'_>) -> bool {
    const MOST: usize = 3;
    let is_clock = |cell: &[u8]| matches!(CellSign::of(cell), CellSign::Clock { .. });
    let is_count = |cell: &[u8]| {
        let digits = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits <= MOST && cell.iter().all(|byte| byte.is_ascii_digit() || b".,%".contains(byte))
    };
    let mut cells = line.filled().map(|(_, cell)| cell);
    cells.next().is_some_and(is_clock) && cells.next().is_some_and(is_count) && cells.all(is_count)
}

/// Whether a line below days says how many are needed, or were there: numbers beside a time of
/// day, a part of the day, or the word for a total.
fn counts_something(line: &TableLine<'_>) -> bool {
    let is_label = |cell: &[u8]| {
        let sign = CellSign::of(cell);
        is_total(cell) || sign == CellSign::DayPart || matches!(sign, CellSign::Clock { .. })
    };
    let mut cells = line.filled().map(|(_, cell)| cell);
    cells.next().is_some_and(is_label) && cells.all(|cell| !has_letters(cell))
}

/// Whether a day of the month comes after another.
const fn counts_on(before: u8, number: u8) -> bool {
    number == before + 1 || number == 1 && before >= 28
}

/// Whether the names of agents can be below a name, or below no name at all.
fn may_head_agents(name: &&[u8]) -> bool {
    name.is_empty() || meaning(&String::from_utf8_lossy(name), Role::Batch).person.is_some()
}
