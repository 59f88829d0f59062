//! Tests each cause on a schedule that is written by hand.

use super::swap::{ApprovedSwap, not_applied};
use super::timeline::Timelines;
use super::{Conflict, ConflictContext, TimelineSurvey, leading};
use crate::calendar::Calendar;
use crate::judge::RULES;
use crate::model::cause::{Cause, CauseKind};
use crate::model::fact::{Overlap, OverlapKind};
use crate::model::finding::{
    Certainty, ClockSource, Excerpt, Finding, FindingText, Fingerprint, Moment, Record,
};
use crate::model::gate::FindingState;
use crate::model::keys::{AgentKey, RecordKey};
use crate::model::rule::Severity;
use crate::model::shift::{Entry, Kind, Side, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, HOUR, MINUTE, Span};

const SHIFT: Side = Side { batch: true, kind: Kind::Shift };

fn entry(side: Side, start: i64, end: i64, place: u64) -> Entry {
    let span = Span::of_millis(start, end).expect("not empty");
    let clock = Clock::fixed_minutes(-360);
    let (agent, origin) = (AgentKey::from_bits(7), Origin::new(0, place));
    Entry::new(agent, RecordKey::NONE, span, clock, side, Traits::default(), origin)
}

fn record(entry: &Entry, id: Option<&str>) -> Record {
    let moment = |at| {
        let at = Calendar::stamp_at(at, -6 * 3600);
        Moment { written: at.to_string().into(), at: Some(at), ..Moment::default() }
    };
    Record {
        role: Role::Batch,
        side: Some(entry.side()),
        path: "batch.csv".into(),
        number: entry.origin.offset(),
        line: entry.origin.offset() + 1,
        pointer: None,
        sheet: None,
        agent: "ada".into(),
        id: id.map(Into::into),
        schedule: None,
        request: None,
        status: None,
        version: None,
        trade: None,
        moved_by: None,
        zone: None,
        clock_source: ClockSource::default(),
        start: moment(entry.start()),
        end: moment(entry.end()),
        overnight: false,
        several: false,
        excerpt: Excerpt::default(),
    }
}

/// The causes of an overlap of these two, beside these others.
fn causes(pair: [Entry; 2], ids: [Option<&str>; 2], others: &[Entry]) -> Vec<Cause> {
    let [earlier, later] = pair;
    let mut timeline = [&pair[..], others].concat();
    timeline.sort_by_key(Entry::order);
    let (timelines, calendar) = (Timelines::new(vec![timeline]), Calendar::bundled());
    let survey = TimelineSurvey::default();
    let scene =
        ConflictContext { timelines: &timelines, calendar: &calendar, default_clock: None, survey };
    let overlap_kind = OverlapKind::new(earlier.side(), later.side(), false, false, true);
    let shared = Span::new(later.start(), earlier.end().min(later.end())).expect("they overlap");
    let cluster = earlier.origin;
    let overlap = Overlap { earlier, later, overlap_kind, certain: true, shared, cluster };
    let (earlier, later) = (record(&earlier, ids[0]), record(&later, ids[1]));
    scene.causes(&Conflict { overlap: &overlap, earlier: &earlier, later: &later }, None)
}

fn kinds(causes: &[Cause]) -> Vec<CauseKind> {
    causes.iter().map(|cause| cause.kind).collect()
}

#[test]
fn a_minute_counts_on_the_grid_and_not_off_it() {
    let first = entry(SHIFT, 0, 4 * HOUR + MINUTE, 1);
    let second = entry(SHIFT, 4 * HOUR, 8 * HOUR, 2);
    let ids = [Some("s-1"), Some("s-2")];
    assert_eq!(kinds(&causes([first, second], ids, &[])), [CauseKind::InclusiveEnd]);
    let elsewhere = [entry(SHIFT, 30 * HOUR + 7 * MINUTE, 31 * HOUR, 3)];
    assert_eq!(kinds(&causes([first, second], ids, &elsewhere)), []);
    let longer = entry(SHIFT, 0, 4 * HOUR + 2 * MINUTE, 1);
    assert_eq!(kinds(&causes([longer, second], ids, &[])), []);
    let within = entry(SHIFT, HOUR, HOUR + MINUTE, 2);
    assert_eq!(kinds(&causes([first, within], ids, &[])), []);
}

#[test]
fn a_record_is_there_twice_by_its_id_or_by_all_of_its_words() {
    let pair = [entry(SHIFT, 0, HOUR, 1), entry(SHIFT, 0, HOUR, 2)];
    let of_ids = |ids| kinds(&causes(pair, ids, &[]));
    assert_eq!(of_ids([None, None]), [CauseKind::DuplicateRecord]);
    assert_eq!(of_ids([Some("s-1"), Some("s-1")]), [CauseKind::DuplicateRecord]);
    assert_eq!(of_ids([Some("s-1"), Some("s-2")]), []);
    assert_eq!(of_ids([Some("s-1"), None]), []);
}

#[test]
fn a_request_is_named_whichever_stands_first() {
    let asked = Side { batch: false, kind: Kind::PendingTimeOff };
    let pair = [entry(asked, 0, 4 * HOUR, 1), entry(SHIFT, HOUR, 5 * HOUR, 2)];
    let found = causes(pair, [Some("r-1"), Some("s-1")], &[]);
    assert_eq!(kinds(&found), [CauseKind::Pending]);
    assert!(found[0].message.starts_with("`r-1` is not decided"), "{}", found[0].message);
}

#[test]
fn a_swap_is_named_if_it_takes_one_of_the_two() {
    let pair = [entry(SHIFT, 0, 4 * HOUR, 1), entry(SHIFT, HOUR, 5 * HOUR, 2)];
    let (earlier, later) = (record(&pair[0], Some("s-1")), record(&pair[1], Some("s-2")));
    let overlap_kind = OverlapKind::new(SHIFT, SHIFT, false, false, true);
    let [first, second] = pair;
    let cluster = first.origin;
    let shared = Span::new(second.start(), first.end()).expect("they overlap");
    let overlap =
        Overlap { earlier: first, later: second, overlap_kind, certain: true, shared, cluster };
    let conflict = Conflict { overlap: &overlap, earlier: &earlier, later: &later };
    let swap = |leaving| ApprovedSwap { name: "`t-1`".to_owned(), leaving, receiver: "ben" };
    let cause = not_applied(&conflict, &swap(second.origin)).expect("it takes the later one");
    assert_eq!(
        cause.message,
        "swap `t-1` is approved and not carried out: with `s-2` given to agent `ben`, the overlap \
         is gone"
    );
    assert_eq!(not_applied(&conflict, &swap(Origin::new(3, 3))), None);
}

fn finding(causes: Vec<Cause>) -> Finding {
    Finding {
        rule: RULES[0],
        severity: Severity::Error,
        certainty: Certainty::Certain,
        cross_day: Some(false),
        agent: None,
        claim: None,
        records: Vec::new(),
        says: FindingText::Overlap(OverlapKind::new(SHIFT, SHIFT, false, false, true)),
        causes,
        cluster: None,
        fingerprint: Fingerprint::default(),
        state: FindingState::New,
    }
}

#[test]
fn what_explains_three_and_a_quarter_leads() {
    let cause = || Cause::new(CauseKind::Pending, String::new());
    let report = |explained: usize, all: usize| {
        (0..all)
            .map(|place| finding(if place < explained { vec![cause()] } else { Vec::new() }))
            .collect::<Vec<_>>()
    };
    for (explained, all, leads) in
        [(2, 2, false), (3, 3, true), (3, 12, true), (3, 13, false), (5, 20, true)]
    {
        assert_eq!(leading(&report(explained, all), false).len(), usize::from(leads), "{all}");
    }
    let message = |explained, partial| leading(&report(explained, 4), partial)[0].message.clone();
    let condition = "the time off that is not decided is denied or withdrawn";
    assert_eq!(message(4, false), format!("all 4 conflicts vanish if {condition}"));
    assert_eq!(message(3, true), format!("3 of 4 listed conflicts vanish if {condition}"));
}

#[test]
fn a_remedy_leads_as_long_as_it_is_the_same() {
    let cause = |zone: &str| Cause {
        condition: format!("they are read as {zone}").into(),
        ..Cause::new(CauseKind::UtcAsLocal, String::new())
    };
    let report = |zones: [&str; 3]| zones.map(|zone| finding(vec![cause(zone)]));
    let message = |zones| leading(&report(zones), false)[0].message.clone();
    assert!(message(["Here", "Here", "Here"]).ends_with("vanish if they are read as Here"));
    assert!(message(["Here", "There", "Here"]).ends_with(CauseKind::UtcAsLocal.condition()));
}
