//! Writes an explanation as JSON, schema 1.

use super::{ExplainedPair, Explanation, ShownRecord};
use crate::calendar::Calendar;
use crate::model::finding::{Ambiguity, ClockSource, Moment};
use crate::report::json::{JsonObject, push, push_finding, push_items, push_record, text_of};
use crate::thread_pool::ThreadPool;
use serde::Serialize;
use std::io::{self, Write};

/// Writes the document. Each record, pair and finding is on a line of its own.
///
/// # Errors
/// When it cannot be written.
pub fn write(of: &Explanation, pool: &ThreadPool, out: &mut dyn Write) -> io::Result<()> {
    let mut object = JsonObject::begin(pool, out, &of.report.tzdb)?;
    object.member("report", "why")?;
    object.member("complete", &of.complete)?;
    object.member("conflict", &of.has_conflict)?;
    let names = of.names.iter().map(|(name, records)| NameObject { name, records: *records });
    object.texts("names", &mut names.map(|name| text_of(|text| push(text, &name))))?;
    object.member("record_count", &of.record_count)?;
    let records = of.records.iter();
    object.texts("records", &mut records.map(|record| text_of(|text| push_shown(record, text))))?;
    object.member("pair_count", &of.pair_count)?;
    let pairs = of.pairs.iter();
    object.texts("pairs", &mut pairs.map(|pair| text_of(|text| push_pair(of, pair, text))))?;
    object.member("other_count", &of.other_count)?;
    let others = of.others.iter().map(|place| of.finding(*place));
    object.texts("others", &mut others.map(|of| text_of(|text| push_finding(of, text))))?;
    object.end()
}

#[derive(Serialize)]
struct NameObject<'a> {
    name: &'a str,
    records: usize,
}

/// What is said of a record beside its own keys.
#[derive(Serialize)]
struct ShownObject<'a> {
    clock: &'static str,
    start: MomentObject<'a>,
    end: MomentObject<'a>,
    compared: bool,
    message: Option<&'a str>,
}

#[derive(Serialize)]
struct PairObject<'a> {
    relation: &'static str,
    message: &'a str,
    next: Option<&'a str>,
}

/// An end of a record: its words, and what they can mean.
#[derive(Serialize)]
struct MomentObject<'a> {
    written: &'a str,
    utc: Option<String>,
    doubt: Option<&'static str>,
    otherwise: Option<String>,
}

impl MomentObject<'_> {
    fn of(of: &Moment) -> MomentObject<'_> {
        MomentObject {
            written: of.written.as_str(),
            utc: of.at.map(|stamp| Calendar::stamp_at(stamp.instant, 0).to_string()),
            doubt: of.doubt.map(doubt_name),
            otherwise: of.otherwise.as_ref().map(ToString::to_string),
        }
    }
}

const fn doubt_name(doubt: Ambiguity) -> &'static str {
    match doubt {
        Ambiguity::Gap => "gap",
        Ambiguity::Fold => "fold",
        Ambiguity::Mismatch => "offset-mismatch",
        Ambiguity::Missing => "missing-offset",
        Ambiguity::Part => "part-of-day",
    }
}

/// Who says by which clock times are read, in the word of the document.
const fn source_name(source: ClockSource) -> &'static str {
    match source {
        ClockSource::Nobody => "none",
        ClockSource::Times => "times",
        ClockSource::File => "file",
        ClockSource::Agent => "agent",
        ClockSource::Settings => "settings",
    }
}

fn push_shown(of: &ShownRecord, text: &mut String) {
    let record = &of.record;
    let object = ShownObject {
        clock: source_name(record.clock_source),
        start: MomentObject::of(&record.start),
        end: MomentObject::of(&record.end),
        compared: of.left_out.is_none(),
        message: of.left_out.as_deref(),
    };
    push(text, &object);
    text.pop();
    text.push_str(",\"record\":");
    push_record(record, text);
    text.push('}');
}

fn push_pair(of: &Explanation, pair: &ExplainedPair, text: &mut String) {
    let object = PairObject {
        relation: pair.relation.name(),
        message: &pair.message,
        next: pair.next.as_deref(),
    };
    push(text, &object);
    text.pop();
    text.push_str(",\"records\":[");
    push_items(text, &pair.records, push_record);
    text.push_str("],\"findings\":[");
    push_items(text, &pair.findings, |place, text| push_finding(of.finding(*place), text));
    text.push_str("]}");
}
