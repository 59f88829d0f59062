//! VR106: the batch writes what was changed since its base was read.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, clock, first, moment, with_status, words};
use crate::judge::writes::{records, thing, version};
use crate::model::fact::{Detail, Drift, NoticeKind, WrittenBy};
use crate::model::finding::{Case, Record, Words};
use crate::model::rule::{Severity, Trigger};
use crate::model::source::Role;

rule! {
    /// A published record is not as it was in the base (`--base`), the export that the batch was made
    /// from: it was moved, given to another agent or decided, has another version, is new or gone. And
    /// the batch writes it: a batch record has its id, overlaps its time as it is or as it was, or
    /// replaces the schedule or week that it is in. Records without ids are the same if agent, kind and
    /// time are. What is now exactly as the batch record says is live already, and no finding. Days that
    /// one file does not cover are not compared (RC108). Only versions show other changes, as of breaks.
    ///
    /// ### Why it matters
    ///
    /// Whoever made the change knew something that the batch does not know, and the batch undoes it.
    ///
    /// ### Example
    ///
    /// ```csv base.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T16:00:00-06:00
    /// ```
    ///
    /// ```csv live.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T10:00:00-06:00,2026-03-02T18:00:00-06:00
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,start,end
    /// anna,s-12,2026-03-02T08:00:00-06:00,2026-03-02T12:00:00-06:00
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --base base.csv --published live.csv
    /// ```
    ///
    /// ### What to do
    ///
    /// Make the batch again from what is published now, and give that export as `--base`.
    Rule {
        code: "VR106",
        name: "changed-since-read",
        severity: Some(Severity::Error),
        summary: "the batch writes what was changed since its base was read",
        trigger: Trigger::Notice(NoticeKind::ChangedSinceRead),
        describe,
    }
}

fn describe(case: &Case<'_>) -> Words {
    let (drift, by) = match case.detail {
        Detail::Drift { drift, by, .. } => (drift, by),
        _ => (Drift::Version, WrittenBy::Id),
    };
    let state = |role| case.records.iter().map(|of| &**of).find(|of| of.role == role);
    let (now, before) = (state(Role::Published), state(Role::Base));
    let what = |record: Option<&Record>| match record {
        Some(record) => format!("{} of {}", call(case, Some(record)), agent(&record.agent)),
        None => "a record".to_owned(),
    };
    let name = what(now.or(before));
    let changed = match drift {
        Drift::Moved => {
            format!("{name} is now{}; in the base it is{}", span(now), span(before))
        }
        Drift::Reassigned => format!(
            "{name} is in the base a record of {}{}",
            agent(before.map_or("", |record| &record.agent)),
            but_at(now, before),
        ),
        Drift::Decided => format!(
            "{} of {} is {} in the base",
            with_status(case, now),
            agent(now.map_or("", |record| &record.agent)),
            with_status(case, before),
        ),
        Drift::Version => {
            format!("{name} has {} now and {} in the base", version(now), version(before))
        }
        Drift::Gone => format!("{name},{}, is in the base, and no agent has it now", span(before)),
        Drift::New => {
            format!("{name},{}, is published, and no agent has it in the base", span(now))
        }
        Drift::Schedule(_) => {
            let thing = thing(case);
            format!("{thing} has {} now and {} in the base", version(now), version(before))
        }
    };
    let sent = call(case, first(case));
    let writes = match (drift, by) {
        (Drift::Schedule(_), _) => format!("the batch writes it: {}", records(case)),
        (_, WrittenBy::Id) => format!("the batch writes it with {sent}"),
        (_, WrittenBy::Time) => format!("the batch writes its time with {sent}"),
        (_, WrittenBy::Whole) => {
            format!("the batch replaces all records beside it, as with {sent}")
        }
    };
    words(
        format!("{changed}; {writes}"),
        "make the batch again from what is published now; sent like this it undoes what others \
         have changed since",
    )
}

/// From when to when a record is, with a space before it; nothing if that is not known.
fn span(record: Option<&Record>) -> String {
    let Some(record) = record else { return String::new() };
    let end = match (&record.start.at, &record.end.at) {
        (Some(start), Some(end)) => clock(end, Some(start)),
        _ => moment(&record.end),
    };
    match record.start.at {
        Some(_) => format!(" from {} to {end}", moment(&record.start)),
        None => String::new(),
    }
}

/// The other times of a record in the base, if it was moved, too.
fn but_at(now: Option<&Record>, before: Option<&Record>) -> String {
    let times = |record: Option<&Record>| {
        record.map(|of| [&of.start, &of.end].map(|of| of.at.as_ref().map(|at| at.instant)))
    };
    if times(now) == times(before) { String::new() } else { span(before) }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, live, shift};
    use crate::model::fact::{Detail, Drift, WrittenBy};
    use crate::model::finding::{Case, Record};
    use crate::model::source::Role;
    use crate::model::version::VersionOwner;

    fn told(drift: Drift, by: WrittenBy, records: u64, states: &[Record]) -> String {
        let sent = shift("s-12", "2026-03-02T08:00:00-06:00", "2026-03-02T12:00:00-06:00");
        let records_of = [&[Record { schedule: Some("w10".into()), ..sent }], states].concat();
        let detail = Detail::Drift { drift, by, records };
        describe(&Case { detail, ..case(&records_of) }).message
    }

    #[test]
    fn both_states_are_named() {
        let now = live("s-9", "2026-03-02T10:00:00-06:00", "2026-03-02T18:00:00-06:00");
        let now = Record { version: Some("8".into()), ..now };
        let before = Record {
            role: Role::Base,
            path: "base.csv".into(),
            version: Some("7".into()),
            agent: "9a41".into(),
            ..live("s-9", "2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00")
        };
        let both = [now.clone(), before.clone()];
        assert_eq!(
            told(Drift::Moved, WrittenBy::Id, 1, &both),
            "`s-9` (live.csv:2) of agent `7f3c` is now from Mon 2026-03-02 10:00 -06:00 to 18:00 \
             -06:00; in the base it is from Mon 2026-03-02 08:00 -06:00 to 16:00 -06:00; the batch \
             writes it with `s-12`"
        );
        assert_eq!(
            told(Drift::Reassigned, WrittenBy::Time, 1, &both),
            "`s-9` (live.csv:2) of agent `7f3c` is in the base a record of agent `9a41` from Mon \
             2026-03-02 08:00 -06:00 to 16:00 -06:00; the batch writes its time with `s-12`"
        );
        assert_eq!(
            told(Drift::Version, WrittenBy::Id, 1, &both),
            "`s-9` (live.csv:2) of agent `7f3c` has version 8 now and version 7 in the base; the \
             batch writes it with `s-12`"
        );
        assert_eq!(
            told(Drift::Schedule(VersionOwner::Schedule), WrittenBy::Id, 42, &both),
            "schedule `w10` has version 8 now and version 7 in the base; the batch writes it: \
             `s-12` and 41 more records of its file"
        );
        assert_eq!(
            told(Drift::New, WrittenBy::Whole, 1, &both[..1]),
            "`s-9` of agent `7f3c`, from Mon 2026-03-02 10:00 -06:00 to 18:00 -06:00, is published, \
             and no agent has it in the base; the batch replaces all records beside it, as with \
             `s-12`"
        );
        assert_eq!(
            told(Drift::Gone, WrittenBy::Time, 1, &both[1..]),
            "`s-9` of agent `9a41`, from Mon 2026-03-02 08:00 -06:00 to 16:00 -06:00, is in the \
             base, and no agent has it now; the batch writes its time with `s-12`"
        );
    }
}
