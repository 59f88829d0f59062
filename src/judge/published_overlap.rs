//! OV104: a shift of the batch overlaps a published one.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, claimed, live_and_sent, readings, verb, words};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;
use crate::model::spelling::are_alike;

rule! {
    /// A shift of the batch overlaps a shift that is published for the same agent and that it does
    /// not replace. By default a record replaces the published one with its id and agent;
    /// `--replace schedule` and `--replace none` say otherwise.
    ///
    /// ### Why it matters
    ///
    /// The batch may be without fault by itself and still not fit what is live. To a server, the
    /// live shift was there first, and the new one is what may come back.
    ///
    /// ### Example
    ///
    /// The published shift runs until 16:00, the new one starts at 15:30.
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-46,2026-03-02T15:30:00-06:00,2026-03-02T20:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// If the new shift is meant to replace the live one, send it under the live one's id, or check
    /// with `--replace schedule` if the batch writes whole schedules. Else move or drop it, or take
    /// the live one down first. Fetch what is published again if it may have changed since.
    Rule {
        code: "OV104",
        name: "published-overlap",
        severity: Some(Severity::Error),
        summary: "a batch shift overlaps a published one that it does not replace",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.both(Kind::Shift) && overlap_kind.batch_records() == 1
}

fn describe(case: &Case<'_>) -> Words {
    let (live, sent) = live_and_sent(case);
    let alike = ids_are_alike(live, sent);
    let (live, sent) = (call(case, live), call(case, sent));
    let would = verb(case, "would", "may");
    words(
        format!(
            "{} {would} have two shifts at once{}: {live} is live, and {sent} does not replace \
             it{}",
            agent(case.agent),
            claimed(case),
            readings(case)
        ),
        format!(
            "{alike}if {sent} is meant to replace {live}, send it under that id; else move or drop {sent}, \
             or take {live} down first (fetch what is published again if it is not fresh)"
        ),
    )
}

/// The first thing to say about two ids that a person takes for one.
fn ids_are_alike(live: Option<&Record>, sent: Option<&Record>) -> &'static str {
    let id = |record: Option<&Record>| record.and_then(|record| record.id.clone());
    match (id(live), id(sent)) {
        (Some(live), Some(sent)) if are_alike(&live, &sent) => {
            "the two ids differ only in case or spaces; "
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, live, overlap, shift};

    #[test]
    fn the_live_one_is_named_as_such_whichever_starts_first() {
        let early = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let late = ("2026-03-02T15:30:00-06:00", "2026-03-02T20:00:00-06:00");
        let claim = claim(late.0, early.1);
        let expected = "agent `7f3c` would have two shifts at once on Mon 2026-03-02 from 15:30 to \
                        16:00 (30 min): `p-1` is live, and `s-46` does not replace it";
        for records in [
            [live("p-1", early.0, early.1), shift("s-46", late.0, late.1)],
            [shift("s-46", early.0, early.1), live("p-1", late.0, late.1)],
        ] {
            assert_eq!(describe(&overlap(&records, &claim)).message, expected);
        }
    }

    #[test]
    fn ids_that_look_the_same_are_pointed_at() {
        let (early, late) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let claim = claim(early, late);
        let help = |id| {
            let records = [live("s-12", early, late), shift(id, early, late)];
            describe(&overlap(&records, &claim)).help
        };
        let alike = "the two ids differ only in case or spaces; if `S-12` is meant";
        assert!(help("S-12").starts_with(alike), "{}", help("S-12"));
        assert!(help("s-13").starts_with("if `s-13` is meant"), "{}", help("s-13"));
    }
}
