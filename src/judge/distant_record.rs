//! RC110: a record far from all others of its file.

use crate::judge::page::rule;
use crate::judge::wording::{date_of, first, words};
use crate::model::fact::{Detail, NoticeKind};
use crate::model::finding::{Case, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record starts more than 400 days before or after the middle record of its file: the one
    /// with as many starts before it as after it, or the earlier of two. Days are those of UTC.
    ///
    /// ### Why it matters
    ///
    /// A year with a wrong digit, or a date of a template, puts a record where nothing can overlap it.
    /// The day on which it was meant to be looks free.
    ///
    /// ### Example
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-1,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// anna,s-2,2026-03-03T08:00:00-06:00,2026-03-03T16:00:00-06:00
    /// anna,s-3,2062-03-04T08:00:00-06:00,2062-03-04T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Correct the date. If the file really covers years, `--ignore RC110`.
    Rule {
        code: "RC110",
        name: "distant-record",
        severity: Some(Severity::Warning),
        summary: "a record starts more than 400 days from the middle record of its file",
        trigger: Trigger::Notice(NoticeKind::DistantRecord),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let days = match case.detail {
        Detail::DaysAway(days) => days,
        _ => 0,
    };
    let side = if days < 0 { "before" } else { "after" };
    let days = match days.unsigned_abs() {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    let date = date_of(first(case), false);
    let what = match first(case).and_then(|record| record.id.as_deref()) {
        Some(id) if !id.is_empty() => format!("`{}`", brief(id)),
        _ => "the record".to_owned(),
    };
    words(
        format!("{what} starts{date}, {days} {side} the middle record of its file"),
        "correct the date, if the year is wrong",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn the_date_and_the_distance_are_named() {
        let records = [shift("s-3", "2062-03-04T08:00:00-06:00", "2062-03-04T16:00:00-06:00")];
        let told =
            |days| describe(&Case { detail: Detail::DaysAway(days), ..case(&records) }).message;
        let expected = "starts on 2062-03-04, 13150 days after the middle record of its file";
        assert!(told(13150).contains(expected), "{}", told(13150));
        assert!(told(-401).contains("401 days before"), "{}", told(-401));
    }
}
