//! TZ104: an offset that the zone does not have on that date.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{doubtful, first, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Case, Moment, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A time has an offset that its zone does not have on that date. The offset was used. Clocks
    /// in `America/Chicago` are at -05:00 from 2026-03-08 02:00, when they go forward to 03:00,
    /// until 2026-11-01 02:00, when they go back to 01:00, and otherwise at -06:00. `Z` never
    /// mismatches. With only `--tz` as the zone, an offset that this zone has at another time of
    /// the year is reported, and one of another region is not.
    ///
    /// ### Why it matters
    ///
    /// One of the two is wrong, and they are an hour apart. The classic is an export that writes
    /// the offset of the winter all year: each shift of the summer is published an hour late.
    ///
    /// ### Example
    ///
    /// Chicago is at -05:00 in July.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end,zone
    /// anna,s-12,2026-07-01T08:00:00-06:00,2026-07-01T16:00:00-06:00,America/Chicago
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Ask which of the two the source meant. Mostly it is the local time: then write it with the
    /// zone's offset, or without any beside a zone. Mend the export, not the record.
    Rule {
        code: "TZ104",
        name: "offset-mismatch",
        severity: Some(Severity::Error),
        summary: "an offset that the zone does not have on that date",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::OffsetMismatch
}

fn describe(case: &Case<'_>) -> Words {
    let record = first(case);
    let zone = match record.and_then(|record| record.zone.as_deref()) {
        Some(zone) if !zone.is_empty() => format!("`{zone}`"),
        _ => "the zone".to_owned(),
    };
    let times: Vec<String> = doubtful(record, Ambiguity::Mismatch)
        .map(|(end, moment)| told(end, moment, &zone))
        .collect();
    let message = if times.is_empty() {
        format!("a time has an offset that {zone} does not have then")
    } else {
        times.join("; ")
    };
    let right: Vec<String> = doubtful(record, Ambiguity::Mismatch)
        .filter_map(|(_, moment)| Some(format!("`{}`", moment.otherwise.as_ref()?)))
        .collect();
    words(message, help(&right))
}

fn told(end: &str, moment: &Moment, zone: &str) -> String {
    let written = match moment.written.as_str() {
        "" => format!("the {end}"),
        written => format!("the {end} `{written}`"),
    };
    match (&moment.at, &moment.otherwise) {
        (Some(at), Some(right)) => format!(
            "{written} has the offset {}, but {zone} has {} then",
            at.offset_name(),
            right.offset_name()
        ),
        _ => format!("{written} has an offset that {zone} does not have then"),
    }
}

fn help(right: &[String]) -> String {
    let example = match right {
        [] => "the offset of the zone".to_owned(),
        times => format!("the offset of the zone: {}", times.join(" and ")),
    };
    format!("if the local time is right, write it with {example}; if not, correct the zone")
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{doubt, flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::finding::Ambiguity;
    use crate::model::time::Instant;

    const WRITTEN: &str = "2026-07-01T08:00:00-06:00";
    const RIGHT: &str = "2026-07-01T08:00:00-05:00";

    fn told(written: &str, right: &str) -> (String, String) {
        let mut record = shift("s-12", written, "2026-07-01T16:00:00-05:00");
        record.start = doubt(written, written, right, Ambiguity::Mismatch);
        let words = describe(&flawed(Flaw::OffsetMismatch, &record));
        (words.message, words.help)
    }

    #[test]
    fn both_offsets_are_told() {
        let (message, help) = told(WRITTEN, RIGHT);
        assert_eq!(
            message,
            format!(
                "the start `{WRITTEN}` has the offset -06:00, but `America/Chicago` has -05:00 then"
            )
        );
        assert_eq!(
            help,
            format!(
                "if the local time is right, write it with the offset of the zone: `{RIGHT}`; if \
                 not, correct the zone"
            )
        );
    }

    #[test]
    fn a_skipped_time_is_told_with_the_offset_it_was_written_with() {
        let (message, _) = told("2026-03-08T02:30:00-06:00", "2026-03-08T03:30:00-05:00");
        assert!(message.contains("has the offset -06:00, but `America/Chicago` has -05:00"));
    }

    #[test]
    fn instants_at_the_ends_of_time_do_not_overflow() {
        let mut record = shift("s-12", WRITTEN, RIGHT);
        record.end = doubt(WRITTEN, WRITTEN, RIGHT, Ambiguity::Mismatch);
        if let (Some(at), Some(right)) = (&mut record.end.at, &mut record.end.otherwise) {
            (at.instant, right.instant) = (Instant::MIN, Instant::from_millis(i64::MAX));
        }
        let message = describe(&flawed(Flaw::OffsetMismatch, &record)).message;
        assert!(message.contains("has the offset -06:00"), "{message}");
    }
}
