//! ID110: a change of a record that is not published.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{agent, call, first, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// An upload of changes names a shift by its id, to change or to delete it, and this agent has no
    /// published shift with that id.
    ///
    /// ### Why it matters
    ///
    /// The change was made from another state of the schedule than the one in `--published`. What it
    /// was to replace may have another id by now, and stays beside it.
    ///
    /// ### Example
    ///
    /// The id of the shift that is to be deleted is not published.
    ///
    /// ```json live.json
    /// {"businessUnitTimeZone": "UTC", "agentSchedules": [{"user": {"id": "anna"}, "shifts": [
    ///   {"id": "s-12", "startDate": "2026-03-02T08:00:00Z", "lengthMinutes": 480}]}]}
    /// ```
    ///
    /// ```json batch.json
    /// {"metadata": {"version": 7}, "agentSchedules": [{"userId": "anna", "shifts": [
    ///   {"id": "s-11", "delete": true},
    ///   {"startDate": "2026-03-02T16:00:00Z", "lengthMinutes": 120}]}]}
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.json --published live.json
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch the schedule again and make the changes from it, or give all of its weeks as `--published`.
    Rule {
        code: "ID110",
        name: "unknown-record",
        severity: Some(Severity::Warning),
        summary: "a change names a shift that is not published",
        trigger: Trigger::Notice(NoticeKind::UnknownRecord),
        describe,
        subject: subject::id,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let does = match first(case) {
        Some(record) if record.side.is_none() => "deletes",
        _ => "changes",
    };
    words(
        format!(
            "the batch {does} {} of {}, who has no published shift with that id",
            call(case, first(case)),
            agent(case.agent)
        ),
        "fetch the schedule again and make the changes from it, or give all of its weeks as \
         --published"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};

    #[test]
    fn a_deletion_is_no_change() {
        let mut record = shift("s-1", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        let told = |record| describe(&case(&[record])).message;
        assert_eq!(
            told(record.clone()),
            "the batch changes `s-1` of agent `7f3c`, who has no published shift with that id"
        );
        record.side = None;
        assert!(told(record).starts_with("the batch deletes `s-1`"));
    }
}
