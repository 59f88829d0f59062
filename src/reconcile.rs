//! Compares ids: what replaces what, and which ids are shared or taken.
//!
//! Who stands for whom: which batch records share an id, whose id is published
//! for another agent, which published records a batch record replaces. Time is
//! not known here. What they say about versions is in `versions`,
//! what their form says in `forms`.

mod changes;

mod forms;

mod holdings;

mod id_forms;

mod shift_ids;

mod statements;

mod versions;

pub use changes::DeletedRecords;
pub use forms::{FormKey, NamedRecord, compare_forms};
pub use holdings::{Holdings, OfIds, Replacing, Sharing, sharing_habitually};
pub use id_forms::IdForms;
pub use statements::{StatedVersions, contradict};
pub use versions::{Statement, compare_versions};

mod repeats;

mod merging;

mod replacing;

mod requests;

mod syncs;

pub use merging::take_repeated;
pub use repeats::{BloomFilter, FilterWriter, Inserted, ProbableRepeats};
pub use replacing::{CancelledRecords, RecordName, take_replaced};
pub use requests::{AgentContext, Carried, Uncarried, uncarried};
pub use syncs::{RequestStates, sync_version};

#[cfg(test)]
mod tests {
    use super::{CancelledRecords, Holdings, OfIds, RecordName, take_replaced};
    use crate::model::fact::{Detail, Notice, NoticeKind};
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Instant, Span};
    use std::collections::{BTreeMap, BTreeSet};

    /// A cancelled record of agent 1.
    fn cancelled(id: u64, is_shift: bool, origin: Origin) -> CancelledRecords {
        let mut cancelled = CancelledRecords::default();
        let name = RecordName { id: RecordKey::from_bits(id), is_shift };
        cancelled.add(AgentKey::from_bits(1), name, origin);
        cancelled
    }

    fn entry_at(start: i64, agent: u64, id: u64, side: Side, place: u64) -> Entry {
        let span = Span::of_millis(start, start + 1).expect("not empty");
        let origin = Origin::new(u16::from(!side.batch), place);
        let (agent, id) = (AgentKey::from_bits(agent), RecordKey::from_bits(id));
        Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
    }

    fn entry(agent: u64, id: u64, batch: bool, kind: Kind, place: u64) -> Entry {
        entry_at(0, agent, id, Side { batch, kind }, place)
    }

    /// What all agents hold; a day has ten units of time.
    fn holdings(entries: &[Entry], most: usize) -> Holdings {
        let mut timelines: BTreeMap<AgentKey, Vec<Entry>> = BTreeMap::new();
        entries.iter().for_each(|entry| timelines.entry(entry.agent).or_default().push(*entry));
        let mut holdings = Holdings::default();
        for timeline in timelines.values_mut() {
            timeline.sort_by_key(Entry::order);
            let mut places: Vec<u32> = (0..timeline.len() as u32).collect();
            let mut of_agent = Holdings::default();
            of_agent.add(
                timeline,
                &mut places,
                |entry| (entry.start().millis() / 10) as i32,
                |_| false,
                most,
            );
            holdings.join(of_agent);
        }
        holdings.sort();
        holdings
    }

    fn told(entries: &[Entry], most: usize) -> (Vec<Notice>, BTreeMap<String, u64>) {
        let (mut notices, mut counts) = (Vec::new(), BTreeMap::new());
        holdings(entries, most).compare(
            |_, _, _| false,
            &BTreeSet::new(),
            &mut |told| match told {
                OfIds::Count(kind, count) => {
                    *counts.entry(format!("{kind:?}")).or_default() += count;
                }
                OfIds::Notice(notice) => notices.push(*notice),
            },
        );
        (notices, counts)
    }

    fn notices(entries: &[Entry]) -> Vec<(NoticeKind, u64, u64)> {
        let (notices, counts) = told(entries, usize::MAX);
        assert_eq!(counts.values().sum::<u64>(), notices.len() as u64);
        let place = |notice: &Notice| {
            let places: Vec<u64> = notice.origins().map(Origin::offset).collect();
            (notice.kind, places[0], places[1])
        };
        notices.iter().map(place).collect()
    }

    #[test]
    fn the_first_day_of_a_record_stands_for_all() {
        let side = Side { batch: true, kind: Kind::Shift };
        // More than are sorted by insertion, which would keep equals in order.
        let mut entries: Vec<Entry> =
            (0..40).rev().map(|start| entry_at(start, 1, 9, side, 7)).collect();
        entries.push(entry_at(50, 1, 9, side, 0));
        let starts = |entries: &[Entry]| {
            let (notices, _) = told(entries, usize::MAX);
            notices.into_iter().map(|notice| notice.start).collect::<Vec<_>>()
        };
        assert_eq!(starts(&entries), [Some(Instant::from_millis(0))]);
        entries.reverse();
        assert_eq!(starts(&entries), [Some(Instant::from_millis(0))]);
    }

    #[test]
    fn an_id_on_two_batch_records_is_found_across_agents() {
        let far = u64::MAX - 5;
        let entries = [
            entry(1, 9, true, Kind::Shift, 0),
            entry(far, 9, true, Kind::Shift, 1),
            entry(1, 9, true, Kind::Shift, 2),
            entry(1, 9, true, Kind::TimeOff, 3),
            entry(1, 8, true, Kind::Shift, 4),
        ];
        assert_eq!(
            notices(&entries),
            [(NoticeKind::DuplicateId, 2, 0), (NoticeKind::DuplicateId, 1, 0)]
        );
    }

    #[test]
    fn an_id_is_taken_when_only_others_have_published_it() {
        let entries = [
            entry(1, 9, true, Kind::Shift, 0),
            entry(2, 9, false, Kind::Shift, 1),
            entry(3, 7, true, Kind::Shift, 2),
            entry(3, 7, false, Kind::Shift, 3),
            entry(4, 7, false, Kind::Shift, 4),
        ];
        assert_eq!(notices(&entries), [(NoticeKind::IdTaken, 0, 1)]);
    }

    #[test]
    fn what_a_swap_gives_is_not_taken() {
        let entries = [entry(1, 9, true, Kind::Shift, 0), entry(2, 9, false, Kind::Shift, 1)];
        for (given, expected) in [((9, 2, 1), 0), ((9, 1, 2), 2)] {
            let mut count = 0;
            let is_given = |id: RecordKey, from: AgentKey, to: AgentKey| {
                (id.bits(), from.bits(), to.bits()) == given
            };
            holdings(&entries, 9).compare(is_given, &BTreeSet::new(), &mut |_| count += 1);
            assert_eq!(count, expected, "a number and a notice, or neither");
        }
    }

    #[test]
    fn of_many_records_with_one_id_those_that_stand_first_are_listed() {
        let crowd: Vec<Entry> =
            (0..1000).map(|place| entry(1, 9, true, Kind::Shift, 999 - place)).collect();
        let (notices, counts) = told(&crowd, 3);
        assert_eq!(counts["DuplicateId"], 999);
        let places = |notice: &Notice| notice.origins().map(Origin::offset).collect::<Vec<_>>();
        assert_eq!(notices.iter().map(places).collect::<Vec<_>>(), [[1, 0], [2, 0], [3, 0]]);
    }

    /// The files whose ids are shared, and by how many records.
    fn sharing(entries: &[Entry]) -> Vec<(u16, u64)> {
        let sharing = holdings(entries, 9).sharing();
        sharing.into_iter().map(|(source, sharing)| (source, sharing.records)).collect()
    }

    #[test]
    fn an_id_is_shared_by_agents_or_by_days_and_not_by_copies() {
        let side = |batch| Side { batch, kind: Kind::Shift };
        let sent = |start, agent, place| entry_at(start, agent, 9, side(true), place);
        assert_eq!(sharing(&[sent(0, 1, 0), sent(0, 1, 1), sent(3, 1, 2)]), [], "one day");
        assert_eq!(sharing(&[sent(0, 1, 0), sent(12, 1, 1)]), [(0, 2)], "two days");
        assert_eq!(sharing(&[sent(9, 1, 0), sent(10, 1, 1)]), [], "it goes on past midnight");
        assert_eq!(sharing(&[sent(0, 1, 0), sent(0, 2, 1), sent(0, 2, 2)]), [(0, 3)]);
        assert_eq!(sharing(&[sent(0, 1, 5), sent(20, 1, 5)]), [], "one record of two days");
        let live = entry_at(20, 2, 9, side(false), 0);
        assert_eq!(sharing(&[sent(0, 1, 0), live]), [], "sent and published apart");
        let off = entry(2, 9, true, Kind::TimeOff, 1);
        assert_eq!(sharing(&[sent(0, 1, 0), off]), [], "and shifts and time off");
    }

    fn replaced(timeline: &mut [Entry], cancelled: &CancelledRecords) -> (Vec<u64>, Vec<Notice>) {
        let (mut notices, count) = (Vec::new(), timeline.len());
        timeline.sort_by_key(Entry::order);
        let is_request = |entry: &Entry| entry.id.bits() == 6 && entry.origin.offset() < 1000;
        let kept = take_replaced(timeline, cancelled, is_request, &mut |told| notices.push(told));
        assert!(timeline[..kept].is_sorted_by_key(Entry::order));
        let mut gone: Vec<u64> =
            timeline[kept..].iter().map(|entry| entry.origin.offset()).collect();
        gone.sort_unstable();
        assert_eq!(kept + gone.len(), count);
        (gone, notices)
    }

    #[test]
    fn a_batch_record_replaces_what_has_its_id_and_kind() {
        let mut timeline = vec![
            entry(1, 9, true, Kind::Shift, 0),
            entry(1, 9, false, Kind::Shift, 1),
            entry(1, 9, false, Kind::TimeOff, 2),
            entry(1, 8, false, Kind::Shift, 3),
            entry(1, 8, false, Kind::TimeOff, 5),
            entry(1, 0, false, Kind::Shift, 4),
        ];
        let cancelled = cancelled(8, true, Origin::new(0, 9));
        assert_eq!(replaced(&mut timeline, &cancelled), (vec![1, 3], vec![]));
    }

    #[test]
    fn a_request_is_replaced_by_a_cancelled_record_alone() {
        let request = entry(1, 6, false, Kind::TimeOff, 1);
        let sent = entry(1, 6, true, Kind::TimeOff, 2);
        let cancelled = cancelled(6, false, Origin::new(0, 9));
        assert!(replaced(&mut [request, sent], &CancelledRecords::default()).0.is_empty());
        assert_eq!(replaced(&mut [request], &cancelled).0, [1]);
        let published = entry_at(5, 1, 6, Side { batch: false, kind: Kind::TimeOff }, 1001);
        let (gone, notices) = replaced(&mut [request, published], &cancelled);
        assert_eq!((gone, notices), (vec![1, 1001], vec![]), "a request and what came of it");
        assert!(replaced(&mut [request, sent], &cancelled).0.is_empty());
    }

    #[test]
    fn of_published_records_that_differ_none_is_replaced() {
        let side = |batch| Side { batch, kind: Kind::Shift };
        let sent = |id, place| entry_at(0, 1, id, side(true), place);
        let live = |start, id, place| entry_at(start, 1, id, side(false), place);
        let copies = [sent(9, 0), live(5, 9, 1), live(5, 9, 2)];
        assert_eq!(
            replaced(&mut copies.clone(), &CancelledRecords::default()),
            (vec![1, 2], vec![])
        );
        let days = [sent(9, 0), live(5, 9, 1), live(15, 9, 1), live(5, 9, 2), live(15, 9, 2)];
        assert_eq!(replaced(&mut days.clone(), &CancelledRecords::default()).0, [1, 1, 2, 2]);
        let differ = [
            sent(9, 4),
            sent(9, 3),
            live(5, 9, 1),
            live(5, 9, 2),
            live(7, 9, 3),
            sent(8, 5),
            live(9, 8, 6),
        ];
        let (gone, notices) = replaced(&mut differ.clone(), &CancelledRecords::default());
        assert_eq!(gone, [6]);
        let places: Vec<u64> = notices[0].origins().map(Origin::offset).collect();
        assert_eq!(
            (notices.len(), places, notices[0].detail),
            (1, vec![3, 1, 3], Detail::Records(2))
        );
        let cancelled = cancelled(9, true, Origin::new(0, 7));
        let (gone, notices) = replaced(&mut [live(5, 9, 1), live(7, 9, 3)], &cancelled);
        let places: Vec<u64> = notices[0].origins().map(Origin::offset).collect();
        assert_eq!((gone, places), (vec![], vec![7, 1, 3]));
        let shorter = [sent(9, 0), live(5, 9, 1), live(15, 9, 1), live(5, 9, 2)];
        assert_eq!(replaced(&mut shorter.clone(), &CancelledRecords::default()).1.len(), 1);
    }
}
