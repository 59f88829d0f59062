//! TZ102: a local time that the clock skipped.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{clock, clock_of, doubtful, first, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Case, Moment, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A local time that no clock of its zone ever showed, because it was put forward past it. By
    /// law clocks in the United States go forward at 02:00 on the second Sunday of March: in
    /// `America/Chicago` on 2026-03-08 from 02:00 to 03:00, and 02:30 is not there.
    ///
    /// ### Why it matters
    ///
    /// Systems make different instants of such a time, an hour apart: most read it as if the offset
    /// before the change still held, so that 02:30 becomes 03:30. The shift then starts or ends at
    /// another time than it says, may overlap its neighbour, or may be refused.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,id,start,end,zone
    /// anna,s-12,2026-03-08T02:30:00,2026-03-08T10:30:00,America/Chicago
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Write a time that exists, with its offset: `2026-03-08T03:30:00-05:00`. How such times are
    /// read here is set with `--disambiguation`; both readings are checked in any case, and an
    /// overlap that only one of them has is reported as possible.
    Rule {
        code: "TZ102",
        name: "gap-time",
        severity: Some(Severity::Warning),
        summary: "a local time that the clock skipped",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::GapTime
}

fn describe(case: &Case<'_>) -> Words {
    let record = first(case);
    let clock = clock_of(record);
    let times: Vec<String> =
        doubtful(record, Ambiguity::Gap).map(|(end, moment)| told(end, moment, &clock)).collect();
    let message = if times.is_empty() {
        format!("a time does not exist on {clock}, which skipped it")
    } else {
        times.join("; ")
    };
    words(message, help(doubtful(record, Ambiguity::Gap).find_map(|(_, moment)| moment.at)))
}

fn told(end: &str, moment: &Moment, of: &str) -> String {
    let written = match moment.written.as_str() {
        "" => format!("the {end}"),
        written => format!("the {end} `{written}`"),
    };
    let mut text = format!("{written} does not exist on {of}, which skipped it");
    if let Some(at) = &moment.at {
        text.push_str(&format!(": read as {}", clock(at, None)));
        if let Some(other) = &moment.otherwise {
            text.push_str(&format!("; it could also be {}", clock(other, Some(at))));
        }
    }
    text
}

fn help(at: Option<impl ToString>) -> String {
    let example = at.map_or(String::new(), |at| format!(" (`{}`)", at.to_string()));
    format!("write the time that is meant with its offset{example}, or move it out of the gap")
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{doubt, flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::finding::Ambiguity;

    #[test]
    fn both_readings_are_told() {
        let mut record = shift("s-12", "2026-03-08T03:30:00-05:00", "2026-03-08T10:30:00-05:00");
        let (read, other) = ("2026-03-08T03:30:00-05:00", "2026-03-08T01:30:00-06:00");
        record.start = doubt("2026-03-08T02:30", read, other, Ambiguity::Gap);
        let words = describe(&flawed(Flaw::GapTime, &record));
        assert_eq!(
            words.message,
            "the start `2026-03-08T02:30` does not exist on the clock of `America/Chicago`, which \
             skipped it: read as Sun 2026-03-08 03:30 -05:00; it could also be 01:30 -06:00"
        );
        assert_eq!(
            words.help,
            "write the time that is meant with its offset (`2026-03-08T03:30:00-05:00`), or move \
             it out of the gap"
        );
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        let mut record = shift("s-12", "2026-03-08T03:30:00-05:00", "2026-03-08T10:30:00-05:00");
        record.zone = None;
        let words = describe(&flawed(Flaw::GapTime, &record));
        assert_eq!(words.message, "a time does not exist on the local clock, which skipped it");
        assert!(!words.help.contains('('), "{}", words.help);
    }
}
