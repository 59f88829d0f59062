//! RC102: the end lies before the start.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{first, length, moment, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Case, Record, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record ends before it starts. It claims no time, and is skipped. If a date is written
    /// beside clock times, as in `date,start,end`, an end at or before the start means the next day
    /// and is not an error.
    ///
    /// ### Why it matters
    ///
    /// Nobody can say what it was meant to claim, so it cannot be checked against anything. A
    /// server may refuse it, or read it in a way of its own.
    ///
    /// ### Example
    ///
    /// A night shift whose end has the date of its start.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T22:00:00-06:00,2026-03-02T06:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// If the shift runs past midnight, give its end the date of the next day. Otherwise check
    /// whether start and end are swapped, or have different offsets.
    Rule {
        code: "RC102",
        name: "reversed",
        severity: Some(Severity::Error),
        summary: "the end lies before the start; the record is left out",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::Reversed
}

fn describe(case: &Case<'_>) -> Words {
    match first(case) {
        Some(record) if known(record) => words(
            format!(
                "the end {} lies before the start {}",
                moment(&record.end),
                moment(&record.start)
            ),
            help(record),
        ),
        _ => words("the end lies before the start", SWAPPED),
    }
}

const SWAPPED: &str = "check the dates of both: the end may be a day short, or the two may have \
                       changed places";
const DAY: i64 = 24 * 60;

fn known(record: &Record) -> bool {
    [&record.start, &record.end].iter().all(|of| of.at.is_some() || !of.written.is_empty())
}

fn help(record: &Record) -> &'static str {
    if [&record.start, &record.end].iter().any(|of| of.doubt == Some(Ambiguity::Gap)) {
        return "one of the times does not exist on that clock and was moved: write a time that \
                exists, with its offset";
    }
    match length(record) {
        Some(length) if length > -DAY => {
            "is the date of the end a day short? A shift past midnight ends on the next day"
        }
        _ => SWAPPED,
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::finding::Ambiguity;

    #[test]
    fn both_times_are_told_and_a_short_date_is_guessed() {
        let mut record = shift("s-12", "2026-03-02T22:00:00-06:00", "2026-03-02T06:00:00-06:00");
        let words = describe(&flawed(Flaw::Reversed, &record));
        assert_eq!(
            words.message,
            "the end Mon 2026-03-02 06:00 -06:00 lies before the start Mon 2026-03-02 22:00 -06:00"
        );
        assert!(words.help.starts_with("is the date of the end a day short?"), "{}", words.help);
        record.start.doubt = Some(Ambiguity::Gap);
        let help = describe(&flawed(Flaw::Reversed, &record)).help;
        assert!(help.contains("does not exist"), "{help}");
    }

    #[test]
    fn days_apart_is_no_night_shift() {
        let mut record = shift("s-12", "2026-03-12T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let help = describe(&flawed(Flaw::Reversed, &record)).help;
        assert!(help.starts_with("check the dates of both"), "{help}");
        record.end.at = None;
        let message = describe(&flawed(Flaw::Reversed, &record)).message;
        assert!(
            message.starts_with("the end `2026-03-02T16:00:00-06:00` lies before"),
            "{message}"
        );
    }
}
