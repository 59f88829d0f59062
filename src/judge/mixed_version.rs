//! VR104: one file writes a schedule from two versions.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{calls, first, second, words};
use crate::judge::writes::{thing, version};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// The records of one file name two versions of one schedule. This is not a mistake where agents
    /// or records have versions of their own, which the published records show: then one agent's
    /// may not differ, or nothing is asked for.
    ///
    /// ### Why it matters
    ///
    /// A schedule has one live version, so that at least one part of the file was made from
    /// another. If all is sent as one write, it is not clear which version counts.
    ///
    /// ### Example
    ///
    /// Two exports of different days were joined.
    ///
    /// ```csv batch.csv
    /// agent,id,schedule,version,start,end
    /// anna,s-12,w10,6,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ben,s-13,w10,7,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch the schedule again, and make all changes to its live version. If each agent or record
    /// has a version of its own, give what is published with `--published`.
    Rule {
        code: "VR104",
        name: "mixed-version",
        severity: Some(Severity::Error),
        summary: "one file writes a schedule with two different versions",
        trigger: Trigger::Notice(NoticeKind::MixedVersion),
        describe,
        subject: subject::version,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let thing = thing(case);
    let (one, other) = calls(case);
    let several = match case.detail.records() {
        ..=2 => String::new(),
        count => format!(" ({count} versions in all)"),
    };
    words(
        format!(
            "one file writes {thing} from two versions: {one} has {}, {other} has {}{several}",
            version(first(case)),
            version(second(case))
        ),
        format!(
            "fetch {thing} again and make all changes to the live version; if agents or records \
             have versions of their own, give what is published with `--published`"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::Case;

    #[test]
    fn both_versions_are_named_with_their_records() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), shift("s-13", start, end)];
        for (record, version) in records.iter_mut().zip(["6", "7"]) {
            record.schedule = Some("w10".into());
            record.version = Some(version.into());
        }
        let told =
            |count| describe(&Case { detail: Detail::Records(count), ..case(&records) }).message;
        let two = "one file writes schedule `w10` from two versions: `s-12` has version 6, `s-13` \
                   has version 7";
        assert_eq!(told(2), two);
        assert_eq!(told(3), format!("{two} (3 versions in all)"));
    }
}
