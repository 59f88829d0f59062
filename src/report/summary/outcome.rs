//! Writes the totals and the verdict of a report in sentences.

use super::{doubts, gate, path_of, quoted};
use crate::model::doubt::Doubt;
use crate::model::fact::Flaw;
use crate::model::fate::{Fate, Fates};
use crate::model::finding::{Coverage, Input, Record, Report, RuleCount, Verdict, brief};
use crate::model::gate::FindingState;
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};
use crate::model::source::Role;
use crate::report::page::{AnsiStyle, Page, counted, grouped};
use crate::report::visible::width;

/// The most files of one role that are named.
const MOST_PATHS: usize = 3;

/// Writes the totals, what was checked, and the verdict.
pub(super) fn write(page: &mut Page, report: &Report) {
    write_coverage(page, report);
    let nothing = matches!(report.verdict, Verdict::Empty | Verdict::Clean);
    if nothing && report.total() == 0 {
        write_verdict(page, report);
        return;
    }
    let left_out = match left_out(report) {
        Some(reasons) => format!(" ({} checked, {reasons})", grouped(checked(report))),
        None => String::new(),
    };
    let counts = severities(report);
    page.flow(&format!("{counts} in {}{left_out}", extent(report, report.records)), 0, 2);
    write_read_as_utc(page, report);
    let checked = format!(
        "checked {} {}; tz database {}",
        paths(report, Role::Batch).unwrap_or_else(|| "nothing".to_owned()),
        against(report, if several(report) { "each other" } else { "itself" }),
        report.tzdb
    );
    page.flow(&checked, 0, 2);
    write_verdict(page, report);
}

/// Writes what the side files of each role cover: `published: 118 of 120 agents, 7 of 7
/// days`.
fn write_coverage(page: &mut Page, report: &Report) {
    for (role, Coverage { agents, of_agents, days, names }) in &report.coverage {
        let of = |part: u64, all: u64, one, many| {
            format!("{} of {}", grouped(part), counted(all, one, many))
        };
        let mut line = format!("{role}: {}", of(*agents, *of_agents, "agent", "agents"));
        if let Some((days, of_days)) = days {
            line.push_str(&format!(", {}", of(*days, *of_days, "day", "days")));
        }
        if let Some(names) = names {
            line.push_str(&format!(", {} resolved", counted(*names, "name", "names")));
        }
        page.flow(&line, 0, 2);
    }
}

/// One missing option does this to every record, so it is reported once more for all of
/// them.
fn write_read_as_utc(page: &mut Page, report: &Report) {
    let of_missing = |count: &&RuleCount| matches!(count.rule.trigger, Trigger::Flaw(agrees) if agrees(Flaw::MissingOffset));
    let total = report.rules.iter().filter(of_missing).map(RuleCount::total).sum();
    if total > 1 {
        let records = grouped(total);
        let what = "records have times without offset or zone, which were read as UTC";
        page.flow(&format!("{records} {what} (--tz ZONE names their zone)"), 0, 2);
    }
}

/// Writes the verdict as a sentence.
pub(super) fn write_verdict(page: &mut Page, report: &Report) {
    let (ink, word, sentence) = match report.verdict {
        Verdict::Clean if report.total() == 0 => {
            let word = match report.is_partial {
                true => "no findings of the selected rules",
                false => "no conflicts",
            };
            (AnsiStyle::GREEN, word, format!(": {}", all_clear(report)))
        }
        Verdict::Clean => {
            let sentence = format!(" — {}{}", severities(report), standing(report));
            (AnsiStyle::GREEN, "verdict: clean", sentence)
        }
        Verdict::Warnings => {
            let sentence =
                format!(" — {}{}{}", severities(report), level(report), standing(report));
            (AnsiStyle::of(Severity::Warning), "verdict: warnings", sentence)
        }
        Verdict::Conflicts => {
            let findings = counted(report.total(), "finding", "findings");
            let judged = gate::standing(report);
            let sentence = match judged {
                Some(judged) => format!(" — {judged}"),
                None => format!(" — {findings}; do not send this batch yet{}", level(report)),
            };
            (AnsiStyle::of(Severity::Error), "verdict: conflicts", sentence)
        }
        Verdict::Incomplete => {
            let sentence = format!(": no all-clear can be given, because {}", gaps(report));
            (AnsiStyle::of(Severity::Error), "incomplete", sentence)
        }
        Verdict::Empty => {
            let batch = paths(report, Role::Batch).unwrap_or_else(|| "any input".to_owned());
            let skipped = left_out(report).map(|why| format!(" ({why})")).unwrap_or_default();
            let sentence = format!(": no record of {batch} was left to compare{skipped}");
            (AnsiStyle::of(Severity::Warning), "nothing to check", sentence)
        }
    };
    page.painted(ink, word);
    page.flow(&(sentence + &accepted(report)), width(word), 2);
    match report.verdict {
        Verdict::Incomplete => doubts::write_list(page, report),
        Verdict::Conflicts if report.shown(false).next().is_some() => write_next(page, report),
        Verdict::Clean | Verdict::Warnings | Verdict::Conflicts | Verdict::Empty => {}
    }
}

/// Which doubts were settled by accepting them, for the verdict: nobody is to forget them.
fn accepted(report: &Report) -> String {
    const MOST: usize = 3;
    let doubts = report.inputs.iter().flat_map(|input| &input.doubts);
    let accepted: Vec<&Doubt> = doubts.filter(|doubt| doubt.accepted).collect();
    let named = accepted.iter().take(MOST).map(|doubt| match &*doubt.place {
        "" => doubt.kind.code.to_owned(),
        place => format!("{} of `{}`", doubt.kind.code, brief(place)),
    });
    let mut named: Vec<String> = named.collect();
    let more = accepted.len().saturating_sub(MOST);
    named.extend((more > 0).then(|| format!("{} more", grouped(more as u64))));
    if named.is_empty() { String::new() } else { format!("; accepted: {}", join(&named)) }
}

/// Writes which commands go on from conflicts, if the program was called by one.
fn write_next(page: &mut Page, report: &Report) {
    if report.command.is_empty() {
        return;
    }
    let new = report.findings.iter().filter(|finding| finding.state == FindingState::New);
    let overlaps = new.filter(|finding| finding.cross_day.is_some());
    let pair = overlaps.into_iter().find_map(|finding| match &*finding.records {
        [one, other] => Some([one, other].map(|record| named(record))),
        _ => None,
    });
    let why = match pair {
        Some([one, other]) => format!(", and `shiftlint why … -- {one} {other}` explains a pair"),
        None => String::new(),
    };
    let line = format!(
        "next: with the same inputs, `shiftlint plan … --out DIR` writes what can be sent now{why}"
    );
    page.flow(&line, 0, 2);
}

/// A name by which `shiftlint why` finds a record, as a shell takes it.
fn named(record: &Record) -> String {
    match record.id.as_deref() {
        Some(id) if brief(id) == id => quoted(id),
        _ => quoted(&[&*record.path, &record.place_in_file(Field::TIMES)].concat()),
    }
}

/// Writes whether all inputs were understood.
pub(super) fn write_understood(page: &mut Page, report: &Report) {
    let files = counted(report.inputs.len() as u64, "file", "files");
    let records = report.inputs.iter().map(|input| input.fates.records).sum();
    let records = counted(records, "record", "records");
    if report.complete {
        page.painted(AnsiStyle::GREEN, "understood");
        let text = format!(": {files} with {records}; tz database {}", report.tzdb);
        page.flow(&text, "understood".len(), 2);
        return;
    }
    let unreadable = report.inputs.iter().map(|input| input.fates.of(Fate::Unreadable)).sum();
    let unread = match unreadable {
        0 => None,
        _ => Some(counted(unreadable, "record cannot be read", "records cannot be read")),
    };
    let no_hours = report.inputs.iter().map(|input| input.fates.of(Fate::NoHours)).sum();
    let no_hours = match no_hours {
        0 => None,
        _ => Some(counted(no_hours, "shift has no hours", "shifts have no hours")),
    };
    let reasons = unread_inputs(report).into_iter().chain(unread).chain(no_hours);
    let mut reasons: Vec<String> = reasons.collect();
    reasons.extend(doubts::counted(report));
    page.painted(AnsiStyle::of(Severity::Error), "incomplete");
    let why =
        if reasons.is_empty() { "not everything was read".to_owned() } else { join(&reasons) };
    let which = if unreadable > 0 { " (shiftlint check shows which)" } else { "" };
    page.flow(&format!(": {why}{which}"), "incomplete".len(), 2);
    doubts::write_list(page, report);
}

fn several(report: &Report) -> bool {
    report.inputs.iter().filter(|input| input.role == Role::Batch && input.is_read).count() > 1
}

fn all_clear(report: &Report) -> String {
    let left_out = left_out(report).map(|reasons| format!("; {reasons}")).unwrap_or_default();
    format!(
        "{} checked {}{left_out}; tz database {}",
        extent(report, checked(report)),
        against(report, "each other"),
        report.tzdb
    )
}

/// How many findings count, if something but the check judged them.
fn standing(report: &Report) -> String {
    gate::standing(report).map(|judged| format!("; {judged}")).unwrap_or_default()
}

/// How many findings reach the fail level, if that is not obvious.
fn level(report: &Report) -> String {
    match (report.fails(), report.fail_on) {
        (true, _) => String::new(),
        (false, Some(level)) => format!("; none reaches the level that fails (--fail-on {level})"),
        (false, None) => "; no finding fails this check (--fail-on never)".to_owned(),
    }
}

/// Which inputs could not be read to their end.
fn unread_inputs(report: &Report) -> Option<String> {
    let mut broken = report.inputs.iter().filter(|input| input.problem.is_some());
    Some(match (broken.next()?, broken.count() as u64) {
        (input, 0) if input.fates.records > 0 => {
            format!("only a part of {} could be read", path_of(input))
        }
        (input, 0) => format!("{} could not be read", path_of(input)),
        (_, more) => format!("{} inputs could not be read whole", grouped(more + 1)),
    })
}

/// Writes how many records name no agent, if anything else is reported or they are more
/// than a fifth of all.
pub(super) fn write_unassigned(page: &mut Page, report: &Report, told: bool) {
    let unassigned: u64 = schedules(report).map(|input| input.fates.of(Fate::Unassigned)).sum();
    if unassigned > 0 && (told || unassigned.saturating_mul(5) > report.records) {
        let records = counted(report.records, "record", "records");
        let is = if unassigned == 1 { "is" } else { "are" };
        let count = grouped(unassigned);
        page.text.push_str(&format!("note: {count} of {records} {is} unassigned and skipped\n"));
    }
}

/// Why no all-clear can be given.
fn gaps(report: &Report) -> String {
    let mut reasons: Vec<String> = unread_inputs(report).into_iter().collect();
    for count in &report.rules {
        if let Some((one, many)) = count.rule.hole {
            reasons.push(format!("{} ({})", counted(count.total(), one, many), count.rule.code));
        }
    }
    reasons.extend(doubts::counted(report));
    if !reasons.is_empty() {
        return join(&reasons);
    }
    // Their rules are off, so that no finding says so.
    match report.inputs.iter().map(|input| input.fates.of(Fate::Unreadable)).sum() {
        0 => "not everything could be read and checked".to_owned(),
        _ => "not all records could be read (--select RC101,TZ105 shows which)".to_owned(),
    }
}

/// `one, two and three`.
fn join(parts: &[String]) -> String {
    match parts {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => parts.concat(),
    }
}

/// `3 errors, 1 warning`.
fn severities(report: &Report) -> String {
    let counts = counted_by_severity(|severity| report.count(severity));
    counts.unwrap_or_else(|| "no findings".to_owned())
}

/// `12 errors, 3 warnings`; `None` if there are none.
pub(in crate::report) fn counted_by_severity(count: impl Fn(Severity) -> u64) -> Option<String> {
    let kinds = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "info", "infos"),
    ];
    let counts: Vec<String> = kinds
        .into_iter()
        .map(|(severity, one, many)| (count(severity), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// `500 records of 120 agents`.
fn extent(report: &Report, records: u64) -> String {
    let records = counted(records, "record", "records");
    format!("{records} of {}", counted(report.agents, "agent", "agents"))
}

/// The inputs whose records claim time.
fn schedules(report: &Report) -> impl Iterator<Item = &Input> {
    report.inputs.iter().filter(|input| input.role.is_checked())
}

fn checked(report: &Report) -> u64 {
    schedules(report).map(|input| input.fates.of(Fate::Checked)).sum()
}

/// `2 skipped: 1 unassigned shift, 1 cancelled`; `None` when nothing was.
fn left_out(report: &Report) -> Option<String> {
    let mut all = Fates::default();
    schedules(report).for_each(|input| all.join(&input.fates));
    let unreadable = all.of(Fate::Unreadable);
    let reasons: Vec<String> = all.fates().map(|(fate, count)| fate.counted(count)).collect();
    let skipped = (all.skipped() > 0)
        .then(|| format!("{} skipped: {}", grouped(all.skipped()), reasons.join(", ")));
    let unreadable = (unreadable > 0).then(|| format!("{} unreadable", grouped(unreadable)));
    let both: Vec<String> = skipped.into_iter().chain(unreadable).collect();
    (!both.is_empty()).then(|| both.join("; "))
}

/// What the batch was compared with; `alone` if there is nothing else.
fn against(report: &Report, alone: &str) -> String {
    let others: Vec<String> = Role::COMPARED
        .into_iter()
        .filter_map(|role| Some(format!("{} ({role})", paths(report, role)?)))
        .collect();
    let agents = paths(report, Role::Agents).map(|paths| format!("; agents from {paths}"));
    let swaps = paths(report, Role::Swaps).map(|paths| format!("; swaps from {paths}"));
    let others = if others.is_empty() { alone.to_owned() } else { others.join(", ") };
    format!("against {others}{}{}", swaps.unwrap_or_default(), agents.unwrap_or_default())
}

/// The files of a role, the first few by name.
fn paths(report: &Report, role: Role) -> Option<String> {
    let inputs: Vec<&Input> =
        report.inputs.iter().filter(|input| input.role == role && input.is_read).collect();
    let mut names: Vec<String> =
        inputs.iter().take(MOST_PATHS).map(|input| path_of(input)).collect();
    match inputs.len().saturating_sub(MOST_PATHS) {
        0 => {}
        more => names.push(format!("{} more", grouped(more as u64))),
    }
    if names.is_empty() { None } else { Some(join(&names)) }
}
