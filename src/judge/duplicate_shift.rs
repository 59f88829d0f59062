//! OV103: the batch contains one shift twice.

use crate::judge::page::rule;
use crate::judge::wording::{agent, calls, claimed, readings, verb, words};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// Two shifts of the batch give one agent the same start and the same end. The instants are
    /// compared, not the words: 08:00 at -06:00 is 14:00 in UTC.
    ///
    /// ### Why it matters
    ///
    /// The batch contains one shift twice: two exports were joined, a job was started again, or a
    /// correction was added beside what it corrects. If both are sent, one copy may come back as a
    /// conflict with the other, or the agent's hours may count twice.
    ///
    /// ### Example
    ///
    /// One shift under two ids.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// anna,s-46,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Keep one copy and drop the other. If there are many, correct the export: they seldom come
    /// alone.
    Rule {
        code: "OV103",
        name: "duplicate-shift",
        severity: Some(Severity::Error),
        summary: "two shifts of one agent have the same start and end",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.both(Kind::Shift) && overlap_kind.batch_records() == 2 && overlap_kind.same_span
}

fn describe(case: &Case<'_>) -> Words {
    let (earlier, later) = calls(case);
    let has = verb(case, "has", "may have");
    words(
        format!(
            "{} {has} the same shift twice{}: {earlier} and {later}{}",
            agent(case.agent),
            claimed(case),
            readings(case)
        ),
        format!("send only one of {earlier} and {later}"),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, overlap, shift};

    #[test]
    fn copies_with_one_id_are_named_by_their_places() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), shift("s-46", start, end)];
        let claim = claim(start, end);
        assert_eq!(
            describe(&overlap(&records, &claim)).message,
            "agent `7f3c` has the same shift twice on Mon 2026-03-02 from 08:00 to 16:00 (8 h): \
             `s-12` and `s-46`"
        );
        records[1].id = records[0].id.clone();
        records[1].line = 3;
        assert_eq!(
            describe(&overlap(&records, &claim)).help,
            "send only one of `s-12` (batch.csv:2) and `s-12` (batch.csv:3)"
        );
    }
}
