//! Decides which sheets of a workbook are not read, and whether records may be missed by that.
//!
//! What holds times of day, or days beside names, may be a plan in a form that is not read.

use super::SkipReason;
use super::aside::is_list_of_swaps;
use super::side_tables::{HOLIDAYS, PLAN_BESIDE_NAMES, lists_holidays};
use super::signs::{PlanSigns, UnreadTable, is_of_holidays};
use crate::model::finding::Problem;
use crate::model::source::Role;
use crate::read::Document;
use crate::read::columns::missing_field;
use crate::read::json::class::{Class, has_word};
use memchr::memchr_iter;

/// Sets sheets aside that their names say not to read, although they can be read.
pub(super) fn aside_by_name(name: &str, csv: &[u8], document: &dyn Document) -> Option<SkipReason> {
    let because = |what: &str| {
        format!("its name says that it holds {what}, and its columns are those of a schedule")
    };
    let what = match Class::of(name) {
        Class::History => "what was worked, or what became of records",
        Class::Aside => "records that are not meant to be sent",
        _ if is_of_holidays(name) => {
            return Some(match lists_holidays(document) {
                true => signs(name, csv, false).into_reason(HOLIDAYS),
                false => SkipReason::doubtful(HOLIDAYS),
            });
        }
        _ => return None,
    };
    let is_empty = |byte: &u8| b",\n\"".contains(byte) || byte.is_ascii_whitespace();
    let records = csv.get(document.outset().start..).unwrap_or_default();
    Some(match records.iter().all(is_empty) {
        true => SkipReason::harmless(&because(what)),
        false => SkipReason::doubtful(&because(what)),
    })
}

/// Why a sheet is not read that cannot be read as what its workbook is.
pub(super) fn unreadable_sheet(
    name: &str,
    csv: &[u8],
    role: Role,
    problem: &Problem,
) -> SkipReason {
    const OPEN: [&str; 6] = ["open", "unassigned", "vacant", "unfilled", "offen", "offene"];
    let (class, signs) = (Class::of(name), signs(name, csv, false));
    if has_word(name, &OPEN) && is_agentless(csv) {
        let why = "its name says that its shifts are unassigned, and no column names agents";
        return signs.into_reason(why);
    }
    if is_about_data(name) && !signs.may_be_plan() {
        let why = "its name says that it is about the data, and not a part of it";
        return signs.into_reason(why);
    }
    let why = format!("it is not a table of {}: {}", records_of(role), problem.message);
    let days = signs.days && class != Class::People;
    let is_aside = class == Class::Calendar || signs.explains;
    match !is_aside && (signs.may_be_plan() || days) {
        true => SkipReason::doubtful(&why),
        false => signs.into_reason(&why),
    }
}

/// What the cells of a sheet say about time.
fn signs(name: &str, csv: &[u8], lists_agents: bool) -> PlanSigns {
    PlanSigns::of(UnreadTable { name, bytes: csv, delimiter: b',', lists_agents })
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
    if aside.doubtful {
        return aside;
    }
    let signs = signs(name, csv, true);
    match signs.may_be_plan() && !is_about_data(name) && !signs.explains {
        true => SkipReason::doubtful(PLAN_BESIDE_NAMES),
        false => SkipReason { mentions: signs.mentions, ..aside },
    }
}

/// Sets a sheet aside that would be read as a list of agents, and is a plan.
pub(super) fn not_a_list_of_agents(names: &[String], csv: &[u8]) -> Option<SkipReason> {
    let is_plan = missing_field(Role::Batch, names).is_none() || signs("", csv, true).may_be_plan();
    is_plan.then(|| SkipReason::harmless("it holds times, and is not a list of agents"))
}

/// Sets a sheet aside that would be read as swaps, and has no columns of them.
pub(super) fn not_swaps(names: &[String]) -> Option<SkipReason> {
    let is_list = is_list_of_swaps(names);
    (!is_list).then(|| SkipReason::harmless("its columns are not those of shift swaps"))
}

/// The cells of a line. A quoted one may be divided, which does no harm here.
fn cells(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let trim = |cell: &[u8]| -> usize { cell.iter().take_while(|byte| **byte == b'"').count() };
    line.split(|byte| *byte == b',').map(move |cell| {
        let cell = cell.get(trim(cell)..).unwrap_or_default();
        cell.strip_suffix(b"\"").unwrap_or(cell).trim_ascii()
    })
}
