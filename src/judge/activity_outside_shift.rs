//! OV302: an activity leaves its shift.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, claimed, first, timed_activity, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// An activity of a shift of the batch begins before the shift or ends after it. Activities are
    /// the elements of a list within a shift in JSON with a name for parts, such as `activities`,
    /// `segments`, `breaks` or `tasks`, or a single object with such a name, each with a start and
    /// an end or a length. A clock time without a date is on the day on which the shift starts, or
    /// after midnight if that is within the shift. If a record is for several days, its activities
    /// are not checked.
    ///
    /// ### Why it matters
    ///
    /// Most often the shift was moved and its activities were not. A product then cuts them off,
    /// lengthens the shift, which may overlap the next one, or refuses both.
    ///
    /// ### Example
    ///
    /// The shift was moved to the morning, and the late break was not.
    ///
    /// ```json batch.json
    /// [{"agent": "anna", "id": "s-1",
    ///   "start": "2026-03-02T08:00:00-06:00", "end": "2026-03-02T16:00:00-06:00",
    ///   "activities": [{"code": "BREAK", "start": "18:00", "end": "18:15"}]}]
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json
    /// ```
    ///
    /// ### What to do
    ///
    /// Move the activity into the shift, or lengthen the shift.
    Rule {
        code: "OV302",
        name: "activity-outside-shift",
        severity: Some(Severity::Warning),
        summary: "an activity leaves its shift",
        trigger: Trigger::Notice(NoticeKind::ActivityOutsideShift),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let beside = case.claim.map(|claim| &claim.start);
    let activity = match case.activities.first() {
        Some(activity) => timed_activity(activity, beside),
        None => "an activity".to_owned(),
    };
    let (shift, agent) = (call(case, first(case)), agent(case.agent));
    words(
        format!("{activity} of {agent} leaves its shift {shift}{}", claimed(case)),
        "move it into the shift, or lengthen the shift",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{activity, case, claim, shift};
    use crate::model::finding::Case;

    #[test]
    fn what_is_outside_is_told() {
        let claim = claim("2026-03-02T16:00:00-06:00", "2026-03-02T16:15:00-06:00");
        let record = shift("s-1", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let activities =
            [activity(2, "BREAK", "2026-03-02T15:45:00-06:00", "2026-03-02T16:15:00-06:00")];
        let case = Case { claim: Some(&claim), activities: &activities, ..case(&[record]) };
        assert_eq!(
            describe(&case).message,
            "activity 2 `BREAK` (15:45 to 16:15) of agent `7f3c` leaves its shift `s-1` on Mon \
             2026-03-02 from 16:00 to 16:15 (15 min)"
        );
    }
}
