//! Reads a row once more with a claim in the place of what was read.

use crate::calendar::weekday_of;
use crate::model::row::{Alternate, Claim, Field, Row};
use crate::model::shift::{Entry, Kind};
use crate::model::source::Origin;
use crate::model::time::{DAY, DateOrder, HOUR, Instant};
use crate::normalize::{Context, Normalizer, Outcome};
use crate::schedule::rivals::date_of;
use crate::timestamp::{self, Written, falls_on, list_entries};

/// What is known where a claim is met.
pub(in crate::schedule) struct ClaimingRow<'r, 'n> {
    pub(in crate::schedule) row: &'r Row<'r>,
    pub(in crate::schedule) context: Context,
    pub(in crate::schedule) origin: Origin,
    pub(in crate::schedule) normalizer: &'r mut Normalizer<'n>,
}

impl ClaimingRow<'_, '_> {
    pub(super) fn read(&mut self, row: &Row<'_>) -> Outcome {
        self.normalizer.read(row, self.context, self.origin)
    }

    /// Whether a claim adds something to what was read of the record.
    pub(super) fn holds(
        &mut self,
        claim: Claim,
        alternate: &Alternate<'_>,
        second: Option<&Alternate<'_>>,
        outcome: &Outcome,
    ) -> bool {
        let row = self.row;
        match claim {
            Claim::Span | Claim::UnnamedSpan | Claim::SpanApart => {
                let end = second.map_or(&b""[..], |second| second.word);
                let span = self.read(&with_span(row, alternate.word, end));
                self.adds_time(claim, outcome, &span)
            }
            Claim::Range => {
                let range = self.read(&with_range(row, alternate.word));
                adds_range(outcome, &range)
            }
            // Beside other times `4411` is the extension of a telephone.
            Claim::LaterEnd
                if is_short_number(alternate.word) && !is_short_number(row.word(Field::End)) =>
            {
                false
            }
            Claim::LaterEnd => {
                let later = self.read(&with_end(row, alternate));
                matches!((outcome, &later), (Outcome::Entry(own, _), Outcome::Entry(other, _)) if other.end() > own.end())
            }
            Claim::Through => self.goes_on(alternate, outcome),
            Claim::Return => {
                let Outcome::Entry(own, _) = outcome else { return false };
                self.is_back_late(alternate, own)
            }
            Claim::OtherDate => {
                matches!(outcome, Outcome::Entry(..)) && self.names_other_day(alternate.word)
            }
            Claim::Person => {
                let mut named = row.clone();
                named.set(Field::Agent, alternate.word);
                let open = matches!(outcome, Outcome::Open | Outcome::Agentless);
                open && matches!(self.read(&named), Outcome::Entry(..))
            }
            Claim::CoverByName => matches!(outcome, Outcome::Entry(..)),
            Claim::Absence => shift_of(outcome).is_some() && self.may_be_own_day(alternate.word),
            Claim::AbsenceSpan => {
                let end = second.map_or(&b""[..], |second| second.word);
                let own = shift_of(outcome);
                own.is_some_and(|own| self.is_absent_during(own, alternate.word, end))
            }
            Claim::Cover
            | Claim::Break
            | Claim::OtherAgent
            | Claim::Displaced
            | Claim::NamedAgent => false,
        }
    }

    /// Whether a further span takes time that the record does not. One of which the
    /// columns' names do not say that it is one has to be like that of a record.
    fn adds_time(&self, claim: Claim, outcome: &Outcome, span: &Outcome) -> bool {
        // Two lengths side by side, `7:30` and `0:30`, would be longer spans.
        const LONGEST: i64 = 16 * HOUR;
        match (span, outcome) {
            (Outcome::Entry(span, _), _)
                if claim != Claim::Span && span.end() - span.start() > LONGEST =>
            {
                false
            }
            (Outcome::Entry(span, _), Outcome::Entry(own, _)) if claim == Claim::SpanApart => {
                span.end() <= own.start() || own.end() <= span.start()
            }
            (Outcome::Entry(span, _), Outcome::Entry(own, _)) => leaves(span, own),
            // A record that takes no time by itself takes this one.
            (Outcome::Entry(..), Outcome::NoHours | Outcome::DayOff) => true,
            (Outcome::Asks(_), Outcome::Entry(..)) => claim == Claim::Span,
            _ => false,
        }
    }

    /// Whether a shift goes on until a later date: read as that of its end, it is longer.
    fn goes_on(&mut self, alternate: &Alternate<'_>, outcome: &Outcome) -> bool {
        let Outcome::Entry(own, _) = *outcome else { return false };
        let word = alternate.word.trim_ascii();
        let end = self.row.word(Field::End);
        if let Some(last) = self.day(end) {
            return self.day(word).is_some_and(|day| day > last);
        }
        let mut longer = self.row.clone();
        longer.set(Field::EndDate, alternate.word);
        matches!(self.read(&longer), Outcome::Entry(other, _) if other.end() > own.end())
    }

    /// Whether somebody is back later than on the day behind the end of time off, or
    /// behind the weekend that follows.
    fn is_back_late(&mut self, alternate: &Alternate<'_>, own: &Entry) -> bool {
        let mut back = self.row.clone();
        let others = [
            Field::Times,
            Field::End,
            Field::EndDate,
            Field::StartDate,
            Field::Date,
            Field::Length,
        ];
        others.into_iter().for_each(|field| back.set(field, b""));
        back.set(Field::Start, alternate.word);
        let day = self.day(alternate.word.trim_ascii());
        let (Outcome::Entry(back, _), Some(day)) = (self.read(&back), day) else { return false };
        // A clock that changes meanwhile makes a day an hour longer or shorter.
        let between = (back.start() - own.end() + DAY / 2).div_euclid(DAY);
        (1..=between).any(|before| !is_weekend(day - before))
    }

    /// Whether an absence takes time of a shift. It lasts to the end of its last day, or on and on
    /// without one, and may at any time if its days cannot be read.
    fn is_absent_during(&mut self, own: &Entry, start: &[u8], end: &[u8]) -> bool {
        let Some(first) = self.instant(start) else { return true };
        if end.trim_ascii().is_empty() {
            return first < own.end();
        }
        let Some(last) = self.instant(end) else { return true };
        let in_last_day = self.is_date(end) || last < first;
        let until = if in_last_day { last + DAY } else { last };
        until <= first || first < own.end() && own.start() < until
    }

    /// The instant of a word, as the start of a record of the same day.
    fn instant(&mut self, word: &[u8]) -> Option<Instant> {
        let mut other = with_span(self.row, word, b"");
        other.set(Field::Length, b"01:00");
        if self.is_date(word) {
            other.set(Field::Date, word);
            other.set(Field::StartDate, b"");
            other.set(Field::Start, b"00:00");
        }
        match self.read(&other) {
            Outcome::Entry(entry, _) => Some(entry.start()),
            _ => None,
        }
    }

    /// Whether what is said in days of the week is said of the day of the record.
    fn may_be_own_day(&self, word: &[u8]) -> bool {
        let weekdays: Option<Vec<u8>> = list_entries(word).map(timestamp::weekday).collect();
        let own = weekdays.filter(|days| !days.is_empty()).zip(self.own_day());
        own.is_none_or(|(days, own)| days.into_iter().any(|weekday| falls_on(own, weekday)))
    }

    /// Whether a word is a date without a time.
    fn is_date(&self, word: &[u8]) -> bool {
        matches!(self.written(word.trim_ascii()), Some(Written::Date(_)))
    }

    /// The day of a word.
    fn day(&self, word: &[u8]) -> Option<i64> {
        self.written(word)?.day()
    }

    /// A word as a time, in whichever order the file writes dates.
    fn written(&self, word: &[u8]) -> Option<Written> {
        let order = self.context.conventions.order.unwrap_or(DateOrder::DayMonth);
        timestamp::read(word, Some(order)).ok()
    }

    /// Whether a word is another date than that of the record, or another day of the week,
    /// or a list with one in it.
    fn names_other_day(&self, word: &[u8]) -> bool {
        let own = self.own_day();
        if let Some(other) = self.day(word.trim_ascii()) {
            return Some(other) != own;
        }
        let falls_elsewhere = |weekday: u8| own.is_some_and(|own| !falls_on(own, weekday));
        list_entries(word).any(|entry| match self.day(entry) {
            Some(other) => Some(other) != own,
            None => timestamp::weekday(entry).is_some_and(falls_elsewhere),
        })
    }

    /// The day on which the record starts, as it is written.
    fn own_day(&self) -> Option<i64> {
        let fields = [Field::StartDate, Field::Date, Field::Start, Field::Times];
        fields.into_iter().find_map(|field| self.day(self.row.word(field)))
    }
}

/// What a shift takes of time.
fn shift_of(outcome: &Outcome) -> Option<&Entry> {
    match outcome {
        Outcome::Entry(own, _) if own.side().kind == Kind::Shift => Some(own),
        _ => None,
    }
}

/// Whether a span takes time that a record does not.
fn leaves(span: &Entry, own: &Entry) -> bool {
    span.start() < own.start() || own.end() < span.end()
}

/// Whether a word is a number that is too short for an instant.
fn is_short_number(word: &[u8]) -> bool {
    let word = word.trim_ascii();
    word.len() < 9 && word.iter().all(u8::is_ascii_digit)
}

/// Whether a day since 1970 is a Saturday or a Sunday.
const fn is_weekend(day: i64) -> bool {
    matches!(weekday_of(day), 5 | 6)
}

/// A row with a date, that of its start if it has no other.
fn with_date<'r>(row: &Row<'r>) -> Row<'r> {
    let mut other = row.clone();
    if row.word(Field::Date).is_empty() && row.word(Field::StartDate).is_empty() {
        other.set(Field::Date, date_of(row.word(Field::Start)));
    }
    other
}

/// A row with another span, on its own date where the other names none.
fn with_span<'r>(row: &Row<'r>, start: &'r [u8], end: &'r [u8]) -> Row<'r> {
    let mut other = with_date(row);
    let spans = [Field::Times, Field::EndDate, Field::Length, Field::AllDay];
    spans.into_iter().for_each(|field| other.set(field, b""));
    other.set(Field::Start, start);
    other.set(Field::End, end);
    other
}

/// A row with a range of times for its span, on its own date where the range names none.
fn with_range<'r>(row: &Row<'r>, range: &'r [u8]) -> Row<'r> {
    let mut other = with_span(row, b"", b"");
    other.set(Field::Times, range);
    other
}

/// Whether a range takes time that its record does not. One that cannot be read, such as
/// an interval that is repeated, may.
fn adds_range(outcome: &Outcome, range: &Outcome) -> bool {
    match (outcome, range) {
        (Outcome::Entry(own, _), Outcome::Entry(range, _)) => leaves(range, own),
        (Outcome::Entry(..) | Outcome::NoHours | Outcome::DayOff, range) => {
            matches!(range, Outcome::Entry(..) | Outcome::Defect(..) | Outcome::Asks(_))
        }
        _ => false,
    }
}

/// A row with another end.
fn with_end<'r>(row: &Row<'r>, alternate: &Alternate<'r>) -> Row<'r> {
    let mut other = with_date(row);
    [Field::EndDate, Field::Length].into_iter().for_each(|field| other.set(field, b""));
    other.set(Field::End, alternate.word);
    other
}
