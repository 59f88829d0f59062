//! Puts findings into the cells of rows.
//!
//! Decides which columns there are on a page, and what they say of a finding.

use super::columns::{Headings, RowCells, SEAM};
use crate::model::finding::{Certainty, Finding, Moment, Record, SharedTime};
use crate::model::gate::FindingState;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::model::time::{Stamp, length_name};
use crate::report::visible::{shortened, shortened_front, width};
use std::borrow::Cow;

/// The least width for more than two columns.
const MIDDLE: usize = 72;

/// The least width at which the parts of a cell are side by side.
const WIDE: usize = 132;

/// The most columns that a name of a file, an agent or a record may take in
/// all the lines of its cell.
const LONGEST_NAME: usize = 40;

/// The most columns of a rule's name in one line.
const LONGEST_RULE: usize = 18;

/// The title of a column of places, which is at least that wide: a place that is not wider
/// needs no seam.
const FIRST_RECORD: &str = "first record";

/// How the words of a finding are shared among cells.
#[derive(Debug, Clone, Copy)]
pub(super) enum RowForm {
    /// In two columns.
    Narrow,
    /// In six columns, the parts of each below each other.
    Tall,
    /// In six columns, the parts of each side by side.
    Flat,
}

const TWO: Headings = Headings { titles: &["finding", "records"], roomy: &[], first_with_seams: 1 };

/// The names of rules and the dates get their room first.
const SIX: Headings = Headings {
    titles: &["severity", "rule", "agent", "when", FIRST_RECORD, "other record"],
    roomy: &[(1, LONGEST_RULE as u16), (3, "Mon 2026-03-02".len() as u16)],
    first_with_seams: 4,
};

impl RowForm {
    /// The form for a page of this width.
    pub(super) const fn of(width: usize) -> RowForm {
        match width {
            ..MIDDLE => RowForm::Narrow,
            MIDDLE..WIDE => RowForm::Tall,
            WIDE.. => RowForm::Flat,
        }
    }

    /// The columns of this form.
    pub(super) const fn headings(self) -> Headings {
        match self {
            RowForm::Narrow => TWO,
            RowForm::Tall | RowForm::Flat => SIX,
        }
    }

    /// A row for each finding.
    pub(super) fn rows(self, findings: &[&Finding]) -> Vec<RowCells> {
        findings.iter().map(|finding| self.cells(finding)).collect()
    }

    /// The row of a finding.
    pub(super) fn cells(self, finding: &Finding) -> RowCells {
        match self {
            RowForm::Narrow => narrow_row(finding),
            RowForm::Tall => row(finding, "\n"),
            RowForm::Flat => row(finding, " "),
        }
    }
}

/// A finding in six columns, the parts of each with this between them.
fn row(finding: &Finding, joint: &str) -> RowCells {
    let mut records = finding.records.iter().map(|record| place(record, joint));
    vec![
        severity(finding, joint),
        rule(finding, joint),
        agent(finding),
        when(finding, joint),
        records.next().unwrap_or_default(),
        records.collect::<Vec<_>>().join("\n"),
    ]
}

/// The rule, and below it what explains the finding.
fn rule(finding: &Finding, joint: &str) -> String {
    let rule = [finding.rule.code, &broken(finding.rule.name, joint)].join(joint);
    rule + &causes(finding, joint)
}

/// ` (inclusive-end)`
fn causes(finding: &Finding, joint: &str) -> String {
    let causes = finding.causes.iter();
    causes.map(|cause| format!("{joint}({})", cause.kind.name())).collect()
}

/// The name of a rule, broken after a hyphen if it is long and parts are below each other.
fn broken<'a>(name: &'a str, joint: &str) -> Cow<'a, str> {
    let end = name.char_indices().take(LONGEST_RULE).filter(|(_, letter)| *letter == '-').last();
    match end.and_then(|(at, _)| name.split_at_checked(at + 1)) {
        Some((first, rest)) if joint == "\n" && name.len() > LONGEST_RULE => {
            Cow::Owned(format!("{first}\n{rest}"))
        }
        _ => Cow::Borrowed(name),
    }
}

/// A finding in two columns.
fn narrow_row(finding: &Finding) -> RowCells {
    let rule = [finding.rule.code, finding.rule.name].join(" ") + &causes(finding, " ");
    let records: Vec<String> = finding.records.iter().map(|record| place(record, "\n")).collect();
    vec![
        [severity(finding, " "), rule, agent(finding), when(finding, " ")].join("\n"),
        records.join("\n"),
    ]
}

fn severity(finding: &Finding, joint: &str) -> String {
    let possible = (finding.certainty == Certainty::Possible).then_some("possible");
    let excused = (finding.state != FindingState::New).then(|| finding.state.name());
    let words = [Some(finding.severity.name()), possible, excused];
    words.into_iter().flatten().collect::<Vec<_>>().join(joint)
}

fn agent(finding: &Finding) -> String {
    shortened(finding.agent.as_deref().unwrap_or("–"), LONGEST_NAME).into_owned()
}

/// `batch.csv:13 s-12`, `live.json:9 /shifts/3 s-46 (published)`.
fn place(record: &Record, joint: &str) -> String {
    let path = shortened_front(&record.path, LONGEST_NAME);
    let line = record.place_in_file(Field::TIMES);
    let short = width(&path) + line.len() <= FIRST_RECORD.len();
    let mut place = path.into_owned();
    place.extend((!short).then_some(SEAM));
    place.push_str(&line);
    let names = [record.pointer.as_deref(), record.id.as_deref()].into_iter().flatten();
    for name in names.filter(|name| !name.is_empty()) {
        place.push_str(joint);
        place.push_str(&shortened(name, LONGEST_NAME));
    }
    if record.role != Role::Batch {
        place.push_str(&format!("{joint}({})", record.role.name()));
    }
    place
}

/// The time both records claim, or else what is known of the first one's.
fn when(finding: &Finding, joint: &str) -> String {
    match (&finding.claim, finding.records.first()) {
        (Some(SharedTime { start, end, minutes }), _) => {
            format!("{}{joint}({})", span(start, end), length_name(*minutes))
        }
        (None, Some(record)) => times(record),
        (None, None) => String::new(),
    }
}

fn times(record: &Record) -> String {
    match (&record.start.at, &record.end.at) {
        (Some(start), Some(end)) => span(start, end),
        _ => [&record.start, &record.end].map(words).join(" – "),
    }
}

/// An end of a record as far as it could be read.
fn words(moment: &Moment) -> String {
    match &moment.at {
        Some(at) => at.long(),
        None if moment.written.is_empty() => "?".to_owned(),
        None => shortened(&moment.written, LONGEST_NAME).into_owned(),
    }
}

/// `Mon 2026-03-02 15:30–16:00`.
fn span(start: &Stamp, end: &Stamp) -> String {
    if start.same_date(end) {
        format!("{}–{}", start.long(), end.time())
    } else {
        format!("{} – {}", start.long(), end.long())
    }
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn a_long_name_breaks_after_a_hyphen_and_loses_nothing() {
        assert_eq!(broken("pending-time-off-overlap", "\n"), "pending-time-off-\noverlap");
        assert_eq!(broken("pending-time-off-overlap", " "), "pending-time-off-overlap");
        assert_eq!(broken("swap-unknown-shift", "\n"), "swap-unknown-shift");
    }
}
