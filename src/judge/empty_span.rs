//! RC103: start and end are the same.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{first, moment, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record starts and ends at the same instant as it is read, or has the length 0. It claims
    /// no time, and is skipped.
    ///
    /// ### Why it matters
    ///
    /// It conflicts with nothing, so it does no harm here. But it may be a shift whose end was
    /// never filled in, and some servers refuse a shift without length.
    ///
    /// ### Example
    ///
    /// The end was copied from the start.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T08:00:00-06:00
    /// anna,s-13,2026-03-03T08:00:00-06:00,2026-03-03T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Write the end that is meant, with the date of the next day if it is a whole day. Drop the
    /// record if it only marks something.
    Rule {
        code: "RC103",
        name: "empty-span",
        severity: Some(Severity::Warning),
        summary: "start and end are the same; the record is left out",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::EmptySpan
}

fn describe(case: &Case<'_>) -> Words {
    let start = first(case).map(|record| &record.start).filter(|start| start.at.is_some());
    let message = match start {
        Some(start) => format!("start and end are both {}", moment(start)),
        None => "start and end are the same".to_owned(),
    };
    words(message, "write the end that is meant, or drop the record if it only marks something")
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;

    #[test]
    fn the_one_time_is_told() {
        let mut record = shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T08:00:00-06:00");
        assert_eq!(
            describe(&flawed(Flaw::EmptySpan, &record)).message,
            "start and end are both Mon 2026-03-02 08:00 -06:00"
        );
        record.start.at = None;
        let message = describe(&flawed(Flaw::EmptySpan, &record)).message;
        assert_eq!(message, "start and end are the same");
    }
}
