//! Takes entries of one record that its format repeats for one.

use super::replacing::move_to_end;
use crate::model::keys::{NameKey, QuickMap, RecordKey};
use crate::model::shift::{Entry, Kind, Side};
use crate::model::source::Repeats;
use crate::model::time::Instant;
use std::collections::{HashMap, HashSet, hash_map};

/// Moves entries that are the record of an earlier one again to the end of a timeline. How
/// many stay; they keep their order. `part` is what an entry tells beside its record.
pub fn take_repeated(
    timeline: &mut [Entry],
    repeats: impl Fn(&Entry) -> Repeats,
    part: impl Fn(&Entry) -> Option<NameKey>,
) -> usize {
    let (mut gone, mut place) = (Vec::new(), 0);
    for together in timeline.chunk_by(|one, other| one.start() == other.start()) {
        if together.len() > 1 {
            let mut first: QuickMap<Likeness, u16> = QuickMap::default();
            let mut told: HashMap<Likeness, HashSet<NameKey>> = HashMap::new();
            for (at, entry) in (place..).zip(together) {
                let repeats = repeats(entry);
                let Some(likeness) = Likeness::of(entry, repeats) else { continue };
                if repeats == Repeats::ByPart {
                    let Some(part) = part(entry) else { continue };
                    let told = told.entry(likeness).or_default();
                    let again = !told.is_empty();
                    // Who tells a part again tells the whole shift again.
                    gone.extend((told.insert(part) && again).then_some(at));
                    continue;
                }
                let source = entry.origin.source();
                let again = match first.entry(likeness) {
                    hash_map::Entry::Occupied(known) => {
                        repeats == Repeats::InFile || *known.get() != source
                    }
                    hash_map::Entry::Vacant(place) => {
                        place.insert(source);
                        false
                    }
                };
                gone.extend(again.then_some(at));
            }
        }
        place += together.len() as u32;
    }
    if gone.is_empty() { timeline.len() } else { move_to_end(timeline, &gone) }
}

/// What entries of an agent with one start have in common if they are one record.
#[derive(PartialEq, Eq, Hash)]
struct Likeness {
    end: Instant,
    id: RecordKey,
    side: Side,
    /// The file, if records of two are never one.
    source: Option<u16>,
}

impl Likeness {
    /// `None` if the entry is by itself, whatever else there is.
    fn of(entry: &Entry, repeats: Repeats) -> Option<Likeness> {
        let (id, side) = (entry.id, entry.side());
        let source = match repeats {
            Repeats::InFile | Repeats::ByPart => Some(entry.origin.source()),
            Repeats::BetweenFiles if id.is_some() || side.kind != Kind::Shift => None,
            Repeats::BetweenFiles | Repeats::Never => return None,
        };
        Some(Likeness { end: entry.end(), id, side, source })
    }
}

#[cfg(test)]
mod tests {
    use super::take_repeated;
    use crate::model::keys::{AgentKey, NameKey, RecordKey};
    use crate::model::shift::{Entry, Kind, Side, Traits};
    use crate::model::source::{Origin, Repeats};
    use crate::model::time::{Clock, Span};

    fn entry(file: u16, at: u64, id: u64, kind: Kind, end: i64) -> Entry {
        let span = Span::of_millis(0, end).expect("a span");
        let (side, origin) = (Side { batch: true, kind }, Origin::new(file, at));
        let (agent, id) = (AgentKey::from_bits(1), RecordKey::from_bits(id));
        Entry::new(agent, id, span, Clock::UTC, side, Traits::default(), origin)
    }

    fn kept(entries: &[Entry], repeats: Repeats) -> Vec<(u16, u64)> {
        let mut timeline = entries.to_vec();
        timeline.sort_by_key(Entry::order);
        let kept = take_repeated(&mut timeline, |_| repeats, |_| None);
        timeline[..kept].iter().map(|one| (one.origin.source(), one.origin.offset())).collect()
    }

    #[test]
    fn a_record_that_is_repeated_is_one() {
        let shift = |file, at, id| entry(file, at, id, Kind::Shift, 60_000);
        let rows = [shift(0, 1, 0), shift(0, 2, 0), shift(1, 3, 0)];
        assert_eq!(kept(&rows, Repeats::Never), [(0, 1), (0, 2), (1, 3)]);
        assert_eq!(kept(&rows, Repeats::InFile), [(0, 1), (1, 3)]);
        assert_eq!(kept(&rows, Repeats::BetweenFiles), [(0, 1), (0, 2), (1, 3)]);
        let weeks = [shift(0, 1, 7), shift(1, 2, 7), shift(1, 3, 8)];
        assert_eq!(kept(&weeks, Repeats::BetweenFiles), [(0, 1), (1, 3)]);
        let off = |file, at| entry(file, at, 0, Kind::TimeOff, 60_000);
        assert_eq!(kept(&[off(0, 1), off(1, 2), off(1, 3)], Repeats::BetweenFiles), [(0, 1)]);
        let longer = [shift(0, 1, 7), entry(1, 2, 7, Kind::Shift, 90_000)];
        assert_eq!(kept(&longer, Repeats::BetweenFiles), [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_shift_that_tells_another_part_is_the_same() {
        let kept = |parts: &[u64]| {
            let mut timeline: Vec<Entry> =
                (0..parts.len() as u64).map(|at| entry(0, at, 0, Kind::Shift, 60_000)).collect();
            let part = |entry: &Entry| {
                let part = parts[entry.origin.offset() as usize];
                (part > 0).then(|| NameKey::from_bits(part))
            };
            let kept = take_repeated(&mut timeline, |_| Repeats::ByPart, part);
            timeline[..kept].iter().map(|one| one.origin.offset()).collect::<Vec<_>>()
        };
        assert_eq!(kept(&[1, 2, 3]), [0]);
        assert_eq!(kept(&[1, 1]), [0, 1]);
        assert_eq!(kept(&[1, 2, 1]), [0, 2]);
        assert_eq!(kept(&[0, 1, 2, 0]), [0, 1, 3]);
    }
}
