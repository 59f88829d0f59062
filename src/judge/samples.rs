//! Makes cases from text, for the tests of the rules.

use crate::model::fact::{Flaw, OverlapKind};
use crate::model::finding::{
    Activity, Ambiguity, Case, Certainty, ClockSource, Excerpt, Moment, Record, SharedTime,
};
use crate::model::shift::{Kind, Side};
use crate::model::source::Role;
use crate::model::swap::Trade;
use crate::model::time::{Instant, Stamp, Weekday};
use std::sync::Arc;

/// The stamp that shows itself as this text.
pub(super) fn stamp(text: &str) -> Stamp {
    let number = |from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let (hour, minute, second) = (number(11, 13), number(14, 16), number(17, 19));
    let offset = match &text[19..] {
        "Z" => 0,
        _ => {
            let sign = if &text[19..20] == "-" { -1 } else { 1 };
            sign * (number(20, 22) * 3600 + number(23, 25) * 60)
        }
    };
    let days = days_from_civil(year, month, day);
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset;
    Stamp {
        instant: Instant::from_millis(seconds * 1000),
        year: year as i32,
        month: month as u8,
        day: day as u8,
        hour: hour as u8,
        minute: minute as u8,
        second: second as u8,
        milli: 0,
        weekday: Weekday::after_monday(days + 3),
        offset: offset as i32,
    }
}

/// Days since 1970, counted: samples are near.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let february = if leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    years + months.iter().take(month as usize - 1).sum::<i64>() + day - 1
}

/// A moment that was read without doubt.
pub(super) fn moment(text: &str) -> Moment {
    Moment { written: text.into(), at: Some(stamp(text)), ..Moment::default() }
}

/// A moment that can be read in another way; written as a local time.
pub(super) fn doubt(written: &str, read: &str, other: &str, doubt: Ambiguity) -> Moment {
    Moment {
        written: written.into(),
        at: Some(stamp(read)),
        otherwise: Some(stamp(other).into()),
        doubt: Some(doubt),
    }
}

/// A moment that the clock showed twice.
pub(super) fn fold(read: &str, other: &str) -> Moment {
    doubt(&read[..19], read, other, Ambiguity::Fold)
}

/// A shift of the batch.
pub(super) fn shift(id: &str, start: &str, end: &str) -> Record {
    Record {
        role: Role::Batch,
        side: Some(Side { batch: true, kind: Kind::Shift }),
        path: "batch.csv".into(),
        number: 1,
        line: 2,
        pointer: None,
        sheet: None,
        agent: "7f3c".into(),
        id: Some(id.into()),
        schedule: None,
        version: None,
        request: None,
        status: None,
        zone: Some("America/Chicago".into()),
        clock_source: ClockSource::File,
        start: moment(start),
        end: moment(end),
        overnight: false,
        several: false,
        trade: None,
        moved_by: None,
        excerpt: Excerpt::default(),
    }
}

/// A published shift.
pub(super) fn live(id: &str, start: &str, end: &str) -> Record {
    Record {
        role: Role::Published,
        side: Some(Side { batch: false, kind: Kind::Shift }),
        path: "live.csv".into(),
        ..shift(id, start, end)
    }
}

/// A time off with this status.
pub(super) fn time_off(id: &str, status: &str, start: &str, end: &str) -> Record {
    let kind = if status == "PENDING" { Kind::PendingTimeOff } else { Kind::TimeOff };
    Record {
        role: Role::TimeOff,
        side: Some(Side { batch: false, kind }),
        path: "off.csv".into(),
        status: Some(status.into()),
        ..shift(id, start, end)
    }
}

/// A swap of `s-12` for `s-30`, between agents `7f3c` and `9a41`.
pub(super) fn swap(id: &str, status: &str) -> Record {
    let trade = Trade {
        shift: "s-12".to_owned(),
        with_agent: "9a41".to_owned(),
        with_shift: "s-30".to_owned(),
        agreed: Default::default(),
    };
    Record {
        role: Role::Swaps,
        side: None,
        path: "swaps.csv".into(),
        status: Some(status.into()),
        zone: None,
        start: Moment::default(),
        end: Moment::default(),
        trade: Some(Box::new(trade)),
        ..shift(id, "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z")
    }
}

/// A record of which nothing could be read.
pub(super) fn unread() -> Record {
    Record {
        side: None,
        path: "".into(),
        number: 0,
        line: 0,
        agent: "".into(),
        id: None,
        zone: None,
        start: Moment::default(),
        end: Moment::default(),
        ..shift("", "2026-03-02T08:00:00Z", "2026-03-02T08:00:00Z")
    }
}

/// The time two records claim.
pub(super) fn claim(start: &str, end: &str) -> SharedTime {
    let (start, end) = (stamp(start), stamp(end));
    SharedTime { start, end, minutes: (end.instant - start.instant) / 60_000 }
}

/// A case of which only the records and the agent are known. Its records are
/// kept until the tests end.
pub(super) fn case(records: &[Record]) -> Case<'static> {
    let records: Vec<Arc<Record>> = records.iter().cloned().map(Arc::new).collect();
    Case { agent: "7f3c", records: records.leak(), ..Case::default() }
}

/// A case of which nothing is known.
pub(super) fn nothing() -> Case<'static> {
    Case { agent: "", count: 0, ..case(&[]) }
}

/// A certain overlap.
pub(super) fn overlap<'a>(records: &[Record], claim: &'a SharedTime) -> Case<'a> {
    let overlap_kind = match records {
        [Record { side: Some(one), .. }, Record { side: Some(other), .. }] => {
            Some(OverlapKind::new(*one, *other, false, false, true))
        }
        _ => None,
    };
    Case { claim: Some(claim), overlap_kind, ..case(records) }
}

/// An overlap that exists in some readings only.
pub(super) fn possible<'a>(records: &[Record], claim: &'a SharedTime, chosen: bool) -> Case<'a> {
    let side = Side { batch: true, kind: Kind::Shift };
    Case {
        certainty: Certainty::Possible,
        overlap_kind: Some(OverlapKind::new(side, side, false, false, chosen)),
        ..overlap(records, claim)
    }
}

/// A record with a flaw.
pub(super) fn flawed(flaw: Flaw, record: &Record) -> Case<'static> {
    Case { flaw: Some(flaw), ..case(std::slice::from_ref(record)) }
}

/// An activity with this code.
pub(super) fn activity(number: u32, code: &str, start: &str, end: &str) -> Activity {
    Activity { number, name: Some(code.to_owned()), start: moment(start), end: moment(end) }
}
