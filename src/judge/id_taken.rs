//! ID102: an id that is published for another agent.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{agent, first, second, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record of the batch has an id that is published already, for another agent. It replaces
    /// nothing, because a record replaces the published one with its id *and* its agent. So does one
    /// that cancels the id: ids of shifts and of time off are counted separately.
    ///
    /// ### Why it matters
    ///
    /// Sent like this it may take the shift away from the other agent, come back as a conflict, or
    /// fail because the id may not change hands. None of these is a new shift.
    ///
    /// ### Example
    ///
    /// The shift `s-12` is Ben's, and the batch gives it to Anna.
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// ben,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// For a new shift, use a new id or none. To move the shift to another agent, take it from the
    /// first agent and send it as a new one, or trade it if the product supports trades.
    Rule {
        code: "ID102",
        name: "id-taken",
        severity: Some(Severity::Error),
        summary: "an id is published for another agent",
        trigger: Trigger::Notice(NoticeKind::IdTaken),
        describe,
        subject: subject::id,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let own = agent(first(case).map_or(case.agent, |record| &record.agent));
    let other = match second(case) {
        Some(record) if !record.agent.is_empty() => agent(&record.agent),
        _ => "another agent".to_owned(),
    };
    let id = first(case).and_then(|record| record.id.as_deref()).unwrap_or_default();
    let what = if id.is_empty() { "an id".to_owned() } else { format!("the id `{}`", brief(id)) };
    let there = second(case).map(|record| format!(" ({})", record.place())).unwrap_or_default();
    words(
        format!("{what} of {own} is published for {other}{there}"),
        format!(
            "send it under a new id or none if it is a new shift; if it is to change hands, take \
             it from {other} first"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};

    #[test]
    fn the_agent_who_has_it_is_named_with_the_place() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), live("s-12", start, end)];
        records[1].agent = "9a41".into();
        let words = describe(&case(&records));
        assert_eq!(
            words.message,
            "the id `s-12` of agent `7f3c` is published for agent `9a41` (live.csv:2)"
        );
        assert_eq!(
            words.help,
            "send it under a new id or none if it is a new shift; if it is to change hands, take it \
             from agent `9a41` first"
        );
    }
}
