//! Finds ids of a form that servers do not give.
//!
//! Some servers give the ids of records themselves, as UUIDs; others have one
//! schedule for each record, whose id is the schedule's. What a batch brings is
//! held against both, if the rules for it are on. In a file that has ids, they
//! are meant; in one without, the ids of schedules.

use super::RecordName;
use crate::model::fact::{Detail, Notice, NoticeKind};
use crate::model::keys::{AgentKey, NameKey, QuickMap, QuickSet};
use crate::model::shift::Entry;
use crate::model::source::Origin;

/// The key of an id, or of a schedule where there is none, as the records of a
/// file have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormKey {
    /// The name of a record.
    Record(RecordName),
    /// The id of a schedule.
    Schedule(NameKey),
}

impl FormKey {
    /// The name of an entry: its id, else its schedule of this key, if any.
    #[must_use]
    pub fn of(entry: &Entry, schedule: NameKey) -> Option<FormKey> {
        match (entry.id.is_some(), schedule.is_some()) {
            (true, _) => Some(FormKey::Record(RecordName::of(entry))),
            (false, true) => Some(FormKey::Schedule(schedule)),
            (false, false) => None,
        }
    }
}

/// A batch record and its name.
#[derive(Debug, Clone, Copy)]
pub struct NamedRecord {
    /// The record.
    pub entry: Entry,
    /// Its name.
    pub name: FormKey,
    /// Whether the name is a UUID.
    pub is_uuid: bool,
}

/// Finds new records whose id is no UUID, and schedules that two records of an
/// agent have. `published` are the names that are live.
pub fn compare_forms(
    mut named: Vec<NamedRecord>,
    published: &QuickSet<FormKey>,
    tell: &mut dyn FnMut(Notice),
) {
    named.sort_unstable_by_key(|of| of.entry.origin);
    // A record that stands for several days is one.
    named.dedup_by_key(|of| of.entry.origin);
    for file in named.chunk_by(|one, other| source(one) == source(other)) {
        let has_ids = file.iter().any(|of| matches!(of.name, FormKey::Record(..)));
        let meant = |of: &&NamedRecord| has_ids == matches!(of.name, FormKey::Record(..));
        let strange = file.iter().filter(meant);
        client_made(strange.filter(|of| !of.is_uuid && !published.contains(&of.name)), tell);
    }
    repeated(&named, tell);
}

fn source(named: &NamedRecord) -> u16 {
    named.entry.origin.source()
}

/// One notice for each record, and one for each schedule with the number of its
/// records.
fn client_made<'a>(strange: impl Iterator<Item = &'a NamedRecord>, tell: &mut dyn FnMut(Notice)) {
    let mut schedules: QuickMap<FormKey, usize> = QuickMap::default();
    let mut notices: Vec<Notice> = Vec::new();
    for of in strange {
        let mut notice = Notice::of(NoticeKind::ClientMadeId, &of.entry, None);
        notice.detail = Detail::Records(1);
        if matches!(of.name, FormKey::Record(..)) {
            tell(notice);
            continue;
        }
        match schedules.get(&of.name).and_then(|place| notices.get_mut(*place)) {
            Some(known) => known.detail = Detail::Records(known.detail.records() + 1),
            None => {
                schedules.insert(of.name, notices.len());
                notices.push(Notice { agent: AgentKey::NONE, start: None, ..notice });
            }
        }
    }
    notices.into_iter().for_each(tell);
}

/// In files without ids, every record of a schedule and agent but the first.
fn repeated(named: &[NamedRecord], tell: &mut dyn FnMut(Notice)) {
    let with_ids: QuickSet<u16> =
        named.iter().filter(|of| matches!(of.name, FormKey::Record(..))).map(source).collect();
    let mut firsts: QuickMap<(FormKey, AgentKey), Origin> = QuickMap::default();
    for of in named.iter().filter(|of| !with_ids.contains(&source(of))) {
        let first = *firsts.entry((of.name, of.entry.agent)).or_insert(of.entry.origin);
        if first != of.entry.origin {
            tell(Notice::of(NoticeKind::RepeatedSchedule, &of.entry, Some(first)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RecordName;
    use super::{FormKey, NamedRecord, compare_forms};
    use crate::model::fact::NoticeKind::{self, ClientMadeId, RepeatedSchedule};
    use crate::model::keys::{AgentKey, NameKey, QuickSet, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};

    fn named(source: u16, place: u64, agent: u64, name: FormKey, is_uuid: bool) -> NamedRecord {
        let span = Span::of_millis(0, 1).expect("not empty");
        let side = Side { batch: true, kind: Kind::Shift };
        let origin = Origin::new(source, place);
        let (agent, id) = (AgentKey::from_bits(agent), RecordKey::NONE);
        let entry = Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin);
        NamedRecord { entry, name, is_uuid }
    }

    fn name(id: u64, is_shift: bool) -> FormKey {
        FormKey::Record(RecordName { id: RecordKey::from_bits(id), is_shift })
    }

    fn schedule(name: u64) -> FormKey {
        FormKey::Schedule(NameKey::from_bits(name))
    }

    fn told(named: &[NamedRecord], published: &[FormKey]) -> Vec<(NoticeKind, u64, u64, u64)> {
        let published: QuickSet<FormKey> = published.iter().copied().collect();
        let mut notices = Vec::new();
        compare_forms(named.to_vec(), &published, &mut |notice| notices.push(notice));
        let place = |origin: Option<Origin>| origin.map_or(0, Origin::offset);
        notices
            .iter()
            .map(|notice| {
                let agent = notice.agent.bits();
                (notice.kind, agent, place(notice.records[0]), notice.detail.records())
            })
            .collect()
    }

    #[test]
    fn a_new_id_that_is_no_uuid_is_told_for_its_record() {
        let id = |id| name(id, true);
        let records = [
            named(0, 1, 5, id(1), false),
            named(0, 2, 5, id(2), true),
            named(0, 3, 6, id(3), false),
            named(0, 4, 6, schedule(8), false),
        ];
        let expected = [(ClientMadeId, 5, 1, 1), (ClientMadeId, 6, 3, 1)];
        assert_eq!(told(&records, &[]), expected, "the file has ids, so schedules are none");
        assert_eq!(told(&records, &[id(1), name(3, false)]), expected[1..]);
    }

    #[test]
    fn without_ids_schedules_are_told_once_a_file_and_repeats_by_record() {
        let (week, other) = (schedule(8), schedule(9));
        let records = [
            named(0, 1, 5, week, false),
            named(0, 2, 6, week, false),
            named(0, 3, 6, other, true),
            named(0, 3, 6, other, true),
            named(1, 4, 6, week, false),
        ];
        assert_eq!(
            told(&records, &[]),
            [(ClientMadeId, 0, 1, 2), (ClientMadeId, 0, 4, 1), (RepeatedSchedule, 6, 4, 1)]
        );
        let with_an_id = [&records[..], &[named(1, 5, 5, name(1, true), true)]].concat();
        assert_eq!(told(&with_an_id, &[week]), []);
    }
}
