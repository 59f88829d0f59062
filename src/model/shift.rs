//! A record as numbers: the entry that it puts on a timeline.
//!
//! The hot pass carries one [`Entry`] per record and nothing else: no text, no table of names.
//! The words that a finding shows are read again from the entry's origin.

use crate::model::keys::{AgentKey, RecordKey};
use crate::model::source::Origin;
use crate::model::time::{Clock, Instant, Span};

/// What a record does to its agent's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Work.
    Shift,
    /// Absence that is granted, or must be taken as granted.
    TimeOff,
    /// Absence that is asked for and not decided.
    PendingTimeOff,
    /// Time at which the agent cannot, or does not want to work.
    Unavailable,
}

impl Kind {
    /// The word used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Shift => "shift",
            Kind::TimeOff | Kind::PendingTimeOff => "time-off",
            Kind::Unavailable => "unavailable",
        }
    }
}

/// Which side of the comparison a record is on, batch or published, and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Side {
    /// Whether it is a record of the batch.
    pub batch: bool,
    /// What it does to its agent's time.
    pub kind: Kind,
}

impl Side {
    /// How many sides there are.
    pub const COUNT: usize = 8;

    /// Its number, below [`Side::COUNT`]: in the order of sides.
    #[must_use]
    pub const fn number(self) -> usize {
        (self.batch as usize) * 4 + self.kind as usize
    }

    /// The side with this number.
    #[must_use]
    pub const fn from_number(number: usize) -> Side {
        // Asked of every record several times: a table takes no division.
        const KINDS: [Kind; 4] =
            [Kind::Shift, Kind::TimeOff, Kind::PendingTimeOff, Kind::Unavailable];
        const SIDES: [Side; Side::COUNT] = {
            let first = Side { batch: false, kind: Kind::Shift };
            let (mut sides, mut number) = ([first; Side::COUNT], 0);
            while number < sides.len() {
                sides[number] = Side { batch: number >= 4, kind: KINDS[number % 4] };
                number += 1;
            }
            sides
        };
        SIDES[number]
    }

    /// Whether there is a rule about overlaps of records of these sides.
    #[must_use]
    pub fn relates(self, other: Side) -> bool {
        match (self.kind, other.kind) {
            (Kind::Shift, _) | (_, Kind::Shift) => self.batch || other.batch,
            _ => self.kind == Kind::TimeOff && other.kind == Kind::TimeOff,
        }
    }

    /// Every side, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Side> {
        (0..Self::COUNT).map(Side::from_number)
    }
}

/// What was noticed about an entry while its words were read, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits(u16);

impl Traits {
    /// Its readings differ: a local time that the clock skipped or doubled.
    pub const AMBIGUOUS: Traits = Traits(1 << 3);
    /// A time had neither offset nor zone.
    pub const MISSING_OFFSET: Traits = Traits(1 << 4);
    /// A local time that the clock skipped.
    pub const GAP: Traits = Traits(1 << 5);
    /// A local time that the clock showed twice.
    pub const FOLD: Traits = Traits(1 << 6);
    /// An offset that the zone does not have then.
    pub const MISMATCH: Traits = Traits(1 << 7);
    /// A shift longer than shifts may be.
    pub const TOO_LONG: Traits = Traits(1 << 8);
    /// Its end was moved to the next day.
    pub const OVERNIGHT: Traits = Traits(1 << 9);
    /// Its status is in no list.
    pub const UNKNOWN_STATUS: Traits = Traits(1 << 10);
    /// A time is marked as UTC, though the record has a clock of its own.
    pub const UTC: Traits = Traits(1 << 11);
    /// A shift has a start, an end and a length that contradicts them.
    pub const CONTRADICTING_LENGTH: Traits = Traits(1 << 12);
    /// Its start has another date than the record's own date field.
    pub const OTHER_DATE: Traits = Traits(1 << 13);
    /// It calls itself a break, a meal or a pause: within a shift of its agent it is
    /// a part of that shift, and elsewhere a shift.
    pub const PART: Traits = Traits(1 << 14);

    /// Whether any of these bits is set.
    #[must_use]
    pub const fn any(self, of: Traits) -> bool {
        self.0 & of.0 != 0
    }

    /// These bits and more.
    #[must_use]
    pub const fn with(self, more: Traits) -> Traits {
        Traits(self.0 | more.0)
    }

    /// All but these bits.
    #[must_use]
    pub const fn without(self, less: Traits) -> Traits {
        Traits(self.0 & !less.0)
    }

    /// Sets these bits too.
    pub const fn add(&mut self, more: Traits) {
        self.0 |= more.0;
    }
}

/// One record in the hot pass: 40 bytes, no text.
///
/// Times and small facts share words: 52 bits hold the start, 49 the end (some
/// 8,900 years either way), the other 12 and 15 the clock, and the side and traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry {
    /// The key of the agent.
    pub agent: AgentKey,
    /// The key of the record's id, if it has one.
    pub id: RecordKey,
    start_and_clock: u64,
    end_and_traits: u64,
    /// Where its words are.
    pub origin: Origin,
}

/// How many bits below the start hold the clock.
const CLOCK_BITS: u32 = 12;

/// How many bits below the end hold the side and the traits.
const MARK_BITS: u32 = 15;

impl Entry {
    /// An entry holds instants before this one.
    pub const LATEST: Instant = Instant::from_millis(1 << (63 - MARK_BITS));
    /// An entry holds instants after this one.
    pub const EARLIEST: Instant = Instant::from_millis(-Self::LATEST.millis());

    /// An entry that claims `span`, the widest that its words allow.
    #[must_use]
    pub const fn new(
        agent: AgentKey,
        id: RecordKey,
        span: Span,
        clock: Clock,
        side: Side,
        traits: Traits,
        origin: Origin,
    ) -> Entry {
        Entry {
            agent,
            id,
            start_and_clock: pack(span.start(), clock.bits(), CLOCK_BITS),
            end_and_traits: pack(span.end(), traits.0 | side.number() as u16, MARK_BITS),
            origin,
        }
    }

    /// When it starts, by the earliest reading.
    #[must_use]
    pub const fn start(&self) -> Instant {
        unpack(self.start_and_clock, CLOCK_BITS)
    }

    /// When it ends, by the latest reading.
    #[must_use]
    pub const fn end(&self) -> Instant {
        unpack(self.end_and_traits, MARK_BITS)
    }

    /// The clock its local day is taken from.
    #[must_use]
    pub const fn clock(&self) -> Clock {
        Clock::from_bits(low(self.start_and_clock, CLOCK_BITS))
    }

    /// The clock on which a time of this record and another one is shown: this one's,
    /// unless only the other has a zone, which says more than a bare offset.
    #[must_use]
    pub fn clock_beside(&self, other: &Entry) -> Clock {
        let in_zone = [self, other].into_iter().find(|entry| entry.clock().zone_number().is_some());
        in_zone.unwrap_or(self).clock()
    }

    /// Its side.
    #[must_use]
    pub const fn side(&self) -> Side {
        Side::from_number((self.end_and_traits & 0b111) as usize)
    }

    /// What was noticed about it.
    #[must_use]
    pub const fn traits(&self) -> Traits {
        Traits(low(self.end_and_traits, MARK_BITS) & !0b111)
    }

    /// Start with clock, and end with side and traits, as they are kept.
    pub(super) const fn words(&self) -> (u64, u64) {
        (self.start_and_clock, self.end_and_traits)
    }

    /// An entry of words that [`Entry::words`] gave.
    pub(super) const fn from_words(
        agent: AgentKey,
        id: RecordKey,
        (start_and_clock, end_and_traits): (u64, u64),
        origin: Origin,
    ) -> Entry {
        Entry { agent, id, start_and_clock, end_and_traits, origin }
    }

    /// Clock, side and traits: 27 bits.
    pub(super) const fn likeness(&self) -> u32 {
        let clock = low(self.start_and_clock, CLOCK_BITS) as u32;
        clock << MARK_BITS | low(self.end_and_traits, MARK_BITS) as u32
    }

    /// The words of an entry with this start and end, and clock, side and traits
    /// as [`Entry::likeness`] gave them.
    pub(super) const fn words_of(start: Instant, end: Instant, likeness: u32) -> (u64, u64) {
        let clock = (likeness >> MARK_BITS) as u16;
        (pack(start, clock, CLOCK_BITS), pack(end, likeness as u16, MARK_BITS))
    }

    /// What entries of one agent are sorted by.
    #[must_use]
    pub const fn order(&self) -> (Instant, Origin) {
        (self.start(), self.origin)
    }
}

const fn pack(instant: Instant, marks: u16, bits: u32) -> u64 {
    ((instant.millis() << bits) as u64) | low(marks as u64, bits) as u64
}

const fn unpack(word: u64, bits: u32) -> Instant {
    Instant::from_millis((word as i64) >> bits)
}

/// The lowest of the bits of a word.
const fn low(word: u64, bits: u32) -> u16 {
    (word & ((1 << bits) - 1)) as u16
}

/// The other readings of an entry whose words allow more than one.
///
/// `chosen` and `narrowest` are plain pairs, for a reading can turn a record
/// upside down: 02:15 to 03:00 in a skipped hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readings {
    /// Start and end as `--disambiguation` reads them.
    pub chosen: (Instant, Instant),
    /// Latest start and earliest end that any reading gives.
    pub narrowest: (Instant, Instant),
}

impl Readings {
    /// The readings of a record that has only one.
    #[must_use]
    pub const fn of(entry: &Entry) -> Readings {
        let only = (entry.start(), entry.end());
        Readings { chosen: only, narrowest: only }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Side, Traits};
    use crate::model::keys::{AgentKey, RecordKey};
    use crate::model::source::Origin;
    use crate::model::time::{Clock, Span};

    #[test]
    fn an_entry_is_forty_bytes() {
        assert_eq!(std::mem::size_of::<Entry>(), 40);
    }

    #[test]
    fn an_entry_gives_back_what_it_was_given() {
        let (far, latest) = (253_402_300_800_000, Entry::LATEST.millis() - 1);
        let spans = [(-far, -far + 1), (-1, 0), (0, 1), (far, far + 86_400_000), (-latest, latest)];
        for (start, end) in spans {
            for side in Side::all() {
                let span = Span::of_millis(start, end).expect("not empty");
                let clock = Clock::fixed_minutes(-330);
                let mut traits = Traits::default();
                traits.add(Traits::OVERNIGHT);
                traits.add(Traits::GAP);
                traits.add(Traits::PART);
                let origin = Origin::new(7, 1 << 40);
                let (agent, id) = (AgentKey::from_bits(1), RecordKey::from_bits(2));
                let entry = Entry::new(agent, id, span, clock, side, traits, origin);
                assert_eq!((entry.agent, entry.id), (agent, id));
                assert_eq!((entry.start().millis(), entry.end().millis()), (start, end));
                assert_eq!((entry.clock(), entry.side()), (clock, side));
                assert_eq!((entry.traits(), entry.origin), (traits, origin));
                assert_eq!((origin.source(), origin.offset()), (7, 1 << 40));
            }
        }
    }
}
