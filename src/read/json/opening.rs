//! What the user says of a file becomes a layout.

use super::Layout;
use super::keys::shortened;
use crate::read::Opening;

/// How the shapes that are understood are described to the user.
pub const UNDERSTOOD: &str = "expected a list of records, one record, or an object that \
    holds lists of records at any depth; a record is an object with a key for the agent, which \
    --map agent=KEY can name, and one for its start";

/// The layout of a file whose records name their fields themselves.
pub(in crate::read) fn layout(opening: &Opening<'_>) -> Layout {
    let (mapped, role, limits) = (opening.columns.to_vec(), Some(opening.role), opening.limits);
    Layout { mapped, role, limits }
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
