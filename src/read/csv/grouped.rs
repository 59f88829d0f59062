//! Detects sheets that name each agent once, above all of the agent's shifts.
//!
//! Such a sheet looks like one with unassigned shifts. The difference is that the times begin
//! again with every agent, or that a single one is named, in the first line, and times ascend
//! from there on.

use super::{Header, each_record};
use crate::model::observation::{Noticed, Observation};
use crate::model::row::{Field, Row};
use crate::model::time::{DAY, DateOrder};
use crate::read::Opening;
use crate::timestamp::{self, Expected, Written};
use std::collections::HashSet;

/// How many records must show an agent that is filled, and then is not.
const FEW: usize = 64;

/// The least number of rows that can be all of one agent, whom the first one names.
const MANY_ROWS: u32 = 3;

/// What is noticed of a sheet that is grouped.
pub(super) fn noticed(
    opening: &Opening<'_>,
    header: &Header,
    columns: &[Option<Field>],
) -> Option<Observation> {
    let agent = [Field::Agent, Field::GivenName]
        .into_iter()
        .find_map(|field| columns.iter().position(|column| *column == Some(field)))?;
    let asked = opening.role.claims_time() && !opening.fill_down.contains(&Field::Agent);
    if !asked || !alternates(header, header.first_records(opening, FEW), agent) {
        return None;
    }
    let records = header.first_records(opening, usize::MAX);
    let orders = [DateOrder::DayMonth, DateOrder::MonthDay];
    let sheet =
        orders.iter().find_map(|order| GroupedSheet::read(header, records, columns, *order))?;
    sheet.is_grouped().then(|| Observation {
        noticed: Noticed::Grouped,
        place: header.names.get(agent).cloned().unwrap_or_default(),
        detail: String::new(),
        count: sheet.empty,
        at: sheet.first as u64,
    })
}

/// Whether an agent is filled, and empty in the line below.
fn alternates(header: &Header, records: &[u8], agent: usize) -> bool {
    let mut before = false;
    let lines = records.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.filter(|line| !line.is_empty()).any(|line| {
        let cell = line.split(|byte| *byte == header.delimiter).nth(agent).unwrap_or_default();
        let bare = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\""));
        let filled = !bare.unwrap_or(cell).trim_ascii().is_empty();
        std::mem::replace(&mut before, filled) && !filled
    })
}

/// What the records of a sheet say about their agents and starts.
#[derive(Debug, Default)]
struct GroupedSheet {
    blocks: Vec<Rows>,
    agents: HashSet<Vec<u8>>,
    /// Whether an agent is filled in twice.
    repeats: bool,
    /// How many records name no agent.
    empty: u64,
    /// Where the first of them begins.
    first: usize,
}

/// A record with an agent, and those without one below it.
#[derive(Debug, Clone, Copy)]
struct Rows {
    first: i64,
    last: i64,
    count: u32,
    ascends: bool,
    /// Whether no two of them start together.
    differ: bool,
}

impl GroupedSheet {
    /// Reads records by this order of day and month; `None` if a start cannot be
    /// read.
    fn read(
        header: &Header,
        records: &[u8],
        columns: &[Option<Field>],
        order: DateOrder,
    ) -> Option<GroupedSheet> {
        let mut sheet = GroupedSheet::default();
        let mut readable = true;
        each_record(records, header.delimiter, |at, cells| {
            let mut row = Row::default();
            for (cell, field) in cells.zip(columns) {
                field.iter().for_each(|field| row.set(*field, cell));
            }
            match moment(&row, order) {
                Ok(moment) => sheet.add(&row, moment, at),
                Err(NoMoment::Absent) => {}
                Err(NoMoment::Unreadable) => readable = false,
            }
            readable
        });
        readable.then_some(sheet)
    }

    fn add(&mut self, row: &Row<'_>, start: i64, at: usize) {
        let names = [Field::Agent, Field::GivenName, Field::FamilyName];
        let agent = names.map(|field| row.word(field)).join(&b' ');
        if !agent.trim_ascii().is_empty() {
            self.repeats |= !self.agents.insert(agent);
            self.blocks.push(Rows {
                first: start,
                last: start,
                count: 1,
                ascends: true,
                differ: true,
            });
            return;
        }
        self.first = if self.empty == 0 { at } else { self.first };
        self.empty += 1;
        if let Some(block) = self.blocks.last_mut() {
            block.ascends &= block.last <= start;
            block.differ &= block.last != start;
            (block.last, block.count) = (start, block.count + 1);
        }
    }

    /// Whether times ascend below each agent, and fall back with the next one. That
    /// one agent ends where the next begins happens by chance.
    fn is_grouped(&self) -> bool {
        let falls = self
            .blocks
            .windows(2)
            .filter(|pair| matches!(pair, [one, next] if next.first < one.last));
        let long = self.blocks.iter().filter(|block| block.count > 1).count();
        !self.repeats
            && (long > 1 || self.is_of_one_agent())
            && self.blocks.iter().all(|block| block.ascends)
            && falls.count() * 2 >= self.blocks.len() - 1
    }

    /// Whether the first record alone names an agent, and those below it can all be that agent's.
    fn is_of_one_agent(&self) -> bool {
        let [block] = &*self.blocks else { return false };
        block.differ && block.count >= MANY_ROWS && u64::from(block.count) == self.empty + 1
    }
}

/// Why a record has no start to compare.
enum NoMoment {
    Absent,
    Unreadable,
}

/// When a record starts, on its own clock.
fn moment(row: &Row<'_>, order: DateOrder) -> Result<i64, NoMoment> {
    let words = [Field::Start, Field::Times, Field::StartDate, Field::Date];
    let words = words.map(|field| row.word(field));
    let Some(word) = words.iter().find(|word| !word.is_empty()) else {
        return Err(NoMoment::Absent);
    };
    let dates = [Field::Date, Field::StartDate].map(|field| row.word(field));
    let day = dates.iter().find_map(|date| timestamp::read(date, Some(order)).ok()?.day());
    match time(word, order) {
        Some(Written::Instant { at, .. }) => Ok(at.millis()),
        Some(Written::Local(local) | Written::AbbreviatedLocal(local, _)) => Ok(local),
        Some(Written::Date(day)) => Ok(day * DAY),
        Some(Written::Clock(clock, _) | Written::AbbreviatedClock(clock, _)) => {
            day.map(|day| day * DAY + clock).ok_or(NoMoment::Unreadable)
        }
        None => Err(NoMoment::Unreadable),
    }
}

fn time(word: &[u8], order: DateOrder) -> Option<Written> {
    let expected = Expected { order: Some(order), clock: true };
    let range = || timestamp::range(word, expected).map(|range| range.start.written);
    timestamp::read(word, Some(order)).ok().or_else(range)
}
