//! Phrases that the rules about swaps share.
//!
//! The records of such a case are the shift, the swap, and what else is concerned; without a
//! shift, the swap alone. The detail names the half of the swap that is meant.

use crate::judge::wording::{agent, call, with_status};
use crate::model::finding::{Case, Moment, Record, brief};
use crate::model::swap::{SwapAspect, Trade};
use crate::model::time::Stamp;

/// What the case is about.
pub(super) fn about(case: &Case<'_>) -> SwapAspect {
    case.detail.aspect()
}

/// The swap.
pub(super) fn swap<'a>(case: &Case<'a>) -> Option<&'a Record> {
    case.records.iter().map(|record| &**record).find(|record| record.trade.is_some())
}

fn trade<'a>(case: &Case<'a>) -> Option<&'a Trade> {
    swap(case)?.trade.as_deref()
}

/// The shift that the case is about.
pub(super) fn shift<'a>(case: &Case<'a>) -> Option<&'a Record> {
    case.records.first().map(|record| &**record).filter(|record| record.trade.is_none())
}

/// What is concerned beside the shift and the swap.
pub(super) fn other<'a>(case: &Case<'a>) -> Option<&'a Record> {
    case.records.get(2).map(|record| &**record)
}

/// The swap with its status: ``swap `w-1` (`Matched`)``.
pub(super) fn swap_called(case: &Case<'_>) -> String {
    match swap(case) {
        Some(swap) => format!("swap {}", with_status(case, Some(swap))),
        None => "a swap".to_owned(),
    }
}

/// The shift: ``shift `s-12` ``. Where there is none, as the swap names it.
pub(super) fn shift_called(case: &Case<'_>) -> String {
    if let Some(shift) = shift(case) {
        return format!("shift {}", call(case, Some(shift)));
    }
    let name = trade(case).map_or("", |trade| match about(case).second {
        true => &trade.with_shift,
        false => &trade.shift,
    });
    if name.is_empty() { "a shift".to_owned() } else { format!("shift `{}`", brief(name)) }
}

/// Who gives the shift by the swap's words; empty where it names nobody.
pub(super) fn giver<'a>(case: &Case<'a>) -> &'a str {
    party(case, about(case).second)
}

/// Who gets the shift by the swap's words; empty where it names nobody.
pub(super) fn getter_named<'a>(case: &Case<'a>) -> &'a str {
    party(case, !about(case).second)
}

/// The same, as a phrase.
pub(super) fn getter(case: &Case<'_>) -> String {
    match getter_named(case) {
        "" => "the other agent".to_owned(),
        name => agent(name),
    }
}

fn party<'a>(case: &Case<'a>, second: bool) -> &'a str {
    match (swap(case), trade(case)) {
        (_, Some(trade)) if second => &trade.with_agent,
        (Some(swap), _) => &swap.agent,
        _ => "",
    }
}

/// When a shift is, with a space before it: ` on Mon 2026-03-02 from 08:00 to 16:00`; empty
/// if that is unknown.
pub(super) fn when(record: Option<&Record>) -> String {
    let ends = record.and_then(|record| Some((record.start.at?, record.end.at?)));
    let Some((start, end)) = ends else { return String::new() };
    let offset = |stamp: &Stamp| match start.offset == end.offset {
        true => String::new(),
        false => format!(" {}", stamp.offset_name()),
    };
    let (from, to) = (offset(&start), offset(&end));
    if start.same_date(&end) {
        let (day, date) = (start.weekday_name(), start.date());
        format!(" on {day} {date} from {}{from} to {}{to}", start.time(), end.time())
    } else {
        format!(" from {}{from} to {}{to}", start.long(), end.long())
    }
}

/// What was agreed on for the shift: `from Mon 2026-03-02 08:00 -06:00 to …`;
/// `another time` where that is not known.
pub(super) fn agreed(case: &Case<'_>) -> String {
    let Some(trade) = trade(case) else { return "another time".to_owned() };
    let [own, other] = &trade.agreed;
    let (start, end) = if about(case).second { other } else { own };
    let known = |moment: &Moment| {
        let stamp = moment.at.map(|stamp| format!("{} {}", stamp.long(), stamp.offset_name()));
        let written = Some(format!("`{}`", moment.written)).filter(|_| !moment.written.is_empty());
        stamp.or(written)
    };
    match (known(start), known(end)) {
        (Some(start), Some(end)) => format!("from {start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => "another time".to_owned(),
    }
}
