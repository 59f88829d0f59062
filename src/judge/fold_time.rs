//! TZ103: a local time that the clock showed twice.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{clock, clock_of, doubtful, first, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Case, Moment, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A local time that the clock of its zone showed twice, because it was put back over it. By
    /// law clocks in the United States go back at 02:00 on the first Sunday of November: in
    /// `America/Chicago` on 2026-11-01 from 02:00 to 01:00, and 01:30 is there at -05:00 and again
    /// at -06:00.
    ///
    /// ### Why it matters
    ///
    /// The two are an hour apart. A shift that ends at the second one and one that starts at the
    /// first overlap by that hour, though both say 01:30.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,id,start,end,zone
    /// anna,s-12,2026-11-01T01:30:00,2026-11-01T09:30:00,America/Chicago
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Write the offset that is meant: `2026-11-01T01:30:00-05:00` for the first, `-06:00` for the
    /// second. Without one the first is taken; `--disambiguation later` takes the second. Both are
    /// checked in any case, and an overlap that only one of them has is reported as possible.
    Rule {
        code: "TZ103",
        name: "fold-time",
        severity: Some(Severity::Warning),
        summary: "a local time that the clock showed twice",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::FoldTime
}

fn describe(case: &Case<'_>) -> Words {
    let record = first(case);
    let clock = clock_of(record);
    let times: Vec<String> =
        doubtful(record, Ambiguity::Fold).map(|(end, moment)| told(end, moment, &clock)).collect();
    let message =
        if times.is_empty() { format!("a time came twice on {clock}") } else { times.join("; ") };
    words(message, help(doubtful(record, Ambiguity::Fold).map(|(_, moment)| moment).next()))
}

fn told(end: &str, moment: &Moment, of: &str) -> String {
    let written = match moment.written.as_str() {
        "" => format!("the {end}"),
        written => format!("the {end} `{written}`"),
    };
    let mut text = format!("{written} came twice on {of}");
    if let (Some(at), Some(other)) = (&moment.at, &moment.otherwise) {
        let ranks =
            if at.instant <= other.instant { ("first", "second") } else { ("second", "first") };
        let (at, other) = (clock(at, None), clock(other, Some(at)));
        text.push_str(&format!(": read as the {}, {at}; the {} is {other}", ranks.0, ranks.1));
    }
    text
}

fn help(moment: Option<&Moment>) -> String {
    match moment.map(|moment| (&moment.at, &moment.otherwise)) {
        Some((Some(at), Some(other))) => {
            format!("write the offset that is meant: `{at}` or `{other}`")
        }
        _ => "write the offset that is meant".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, fold, shift};
    use crate::model::fact::Flaw;

    const FIRST: &str = "2026-11-01T01:30:00-05:00";
    const SECOND: &str = "2026-11-01T01:30:00-06:00";

    #[test]
    fn the_first_and_the_second_are_told_apart() {
        let mut record = shift("s-12", FIRST, "2026-11-01T09:30:00-06:00");
        record.start = fold(FIRST, SECOND);
        let words = describe(&flawed(Flaw::FoldTime, &record));
        assert_eq!(
            words.message,
            "the start `2026-11-01T01:30:00` came twice on the clock of `America/Chicago`: read as \
             the first, Sun 2026-11-01 01:30 -05:00; the second is 01:30 -06:00"
        );
        assert_eq!(words.help, format!("write the offset that is meant: `{FIRST}` or `{SECOND}`"));
        record.start = fold(SECOND, FIRST);
        let message = describe(&flawed(Flaw::FoldTime, &record)).message;
        assert!(
            message
                .contains("as the second, Sun 2026-11-01 01:30 -06:00; the first is 01:30 -05:00")
        );
    }
}
