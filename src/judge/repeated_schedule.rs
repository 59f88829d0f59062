//! ID105: one schedule on two records, where ids are those of schedules.

use crate::judge::page::rule;
use crate::judge::wording::{agent, first, second, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::row::Field;
use crate::model::rule::Trigger;

rule! {
    /// In files of the batch without ids, two records of one agent have the same schedule. The rule
    /// is off, for in most products a schedule holds many shifts; `--select ID105` or
    /// `--severity ID105=error` turns it on.
    ///
    /// ### Why it matters
    ///
    /// If a schedule is one shift, its id is the id of the record. Two records with it are two
    /// versions of one shift: the second overwrites the first, or comes back as a conflict.
    ///
    /// ### Example
    ///
    /// A row was copied to the next day, and its schedule with it.
    ///
    /// ```csv batch.csv
    /// agent,schedule,start,end
    /// anna,sch-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// anna,sch-12,2026-03-03T08:00:00-06:00,2026-03-03T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --select ID105
    /// ```
    ///
    /// ### What to do
    ///
    /// Give each record a schedule of its own, or leave it out of the one that is new.
    Rule {
        code: "ID105",
        name: "repeated-schedule",
        severity: None,
        summary: "in files without record ids, one schedule id on two records of an agent",
        trigger: Trigger::Notice(NoticeKind::RepeatedSchedule),
        describe,
        subject: |_, _| &[Field::Schedule],
    }
}

fn describe(case: &Case<'_>) -> Words {
    let place = |record: Option<&Record>| {
        record.map_or_else(|| "a record".to_owned(), |record| record.place())
    };
    let schedule = first(case).and_then(|record| record.schedule.as_deref());
    let what = match schedule {
        Some(schedule) => format!("schedule `{}`", brief(schedule)),
        None => "one schedule".to_owned(),
    };
    words(
        format!(
            "two records of {} without an id share {what}: {} and {}",
            agent(case.agent),
            place(second(case)),
            place(first(case))
        ),
        "give each record a schedule of its own, or leave it out of the one that is new; if a \
         schedule may hold several shifts, leave this rule off",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};

    #[test]
    fn both_places_are_named_the_earlier_first() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("", start, end), shift("", start, end)];
        for (record, line) in records.iter_mut().zip([9, 2]) {
            (record.id, record.schedule) = (None, Some("sch-12".into()));
            record.line = line;
        }
        assert_eq!(
            describe(&case(&records)).message,
            "two records of agent `7f3c` without an id share schedule `sch-12`: batch.csv:2 and \
             batch.csv:9"
        );
    }
}
