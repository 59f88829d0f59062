//! Recognises tables and documents beside a schedule: lists of agents, holidays, codes, addresses.
//!
//! They are not read. Whether records may be missed by that is decided by what they hold.

use super::SkipReason;
use super::aside::stem;
use super::signs::{PlanSigns, UnreadTable, is_of_holidays};
use crate::model::finding::Problem;
use crate::model::observation::KeyFacts;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::Document;
use crate::read::columns::is_day;
use crate::read::json::keys_in;
use crate::read::names::{NoField, PersonRank, Shape, meaning};

/// Why a list of agents is not read that may be a plan in another form.
pub(super) const PLAN_BESIDE_NAMES: &str =
    "its columns are those of a list of agents, but it holds days or times";

/// Why a list of holidays is not read.
pub(super) const HOLIDAYS: &str = "its name says that it holds holidays, of the calendar or of \
                                   agents, and its columns are those of a schedule";

/// Whether the columns of a schedule can be those of a list of holidays: a day, and what may be
/// its name.
pub(super) fn lists_holidays(document: &dyn Document) -> bool {
    const HOURS: [Field; 5] =
        [Field::Start, Field::End, Field::EndDate, Field::Times, Field::Length];
    let of_holiday = |name: &str| {
        let rank = meaning(name, Role::Batch).person;
        rank.is_none_or(|rank| rank == PersonRank::PlainName)
    };
    document.column_of(Field::Agent).is_none_or(of_holiday)
        && HOURS.iter().all(|field| document.column_of(*field).is_none())
}

/// Sets a table of a directory aside whose columns are those of a list of agents; in doubt if it
/// may be a plan all the same.
pub(super) fn plan_beside_names(
    (document, head): (&dyn Document, &[u8]),
    path: &str,
    aside: SkipReason,
) -> SkipReason {
    let doubtful = || SkipReason::doubtful(PLAN_BESIDE_NAMES);
    if aside.doubtful {
        return aside;
    }
    let Some(delimiter) = document.delimiter() else {
        return if names_days(document, head) { doubtful() } else { aside };
    };
    let table = UnreadTable { name: stem(path), bytes: head, delimiter, lists_agents: true };
    let signs = PlanSigns::of(table);
    match signs.may_be_plan() {
        true => doubtful(),
        false => SkipReason { mentions: signs.mentions, ..aside },
    }
}

/// Whether keys of a document are days, or hold times of day that are not bookkeeping.
fn names_days(document: &dyn Document, head: &[u8]) -> bool {
    const MANY: usize = 3;
    let keys = keys_in(document, head);
    let is_clock = |key: &KeyFacts| {
        let kept = meaning(&key.name, Role::Batch).field == Err(NoField::Bookkeeping);
        !kept && Shape::of(&key.words()).holds_clocks()
    };
    keys.iter().filter(|key| is_day(&key.name)).count() >= MANY || keys.iter().any(is_clock)
}

/// Sets a table of a directory aside that has no columns of a schedule, and whose names say that
/// it holds codes, holidays or addresses.
pub(super) fn without_columns(
    (head, delimiter): (&[u8], u8),
    path: &str,
    problem: &Problem,
) -> Option<SkipReason> {
    let table = UnreadTable { name: stem(path), bytes: head, delimiter, lists_agents: false };
    let signs = PlanSigns::of(table);
    let is_timeless = !signs.may_be_plan() && !signs.days && signs.mentions.is_empty();
    let is_beside = signs.explains || signs.has_addresses && is_timeless;
    let why = format!("it is not a table of shifts: {}", problem.message);
    is_beside.then(|| signs.into_reason(&why))
}

/// Sets a table of a directory aside that is called after holidays, and lists some.
pub(super) fn of_holidays(document: &dyn Document, head: &[u8], path: &str) -> Option<SkipReason> {
    let name = stem(path);
    let delimiter = document.delimiter()?;
    let is_beside = is_of_holidays(name) && lists_holidays(document);
    let table = UnreadTable { name, bytes: head, delimiter, lists_agents: false };
    is_beside.then(|| PlanSigns::of(table).into_reason(HOLIDAYS))
}
