//! ID108: one batch id would replace several published records that differ.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{agent, first, words};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words, brief};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record of the batch has the id and agent of several published records whose times differ.
    /// None of them is replaced: all of them stay, and the batch record is compared with each. Copies
    /// of one published record count as one.
    ///
    /// ### Why it matters
    ///
    /// A batch record takes the place of the published record with its id and agent. If there are
    /// several, nobody can say which one is meant, and to leave all of them out would hide what
    /// they overlap with.
    ///
    /// ### Example
    ///
    /// The id `early` names a type of shift, and Anna has published two of them.
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// anna,early,2026-03-02T06:00:00-06:00,2026-03-02T14:00:00-06:00
    /// anna,early,2026-03-05T06:00:00-06:00,2026-03-05T14:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,early,2026-03-04T06:00:00-06:00,2026-03-04T14:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// If the ids name something other than records, name the right column with
    /// `--map id=COLUMN`, or check with `--replace none` or `--replace schedule`. If the published
    /// export holds several versions of one record, export only the live one.
    Rule {
        code: "ID108",
        name: "replaces-several",
        severity: Some(Severity::Warning),
        summary: "one batch id would replace several published records that differ: none is \
                  replaced",
        trigger: Trigger::Notice(NoticeKind::ReplacesSeveral),
        describe,
        subject: subject::id,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let own = agent(first(case).map_or(case.agent, |record| &record.agent));
    let id = first(case).and_then(|record| record.id.as_deref()).unwrap_or_default();
    let what = if id.is_empty() { "an id".to_owned() } else { format!("the id `{}`", brief(id)) };
    let several = match case.detail.records() {
        count @ 2.. => count.to_string(),
        _ => "several".to_owned(),
    };
    let places: Vec<String> = case.records.iter().skip(1).map(|record| record.place()).collect();
    let such = match places.is_empty() {
        true => String::new(),
        false => format!(
            " ({}{})",
            if case.detail.records() > 2 { "such as " } else { "" },
            places.join(" and ")
        ),
    };
    words(
        format!(
            "{what} of {own} would replace {several} published records that differ{such}; none of \
             them is replaced"
        ),
        "if the ids are in another column, name it with `--map id=COLUMN`; if the published export \
         has several versions of one record, export the live one only",
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn the_number_and_two_of_the_published_records_are_named() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records =
            [shift("s-12", start, end), live("s-12", start, end), live("s-12", start, end)];
        records[2].line = 7;
        let told =
            |count| describe(&Case { detail: Detail::Records(count), ..case(&records) }).message;
        assert_eq!(
            told(2),
            "the id `s-12` of agent `7f3c` would replace 2 published records that differ \
             (live.csv:2 and live.csv:7); none of them is replaced"
        );
        assert!(told(5).contains("5 published records that differ (such as live.csv:2 and"));
    }
}
