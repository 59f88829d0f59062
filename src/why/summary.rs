//! Writes an explanation for people: the answer, then each record with what it was read from.

use super::{ExplainedPair, Explanation, Relation};
use crate::calendar::Calendar;
use crate::model::finding::{Ambiguity, ClockSource, Finding, Moment, Record, brief};
use crate::model::gate::FindingState;
use crate::model::shift::Kind;
use crate::model::source::Role;
use crate::report::flowed::FlowedLines;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes the explanation, in lines of this width where words allow it.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    of: &Explanation,
    (columns, color): (usize, bool),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = FlowedLines { columns: columns.max(40), color, out };
    names(of, &mut lines)?;
    if of.is_about_one() && of.pairs.is_empty() {
        lines.flow(0, "no conflict: nothing is compared with it")?;
    }
    for pair in &of.pairs {
        show_pair(of, pair, &mut lines)?;
    }
    let more = of.pair_count.saturating_sub(of.pairs.len() as u64);
    if more > 0 {
        let what = if more == 1 { "pair is" } else { "pairs are" };
        lines.flow(0, &format!("{more} more {what} not shown; the nearest are"))?;
    }
    for place in &of.others {
        let finding = of.finding(*place);
        let words = finding.words();
        let label = format!("{} {}{}:", finding.rule.code, finding.rule.name, state(finding));
        lines.labelled(0, 2, &label, &words.message)?;
        lines.flow(2, &format!("help: {}", words.help))?;
    }
    let more = of.other_count.saturating_sub(of.others.len() as u64);
    if more > 0 {
        lines.flow(0, &format!("{more} more findings are about these records"))?;
    }
    for shown in &of.records {
        writeln!(lines.out)?;
        show_record(&shown.record, shown.left_out.as_deref(), &mut lines)?;
    }
    let is_shown = |record: &Arc<Record>| of.records.iter().any(|of| is_same(&of.record, record));
    let partners = of.pairs.iter().flat_map(|pair| &pair.records);
    for partner in partners.filter(|record| of.is_about_one() && !is_shown(record)) {
        writeln!(lines.out)?;
        show_record(partner, None, &mut lines)?;
    }
    let more = of.record_count.saturating_sub(of.records.len());
    if more > 0 {
        writeln!(lines.out)?;
        lines.flow(0, &format!("and {more} more records"))?;
    }
    if !of.complete {
        writeln!(lines.out)?;
        lines.flow(
            0,
            "not everything was read that can matter here, so that this is no all-clear; \
             shiftlint check says what and why",
        )?;
    }
    Ok(())
}

/// Says which names mean several records.
fn names(of: &Explanation, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    for (name, records) in of.names.iter().filter(|(_, records)| *records > 1) {
        lines.flow(0, &format!("`{}` is the name of {records} records", brief(name)))?;
    }
    Ok(())
}

fn show_pair(
    of: &Explanation,
    pair: &ExplainedPair,
    lines: &mut FlowedLines<'_>,
) -> io::Result<()> {
    let mut findings = pair.findings.iter().map(|place| of.finding(*place)).peekable();
    let is_said = [Relation::Conflict, Relation::Allowed].contains(&pair.relation);
    let said = findings.next_if(|_| is_said);
    let conflict = said.filter(|_| pair.relation == Relation::Conflict);
    let label = match said {
        Some(finding) => {
            let state = if conflict.is_some() { "conflict" } else { "allowed" };
            format!("{state}, {} {}:", finding.rule.code, finding.rule.name)
        }
        None => format!("no conflict, {}:", pair.relation.name().replace('-', " ")),
    };
    lines.labelled(0, 2, &label, &pair.message)?;
    if let Some(next) = &pair.next {
        lines.flow(2, next)?;
    }
    if let Some(finding) = conflict {
        lines.flow(2, &format!("help: {}", finding.words().help))?;
    }
    for finding in findings {
        let (rule, words) = (finding.rule, finding.words());
        let state = state(finding);
        lines.flow(2, &format!("also {} {}{state}: {}", rule.code, rule.name, words.message))?;
    }
    Ok(())
}

/// ` (allowed)`; empty if it is not.
fn state(finding: &Finding) -> &'static str {
    if finding.state == FindingState::New { "" } else { " (allowed)" }
}

fn is_same(one: &Record, other: &Record) -> bool {
    (&one.path, one.number, &one.pointer) == (&other.path, other.number, &other.pointer)
}

fn show_record(
    record: &Record,
    left_out: Option<&str>,
    lines: &mut FlowedLines<'_>,
) -> io::Result<()> {
    let label = record.call();
    let place = match &record.id {
        Some(_) => format!("{}, ", record.place()),
        None => String::new(),
    };
    let agent = match record.agent.as_str() {
        "" => "no agent".to_owned(),
        name => format!("agent `{}`", brief(name)),
    };
    let what = what(record);
    lines.labelled(0, 2, "", &format!("{label}: {place}{what}, {agent}"))?;
    for (name, moment) in [("start", &record.start), ("end", &record.end)] {
        show_moment(name, moment, lines)?;
    }
    lines.flow_under(2, 8, &format!("clock   {}", clock(record)))?;
    if record.overnight {
        lines.flow_under(
            2,
            8,
            "note    its end was moved to the next day: it lay before the start",
        )?;
    }
    if record.several {
        lines.flow_under(
            2,
            8,
            "note    it is for several days; these are the times of the first",
        )?;
    }
    if let Some(left_out) = left_out {
        lines.flow_under(2, 8, &format!("note    {left_out}"))?;
    }
    Ok(())
}

fn what(record: &Record) -> String {
    let kind = match record.side.map(|side| side.kind) {
        Some(Kind::Shift) => "shift",
        Some(Kind::TimeOff) => "time off",
        Some(Kind::PendingTimeOff) => "pending time off",
        Some(Kind::Unavailable) => "unavailable time",
        None => "record",
    };
    match record.role {
        Role::Batch => format!("{kind} of the batch"),
        Role::Published => format!("published {kind}"),
        Role::TimeOff | Role::Unavailable => kind.to_owned(),
        Role::Base => format!("{kind} of the base"),
        Role::Swaps => "swap".to_owned(),
        Role::Agents => "agent".to_owned(),
    }
}

fn show_moment(name: &str, moment: &Moment, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    let written = match moment.written.as_str() {
        "" => "not written".to_owned(),
        text => format!("written `{}`", brief(text)),
    };
    let read = match &moment.at {
        Some(at) => {
            let utc = Calendar::stamp_at(at.instant, 0);
            format!("{} {}, in UTC {}, {written}", at.long(), at.offset_name(), utc.long())
        }
        None => format!("not read, {written}"),
    };
    lines.flow_under(2, 8, &format!("{name:<7} {read}"))?;
    if let Some(doubt) = reading(moment) {
        lines.flow(10, &doubt)?;
    }
    Ok(())
}

/// What else a time can be, and why.
fn reading(moment: &Moment) -> Option<String> {
    let why = match moment.doubt? {
        Ambiguity::Gap => "the clock skipped this time",
        Ambiguity::Fold => "the clock showed this time twice",
        Ambiguity::Mismatch => "its offset is not that of the zone then",
        Ambiguity::Missing => "it has neither offset nor zone, and is read as UTC",
        Ambiguity::Part => "it takes a part of this day, and does not say which",
    };
    let other = moment.otherwise.as_deref();
    let other = other.map(|at| format!("; it could be {} {}", at.long(), at.offset_name()));
    Some(format!("{why}{}", other.unwrap_or_default()))
}

fn clock(record: &Record) -> String {
    let zone = record.zone.as_ref().map(|zone| brief(zone).into_owned());
    match (record.clock_source, zone) {
        (ClockSource::Times, None) => "the offsets of the times themselves".to_owned(),
        (ClockSource::Times, Some(zone)) => {
            format!("the offsets of the times themselves, shown in {zone}")
        }
        (ClockSource::File, Some(zone)) => format!("{zone}, named in the file"),
        (ClockSource::Agent, Some(zone)) => format!("{zone}, the zone of the agent (--agents)"),
        (ClockSource::Settings, Some(zone)) => format!("{zone}, by --tz or the unit's zone"),
        (ClockSource::File | ClockSource::Agent | ClockSource::Settings, None) => {
            "a fixed offset".to_owned()
        }
        (ClockSource::Nobody, Some(zone)) => zone,
        (ClockSource::Nobody, None) => {
            "none is named; times without an offset are read as UTC".to_owned()
        }
    }
}
