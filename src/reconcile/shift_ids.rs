//! Decides whether the ids of a file are those of shifts, each row of which is a part of one.

use crate::model::shift::Entry;
use crate::model::time::DAY;

/// Whether records of one agent, sorted by start, can be the parts of one shift: there are three or
/// more, none is that of another one again, and each begins by the end of those before it. Two, or
/// records with gaps between them, can be shifts of their own, which a server refuses for their id.
pub(super) fn are_parts<'e>(records: impl Iterator<Item = &'e Entry>) -> bool {
    const FEWEST: usize = 3;
    let mut records = records.map(|entry| (entry.start(), entry.end()));
    let Some(first) = records.next() else { return false };
    let (mut last, mut end, mut count) = (first, first.1, 1);
    let adjoin = records.all(|next| {
        let adjoins = next != last && next.0 <= end;
        (last, end, count) = (next, end.max(next.1), count + 1);
        adjoins
    });
    adjoin && count >= FEWEST && end - first.0 <= DAY
}

/// How the ids of one file of the batch are repeated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RepeatedIds {
    /// How many ids stand on records that can be the parts of one shift.
    pub ids: u64,
    /// How many records these are.
    pub records: u64,
    /// How many other ids stand on several records.
    pub others: u64,
}

impl RepeatedIds {
    /// Whether the ids are those of shifts, where so many records have one: a few can be copied
    /// by mistake, with other times. Where most are those of shifts, a few others are the mistake.
    #[must_use]
    pub fn name_shifts(&self, with_id: u64) -> bool {
        const FEWEST_IDS: u64 = 3;
        const FEWEST_RECORDS: u64 = 10;
        const SHARE: u64 = 3;
        const MISTAKES: u64 = 10;
        self.others * MISTAKES <= self.ids
            && self.ids >= FEWEST_IDS
            && self.records >= FEWEST_RECORDS
            && self.records * SHARE >= with_id
    }
}

#[cfg(test)]
mod tests {
    use super::{RepeatedIds, are_parts};
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, HOUR, Span};

    #[test]
    fn parts_of_a_shift_adjoin_each_other_on_one_day() {
        for (spans, expected) in [
            (&[(8, 12), (12, 13), (13, 17)][..], true),
            (&[(8, 12), (11, 17), (16, 18)], true),
            (&[(22, 24), (24, 26), (26, 30)], true),
            (&[(8, 12)], false),
            (&[(8, 12), (12, 17)], false),
            (&[(8, 12), (12, 13), (12, 13)], false),
            (&[(8, 12), (12, 13), (14, 17)], false),
            (&[(8, 16), (16, 24), (24, 33)], false),
        ] {
            let side = Side { batch: true, kind: Kind::Shift };
            let entry = |(start, end): &(i64, i64)| {
                let span = Span::of_millis(start * HOUR, end * HOUR).expect("a span");
                let (agent, id) = (AgentKey::from_bits(1), RecordKey::from_bits(1));
                let origin = Origin::new(0, *start as u64);
                Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
            };
            let entries: Vec<Entry> = spans.iter().map(entry).collect();
            assert_eq!(are_parts(entries.iter()), expected, "{spans:?}");
        }
    }

    #[test]
    fn a_few_repeated_ids_are_no_habit() {
        let repeated = |ids, records, others| RepeatedIds { ids, records, others };
        assert!(repeated(4, 12, 0).name_shifts(12));
        assert!(repeated(4, 12, 0).name_shifts(36));
        assert!(!repeated(4, 12, 0).name_shifts(37));
        assert!(!repeated(9, 27, 1).name_shifts(29));
        assert!(repeated(10, 30, 1).name_shifts(32));
        assert!(!repeated(3, 9, 0).name_shifts(9));
        assert!(!repeated(2, 12, 0).name_shifts(12));
    }
}
