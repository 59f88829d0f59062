//! TZ101: a time with neither offset nor zone.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{doubtful, first, words};
use crate::model::fact::Flaw;
use crate::model::finding::{Ambiguity, Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A time has no offset, and neither its record nor its agent nor `--tz` gives a zone. It was
    /// read as UTC, because servers commonly do so. RFC 3339 requires an offset in every date and
    /// time for this reason: without one, `02:30` names no instant. In Chicago on 2026-03-08 there
    /// is no such time at all, because clocks go from 02:00 to 03:00.
    ///
    /// ### Why it matters
    ///
    /// A morning shift in Chicago becomes a shift at night, and every comparison with a record that
    /// has an offset is off by hours: overlaps are missed, and others are made up.
    ///
    /// ### Example
    ///
    /// Eight in the morning, but where?
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00,2026-03-02T16:00:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the zone the file was written in: `--tz America/Chicago` for all of it, or a `zone`
    /// column for each record. Or write the offset: `2026-03-02T08:00:00-06:00`. For times that are
    /// in UTC, say so with `Z`.
    Rule {
        code: "TZ101",
        name: "missing-offset",
        severity: Some(Severity::Error),
        summary: "a time has neither offset nor zone and was read as UTC",
        trigger: Trigger::Flaw(applies),
        describe,
        subject: subject::doubtful_times,
    }
}

fn applies(flaw: Flaw) -> bool {
    flaw == Flaw::MissingOffset
}

fn describe(case: &Case<'_>) -> Words {
    let times: Vec<String> = doubtful(first(case), Ambiguity::Missing)
        .filter(|(_, moment)| !moment.written.is_empty())
        .map(|(end, moment)| format!("the {end} `{}`", moment.written))
        .collect();
    let message = match times.as_slice() {
        [] => "a time has neither offset nor zone and was read as UTC".to_owned(),
        [only] => format!("{only} has neither offset nor zone and was read as UTC"),
        times => {
            format!("{} have neither offset nor zone and were read as UTC", times.join(" and "))
        }
    };
    words(
        message,
        "name the zone with `--tz ZONE` (`--tz America/Chicago`), or write the offset with each \
         time: `2026-03-02T08:00:00-06:00`, or `Z` for UTC",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{flawed, shift};
    use crate::model::fact::Flaw;
    use crate::model::finding::Ambiguity;

    #[test]
    fn only_the_times_without_an_offset_are_told() {
        let mut record = shift("s-12", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        record.start.written = "2026-03-02 08:00".into();
        record.start.doubt = Some(Ambiguity::Missing);
        assert_eq!(
            describe(&flawed(Flaw::MissingOffset, &record)).message,
            "the start `2026-03-02 08:00` has neither offset nor zone and was read as UTC"
        );
        record.end.written = "16:00".into();
        record.end.doubt = Some(Ambiguity::Missing);
        assert_eq!(
            describe(&flawed(Flaw::MissingOffset, &record)).message,
            "the start `2026-03-02 08:00` and the end `16:00` have neither offset nor zone and \
             were read as UTC"
        );
    }
}
