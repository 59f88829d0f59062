//! OV101: two shifts of one day overlap.

use crate::judge::page::rule;
use crate::judge::wording::{agent, calls, claimed, readings, verb, words};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// Two shifts of the batch give one agent two places to be at the same time, and both start on
    /// the same local day. Shifts that only touch, one ending at the minute the next one starts, do
    /// not overlap. Every overlapping pair is reported, not only neighbours.
    ///
    /// ### Why it matters
    ///
    /// A schedule with both cannot be worked. A server that checks may refuse the whole request
    /// with a 409 Conflict; one that does not check publishes hours that nobody can cover.
    ///
    /// ### Example
    ///
    /// Anna's second shift starts half an hour before her first one ends.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// anna,s-46,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Move or shorten one of the two so that they touch at most, give one to another agent, or
    /// drop it. If one is the corrected copy of the other, send only the corrected one.
    Rule {
        code: "OV101",
        name: "shift-overlap",
        severity: Some(Severity::Error),
        summary: "two shifts of one agent overlap and start on the same local day",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.both(Kind::Shift)
        && overlap_kind.batch_records() == 2
        && !overlap_kind.same_span
        && !overlap_kind.cross_day
}

fn describe(case: &Case<'_>) -> Words {
    let (earlier, later) = calls(case);
    let has = verb(case, "has", "may have");
    words(
        [
            &agent(case.agent),
            " ",
            has,
            " two shifts at once",
            &claimed(case),
            ": ",
            &earlier,
            " and ",
            &later,
            &readings(case),
        ]
        .concat(),
        ["move or shorten ", &earlier, " or ", &later, ", or send only one of them"].concat(),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, fold, overlap, possible, shift};

    #[test]
    fn both_shifts_and_the_time_are_named() {
        let records = [
            shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00"),
            shift("s-46", "2026-03-02T15:30:00-06:00", "2026-03-02T20:00:00-06:00"),
        ];
        let claim = claim("2026-03-02T15:30:00-06:00", "2026-03-02T16:00:00-06:00");
        let words = describe(&overlap(&records, &claim));
        assert_eq!(
            words.message,
            "agent `7f3c` has two shifts at once on Mon 2026-03-02 from 15:30 to 16:00 (30 min): \
             `s-12` and `s-46`"
        );
        assert_eq!(words.help, "move or shorten `s-12` or `s-46`, or send only one of them");
    }

    #[test]
    fn an_overlap_in_one_reading_tells_both() {
        let mut records = [
            shift("s-1", "2026-10-31T20:00:00-05:00", "2026-11-01T01:30:00-05:00"),
            shift("s-2", "2026-11-01T01:30:00-05:00", "2026-11-01T09:00:00-06:00"),
        ];
        records[0].end = fold("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00");
        let claim = claim("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00");
        assert_eq!(
            describe(&possible(&records, &claim, false)).message,
            "agent `7f3c` may have two shifts at once on Sun 2026-11-01 from 01:30 -05:00 to \
             01:30 -06:00 (1 h): `s-1` and `s-2`; as it is read, with the end of `s-1` at \
             01:30 -05:00, the two do not overlap; at 01:30 -06:00 they may"
        );
    }
}
