//! Writes the explanation of a batch for people: the classes first, then each complaint.

use super::document::records_of;
use super::{Triage, TriageClass, TriagedAnswer, TriagedItem, place_name, sent_records};
use crate::model::finding::Record;
use crate::model::source::Role;
use crate::report::flowed::{FlowedLines, counted};
use crate::report::visible::{shortened, shortened_front, width};
use std::io::{self, Write};
use std::sync::Arc;

/// How many complaints are shown one by one.
const MOST_ITEMS: usize = 100;

/// How many records a complaint lists.
const MOST_RECORDS: usize = 4;

/// Writes the explanation, in lines of this width where words allow it.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    triage: &Triage,
    (columns, color): (usize, bool),
    is_quiet: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = FlowedLines { columns: columns.max(40), color, out };
    headline(triage, &mut lines)?;
    answers(triage, &mut lines)?;
    if is_quiet {
        return Ok(());
    }
    for (place, item) in triage.items.iter().enumerate().take(MOST_ITEMS) {
        writeln!(lines.out)?;
        show(triage, place + 1, item, &mut lines)?;
    }
    let left = triage.items.len().saturating_sub(MOST_ITEMS);
    let more = triage.unreported.len();
    if left > 0 || more > 0 {
        writeln!(lines.out)?;
    }
    if left > 0 {
        let what = counted(left, "complaint is", "complaints are");
        lines.flow(0, &format!("{what} not shown; --format json lists all of them"))?;
    }
    if more > 0 {
        let what = counted(more, "error", "errors");
        let are = if more == 1 { "is" } else { "are" };
        let text = format!(
            "{what} in the batch {are} not mentioned by the answer; shiftlint check lists them"
        );
        lines.flow(0, &text)?;
    }
    Ok(())
}

fn headline(triage: &Triage, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    let all = triage.items.len();
    if all == 0 {
        let is_whole = triage.answers.iter().all(|of| of.answer.incomplete.is_none());
        let text =
            if is_whole { "the answer complains of nothing" } else { "no complaint was found" };
        return lines.flow(0, text);
    }
    let explained = triage.items.iter().filter(|item| item.is_explained()).count();
    let counts = Triage::classes(triage.items.iter().filter(|item| item.is_explained()));
    let classes: Vec<String> =
        counts.iter().map(|(class, count)| format!("{count} {}", class.name())).collect();
    let unknown = triage.items.iter().filter(|item| item.class == TriageClass::Unknown).count();
    // Their class is known, and their records are not.
    let unmatched = all - explained - unknown;
    let left = [(unknown, "unknown"), (unmatched, "about something that is not in this batch")];
    let left: Vec<String> = left
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let what = match (explained, all) {
        (1, 1) => "the complaint is explained".to_owned(),
        (0, 1) => "the complaint is not explained".to_owned(),
        (explained, all) if explained == all => format!("all {all} complaints are explained"),
        (0, all) => format!("none of {all} complaints is explained"),
        (1, all) => format!("1 of {all} complaints is explained"),
        (explained, all) => format!("{explained} of {all} complaints are explained"),
    };
    let parts: Vec<String> =
        [classes.join(", "), left.join(", ")].into_iter().filter(|part| !part.is_empty()).collect();
    lines.labelled(0, 2, &format!("{what}:"), &parts.join("; "))
}

/// Why another answer counts instead of this one.
fn why_it_counts(triage: &Triage, of: &TriagedAnswer, other: &str) -> &'static str {
    let place = |path: &str| triage.answers.iter().position(|of| of.path == path);
    if place(other) > place(&of.path) {
        return "a later answer to the same file";
    }
    "an answer to the same file that says more; if this one is later, write --response CHUNK=FILE \
     for each"
}

/// What is to be known of the answers as a whole.
fn answers(triage: &Triage, lines: &mut FlowedLines<'_>) -> io::Result<()> {
    for of in &triage.answers {
        let path = &of.path;
        if let Some(later) = &of.superseded_by {
            let text =
                format!("{path} is left out: {later} is {}", why_it_counts(triage, of, later));
            lines.flow(2, &text)?;
            continue;
        }
        if triage.chunks.is_some() && of.chunk.is_none() {
            let text = format!("{path} is to none of the chunks: it says nothing of what was sent");
            lines.flow(2, &text)?;
        }
        if of.is_of_another_batch {
            let text = format!(
                "{path} is the answer to another batch: none of its ids and agents is in this one"
            );
            lines.flow(2, &text)?;
        }
        if let Some(why) = &of.answer.incomplete {
            lines.flow(2, &format!("{path} was not read as a whole: {why}"))?;
        }
        if let Some(seconds) = of.answer.retry_after {
            lines.flow(2, &format!("{path} asks to wait {seconds} s before the next request"))?;
        }
    }
    if let Some(chunks) = &triage.chunks {
        let counts = triage.pushed().into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(fate, count)| format!("{count} {}", fate.name().replace('-', " ")))
            .collect();
        let records = counted(triage.fates.len(), "record", "records");
        let chunks = counted(chunks.len(), "chunk", "chunks");
        lines.flow(2, &format!("{records} sent in {chunks}: {}", counts.join(", ")))?;
    }
    if triage.report.inputs.iter().any(|input| !input.is_settled()) {
        lines.flow(2, "not all inputs were read as a whole; shiftlint check says why")?;
    } else if sent_records(&triage.report) == 0 {
        lines.flow(2, "the batch contains no record")?;
    }
    Ok(())
}

fn show(
    triage: &Triage,
    number: usize,
    item: &TriagedItem,
    lines: &mut FlowedLines<'_>,
) -> io::Result<()> {
    /// How much of the words of a server is shown.
    const MOST_SAID: usize = 160;
    let complaint = &item.complaint;
    let status = complaint.status.map(|status| status.to_string());
    let status = status.filter(|status| !complaint.message.starts_with(status.as_str()));
    let code = complaint.codes.first().map(|code| shortened(code, 48).into_owned());
    let words = (!complaint.message.is_empty())
        .then(|| format!("\"{}\"", shortened(&complaint.message, MOST_SAID)));
    let said: Vec<String> = [status, code, words].into_iter().flatten().collect();
    let said = match said.is_empty() {
        true => "no words".to_owned(),
        false => said.join(" "),
    };
    let place = place_name(triage, item);
    let label = format!("{number}. {},", item.class.name());
    lines.labelled(0, 3, &label, &format!("{place}: {said}"))?;
    lines.flow_under(3, 0, &item.message)?;
    let records = records_of(triage, item);
    list(lines, &records)?;
    if !item.candidates.is_empty() {
        list(lines, &item.candidates)?;
        let left = item.candidate_count.saturating_sub(MOST_RECORDS);
        if left > 0 {
            lines.flow(5, &format!("and {left} more that it could mean"))?;
        }
    }
    let shown = item.also.first().map(|first| {
        let finding = triage.finding(*first);
        let more = match item.also.len() {
            1 => String::new(),
            count => format!(", and {} more", count - 1),
        };
        format!("also: {} {}{more}", finding.rule.code, finding.rule.name)
    });
    if let Some(also) = shown {
        lines.flow_under(3, 6, &also)?;
    }
    // The three steps for what is unknown are the same for each complaint.
    let is_repeated = item.class == TriageClass::Unknown
        && triage.items.iter().take(number - 1).any(|other| other.next == item.next);
    match is_repeated {
        true => Ok(()),
        false => lines.flow_under(3, 6, &format!("next: {}", item.next)),
    }
}

fn list(lines: &mut FlowedLines<'_>, records: &[Arc<Record>]) -> io::Result<()> {
    for record in records.iter().take(MOST_RECORDS) {
        lines.flow_under(5, 2, &described(record))?;
    }
    Ok(())
}

/// A record in one line: its place, its id, and its local times.
fn described(record: &Record) -> String {
    let id = match &record.id {
        Some(id) => format!(" `{}`", shortened(id, 40)),
        None => String::new(),
    };
    let role = match record.role {
        Role::Batch => String::new(),
        role => format!(" ({role})"),
    };
    let time = match (&record.start.at, &record.end.at) {
        (Some(start), Some(end)) => format!(" {} {}", start.weekday_name(), start.span_name(end)),
        _ => String::new(),
    };
    let place = record.place();
    let place = match width(&place) > 60 {
        true => shortened_front(&place, 60).into_owned(),
        false => place,
    };
    format!("{place}{id}{role}{time}")
}
