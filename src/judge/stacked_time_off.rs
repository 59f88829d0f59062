//! OV203: two times off overlap.

use crate::judge::page::rule;
use crate::judge::wording::{
    agent, calls, claimed, first, readings, second, verb, with_status, words,
};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// Two times off of one agent that both block claim the same time. They are reported wherever
    /// they come from, for time off is given beside the batch and not in it.
    ///
    /// ### Why it matters
    ///
    /// Nobody works too much by it, but the hours may be taken from the agent's balance twice, and
    /// a shift that is freed by withdrawing the one stays blocked by the other.
    ///
    /// ### Example
    ///
    /// A day of sick leave within a week of vacation.
    ///
    /// ```csv off.csv
    /// agent,id,start,end,status
    /// anna,r-3,2026-03-02T00:00:00-06:00,2026-03-07T00:00:00-06:00,approved
    /// anna,r-4,2026-03-04T00:00:00-06:00,2026-03-05T00:00:00-06:00,approved
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// ben,s-12,2026-03-06T08:00:00-06:00,2026-03-06T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Withdraw one of the two, or shorten one so that they touch at most.
    Rule {
        code: "OV203",
        name: "stacked-time-off",
        severity: Some(Severity::Warning),
        summary: "two blocking times off of one agent overlap",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.both(Kind::TimeOff)
}

fn describe(case: &Case<'_>) -> Words {
    let is = verb(case, "is", "may be");
    let message = format!(
        "{} {is} off twice{}: {} and {}{}",
        agent(case.agent),
        claimed(case),
        with_status(case, first(case)),
        with_status(case, second(case)),
        readings(case)
    );
    let (earlier, later) = calls(case);
    words(message, format!("withdraw or shorten {earlier} or {later}, lest the hours count twice"))
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, overlap, time_off};

    #[test]
    fn both_times_off_are_named_with_their_status() {
        let records = [
            time_off("r-3", "APPROVED", "2026-03-02T00:00:00-06:00", "2026-03-07T00:00:00-06:00"),
            time_off("r-4", "SICK", "2026-03-04T08:00:00-06:00", "2026-03-04T12:00:00-06:00"),
        ];
        let claim = claim("2026-03-04T08:00:00-06:00", "2026-03-04T12:00:00-06:00");
        let words = describe(&overlap(&records, &claim));
        assert_eq!(
            words.message,
            "agent `7f3c` is off twice on Wed 2026-03-04 from 08:00 to 12:00 (4 h): \
             `r-3` (`APPROVED`) and `r-4` (`SICK`)"
        );
        assert_eq!(words.help, "withdraw or shorten `r-3` or `r-4`, lest the hours count twice");
    }
}
