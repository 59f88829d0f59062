//! RC109: actual times are read as if they were the plan.

use crate::judge::page::rule;
use crate::judge::wording::{first, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A file has no column for a planned start, and its attendance is read instead: when somebody
    /// clocked in and out. Reported once for the file. Beside a planned start such columns are not read.
    ///
    /// ### Why it matters
    ///
    /// Who was there is another question than who is to come. A punch that is a few minutes early
    /// overlaps the shift before, and a shift that nobody came to is not there at all.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,clock in,clock out
    /// anna,2026-03-02T07:58:00-06:00,2026-03-02T16:03:00-06:00
    /// ben,2026-03-02T08:01:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Export the schedule. If the plan is in other columns, name them: `--map start=COLUMN --map
    /// end=COLUMN`. If these columns are the plan, name them in the same way.
    Rule {
        code: "RC109",
        name: "attendance-as-plan",
        severity: Some(Severity::Warning),
        summary: "a file has no planned start, and its attendance is read instead",
        trigger: Trigger::Notice(NoticeKind::AttendanceAsPlan),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let path = first(case).map(|record| &*record.path).filter(|path| !path.is_empty());
    let path = path.map_or_else(|| "the file".to_owned(), |path| brief(path).to_string());
    let (column, option) = match case.column {
        Some(column) => {
            (format!("`{}`", brief(column)), format!("--map start='{}'", brief(column)))
        }
        None => ("what was clocked".to_owned(), "--map start=COLUMN".to_owned()),
    };
    words(
        format!(
            "{path} has no column for a planned start: {column}, which records attendance, is read as the plan"
        ),
        format!(
            "export the schedule, or name the columns of the plan; if this one is the plan, say so with `{option}`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};
    use crate::model::finding::Case;

    #[test]
    fn the_file_and_its_column_are_named() {
        let records = [shift("", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00")];
        let words = describe(&Case { column: Some("Clock In"), ..case(&records) });
        assert_eq!(
            words.message,
            "batch.csv has no column for a planned start: `Clock In`, which records attendance, is \
             read as the plan"
        );
        assert!(words.help.ends_with("say so with `--map start='Clock In'`"), "{}", words.help);
    }
}
