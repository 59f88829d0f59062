//! Entries become what else an agent has.
//!
//! Decides whether a record can be moved without another one in its way.

use crate::model::keys::QuickMap;
use crate::model::shift::{Entry, Kind, Side};
use crate::model::time::Instant;
use std::ops::Range;

/// The entries around the overlaps of each agent, sorted by start.
#[derive(Default)]
pub struct Timelines {
    entries: Vec<Entry>,
    by_agent: QuickMap<u64, Range<usize>>,
}

impl Timelines {
    /// Puts entries in order, however they come.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Timelines {
        entries.sort_unstable_by_key(|entry| (entry.agent, entry.order()));
        let mut by_agent = QuickMap::default();
        let mut start = 0;
        for of_agent in entries.chunk_by(|one, other| one.agent == other.agent) {
            let end = start + of_agent.len();
            by_agent.extend(of_agent.first().map(|entry| (entry.agent, start..end)));
            start = end;
        }
        Timelines { entries, by_agent }
    }

    /// What is known of an agent.
    #[must_use]
    pub fn of(&self, agent: u64) -> &[Entry] {
        self.by_agent.get(&agent).and_then(|range| self.entries.get(range.clone())).unwrap_or(&[])
    }

    /// Whether `moved` can have these times instead of its own: no entry of its
    /// agent is in the way that was not before. Entries for which `with` holds
    /// move with it.
    #[must_use]
    pub fn has_room(
        &self,
        moved: &Entry,
        times: (Instant, Instant),
        with: impl Fn(&Entry) -> bool,
    ) -> bool {
        let mine = |entry: &Entry| entry.origin == moved.origin;
        let timeline = self.of(moved.agent);
        let in_the_way = |entry: &&Entry| {
            !mine(entry)
                && relates(entry.side(), moved.side())
                && super::share(times, span(entry))
                && !super::share(span(moved), span(entry))
                && !with(entry)
        };
        timeline.iter().any(mine) && !timeline.iter().any(|entry| in_the_way(&entry))
    }
}

/// Start and end by the widest reading.
fn span(entry: &Entry) -> (Instant, Instant) {
    (entry.start(), entry.end())
}

/// Whether records of these sides can be in each other's way.
fn relates(one: Side, other: Side) -> bool {
    let off = |side: Side| side.kind != Kind::Shift;
    let undecided = |side: Side| side.kind == Kind::PendingTimeOff;
    let sent = one.batch || other.batch;
    match (off(one), off(other)) {
        (true, true) => !undecided(one) && !undecided(other),
        _ => sent,
    }
}

#[cfg(test)]
mod tests {
    use super::Timelines;
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};

    fn entry(agent: u64, start: i64, end: i64, batch: bool) -> Entry {
        let side = Side { batch, kind: Kind::Shift };
        let span = Span::new(start, end).expect("not empty");
        let origin = Origin::new(0, start as u64 * 10 + u64::from(batch));
        Entry::new(agent, 0, span, Clock::UTC, side, Traits::default(), origin)
    }

    #[test]
    fn a_record_moves_where_nothing_new_is_in_its_way() {
        let moved = entry(1, 10, 20, true);
        let others = [entry(1, 15, 30, false), entry(1, 40, 50, false), entry(2, 0, 99, false)];
        let timelines = Timelines::new([&others[..], &[moved]].concat());
        assert_eq!(timelines.of(1).len(), 3);
        assert!(timelines.has_room(&moved, (0, 10), |_| false));
        assert!(timelines.has_room(&moved, (30, 40), |_| false));
        assert!(timelines.has_room(&moved, (12, 22), |_| false), "it was in the way before");
        assert!(!timelines.has_room(&moved, (35, 45), |_| false));
        assert!(timelines.has_room(&moved, (35, 45), |entry| entry.start() == 40));
    }

    #[test]
    fn without_neighbours_nothing_is_known_to_have_room() {
        let moved = entry(1, 10, 20, true);
        assert!(!Timelines::new(vec![entry(1, 40, 50, true)]).has_room(&moved, (0, 10), |_| false));
    }

    #[test]
    fn two_published_records_are_not_in_each_others_way() {
        let moved = entry(1, 10, 20, false);
        let timelines = Timelines::new(vec![moved, entry(1, 40, 50, false)]);
        assert!(timelines.has_room(&moved, (35, 45), |_| false));
    }
}
