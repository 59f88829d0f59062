//! Collects what the surroundings of records say, for records that do not say it themselves.

use super::class::{Class, words};
use super::pointer::{is_of_pattern, is_pattern};
use super::{keys, naming, shape};
use crate::model::row::{Field, Row};
use crate::model::source::Role;
use crate::timestamp::{self, Written};

/// The fields that objects hand down to the records within them.
pub(in crate::read) const HANDED_DOWN: [Field; 5] =
    [Field::Agent, Field::Zone, Field::Schedule, Field::Version, Field::Date];

/// Which of these fields have no word in a row: a bit for each.
pub(in crate::read) fn lacking(row: &Row<'_>) -> u64 {
    let lacks = HANDED_DOWN.into_iter().filter(|field| row.raw(*field).is_empty());
    lacks.fold(0, |lacking, field| lacking | bit(field))
}

/// The bit of a field.
pub(in crate::read) const fn bit(field: Field) -> u64 {
    const { assert!(Field::COUNT <= 64) };
    1 << field as usize
}

/// What a key says of the records under it that do not say so: a date, or an
/// agent, if the key's own object can be a map of agents or the key has the form
/// of an id that no one would give a list.
pub(in crate::read) fn around_key(
    key: &str,
    maps_agents: impl FnOnce() -> bool,
) -> Option<(Field, String)> {
    if matches!(timestamp::read(key.as_bytes(), None), Ok(Written::Date(_))) {
        return Some((Field::Date, key.to_owned()));
    }
    let speaks = || {
        naming::field(key, Role::Batch).is_some()
            || Class::of(key) != Class::Plain
            || is_structural(key)
    };
    let named = is_id(key) || !speaks() && maps_agents();
    named.then(|| (Field::Agent, key.to_owned()))
}

/// What the key at a pointer says of the records under it that do not say so: an agent, if the
/// user says that such keys are agents (`--map 'agent=/*'`), or what its form and its object show.
pub(in crate::read) fn said_by_key(
    mapped: &[(Field, String)],
    pointer: &str,
    key: &str,
    maps_agents: impl FnOnce() -> bool,
) -> Option<(Field, String)> {
    let is_named = |(field, column): &(Field, String)| {
        *field == Field::Agent && is_pattern(column) && is_of_pattern(pointer, column)
    };
    match mapped.iter().any(is_named) {
        true => Some((Field::Agent, key.to_owned())),
        false => around_key(key, maps_agents),
    }
}

/// Whether the keys of an object of this class can be agents: it is named after people, and
/// none of its words says whom it is about, as in `{"locker": "ann", "late": {…}}`.
pub(in crate::read) fn maps_agents(bytes: &[u8], at: usize, class: Class) -> bool {
    let mut maps = class == Class::People;
    if maps {
        shape::each_value(bytes, at, |key, value| {
            let quoted = bytes.get(value) == Some(&b'"');
            let Some(key) = keys::name(key).filter(|_| maps && quoted) else { return };
            let open = || {
                naming::is_unknown(&key, Role::Batch) && naming::may_name_agents(&key, Role::Batch)
            };
            let named = || {
                let word = shape::scalar_text(bytes, value).unwrap_or_default();
                naming::may_be_agent(&word, true)
            };
            maps = !(open() && named());
        });
    }
    maps
}

/// How deep the word of a key is, for one that is `depth` objects deep. An object that
/// names its agent itself is not a map whose keys are agents, so a name that only its place
/// makes an agent ranks after the words of the object around it.
pub(in crate::read) fn depth_of_key(field: Field, key: &str, depth: usize) -> usize {
    let by_place = field == Field::Agent && !is_id(key);
    2 * if by_place { depth.saturating_sub(1) } else { depth }
}

/// Whether an object of this name says something of the document around it, so that its
/// zone is that of the records beside it: `meta`.
pub(in crate::read) fn is_about_document(key: &str) -> bool {
    const NAMES: [&str; 15] = [
        "config",
        "configuration",
        "context",
        "export",
        "general",
        "head",
        "header",
        "info",
        "meta",
        "metadata",
        "options",
        "preferences",
        "properties",
        "report",
        "settings",
    ];
    words(key).iter().all(|word| NAMES.contains(&&**word))
}

/// Whether a key has the form of an id: an e-mail address, a UUID, or digits.
fn is_id(key: &str) -> bool {
    let digits = key.len() > 3 && key.bytes().all(|byte| byte.is_ascii_digit());
    let address =
        key.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    digits || address || crate::model::spelling::is_uuid(key.as_bytes())
}

/// Whether a name is made of plain words of a document, and not of one agent or
/// day: `shifts`, `data`, `results`.
fn is_structural(key: &str) -> bool {
    const KNOWN: &[&str] = &[
        "assignments",
        "shifts",
        "shift",
        "schedules",
        "schedule",
        "entities",
        "records",
        "record",
        "items",
        "item",
        "data",
        "value",
        "values",
        "results",
        "result",
        "rows",
        "row",
        "events",
        "event",
        "entries",
        "entry",
        "content",
        "body",
        "response",
        "payload",
        "list",
        "page",
        "pages",
        "week",
        "weeks",
        "day",
        "days",
        "month",
        "published",
        "draft",
        "drafts",
        "all",
        "more",
        "by",
        "user",
        "users",
        "agent",
        "agents",
        "employee",
        "employees",
        "roster",
        "rosters",
        "rota",
        "plan",
        "embedded",
        "edges",
        "nodes",
        "node",
        "hits",
        "source",
        "time",
        "times",
        "timing",
        "span",
        "info",
        "extra",
    ];
    let words = words(key);
    !words.is_empty() && words.iter().all(|word| KNOWN.contains(&&**word))
}

#[cfg(test)]
mod tests {
    use super::around_key;
    use crate::model::row::Field;
    use crate::read::json::class::Class;

    #[test]
    fn keys_can_be_dates_and_agents() {
        for (key, outer, expected) in [
            ("2026-03-02", Class::Plain, Some(Field::Date)),
            ("ann", Class::People, Some(Field::Agent)),
            ("ann", Class::Plain, None),
            ("ann@example.com", Class::Plain, Some(Field::Agent)),
            ("4711", Class::Plain, Some(Field::Agent)),
            ("7d0f4e9a-0f3c-4b8e-9d4e-0a1b2c3d4e5f", Class::Plain, Some(Field::Agent)),
            ("shifts", Class::People, None),
            ("comments", Class::People, None),
            ("12", Class::Plain, None),
        ] {
            let found = around_key(key, || outer == Class::People).map(|(field, _)| field);
            assert_eq!(found, expected, "{key}");
        }
    }
}
