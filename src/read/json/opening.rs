//! Builds the layout of a document from its first keys and from what the user says.

use super::Layout;
use super::keys::shortened;
use crate::model::observation::KeyFacts;
use crate::model::row::Field;
use crate::model::source::Role;
use crate::read::names::{Assignment, Hints, Shape, Usage, assign, key, keys_are_of_calendar};
use crate::read::{Account, Block, Document, Opening};

/// How the shapes that are understood are described to the user.
pub const UNDERSTOOD: &str = "expected a list of records, one record, or an object that \
    holds lists of records at any depth; a record is an object with a key for the agent, which \
    --map agent=KEY can name, and one for its start";

/// How many bytes of a file are read to see which keys it has.
const HEAD: usize = 1 << 16;

/// Opens a file whose records name their fields themselves. A key is a field by its own
/// name, and some only by what other keys there are: `start_utc` is the start if there is
/// no plainer one.
pub(in crate::read) fn document<D: Document>(
    opening: &Opening<'_>,
    new: impl Fn(Layout) -> D,
) -> D {
    let (mapped, role, limits) = (opening.columns.to_vec(), Some(opening.role), opening.limits);
    let layout = Layout { mapped, role, limits, ..Layout::default() };
    let document = new(layout.clone());
    let head = opening.head.get(..HEAD).unwrap_or(opening.head);
    let (keys, timed) = keys_and_timed_lists(&document, head, opening.role);
    let names: Vec<String> = keys.iter().map(|key| key.name.clone()).collect();
    let shapes: Vec<Shape> = keys.iter().map(|key| Shape::of(&key.words())).collect();
    let assignment = assign(&names, &shapes, opening.columns, opening.role);
    let exclusive_ends = keys_are_of_calendar(&names, opening.role);
    let assigned = assigned(names, &assignment, opening);
    if assigned.is_empty() && !exclusive_ends && timed.is_empty() {
        return document;
    }
    let fields: Vec<Field> = assigned.iter().map(|(_, field)| *field).collect();
    let begins = [Field::Start, Field::StartDate, Field::Times];
    let attendance = assignment.attendance && begins.iter().any(|field| fields.contains(field));
    let hints = Hints { exclusive_ends, ..assignment.hints(&fields) };
    new(Layout { assigned, hints, timed, attendance, ..layout })
}

/// The keys that say nothing by themselves, of fields that no other key says.
fn assigned(
    names: Vec<String>,
    assignment: &Assignment,
    opening: &Opening<'_>,
) -> Vec<(String, Field)> {
    let alone = |name: &str| key(name, opening.role).map(|(field, _)| field);
    let said: Vec<Field> = names.iter().filter_map(|name| alone(name)).collect();
    let mapped = |field: Field| opening.columns.iter().any(|(of, _)| *of == field);
    let usages = names.into_iter().zip(&assignment.usages);
    let found = usages.filter_map(|(name, usage)| match usage {
        Usage::Field(field) if !said.contains(field) && !mapped(*field) => Some((name, *field)),
        _ => None,
    });
    found.collect()
}

/// The keys with values in the beginning of a file, each once.
pub(in crate::read) fn keys_in(document: &dyn Document, head: &[u8]) -> Vec<KeyFacts> {
    keys_and_timed_lists(document, head, Role::Batch).0
}

/// The same, and the pointers of the lists whose own records have keys for hours.
fn keys_and_timed_lists(
    document: &dyn Document,
    head: &[u8],
    role: Role,
) -> (Vec<KeyFacts>, Vec<String>) {
    let is_hour = |facts: &KeyFacts| {
        let field = key(&facts.path, role).map(|(field, _)| field);
        matches!(field, Some(Field::Start | Field::Times))
    };
    let (mut cutter, mut base) = (document.cutter(), 0);
    let mut keys: Vec<KeyFacts> = Vec::new();
    let mut timed: Vec<String> = Vec::new();
    while let Some(rest) = head.get(base..).filter(|rest| !rest.is_empty()) {
        let Ok(Some(piece)) = cutter.cut(rest, true) else { break };
        let part = cutter.parts().get(piece.part as usize).cloned().unwrap_or_default();
        let bytes = rest.get(piece.start..piece.end).unwrap_or_default();
        let mut account = Account::default();
        // The head may end within a record.
        let _ = document.read(&Block::new(bytes, &part), &mut account, &mut |_| {});
        if account.keys.iter().any(is_hour) && !timed.contains(&part.pointer) {
            timed.push(part.pointer.clone());
        }
        for key in account.keys {
            match keys.iter_mut().find(|known| known.name == key.name) {
                Some(known) => known.samples.extend(key.samples),
                None => keys.push(key),
            }
        }
        base += piece.next.max(1);
    }
    (keys, timed)
}

/// How many keys a message names.
const MOST_KEYS: usize = 12;

/// Keys as a message names them.
#[must_use]
pub fn keys_named(keys: &[String]) -> String {
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
    use super::keys_named;

    #[test]
    fn at_most_twelve_keys_are_named() {
        let keys: Vec<String> = (0..13).map(|number| format!("key{number}")).collect();
        assert!(keys_named(&keys).ends_with("`key11`, …"), "{}", keys_named(&keys));
        assert!(keys_named(&keys[..12]).ends_with("`key11`"));
        assert_eq!(keys_named(&keys[..1]), "the key `key0`");
        assert_eq!(keys_named(&[]), "no keys");
        let long = ["ä".repeat(100)];
        assert_eq!(keys_named(&long), format!("the key `{}…`", "ä".repeat(40)));
    }
}
