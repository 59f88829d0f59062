//! RC101: a record that cannot be read.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{call, first, named_activity, quoted_word, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Activity, Case, Record, Words, brief};
use crate::model::row::{Field, RowFault};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A field that a record needs is empty or cannot be read, or the record as a whole cannot: too
    /// few cells, bytes that are not text, an element that is not an object. The same goes for what
    /// could be read if more were known: a time with `CST` without a known zone that uses it, or a
    /// shift with a date and no clock times. The record is skipped. An activity within a shift can
    /// be unreadable too; then only the activity is skipped.
    ///
    /// ### Why it matters
    ///
    /// A record that was skipped was not checked, and may overlap anything. So there is no
    /// all-clear: the verdict is `incomplete` and the exit code 3, whatever else was found.
    ///
    /// ### Example
    ///
    /// Nobody has filled in when the shift starts.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,tbd,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the field, or take the record out of the file. Times may be written in many ways;
    /// `2026-03-02T08:00:00-06:00` is one that everyone reads alike. If every record is reported,
    /// a column is not what its name says: `--map start=COLUMN` names the right one.
    Rule {
        code: "RC101",
        name: "unreadable-record",
        severity: Some(Severity::Error),
        summary: "a field cannot be read; the record is left out",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
        hole: Some(("record cannot be read", "records cannot be read")),
    }
}

fn applies(flaw: Flaw) -> bool {
    matches!(
        flaw,
        Flaw::Fault(_)
            | Flaw::Absent(_)
            | Flaw::NoTime(_)
            | Flaw::Weekday(_)
            | Flaw::NoSuchTime(_)
            | Flaw::NoDate(_)
            | Flaw::NoLength
            | Flaw::NoOrder(_)
            | Flaw::Abbreviation(_)
            | Flaw::NoFlag(_)
            | Flaw::DatesApart
            | Flaw::NoAgent
            | Flaw::Activity(_)
    )
}

fn describe(case: &Case<'_>) -> Words {
    let record = first(case);
    match case.flaw {
        Some(Flaw::Fault(fault)) => unreadable(fault),
        Some(Flaw::Absent(field)) => absent(field),
        Some(Flaw::NoTime(field)) => words(
            format!(
                "{} is not a {}: expected {}",
                quoted(record, field),
                kind(field),
                sample(field)
            ),
            "correct it, or take the record out; it was not checked",
        ),
        Some(Flaw::Weekday(field)) => words(
            format!(
                "{} is a day of the week, not a date: expected {}",
                quoted(record, field),
                sample(field)
            ),
            "write the date of each day: a week and a day of the week are not put together; the \
             record was not checked",
        ),
        Some(Flaw::NoSuchTime(field)) => no_such_time(record, field),
        Some(Flaw::NoDate(field)) => no_date(record, field),
        Some(Flaw::NoLength) => words(
            format!(
                "{} is not a length of time: expected one such as `8h`, `8:30`, `PT8H` or `480`",
                quoted(record, Field::Length)
            ),
            "correct the length, or fill `end` instead; the record was not checked",
        ),
        Some(Flaw::Activity(number)) => unread_activity(case, number),
        Some(flaw) => unclear(record, flaw),
        None => words("the record cannot be read", "correct it; it was not checked"),
    }
}

fn no_date(record: Option<&Record>, field: Field) -> Words {
    let in_table = record.is_some_and(|record| record.pointer.is_none());
    let above = if in_table { " (`--fill-down date` takes it from the line above)" } else { "" };
    words(
        format!("{} has no date: a clock time needs one", quoted(record, field)),
        format!(
            "fill a column `date`{above}, or write date and time together, as in \
             `2026-03-02T08:00:00-06:00`"
        ),
    )
}

fn no_such_time(record: Option<&Record>, field: Field) -> Words {
    let (what, help) = match is_date(field) {
        true => ("date that exists", "check the month and the day of the month"),
        false => ("date and time that exist", "check the day of the month and the hour"),
    };
    words(
        format!(
            "{} is not on the calendar: expected a {what}, such as {}",
            quoted(record, field),
            example(field)
        ),
        format!("{help}; the record was not checked"),
    )
}

/// What could be read if more were known.
fn unclear(record: Option<&Record>, flaw: Flaw) -> Words {
    match flaw {
        Flaw::NoOrder(field) => words(
            format!("{} can be read day first or month first", quoted(record, field)),
            "say which with `--date-order dmy` or `--date-order mdy`; the record was not checked",
        ),
        Flaw::Abbreviation(field) => words(
            format!(
                "{} names its zone by an abbreviation, and no zone is known that uses it then",
                quoted(record, field)
            ),
            "which zone is meant? name it with `--tz ZONE` (`--tz America/Chicago`), in a column \
             `zone` or with the agents, or write the offset; the record was not checked",
        ),
        Flaw::NoFlag(field) => {
            let word = record.and_then(|record| quoted_word(record, field));
            let word = word.map_or_else(String::new, |word| format!(" is {word}, which"));
            words(
                format!("the flag `{}`{word} is neither yes nor no", field.name()),
                "write `true` or `false`; the record was not checked",
            )
        }
        Flaw::DatesApart => words(
            format!(
                "the list of dates does not begin on the day of {}",
                quoted(record, Field::Start)
            ),
            "begin it with that day, or write clock times beside it; the record was not checked",
        ),
        Flaw::NoAgent => words(
            match record.and_then(|record| quoted_word(record, Field::Agent)) {
                Some(word) => format!("the agent is {word}, which is not a name"),
                None => "the agent is not a name".to_owned(),
            },
            "export the file again: the name was lost on the way; the record was not checked",
        ),
        _ => words("the record cannot be read", "correct it; it was not checked"),
    }
}

fn unreadable(fault: RowFault) -> Words {
    match fault {
        RowFault::Ragged { found, expected } => words(
            format!("the record has {found} cells where the header has {expected}"),
            "put a value that holds the delimiter or a line break into quotes (\"…\"), or fill in \
             what is missing; the record was not checked",
        ),
        RowFault::NotUtf8 => words(
            "the record holds bytes that mean nothing in the encoding of its file",
            "save the file as UTF-8, or name its encoding, such as `--encoding windows-1252`; the \
             record was not checked",
        ),
        RowFault::Nul => words(
            "the record holds a NUL byte, which no text has",
            "export the file again as UTF-8 text: it may be UTF-16, or broken off and padded; the \
             record was not checked",
        ),
        RowFault::Broken => words(
            "the record cannot be read as JSON",
            "the error about its file says where and why: correct it, or export the file again; the \
             record was not checked",
        ),
        RowFault::NotAnObject => words(
            "an element of the list is not an object: expected one such as \
             `{\"agent\": \"…\", \"start\": \"…\", \"end\": \"…\"}`",
            "take it out, or write it as an object; it was not checked",
        ),
        RowFault::Header | RowFault::Total => words(
            "the line is not a record: it repeats the header, or sums others up",
            "take it out; it was not checked",
        ),
        RowFault::Agentless => words(
            "the record names no agent",
            "name its key with `--map agent=KEY`, or take the record out; it was not checked",
        ),
    }
}

/// The shift was checked, what happens within it was not.
fn unread_activity(case: &Case<'_>, number: u32) -> Words {
    let activity = match case.activities.first() {
        Some(activity) => named_activity(activity),
        None => format!("activity {number}"),
    };
    let times = match case.activities.first() {
        Some(Activity { start, end, .. }) if start.at.is_some() => {
            format!(": its end `{}` lies before its start `{}`", end.written, start.written)
        }
        Some(Activity { start, end, .. }) => {
            format!(" (`{}` to `{}`)", start.written, end.written)
        }
        None => String::new(),
    };
    words(
        format!("{activity} of the shift {} cannot be read{times}", call(case, first(case))),
        "correct its start, its end or its zone; the shift was checked without it",
    )
}

fn absent(field: Field) -> Words {
    let name = field.name();
    let help = match field {
        Field::End | Field::EndDate | Field::Length => "fill `end` or `length`".to_owned(),
        Field::Start | Field::StartDate | Field::Date => {
            format!("fill `{name}`, with {} in it", sample(field))
        }
        _ => format!("fill `{name}`"),
    };
    let named = format!("{help}; if it is in another column, name that with `--map {name}=COLUMN`");
    words(format!("the record has no {name}: it was not checked"), named)
}

/// The field and its text: ``the start `tomorrow` ``.
fn quoted(record: Option<&Record>, field: Field) -> String {
    let name = field.name();
    match record.map_or("", |record| word(record, field)) {
        "" => match record.and_then(|record| quoted_word(record, field)) {
            Some(word) => format!("the {name} {word}"),
            None => format!("the {name}"),
        },
        word => {
            let word = record.map_or(word, |record| date_alone(record, field, word));
            format!("the {name} `{}`", brief(word))
        }
    }
}

/// The date in the text of a start or an end that is written with a clock time beside it.
fn date_alone<'r>(record: &'r Record, field: Field, written: &'r str) -> &'r str {
    let words = &record.excerpt.words;
    let place = words.iter().find(|(of, _)| *of == field && is_date(field));
    let date = place.and_then(|(_, place)| record.excerpt.text.part(place.clone()));
    let date = date.map(|date| date.as_str().trim().len()).filter(|length| *length > 0);
    let Some(date) = date.and_then(|length| written.get(..length)) else { return written };
    if written[date.len()..].starts_with(' ') { date } else { written }
}

fn word(record: &Record, field: Field) -> &str {
    match field {
        Field::Agent => &record.agent,
        Field::Start | Field::StartDate | Field::Date | Field::Times | Field::WithStart => {
            &record.start.written
        }
        Field::End | Field::EndDate | Field::Length | Field::WithEnd => &record.end.written,
        Field::Id => record.id.as_deref().unwrap_or_default(),
        Field::Schedule => record.schedule.as_deref().unwrap_or_default(),
        Field::Zone => record.zone.as_deref().unwrap_or_default(),
        Field::Status => record.status.as_deref().unwrap_or_default(),
        _ => "",
    }
}

const fn kind(field: Field) -> &'static str {
    match field {
        Field::Times => "range of times",
        field if is_date(field) => "date",
        _ => "time",
    }
}

const fn example(field: Field) -> &'static str {
    match field {
        Field::Times => "`09:00-17:00`",
        field if is_date(field) => "`2026-03-02`",
        _ => "`2026-03-02T08:00:00-06:00`",
    }
}

fn sample(field: Field) -> String {
    format!("a {} such as {}", kind(field), example(field))
}

const fn is_date(field: Field) -> bool {
    matches!(field, Field::Date | Field::StartDate | Field::EndDate)
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::row::{Field, RowFault};

    fn message(flaw: Flaw, written: &str) -> String {
        let mut record = shift("s-12", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        record.start.written = written.into();
        record.end.written = written.into();
        describe(&flawed(flaw, &record)).message
    }

    #[test]
    fn the_field_its_text_and_what_was_expected_are_told() {
        let cases = [
            (
                Flaw::NoTime(Field::Start),
                "tomorrow",
                "the start `tomorrow` is not a time: expected a time such as \
                 `2026-03-02T08:00:00-06:00`",
            ),
            (
                Flaw::NoTime(Field::EndDate),
                "soon",
                "the end date `soon` is not a date: expected a date such as `2026-03-02`",
            ),
            (
                Flaw::NoSuchTime(Field::Date),
                "2026-02-30",
                "the date `2026-02-30` is not on the calendar: expected a date that exists, \
                 such as `2026-03-02`",
            ),
            (
                Flaw::Weekday(Field::Date),
                "Monday",
                "the date `Monday` is a day of the week, not a date: expected a date such as \
                 `2026-03-02`",
            ),
            (
                Flaw::NoDate(Field::End),
                "16:00",
                "the end `16:00` has no date: a clock time needs one",
            ),
            (
                Flaw::NoLength,
                "8x",
                "the length `8x` is not a length of time: expected one such as `8h`, `8:30`, \
                 `PT8H` or `480`",
            ),
            (
                Flaw::NoLength,
                "",
                "the length is not a length of time: expected one such as `8h`, `8:30`, `PT8H` or \
                 `480`",
            ),
            (Flaw::Absent(Field::End), "", "the record has no end: it was not checked"),
            (
                Flaw::Fault(RowFault::Ragged { found: 5, expected: 4 }),
                "",
                "the record has 5 cells where the header has 4",
            ),
        ];
        for (flaw, written, expected) in cases {
            assert_eq!(message(flaw, written), expected, "{flaw:?}");
        }
    }

    #[test]
    fn a_missing_end_can_be_given_as_a_length() {
        let record = shift("s-12", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        let help = describe(&flawed(Flaw::Absent(Field::End), &record)).help;
        assert!(help.starts_with("fill `end` or `length`;"), "{help}");
    }
}
