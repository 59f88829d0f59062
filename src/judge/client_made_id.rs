//! ID103: a new record with an id that is not a UUID.

use crate::judge::page::rule;
use crate::judge::wording::{agent, first, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::row::Field;
use crate::model::rule::Trigger;

rule! {
    /// A record of the batch brings an id that nothing published has, and that is not a UUID such as
    /// `0d5a1c2e-8b1f-4e7a-9c3d-000000000017`. In a file without ids the id of its schedule is
    /// meant, once a schedule. The rule is off, for most products take any id; `--select ID103`
    /// or `--severity ID103=error` turns it on.
    ///
    /// ### Why it matters
    ///
    /// Some servers give ids themselves, and refuse a new record that brings one it has made up.
    ///
    /// ### Example
    ///
    /// A new shift was numbered by the planning sheet.
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T09:00:00-06:00,2026-03-02T17:00:00-06:00
    /// anna,row-2,2026-03-03T09:00:00-06:00,2026-03-03T17:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv --select ID103
    /// ```
    ///
    /// ### What to do
    ///
    /// Leave the id out of new records, or make a UUID. If the record is not new, give what is
    /// published with `--published`.
    Rule {
        code: "ID103",
        name: "client-made-id",
        severity: None,
        summary: "a new record brings an id (in files without ids: a schedule id) that is not a UUID",
        trigger: Trigger::Notice(NoticeKind::ClientMadeId),
        describe,
        subject,
    }
}

/// Its id, or that of its schedule where it has none.
fn subject(record: &Record, _agent: Option<&str>) -> &'static [Field] {
    if record.id.is_some() { &[Field::Id] } else { &[Field::Schedule] }
}

fn describe(case: &Case<'_>) -> Words {
    let record = first(case);
    let id = record.and_then(|record| record.id.as_deref());
    let schedule = record.and_then(|record| record.schedule.as_deref());
    let what = match (id, schedule) {
        (Some(id), _) => format!("the id `{}` of a new record of {}", brief(id), agent(case.agent)),
        (None, Some(schedule)) => format!("the id `{}` of a new schedule", brief(schedule)),
        (None, None) => "the id of a new record".to_owned(),
    };
    let place = record.map_or_else(String::new, |record| format!(": {}", record.place()));
    let more = match case.detail.records() {
        ..=1 => String::new(),
        count => format!(", the first of {count} records"),
    };
    words(
        format!("{what} is not a UUID{place}{more}"),
        "leave it out, so that the server gives one, or make a UUID; if it is not new, give what is \
         published with `--published`",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn a_schedule_is_named_where_there_is_no_id() {
        let mut record = shift("row-2", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        record.schedule = Some("w10".into());
        let told = |record: &_, count| {
            describe(&Case { detail: Detail::Records(count), ..case(std::slice::from_ref(record)) })
                .message
        };
        assert_eq!(
            told(&record, 1),
            "the id `row-2` of a new record of agent `7f3c` is not a UUID: batch.csv:2"
        );
        record.id = None;
        assert_eq!(told(&record, 1), "the id `w10` of a new schedule is not a UUID: batch.csv:2");
        assert_eq!(
            told(&record, 3),
            "the id `w10` of a new schedule is not a UUID: batch.csv:2, the first of 3 records"
        );
    }
}
