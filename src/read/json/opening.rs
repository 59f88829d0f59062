//! The first records become a layout, or the reason why there is none.

use super::Layout;
use super::element::Elements;
use super::keys::shortened;
use super::text;
use crate::model::finding::Problem;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::Opening;
use crate::read::columns::missing;
use std::ops::Range;

/// How many records of a list are asked for their keys.
const ENOUGH: usize = 50;

/// How many keys a message names.
const MOST_KEYS: usize = 12;

/// The most notes on lists that lack a key.
const MOST_NOTES: usize = 8;

/// Fields that say when a record begins.
pub(super) const BEGINNINGS: [Field; 3] = [Field::Start, Field::Date, Field::StartDate];

/// Fields that a role can ask for.
const ASKED: [Field; 5] = [Field::Agent, Field::Start, Field::Date, Field::StartDate, Field::Shift];

/// The layout of a file whose records name their fields themselves.
pub(in crate::read) fn layout(opening: &Opening<'_>) -> Layout {
    let (mapped, role, limits) = (opening.columns.to_vec(), Some(opening.role), opening.limits);
    Layout { mapped, role, limits, ..Layout::default() }
}

/// What the first records of a file have, list by list.
#[derive(Debug, Default)]
pub(in crate::read) struct Sample {
    lists: Vec<Asked>,
    keys: Vec<String>,
}

/// What the first records of a list have.
#[derive(Debug, Default)]
struct Asked {
    pointer: String,
    objects: usize,
    /// The fields that any of them has, of those that a role can ask for.
    fields: Vec<Field>,
}

impl Sample {
    /// Begins with the records of another list.
    pub(in crate::read) fn begin(&mut self, pointer: &str) {
        if self.lists.last().is_none_or(|list| list.pointer != pointer) {
            self.lists.push(Asked { pointer: pointer.to_owned(), ..Asked::default() });
        }
    }

    /// Whether enough records of this list were seen.
    pub(in crate::read) fn is_enough(&self) -> bool {
        self.lists.last().is_none_or(|list| list.objects >= ENOUGH)
    }

    /// Takes the elements from one place of the head to another.
    pub(super) fn take(&mut self, elements: &mut Elements<'_>, head: &[u8], piece: Range<usize>) {
        let mut at = piece.start;
        while at < piece.end && !self.is_enough() {
            let Some(next) = self.take_one(elements, at) else { return };
            at = text::blanks(head, text::blanks(head, next) + 1);
        }
    }

    /// Takes the element at a place; gives its end, or nothing if it is broken.
    pub(in crate::read) fn take_one(
        &mut self,
        elements: &mut Elements<'_>,
        at: usize,
    ) -> Option<usize> {
        let end = elements.parse(at).ok()?;
        let list = self.lists.last_mut()?;
        list.objects += usize::from(elements.is_object());
        for field in ASKED {
            if elements.has(field) && !list.fields.contains(&field) {
                list.fields.push(field);
            }
        }
        Some(end)
    }

    /// Remembers the keys that were met, for messages.
    pub(in crate::read) fn name_keys(&mut self, elements: &Elements<'_>) {
        self.keys = elements.keys().names().take(MOST_KEYS + 1).collect();
    }
}

impl Asked {
    fn starts(&self) -> bool {
        BEGINNINGS.iter().any(|field| self.fields.contains(field))
    }

    /// The field that its records have no key for.
    fn missing(&self, role: Role) -> Option<Field> {
        missing(role, |field| self.fields.contains(&field))
    }
}

/// Whether the first records of a list have what is needed. Lists beside it
/// that do not are noted.
pub(in crate::read) fn check(
    opening: &Opening<'_>,
    sample: &Sample,
    layout: &mut Layout,
) -> Result<(), Problem> {
    let asked = || sample.lists.iter().filter(|list| list.objects > 0);
    let lacking = || asked().filter_map(|list| Some((list, list.missing(opening.role)?)));
    if asked().count() > lacking().count() {
        let note = |(list, field): (&Asked, Field)| {
            format!("the records under `{}` have no key for the {}", list.pointer, field.name())
        };
        layout.notes.extend(lacking().map(note).take(MOST_NOTES));
        return Ok(());
    }
    // A list that has a start lacks no more than the agent.
    let nearest = lacking().max_by_key(|(list, missing)| {
        (*missing == Field::Agent && list.starts(), list.fields.len())
    });
    let Some((_, missing)) = nearest else { return Ok(()) };
    let name = missing.name();
    let message = format!("no key for the {name}: found {}", told(&sample.keys));
    let help = Some(format!("name it with --map {name}=KEY"));
    Err(Problem { line: None, column: None, message, help })
}

/// Keys as a message tells them.
pub(super) fn told(keys: &[String]) -> String {
    let named: Vec<String> =
        keys.iter().take(MOST_KEYS).map(|key| format!("`{}`", shortened(key))).collect();
    match &*named {
        [] => "no keys".to_owned(),
        [only] => format!("the key {only}"),
        more if keys.len() > MOST_KEYS => format!("the keys {}, …", more.join(", ")),
        more => format!("the keys {}", more.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn at_most_twelve_keys_are_told() {
        let keys: Vec<String> = (0..13).map(|number| format!("key{number}")).collect();
        assert!(told(&keys).ends_with("`key11`, …"), "{}", told(&keys));
        assert!(told(&keys[..12]).ends_with("`key11`"));
        assert_eq!(told(&keys[..1]), "the key `key0`");
        assert_eq!(told(&[]), "no keys");
        let long = ["ä".repeat(100)];
        assert_eq!(told(&long), format!("the key `{}…`", "ä".repeat(40)));
    }
}
