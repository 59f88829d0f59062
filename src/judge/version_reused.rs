//! VR103: two files write a schedule from one version.

use crate::judge::page::rule;
use crate::judge::subject;
use crate::judge::wording::{first, second, words};
use crate::judge::writes::{thing, version};
use crate::model::fact::NoticeKind;
use crate::model::finding::{Case, Record, Words};
use crate::model::rule::{Severity, Trigger};

rule! {
    /// Two files of the batch write the same schedule, and both name the same version of it. The
    /// records of one file are one write, however many they are. If the published records show that
    /// each agent has a version, the agent's part of the schedule counts.
    ///
    /// ### Why it matters
    ///
    /// A write gives the schedule a new version. After the first file, the version that the second
    /// one names is not the live one any more, and the second comes back as a conflict, although
    /// nobody else has changed the schedule.
    ///
    /// ### Example
    ///
    /// The batch was cut in two to keep requests small.
    ///
    /// ```csv batch.csv
    /// agent,id,schedule,version,start,end
    /// anna,s-12,w10,7,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv batch-2.csv
    /// agent,id,schedule,version,start,end
    /// ben,s-13,w10,7,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv batch-2.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Put all that belongs to one schedule into one file, or fetch the schedule again after the
    /// first file and send the second with the new version.
    Rule {
        code: "VR103",
        name: "version-reused",
        severity: Some(Severity::Error),
        summary: "one schedule is written by two batch files with the same version",
        trigger: Trigger::Notice(NoticeKind::VersionReused),
        describe,
        subject: subject::version,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let thing = thing(case);
    let (one, other) = (spot(second(case)), spot(first(case)));
    words(
        format!(
            "two files write {thing} from {}: {one} and {other}; the first write makes the second \
             stale",
            version(first(case))
        ),
        format!(
            "put both into one file, or fetch {thing} again after the first and give the second \
             the new version"
        ),
    )
}

fn spot(record: Option<&Record>) -> String {
    match record {
        Some(record) if record.id.is_some() => format!("{} ({})", record.call(), record.place()),
        Some(record) => record.place(),
        None => "a record".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift};

    #[test]
    fn the_earlier_file_is_named_first() {
        let (start, end) = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let mut records = [shift("s-13", start, end), shift("s-12", start, end)];
        for record in &mut records {
            record.schedule = Some("w10".into());
            record.version = Some("\"7\"".into());
        }
        records[0].path = "evening.csv".into();
        assert_eq!(
            describe(&case(&records)).message,
            "two files write schedule `w10` from version 7: `s-12` (batch.csv:2) and `s-13` \
             (evening.csv:2); the first write makes the second stale"
        );
    }
}
