//! RC108: published records or time off end before the batch does.

use crate::judge::page::rule;
use crate::judge::wording::{call, date_of, first, second, words};
use crate::model::fact::{Detail, NoticeKind};
use crate::model::finding::{Case, Words, brief};
use crate::model::rule::{Severity, Trigger};
use crate::model::source::Role;

rule! {
    /// The last record of all files of `--published`, or of `--time-off`, ends on a local day before the
    /// one on which the last record of the batch starts. Time off comes in irregular intervals: it counts
    /// only if more days are left at the end than lie between any two absences. Files that have no time
    /// in common with the batch are ID107. With `--base`, records that the batch writes are reported
    /// where only one of both files has records on their days: they are not compared (VR106).
    ///
    /// ### Why it matters
    ///
    /// An export often ends on the day on which it was made, or at the end of a page. Nothing was
    /// compared with the days after that, and only for that reason they look free of conflicts.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// anna,s-13,2026-03-04T08:00:00-06:00,2026-03-04T16:00:00-06:00
    /// ```
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// anna,p-3,2026-03-02T18:00:00-06:00,2026-03-02T20:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Export the file again for all days of the batch. If there really is nothing later, there is
    /// nothing to do: `--ignore RC108`.
    Rule {
        code: "RC108",
        name: "side-file-coverage",
        severity: Some(Severity::Warning),
        summary: "published records or time off end before the batch does",
        trigger: Trigger::Notice(NoticeKind::SideFileCoverage),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    if let Detail::Uncompared(count) = case.detail {
        return uncompared(case, count);
    }
    let what = match first(case).map(|record| record.role) {
        Some(Role::TimeOff) => "the time off ends",
        Some(_) => "what is published ends",
        None => "a side file ends",
    };
    let path = first(case).map(|record| brief(&record.path)).filter(|path| !path.is_empty());
    let path = path.map(|path| format!(" (`{path}`)")).unwrap_or_default();
    let (end, batch) = (date_of(first(case), true), date_of(second(case), false));
    let days = match case.detail {
        Detail::CoveredDays { covered, all: 1 } => format!(": {covered} of 1 day of the batch"),
        Detail::CoveredDays { covered, all } => format!(": {covered} of {all} days of the batch"),
        _ => ": not all days of the batch".to_owned(),
    };
    words(
        format!(
            "{what}{end}{path}, and the last record of the batch starts{batch}{days} are covered"
        ),
        "export it again for all days of the batch; if there is nothing later, nothing is wrong",
    )
}

/// That records were not compared with the base, since one of both files does not cover them.
fn uncompared(case: &Case<'_>, count: u64) -> Words {
    let (short, other) = match first(case).map(|record| record.role) {
        Some(Role::Base) => ("the base", "published record"),
        _ => ("what is published", "record of the base"),
    };
    let which = match count {
        1 => format!("a {other}"),
        count => format!("{count} {other}s"),
    };
    let one = case.records.get(2).map(|of| format!(", such as {}", call(case, Some(of))));
    let sent = call(case, second(case));
    words(
        format!(
            "{short} has no records on the days of {which}{} that the batch writes, as with \
             {sent}: they were not compared with the base",
            one.map_or_else(String::new, |one| one + ",")
        ),
        "export both for all days of the batch; if there is nothing more, compare these by hand",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn the_last_days_of_both_are_named() {
        let records = [
            live("p-1", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00"),
            shift("s-1", "2026-03-08T08:00:00-06:00", "2026-03-08T16:00:00-06:00"),
        ];
        assert_eq!(
            describe(&Case {
                detail: Detail::CoveredDays { covered: 1, all: 7 },
                ..case(&records)
            })
            .message,
            "what is published ends on 2026-03-02 (`live.csv`), and the last record of the batch \
             starts on 2026-03-08: 1 of 7 days of the batch are covered"
        );
    }
}
