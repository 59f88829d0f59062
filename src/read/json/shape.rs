//! Decides whether a value looks like a record.
//!
//! Whatever was not read is examined here. A value looks like a record if it has two times
//! between a minute and 36 hours apart, a range of times, or a time and a length; or an agent,
//! and a start or a date. The name of the list that contains it does not matter.

use super::class::{self, Class};
use super::days_said::names_days;
use super::escapes::unescape;
use super::naming;
use super::scan;
use super::text;
use crate::model::conventions::LengthUnit;
use crate::model::row::{Field, fold_name};
use crate::model::source::Role;
use crate::model::time::{DAY, HOUR, Instant, MINUTE};
use crate::timestamp::{self, Written};

/// The surroundings of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::read) struct Around {
    /// A date.
    pub(in crate::read) date: bool,
    /// An agent.
    pub(in crate::read) agent: bool,
    /// A name of time off, under which a day alone is a record.
    pub(in crate::read) off: bool,
}

/// How far apart the two times of a record are, at least and at most.
const APART: std::ops::RangeInclusive<i64> = MINUTE..=36 * HOUR;
/// How deep objects are looked into for what they say of the outermost.
const NESTED: usize = 4;
/// How many times of one object are compared with each other.
const MOST_TIMES: usize = 64;
/// Numbers that can be instants: Unix seconds, and milliseconds, of this
/// century.
const SECONDS: std::ops::Range<i64> = 946_684_800..4_102_444_800;

/// The instant of a number that can be one.
pub(in crate::read) fn instant(number: i64) -> Option<Instant> {
    let seconds = SECONDS.contains(&number);
    let milliseconds = SECONDS.contains(&(number / 1000));
    let millis = if seconds { Some(number * 1000) } else { milliseconds.then_some(number) };
    millis.map(Instant::from_millis)
}

/// The instant of the number at `at`, if it can be one.
pub(in crate::read) fn instant_at(bytes: &[u8], at: usize) -> Option<Instant> {
    let text = scalar_text(bytes, at)?;
    instant(std::str::from_utf8(&text).ok()?.parse().ok()?)
}

/// What a value says that may be a record.
#[derive(Debug, Default)]
struct Signs<'r> {
    /// The paths of the values that are skipped.
    but: &'r [String],
    /// Instants or local times, in milliseconds.
    times: Vec<i64>,
    /// Clock times.
    clocks: Vec<i64>,
    date: bool,
    range: bool,
    length: bool,
    agent: bool,
    /// A start or a date by its name.
    start: bool,
    /// Whether a day alone is enough.
    off: bool,
    /// A day by itself: in a row, or as a key.
    day: bool,
}

impl Signs<'_> {
    fn of(around: Around) -> Self {
        let Around { date, agent, off } = around;
        Signs { date, agent, off, ..Signs::default() }
    }
}

/// Whether the object or row at `at` looks like a record.
pub(in crate::read) fn is_record_like(bytes: &[u8], at: usize, around: Around) -> bool {
    let mut signs = Signs::of(around);
    match bytes.get(at) {
        Some(b'{') => drop(signs.gather_object(bytes, at, "", NESTED)),
        Some(b'[') => drop(signs.gather_row(bytes, at)),
        _ => return false,
    }
    signs.are_of_record()
}

/// Whether the object at `at` looks like a record without the values under some paths.
pub(in crate::read) fn is_record_like_but(
    bytes: &[u8],
    at: usize,
    around: Around,
    but: &[String],
) -> bool {
    let mut signs = Signs { but, ..Signs::of(around) };
    signs.gather_object(bytes, at, "", NESTED);
    signs.are_of_record()
}

/// Whether a text is a document that holds something record-like at any depth,
/// or a range of clock times beside a date.
pub(in crate::read) fn is_record_like_text(text: &[u8], around: Around) -> bool {
    let text = text.trim_ascii();
    match text.first() {
        Some(b'{' | b'[') => text_holds_record_like(text, around, 64),
        _ => around.date && is_clock_range(text) || is_full_range(text),
    }
}

/// Whether the value at `at`, or anything within it, looks like a record. An agent and a
/// date that an object names apply to all its contents; what its keys call bookkeeping or
/// history is skipped.
pub(in crate::read) fn holds_record_like(
    bytes: &[u8],
    at: usize,
    around: Around,
    depth: usize,
) -> bool {
    let object = bytes.get(at) == Some(&b'{');
    if is_record_like(bytes, at, around) || object && is_table(bytes, at, around) {
        return true;
    }
    if depth == 0 {
        // A value that is not examined may be anything that has words.
        let end = text::value(bytes, at, usize::MAX).unwrap_or(bytes.len());
        return memchr::memchr(b'"', bytes.get(at..end).unwrap_or_default()).is_some();
    }
    let around = if object { around.within(bytes, at) } else { around };
    let mut found = false;
    let _ = each_value(bytes, at, |key, value| {
        found = found || value_holds_record_like(bytes, key, value, around, depth - 1);
    });
    found
}

fn value_holds_record_like(
    bytes: &[u8],
    key: &[u8],
    at: usize,
    around: Around,
    depth: usize,
) -> bool {
    let name = || super::keys::name(key).unwrap_or_default();
    let is_about_records =
        |name: &str| naming::is_bookkeeping(name) || Class::of(name).is_passed_over().is_some();
    match bytes.get(at) {
        Some(b'{' | b'[') => {
            let name = name();
            let off = around.off || class::lists_days_off(&name);
            let around = Around { date: around.date || is_date_key(key), off, ..around };
            !is_about_records(&name) && holds_record_like(bytes, at, around, depth)
        }
        Some(b'"') => {
            let first = text::blanks(bytes, at + 1);
            let document = matches!(bytes.get(first), Some(b'{' | b'[' | b'\\'));
            document && !is_about_records(&name()) && {
                let said = scalar_text(bytes, at).unwrap_or_default();
                text_holds_record_like(&said, around, depth)
            }
        }
        _ => false,
    }
}

fn text_holds_record_like(text: &[u8], around: Around, depth: usize) -> bool {
    let text = text.trim_ascii();
    let document = matches!(text.first(), Some(b'{' | b'['));
    document
        && text::value(text, 0, 64).is_ok_and(|end| end == text.len())
        && holds_record_like(text, 0, around, depth)
}

/// Whether a key or a word is a date.
pub(in crate::read) fn is_date_key(key: &[u8]) -> bool {
    matches!(timestamp::read(key, None), Ok(Written::Date(_)))
}

/// Whether a key is a month, whose days can be those of a list under it: `2026-03`.
fn is_month_key(key: &str) -> bool {
    let month = key.split_once('-').map(|(year, month)| (year.len(), month));
    matches!(month, Some((4, month)) if month.len() == 2)
        && is_date_key(format!("{key}-01").as_bytes())
}

impl Around {
    /// The surroundings of the values of an object.
    fn within(self, bytes: &[u8], at: usize) -> Around {
        let named = || person_by_key(bytes, at).is_some_and(|word| !word.trim_ascii().is_empty());
        let mut date = self.date;
        each_value(bytes, at, |key, value| {
            date = date || bytes.get(value) == Some(&b'"') && is_date_of_object(bytes, key, value);
        });
        Around { date, agent: self.agent || named(), ..self }
    }
}

/// Whether a key is that of a date, and its value is one.
fn is_date_of_object(bytes: &[u8], key: &[u8], value: usize) -> bool {
    let key = super::keys::name(key).unwrap_or_default();
    let field = naming::field(&key, Role::Batch).map(|(field, _)| field);
    matches!(field, Some(Field::Date | Field::StartDate))
        && scalar_text(bytes, value).is_some_and(|text| is_date_key(text.trim_ascii()))
}

/// Calls back for each value of an object or list, with its key as written; the
/// place after it all. The bytes are known to be JSON as far as they go, so that of what is
/// within a value only brackets are looked at.
pub(in crate::read) fn each_value(
    bytes: &[u8],
    start: usize,
    mut visit: impl FnMut(&[u8], usize),
) -> Option<usize> {
    let object = bytes.get(start) == Some(&b'{');
    let close = if object { b'}' } else { b']' };
    let mut at = text::blanks(bytes, start + 1);
    if bytes.get(at) == Some(&close) {
        return Some(at + 1);
    }
    loop {
        let (key, value) = if object {
            let (key, value) = text::key(bytes, at).ok()?;
            (bytes.get(at + 1..key.end)?, value)
        } else {
            (&b""[..], at)
        };
        visit(key, value);
        at = text::blanks(bytes, scan::end_of_known(bytes, value)?);
        match bytes.get(at) {
            Some(b',') => at = text::blanks(bytes, at + 1),
            Some(byte) if *byte == close => return Some(at + 1),
            _ => return None,
        }
    }
}

/// The text of the scalar at `at`, without quotes and escapes.
pub(in crate::read) fn scalar_text(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
    if bytes.get(at) == Some(&b'"') {
        let quoted = text::string(bytes, at + 1).ok()?;
        let mut said = Vec::new();
        unescape(bytes.get(at + 1..quoted.end)?, &mut said);
        return Some(said);
    }
    let end = text::scalar(bytes, at).ok()?;
    bytes.get(at..end).map(<[u8]>::to_vec)
}

/// The agents that the objects of a list name, or a single object: by their keys, or in
/// lists of people.
pub(in crate::read) fn agents_named(bytes: &[u8], at: usize) -> Vec<Vec<u8>> {
    let mut named = Vec::new();
    let mut look = |at: usize| {
        if bytes.get(at) == Some(&b'{') {
            let mut listed = Vec::new();
            let person = person_beside_lists(bytes, at, &mut |key, at| {
                listed.extend(agents_listed(bytes, key, at));
            });
            named.extend(person.into_iter().chain(listed));
        }
    };
    if bytes.get(at) == Some(&b'[') {
        each_value(bytes, at, |_, at| look(at));
    } else {
        look(at);
    }
    named.retain(|agent| !agent.trim_ascii().is_empty());
    named
}

/// Whether every object of a list names an agent, or a single object does.
pub(in crate::read) fn each_names_agent(bytes: &[u8], at: usize) -> bool {
    let mut all = true;
    let mut look = |at| all = all && !agents_named(bytes, at).is_empty();
    if bytes.get(at) == Some(&b'[') {
        each_value(bytes, at, |_, at| look(at));
    } else {
        look(at);
    }
    all
}

/// Whether all keys in a list or an object are among these: a glance, without its values.
pub(in crate::read) fn has_only_keys(value: &[u8], keys: &[&str]) -> bool {
    let mut at = 0;
    // The next quote is so near that a loop over bytes finds it first.
    let quote = |at: usize| value.get(at..)?.iter().position(|byte| *byte == b'"');
    while let Some(quote) = quote(at) {
        let start = at + quote + 1;
        let Ok(string) = text::string(value, start) else { return false };
        at = string.end + 1;
        let is_key = value.get(text::blanks(value, at)) == Some(&b':');
        let word = value.get(start..string.end).unwrap_or_default();
        if is_key && !keys.iter().any(|key| key.as_bytes() == word) {
            return false;
        }
    }
    !keys.is_empty()
}

/// The agents in a list under a key: objects that name one, and words under a key for
/// agents.
fn agents_listed(bytes: &[u8], key: &str, at: usize) -> Vec<Vec<u8>> {
    if Class::of(key).is_passed_over().is_some() {
        return Vec::new();
    }
    let people = names_agents(key);
    let mut named = Vec::new();
    each_value(bytes, at, |_, at| match bytes.get(at) {
        Some(b'{') if !people => named.extend(person_by_key(bytes, at)),
        _ if people => named.extend(person_or_word(bytes, at)),
        _ => {}
    });
    named
}

/// Whether an object says a word, as a value of its own or of an object within it, except
/// at one place.
pub(in crate::read) fn says(bytes: &[u8], at: usize, word: &[u8], but: usize) -> bool {
    says_at_depth(bytes, at, word, but, NESTED)
}

fn says_at_depth(bytes: &[u8], at: usize, word: &[u8], but: usize, room: usize) -> bool {
    let mut said = false;
    each_value(bytes, at, |_, value| {
        said = said
            || value != but
                && match bytes.get(value) {
                    Some(b'{') => room > 0 && says_at_depth(bytes, value, word, but, room - 1),
                    Some(b'[') | None => false,
                    Some(_) => scalar_text(bytes, value)
                        .is_some_and(|text| text.trim_ascii() == word.trim_ascii()),
                };
    });
    said
}

/// Whether a key is that of agents.
fn names_agents(key: &str) -> bool {
    matches!(naming::field(key, Role::Batch), Some((Field::Agent, _)))
}

/// The person that an object or a word names.
pub(in crate::read) fn person_or_word(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
    match bytes.get(at) {
        Some(b'{') => person(bytes, at),
        Some(b'[' | b'n') | None => None,
        Some(_) => scalar_text(bytes, at),
    }
}

/// Whether an object has keys for a start and for an end or a length.
pub(in crate::read) fn names_span(bytes: &[u8], at: usize) -> bool {
    let (mut start, mut end) = (false, false);
    let mut look = |path: String| match naming::field(&path, Role::Batch) {
        _ if start && end => {}
        Some((Field::Start | Field::StartDate, _)) => start = true,
        Some((Field::End | Field::EndDate | Field::Length, _)) => end = true,
        _ => {}
    };
    if bytes.get(at) == Some(&b'{') {
        each_path(bytes, at, "", NESTED, &mut look);
    }
    start && end
}

/// The agent that an object names by a key for agents, if it does.
fn person_by_key(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
    person_beside_lists(bytes, at, &mut |_, _| {})
}

/// The same, with a call back for each list of the object.
fn person_beside_lists(
    bytes: &[u8],
    at: usize,
    list: &mut dyn FnMut(&str, usize),
) -> Option<Vec<u8>> {
    let mut best: Option<(u8, Vec<u8>)> = None;
    each_value(bytes, at, |key, at| {
        let Some(key) = super::keys::name(key) else { return };
        match bytes.get(at) {
            Some(b'{') => {
                each_value(bytes, at, |inner, at| {
                    let inner = super::keys::name(inner).unwrap_or_default();
                    take_better(&mut best, bytes, at, &format!("{key}.{inner}"));
                });
            }
            Some(b'[') => list(&key, at),
            None => {}
            Some(_) => take_better(&mut best, bytes, at, &key),
        }
    });
    best.map(|(_, word)| word)
}

fn take_better(best: &mut Option<(u8, Vec<u8>)>, bytes: &[u8], at: usize, path: &str) {
    let Some((Field::Agent, rank)) = naming::field(path, Role::Batch) else { return };
    // Anything has a display name: `Lunch`.
    if fold_name(path) == "displayname" {
        return;
    }
    if bytes.get(at) != Some(&b'n') && best.as_ref().is_none_or(|(known, _)| rank < *known) {
        *best = scalar_text(bytes, at).map(|word| (rank, word)).or(best.take());
    }
}

/// The person that an object names: by its id, otherwise by its name.
pub(in crate::read) fn person(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
    if let Some(named) = person_by_key(bytes, at) {
        return Some(named);
    }
    let mut best: Option<(u8, Vec<u8>)> = None;
    each_value(bytes, at, |key, at| {
        let key = super::keys::name(key).unwrap_or_default();
        let rank = match naming::field(&key, Role::Agents) {
            Some((Field::Agent, _)) => 0,
            Some((Field::Id, _)) => 1,
            Some((Field::Name, _)) => 2,
            _ => return,
        };
        let scalar = !matches!(bytes.get(at), Some(b'{' | b'[' | b'n') | None);
        if scalar && best.as_ref().is_none_or(|(known, _)| rank < *known) {
            best = scalar_text(bytes, at).map(|word| (rank, word)).or(best.take());
        }
    });
    best.map(|(_, word)| word)
}

/// Whether a list holds nothing but times, ranges of times and rows of them, which name
/// nobody.
pub(in crate::read) fn is_of_times(bytes: &[u8], list: usize) -> bool {
    let mut of_times = bytes.get(list) == Some(&b'[');
    each_value(bytes, list, |_, at| {
        of_times = of_times
            && match bytes.get(at) {
                Some(b'[') => is_of_times(bytes, at),
                Some(b'"') => scalar_text(bytes, at).is_some_and(|text| is_time_or_range(&text)),
                Some(b'0'..=b'9') => instant_at(bytes, at).is_some(),
                _ => false,
            };
    });
    of_times
}

fn is_time_or_range(text: &[u8]) -> bool {
    is_time(text) || is_clock_range(text) || is_full_range(text)
}

/// Whether an object is a table: lists of values of one length, of which a row
/// looks like a record.
pub(in crate::read) fn is_table(bytes: &[u8], at: usize, around: Around) -> bool {
    let mut columns: Vec<(String, Vec<usize>)> = Vec::new();
    each_value(bytes, at, |key, value| {
        if bytes.get(value) == Some(&b'[') {
            let (mut cells, mut scalars) = (Vec::new(), true);
            each_value(bytes, value, |_, cell| {
                scalars &= bytes.get(cell) != Some(&b'{');
                cells.push(cell);
            });
            // Objects are elements of a list of their own.
            if scalars {
                let key = super::keys::name(key).unwrap_or_default();
                columns.push((key, cells));
            }
        }
    });
    let Some(length) = columns.iter().map(|(_, cells)| cells.len()).max() else { return false };
    columns.retain(|(_, cells)| cells.len() == length);
    columns.len() > 1 && (0..length).any(|row| is_row_of_table(bytes, &columns, row, around))
}

fn is_row_of_table(
    bytes: &[u8],
    columns: &[(String, Vec<usize>)],
    row: usize,
    around: Around,
) -> bool {
    let mut signs = Signs::of(around);
    for (key, cells) in columns {
        if let Some(cell) = cells.get(row)
            && !matches!(bytes.get(*cell), Some(b'{' | b'[') | None)
        {
            signs.gather_scalar(bytes, *cell, key);
        }
    }
    signs.are_of_record()
}

/// The agents that the objects under these keys name, each of them within the one before.
/// The last key is that of what they lead to.
pub(in crate::read) fn agents_on_the_way(
    bytes: &[u8],
    start: usize,
    keys: &[String],
) -> Vec<Vec<u8>> {
    let (mut agents, mut outer) = (Vec::new(), start);
    for key in keys.split_last().map_or(&[][..], |(_, way)| way) {
        let mut inner = None;
        each_value(bytes, outer, |written, value| {
            if bytes.get(value) == Some(&b'{') && super::keys::name(written).as_ref() == Some(key) {
                inner = Some(value);
            }
        });
        let Some(inner) = inner else { break };
        agents.extend(person_by_key(bytes, inner));
        outer = inner;
    }
    agents.retain(|agent| !agent.trim_ascii().is_empty());
    agents
}

/// Calls back with the path of every key of an object that has a value of its
/// own, `user.id`, this many objects deep.
pub(in crate::read) fn each_path(
    bytes: &[u8],
    start: usize,
    above: &str,
    room: usize,
    visit: &mut dyn FnMut(String),
) {
    each_value(bytes, start, |key, at| {
        let Some(key) = super::keys::name(key) else { return };
        let path = if above.is_empty() { key } else { format!("{above}.{key}") };
        match bytes.get(at) {
            Some(b'{') if room > 0 => each_path(bytes, at, &path, room - 1, visit),
            _ => visit(path),
        }
    });
}

/// Calls back with the path of every text of an object and the text, this many objects
/// deep.
pub(in crate::read) fn each_text(
    bytes: &[u8],
    start: usize,
    above: &str,
    room: usize,
    visit: &mut dyn FnMut(&str, Vec<u8>),
) {
    each_scalar(bytes, start, above, room, &mut |path, at| {
        if bytes.get(at) == Some(&b'"') {
            scalar_text(bytes, at).into_iter().for_each(|text| visit(path, text));
        }
    });
}

/// Calls back with the path of every text, number and flag of an object and its place, this
/// many objects deep.
pub(in crate::read) fn each_scalar(
    bytes: &[u8],
    start: usize,
    above: &str,
    room: usize,
    visit: &mut dyn FnMut(&str, usize),
) {
    each_value(bytes, start, |key, at| {
        let Some(key) = super::keys::name(key) else { return };
        let path = if above.is_empty() { key } else { format!("{above}.{key}") };
        match bytes.get(at) {
            Some(b'{') if room > 0 => each_scalar(bytes, at, &path, room - 1, visit),
            Some(b'{' | b'[') | None => {}
            Some(_) => visit(&path, at),
        }
    });
}

/// Calls back with the text of every scalar within a value.
pub(in crate::read) fn each_word(
    bytes: &[u8],
    at: usize,
    depth: usize,
    visit: &mut dyn FnMut(Vec<u8>),
) {
    match bytes.get(at) {
        Some(b'{' | b'[') if depth > 0 => {
            each_value(bytes, at, |key, at| {
                visit(key.to_vec());
                each_word(bytes, at, depth - 1, visit);
            });
        }
        Some(b'{' | b'[') | None => {}
        Some(_) => scalar_text(bytes, at).into_iter().for_each(visit),
    }
}

/// Whether a text is a time with its date.
pub(in crate::read) fn is_full_time(text: &[u8]) -> bool {
    matches!(
        timestamp::read(text.trim_ascii(), None),
        Ok(Written::Instant { .. } | Written::Local(_))
    )
}

impl Signs<'_> {
    fn gather_object(&mut self, bytes: &[u8], at: usize, path: &str, room: usize) -> Option<usize> {
        let mut nested = Vec::new();
        let end = each_value(bytes, at, |key, value| {
            let Some(key) = super::keys::name(key) else { return };
            self.day |= self.off && is_date_key(key.as_bytes());
            self.day |= self.off && is_month_key(&key) && bytes.get(value) == Some(&b'[');
            let path = if path.is_empty() { key } else { format!("{path}.{key}") };
            match bytes.get(value) {
                _ if self.but.contains(&path) => {}
                Some(b'{') if room > 0 => nested.push((path, value)),
                Some(b'[') => self.start |= is_start_in_parts(bytes, value, &path),
                Some(b'{') | None => {}
                Some(_) => self.gather_scalar(bytes, value, &path),
            }
        });
        for (path, value) in nested {
            self.gather_object(bytes, value, &path, room - 1);
        }
        end
    }

    fn gather_row(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let mut numbers = Vec::new();
        let end = each_value(bytes, at, |_, value| match bytes.get(value) {
            Some(b'"') => {
                let text = scalar_text(bytes, value).unwrap_or_default();
                self.day |= self.off && (is_date_key(text.trim_ascii()) || is_full_time(&text));
                self.take_text(&text);
            }
            Some(b'1'..=b'9') => numbers.extend(instant_at(bytes, value).map(Instant::millis)),
            _ => {}
        });
        // Numbers without a key can also be ids that follow each other.
        if numbers.iter().any(|at| at % MINUTE == 0) {
            self.times.extend(numbers);
        }
        end
    }

    fn gather_scalar(&mut self, bytes: &[u8], value: usize, path: &str) {
        if naming::is_bookkeeping(path) {
            return;
        }
        let text = scalar_text(bytes, value).unwrap_or_default();
        let field = naming::field(path, Role::Batch).map(|(field, _)| field);
        let filled = !text.trim_ascii().is_empty() && bytes.get(value) != Some(&b'n');
        match field {
            Some(Field::Agent) => self.agent |= filled,
            Some(Field::Length) => self.length |= filled,
            Some(Field::Start | Field::Date | Field::StartDate) => self.start |= is_time(&text),
            _ => {}
        }
        if bytes.get(value) == Some(&b'"') {
            self.take_text(&text);
        } else if naming::may_be_time(path) {
            self.take_number(&text);
        }
    }

    fn take_text(&mut self, text: &[u8]) {
        let text = text.trim_ascii();
        // `08:00-16:00` is a range, and a clock time with an offset as well.
        self.range |= self.date && is_clock_range(text);
        match timestamp::read(text, Some(crate::model::time::DateOrder::DayMonth)) {
            Ok(Written::Instant { .. }) if is_dated_clock_range(text) => self.range = true,
            Ok(Written::Instant { at, .. }) => self.times.push(at.millis()),
            Ok(Written::Local(local) | Written::AbbreviatedLocal(local, _)) => {
                self.times.push(local)
            }
            Ok(Written::Date(_)) => self.date = true,
            Ok(Written::Clock(clock, _) | Written::AbbreviatedClock(clock, _)) => {
                self.clocks.push(clock);
            }
            Err(_) => self.range |= is_full_range(text),
        }
    }

    fn take_number(&mut self, text: &[u8]) {
        let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
        self.times.extend(number.and_then(|number| instant(number as i64)).map(Instant::millis));
    }

    fn are_of_record(&self) -> bool {
        let timed = !self.times.is_empty() || self.date && !self.clocks.is_empty();
        self.range
            || self.length && timed
            || (self.agent || self.off) && self.start
            || self.day
            || are_apart(&self.times, false)
            || self.date && are_apart(&self.clocks, true)
    }
}

/// The time that a list says: `[2026, 3, 2, 8, 0]` and `[8, 0]` in numbers, or as its one
/// text, where it is not a list of days.
pub(in crate::read) fn time_of_list(bytes: &[u8], list: usize, of_days: bool) -> Option<Vec<u8>> {
    const MOST: usize = 7;
    if bytes.get(list) != Some(&b'[') {
        return None;
    }
    let (mut numbers, mut texts, mut count) = (Vec::new(), Vec::new(), 0);
    each_value(bytes, list, |_, at| {
        count += 1;
        match bytes.get(at) {
            _ if count > MOST => {}
            Some(b'"') => texts.extend(scalar_text(bytes, at)),
            Some(b'0'..=b'9') => {
                let number = scalar_text(bytes, at);
                let number = number.and_then(|text| String::from_utf8(text).ok()?.parse().ok());
                numbers.extend(number.map(|number: u32| number));
            }
            _ => {}
        }
    });
    match (texts.len(), numbers.len()) {
        (1, 0) if count == 1 && !of_days => texts.pop(),
        (0, numbered) if numbered == count && (count > 2 || !of_days) => {
            time_of_numbers(&numbers).map(String::into_bytes)
        }
        _ => None,
    }
}

/// A date, a date and time or a time of day in numbers, from the largest unit on.
fn time_of_numbers(numbers: &[u32]) -> Option<String> {
    let date = |year: u32, month: u32, day: u32| {
        let exists = (1900..=9999).contains(&year) && (1..=12).contains(&month);
        (exists && (1..=31).contains(&day)).then(|| format!("{year}-{month:02}-{day:02}"))
    };
    let clock = |hour: u32, minute: u32, second: u32| {
        let exists = hour < 24 && minute < 60 && second < 60;
        exists.then(|| format!("{hour:02}:{minute:02}:{second:02}"))
    };
    match *numbers {
        [hour, minute] => clock(hour, minute, 0),
        [hour, minute, second] if hour < 24 => clock(hour, minute, second),
        [year, month, day] => date(year, month, day),
        [year, month, day, hour, minute, ref rest @ ..] => {
            let second = rest.first().copied().unwrap_or(0);
            Some(format!("{}T{}", date(year, month, day)?, clock(hour, minute, second)?))
        }
        _ => None,
    }
}

/// Whether an object has only days, under keys that are not fields: `{"ann":
/// "2026-03-02"}`.
pub(in crate::read) fn maps_to_days(object: &[u8]) -> bool {
    let (mut all, mut any) = (true, false);
    each_value(object, 0, |key, at| {
        let key = super::keys::name(key).unwrap_or_default();
        let day = object.get(at) == Some(&b'"')
            && scalar_text(object, at).is_some_and(|text| names_days(&text));
        any |= day;
        all &= day && naming::field(&key, Role::Batch).is_none() && !naming::is_bookkeeping(&key);
    });
    all && any
}

/// Whether a list is the start of a record by its name, in numbers or in texts:
/// `"start": [2026, 3, 2, 8, 0]`.
fn is_start_in_parts(bytes: &[u8], list: usize, path: &str) -> bool {
    let named = matches!(
        naming::field(path, Role::Batch),
        Some((Field::Start | Field::StartDate | Field::Date, _))
    );
    let first = text::blanks(bytes, list + 1);
    named && matches!(bytes.get(first), Some(b'"' | b'0'..=b'9'))
}

/// Whether two of the times can be those of a record.
fn are_apart(times: &[i64], clocks: bool) -> bool {
    let times = times.get(..MOST_TIMES).unwrap_or(times);
    let apart = |one: &i64, other: &i64| {
        let between = (other - one).abs();
        APART.contains(&if clocks { between % DAY } else { between })
    };
    times.iter().enumerate().any(|(place, one)| {
        times.get(place + 1..).unwrap_or_default().iter().any(|other| apart(one, other))
    })
}

fn is_time(text: &[u8]) -> bool {
    let order = Some(crate::model::time::DateOrder::DayMonth);
    !matches!(timestamp::read(text.trim_ascii(), order), Err(timestamp::NoTime::Form))
        || timestamp::evidence(text).is_some()
}

/// Whether a glance shows that a text may be a range: its first colon is that of
/// a clock time, or there is a mark between two times.
pub(in crate::read) fn may_be_range(text: &[u8]) -> bool {
    match memchr::memchr(b':', text) {
        Some(0..=2) => text.len() > 8,
        Some(colon) => {
            // `2026-03-02 15:00-18:00`: behind a clock time are no seconds.
            let clocks = || !matches!(text.get(colon + 3), Some(b':' | b'+' | b'Z') | None);
            let dated = || text.get(..colon).is_some_and(|date| date.contains(&b' '));
            text.len() > 20 && memchr::memchr2(b'/', b',', text).is_some() || clocks() && dated()
        }
        // `20260302T0800Z/20260302T1600Z`, `20260302T0800Z/PT8H`
        None => text.len() > 16 && text.contains(&b'T') && text.contains(&b'/'),
    }
}

/// Whether a text is two clock times with something between them.
fn is_clock_range(text: &[u8]) -> bool {
    let clock = |part: &[u8]| {
        let part = part.trim_ascii();
        part.contains(&b':') && matches!(timestamp::read(part, None), Ok(Written::Clock(..)))
    };
    halves(text).any(|(one, other)| clock(one) && clock(other))
}

/// Whether a text is two times with their dates and something between them.
fn is_full_range(text: &[u8]) -> bool {
    let inner = text.strip_prefix(b"[").unwrap_or(text);
    let inner = inner.strip_suffix(b")").or_else(|| inner.strip_suffix(b"]")).unwrap_or(inner);
    let full = |part: &[u8]| {
        matches!(
            timestamp::read(part.trim_ascii(), None),
            Ok(Written::Instant { .. } | Written::Local(_))
        )
    };
    halves(inner).any(|(one, other)| full(one) && full(other))
        || is_interval(text)
        || is_dated_clock_range(text)
}

/// Whether a text is a date and two clock times behind it: `2026-03-02 15:00-18:00`. Where the
/// second can be the offset of a zone, there is one time.
fn is_dated_clock_range(text: &[u8]) -> bool {
    let space = memchr::memchr(b' ', text).unwrap_or(text.len());
    let (date, clocks) = text.split_at(space);
    let may_be_offset = || match timestamp::read(text, None) {
        Ok(Written::Instant { offset: Some(seconds), .. }) => seconds > -12 * 3600,
        Ok(_) => true,
        Err(_) => false,
    };
    is_date_key(date) && is_clock_range(clocks) && !may_be_offset()
}

/// Whether a text is an interval of ISO 8601 with a length, before or after its time, or
/// one that is repeated: `2026-03-02T08:00Z/PT8H`, `R5/2026-03-02T08:00Z/PT8H`.
fn is_interval(text: &[u8]) -> bool {
    let parts: Vec<&[u8]> = text.split(|byte| *byte == b'/').map(<[u8]>::trim_ascii).collect();
    let parts = match &*parts {
        [first, rest @ ..] if is_repetition(first) => rest,
        all => all,
    };
    let [one, other] = parts else { return false };
    let is_length = |part: &[u8]| {
        matches!(part.first(), Some(b'P' | b'p'))
            && timestamp::length(part, LengthUnit::Minutes).is_some()
    };
    let repeated = text.starts_with(b"R") && is_full_time(one) && is_full_time(other);
    repeated || is_full_time(one) && is_length(other) || is_length(one) && is_full_time(other)
}

/// `R`, or how many times: `R5`.
fn is_repetition(part: &[u8]) -> bool {
    part.strip_prefix(b"R").is_some_and(|count| count.iter().all(u8::is_ascii_digit))
}

/// The text before and after each dash, slash and comma.
fn halves(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let near = if text.len() <= 80 { text } else { &[] };
    (0..near.len()).filter_map(move |place| {
        let (before, rest) = near.split_at(place);
        let dash = match rest {
            [b'-' | b'/' | b',', ..] => 1,
            // `–` and `—` in UTF-8.
            [0xe2, 0x80, 0x93 | 0x94, ..] => 3,
            [b' ', b't', b'o', b' ', ..] => " to ".len(),
            [b' ', b'b', b'i', b's', b' ', ..] => " bis ".len(),
            _ => return None,
        };
        Some((before, rest.get(dash..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::{
        Around, each_value, halves, holds_record_like, is_record_like, is_record_like_text,
    };
    use crate::read::json::text;
    use proptest::prelude::{prop_assert_eq, proptest};

    /// Calls back as [`each_value`] does, and parses every value on the way.
    fn each_value_parsed(
        bytes: &[u8],
        start: usize,
        visit: &mut dyn FnMut(&[u8], usize),
    ) -> Option<usize> {
        let object = bytes.get(start) == Some(&b'{');
        let close = if object { b'}' } else { b']' };
        let mut at = text::blanks(bytes, start + 1);
        if bytes.get(at) == Some(&close) {
            return Some(at + 1);
        }
        loop {
            let (key, value) = if object {
                let (key, value) = text::key(bytes, at).ok()?;
                (bytes.get(at + 1..key.end)?, value)
            } else {
                (&b""[..], at)
            };
            visit(key, value);
            at = text::blanks(bytes, text::value(bytes, value, usize::MAX).ok()?);
            match bytes.get(at) {
                Some(b',') => at = text::blanks(bytes, at + 1),
                Some(byte) if *byte == close => return Some(at + 1),
                _ => return None,
            }
        }
    }

    /// Every value within a value, with its key, and where lists and objects end.
    fn all_within(bytes: &[u8], at: usize, parsed: bool) -> Vec<(Vec<u8>, usize)> {
        let mut found = Vec::new();
        let mut visit = |key: &[u8], at: usize| {
            found.push((key.to_vec(), at));
            if matches!(bytes.get(at), Some(b'{' | b'[')) {
                found.extend(all_within(bytes, at, parsed));
            }
        };
        let end = match parsed {
            true => each_value_parsed(bytes, at, &mut visit),
            false => each_value(bytes, at, visit),
        };
        found.extend(end.map(|end| (b"end".to_vec(), end)));
        found
    }

    proptest! {
        #[test]
        fn values_are_found_by_their_brackets_as_by_parsing(
            text in "[\\[{](\\{\"a\":|\\{\"\\\\\"\":|\"b\":|\\[|\\]|\\}|,| |1|01|tru|null|\"[a\\]}]\"|\"\\\\\\\\\"|\"x|\n|\\[\\],|\\{\\},|2,|\"y\",){0,40}",
        ) {
            let bytes = text.as_bytes();
            let known = text::before_mistake(bytes, 0);
            prop_assert_eq!(all_within(known, 0, false), all_within(bytes, 0, true));
        }

        #[test]
        fn a_text_is_divided_at_every_dash(
            text in "(-|–|—|,|/| to | bis |to|a|1|é| |\u{2015}){0,40}",
        ) {
            let text = text.as_bytes();
            let near = if text.len() <= 80 { text } else { &[] };
            let dashes = [&b"-"[..], b"/", b",", "–".as_bytes(), "—".as_bytes(), b" to ", b" bis "];
            let mut expected = Vec::new();
            for dash in dashes {
                let places = (0..near.len()).filter(|place| near[*place..].starts_with(dash));
                expected.extend(places.map(|place| (&near[..place], &near[place + dash.len()..])));
            }
            let mut found: Vec<_> = halves(text).collect();
            expected.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }

    const NOTHING: Around = Around { date: false, agent: false, off: false };
    const AGENT: Around = Around { agent: true, ..NOTHING };
    const DATE: Around = Around { date: true, ..NOTHING };
    const OFF: Around = Around { off: true, ..NOTHING };

    #[test]
    fn records_are_recognised_by_what_they_hold() {
        for (value, around, expected) in [
            (r#"{"a":"2026-03-02T08:00Z","b":"2026-03-02T16:00Z"}"#, NOTHING, true),
            (r#"{"a":"2026-03-02T08:00Z","b":"2026-03-02T08:00:30Z"}"#, NOTHING, false),
            (r#"{"a":"2026-03-02T08:00Z","b":"2026-03-04T08:00Z"}"#, NOTHING, false),
            (
                r#"{"createdAt":"2026-03-02T08:00Z","updatedAt":"2026-03-02T16:00Z"}"#,
                NOTHING,
                false,
            ),
            (r#"{"x":{"from":"2026-03-02 08:00","to":"2026-03-02 16:00"}}"#, NOTHING, true),
            (r#"{"a":"08:00","b":"16:00"}"#, NOTHING, false),
            (r#"{"a":"08:00","b":"16:00"}"#, DATE, true),
            (r#"{"day":"2026-03-02","a":"08:00","b":"16:00"}"#, NOTHING, true),
            (r#"{"when":"2026-03-02T08:00Z/2026-03-02T16:00Z"}"#, NOTHING, true),
            (r#"{"when":"[2026-03-02 08:00,2026-03-02 16:00)"}"#, NOTHING, true),
            (r#"{"when":"2026-03-02T08:00Z/PT8H"}"#, NOTHING, true),
            (r#"{"when":"PT8H/2026-03-02T16:00Z"}"#, NOTHING, true),
            (r#"{"when":"R5/2026-03-02T08:00Z/PT8H"}"#, NOTHING, true),
            (r#"{"when":"R/2026-03-02T08:00Z/2026-03-02T16:00Z"}"#, NOTHING, true),
            (r#"{"when":"20260302T080000Z/20260302T160000Z"}"#, NOTHING, true),
            (r#"{"when":"2026-03-02/P1D"}"#, NOTHING, false),
            (r#"{"when":"PT8H"}"#, NOTHING, false),
            (r#"{"when":"PT8H/PT4H"}"#, NOTHING, false),
            (r#"{"when":"08:00-16:00"}"#, DATE, true),
            (r#"{"when":"08:00-16:00"}"#, NOTHING, false),
            (r#"{"start":1772438400,"end":1772467200}"#, NOTHING, true),
            (r#"{"x":1772438400,"y":1772467200}"#, NOTHING, false),
            (r#"{"x":"2026-03-02T08:00Z","duration":480}"#, NOTHING, true),
            (r#"{"user":"ann","date":"2026-03-02"}"#, NOTHING, true),
            (r#"{"user":"ann","date":"2026-03-02"}"#, AGENT, true),
            (r#"{"date":"2026-03-02"}"#, AGENT, true),
            (r#"{"date":"2026-12-25","name":"Christmas"}"#, NOTHING, false),
            (r#"{"user":"ann","colour":"red"}"#, NOTHING, false),
            (r#"["ann","2026-03-02T08:00Z","2026-03-02T16:00Z"]"#, NOTHING, true),
            (r#"["ann","red"]"#, NOTHING, false),
            ("[1772438400,1772452800]", NOTHING, true),
            ("[1772438400000,1772452800000]", NOTHING, true),
            (r#"["ann",1772438400,1772452800]"#, NOTHING, true),
            ("[1772438400,1772452817]", NOTHING, true),
            ("[1772438401,1772438471]", NOTHING, false),
            ("[1772438400,1782452800]", NOTHING, false),
            ("[480,960]", NOTHING, false),
            (r#"{}"#, AGENT, false),
            (r#"[]"#, AGENT, false),
            (r#"{"agent":"ann","start":[2026,3,2,8,0]}"#, NOTHING, true),
            (r#"{"agent":"ann","start":["2026-03-02T08:00Z"]}"#, NOTHING, true),
            (r#"{"agent":"ann","start":[]}"#, NOTHING, false),
            (r#"{"agent":"ann","data":[{"x":1}]}"#, NOTHING, false),
            (r#"{"date":"2026-03-02"}"#, OFF, true),
            (r#"{"2026-03-02":8}"#, OFF, true),
            (r#"["2026-03-02"]"#, OFF, true),
            (r#"{"balance":12,"asOf":"2026-03-02"}"#, OFF, false),
        ] {
            assert_eq!(is_record_like(value.as_bytes(), 0, around), expected, "{value}");
        }
    }

    #[test]
    fn a_list_can_be_one_time() {
        for (list, of_days, expected) in [
            ("[2026,3,2,8,0]", false, Some("2026-03-02T08:00:00")),
            ("[2026, 3, 2, 8, 5, 30]", false, Some("2026-03-02T08:05:30")),
            ("[2026,3,2,8,5,30,125000000]", false, Some("2026-03-02T08:05:30")),
            ("[2026,3,2]", true, Some("2026-03-02")),
            ("[8,30]", false, Some("08:30:00")),
            ("[8,30,15]", false, Some("08:30:15")),
            ("[8,30]", true, None),
            (r#"["2026-03-02T08:00Z"]"#, false, Some("2026-03-02T08:00Z")),
            (r#"["2026-03-02"]"#, true, None),
            (r#"["8:00","9:00"]"#, false, None),
            ("[2026,13,2]", false, None),
            ("[2026,0,2,8,0]", false, None),
            ("[2026,3,2,25,0]", false, None),
            ("[2026,3,2,8,0,0,0,0]", false, None),
            ("[2026,3,2,8]", false, None),
            ("[20260302]", false, None),
            ("[-8,0]", false, None),
            ("[8.5,0]", false, None),
            ("[]", false, None),
            ("[[8,0]]", false, None),
            ("[99999999999,3,2]", false, None),
        ] {
            let found = super::time_of_list(list.as_bytes(), 0, of_days);
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{list}");
        }
    }

    #[test]
    fn records_are_found_at_any_depth() {
        let record = r#"{"a":"2026-03-02T08:00Z","b":"2026-03-02T16:00Z"}"#;
        for value in [
            format!("[[{record}]]"),
            format!(r#"{{"x":[null,{{"y":{record}}}]}}"#),
            format!(r#"{{"x":{{"y":{{"z":{{"u":{{"v":{{"w":{record}}}}}}}}}}}}}"#),
            format!(r#"{{"x":[{{"y":"{}"}}]}}"#, record.replace('"', "\\\"")),
            r#"{"agent":"ann","x":[{"y":{"start":"2026-03-02T08:00Z"}}]}"#.to_owned(),
            r#"{"2026-03-02":{"x":{"from":"08:00","to":"16:00"}}}"#.to_owned(),
            r#"{"x":{"a":["2026-03-02T08:00Z"],"b":["2026-03-02T16:00Z"]}}"#.to_owned(),
        ] {
            assert!(holds_record_like(value.as_bytes(), 0, NOTHING, 64), "{value}");
        }
        assert!(!holds_record_like(br#"{"x":[{"y":[1,"2026-03-02"]}]}"#, 0, NOTHING, 64));
        for name in ["contract", "employment", "pay", "punches"] {
            let value = format!(r#"{{"x":{{"{name}":[{record}]}}}}"#);
            assert!(!holds_record_like(value.as_bytes(), 0, NOTHING, 64), "{value}");
        }
        assert!(holds_record_like(br#"{"x":[{"y":1}]}"#, 0, NOTHING, 1), "nobody looked");
    }

    #[test]
    fn texts_that_hold_documents_are_looked_into() {
        let record = r#"[{"a":"2026-03-02T08:00Z","b":"2026-03-02T16:00Z"}]"#;
        assert!(is_record_like_text(record.as_bytes(), NOTHING));
        assert!(!is_record_like_text(format!("{record} x").as_bytes(), NOTHING));
        assert!(!is_record_like_text(b"[1]", NOTHING));
        assert!(is_record_like_text(b"08:00 - 16:00", DATE));
        assert!(!is_record_like_text(b"08:00 - 16:00", NOTHING));
        assert!(!is_record_like_text(b"2026-03-02", DATE));
    }
}
