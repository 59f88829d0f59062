//! Reduces requests for time off to what the schedule does not carry yet.
//!
//! A request for time off can be in a file of its own and in the schedule, too: as
//! a record with its id, as an activity within a shift or as a marker of whole days.
//! For the time that the schedule carries it, it is one absence and not two, and a
//! shift that carries it is not in its way. Of copies of a request one counts.
//!
//! Nothing is lost by this: what overlaps with the part of a request that is taken
//! away overlaps with what carries it, which is of the batch if either of the two
//! is. A pending record never stands for one that is granted.

use super::replacing::move_to_end;
use crate::model::keys::RecordKey;
use crate::model::shift::{Entry, Kind, Readings, Traits};
use crate::model::source::Origin;
use crate::model::time::{Instant, Span};

/// That a record carries a request, as a whole or by an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The key of the request's id; none where the record is time off of any request.
    pub request: RecordKey,
    /// The record.
    pub by: Entry,
    /// When; within the record.
    pub span: Span,
    /// The version of the request that the record knows of.
    pub version: Option<u64>,
}

/// What is known of an agent's records beside their entries.
pub struct AgentContext<'a> {
    /// Whether an entry is time off that is given beside the schedule.
    pub is_request: &'a dyn Fn(&Entry) -> bool,
    /// Whether an id may stand on several records.
    pub may_repeat: &'a dyn Fn(RecordKey) -> bool,
    /// The readings of an entry.
    pub readings: &'a dyn Fn(&Entry) -> Readings,
    /// What the agent's records carry, sorted by request.
    pub carried: &'a [Carried],
}

/// A timeline without what the schedule carries.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Uncarried {
    /// The places of the entries that change.
    changed: Vec<u32>,
    /// What is left of them.
    parts: Vec<Entry>,
    /// The records of which nothing is left, in order.
    emptied: Vec<Origin>,
}

/// Finds what the schedule carries of the requests on one agent's timeline; `None`
/// where that is nothing.
#[must_use]
pub fn uncarried(timeline: &[Entry], about: &AgentContext<'_>) -> Option<Uncarried> {
    let at = |place: &u32| &timeline[*place as usize];
    let is_off = |entry: &Entry| {
        matches!(entry.side().kind, Kind::TimeOff | Kind::PendingTimeOff)
            && (entry.id.is_some() && (about.may_repeat)(entry.id) || about.is_carried(entry.id))
    };
    let places = (0..).zip(timeline).filter(|(_, entry)| is_off(entry)).map(|(place, _)| place);
    let mut off: Vec<u32> = places.collect();
    // Copies together, the one that counts first.
    off.sort_unstable_by_key(|place| {
        let entry = at(place);
        let beside = (entry.side().kind, (about.is_request)(entry), entry.clock().bits());
        (entry.id, entry.start(), entry.end(), !entry.side().batch, beside, entry.origin)
    });
    let mut found = Uncarried::default();
    for same in off.chunk_by(|one, other| at(one).id == at(other).id) {
        found.look(timeline, same, about);
    }
    found.changed.sort_unstable();
    found.emptied.sort_unstable();
    found.emptied.dedup();
    (!found.changed.is_empty()).then_some(found)
}

impl Uncarried {
    /// Looks at the requests with one id.
    fn look(&mut self, timeline: &[Entry], same: &[u32], about: &AgentContext<'_>) {
        let at = |place: &u32| &timeline[*place as usize];
        let Some(Entry { id, .. }) = same.first().map(at) else { return };
        if same.len() < 2 && !about.is_carried(*id) {
            return;
        }
        let covers = Covers::of(timeline, same, about);
        let before = self.changed.len();
        // The first of each two that have the same times, beside the batch.
        let mut counts: Option<&Entry> = None;
        let mut kept = Vec::new();
        for place in same {
            let entry = at(place);
            let is_copy =
                id.is_some() && counts.is_some_and(|first| are_copies(first, entry, about));
            if !entry.side().batch && !is_copy {
                counts = Some(entry);
            }
            match is_copy.then(Vec::new).or_else(|| covers.uncovered(entry, about)) {
                Some(parts) => {
                    kept.extend((!parts.is_empty()).then_some(entry.origin));
                    self.parts.extend(parts);
                    self.changed.push(*place);
                }
                None => kept.push(entry.origin),
            }
        }
        kept.sort_unstable();
        let changed = self.changed[before..].iter().map(|place| at(place).origin);
        let emptied = changed.filter(|origin| kept.binary_search(origin).is_err());
        self.emptied.extend(emptied);
    }

    /// The entries that change, as they are before.
    pub fn changed_entries<'t>(&'t self, timeline: &'t [Entry]) -> impl Iterator<Item = &'t Entry> {
        self.changed.iter().filter_map(|place| timeline.get(*place as usize))
    }

    /// The entries of the records of which nothing is left.
    pub fn emptied_entries<'t>(&'t self, timeline: &'t [Entry]) -> impl Iterator<Item = &'t Entry> {
        let changed = self.changed_entries(timeline);
        changed.filter(|entry| self.emptied.binary_search(&entry.origin).is_ok())
    }

    /// The timeline as it is then: where entries are only left out, in its own
    /// place.
    #[must_use]
    pub fn apply<'t>(
        &self,
        timeline: &'t mut [Entry],
        room: &'t mut Vec<Entry>,
    ) -> &'t mut [Entry] {
        let kept = move_to_end(timeline, &self.changed);
        let timeline = &mut timeline[..kept];
        if self.parts.is_empty() {
            return timeline;
        }
        room.clear();
        room.extend_from_slice(timeline);
        room.extend_from_slice(&self.parts);
        room.sort_by_key(|entry| (entry.order(), entry.end()));
        room
    }
}

/// Whether two entries with one id are copies of each other, beside the batch.
fn are_copies(one: &Entry, other: &Entry, about: &AgentContext<'_>) -> bool {
    let times = |entry: &Entry| (entry.start(), entry.end(), (about.readings)(entry));
    !one.side().batch && !other.side().batch && times(one) == times(other)
}

/// Where a request is given, which decides what may stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// Beside the schedule.
    Beside,
    /// In the published schedule.
    Published,
    /// In the batch.
    Sent,
}

impl Given {
    const ALL: [Given; 3] = [Given::Beside, Given::Published, Given::Sent];

    fn of(entry: &Entry, about: &AgentContext<'_>) -> Given {
        match entry.side().batch {
            true => Given::Sent,
            false if (about.is_request)(entry) => Given::Beside,
            false => Given::Published,
        }
    }
}

/// What stands for a request, or for a part of it.
struct RequestCover {
    span: Span,
    /// As its words are read.
    chosen: (Instant, Instant),
    /// Whether it is a record of the schedule with the request's own id, which stands
    /// only for what is given beside it.
    is_namesake: bool,
    batch: bool,
    pending: bool,
}

impl RequestCover {
    fn of(by: &Entry, span: Option<Span>, about: &AgentContext<'_>) -> Option<RequestCover> {
        let Readings { chosen, narrowest } = (about.readings)(by);
        let within = |(start, end): (Instant, Instant)| {
            let whole = Span::new(start, end)?;
            span.map_or(Some(whole), |span| whole.overlap(span))
        };
        let chosen = within(chosen)?;
        Some(RequestCover {
            span: within(narrowest)?,
            chosen: (chosen.start(), chosen.end()),
            is_namesake: span.is_none(),
            batch: by.side().batch,
            pending: by.side().kind == Kind::PendingTimeOff,
        })
    }

    fn may_stand(&self, given: Given, pending: bool) -> bool {
        let of_place = match given {
            Given::Beside => true,
            Given::Published => !self.is_namesake,
            Given::Sent => !self.is_namesake && self.batch,
        };
        of_place && (!self.pending || pending)
    }
}

/// What stands for the requests with one id.
#[derive(Default)]
struct Covers {
    all: Vec<RequestCover>,
    /// The time that they cover, for what is granted and what is pending of each
    /// place: spans in order that do not meet.
    unions: [[Vec<Span>; 2]; 3],
}

impl Covers {
    fn of(timeline: &[Entry], same: &[u32], about: &AgentContext<'_>) -> Covers {
        let at = |place: &u32| &timeline[*place as usize];
        let Some(Entry { id, .. }) = same.first().map(at) else { return Covers::default() };
        let any = if id.is_some() { about.carrying(RecordKey::NONE) } else { &[] };
        let by_carrying = about.carrying(*id).iter().chain(any).filter(|of| {
            // Of records that carry each other none stands for another one.
            let is_carried = of.by.id.is_some() && !about.carrying(of.by.id).is_empty();
            !is_carried && is_on(timeline, &of.by)
        });
        let by_carrying =
            by_carrying.filter_map(|of| RequestCover::of(&of.by, Some(of.span), about));
        let mut covers = Covers { all: by_carrying.collect(), ..Covers::default() };
        if same.iter().any(|place| Given::of(at(place), about) == Given::Beside) {
            let schedule = same.iter().map(at).filter(|entry| !(about.is_request)(entry));
            covers.all.extend(schedule.filter_map(|entry| RequestCover::of(entry, None, about)));
        }
        for (given, unions) in Given::ALL.into_iter().zip(&mut covers.unions) {
            for (pending, union) in [false, true].into_iter().zip(unions) {
                let may_stand = covers.all.iter().filter(|cover| cover.may_stand(given, pending));
                *union = union_of(may_stand.map(|cover| cover.span).collect());
            }
        }
        covers
    }

    /// What is left of an entry; `None` where that is all of it. One whose times are
    /// read in two ways is left whole, unless something stands for it as it is read.
    fn uncovered(&self, entry: &Entry, about: &AgentContext<'_>) -> Option<Vec<Entry>> {
        let (given, pending) = (Given::of(entry, about), entry.side().kind == Kind::PendingTimeOff);
        if entry.traits().any(Traits::AMBIGUOUS) {
            let (start, end) = (about.readings)(entry).chosen;
            let whole = |cover: &&RequestCover| cover.chosen.0 <= start && end <= cover.chosen.1;
            let mut covers = self.all.iter().take(MOST_DOUBTFUL).filter(whole);
            return covers.any(|cover| cover.may_stand(given, pending)).then(Vec::new);
        }
        let union = &self.unions[given as usize][usize::from(pending)];
        let first = union.partition_point(|span| span.end() <= entry.start());
        let (mut from, mut left) = (entry.start(), Vec::new());
        for span in union[first..].iter().take_while(|span| span.start() < entry.end()) {
            left.extend(Span::new(from, span.start()));
            from = span.end();
        }
        if from == entry.start() {
            return None;
        }
        left.extend(Span::new(from, entry.end()));
        let Entry { agent, id, origin, .. } = *entry;
        let (clock, side, traits) = (entry.clock(), entry.side(), entry.traits());
        let part = |span: Span| Entry::new(agent, id, span, clock, side, traits, origin);
        Some(left.into_iter().map(part).collect())
    }
}

/// How much of what may stand for an entry is looked at whose times are read in two
/// ways.
const MOST_DOUBTFUL: usize = 256;

/// The time that spans cover together: spans in order that do not meet.
fn union_of(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| span.start());
    let mut union: Vec<Span> = Vec::new();
    for span in spans {
        match union.last_mut() {
            Some(last) if span.start() <= last.end() => {
                let end = last.end().max(span.end());
                *last = Span::new(last.start(), end).unwrap_or(*last);
            }
            _ => union.push(span),
        }
    }
    union
}

impl AgentContext<'_> {
    /// Whether something may carry the request with an id.
    fn is_carried(&self, request: RecordKey) -> bool {
        let is_carried = |request| !self.carrying(request).is_empty();
        is_carried(request) || is_carried(RecordKey::NONE)
    }

    /// What carries the request with an id.
    fn carrying(&self, request: RecordKey) -> &[Carried] {
        let start = self.carried.partition_point(|of| of.request < request);
        let end = self.carried.partition_point(|of| of.request <= request);
        &self.carried[start..end]
    }
}

/// Whether an entry is still on the timeline of its agent.
fn is_on(timeline: &[Entry], entry: &Entry) -> bool {
    let from = timeline.partition_point(|other| other.order() < entry.order());
    let rest = timeline.get(from..).unwrap_or_default();
    rest.iter().take_while(|other| other.order() == entry.order()).any(|other| other == entry)
}

#[cfg(test)]
mod tests {
    use super::{AgentContext, Carried, uncarried};
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Readings, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

    const BESIDE: u16 = 2;

    fn entry(id: u64, (start, end): (i64, i64), batch: bool, kind: Kind, origin: Origin) -> Entry {
        let span = Span::of_millis(start, end).expect("not empty");
        let side = Side { batch, kind };
        let (agent, id) = (AgentKey::from_bits(1), RecordKey::from_bits(id));
        Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
    }

    /// A request in a file of its own.
    fn request(id: u64, span: (i64, i64), place: u64) -> Entry {
        entry(id, span, false, Kind::TimeOff, Origin::new(BESIDE, place))
    }

    fn sent(id: u64, span: (i64, i64), kind: Kind, place: u64) -> Entry {
        entry(id, span, true, kind, Origin::new(0, place))
    }

    fn carried(request: u64, by: Entry, (start, end): (i64, i64)) -> Carried {
        let span = Span::of_millis(start, end).expect("not empty");
        Carried { request: RecordKey::from_bits(request), by, span, version: None }
    }

    /// The timeline that is left, and the records of which nothing is.
    fn left(entries: &[Entry], carried: &[Carried]) -> (Vec<Entry>, Vec<Origin>) {
        let mut timeline = entries.to_vec();
        timeline.sort_by_key(Entry::order);
        let mut carried = carried.to_vec();
        carried.sort_by_key(|of| of.request);
        let is_request = |entry: &Entry| entry.origin.source() == BESIDE;
        let about = AgentContext {
            is_request: &is_request,
            may_repeat: &|_| true,
            readings: &Readings::of,
            carried: &carried,
        };
        let mut room = Vec::new();
        match uncarried(&timeline, &about) {
            None => (timeline, Vec::new()),
            Some(found) => {
                let left = found.apply(&mut timeline, &mut room).to_vec();
                assert!(left.is_sorted_by_key(Entry::order));
                (left, found.emptied)
            }
        }
    }

    fn spans(entries: &[Entry], carried: &[Carried]) -> Vec<(u64, i64, i64)> {
        let (left, _) = left(entries, carried);
        let off = left.iter().filter(|entry| entry.side().kind != Kind::Shift);
        off.map(|entry| (entry.origin.offset(), entry.start().millis(), entry.end().millis()))
            .collect()
    }

    #[test]
    fn of_copies_of_a_request_one_counts() {
        let copies = [request(7, (10, 20), 1), request(7, (10, 20), 2), request(7, (10, 20), 3)];
        assert_eq!(spans(&copies, &[]), [(1, 10, 20)]);
        let emptied = [2, 3].map(|place| Origin::new(BESIDE, place));
        assert_eq!(left(&copies, &[]).1, emptied);
        let pending = entry(7, (10, 20), false, Kind::PendingTimeOff, Origin::new(BESIDE, 0));
        assert_eq!(spans(&[pending, copies[2]], &[]), [(3, 10, 20)], "the one that is granted");
        let differ = [request(7, (10, 20), 1), request(7, (10, 21), 2), request(8, (10, 20), 3)];
        assert_eq!(spans(&differ, &[]).len(), 3);
        let in_batch = [(1, (10, 20)), (2, (10, 20))];
        let in_batch = in_batch.map(|(place, span)| sent(7, span, Kind::TimeOff, place));
        assert_eq!(spans(&in_batch, &[]).len(), 2, "ID101 reports these");
        let nameless = [request(0, (10, 20), 1), request(0, (10, 20), 2)];
        assert_eq!(spans(&nameless, &[]).len(), 2);
    }

    #[test]
    fn the_schedule_stands_for_a_request_as_long_as_it_carries_it() {
        let whole = request(7, (10, 50), 1);
        for (own, expected) in [
            ((10, 50), &[][..]),
            ((20, 30), &[(1, 10, 20), (1, 30, 50)][..]),
            ((0, 30), &[(1, 30, 50)]),
            ((30, 60), &[(1, 10, 30)]),
            ((50, 60), &[(1, 10, 50)]),
        ] {
            let shift = sent(3, (0, 60), Kind::Shift, 9);
            assert_eq!(spans(&[whole, shift], &[carried(7, shift, own)]), expected, "{own:?}");
            let namesake = sent(7, own, Kind::TimeOff, 9);
            let mut with_it = expected.to_vec();
            with_it.push((9, own.0, own.1));
            with_it.sort_by_key(|(place, start, _)| (*start, u64::from(*place == 1)));
            assert_eq!(spans(&[whole, namesake], &[]), with_it, "{own:?}");
        }
    }

    #[test]
    fn only_what_is_there_and_decided_stands_for_a_request() {
        let (whole, shift) = (request(7, (10, 50), 1), sent(3, (0, 60), Kind::Shift, 9));
        let of = |by: Entry| spans(&[whole, by], &[carried(7, by, (10, 50))]);
        assert_eq!(of(shift), []);
        assert_eq!(spans(&[whole], &[carried(7, shift, (10, 50))]), [(1, 10, 50)], "replaced");
        assert_eq!(spans(&[whole, shift], &[carried(8, shift, (10, 50))]), [(1, 10, 50)]);
        let pending = sent(3, (0, 60), Kind::PendingTimeOff, 9);
        assert_eq!(of(pending), [(9, 0, 60), (1, 10, 50)]);
        let published = entry(3, (0, 60), false, Kind::Shift, Origin::new(1, 9));
        assert_eq!(of(published), []);
        let in_batch = sent(7, (10, 50), Kind::TimeOff, 1);
        assert_eq!(spans(&[in_batch, published], &[carried(7, published, (10, 50))]).len(), 1);
        assert_eq!(spans(&[in_batch, shift], &[carried(7, shift, (10, 50))]).len(), 0);
    }

    #[test]
    fn records_that_carry_each_other_stay() {
        let one = sent(7, (10, 50), Kind::TimeOff, 1);
        let other = sent(8, (10, 50), Kind::TimeOff, 2);
        let own = carried(7, one, (10, 50));
        assert_eq!(spans(&[one], &[own]).len(), 1, "nor does one stand for itself");
        let each_other = [carried(8, one, (10, 50)), carried(7, other, (10, 50))];
        assert_eq!(spans(&[one, other], &each_other).len(), 2);
        assert_eq!(spans(&[one, other], &each_other[..1]).len(), 1);
    }

    /// Time off of a few ids, and shifts that carry some of them.
    fn scenes() -> impl Strategy<Value = (Vec<Entry>, Vec<Carried>)> {
        let one = (1u64..4, 0i64..20, 1i64..9, 0usize..3, 0u8..4, any::<bool>());
        let carries = proptest::option::weighted(0.4, (1u64..4, 0i64..20, 1i64..9));
        proptest::collection::vec((one, carries), 0..12).prop_map(|rows| {
            let (mut entries, mut all) = (Vec::new(), Vec::new());
            for (place, ((id, start, length, given, kind, _), carries)) in
                rows.into_iter().enumerate()
            {
                let kind = [Kind::Shift, Kind::TimeOff, Kind::TimeOff, Kind::PendingTimeOff]
                    [usize::from(kind)];
                let kind = if given == 2 && kind == Kind::Shift { Kind::TimeOff } else { kind };
                // Shifts have ids of their own.
                let id = if kind == Kind::Shift { id + 100 } else { id };
                let origin = Origin::new(given as u16, place as u64);
                let entry = entry(id, (start, start + length), given == 0, kind, origin);
                entries.push(entry);
                if let Some((request, from, carried)) = carries.filter(|_| given != 2) {
                    let own = Span::of_millis(start, start + length).expect("not empty");
                    let span =
                        Span::of_millis(from, from + carried).and_then(|span| span.overlap(own));
                    let request = RecordKey::from_bits(request);
                    all.extend(span.map(|span| Carried {
                        request,
                        by: entry,
                        span,
                        version: None,
                    }));
                }
            }
            (entries, all)
        })
    }

    proptest! {
        /// Hour by hour: whoever meets time off before meets it still, or what
        /// carries it; and nothing appears that was not there.
        #[test]
        fn no_hour_of_a_request_is_lost((entries, all) in scenes()) {
            let (after, emptied) = left(&entries, &all);
            let hours = |entry: &Entry| entry.start().millis()..entry.end().millis();
            let during = |entry: &Entry, hour: i64| hours(entry).contains(&hour);
            for entry in &entries {
                for hour in hours(entry) {
                    let mut own = after.iter().filter(|of| of.origin == entry.origin);
                    if own.any(|of| during(of, hour)) {
                        continue;
                    }
                    // Another record that is as binding stands for it.
                    let binding = |of: &&Entry| {
                        of.origin != entry.origin
                            && during(of, hour)
                            && (of.side().batch || !entry.side().batch)
                            && (of.side().kind != Kind::PendingTimeOff
                                || entry.side().kind == Kind::PendingTimeOff)
                    };
                    let carries = |of: &Entry| {
                        of.id == entry.id
                            || all.iter().any(|carried| {
                                carried.by.origin == of.origin && carried.request == entry.id
                            })
                    };
                    let stands = after.iter().filter(binding).any(carries);
                    // A copy of something that is carried in turn.
                    let carrier = entries.iter().filter(binding).any(carries);
                    prop_assert!(stands || carrier, "{entry:?} at {hour}");
                    prop_assert!(entry.side().kind != Kind::Shift);
                }
                let gone = !after.iter().any(|of| of.origin == entry.origin);
                prop_assert_eq!(gone, emptied.contains(&entry.origin));
            }
            for of in &after {
                let own = entries.iter().find(|entry| entry.origin == of.origin).expect("known");
                prop_assert!(own.start() <= of.start() && of.end() <= own.end());
            }
        }
    }
}
