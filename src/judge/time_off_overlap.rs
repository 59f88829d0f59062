//! OV201: a shift in time off that blocks.

use crate::judge::page::rule;
use crate::judge::wording::{
    agent, call, claimed, is_sent, readings, shift_and_time_off, verb, with_status, words,
};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// A shift claims time in which its agent is off. The time off blocks: it is approved or
    /// granted, or its status is in no list, so that nobody can say it does not block.
    ///
    /// ### Why it matters
    ///
    /// The agent will not be there. A server may refuse the shift, or publish it and leave a hole
    /// in the day that the forecast counts as covered.
    ///
    /// ### Example
    ///
    /// Anna has the afternoon off, and a shift until 16:00.
    ///
    /// ```csv off.csv
    /// agent,id,start,end,status
    /// anna,r-3,2026-03-02T12:00:00-06:00,2026-03-02T18:00:00-06:00,approved
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Shorten, move or drop the shift, or give it to another agent. If the time off was withdrawn,
    /// fetch the time off again: one that was denied or cancelled blocks nothing.
    Rule {
        code: "OV201",
        name: "time-off-overlap",
        severity: Some(Severity::Error),
        summary: "a shift overlaps time off that blocks",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.between(Kind::Shift, Kind::TimeOff) && overlap_kind.batch_records() > 0
}

fn describe(case: &Case<'_>) -> Words {
    let (shift, off) = shift_and_time_off(case);
    let is = verb(case, "is", "may be");
    let message = format!(
        "{} {is} at work in {}{} while {} has them off{}",
        agent(case.agent),
        call(case, shift),
        claimed(case),
        with_status(case, off),
        readings(case)
    );
    let live = shift.is_some_and(|shift| !is_sent(shift));
    let (shift, off) = (call(case, shift), call(case, off));
    let help = if live {
        format!("{shift} is live: take it down or shorten it first, or leave {off} out")
    } else {
        format!(
            "shorten, move or drop {shift}, or give it to another agent; if {off} was withdrawn, \
             fetch the time off again"
        )
    };
    words(message, help)
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, live, overlap, shift, time_off};

    const OFF: (&str, &str) = ("2026-03-02T12:00:00-06:00", "2026-03-02T18:00:00-06:00");
    const WORK: (&str, &str) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");

    #[test]
    fn the_shift_and_the_time_off_are_told_apart_whichever_starts_first() {
        let off = time_off("r-3", "APPROVED", OFF.0, OFF.1);
        let work = shift("s-12", WORK.0, WORK.1);
        let claim = claim(OFF.0, WORK.1);
        for records in [[work.clone(), off.clone()], [off, work]] {
            assert_eq!(
                describe(&overlap(&records, &claim)).message,
                "agent `7f3c` is at work in `s-12` on Mon 2026-03-02 from 12:00 to 16:00 (4 h) \
                 while `r-3` (`APPROVED`) has them off"
            );
        }
    }

    #[test]
    fn a_live_shift_has_to_go_first() {
        let records = [live("p-1", WORK.0, WORK.1), time_off("r-3", "APPROVED", OFF.0, OFF.1)];
        assert_eq!(
            describe(&overlap(&records, &claim(OFF.0, WORK.1))).help,
            "`p-1` is live: take it down or shorten it first, or leave `r-3` out"
        );
    }
}
