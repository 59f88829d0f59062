//! Tests each cause on a schedule that is written by hand.

use super::swap::{ApprovedSwap, not_applied};
use super::timeline::Timelines;
use super::{Conflict, ConflictContext, TimelineSurvey, has_explaining_neighbours, leading};
use crate::calendar::Calendar;
use crate::judge::RULES;
use crate::model::cause::{Cause, CauseKind};
use crate::model::fact::{Overlap, OverlapKind};
use crate::model::finding::{
    Ambiguity, Certainty, ClockSource, Excerpt, Finding, FindingText, Fingerprint, Moment, Record,
};
use crate::model::gate::FindingState;
use crate::model::keys::{AgentKey, RecordKey};
use crate::model::rule::Severity;
use crate::model::shift::{Entry, Kind, Side, Traits};
use crate::model::source::{Origin, Role};
use crate::model::time::{Clock, HOUR, MINUTE, Span};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, prop, prop_assert_eq, prop_oneof, proptest,
};
use std::ops::Range;

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
    let mut timeline = [&pair[..], others].concat();
    timeline.sort_by_key(Entry::order);
    let records = [record(&pair[0], ids[0]), record(&pair[1], ids[1])];
    causes_within(&Timelines::new(vec![timeline]), pair, &records)
}

/// The causes of an overlap of these two records, if these timelines are known.
fn causes_within(timelines: &Timelines, pair: [Entry; 2], records: &[Record; 2]) -> Vec<Cause> {
    let [earlier, later] = pair;
    let calendar = Calendar::bundled();
    let mut survey = TimelineSurvey::default();
    timelines.pieces().for_each(|timeline| survey.look(timeline, &calendar, false));
    survey.conclude();
    let scene = ConflictContext { timelines, calendar: &calendar, default_clock: None, survey };
    let overlap_kind = OverlapKind::new(earlier.side(), later.side(), false, false, true);
    let shared = Span::new(later.start(), earlier.end().min(later.end())).expect("they overlap");
    let cluster = earlier.origin;
    let overlap = Overlap { earlier, later, overlap_kind, certain: true, shared, cluster };
    let [earlier, later] = records;
    scene.causes(&Conflict { overlap: &overlap, earlier, later }, None)
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

/// An entry that is made up: days after the first one before it, start and length in minutes,
/// which of the clocks, which of the traits, and whether it is of the batch.
pub(super) type MadeUp = (i64, (i64, i64), usize, usize, bool);

/// An entry that is mostly like the others.
pub(super) fn made_up_entry() -> impl Strategy<Value = MadeUp> {
    let on_the_hour = (0..24i64, 1..16i64).prop_map(|(start, length)| (start * 60, length * 60));
    let times = prop_oneof![on_the_hour, (0..1440i64, 1..900i64)];
    let odd_clock = prop_oneof![40 => Just(usize::MAX), 1 => 0..4usize];
    let odd_trait = prop_oneof![60 => Just(usize::MAX), 1 => 0..TRAITS.len()];
    let days = prop_oneof![20 => 0..3i64, 1 => Just(100)];
    (days, times, odd_clock, odd_trait, prop::bool::weighted(0.9))
}

/// The clock of most entries, that after a change, and two odd ones.
pub(super) fn made_up_clocks() -> impl Strategy<Value = [Clock; 4]> {
    let zone = Calendar::bundled().clock("America/Chicago").expect("known");
    let of_offset = |hours| Clock::fixed_minutes(hours * 60);
    let clocks = [of_offset(-6), of_offset(-5), Clock::UTC, zone, of_offset(9), of_offset(-4)];
    prop_oneof![Just([0, 1, 0, 1]), Just([1, 0, 5, 2]), prop::array::uniform4(0..clocks.len()),]
        .prop_map(move |places| places.map(|place| clocks[place]))
}

/// The traits that a mistake leaves, most of the time none.
const TRAITS: [Traits; 9] = [
    Traits::AMBIGUOUS,
    Traits::GAP,
    Traits::FOLD,
    Traits::MISSING_OFFSET,
    Traits::MISMATCH,
    Traits::OVERNIGHT,
    Traits::UTC,
    Traits::TOO_LONG,
    Traits::PART,
];

/// A timeline whose clock mostly changes once, or there and back.
pub(super) fn made_up(
    entries: &[MadeUp],
    changed: &Range<usize>,
    clocks: [Clock; 4],
) -> Vec<Entry> {
    let mut day = 0;
    let entry = |(place, (days, (start, length), odd, of, batch)): (usize, &MadeUp)| {
        day += days;
        let start = day * 24 * HOUR + start * MINUTE;
        let span = Span::of_millis(start, start + length * MINUTE).expect("not empty");
        let clock =
            clocks.get(*odd).copied().unwrap_or(clocks[usize::from(changed.contains(&place))]);
        let traits = TRAITS.get(*of).copied().unwrap_or_default();
        let side = Side { batch: *batch, kind: Kind::Shift };
        let (agent, origin) = (AgentKey::from_bits(7), Origin::new(0, place as u64));
        Entry::new(agent, RecordKey::NONE, span, clock, side, traits, origin)
    };
    let mut timeline: Vec<Entry> = entries.iter().enumerate().map(entry).collect();
    timeline.sort_by_key(Entry::order);
    timeline
}

/// The record of an entry, whose words show its traits.
fn telling_record(entry: &Entry) -> Record {
    let doubts = [
        (Traits::GAP, Ambiguity::Gap),
        (Traits::FOLD, Ambiguity::Fold),
        (Traits::MISSING_OFFSET, Ambiguity::Missing),
        (Traits::MISMATCH, Ambiguity::Mismatch),
        (Traits::AMBIGUOUS, Ambiguity::Part),
    ];
    let doubt = doubts.into_iter().find(|(trait_of, _)| entry.traits().any(*trait_of));
    let is_utc = entry.clock() == Clock::UTC || entry.traits().any(Traits::UTC);
    let moment = |moment: Moment| {
        let at = moment.at.expect("known");
        let other = Calendar::stamp_at(at.instant - HOUR, at.offset);
        let written = if is_utc { format!("{at}Z") } else { at.to_string() };
        Moment {
            written: written.into(),
            doubt: doubt.map(|(_, doubt)| doubt),
            otherwise: doubt.map(|_| Box::new(other)),
            ..moment
        }
    };
    let shown = record(entry, Some(&entry.origin.offset().to_string()));
    Record {
        start: moment(shown.start),
        end: moment(shown.end),
        overnight: entry.traits().any(Traits::OVERNIGHT),
        ..shown
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Timelines of some entries, and of so many that their parts are looked at.
    #[test]
    fn no_cause_hangs_on_neighbours_that_are_not_kept(
        entries in prop_oneof![
            prop::collection::vec(made_up_entry(), 2..12),
            prop::collection::vec(made_up_entry(), 90..130),
        ],
        changed in (0..60usize, 1..130usize),
        clocks in made_up_clocks(),
    ) {
        let timeline = made_up(&entries, &(changed.0..changed.0 + changed.1), clocks);
        let overlaps = |(one, other): &(&Entry, &Entry)| {
            one.end() > other.start() && one.side().relates(other.side())
        };
        let pairs = timeline.iter().enumerate().flat_map(|(place, one)| {
            timeline[place + 1..].iter().map(move |other| (one, other))
        });
        let pairs: Vec<(&Entry, &Entry)> = pairs.filter(overlaps).take(40).collect();
        if !has_explaining_neighbours(&timeline, pairs.iter().copied()) {
            let (known, unknown) = (Timelines::new(vec![timeline.clone()]), Timelines::default());
            for (one, other) in pairs {
                let (pair, records) = ([*one, *other], [one, other].map(telling_record));
                let causes = |timelines| kinds(&causes_within(timelines, pair, &records));
                prop_assert_eq!(causes(&known), causes(&unknown));
            }
        }
    }
}
