//! OV301: two activities within one shift overlap.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, claimed, first, timed_activity, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// Two activities within one shift of the batch claim the same time. Activities are the
    /// elements of a list within a shift in JSON with a name for parts, such as `activities`,
    /// `segments`, `breaks` or `tasks`, each with a start and an end or a length; their local times
    /// are read on the clock of the shift. An element without these claims no time. Every pair of
    /// one list is counted; those of two lists, such as `activities` and `breaks`, do not exclude
    /// each other. If a record is for several days, its activities are not checked.
    ///
    /// ### Why it matters
    ///
    /// Nobody can be at lunch and on calls at once. Products differ in which of the two they keep.
    ///
    /// ### Example
    ///
    /// Lunch is an hour long, and the training begins after half of it.
    ///
    /// ```json batch.json
    /// [{"agent": "anna", "id": "s-1",
    ///   "start": "2026-03-02T08:00:00-06:00", "end": "2026-03-02T16:00:00-06:00",
    ///   "activities": [{"code": "LUNCH", "start": "12:00", "end": "13:00"},
    ///                  {"code": "TRAINING", "start": "12:30", "length": 60}]}]
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json
    /// ```
    ///
    /// ### What to do
    ///
    /// Move or shorten one of the two. If activities overlap by intention, such
    /// as breaks within a stretch of work, `--ignore OV301`.
    Rule {
        code: "OV301",
        name: "activity-overlap",
        severity: Some(Severity::Warning),
        summary: "two activities within one shift overlap",
        trigger: Trigger::Notice(NoticeKind::ActivityOverlap),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let beside = case.claim.map(|claim| &claim.start);
    let mut names = case.activities.iter().map(|activity| timed_activity(activity, beside));
    let both = match (names.next(), names.next()) {
        (Some(one), Some(other)) => format!(": {one} and {other}"),
        _ => String::new(),
    };
    let (shift, agent) = (call(case, first(case)), agent(case.agent));
    words(
        format!("two activities of the shift {shift} of {agent} overlap{}{both}", claimed(case)),
        "move or shorten one of the two",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{activity, case, claim, shift};
    use crate::model::finding::Case;

    #[test]
    fn both_activities_are_told_with_their_times() {
        let claim = claim("2026-03-02T12:30:00-06:00", "2026-03-02T13:00:00-06:00");
        let record = shift("s-1", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut activities = [
            activity(1, "LUNCH", "2026-03-02T12:00:00-06:00", "2026-03-02T13:00:00-06:00"),
            activity(4, "TRAINING", "2026-03-02T12:30:00-06:00", "2026-03-03T01:00:00-06:00"),
        ];
        let told = |activities: &[_]| {
            let case = case(std::slice::from_ref(&record));
            describe(&Case { claim: Some(&claim), activities, ..case }).message
        };
        assert_eq!(
            told(&activities),
            "two activities of the shift `s-1` of agent `7f3c` overlap on Mon 2026-03-02 from \
             12:30 to 13:00 (30 min): activity 1 `LUNCH` (12:00 to 13:00) and activity 4 \
             `TRAINING` (12:30 to Tue 2026-03-03 01:00)"
        );
        activities[0].name = None;
        assert!(told(&activities).contains(": activity 1 (12:00 to 13:00) and"));
    }
}
