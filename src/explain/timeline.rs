//! Holds the other entries of an agent around an overlap.
//!
//! Decides whether a record could be moved without a new overlap.

use crate::calendar::{Calendar, OffsetCache};
use crate::model::keys::{AgentKey, QuickMap};
use crate::model::shift::Entry;
use crate::model::time::{Clock, DAY, Instant};
use std::ops::Range;

/// This many entries before and after one are compared.
const WITHIN: usize = 48;

/// The entries around the overlaps of each agent, sorted by start.
#[derive(Default)]
pub struct Timelines {
    parts: Vec<Vec<Entry>>,
    /// The part of each agent, and where in it.
    places: Vec<(usize, Range<usize>)>,
    /// Which of these are whose.
    by_agent: QuickMap<AgentKey, u32>,
}

impl Timelines {
    /// Timelines of entries that come agent by agent, those of each in order and
    /// in one part.
    #[must_use]
    pub fn new(parts: Vec<Vec<Entry>>) -> Timelines {
        let (mut places, mut by_agent) = (Vec::new(), QuickMap::default());
        for (part, entries) in parts.iter().enumerate() {
            let mut start = 0;
            for of_agent in entries.chunk_by(|one, other| one.agent == other.agent) {
                let end = start + of_agent.len();
                by_agent.extend(of_agent.first().map(|entry| (entry.agent, places.len() as u32)));
                places.push((part, start..end));
                start = end;
            }
        }
        Timelines { parts, places, by_agent }
    }

    fn at(&self, (part, range): &(usize, Range<usize>)) -> Option<&[Entry]> {
        self.parts.get(*part)?.get(range.clone())
    }

    /// What is known of an agent around one of its entries.
    #[must_use]
    pub fn around(&self, entry: &Entry) -> &[Entry] {
        let place = self.by_agent.get(&entry.agent);
        let place = place.and_then(|place| self.places.get(*place as usize));
        let timeline = place.and_then(|place| self.at(place)).unwrap_or(&[]);
        let place = timeline.partition_point(|other| other.order() < entry.order());
        let near = place.saturating_sub(WITHIN)..(place + WITHIN).min(timeline.len());
        timeline.get(near).unwrap_or(&[])
    }

    /// The timeline of each agent, long ones in pieces.
    pub fn pieces(&self) -> impl Iterator<Item = &[Entry]> {
        let timelines = self.places.iter().filter_map(|place| self.at(place));
        timelines.flat_map(|timeline| timeline.chunks(2 * WITHIN))
    }

    /// Whether `moved` can have these times instead of its own without meeting an entry of
    /// its agent that it did not meet before. Entries for which `with` holds move with it.
    #[must_use]
    pub fn has_room(
        &self,
        moved: &Entry,
        times: (Instant, Instant),
        with: impl Fn(&Entry) -> bool,
    ) -> bool {
        let mine = |entry: &Entry| entry.origin == moved.origin;
        let timeline = self.around(moved);
        let in_the_way = |entry: &&Entry| {
            !mine(entry)
                && entry.side().relates(moved.side())
                && super::share(times, span(entry))
                && !super::share(span(moved), span(entry))
                && !with(entry)
        };
        timeline.iter().any(mine) && !timeline.iter().any(|entry| in_the_way(&entry))
    }
}

/// Start and end by the widest reading.
pub(super) fn span(entry: &Entry) -> (Instant, Instant) {
    (entry.start(), entry.end())
}

/// The local times of day at which a span starts and ends, in ms since midnight.
pub(super) fn hours_of(
    (start, end): (Instant, Instant),
    clock: Clock,
    calendar: &Calendar,
    offset_cache: &mut OffsetCache,
) -> (i64, i64) {
    let mut hour = |at: Instant| {
        let offset = calendar.offset_at(clock, at, offset_cache);
        at.to_local(offset).rem_euclid(DAY)
    };
    (hour(start), hour(end))
}

#[cfg(test)]
mod tests {
    use super::Timelines;
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Instant, Span};

    fn entry(agent: u64, start: i64, end: i64, batch: bool) -> Entry {
        let side = Side { batch, kind: Kind::Shift };
        let span = Span::of_millis(start, end).expect("not empty");
        let origin = Origin::new(0, start as u64 * 10 + u64::from(batch));
        let (agent, id) = (AgentKey::from_bits(agent), RecordKey::NONE);
        Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
    }

    fn at(start: i64, end: i64) -> (Instant, Instant) {
        (Instant::from_millis(start), Instant::from_millis(end))
    }

    #[test]
    fn a_record_moves_where_nothing_new_is_in_its_way() {
        let moved = entry(1, 10, 20, true);
        let of_agent = [moved, entry(1, 15, 30, false), entry(1, 40, 50, false)];
        let timelines = Timelines::new(vec![of_agent.to_vec(), vec![entry(2, 0, 99, false)]]);
        assert_eq!(timelines.around(&moved), of_agent);
        assert_eq!(timelines.pieces().map(<[Entry]>::len).collect::<Vec<_>>(), [3, 1]);
        assert!(timelines.has_room(&moved, at(0, 10), |_| false));
        assert!(timelines.has_room(&moved, at(30, 40), |_| false));
        assert!(timelines.has_room(&moved, at(12, 22), |_| false), "it was in the way before");
        assert!(!timelines.has_room(&moved, at(35, 45), |_| false));
        assert!(timelines.has_room(&moved, at(35, 45), |entry| entry.start() == at(40, 50).0));
    }

    #[test]
    fn without_neighbours_nothing_is_known_to_have_room() {
        let moved = entry(1, 10, 20, true);
        assert!(!Timelines::new(vec![vec![entry(1, 40, 50, true)]]).has_room(
            &moved,
            at(0, 10),
            |_| false
        ));
    }

    #[test]
    fn two_published_records_are_not_in_each_others_way() {
        let moved = entry(1, 10, 20, false);
        let timelines = Timelines::new(vec![vec![moved, entry(1, 40, 50, false)]]);
        assert!(timelines.has_room(&moved, at(35, 45), |_| false));
    }
}
