//! Ids become notices and replacements.
//!
//! Who stands for whom: which batch records share an id, whose id is published
//! for another agent, which published records a batch record replaces. Time is
//! not known here. What they say about versions is in `versions`,
//! what their form says in `forms`.

mod forms;

mod versions;

pub use forms::{Name, Named, compare_forms};
pub use versions::{Statement, compare_versions};

mod repeats;

pub use repeats::{Noted, Notes, Seen, Suspects};

use crate::model::fact::{Matter, Notice};
use crate::model::shift::{Entry, Kind};
use std::collections::HashSet;

/// Takes out of one agent's entries what other records replace: a record that
/// is there already, whose id a batch record of the same kind has. `voided`
/// holds agent, id and whether it is a shift of batch records that are void.
///
/// Returns the entries that were taken out.
pub fn take_replaced(timeline: &mut Vec<Entry>, voided: &HashSet<(u64, u64, bool)>) -> Vec<Entry> {
    let class = |entry: &Entry| entry.side().kind == Kind::Shift;
    let mut sent: Vec<(u64, bool)> = timeline
        .iter()
        .filter(|entry| entry.side().batch && entry.id != 0)
        .map(|entry| (entry.id, class(entry)))
        .collect();
    if sent.is_empty() && voided.is_empty() {
        return Vec::new();
    }
    sent.sort_unstable();
    let replaced = |entry: &mut Entry| {
        !entry.side().batch
            && entry.id != 0
            && (sent.binary_search(&(entry.id, class(entry))).is_ok()
                || voided.contains(&(entry.agent, entry.id, class(entry))))
    };
    timeline.extract_if(.., replaced).collect()
}

/// Finds batch records that share an id with another one, and those whose id is
/// published for another agent, among records whose ids are suspects.
///
/// Ids of shifts and of time off are told apart: they are counted separately
/// where they come from.
#[must_use]
pub fn compare_ids(mut suspects: Vec<Entry>) -> Vec<Notice> {
    let class = |entry: &Entry| (entry.id, entry.side().kind != Kind::Shift);
    suspects.sort_unstable_by_key(|entry| {
        (class(entry), !entry.side().batch, entry.origin, entry.start())
    });
    suspects.chunk_by(|one, other| class(one) == class(other)).flat_map(notices_of_one_id).collect()
}

/// The notices among entries with one id, batch records first.
fn notices_of_one_id(entries: &[Entry]) -> Vec<Notice> {
    let (sent, published) = entries.split_at(entries.partition_point(|entry| entry.side().batch));
    // A record that stands for several days has an entry for each; the first
    // day stands for all.
    let mut sent = sent.to_vec();
    sent.dedup_by_key(|entry| entry.origin);
    let mut notices = Vec::new();
    if let Some((first, others)) = sent.split_first() {
        let duplicate = |record| Notice::of(Matter::DuplicateId, record, Some(first.origin));
        notices.extend(others.iter().map(duplicate));
    }
    for record in &sent {
        let own = published.iter().any(|other| other.agent == record.agent);
        if let Some(other) = published.first().filter(|_| !own) {
            notices.push(Notice::of(Matter::IdTaken, record, Some(other.origin)));
        }
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::{compare_ids, take_replaced};
    use crate::model::fact::Matter;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};
    use std::collections::HashSet;

    fn entry(agent: u64, id: u64, batch: bool, kind: Kind, place: u64) -> Entry {
        let span = Span::new(0, 1).expect("not empty");
        let origin = Origin::new(u16::from(!batch), place);
        Entry::new(agent, id, span, Clock::UTC, Side { batch, kind }, Traits::default(), origin)
    }

    fn notices(entries: &[Entry]) -> Vec<(Matter, u64, u64)> {
        compare_ids(entries.to_vec())
            .into_iter()
            .map(|notice| {
                let places: Vec<u64> = notice.origins().map(Origin::offset).collect();
                (notice.matter, places[0], places[1])
            })
            .collect()
    }

    #[test]
    fn the_first_day_of_a_record_stands_for_all() {
        let day = |start: i64, place: u64| {
            let span = Span::new(start, start + 1).expect("not empty");
            let side = Side { batch: true, kind: Kind::Shift };
            let origin = Origin::new(0, place);
            Entry::new(1, 9, span, Clock::UTC, side, Traits::default(), origin)
        };
        // More than are sorted by insertion, which would keep equals in order.
        let mut entries: Vec<Entry> = (0..40).rev().map(|start| day(start, 7)).collect();
        entries.push(day(50, 0));
        let starts = |entries: Vec<Entry>| {
            let notices = compare_ids(entries);
            notices.into_iter().map(|notice| notice.start).collect::<Vec<_>>()
        };
        assert_eq!(starts(entries.clone()), [Some(0)]);
        entries.reverse();
        assert_eq!(starts(entries), [Some(0)]);
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
        assert_eq!(notices(&entries), [(Matter::DuplicateId, 1, 0), (Matter::DuplicateId, 2, 0)]);
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
        assert_eq!(notices(&entries), [(Matter::IdTaken, 0, 1)]);
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
        let voided = HashSet::from([(1, 8, true)]);
        let taken = take_replaced(&mut timeline, &voided);
        assert_eq!(taken.iter().map(|entry| entry.origin.offset()).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(timeline.len(), 4);
    }
}
