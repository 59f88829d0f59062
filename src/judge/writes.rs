//! Phrases that the rules about versions share.
use super::wording::{agent, call, first, second};
use crate::model::fact::{Detail, Drift};
use crate::model::finding::{Case, Record, brief};
use crate::model::version::{VersionOwner, essence};

/// What the version belongs to: `` schedule `w10` ``.
pub(super) fn thing(case: &Case<'_>) -> String {
    let schedule = first(case).or(second(case)).and_then(|record| record.schedule.as_deref());
    let schedule = schedule.map(|schedule| format!("schedule `{}`", brief(schedule)));
    let holder = match case.detail {
        Detail::Version(holder, _) | Detail::Drift { drift: Drift::Schedule(holder), .. } => holder,
        _ => VersionOwner::Schedule,
    };
    match (holder, schedule) {
        (VersionOwner::Schedule, Some(schedule)) => schedule,
        (VersionOwner::Schedule, None) => "a schedule".to_owned(),
        (VersionOwner::Agent, schedule) => {
            let schedule = schedule.unwrap_or_else(|| "a schedule".to_owned());
            format!("the part of {} in {schedule}", agent(case.agent))
        }
        (VersionOwner::Record, schedule) => {
            let of_schedule = schedule.map_or_else(String::new, |name| format!(" in {name}"));
            let record = first(case).map_or_else(|| "a record".to_owned(), record_name);
            format!("{record} of {}{of_schedule}", agent(case.agent))
        }
    }
}

fn record_name(record: &Record) -> String {
    format!("record {}", record.call())
}

/// The version of a record: a number bare, a text in backticks; `another
/// version` where it is not known.
pub(super) fn version(record: Option<&Record>) -> String {
    let written = record.and_then(|record| record.version.as_deref()).unwrap_or_default();
    let said = essence(written.as_bytes());
    match str::from_utf8(said) {
        Ok("") | Err(_) => "another version".to_owned(),
        Ok(said) if said.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("version {}", brief(said))
        }
        Ok(said) => format!("version `{}`", brief(said)),
    }
}

/// The first of the records that a case is about, and how many more there are:
/// `` `s-12` and 41 more records of its file ``.
pub(super) fn records(case: &Case<'_>) -> String {
    let name = call(case, first(case));
    match case.detail.records() {
        ..=1 => name,
        2 => format!("{name} and 1 more record of its file"),
        count => format!("{name} and {} more records of its file", count - 1),
    }
}

/// The published record that they are compared with: ` (live: …)`.
pub(super) fn against(case: &Case<'_>) -> String {
    second(case).map_or_else(String::new, |_| format!(", against {}", call(case, second(case))))
}

#[cfg(test)]
mod tests {
    use super::{records, thing, version};
    use crate::judge::samples::{case, shift};
    use crate::model::fact::Detail;
    use crate::model::finding::{Case, Record};
    use crate::model::version::VersionOwner;

    fn record(schedule: Option<&str>, version: Option<&str>) -> Record {
        let shift = shift("s-12", "2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        Record { schedule: schedule.map(Into::into), version: version.map(Into::into), ..shift }
    }

    #[test]
    fn a_thing_is_named_by_what_its_version_belongs_to() {
        let told = |schedule, holder: VersionOwner| {
            thing(&Case { detail: Detail::Version(holder, 1), ..case(&[record(schedule, None)]) })
        };
        assert_eq!(told(Some("w10"), VersionOwner::Schedule), "schedule `w10`");
        assert_eq!(
            told(Some("w10"), VersionOwner::Agent),
            "the part of agent `7f3c` in schedule `w10`"
        );
        assert_eq!(
            told(Some("w10"), VersionOwner::Record),
            "record `s-12` of agent `7f3c` in schedule `w10`"
        );
        assert_eq!(told(None, VersionOwner::Record), "record `s-12` of agent `7f3c`");
        assert_eq!(thing(&case(&[])), "a schedule");
    }

    #[test]
    fn a_version_is_shown_as_what_it_says() {
        for (written, shown) in [
            (Some("W/\"7\""), "version 7"),
            (Some("07"), "version 7"),
            (Some("\"a1\""), "version `a1`"),
            (None, "another version"),
        ] {
            assert_eq!(version(Some(&record(None, written))), shown);
        }
    }

    #[test]
    fn records_beyond_the_first_are_counted() {
        let told = |count| {
            records(&Case {
                detail: Detail::Version(VersionOwner::Schedule, count),
                ..case(&[record(None, None)])
            })
        };
        assert_eq!(told(1), "`s-12`");
        assert_eq!(told(2), "`s-12` and 1 more record of its file");
        assert_eq!(told(42), "`s-12` and 41 more records of its file");
    }
}
