//! VR102: a schedule is written without a version.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{second, words};
use crate::judge::writes::{against, records, thing, version};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A file of the batch writes a schedule that is published with a version, and none of its
    /// records names one. This is reported once per file and schedule. If published records have no
    /// versions, none is required.
    ///
    /// ### Why it matters
    ///
    /// Without a version a server cannot know whether the changes were made to the live schedule.
    /// Some refuse the write; others accept it, and changes that were made meanwhile are lost.
    ///
    /// ### Example
    ///
    /// The export has versions, and the batch has lost them.
    ///
    /// ```csv live.csv
    /// agent,id,schedule,version,start,end
    /// anna,s-12,w10,7,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,schedule,start,end
    /// anna,s-12,w10,2026-03-02T09:00:00-06:00,2026-03-02T17:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Send the version that the changes were made from. If it is in a column of another name, say
    /// so with `--map version=COLUMN`. If the product asks for none, turn the rule off with
    /// `--ignore VR102`.
    Rule {
        code: "VR102",
        name: "version-missing",
        severity: Some(Severity::Warning),
        summary: "an existing schedule is written without a version",
        trigger: Trigger::Notice(NoticeKind::VersionMissing),
        describe,
        subject: subject::version,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (thing, live) = (thing(case), version(second(case)));
    words(
        format!(
            "{thing} is live in {live}, and the batch writes it without one: {}{}",
            records(case),
            against(case)
        ),
        format!(
            "send the version that the changes were made from, which is {live} if they were made to \
             what is live; if it is in a column of another name, say so with \
             `--map version=COLUMN`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;
    use crate::model::version::VersionOwner;

    #[test]
    fn the_live_version_is_named_with_both_records() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), live("s-12", start, end)];
        records.iter_mut().for_each(|record| record.schedule = Some("w10".into()));
        records[1].version = Some("7".into());
        assert_eq!(
            describe(&Case {
                detail: Detail::Version(VersionOwner::Schedule, 2),
                ..case(&records)
            })
            .message,
            "schedule `w10` is live in version 7, and the batch writes it without one: `s-12` \
             (batch.csv:2) and 1 more record of its file, against `s-12` (live.csv:2)"
        );
    }
}
