//! OV102: two shifts of different days overlap.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, calls, claimed, first, readings, second, verb, words};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// Two shifts of the batch overlap although they start on different local days: the earlier one
    /// runs past midnight into the later one. A local day is taken on the record's own clock.
    ///
    /// ### Why it matters
    ///
    /// A look at one day at a time does not show it: each day by itself is in order. A server that
    /// compares instants may refuse it, and name a day that seems to be right.
    ///
    /// ### Example
    ///
    /// The night shift of Monday ends half an hour after the early shift of Tuesday has begun.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T22:00:00-06:00,2026-03-03T06:00:00-06:00
    /// anna,s-13,2026-03-03T05:30:00-06:00,2026-03-03T13:30:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Check the end of the earlier shift first: an end with the wrong date, or one that was moved
    /// to the next day because it was before the start, causes this too. If both are right, move or
    /// shorten one. Weeks that are written by different files meet at such a night.
    Rule {
        code: "OV102",
        name: "cross-day-overlap",
        severity: Some(Severity::Error),
        summary: "two shifts of one agent overlap and start on different local days",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.both(Kind::Shift)
        && overlap_kind.batch_records() == 2
        && !overlap_kind.same_span
        && overlap_kind.cross_day
}

fn describe(case: &Case<'_>) -> Words {
    let (earlier, later) = (with_day(case, first(case)), with_day(case, second(case)));
    let has = verb(case, "has", "may have");
    let message = format!(
        "{} {has} two shifts of different days at once{}: {earlier} and {later}{}",
        agent(case.agent),
        claimed(case),
        readings(case)
    );
    words(message, help(case))
}

/// The record, and the day on which it starts.
fn with_day(case: &Case<'_>, record: Option<&Record>) -> String {
    let name = call(case, record);
    match record.and_then(|record| record.start.at) {
        Some(start) => format!("{name} of {} {}", start.weekday_name(), start.date()),
        None => name,
    }
}

fn help(case: &Case<'_>) -> String {
    let (earlier, later) = calls(case);
    if first(case).is_some_and(|record| record.overnight) {
        format!(
            "check the end of {earlier}, which was taken to be on the next day as it does not lie \
             after the start; if it is right, move or shorten {earlier} or {later}"
        )
    } else {
        format!(
            "check the date of the end of {earlier}; if it is right, move or shorten {earlier} or \
             {later}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, overlap, shift};

    #[test]
    fn both_days_are_named() {
        let mut records = [
            shift("s-12", "2026-03-02T22:00:00-06:00", "2026-03-03T06:00:00-06:00"),
            shift("s-13", "2026-03-03T05:30:00-06:00", "2026-03-03T13:30:00-06:00"),
        ];
        let claim = claim("2026-03-03T05:30:00-06:00", "2026-03-03T06:00:00-06:00");
        let words = describe(&overlap(&records, &claim));
        assert_eq!(
            words.message,
            "agent `7f3c` has two shifts of different days at once on Tue 2026-03-03 from 05:30 to \
             06:00 (30 min): `s-12` of Mon 2026-03-02 and `s-13` of Tue 2026-03-03"
        );
        assert_eq!(
            words.help,
            "check the date of the end of `s-12`; if it is right, move or shorten `s-12` or `s-13`"
        );
        records[0].overnight = true;
        let help = describe(&overlap(&records, &claim)).help;
        assert!(help.contains("taken to be on the next day"), "{help}");
    }
}
