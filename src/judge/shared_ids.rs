//! ID109: an id column that names slots or types of shifts, and not records.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{agent, first, second, words};
use crate::model::fact::{Detail, NoticeKind};
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// The ids of a file name slots, types of shifts or patterns, not records. They are not compared
    /// (ID101, ID102, ID103), and they replace nothing. An id is shared if records of two agents, or of
    /// two local days of an agent, have it in the batch or among published records, not counting copies
    /// and records that continue where another one ends. The rule applies if at least a third of a file's
    /// records share an id, and ten or more; if the ids of batch and published records number rows, and
    /// most would replace a record of another day; or if three or more would, all whole weeks away.
    ///
    /// ### Why it matters
    ///
    /// If an id names a type of shift, Tuesday's would replace Monday's, and hide what overlaps it.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,shift_id,start,end
    /// anna,early,2026-03-02T06:00:00-06:00,2026-03-02T14:00:00-06:00
    /// anna,early,2026-03-03T06:00:00-06:00,2026-03-03T14:00:00-06:00
    /// anna,early,2026-03-04T06:00:00-06:00,2026-03-04T14:00:00-06:00
    /// anna,early,2026-03-05T06:00:00-06:00,2026-03-05T14:00:00-06:00
    /// anna,early,2026-03-06T06:00:00-06:00,2026-03-06T14:00:00-06:00
    /// ben,early,2026-03-02T06:00:00-06:00,2026-03-02T14:00:00-06:00
    /// ben,early,2026-03-03T06:00:00-06:00,2026-03-03T14:00:00-06:00
    /// ben,early,2026-03-04T06:00:00-06:00,2026-03-04T14:00:00-06:00
    /// ben,early,2026-03-05T06:00:00-06:00,2026-03-05T14:00:00-06:00
    /// ben,early,2026-03-06T06:00:00-06:00,2026-03-06T14:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Name the column that has the ids of records with `--map id=COLUMN`. A column that `--map`
    /// names always has ids of records, as Genesys and Graph do: name this one if they were copied.
    Rule {
        code: "ID109",
        name: "shared-ids",
        severity: Some(Severity::Warning),
        summary: "the ids of a file name slots or types of shifts, not records: they are not \
                  compared",
        trigger: Trigger::Notice(NoticeKind::SharedIds),
        describe,
        subject: subject::id,
    }
}

fn describe(case: &Case<'_>) -> Words {
    if let Detail::RowNumbers { replacing, apart } = case.detail {
        return of_row_numbers(case, replacing, apart);
    }
    if let Detail::WeeklySlots(replacing) = case.detail {
        return of_weekly_slots(case, replacing);
    }
    let path = first(case).map(|record| &*record.path).filter(|path| !path.is_empty());
    let path = path.map(|path| format!(" in {}", brief(path))).unwrap_or_default();
    let what = match case.column {
        Some(column) => format!("`{}`{path} names a slot and not a record", brief(column)),
        None => format!("the ids{path} name slots and not records"),
    };
    let counts = match case.detail {
        Detail::SharedIds { sharing, with_id } => {
            format!("{sharing} of {with_id} records with an id share it")
        }
        _ => "many records share their id".to_owned(),
    };
    let help = match case.column {
        Some(column) => format!(
            "if the ids of records are in another column, name it with `--map id=COLUMN`; if these \
             are ids of records and were copied, say so with `--map id='{}'`",
            brief(column)
        ),
        None => "if the ids of records are under another key, name it with `--map id=KEY`; name \
                 this one if these are ids of records and were copied"
            .to_owned(),
    };
    let such = such(first(case), second(case));
    words(
        format!(
            "{what}: {counts} with another agent or day{such}; these ids are not compared, and \
             nothing is replaced by them"
        ),
        help,
    )
}

/// Ids that only number rows, in the batch and in what is published.
fn of_row_numbers(case: &Case<'_>, replacing: u64, apart: u64) -> Words {
    let records = if replacing == 1 { "record" } else { "records" };
    let why = format!(
        "numbers the rows, and so do the ids of what is published: {apart} of {replacing} {records} with \
         the id of a published one are on another day than that"
    );
    replacing_nothing(case, &why)
}

fn of_weekly_slots(case: &Case<'_>, replacing: u64) -> Words {
    let why = format!(
        "names slots of a week: all {replacing} records with the id of a published one are whole weeks \
         away from that"
    );
    replacing_nothing(case, &why)
}

/// Ids of a file that are not compared, and why.
fn replacing_nothing(case: &Case<'_>, why: &str) -> Words {
    let path = first(case).map(|record| &*record.path).filter(|path| !path.is_empty());
    let path = path.map(|path| format!(" in {}", brief(path))).unwrap_or_default();
    let column =
        case.column.map_or_else(|| "the id".to_owned(), |name| format!("`{}`", brief(name)));
    words(
        format!(
            "{column}{path} {why}; these ids are not compared, and nothing is replaced by them"
        ),
        "if the ids of records are in another column, name it with `--map id=COLUMN`; name this one \
         if its words are ids of records",
    )
}

/// An example: `` , such as `early` of agent `anna` (batch.csv:2) and agent `ben`
/// (batch.csv:7)``.
fn such(first: Option<&Record>, second: Option<&Record>) -> String {
    let Some(first) = first else { return String::new() };
    let Some(id) = first.id.as_deref().filter(|id| !id.is_empty()) else { return String::new() };
    let of = |record: &Record| format!("{} ({})", agent(&record.agent), record.place());
    let others = second.map(|second| format!(" and {}", of(second))).unwrap_or_default();
    format!(", such as `{}` of {}{others}", brief(id), of(first))
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn the_column_the_counts_and_an_example_are_named() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("early", start, end), shift("early", start, end)];
        records[1].agent = "9a41".into();
        records[1].line = 7;
        let case = Case {
            detail: Detail::SharedIds { sharing: 120, with_id: 150 },
            column: Some("shift_id"),
            ..case(&records)
        };
        let words = describe(&case);
        assert_eq!(
            words.message,
            "`shift_id` in batch.csv names a slot and not a record: 120 of 150 records with an id \
             share it with another agent or day, such as `early` of agent `7f3c` (batch.csv:2) and \
             agent `9a41` (batch.csv:7); these ids are not compared, and nothing is replaced by them"
        );
        assert!(words.help.ends_with("say so with `--map id='shift_id'`"), "{}", words.help);
        let without = describe(&Case { column: None, ..case });
        assert!(
            without.message.starts_with("the ids in batch.csv name slots and not records: 120")
        );
    }
}
