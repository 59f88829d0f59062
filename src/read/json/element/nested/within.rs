//! Notes what lists and objects within a record say that is not read of it.

use super::{ValuePlace, is_nothing};
use crate::model::kinds::is_absence;
use crate::model::observation::{ABSENT, Noticed};
use crate::model::row::Field;
use crate::model::shift::Kind;
use crate::read::json::class::Class;
use crate::read::json::element::own::Own;
use crate::read::json::element::{Elements, Leftover};
use crate::read::json::hours::{self, Hours, Within};
use crate::read::json::keys;
use crate::read::json::shape::{self, Around};
use crate::read::json::{absences, naming, text};
use crate::read::names::{Aside, More};
use crate::timestamp::{self, Written};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

impl Elements<'_, '_> {
    /// Looks at what is within a record: its parts, and what should not be there.
    pub(in crate::read::json::element) fn look_within(&mut self, own: &Own, place: &ValuePlace) {
        let around = self.around(own, place);
        for leftover in &own.leftovers {
            if own.agents != Some((leftover.start, leftover.end)) {
                self.look_at(leftover, own, around, place);
            }
        }
        for (node, at) in &own.texts {
            let text = shape::scalar_text(self.bytes, *at).unwrap_or_default();
            let document = matches!(text.trim_ascii().first(), Some(b'{' | b'['));
            if document && shape::is_record_like_text(&text, around) {
                self.note_within(*node, *at, place, "a text that holds a document");
            } else if self.is_day_off(*node, &text) {
                self.note_within(*node, *at, place, "a day of time off");
            }
        }
    }

    fn look_at(&mut self, leftover: &Leftover, own: &Own, around: Around, place: &ValuePlace) {
        let Leftover { node, start, end } = *leftover;
        if self.is_harmless(start..end) {
            return;
        }
        let class = self.keys.class(node);
        if let Some(why) = class.is_passed_over() {
            return self.note_ignored(node, start, place, why);
        }
        let list = self.bytes.get(start) == Some(&b'[');
        let off = class == Class::TimeOff && self.keys.lists_days_off(node);
        let around = Around { off, ..around };
        let keeps_hours = || {
            hours_of(own, place).map(|hours| hours.hold(self.bytes, start)) == Some(Within::Inside)
        };
        let doubtful = match class {
            Class::Parts => {
                self.names_other_agent(leftover, own, place)
                    || self.leaves_unnoticed(leftover, own, place)
            }
            _ if list && self.lists_times_of(node, start) => true,
            _ if !self.holds_record_like(leftover, around) => false,
            _ if self.keys.may_hold_parts(node) => {
                let first = text::blanks(self.bytes, start + 1);
                // A row of values may name anybody.
                let rows = list && self.bytes.get(first) == Some(&b'[');
                rows && !shape::is_of_times(self.bytes, start)
                    || self.names_other_agent(leftover, own, place)
                    || !keeps_hours()
            }
            Class::TimeOff | Class::Aside => true,
            _ => !shape::is_of_times(self.bytes, start) || !keeps_hours(),
        };
        if doubtful {
            let what = if list { "a list within a record" } else { "an object within a record" };
            self.note_within(node, start, place, what);
        } else if matches!(class, Class::Plain | Class::People | Class::Schedules)
            && self.is_on_more_days(leftover, own, place)
        {
            let path = self.keys.path(node).unwrap_or_default();
            self.note(Noticed::More, path, More::Days.why().to_owned(), start);
        } else if list && self.lists_absences_of_shift(leftover, own, place) {
            let path = self.keys.path(node).unwrap_or_default();
            self.note(Noticed::More, path, ABSENT.to_owned(), start);
        }
    }

    /// Whether a list within a shift holds absences of its agent without times.
    fn lists_absences_of_shift(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let off = place.scope.kind == Some(Kind::TimeOff) || is_absence(own.word(Field::Kind));
        let mut found = false;
        if self.keys.meaning(leftover.node).aside == Some(Aside::Absence) && !off {
            shape::each_value(self.bytes, leftover.start, |_, at| {
                found = found || is_absence_object(self.bytes, at);
            });
        }
        found
    }

    /// Whether a list under the name of a start, an end or days holds something that
    /// was not read: several times, or days in numbers.
    fn lists_times_of(&self, node: usize, list: usize) -> bool {
        const TIMES: [Field; 4] = [Field::Start, Field::End, Field::StartDate, Field::EndDate];
        let field = self.keys.meaning(node).target.map(|target| target.field);
        let first = text::blanks(self.bytes, list + 1);
        match field {
            Some(Field::Date) => shape::time_of_list(self.bytes, first, true).is_some(),
            Some(field) => TIMES.contains(&field) && self.bytes.get(first) != Some(&b']'),
            None => false,
        }
    }

    /// Whether a list of days, or an object with days as keys, has one that is none of
    /// its record.
    fn is_on_more_days(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let Some(times) = self.times_alone(leftover.start) else {
            return self.is_on_more_weekdays(leftover, own, place);
        };
        let path = self.keys.path(leftover.node).unwrap_or_default();
        if naming::is_bookkeeping(&path) || naming::leaves_out(&path) {
            return false;
        }
        let hours = hours_of(own, place);
        let Some(days) = days_of(own, hours) else { return false };
        let is_other = |time: &Written| {
            let is_date = matches!(time, Written::Date(_));
            // A start on another day, at the same time of the day.
            let counts = is_date || hours.is_some_and(|hours| hours.begin_alike(*time));
            counts && time.day().is_some_and(|day| !days.contains(&day))
        };
        times.iter().any(is_other)
    }

    /// Whether a list of days of the week, under a name of nothing else, has one that is none of
    /// its record. Their numbers begin anywhere, so that only how many there are counts.
    fn is_on_more_weekdays(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let weekdays = self.keys.meaning(leftover.node).weekdays;
        let Some(numbered) = weekdays else { return false };
        let Some(days) = days_of(own, hours_of(own, place)) else { return false };
        let (mut weekdays, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        let mut all = self.bytes.get(leftover.start) == Some(&b'[');
        shape::each_value(self.bytes, leftover.start, |_, at| {
            let word = shape::scalar_text(self.bytes, at).unwrap_or_default();
            match (timestamp::weekday(&word), &*word) {
                (Some(weekday), _) => drop(weekdays.insert(weekday)),
                (None, [b'0'..=b'7']) if numbered => drop(numbers.insert(word)),
                _ => all = false,
            }
        });
        let is_other = |weekday: &u8| !days.clone().any(|day| timestamp::falls_on(day, *weekday));
        let span = days.end().saturating_sub(*days.start()).saturating_add(1);
        all && (weekdays.iter().any(is_other)
            || i64::try_from(numbers.len()).is_ok_and(|all| all > span))
    }

    /// The dates and times of a list, or of the keys of an object that are said to count;
    /// `None` if there is anything else.
    fn times_alone(&self, start: usize) -> Option<Vec<Written>> {
        let object = self.bytes.get(start) == Some(&b'{');
        let first = text::blanks(self.bytes, start + 1);
        if self.bytes.get(first) != Some(&b'"') {
            return None;
        }
        let mut times = Some(Vec::new());
        shape::each_value(self.bytes, start, |key, at| {
            let Some(known) = &mut times else { return };
            let word = if object { Some(key.to_vec()) } else { shape::scalar_text(self.bytes, at) };
            let word = word.filter(|word| word.iter().any(u8::is_ascii_digit));
            match word.and_then(|word| timestamp::read(word.trim_ascii(), None).ok()) {
                Some(time) if !is_nothing(self.bytes, at) => known.push(time),
                Some(_) => {}
                None => times = None,
            }
        });
        times
    }

    /// Whether something within a record names an agent who is not the record's.
    fn names_other_agent(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let agent = own.word(Field::Agent);
        let agent = if agent.is_empty() { place.scope.word(Field::Agent) } else { agent };
        // A record may name its agent in more than one way.
        let is_own = |named: &[u8]| {
            named == agent.trim_ascii() || shape::says(self.bytes, own.start, named, leftover.start)
        };
        let named = shape::agents_named(self.bytes, leftover.start);
        named.iter().any(|named| !is_own(named.trim_ascii()))
    }

    /// Whether parts of a record leave it by times that have no name of a start and an
    /// end: those that have one are compared once zones are known.
    fn leaves_unnoticed(&self, leftover: &Leftover, own: &Own, place: &ValuePlace) -> bool {
        let leaves = |at| {
            !shape::names_span(self.bytes, at)
                && hours_of(own, place)
                    .is_some_and(|hours| hours.hold(self.bytes, at) == Within::Outside)
        };
        if self.bytes.get(leftover.start) != Some(&b'[') {
            return leaves(leftover.start);
        }
        let mut any = false;
        shape::each_value(self.bytes, leftover.start, |_, at| any = any || leaves(at));
        any
    }
}

/// Whether an object of a list of absences is one, and not the account of them.
fn is_absence_object(bytes: &[u8], at: usize) -> bool {
    let (mut said, mut about) = (false, false);
    shape::each_value(bytes, at, |key, value| {
        let key = keys::name(key).unwrap_or_default();
        let scalar = !matches!(bytes.get(value), Some(b'{' | b'[') | None);
        let word = if scalar { shape::scalar_text(bytes, value) } else { None };
        about |= absences::is_about_absence(&key);
        said |= !naming::is_bookkeeping(&key)
            && word.is_some_and(|word| absences::says_absence(&key, &word));
    });
    bytes.get(at) == Some(&b'{') && said && !about
}

/// When a record takes place, as far as it and its surroundings say.
fn hours_of(own: &Own, place: &ValuePlace) -> Option<Hours> {
    Hours::of(|field| match own.word(field) {
        b"" if field == Field::Date => place.scope.word(field),
        word => word,
    })
}

/// The days on which a record takes place, given its hours if it has some.
fn days_of(own: &Own, hours: Option<Hours>) -> Option<RangeInclusive<i64>> {
    let words = || [Field::Date, Field::StartDate, Field::Start].map(|of| own.word(of));
    let last = || [Field::EndDate, Field::End].map(|of| own.word(of));
    let day = || {
        let first = words().into_iter().find_map(hours::day_of)?;
        // What begins and ends with a day takes all days between.
        let last = last().into_iter().find_map(hours::day_of).unwrap_or(first);
        Some(first..=last)
    };
    hours.map(|hours| hours.days()).or_else(day)
}
