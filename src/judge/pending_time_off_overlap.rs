//! OV202: a shift in time off that is not decided.

use crate::judge::page::rule;
use crate::judge::wording::{
    agent, call, claimed, readings, shift_and_time_off, verb, with_status, words,
};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// A shift claims time for which its agent has asked to be off, and the request is not decided:
    /// pending, requested, submitted, on a waiting list.
    ///
    /// ### Why it matters
    ///
    /// Today the two do not exclude each other. Once the request is granted they do, and the shift
    /// that was published in between overlaps it; some servers hold back a shift under an undecided
    /// request.
    ///
    /// ### Example
    ///
    /// Anna has asked for the afternoon and is planned until 16:00.
    ///
    /// ```csv off.csv
    /// agent,id,start,end,status
    /// anna,r-3,2026-03-02T12:00:00-06:00,2026-03-02T18:00:00-06:00,pending
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
    /// Have the request decided before the shift is sent, or leave the shift out until it is. If it
    /// was decided meanwhile, fetch the time off again.
    Rule {
        code: "OV202",
        name: "pending-time-off-overlap",
        severity: Some(Severity::Warning),
        summary: "a shift overlaps time off that is pending",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.between(Kind::Shift, Kind::PendingTimeOff) && overlap_kind.batch_records() > 0
}

fn describe(case: &Case<'_>) -> Words {
    let (shift, off) = shift_and_time_off(case);
    let is = verb(case, "is", "may be");
    let message = format!(
        "{} {is} at work in {}{} while {} asks for time off{}",
        agent(case.agent),
        call(case, shift),
        claimed(case),
        with_status(case, off),
        readings(case)
    );
    let (shift, off) = (call(case, shift), call(case, off));
    words(message, format!("have {off} decided first, or leave {shift} out until it is"))
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, overlap, shift, time_off};

    #[test]
    fn the_request_is_to_be_decided() {
        let records = [
            time_off("r-3", "PENDING", "2026-03-02T00:00:00-06:00", "2026-03-04T00:00:00-06:00"),
            shift("s-12", "2026-03-02T22:00:00-06:00", "2026-03-03T06:00:00-06:00"),
        ];
        let claim = claim("2026-03-02T22:00:00-06:00", "2026-03-03T06:00:00-06:00");
        let words = describe(&overlap(&records, &claim));
        assert_eq!(
            words.message,
            "agent `7f3c` is at work in `s-12` from Mon 2026-03-02 22:00 to Tue 2026-03-03 06:00 \
             (8 h) while `r-3` (`PENDING`) asks for time off"
        );
        assert_eq!(words.help, "have `r-3` decided first, or leave `s-12` out until it is");
    }
}
