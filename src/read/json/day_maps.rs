//! Turns objects that are not records into the words that stand beside days in them.
//!
//! `{"2026-03-02": "ann"}`, `{"ann": {"2026-03-02": "late"}}` and `{"ann": ["2026-03-02"]}` say
//! when somebody works if `ann` is an agent, and are about something else if not. That is known
//! once all inputs are read, so that only the words are collected here.

use super::class::{self, Class, has_word};
use super::days_said::is_date;
use super::shape;
use super::{keys, naming, text};
use crate::model::source::Role;
use crate::read::names::{NoField, meaning};
use crate::timestamp::weekday;
use std::collections::HashMap;

/// How deep objects within an element are looked into.
const DEEPEST: usize = 8;

/// Words of names whose days are about a person, and not days of work: `lastShift`.
const ABOUT_PEOPLE: &[&str] = &[
    "anniversary",
    "anniversaries",
    "birthdays",
    "birthdates",
    "certified",
    "certification",
    "certifications",
    "deadline",
    "deadlines",
    "due",
    "first",
    "last",
    "latest",
    "login",
    "logins",
    "next",
    "review",
    "reviews",
    "seniority",
    "since",
    "trained",
    "until",
];

/// An object with days in it, and what stands around them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DayMap {
    /// How many words stand beside days.
    pub(super) count: u64,
    /// The key of the value with all of them, if that is not a day.
    pub(super) key: Option<String>,
    /// Where the first of them is.
    pub(super) at: usize,
    /// The words that may name an agent.
    pub(super) words: Vec<Vec<u8>>,
    /// Whether some of them are the value of a day, which may be that of an agent around it.
    pub(super) has_values_of_days: bool,
    /// Whether one of these days is a date, and not a day of every week.
    pub(super) has_values_of_dates: bool,
}

/// The days in the object at `at`, under keys that are known by their path: in its own values,
/// and in lists of values among them.
pub(super) fn days_of(
    bytes: &[u8],
    at: usize,
    path: &[&str],
    (role, keys): (Role, &mut KnownKeys),
) -> Option<DayMap> {
    if path.iter().any(|key| keys.meaning(key).is_aside) {
        return None;
    }
    let map = DayMap::default();
    let mut found = DayFinder { bytes, path, role, keys, map, names_around: false };
    found.look_at_object(at);
    let DayFinder { mut map, names_around, .. } = found;
    let around = path.iter().filter(|_| names_around).map(|key| key.as_bytes().to_vec());
    map.words.extend(around);
    (map.count > 0).then_some(map)
}

/// The same for objects within the object as well, as one.
pub(super) fn days_within(
    bytes: &[u8],
    at: usize,
    path: &[&str],
    (role, known): (Role, &mut KnownKeys),
) -> Option<DayMap> {
    let mut all = days_of(bytes, at, path, (role, known));
    if path.len() > DEEPEST {
        return all;
    }
    shape::each_value(bytes, at, |key, value| {
        if bytes.get(value) != Some(&b'{') {
            return;
        }
        let key = keys::name(key).unwrap_or_default();
        if !known.meaning(&key).is_passed_over {
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            all = join(all.take(), days_within(bytes, value, &path, (role, known)));
        }
    });
    all
}

fn join(one: Option<DayMap>, other: Option<DayMap>) -> Option<DayMap> {
    let Some(mut all) = one else { return other };
    let Some(more) = other else { return Some(all) };
    all.key = None;
    all.count += more.count;
    all.words.extend(more.words);
    all.has_values_of_days |= more.has_values_of_days;
    all.has_values_of_dates |= more.has_values_of_dates;
    Some(all)
}

/// The pointer of what is around the first day in a pointer, or all of it.
pub(super) fn above_days(pointer: &str) -> &str {
    let keys = pointer.match_indices('/').map(|(place, _)| place);
    let is_day_at = |place: &usize| {
        let key = pointer[place + 1..].split('/').next().unwrap_or_default();
        is_day(key.as_bytes())
    };
    keys.clone().find(is_day_at).map_or(pointer, |place| &pointer[..place])
}

/// What the name of a key says about days under it.
#[derive(Debug, Clone, Copy)]
struct DayKey {
    is_day: bool,
    /// Whether it is the name of a field.
    is_field: bool,
    /// Whether it is about the data, or of people who are not agents.
    is_of_others: bool,
    /// Whether nothing under it is looked at.
    is_aside: bool,
    /// Whether nothing under it is read.
    is_passed_over: bool,
}

impl DayKey {
    fn of(key: &str) -> DayKey {
        let class = Class::of(key);
        let is_of_others = is_of_others(key);
        DayKey {
            is_day: is_day(key.as_bytes()),
            is_field: naming::field(key, Role::Batch).is_some(),
            is_of_others,
            is_aside: is_of_others || class == Class::Aside,
            is_passed_over: class.is_passed_over().is_some(),
        }
    }
}

/// What the names of keys say that were met. The same few come in every element.
#[derive(Debug, Default)]
pub(super) struct KnownKeys(HashMap<String, DayKey>);

impl KnownKeys {
    fn meaning(&mut self, key: &str) -> DayKey {
        /// Keys can be names of people or days, without end.
        const MOST: usize = 256;
        if let Some(known) = self.0.get(key) {
            return *known;
        }
        let meaning = DayKey::of(key);
        if self.0.len() < MOST {
            self.0.insert(key.to_owned(), meaning);
        }
        meaning
    }
}

/// Looks for days in one object.
struct DayFinder<'b> {
    bytes: &'b [u8],
    path: &'b [&'b str],
    role: Role,
    keys: &'b mut KnownKeys,
    map: DayMap,
    /// Whether the keys around the object may name an agent.
    names_around: bool,
}

/// The words of a value that is not an object.
#[derive(Default)]
struct DayWords {
    /// Dates. Days of the week by themselves are those on which somebody can work.
    days: Vec<Vec<u8>>,
    texts: Vec<Vec<u8>>,
    /// Numbers that are long enough for the number of a person.
    numbers: Vec<Vec<u8>>,
    holds_objects: bool,
}

impl DayWords {
    /// Gathers the words of a value, and those of lists within it. Objects in lists are
    /// elements, which are looked at by themselves.
    fn gather(&mut self, bytes: &[u8], at: usize, lists: usize) {
        match bytes.get(at) {
            Some(b'[') if lists > 0 => {
                shape::each_value(bytes, at, |_, at| self.gather(bytes, at, lists - 1));
            }
            Some(b'{') => self.holds_objects = true,
            Some(b'[') | None => {}
            Some(_) => shape::scalar_text(bytes, at).into_iter().for_each(|word| self.add(word)),
        }
    }

    fn add(&mut self, word: Vec<u8>) {
        const SHORTEST_NUMBER: usize = 5;
        let word = word.trim_ascii().to_vec();
        match &*word {
            b"" | b"true" | b"false" | b"null" => {}
            number
                if number.iter().all(|byte| b"+-.eE".contains(byte) || byte.is_ascii_digit()) =>
            {
                match is_date(&word) {
                    true => self.days.push(word),
                    false if word.len() >= SHORTEST_NUMBER => self.numbers.push(word),
                    false => {}
                }
            }
            _ if is_date(&word) => self.days.push(word),
            _ => self.texts.push(word),
        }
    }

    fn are_days(&self) -> bool {
        !self.days.is_empty() && self.texts.is_empty()
    }
}

impl DayFinder<'_> {
    fn look_at_object(&mut self, at: usize) {
        /// How deep lists of lists are rows of words.
        const ROWS: usize = 2;
        let (bytes, path, mut values) = (self.bytes, self.path, Vec::new());
        let mut holds_objects = false;
        shape::each_value(bytes, at, |key, value| {
            let first = text::blanks(bytes, value + 1);
            let in_list = bytes.get(value) == Some(&b'[') && bytes.get(first) == Some(&b'{');
            if in_list || bytes.get(value) == Some(&b'{') {
                holds_objects = true;
                return;
            }
            let key = keys::name(key).unwrap_or_default();
            let meaning = self.keys.meaning(&key);
            if !meaning.is_of_others && !meaning.is_passed_over {
                let mut words = DayWords::default();
                words.gather(bytes, value, ROWS);
                holds_objects |= words.holds_objects;
                values.push((key, value, words));
            }
        });
        // Beside objects, plain words say something of these.
        let dated = !holds_objects && path.iter().any(|key| self.keys.meaning(key).is_day);
        let all_days = !holds_objects && values.iter().all(|(_, _, words)| words.are_days());
        for (key, value, words) in values {
            self.look_at_value(&key, value, words, (dated, all_days));
        }
    }

    /// Adds the words that a value has beside days.
    fn look_at_value(
        &mut self,
        key: &str,
        value: usize,
        mut words: DayWords,
        (dated, all_days): (bool, bool),
    ) {
        let DayKey { is_day, is_field, .. } = self.keys.meaning(key);
        if is_day {
            // A range of times is noted with its date.
            let date = shape::is_date_key(key.as_bytes());
            let around = shape::Around { date, ..shape::Around::default() };
            words.texts.retain(|text| !shape::is_record_like_text(text, around));
            self.map.has_values_of_days |= !words.texts.is_empty();
            self.map.has_values_of_dates |= !words.texts.is_empty() && is_date(key.as_bytes());
            self.add(words, value, None, true);
        } else if dated || !words.days.is_empty() && !words.texts.is_empty() {
            if !is_field && !words.texts.is_empty() {
                words.texts.push(key.as_bytes().to_vec());
            }
            self.add(words, value, Some(key), true);
        } else if words.are_days() && !is_field && !self.are_known_days(key) {
            words.texts.push(key.as_bytes().to_vec());
            self.add(words, value, None, all_days);
        }
    }

    /// Adds words, and those around the object.
    fn add(&mut self, words: DayWords, value: usize, key: Option<&str>, around: bool) {
        let DayWords { texts, numbers, .. } = words;
        if texts.is_empty() && numbers.is_empty() {
            return;
        }
        let map = &mut self.map;
        match map.count {
            0 => (map.at, map.key) = (value, key.map(str::to_owned)),
            _ => map.key = None,
        }
        map.count += 1;
        self.names_around |= around && !texts.is_empty();
        map.words.extend(texts.into_iter().chain(numbers));
    }

    /// Whether days of this name are about people, or are time off, which is read or noted by
    /// itself.
    fn are_known_days(&self, key: &str) -> bool {
        let is_known = |name: &&str| has_word(name, ABOUT_PEOPLE) || class::lists_days_off(name);
        self.role.lists_absences() || self.path.iter().chain([&key]).any(is_known)
    }
}

/// Whether a name is about the data, or of people who are not agents.
fn is_of_others(key: &str) -> bool {
    let other = [NoField::OtherPerson, NoField::Customer, NoField::Bookkeeping];
    let is_other = |found| other.contains(&found);
    naming::is_bookkeeping(key) || meaning(key, Role::Batch).field.is_err_and(is_other)
}

/// Whether a word is a day: a date, or a day of the week.
fn is_day(word: &[u8]) -> bool {
    is_date(word) || weekday(word.trim_ascii()).is_some()
}
