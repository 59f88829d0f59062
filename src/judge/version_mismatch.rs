//! VR101: a schedule is not written from its published version.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{call, first, second, words};
use crate::judge::writes::{against, records, thing, version};
use crate::model::fact::{Detail, NoticeKind};
use crate::model::finding::{Case, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::version::{VersionOwner, order};
use std::cmp::Ordering;

rule! {
    /// The batch names a version of a schedule that is not the published one. If the published
    /// records of a schedule differ in their version by agent, each agent's is compared, and if
    /// they differ by record, it must be one of them. Records without a schedule are compared with
    /// the published one of their id and agent. `7`, `007`, `"7"` and `W/"7"` are one version.
    ///
    /// ### Why it matters
    ///
    /// A version says what the changes were made to. If it is not the live one, somebody has
    /// changed the schedule since: the server answers with a conflict, or their work is undone.
    ///
    /// ### Example
    ///
    /// The batch was made on Monday, and on Tuesday the schedule was published again.
    ///
    /// ```csv live.csv
    /// agent,id,schedule,version,start,end
    /// anna,s-12,w10,7,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,schedule,version,start,end
    /// anna,s-12,w10,6,2026-03-02T09:00:00-06:00,2026-03-02T17:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch the schedule again and make the changes to what it is now. If the batch has the newer
    /// version, what was given as published is old: export that again.
    Rule {
        code: "VR101",
        name: "version-mismatch",
        severity: Some(Severity::Error),
        summary: "the batch's version of a schedule or agent is not the published one",
        trigger: Trigger::Notice(NoticeKind::VersionMismatch),
        describe,
        subject: subject::version,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (thing, sent, live) = (thing(case), version(first(case)), version(second(case)));
    let age = age(case);
    let made = if age == Some(Ordering::Less) { "was made from" } else { "names" };
    let instead = match is_one_of_many(case) {
        true => "no live one has it".to_owned(),
        false => format!("{live} is live"),
    };
    let (records, against) = (records(case), against(case));
    let help = match age {
        Some(Ordering::Greater) => format!(
            "what is published seems older than the batch: export it again; if {} is fresh, fetch \
             {thing} again and make the changes to {live}",
            call(case, second(case))
        ),
        _ => format!(
            "fetch {thing} again and make the changes to what is live; sent like this they come \
             back as a conflict, or undo what others have changed since"
        ),
    };
    words(format!("the batch {made} {sent} of {thing}, and {instead}: {records}{against}"), help)
}

/// Whether records of a schedule have versions of their own, so that the live
/// one at hand need not be the one that was meant.
fn is_one_of_many(case: &Case<'_>) -> bool {
    matches!(case.detail, Detail::Version(VersionOwner::Record, _))
        && first(case).is_some_and(|record| record.schedule.is_some())
}

/// How old the batch's version is beside the live one, if that shows.
fn age(case: &Case<'_>) -> Option<Ordering> {
    let sent = first(case)?.version.as_deref()?;
    let live = second(case)?.version.as_deref()?;
    order(sent, live).filter(|_| !is_one_of_many(case))
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::{Case, Words};
    use crate::model::version::VersionOwner;

    fn told(sent: &str, published: &str, count: u64) -> Words {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), live("s-3", start, end)];
        for (record, version) in records.iter_mut().zip([sent, published]) {
            record.schedule = Some("w10".into());
            record.version = Some(version.into());
        }
        describe(&Case { detail: Detail::Version(VersionOwner::Schedule, count), ..case(&records) })
    }

    #[test]
    fn which_version_is_older_is_told_where_it_shows() {
        assert_eq!(
            told("6", "W/\"7\"", 3).message,
            "the batch was made from version 6 of schedule `w10`, and version 7 is live: `s-12` \
             and 2 more records of its file, against `s-3`"
        );
        assert_eq!(
            told("8", "7", 1).message,
            "the batch names version 8 of schedule `w10`, and version 7 is live: `s-12`, against \
             `s-3`"
        );
        assert_eq!(
            told("a1", "b2", 1).message,
            "the batch names version `a1` of schedule `w10`, and version `b2` is live: `s-12`, \
             against `s-3`"
        );
    }

    #[test]
    fn where_records_have_versions_none_is_said_to_be_the_live_one() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-12", start, end), live("s-3", start, end)];
        for (record, version) in records.iter_mut().zip(["6", "7"]) {
            record.version = Some(version.into());
        }
        let told = |records: &[_]| {
            let detail = Detail::Version(VersionOwner::Record, 1);
            describe(&Case { detail, ..case(records) }).message
        };
        assert_eq!(
            told(&records),
            "the batch was made from version 6 of record `s-12` of agent `7f3c`, and version 7 \
             is live: `s-12`, against `s-3`"
        );
        records[0].schedule = Some("w10".into());
        assert_eq!(
            told(&records),
            "the batch names version 6 of record `s-12` of agent `7f3c` in schedule `w10`, and no \
             live one has it: `s-12`, against `s-3`"
        );
    }

    #[test]
    fn what_is_old_is_to_be_fetched() {
        assert!(told("6", "7", 1).help.starts_with("fetch schedule `w10` again"));
        assert!(told("8", "7", 1).help.starts_with("what is published seems older"));
    }
}
