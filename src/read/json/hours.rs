//! Decides whether the parts of a record lie within its hours.
//!
//! Times are compared as instants where both words give one, and by the clock that they show
//! where neither does. An instant and a local time that show the same are at most [`FARTHEST`]
//! apart, and no more is known.

use super::naming;
use super::shape::{each_value, instant, instant_at, scalar_text};
use crate::model::conventions::LengthUnit;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::model::time::{DAY, DateOrder, HOUR, Instant};
use crate::timestamp::{self, Expected, RangeEnd, Written};
use std::ops::RangeInclusive;

/// The largest offset of a local time from UTC.
const FARTHEST: i64 = 14 * HOUR;

/// How deep lists and objects are looked into.
const DEEPEST: usize = 32;

/// Whether something takes place within the hours of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Within {
    /// All of its times do, and it has some.
    Inside,
    /// Its times do not decide.
    Unknown,
    /// One of its times does not.
    Outside,
}

/// A time of a record or of something within it, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct JsonTime {
    /// The instant, where the word gives one.
    at: Option<Instant>,
    /// What the word shows, as if it were UTC.
    local: i64,
}

/// When a record takes place, as far as its own words say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Hours {
    start: JsonTime,
    end: JsonTime,
}

impl Hours {
    /// The hours that the words of a record give; `None` if they do not.
    pub(in crate::read) fn of<'w>(word: impl Fn(Field) -> &'w [u8]) -> Option<Hours> {
        let day = [Field::StartDate, Field::Date].iter().find_map(|field| day_of(word(*field)));
        let times = timestamp::range(word(Field::Times), EXPECTED);
        let start = match times {
            Some(range) if word(Field::Start).is_empty() => moment(range.start.written, day),
            _ => read(word(Field::Start), day),
        }?;
        let last = day_of(word(Field::EndDate)).or(Some(start.local.div_euclid(DAY)));
        let end = match times.map(|range| range.end) {
            Some(RangeEnd::At(time)) if word(Field::End).is_empty() => moment(time.written, last),
            Some(RangeEnd::After(length)) => Some(start.later(length.milliseconds_in_all())),
            _ => read(word(Field::End), last),
        };
        let by_length = || {
            let length = timestamp::length(word(Field::Length), LengthUnit::Minutes)?;
            Some(start.later(length.milliseconds_in_all()))
        };
        let end = end.or_else(by_length)?;
        // A clock time at or before the start is that of the next day.
        let next = end.local <= start.local && end.at.is_none() && word(Field::EndDate).is_empty();
        Some(Hours { start, end: if next { end.later(DAY) } else { end } })
    }

    /// The start in milliseconds: of UTC, or as its word shows it if that is local.
    pub(in crate::read) fn shown_start(&self) -> i64 {
        self.start.at.map_or(self.start.local, Instant::millis)
    }

    /// The end in the same way.
    pub(in crate::read) fn shown_end(&self) -> i64 {
        self.end.at.map_or(self.end.local, Instant::millis)
    }

    /// The days that it touches, by the clock that its words show.
    pub(in crate::read) fn days(&self) -> RangeInclusive<i64> {
        self.start.local.div_euclid(DAY)..=self.end.local.div_euclid(DAY)
    }

    /// Whether a time is at the same time of the day as the start.
    pub(in crate::read) fn begin_alike(&self, written: Written) -> bool {
        let clock = |time: JsonTime| time.local.rem_euclid(DAY);
        moment(written, None).is_some_and(|time| clock(time) == clock(self.start))
    }

    /// Whether the value at `at`, with all its contents, lies within these hours.
    pub(in crate::read) fn hold(&self, bytes: &[u8], at: usize) -> Within {
        let mut look = HoursWalk { hours: self, bytes, found: None };
        look.value(at, "", None, DEEPEST);
        look.found.unwrap_or(Within::Unknown)
    }

    fn place(&self, time: JsonTime) -> Within {
        let Hours { start, end } = *self;
        let outside = |room: i64| {
            time.local < start.local.saturating_sub(room)
                || time.local > end.local.saturating_add(room)
        };
        match (time.at, start.at, end.at) {
            (Some(at), Some(start), Some(end)) if at < start || at > end => Within::Outside,
            (Some(_), Some(_), Some(_)) => Within::Inside,
            (None, None, None) if outside(0) => Within::Outside,
            (None, None, None) => Within::Inside,
            _ if outside(FARTHEST) => Within::Outside,
            _ => Within::Unknown,
        }
    }

    /// A clock time is on the clock of the record, on any of its days.
    fn place_clock(&self, clock: i64) -> Within {
        let span = self.start.local..=self.end.local;
        match self.days().any(|day| span.contains(&(day * DAY + clock))) {
            true => Within::Inside,
            false => Within::Outside,
        }
    }
}

const EXPECTED: Expected = Expected { order: Some(DateOrder::DayMonth), clock: false };

impl JsonTime {
    fn later(self, length: i64) -> JsonTime {
        let local = self.local.saturating_add(length);
        JsonTime { at: self.at.map(|at| at.saturating_add(length)), local }
    }
}

fn read(word: &[u8], day: Option<i64>) -> Option<JsonTime> {
    moment(timestamp::read(word, EXPECTED.order).ok()?, day)
}

/// A date and time, or a clock time on a known day.
fn moment(written: Written, day: Option<i64>) -> Option<JsonTime> {
    let local = match written {
        Written::Clock(clock, _) | Written::AbbreviatedClock(clock, _) => day? * DAY + clock,
        written => written.local()?,
    };
    let at = if let Written::Instant { at, .. } = written { Some(at) } else { None };
    Some(JsonTime { at, local })
}

/// The day of a date.
pub(in crate::read) fn day_of(word: &[u8]) -> Option<i64> {
    match timestamp::read(word.trim_ascii(), EXPECTED.order) {
        Ok(Written::Date(day)) => Some(day),
        _ => None,
    }
}

/// A walk over the contents of a record.
struct HoursWalk<'h, 'b> {
    hours: &'h Hours,
    bytes: &'b [u8],
    /// The worst of the times so far.
    found: Option<Within>,
}

impl HoursWalk<'_, '_> {
    fn note(&mut self, within: Within) {
        self.found = self.found.max(Some(within));
    }

    fn note_day(&mut self, day: i64) {
        let known = self.hours.days().contains(&day);
        self.note(if known { Within::Inside } else { Within::Outside });
    }

    fn value(&mut self, at: usize, key: &str, day: Option<i64>, room: usize) {
        match self.bytes.get(at) {
            Some(b'{' | b'[') if room == 0 => self.note(Within::Unknown),
            Some(b'{') => self.object(at, day, room),
            Some(b'[') => {
                each_value(self.bytes, at, |_, at| self.element(at, key, day, room - 1));
            }
            Some(_) => drop(self.scalar(at, key, day)),
            None => {}
        }
    }

    /// Looks at an element of a list, where a number needs no name to be a time.
    fn element(&mut self, at: usize, key: &str, day: Option<i64>, room: usize) {
        match self.bytes.get(at) {
            Some(b'1'..=b'9') if !naming::may_be_time(key) => {
                let time = instant_at(self.bytes, at);
                let time = time.map(|at| JsonTime { at: Some(at), local: at.to_local(0) });
                time.into_iter().for_each(|time| self.note(self.hours.place(time)));
            }
            _ => self.value(at, key, day, room),
        }
    }

    /// Looks at the values of an object, whose own date is that of its clock times.
    fn object(&mut self, start: usize, around: Option<i64>, room: usize) {
        let (bytes, mut own) = (self.bytes, None);
        let mut starts = Vec::new();
        let mut length = None;
        each_value(bytes, start, |_, at| {
            if bytes.get(at) == Some(&b'"') {
                own = own.or_else(|| day_of(&scalar_text(bytes, at)?));
            }
        });
        each_value(bytes, start, |key, at| {
            let key = super::keys::name(key).unwrap_or_default();
            if naming::is_bookkeeping(&key) {
                return;
            }
            let by_key = day_of(key.as_bytes());
            by_key.into_iter().for_each(|day| self.note_day(day));
            let day = by_key.or(own).or(around);
            if matches!(bytes.get(at), Some(b'{' | b'[')) {
                return self.value(at, &key, day, room - 1);
            }
            if matches!(naming::field(&key, Role::Batch), Some((Field::Length, _))) {
                let word = scalar_text(bytes, at).unwrap_or_default();
                length = timestamp::length(&word, LengthUnit::Minutes);
            } else {
                starts.extend(self.scalar(at, &key, day));
            }
        });
        if let Some(length) = length {
            let most = length.milliseconds_in_all();
            let leaves = |start: &JsonTime| self.hours.place(start.later(most)) != Within::Inside;
            // Which of the times it counts from is not known, nor its unit.
            if starts.len() == 1 && starts.iter().any(leaves) {
                self.note(Within::Unknown);
            }
        }
    }

    /// Judges a scalar; gives the time that it is.
    fn scalar(&mut self, at: usize, key: &str, day: Option<i64>) -> Option<JsonTime> {
        let text = scalar_text(self.bytes, at)?;
        if self.bytes.get(at) != Some(&b'"') {
            let number = std::str::from_utf8(&text).ok()?.parse().ok()?;
            let at = instant(number).filter(|_| naming::may_be_time(key))?;
            let time = JsonTime { at: Some(at), local: at.to_local(0) };
            self.note(self.hours.place(time));
            return Some(time);
        }
        let text = text.trim_ascii();
        // `12:00-18:00` is also a clock time with an offset.
        if let Some(range) = timestamp::range(text, EXPECTED) {
            let start = self.time(range.start.written, day);
            match (range.end, start) {
                (RangeEnd::At(time), _) => drop(self.time(time.written, day)),
                (RangeEnd::After(length), Some(start)) => {
                    self.note(self.hours.place(start.later(length.milliseconds_in_all())));
                }
                (RangeEnd::After(_), None) => self.note(Within::Unknown),
            }
            return None;
        }
        match timestamp::read(text, EXPECTED.order).ok()? {
            Written::Date(day) => {
                self.note_day(day);
                None
            }
            written => self.time(written, day),
        }
    }

    fn time(&mut self, written: Written, day: Option<i64>) -> Option<JsonTime> {
        let clock = match written {
            Written::Clock(clock, _) | Written::AbbreviatedClock(clock, _) => Some(clock),
            _ => None,
        };
        if let Some(clock) = clock {
            let dated = day.is_none_or(|day| self.hours.days().contains(&day));
            let within = if dated { self.hours.place_clock(clock) } else { Within::Outside };
            self.note(within);
            return None;
        }
        let time = moment(written, day)?;
        self.note(self.hours.place(time));
        Some(time)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hours, Within};
    use crate::model::row::Field;

    fn hours(start: &'static str, end: &'static str) -> Hours {
        let word = |field| match field {
            Field::Date => &b"2026-03-02"[..],
            Field::Start => start.as_bytes(),
            Field::End => end.as_bytes(),
            _ => b"",
        };
        Hours::of(word).expect("hours")
    }

    #[test]
    fn what_stands_within_a_shift_keeps_to_its_hours_or_not() {
        use Within::{Inside, Outside, Unknown};
        let utc = ("2026-03-02T08:00:00Z", "2026-03-02T16:00:00Z");
        let offset = ("2026-03-02T08:00:00-06:00", "2026-03-02T16:00:00-06:00");
        let local = ("08:00", "16:00");
        let night = ("22:00", "06:00");
        for ((start, end), value, expected) in [
            (utc, r#"[{"start":"2026-03-02T08:00:00Z","end":"2026-03-02T16:00:00Z"}]"#, Inside),
            (utc, r#"[{"start":"2026-03-02T08:00:00Z","end":"2026-03-02T16:00:01Z"}]"#, Outside),
            (utc, r#"[{"start":1772452800,"end":1772456400}]"#, Inside),
            (utc, r#"[{"start":1772452800000,"end":1772756400000}]"#, Outside),
            (utc, r#"[{"start":"12:00","end":"13:00"}]"#, Inside),
            (utc, r#"[{"start":"18:00","end":"19:00"}]"#, Outside),
            (utc, r#"[{"start":"2026-03-02T12:00","end":"2026-03-02T13:00"}]"#, Unknown),
            (utc, r#"[{"start":"2026-03-05T12:00","end":"2026-03-05T13:00"}]"#, Outside),
            (offset, r#"[{"start":"2026-03-02T18:00:00Z","end":"2026-03-02T19:00:00Z"}]"#, Inside),
            (offset, r#"[{"start":"2026-03-02T08:00:00Z","end":"2026-03-02T09:00:00Z"}]"#, Outside),
            (local, r#"[{"start":"2026-03-02T12:00","end":"2026-03-02T13:00"}]"#, Inside),
            (local, r#"{"a":{"b":[{"from":"12:00","to":"17:00"}]}}"#, Outside),
            (local, r#"{"date":"2026-03-05","from":"12:00","to":"13:00"}"#, Outside),
            (local, r#"{"2026-03-05":{"from":"12:00","to":"13:00"}}"#, Outside),
            (local, r#"{"2026-03-02":"12:00-13:00"}"#, Inside),
            (local, r#"["12:00-18:00"]"#, Outside),
            (utc, r#"["2026-03-02T09:00Z/PT2H"]"#, Inside),
            (utc, r#"["2026-03-02T15:00Z/PT2H"]"#, Outside),
            (utc, "[[1772438400,1772452800]]", Inside),
            (utc, "[[1772438400,1772472800]]", Outside),
            (local, r#"[{"start":"2026-03-02T15:30","duration":20}]"#, Inside),
            (local, r#"[{"start":"2026-03-02T15:30","duration":480}]"#, Unknown),
            (local, r#"[{"start":"12:00","end":"13:00","createdAt":"2026-02-01T08:00"}]"#, Inside),
            (local, r#"[{"name":"Lunch"}]"#, Unknown),
            (local, "[]", Unknown),
            (night, r#"[{"start":"23:00","end":"01:00"}]"#, Inside),
            (night, r#"[{"start":"12:00","end":"13:00"}]"#, Outside),
            (night, r#"[{"date":"2026-03-03","start":"01:00","end":"02:00"}]"#, Inside),
        ] {
            assert_eq!(hours(start, end).hold(value.as_bytes(), 0), expected, "{start} {value}");
        }
    }

    #[test]
    fn a_record_has_hours_if_its_words_give_both() {
        let word = |words: &'static [(Field, &'static str)]| {
            move |field: Field| {
                let known = words.iter().find(|(of, _)| *of == field);
                known.map_or(&b""[..], |(_, word)| word.as_bytes())
            }
        };
        let of = |words| Hours::of(word(words)).is_some();
        assert!(of(&[(Field::Date, "2026-03-02"), (Field::Times, "08:00-16:00")]));
        assert!(of(&[(Field::Start, "2026-03-02T08:00Z"), (Field::Length, "480")]));
        assert!(!of(&[(Field::Start, "08:00"), (Field::End, "16:00")]));
        assert!(!of(&[(Field::Start, "2026-03-02"), (Field::End, "2026-03-03")]));
        assert!(!of(&[(Field::Date, "2026-03-02")]));
    }
}
