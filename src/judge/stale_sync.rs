//! VR105: the batch carries a request for time off as it was before.

use crate::judge::page::rule;
use crate::judge::wording::{agent, call, first, second, with_status, words};
use crate::model::fact::{Detail, NoticeKind, SyncState};
use crate::model::finding::{Case, Record, Words, brief};
use crate::model::row::Field;
use crate::model::rule::{Severity, Trigger};

rule! {
    /// A record of the batch, or an activity in it, carries time off and names the request that it
    /// comes from. That request is not as the record says: it has another version, was denied or
    /// cancelled meanwhile, or is in no file of `--time-off`, although these cover its time.
    ///
    /// ### Why it matters
    ///
    /// The schedule was computed from what the request was before. Sent like this, it keeps an
    /// agent off who is expected at work, or at work who is off, and the next synchronisation of
    /// the requests changes the schedule again.
    ///
    /// ### Example
    ///
    /// The request was changed after the schedule was exported.
    ///
    /// ```csv off.csv
    /// agent,id,sync version,start,end,status
    /// anna,r-3,4,2026-03-02,2026-03-03,approved
    /// ```
    ///
    /// ```csv batch.csv
    /// agent,id,type,start,end,time off request id,time off request sync version
    /// anna,t-1,PTO,2026-03-02,2026-03-03,r-3,3
    /// ```
    ///
    /// ```console
    /// $ shiftlint check batch.csv --time-off off.csv --tz America/Chicago
    /// ```
    ///
    /// ### What to do
    ///
    /// Fetch the schedule and the requests again, and make the batch from both.
    Rule {
        code: "VR105",
        name: "stale-sync",
        severity: Some(Severity::Warning),
        summary: "the batch carries a request for time off as it was before",
        trigger: Trigger::Notice(NoticeKind::StaleSync),
        describe,
        subject: request,
    }
}

/// Which request it carries, in which version.
fn request(_record: &Record, _agent: Option<&str>) -> &'static [Field] {
    &[Field::Request, Field::SyncVersion]
}

fn describe(case: &Case<'_>) -> Words {
    let (state, count) = match case.detail {
        Detail::Sync { state, records } => (state, records),
        _ => (SyncState::Missing, 1),
    };
    let carrier = call(case, first(case));
    let places = match count {
        ..=1 => carrier.clone(),
        2 => format!("{carrier} and 1 more record"),
        more => format!("{carrier} and {} more records", more - 1),
    };
    let named = first(case).and_then(|record| record.request.as_deref());
    let request = match (state, second(case), named) {
        (SyncState::Changed { .. } | SyncState::Cancelled, Some(_), _) => {
            format!("request {}", with_status(case, second(case)))
        }
        (.., Some(name)) => format!("request `{}`", brief(name)),
        (.., None) => "a request for time off".to_owned(),
    };
    let carries = |what: &str| {
        format!("the schedule of {} carries {what}{request} in {places}", agent(case.agent))
    };
    match state {
        SyncState::Changed { carried, latest } => words(
            format!(
                "{}, and the request has version {latest}",
                carries(&format!("version {carried} of "))
            ),
            "fetch the schedule and the requests again, and make the batch from both".to_owned(),
        ),
        SyncState::Cancelled => words(
            format!("{}, and the request does not hold any more", carries("")),
            format!("take the time off out of {carrier}, or have the request granted again"),
        ),
        SyncState::Missing => words(
            format!("{}, and no file of time off has that request", carries("")),
            "fetch the requests of the whole time again; if it was deleted, take it out".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::judge::samples::{case, shift, time_off};
    use crate::model::fact::{Detail, SyncState};
    use crate::model::finding::Case;

    #[test]
    fn the_request_and_what_became_of_it_are_named() {
        let (start, end) = ("2026-03-02T00:00:00-06:00", "2026-03-03T00:00:00-06:00");
        let mut carrier = shift("s-1", start, end);
        carrier.request = Some("r-3".into());
        let records = [carrier, time_off("r-3", "DENIED", start, end)];
        let told = |state, records_told| {
            let detail = Detail::Sync { state, records: records_told };
            describe(&Case { detail, ..case(&records) }).message
        };
        assert_eq!(
            told(SyncState::Changed { carried: 3, latest: 4 }, 1),
            "the schedule of agent `7f3c` carries version 3 of request `r-3` (`DENIED`) in `s-1`, \
             and the request has version 4"
        );
        assert_eq!(
            told(SyncState::Cancelled, 3),
            "the schedule of agent `7f3c` carries request `r-3` (`DENIED`) in `s-1` and 2 more \
             records, and the request does not hold any more"
        );
        assert_eq!(
            told(SyncState::Missing, 2),
            "the schedule of agent `7f3c` carries request `r-3` in `s-1` and 1 more record, and no \
             file of time off has that request"
        );
    }
}
