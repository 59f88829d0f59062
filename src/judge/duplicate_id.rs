//! ID101: one id on two records of the batch.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{agent, first, second, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// Two records of the batch have the same id, whether they belong to one agent or to two. Ids
    /// are compared as they are written. In a table with a row for each activity the ids may be those
    /// of shifts: if a third of the records, and ten or more, share an id with two others of their agent
    /// or more that adjoin each other on one day, and few other ids are repeated, those are not reported.
    ///
    /// ### Why it matters
    ///
    /// An id says which record is meant. With two of them the second one may overwrite the first,
    /// or come back as a conflict with it, and an answer that names the id cannot be traced to
    /// either.
    ///
    /// ### Example
    ///
    /// A row was copied to another agent, and its id with it.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ben,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Give one of the two an id of its own, or drop it if it is a copy. If the column holds
    /// something else, such as the id of a shift pattern, name the right one with
    /// `--map id=COLUMN`.
    Rule {
        code: "ID101",
        name: "duplicate-id",
        severity: Some(Severity::Error),
        summary: "two batch records share an id",
        trigger: Trigger::Notice(NoticeKind::DuplicateId),
        describe,
        subject: subject::id,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (one, other) = (spot(first(case)), spot(second(case)));
    let id = first(case).and_then(|record| record.id.as_deref()).unwrap_or_default();
    let what = if id.is_empty() { "one id".to_owned() } else { format!("the id `{}`", brief(id)) };
    words(
        format!("two batch records share {what}: {one} and {other}"),
        "give one of them an id of its own, or drop it if it is a copy; if the ids are in another \
         column, name it with `--map id=COLUMN`",
    )
}

fn spot(record: Option<&Record>) -> String {
    match record {
        Some(record) => format!("{} of {}", record.place(), agent(&record.agent)),
        None => "a record".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};

    #[test]
    fn both_places_and_agents_are_named() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), shift("s-12", start, end)];
        records[1].agent = "9a41".into();
        records[1].line = 7;
        assert_eq!(
            describe(&case(&records)).message,
            "two batch records share the id `s-12`: batch.csv:2 of agent `7f3c` and \
             batch.csv:7 of agent `9a41`"
        );
    }
}
