//! OV204: a shift at a time at which its agent is not available.

use crate::judge::page::rule;
use crate::judge::wording::{
    agent, call, claimed, readings, shift_and_time_off, verb, with_status, words,
};
use crate::model::fact::OverlapKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::shift::Kind;

rule! {
    /// A shift claims time at which its agent has said not to be available (`--unavailable`).
    /// Records of such a file whose kind or status says `available` or `preferred` are skipped.
    ///
    /// ### Why it matters
    ///
    /// Unavailability is a wish or a standing agreement, and no absence: most servers take the
    /// shift. The agent asks for a swap, or does not come.
    ///
    /// ### Example
    ///
    /// Anna is a student and cannot work before noon on Mondays.
    ///
    /// ```csv unavailable.csv
    /// agent,id,start,end
    /// anna,u-7,2026-03-02T06:00:00-06:00,2026-03-02T12:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --unavailable unavailable.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Ask the agent, move the shift, or give it to another agent. Where a shift at such a time must
    /// not be sent, make it an error: `--severity OV204=error`.
    Rule {
        code: "OV204",
        name: "unavailable-overlap",
        severity: Some(Severity::Warning),
        summary: "a shift overlaps time at which its agent is not available",
        trigger: Trigger::Overlap(applies),
        describe,
    }
}

fn applies(overlap_kind: &OverlapKind) -> bool {
    overlap_kind.between(Kind::Shift, Kind::Unavailable) && overlap_kind.batch_records() > 0
}

fn describe(case: &Case<'_>) -> Words {
    let (shift, unavailable) = shift_and_time_off(case);
    let is = verb(case, "is", "may be");
    let message = format!(
        "{} {is} at work in {}{} but is not available: {}{}",
        agent(case.agent),
        call(case, shift),
        claimed(case),
        with_status(case, unavailable),
        readings(case)
    );
    let shift = call(case, shift);
    words(message, format!("ask the agent, move {shift}, or give it to another agent"))
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{claim, overlap, shift, time_off};
    use crate::model::finding::Record;
    use crate::model::shift::{Kind, Side};
    use crate::model::source::Role;

    #[test]
    fn the_shift_is_to_be_moved() {
        let unavailable = Record {
            role: Role::Unavailable,
            side: Some(Side { batch: false, kind: Kind::Unavailable }),
            ..time_off("u-7", "", "2026-03-02T06:00:00-06:00", "2026-03-02T12:00:00-06:00")
        };
        let work = shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let claim = claim("2026-03-02T08:00:00-06:00", "2026-03-02T12:00:00-06:00");
        let words = describe(&overlap(&[unavailable, work], &claim));
        assert_eq!(
            words.message,
            "agent `7f3c` is at work in `s-12` on Mon 2026-03-02 from 08:00 to 12:00 (4 h) but \
             is not available: `u-7`"
        );
        assert_eq!(words.help, "ask the agent, move `s-12`, or give it to another agent");
    }
}
