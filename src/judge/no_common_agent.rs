//! ID107: a side file that has no agent, or no time, in common with the batch.

use crate::judge::page::rule;
use crate::judge::wording::{date_of, first, second, words};
use crate::model::fact::{Detail, NoticeKind};
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A file of published records or time off has at least 10 agents whose names look like those of the
    /// batch, which has as many, and none of them is in the batch. Or all files of `--published`, or of
    /// `--time-off`, end more than 35 days before the batch begins, or begin after it ends. With fewer
    /// agents only the summary says how many are in common; names that look different are doubt RD113.
    ///
    /// ### Why it matters
    ///
    /// Nothing of the file was compared with anything. It is likely to be the file of another site or
    /// another year, and the check says nothing about the right one.
    ///
    /// ### Example
    ///
    /// The time off is that of last year.
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv off.csv
    /// agent,id,start,end
    /// anna,r-3,2025-03-02T00:00:00-06:00,2025-03-03T00:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Export the file again, for the agents and days of the batch. If it names agents by another column,
    /// name that one: `--map published:agent=COLUMN`.
    Rule {
        code: "ID107",
        name: "no-common-agent",
        severity: Some(Severity::Warning),
        summary: "a side file that has no agent, or no time, in common with the batch",
        trigger: Trigger::Notice(NoticeKind::NoCommonAgent),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let path = first(case).map(|record| brief(&record.path)).filter(|path| !path.is_empty());
    let file = path.map_or("a side file".to_owned(), |path| format!("`{path}`"));
    let help = "export this file again for the agents and days of the batch";
    let apart = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    let (one, other) = (first(case), second(case));
    let message = match case.detail {
        Detail::EndsBefore(days) => {
            let (end, batch, days) = (date_of(one, true), date_of(other, false), apart(days));
            format!("{file} ends{end}, {days} before the batch begins{batch}")
        }
        Detail::BeginsAfter(days) => {
            let (begin, batch, days) = (date_of(one, false), date_of(other, true), apart(days));
            format!("{file} begins{begin}, {days} after the batch ends{batch}")
        }
        Detail::OtherAgents { side_file, batch } => format!(
            "none of the {side_file} agents of {file}{} is among the {batch} agents of the batch{}",
            such_as(one),
            such_as(other)
        ),
        _ => format!("{file} has nothing in common with the batch"),
    };
    words(format!("{message}: nothing of it was compared"), help)
}

/// `` (such as `7f3c`)``.
fn such_as(record: Option<&Record>) -> String {
    let name = record.map(|record| brief(&record.agent)).filter(|name| !name.is_empty());
    name.map(|name| format!(" (such as `{name}`)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn numbers_and_dates_are_named() {
        let records = [
            live("p-1", "2025-03-02T08:00:00-06:00", "2025-03-02T16:00:00-06:00"),
            shift("s-1", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00"),
        ];
        let told = |detail| describe(&Case { detail, ..case(&records) }).message;
        assert_eq!(
            told(Detail::OtherAgents { side_file: 12, batch: 14 }),
            "none of the 12 agents of `live.csv` (such as `7f3c`) is among the 14 agents of the batch \
             (such as `7f3c`): nothing of it was compared"
        );
        assert_eq!(
            told(Detail::EndsBefore(365)),
            "`live.csv` ends on 2025-03-02, 365 days before the batch begins on 2026-03-02: nothing of \
             it was compared"
        );
        assert!(
            told(Detail::BeginsAfter(1))
                .starts_with("`live.csv` begins on 2025-03-02, 1 day after the batch")
        );
    }
}
