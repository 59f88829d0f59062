//! Decides which sheets of a workbook are not read, and whether records may be missed by that.
//!
//! What holds times of day, or days beside names, may be a plan in a form that is not read.

use super::SkipReason;
use super::aside::is_list_of_swaps;
use crate::model::finding::Problem;
use crate::model::source::Role;
use crate::read::columns::missing_field;
use crate::read::json::class::{Class, has_word};
use crate::read::names::Shape;
use crate::timestamp;
use memchr::memchr_iter;

/// Sets sheets aside that their names say not to read, although they can be read.
pub(super) fn aside_by_name(name: &str) -> Option<SkipReason> {
    const HOLIDAYS: [&str; 6] =
        ["holiday", "holidays", "closures", "feiertage", "festivos", "feries"];
    let what = match Class::of(name) {
        Class::History => "what was worked, or what became of records",
        Class::Aside => "records that are not meant to be sent",
        _ if has_word(name, &HOLIDAYS) => "holidays, of the calendar or of agents",
        _ => return None,
    };
    let why =
        format!("its name says that it holds {what}, and its columns are those of a schedule");
    Some(SkipReason { why, doubtful: true, option: None })
}

/// Why a sheet is not read that cannot be read as what its workbook is.
pub(super) fn unreadable_sheet(
    name: &str,
    csv: &[u8],
    role: Role,
    problem: &Problem,
) -> SkipReason {
    const OPEN: [&str; 6] = ["open", "unassigned", "vacant", "unfilled", "offen", "offene"];
    let class = Class::of(name);
    let harmless = |why: &str| SkipReason::harmless(why);
    if has_word(name, &OPEN) && is_agentless(csv) {
        return harmless(
            "its name says that its shifts are unassigned, and no column names agents",
        );
    }
    if is_about_data(name) && !Times::of(csv).may_be_plan() {
        return harmless("its name says that it is about the data, and not a part of it");
    }
    let why = format!("it is not a table of {}: {}", records_of(role), problem.message);
    let times = Times::of(csv);
    let days = times.days && class != Class::People;
    let doubtful = class != Class::Calendar && (times.may_be_plan() || days);
    SkipReason { why, doubtful, option: None }
}

/// Whether the name of a sheet says that it explains the data. Names of lists in a document
/// say more: a sheet for each pay period is a schedule.
fn is_about_data(name: &str) -> bool {
    const WORDS: [&str; 15] = [
        "note",
        "notes",
        "comment",
        "comments",
        "message",
        "messages",
        "log",
        "changelog",
        "audit",
        "legend",
        "legende",
        "instructions",
        "readme",
        "help",
        "lookup",
    ];
    has_word(name, &WORDS)
}

const fn records_of(role: Role) -> &'static str {
    match role {
        Role::Batch | Role::Published | Role::Base => "shifts",
        Role::TimeOff => "time off",
        Role::Unavailable => "unavailable times",
        Role::Swaps => "swaps",
        Role::Agents => "agents",
    }
}

/// Whether the header of a table, its first line with two names, names no agents.
fn is_agentless(csv: &[u8]) -> bool {
    let mut lines = csv.split(|byte| *byte == b'\n');
    let header = lines.find(|line| memchr_iter(b',', line).count() > 0).unwrap_or_default();
    let names: Vec<String> =
        cells(header).map(|name| String::from_utf8_lossy(name).into()).collect();
    missing_field(Role::Agents, &names).is_some()
}

/// Why a sheet is not read whose columns are those of a list of agents, and that may be a
/// plan all the same: names beside days.
pub(super) fn plan_beside_names(name: &str, csv: &[u8], aside: SkipReason) -> SkipReason {
    match !aside.doubtful && !is_about_data(name) && Times::of(csv).may_be_plan() {
        true => {
            let why = "its columns are those of a list of agents, but it holds days or times";
            SkipReason { why: why.to_owned(), doubtful: true, option: None }
        }
        false => aside,
    }
}

/// Sets a sheet aside that would be read as a list of agents, and is a plan.
pub(super) fn not_a_list_of_agents(names: &[String], csv: &[u8]) -> Option<SkipReason> {
    let is_plan = missing_field(Role::Batch, names).is_none() || Times::of(csv).may_be_plan();
    is_plan.then(|| SkipReason::harmless("it holds times, and is not a list of agents"))
}

/// Sets a sheet aside that would be read as swaps, and has no columns of them.
pub(super) fn not_swaps(names: &[String]) -> Option<SkipReason> {
    let is_list = is_list_of_swaps(names);
    (!is_list).then(|| SkipReason::harmless("its columns are not those of shift swaps"))
}

/// What the cells of a table say about time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Times {
    /// A cell is a time of day.
    clocks: bool,
    /// A cell is a date, or a first and a last one.
    days: bool,
    /// A row is mostly dates or weekdays.
    grid: bool,
}

impl Times {
    fn of(csv: &[u8]) -> Times {
        const MANY: usize = 3;
        let mut found = Times::default();
        for line in csv.split(|byte| *byte == b'\n') {
            let (mut filled, mut days) = (0, 0);
            for cell in cells(line).filter(|cell| !cell.is_empty()) {
                filled += 1;
                if !cell.iter().any(u8::is_ascii_digit) {
                    days += usize::from(timestamp::is_weekday(cell));
                    continue;
                }
                let shape = Shape::of(&[&*String::from_utf8_lossy(cell)]);
                found.clocks |= shape.holds_clocks();
                found.days |= shape.holds_times() || timestamp::is_range_of_days(cell);
                days += usize::from(shape.holds_times());
            }
            found.grid |= days >= MANY && 2 * days > filled;
            if found.clocks {
                break;
            }
        }
        found
    }

    const fn may_be_plan(self) -> bool {
        self.clocks || self.grid
    }
}

/// The cells of a line. A quoted one may be divided, which does no harm here.
fn cells(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let trim = |cell: &[u8]| -> usize { cell.iter().take_while(|byte| **byte == b'"').count() };
    line.split(|byte| *byte == b',').map(move |cell| {
        let cell = cell.get(trim(cell)..).unwrap_or_default();
        cell.strip_suffix(b"\"").unwrap_or(cell).trim_ascii()
    })
}
