//! Sample reports for the tests of reporters.

use super::{Reporter, Style};
use crate::model::cause::{Cause, CauseKind, LeadingCause};
use crate::model::fact::{Flaw, NoticeKind};
use crate::model::fate::{Fate, Fates};
use crate::model::finding::{
    Ambiguity, Certainty, ClockSource, Excerpt, Finding, FindingText, Fingerprint, Input, Moment,
    Problem, Record, Report, RuleCount, SharedTime, Verdict, Words,
};
use crate::model::gate::FindingState;
use crate::model::row::Field;
use crate::model::rule::{Rule, Severity, Trigger};
use crate::model::shift::{Kind, Side};
use crate::model::source::Role;
use crate::model::time::{Instant, Stamp, Weekday};
use crate::thread_pool::ThreadPool;
use std::sync::Arc;

/// A rule about two records.
pub(crate) static SHIFT_OVERLAP: Rule = rule("OV101", "shift-overlap", Trigger::Overlap(|_| true));
/// Another, for a time off.
pub(crate) static TIME_OFF: Rule = rule("OV201", "time-off-overlap", Trigger::Overlap(|_| true));
/// A rule about ids.
pub(crate) static DUPLICATE_ID: Rule = Rule {
    subject: |_, _| &[Field::Id],
    ..rule("ID101", "duplicate-id", Trigger::Notice(NoticeKind::DuplicateId))
};
/// A rule about a record that was skipped.
pub(crate) static UNREADABLE: Rule = Rule {
    subject: |_, _| &[Field::End],
    hole: Some(("record cannot be read", "records cannot be read")),
    ..rule("RC101", "unreadable-record", Trigger::Flaw(|flaw| matches!(flaw, Flaw::NoTime(_))))
};
/// A rule about zones.
pub(crate) static UNKNOWN_ZONE: Rule = Rule {
    subject: |_, _| &[Field::Zone],
    hole: Some(("record has an unknown time zone", "records have an unknown time zone")),
    ..rule("TZ105", "unknown-zone", Trigger::Flaw(|flaw| matches!(flaw, Flaw::UnknownZone)))
};

/// All of these.
static KNOWN_RULES: &[&Rule] =
    &[&SHIFT_OVERLAP, &TIME_OFF, &DUPLICATE_ID, &UNREADABLE, &UNKNOWN_ZONE];

const fn rule(code: &'static str, name: &'static str, trigger: Trigger) -> Rule {
    Rule { code, name, severity: Some(Severity::Error), trigger, ..Rule::COMMON }
}

/// No colour, no extras.
pub(crate) fn style(width: usize) -> Style {
    Style { width, ..Style::PLAIN }
}

/// What a reporter makes of a report.
pub(crate) fn written(reporter: &Reporter, report: &Report, style: &Style) -> String {
    written_by(1, reporter, report, style)
}

/// The bytes that this many threads write of a report.
pub(crate) fn written_by(
    jobs: usize,
    reporter: &Reporter,
    report: &Report,
    style: &Style,
) -> String {
    let pool = ThreadPool::new(Some(jobs)).expect("threads");
    let mut out = Vec::new();
    assert!((reporter.write)(report, style, &pool, &mut out).is_ok());
    String::from_utf8_lossy(&out).into_owned()
}

/// The stamp that RFC 3339 writes so: `2026-03-02T08:00-06:00`, `…Z`. The
/// weekday is right for 2026 only.
pub(crate) fn stamp(text: &str) -> Stamp {
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse().ok());
    let place = |at: usize| number(at..at + 2).unwrap_or(0_u8);
    let (month, day) = (place(5), place(8));
    let offset = match text.get(16..17) {
        Some("-") => -3600 * i32::from(place(17)),
        Some("+") => 3600 * i32::from(place(17)),
        _ => 0,
    };
    let before: u32 = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30]
        .into_iter()
        .take(usize::from(month.saturating_sub(1)))
        .sum();
    Stamp {
        instant: Instant::from_millis(0),
        year: text.get(0..4).and_then(|year| year.parse().ok()).unwrap_or(0),
        month,
        day,
        hour: place(11),
        minute: place(14),
        second: 0,
        milli: 0,
        weekday: Weekday::after_monday(i64::from(before + u32::from(day)) + 2),
        offset,
    }
}

/// What these words were read as.
pub(crate) fn moment(written: &str, read: &str) -> Moment {
    Moment { written: written.into(), at: Some(stamp(read)), ..Moment::default() }
}

/// A record of a batch without any words.
pub(crate) fn record(path: &str, line: u64) -> Record {
    Record {
        role: Role::Batch,
        side: Some(Side { batch: true, kind: Kind::Shift }),
        path: path.into(),
        number: line.saturating_sub(1),
        line,
        pointer: None,
        sheet: None,
        agent: "".into(),
        id: None,
        schedule: None,
        version: None,
        request: None,
        status: None,
        zone: None,
        clock_source: ClockSource::default(),
        start: Moment::default(),
        end: Moment::default(),
        overnight: false,
        several: false,
        trade: None,
        moved_by: None,
        excerpt: Excerpt::default(),
    }
}

/// A record of the batch as a CSV line: agent, id, start, end, kind.
pub(crate) fn shift(line: u64, agent: &str, id: &str, start: &str, end: &str) -> Record {
    let mut shift = record("batch.csv", line);
    let (mut text, mut words) = (String::new(), Vec::new());
    for (field, word) in
        [(Field::Agent, agent), (Field::Id, id), (Field::Start, start), (Field::End, end)]
    {
        words.push((field, text.len() as u32..(text.len() + word.len()) as u32));
        text.push_str(word);
        text.push(',');
    }
    shift.excerpt.text = (text + "WORK").into();
    shift.excerpt.words = words.into();
    shift.agent = agent.into();
    shift.id = Some(id.into());
    shift.zone = Some("America/Chicago".into());
    shift.status = Some("PROPOSED".into());
    shift.start = moment(start, &format!("{start}-06:00"));
    shift.end = moment(end, &format!("{end}-06:00"));
    shift
}

/// These words.
pub(crate) fn says(message: &str, help: &str) -> FindingText {
    FindingText::Words(Box::new(Words { message: message.to_owned(), help: help.to_owned() }))
}

/// A finding about these records.
pub(crate) fn finding(rule: &'static Rule, records: Vec<Record>, message: &str) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        certainty: Certainty::Certain,
        cross_day: None,
        agent: records.first().map(|record| record.agent.as_str().into()),
        claim: None,
        records: records.into_iter().map(Arc::new).collect(),
        says: says(message, "move one of the two, or take it out of the batch"),
        causes: Vec::new(),
        cluster: None,
        fingerprint: Fingerprint(0x0123_4567_89ab_cdef),
        state: FindingState::New,
    }
}

/// Two records are skipped, and all others checked.
fn fates(records: u64) -> Fates {
    let mut fates = Fates::default();
    (fates.records, fates.entries) = (records, records.saturating_sub(2));
    fates.add(Fate::Checked, records.saturating_sub(2));
    fates.add(Fate::Unassigned, 1);
    fates.add(Fate::Cancelled, 1);
    fates
}

/// An input of which all but two records were checked.
pub(crate) fn input(role: Role, path: &str, records: u64) -> Input {
    Input {
        sheet: None,
        path: path.into(),
        role,
        format: Some("csv"),
        is_read: true,
        fates: fates(records),
        notes: Vec::new(),
        doubts: Vec::new(),
        problem: None,
        coverage: None,
        date_order: None,
        reading: None,
    }
}

/// A report of these findings, with counts that agree.
pub(crate) fn report(findings: Vec<Finding>) -> Report {
    let mut rules: Vec<RuleCount> = Vec::new();
    for finding in &findings {
        let place = rules.iter().position(|count| count.rule == finding.rule);
        let place = place.unwrap_or_else(|| {
            rules.push(RuleCount { rule: finding.rule, by_severity: [0; 3], listed: 0 });
            rules.len() - 1
        });
        rules[place].by_severity[finding.severity as usize] += 1;
        rules[place].listed += 1;
    }
    rules.sort_by_key(|count| count.rule.code);
    let worst = findings.iter().map(|finding| finding.severity).max();
    let verdict = match worst {
        Some(Severity::Error) => Verdict::Conflicts,
        Some(Severity::Warning) => Verdict::Warnings,
        _ => Verdict::Clean,
    };
    Report {
        known_rules: KNOWN_RULES,
        tzdb: "2026e".to_owned(),
        verdict,
        complete: true,
        fail_on: Some(Severity::Error),
        inputs: vec![input(Role::Batch, "batch.csv", 500)],
        agents: 120,
        coverage: Vec::new(),
        records: 500,
        batch_checked: 498,
        is_partial: false,
        rules,
        findings,
        causes: Vec::new(),
        command: Vec::new(),
        max_per_agent: 100,
        max_findings: 100_000,
        beyond_max_findings: 0,
        configuration: None,
        gate: None,
    }
}

/// Two findings as they come in life: two shifts, and a shift in a time off.
pub(crate) fn two_findings() -> Report {
    let agent = "7f3c91d2";
    let early = shift(13, agent, "s-12", "2026-03-02T08:00", "2026-03-02T16:00");
    let late = shift(47, agent, "s-46", "2026-03-02T15:30", "2026-03-02T23:30");
    let mut first = finding(
        &SHIFT_OVERLAP,
        vec![early, late.clone()],
        "agent `7f3c91d2` has two shifts at once on Mon 2026-03-02 from 15:30 to 16:00 (30 min)",
    );
    first.cross_day = Some(false);
    first.cluster = Some(1);
    first.claim = Some(SharedTime {
        start: stamp("2026-03-02T15:30-06:00"),
        end: stamp("2026-03-02T16:00-06:00"),
        minutes: 30,
    });
    let mut off = shift(9, agent, "r-8", "2026-03-03T03:00Z", "2026-03-03T05:00Z");
    (off.role, off.path) = (Role::TimeOff, "off.csv".into());
    off.side = Some(Side { batch: false, kind: Kind::TimeOff });
    off.start = moment("2026-03-03T03:00Z", "2026-03-02T21:00-06:00");
    off.end = moment("2026-03-03T05:00Z", "2026-03-02T23:00-06:00");
    let mut second = finding(
        &TIME_OFF,
        vec![late, off],
        "shift `s-46` of agent `7f3c91d2` lies in time off `r-8`, which may be granted, on \
         Mon 2026-03-02 from 21:00 to 23:00 (120 min)",
    );
    second.severity = Severity::Warning;
    second.certainty = Certainty::Possible;
    second.cross_day = Some(false);
    second.claim = Some(SharedTime {
        start: stamp("2026-03-02T21:00-06:00"),
        end: stamp("2026-03-02T23:00-06:00"),
        minutes: 120,
    });
    second.cluster = Some(1);
    let mut report = report(vec![first, second]);
    let mut off = input(Role::TimeOff, "off.csv", 40);
    off.fates = Fates::default();
    (off.fates.records, off.fates.entries) = (40, 40);
    off.fates.add(Fate::Checked, 40);
    report.inputs.push(off);
    report.records = 540;
    report
}

/// The first of the two findings with its cause, which leads the report too.
pub(crate) fn explained() -> Report {
    let mut report = two_findings();
    let message = "`s-12` is read as UTC: read as America/Chicago it is Mon 2026-03-02 02:00–10:00, \
                   and the overlap is gone";
    report.findings.truncate(1);
    report.findings[0].causes = vec![Cause::new(CauseKind::UtcAsLocal, message.to_owned())];
    report.causes = vec![LeadingCause {
        kind: CauseKind::UtcAsLocal,
        explained: 412,
        conflicts: 430,
        message: "412 of 430 conflicts vanish if the times marked Z are read as America/Chicago"
            .to_owned(),
    }];
    report
}

/// A name that does everything a name should not.
pub(crate) const HOSTILE: &str = "\"q\" \\b\\ \u{1b}[31mred\u{1b}[0m\n::error::x\r\t\u{202e}txt\u{2069}\u{9b}2J\u{7f}\u{feff}\u{e0041}山田 太郎";

/// A report with every kind of unpleasant text.
pub(crate) fn awkward() -> Report {
    let wide = shift(1_000_000, HOSTILE, "山田-1", "2026-03-02T08:00", "2026-03-02T16:00");
    let mut published = shift(47, HOSTILE, HOSTILE, "2026-03-02T15:30", "2026-03-02T23:30");
    published.role = Role::Published;
    published.path = HOSTILE.into();
    published.pointer = Some(format!("/shifts/{HOSTILE}/3").into());
    published.excerpt.text = format!("{}{}", published.excerpt.text, HOSTILE.repeat(20)).into();
    let mut possible = finding(&SHIFT_OVERLAP, vec![wide.clone(), published], HOSTILE);
    possible.certainty = Certainty::Possible;
    possible.severity = Severity::Warning;
    possible.says = says(HOSTILE, &HOSTILE.repeat(3));
    possible.cross_day = Some(true);
    possible.causes = vec![Cause::new(CauseKind::SwapNotApplied, HOSTILE.repeat(2))];
    possible.claim = Some(SharedTime {
        start: stamp("2026-03-02T15:30-06:00"),
        end: stamp("2026-03-03T16:00-06:00"),
        minutes: 1470,
    });

    let long = "x".repeat(1 << 20);
    let mut long_name = shift(2, &long, &long, "2026-03-02T08:00", "2026-03-02T16:00");
    long_name.path = format!("{}batch.csv", "山/".repeat(1 << 19)).into();
    long_name.end.doubt = Some(Ambiguity::Gap);
    let twice = finding(&DUPLICATE_ID, vec![wide, long_name], "one id on two records");

    let mut left_out = record("", 0);
    left_out.side = None;
    left_out.start.written = "\u{1b}]0;title\u{7}".into();
    left_out.excerpt.text = "start: \u{1b}]0;title\u{7}, end: ".into();
    left_out.excerpt.words = [(Field::Start, 7..21), (Field::End, 27..27)].into();
    let mut unread = finding(&UNREADABLE, vec![left_out], "not a time");
    unread.agent = None;
    let mut bare = finding(&UNKNOWN_ZONE, Vec::new(), "a zone of no record");
    bare.says = says("a zone of no record", "");
    bare.severity = Severity::Info;

    let mut report = report(vec![possible, twice, unread, bare]);
    for count in &mut report.rules {
        count.by_severity[1] += 19_999_899_900;
    }
    report.causes = vec![LeadingCause {
        kind: CauseKind::SwapNotApplied,
        explained: 1,
        conflicts: 1,
        message: HOSTILE.repeat(3),
    }];
    report.verdict = Verdict::Incomplete;
    report.complete = false;
    report.inputs = awkward_inputs();
    report
}

fn awkward_inputs() -> Vec<Input> {
    let mut hostile = input(Role::Batch, HOSTILE, u64::MAX >> 4);
    hostile.notes = vec![HOSTILE.to_owned(); 12];
    hostile.problem = Some(Problem {
        line: Some(17),
        column: Some(5),
        message: format!("the quote that opens here is never closed {HOSTILE}"),
        help: Some(HOSTILE.repeat(2)),
    });
    let mut broken = input(Role::Published, "山田.csv", 0);
    broken.format = None;
    broken.problem =
        Some(Problem { line: None, column: Some(3), message: "is a folder".into(), help: None });
    let roster = input(Role::Agents, "agents.csv", 120);
    vec![hostile, input(Role::Batch, "second.csv", 3), broken, roster]
}

mod tests {
    use super::stamp;

    #[test]
    fn stamps_are_what_they_say() {
        assert_eq!(stamp("2026-03-02T08:00-06:00").long(), "Mon 2026-03-02 08:00");
        assert_eq!(stamp("2026-11-20T08:05Z").to_string(), "2026-11-20T08:05:00Z");
        assert_eq!(stamp("2026-11-20T08:05Z").weekday_name(), "Fri");
    }
}
